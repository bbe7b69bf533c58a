//! A theme: colours and attributes for each kind of element, such as a headline or a search match.

use std::str::FromStr;

use pullquote::analysis::{EntityKind, QuoteKind};
use pullquote::story::BlockKind;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// The built-in themes with their files. The first is the default.
pub(crate) const BUILT_IN_THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/terminal.toml"))),
    ("dark", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/dark.toml"))),
    ("light", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/light.toml"))),
    ("high-contrast", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/high-contrast.toml"))),
    ("okabe-ito", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/okabe-ito.toml"))),
    (MONOCHROME, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/themes/monochrome.toml"))),
];

/// Selects `dark` or `light` by the terminal's background.
pub(crate) const AUTO: &str = "auto";

/// The theme without colour.
pub(crate) const MONOCHROME: &str = "monochrome";

/// A theme file, parsed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Theme {
    /// The text and background colour of the page.
    pub(crate) text: ThemeStyle,
    pub(crate) headline: ThemeStyle,
    pub(crate) standfirst: ThemeStyle,
    pub(crate) byline: ThemeStyle,
    pub(crate) dateline: ThemeStyle,
    pub(crate) heading: ThemeStyle,
    pub(crate) caption: ThemeStyle,
    pub(crate) furniture: ThemeStyle,
    /// The speaker label of a turn in an interview.
    pub(crate) turn_label: ThemeStyle,
    pub(crate) person: ThemeStyle,
    pub(crate) organization: ThemeStyle,
    pub(crate) place: ThemeStyle,
    /// Groups and unnamed sources.
    pub(crate) unnamed: ThemeStyle,
    /// All mentions of the selected name.
    pub(crate) highlighted_name: ThemeStyle,
    /// The text that names the speaker of the selected quote.
    pub(crate) source: ThemeStyle,
    /// The background of the selected quote, whose words keep the colour of their speaker.
    pub(crate) quote: ThemeStyle,
    pub(crate) search_match: ThemeStyle,
    /// The current match of the search.
    pub(crate) current_match: ThemeStyle,
    /// Text that does not match the filter.
    pub(crate) dimmed: ThemeStyle,
    /// Secondary text: roles, counts, hints.
    pub(crate) secondary: ThemeStyle,
    pub(crate) rule: ThemeStyle,
    pub(crate) title: ThemeStyle,
    /// The open tab.
    pub(crate) tab: ThemeStyle,
    /// The selected row of the side pane while it has the focus.
    pub(crate) selected: ThemeStyle,
    pub(crate) key: ThemeStyle,
    pub(crate) notice: ThemeStyle,
    /// The speakers that have no hue of their own.
    pub(crate) other_speakers: ThemeStyle,
    /// The hues of the speakers with most quotes.
    pub(crate) speakers: Vec<ThemeStyle>,
}

/// Foreground, background and attributes of one element.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ThemeStyle(pub(crate) Style);

/// The available themes and the current one.
pub(crate) struct ThemeSet {
    /// Names and themes; never empty.
    pub(crate) all: Vec<(String, Theme)>,
    current: usize,
}

impl ThemeSet {
    /// The built-in themes; the first is current.
    pub(crate) fn built_in() -> Result<Self, String> {
        let all = BUILT_IN_THEMES.iter().map(|it| Ok((it.0.to_string(), Theme::built_in(it.0)?)));
        Ok(Self { all: all.collect::<Result<_, String>>()?, current: 0 })
    }

    /// Only the theme without colour.
    pub(crate) fn colorless() -> Result<Self, String> {
        Ok(Self { all: vec![(MONOCHROME.to_string(), Theme::built_in(MONOCHROME)?)], current: 0 })
    }

    /// Adds a theme. It replaces a theme of the same name.
    pub(crate) fn add(&mut self, name: &str, theme: Theme) {
        match self.all.iter_mut().find(|it| it.0 == name) {
            Some(same) => same.1 = theme,
            None => self.all.push((name.to_string(), theme)),
        }
    }

    pub(crate) fn theme(&self) -> &Theme {
        &self.all[self.current].1
    }

    /// The index of the current theme.
    pub(crate) fn current(&self) -> usize {
        self.current
    }

    /// Selects a theme by index; the last one if the index is too large.
    pub(crate) fn select(&mut self, number: usize) {
        self.current = number.min(self.all.len() - 1);
    }

    /// Selects a theme by name. Returns `false` and changes nothing if there is none.
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
    /// Parses a built-in theme.
    ///
    /// # Errors
    /// An unknown name; the message lists the known ones.
    pub(crate) fn built_in(name: &str) -> Result<Self, String> {
        let names = || BUILT_IN_THEMES.iter().map(|it| it.0).collect::<Vec<_>>().join(", ");
        let found = BUILT_IN_THEMES.iter().find(|it| it.0 == name);
        let source =
            found.ok_or_else(|| format!("Unknown theme `{name}`; choose one of {AUTO}, {}", names()))?.1;
        toml::from_str(source).map_err(|it| format!("theme `{name}`: {it}"))
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
            EntityKind::Group | EntityKind::Unnamed | EntityKind::Document => self.unnamed.0,
        }
    }

    /// The colour of a speaker by the number of their hue; `None` stands for the speakers without a hue.
    pub(crate) fn speaker_style(&self, hue: Option<usize>) -> Style {
        hue.map_or(self.other_speakers, |it| self.speakers.get(it).copied().unwrap_or(self.other_speakers)).0
    }

    /// The colour of a quote's words in the colour of its speaker. A paraphrase is half as strong as a quotation: its
    /// colour lies between that of the speaker and that of the text. Where the theme leaves the text to the terminal,
    /// a paraphrase has the colour of the text.
    pub(crate) fn quoted_style(&self, speaker: Style, kind: QuoteKind) -> Style {
        match (kind, speaker.fg, self.text.0.fg) {
            (QuoteKind::Direct | QuoteKind::Mixed, _, _) => speaker,
            (QuoteKind::Indirect, Some(Color::Rgb(r, g, b)), Some(Color::Rgb(red, green, blue))) => {
                let mean = |one: u8, other: u8| one.midpoint(other);
                speaker.fg(Color::Rgb(mean(r, red), mean(g, green), mean(b, blue)))
            }
            (QuoteKind::Indirect, _, _) => Style::new(),
        }
    }
}

/// A style in a theme file, such as `{ fg = "blue", bg = "#102030", bold = true }`.
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
        let color = |name: &String| {
            Color::from_str(name).map_err(|_| D::Error::custom(format!("invalid colour `{name}`")))
        };
        let mut style = Style::new();
        style.fg = spec.fg.as_ref().map(color).transpose()?;
        style.bg = spec.bg.as_ref().map(color).transpose()?;
        let attributes = [
            (spec.bold, Modifier::BOLD),
            (spec.dim, Modifier::DIM),
            (spec.italic, Modifier::ITALIC),
            (spec.underline, Modifier::UNDERLINED),
            (spec.reverse, Modifier::REVERSED),
        ];
        for (is_set, attribute) in attributes {
            if is_set {
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
    fn every_theme_is_readable_and_distinguishes_names_without_colour() {
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

    /// Relative luminance of a colour, from 0 to 1 (WCAG 2.2); `None` for a colour that the terminal defines.
    fn light(colour: Option<Color>) -> Option<f64> {
        let Some(Color::Rgb(red, green, blue)) = colour else { return None };
        let line = |it: u8| match f64::from(it) / 255.0 {
            dim if dim <= 0.04045 => dim / 12.92,
            it => ((it + 0.055) / 1.055).powf(2.4),
        };
        Some(0.2126 * line(red) + 0.7152 * line(green) + 0.0722 * line(blue))
    }

    /// Contrast ratio of text and background, from 1 to 21 (WCAG 2.2).
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

    const KINDS: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];

    /// A theme with its least contrast, and the backgrounds on which its text is read.
    fn backgrounds(name: &str, theme: &Theme) -> (f64, Vec<Color>) {
        match name {
            // The terminal may be black or white.
            "terminal" => (4.5, vec![Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255)]),
            MONOCHROME => (0.0, vec![]),
            "high-contrast" => (7.0, theme.text.0.bg.into_iter().collect()),
            _ => (4.5, theme.text.0.bg.into_iter().collect()),
        }
    }

    #[test]
    fn every_colour_of_every_theme_has_the_contrast_of_the_guidelines_on_each_background() {
        for (name, ..) in BUILT_IN_THEMES {
            let theme = Theme::built_in(name).unwrap();
            let (least, pages) = backgrounds(name, &theme);
            let text = [
                theme.text,
                theme.headline,
                theme.standfirst,
                theme.byline,
                theme.dateline,
                theme.heading,
                theme.caption,
                theme.furniture,
                theme.turn_label,
                theme.person,
                theme.organization,
                theme.place,
                theme.unnamed,
                theme.dimmed,
                theme.secondary,
                theme.title,
                theme.tab,
                theme.key,
                theme.notice,
                theme.search_match,
                theme.current_match,
                theme.other_speakers,
            ];
            for page in pages {
                for style in text.iter().chain(&theme.speakers) {
                    let measured = contrast(style.0.fg, style.0.bg.or(Some(page)));
                    assert!(measured.is_none_or(|it| it >= least), "{name}: {style:?} {measured:?}");
                }
            }
            // On the selected quote are its words, tinted or not, and names.
            let tints = theme.speakers.iter().chain([&theme.other_speakers]);
            let words = tints.flat_map(|it| KINDS.map(|kind| theme.quoted_style(it.0, kind)));
            for style in words.chain([theme.text.0, theme.headline.0]) {
                let measured = contrast(style.fg, theme.quote.0.bg);
                assert!(measured.is_none_or(|it| it >= 4.5), "{name}: {style:?} on the quote {measured:?}");
            }
        }
    }

    /// Hue in degrees, and how far the colour is from grey, from 0 to 1; `None` for a colour that the terminal defines.
    fn hue(color: Option<Color>) -> Option<(f64, f64)> {
        let Some(Color::Rgb(red, green, blue)) = color else { return None };
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let range = f64::from(most - least).max(1.0);
        let part = |one: u8, other: u8| (f64::from(one) - f64::from(other)) / range;
        let sector = match most {
            _ if most == red => part(green, blue),
            _ if most == green => 2.0 + part(blue, red),
            _ => 4.0 + part(red, green),
        };
        Some(((sector * 60.0).rem_euclid(360.0), f64::from(most - least) / 255.0))
    }

    #[test]
    fn a_hue_has_one_meaning_the_speaker() {
        for (name, ..) in BUILT_IN_THEMES {
            let theme = Theme::built_in(name).unwrap();
            let others = [
                theme.text,
                theme.headline,
                theme.standfirst,
                theme.byline,
                theme.dateline,
                theme.heading,
                theme.caption,
                theme.furniture,
                theme.turn_label,
                theme.person,
                theme.organization,
                theme.place,
                theme.unnamed,
                theme.highlighted_name,
                theme.source,
                theme.quote,
                theme.search_match,
                theme.current_match,
                theme.dimmed,
                theme.secondary,
                theme.rule,
                theme.title,
                theme.tab,
                theme.selected,
                theme.key,
                theme.notice,
                theme.other_speakers,
            ];
            let hues: Vec<(f64, f64)> = theme.speakers.iter().filter_map(|it| hue(it.0.fg)).collect();
            for color in others.iter().flat_map(|it| [it.0.fg, it.0.bg]) {
                let Some((degrees, _)) = hue(color).filter(|it| it.1 > 0.15) else { continue };
                let distance = |it: &(f64, f64)| {
                    let between = (it.0 - degrees).abs();
                    between.min(360.0 - between)
                };
                assert!(hues.iter().all(|it| distance(it) > 12.0), "{name}: {color:?}");
            }
        }
    }

    #[test]
    fn a_paraphrase_is_lighter_than_a_quotation_and_differs_from_the_text() {
        for (name, ..) in BUILT_IN_THEMES.iter().filter(|it| it.0 != MONOCHROME) {
            let theme = Theme::built_in(name).unwrap();
            for speaker in &theme.speakers {
                let [direct, mixed, indirect] = KINDS.map(|it| theme.quoted_style(speaker.0, it).fg);
                assert!(direct == speaker.0.fg && mixed == direct && indirect != direct, "{name}");
                assert!(indirect != theme.text.0.fg || *name == "terminal", "{name}");
            }
        }
    }

    #[test]
    fn the_selected_quote_and_the_marks_in_it_are_distinguished_without_colour() {
        let theme = Theme::built_in(MONOCHROME).unwrap();
        let quote = theme.quote.0;
        let on_quote = |it: &ThemeStyle| quote.patch(it.0).add_modifier;
        let marks =
            [theme.quote, theme.highlighted_name, theme.search_match, theme.current_match, theme.person];
        for (number, one) in marks.iter().enumerate() {
            for other in &marks[number + 1..] {
                assert_ne!(on_quote(one), on_quote(other), "{one:?} {other:?}");
            }
        }
        assert_ne!(theme.headline.0.patch(quote).add_modifier, theme.headline.0.add_modifier);
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
