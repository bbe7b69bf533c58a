//! `pullquote shelf`: lists, exports or deletes what is saved of stories.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::cli::{Input, OnShelf};
use crate::input::Raw;
use crate::shelf::{self, Key, Shelf, Volume};
use crate::subcommand::analyse::{begun_shelf, told_aside};
use crate::subcommand::exit::{BAD_USAGE, NO_INPUT, NO_OUTPUT, complain, guarded};
use crate::subcommand::load_input::loaded;

/// `pullquote shelf`
pub(crate) fn on_shelf(asked: OnShelf) -> io::Result<u8> {
    let failed = |why: String| {
        complain("the shelf", &why);
        Ok(NO_OUTPUT)
    };
    let (shelf, volumes) = match begun_shelf().and_then(read_shelf) {
        Ok(read) => read,
        Err(why) => return failed(why),
    };
    let mut out = io::stdout();
    let (stories, yes) = match asked {
        OnShelf::List { json } => {
            let words = if json { shelf::json(&volumes) } else { shelf::table(&volumes) };
            return out.write_all(words.as_bytes()).map(|()| 0);
        }
        OnShelf::Export { story, markdown } => {
            let chosen = match story.map(|it| on_it(&volumes, &it)) {
                None => volumes,
                Some(Ok(volume)) => vec![volume],
                Some(Err(code)) => return Ok(code),
            };
            let words = if markdown { shelf::markdown(&chosen) } else { shelf::json(&chosen) };
            return out.write_all(words.as_bytes()).map(|()| 0);
        }
        OnShelf::Forget { all: true, yes, .. } => (volumes, yes),
        OnShelf::Forget { stories, yes, .. } => {
            let chosen: Result<Vec<Volume>, u8> = stories.iter().map(|it| on_it(&volumes, it)).collect();
            match chosen {
                Ok(chosen) => (chosen, yes),
                Err(code) => return Ok(code),
            }
        }
    };
    if !yes && !io::stdin().is_terminal() {
        complain("shelf forget", "there is no terminal to ask on; --yes forgets without asking");
        return Ok(BAD_USAGE);
    }
    for volume in stories {
        if !yes {
            write!(out, "Forget “{}”{}? [y/N] ", volume.title, volume.left_in_it())?;
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
fn read_shelf(shelf: Option<Shelf>) -> Result<(Option<Shelf>, Vec<Volume>), String> {
    let Some(shelf) = shelf else { return Ok((None, Vec::new())) };
    if let Ok(volumes) = shelf.volumes() {
        return Ok((Some(shelf), volumes));
    }
    let shelf = shelf.reopen().map(told_aside)?;
    let volumes = shelf.volumes().map_err(|it| it.to_string())?;
    Ok((Some(shelf), volumes))
}

/// The story of the shelf that goes by a file or by the beginning of a key; else the exit code, and why is said.
fn on_it(volumes: &[Volume], name: &str) -> Result<Volume, u8> {
    let path = std::path::absolute(name).unwrap_or_default();
    let key = path.is_file().then(|| guarded(|| loaded(Raw::File(path.clone()), Input::Auto)).ok()).flatten();
    let key = key.map_or_else(|| name.to_lowercase(), |it| Key::of(&it).to_string());
    let is_it = |it: &&Volume| {
        let begins = key.len() >= 4 && it.key.starts_with(&key);
        begins || it.file.as_deref().is_some_and(|it| Path::new(it) == path)
    };
    let found: Vec<&Volume> = volumes.iter().filter(is_it).collect();
    match found[..] {
        [volume] => Ok(volume.clone()),
        [] => {
            complain(name, "it is not on the shelf; pullquote shelf list shows what is");
            Err(NO_INPUT)
        }
        _ => {
            complain(name, "several stories of the shelf begin so; write more of the key");
            Err(BAD_USAGE)
        }
    }
}
