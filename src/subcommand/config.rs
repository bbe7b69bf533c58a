//! `pullquote config`: prints the settings or their folder; and reads them for the other subcommands.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli;
use crate::cli::ConfigOutput;
use crate::config::settings::KeymapPreset;
use crate::config::toml_entries;
use crate::config::{self, Config, Wrong};
use crate::subcommand::exit::{BAD_USAGE, report};
use crate::tui::{self, Keymap};

/// Runs `pullquote config`; returns the exit code.
pub(crate) fn run(asked: cli::ConfigArgs) -> io::Result<u8> {
    match render_output(asked.config, &asked.output) {
        Ok(text) => io::stdout().write_all(text.as_bytes()).map(|()| 0),
        Err(wrong) => Ok(report_config_error(&wrong)),
    }
}

/// `pullquote config`
fn render_output(folder: Option<PathBuf>, wanted: &ConfigOutput) -> Result<String, Wrong> {
    let (config, folder) = load_config(folder)?;
    let settings = &config.settings;
    if wanted.path {
        return folder.map(|it| format!("{}\n", it.display())).ok_or(Wrong {
            place: "config".into(),
            what: "no home folder is known; set XDG_CONFIG_HOME".into(),
        });
    }
    if let Some(preset) = wanted.print_keys {
        let keymap = match preset {
            Some(preset) => load_keymap(&Config::default(), preset)?,
            None => load_keymap(&config, settings.keys)?,
        };
        return Ok(format!("# To be laid over any keys as keys.toml.\n{}", keymap.to_toml()));
    }
    if let Some(name) = &wanted.print_theme {
        let name = name.as_ref().unwrap_or(&settings.theme);
        let own = config.themes.iter().find(|it| it.name() == name).map(|it| it.text.as_str());
        let known = tui::theme_names().into_iter().chain(config.themes.iter().map(config::ConfigFile::name));
        let theme = own.or_else(|| tui::theme_source(name)).map(ToString::to_string);
        return theme.ok_or_else(|| Wrong {
            place: "--print-theme".into(),
            what: if tui::theme_names().contains(&name.as_str()) {
                format!("{name} is dark or light, as the terminal is; name one of the two")
            } else {
                toml_entries::describe_unknown("theme", name, known)
            },
        });
    }
    Ok(config::to_toml(settings))
}

/// What is set in the folder that is asked for, or in a person's own, with its path; all of it is sound.
pub(crate) fn load_config(asked: Option<PathBuf>) -> Result<(Config, Option<PathBuf>), Wrong> {
    let named =
        asked.or_else(|| env::var_os("PULLQUOTE_CONFIG").filter(|it| !it.is_empty()).map(PathBuf::from));
    if let Some(folder) = named.as_ref().filter(|it| !it.is_dir()) {
        return Err(Wrong {
            place: folder.display().to_string(),
            what: "there is no such folder of settings".into(),
        });
    }
    let Some(folder) = named.or_else(config::default_folder) else { return Ok((Config::default(), None)) };
    let config = config::read_folder(&folder, &tui::theme_names())?;
    for file in &config.themes {
        tui::check_theme(&file.text).map_err(|it| Wrong::at(&file.path, &it))?;
    }
    load_keymap(&config, config.settings.keys)?;
    Ok((config, Some(folder)))
}

/// The keys of a preset with a person's own over them.
pub(crate) fn load_keymap(config: &Config, preset: KeymapPreset) -> Result<Keymap, Wrong> {
    let own = config.keys.as_ref();
    let path = own.map_or(Path::new("keys.toml"), |it| &it.path);
    tui::load_keymap(preset, own.map(|it| it.text.as_str())).map_err(|it| Wrong::at(path, &it))
}

/// Tells what is wrong with the settings; the exit code.
pub(crate) fn report_config_error(wrong: &Wrong) -> u8 {
    report(&wrong.place, &wrong.what);
    BAD_USAGE
}
