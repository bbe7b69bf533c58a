//! Colours and attributes by the name of what they mark, never by its place on the screen.

use std::str::FromStr;

use pullquote::analysis::EntityKind;
use pullquote::story::BlockKind;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// The themes that are built in; the first is the default.
pub(super) const THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    (MONOCHROME, include_str!("../../assets/themes/monochrome.toml")),
];

/// The theme for those who want no colour.
pub(super) const MONOCHROME: &str = "monochrome";

/// A theme as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    /// The page: ink and paper.
    pub(super) text: Ink,
    pub(super) headline: Ink,
    pub(super) standfirst: Ink,
    pub(super) byline: Ink,
    pub(super) dateline: Ink,
    pub(super) heading: Ink,
    pub(super) caption: Ink,
    pub(super) furniture: Ink,
    /// Whose turn it is in an interview.
    pub(super) label: Ink,
    pub(super) person: Ink,
    pub(super) organisation: Ink,
    pub(super) place: Ink,
    /// Groups, and sources without a name.
    pub(super) unnamed: Ink,
    /// All mentions of the name that is looked at.
    pub(super) lit: Ink,
    /// The words that name the speaker of the quote that is looked at.
    pub(super) source: Ink,
    /// The words of the quote that is looked at.
    pub(super) quote: Ink,
    pub(super) hit: Ink,
    /// The hit that the search stands on.
    pub(super) found: Ink,
    /// What a filter does not let through.
    pub(super) dimmed: Ink,
    /// Roles, counts, hints: what comes second.
    pub(super) faint: Ink,
    pub(super) rule: Ink,
    pub(super) title: Ink,
    /// The tab that is open.
    pub(super) tab: Ink,
    /// The chosen row of the side pane, while the keys go there.
    pub(super) chosen: Ink,
    pub(super) key: Ink,
    pub(super) notice: Ink,
    /// Speakers in order of first speech; then from the first again.
    pub(super) speakers: Vec<Ink>,
}

/// A colour and attributes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ink(pub(super) Style);

impl Theme {
    /// A built-in theme; an error names those that there are.
    pub(super) fn named(name: &str) -> Result<Self, String> {
        let names = || THEMES.iter().map(|it| it.0).collect::<Vec<_>>().join(", ");
        let found = THEMES.iter().find(|it| it.0 == name);
        let source = found.ok_or_else(|| format!("there is no theme “{name}”, only {}", names()))?.1;
        toml::from_str(source).map_err(|it| format!("the theme “{name}”: {it}"))
    }

    pub(super) fn block(&self, kind: BlockKind) -> Style {
        match kind {
            BlockKind::Headline => self.headline.0,
            BlockKind::Standfirst => self.standfirst.0,
            BlockKind::Byline => self.byline.0,
            BlockKind::Heading => self.heading.0,
            BlockKind::Caption => self.caption.0,
            BlockKind::Furniture => self.furniture.0,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Turn => Style::new(),
        }
    }

    pub(super) fn name(&self, kind: EntityKind) -> Style {
        match kind {
            EntityKind::Person => self.person.0,
            EntityKind::Organisation => self.organisation.0,
            EntityKind::Place => self.place.0,
            EntityKind::Group | EntityKind::Unnamed => self.unnamed.0,
        }
    }

    /// The colour of a speaker, by the number among those that are known, from 0.
    pub(super) fn speaker(&self, number: usize) -> Style {
        let hues = self.speakers.len().max(1);
        self.speakers.get(number % hues).copied().unwrap_or_default().0
    }
}

/// `{ fg = "blue", bg = "#102030", bold = true }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Spec {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

impl<'de> Deserialize<'de> for Ink {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spec = Spec::deserialize(deserializer)?;
        let colour =
            |name: &String| Color::from_str(name).map_err(|_| D::Error::custom(format!("no colour: {name}")));
        let mut style = Style::new();
        style.fg = spec.fg.as_ref().map(colour).transpose()?;
        style.bg = spec.bg.as_ref().map(colour).transpose()?;
        let attributes = [
            (spec.bold, Modifier::BOLD),
            (spec.dim, Modifier::DIM),
            (spec.italic, Modifier::ITALIC),
            (spec.underline, Modifier::UNDERLINED),
            (spec.reverse, Modifier::REVERSED),
        ];
        for (wanted, attribute) in attributes {
            if wanted {
                style = style.add_modifier(attribute);
            }
        }
        Ok(Self(style))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_can_be_read_and_tells_names_apart_without_colour() {
        for (name, _) in THEMES {
            let theme = Theme::named(name).unwrap();
            let kinds =
                [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Unnamed];
            for (number, one) in kinds.iter().enumerate() {
                for other in &kinds[number + 1..] {
                    let attributes = |kind| theme.name(kind).add_modifier;
                    assert_ne!(attributes(*one), attributes(*other), "{name}: {one:?} {other:?}");
                }
            }
            assert!(!theme.chosen.0.add_modifier.is_empty() && !theme.speakers.is_empty(), "{name}");
        }
    }

    #[test]
    fn monochrome_has_no_colour_at_all() {
        let theme = format!("{:?}", Theme::named(MONOCHROME).unwrap());
        assert!(!theme.contains("Some("), "{theme}");
    }

    #[test]
    fn an_unknown_theme_is_an_error_that_names_the_others() {
        assert!(Theme::named("neon").unwrap_err().contains("terminal, dark, light, monochrome"));
    }
}
