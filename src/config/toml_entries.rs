//! A file of settings → its entries, each with its line; what is wrong with one, and what may have been meant.

use std::fmt;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// The line, from 1.
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// A name with its value.
pub(crate) struct Entry<'a> {
    source: &'a str,
    name: Spanned<DeString<'a>>,
    value: Spanned<DeValue<'a>>,
}

/// The entries of a TOML file, in the order of their lines.
pub(crate) fn parse(source: &str) -> Result<Vec<Entry<'_>>, Diagnostic> {
    let table = DeTable::parse(source).map_err(|error| {
        let line = line_number(source, error.span().map_or(0, |it| it.start));
        // TOML's own words come in several lines.
        Diagnostic { line, message: error.message().replace('\n', "; ") }
    })?;
    Ok(sorted_entries(source, table.into_inner()))
}

fn sorted_entries<'a>(source: &'a str, table: DeTable<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> =
        table.into_iter().map(|(name, value)| Entry { source, name, value }).collect();
    entries.sort_by_key(|it| it.name.span().start);
    entries
}

impl<'a> Entry<'a> {
    pub(crate) fn name(&self) -> &str {
        self.name.get_ref()
    }

    /// Something is wrong with its name.
    pub(crate) fn diagnostic(&self, what: String) -> Diagnostic {
        self.diagnostic_at(&self.name.span(), what)
    }

    fn diagnostic_at(&self, at: &Range<usize>, what: String) -> Diagnostic {
        Diagnostic { line: line_number(self.source, at.start), message: what }
    }

    /// Its name is none of those that are known.
    pub(crate) fn unknown_name<'b>(
        &self,
        noun: &str,
        known: impl IntoIterator<Item = &'b str>,
    ) -> Diagnostic {
        self.diagnostic(describe_unknown(noun, self.name(), known))
    }

    /// Something is wrong with its value.
    fn type_error(&self, wanted: &str) -> Diagnostic {
        let what = format!("`{}` wants {wanted}, not {}", self.name(), self.value.get_ref().type_str());
        self.diagnostic_at(&self.value.span(), what)
    }

    /// The entries of a table.
    pub(crate) fn table(self) -> Result<Vec<Entry<'a>>, Diagnostic> {
        let wrong = self.type_error("a table");
        match self.value.into_inner() {
            DeValue::Table(table) => Ok(sorted_entries(self.source, table)),
            _ => Err(wrong),
        }
    }

    /// The tables of a list, each as an entry of this name.
    pub(crate) fn list(self) -> Result<Vec<Entry<'a>>, Diagnostic> {
        let wrong = self.type_error("a list");
        match self.value.into_inner() {
            DeValue::Array(all) => {
                let entry = |value| Entry { source: self.source, name: self.name.clone(), value };
                Ok(all.into_iter().map(entry).collect())
            }
            _ => Err(wrong),
        }
    }

    pub(crate) fn string(&self) -> Result<&str, Diagnostic> {
        self.value.get_ref().as_str().ok_or_else(|| self.type_error("words in quotation marks"))
    }

    /// A list of words, each with its line; words alone are a list of one, none are an empty list.
    pub(crate) fn strings(&self) -> Result<Vec<(&str, usize)>, Diagnostic> {
        let wrong = || self.type_error("words in quotation marks, or a list of them");
        let value = self.value.get_ref();
        if let Some(words) = value.as_str() {
            let line = line_number(self.source, self.value.span().start);
            return Ok(if words.is_empty() { vec![] } else { vec![(words, line)] });
        }
        let all = value.as_array().ok_or_else(wrong)?.iter();
        all.map(|it| {
            Ok((it.get_ref().as_str().ok_or_else(wrong)?, line_number(self.source, it.span().start)))
        })
        .collect()
    }

    pub(crate) fn boolean(&self) -> Result<bool, Diagnostic> {
        self.value.get_ref().as_bool().ok_or_else(|| self.type_error("true or false"))
    }

    pub(crate) fn integer(&self, range: &RangeInclusive<i64>) -> Result<i64, Diagnostic> {
        let wanted = format!("a number from {} to {}", range.start(), range.end());
        let number = self.value.get_ref().as_integer().ok_or_else(|| self.type_error(&wanted))?;
        let digits = number.as_str();
        let read = i64::from_str_radix(digits, number.radix()).ok().filter(|it| range.contains(it));
        let what = || format!("`{}` wants {wanted}, not {digits}", self.name());
        read.ok_or_else(|| self.diagnostic_at(&self.value.span(), what()))
    }

    /// The one of some named things that its words name.
    pub(crate) fn one_of<T: Copy>(&self, all: &[(&str, T)]) -> Result<T, Diagnostic> {
        let words = self.string()?;
        let found = all.iter().find(|it| it.0 == words).map(|it| it.1);
        found.ok_or_else(|| self.not_one_of(all.iter().map(|it| it.0)))
    }

    /// Its words are none of those that are known.
    pub(crate) fn not_one_of<'b>(&self, known: impl IntoIterator<Item = &'b str> + Clone) -> Diagnostic {
        let words = self.value.get_ref().as_str().unwrap_or_default();
        let all: Vec<&str> = known.clone().into_iter().collect();
        let meant = nearest_name(words, known).map_or(String::new(), |it| format!("; did you mean `{it}`?"));
        let what = format!("`{}` may be {}, not `{words}`{meant}", self.name(), all.join(", "));
        self.diagnostic_at(&self.value.span(), what)
    }
}

/// What to say of a word that is not known.
pub(crate) fn describe_unknown<'b>(
    noun: &str,
    word: &str,
    known: impl IntoIterator<Item = &'b str>,
) -> String {
    let meant = nearest_name(word, known).map_or(String::new(), |it| format!("; did you mean `{it}`?"));
    format!("there is no {noun} `{word}`{meant}")
}

/// The word that was meant, if one is near.
pub(crate) fn nearest_name<'b>(word: &str, known: impl IntoIterator<Item = &'b str>) -> Option<&'b str> {
    let likeness = |it: &str| strsim::normalized_damerau_levenshtein(word, it);
    let all = known.into_iter().map(|it| (likeness(it), it));
    all.filter(|it| it.0 > 0.5).max_by(|one, other| one.0.total_cmp(&other.0)).map(|it| it.1)
}

/// The line of a byte, from 1.
fn line_number(source: &str, byte: usize) -> usize {
    let before = source.as_bytes().get(..byte).unwrap_or(source.as_bytes());
    before.split(|it| *it == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        for (source, line) in [("a = 1\nb = \n", 2), ("a = 1\n\na = 2\n", 3), ("a", 1), ("\n[a\n", 2)] {
            let fault = parse(source).err().unwrap();
            assert_eq!(fault.line, line, "{fault}");
            assert!(!fault.message.is_empty() && !fault.message.contains('\n'), "{fault}");
        }
    }

    #[test]
    fn the_nearest_word_is_suggested_and_a_far_one_is_not() {
        let known = ["forward", "back", "quit"];
        for (word, meant) in
            [("foward", Some("forward")), ("qiut", Some("quit")), ("fly", None), ("backk", Some("back"))]
        {
            assert_eq!(nearest_name(word, known), meant, "{word}");
        }
    }
}
