//! Tables of stories with their expected findings; `phenomena.txt` describes the format.

use std::fmt::Write;

use super::{findings, lines};

/// One kind of text, with its stories.
pub(crate) struct Phenomenon {
    pub(crate) name: &'static str,
    /// Why the engine misses it; `None` where it should be found.
    pub(crate) missed: Option<&'static str>,
    pub(crate) stories: Vec<Case>,
}

/// A story with its expected findings.
#[derive(Default)]
pub(crate) struct Case {
    text: String,
    found: Vec<&'static str>,
    absent: Vec<&'static str>,
}

impl Case {
    /// The differences from the expected findings; empty where there are none. `more` adds lines of other kinds to the
    /// findings of a text.
    pub(crate) fn faults(&self, more: impl Fn(&str) -> String) -> String {
        let findings = findings(&self.text) + &more(&self.text);
        let (quotes, others): (Vec<&str>, Vec<&str>) =
            self.found.iter().partition(|it| it.starts_with("quote  "));
        let missing = |it: &&&str| !findings.lines().any(|line| matches_entity(line, it));
        let wrong: Vec<&&str> = others
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

/// The phenomena of a table.
pub(crate) fn parse(table: &'static str) -> Vec<Phenomenon> {
    let mut phenomena: Vec<Phenomenon> = Vec::new();
    let mut is_new_story = true;
    for line in table.lines().filter(|it| !it.starts_with('#')) {
        if line.starts_with(|it: char| it.is_ascii_digit()) {
            phenomena.push(Phenomenon { name: line, missed: None, stories: Vec::new() });
            continue;
        }
        if line.is_empty() {
            is_new_story = true;
            continue;
        }
        let phenomenon = phenomena.last_mut().expect("a phenomenon stands above its stories");
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
    phenomena
}

/// Checks that exactly the known misses of a table have faults.
pub(crate) fn check(table: &[Phenomenon], more: impl Fn(&str) -> String) {
    let mut report = String::new();
    let mut failed = Vec::new();
    for phenomenon in table {
        let faults: String = phenomenon.stories.iter().map(|it| it.faults(&more)).collect();
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
