//! Long work: progress on the terminal, a prompt that does not wait for all stories.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use termlens::{Key, Screen, Terminal};

use super::{NO_SHELF, PROGRAM, builder, folder, wait_for};

/// Long enough for the answer to a line on a machine that is not under load; on others the line is sent again.
const ANSWER_TIME: Duration = Duration::from_secs(1);

/// Long enough for thousands of small files on a machine under load.
const LOADING_TIME: Duration = Duration::from_mins(2);

/// A terminal in which a shell extracts from a stream whose second story comes after three seconds.
fn slow_stream(name: &str, options: &str) -> Terminal {
    let extract = format!("'{PROGRAM}' extract --no-model {NO_SHELF} --from jsonl --format jsonl");
    let story = "echo '{\"text\":\"It rained.\"}'";
    let script = format!(
        "cd '{}'; ({story}; sleep 3; {story}; sleep 1) | {extract} {options}; echo over",
        folder(name).display()
    );
    let builder = builder().args(["-c", &script]);
    builder.spawn("sh").expect("a shell starts")
}

#[test]
fn progress_is_shown_on_the_terminal_alone_and_leaves_no_trace() {
    let mut terminals = [
        ("progress-shown", ">out", true),
        ("progress-quiet", "--quiet >out", false),
        ("progress-piped", ">out 2>err", false),
        ("progress-mixed", "", false),
    ]
    .map(|(name, options, shows)| (name, slow_stream(name, options), shows));
    for (name, terminal, shows) in &mut terminals {
        let mut was_shown = false;
        let over = terminal.wait_until(|it| {
            was_shown |= it.contains("2 stories, 1 words/s");
            it.contains("over")
        });
        over.expect("it ends");
        assert_eq!(was_shown, *shows, "{name}");
        assert!(!terminal.screen().contains("stories"), "{name}: {}", terminal.screen());
    }
    let read = |name: &str| {
        fs::read_to_string(format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"))).expect("it is written")
    };
    assert_eq!(read("progress-piped/err"), "");
    for name in ["progress-shown", "progress-quiet", "progress-piped"] {
        assert_eq!(read(&format!("{name}/out")).lines().count(), 2, "{name}");
    }
}

#[test]
fn the_line_prompt_does_not_wait_for_stories_that_are_not_loaded_yet() {
    let folder = folder("slow-prompt");
    fs::write(folder.join("a.txt"), "The ferry\n\n“It rained,” said Ann Lee.").expect("it is written");
    // A pipe that nobody writes until the other one has a line.
    let script = "mkfifo b.txt go; (read -r _ <go; echo 'It snowed in Oslo.' >b.txt) & exec $RUN";
    let run = format!("{PROGRAM} {NO_SHELF} --no-model --plain a.txt b.txt");
    let script = format!("cd '{}'; {script}", folder.display());
    let builder = builder().args(["-c", &script]).env("RUN", run);
    let mut terminal = builder.spawn("sh").expect("a shell starts");
    terminal.wait_until(|it| it.contains("so far, more are loaded: The ferry")).expect("the greeting");
    fs::write(folder.join("go"), "\n").expect("the pipe takes a line");
    // What has come is told after the next line.
    let is_open = |terminal: &mut Terminal| {
        terminal.send(Key::Enter).expect("a key can be sent");
        terminal.wait_until_for(|it| it.contains("All 2 stories are open."), ANSWER_TIME).is_ok()
    };
    wait_for("the second story", || is_open(&mut terminal));
}

#[test]
fn the_first_story_is_shown_while_the_second_one_is_still_loading() {
    let folder = folder("slow-second");
    fs::write(folder.join("a.txt"), "The ferry\n\n“It rained,” said Ann Lee.").expect("it is written");
    let script = format!(
        "cd '{}'; mkfifo b.txt; exec '{PROGRAM}' {NO_SHELF} --no-model a.txt b.txt",
        folder.display()
    );
    let mut terminal = builder().args(["-c", &script]).spawn("sh").expect("a shell starts");
    terminal.wait_until(|it| it.alternate_screen() && it.contains("said Ann Lee")).expect("the first story");
    terminal.send_str("]q").expect("a key can be sent");
    terminal.wait_until(|it| it.contains("quote 1/")).expect("it can be read");
    // Only now the second one comes.
    fs::write(folder.join("b.txt"), "It snowed in Oslo.").expect("the pipe takes a story");
    terminal.wait_until(|it| it.contains("story 1/2")).expect("the second story");
    terminal.send_str("q").expect("a key can be sent");
    assert!(terminal.wait_exit().expect("it ends").success());
}

/// The time of the processors that a process has used, in seconds.
fn process_time(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
    let fields: Vec<&str> = stat.rsplit(") ").next().expect("fields").split(' ').collect();
    // User and system time, in hundredths of a second.
    [fields[11], fields[12]].iter().map(|it| it.parse::<f64>().expect("a number") / 100.0).sum()
}

#[test]
fn a_folder_of_many_stories_answers_keys_while_they_are_analysed() {
    const STORIES: usize = 2000;
    let folder = folder("many-stories");
    for number in 0..STORIES {
        let story = format!("Ferry {number}\n\n“It rained,” said Ann Lee.");
        fs::write(folder.join(format!("{number:04}.txt")), story).expect("it is written");
    }
    let mut terminal =
        builder().args([NO_SHELF, "--no-model"]).arg(&folder).spawn(PROGRAM).expect("it starts");
    terminal.wait_until(|it| it.alternate_screen() && it.contains("Ferry 0")).expect("the first story");
    terminal.send_str("L").expect("a key can be sent");
    terminal.wait_until(|it| it.contains("▸ 1 Ferry 0")).expect("the list");
    for number in 2..8 {
        terminal.send(Key::Down).expect("a key can be sent");
        terminal.wait_until(|it| it.contains(&format!("▸ {number} Ferry"))).expect("the next row");
    }
    terminal.send(Key::Esc).expect("a key can be sent");
    // Esc and a key right behind it are one key with Alt.
    terminal.wait_until(|it| !it.contains("Open stories")).expect("the list closes");
    terminal.wait_until_for(|it| it.contains("story 1/2000"), LOADING_TIME).expect("all stories");
    // A list that is built again for each of them takes a minute.
    let used = process_time(terminal.pid().expect("its number"));
    assert!(used < 20.0, "{used} s");
    terminal.send_str("q").expect("a key can be sent");
    assert!(terminal.wait_exit().expect("it ends").success());
}

/// A terminal in which a shell pipes the beginning of a story into the program, and the rest once `go` has a line.
fn slow_pipe(name: &str) -> (Terminal, PathBuf) {
    let folder = folder(name);
    let run = format!("'{PROGRAM}' {NO_SHELF} --no-model");
    let script = format!(
        "cd '{}'; mkfifo go; (echo 'The ferry'; read -r _ <go; echo; echo 'It rained,” said Ann Lee.') | {run}; echo over",
        folder.display()
    );
    let mut terminal = builder().args(["-c", &script]).spawn("sh").expect("a shell starts");
    let is_told = |it: &Screen| it.contains("Reading standard input: 1 KB so far") && it.contains("q quit");
    terminal.wait_until(is_told).expect("it says what it reads");
    (terminal, folder.join("go"))
}

#[test]
fn a_slow_pipe_is_told_until_its_story_is_shown() {
    let (mut terminal, go) = slow_pipe("slow-pipe-read");
    // A key for the story may be typed before the story is there.
    terminal.send_str("?").expect("a key can be sent");
    fs::write(go, "\n").expect("the pipe takes a line");
    terminal.wait_until(|it| it.contains("next quote")).expect("the help comes");
    terminal.send(Key::Esc).expect("a key can be sent");
    terminal.wait_until(|it| it.contains("said Ann Lee")).expect("the story is there");
    terminal.send_str("q").expect("a key can be sent");
    terminal.wait_until(|it| it.contains("over")).expect("it ends");
}

#[test]
fn a_slow_pipe_can_be_left_before_its_end() {
    for key in [Key::Char('q'), Key::Esc, Key::Ctrl('c')] {
        let (mut terminal, go) = slow_pipe("slow-pipe-left");
        terminal.send(key).expect("a key can be sent");
        terminal.wait_until(|it| !it.contains("Reading standard input")).expect("the screen is left");
        fs::write(go, "\n").expect("the pipe takes a line");
        terminal.wait_until(|it| it.contains("over")).expect("it ends");
        assert!(!terminal.screen().contains("Ann Lee"), "{}", terminal.screen());
    }
}
