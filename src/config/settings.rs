//! What a person may wish for once and for all.

/// All that can be set, as it is where nobody has set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// A theme by its name.
    pub(crate) theme: String,
    pub(crate) color: ColorMode,
    /// Columns of text, at most.
    pub(crate) width: u16,
    /// Columns that the side pane gets beyond its share; fewer if negative.
    pub(crate) side: i16,
    /// Whether the column of text stands in the middle of its pane.
    pub(crate) center: bool,
    /// Blank rows between two paragraphs.
    pub(crate) gap: u16,
    /// Whether rows are spread to the full width.
    pub(crate) justify: bool,
    /// Whether long words are torn at the end of a row.
    pub(crate) hyphenate: bool,
    /// What becomes of that which a filter does not let through.
    pub(crate) filter: FilterDisplay,
    /// The keys to start from.
    pub(crate) keys: KeymapPreset,
    /// Whether the reader takes the mouse.
    pub(crate) mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "terminal".into(),
            color: ColorMode::Auto,
            width: 66,
            side: 0,
            center: true,
            gap: 1,
            justify: false,
            hyphenate: false,
            filter: FilterDisplay::Dim,
            keys: KeymapPreset::Default,
            mouse: true,
        }
    }
}

/// Whether there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorMode {
    /// Unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

impl ColorMode {
    pub(crate) const NAMES: &[(&str, Self)] =
        &[("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];
}

/// What becomes of that which a filter does not let through.
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

    pub(crate) const fn next(self) -> Self {
        match self {
            Self::Dim => Self::Fold,
            Self::Fold => Self::Hide,
            Self::Hide => Self::Dim,
        }
    }

    /// What it did to the others, in one word.
    pub(crate) const fn participle(self) -> &'static str {
        match self {
            Self::Dim => "dimmed",
            Self::Fold => "folded",
            Self::Hide => "hidden",
        }
    }
}

/// A set of keys that ships with the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeymapPreset {
    /// Like vim's, with arrows everywhere.
    Default,
    Less,
    Emacs,
}

impl KeymapPreset {
    pub(crate) const NAMES: &[(&str, Self)] =
        &[("default", Self::Default), ("vim", Self::Default), ("less", Self::Less), ("emacs", Self::Emacs)];
}

/// The name under which something is listed.
pub(crate) fn name_of<T: PartialEq>(names: &[(&'static str, T)], wanted: &T) -> &'static str {
    names.iter().find(|it| it.1 == *wanted).map_or("", |it| it.0)
}
