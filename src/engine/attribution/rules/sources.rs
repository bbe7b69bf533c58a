//! Sources: the noun phrase that speaks, found before or after the cue of a clause.

#[cfg(test)]
mod tests;

use std::ops::Range;

use smallvec::SmallVec;

use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::{time_phrases, tokens};

/// How many items a noun phrase may have.
const MAX_PHRASE_ITEMS: usize = 16;
/// How many items an aside between commas may have.
const MAX_ASIDE_ITEMS: usize = 40;
/// How many words a nickname in quotation marks may have: Ann "Red" Lee.
const MAX_NICKNAME_WORDS: usize = 3;
/// How many words a name may have after a role: "said the captain, Ann Lee".
const MAX_NAME_WORDS: usize = 4;

/// The noun phrase with its asides that ends before item `end`: "Hugh Hill, a doctor" in "Hugh Hill, a doctor, | said".
/// The comma before the cue is not part of it.
pub(crate) fn source_before_cue(clause: ClauseView, end: usize) -> Option<Range<usize>> {
    // "Iran on Sunday | vowed": a time is not the subject.
    let end = time_phrases::start_of_time(0, end, |it| clause.word(it));
    let last = end.checked_sub(1)?;
    match clause.word(last) {
        mark if mark == "," || tokens::is_dash(mark) => {
            let comma = aside_start(clause, last)?;
            let subject = noun_phrase_before(clause, comma)?;
            Some(subject.start..last)
        }
        ")" => {
            let open = (0..last).rev().take(MAX_PHRASE_ITEMS).find(|it| clause.word(*it) == "(")?;
            let subject = noun_phrase_before(clause, open)?;
            Some(subject.start..end)
        }
        _ if matches!(clause.lower(last).as_str(), "who" | "which" | "that") => {
            // "Lee, who said …": the phrase before the comma speaks.
            let comma = last.checked_sub(1)?;
            let end = if clause.word(comma) == "," { comma } else { last };
            noun_phrase_before(clause, end).map(|it| it.start..last + 1)
        }
        _ => noun_phrase_before(clause, end),
    }
}

/// The item behind the words that tell when something was said, from an item on: "on Monday", "yesterday".
pub(crate) fn end_of_time(clause: ClauseView, item: usize) -> usize {
    let is_time = |it: usize| clause.is(it, LexicalClass::TimeWord);
    match () {
        () if is_time(item) => item + 1,
        () if clause.is(item, LexicalClass::Preposition) && is_time(item + 1) => item + 2,
        () => item,
    }
}

/// The relative pronoun that a coordinated verb at item `cue` has as its subject: "a colleague | who | pinched her and said".
/// It is looked for from item `free_from` on.
pub(crate) fn relative_subject(clause: ClauseView, cue: usize, free_from: usize) -> Option<Range<usize>> {
    const MAX_DISTANCE: usize = 14;
    let and = cue.checked_sub(1).filter(|it| clause.lower(*it) == "and")?;
    let window = (free_from.max(and.saturating_sub(MAX_DISTANCE))..and).rev();
    let who = window.into_iter().find(|it| clause.lower(*it) == "who")?;
    let is_verb =
        |item: usize| clause.is(item, LexicalClass::PastTense) || clause.is(item, LexicalClass::Auxiliary);
    let has_verb = is_verb(who + 1) || clause.is(who + 1, LexicalClass::Adverb) && is_verb(who + 2);
    let is_open = !(who + 1..and).any(|it| matches!(clause.word(it), "," | ";" | ":"));
    (has_verb && is_open).then_some(who..who + 1)
}

/// The name where an office and its holder are all that stands before a cue: "Keeper of the Ruler's Seal, | Sani Dural, said".
/// The name between two commas would else look like the end of what is said.
pub(crate) fn holder_of_office(clause: ClauseView, cue: usize) -> Option<Range<usize>> {
    let close = cue.checked_sub(1).filter(|it| clause.word(*it) == ",")?;
    let open = (1..close).rev().find(|it| clause.word(*it) == ",")?;
    let name = open + 1..close;
    let is_name =
        (1..=MAX_NAME_WORDS).contains(&name.len()) && name.clone().all(|it| clause.is_capitalized(it));
    let is_office_item = |item: usize| {
        is_phrase_item(clause, item) || matches!(clause.lower(item).as_str(), "of" | "for" | "and" | "the")
    };
    let has_verb = |item: usize| clause.is(item, LexicalClass::PastTense);
    let is_office = clause.is_capitalized(0) && (0..open).all(|it| is_office_item(it) && !has_verb(it));
    (is_name && is_office).then_some(name)
}

/// The comma or dash that opens the aside that the one at item `close` closes.
fn aside_start(clause: ClauseView, close: usize) -> Option<usize> {
    let mark = clause.word(close);
    let may_open = |item: &usize| {
        clause.word(*item) == mark && *item + 1 < close && noun_phrase_before(clause, *item).is_some()
    };
    let openings: Vec<usize> = (0..close).rev().take(MAX_ASIDE_ITEMS).filter(may_open).collect();
    // The farthest one whose phrase begins the clause wins: "Lee, a doctor, writer and cook, said" is whole.
    let opens_after_subject = |item: usize| {
        let start = noun_phrase_before(clause, item).map_or(0, |it| it.start);
        // "Lee, standing beside his lawyer, said": only after a name that opens the clause.
        let is_action = clause.is_capitalized(start) && clause.lower(item + 1).ends_with("ing");
        let is_told = has_verb(clause, start + 1..item) && clause.is_capitalized(item + 1);
        starts_clause(clause, start) && !is_told && (is_action || opens_aside(clause, item + 1))
    };
    let farthest = openings.iter().rev().copied().find(|item| opens_after_subject(*item));
    farthest.or_else(|| openings.into_iter().find(|item| opens_aside(clause, item + 1)))
}

/// Whether a noun phrase is a clause of its own, with an irregular past tense behind its noun: "Two people | died in a fire".
fn has_verb(clause: ClauseView, mut items: Range<usize>) -> bool {
    items.any(|it| {
        clause.is(it, LexicalClass::PastTense)
            && clause.word(it).starts_with(char::is_lowercase)
            && !clause.is(it - 1, LexicalClass::Determiner)
            && clause.is(it + 1, LexicalClass::Preposition)
            && !matches!(clause.lower(it + 1).as_str(), "by" | "of")
    })
}

/// Whether an aside about a noun may begin with an item.
fn opens_aside(clause: ClauseView, item: usize) -> bool {
    // "chief economist at Harbour Bank": a role without an article.
    let may_be_role = || {
        clause.word(item).starts_with(char::is_alphabetic)
            && !clause.is(item, LexicalClass::ClauseBoundary)
            && !clause.word(item).ends_with("ing")
    };
    clause.is_capitalized(item)
        || clause.is(item, LexicalClass::Determiner)
        || clause.is(item, LexicalClass::AsideOpener)
        || clause.word(item).starts_with(|ch: char| ch.is_ascii_digit())
        || may_be_role()
}

/// Whether a clause may begin with an item.
fn starts_clause(clause: ClauseView, item: usize) -> bool {
    let Some(before) = item.checked_sub(1) else { return true };
    clause.quote_at(before).is_some()
        || !clause.is_word(before)
        || clause.is(before, LexicalClass::ClauseBoundary)
        || clause.lower(before) == "and"
}

/// The noun phrase without asides that ends before item `end`.
fn noun_phrase_before(clause: ClauseView, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    if clause.is(last, LexicalClass::SubjectPronoun) || clause.is(last, LexicalClass::StandalonePronoun) {
        return Some(last..end);
    }
    if !is_phrase_item(clause, last) || clause.is(last, LexicalClass::Determiner) {
        return None;
    }
    // "three locally transmitted | confirmed cases"
    let is_participle = clause.lower(last).ends_with("ed") && clause.is(last, LexicalClass::PastTense);
    if is_participle && last > 0 && clause.lower(last - 1).ends_with("ly") {
        return None;
    }
    let mut start = last;
    // The start of a whole phrase, in case the words before it do not belong to it.
    let mut whole = None;
    while start > 0 && end - start < MAX_PHRASE_ITEMS {
        let next = start - 1;
        let before = clause.lower(next);
        let is_possessive = is_possessive(clause, start);
        if is_possessive || clause.is(start, LexicalClass::Determiner) {
            whole = Some(start);
            if !is_possessive && !clause.is(next, LexicalClass::ComplementOpener) {
                break;
            }
        }
        if is_complement_of_noun(clause, next) {
            whole = whole.or_else(|| starts_noun_phrase(clause, start).then_some(start));
            start = next - 1;
            continue;
        }
        if before == "and" || before == "&" {
            let start = coordination_start(clause, start).unwrap_or(start);
            return Some(start..end);
        }
        if !is_phrase_item(clause, next) {
            break;
        }
        // A lower-case word before a name may be a verb. Without a parser the start of the clause decides below.
        start = next;
    }
    let is_whole = starts_clause(clause, start) || clause.is(start, LexicalClass::Determiner);
    let start = if is_whole { start } else { whole.unwrap_or(start) };
    let start = trailing_name_start(clause, start, end).unwrap_or(start);
    if begins_with_place_or_time(clause, start..end) {
        return None;
    }
    // The dash of a dateline is no part of a name: "TARN (AP) - | Ann Lee".
    let dashes = (start..end).take_while(|it| clause.word(*it) == "-").count();
    (start + dashes < end).then_some(start + dashes..end)
}

/// Whether words that begin a sentence are a place or a time, not a name with the capital of a preposition: "On July 17", "At".
fn begins_with_place_or_time(clause: ClauseView, items: Range<usize>) -> bool {
    let before = items.start.checked_sub(1);
    let begins_sentence = before.is_none_or(|it| !clause.is_word(it) && clause.word(it) != ",");
    let opens = matches!(
        clause.lower(items.start).as_str(),
        "after"
            | "amid"
            | "at"
            | "before"
            | "by"
            | "during"
            | "for"
            | "from"
            | "in"
            | "on"
            | "since"
            | "until"
            | "with"
    );
    let is_title = items.len() > 1 && items.clone().skip(1).all(|it| clause.is_capitalized(it));
    begins_sentence && opens && (!is_title || clause.is(items.start + 1, LexicalClass::Calendar))
}

/// Whether an item is a possessive ending.
pub(super) fn is_possessive(clause: ClauseView, item: usize) -> bool {
    matches!(clause.word(item), "'s" | "’s")
}

/// Whether the preposition at an item ties a complement to the noun before it: "officials in Paris | said", but not "a
/// meeting in Paris | Lee said".
fn is_complement_of_noun(clause: ClauseView, preposition: usize) -> bool {
    let Some(noun) = preposition.checked_sub(1) else { return false };
    if !clause.is(preposition, LexicalClass::ComplementOpener)
        || !is_phrase_item(clause, noun)
        || clause.is(noun, LexicalClass::Preposition)
    {
        return false;
    }
    let is_plural_subject = starts_clause(clause, noun) && clause.lower(noun).ends_with('s');
    clause.lower(preposition) == "of" || is_plural_subject || !clause.is_capitalized(noun)
}

/// The start of "Ann Lee and Bo Ray", of which the part from item `right` on is known; `None` where "and" joins others.
fn coordination_start(clause: ClauseView, right: usize) -> Option<usize> {
    let and = right.checked_sub(1).filter(|it| *it > 0)?;
    let left = Some(and).filter(|_| starts_noun_phrase(clause, right));
    let start = noun_phrase_before(clause, left?)?.start;
    // "The talks began on Monday and | Oslo said": two clauses.
    let is_clause = has_verb(clause, start + 1..and);
    (starts_clause(clause, start) && !is_clause && clause.lower(start) != "and").then_some(start)
}

/// The start of the capitalised words at the end of a phrase that does not begin its clause: "… when | Ann Lee".
fn trailing_name_start(clause: ClauseView, start: usize, end: usize) -> Option<usize> {
    if starts_clause(clause, start)
        || clause.is(start, LexicalClass::Determiner)
        || !clause.is_capitalized(end - 1)
    {
        return None;
    }
    let is_name_item = |item: &usize| clause.is_capitalized(*item) || clause.quote_at(*item).is_some();
    (start..end).rev().take_while(is_name_item).last()
}

/// Whether the words from item `start` on can be a phrase by themselves.
pub(super) fn starts_noun_phrase(clause: ClauseView, start: usize) -> bool {
    clause.is_capitalized(start) || clause.is(start, LexicalClass::Determiner)
}

/// Whether an item may stand inside a noun phrase.
pub(super) fn is_phrase_item(clause: ClauseView, item: usize) -> bool {
    if let Some(quote) = clause.quote_at(item) {
        let is_nickname = quote.closed && clause.doc.tokens_in(quote.content).len() <= MAX_NICKNAME_WORDS;
        return is_nickname && item > 0 && clause.is_word(item - 1);
    }
    if matches!(clause.word(item), "'s" | "’s" | "&" | "%" | "$" | "-") {
        return true;
    }
    // A plural possessive: "the players' union".
    if matches!(clause.word(item), "'" | "’") {
        return item > 0 && clause.word(item - 1).ends_with('s');
    }
    clause.is_word(item)
        && !clause.is(item, LexicalClass::Auxiliary)
        && !clause.is(item, LexicalClass::ClauseBoundary)
        && (!clause.is(item, LexicalClass::Preposition) || clause.is_capitalized(item))
        && !clause.is(item, LexicalClass::Negation)
        && !clause.is(item, LexicalClass::SubjectPronoun)
        && !matches!(clause.lower(item).as_str(), "and" | "there" | "here" | "however" | "meanwhile" | "also")
}

/// The noun phrase with its asides that begins with item `start`: "Ann Lee, a doctor" in "said | Ann Lee, a doctor".
pub(crate) fn source_after_cue(clause: ClauseView, start: usize) -> Option<Range<usize>> {
    ends_after_cue(clause, start).last().map(|end| start..*end)
}

/// The ends that the noun phrase from item `start` on may have: behind its name or noun, and behind each aside that follows it.
pub(super) fn ends_after_cue(clause: ClauseView, start: usize) -> SmallVec<[usize; 4]> {
    let mut ends = SmallVec::new();
    // "scolded him:"
    if matches!(clause.lower(start).as_str(), "him" | "me" | "them") {
        return ends;
    }
    let Some(end) = noun_phrase_end(clause, start) else { return ends };
    let mut end = end_of_bracket(clause, end);
    ends.push(end);
    if let Some(name) = role_name_end(clause, start, end) {
        end = end_of_bracket(clause, name);
        ends.push(end);
    }
    while clause.word(end) == "," {
        let closes = |item: &usize| closes_apposition(clause, *item);
        let close = if let Some(name) = next_name_end(clause, end) {
            name
        } else if opens_apposition(clause, end + 1) {
            (end + 1..clause.items.len()).find(closes).unwrap_or(clause.items.len())
        } else {
            break;
        };
        // "proposed by Lee, a | “national task”": the aside goes on.
        let is_open = clause.quote_at(close).is_some() && clause.is(close - 1, LexicalClass::Determiner);
        if close - end > MAX_ASIDE_ITEMS || is_open {
            break;
        }
        end = close;
        ends.push(end);
    }
    ends
}

/// The end of the second name that "and" joins behind the comma at an item: "Ann Lee, the mayor|, and Bo Ray|, the sheriff".
fn next_name_end(clause: ClauseView, comma: usize) -> Option<usize> {
    let is_joined = clause.lower(comma + 1) == "and" && clause.is_capitalized(comma + 2);
    let end = noun_phrase_end(clause, comma + 2).filter(|_| is_joined)?;
    (comma + 2..end).all(|it| clause.is_capitalized(it)).then_some(end).filter(|it| !clause.is_word(*it))
}

/// The end of the bracket that opens at an item, behind a noun or a name, and of what belongs to the same phrase behind it: "the Harbour
/// Board | (HB)", "the Harbour Board’s | (HB) report", "the harbour officer | (HO) Ann Lee". Without one it is the item itself.
fn end_of_bracket(clause: ClauseView, item: usize) -> usize {
    let inside = item + 1..clause.items.len().min(item + 1 + MAX_ASIDE_ITEMS);
    let close = inside.into_iter().find(|it| clause.word(*it) == ")").filter(|_| clause.word(item) == "(");
    let Some(end) = close.map(|it| it + 1) else { return item };
    let phrase = noun_phrase_end(clause, end).unwrap_or(end);
    let is_name = clause.is_capitalized(end) && !clause.is_word(phrase);
    if is_possessive(clause, item - 1) || is_name { phrase } else { end }
}

/// Whether an apposition ends before an item.
fn closes_apposition(clause: ClauseView, item: usize) -> bool {
    matches!(clause.word(item), "," | "." | ";" | ":") || clause.quote_at(item).is_some()
}

/// The end of the name after a role from item `start` to `end`: "said the captain, Ann Lee." `None` where there is none.
fn role_name_end(clause: ClauseView, start: usize, end: usize) -> Option<usize> {
    let is_role = !clause.is_capitalized(end - 1) && (start..end).all(|it| clause.is_word(it));
    let name_end = (end + 1..clause.items.len()).find(|it| !clause.is_capitalized(*it))?;
    let is_name = (1..=MAX_NAME_WORDS).contains(&(end + 1..name_end).len());
    (is_role && clause.word(end) == "," && is_name && closes_apposition(clause, name_end)).then_some(name_end)
}

/// Whether an apposition to a name begins with an item.
fn opens_apposition(clause: ClauseView, item: usize) -> bool {
    let word = clause.word(item);
    let is_age = word.len() == 2 && word.starts_with(|ch: char| ch.is_ascii_digit());
    // "Ann Lee, QC, said".
    let is_title =
        (2..=3).contains(&word.len()) && word.chars().all(char::is_uppercase) && clause.word(item + 1) == ",";
    clause.is(item, LexicalClass::AppositionOpener) || is_age || is_title
}

/// The end of the noun phrase without asides that begins with item `start`.
pub(super) fn noun_phrase_end(clause: ClauseView, start: usize) -> Option<usize> {
    if clause.is(start, LexicalClass::SubjectPronoun) {
        let is_bounded = !clause.is_word(start + 1)
            || clause.lower(start + 1) == "and"
            || clause.is(start + 1, LexicalClass::Preposition)
            || clause.is(start + 1, LexicalClass::TimeWord)
            || clause.is(start + 1, LexicalClass::ClauseBoundary);
        return is_bounded.then_some(start + 1);
    }
    if !is_phrase_item(clause, start) || clause.is(start, LexicalClass::TimeWord) {
        return None;
    }
    let mut end = start + 1;
    while end < clause.items.len() && end - start < MAX_PHRASE_ITEMS {
        let word = clause.lower(end);
        // "said a source in Paris" continues; "said Lee in Paris" and "said the mayor in a statement" do not.
        let may_have_complement = word == "of"
            || (!clause.is_capitalized(end - 1) && clause.is(end, LexicalClass::ComplementOpener));
        let is_complement = is_phrase_item(clause, end + 1) && !clause.is(end + 1, LexicalClass::TimeWord);
        if may_have_complement && is_complement {
            if word == "in" && matches!(clause.lower(end + 1).as_str(), "a" | "an") {
                break;
            }
            end += 2;
            continue;
        }
        if word == "and" && clause.is_capitalized(end - 1) && clause.is_capitalized(end + 1) {
            end += 2;
            continue;
        }
        if clause.is(end, LexicalClass::TimeWord) || !is_phrase_item(clause, end) {
            break;
        }
        end += 1;
    }
    // "said one."
    let may_be_alone = !clause.is(start, LexicalClass::Determiner)
        || matches!(clause.lower(start).as_str(), "another" | "one" | "several" | "some")
            && !clause.is_word(end);
    (end > start + 1 || may_be_alone).then_some(end)
}
