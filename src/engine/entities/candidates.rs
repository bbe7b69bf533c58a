//! Words → runs: stretches of capitalised words with what may join them ("Ministry of Justice", "Ursula von der Leyen").

use std::ops::Range;

use crate::engine::entities::features::{Look, Words, rooted};
use crate::engine::entities::segmentation::place_of;
use crate::engine::text::lexicon::Sense;

/// The runs of one sentence, in reading order.
pub(crate) fn runs(words: &Words, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if !opens(words, at) {
            at += 1;
            continue;
        }
        let end = run_end(words, at, sentence.end);
        runs.push(at..end);
        at = end;
    }
    runs
}

/// Whether a name may begin here.
fn opens(words: &Words, at: usize) -> bool {
    let Some(word) = words.get(at).filter(|it| it.capital()) else { return false };
    if words.form(at + 1) == "$" {
        return false;
    }
    if !word.forced {
        return true;
    }
    let known = !word.senses.is_empty();
    let noble = word.small.has(Sense::Particle) && (words.capital(at + 1) || particle(words, at + 1));
    known
        || noble
        || !words.plain(at)
        || word.look == Look::Initial
        || words.second(at)
        || stands_inside(words, at)
}

/// Whether a common word under a forced capital goes on as a name does: "Green Bank", "Bread Street Church".
fn stands_inside(words: &Words, at: usize) -> bool {
    let head = [Sense::BodyEnd, Sense::BodyOf, Sense::PlaceAfter, Sense::Firm];
    let ahead = (at + 1..at + 4).take_while(|it| words.capital(*it)).find(|it| words.senses(*it).any(&head));
    let forced = ahead.and_then(|it| words.get(it)).is_some_and(|it| it.forced);
    ahead.is_some() && !forced && !words.small(at).is_empty() && !words.idle(at)
}

fn run_end(words: &Words, start: usize, stop: usize) -> usize {
    let mut end = start + 1;
    loop {
        let Some(next) = joined(words, start, end, stop) else { return end };
        end = next;
    }
}

/// Where the run goes on to, if it goes on past `end`.
fn joined(words: &Words, start: usize, end: usize, stop: usize) -> Option<usize> {
    let word = words.get(end).filter(|_| end < stop)?;
    let before = words.sheet.word(end - 1);
    if rooted(before) != before {
        return None;
    }
    let next = |at: usize| at < stop && words.capital(at) && !shut(words, at);
    if word.capital() {
        return (!shut(words, end)).then_some(end + 1);
    }
    let last = words.senses(end - 1);
    let body = |sense: Sense| (start..end).any(|it| words.senses(it).has(sense));
    let title = (start..end).any(|it| words.senses(it).has(Sense::Title));
    match &*word.form {
        "of" | "for" | "on" | "against" => {
            let listed = (end + 2..=(end + 4).min(stop)).rev().find(|it| listed(words, start..*it, end));
            if listed.is_some() {
                return listed;
            }
            let opens = match &*word.form {
                "of" => {
                    last.any(&[Sense::BodyOf, Sense::PlaceBefore])
                        || place_of(words, end - 1)
                        || (last.has(Sense::BodyEnd) && body(Sense::BodyOf))
                }
                _ => {
                    last.any(&[Sense::BodyOf])
                        || (body(Sense::BodyOf) && end - start > 1 && !last.has(Sense::Given))
                }
            };
            let skip = usize::from(words.form(end + 1) == "the");
            let at = end + 1 + skip;
            (opens && next(at)).then_some(at + 1)
        }
        "and" | "&" => {
            let inside = (start..end).any(|it| matches!(words.form(it), "of" | "for" | "on"));
            let listed = (end + 2..=(end + 4).min(stop)).rev().find(|it| listed(words, start..*it, end));
            let joins = &*word.form == "&"
                || (inside && body(Sense::BodyOf) && !known(words, end + 1))
                || paired(words, end);
            listed.or_else(|| (joins && next(end + 1)).then_some(end + 2))
        }
        "'s" | "’s" => {
            let listed = (end + 1..=(end + 3).min(stop)).rev().find(|it| listed(words, start..*it, end));
            let owner = matches!(
                words.form(end - 1),
                "People" | "Women" | "Men" | "Children" | "Workers" | "Queen" | "Farmers"
            );
            listed.or_else(|| (owner && next(end + 1)).then_some(end + 2))
        }
        _ if particle(words, end) && !title => {
            let far = (end + 1..end + 3).take_while(|it| particle(words, *it)).last();
            let at = far.unwrap_or(end) + 1;
            next(at).then_some(at + 1)
        }
        _ => None,
    }
}

/// Whether common words on both sides of an "and" lead up to one body's head:
/// "Securities and Exchange Commission".
fn paired(words: &Words, and: usize) -> bool {
    let common = |at: usize| words.capital(at) && words.small(at).has(Sense::Common) && !known(words, at);
    let heads = [Sense::BodyOf, Sense::BodyEnd];
    let ahead =
        (and + 1..and + 5).take_while(|it| words.capital(*it) && !words.senses(*it).has(Sense::Given));
    let head = ahead.last().is_some_and(|it| it > and + 1 && words.senses(it).any(&heads));
    let whole = words.senses(and - 1).any(&[Sense::BodyOf, Sense::Firm, Sense::PlaceAfter]);
    head && !whole && common(and - 1) && common(and + 1)
}

/// Whether a word that stands in capitals is no part of the name before it.
fn shut(words: &Words, at: usize) -> bool {
    let Some(word) = words.get(at) else { return true };
    let known = word.senses.any(&[
        Sense::Given,
        Sense::BodyEnd,
        Sense::BodyOf,
        Sense::PlaceAfter,
        Sense::Firm,
        Sense::Title,
        Sense::Organisation,
        Sense::Country,
        Sense::City,
        Sense::Region,
        Sense::Event,
    ]);
    word.forced && ((!known && words.plain(at)) || words.idle(at))
}

fn known(words: &Words, at: usize) -> bool {
    words.senses(at).any(&[Sense::Given, Sense::Country, Sense::City, Sense::Organisation, Sense::Title])
}

/// Whether the lists hold the end of a stretch, from any of its words on.
fn listed(words: &Words, tokens: Range<usize>, joint: usize) -> bool {
    (tokens.start.max(joint.saturating_sub(4))..joint).any(|start| {
        if !words.lexicon.opens(words.form(start)) {
            return false;
        }
        let senses = words.lexicon.senses(&words.phrase(start..tokens.end));
        senses.place() || senses.any(&[Sense::Organisation, Sense::Title, Sense::Capital])
    })
}

fn particle(words: &Words, at: usize) -> bool {
    !words.capital(at) && words.small(at).has(Sense::Particle)
}
