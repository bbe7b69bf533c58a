//! Loads the story of one input.

use std::io;

use pullquote::load::{self, Hint};
use pullquote::story::{Format, Story};

use crate::cli::InputFormat;
use crate::input::Source;
use crate::input::jsonl::RecordBody;
use crate::subcommand::exit::{NO_INPUT, NO_STORY, StoryFailure};

/// Makes a story of what there is.
pub(crate) fn load_story(raw: Source, from: InputFormat) -> Result<Story, StoryFailure> {
    let format = match from {
        InputFormat::Auto | InputFormat::Jsonl => None,
        InputFormat::Plain => Some(Format::Plain),
        InputFormat::Markdown => Some(Format::Markdown),
        InputFormat::Html => Some(Format::Html),
    };
    let story = match raw {
        Source::File(path) => load::from_path(&path, format),
        Source::Stdin => {
            let bytes = load::read_to_limit(io::stdin().lock());
            bytes.and_then(|it| load::from_bytes(&it, &Hint { format, ..Hint::default() }))
        }
        Source::Record(RecordBody::Text(text)) => Ok(load::from_text(&text)),
        Source::Record(RecordBody::Html(page)) => {
            let hint = Hint { format: Some(Format::Html), charset: Some("utf-8"), name: None };
            load::from_bytes(page.as_bytes(), &hint)
        }
        Source::BadRecord(what) => return Err(StoryFailure { message: what, exit_code: NO_STORY }),
        Source::OpenFailed(error) => Err(load::Error::from(error)),
        Source::EmptyFolder => {
            let what = "there is no story in this folder; it wants files that end in .txt, .md, .html …";
            return Err(StoryFailure { message: what.into(), exit_code: NO_INPUT });
        }
        Source::Sample(name, words) => {
            load::from_bytes(words.as_bytes(), &Hint { name: Some(name), ..Hint::default() })
        }
    };
    story.map_err(|it| StoryFailure::of(&it))
}
