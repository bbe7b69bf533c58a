//! Headline detection: whether a line is the headline, the kicker above it or the date near it.

use crate::load::structure::{byline, dateline};
use crate::load::text::compare;
use crate::word_list::word_list;

/// Whether `line`, followed by `next`, is a headline.
///
/// It is one if `next` repeats it, if it is written like one (no full stop, or title case), or if a byline or a
/// dateline follows.
pub(crate) fn is_headline(line: &str, next: &str) -> bool {
    const MAX_HEADLINE_BYTES: usize = 240;
    const MAX_QUESTION_BYTES: usize = MAX_HEADLINE_BYTES / 2;
    if next.is_empty() {
        return false;
    }
    if line.split(' ').count() > 2 && compare::same_letters(line, next) {
        return true;
    }
    // A next line that continues the sentence means that the line was broken.
    let is_broken = next.starts_with(char::is_lowercase);
    if line.len() > MAX_HEADLINE_BYTES
        || is_broken
        || is_date(line)
        || dateline::dateline_length(line, false).is_some()
    {
        return false;
    }
    let bare = line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ' ']);
    match bare.chars().next_back() {
        None | Some(':' | ';' | ',' | '…' | '-' | '—' | '–') => false,
        Some('.') => {
            is_title_case(bare)
                || (is_one_sentence(bare) && (follows_headline(next) || is_restated(bare, next)))
        }
        Some('?' | '!') => {
            line.len() <= MAX_QUESTION_BYTES
                && !line.starts_with(['"', '“', '‘', '\'', '«', '„'])
                && ends_sentence(next)
        }
        Some(_) => line.chars().any(char::is_alphabetic) && (ends_sentence(next) || follows_headline(next)),
    }
}

/// Whether a line is a kicker: a word or two above a headline, such as "EXCLUSIVE".
pub(crate) fn is_kicker(line: &str) -> bool {
    let words = line.split(' ').count();
    let in_capitals = !line.contains(char::is_lowercase);
    (words == 1 || (words <= 4 && in_capitals))
        && line.ends_with(char::is_alphabetic)
        && line.starts_with(char::is_uppercase)
}

/// Whether a line is the date of a story and nothing else: a month and a number, three numbers, or an age ("2 hours ago").
pub(crate) fn is_date(line: &str) -> bool {
    const MAX_DATE_BYTES: usize = 100;
    if line.len() > MAX_DATE_BYTES {
        return false;
    }
    let (mut has_month, mut has_number, mut all_fit) = (false, false, true);
    for word in line.split(DATE_SEPARATORS).filter(|it| !it.is_empty()) {
        let lower = word.to_ascii_lowercase();
        let digits = word.chars().take_while(char::is_ascii_digit).count();
        has_number |= digits > 0;
        has_month |= dateline::is_month(word);
        all_fit &= digits > 0 || dateline::is_month(word) || DATE_WORDS.contains(&lower.as_str());
        all_fit &= digits == 0
            || matches!(&lower[digits..], "" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "h" | "t" | "z");
    }
    let has_label =
        || ["updated", "published", "posted"].iter().any(|it| line.to_ascii_lowercase().contains(it));
    let is_number = |part: &&str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = line.split(['-', '/', '.']).filter(is_number);
    (all_fit && has_number && (has_month || numbers.count() == 3 || has_label())) || is_age(line)
}

/// Characters between the words of a date line.
const DATE_SEPARATORS: &[char] = &[' ', ',', '|', ':', '/', '-', '.', '@', '(', ')', '•', '·', '–', '—'];

/// Whether a line says how long ago a story was published, and nothing else: "Updated 2 hours ago".
fn is_age(line: &str) -> bool {
    let words: Vec<String> =
        line.split(DATE_SEPARATORS).filter(|it| !it.is_empty()).map(str::to_ascii_lowercase).collect();
    let is_unit = |word: &str| {
        let word = word.trim_start_matches(|ch: char| ch.is_ascii_digit()).trim_end_matches('s');
        matches!(
            word,
            "" | "d"
                | "day"
                | "h"
                | "hour"
                | "hr"
                | "m"
                | "min"
                | "minute"
                | "month"
                | "second"
                | "w"
                | "week"
                | "year"
        )
    };
    let Some((last, before)) = words.split_last().filter(|it| it.0 == "ago" && !it.1.is_empty()) else {
        return false;
    };
    let starts = before
        .iter()
        .position(|it| it.starts_with(|ch: char| ch.is_ascii_digit()) || matches!(it.as_str(), "a" | "an"));
    last == "ago"
        && starts.is_some_and(|at| {
            before[..at].iter().all(|it| DATE_WORDS.contains(&it.as_str()))
                && before[at + 1..].iter().all(|it| is_unit(it))
        })
}

/// A date line without the words in front of its date: "Updated: May 3, 2026".
pub(crate) fn without_label(line: &str) -> &str {
    const LABELS: &[&str] = &word_list!("date-labels");
    let mut rest = line;
    loop {
        let word = rest.split([' ', ':', '|', '-']).next().unwrap_or_default();
        let is_label = LABELS.contains(&word.to_ascii_lowercase().as_str());
        match &rest[word.len()..] {
            after if (is_label || word.is_empty()) && !after.is_empty() => {
                rest = after.trim_start_matches([' ', ':', '|', '-']);
            }
            _ => return rest,
        }
    }
}

const DATE_WORDS: &[&str] = &word_list!("date-words");

/// Whether a line can only follow a headline: it is a byline or a date, or has a dateline.
fn follows_headline(line: &str) -> bool {
    byline::is_byline(line)
        || byline::is_bare_byline(line)
        || is_date(line)
        || dateline::dateline_length(line, false).is_some()
}

/// Whether a line ends like a sentence.
fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
    bare.ends_with(['.', '!', '?', ':', '…'])
}

/// Whether `next` is longer than `line` and repeats three fifths of its long words, in any inflection.
fn is_restated(line: &str, next: &str) -> bool {
    /// Words are compared by this many letters; shorter words are ignored.
    const STEM_CHARS: usize = 4;
    const MAX_NEXT_BYTES: usize = 600;
    let stem = |word: &str| word.chars().take(STEM_CHARS).flat_map(char::to_lowercase).collect();
    let stems = |text: &str| -> Vec<String> {
        let words = text.split(|ch: char| !ch.is_alphanumeric());
        words.filter(|it| it.chars().count() >= STEM_CHARS).map(stem).collect()
    };
    let (line_stems, next_stems) = (stems(line), stems(&next[..next.floor_char_boundary(MAX_NEXT_BYTES)]));
    let repeated = line_stems.iter().filter(|it| next_stems.contains(it)).count();
    line_stems.len() > 2 && repeated * 5 >= line_stems.len() * 3 && next.len() * 2 > line.len() * 3
}

/// Whether no sentence ends inside a line.
fn is_one_sentence(line: &str) -> bool {
    !line.contains(". ") && !line.contains(".” ") && !line.contains(".\" ")
}

/// Whether nearly all words of more than three letters begin with a capital: at most one in six does not.
fn is_title_case(line: &str) -> bool {
    let is_lowercase = |word: &&str| {
        word.trim_start_matches(|ch: char| !ch.is_alphanumeric()).starts_with(char::is_lowercase)
    };
    let long_words = || line.split(' ').filter(|it| it.chars().count() > 3);
    let lowercase = long_words().filter(is_lowercase);
    long_words().count() > 3 && lowercase.count() * 6 <= long_words().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_known_by_how_it_ends_and_by_what_follows() {
        let lead = "The council voted on Monday to raise the harbour wall by one metre.";
        for (line, next, expected) in [
            ("Council votes to raise harbour wall", lead, true),
            ("Who will pay for the harbour wall?", lead, true),
            ("Council Votes To Raise The Harbour Wall After Flood.", lead, true),
            ("Council votes to raise the harbour wall.", "OSLO (AP) — It rained.", true),
            ("Council votes to raise the harbour wall.", "By Ann Lee", true),
            (
                "The council voted to raise the wall, AFP reports.",
                "The council voted to raise the wall, AFP reports.",
                true,
            ),
            ("Council votes to raise wall, AFP reports", "COUNCIL VOTES to raise wall, AFP reports.", true),
            ("Council votes to raise its wall after flood.", lead, true),
            ("Ann Lee was at home when the wall fell.", lead, false),
            ("It rained.", lead, false),
            ("She said:", lead, false),
            ("“Why?”", lead, false),
            ("Friday, July 21, 2017", lead, false),
            ("Council votes to raise harbour wall", "", false),
            ("bread", "milk", false),
            ("The council voted on Monday to raise", "the harbour wall by one metre.", false),
        ] {
            assert_eq!(is_headline(line, next), expected, "{line}");
        }
    }

    #[test]
    fn a_date_is_kept_without_the_words_before_it() {
        for (line, date) in [
            ("Published: May 3, 2026", "May 3, 2026"),
            ("Last updated on 3 May 2026", "3 May 2026"),
            ("3 May 2026", "3 May 2026"),
            ("Updated", "Updated"),
        ] {
            assert_eq!(without_label(line), date);
        }
    }

    #[test]
    fn a_kicker_is_a_word_or_a_few_in_capitals() {
        for (line, expected) in [
            ("EXCLUSIVE", true),
            ("Opinion", true),
            ("WORLD NEWS", true),
            ("Council raises wall", false),
            ("No.", false),
        ] {
            assert_eq!(is_kicker(line), expected, "{line}");
        }
    }

    #[test]
    fn a_date_has_a_month_or_three_numbers_and_nothing_else() {
        for (text, expected) in [
            ("Friday, July 21, 2017", true),
            ("Published 3 May 2026 at 10:30 GMT", true),
            ("2026-05-03", true),
            ("Updated 5:27 am CST, Wednesday, November 20, 2019", true),
            ("Nov 18, 2019 @17:19 PM", true),
            ("Last modified on Thu 12 Mar 2026 14.05 GMT", true),
            ("Published 1 day ago", true),
            ("Updated an hour ago", true),
            ("3h ago", true),
            ("Updated at 1:23 p.m.", true),
            ("At 12", false),
            ("The wall fell 2 years ago", false),
            ("Long ago", false),
            ("2 men ago", false),
            ("May", false),
            ("May 3 was a Friday", false),
            ("12", false),
            ("1. 2. 3", false),
        ] {
            assert_eq!(is_date(text), expected, "{text}");
        }
    }
}
