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
/// How many certain hyphens a text without apostrophes apart has at least whose other ones are joined, too.
const MIN_CERTAIN: usize = 2;
/// How many letters the second part of a given name has at most: "Chih - lin".
const MAX_SYLLABLE_LETTERS: usize = 6;
/// How many bytes of the line before a dash are read to find out whether a dateline ends there.
const MAX_DATELINE_BYTES: usize = 40;
/// How many words a place has before the dash of a dateline, at most: "New York - The mayor".
const MAX_DATELINE_WORDS: usize = 2;

/// Joins the apostrophes and hyphens of tokenized text to their words. Other text is unchanged.
pub(crate) fn join_words(text: &str) -> Cow<'_, str> {
    match join_apostrophes(text) {
        Cow::Borrowed(text) => join_hyphens(text, MIN_CERTAIN),
        // An apostrophe apart tells of tokenized text, so that one hyphen is enough.
        Cow::Owned(text) => join_hyphens(&text, 1).into_owned().into(),
    }
}

/// Joins the apostrophes that stand apart in tokenized text: "Lee ’ s" and "Lee’ s" become "Lee’s". A closing mark before another word
/// stays.
fn join_apostrophes(text: &str) -> Cow<'_, str> {
    let found = |mark: &'static str| memmem::find_iter(text.as_bytes(), mark).map(move |at| (at, mark));
    let marks = ["’ ", "' "].into_iter().flat_map(found);
    let mut apart: Vec<(usize, &str)> = marks.filter_map(|(at, mark)| apostrophe(text, at, mark)).collect();
    if apart.is_empty() {
        return text.into();
    }
    apart.sort_unstable();
    without_spaces(text, &apart).into()
}

/// An apostrophe with the spaces around it that belong to no word, with its offset, if the mark at `at` is one.
fn apostrophe<'a>(text: &'a str, at: usize, mark: &str) -> Option<(usize, &'a str)> {
    /// What an apostrophe joins to a word, in lower case.
    const ENDINGS: [&str; 7] = ["s", "t", "re", "ve", "ll", "d", "m"];
    let start = if text[..at].ends_with(' ') { at - 1 } else { at };
    let end = at + mark.len();
    let after = &text[end..];
    let word_end = after.find(|ch: char| !ch.is_alphanumeric()).unwrap_or(after.len());
    // "the teachers’ re-election"
    let is_compound = after[word_end..].trim_start_matches(' ').starts_with('-');
    let is_ending = ENDINGS.contains(&&after[..word_end]) && !is_compound;
    (text[..start].ends_with(char::is_alphanumeric) && is_ending).then(|| (start, &text[start..end]))
}

/// Joins the hyphens that stand apart: "the 21 - year - old Secretary - General" becomes "the 21-year-old Secretary-General". A hyphen is
/// certain where no dash can stand. Where `min_certain` are, the likely ones are joined as well; dashes stay: "Bergen, 6 May - Ann Lee",
/// "a deal - the first".
fn join_hyphens(text: &str, min_certain: usize) -> Cow<'_, str> {
    let all: Vec<Hyphen> =
        memmem::find_iter(text.as_bytes(), APART).filter_map(|it| Hyphen::new(text, it)).collect();
    let certain = all.iter().filter(|it| it.is_certain(text)).count();
    if certain == 0 {
        return text.into();
    }
    // "Ann Po - kam - agreed": no second hyphen follows a given name.
    let is_after =
        |at: usize| at > 0 && all[at - 1].end() == all[at].before_start() && !all[at - 1].is_given_name(text);
    let is_between = |at: usize| is_after(at) || at + 1 < all.len() && is_after(at + 1);
    let is_hyphen = |at: &usize| {
        all[*at].is_certain(text) || certain >= min_certain && (is_between(*at) || all[*at].is_likely(text))
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
    fn is_certain(&self, text: &str) -> bool {
        // A year stands before a dash: "in January 2020 - month after month".
        let is_small = self.before.len() < 4 && self.before.bytes().all(|it| it.is_ascii_digit());
        let is_number = is_small || has(NUMBER_WORDS, self.before);
        let is_compound = has(BOUND_PREFIXES, self.before) || has(COMPOUND_ENDS, self.after);
        let is_disease = self.before.eq_ignore_ascii_case("covid") && self.after == "19";
        is_disease
            || is_listed_place(&format!("{}-{}", self.before, self.after))
            || self.is_given_name(text)
            || is_compound && !has(FUNCTION_WORDS, self.after)
            || is_number && matches!(self.after, "day" | "hour" | "minute" | "month" | "week" | "year")
    }

    /// Whether it stands in a given name of two syllables: "Chih - lin". The second one is no word, or one behind which no sentence goes
    /// on: "Jae - in, who".
    fn is_given_name(&self, text: &str) -> bool {
        const INFLECTION_ENDINGS: [&str; 5] = ["ed", "er", "ing", "ly", "s"];
        let is_word = sorted_list_has(word_list_text!("common-words"), self.after)
            || INFLECTION_ENDINGS.iter().any(|it| self.after.ends_with(it));
        let behind = text[self.end() + self.after.len()..].trim_start_matches(' ');
        let is_closed = behind.starts_with(|ch: char| !ch.is_alphanumeric() && ch != '-');
        (2..=MAX_SYLLABLE_LETTERS).contains(&self.after.len())
            && is_capitalized(self.before)
            && self.before.chars().skip(1).all(char::is_lowercase)
            && self.after.chars().all(char::is_lowercase)
            && match self.after {
                "an" | "in" | "on" => is_closed,
                _ => !is_word && !has(FUNCTION_WORDS, self.after),
            }
    }

    /// Whether a compound is likely in tokenized text: neither word is a function word, the second one is no verb of saying
    /// and no name behind a common word, neither of two names is a place ("the London - Singapore flight"), and no dateline ends here.
    fn is_likely(&self, text: &str) -> bool {
        let begins_name = is_capitalized(self.after) && !is_capitalized(self.before);
        let are_names = is_capitalized(self.before) && is_capitalized(self.after);
        let are_places = are_names && (is_listed_place(self.before) || is_listed_place(self.after));
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

fn is_listed_place(name: &str) -> bool {
    let lists = [word_list_text!("cities"), word_list_text!("countries"), word_list_text!("regions")];
    lists.into_iter().any(|it| sorted_list_has(it, name))
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
            ("Lee’ s uncle, 40, didn’ t say. “I’ m late.”", "Lee’s uncle, 40, didn’t say. “I’m late.”"),
            ("He said ‘yes’ so often.", "He said ‘yes’ so often."),
            (
                "the teachers’ re-election, the boys’ re - entry",
                "the teachers’ re-election, the boys’ re - entry",
            ),
        ] {
            assert_eq!(join_apostrophes(text), joined);
        }
    }

    #[test]
    fn one_certain_hyphen_is_enough_where_an_apostrophe_stands_apart() {
        let text = "The ex - mayor’ s well - known plan - the second one - failed.";
        assert_eq!(join_words(text), "The ex-mayor’s well-known plan - the second one - failed.");
        let text = "The ex - mayor’s well - known plan failed.";
        assert_eq!(join_words(text), "The ex-mayor’s well - known plan failed.");
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
                "Orla Chih - wen had Covid - 19, an oft - named bug.",
                "Orla Chih-wen had Covid-19, an oft-named bug.",
            ),
            (
                "Orla Jae - in, Orla Wan - an (left), Norbex - and, of Bo Po - kam - all.",
                "Orla Jae-in, Orla Wan-an (left), Norbex - and, of Bo Po-kam - all.",
            ),
            ("the Asia - Pacific, an Oslo - Tarn line", "the Asia-Pacific, an Oslo - Tarn line"),
            (
                "Norbex - yards closed. Norbex - based in Oslo - left.",
                "Norbex - yards closed. Norbex - based in Oslo - left.",
            ),
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
            assert_eq!(join_hyphens(text, MIN_CERTAIN), joined);
        }
    }
}
