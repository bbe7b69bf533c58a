//! Words → runs: stretches of capitalised words with what may join them ("Ministry of Justice", "Ursula von der Leyen").

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape, strip_compound_suffix};
use crate::engine::entities::segmentation::names_place_with_of;
use crate::engine::text::lexicon::LexicalClass;

/// The runs of one sentence, in reading order.
pub(crate) fn capitalized_runs(words: &Features, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if !may_start_name(words, at) {
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
fn may_start_name(words: &Features, at: usize) -> bool {
    let Some(word) = words.get(at).filter(|it| it.is_capitalized()) else { return false };
    if words.form(at + 1) == "$" {
        return false;
    }
    if !word.is_capital_forced {
        return true;
    }
    let known = !word.classes.is_empty();
    let noble = word.lowercase_classes.has(LexicalClass::NameParticle)
        && (words.is_capitalized(at + 1) || is_name_particle(words, at + 1));
    known
        || noble
        || !words.may_be_common_word(at)
        || word.shape == WordShape::Initial
        || words.follows_capital(at)
        || leads_to_head(words, at)
}

/// Whether a common word under a forced capital goes on as a name does: "Green Bank", "Bread Street Church".
fn leads_to_head(words: &Features, at: usize) -> bool {
    let head = [
        LexicalClass::OrgHead,
        LexicalClass::OrgHeadOf,
        LexicalClass::PlaceSuffix,
        LexicalClass::CompanySuffix,
    ];
    let ahead =
        (at + 1..at + 4).take_while(|it| words.is_capitalized(*it)).find(|it| words.classes(*it).any(&head));
    let forced = ahead.and_then(|it| words.get(it)).is_some_and(|it| it.is_capital_forced);
    ahead.is_some() && !forced && !words.lowercase_classes(at).is_empty() && !words.is_function_word(at)
}

fn run_end(words: &Features, start: usize, stop: usize) -> usize {
    let mut end = start + 1;
    loop {
        let Some(next) = extended_end(words, start, end, stop) else { return end };
        end = next;
    }
}

/// Where the run goes on to, if it goes on past `end`.
fn extended_end(words: &Features, start: usize, end: usize, stop: usize) -> Option<usize> {
    let word = words.get(end).filter(|_| end < stop)?;
    let before = words.doc.word(end - 1);
    if strip_compound_suffix(before) != before {
        return None;
    }
    let next = |at: usize| at < stop && words.is_capitalized(at) && !is_outside_name(words, at);
    if word.is_capitalized() {
        return (!is_outside_name(words, end)).then_some(end + 1);
    }
    let last = words.classes(end - 1);
    let body = |sense: LexicalClass| (start..end).any(|it| words.classes(it).has(sense));
    let title = (start..end).any(|it| words.classes(it).has(LexicalClass::Title));
    match &*word.form {
        "of" | "for" | "on" | "against" => {
            let listed = (end + 2..=(end + 4).min(stop))
                .rev()
                .find(|it| ends_with_listed_phrase(words, start..*it, end));
            if listed.is_some() {
                return listed;
            }
            let opens = match &*word.form {
                "of" => {
                    last.any(&[LexicalClass::OrgHeadOf, LexicalClass::PlacePrefix])
                        || names_place_with_of(words, end - 1)
                        || (last.has(LexicalClass::OrgHead) && body(LexicalClass::OrgHeadOf))
                }
                _ => {
                    last.any(&[LexicalClass::OrgHeadOf])
                        || (body(LexicalClass::OrgHeadOf)
                            && end - start > 1
                            && !last.has(LexicalClass::GivenName))
                }
            };
            let skip = usize::from(words.form(end + 1) == "the");
            let at = end + 1 + skip;
            (opens && next(at)).then_some(at + 1)
        }
        "and" | "&" => {
            let inside = (start..end).any(|it| matches!(words.form(it), "of" | "for" | "on"));
            let listed = (end + 2..=(end + 4).min(stop))
                .rev()
                .find(|it| ends_with_listed_phrase(words, start..*it, end));
            let joins = &*word.form == "&"
                || (inside && body(LexicalClass::OrgHeadOf) && !is_known_name(words, end + 1))
                || is_coordinated_name(words, end);
            listed.or_else(|| (joins && next(end + 1)).then_some(end + 2))
        }
        "'s" | "’s" => {
            let listed = (end + 1..=(end + 3).min(stop))
                .rev()
                .find(|it| ends_with_listed_phrase(words, start..*it, end));
            let owner = matches!(
                words.form(end - 1),
                "People" | "Women" | "Men" | "Children" | "Workers" | "Queen" | "Farmers"
            );
            listed.or_else(|| (owner && next(end + 1)).then_some(end + 2))
        }
        _ if is_name_particle(words, end) && !title => {
            let far = (end + 1..end + 3).take_while(|it| is_name_particle(words, *it)).last();
            let at = far.unwrap_or(end) + 1;
            next(at).then_some(at + 1)
        }
        _ => None,
    }
}

/// Whether common words on both sides of an "and" lead up to one body's head:
/// "Securities and Exchange Commission".
fn is_coordinated_name(words: &Features, and: usize) -> bool {
    let common = |at: usize| {
        words.is_capitalized(at)
            && words.lowercase_classes(at).has(LexicalClass::CommonWord)
            && !is_known_name(words, at)
    };
    let heads = [LexicalClass::OrgHeadOf, LexicalClass::OrgHead];
    let ahead = (and + 1..and + 5)
        .take_while(|it| words.is_capitalized(*it) && !words.classes(*it).has(LexicalClass::GivenName));
    let head = ahead.last().is_some_and(|it| it > and + 1 && words.classes(it).any(&heads));
    let whole = words.classes(and - 1).any(&[
        LexicalClass::OrgHeadOf,
        LexicalClass::CompanySuffix,
        LexicalClass::PlaceSuffix,
    ]);
    head && !whole && common(and - 1) && common(and + 1)
}

/// Whether a word that stands in capitals is no part of the name before it.
fn is_outside_name(words: &Features, at: usize) -> bool {
    let Some(word) = words.get(at) else { return true };
    let known = word.classes.any(&[
        LexicalClass::GivenName,
        LexicalClass::OrgHead,
        LexicalClass::OrgHeadOf,
        LexicalClass::PlaceSuffix,
        LexicalClass::CompanySuffix,
        LexicalClass::Title,
        LexicalClass::Organization,
        LexicalClass::Country,
        LexicalClass::City,
        LexicalClass::Region,
        LexicalClass::EventHead,
    ]);
    word.is_capital_forced && ((!known && words.may_be_common_word(at)) || words.is_function_word(at))
}

fn is_known_name(words: &Features, at: usize) -> bool {
    words.classes(at).any(&[
        LexicalClass::GivenName,
        LexicalClass::Country,
        LexicalClass::City,
        LexicalClass::Organization,
        LexicalClass::Title,
    ])
}

/// Whether the lists hold the end of a stretch, from any of its words on.
fn ends_with_listed_phrase(words: &Features, tokens: Range<usize>, joint: usize) -> bool {
    (tokens.start.max(joint.saturating_sub(4))..joint).any(|start| {
        if !words.lexicon.starts_phrase(words.form(start)) {
            return false;
        }
        let senses = words.lexicon.classes(&words.phrase(start..tokens.end));
        senses.is_place()
            || senses.any(&[
                LexicalClass::Organization,
                LexicalClass::Title,
                LexicalClass::CapitalizedNonName,
            ])
    })
}

fn is_name_particle(words: &Features, at: usize) -> bool {
    !words.is_capitalized(at) && words.lowercase_classes(at).has(LexicalClass::NameParticle)
}
