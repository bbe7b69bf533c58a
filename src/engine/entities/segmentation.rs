//! A run of capitalised words → the names that it may hold, titles cut off, each with the votes of its own words.

use std::ops::Range;

use crate::engine::entities::features::{Look, Words};
use crate::engine::entities::scores::Votes;
use crate::engine::text::lexicon::{Sense, Senses};

/// A name that has not been judged yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) tokens: Range<usize>,
    /// The titles that stand directly before it.
    pub(crate) title: Option<Range<usize>>,
    pub(crate) votes: Votes,
    /// Whether its capital may be there for its place alone.
    pub(crate) plain: bool,
}

/// The drafts of one run.
pub(crate) fn drafts(words: &Words, run: Range<usize>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    cut(words, run, None, &mut drafts);
    drafts
}

const HEADS: &[Sense] = &[Sense::BodyOf, Sense::BodyEnd, Sense::Firm];

/// Cuts one name from the start of the run and goes on with the rest.
fn cut(words: &Words, run: Range<usize>, title: Option<&Range<usize>>, out: &mut Vec<Draft>) {
    let Range { mut start, end } = run;
    while start < end && listed(words, start, end).is_none() && words.idle(start) {
        start += 1;
    }
    if start >= end {
        return;
    }
    let whole = start..end;
    let mut push = |tokens: Range<usize>, votes: Votes| {
        if !tokens.is_empty() {
            let plain = tokens.len() == 1
                && words.get(tokens.start).is_some_and(|it| it.forced)
                && words.plain(tokens.start);
            out.push(Draft { tokens, title: title.cloned(), votes, plain });
        }
    };
    if title.is_some() {
        return push(person(words, whole), Votes::person(5.0));
    }
    let last = words.senses(end - 1);
    let (length, first) = listed(words, start, end).unwrap_or((1, words.senses(start)));
    if length == whole.len() && length > 1 && (first.place() || first.has(Sense::Organisation)) {
        return push(whole, Votes::of(first, 4.0));
    }
    if let Some(at) = headed(words, start, end) {
        if at == start {
            let after = titles_end(words, start, end);
            return cut_after_title(words, start, after, end, out);
        }
        let office = (start..at).rev().take_while(|it| office(words, *it)).last().unwrap_or(at);
        let after = titles_end(words, at, end);
        cut(words, start..office, None, out);
        return cut_after_title(words, office, after, end, out);
    }
    if whole.len() > 1 && last.has(Sense::Event) && !last.any(HEADS) && !last.has(Sense::PlaceAfter) {
        return;
    }
    let given = words.senses(start).has(Sense::Given);
    if whole.len() > 1 && last.any(HEADS) {
        let start = if generic(words, start, end) { start + 1 } else { start };
        let votes = if given && whole.len() == 2 && !last.has(Sense::Firm) { 2.0 } else { 4.0 };
        return push(start..end, Votes::body(votes));
    }
    if whole.len() > 1 && last.has(Sense::PlaceAfter) && !(given && whole.len() == 2) {
        let start =
            if words.senses(start).has(Sense::Demonym) && whole.len() == 2 { start + 1 } else { start };
        return push(start..end, Votes::place(3.5));
    }
    if whole.clone().any(|it| matches!(words.form(it), "of" | "for" | "de" | "del" | "da" | "do"))
        && whole.clone().any(|it| words.senses(it).any(HEADS))
    {
        return push(whole, Votes::body(4.0));
    }
    let called = (start + 1..end - 1).find(|it| words.senses(*it).has(Sense::Given));
    if let Some(at) = called.filter(|at| (start..*at).all(|it| epithet(words, it))) {
        return push(person(words, at..end), Votes::person(3.0));
    }
    if given && whole.len() > 1 {
        return push(person(words, whole), Votes::person(3.5));
    }
    if first.any(&[Sense::Demonym, Sense::Calendar, Sense::Capital]) && !first.place() {
        return cut(words, start + length..end, None, out);
    }
    if first.place() || first.has(Sense::Organisation) {
        let rest = start + length;
        let named = words.senses(rest).has(Sense::Given) && end - rest > 1;
        if rest < end && (named || words.senses(rest).place() || words.senses(rest).has(Sense::Demonym)) {
            push(start..rest, Votes::of(first, 3.0));
            return cut(words, rest..end, None, out);
        }
        if rest < end {
            return push(whole, Votes::body(1.5));
        }
        let doubtful = first.has(Sense::Given) || words.plain(start);
        return push(whole, Votes::of(first, if doubtful { 1.5 } else { 3.0 }));
    }
    let of_place = words.form(start + 1) == "of" && place_of(words, start);
    if (words.senses(start).has(Sense::PlaceBefore) || of_place) && whole.len() > 1 {
        return push(whole, Votes::place(2.0));
    }
    push(whole.clone(), bare(words, whole));
}

/// Whether the words of a name hold the head of a body's.
pub(crate) fn is_body(words: &Words, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|it| words.senses(it).any(HEADS))
}

/// Whether a common word in capitals only stands before a given name: "Crooked | Ann Lee".
fn epithet(words: &Words, at: usize) -> bool {
    words.small(at).has(Sense::Common)
        && !words.senses(at).any(&[Sense::Given, Sense::Organisation, Sense::PlaceBefore])
}

/// Whether a word makes a place's name with "of": "Gulf of", "State of".
pub(crate) fn place_of(words: &Words, at: usize) -> bool {
    words.lexicon.senses(&format!("{} of", words.form(at))).has(Sense::PlaceBefore)
}

/// What follows a title: a person, or a body that is named like one ("King Edward Hospital").
fn cut_after_title(words: &Words, start: usize, after: usize, end: usize, out: &mut Vec<Draft>) {
    let last = words.senses(end - 1);
    let headed = last.any(&[Sense::BodyEnd, Sense::BodyOf, Sense::Firm])
        || (last.has(Sense::PlaceAfter) && end - after > 1);
    if end > after
        && after - start == 1
        && headed
        && !last.has(Sense::Given)
        && !words.senses(start).has(Sense::Honorific)
    {
        let votes = if last.any(HEADS) { Votes::body(3.0) } else { Votes::place(3.0) };
        out.push(Draft { tokens: start..end, title: None, votes, plain: false });
        return;
    }
    cut(words, after..end, Some(&(start..after)), out);
}

/// Where a person's name ends within the run: before a demonym or a comma-less second name.
fn person(words: &Words, run: Range<usize>) -> Range<usize> {
    let stop = run
        .clone()
        .skip(1)
        .find(|it| words.senses(*it).any(&[Sense::Calendar]) && !words.senses(*it).has(Sense::Given));
    run.start..stop.unwrap_or(run.end)
}

/// The votes of a run about which the lists say nothing as a whole.
fn bare(words: &Words, run: Range<usize>) -> Votes {
    let initials = run.clone().filter(|it| words.get(*it).is_some_and(|it| it.look == Look::Initial)).count();
    let upper = run.clone().any(|it| words.get(it).is_some_and(|it| it.look == Look::Upper));
    let common = run.clone().all(|it| !words.small(it).is_empty() || !words.capital(it));
    let partly = run.clone().any(|it| words.small(it).has(Sense::Common));
    let given = run.clone().any(|it| words.senses(it).has(Sense::Given));
    let one = words.senses(run.start);
    match run.len() {
        1 if common && !given => Votes { person: -1.0, body: -0.5, place: -0.5 },
        1 if given => Votes::person(1.5),
        1 if one.any(HEADS) || one.has(Sense::PlaceAfter) => Votes::body(-0.3),
        // "EB-5" is more often a thing.
        1 if words.form(run.start).contains(|it: char| it == '/' || (upper && it.is_ascii_digit())) => {
            Votes::body(0.3)
        }
        1 if upper => Votes::body(2.0),
        1 => Votes { person: 0.6, body: 0.4, place: 0.4 },
        2.. if common => Votes { person: 0.0, body: 0.6, place: 0.0 },
        _ if initials > 0 && given => Votes::person(3.0),
        2..=4 if given => Votes { person: 2.0, body: 0.4, place: 0.3 },
        2..=3 if upper => Votes { person: 0.4, body: 1.4, place: 0.2 },
        2..=3 if words.senses(run.end - 1).has(Sense::Country) => {
            Votes { person: 0.2, body: 1.4, place: 0.4 }
        }
        2..=3 if partly => Votes { person: 0.8, body: 0.9, place: 0.5 },
        2..=3 => Votes { person: 1.4, body: 0.6, place: 0.5 },
        _ => Votes { person: 0.6, body: 1.2, place: 0.4 },
    }
}

/// The longest phrase of the lists that begins at `start`, with its length.
pub(crate) fn listed(words: &Words, start: usize, end: usize) -> Option<(usize, Senses)> {
    let most = if words.lexicon.opens(words.form(start)) { (end - start).min(6) } else { 1 };
    (1..=most).rev().find_map(|length| {
        let senses = if length == 1 {
            words.senses(start)
        } else {
            words.lexicon.senses(&words.phrase(start..start + length))
        };
        let senses =
            if senses.is_empty() && length > 1 { people(words, start..start + length) } else { senses };
        let named = senses.place()
            || senses.any(&[
                Sense::Organisation,
                Sense::Demonym,
                Sense::Calendar,
                Sense::Capital,
                Sense::Title,
            ]);
        named.then_some((length, senses))
    })
}

/// What several people of a kind are: "New Zealanders".
fn people(words: &Words, tokens: Range<usize>) -> Senses {
    let phrase = words.phrase(tokens);
    let one = phrase.strip_suffix('s').map(|it| words.lexicon.senses(it));
    one.filter(|it| it.has(Sense::Demonym)).unwrap_or_default()
}

/// Where in the run a title stands that a name follows or that ends it.
fn headed(words: &Words, start: usize, end: usize) -> Option<usize> {
    (start..end).find(|&at| {
        let Some((length, senses)) = listed(words, at, end) else { return false };
        if !senses.has(Sense::Title) {
            return false;
        }
        let closes = at + length >= end;
        let named = at > start && words.senses(start).has(Sense::Given);
        // "Stephen King", "Bank of the West Chief": a title at the end of a given name is a surname.
        !(named && closes)
            && !(senses.has(Sense::Given)
                && at == start
                && !closes
                && words.form(at).len() > 2
                && length == 1)
    })
}

/// The end of the titles that begin at `start` ("Foreign Minister Sheikh").
fn titles_end(words: &Words, start: usize, end: usize) -> usize {
    let mut at = start;
    while let Some((length, senses)) = listed(words, at, end) {
        // "Mr. King": after a title the last word is a name.
        let surname = at > start && at + length >= end;
        if !senses.has(Sense::Title) || surname || (at > start && senses.has(Sense::Given)) {
            break;
        }
        at += length;
        // "Chairman and Chief Executive" is left to the roles; "Director of X" is no name.
        if at >= end {
            break;
        }
    }
    at
}

/// Whether a capitalised word before a title belongs to the office: "Deputy", "Executive".
fn office(words: &Words, at: usize) -> bool {
    let senses = words.senses(at);
    words.small(at).any(&[Sense::Modifier, Sense::Role])
        && !senses.place()
        && !senses.any(&[Sense::Organisation, Sense::BodyOf])
}

/// Whether a people stands before a body that is named without it: "Nigerian | Senate".
fn generic(words: &Words, start: usize, end: usize) -> bool {
    let alone = words.senses(start + 1).any(&[Sense::BodyOf, Sense::BodyEnd]) && end - start == 2;
    alone && words.senses(start).has(Sense::Demonym) && !words.senses(start).place()
}
