//! The help page, and the key table of the README.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::tui::app::help::{Help, HelpRow};
use crate::tui::input::action::{Action, Section};
use crate::tui::input::keymap::Keymap;
use crate::tui::tests::TestApp;

#[test]
fn the_help_page_names_every_key() {
    let rows = Help::new(&TestApp::new().keymap).layout(1000).columns.concat();
    for action in Action::ALL {
        let is_it =
            |row: &HelpRow| matches!(row, HelpRow::Keys(_, words) if words.starts_with(action.description()));
        assert!(rows.iter().any(is_it), "{}", action.name());
    }
    let test_app = TestApp::new().with_size(200, 110).press("? ?");
    for words in ["Moving", "next line (or item)", "In the search box"] {
        assert!(test_app.screen().contains(words), "{words}");
    }
    assert!(!test_app.press("esc").screen().contains("all keys"));
}

/// Returns the table of keys as the README must have it: the sections of the help page, each with its heading.
fn key_table(keymap: &Keymap) -> String {
    let quoted = |keys: Vec<String>| {
        let keys: Vec<String> = keys.iter().map(|it| format!("`{}`", it.replace('|', "\\|"))).collect();
        keys.join(" ")
    };
    let mut table = "| keys | what they do |\n| --- | --- |\n".to_owned();
    for section in Section::ALL {
        writeln!(table, "| | **{}** |", section.heading()).unwrap();
        for action in section.actions() {
            writeln!(table, "| {} | {} |", quoted(keymap.keys(action)), action.description()).unwrap();
        }
    }
    table
}

#[test]
fn the_readme_has_the_table_of_keys() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(readme) = fs::read_to_string(readme) else {
        println!("there is no README.md to look at");
        return;
    };
    let table = key_table(&TestApp::new().keymap);
    assert!(readme.contains(&table), "README.md wants this table of keys:\n\n{table}");
}

#[test]
fn the_parts_of_the_help_page_have_headings() {
    let help = Help::new(&TestApp::new().keymap);
    let columns = help.layout(60).columns;
    let headings = columns[0].iter().filter(|it| matches!(it, HelpRow::Heading(_))).count();
    assert!(headings > Section::ALL.len());
}
