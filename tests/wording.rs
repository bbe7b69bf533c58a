//! The words that users read: no text of the program contains an old word of its glossary.

use std::fs;
use std::path::{Path, PathBuf};

/// Old words and phrases in lower case, each with what to write instead.
const OLD_WORDS: &[(&str, &str)] = &[
    ("anew", "again"),
    ("as it was found", "undo correction"),
    ("begun", "started"),
    ("between marks", "in quotation marks"),
    ("blank", "space"),
    ("broke down", "failed"),
    ("column of text", "text width"),
    ("doubtful", "uncertain, low confidence"),
    ("everybody", "all speakers"),
    ("filtered out", "hidden by the filter"),
    ("findings", "quotes, quotes and names, side pane"),
    ("hit", "match"),
    ("hits", "matches"),
    ("ink", "colour"),
    ("is kept", "is saved"),
    ("lets through", "matches the filter"),
    ("nobody", "unknown speaker, no one"),
    ("not kept", "not saved"),
    ("noted", "saved"),
    ("nothing is kept", "nothing is saved"),
    ("own word", "correction"),
    ("ragged", "not justified"),
    ("sign", "character, symbol"),
    ("signs", "characters, symbols"),
    ("somebody", "someone, a speaker"),
    ("sought", "searched"),
    ("stand on", "move to"),
    ("stands", "is"),
    ("struck out", "rejected"),
    ("this one alone", "profile"),
    ("told", "shown, reported"),
    ("torn", "hyphenated"),
    ("whoever", "the user"),
    ("whom", "which speaker"),
    ("whose", "which speaker, sources"),
    ("without a name", "unnamed"),
    ("you say", "corrected by you"),
];

/// Texts that may contain an old word: the file, the text in lower case, and the reason.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("README.md", "--test findings", "the name of a test"),
    ("README.md", "examples/findings.sql", "the name of a file"),
    ("src/shelf/queries.rs", "nobody", "a value in the database, which is not shown"),
];

/// The Rust files whose string literals are read by users.
const MODULES: &[&str] =
    &["src/tui", "src/cli", "src/subcommand", "src/shelf", "src/config", "src/input", "src/export"];

/// The module whose doc comments are the help of the command line.
const COMMAND_LINE: &str = "src/cli";

/// Text files that are read by users.
const TEXT_FILES: &[&str] = &[
    "README.md",
    "assets/keys.toml",
    "assets/keys/less.toml",
    "assets/keys/emacs.toml",
    "assets/schema.json",
];

#[test]
fn no_text_for_users_contains_an_old_word() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for file in MODULES.iter().flat_map(|module| rust_files(root, module)) {
        let name = file.strip_prefix(root).unwrap().display().to_string();
        let code = fs::read_to_string(&file).unwrap();
        let found = texts_in(&code, name.starts_with(COMMAND_LINE)).into_iter();
        texts.extend(found.map(|(line, text)| (name.clone(), line, text)));
    }
    assert!(texts.len() > 1000, "only {} texts were found", texts.len());
    for name in TEXT_FILES {
        let text = fs::read_to_string(root.join(name)).unwrap();
        texts.extend(text.lines().zip(1..).map(|(text, line)| (name.to_string(), line, text.to_string())));
    }
    let faults = texts.iter().flat_map(|(name, line, text)| {
        old_words(name, text)
            .map(move |(old, new)| format!("{name}:{line}: “{old}” in {text:?}: write {new}"))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{} old words:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn an_old_word_is_found_as_a_whole_word_only() {
    let found = |text: &str| old_words("README.md", text).map(|it| it.0).collect::<Vec<_>>();
    assert_eq!(found("3 hits"), ["hits"]);
    assert_eq!(found("Stand on a quote."), ["stand on"]);
    assert_eq!(found("white, linked, signed"), [""; 0]);
    assert_eq!(found("cargo test --test findings"), [""; 0]);
}

#[test]
fn the_texts_of_a_rust_file_are_its_string_literals() {
    let texts = |code: &str| texts_in(code, false).into_iter().map(|it| it.1).collect::<Vec<_>>();
    assert_eq!(
        texts("let a = \"one\"; // \"two\"\nlet b = r#\"th\"ree\"#; let c = '\"'; f::<'a>(b\"four\");"),
        ["one", "th\"ree", "four"]
    );
    assert_eq!(texts("/// \"not this\"\nfn f() { g(\"a \\\"b\\\" c\") }"), ["a \\\"b\\\" c"]);
    assert_eq!(texts("f(\"one\");\n#[cfg(test)]\nmod tests { f(\"two\") }"), ["one"]);
    assert_eq!(texts_in("/// Shows help\nhelp: bool", true), [(1, "Shows help".to_string())]);
}

/// Returns the old words in a text of a file, each with what to write instead.
fn old_words(file: &str, text: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut text = text.to_lowercase();
    for (_, allowed, _) in ALLOWED.iter().filter(|it| it.0 == file) {
        text = text.replace(allowed, "");
    }
    OLD_WORDS.iter().copied().filter(move |(old, _)| {
        let is_letter = |ch: Option<char>| ch.is_some_and(char::is_alphanumeric);
        text.match_indices(old).any(|(start, _)| {
            let (before, after) = (&text[..start], &text[start + old.len()..]);
            !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
        })
    })
}

/// Returns the string literals before the tests of a Rust file, and its doc comments if wanted, each with its line.
fn texts_in(code: &str, with_doc_comments: bool) -> Vec<(usize, String)> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut texts = Vec::new();
    let mut rest = code;
    let line_of = |rest: &str| code[..code.len() - rest.len()].matches('\n').count() + 1;
    while let Some(ch) = rest.chars().next() {
        if rest.starts_with("//") {
            let (comment, after) = rest.split_once('\n').unwrap_or((rest, ""));
            if with_doc_comments && let Some(text) = comment.strip_prefix("/// ") {
                texts.push((line_of(rest), text.to_string()));
            }
            rest = after;
        } else if let Some((text, after)) = raw_string(rest).or_else(|| string(rest)) {
            texts.push((line_of(rest), text.to_string()));
            rest = after;
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest = &rest[rest.len().min(if rest.starts_with("'\"'") { 3 } else { 4 })..];
        } else {
            rest = &rest[ch.len_utf8()..];
        }
    }
    texts
}

/// Splits a string literal from the start of some code.
fn string(code: &str) -> Option<(&str, &str)> {
    let inner = code.strip_prefix('"')?;
    let mut is_escaped = false;
    let end = inner.find(|ch| {
        let ends = ch == '"' && !is_escaped;
        is_escaped = ch == '\\' && !is_escaped;
        ends
    })?;
    Some((&inner[..end], &inner[end + 1..]))
}

/// Splits a raw string literal from the start of some code.
fn raw_string(code: &str) -> Option<(&str, &str)> {
    let rest = code.strip_prefix('r')?;
    let inner = rest.trim_start_matches('#');
    let closing = format!("\"{}", "#".repeat(rest.len() - inner.len()));
    inner.strip_prefix('"')?.split_once(closing.as_str())
}

/// Returns the Rust files of a module and its folder, without tests.
fn rust_files(root: &Path, module: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = vec![root.join(format!("{module}.rs"))];
    let mut folders = vec![root.join(module)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let is_test = path.file_stem().is_some_and(|it| it == "tests");
            match path.extension() {
                _ if is_test => {}
                Some(extension) if extension == "rs" => files.push(path),
                _ if path.is_dir() => folders.push(path),
                _ => {}
            }
        }
    }
    files.retain(|it| it.exists());
    files
}
