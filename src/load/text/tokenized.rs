//! Repairs of tokenized text, where apostrophes and hyphens stand apart from their words: "Lee ’ s", "Secretary - General".

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memmem;

use crate::word_list::{sorted_list_has, word_list, word_list_text};

/// The words that carry no meaning of their own: a dash stands beside them, no hyphen.
const FUNCTION_WORDS: &[&str] = &word_list!("function-words");
/// Beginnings of compounds that are no words: "anti - corruption".
const BOUND_PREFIXES: &[&str] = &word_list!("bound-prefixes");
/// Ends of compounds before which a dash makes no sense: "President - elect".
const COMPOUND_ENDS: &[&str] = &word_list!("compound-ends");
/// Verbs of saying: "Ann Lee - a nurse - | said |".
const REPORTING_WORDS: &[&str] = &word_list!("reporting-words");
const NUMBER_WORDS: &[&str] = &word_list!("number-words");
const MONTHS: &[&str] = &word_list!("months");

/// The hyphen or dash between two words.
const APART: &str = " - ";
/// How many certain hyphens a text has at least whose other ones are joined, too.
const MIN_CERTAIN: usize = 2;
/// How many bytes of the line before a dash are read to find out whether a dateline ends there.
const MAX_DATELINE_BYTES: usize = 40;
/// How many words a place has before the dash of a dateline, at most: "New York - The mayor".
const MAX_DATELINE_WORDS: usize = 2;

/// Joins the apostrophes and hyphens of tokenized text to their words. Other text is unchanged.
pub(crate) fn join_words(text: &str) -> Cow<'_, str> {
    match join_apostrophes(text) {
        Cow::Borrowed(text) => join_hyphens(text),
        Cow::Owned(text) => join_hyphens(&text).into_owned().into(),
    }
}

/// Joins the apostrophes that stand apart in tokenized text: "Lee ’ s" becomes "Lee’s". A closing mark before another word stays.
fn join_apostrophes(text: &str) -> Cow<'_, str> {
    /// What an apostrophe joins to a word, in lower case.
    const ENDINGS: [&str; 7] = ["s", "t", "re", "ve", "ll", "d", "m"];
    let is_apart = |(at, mark): &(usize, &str)| {
        let (before, after) = (&text[..*at], &text[at + mark.len()..]);
        let end = after.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(after.len());
        before.ends_with(char::is_alphanumeric) && ENDINGS.contains(&&after[..end])
    };
    let found = |mark: &'static str| memmem::find_iter(text.as_bytes(), mark).map(move |at| (at, mark));
    let marks = [" ’ ", " ' "].into_iter().flat_map(found);
    let mut apart: Vec<(usize, &str)> = marks.filter(is_apart).collect();
    if apart.is_empty() {
        return text.into();
    }
    apart.sort_unstable();
    without_spaces(text, &apart).into()
}

/// Joins the hyphens that stand apart: "the 21 - year - old Secretary - General" becomes "the 21-year-old Secretary-General". A hyphen is
/// certain where no dash can stand. Where two are, the likely ones are joined as well; dashes stay: "Bergen, 6 May - Ann Lee", "a deal - the first".
fn join_hyphens(text: &str) -> Cow<'_, str> {
    let all: Vec<Hyphen> =
        memmem::find_iter(text.as_bytes(), APART).filter_map(|it| Hyphen::new(text, it)).collect();
    let certain = all.iter().filter(|it| it.is_certain()).count();
    if certain == 0 {
        return text.into();
    }
    let is_after = |at: usize| at > 0 && all[at - 1].end() == all[at].before_start();
    let is_between = |at: usize| is_after(at) || at + 1 < all.len() && is_after(at + 1);
    let is_hyphen = |at: &usize| {
        all[*at].is_certain() || certain >= MIN_CERTAIN && (is_between(*at) || all[*at].is_likely(text))
    };
    // "Oyu - Dorj said" where a paragraph begins is no dateline if she is "Nara Oyu - Dorj" elsewhere.
    let words = |at: usize| (all[at].before, all[at].after);
    let joined: HashSet<(&str, &str)> = (0..all.len()).filter(is_hyphen).map(words).collect();
    let apart = all.iter().filter(|it| joined.contains(&(it.before, it.after)));
    let apart: Vec<(usize, &str)> = apart.map(|it| (it.at, APART)).collect();
    without_spaces(text, &apart).into()
}

/// The text without the spaces around these marks, which are given with their offsets.
fn without_spaces(text: &str, marks: &[(usize, &str)]) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, mark) in marks {
        joined.push_str(&text[copied..*at]);
        joined.push_str(mark.trim());
        copied = at + mark.len();
    }
    joined.push_str(&text[copied..]);
    joined
}

/// A hyphen or dash with spaces around it, and the words beside it.
struct Hyphen<'a> {
    at: usize,
    before: &'a str,
    after: &'a str,
}

impl<'a> Hyphen<'a> {
    /// The mark at a byte offset, if it stands between two words.
    fn new(text: &'a str, at: usize) -> Option<Self> {
        let (before, after) = (&text[..at], &text[at + APART.len()..]);
        let is_outside = |ch: char| !ch.is_alphanumeric();
        let start = before
            .rfind(is_outside)
            .map_or(0, |it| it + before[it..].chars().next().map_or(0, char::len_utf8));
        let end = after.find(is_outside).unwrap_or(after.len());
        let it = Self { at, before: &before[start..], after: &after[..end] };
        (!it.before.is_empty() && !it.after.is_empty()).then_some(it)
    }

    fn before_start(&self) -> usize {
        self.at - self.before.len()
    }

    /// The offset behind the mark and its spaces.
    fn end(&self) -> usize {
        self.at + APART.len()
    }

    /// Whether no dash can stand here.
    fn is_certain(&self) -> bool {
        // A year stands before a dash: "in January 2020 - month after month".
        let is_small = self.before.len() < 4 && self.before.bytes().all(|it| it.is_ascii_digit());
        let is_number = is_small || has(NUMBER_WORDS, self.before);
        let is_compound = has(BOUND_PREFIXES, self.before) || has(COMPOUND_ENDS, self.after);
        is_compound && !has(FUNCTION_WORDS, self.after)
            || is_number && matches!(self.after, "day" | "hour" | "minute" | "month" | "week" | "year")
    }

    /// Whether a compound is likely in tokenized text: neither word is a function word, the second one is no verb of saying
    /// and no name behind a common word, both are
    /// no places ("the London - Singapore flight"), and no dateline ends here.
    fn is_likely(&self, text: &str) -> bool {
        let is_place = |it: &str| {
            sorted_list_has(word_list_text!("cities"), it)
                || sorted_list_has(word_list_text!("countries"), it)
        };
        let begins_name = is_capitalized(self.after) && !is_capitalized(self.before);
        let are_places = is_place(self.before) && is_place(self.after);
        let is_function_word = |it: &str| has(FUNCTION_WORDS, it);
        let is_dash = begins_name
            || are_places
            || is_function_word(self.before)
            || is_function_word(self.after)
            || has(REPORTING_WORDS, self.after)
            || self.may_end_dateline(text);
        !is_dash
    }

    /// Whether it may end a dateline: "BERGEN - Ann Lee", "Harbour News, 6 May - Ann Lee".
    fn may_end_dateline(&self, text: &str) -> bool {
        if self.after.starts_with(char::is_lowercase) {
            return false;
        }
        let head = &text[text.ceil_char_boundary(self.at.saturating_sub(MAX_DATELINE_BYTES))..self.at];
        let is_whole = head.len() < MAX_DATELINE_BYTES || head.contains('\n');
        let line = head.rsplit('\n').next().unwrap_or_default();
        let is_date = has(MONTHS, self.before) || self.before.starts_with(|ch: char| ch.is_ascii_digit());
        is_whole && (is_date || line.split_whitespace().count() <= MAX_DATELINE_WORDS)
    }
}

fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a sorted list of words in lower case has a word.
fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_that_stands_apart_is_joined_to_its_word() {
        for (text, joined) in [
            ("Lee ’ s uncle didn ’ t go.", "Lee’s uncle didn’t go."),
            ("We ' re late, and Lee ' s not.", "We're late, and Lee's not."),
            ("He said ‘ no ’ and left.", "He said ‘ no ’ and left."),
            ("the boys ’ school", "the boys ’ school"),
            ("Lee’s uncle", "Lee’s uncle"),
        ] {
            assert_eq!(join_apostrophes(text), joined);
        }
    }

    #[test]
    fn a_hyphen_that_stands_apart_is_joined_to_its_words_and_a_dash_stays() {
        for (text, joined) in [
            (
                "The 21 - year - old ex - minister met Secretary - General Ann Osei - Bo.",
                "The 21-year-old ex-minister met Secretary-General Ann Osei-Bo.",
            ),
            (
                "a one - day meeting of two - year terms on a well - known case",
                "a one-day meeting of two-year terms on a well-known case",
            ),
            (
                "Her ex - a soldier - left. Ann Lee - a nurse - said no.",
                "Her ex - a soldier - left. Ann Lee - a nurse - said no.",
            ),
            (
                "The co - owner left. The head - Ann Lee - said no.",
                "The co-owner left. The head - Ann Lee - said no.",
            ),
            ("in 2020 - month after month - it rained", "in 2020 - month after month - it rained"),
            ("Tariq al - Nur, an anti - war poet", "Tariq al-Nur, an anti-war poet"),
            (
                "Lee, ex - mayor, and Nuri - Bo, co - editor - in - chief",
                "Lee, ex-mayor, and Nuri-Bo, co-editor-in-chief",
            ),
            ("BERGEN - Ann Lee, an ex - mayor,", "BERGEN - Ann Lee, an ex-mayor,"),
            ("Harbour News, 6 May - Ann Lee, an ex - mayor,", "Harbour News, 6 May - Ann Lee, an ex-mayor,"),
            (
                "The ex - mayor, an anti - war poet, met Nara Oyu - Dorj.\nOyu - Dorj said no.",
                "The ex-mayor, an anti-war poet, met Nara Oyu-Dorj.\nOyu-Dorj said no.",
            ),
            ("The non - profit sold it - the second sale", "The non-profit sold it - the second sale"),
            ("The ex - mayor was calm - Ann Lee was not.", "The ex-mayor was calm - Ann Lee was not."),
            ("an ex - pilot of the London - Oslo route", "an ex-pilot of the London - Oslo route"),
            // No hyphen is certain: these are dashes.
            ("Norbex - Bergen’s largest yard - closed.", "Norbex - Bergen’s largest yard - closed."),
            ("One deal - two winners", "One deal - two winners"),
            ("All came - old and young", "All came - old and young"),
            ("- non", "- non"),
        ] {
            assert_eq!(join_hyphens(text), joined);
        }
    }
}
