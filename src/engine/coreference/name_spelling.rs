//! Spellings of names: one name written in two ways, with one letter wrong, with a plural, with spaces between its initials.

use std::borrow::Cow;

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::NameIndex;
use crate::engine::coreference::person_name::{comparable, comparable_phrase};
use crate::engine::text::lexicon::LexicalClass::CommonWord;
use crate::engine::text::lexicon::Lexicon;

/// How many letters a word has at least that may be another one with a letter too many, too few or in another place …
const MIN_LETTERS_WITH_SLIP: usize = 8;
/// … and one in a name of several words that stands where the other name has a common word.
const MIN_LETTERS_BESIDE_WORDS: usize = 6;
/// How many words two names of people have in common at least where their last words may differ by one letter …
const MIN_WORDS_BEFORE_SLIP: usize = 2;
/// … and how many letters a word of theirs has at least that may be spelt in two ways.
const MIN_LETTERS_OF_PERSON: usize = 5;
/// How many consonants a given name has at least that may be spelt in two ways.
const MIN_CONSONANTS: usize = 3;
/// How many letters an acronym has at least in which two of them may have changed places.
const MIN_ACRONYM_LETTERS: usize = 5;

/// A name without the spaces between its initials: "U.S." for "U. S.", also where the last stop ends a sentence.
pub(crate) fn with_joined_initials(name: &str) -> Cow<'_, str> {
    let is_initial = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.as_str() == "."
    };
    if !name.contains(". ") {
        return Cow::Borrowed(name);
    }
    let stopped = name.strip_suffix('.').unwrap_or(name).to_owned() + ".";
    if stopped.split(' ').all(is_initial) {
        Cow::Owned(stopped.replace(' ', ""))
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether two given names differ only by their vowels and by doubled letters, as two spellings of one name in another script do: "Parvez",
/// "Pervaiz". Names with other endings are others: "Martin", "Martina".
pub(crate) fn is_respelling(one: &str, other: &str) -> bool {
    let consonants = |word: &str| {
        let mut letters: Vec<char> =
            word.chars().filter(|it| !matches!(it, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')).collect();
        letters.dedup();
        letters
    };
    let ends = |word: &str| (word.chars().next(), word.chars().next_back());
    let is_long = |word: &str| word.chars().count() >= MIN_LETTERS_OF_PERSON;
    let skeleton = consonants(one);
    one != other
        && is_long(one)
        && is_long(other)
        && ends(one) == ends(other)
        && skeleton.len() >= MIN_CONSONANTS
        && skeleton == consonants(other)
}

/// The last words of two names that have all other words in common, by `is_same`. `None` for other names and for single words.
fn different_last_words<'a, T>(
    one: &'a [T],
    other: &'a [T],
    is_same: impl Fn(&T, &T) -> bool,
) -> Option<(&'a T, &'a T)> {
    let ((last, rest), (other_last, other_rest)) = (one.split_last()?, other.split_last()?);
    let are_same = rest.len() == other_rest.len() && rest.iter().zip(other_rest).all(|(a, b)| is_same(a, b));
    (!rest.is_empty() && are_same).then_some((last, other_last))
}

/// Whether two names of as many words differ only by doubled letters in the last one: "Anil Sinha", "Anil Siinha".
pub(crate) fn differs_by_doubled_letter(one: &[CompactString], other: &[CompactString]) -> bool {
    let Some((one, other)) = different_last_words(one, other, PartialEq::eq) else { return false };
    let single = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.dedup();
        letters
    };
    one.chars().count().min(other.chars().count()) >= MIN_LETTERS_OF_PERSON && single(one) == single(other)
}

/// Whether two names of as many words have all words in common but their last, which differ by one letter or by two in another order: "Ato Baah Forson",
/// "Ato Baah Forso".
pub(crate) fn differs_by_slip(one: &[CompactString], other: &[CompactString]) -> bool {
    let has_several_before = one.len() > MIN_WORDS_BEFORE_SLIP;
    let Some((one, other)) = different_last_words(one, other, PartialEq::eq) else { return false };
    // "Ann Halden", "Ann Haldne": other letters are another surname, the same in another order and other vowels inside are not.
    (has_several_before || sorted_letters(one) == sorted_letters(other) || is_respelling(one, other))
        && one.chars().count().max(other.chars().count()) >= MIN_LETTERS_OF_PERSON
        && one.chars().next() == other.chars().next()
        && strsim::osa_distance(one, other) == 1
}

/// Whether two names of as many words differ only by the plural of the last one: "Tarn Fern", "Tarn Ferns".
pub(crate) fn differs_by_plural(one: &[&str], other: &[&str]) -> bool {
    let is_same = |one: &&str, other: &&str| comparable(one) == comparable(other);
    let Some((one, other)) = different_last_words(one, other, is_same) else { return false };
    let is_plural = |many: &str, single: &str| many.strip_suffix('s') == Some(single);
    one.starts_with(char::is_uppercase) && (is_plural(one, other) || is_plural(other, one))
}

/// Whether one of two names of organisations or places is the other one with a letter too many, too few or in another place. The right
/// word may be listed, the wrong one may not.
fn is_slip(lexicon: &Lexicon, one: &str, other: &str) -> bool {
    let is_capitals = |name: &str| name.chars().all(char::is_uppercase);
    if is_capitals(one) && is_capitals(other) {
        let is_listed = |name: &str| !lexicon.classes(name).is_empty();
        return one.len() >= MIN_ACRONYM_LETTERS
            && one.len() == other.len()
            && is_listed(one) != is_listed(other)
            && strsim::osa_distance(one, other) == 1
            && sorted_letters(one) == sorted_letters(other);
    }
    let words = || one.split(' ').zip(other.split(' '));
    let mut different = words().filter(|(a, b)| comparable(a) != comparable(b));
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    let is_known = |word: &str| {
        !lexicon.classes(word).is_empty() || lexicon.classes(&word.to_lowercase()).has(CommonWord)
    };
    let (known, other_known) = (is_known(a), is_known(b));
    let (a, b) = (comparable(a), comparable(b));
    let is_part = a.starts_with(b.as_str()) || b.starts_with(a.as_str());
    let is_moved = a.len() != b.len() || sorted_letters(&a) == sorted_letters(&b);
    let least = if words().count() > 1 && known != other_known {
        MIN_LETTERS_BESIDE_WORDS
    } else {
        MIN_LETTERS_WITH_SLIP
    };
    let is_long = a.chars().count().min(b.chars().count()) + 1 >= least;
    one.split(' ').count() == other.split(' ').count()
        && is_long
        && !(known && other_known)
        && !is_part
        && a.chars().chain(b.chars()).all(char::is_alphabetic)
        && a.chars().next() == b.chars().next()
        && (is_moved || known != other_known && least == MIN_LETTERS_BESIDE_WORDS)
        && strsim::osa_distance(&a, &b) == 1
}

fn sorted_letters(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// The first letter of a name and the number of its letters, by which misspelled names are found. `None` for the name of a person.
pub(crate) fn shape(kind: EntityKind, name: &str) -> Option<(char, usize)> {
    let letters: CompactString = comparable_phrase(name.split(' '));
    let first = letters.chars().next().filter(|_| kind != EntityKind::Person)?;
    Some((first, letters.chars().count()))
}

impl NameIndex<'_> {
    /// The only organisation or place of a kind with a name of which `name` is a misspelling, or the other way round.
    pub(crate) fn find_misspelled(&self, kind: EntityKind, name: &str, offset: usize) -> Option<usize> {
        let (first, size) = shape(kind, name)?;
        let of_size = |it: usize| self.holders(self.by_shape.get(&(first, it)), offset);
        let has_slip = |it: &usize| {
            let cluster = &self.clusters[*it];
            cluster.kind == kind && cluster.names.iter().any(|own| is_slip(self.lexicon, own, name))
        };
        let mut found =
            (size.saturating_sub(1)..=size + 1).flat_map(of_size).copied().filter(|it| has_slip(it));
        let only = found.next()?;
        found.all(|it| it == only).then_some(only)
    }
}

/// Whether an acronym has the initials of a name's capitalised words in their order, each with more of its letters or the initial of a small
/// word behind it: `MoFA` for "Ministry of Foreign Affairs".
pub(crate) fn is_spelled_by(name: &str, acronym: &str) -> bool {
    let mut words = name.split(' ').peekable();
    let mut rest = "".chars();
    for letter in acronym.chars() {
        if letter.is_uppercase() {
            while words.next_if(|it| it.starts_with(char::is_lowercase)).is_some() {}
            let Some(word) = words.next_if(|it| it.starts_with(letter)) else { return false };
            rest = word[letter.len_utf8()..].chars();
        } else if rest.clone().next() == Some(letter) {
            rest.next();
        } else if words.next_if(|it| it.starts_with(letter)).is_none() {
            return false;
        }
    }
    words.all(|it| it.starts_with(char::is_lowercase))
}

/// Whether a short name has the initials of the last words of a long one in their place: "Tarn USD" for "Tarn Unified School District".
pub(crate) fn ends_with_acronym(long: &[&str], short: &[&str]) -> bool {
    let Some((acronym, before)) = short.split_last() else { return false };
    let Some((start, rest)) = long.split_at_checked(before.len()) else { return false };
    let initials: String =
        rest.iter().filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase()).collect();
    acronym.len() > 1
        && acronym.chars().all(char::is_uppercase)
        && initials == *acronym
        && start.iter().zip(before).all(|(a, b)| comparable(a) == comparable(b))
}

/// Whether a short name has the initials of the first words of a long one in their place: "SP Group" for "Sorel Palter Group".
pub(crate) fn begins_with_acronym(long: &[&str], short: &[&str]) -> bool {
    let Some((acronym, behind)) = short.split_first() else { return false };
    let start = long.len() - behind.len();
    let initials: String =
        long[..start].iter().filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase()).collect();
    let letters: String = acronym.chars().filter(|it| *it != '.').collect();
    start > 1
        && letters.len() > 1
        && letters == initials
        && long[start..].iter().zip(behind).all(|(a, b)| comparable(a) == comparable(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_name_may_have_one_letter_in_the_wrong_place() {
        let lexicon = Lexicon::embedded();
        for (one, other, expected) in [
            ("Ostrabatra", "Ostrabartra", true),
            ("Ostrabatra", "Ostrabtara", true),
            ("Ostrabatra", "Ostrobatra", false),
            ("Ostrabatra", "Ostrabatran", false),
            ("Halvik News Agency", "Halvik News Agengy", true),
            ("UNHCR", "UNCHR", true),
            ("NHBRT", "NHRBT", false),
            ("Hubei", "Hebei", false),
            ("Ostrel-1 West", "Ostrel-2 West", false),
            ("Tarn", "Tarnn", false),
        ] {
            assert_eq!(is_slip(&lexicon, one, other), expected, "{one}, {other}");
            assert_eq!(is_slip(&lexicon, other, one), expected, "{other}, {one}");
        }
    }

    #[test]
    fn initials_are_joined_where_nothing_else_stands_beside_them() {
        for (name, expected) in
            [("U. S.", "U.S."), ("U. S", "U.S."), ("U. S. Navy", "U. S. Navy"), ("Oslo", "Oslo")]
        {
            assert_eq!(with_joined_initials(name), expected);
        }
    }
}
