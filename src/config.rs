//! The folder of settings → what is set in it: `config.toml` is read here, `keys.toml` and `themes/*.toml` are handed on.

pub(crate) mod settings;
pub(crate) mod toml_entries;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use crate::config::settings::{Preset, Settings, Way, When, name_of};
use crate::config::toml_entries::{Entry, Fault};

/// What a person has set.
#[derive(Debug, Default)]
pub(crate) struct Config {
    pub(crate) settings: Settings,
    /// `keys.toml`, if there is one.
    pub(crate) keys: Option<File>,
    /// The files of `themes/`, by name.
    pub(crate) themes: Vec<File>,
}

/// A file as it stands in the folder.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

impl File {
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
    pub(crate) fn at(path: &Path, fault: &Fault) -> Self {
        Self { place: format!("{}: line {}", path.display(), fault.line), what: fault.what.clone() }
    }

    fn unread(path: &Path, error: &io::Error) -> Self {
        Self { place: path.display().to_string(), what: format!("it cannot be read: {error}") }
    }
}

/// Where the settings stand unless somebody says otherwise: `$XDG_CONFIG_HOME/pullquote`, or `~/.config/pullquote`.
pub(crate) fn folder() -> Option<PathBuf> {
    Xdg::new().ok().map(|it| it.config_dir().join("pullquote"))
}

/// Reads the folder. What is not there is not set; `themes` are the names of those that need no file.
pub(crate) fn read(folder: &Path, themes: &[&str]) -> Result<Config, Wrong> {
    let mut config = Config { themes: theme_files(&folder.join("themes"))?, ..Config::default() };
    config.keys = file(folder.join("keys.toml"))?;
    if let Some(file) = file(folder.join("config.toml"))? {
        let own = config.themes.iter().map(File::name);
        let themes: Vec<&str> = themes.iter().copied().chain(own).collect();
        config.settings = settings(&file.text, &themes).map_err(|it| Wrong::at(&file.path, &it))?;
    }
    Ok(config)
}

/// A file's words; `None` where there is no such file.
fn file(path: PathBuf) -> Result<Option<File>, Wrong> {
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(File { path, text })),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Wrong::unread(&path, &error)),
    }
}

fn theme_files(folder: &Path) -> Result<Vec<File>, Wrong> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(Wrong::unread(folder, &error)),
    };
    let paths = entries.flatten().map(|it| it.path());
    let mut paths: Vec<PathBuf> = paths.filter(|it| it.extension() == Some(OsStr::new("toml"))).collect();
    paths.sort();
    paths.into_iter().filter_map(|it| file(it).transpose()).collect()
}

/// Reads the form of `config.toml`.
pub(crate) fn settings(source: &str, themes: &[&str]) -> Result<Settings, Fault> {
    let mut settings = Settings::default();
    for entry in toml_entries::entries(source)? {
        let row = ROWS.iter().find(|it| it.name == entry.name());
        let row = row.ok_or_else(|| entry.unknown("setting", ROWS.iter().map(|it| it.name)))?;
        (row.read)(&mut settings, &entry, themes)?;
    }
    Ok(settings)
}

/// The settings in the form of `config.toml`, each with its words.
pub(crate) fn print(settings: &Settings) -> String {
    let rows = ROWS.iter().map(|it| format!("# {}\n{} = {}\n", it.words, it.name, (it.write)(settings)));
    rows.collect::<Vec<_>>().join("\n")
}

/// One setting: how it is read from `config.toml`, where the names of the themes are known, and written there.
struct Row {
    name: &'static str,
    words: &'static str,
    read: fn(&mut Settings, &Entry, &[&str]) -> Result<(), Fault>,
    write: fn(&Settings) -> String,
}

const ROWS: &[Row] = &[
    Row {
        name: "theme",
        words: "The colours: a theme that is built in (`pullquote --help` names them), auto (dark or light, as the\n\
                # terminal is), or a file of `themes/` here, without its `.toml`.",
        read: |it, entry, themes| {
            let name = entry.words()?;
            if !themes.contains(&name) {
                return Err(entry.not_among(themes.iter().copied()));
            }
            it.theme = name.into();
            Ok(())
        },
        write: |it| format!("{:?}", it.theme),
    },
    Row {
        name: "color",
        words: "When there is colour: auto (unless NO_COLOR is set), always or never.",
        read: |it, entry, _| entry.one_of(When::NAMES).map(|wish| it.color = wish),
        write: |it| format!("{:?}", name_of(When::NAMES, &it.color)),
    },
    Row {
        name: "width",
        words: "Columns of text, at most: 30 to 120.",
        read: |it, entry, _| entry.number(&(30..=120)).map(|wish| it.width = wish as u16),
        write: |it| it.width.to_string(),
    },
    Row {
        name: "side",
        words: "Columns that the side pane gets beyond its share: -120 to 120.",
        read: |it, entry, _| entry.number(&(-120..=120)).map(|wish| it.side = wish as i16),
        write: |it| it.side.to_string(),
    },
    Row {
        name: "centre",
        words: "Whether the column of text stands in the middle of its pane, not at the left.",
        read: |it, entry, _| entry.switch().map(|wish| it.centre = wish),
        write: |it| it.centre.to_string(),
    },
    Row {
        name: "gap",
        words: "Blank rows between paragraphs: 0 to 2.",
        read: |it, entry, _| entry.number(&(0..=2)).map(|wish| it.gap = wish as u16),
        write: |it| it.gap.to_string(),
    },
    Row {
        name: "justify",
        words: "Whether both edges of the column are straight.",
        read: |it, entry, _| entry.switch().map(|wish| it.justify = wish),
        write: |it| it.justify.to_string(),
    },
    Row {
        name: "hyphenate",
        words: "Whether long words are torn at the end of a row.",
        read: |it, entry, _| entry.switch().map(|wish| it.hyphenate = wish),
        write: |it| it.hyphenate.to_string(),
    },
    Row {
        name: "filter",
        words: "What becomes of those who are filtered out: dim, fold or hide.",
        read: |it, entry, _| entry.one_of(Way::NAMES).map(|wish| it.filter = wish),
        write: |it| format!("{:?}", name_of(Way::NAMES, &it.filter)),
    },
    Row {
        name: "keys",
        words: "The keys to start from: default (like vim's), less or emacs; `keys.toml` here is laid over them.",
        read: |it, entry, _| entry.one_of(Preset::NAMES).map(|wish| it.keys = wish),
        write: |it| format!("{:?}", name_of(Preset::NAMES, &it.keys)),
    },
    Row {
        name: "mouse",
        words: "Whether the reader takes the mouse; otherwise the terminal keeps it for selecting.",
        read: |it, entry, _| entry.switch().map(|wish| it.mouse = wish),
        write: |it| it.mouse.to_string(),
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
            color: When::Never,
            width: 80,
            side: -7,
            centre: false,
            gap: 2,
            justify: true,
            hyphenate: true,
            filter: Way::Hide,
            keys: Preset::Emacs,
            mouse: false,
        };
        for wanted in [Settings::default(), other] {
            assert_eq!(settings(&print(&wanted), THEMES), Ok(wanted));
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
            let fault = settings(source, THEMES).unwrap_err();
            assert_eq!((fault.line, fault.what.as_str()), (line, what), "{source}");
        }
    }

    #[test]
    fn an_empty_file_sets_nothing() {
        assert_eq!(settings("# nothing yet\n", THEMES), Ok(Settings::default()));
    }
}
