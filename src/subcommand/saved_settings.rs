//! Settings that the user changed in the interface. They are saved in the state folder; `config.toml` wins.

use std::path::PathBuf;
use std::{fs, io};

use crate::config::settings::Settings;
use crate::config::{self, Config, ConfigFile};
use crate::{shelf, tui};

/// The file in the state folder.
const FILE: &str = "settings.toml";

fn path() -> Option<PathBuf> {
    shelf::default_folder().ok().map(|it| it.join(FILE))
}

fn read() -> String {
    path().and_then(|it| fs::read_to_string(it).ok()).unwrap_or_default()
}

/// Applies the saved settings to those that `config.toml` does not name.
pub(crate) fn apply(settings: &mut Settings, config: &Config) {
    let built_in = tui::theme_names();
    let themes: Vec<&str> = built_in.into_iter().chain(config.themes.iter().map(ConfigFile::name)).collect();
    config::apply_saved(settings, &read(), &config.named, &themes);
}

/// Saves the settings that have changed. `is_reset` forgets those that were saved before.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn save(before: &Settings, after: &Settings, is_reset: bool) -> io::Result<()> {
    let saved = if is_reset { String::new() } else { read() };
    let changed = config::with_changes(&saved, before, after);
    let Some(path) = path().filter(|_| is_reset || changed != saved) else { return Ok(()) };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Another process never reads a file that is half written.
    let draft = path.with_extension("new");
    fs::write(&draft, changed)?;
    fs::rename(draft, path)
}
