//! Subjects, names and labels as reports of all sorts write them: a table of stories with their expected findings.

use super::table;

/// The table; its first lines describe the format.
const TABLE: &str = include_str!("subjects.txt");

#[test]
fn all_but_the_known_misses_are_found() {
    table::check(&table::parse(TABLE), |_| String::new());
}

#[test]
fn each_kind_has_several_stories() {
    for kind in table::parse(TABLE) {
        assert!(kind.stories.len() > 1, "{}", kind.name);
    }
}
