//! Forty phenomena of quotation in news: a table of stories with their expected findings.

use super::table;

/// The table; its first lines describe the format.
const TABLE: &str = include_str!("phenomena.txt");

#[test]
fn all_but_the_known_misses_are_found() {
    table::check(&table::parse(TABLE), |_| String::new());
}

#[test]
fn there_are_forty_each_with_stories() {
    let table = table::parse(TABLE);
    assert_eq!(table.len(), 40);
    for (number, phenomenon) in (1..).zip(&table) {
        assert!(phenomenon.name.starts_with(&format!("{number} ")), "{}", phenomenon.name);
        assert!(phenomenon.stories.len() > 1, "{}", phenomenon.name);
    }
}
