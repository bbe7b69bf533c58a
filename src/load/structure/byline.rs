//! Byline detection: lines that name the authors of a story.

use crate::load::structure::dateline;
use crate::word_list::{sorted_list_has, word_list, word_list_text};

/// Whether a line is a byline: "By", then only names and the lower-case words that join them.
pub(crate) fn is_byline(line: &str) -> bool {
    const MAX_BYLINE_BYTES: usize = 160;
    let has_opening =
        |opening: &&&str| line.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening));
    let names = OPENINGS.iter().find(has_opening).map(|opening| &line[opening.len()..]);
    let Some(names) =
        names.filter(|_| line.len() <= MAX_BYLINE_BYTES && !line.ends_with(['.', '?', '!', ':']))
    else {
        return false;
    };
    let words: Vec<&str> = names.split(' ').filter(|it| !it.is_empty()).map(trim_punctuation).collect();
    let Some(first) = words.first().filter(|it| it.starts_with(char::is_uppercase)) else { return false };
    // "By health editor Ann Lee" may have any words beside the job.
    let has_job = words.iter().any(|word| JOB_TITLES.contains(&word.to_ascii_lowercase().as_str()));
    let has_publisher = words.iter().any(|it| PUBLISHER_WORDS.contains(it));
    let is_allowed = |word: &&str| {
        has_job
            || !word.starts_with(char::is_lowercase)
            || LOWERCASE_WORDS.contains(word)
            || word.contains('@')
    };
    (has_publisher || !(SENTENCE_OPENERS.contains(first) || dateline::is_month(first)))
        && words.iter().all(is_allowed)
}

/// Whether a line under a headline names its authors without "By": "Ann Lee and Bo Ray", "Ann Lee, Harbour Gazette".
pub(crate) fn is_bare_byline(line: &str) -> bool {
    const MAX_BYLINE_BYTES: usize = 80;
    if line.len() > MAX_BYLINE_BYTES || line.ends_with(['.', '?', '!', ':', '"', '”']) {
        return false;
    }
    let mut parts = line.split(", ").flat_map(|it| it.split(" and ")).map(str::trim);
    let is_job = |part: &str| {
        let words = || part.split(' ').map(trim_punctuation);
        words()
            .any(|it| JOB_TITLES.contains(&it.to_ascii_lowercase().as_str()) || PUBLISHER_WORDS.contains(&it))
    };
    parts.next().is_some_and(is_author) && parts.all(|it| is_author(it) || is_job(it))
}

/// Whether words are a given name and one or two other names, in a place after "in" or not.
fn is_author(words: &str) -> bool {
    let (name, place) = words.split_once(" in ").unwrap_or((words, "Oslo"));
    let is_name = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|ch| ch.is_alphabetic() || "-'’.".contains(ch))
    };
    let names: Vec<&str> = name.split(' ').collect();
    (2..=3).contains(&names.len())
        && place.split(' ').all(is_name)
        && names.iter().all(|it| is_name(it))
        && is_given_name(names[0])
        && !is_common_word(names[names.len() - 1])
}

fn is_given_name(word: &str) -> bool {
    let rest = word.chars().skip(1).flat_map(char::to_lowercase);
    sorted_list_has(GIVEN_NAMES, &word.chars().take(1).chain(rest).collect::<String>())
}

fn is_common_word(word: &str) -> bool {
    sorted_list_has(COMMON_WORDS, &word.to_lowercase())
}

/// A word without the punctuation around it.
fn trim_punctuation(word: &str) -> &str {
    word.trim_matches(|ch: char| !ch.is_alphanumeric())
}

const OPENINGS: &[&str] = &word_list!("byline-openings");
const LOWERCASE_WORDS: &[&str] = &word_list!("byline-lowercase-words");
const JOB_TITLES: &[&str] = &word_list!("byline-jobs");
const PUBLISHER_WORDS: &[&str] = &word_list!("byline-publishers");
const GIVEN_NAMES: &str = word_list_text!("given-names");
const COMMON_WORDS: &str = word_list_text!("common-words");
const SENTENCE_OPENERS: &[&str] = &word_list!("byline-false-starts");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_has_nothing_but_names_after_its_by() {
        for (text, expected) in [
            ("By Ann Lee", true),
            ("By ANN LEE, Harbour Gazette", true),
            ("By Ann Lee and Bo van Ray in Oslo", true),
            ("by Ann Lee | 3 May 2026", true),
            ("BY STAFF REPORTER", true),
            ("Words by Ann Lee", true),
            ("By Ann Lee, health editor", true),
            ("By The Associated Press", true),
            ("By The Time It Rained", false),
            ("By March", false),
            ("By Tuesday the water had reached the market", false),
            ("By Monday", false),
            ("By Ann Lee's own account she was asleep", false),
            ("By then, Lee had left.", false),
            ("Bystanders Cheer", false),
            ("By ", false),
        ] {
            assert_eq!(is_byline(text), expected, "{text}");
        }
    }

    #[test]
    fn a_byline_without_by_begins_with_a_given_name() {
        for (text, expected) in [
            ("Anna Holt", true),
            ("ANNA HOLT", true),
            ("Anna Holt and Peter Maas", true),
            ("Anna Holt in Oslo", true),
            ("Anna Holt, Harbour Gazette", true),
            ("Anna Holt, political editor", true),
            ("Anna Holt resigns", false),
            ("Harbour Wall", false),
            ("Anna Holt, the mayor", false),
            ("Anna", false),
            ("Anna Holt left.", false),
            ("Grace Period", false),
        ] {
            assert_eq!(is_bare_byline(text), expected, "{text}");
        }
    }
}
