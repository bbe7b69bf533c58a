//! Joined words: names of people with a hyphen, which a story may also write without it, or cut at it: "Jean-Luc Varr", "Jean Luc Varr";
//! "Ann Gull-Masty", "Masty".

use compact_str::CompactString;

use crate::engine::coreference::person_name::{NameMatch, comparable};

/// A part of a name: a word, or what stands between two hyphens of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamePart {
    /// The part in comparable letters.
    letters: CompactString,
    /// Whether a hyphen joins it to the part before it.
    is_joined: bool,
}

/// Whether a word has a hyphen before a capital: "Jean-Luc", "Al-Varr", but not "Siu-po".
pub(crate) fn is_joined(word: &str) -> bool {
    let mut parts = word.split('-');
    let is_first = parts.next().is_some_and(|it| it.starts_with(char::is_alphabetic));
    let mut rest = parts.peekable();
    is_first && rest.peek().is_some() && rest.all(|it| it.starts_with(char::is_uppercase))
}

/// The parts of a word; a single one where no hyphen joins any.
pub(crate) fn parts_of(word: &str) -> impl Iterator<Item = NamePart> {
    let parts = if is_joined(word) { usize::MAX } else { 1 };
    let split = word.splitn(parts, '-').enumerate();
    split.map(|(number, it)| NamePart { letters: comparable(it), is_joined: number > 0 })
}

/// The parts of a word that is joined of several, in comparable letters; none for other words.
pub(crate) fn joined_parts(word: &str) -> impl Iterator<Item = CompactString> {
    parts_of(word).filter(|_| is_joined(word)).map(|it| it.letters)
}

/// How two names may be the same of which at least one has joined words; `None` where they cannot.
pub(crate) fn match_parts(one: &[NamePart], other: &[NamePart]) -> Option<NameMatch> {
    let (long, short) = if one.len() < other.len() { (other, one) } else { (one, other) };
    let are_same = |one: &[NamePart], other: &[NamePart]| {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.letters == b.letters)
    };
    if are_same(long, short) {
        return Some(NameMatch::Form);
    }
    let last_word = long.iter().rposition(|it| !it.is_joined)?;
    if let [surname] = short {
        // "Masty" of "Ann Gull-Masty"
        let is_part = long[last_word..].iter().any(|it| it.letters == surname.letters);
        return (last_word > 0 && last_word + 1 < long.len() && is_part).then_some(NameMatch::Inner);
    }
    let (start, end) = (long.len() - short.len(), short.len());
    // "Jean Luc" of "Jean-Luc Varr", "Ann Gull" of "Ann Gull-Masty", but not "Jean" of "Jean-Luc Varr"
    let is_start = are_same(&long[..end], short) && (!long[end].is_joined || end > last_word);
    // "Al Varr" of "Omar Al-Varr"
    let is_end = are_same(&long[start..], short) && !long[start].is_joined;
    (is_start || is_end).then_some(NameMatch::Form)
}

/// The letters of some words without their hyphens.
fn letters(words: &[CompactString]) -> impl Iterator<Item = char> {
    words.iter().flat_map(|it| it.chars()).filter(|it| *it != '-')
}

/// Whether two names have the same letters but for spaces and hyphens, of which one has at least one inside a word: "Ji-soo Varr", "Jisoo
/// Varr".
pub(crate) fn have_same_letters(one: &[CompactString], other: &[CompactString]) -> bool {
    let has_hyphen = |words: &[CompactString]| words.iter().any(|it| it.contains('-'));
    one.len() > 1 && other.len() > 1 && has_hyphen(one) | has_hyphen(other) && letters(one).eq(letters(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(one: &str, other: &str) -> Option<NameMatch> {
        let parts = |name: &str| name.split(' ').flat_map(parts_of).collect::<Vec<_>>();
        match_parts(&parts(one), &parts(other))
    }

    #[test]
    fn a_name_may_be_cut_at_its_hyphen_only_where_people_do_so() {
        for (long, short, expected) in [
            ("Jean-Luc Varr", "Jean Luc Varr", Some(NameMatch::Form)),
            ("Jean-Luc Varr", "Jean Luc", Some(NameMatch::Form)),
            ("Ann Gull-Masty", "Ann Gull", Some(NameMatch::Form)),
            ("Ann Gull-Masty", "Masty", Some(NameMatch::Inner)),
            ("Ann Gull-Masty", "Gull", Some(NameMatch::Inner)),
            ("Omar Al-Varr", "Al Varr", Some(NameMatch::Form)),
            ("Jean-Luc Varr", "Jean Varr", None),
            ("Jean-Luc Varr", "Luc Varr", None),
            ("Jean-Luc Varr", "Luc", None),
            ("Ann Gull-Masty", "Tor Masty", None),
            ("Lam Siu-po", "Siu", None),
        ] {
            assert_eq!(matches(long, short), expected, "{long}, {short}");
        }
    }
}
