//! User themes: a TOML file that changes a built-in theme.

use std::str::FromStr;

use ratatui::style::Color;
use serde::Deserialize;

use crate::config::toml_entries::{self, Entry, Fault};
use crate::tui::style::theme::{AUTO, THEMES, Theme};

/// A theme of a person's own: the name of its file, and what stands there.
#[derive(Clone, Copy)]
pub(crate) struct OwnTheme<'a> {
    pub(crate) name: &'a str,
    pub(crate) source: &'a str,
}

/// The names of the built-in themes, and the one that stands for two of them.
pub(crate) fn theme_names() -> Vec<&'static str> {
    THEMES.iter().map(|it| it.0).chain([AUTO]).collect()
}

/// The file of a built-in theme.
pub(crate) fn theme_file(name: &str) -> Option<&'static str> {
    THEMES.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// The built-in theme that says what a person's own one leaves out, unless that names another as its `base`.
const BASE: &str = "terminal";

/// Whether a theme of a person's own can be read.
pub(crate) fn check_theme(source: &str) -> Result<(), Fault> {
    theme(source).map(drop)
}

/// Reads a theme of a person's own.
pub(crate) fn theme(source: &str) -> Result<Theme, Fault> {
    let base = base(source)?;
    let base: toml::Table = toml::from_str(base).map_err(|it| whole(&it))?;
    for entry in toml_entries::entries(source)? {
        match entry.name() {
            "base" => {}
            "speakers" => entry.list()?.into_iter().try_for_each(ink)?,
            name if base.contains_key(name) => ink(entry)?,
            _ => return Err(entry.unknown("colour of", base.keys().map(String::as_str).chain(["base"]))),
        }
    }
    let mut merged = base;
    let mut own: toml::Table = toml::from_str(source).map_err(|it| whole(&it))?;
    own.remove("base");
    merged.extend(own);
    Theme::deserialize(merged).map_err(|it| whole(&it))
}

/// The file of the theme that stands below one's own.
fn base(source: &str) -> Result<&'static str, Fault> {
    let entries = toml_entries::entries(source)?;
    let Some(entry) = entries.iter().find(|it| it.name() == "base") else {
        return Ok(theme_file(BASE).unwrap_or_default());
    };
    entry.one_of(THEMES)
}

/// Looks at one colour with its attributes.
fn ink(entry: Entry) -> Result<(), Fault> {
    for part in entry.entries()? {
        match part.name() {
            "fg" | "bg" => {
                let color = part.words()?;
                if Color::from_str(color).is_err() {
                    let what =
                        format!("there is no colour `{color}`; write \"#d6d3cd\", \"blue\", \"lightblue\" …");
                    return Err(part.fault(what));
                }
            }
            name if ATTRIBUTES.contains(&name) => drop(part.switch()?),
            _ => return Err(part.unknown("attribute", ATTRIBUTES.iter().copied().chain(["fg", "bg"]))),
        }
    }
    Ok(())
}

const ATTRIBUTES: &[&str] = &["bold", "dim", "italic", "underline", "reverse"];

/// What is wrong with a file as a whole.
fn whole(error: &toml::de::Error) -> Fault {
    Fault { line: 1, what: error.message().replace('\n', "; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_of_ones_own_says_only_what_is_different() {
        let own = theme("base = \"dark\"\n[person]\nbold = true\nfg = \"#ff0000\"\n").unwrap();
        let dark = Theme::named("dark").unwrap();
        assert_eq!(own.person.0.fg, Some(Color::Rgb(255, 0, 0)));
        assert_eq!(own.place.0, dark.place.0);
        assert_eq!(theme("").unwrap().place.0, Theme::named(BASE).unwrap().place.0);
    }

    #[test]
    fn every_built_in_theme_is_a_theme_of_ones_own_when_copied() {
        for (name, source) in THEMES {
            let copied = format!("{:?}", theme(source).unwrap_or_else(|it| panic!("{name}: {it}")));
            assert_eq!(copied, format!("{:?}", Theme::named(name).unwrap()), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_theme_is_told_with_its_line() {
        for (source, line, what) in [
            ("\nperso = { bold = true }", 2, "there is no colour of `perso`; did you mean `person`?"),
            ("person = { bolt = true }", 1, "there is no attribute `bolt`; did you mean `bold`?"),
            ("person = { bold = 1 }", 1, "`bold` wants true or false, not integer"),
            (
                "[person]\nfg = \"blu\"",
                2,
                "there is no colour `blu`; write \"#d6d3cd\", \"blue\", \"lightblue\" …",
            ),
            ("person = \"blue\"", 1, "`person` wants a table, not string"),
            ("speakers = { fg = \"blue\" }", 1, "`speakers` wants a list, not table"),
        ] {
            let fault = theme(source).unwrap_err();
            assert_eq!((fault.line, fault.what.as_str()), (line, what), "{source}");
        }
        assert!(theme("base = \"drak\"").unwrap_err().what.ends_with("did you mean `dark`?"));
    }
}
