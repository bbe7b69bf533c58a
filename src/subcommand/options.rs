//! Reads the settings folder and the command line into the options of the user interface.

use std::env;
use std::path::{Path, PathBuf};

use crate::cli::ReadArgs;
use crate::config::settings::{ColorMode, KeymapPreset};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::subcommand::saved_settings;
use crate::tui::{self, Keymap, Options, UserTheme};

/// Loads the options of the user interface; the command line overrides the settings.
///
/// # Errors
/// If a file of the settings folder or the theme's name is invalid.
pub(crate) fn load_options(args: &ReadArgs) -> Result<Options, Diagnostic> {
    let (config, _) = load_config(args.config.clone())?;
    let mut settings = config.settings.clone();
    if !args.no_shelf {
        saved_settings::apply(&mut settings, &config);
    }
    settings.color = args.color.unwrap_or(settings.color);
    settings.keys = args.keys.unwrap_or(settings.keys);
    settings.mouse &= !args.no_mouse;
    if let Some(theme) = &args.theme {
        settings.theme.clone_from(theme);
    }
    let keymap = load_keymap(&config, settings.keys)?;
    let user_themes: Vec<UserTheme> =
        config.themes.iter().map(|it| UserTheme { name: it.name(), source: &it.text }).collect();
    let is_colored = is_color_enabled(settings.color);
    Options::new(settings, config.settings.clone(), keymap, &user_themes, is_colored)
        .map_err(|it| Diagnostic::new("--theme", it))
}

/// Returns the settings folder: `folder`, or `$PULLQUOTE_CONFIG`, or the default one; `None` if there is no default one.
///
/// # Errors
/// If a named folder does not exist.
pub(crate) fn settings_folder(folder: Option<PathBuf>) -> Result<Option<PathBuf>, Diagnostic> {
    let variable = || env::var_os("PULLQUOTE_CONFIG").filter(|it| !it.is_empty()).map(PathBuf::from);
    let named = folder.or_else(variable);
    if let Some(folder) = named.as_ref().filter(|it| !it.is_dir()) {
        return Err(Diagnostic::new(folder.display().to_string(), "No such settings folder"));
    }
    Ok(named.or_else(config::default_folder))
}

/// Reads and checks the settings folder that [`settings_folder`] returns. Returns its path too.
///
/// # Errors
/// If a named folder does not exist, or a file is invalid.
pub(crate) fn load_config(folder: Option<PathBuf>) -> Result<(Config, Option<PathBuf>), Diagnostic> {
    let Some(folder) = settings_folder(folder)? else { return Ok((Config::default(), None)) };
    let config = config::read_folder(&folder, &tui::theme_names())?;
    for file in &config.themes {
        tui::check_theme(&file.text).map_err(|it| it.in_file(&file.path))?;
    }
    load_keymap(&config, config.settings.keys)?;
    Ok((config, Some(folder)))
}

/// Returns the keys of a preset, overridden by the user's `keys.toml`.
pub(crate) fn load_keymap(config: &Config, preset: KeymapPreset) -> Result<Keymap, Diagnostic> {
    let file = config.keys.as_ref();
    let path = file.map_or(Path::new("keys.toml"), |it| &it.path);
    tui::load_keymap(preset, file.map(|it| it.text.as_str())).map_err(|it| it.in_file(path))
}

/// Whether colours are used. `NO_COLOR` and `CLICOLOR` count in [`ColorMode::Auto`] only.
fn is_color_enabled(mode: ColorMode) -> bool {
    match mode {
        ColorMode::Auto => {
            let is_off = env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
            !is_off && env::var_os("CLICOLOR").is_none_or(|it| it != "0")
        }
        ColorMode::Always => true,
        ColorMode::Never => false,
    }
}
