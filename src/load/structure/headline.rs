//! Whether the first line of a text is its headline.

use crate::load::structure::{byline, dateline};
use crate::load::text::compare;

/// Whether `line`, before `next`, is a headline: said again by the next line, or written as headlines are, without
/// a full stop or in capitals, or set above a byline or a dateline.
pub(crate) fn is_headline(line: &str, next: &str) -> bool {
    const LONGEST: usize = 240;
    if next.is_empty() {
        return false;
    }
    if line.split(' ').count() > 2 && compare::same_letters(line, next) {
        return true;
    }
    // A sentence that goes on shows a line that was broken.
    let runs_on = next.starts_with(char::is_lowercase);
    if line.len() > LONGEST || runs_on || is_date(line) || dateline::dateline_length(line, false).is_some() {
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
            line.len() <= LONGEST / 2
                && !line.starts_with(['"', '“', '‘', '\'', '«', '„'])
                && ends_sentence(next)
        }
        Some(_) => line.chars().any(char::is_alphabetic) && (ends_sentence(next) || follows_headline(next)),
    }
}

/// Whether a line is a word or two above a headline, such as "EXCLUSIVE".
pub(crate) fn is_kicker(line: &str) -> bool {
    let words = line.split(' ').count();
    let capitals = !line.contains(char::is_lowercase);
    (words == 1 || (words <= 4 && capitals))
        && line.ends_with(char::is_alphabetic)
        && line.starts_with(char::is_uppercase)
}

/// Whether words are the date of a story and nothing else.
pub(crate) fn is_date(words: &str) -> bool {
    const LONGEST: usize = 80;
    if words.len() > LONGEST {
        return false;
    }
    let (mut month, mut number, mut fits) = (false, false, true);
    for word in words.split([' ', ',', '|', ':', '/', '-', '.']).filter(|it| !it.is_empty()) {
        let small = word.to_ascii_lowercase();
        let digits = word.chars().take_while(char::is_ascii_digit).count();
        number |= digits > 0;
        month |= dateline::is_month(word);
        fits &= digits > 0 || dateline::is_month(word) || DATE_WORDS.contains(&small.as_str());
        fits &= digits == 0
            || matches!(&small[digits..], "" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "h" | "t" | "z");
    }
    let numbers =
        words.split(['-', '/', '.']).filter(|it| it.len() >= 2 && it.bytes().all(|it| it.is_ascii_digit()));
    fits && number && (month || numbers.count() == 3)
}

/// Words that stand in a date beside months and numbers.
const DATE_WORDS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "at",
    "on",
    "published",
    "updated",
    "posted",
    "last",
    "first",
    "date",
    "gmt",
    "utc",
    "bst",
    "est",
    "edt",
    "et",
    "pt",
    "cet",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "of",
];

/// Whether the line after it shows that a line was a headline.
fn follows_headline(next: &str) -> bool {
    byline::is_byline(next) || is_date(next) || dateline::dateline_length(next, false).is_some()
}

/// Whether words end as a sentence does.
fn ends_sentence(words: &str) -> bool {
    let bare = words.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
    bare.ends_with(['.', '!', '?', ':', '…'])
}

/// Whether `next` is longer and says most of the words again, in whatever form: it tells what the line announced.
fn is_restated(line: &str, next: &str) -> bool {
    const STEM: usize = 4;
    let stems = |words: &str| -> Vec<String> {
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|it| it.chars().count() >= STEM);
        words.map(|it| it.chars().take(STEM).flat_map(char::to_lowercase).collect()).collect()
    };
    let (announced, told) = (stems(line), stems(&next[..next.floor_char_boundary(600)]));
    let again = announced.iter().filter(|it| told.contains(it)).count();
    announced.len() > 2 && again * 5 >= announced.len() * 3 && next.len() * 2 > line.len() * 3
}

/// Whether no sentence ends inside the words.
fn is_one_sentence(words: &str) -> bool {
    !words.contains(". ") && !words.contains(".” ") && !words.contains(".\" ")
}

/// Whether all words but the small ones begin with a capital.
fn is_title_case(words: &str) -> bool {
    let long = || words.split(' ').filter(|it| it.chars().count() > 3);
    let small = long()
        .filter(|it| it.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase));
    long().count() > 3 && small.count() * 6 <= long().count()
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
        for (words, expected) in [
            ("Friday, July 21, 2017", true),
            ("Published 3 May 2026 at 10:30 GMT", true),
            ("2026-05-03", true),
            ("May", false),
            ("May 3 was a Friday", false),
            ("12", false),
            ("1. 2. 3", false),
        ] {
            assert_eq!(is_date(words), expected, "{words}");
        }
    }
}
