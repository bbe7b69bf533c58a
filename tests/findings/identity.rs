//! Whose quote it is: a table of stories with the speakers, names, affiliations and mentions that they should have.

use std::fmt::Write;

use pullquote::analysis::MentionKind;

use super::{affiliation_line, quote_line, read, table};

/// The table; its first lines describe the format.
const TABLE: &str = include_str!("identity.txt");

#[test]
fn all_but_the_known_misses_are_found() {
    table::check(&table::parse(TABLE), identity);
}

#[test]
fn each_kind_has_stories() {
    for kind in table::parse(TABLE) {
        assert!(!kind.stories.is_empty(), "{}", kind.name);
    }
}

/// What the other findings do not tell: for whom an entity speaks, its pronouns, the doubtful quotes.
fn identity(text: &str) -> String {
    let (story, analysis) = read(text);
    let mut lines = String::new();
    for entity in &analysis.entities {
        lines.extend(affiliation_line(entity, &analysis));
        let pronouns = entity.mentions.iter().filter(|it| it.kind == MentionKind::Pronoun);
        let pronouns: Vec<&str> = pronouns.map(|it| it.span.slice(story.text())).collect();
        if !pronouns.is_empty() {
            writeln!(lines, "pronouns  {}: {}", entity.name, pronouns.join(", ")).unwrap();
        }
    }
    for quote in analysis.quotes.iter().filter(|it| it.is_doubtful()) {
        lines += &quote_line(quote, &story, &analysis).replacen("quote", "doubtful", 1);
        lines.push('\n');
    }
    lines
}
