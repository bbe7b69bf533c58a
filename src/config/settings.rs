//! What a person may wish for once and for all.

/// All that can be set, as it is where nobody has set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// A theme by its name.
    pub(crate) theme: String,
    pub(crate) color: When,
    /// Columns of text, at most.
    pub(crate) width: u16,
    /// Columns that the side pane gets beyond its share; fewer if negative.
    pub(crate) side: i16,
    /// Whether the column of text stands in the middle of its pane.
    pub(crate) centre: bool,
    /// Blank rows between two paragraphs.
    pub(crate) gap: u16,
    /// Whether rows are spread to the full width.
    pub(crate) justify: bool,
    /// Whether long words are torn at the end of a row.
    pub(crate) hyphenate: bool,
    /// What becomes of that which a filter does not let through.
    pub(crate) filter: Way,
    /// The keys to start from.
    pub(crate) keys: Preset,
    /// Whether the reader takes the mouse.
    pub(crate) mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "terminal".into(),
            color: When::Auto,
            width: 66,
            side: 0,
            centre: true,
            gap: 1,
            justify: false,
            hyphenate: false,
            filter: Way::Dim,
            keys: Preset::Default,
            mouse: true,
        }
    }
}

/// Whether there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

impl When {
    pub(crate) const NAMES: &[(&str, Self)] =
        &[("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];
}

/// What becomes of that which a filter does not let through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Way {
    #[default]
    Dim,
    Fold,
    Hide,
}

impl Way {
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
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Dim => "dimmed",
            Self::Fold => "folded",
            Self::Hide => "hidden",
        }
    }
}

/// A set of keys that ships with the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preset {
    /// Like vim's, with arrows everywhere.
    Default,
    Less,
    Emacs,
}

impl Preset {
    pub(crate) const NAMES: &[(&str, Self)] =
        &[("default", Self::Default), ("vim", Self::Default), ("less", Self::Less), ("emacs", Self::Emacs)];
}

/// The name under which something is listed.
pub(crate) fn name_of<T: PartialEq>(names: &[(&'static str, T)], wanted: &T) -> &'static str {
    names.iter().find(|it| it.1 == *wanted).map_or("", |it| it.0)
}
