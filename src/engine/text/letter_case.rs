//! Letter case: names and roles in capitals, as transcripts write them, in ordinary letters.

use crate::word_list::word_list;

/// Words that have no capital inside a name.
const SMALL_WORDS: &[&str] = &word_list!("name-lowercase-words");
/// A shorter name may be an acronym or a stage name: "JFK", "MIA".
const MIN_NAME_LETTERS: usize = 4;
/// A place's name with fewer letters may be an acronym: "USSR".
const MIN_PLACE_LETTERS: usize = 5;
/// A shorter role is an acronym: "CEO".
const MIN_ROLE_LETTERS: usize = 4;

/// A person's name in ordinary letters if it is all in capitals: "LENA HOLT" becomes "Lena Holt", "O’BRIEN-ROSS" becomes
/// "O’Brien-Ross".
pub(crate) fn person_name(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphabetic()).count();
    let is_short = letters < MIN_NAME_LETTERS && !name.contains(' ');
    if is_short || !is_in_capitals(name) { name.to_owned() } else { words(name, |_| false) }
}

/// A place's name in ordinary letters if it is all in capitals, as datelines have it: "TARNSIDE" becomes "Tarnside". A short one
/// may be an acronym: "USSR".
pub(crate) fn place_name(name: &str) -> String {
    let letters = name.chars().filter(|it| it.is_alphabetic()).count();
    let is_plain = letters >= MIN_PLACE_LETTERS && !name.contains('.');
    if is_plain && is_in_capitals(name) { words(name, |_| false) } else { name.to_owned() }
}

/// A role in ordinary letters if it is all in capitals: "MAYOR OF TARNSIDE" becomes "Mayor of Tarnside". A word without
/// a vowel is an acronym: "CNN HOST" becomes "CNN Host". Letters of honour stay as they are: "DBE KC".
pub(crate) fn role(role: &str) -> String {
    const HONOURS: &[&str] = &word_list!("post-nominals");
    let is_honour = |word: &str| HONOURS.binary_search(&word.trim_end_matches(',')).is_ok();
    let is_acronym = |word: &str| !word.contains(['A', 'E', 'I', 'O', 'U', 'Y']) || is_honour(word);
    if role.len() >= MIN_ROLE_LETTERS && is_in_capitals(role) {
        words(role, is_acronym)
    } else {
        role.to_owned()
    }
}

/// Whether a text has letters, none of them in lower case.
fn is_in_capitals(text: &str) -> bool {
    text.contains(char::is_uppercase) && !text.contains(char::is_lowercase)
}

/// The words of a text in capitals with only their first letters in capitals, except those that `is_kept` names.
fn words(text: &str, is_kept: impl Fn(&str) -> bool) -> String {
    let word = |word: &str| -> String {
        let lower = word.to_lowercase();
        match word {
            _ if SMALL_WORDS.binary_search(&lower.as_str()).is_ok() => lower,
            "II" | "III" | "IV" => word.to_owned(),
            // "J.D." are initials.
            _ if word.contains('.') && word.len() <= 4 => word.to_owned(),
            _ if is_kept(word) => word.to_owned(),
            _ => capitalized(word),
        }
    };
    let lower: Vec<String> = text.split(' ').map(word).collect();
    let mut name = lower.join(" ");
    // The first word has its capital though it is a particle.
    if let Some(first) = name.chars().next() {
        name.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    name
}

/// A word with a capital at its start.
pub(crate) fn with_capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// A word in capitals with a capital at its start and after each hyphen, apostrophe and "Mc".
pub(crate) fn capitalized(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut begins_part = true;
    for ch in word.chars() {
        if begins_part {
            out.push(ch);
        } else {
            out.extend(ch.to_lowercase());
        }
        // "ADVISER'S" has one capital, "O'BRIEN" two.
        let is_prefix = out.chars().count() == 2 && matches!(ch, '\'' | '’');
        begins_part = ch == '-' || is_prefix || (out == "Mc" && word.len() > 4);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_names_and_roles() {
        for (capitals, expected) in [
            ("TARNSIDE", "Tarnside"),
            ("PORT VELL", "Port Vell"),
            ("USSR", "USSR"),
            ("U.S.S.R.", "U.S.S.R."),
            ("Oslo", "Oslo"),
        ] {
            assert_eq!(place_name(capitals), expected, "{capitals}");
        }
        for (capitals, expected) in [
            ("LENA HOLT", "Lena Holt"),
            ("ADEYEMI", "Adeyemi"),
            ("ADEYEMI-ROSS", "Adeyemi-Ross"),
            ("O’BRIEN", "O’Brien"),
            ("MCDONALD", "McDonald"),
            ("I. KOVAL", "I. Koval"),
            ("J.D. MOE III", "J.D. Moe III"),
            ("VAN DER BERG", "Van der Berg"),
            ("ÅSA ÖBERG", "Åsa Öberg"),
            ("HOLT", "Holt"),
            ("JFK", "JFK"),
            ("Lena Holt", "Lena Holt"),
            ("", ""),
        ] {
            assert_eq!(person_name(capitals), expected, "{capitals}");
        }
        for (capitals, expected) in [
            ("MAYOR OF TARNSIDE", "Mayor of Tarnside"),
            ("CNN HOST", "CNN Host"),
            ("PRIME MINISTER'S ADVISER", "Prime Minister's Adviser"),
            ("DBE, KC", "DBE, KC"),
            ("CEO", "CEO"),
            ("harbour master", "harbour master"),
        ] {
            assert_eq!(role(capitals), expected, "{capitals}");
        }
    }
}
