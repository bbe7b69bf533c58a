//! External programs: the browser that shows a story's page, and the editor.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use termlens::{Key, MouseMode, Terminal};

use super::{
    NO_SHELF, PROGRAM, builder, folder, has_findings, is_given_back, kill, story, type_in, wait_for,
};

/// Writes a shell script that replaces a program.
fn script(path: &Path, lines: &str) {
    fs::write(path, format!("#!/bin/sh\n{lines}\n")).expect("it is written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it can be run");
}

/// The program with an analysed story and an environment variable that names another program.
fn opened_with(story: &Path, variable: &str, program: &str) -> Terminal {
    let builder = builder().args([NO_SHELF, "--no-model"]).arg(story).env(variable, program);
    let mut terminal = builder.spawn(PROGRAM).expect("it starts");
    terminal.wait_until(has_findings).expect("the findings come");
    terminal
}

/// An HTML page with its address.
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
        .wait_until(|it| it.contains("Opened in fox: https://gazette.example/ferry"))
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
    terminal.wait_until(|it| it.contains("No web address is known for this story")).expect("it says so");
}

#[test]
fn an_editor_has_the_terminal_to_itself() {
    let folder = folder("editor");
    let (file, taken, editor) = (folder.join("bus.txt"), folder.join("taken"), folder.join("nano"));
    fs::copy(story(), &file).expect("it is copied");
    let words = fs::read_to_string(&file).expect("it is there");
    // Cooked until it asks for a key; it leaves the driver and the modes in disorder.
    let lines = "printf '%s\\n' \"$@\" > 'TAKEN.new'\necho 'your key'\nstty raw -echo\n\
                 key=$(dd bs=1 count=3 2>/dev/null)\necho \"key $key\" >> 'TAKEN.new'\nmv 'TAKEN.new' 'TAKEN'";
    let lines = lines.replace("TAKEN", &taken.display().to_string());
    script(&editor, &lines);
    let mut terminal = opened_with(&file, "VISUAL", &format!("'{}' --plain", editor.display()));
    type_in(&mut terminal, "]qv");
    terminal.wait_until(|it| is_given_back(it) && it.contains("your key")).expect("the editor has it");
    // Signals from the keyboard are meant for the editor.
    let process = terminal.pid().expect("its number");
    kill("-INT", process);
    kill("-QUIT", process);
    terminal.resize(90, 28).expect("a new size");
    type_in(&mut terminal, "qqG");
    terminal
        .wait_until(|it| it.alternate_screen() && it.row_text(27).contains("quote 1/") && it.contains("help"))
        .expect("the reader is back, where it was");
    let screen = terminal.screen();
    assert!(!screen.cursor_visible() && screen.bracketed_paste() && screen.mouse_mode() != MouseMode::None);
    let said = fs::read_to_string(&taken).expect("the editor was called");
    let said: Vec<&str> = said.lines().collect();
    let line: usize = said[1].strip_prefix('+').and_then(|it| it.parse().ok()).expect("a line");
    assert!(words.lines().nth(line - 1).expect("it has that line").contains('“'), "{line}");
    assert_eq!((said[0], said[2], said[3]), ("--plain", &*file.display().to_string(), "key qqG"));

    script(&editor, "echo changed >> \"$3\"");
    type_in(&mut terminal, "v");
    terminal.wait_until(|it| it.contains("The file has changed and was read again")).expect("it says so");
    script(&editor, "exit 3");
    type_in(&mut terminal, "v");
    terminal.wait_until(|it| it.contains("nano failed: exit status: 3")).expect("it says so");
    fs::remove_file(&editor).expect("it was there");
    type_in(&mut terminal, "v");
    terminal.wait_until(|it| it.contains("nano cannot be started")).expect("it says so");
    terminal.send(Key::Char('q')).expect("a key can be sent");
    assert!(terminal.wait_exit().expect("it ends").success());
}

#[test]
fn the_editor_gets_the_file_whose_story_is_read_whatever_its_name() {
    let folder = folder("odd-names");
    let (taken, editor) = (folder.join("taken"), folder.join("nano"));
    script(&editor, &format!("cat \"$2\" > '{0}.new'; mv '{0}.new' '{0}'", taken.display()));
    fs::write(folder.join("two spaces.txt"), "Another story.").expect("it is written");
    let names: [&[u8]; 9] = [
        b"two  spaces.txt",
        "no\u{a0}break.txt".as_bytes(),
        "narrow\u{202f}space.txt".as_bytes(),
        b"line\nbreak.txt",
        b"a\ttab.txt",
        "soft\u{ad}hyphen.txt".as_bytes(),
        "zero\u{200b}width.txt".as_bytes(),
        b"caf\xe9.txt",
        b" space at its ends .txt",
    ];
    for (number, name) in names.into_iter().enumerate() {
        let file = folder.join(OsStr::from_bytes(name));
        let text = format!("Story {number} of the river, “which is ours,” said Ann Lee.");
        fs::write(&file, &text).expect("it is written");
        let mut terminal = opened_with(&file, "VISUAL", &editor.display().to_string());
        type_in(&mut terminal, "v");
        wait_for("the call", || fs::read_to_string(&taken).is_ok_and(|it| it == text));
        type_in(&mut terminal, "q");
        assert!(terminal.wait_exit().expect("it ends").success());
    }
}
