//! Colours and attributes by the name of what they mark, never by its place on the screen.

use std::ops::Range;
use std::str::FromStr;

use pullquote::analysis::EntityKind;
use pullquote::story::BlockKind;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// The themes that are built in; the first is the default.
pub(crate) const BUILT_IN_THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/terminal.toml"))),
    ("dark", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/dark.toml"))),
    ("light", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/light.toml"))),
    ("high-contrast", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/high-contrast.toml"))),
    ("okabe-ito", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/okabe-ito.toml"))),
    (MONOCHROME, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/monochrome.toml"))),
];

/// Stands for `dark` or `light`, after the terminal's paper.
pub(crate) const AUTO: &str = "auto";

/// The theme for those who want no colour.
pub(crate) const MONOCHROME: &str = "monochrome";

/// A theme as its file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Theme {
    /// The page: ink and paper.
    pub(crate) text: ThemeStyle,
    pub(crate) headline: ThemeStyle,
    pub(crate) standfirst: ThemeStyle,
    pub(crate) byline: ThemeStyle,
    pub(crate) dateline: ThemeStyle,
    pub(crate) heading: ThemeStyle,
    pub(crate) caption: ThemeStyle,
    pub(crate) furniture: ThemeStyle,
    /// Whose turn it is in an interview.
    pub(crate) turn_label: ThemeStyle,
    pub(crate) person: ThemeStyle,
    pub(crate) organization: ThemeStyle,
    pub(crate) place: ThemeStyle,
    /// Groups, and sources without a name.
    pub(crate) unnamed: ThemeStyle,
    /// All mentions of the name that is looked at.
    pub(crate) highlighted_name: ThemeStyle,
    /// The words that name the speaker of the quote that is looked at.
    pub(crate) source: ThemeStyle,
    /// The words of the quote that is looked at.
    pub(crate) quote: ThemeStyle,
    pub(crate) search_match: ThemeStyle,
    /// The hit that the search stands on.
    pub(crate) current_match: ThemeStyle,
    /// What a filter does not let through.
    pub(crate) dimmed: ThemeStyle,
    /// Roles, counts, hints: what comes second.
    pub(crate) secondary: ThemeStyle,
    pub(crate) rule: ThemeStyle,
    pub(crate) title: ThemeStyle,
    /// The tab that is open.
    pub(crate) tab: ThemeStyle,
    /// The chosen row of the side pane, while the keys go there.
    pub(crate) selected: ThemeStyle,
    pub(crate) key: ThemeStyle,
    pub(crate) notice: ThemeStyle,
    /// Speakers in order of first speech; then from the first again.
    pub(crate) speakers: Vec<ThemeStyle>,
}

/// A colour and attributes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ThemeStyle(pub(crate) Style);

/// The themes that can be chosen, and the one that is on.
pub(crate) struct ThemeSet {
    /// With their names; never empty.
    pub(crate) all: Vec<(String, Theme)>,
    current: usize,
}

impl ThemeSet {
    /// The built-in ones, with the first on.
    pub(crate) fn built_in() -> Result<Self, String> {
        let all = BUILT_IN_THEMES.iter().map(|it| Ok((it.0.to_string(), Theme::built_in(it.0)?)));
        Ok(Self { all: all.collect::<Result<_, String>>()?, current: 0 })
    }

    /// The one without colour alone.
    pub(crate) fn colorless() -> Result<Self, String> {
        Ok(Self { all: vec![(MONOCHROME.to_string(), Theme::built_in(MONOCHROME)?)], current: 0 })
    }

    /// Adds a theme, in the place of another of that name.
    pub(crate) fn add(&mut self, name: &str, theme: Theme) {
        match self.all.iter_mut().find(|it| it.0 == name) {
            Some(same) => same.1 = theme,
            None => self.all.push((name.to_string(), theme)),
        }
    }

    pub(crate) fn theme(&self) -> &Theme {
        &self.all[self.current].1
    }

    /// The number of the one that is on.
    pub(crate) fn current(&self) -> usize {
        self.current
    }

    /// Those that a list of so many rows shows, by their numbers.
    pub(crate) fn window(&self, height: usize) -> Range<usize> {
        let first = (self.current + 1).saturating_sub(height);
        first..self.all.len().min(first + height)
    }

    /// Puts another one on; beyond the end the last.
    pub(crate) fn select(&mut self, number: usize) {
        self.current = number.min(self.all.len() - 1);
    }

    /// Puts on the one of that name, if there is one.
    pub(crate) fn select_by_name(&mut self, name: &str) -> bool {
        let number = self.all.iter().position(|it| it.0 == name);
        self.current = number.unwrap_or(self.current);
        number.is_some()
    }
}

impl Default for ThemeSet {
    fn default() -> Self {
        Self::built_in().expect("a test reads all themes")
    }
}

impl Theme {
    /// A built-in theme; an error names those that there are.
    pub(crate) fn built_in(name: &str) -> Result<Self, String> {
        let names = || BUILT_IN_THEMES.iter().map(|it| it.0).collect::<Vec<_>>().join(", ");
        let found = BUILT_IN_THEMES.iter().find(|it| it.0 == name);
        let source = found.ok_or_else(|| format!("there is no theme “{name}”, only {AUTO}, {}", names()))?.1;
        toml::from_str(source).map_err(|it| format!("the theme “{name}”: {it}"))
    }

    pub(crate) fn block_style(&self, kind: BlockKind) -> Style {
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

    pub(crate) fn entity_style(&self, kind: EntityKind) -> Style {
        match kind {
            EntityKind::Person => self.person.0,
            EntityKind::Organisation => self.organization.0,
            EntityKind::Place => self.place.0,
            EntityKind::Group | EntityKind::Unnamed => self.unnamed.0,
        }
    }

    /// The colour of a speaker, by the number among those that are known, from 0.
    pub(crate) fn speaker_style(&self, number: usize) -> Style {
        let hues = self.speakers.len().max(1);
        self.speakers.get(number % hues).copied().unwrap_or_default().0
    }
}

/// `{ fg = "blue", bg = "#102030", bold = true }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct StyleSpec {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
    reverse: bool,
}

impl<'de> Deserialize<'de> for ThemeStyle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spec = StyleSpec::deserialize(deserializer)?;
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
        for (name, ..) in BUILT_IN_THEMES {
            let theme = Theme::built_in(name).unwrap();
            let kinds =
                [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Unnamed];
            for (number, one) in kinds.iter().enumerate() {
                for other in &kinds[number + 1..] {
                    let attributes = |kind| theme.entity_style(kind).add_modifier;
                    assert_ne!(attributes(*one), attributes(*other), "{name}: {one:?} {other:?}");
                }
            }
            assert!(!theme.selected.0.add_modifier.is_empty() && !theme.speakers.is_empty(), "{name}");
        }
    }

    #[test]
    fn monochrome_has_no_colour_at_all() {
        let theme = format!("{:?}", Theme::built_in(MONOCHROME).unwrap());
        assert!(!theme.contains("Some("), "{theme}");
    }

    #[test]
    fn an_unknown_theme_is_an_error_that_names_the_others() {
        assert!(Theme::built_in("neon").unwrap_err().contains("auto, terminal, dark, light, high-"));
    }

    /// The light of a colour, from 0 to 1 (WCAG 2.2, relative luminance); none for one that the terminal mixes.
    fn light(colour: Option<Color>) -> Option<f64> {
        let Some(Color::Rgb(red, green, blue)) = colour else { return None };
        let line = |it: u8| match f64::from(it) / 255.0 {
            dim if dim <= 0.04045 => dim / 12.92,
            it => ((it + 0.055) / 1.055).powf(2.4),
        };
        Some(0.2126 * line(red) + 0.7152 * line(green) + 0.0722 * line(blue))
    }

    /// How far ink stands out from paper, from 1 to 21 (WCAG 2.2, contrast ratio).
    fn contrast(ink: Option<Color>, paper: Option<Color>) -> Option<f64> {
        let (ink, paper) = (light(ink)?, light(paper)?);
        Some((ink.max(paper) + 0.05) / (ink.min(paper) + 0.05))
    }

    #[test]
    fn contrast_is_measured_as_the_guidelines_do() {
        let white = Some(Color::Rgb(255, 255, 255));
        for (ink, ratio) in [((0, 0, 0), 21.0), ((118, 118, 118), 4.54), ((255, 0, 0), 4.0)] {
            let measured = contrast(Some(Color::Rgb(ink.0, ink.1, ink.2)), white).unwrap();
            assert!((measured - ratio).abs() < 0.01, "{ink:?}: {measured}");
        }
    }

    #[test]
    fn every_ink_stands_out_from_its_paper() {
        for (name, least, most) in
            [("dark", 4.5, 7.0), ("light", 4.5, 7.0), ("okabe-ito", 4.5, 7.0), ("high-contrast", 7.0, 15.0)]
        {
            let theme = Theme::built_in(name).unwrap();
            let paper = theme.text.0.bg;
            assert!(contrast(theme.text.0.fg, paper) >= Some(most), "{name}: text");
            assert!(contrast(theme.quote.0.fg, theme.quote.0.bg) >= Some(most), "{name}: quote");
            let anywhere = [
                theme.headline,
                theme.standfirst,
                theme.byline,
                theme.heading,
                theme.caption,
                theme.furniture,
                theme.search_match,
                theme.current_match,
                theme.dimmed,
                theme.secondary,
                theme.title,
                theme.tab,
                theme.key,
                theme.notice,
            ];
            let quoted = [
                theme.turn_label,
                theme.dateline,
                theme.person,
                theme.organization,
                theme.place,
                theme.unnamed,
            ];
            let papers = |it: &ThemeStyle| it.0.bg.or(paper);
            for ink in anywhere.iter().chain(&quoted).chain(&theme.speakers) {
                let measured = contrast(ink.0.fg, papers(ink)).unwrap();
                assert!(measured >= least, "{name}: {ink:?} {measured}");
            }
            // Names stand in quotes, too, in the hue of who speaks.
            for ink in quoted.iter().chain(&theme.speakers) {
                let measured = contrast(ink.0.fg, theme.quote.0.bg).unwrap();
                assert!(measured >= least, "{name}: {ink:?} on a quote {measured}");
            }
        }
    }

    #[test]
    fn the_speakers_have_eight_hues() {
        for (name, ..) in BUILT_IN_THEMES.iter().filter(|it| it.0 != MONOCHROME) {
            let hues = Theme::built_in(name).unwrap().speakers;
            let unlike: std::collections::BTreeSet<String> =
                hues.iter().map(|it| format!("{:?}", it.0.fg)).collect();
            assert_eq!(unlike.len(), 8, "{name}");
        }
    }
}
