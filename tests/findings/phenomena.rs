//! Forty phenomena of quotation in news: a table of stories with their expected findings.

use std::fmt::Write;

use super::{findings, lines};

/// The table; its first lines describe the format.
const TABLE: &str = include_str!("phenomena.txt");

#[test]
fn all_but_the_known_misses_are_found() {
    let table = table();
    let mut report = String::new();
    let mut failed = Vec::new();
    for phenomenon in &table {
        let faults: String = phenomenon.stories.iter().map(Case::faults).collect();
        if !faults.is_empty() {
            failed.push(phenomenon.name);
            let known = phenomenon.missed.map_or_else(String::new, |why| format!("known miss: {why}\n"));
            write!(report, "\n── {}\n{known}{faults}", phenomenon.name).unwrap();
        }
    }
    println!("{} of {} pass\n{report}", table.len() - failed.len(), table.len());
    let known: Vec<&str> = table.iter().filter(|it| it.missed.is_some()).map(|it| it.name).collect();
    assert!(failed == known, "failed: {failed:#?}\nbut known as missed: {known:#?}\n{report}");
}

#[test]
fn there_are_forty_each_with_stories() {
    let table = table();
    assert_eq!(table.len(), 40);
    for (number, phenomenon) in (1..).zip(&table) {
        assert!(phenomenon.name.starts_with(&format!("{number} ")), "{}", phenomenon.name);
        assert!(phenomenon.stories.len() > 1, "{}", phenomenon.name);
    }
}

struct Phenomenon {
    name: &'static str,
    /// Why the engine misses it; `None` where it should be found.
    missed: Option<&'static str>,
    stories: Vec<Case>,
}

/// A story with its expected findings.
#[derive(Default)]
struct Case {
    text: String,
    found: Vec<&'static str>,
    absent: Vec<&'static str>,
}

impl Case {
    /// The differences from the expected findings; empty where there are none.
    fn faults(&self) -> String {
        let findings = findings(&self.text);
        let (quotes, entities): (Vec<&str>, Vec<&str>) =
            self.found.iter().partition(|it| it.starts_with("quote  "));
        let missing = |it: &&&str| !findings.lines().any(|line| matches_entity(line, it));
        let wrong: Vec<&&str> = entities
            .iter()
            .filter(missing)
            .chain(self.absent.iter().filter(|it| findings.lines().any(|line| line == **it)))
            .collect();
        if wrong.is_empty() && lines(&findings, "quote") == quotes {
            return String::new();
        }
        format!("{}\nexpected, wrong: {wrong:#?} {quotes:#?}\nfound:\n{findings}\n", self.text)
    }
}

/// Whether a line names this entity with at least its roles and aliases.
fn matches_entity(line: &str, entity: &str) -> bool {
    let pieces = |it| str::split(it, " · ").flat_map(|it: &str| it.split(" = ")).collect::<Vec<_>>();
    let found = pieces(line);
    found.first() == pieces(entity).first() && pieces(entity).iter().all(|it| found.contains(it))
}

fn table() -> Vec<Phenomenon> {
    let mut table: Vec<Phenomenon> = Vec::new();
    let mut is_new_story = true;
    for line in TABLE.lines().filter(|it| !it.starts_with('#')) {
        if line.starts_with(|it: char| it.is_ascii_digit()) {
            table.push(Phenomenon { name: line, missed: None, stories: Vec::new() });
            continue;
        }
        if line.is_empty() {
            is_new_story = true;
            continue;
        }
        let phenomenon = table.last_mut().expect("a phenomenon stands above its stories");
        if let Some(why) = line.strip_prefix("missed: ") {
            phenomenon.missed = Some(why);
            continue;
        }
        if is_new_story {
            phenomenon.stories.push(Case::default());
            is_new_story = false;
        }
        let case = phenomenon.stories.last_mut().expect("a story stands above its findings");
        match line.split_at_checked(2) {
            Some(("| ", text)) => {
                case.text += if case.text.is_empty() { "" } else { "\n\n" };
                case.text += text;
            }
            Some(("= ", finding)) => case.found.push(finding),
            Some(("! ", finding)) => case.absent.push(finding),
            _ => panic!("a line of no kind: {line}"),
        }
    }
    table
}
