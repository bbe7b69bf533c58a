//! `pullquote config`: prints the settings, the keys, a theme or the settings folder.

use std::io::{self, Write};

use crate::cli::ConfigArgs;
use crate::config::suggestion::describe_unknown_choice;
use crate::config::{self, Config, ConfigFile};
use crate::diagnostic::Diagnostic;
use crate::subcommand::exit::report_config_error;
use crate::subcommand::options::{load_config, load_keymap, settings_folder};
use crate::tui;

/// Runs `pullquote config`; returns the exit code.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn run(args: ConfigArgs) -> io::Result<u8> {
    match render_output(args) {
        Ok(text) => io::stdout().write_all(text.as_bytes()).map(|()| 0),
        Err(error) => Ok(report_config_error(&error)),
    }
}

fn render_output(args: ConfigArgs) -> Result<String, Diagnostic> {
    let output = args.output;
    if output.path {
        // The path is printed even if a file in the folder is invalid: it is needed to correct the file.
        let unknown = || Diagnostic::new("config", "The home folder is unknown; set XDG_CONFIG_HOME");
        return settings_folder(args.config)?.map(|it| format!("{}\n", it.display())).ok_or_else(unknown);
    }
    let (config, _) = load_config(args.config)?;
    if let Some(preset) = output.print_keys {
        let keymap = match preset {
            Some(preset) => load_keymap(&Config::default(), preset)?,
            None => load_keymap(&config, config.settings.keys)?,
        };
        return Ok(format!("# Save as keys.toml to override the default keys.\n{}", keymap.to_toml()));
    }
    if let Some(name) = &output.print_theme {
        return theme_source(&config, name.as_ref().unwrap_or(&config.settings.theme));
    }
    Ok(config::to_toml(&config.settings))
}

/// Returns the file of the user's theme with this name, or else of the built-in one. Of `auto` it is the dark one.
fn theme_source(config: &Config, name: &str) -> Result<String, Diagnostic> {
    let user_theme = config.themes.iter().find(|it| it.name() == name).map(|it| it.text.as_str());
    if let Some(source) = user_theme.or_else(|| tui::theme_source(name)) {
        return Ok(source.to_string());
    }
    let built_in = tui::theme_names();
    let known = built_in.into_iter().chain(config.themes.iter().map(ConfigFile::name));
    Err(Diagnostic::new("--print-theme", describe_unknown_choice("theme", name, known)))
}
