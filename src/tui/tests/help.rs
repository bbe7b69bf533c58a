//! The help page, and the key table of the README.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::tui::app::help::{Help, HelpRow};
use crate::tui::input::action::{Action, Section};
use crate::tui::input::keymap::{Keymap, Mode};
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

#[test]
fn no_heading_of_the_help_is_parted_from_its_keys() {
    let help = Help::new(&TestApp::new().keymap);
    for width in [20, 40, 60, 80, 120, 160, 200, 300] {
        let short = Mode::ALL.iter().map(|it| help.short_layout(*it, width, 24));
        for column in short.chain([help.layout(width)]).flat_map(|it| it.columns) {
            let headings = column.iter().enumerate().filter(|it| matches!(it.1, HelpRow::Heading(_)));
            for (place, _) in headings {
                let next = column.get(place + 1);
                assert!(matches!(next, Some(HelpRow::Keys(..) | HelpRow::Heading(_))), "{width}: {column:?}");
            }
        }
    }
}

#[test]
fn the_help_of_a_mode_tells_what_its_keys_do_there() {
    let help = Help::new(&TestApp::new().keymap);
    for mode in Mode::ALL.iter().filter(|it| it.accepts_text()) {
        let rows = help.short_layout(*mode, 300, 100).columns.concat();
        for row in &rows {
            let HelpRow::Keys(keys, words) = row else { continue };
            let moves_in_story = words.contains("in the story")
                || words.contains("previous name")
                || words.contains("next name");
            assert!(!moves_in_story, "{}: {keys}: {words}", mode.help_heading());
        }
    }
    let note = help.short_layout(Mode::Note, 300, 100).columns.concat();
    let told = |key: &str, words: &str| {
        note.iter().any(|it| matches!(it, HelpRow::Keys(keys, told) if keys.split(' ').any(|it| it == key) && told.starts_with(words)))
    };
    assert!(told("←", "cursor left") && told("Backspace", "delete character"), "{note:?}");
}
