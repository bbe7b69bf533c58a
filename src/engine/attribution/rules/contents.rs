//! A saying in its clause → the words that it reports, before it, after it or on both sides.

use std::ops::Range;

use crate::engine::attribution::rules::Saying;
use crate::engine::attribution::rules::cues::{CueForm, Strength};
use crate::engine::text::clause::Clause;
use crate::engine::text::word_classes;

/// A fragment that the cue splits off ("It was, she said, a …") has at most this many words.
const FRAGMENT: usize = 7;

/// The stretches of items that a saying reports; `room` is what the sayings
/// beside it leave.
pub(crate) fn of(clause: Clause, saying: &Saying, room: Range<usize>) -> Vec<Range<usize>> {
    let group = saying.group();
    let before = trimmed(clause, room.start..group.start.max(room.start));
    let after = group.end.min(room.end)..room.end;
    if saying.cue.form == CueForm::Phrase {
        return according(clause, room.start, before, after);
    }
    if clause.lower(saying.cue.verb).starts_with("put") && clause.lower(group.start.wrapping_sub(1)) == "as" {
        // "“A scar on the valley,” as Lee put it": no more than the quote beside it.
        let quote = before.clone().last().filter(|it| clause.stretch(*it).is_some());
        let quote = quote.or_else(|| clause.quote_in(after).filter(|_| before.is_empty()));
        return quote.map(|it| it..it + 1).into_iter().collect();
    }
    let left = left(clause, saying, before);
    let quoted_left = left.clone().is_some_and(|it| clause.quote_in(it).is_some());
    let split =
        clause.word(group.end) == "," && left.clone().is_some_and(|it| !quoted_left && it.len() <= FRAGMENT);
    if split {
        let rest = trimmed(clause, after.clone());
        if !rest.is_empty()
            && clause.stretch(rest.start).is_none()
            && clause.quote_in(rest.clone()).is_none()
            && rest.len() < 3
        {
            return left.into_iter().collect();
        }
        return left.into_iter().chain((!rest.is_empty()).then_some(rest)).collect();
    }
    if quoted_left {
        return left.into_iter().chain(second_part(clause, after)).collect();
    }
    match right(clause, saying, after) {
        Some(right) => vec![right],
        None => left.into_iter().collect(),
    }
}

/// What "according to X" reports: the clause that it stands in.
fn according(
    clause: Clause,
    room_start: usize,
    before: Range<usize>,
    after: Range<usize>,
) -> Vec<Range<usize>> {
    let after = trimmed(clause, after);
    // "It was cold and, in the words of Lee, “a day to forget”."
    if clause.stretch(after.start).is_some() && clause.quote_in(before.clone()).is_none() {
        let quote = after.start..whole_quote(clause, after.start, after.end);
        return [quote].into_iter().collect();
    }
    if before.is_empty()
        || before.clone().all(|it| matches!(clause.lower(it).as_str(), "but" | "and" | "now" | "still" | ","))
    {
        return [after].into_iter().filter(|it| !it.is_empty()).collect();
    }
    // "… he told the Gazette, according to the Ledger": what stands between the two is no clause.
    if room_start > 0
        && before.start == room_start
        && before.len() <= 4
        && clause.quote_in(before.clone()).is_none()
    {
        return Vec::new();
    }
    let split = clause.quote_in(before.clone()).is_none() && before.len() <= FRAGMENT && after.len() > 2;
    [Some(before), split.then_some(after)].into_iter().flatten().collect()
}

/// The words before subject and cue, where a comma or a closing mark hands them over.
fn left(clause: Clause, saying: &Saying, before: Range<usize>) -> Option<Range<usize>> {
    let group = saying.group();
    if before.is_empty() || saying.borrowed {
        return None;
    }
    let quote = clause.stretch(before.end - 1).is_some();
    let handed = clause.word(group.start.wrapping_sub(1)) == ","
        || word_classes::is_dash(clause.word(group.start.wrapping_sub(1)));
    if !quote && !handed {
        return None;
    }
    let first = clause.lower(before.start);
    let fronted = !quote
        && clause.quote_in(before.clone()).is_none()
        && (word_classes::is_preposition(&first)
            || word_classes::says_when(&first)
            || word_classes::is_adverb(&first)
            || matches!(
                first.as_str(),
                "when"
                    | "while"
                    | "as"
                    | "asked"
                    | "but"
                    | "and"
                    | "still"
                    | "however"
                    | "meanwhile"
                    | "speaking"
                    | "if"
                    | "although"
                    | "though"
                    | "instead"
                    | "indeed"
                    | "for"
            ));
    let nothing_after = right(clause, saying, group.end..clause.items.len()).is_none();
    (!fronted || (nothing_after && before.len() > 5)).then_some(before)
}

/// After a quote and its cue: the quote's second part, where a comma leads to it.
fn second_part(clause: Clause, after: Range<usize>) -> Option<Range<usize>> {
    let quote = clause.quote_in(after.clone())?;
    let comma = clause.word(quote.wrapping_sub(1)) == ","
        || clause.word(quote.wrapping_sub(1)) == ":"
        || quote == after.start;
    let near = quote - after.start <= 12;
    // "said Lee, who fished for the “silver run” once": a term within the words that tell who speaks.
    let before = clause.lower(quote.wrapping_sub(1));
    let term = word_classes::is_determiner(&before) || word_classes::is_preposition(&before);
    (comma && near && !term).then(|| quote..whole_quote(clause, quote, after.end))
}

/// The words after the cue, where what follows can be speech.
fn right(clause: Clause, saying: &Saying, after: Range<usize>) -> Option<Range<usize>> {
    let mut start = after.start;
    let verb = clause.lower(saying.cue.verb);
    if matches!(
        verb.as_str(),
        "told"
            | "tell"
            | "tells"
            | "telling"
            | "assured"
            | "reminded"
            | "informed"
            | "warned"
            | "asked"
            | "convinced"
            | "persuaded"
            | "advised"
            | "notified"
    ) {
        start = addressee(clause, start);
    }
    let end = after.end;
    let strength = saying.cue.strength;
    for _ in 0..4 {
        if start >= end {
            return None;
        }
        if clause.stretch(start).is_some() {
            return trimmed_some(clause, start..whole_quote(clause, start, end));
        }
        let word = clause.lower(start);
        let quote = clause.quote_in(start..end);
        match word.as_str() {
            ":" => {
                let start = start + 1;
                return trimmed_some(
                    clause,
                    start
                        ..clause
                            .quote_in(start..end)
                            .filter(|it| *it == start)
                            .map_or(end, |it| whole_quote(clause, it, end)),
                );
            }
            "that" if strength < Strength::Marked || quote.is_some() => {
                return trimmed_some(clause, start..end);
            }
            "whether" | "if" | "how" | "why" | "what" | "who" | "where" if strength < Strength::Marked => {
                return trimmed_some(clause, start..end);
            }
            "," => {
                let that = (start + 1..end.min(start + 8)).find(|it| clause.lower(*it) == "that");
                if clause.stretch(start + 1).is_some() {
                    return trimmed_some(clause, start + 1..whole_quote(clause, start + 1, end));
                }
                let aside = that.filter(|it| clause.word(it - 1) == ",");
                return aside.and_then(|it| trimmed_some(clause, it..end));
            }
            _ if word_classes::says_when(&word) || word_classes::is_adverb(&word) => start += 1,
            _ if word_classes::is_preposition(&word) => {
                let that = (start + 1..end.min(start + 16)).find(|it| clause.lower(*it) == "that");
                if let Some(that) = that {
                    return trimmed_some(clause, that..end);
                }
                if let Some(quote) = quote {
                    let led = matches!(clause.word(quote - 1), "," | ":") || strength == Strength::Marked;
                    return trimmed_some(
                        clause,
                        if led { quote } else { start }..whole_quote(clause, quote, end),
                    );
                }
                start = phrase_end(clause, start, end)?;
            }
            _ if strength == Strength::Bare && clause.wordy(start) => {
                return trimmed_some(clause, start..end).filter(|it| it.len() > 1);
            }
            _ => {
                let near = quote.filter(|it| it - start <= 12)?;
                return trimmed_some(clause, start..whole_quote(clause, near, end));
            }
        }
    }
    None
}

/// Where the person spoken to ends: "told reporters | it rained".
fn addressee(clause: Clause, start: usize) -> usize {
    if clause.stretch(start).is_some() || matches!(clause.lower(start).as_str(), "that" | ":" | ",") {
        return start;
    }
    let first = clause.lower(start);
    if matches!(
        first.as_str(),
        "him"
            | "her"
            | "them"
            | "me"
            | "us"
            | "you"
            | "it"
            | "reporters"
            | "journalists"
            | "lawmakers"
            | "supporters"
            | "investors"
    ) && !clause.capital(start + 1)
    {
        return start + 1;
    }
    let that = (start..clause.items.len().min(start + 14)).find(|it| {
        clause.lower(*it) == "that" || clause.stretch(*it).is_some() || matches!(clause.word(*it), "," | ":")
    });
    if let Some(that) = that {
        return that;
    }
    let mut end = start + usize::from(word_classes::is_determiner(&first));
    while clause.capital(end)
        || clause.lower(end) == "of" && clause.capital(end + 1)
        || matches!(clause.word(end), "'s" | "’s")
    {
        end += 1;
    }
    if end == start || end == start + 1 && word_classes::is_determiner(&first) { end + 1 } else { end }
}

/// Where the phrase that the preposition at `start` begins ends and a clause may begin: "on Monday | the river rose".
fn phrase_end(clause: Clause, start: usize, end: usize) -> Option<usize> {
    let noun = start + 1 + usize::from(word_classes::is_determiner(&clause.lower(start + 1)));
    (noun + 1..end).find(|it| {
        let word = clause.lower(*it);
        word_classes::is_determiner(&word)
            || word_classes::is_pronoun(&word)
            || word_classes::says_when(&word) && clause.capital(*it)
            || clause.capital(*it) && !clause.capital(it - 1)
            || clause.word(*it) == ","
    })
}

/// Where a quote that begins at item `quote` ends: with its mark, or with the
/// clause where the sentence runs on after a fragment.
fn whole_quote(clause: Clause, quote: usize, end: usize) -> usize {
    let Some(stretch) = clause.stretch(quote) else { return end };
    let inner = stretch.inner.of(clause.sheet.text);
    let next = clause.word(quote + 1);
    let stops = inner.trim_end().ends_with(['.', ',', '!', '?', '…'])
        || matches!(next, "." | ",")
        || quote + 1 >= end;
    if stops {
        // A further piece of the same sentence: “one”, “two” and “three”.
        let more = (quote + 1..end.min(quote + 4)).find(|it| clause.stretch(*it).is_some());
        let joined = more.filter(|it| {
            (quote + 1..*it).all(|at| matches!(clause.lower(at).as_str(), "," | "and" | "or" | "but"))
                && *it > quote + 1
        });
        return joined
            .filter(|_| !inner.trim_end().ends_with('.'))
            .map_or(quote + 1, |it| whole_quote(clause, it, end));
    }
    // "… “a surrender” and left."
    if clause.lower(quote + 1) == "and" && word_classes::is_past(&clause.lower(quote + 2)) {
        return quote + 1;
    }
    end
}

fn trimmed_some(clause: Clause, items: Range<usize>) -> Option<Range<usize>> {
    Some(trimmed(clause, items)).filter(|it| !it.is_empty())
}

/// Some items without the punctuation and joining words at their ends.
fn trimmed(clause: Clause, items: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = items;
    let loose = |at: usize| {
        clause.stretch(at).is_none()
            && !clause.wordy(at)
            && !matches!(
                clause.word(at),
                "$" | "£" | "€" | "[" | "(" | "#" | "@" | "%" | ")" | "]" | "'" | "’"
            )
    };
    while start < end && loose(start) {
        start += 1;
    }
    while start < end
        && (loose(end - 1)
            || (matches!(clause.lower(end - 1).as_str(), "and" | "but" | "while" | "as")
                && clause.items.len() > end))
    {
        end -= 1;
    }
    start..end.max(start)
}
