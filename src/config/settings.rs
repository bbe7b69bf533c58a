//! User settings and their defaults.

/// Limits and default of the text width, in columns.
pub(crate) const MIN_TEXT_WIDTH: u16 = 30;
pub(crate) const MAX_TEXT_WIDTH: u16 = 120;
pub(crate) const DEFAULT_TEXT_WIDTH: u16 = 66;

/// Limit of the columns that the side pane gets or loses.
pub(crate) const MAX_EXTRA_SIDE_WIDTH: i16 = 120;

/// All settings of `config.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The name of a theme.
    pub(crate) theme: String,
    pub(crate) color: ColorMode,
    /// The widest text, in columns.
    pub(crate) width: u16,
    /// Columns that are added to the usual width of the side pane; may be negative.
    pub(crate) side: i16,
    /// Whether the text is centred in its pane.
    pub(crate) center: bool,
    /// Empty rows between paragraphs.
    pub(crate) gap: u16,
    /// Whether lines are stretched to the full width.
    pub(crate) justify: bool,
    /// Whether long words are hyphenated at the end of a line.
    pub(crate) hyphenate: bool,
    /// How text is shown that does not match the filter.
    pub(crate) filter: FilterDisplay,
    /// Whether beliefs, plans and feelings in the reporter's words are shown as quotes too.
    pub(crate) stance: bool,
    /// Whether the text of a story that came from no file is kept.
    pub(crate) keep_text: bool,
    /// The keys that `keys.toml` overrides.
    pub(crate) keys: KeymapPreset,
    /// Whether the mouse is enabled.
    pub(crate) mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "auto".into(),
            color: ColorMode::Auto,
            width: DEFAULT_TEXT_WIDTH,
            side: 0,
            center: true,
            gap: 1,
            justify: false,
            hyphenate: false,
            filter: FilterDisplay::Dim,
            stance: false,
            keep_text: true,
            keys: KeymapPreset::Default,
            mouse: true,
        }
    }
}

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorMode {
    /// Unless the environment turns them off with `NO_COLOR` or `CLICOLOR`.
    Auto,
    Always,
    Never,
}

impl ColorMode {
    pub(crate) const NAMES: &[(&str, Self)] =
        &[("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];
}

/// How text is shown that does not match the filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FilterDisplay {
    #[default]
    Dim,
    Fold,
    Hide,
}

impl FilterDisplay {
    pub(crate) const NAMES: &[(&str, Self)] =
        &[("dim", Self::Dim), ("fold", Self::Fold), ("hide", Self::Hide)];

    /// Returns the next one in a cycle of all three.
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Dim => Self::Fold,
            Self::Fold => Self::Hide,
            Self::Hide => Self::Dim,
        }
    }

    /// Returns the participle for messages: "dimmed".
    pub(crate) const fn participle(self) -> &'static str {
        match self {
            Self::Dim => "dimmed",
            Self::Fold => "folded",
            Self::Hide => "hidden",
        }
    }
}

/// A built-in set of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeymapPreset {
    /// Like vim's keys, with arrow keys everywhere.
    Default,
    Less,
    Emacs,
}

impl KeymapPreset {
    pub(crate) const NAMES: &[(&str, Self)] =
        &[("default", Self::Default), ("vim", Self::Default), ("less", Self::Less), ("emacs", Self::Emacs)];
}

/// Returns the first name of a value in a list of names.
pub(crate) fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|it| it.1 == *value).map_or("", |it| it.0)
}
