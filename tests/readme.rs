//! Checks of the documents: links, and the short key table of the README.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn links_point_to_files() {
    let mut missing = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).expect("it is text");
        let targets = text.split("](").skip(1).filter_map(|it| it.split_once(')')).map(|it| it.0);
        let files = targets.filter(|it| !it.contains("://") && !it.starts_with('#'));
        for target in files {
            let path = target.split('#').next().expect("a string has a first part");
            if !document.with_file_name(path).exists() {
                missing.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn the_short_key_table_agrees_with_the_full_one() {
    let readme = fs::read_to_string(root().join("README.md")).expect("it is text");
    let (short, full) = (keys(&readme, "| key | action |"), keys(&readme, "| keys | what they do |"));
    assert!(short.len() > 20, "{short:?}");
    let unknown: Vec<&String> = short.difference(&full).collect();
    assert_eq!(unknown, [""; 0]);
}

/// The keys in the first column of the table below a header.
fn keys(readme: &str, header: &str) -> BTreeSet<String> {
    let table = readme.split(header).nth(1).expect("the table is there");
    let rows = table.lines().skip(2).map_while(|it| it.strip_prefix("| ")?.split_once(" |"));
    rows.flat_map(|it| it.0.split_whitespace()).map(String::from).collect()
}

/// The documents for people.
fn documents() -> Vec<PathBuf> {
    let documents =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "assets/README.md", "assets/model/README.md"];
    let in_docs =
        fs::read_dir(root().join("docs")).expect("the folder is there").flatten().map(|it| it.path());
    documents.iter().map(|it| root().join(it)).chain(in_docs).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
