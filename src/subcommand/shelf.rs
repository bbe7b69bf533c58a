//! `pullquote shelf`: lists, exports or deletes what is saved of stories.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::cli::{InputFormat, ShelfCommand};
use crate::input::Source;
use crate::shelf::{self, Fingerprint, Shelf, StoredStory};
use crate::subcommand::analyse::{open_existing_shelf, warn_set_aside};
use crate::subcommand::exit::{BAD_USAGE, NO_INPUT, NO_OUTPUT, catch_panic, report};
use crate::subcommand::load_input::load_story;

/// `pullquote shelf`
pub(crate) fn run(asked: ShelfCommand) -> io::Result<u8> {
    let failed = |why: String| {
        report("the shelf", &why);
        Ok(NO_OUTPUT)
    };
    let (shelf, volumes) = match open_existing_shelf().and_then(load_stories) {
        Ok(read) => read,
        Err(why) => return failed(why),
    };
    let mut out = io::stdout();
    let (stories, yes) = match asked {
        ShelfCommand::List { json } => {
            let words = if json { shelf::json(&volumes) } else { shelf::table(&volumes) };
            return out.write_all(words.as_bytes()).map(|()| 0);
        }
        ShelfCommand::Export { story, markdown } => {
            let chosen = match story.map(|it| find_stored(&volumes, &it)) {
                None => volumes,
                Some(Ok(volume)) => vec![volume],
                Some(Err(code)) => return Ok(code),
            };
            let words = if markdown { shelf::markdown(&chosen) } else { shelf::json(&chosen) };
            return out.write_all(words.as_bytes()).map(|()| 0);
        }
        ShelfCommand::Forget { all: true, yes, .. } => (volumes, yes),
        ShelfCommand::Forget { stories, yes, .. } => {
            let chosen: Result<Vec<StoredStory>, u8> =
                stories.iter().map(|it| find_stored(&volumes, it)).collect();
            match chosen {
                Ok(chosen) => (chosen, yes),
                Err(code) => return Ok(code),
            }
        }
    };
    if !yes && !io::stdin().is_terminal() {
        report("shelf forget", "there is no terminal to ask on; --yes forgets without asking");
        return Ok(BAD_USAGE);
    }
    for volume in stories {
        if !yes {
            write!(out, "Forget “{}”{}? [y/N] ", volume.title, volume.describe_contents())?;
            out.flush()?;
            let mut answer = String::new();
            io::stdin().read_line(&mut answer)?;
            if !answer.trim().eq_ignore_ascii_case("y") {
                writeln!(out, "kept: {}", volume.title)?;
                continue;
            }
        }
        if let Some(Err(error)) = shelf.as_ref().map(|it| it.forget(&volume.key)) {
            return failed(error.to_string());
        }
        writeln!(out, "forgotten: {}", volume.title)?;
    }
    Ok(0)
}

/// All that is on the shelf, if there is one; a damaged one is set aside.
fn load_stories(shelf: Option<Shelf>) -> Result<(Option<Shelf>, Vec<StoredStory>), String> {
    let Some(shelf) = shelf else { return Ok((None, Vec::new())) };
    if let Ok(volumes) = shelf.stories() {
        return Ok((Some(shelf), volumes));
    }
    let shelf = shelf.reopen().map(warn_set_aside)?;
    let volumes = shelf.stories().map_err(|it| it.to_string())?;
    Ok((Some(shelf), volumes))
}

/// The story of the shelf that goes by a file or by the beginning of a key; else the exit code, and why is said.
fn find_stored(volumes: &[StoredStory], name: &str) -> Result<StoredStory, u8> {
    let path = std::path::absolute(name).unwrap_or_default();
    let key = path
        .is_file()
        .then(|| catch_panic(|| load_story(Source::File(path.clone()), InputFormat::Auto)).ok())
        .flatten();
    let key = key.map_or_else(|| name.to_lowercase(), |it| Fingerprint::from_story(&it).to_string());
    let is_it = |it: &&StoredStory| {
        let begins = key.len() >= 4 && it.key.starts_with(&key);
        begins || it.file.as_deref().is_some_and(|it| Path::new(it) == path)
    };
    let found: Vec<&StoredStory> = volumes.iter().filter(is_it).collect();
    match found[..] {
        [volume] => Ok(volume.clone()),
        [] => {
            report(name, "it is not on the shelf; pullquote shelf list shows what is");
            Err(NO_INPUT)
        }
        _ => {
            report(name, "several stories of the shelf begin so; write more of the key");
            Err(BAD_USAGE)
        }
    }
}
