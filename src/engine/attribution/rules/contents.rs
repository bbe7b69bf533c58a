//! A saying in its clause → the words that it reports, before it, after it or on both sides.

use std::ops::Range;

use crate::engine::attribution::rules::CueMatch;
use crate::engine::attribution::rules::cues::{CueForm, CueStrength};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::word_classes;

/// A fragment that the cue splits off ("It was, she said, a …") has at most this many words.
const MAX_FRAGMENT_ITEMS: usize = 7;

/// The stretches of items that a saying reports; `room` is what the sayings
/// beside it leave.
pub(crate) fn find_contents(clause: ClauseView, saying: &CueMatch, room: Range<usize>) -> Vec<Range<usize>> {
    let group = saying.item_range();
    let before = trim_items(clause, room.start..group.start.max(room.start));
    let after = group.end.min(room.end)..room.end;
    if saying.cue.form == CueForm::Phrase {
        return according_to_contents(clause, room.start, before, after);
    }
    if clause.lower(saying.cue.verb).starts_with("put") && clause.lower(group.start.wrapping_sub(1)) == "as" {
        // "“A scar on the valley,” as Lee put it": no more than the quote beside it.
        let quote = before.clone().last().filter(|it| clause.quote_at(*it).is_some());
        let quote = quote.or_else(|| clause.first_quote_in(after).filter(|_| before.is_empty()));
        return quote.map(|it| it..it + 1).into_iter().collect();
    }
    let left = content_before_cue(clause, saying, before);
    let quoted_left = left.clone().is_some_and(|it| clause.first_quote_in(it).is_some());
    let split = clause.word(group.end) == ","
        && left.clone().is_some_and(|it| !quoted_left && it.len() <= MAX_FRAGMENT_ITEMS);
    if split {
        let rest = trim_items(clause, after.clone());
        if !rest.is_empty()
            && clause.quote_at(rest.start).is_none()
            && clause.first_quote_in(rest.clone()).is_none()
            && rest.len() < 3
        {
            return left.into_iter().collect();
        }
        return left.into_iter().chain((!rest.is_empty()).then_some(rest)).collect();
    }
    if quoted_left {
        return left.into_iter().chain(second_quote_part(clause, after)).collect();
    }
    match content_after_cue(clause, saying, after) {
        Some(right) => vec![right],
        None => left.into_iter().collect(),
    }
}

/// What "according to X" reports: the clause that it stands in.
fn according_to_contents(
    clause: ClauseView,
    room_start: usize,
    before: Range<usize>,
    after: Range<usize>,
) -> Vec<Range<usize>> {
    let after = trim_items(clause, after);
    // "It was cold and, in the words of Lee, “a day to forget”."
    if clause.quote_at(after.start).is_some() && clause.first_quote_in(before.clone()).is_none() {
        let quote = after.start..quote_end(clause, after.start, after.end);
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
        && clause.first_quote_in(before.clone()).is_none()
    {
        return Vec::new();
    }
    let split = clause.first_quote_in(before.clone()).is_none()
        && before.len() <= MAX_FRAGMENT_ITEMS
        && after.len() > 2;
    [Some(before), split.then_some(after)].into_iter().flatten().collect()
}

/// The words before subject and cue, where a comma or a closing mark hands them over.
fn content_before_cue(clause: ClauseView, saying: &CueMatch, before: Range<usize>) -> Option<Range<usize>> {
    let group = saying.item_range();
    if before.is_empty() || saying.borrowed {
        return None;
    }
    let quote = clause.quote_at(before.end - 1).is_some();
    let handed = clause.word(group.start.wrapping_sub(1)) == ","
        || word_classes::is_dash(clause.word(group.start.wrapping_sub(1)));
    if !quote && !handed {
        return None;
    }
    let first = clause.lower(before.start);
    let fronted = !quote
        && clause.first_quote_in(before.clone()).is_none()
        && (word_classes::is_preposition(&first)
            || word_classes::is_time_word(&first)
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
    let nothing_after = content_after_cue(clause, saying, group.end..clause.items.len()).is_none();
    (!fronted || (nothing_after && before.len() > 5)).then_some(before)
}

/// After a quote and its cue: the quote's second part, where a comma leads to it.
fn second_quote_part(clause: ClauseView, after: Range<usize>) -> Option<Range<usize>> {
    let quote = clause.first_quote_in(after.clone())?;
    let comma = clause.word(quote.wrapping_sub(1)) == ","
        || clause.word(quote.wrapping_sub(1)) == ":"
        || quote == after.start;
    let near = quote - after.start <= 12;
    // "said Lee, who fished for the “silver run” once": a term within the words that tell who speaks.
    let before = clause.lower(quote.wrapping_sub(1));
    let term = word_classes::is_determiner(&before) || word_classes::is_preposition(&before);
    (comma && near && !term).then(|| quote..quote_end(clause, quote, after.end))
}

/// The words after the cue, where what follows can be speech.
fn content_after_cue(clause: ClauseView, saying: &CueMatch, after: Range<usize>) -> Option<Range<usize>> {
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
        start = addressee_end(clause, start);
    }
    let end = after.end;
    let strength = saying.cue.strength;
    for _ in 0..4 {
        if start >= end {
            return None;
        }
        if clause.quote_at(start).is_some() {
            return trim_non_empty(clause, start..quote_end(clause, start, end));
        }
        let word = clause.lower(start);
        let quote = clause.first_quote_in(start..end);
        match word.as_str() {
            ":" => {
                let start = start + 1;
                return trim_non_empty(
                    clause,
                    start
                        ..clause
                            .first_quote_in(start..end)
                            .filter(|it| *it == start)
                            .map_or(end, |it| quote_end(clause, it, end)),
                );
            }
            "that" if strength < CueStrength::QuoteOnly || quote.is_some() => {
                return trim_non_empty(clause, start..end);
            }
            "whether" | "if" | "how" | "why" | "what" | "who" | "where"
                if strength < CueStrength::QuoteOnly =>
            {
                return trim_non_empty(clause, start..end);
            }
            "," => {
                let that = (start + 1..end.min(start + 8)).find(|it| clause.lower(*it) == "that");
                if clause.quote_at(start + 1).is_some() {
                    return trim_non_empty(clause, start + 1..quote_end(clause, start + 1, end));
                }
                let aside = that.filter(|it| clause.word(it - 1) == ",");
                return aside.and_then(|it| trim_non_empty(clause, it..end));
            }
            _ if word_classes::is_time_word(&word) || word_classes::is_adverb(&word) => start += 1,
            _ if word_classes::is_preposition(&word) => {
                let that = (start + 1..end.min(start + 16)).find(|it| clause.lower(*it) == "that");
                if let Some(that) = that {
                    return trim_non_empty(clause, that..end);
                }
                if let Some(quote) = quote {
                    let led =
                        matches!(clause.word(quote - 1), "," | ":") || strength == CueStrength::QuoteOnly;
                    return trim_non_empty(
                        clause,
                        if led { quote } else { start }..quote_end(clause, quote, end),
                    );
                }
                start = prepositional_phrase_end(clause, start, end)?;
            }
            _ if strength == CueStrength::BareClause && clause.is_word(start) => {
                return trim_non_empty(clause, start..end).filter(|it| it.len() > 1);
            }
            _ => {
                let near = quote.filter(|it| it - start <= 12)?;
                return trim_non_empty(clause, start..quote_end(clause, near, end));
            }
        }
    }
    None
}

/// Where the person spoken to ends: "told reporters | it rained".
fn addressee_end(clause: ClauseView, start: usize) -> usize {
    if clause.quote_at(start).is_some() || matches!(clause.lower(start).as_str(), "that" | ":" | ",") {
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
    ) && !clause.is_capitalized(start + 1)
    {
        return start + 1;
    }
    let that = (start..clause.items.len().min(start + 14)).find(|it| {
        clause.lower(*it) == "that" || clause.quote_at(*it).is_some() || matches!(clause.word(*it), "," | ":")
    });
    if let Some(that) = that {
        return that;
    }
    let mut end = start + usize::from(word_classes::is_determiner(&first));
    while clause.is_capitalized(end)
        || clause.lower(end) == "of" && clause.is_capitalized(end + 1)
        || matches!(clause.word(end), "'s" | "’s")
    {
        end += 1;
    }
    if end == start || end == start + 1 && word_classes::is_determiner(&first) { end + 1 } else { end }
}

/// Where the phrase that the preposition at `start` begins ends and a clause may begin: "on Monday | the river rose".
fn prepositional_phrase_end(clause: ClauseView, start: usize, end: usize) -> Option<usize> {
    let noun = start + 1 + usize::from(word_classes::is_determiner(&clause.lower(start + 1)));
    (noun + 1..end).find(|it| {
        let word = clause.lower(*it);
        word_classes::is_determiner(&word)
            || word_classes::is_pronoun(&word)
            || word_classes::is_time_word(&word) && clause.is_capitalized(*it)
            || clause.is_capitalized(*it) && !clause.is_capitalized(it - 1)
            || clause.word(*it) == ","
    })
}

/// Where a quote that begins at item `quote` ends: with its mark, or with the
/// clause where the sentence runs on after a fragment.
fn quote_end(clause: ClauseView, quote: usize, end: usize) -> usize {
    let Some(stretch) = clause.quote_at(quote) else { return end };
    let inner = stretch.content.slice(clause.doc.text);
    let next = clause.word(quote + 1);
    let stops = inner.trim_end().ends_with(['.', ',', '!', '?', '…'])
        || matches!(next, "." | ",")
        || quote + 1 >= end;
    if stops {
        // A further piece of the same sentence: “one”, “two” and “three”.
        let more = (quote + 1..end.min(quote + 4)).find(|it| clause.quote_at(*it).is_some());
        let joined = more.filter(|it| {
            (quote + 1..*it).all(|at| matches!(clause.lower(at).as_str(), "," | "and" | "or" | "but"))
                && *it > quote + 1
        });
        return joined
            .filter(|_| !inner.trim_end().ends_with('.'))
            .map_or(quote + 1, |it| quote_end(clause, it, end));
    }
    // "… “a surrender” and left."
    if clause.lower(quote + 1) == "and" && word_classes::is_past_tense(&clause.lower(quote + 2)) {
        return quote + 1;
    }
    end
}

fn trim_non_empty(clause: ClauseView, items: Range<usize>) -> Option<Range<usize>> {
    Some(trim_items(clause, items)).filter(|it| !it.is_empty())
}

/// Some items without the punctuation and joining words at their ends.
fn trim_items(clause: ClauseView, items: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = items;
    let loose = |at: usize| {
        clause.quote_at(at).is_none()
            && !clause.is_word(at)
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
