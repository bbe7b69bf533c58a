//! Who may import whom: the table of the rooms, held against the code.
//!
//! 1. [`IMPORTS`] says for each room which rooms it may name, and which foreign crates.
//! 2. [`LAYERS`] says in which order the files of a room stand on each other.
//! 3. Each file under `src/` is read without its comments, strings and tests;
//!    every path in it is resolved from the root and held against the tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A module, the modules that it may import, and the foreign crates that it may use.
const IMPORTS: &[(&str, &[&str], &[&str])] = &[
    ("span", &[], &[]),
    ("text_safety", &[], &[]),
    ("story", &["span"], &[]),
    ("analysis", &["span"], &[]),
    ("correction", &["analysis", "span", "text_safety"], &[]),
    (
        "load",
        &["story", "span", "text_safety"],
        &["chardetng", "dom_query", "dom_smoothie", "encoding_rs", "pulldown_cmark"],
    ),
    (
        "engine",
        &["story", "analysis", "span"],
        &[
            "rayon",
            "rten_gemm",
            "rten_simd",
            "rten_tensor",
            "rten_vecmath",
            "strsim",
            "unicode_normalization",
            "unicode_segmentation",
        ],
    ),
    (
        "export",
        &["story", "analysis", "span", "text_safety"],
        &["csv", "serde", "serde_json", "unicode_segmentation"],
    ),
    ("lib", &["span", "text_safety", "story", "analysis", "correction", "load", "engine", "export"], &[]),
    ("diagnostic", &[], &[]),
    ("text", &["text_safety"], &[]),
    ("storage", &["correction", "story", "span"], &[]),
    (
        "shelf",
        &["story", "analysis", "correction", "storage", "span", "text"],
        &["blake3", "etcetera", "rusqlite", "serde", "serde_json"],
    ),
    ("config", &["diagnostic"], &["etcetera", "strsim", "toml"]),
    ("cli", &["config"], &["clap", "clap_complete", "clap_mangen"]),
    ("input", &[], &["serde", "serde_json"]),
    ("parallel", &[], &[]),
    (
        "tui",
        &[
            "story",
            "analysis",
            "correction",
            "storage",
            "span",
            "text_safety",
            "config",
            "diagnostic",
            "text",
        ],
        &[
            "crossterm",
            "hypher",
            "ratatui",
            "regex",
            "rustix",
            "serde",
            "signal_hook",
            "terminal_colorsaurus",
            "textwrap",
            "toml",
            "tui_input",
            "unicode_normalization",
            "unicode_segmentation",
            "unicode_width",
        ],
    ),
    (
        "subcommand",
        &[
            "text_safety",
            "story",
            "analysis",
            "correction",
            "text_safety",
            "load",
            "engine",
            "export",
            "tui",
            "cli",
            "config",
            "diagnostic",
            "input",
            "storage",
            "parallel",
            "shelf",
        ],
        &[],
    ),
    ("main", &["cli", "export", "subcommand"], &["clap"]),
];

/// The layers inside a module: the files and folders of each layer may import those of the layers before it.
/// The files of a module that is not listed may import each other.
const LAYERS: &[(&str, &[&[&str]])] = &[
    ("load", &[&["text", "builder", "error"], &["bytes", "structure"], &["format"]]),
    (
        "engine",
        &[
            &["text"],
            &["tagger"],
            &["entities"],
            &["attribution"],
            &["quotes"],
            &["speakers"],
            &["coreference"],
        ],
    ),
    (
        "tui",
        &[
            &["text", "input", "style"],
            &["layout", "options", "terminal"],
            &["open_story"],
            &["overlay"],
            &["app"],
            &["commands", "view"],
            &["line_mode"],
        ],
    ),
    (
        "shelf",
        &[
            &["anchor", "dates", "fingerprint", "schema"],
            &["database"],
            &["queries"],
            &["archive"],
            &["worker", "report"],
        ],
    ),
];

/// Modules whose files are stages of a pipeline, and those of their files that are not. Other stages may use the types
/// of a stage; only the module itself calls its functions.
const STAGES: &[(&str, &[&str])] = &[("engine", &["text"])];

#[test]
fn every_room_keeps_to_its_table() {
    let faults: Vec<String> = sources().iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_fault_would_be_found() {
    for (file, code, fault) in [
        ("load/format/html.rs", "use crate::engine::Engine;", "load names engine"),
        ("load/format/html.rs", "use crate::{span::Span, analysis::{self, Entity}};", "load names analysis"),
        ("load.rs", "fn f() { super::export::words() }", "load names export"),
        ("span.rs", "fn f(it: &crate::story::Story) {}", "span names story"),
        ("export/csv.rs", "use super::super::load::text;", "export names load"),
        ("tui/app.rs", "use pullquote::engine::Engine;", "tui names engine"),
        ("cli.rs", "use crate::tui::Look;", "cli names tui"),
        ("story.rs", "use serde::Serialize;", "story knows the crate serde"),
        ("load.rs", "fn f() { ratatui::init(); }", "load knows the crate ratatui"),
        ("tui/app.rs", "use super::view::Frame;", "app stands below view"),
        ("tui/layout/page.rs", "use crate::tui::overlay::help::Help;", "layout stands below overlay"),
        ("tui/view/page.rs", "use super::super::read;", "view names what is in tui.rs"),
        ("engine/quotes.rs", "use super::entities;", "quotes calls entities"),
        ("engine/quotes.rs", "use super::entities::find;", "quotes calls entities::find"),
        ("engine/entities/candidates.rs", "use super::super::quotes::Draft;", "entities stands below quotes"),
        (
            "engine/quotes.rs",
            "fn f() { super::entities::Names::found(); }",
            "quotes calls entities::Names::found",
        ),
        ("attic.rs", "", "attic is not in the table"),
    ] {
        let source = Source { file: file.into(), code: code.into() };
        assert!(faults(&source).iter().any(|it| it.contains(fault)), "{code}: {:?}", faults(&source));
    }
}

#[test]
fn what_is_no_fault_is_let_be() {
    for (file, code) in [
        ("load/format/html.rs", "// crate::engine::Engine\nuse crate::story::{Block, Story};"),
        ("load.rs", "const A: &str = \"crate::engine\"; fn f<'a>(it: &'a str) -> char { '\"' }"),
        ("load.rs", "/// [`Engine`](crate::engine::Engine)\n/* crate::engine::Engine */"),
        ("load.rs", "#[cfg(test)]\nmod tests { use crate::engine::Engine; }"),
        ("tui/view/page.rs", "use super::Pieces; use super::super::app::App;"),
        (
            "engine/quotes.rs",
            "use super::text::sentences; use super::entities::Names; fn f(names: &Names) { names.first(); self::g::h(); }",
        ),
        ("export/csv.rs", "let sheet = csv::Writer::from_writer(std::io::stdout());"),
    ] {
        let source = Source { file: file.into(), code: bare(code) };
        assert_eq!(faults(&source), [""; 0], "{code}");
    }
}

#[test]
fn every_dependency_has_a_room_that_may_know_it() {
    let manifest = read(&root().join("Cargo.toml"));
    let rows = manifest.lines().skip_while(|it| *it != "[dependencies]").skip(1);
    let names = rows.take_while(|it| !it.starts_with('[')).filter_map(|it| it.split_once(" = "));
    for (name, _) in names {
        let name = name.replace('-', "_");
        assert!(
            IMPORTS.iter().any(|it| it.2.contains(&name.as_str())),
            "{name} is in Cargo.toml, but in no room"
        );
    }
}

#[test]
fn every_file_opens_with_a_sentence() {
    for path in files(&root().join("src"), "rs") {
        let text = read(&path);
        assert!(text.starts_with("//! "), "{} does not say what it is", path.display());
    }
}

#[test]
fn word_lists_are_sorted_and_name_nothing_twice() {
    for path in files(&root().join("assets/lexicon"), "txt") {
        let text = read(&path);
        let words: Vec<&str> = text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')).collect();
        let misplaced = words.windows(2).find(|it| it[0] >= it[1]);
        assert_eq!(misplaced, None, "{}", path.display());
    }
}

/// A file of the code.
struct Source {
    /// Its path under `src/`.
    file: String,
    /// Its words without comments, strings and tests.
    code: String,
}

impl Source {
    /// Where it stands in the tree of modules: `["load", "html"]`.
    fn module(&self) -> Vec<&str> {
        self.file.trim_end_matches(".rs").split('/').collect()
    }
}

/// What the tables do not allow in a file.
fn faults(source: &Source) -> Vec<String> {
    let module = source.module();
    let room = module[0];
    let Some((_, rooms, crates)) = IMPORTS.iter().find(|it| it.0 == room) else {
        return vec![format!("{}: {room} is not in the table", source.file)];
    };
    let mut faults = BTreeSet::new();
    for path in paths(&source.code) {
        let Some(path) = resolved(&path, &module) else {
            if known_crates().contains(&path[0]) && !crates.contains(&path[0].as_str()) {
                faults.insert(format!("{room} knows the crate {}", path[0]));
            }
            continue;
        };
        let Some(other) = path.first() else { continue };
        if other == room {
            faults.extend(inside(&module, &path));
        } else if IMPORTS.iter().any(|it| it.0 == other) && !rooms.contains(&other.as_str()) {
            faults.insert(format!("{room} names {}", path.join("::")));
        }
    }
    faults.into_iter().map(|it| format!("{}: {it}", source.file)).collect()
}

/// What the order inside a room does not allow; `path` is one that leads into the room of `module` itself.
fn inside(module: &[&str], path: &[String]) -> Option<String> {
    let (room, file) = (module[0], module.get(1)?);
    let named = path.get(1).filter(|it| it != file)?;
    let stage = STAGES.iter().any(|it| it.0 == room && !it.1.contains(&named.as_str()));
    if stage && path.last()?.starts_with(|it: char| it.is_ascii_lowercase()) {
        return Some(format!("{file} calls {}", path[1..].join("::")));
    }
    let layers = LAYERS.iter().find(|it| it.0 == room)?.1;
    let layer = |name: &str| layers.iter().position(|it| it.contains(&name));
    match (layer(file), layer(named)) {
        (None, _) => Some(format!("{file} stands in no layer of {room}")),
        (_, None) => Some(format!("{file} names what is in {room}.rs: {}", path[1..].join("::"))),
        (Some(own), Some(other)) if own <= other => Some(format!("{file} stands below {named} or beside it")),
        _ => None,
    }
}

/// A path from the root of the crate, if it leads there; foreign paths do not.
fn resolved(path: &[String], module: &[&str]) -> Option<Vec<String>> {
    let mut at: Vec<String> = match path[0].as_str() {
        "crate" | "pullquote" => vec![],
        "self" | "super" => module.iter().map(ToString::to_string).collect(),
        _ => return None,
    };
    for step in path {
        match step.as_str() {
            "super" => drop(at.pop()),
            "crate" | "pullquote" | "self" => {}
            name => at.push(name.into()),
        }
    }
    Some(at)
}

/// Every path in the code that has more than one step, groups taken apart.
fn paths(code: &str) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let starts =
            is_name(tokens[at]) && tokens.get(at + 1) == Some(&"::") && (at == 0 || tokens[at - 1] != "::");
        if starts {
            at = path(&tokens, at, &[], &mut paths);
        } else {
            at += 1;
        }
    }
    paths
}

/// Reads the path that starts at a token; answers where it ends.
fn path(tokens: &[&str], mut at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens.get(at) {
            Some(&"{") => {
                at += 1;
                while tokens.get(at).is_some_and(|it| *it != "}") {
                    at = if is_name(tokens[at]) || tokens[at] == "*" {
                        self::path(tokens, at, &path, paths)
                    } else {
                        at + 1
                    };
                }
                return at + 1;
            }
            Some(step) if is_name(step) || *step == "*" => path.push((*step).into()),
            _ => {}
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            paths.push(path);
            // "as Name" gives a name to what was just read.
            return if tokens.get(at) == Some(&"as") { at + 2 } else { at };
        }
        at += 1;
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|it: char| it.is_alphabetic() || it == '_')
}

/// Names, `::`, and every other character that is no blank.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            tokens.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    tokens
}

/// Code without its comments, strings, and the tests at its end.
fn bare(code: &str) -> String {
    let mut bare = String::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let tests =
            rest.strip_prefix("#[cfg(test)]").is_some_and(|it| it.trim_start().starts_with("mod tests {"));
        if tests {
            break;
        }
        let length = comment(rest).or_else(|| string(rest)).or_else(|| character(rest));
        if length.is_none() {
            bare.push(first);
        }
        rest = &rest[length.unwrap_or(first.len_utf8())..];
    }
    bare
}

/// The length of the comment that stands first.
fn comment(code: &str) -> Option<usize> {
    if code.starts_with("//") {
        Some(code.find('\n').unwrap_or(code.len()))
    } else if code.starts_with("/*") {
        Some(code.find("*/").map_or(code.len(), |it| it + 2))
    } else {
        None
    }
}

/// The length of the string that stands first, raw ones included.
fn string(code: &str) -> Option<usize> {
    let raw = code.strip_prefix('r').map(|it| it.len() - it.trim_start_matches('#').len());
    if let Some(hashes) = raw.filter(|hashes| code[1 + hashes..].starts_with('"')) {
        let end = format!("\"{}", "#".repeat(hashes));
        let body = hashes + 2;
        return Some(code[body..].find(&end).map_or(code.len(), |it| body + it + end.len()));
    }
    let mut escaped = false;
    let body = code.strip_prefix('"')?;
    for (place, letter) in body.char_indices() {
        match letter {
            '"' if !escaped => return Some(place + 2),
            letter => escaped = letter == '\\' && !escaped,
        }
    }
    Some(code.len())
}

/// The length of the character that stands first in its marks; a lifetime is none.
fn character(code: &str) -> Option<usize> {
    let body = code.strip_prefix('\'')?;
    let mut letters = body.char_indices();
    let (_, first) = letters.next()?;
    if first == '\\' {
        letters.next();
        return body[2..].find('\'').map(|it| it + 4);
    }
    letters.next().filter(|it| it.1 == '\'').map(|(place, _)| place + 2)
}

/// The foreign crates of the table.
fn known_crates() -> BTreeSet<String> {
    IMPORTS.iter().flat_map(|it| it.2).map(ToString::to_string).collect()
}

fn sources() -> Vec<Source> {
    let root = root().join("src");
    let is_test =
        |it: &PathBuf| it.ends_with("tests.rs") || it.parent().is_some_and(|it| it.ends_with("tests"));
    let files = files(&root, "rs").into_iter().filter(|it| !is_test(it));
    let source = |path: PathBuf| {
        let file = path.strip_prefix(&root).expect("it lies under src").display().to_string();
        Source { file: file.replace('\\', "/"), code: bare(&read(&path)) }
    };
    files.map(source).collect()
}

/// All files under a folder whose names end so; none where there is no such folder.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    let deep = entries.flat_map(|it| if it.is_dir() { files(&it, ending) } else { vec![it] });
    let mut files: Vec<PathBuf> = deep.filter(|it| it.extension().is_some_and(|it| it == ending)).collect();
    files.sort();
    files
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}
