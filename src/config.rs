//! The settings folder: reads `config.toml`, finds `keys.toml` and `themes/*.toml`.

pub(crate) mod settings;
pub(crate) mod suggestion;
pub(crate) mod toml_entries;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use crate::config::settings::{
    ColorMode, FilterDisplay, KeymapPreset, MAX_EXTRA_SIDE_WIDTH, MAX_TEXT_WIDTH, MIN_TEXT_WIDTH, Settings,
    name_of,
};
use crate::config::toml_entries::Entry;
use crate::diagnostic::Diagnostic;

/// The content of the settings folder.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) settings: Settings,
    /// The names of the settings that `config.toml` sets.
    pub(crate) named: Vec<String>,
    /// `keys.toml`, if it exists.
    pub(crate) keys: Option<ConfigFile>,
    /// The files of `themes/`, sorted by name.
    pub(crate) themes: Vec<ConfigFile>,
}

/// A file of the settings folder.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl ConfigFile {
    /// Returns its name without the extension.
    pub(crate) fn name(&self) -> &str {
        self.path.file_stem().and_then(OsStr::to_str).unwrap_or_default()
    }
}

/// Returns the default settings folder: `$XDG_CONFIG_HOME/pullquote`, or else `~/.config/pullquote`.
///
/// Returns `None` if the home folder is unknown.
pub(crate) fn default_folder() -> Option<PathBuf> {
    Xdg::new().ok().map(|it| it.config_dir().join("pullquote"))
}

/// Reads a settings folder; missing files leave the defaults.
///
/// # Errors
/// If a file cannot be read, or if `config.toml` is invalid. Its theme must be one of `built_in_themes` or of `themes/`.
pub(crate) fn read_folder(folder: &Path, built_in_themes: &[&str]) -> Result<Config, Diagnostic> {
    let mut config = Config { themes: read_theme_files(&folder.join("themes"))?, ..Config::default() };
    config.keys = read_file(folder.join("keys.toml"))?;
    if let Some(file) = read_file(folder.join("config.toml"))? {
        let user_themes = config.themes.iter().map(ConfigFile::name);
        let themes: Vec<&str> = built_in_themes.iter().copied().chain(user_themes).collect();
        config.settings = parse_settings(&file.text, &themes).map_err(|it| it.in_file(&file.path))?;
        let entries = toml_entries::parse(&file.text).unwrap_or_default();
        config.named = entries.iter().map(|it| it.name().to_string()).collect();
    }
    Ok(config)
}

/// Reads a file; `None` if it does not exist.
fn read_file(path: PathBuf) -> Result<Option<ConfigFile>, Diagnostic> {
    // Reading a named pipe would wait for its other end.
    if fs::metadata(&path).is_ok_and(|it| !it.is_file()) {
        return Err(Diagnostic::new(path.display().to_string(), "This is not a regular file"));
    }
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(ConfigFile { path, text })),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&path, &error)),
    }
}

fn read_theme_files(folder: &Path) -> Result<Vec<ConfigFile>, Diagnostic> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let paths = entries.flatten().map(|it| it.path());
    let mut paths: Vec<PathBuf> = paths.filter(|it| it.extension() == Some(OsStr::new("toml"))).collect();
    paths.sort();
    paths.into_iter().filter_map(|it| read_file(it).transpose()).collect()
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(path.display().to_string(), format!("Cannot be read: {error}"))
}

/// Parses `config.toml`; settings that it does not name have their defaults.
///
/// # Errors
/// If it is not TOML, names an unknown setting or has an invalid value. The theme must be one of `themes`.
pub(crate) fn parse_settings(source: &str, themes: &[&str]) -> Result<Settings, Diagnostic> {
    let mut settings = Settings::default();
    for entry in toml_entries::parse(source)? {
        let spec = SETTINGS.iter().find(|it| it.name == entry.name());
        let spec = spec.ok_or_else(|| entry.unknown_name("setting", SETTINGS.iter().map(|it| it.name)))?;
        (spec.parse)(&mut settings, &entry, themes)?;
    }
    Ok(settings)
}

/// Applies settings that were saved in the form of `config.toml`. Those in `named` are left as they are; unknown names and
/// invalid values are passed over, as the user has not written them.
pub(crate) fn apply_saved(settings: &mut Settings, saved: &str, named: &[String], themes: &[&str]) {
    for entry in toml_entries::parse(saved).unwrap_or_default() {
        let spec = SETTINGS.iter().find(|it| it.name == entry.name());
        if let Some(spec) = spec.filter(|it| !named.iter().any(|name| name == it.name)) {
            // An invalid value leaves the setting as it is.
            let _ = (spec.parse)(settings, &entry, themes);
        }
    }
}

/// Returns `saved`, in the form of `config.toml`, with the settings that differ between two states.
pub(crate) fn with_changes(saved: &str, before: &Settings, after: &Settings) -> String {
    let saved_value = |spec: &SettingSpec| {
        let prefix = format!("{} = ", spec.name);
        saved.lines().find_map(|it| it.strip_prefix(&prefix)).map(str::to_string)
    };
    let value = |spec: &SettingSpec| {
        let changed = (spec.to_toml)(after);
        if changed == (spec.to_toml)(before) { saved_value(spec) } else { Some(changed) }
    };
    SETTINGS.iter().filter_map(|it| Some(format!("{} = {}\n", it.name, value(it)?))).collect()
}

/// Writes the settings in the form of `config.toml`, each with a comment.
pub(crate) fn to_toml(settings: &Settings) -> String {
    let entry = |it: &SettingSpec| format!("# {}\n{} = {}\n", it.comment, it.name, (it.to_toml)(settings));
    SETTINGS.iter().map(entry).collect::<Vec<_>>().join("\n")
}

/// How one setting is read and written.
struct SettingSpec {
    /// The key in `config.toml`.
    name: &'static str,
    /// What the setting does, for a comment; it may have several lines.
    comment: &'static str,
    /// Reads the value of the entry into the settings; the slice holds the names of all themes.
    parse: fn(&mut Settings, &Entry, &[&str]) -> Result<(), Diagnostic>,
    /// Writes the value as TOML.
    to_toml: fn(&Settings) -> String,
}

const SETTINGS: &[SettingSpec] = &[
    SettingSpec {
        name: "theme",
        comment: "Colour theme: auto (dark or light to match the terminal), a built-in one (`pullquote --help` lists\n\
                  # them), or a file in `themes/` here, without its `.toml`.",
        parse: |settings, entry, themes| {
            let name = entry.string()?;
            if !themes.contains(&name) {
                return Err(entry.not_one_of("theme", themes.iter().copied()));
            }
            settings.theme = name.into();
            Ok(())
        },
        to_toml: |it| format!("{:?}", it.theme),
    },
    SettingSpec {
        name: "color",
        comment: "Use colour: auto (unless NO_COLOR is set), always or never.",
        parse: |settings, entry, _| {
            entry.one_of("colour mode", ColorMode::NAMES).map(|value| settings.color = value)
        },
        to_toml: |it| format!("{:?}", name_of(ColorMode::NAMES, &it.color)),
    },
    SettingSpec {
        name: "width",
        comment: "Maximum text width in columns: 30 to 120.",
        parse: |settings, entry, _| {
            entry
                .integer(&(MIN_TEXT_WIDTH.into()..=MAX_TEXT_WIDTH.into()))
                .map(|value| settings.width = value as u16)
        },
        to_toml: |it| it.width.to_string(),
    },
    SettingSpec {
        name: "side",
        comment: "Extra width of the side pane in columns: -120 to 120.",
        parse: |settings, entry, _| {
            entry
                .integer(&((-MAX_EXTRA_SIDE_WIDTH).into()..=MAX_EXTRA_SIDE_WIDTH.into()))
                .map(|value| settings.side = value as i16)
        },
        to_toml: |it| it.side.to_string(),
    },
    SettingSpec {
        name: "center",
        comment: "Centre the text.",
        parse: |settings, entry, _| entry.boolean().map(|value| settings.center = value),
        to_toml: |it| it.center.to_string(),
    },
    SettingSpec {
        name: "gap",
        comment: "Paragraph spacing in lines: 0 to 2.",
        parse: |settings, entry, _| entry.integer(&(0..=2)).map(|value| settings.gap = value as u16),
        to_toml: |it| it.gap.to_string(),
    },
    SettingSpec {
        name: "justify",
        comment: "Justify the text.",
        parse: |settings, entry, _| entry.boolean().map(|value| settings.justify = value),
        to_toml: |it| it.justify.to_string(),
    },
    SettingSpec {
        name: "hyphenate",
        comment: "Hyphenate long words.",
        parse: |settings, entry, _| entry.boolean().map(|value| settings.hyphenate = value),
        to_toml: |it| it.hyphenate.to_string(),
    },
    SettingSpec {
        name: "filter",
        comment: "How text that does not match the filter is shown: dim, fold or hide.",
        parse: |settings, entry, _| {
            entry.one_of("filter display", FilterDisplay::NAMES).map(|value| settings.filter = value)
        },
        to_toml: |it| format!("{:?}", name_of(FilterDisplay::NAMES, &it.filter)),
    },
    SettingSpec {
        name: "stance",
        comment: "Show beliefs, plans and feelings in the reporter’s words, not only speech.",
        parse: |settings, entry, _| entry.boolean().map(|value| settings.stance = value),
        to_toml: |it| it.stance.to_string(),
    },
    SettingSpec {
        name: "keep-text",
        comment: "Keep the text of stories from addresses, feeds and pipes, so that the history opens them again, and the first lines of all others.",
        parse: |settings, entry, _| entry.boolean().map(|value| settings.keep_text = value),
        to_toml: |it| it.keep_text.to_string(),
    },
    SettingSpec {
        name: "keys",
        comment: "Key preset: default (like vim's), less or emacs; `keys.toml` here overrides it.",
        parse: |settings, entry, _| {
            entry.one_of("key preset", KeymapPreset::NAMES).map(|value| settings.keys = value)
        },
        to_toml: |it| format!("{:?}", name_of(KeymapPreset::NAMES, &it.keys)),
    },
    SettingSpec {
        name: "mouse",
        comment: "Enable the mouse; if false, the terminal uses it to select text.",
        parse: |settings, entry, _| entry.boolean().map(|value| settings.mouse = value),
        to_toml: |it| it.mouse.to_string(),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: &[&str] = &["auto", "terminal", "dark", "light"];

    #[test]
    fn what_is_printed_is_read_again_as_the_same() {
        let other = Settings {
            theme: "dark".into(),
            color: ColorMode::Never,
            width: 80,
            side: -7,
            center: false,
            gap: 2,
            justify: true,
            hyphenate: true,
            filter: FilterDisplay::Hide,
            stance: true,
            keep_text: false,
            keys: KeymapPreset::Emacs,
            mouse: false,
        };
        for settings in [Settings::default(), other] {
            assert_eq!(parse_settings(&to_toml(&settings), THEMES), Ok(settings));
        }
    }

    #[test]
    fn a_wrong_setting_is_reported_with_its_line_and_a_suggestion() {
        for (source, line, message) in [
            ("\nwidht = 70\n", 2, "Unknown setting `widht`; did you mean `width`?"),
            (
                "width = 70\ntheme = \"drak\"",
                2,
                "Unknown theme `drak`; did you mean `dark`? Choose one of auto, terminal, dark, light",
            ),
            ("theme = \"neon\"", 1, "Unknown theme `neon`; choose one of auto, terminal, dark, light"),
            ("width = 7", 1, "`width` must be a number from 30 to 120"),
            ("width = \"wide\"", 1, "`width` must be a number from 30 to 120"),
            ("gap = 3", 1, "`gap` must be a number from 0 to 2"),
            ("hyphen = true", 1, "Unknown setting `hyphen`; did you mean `hyphenate`?"),
            ("mouse = 1", 1, "`mouse` must be true or false"),
            (
                "keys = \"vi\"",
                1,
                "Unknown key preset `vi`; did you mean `vim`? Choose one of default, vim, less, emacs",
            ),
            ("color = true", 1, "`color` must be text in quotation marks"),
            ("[theme]\nname = \"dark\"", 1, "`theme` must be text in quotation marks"),
        ] {
            let error = parse_settings(source, THEMES).unwrap_err();
            assert_eq!(error, Diagnostic::at_line(line, message), "{source}");
        }
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        assert_eq!(parse_settings("# nothing yet\n", THEMES), Ok(Settings::default()));
    }

    #[test]
    fn what_was_changed_is_saved_and_config_toml_wins_where_it_speaks() {
        let before = Settings::default();
        let after = Settings { width: 80, theme: "dark".into(), ..Settings::default() };
        let saved = with_changes("gap = 2\nwidth = 40\n", &before, &after);
        assert_eq!(saved, "theme = \"dark\"\nwidth = 80\ngap = 2\n");
        let mut settings = Settings::default();
        apply_saved(&mut settings, &saved, &["width".to_string()], THEMES);
        assert_eq!((settings.width, settings.gap, settings.theme.as_str()), (before.width, 2, "dark"));
        apply_saved(&mut settings, "gap = 9\ntheme = \"gone\"\nwhat = 1\n", &[], THEMES);
        assert_eq!((settings.gap, settings.theme.as_str()), (2, "dark"));
        apply_saved(&mut settings, "not toml", &[], THEMES);
        assert_eq!(settings.gap, 2);
    }
}
