//! The options of the user interface: settings, keymap and themes.

use crate::config::settings::{KeymapPreset, Settings};
use crate::diagnostic::Diagnostic;
use crate::tui::input::keymap::Keymap;
use crate::tui::style::theme::{AUTO, Theme, ThemeSet};
use crate::tui::style::user_theme::{UserTheme, parse_user_theme};

/// Settings, keymap and themes of a session.
pub(crate) struct Options {
    pub(crate) settings: Settings,
    /// The settings without what was changed in earlier sessions.
    pub(crate) configured: Settings,
    pub(crate) keymap: Keymap,
    pub(crate) themes: ThemeSet,
    /// Why stories before the first one that is opened were not.
    pub(crate) not_opened: Vec<String>,
}

impl Options {
    /// Combines the settings with the built-in and user themes, and selects the theme of the settings. Without colour
    /// only the monochrome theme is available.
    ///
    /// # Errors
    /// An invalid user theme, or a theme name that does not exist.
    pub(crate) fn new(
        settings: Settings,
        configured: Settings,
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
        Ok(Self { settings, configured, keymap, themes, not_opened: Vec::new() })
    }
}

/// The keymap of a preset, overridden by the user's `keys.toml`.
///
/// # Errors
/// See [`Keymap::new`].
pub(crate) fn load_keymap(preset: KeymapPreset, own: Option<&str>) -> Result<Keymap, Diagnostic> {
    Keymap::new(preset, own)
}
