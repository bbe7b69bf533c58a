//! The words of a person's name, without what may differ between two mentions: accents, dots, nicknames, numerals.

use compact_str::CompactString;
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::engine::coreference::joined_words::{self, NamePart};
use crate::engine::coreference::name_spelling::{
    differs_by_doubled_letter, differs_by_gap, differs_by_slip, is_respelling,
};
use crate::word_list::word_list;

/// Marks that open a nickname inside a name.
const NICKNAME_OPENERS: [char; 5] = ['“', '"', '‘', '\'', '('];
/// Marks that close a nickname inside a name.
const NICKNAME_CLOSERS: [char; 5] = ['”', '"', '’', '\'', ')'];

/// A word of a name without the marks of a nickname: "Bobby" of "“Bobby”".
pub(crate) fn bare_nickname(word: &str) -> &str {
    word.trim_start_matches(NICKNAME_OPENERS).trim_end_matches(NICKNAME_CLOSERS)
}

/// A person's name in comparable words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// The words in lower case, without accents and dots. A nickname in quotation marks is left out.
    pub(crate) words: SmallVec<[CompactString; 2]>,
    /// "jr", "sr" or a numeral; `None` where the name has none.
    generation: Option<CompactString>,
    /// A nickname of one word in quotation marks or brackets, in comparable letters; `None` where the name has none.
    nickname: Option<CompactString>,
    /// The parts of the words, where a hyphen joins some of them: "Jean-Luc"; none for other names.
    parts: Vec<NamePart>,
}

/// How the names of two people may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameMatch {
    /// One ends with all words of the other: "Ann Lee" and "Lee".
    End,
    /// The same given name and surname, or all words of one in the other: "Ann K. Lee" and "Ann Lee".
    Form,
    /// One may be a misspelling of the other, or its spelling in another script: "Parvez Khan" and "Pervaiz Khan".
    Spelling,
    /// The same given name, and surnames of which one has a letter too many or a wrong one: "Seynabou Mbarre" and "Seynabou Mbarwe".
    Slip,
    /// The same surname, and a short form for the given name: "William Lee" and "Bill Lee".
    ShortName,
    /// The same surname, and an initial for the given name: "A. Lee" and "Ann Lee".
    Initial,
    /// A given name alone: "Ann Lee" and "Ann".
    Start,
    /// A word inside a name of three words or more, as the surname is in "Simon Lee Siu-po" and "Ramón Varr Solano".
    Inner,
}

impl PersonName {
    /// Whether a name is the father's in this one: "Salman" in "Mohammed bin Salman".
    pub(crate) fn has_father(&self, name: &Self) -> bool {
        let before = self.words.len().checked_sub(1 + name.words.len()).and_then(|it| self.words.get(it));
        before.is_some_and(|it| matches!(it.as_str(), "bin" | "ibn" | "bint"))
    }

    /// Whether a word stands before a given name in two parts: "lee" in "Simon Lee Siu-po".
    pub(crate) fn has_before_parts(&self, word: Option<&CompactString>) -> bool {
        let at = word.and_then(|word| self.words.iter().position(|it| it == word));
        at.and_then(|it| self.words.get(it + 1)).is_some_and(|it| it.contains('-'))
    }

    /// Whether the name tells which of several namesakes it means: "Jr.", "III".
    pub(crate) const fn has_generation(&self) -> bool {
        self.generation.is_some()
    }

    /// Whether both names tell the same generation.
    pub(crate) fn is_of_generation(&self, other: &Self) -> bool {
        self.generation == other.generation
    }

    /// Whether the name is told as that of the younger of two namesakes: "Jr.", "III".
    pub(crate) fn is_junior(&self) -> bool {
        self.generation.as_ref().is_some_and(|it| !matches!(it.as_str(), "sr" | "snr" | "senior" | "i"))
    }

    /// The words of a name as the story writes it.
    pub(crate) fn new(name: &str) -> Self {
        const SUFFIXES: &[&str] = &word_list!("name-suffixes");
        let mut is_nickname = false;
        let (mut nickname, mut is_joined) = (None, false);
        let mut parts: Vec<NamePart> = Vec::new();
        let mut words: SmallVec<[CompactString; 2]> = SmallVec::new();
        for word in name.split_whitespace() {
            let opens = word.starts_with(NICKNAME_OPENERS);
            let closes = word.ends_with(NICKNAME_CLOSERS);
            if opens && closes {
                nickname = Some(comparable(bare_nickname(word)));
            }
            is_nickname |= opens;
            if !is_nickname {
                words.push(comparable(word));
                parts.extend(joined_words::parts_of(word));
                is_joined |= joined_words::is_joined(word);
            }
            is_nickname &= !closes;
        }
        words.retain(|it| !it.is_empty());
        if !is_joined {
            parts.clear();
        }
        let is_numeral = words.last().is_some_and(|it| SUFFIXES.binary_search(&it.as_str()).is_ok());
        let generation = if is_numeral { words.pop() } else { None };
        if words.is_empty() {
            words.extend(generation);
            return Self { words, generation: None, nickname, parts };
        }
        Self { words, generation, nickname, parts }
    }

    /// How `short` may be another form of this name of several words; `None` where it cannot.
    pub(crate) fn match_with(&self, short: &Self) -> Option<NameMatch> {
        let (own, new) = (&self.words, &short.words);
        let differs =
            self.generation.is_some() && short.generation.is_some() && self.generation != short.generation;
        // "Emperor Varr IV", "Emperor Varr"
        let is_ruler = own.len() == 1
            && own == new
            && (self.generation.is_some() || short.generation.is_some())
            && !differs;
        if is_ruler {
            return Some(NameMatch::End);
        }
        if own.len() < 2 || new.is_empty() || differs {
            return None;
        }
        if joined_words::have_same_letters(own, new) {
            return Some(NameMatch::Form);
        }
        self.match_words(short).or_else(|| self.match_joined_words(short))
    }

    /// How names may be the same of which one has a hyphen.
    fn match_joined_words(&self, short: &Self) -> Option<NameMatch> {
        let parts_of = |name: &Self| match &name.parts[..] {
            [] => name.words.iter().flat_map(|it| joined_words::parts_of(it)).collect(),
            parts => parts.to_vec(),
        };
        let is_joined = !self.parts.is_empty() || !short.parts.is_empty();
        is_joined.then(|| joined_words::match_parts(&parts_of(self), &parts_of(short))).flatten()
    }

    /// How the words of another name of the same generation may be those of this one.
    fn match_words(&self, short: &Self) -> Option<NameMatch> {
        let (own, new) = (&self.words, &short.words);
        let has_doubled = || differs_by_doubled_letter(own, new);
        let has_all_words = || is_subsequence(own, new) || is_subsequence(new, own);
        // Most names that are compared have only a given name in common.
        if own.last() != new.last() {
            return match new.len() {
                1 if own[0] == new[0] || self.nickname.as_ref() == Some(&new[0]) => Some(NameMatch::Start),
                1 => own[1..].contains(&new[0]).then_some(NameMatch::Inner),
                _ if has_all_words() => Some(NameMatch::Form),
                _ if has_doubled() || differs_by_slip(own, new) => Some(NameMatch::Spelling),
                _ => differs_by_gap(own, new).then_some(NameMatch::Slip),
            };
        }
        if own.ends_with(new) || new.ends_with(own) {
            return Some(NameMatch::End);
        }
        // "Bob Tench" of "Robert “Bob” Tench"
        let is_nickname =
            |one: &Self, other: &Self| one.nickname.is_some() && one.nickname.as_ref() == other.words.first();
        if own[0] == new[0] || has_all_words() || is_nickname(self, short) || is_nickname(short, self) {
            return Some(NameMatch::Form);
        }
        if new.len() > 1 && is_short_form(&own[0], &new[0]) {
            return Some(NameMatch::ShortName);
        }
        if own.iter().any(|it| is_respelling(it, &new[0])) {
            return Some(NameMatch::Spelling);
        }
        let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        let has_initial = is_initial(&own[0], &new[0]) || is_initial(&new[0], &own[0]);
        has_initial.then_some(NameMatch::Initial)
    }
}

/// Whether one given name is a listed short form of the other: "bill" and "william".
fn is_short_form(one: &str, other: &str) -> bool {
    const SHORT_NAMES: &[&str] = &word_list!("short-given-names");
    let is_pair = |it: &&str| it.split_once(' ').is_some_and(|it| it == (one, other) || it == (other, one));
    SHORT_NAMES.iter().any(is_pair)
}

/// A word in lower case without accents, dots and other marks inside it, and without an Arabic article before it: "O’Neill"
/// and "O'Neill", "J.D." and "JD", "al-Masri" and "Masri".
pub(crate) fn comparable(word: &str) -> CompactString {
    comparable_phrase([word])
}

/// The [`comparable`] forms of some words, with single spaces between them.
pub(crate) fn comparable_phrase<'a>(words: impl IntoIterator<Item = &'a str>) -> CompactString {
    let mut phrase = CompactString::default();
    for (number, word) in words.into_iter().enumerate() {
        if number > 0 {
            phrase.push(' ');
        }
        push_comparable(&mut phrase, word);
    }
    phrase
}

/// The plain letters for a letter in lower case that has no accent to lose: "o" for "ø".
const fn plain_letters(letter: char) -> Option<&'static str> {
    match letter {
        'ø' => Some("o"),
        'ł' => Some("l"),
        'đ' | 'ð' => Some("d"),
        'ı' => Some("i"),
        'ß' => Some("ss"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'þ' => Some("th"),
        _ => None,
    }
}

/// Appends the comparable form of a word to a phrase.
fn push_comparable(phrase: &mut CompactString, word: &str) {
    let start = phrase.len();
    if word.bytes().all(|it| it.is_ascii_alphanumeric()) {
        phrase.push_str(word);
        phrase[start..].make_ascii_lowercase();
        return;
    }
    let is_letter = |it: &char| !matches!(it, '.' | '\'' | '’' | ',');
    if word.is_ascii() {
        phrase.extend(word.chars().filter(is_letter).map(|it| it.to_ascii_lowercase()));
    } else {
        let letters = word.nfd().filter(|it| !is_combining_mark(*it)).filter(is_letter);
        for letter in letters.flat_map(char::to_lowercase) {
            match plain_letters(letter) {
                Some(plain) => phrase.push_str(plain),
                None => phrase.push(letter),
            }
        }
    }
    let article = match phrase[start..].split_once('-') {
        Some((article @ ("al" | "el" | "ad" | "ar" | "as" | "ash" | "at" | "an" | "az"), rest))
            if rest.len() > 2 =>
        {
            article.len() + 1
        }
        _ => 0,
    };
    phrase.replace_range(start..start + article, "");
}

/// Whether all words of a short name stand in a longer one in the same order.
fn is_subsequence(short: &[CompactString], long: &[CompactString]) -> bool {
    let mut rest = long.iter();
    short.len() > 1 && short.len() < long.len() && short.iter().all(|it| rest.any(|own| own == it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(long: &str, short: &str) -> Option<NameMatch> {
        PersonName::new(long).match_with(&PersonName::new(short))
    }

    #[test]
    fn forms_of_one_name_match() {
        for (long, short, expected) in [
            ("Ann Lee", "Lee", NameMatch::End),
            ("Ann Lee", "Mary Ann Lee", NameMatch::End),
            ("Henry Adams III", "Adams", NameMatch::End),
            ("Henri “the Fox” Duval", "Henri Duval", NameMatch::End),
            ("Robert “Bobby” Berg", "Bobby", NameMatch::Start),
            ("Robert (Bobby) Berg", "Robert Berg", NameMatch::End),
            ("César Delmar", "Cesar", NameMatch::Start),
            ("Ann Lee", "Ann K. Lee", NameMatch::Form),
            ("J.D. Orme", "JD Orme", NameMatch::End),
            ("John Reid Jr.", "John Reid", NameMatch::End),
            ("Ann Lee", "A. Lee", NameMatch::Initial),
            ("Omar el-Masri", "Al-Masri", NameMatch::End),
            ("Omar el-Masri", "Masri", NameMatch::End),
            ("Simon Lee Siu-po", "Lee", NameMatch::Inner),
            ("Ramón Varr Solano", "Varr", NameMatch::Inner),
            ("Ato Baah Forson", "Ato Baah Forso", NameMatch::Spelling),
            ("Yohan IV", "Yohan", NameMatch::End),
            ("Anil Sinha", "Anil Siinha", NameMatch::Spelling),
        ] {
            assert_eq!(matches(long, short), Some(expected), "{long}, {short}");
        }
    }

    #[test]
    fn names_of_two_people_do_not() {
        for (one, other) in [
            ("John Reid Sr.", "John Reid Jr."),
            ("Ann Lee", "Bo Lee"),
            ("Ann Lee", "Ann Ray"),
            ("Ann Halden", "Ann Haldem"),
            ("Ato Baah Forson", "Ato Baah Mensah"),
            ("Henry Adams II", "Henry Adams III"),
            ("Lee", "Lee"),
        ] {
            assert_eq!(matches(one, other), None, "{one}, {other}");
        }
    }
}
