//! Entries of a TOML file with their lines, for error messages that name the line.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::config::suggestion::{describe_unknown, describe_unknown_choice};
use crate::diagnostic::Diagnostic;

/// A name with its value.
pub(crate) struct Entry<'a> {
    source: &'a str,
    name: Spanned<DeString<'a>>,
    value: Spanned<DeValue<'a>>,
}

/// Returns the entries of a TOML file in the order of their lines.
///
/// # Errors
/// If it is not TOML.
pub(crate) fn parse(source: &str) -> Result<Vec<Entry<'_>>, Diagnostic> {
    let table = DeTable::parse(source).map_err(|error| {
        let line = line_number(source, error.span().map_or(0, |it| it.start));
        // The parser's messages have several lines.
        Diagnostic::at_line(line, error.message().replace('\n', "; "))
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

    /// Returns an error at the line of the name.
    pub(crate) fn diagnostic(&self, message: String) -> Diagnostic {
        self.diagnostic_at(&self.name.span(), message)
    }

    fn diagnostic_at(&self, span: &Range<usize>, message: String) -> Diagnostic {
        Diagnostic::at_line(line_number(self.source, span.start), message)
    }

    /// Returns an error for a name that is none of the known ones.
    pub(crate) fn unknown_name<'b>(
        &self,
        noun: &str,
        known: impl IntoIterator<Item = &'b str>,
    ) -> Diagnostic {
        self.diagnostic(describe_unknown(noun, self.name(), known))
    }

    /// Returns an error for a value of the wrong type.
    fn type_error(&self, expected: &str) -> Diagnostic {
        let message = format!("`{}` must be {expected}", self.name());
        self.diagnostic_at(&self.value.span(), message)
    }

    /// Returns the entries of a table.
    pub(crate) fn table(self) -> Result<Vec<Entry<'a>>, Diagnostic> {
        let error = self.type_error("a table");
        match self.value.into_inner() {
            DeValue::Table(table) => Ok(sorted_entries(self.source, table)),
            _ => Err(error),
        }
    }

    /// Returns the items of a list, each as an entry with this name.
    pub(crate) fn list(self) -> Result<Vec<Entry<'a>>, Diagnostic> {
        let error = self.type_error("a list");
        match self.value.into_inner() {
            DeValue::Array(items) => {
                let entry = |value| Entry { source: self.source, name: self.name.clone(), value };
                Ok(items.into_iter().map(entry).collect())
            }
            _ => Err(error),
        }
    }

    pub(crate) fn string(&self) -> Result<&str, Diagnostic> {
        self.value.get_ref().as_str().ok_or_else(|| self.type_error("text in quotation marks"))
    }

    /// Returns the strings of a list, each with its line; a single string is a list of one, an empty one of none.
    pub(crate) fn strings(&self) -> Result<Vec<(&str, usize)>, Diagnostic> {
        let error = || self.type_error("text in quotation marks, or a list of such texts");
        let value = self.value.get_ref();
        if let Some(text) = value.as_str() {
            let line = line_number(self.source, self.value.span().start);
            return Ok(if text.is_empty() { vec![] } else { vec![(text, line)] });
        }
        let items = value.as_array().ok_or_else(error)?.iter();
        items
            .map(|it| {
                let text = it.get_ref().as_str().ok_or_else(error)?;
                Ok((text, line_number(self.source, it.span().start)))
            })
            .collect()
    }

    pub(crate) fn boolean(&self) -> Result<bool, Diagnostic> {
        self.value.get_ref().as_bool().ok_or_else(|| self.type_error("true or false"))
    }

    pub(crate) fn integer(&self, range: &RangeInclusive<i64>) -> Result<i64, Diagnostic> {
        let error = || self.type_error(&format!("a number from {} to {}", range.start(), range.end()));
        let number = self.value.get_ref().as_integer().ok_or_else(error)?;
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        number.filter(|it| range.contains(it)).ok_or_else(error)
    }

    /// Returns the value with the name that this entry gives; `noun` says in an error what the names are.
    pub(crate) fn one_of<T: Copy>(&self, noun: &str, values: &[(&str, T)]) -> Result<T, Diagnostic> {
        let name = self.string()?;
        let found = values.iter().find(|it| it.0 == name).map(|it| it.1);
        found.ok_or_else(|| self.not_one_of(noun, values.iter().map(|it| it.0)))
    }

    /// Returns an error for a value that is none of the known names.
    pub(crate) fn not_one_of<'b>(
        &self,
        noun: &str,
        known: impl IntoIterator<Item = &'b str> + Clone,
    ) -> Diagnostic {
        let value = self.value.get_ref().as_str().unwrap_or_default();
        self.diagnostic_at(&self.value.span(), describe_unknown_choice(noun, value, known))
    }
}

/// Returns the line of a byte offset, from 1.
fn line_number(source: &str, offset: usize) -> usize {
    1 + source.get(..offset).unwrap_or(source).matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_toml_is_reported_with_its_line() {
        for (source, line) in [("a = 1\nb = \n", 2), ("a = 1\n\na = 2\n", 3), ("a", 1), ("\n[a\n", 2)] {
            let error = parse(source).err().unwrap();
            assert_eq!(error.location, format!("line {line}"), "{error}");
            assert!(!error.message.is_empty() && !error.message.contains('\n'), "{error}");
        }
    }
}
