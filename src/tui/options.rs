//! What the reader is fitted out with: settings, keys, and the themes that there are, those of a person's own with them.

use crate::config::settings::{KeymapPreset, Settings};
use crate::config::toml_entries::Diagnostic;
use crate::tui::input::keymap::Keymap;
use crate::tui::style::theme::{AUTO, Theme, ThemeSet};
use crate::tui::style::user_theme::{UserTheme, parse_user_theme};

/// How the screen looks, and which keys it knows.
pub(crate) struct Options {
    pub(crate) settings: Settings,
    pub(crate) keymap: Keymap,
    pub(crate) themes: ThemeSet,
}

impl Options {
    /// With the theme on that the settings name, among the built-in ones and one's own; without colour there is the
    /// monochrome one alone, whatever its name.
    pub(crate) fn new(
        settings: Settings,
        keymap: Keymap,
        own: &[UserTheme],
        color: bool,
    ) -> Result<Self, String> {
        let mut themes = ThemeSet::built_in()?;
        for own in own {
            themes.add(own.name, parse_user_theme(own.source).map_err(|it| it.to_string())?);
        }
        if settings.theme != AUTO && !themes.select_by_name(&settings.theme) {
            Theme::built_in(&settings.theme)?;
        }
        let themes = if color { themes } else { ThemeSet::colorless()? };
        Ok(Self { settings, keymap, themes })
    }
}

/// The keys of a preset with a person's own `keys.toml` over them.
pub(crate) fn load_keymap(preset: KeymapPreset, own: Option<&str>) -> Result<Keymap, Diagnostic> {
    Keymap::new(preset, own)
}
