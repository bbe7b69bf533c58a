//! User themes: a TOML file that changes a built-in theme.

use std::str::FromStr;

use ratatui::style::Color;
use serde::Deserialize;

use crate::config::toml_entries::{self, Entry};
use crate::diagnostic::Diagnostic;
use crate::tui::style::theme::{AUTO, BUILT_IN_THEMES, Theme};

/// A user theme: the name of its file, without extension, and the file's text.
#[derive(Clone, Copy)]
pub(crate) struct UserTheme<'a> {
    pub(crate) name: &'a str,
    pub(crate) source: &'a str,
}

/// The names of the built-in themes, and [`AUTO`].
pub(crate) fn theme_names() -> Vec<&'static str> {
    BUILT_IN_THEMES.iter().map(|it| it.0).chain([AUTO]).collect()
}

/// The text of a built-in theme's file; of [`AUTO`] that of the dark theme. `None` for an unknown name.
pub(crate) fn theme_source(name: &str) -> Option<&'static str> {
    let name = if name == AUTO { "dark" } else { name };
    BUILT_IN_THEMES.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// The base of a user theme that names none.
const DEFAULT_BASE: &str = "terminal";

/// Checks a user theme.
///
/// # Errors
/// See [`parse_user_theme`].
pub(crate) fn check_theme(source: &str) -> Result<(), Diagnostic> {
    parse_user_theme(source).map(drop)
}

/// Parses a user theme and completes it from its base.
///
/// # Errors
/// A syntax error, an unknown element, attribute or base, or an invalid colour, with its line.
pub(crate) fn parse_user_theme(source: &str) -> Result<Theme, Diagnostic> {
    let base = base_source(source)?;
    let base: toml::Table = toml::from_str(base).map_err(|it| file_error(&it))?;
    for entry in toml_entries::parse(source)? {
        match entry.name() {
            "base" => {}
            "speakers" => entry.list()?.into_iter().try_for_each(check_style)?,
            name if base.contains_key(name) => check_style(entry)?,
            _ => {
                return Err(
                    entry.unknown_name("theme element", base.keys().map(String::as_str).chain(["base"]))
                );
            }
        }
    }
    let mut merged = base;
    let mut own: toml::Table = toml::from_str(source).map_err(|it| file_error(&it))?;
    own.remove("base");
    merged.extend(own);
    Theme::deserialize(merged).map_err(|it| file_error(&it))
}

/// The text of the theme that a user theme is based on.
fn base_source(source: &str) -> Result<&'static str, Diagnostic> {
    let entries = toml_entries::parse(source)?;
    let Some(entry) = entries.iter().find(|it| it.name() == "base") else {
        return Ok(theme_source(DEFAULT_BASE).unwrap_or_default());
    };
    entry.one_of("theme", BUILT_IN_THEMES)
}

/// Checks one style: its colours and attributes.
fn check_style(entry: Entry) -> Result<(), Diagnostic> {
    for part in entry.table()? {
        match part.name() {
            "fg" | "bg" => {
                let color = part.string()?;
                if Color::from_str(color).is_err() {
                    let message =
                        format!("Unknown colour `{color}`; write \"#d6d3cd\", \"blue\", \"lightblue\" …");
                    return Err(part.diagnostic(message));
                }
            }
            name if ATTRIBUTES.contains(&name) => drop(part.boolean()?),
            _ => return Err(part.unknown_name("attribute", ATTRIBUTES.iter().copied().chain(["fg", "bg"]))),
        }
    }
    Ok(())
}

/// The attributes that a style may set.
const ATTRIBUTES: &[&str] = &["bold", "dim", "italic", "underline", "reverse"];

/// An error without a known line, reported on line 1.
fn file_error(error: &toml::de::Error) -> Diagnostic {
    Diagnostic::at_line(1, error.message().replace('\n', "; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_of_ones_own_says_only_what_is_different() {
        let own = parse_user_theme("base = \"dark\"\n[person]\nbold = true\nfg = \"#ff0000\"\n").unwrap();
        let dark = Theme::built_in("dark").unwrap();
        assert_eq!(own.person.0.fg, Some(Color::Rgb(255, 0, 0)));
        assert_eq!(own.place.0, dark.place.0);
        assert_eq!(parse_user_theme("").unwrap().place.0, Theme::built_in(DEFAULT_BASE).unwrap().place.0);
    }

    #[test]
    fn every_built_in_theme_is_a_theme_of_ones_own_when_copied() {
        for (name, source) in BUILT_IN_THEMES {
            let copied =
                format!("{:?}", parse_user_theme(source).unwrap_or_else(|it| panic!("{name}: {it}")));
            assert_eq!(copied, format!("{:?}", Theme::built_in(name).unwrap()), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_theme_is_reported_with_its_line() {
        for (source, line, what) in [
            ("\nperso = { bold = true }", 2, "Unknown theme element `perso`; did you mean `person`?"),
            ("person = { bolt = true }", 1, "Unknown attribute `bolt`; did you mean `bold`?"),
            ("person = { bold = 1 }", 1, "`bold` must be true or false"),
            (
                "[person]\nfg = \"blu\"",
                2,
                "Unknown colour `blu`; write \"#d6d3cd\", \"blue\", \"lightblue\" …",
            ),
            ("person = \"blue\"", 1, "`person` must be a table"),
            ("speakers = { fg = \"blue\" }", 1, "`speakers` must be a list"),
        ] {
            let fault = parse_user_theme(source).unwrap_err();
            assert_eq!(fault, Diagnostic::at_line(line, what), "{source}");
        }
        assert!(parse_user_theme("base = \"drak\"").unwrap_err().message.contains("did you mean `dark`?"));
    }
}
