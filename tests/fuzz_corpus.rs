//! A short run of the fuzz targets over their corpus, as it is and changed at random. `just fuzz` runs them for long.

#[path = "../fuzz/checks.rs"]
mod checks;
#[cfg(feature = "cli")]
#[path = "../src/input/jsonl.rs"]
#[allow(dead_code, reason = "the program uses the rest")]
mod jsonl;
#[cfg(feature = "cli")]
#[path = "../fuzz/record_checks.rs"]
mod record_checks;
#[cfg(feature = "cli")]
#[path = "../fuzz/setting_checks.rs"]
mod setting_checks;
#[cfg(feature = "cli")]
#[path = "../src"]
#[allow(dead_code, unused_imports, reason = "the program uses the rest")]
mod source {
    pub(crate) mod config;
    pub(crate) mod diagnostic;
    pub(crate) mod tui {
        pub(crate) mod input;
        pub(crate) mod style {
            pub(crate) mod theme;
            pub(crate) mod user_theme;
        }
    }
}

use std::fs;
use std::path::Path;

#[cfg(feature = "cli")]
use pullquote::text_safety::remove_unsafe;
#[cfg(feature = "cli")]
use source::{config, diagnostic, tui};

/// How many changed inputs each file of the corpus gives.
const CHANGES: usize = 60;

/// The longest changed input, in bytes, unless the one it comes from is longer.
const MAX_BYTES: usize = 4000;

/// A generator of numbers for tests (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    /// A number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// The files of a folder, in the order of their names.
fn corpus(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).expect("the corpus").flatten().map(|it| it.path()).collect();
    files.sort();
    files.iter().map(|it| fs::read(it).expect("it is there")).collect()
}

/// Cuts, repeats, overwrites or joins parts of the corpus.
fn change(input: &[u8], others: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut changed = input.to_vec();
    for _ in 0..=numbers.below(4) {
        let (a, b) = (numbers.below(changed.len()), numbers.below(changed.len()));
        let part = a.min(b)..a.max(b) + 1;
        match numbers.below(4) {
            0 => drop(changed.drain(part).collect::<Vec<u8>>()),
            1 => {
                let part = changed[part.clone()].repeat(1 + numbers.below(20));
                changed.splice(a..a, part);
            }
            2 => changed[a] = numbers.below(256) as u8,
            _ => changed.extend(&others[numbers.below(others.len())]),
        }
        changed.truncate(input.len().max(MAX_BYTES));
        if changed.is_empty() {
            changed.push(1);
        }
    }
    changed
}

/// The files of a folder, each followed by `changes` changed copies.
fn inputs(folder: &str, changes: usize) -> Vec<Vec<u8>> {
    let corpus = corpus(folder);
    assert!(!corpus.is_empty());
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut with_changes = |input: &Vec<u8>| {
        let mut inputs = vec![input.clone()];
        inputs.extend((0..changes).map(|_| change(input, &corpus, &mut numbers)));
        inputs
    };
    corpus.iter().flat_map(&mut with_changes).collect()
}

fn run(folder: &str, changes: usize, check: fn(&[u8])) {
    for input in inputs(folder, changes) {
        let result = std::panic::catch_unwind(|| check(&input));
        assert!(result.is_ok(), "{:?}", String::from_utf8_lossy(&input));
    }
}

#[test]
fn the_corpus_of_stories_is_sound() {
    run("fuzz/corpus/story", CHANGES, checks::check_story);
}

#[test]
fn the_corpus_of_findings_is_sound() {
    run("fuzz/corpus/analysis", CHANGES, checks::check_analysis);
}

/// Each kind of the growth benchmark, made by its recipe and with an end that does not belong to it.
#[test]
fn long_texts_of_every_kind_are_sound_and_take_no_more_time_than_their_length_allows() {
    // There are fewer kinds; then they begin again.
    for kind in 0..150 {
        // Two kilobytes.
        let recipe = [&[4, kind, 8], "</p>\n\n“It rained,” said Ann Lee".as_bytes()].concat();
        let result = std::panic::catch_unwind(|| checks::check_analysis(&recipe));
        assert!(result.is_ok(), "kind {kind}");
    }
}

/// Documents, books and mailboxes that other programs have made.
#[cfg(feature = "formats")]
#[test]
fn damaged_samples_of_other_programs_are_sound_or_refused() {
    run("tests/formats", CHANGES / 6, checks::check_story);
}

#[cfg(feature = "cli")]
#[test]
fn the_corpus_of_json_lines_is_read_line_by_line() {
    run("fuzz/corpus/records", CHANGES, record_checks::check_records);
}

#[cfg(feature = "cli")]
#[test]
fn the_corpus_of_settings_is_the_same_when_it_is_written_and_read_again() {
    for folder in ["fuzz/corpus/settings", "assets/keys", "assets/themes"] {
        run(folder, CHANGES, |bytes| setting_checks::check_settings(&String::from_utf8_lossy(bytes)));
    }
}

#[cfg(feature = "cli")]
#[test]
fn each_line_of_json_lines_has_one_line_in_the_output() {
    let lines: Vec<Vec<u8>> = inputs("fuzz/corpus/records", CHANGES)
        .iter()
        .flat_map(|it| it.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>())
        .filter(|it| !it.trim_ascii().is_empty())
        .collect();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.args(["extract", "--no-model", "--quiet", "--from", "jsonl", "--format", "jsonl"]);
    let output = command.write_stdin(lines.join(&b'\n')).output().expect("it runs");
    assert!(matches!(output.status.code(), Some(0 | 65)), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = String::from_utf8(output.stdout).expect("it is UTF-8");
    for answer in answers.lines() {
        serde_json::from_str::<serde_json::Value>(answer).expect("it is JSON");
    }
    assert_eq!(answers.lines().count(), lines.len());
}

#[cfg(feature = "cli")]
#[test]
fn any_settings_file_is_read_or_refused_in_one_line() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-settings");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("themes")).expect("a folder");
    let changes = CHANGES / 3;
    let settings = inputs("fuzz/corpus/settings", changes).into_iter().map(|it| ("config.toml", it));
    let keys = inputs("assets/keys", changes / 2).into_iter().map(|it| ("keys.toml", it));
    let themes = inputs("assets/themes", changes / 4).into_iter().map(|it| ("themes/own.toml", it));
    for (file, input) in settings.chain(keys).chain(themes) {
        for other in ["config.toml", "keys.toml", "themes/own.toml"] {
            let _ = fs::remove_file(folder.join(other));
        }
        fs::write(folder.join(file), &input).expect("it can be written");
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.args(["config", "--print"]).env("PULLQUOTE_CONFIG", &folder);
        let output = command.output().expect("it runs");
        let words = String::from_utf8_lossy(&input).into_owned();
        let complaint = String::from_utf8(output.stderr).expect("it is UTF-8");
        match output.status.code() {
            Some(0) => assert!(complaint.is_empty() && !output.stdout.is_empty(), "{words:?}: {complaint}"),
            _ => assert!(
                output.status.code() == Some(2) && complaint.lines().count() == 1,
                "{words:?}: {:?} {complaint}",
                output.status
            ),
        }
        assert_eq!(remove_unsafe(complaint.trim_end()), complaint.trim_end(), "{words:?}");
    }
}

#[test]
fn a_heading_that_is_a_label_without_words_is_no_quote() {
    for page in ["<h2>Senator LEE:</h2>&\u{e9}", "<h2>ANN LEE:</h2>", "<h2>Q:</h2><p>"] {
        checks::check_analysis(&[&[3], page.as_bytes()].concat());
    }
    checks::check_analysis("\u{1}ANN LEE:\n\n\u{e9}".as_bytes());
}
