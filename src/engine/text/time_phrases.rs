//! Time phrases: days, dates and hours beside a verb, which are never its subject: "Iran | on Sunday | vowed".

use crate::word_list::word_list;

/// How many words a time phrase may have.
const MAX_PHRASE_WORDS: usize = 7;
/// How many time phrases may stand side by side: "on Monday | last week".
const MAX_PHRASES: usize = 2;

/// Words that tell a time by themselves, in lower case: "sunday", "yesterday".
const ANCHORS: &[&str] = &word_list!("time-anchors");
/// Nouns for a time that need a word before them, in lower case: "week".
const UNITS: &[&str] = &word_list!("time-units");
/// Words before such a noun, in lower case: "last".
const MODIFIERS: &[&str] = &word_list!("time-modifiers");
/// Months, in lower case.
const MONTHS: &[&str] = &word_list!("months");

/// The start of the time that ends before `end` and begins behind `floor`; `end` where none stands there. `word` gives the
/// words by their numbers.
pub(crate) fn start_of_time<'a>(floor: usize, end: usize, word: impl Fn(usize) -> &'a str) -> usize {
    let mut start = end;
    for _ in 0..MAX_PHRASES {
        start = phrase_start(floor, start, &word);
    }
    start
}

/// The start of one time phrase that ends before `end`; `end` where none stands there.
fn phrase_start<'a>(floor: usize, end: usize, word: &impl Fn(usize) -> &'a str) -> usize {
    let lower = |at: usize| word(at).to_lowercase();
    let has = |list: &[&str], at: usize| list.binary_search(&lower(at).as_str()).is_ok();
    let is_lowercase = |at: usize| word(at).starts_with(char::is_lowercase);
    let is_number = |at: usize| word(at).starts_with(|it: char| it.is_ascii_digit());
    let is_month = |at: usize| has(MONTHS, at) && !is_lowercase(at);
    let is_part = |at: &usize| {
        has(ANCHORS, *at)
            || is_month(*at)
            || is_number(*at)
            || is_lowercase(*at) && (has(UNITS, *at) || has(MODIFIERS, *at))
    };
    let Some(first) = (floor..end).rev().take(MAX_PHRASE_WORDS).take_while(is_part).last() else {
        return end;
    };
    let Some(before) = first.checked_sub(1).filter(|it| *it >= floor) else { return end };
    let has_preposition =
        matches!(lower(before).as_str(), "at" | "by" | "during" | "in" | "on" | "over" | "since");
    let start = if has_preposition { before } else { first };
    if start <= floor {
        return end;
    }
    let is_year = |at: usize| word(at).len() == 4 && is_number(at);
    let tells_time = |at: usize| {
        let is_anchor = has(ANCHORS, at);
        let is_date = is_month(at) && (has_preposition || end - first > 1 && (first..end).any(is_number));
        let is_led = at > first && has(UNITS, at) && !matches!(lower(at - 1).as_str(), "a" | "an" | "the");
        is_anchor || is_date || is_led || lower(at) == "ago" && at > first || has_preposition && is_year(at)
    };
    // "USA Today", "Joe Friday", "“No,” Friday said": a name.
    let follows_name = !word(start - 1).starts_with(char::is_alphanumeric) || !is_lowercase(start - 1);
    let is_name = !has_preposition && follows_name && !is_lowercase(first) && !is_number(first);
    // "the two weeks", "a day": a subject of its own.
    let is_subject = !has_preposition && matches!(lower(first).as_str(), "the" | "these" | "those");
    if (first..end).any(tells_time) && !is_name && !is_subject { start } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_before_a_verb_is_cut_off_from_its_subject() {
        for (text, expected) in [
            ("Iran on Sunday", "Iran"),
            ("The firm Monday", "The firm"),
            ("Oslo late last week", "Oslo"),
            ("Lee this week", "Lee"),
            ("The board on May 4", "The board"),
            ("The board in March", "The board"),
            ("The board in 2019", "The board"),
            ("The mayor two years ago", "The mayor"),
            ("The mayor at 9 p.m. on Friday", "The mayor"),
            ("The mayor earlier", "The mayor"),
            ("USA Today", "USA Today"),
            ("Joe Friday", "Joe Friday"),
            ("his sister April", "his sister April"),
            ("June", "June"),
            ("The class of 2019", "The class of 2019"),
            ("The week", "The week"),
            ("Lee", "Lee"),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let start = start_of_time(0, words.len(), |at| words[at]);
            assert_eq!(words[..start].join(" "), expected, "{text}");
        }
    }
}
