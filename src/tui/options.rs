//! What the reader is fitted out with: settings, keys, and the themes that there are, those of a person's own with them.

use crate::config::settings::{Preset, Settings};
use crate::config::toml_entries::Fault;
use crate::tui::input::keymap::Keymap;
use crate::tui::style::theme::{AUTO, Theme, Themes};
use crate::tui::style::user_theme::{OwnTheme, theme};

/// How the screen looks, and which keys it knows.
pub(crate) struct Look {
    pub(crate) settings: Settings,
    pub(crate) keymap: Keymap,
    pub(crate) themes: Themes,
}

impl Look {
    /// With the theme on that the settings name, among the built-in ones and one's own; without colour there is the
    /// monochrome one alone, whatever its name.
    pub(crate) fn new(
        settings: Settings,
        keymap: Keymap,
        own: &[OwnTheme],
        color: bool,
    ) -> Result<Self, String> {
        let mut themes = Themes::built_in()?;
        for own in own {
            themes.add(own.name, theme(own.source).map_err(|it| it.to_string())?);
        }
        if settings.theme != AUTO && !themes.wear(&settings.theme) {
            Theme::named(&settings.theme)?;
        }
        let themes = if color { themes } else { Themes::colorless()? };
        Ok(Self { settings, keymap, themes })
    }
}

/// The keys of a preset with a person's own `keys.toml` over them.
pub(crate) fn keys(preset: Preset, own: Option<&str>) -> Result<Keymap, Fault> {
    Keymap::of(preset, own)
}
