//! The folder of settings → what is set in it: `config.toml` is read here, `keys.toml` and `themes/*.toml` are handed on.

pub(crate) mod settings;
pub(crate) mod toml_entries;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use crate::config::settings::{ColorMode, FilterDisplay, KeymapPreset, Settings, name_of};
use crate::config::toml_entries::{Diagnostic, Entry};

/// What a person has set.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) settings: Settings,
    /// `keys.toml`, if there is one.
    pub(crate) keys: Option<ConfigFile>,
    /// The files of `themes/`, by name.
    pub(crate) themes: Vec<ConfigFile>,
}

/// A file as it stands in the folder.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl ConfigFile {
    /// Its name without the ending.
    pub(crate) fn name(&self) -> &str {
        self.path.file_stem().and_then(OsStr::to_str).unwrap_or_default()
    }
}

/// A file that cannot be taken as it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The file, and the line where there is one.
    pub(crate) place: String,
    pub(crate) what: String,
}

impl Wrong {
    pub(crate) fn at(path: &Path, fault: &Diagnostic) -> Self {
        Self { place: format!("{}: line {}", path.display(), fault.line), what: fault.message.clone() }
    }

    fn unread(path: &Path, error: &io::Error) -> Self {
        Self { place: path.display().to_string(), what: format!("it cannot be read: {error}") }
    }
}

/// Where the settings stand unless somebody says otherwise: `$XDG_CONFIG_HOME/pullquote`, or `~/.config/pullquote`.
pub(crate) fn default_folder() -> Option<PathBuf> {
    Xdg::new().ok().map(|it| it.config_dir().join("pullquote"))
}

/// Reads the folder. What is not there is not set; `themes` are the names of those that need no file.
pub(crate) fn read_folder(folder: &Path, themes: &[&str]) -> Result<Config, Wrong> {
    let mut config = Config { themes: read_theme_files(&folder.join("themes"))?, ..Config::default() };
    config.keys = read_file(folder.join("keys.toml"))?;
    if let Some(file) = read_file(folder.join("config.toml"))? {
        let own = config.themes.iter().map(ConfigFile::name);
        let themes: Vec<&str> = themes.iter().copied().chain(own).collect();
        config.settings = parse_settings(&file.text, &themes).map_err(|it| Wrong::at(&file.path, &it))?;
    }
    Ok(config)
}

/// A file's words; `None` where there is no such file.
fn read_file(path: PathBuf) -> Result<Option<ConfigFile>, Wrong> {
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(ConfigFile { path, text })),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Wrong::unread(&path, &error)),
    }
}

fn read_theme_files(folder: &Path) -> Result<Vec<ConfigFile>, Wrong> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(Wrong::unread(folder, &error)),
    };
    let paths = entries.flatten().map(|it| it.path());
    let mut paths: Vec<PathBuf> = paths.filter(|it| it.extension() == Some(OsStr::new("toml"))).collect();
    paths.sort();
    paths.into_iter().filter_map(|it| read_file(it).transpose()).collect()
}

/// Reads the form of `config.toml`.
pub(crate) fn parse_settings(source: &str, themes: &[&str]) -> Result<Settings, Diagnostic> {
    let mut settings = Settings::default();
    for entry in toml_entries::parse(source)? {
        let row = SETTINGS.iter().find(|it| it.name == entry.name());
        let row = row.ok_or_else(|| entry.unknown_name("setting", SETTINGS.iter().map(|it| it.name)))?;
        (row.parse)(&mut settings, &entry, themes)?;
    }
    Ok(settings)
}

/// The settings in the form of `config.toml`, each with its words.
pub(crate) fn to_toml(settings: &Settings) -> String {
    let rows =
        SETTINGS.iter().map(|it| format!("# {}\n{} = {}\n", it.comment, it.name, (it.to_toml)(settings)));
    rows.collect::<Vec<_>>().join("\n")
}

/// One setting: how it is read from `config.toml`, where the names of the themes are known, and written there.
struct SettingSpec {
    name: &'static str,
    comment: &'static str,
    parse: fn(&mut Settings, &Entry, &[&str]) -> Result<(), Diagnostic>,
    to_toml: fn(&Settings) -> String,
}

const SETTINGS: &[SettingSpec] = &[
    SettingSpec {
        name: "theme",
        comment: "The colours: a theme that is built in (`pullquote --help` names them), auto (dark or light, as the\n\
                # terminal is), or a file of `themes/` here, without its `.toml`.",
        parse: |it, entry, themes| {
            let name = entry.string()?;
            if !themes.contains(&name) {
                return Err(entry.not_one_of(themes.iter().copied()));
            }
            it.theme = name.into();
            Ok(())
        },
        to_toml: |it| format!("{:?}", it.theme),
    },
    SettingSpec {
        name: "color",
        comment: "When there is colour: auto (unless NO_COLOR is set), always or never.",
        parse: |it, entry, _| entry.one_of(ColorMode::NAMES).map(|wish| it.color = wish),
        to_toml: |it| format!("{:?}", name_of(ColorMode::NAMES, &it.color)),
    },
    SettingSpec {
        name: "width",
        comment: "Columns of text, at most: 30 to 120.",
        parse: |it, entry, _| entry.integer(&(30..=120)).map(|wish| it.width = wish as u16),
        to_toml: |it| it.width.to_string(),
    },
    SettingSpec {
        name: "side",
        comment: "Columns that the side pane gets beyond its share: -120 to 120.",
        parse: |it, entry, _| entry.integer(&(-120..=120)).map(|wish| it.side = wish as i16),
        to_toml: |it| it.side.to_string(),
    },
    SettingSpec {
        name: "centre",
        comment: "Whether the column of text stands in the middle of its pane, not at the left.",
        parse: |it, entry, _| entry.boolean().map(|wish| it.center = wish),
        to_toml: |it| it.center.to_string(),
    },
    SettingSpec {
        name: "gap",
        comment: "Blank rows between paragraphs: 0 to 2.",
        parse: |it, entry, _| entry.integer(&(0..=2)).map(|wish| it.gap = wish as u16),
        to_toml: |it| it.gap.to_string(),
    },
    SettingSpec {
        name: "justify",
        comment: "Whether both edges of the column are straight.",
        parse: |it, entry, _| entry.boolean().map(|wish| it.justify = wish),
        to_toml: |it| it.justify.to_string(),
    },
    SettingSpec {
        name: "hyphenate",
        comment: "Whether long words are torn at the end of a row.",
        parse: |it, entry, _| entry.boolean().map(|wish| it.hyphenate = wish),
        to_toml: |it| it.hyphenate.to_string(),
    },
    SettingSpec {
        name: "filter",
        comment: "What becomes of those who are filtered out: dim, fold or hide.",
        parse: |it, entry, _| entry.one_of(FilterDisplay::NAMES).map(|wish| it.filter = wish),
        to_toml: |it| format!("{:?}", name_of(FilterDisplay::NAMES, &it.filter)),
    },
    SettingSpec {
        name: "keys",
        comment: "The keys to start from: default (like vim's), less or emacs; `keys.toml` here is laid over them.",
        parse: |it, entry, _| entry.one_of(KeymapPreset::NAMES).map(|wish| it.keys = wish),
        to_toml: |it| format!("{:?}", name_of(KeymapPreset::NAMES, &it.keys)),
    },
    SettingSpec {
        name: "mouse",
        comment: "Whether the reader takes the mouse; otherwise the terminal keeps it for selecting.",
        parse: |it, entry, _| entry.boolean().map(|wish| it.mouse = wish),
        to_toml: |it| it.mouse.to_string(),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: &[&str] = &["terminal", "dark", "light"];

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
            keys: KeymapPreset::Emacs,
            mouse: false,
        };
        for wanted in [Settings::default(), other] {
            assert_eq!(parse_settings(&to_toml(&wanted), THEMES), Ok(wanted));
        }
    }

    #[test]
    fn a_wrong_setting_is_told_with_its_line_and_what_may_have_been_meant() {
        for (source, line, what) in [
            ("\nwidht = 70\n", 2, "there is no setting `widht`; did you mean `width`?"),
            (
                "width = 70\ntheme = \"drak\"",
                2,
                "`theme` may be terminal, dark, light, not `drak`; did you mean `dark`?",
            ),
            ("theme = \"neon\"", 1, "`theme` may be terminal, dark, light, not `neon`"),
            ("width = 7", 1, "`width` wants a number from 30 to 120, not 7"),
            ("width = \"wide\"", 1, "`width` wants a number from 30 to 120, not string"),
            ("gap = 3", 1, "`gap` wants a number from 0 to 2, not 3"),
            ("hyphen = true", 1, "there is no setting `hyphen`; did you mean `hyphenate`?"),
            ("mouse = 1", 1, "`mouse` wants true or false, not integer"),
            ("keys = \"vi\"", 1, "`keys` may be default, vim, less, emacs, not `vi`; did you mean `vim`?"),
            ("color = true", 1, "`color` wants words in quotation marks, not boolean"),
            ("[theme]\nname = \"dark\"", 1, "`theme` wants words in quotation marks, not table"),
        ] {
            let fault = parse_settings(source, THEMES).unwrap_err();
            assert_eq!((fault.line, fault.message.as_str()), (line, what), "{source}");
        }
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        assert_eq!(parse_settings("# nothing yet\n", THEMES), Ok(Settings::default()));
    }
}
