//! Whole stories with their findings, written by hand, in files beside each other.
//!
//! A finding that the engine misses has `missed` before it, and a false finding has `wrong`. The line changes when the
//! engine improves.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::findings;

#[test]
fn a_story_has_the_findings_written_beside_it() {
    let mut faults = String::new();
    for path in stories() {
        let text = fs::read_to_string(&path).unwrap();
        let by_hand = fs::read_to_string(path.with_extension("findings")).unwrap();
        let expected: String = by_hand.lines().filter_map(found).map(|it| it.to_owned() + "\n").collect();
        let findings = findings(&text);
        if findings != expected {
            writeln!(faults, "{}\n{}", path.display(), differences(&expected, &findings)).unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn there_are_five_stories_of_different_kinds() {
    assert_eq!(stories().len(), 5);
}

/// The finding that the engine is expected to make of a line; `None` for one that it misses.
fn found(line: &str) -> Option<&str> {
    if line.starts_with("missed ") { None } else { Some(line.strip_prefix("wrong ").unwrap_or(line)) }
}

/// Expected lines that are missing, and found lines that are not expected.
fn differences(expected: &str, found: &str) -> String {
    let only = |these: &str, those: &str, mark: &str| {
        let lines = these.lines().filter(|it| !those.lines().any(|other| other == *it));
        lines.fold(String::new(), |all, it| all + mark + " " + it + "\n")
    };
    let all = only(expected, found, "-") + &only(found, expected, "+");
    if all.is_empty() { format!("another order:\n{found}") } else { all }
}

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it == "txt"));
    paths.sort();
    paths
}
