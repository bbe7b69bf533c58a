//! Names of people, bodies and places, and what is none: a table of stories with their expected findings.

use super::{affiliation_line, read, table};

/// The table; its first lines describe the format.
const TABLE: &str = include_str!("names.txt");

#[test]
fn all_but_the_known_misses_are_found() {
    table::check(&table::parse(TABLE), affiliations);
}

#[test]
fn each_kind_has_several_stories() {
    for kind in table::parse(TABLE) {
        assert!(kind.stories.len() > 1, "{}", kind.name);
    }
}

/// For whom the people and papers of a text speak.
fn affiliations(text: &str) -> String {
    let (_, analysis) = read(text);
    analysis.entities.iter().filter_map(|it| affiliation_line(it, &analysis)).collect()
}
