//! Loads the story of one input.

use std::io;

use pullquote::load::{self, Hint, Refusal};
use pullquote::story::{Format, Story};

use crate::cli::Input;
use crate::input::Raw;
use crate::input::jsonl::Words;
use crate::subcommand::exit::{NO_INPUT, NO_STORY, Refused};

/// Makes a story of what there is.
pub(crate) fn loaded(raw: Raw, from: Input) -> Result<Story, Refused> {
    let format = match from {
        Input::Auto | Input::Jsonl => None,
        Input::Plain => Some(Format::Plain),
        Input::Markdown => Some(Format::Markdown),
        Input::Html => Some(Format::Html),
    };
    let story = match raw {
        Raw::File(path) => load::file(&path, format),
        Raw::Stdin => {
            let bytes = load::bytes(io::stdin().lock());
            bytes.and_then(|it| load::load(&it, &Hint { format, ..Hint::default() }))
        }
        Raw::Line(Words::Text(text)) => Ok(load::text(&text)),
        Raw::Line(Words::Html(page)) => {
            let hint = Hint { format: Some(Format::Html), charset: Some("utf-8"), name: None };
            load::load(page.as_bytes(), &hint)
        }
        Raw::BadLine(what) => return Err(Refused { what, code: NO_STORY }),
        Raw::Unopened(error) => Err(Refusal::from(error)),
        Raw::Bare => {
            let what = "there is no story in this folder; it wants files that end in .txt, .md, .html …";
            return Err(Refused { what: what.into(), code: NO_INPUT });
        }
        Raw::Sample(name, words) => {
            load::load(words.as_bytes(), &Hint { name: Some(name), ..Hint::default() })
        }
    };
    story.map_err(|it| Refused::of(&it))
}
