//! `pullquote shelf`: lists, exports or deletes saved data.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::path;

use crate::cli::{InputFormat, ShelfCommand};
use crate::input::Source;
use crate::shelf::{self, Fingerprint, Shelf, StoredStory};
use crate::subcommand::exit::{BAD_USAGE, NO_INPUT, NO_OUTPUT, SOME_FAILED, catch_panic, report};
use crate::subcommand::load_input::load_story;
use crate::subcommand::open_shelf::{check_shelf, load_stories};
use crate::text::counted;

/// The shortest beginning of a key that selects a story, in digits.
const MIN_KEY_DIGITS: usize = 4;

/// Runs `pullquote shelf`; returns the exit code.
///
/// # Errors
/// If standard output cannot be written.
pub(crate) fn run(command: ShelfCommand) -> io::Result<u8> {
    if let ShelfCommand::Check = command {
        return check();
    }
    let (shelf, stored) = match load_stories() {
        Ok(loaded) => loaded,
        Err(error) => {
            report(&error.location, &error.message);
            return Ok(NO_OUTPUT);
        }
    };
    match command {
        ShelfCommand::List { json } => {
            print(&if json { shelf::json(&stored) } else { shelf::table(&stored) })
        }
        ShelfCommand::Export { story, markdown } => match story.map(|it| find_stored(&stored, &it)) {
            Some(Err(code)) => Ok(code),
            Some(Ok(story)) => export(&[story], markdown),
            None => export(&stored, markdown),
        },
        // It was run above.
        ShelfCommand::Check => Ok(0),
        ShelfCommand::Forget { all: true, yes, .. } => forget(shelf.as_ref(), &stored, yes),
        ShelfCommand::Forget { stories, yes, .. } => {
            let chosen: Result<Vec<_>, u8> = stories.iter().map(|it| find_stored(&stored, it)).collect();
            match chosen {
                Ok(chosen) => forget(shelf.as_ref(), &chosen, yes),
                Err(code) => Ok(code),
            }
        }
    }
}

/// Checks the database and mends it. Returns 0 if it was sound, or [`SOME_FAILED`] if it had to be mended.
fn check() -> io::Result<u8> {
    let failure = |location: &str, message: &str| {
        report(location, message);
        Ok(NO_OUTPUT)
    };
    let (shelf, is_damaged) = match check_shelf() {
        Ok(Some(opened)) => opened,
        Ok(None) => return print("No saved data.\n"),
        Err(error) => return failure(&error.location, &error.message),
    };
    match shelf.mend_rows() {
        Ok(check) => {
            check.faults.iter().for_each(|it| report("saved data", it));
            let is_sound = check.faults.is_empty() && !is_damaged;
            let verdict = if is_sound { "Saved data is sound" } else { "Saved data is mended" };
            let contents = check.contents.describe().unwrap_or_else(|| "no stories".into());
            let texts = match check.texts {
                (0, _) => String::new(),
                (count, bytes) => {
                    format!(", {} ({})", counted(count, "kept text"), shelf::readable_size(bytes))
                }
            };
            print(&format!("{verdict}: {contents}{texts}.\n"))?;
            Ok(if is_sound { 0 } else { SOME_FAILED })
        }
        Err(error) => failure("saved data", &error.to_string()),
    }
}

fn export(stories: &[StoredStory], markdown: bool) -> io::Result<u8> {
    print(&if markdown { shelf::markdown(stories) } else { shelf::json(stories) })
}

fn print(text: &str) -> io::Result<u8> {
    io::stdout().write_all(text.as_bytes()).map(|()| 0)
}

/// Deletes stories, each after a confirmation unless `yes` is set; returns the exit code.
fn forget(shelf: Option<&Shelf>, stories: &[StoredStory], yes: bool) -> io::Result<u8> {
    if !yes && !io::stdin().is_terminal() {
        report("shelf forget", "No terminal to ask for confirmation; use --yes");
        return Ok(BAD_USAGE);
    }
    let mut out = io::stdout();
    // With a question for each story, each is deleted at once; otherwise all together.
    let groups = stories.chunks(if yes { stories.len().max(1) } else { 1 });
    for group in groups {
        let titles: Vec<String> = group.iter().map(|it| shelf::safe_line(&it.title)).collect();
        if !yes && !confirm(&mut out, &titles[0], &group[0])? {
            writeln!(out, "Kept: {}", titles[0])?;
            continue;
        }
        if let Some(Err(error)) = shelf.map(|it| it.forget(group.iter().map(|it| it.key.as_str()))) {
            report("saved data", &error.to_string());
            return Ok(NO_OUTPUT);
        }
        for title in titles {
            writeln!(out, "Deleted: {title}")?;
        }
    }
    Ok(0)
}

/// Asks on the terminal whether to delete a story.
fn confirm(out: &mut impl Write, title: &str, story: &StoredStory) -> io::Result<bool> {
    write!(out, "Delete saved data for “{title}”{}? [y/N] ", story.describe_contents())?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

/// Finds the stored story of a file, or the only one whose key begins with `name`.
///
/// # Errors
/// The exit code, if there is none or more than one; this is reported.
fn find_stored(stories: &[StoredStory], name: &OsStr) -> Result<StoredStory, u8> {
    let path = path::absolute(name).unwrap_or_default();
    let load = || load_story(Source::File(path.clone()), InputFormat::Auto);
    let story = path.is_file().then(|| catch_panic(load).ok()).flatten();
    let shown = name.to_string_lossy();
    let key = story.map_or_else(|| shown.to_lowercase(), |it| Fingerprint::from_story(&it).to_string());
    let matches = |it: &&StoredStory| {
        let has_key = key.len() >= MIN_KEY_DIGITS && it.key.starts_with(&key);
        has_key || it.path.as_ref() == Some(&path)
    };
    let found: Vec<&StoredStory> = stories.iter().filter(matches).collect();
    match found[..] {
        [story] => Ok(story.clone()),
        [] => {
            report(&shown, "Not found; run `pullquote shelf list`");
            Err(NO_INPUT)
        }
        _ => {
            report(&shown, "Ambiguous key; use more characters");
            Err(BAD_USAGE)
        }
    }
}
