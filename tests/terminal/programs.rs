//! Other programs: the browser that shows a story's page.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use termlens::Terminal;

use super::{NO_SHELF, PROGRAM, builder, folder, has_findings, story, type_in, wait_for};

/// A shell script that stands in for a program.
fn script(path: &Path, lines: &str) {
    fs::write(path, format!("#!/bin/sh\n{lines}\n")).expect("it is written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it can be run");
}

/// The program over a story, with another program named in the environment; its findings are there.
fn opened_with(story: &Path, variable: &str, program: &str) -> Terminal {
    let builder = builder().args([NO_SHELF, "--no-model"]).arg(story).env(variable, program);
    let mut terminal = builder.spawn(PROGRAM).expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    terminal
}

/// A page that says where it stands.
fn page(folder: &Path) -> PathBuf {
    let page = folder.join("page.html");
    let words = "The ferry “will not run again,” said Ann Lee, the mayor of Ellwick, on Monday in the hall.";
    let more = "“It is over,” said Bo Ray, a teacher who had come with forty children of the school.";
    let head =
        "<link rel=canonical href='https://gazette.example/ferry?a=$(id)&b=;c'><title>The last ferry</title>";
    fs::write(
        &page,
        format!("<html><head>{head}</head><body><article><p>{words}</p><p>{more}</p></article>"),
    )
    .expect("it is written");
    page
}

#[test]
fn the_story_s_page_is_opened_in_the_browser() {
    let folder = folder("browser");
    let taken = folder.join("taken");
    let said = |lines: &str| lines.replace("TAKEN", &taken.display().to_string());
    let (good, bad) = (folder.join("fox"), folder.join("lame"));
    script(
        &good,
        &said("printf '%s\\n' $# \"$@\" > 'TAKEN.new'; echo noise; echo noise >&2; mv 'TAKEN.new' 'TAKEN'"),
    );
    script(&bad, "exit 3");
    let page = page(&folder);

    let browser = format!("no-such-browser:'{}' --new-tab", good.display());
    let mut terminal = opened_with(&page, "BROWSER", &browser);
    type_in(&mut terminal, "o");
    terminal
        .wait_until(|it| it.contains("opened in fox: https://gazette.example/ferry"))
        .expect("it says so");
    wait_for("the call", || taken.exists());
    let expected = "2\n--new-tab\nhttps://gazette.example/ferry?a=$(id)&b=;c\n";
    assert_eq!(fs::read_to_string(&taken).expect("it is there"), expected);
    assert!(!terminal.screen().contains("noise"));

    let mut terminal = opened_with(&page, "BROWSER", &bad.display().to_string());
    type_in(&mut terminal, "o");
    terminal.wait_until(|it| it.contains("lame could not open https://gazette")).expect("it says so");

    let mut terminal = opened_with(&story(), "BROWSER", &good.display().to_string());
    type_in(&mut terminal, "o");
    terminal.wait_until(|it| it.contains("this story names no address")).expect("it says so");
}
