//! A run of capitalised words → the names that it may hold, titles cut off, each with the votes of its own words.

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::KindScores;
use crate::engine::text::lexicon::{LexicalClass, LexicalClasses};

/// A name that has not been judged yet.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) tokens: Range<usize>,
    /// The titles that stand directly before it.
    pub(crate) title: Option<Range<usize>>,
    pub(crate) scores: KindScores,
    /// Whether its capital may be there for its place alone.
    pub(crate) may_be_common_word: bool,
}

/// The drafts of one run.
pub(crate) fn segment(words: &Features, run: Range<usize>) -> Vec<Candidate> {
    let mut drafts = Vec::new();
    push_candidates(words, run, None, &mut drafts);
    drafts
}

const ORG_HEADS: &[LexicalClass] =
    &[LexicalClass::OrgHeadOf, LexicalClass::OrgHead, LexicalClass::CompanySuffix];

/// Cuts one name from the start of the run and goes on with the rest.
fn push_candidates(
    words: &Features,
    run: Range<usize>,
    title: Option<&Range<usize>>,
    out: &mut Vec<Candidate>,
) {
    let Range { mut start, end } = run;
    while start < end && longest_listed(words, start, end).is_none() && words.is_function_word(start) {
        start += 1;
    }
    if start >= end {
        return;
    }
    let whole = start..end;
    let mut push = |tokens: Range<usize>, votes: KindScores| {
        if !tokens.is_empty() {
            let plain = tokens.len() == 1
                && words.get(tokens.start).is_some_and(|it| it.is_capital_forced)
                && words.may_be_common_word(tokens.start);
            out.push(Candidate { tokens, title: title.cloned(), scores: votes, may_be_common_word: plain });
        }
    };
    if title.is_some() {
        return push(person_tokens(words, whole), KindScores::person(5.0));
    }
    let last = words.classes(end - 1);
    let (length, first) = longest_listed(words, start, end).unwrap_or((1, words.classes(start)));
    if length == whole.len() && length > 1 && (first.is_place() || first.has(LexicalClass::Organization)) {
        return push(whole, KindScores::from_classes(first, 4.0));
    }
    if let Some(at) = find_title(words, start, end) {
        if at == start {
            let after = titles_end(words, start, end);
            return push_after_title(words, start, after, end, out);
        }
        let office = (start..at).rev().take_while(|it| is_role_word(words, *it)).last().unwrap_or(at);
        let after = titles_end(words, at, end);
        push_candidates(words, start..office, None, out);
        return push_after_title(words, office, after, end, out);
    }
    if whole.len() > 1
        && last.has(LexicalClass::EventHead)
        && !last.any(ORG_HEADS)
        && !last.has(LexicalClass::PlaceSuffix)
    {
        return;
    }
    let given = words.classes(start).has(LexicalClass::GivenName);
    if whole.len() > 1 && last.any(ORG_HEADS) {
        let start = if is_demonym_before_head(words, start, end) { start + 1 } else { start };
        let votes =
            if given && whole.len() == 2 && !last.has(LexicalClass::CompanySuffix) { 2.0 } else { 4.0 };
        return push(start..end, KindScores::organization(votes));
    }
    if whole.len() > 1 && last.has(LexicalClass::PlaceSuffix) && !(given && whole.len() == 2) {
        let start = if words.classes(start).has(LexicalClass::Demonym) && whole.len() == 2 {
            start + 1
        } else {
            start
        };
        return push(start..end, KindScores::place(3.5));
    }
    if whole.clone().any(|it| matches!(words.form(it), "of" | "for" | "de" | "del" | "da" | "do"))
        && whole.clone().any(|it| words.classes(it).any(ORG_HEADS))
    {
        return push(whole, KindScores::organization(4.0));
    }
    let called = (start + 1..end - 1).find(|it| words.classes(*it).has(LexicalClass::GivenName));
    if let Some(at) = called.filter(|at| (start..*at).all(|it| is_epithet(words, it))) {
        return push(person_tokens(words, at..end), KindScores::person(3.0));
    }
    if given && whole.len() > 1 {
        return push(person_tokens(words, whole), KindScores::person(3.5));
    }
    if first.any(&[LexicalClass::Demonym, LexicalClass::Calendar, LexicalClass::CapitalizedNonName])
        && !first.is_place()
    {
        return push_candidates(words, start + length..end, None, out);
    }
    if first.is_place() || first.has(LexicalClass::Organization) {
        let rest = start + length;
        let named = words.classes(rest).has(LexicalClass::GivenName) && end - rest > 1;
        if rest < end
            && (named || words.classes(rest).is_place() || words.classes(rest).has(LexicalClass::Demonym))
        {
            push(start..rest, KindScores::from_classes(first, 3.0));
            return push_candidates(words, rest..end, None, out);
        }
        if rest < end {
            return push(whole, KindScores::organization(1.5));
        }
        let doubtful = first.has(LexicalClass::GivenName) || words.may_be_common_word(start);
        return push(whole, KindScores::from_classes(first, if doubtful { 1.5 } else { 3.0 }));
    }
    let of_place = words.form(start + 1) == "of" && names_place_with_of(words, start);
    if (words.classes(start).has(LexicalClass::PlacePrefix) || of_place) && whole.len() > 1 {
        return push(whole, KindScores::place(2.0));
    }
    push(whole.clone(), unlisted_scores(words, whole));
}

/// Whether the words of a name hold the head of a body's.
pub(crate) fn has_org_head(words: &Features, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|it| words.classes(it).any(ORG_HEADS))
}

/// Whether a common word in capitals only stands before a given name: "Crooked | Ann Lee".
fn is_epithet(words: &Features, at: usize) -> bool {
    words.lowercase_classes(at).has(LexicalClass::CommonWord)
        && !words.classes(at).any(&[
            LexicalClass::GivenName,
            LexicalClass::Organization,
            LexicalClass::PlacePrefix,
        ])
}

/// Whether a word makes a place's name with "of": "Gulf of", "State of".
pub(crate) fn names_place_with_of(words: &Features, at: usize) -> bool {
    words.lexicon.classes(&format!("{} of", words.form(at))).has(LexicalClass::PlacePrefix)
}

/// What follows a title: a person, or a body that is named like one ("King Edward Hospital").
fn push_after_title(words: &Features, start: usize, after: usize, end: usize, out: &mut Vec<Candidate>) {
    let last = words.classes(end - 1);
    let headed = last.any(&[LexicalClass::OrgHead, LexicalClass::OrgHeadOf, LexicalClass::CompanySuffix])
        || (last.has(LexicalClass::PlaceSuffix) && end - after > 1);
    if end > after
        && after - start == 1
        && headed
        && !last.has(LexicalClass::GivenName)
        && !words.classes(start).has(LexicalClass::Honorific)
    {
        let votes = if last.any(ORG_HEADS) { KindScores::organization(3.0) } else { KindScores::place(3.0) };
        out.push(Candidate { tokens: start..end, title: None, scores: votes, may_be_common_word: false });
        return;
    }
    push_candidates(words, after..end, Some(&(start..after)), out);
}

/// Where a person's name ends within the run: before a demonym or a comma-less second name.
fn person_tokens(words: &Features, run: Range<usize>) -> Range<usize> {
    let stop = run.clone().skip(1).find(|it| {
        words.classes(*it).any(&[LexicalClass::Calendar]) && !words.classes(*it).has(LexicalClass::GivenName)
    });
    run.start..stop.unwrap_or(run.end)
}

/// The votes of a run about which the lists say nothing as a whole.
fn unlisted_scores(words: &Features, run: Range<usize>) -> KindScores {
    let initials =
        run.clone().filter(|it| words.get(*it).is_some_and(|it| it.shape == WordShape::Initial)).count();
    let upper = run.clone().any(|it| words.get(it).is_some_and(|it| it.shape == WordShape::Uppercase));
    let common = run.clone().all(|it| !words.lowercase_classes(it).is_empty() || !words.is_capitalized(it));
    let partly = run.clone().any(|it| words.lowercase_classes(it).has(LexicalClass::CommonWord));
    let given = run.clone().any(|it| words.classes(it).has(LexicalClass::GivenName));
    let one = words.classes(run.start);
    match run.len() {
        1 if common && !given => KindScores { person: -1.0, organization: -0.5, place: -0.5 },
        1 if given => KindScores::person(1.5),
        1 if one.any(ORG_HEADS) || one.has(LexicalClass::PlaceSuffix) => KindScores::organization(-0.3),
        // "EB-5" is more often a thing.
        1 if words.form(run.start).contains(|it: char| it == '/' || (upper && it.is_ascii_digit())) => {
            KindScores::organization(0.3)
        }
        1 if upper => KindScores::organization(2.0),
        1 => KindScores { person: 0.6, organization: 0.4, place: 0.4 },
        2.. if common => KindScores { person: 0.0, organization: 0.6, place: 0.0 },
        _ if initials > 0 && given => KindScores::person(3.0),
        2..=4 if given => KindScores { person: 2.0, organization: 0.4, place: 0.3 },
        2..=3 if upper => KindScores { person: 0.4, organization: 1.4, place: 0.2 },
        2..=3 if words.classes(run.end - 1).has(LexicalClass::Country) => {
            KindScores { person: 0.2, organization: 1.4, place: 0.4 }
        }
        2..=3 if partly => KindScores { person: 0.8, organization: 0.9, place: 0.5 },
        2..=3 => KindScores { person: 1.4, organization: 0.6, place: 0.5 },
        _ => KindScores { person: 0.6, organization: 1.2, place: 0.4 },
    }
}

/// The longest phrase of the lists that begins at `start`, with its length.
pub(crate) fn longest_listed(words: &Features, start: usize, end: usize) -> Option<(usize, LexicalClasses)> {
    let most = if words.lexicon.starts_phrase(words.form(start)) { (end - start).min(6) } else { 1 };
    (1..=most).rev().find_map(|length| {
        let senses = if length == 1 {
            words.classes(start)
        } else {
            words.lexicon.classes(&words.phrase(start..start + length))
        };
        let senses = if senses.is_empty() && length > 1 {
            plural_demonym(words, start..start + length)
        } else {
            senses
        };
        let named = senses.is_place()
            || senses.any(&[
                LexicalClass::Organization,
                LexicalClass::Demonym,
                LexicalClass::Calendar,
                LexicalClass::CapitalizedNonName,
                LexicalClass::Title,
            ]);
        named.then_some((length, senses))
    })
}

/// What several people of a kind are: "New Zealanders".
fn plural_demonym(words: &Features, tokens: Range<usize>) -> LexicalClasses {
    let phrase = words.phrase(tokens);
    let one = phrase.strip_suffix('s').map(|it| words.lexicon.classes(it));
    one.filter(|it| it.has(LexicalClass::Demonym)).unwrap_or_default()
}

/// Where in the run a title stands that a name follows or that ends it.
fn find_title(words: &Features, start: usize, end: usize) -> Option<usize> {
    (start..end).find(|&at| {
        let Some((length, senses)) = longest_listed(words, at, end) else { return false };
        if !senses.has(LexicalClass::Title) {
            return false;
        }
        let closes = at + length >= end;
        let named = at > start && words.classes(start).has(LexicalClass::GivenName);
        // "Stephen King", "Bank of the West Chief": a title at the end of a given name is a surname.
        !(named && closes)
            && !(senses.has(LexicalClass::GivenName)
                && at == start
                && !closes
                && words.form(at).len() > 2
                && length == 1)
    })
}

/// The end of the titles that begin at `start` ("Foreign Minister Sheikh").
fn titles_end(words: &Features, start: usize, end: usize) -> usize {
    let mut at = start;
    while let Some((length, senses)) = longest_listed(words, at, end) {
        // "Mr. King": after a title the last word is a name.
        let surname = at > start && at + length >= end;
        if !senses.has(LexicalClass::Title) || surname || (at > start && senses.has(LexicalClass::GivenName))
        {
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
fn is_role_word(words: &Features, at: usize) -> bool {
    let senses = words.classes(at);
    words.lowercase_classes(at).any(&[LexicalClass::RoleModifier, LexicalClass::RoleNoun])
        && !senses.is_place()
        && !senses.any(&[LexicalClass::Organization, LexicalClass::OrgHeadOf])
}

/// Whether a people stands before a body that is named without it: "Nigerian | Senate".
fn is_demonym_before_head(words: &Features, start: usize, end: usize) -> bool {
    let alone =
        words.classes(start + 1).any(&[LexicalClass::OrgHeadOf, LexicalClass::OrgHead]) && end - start == 2;
    alone && words.classes(start).has(LexicalClass::Demonym) && !words.classes(start).is_place()
}
