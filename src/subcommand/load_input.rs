//! Loads the story of one input.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use pullquote::load::{self, Hint, Part};
use pullquote::story::{Format, Story};

use crate::cli::{InputFormat, generate};
use crate::config::suggestion::nearest_name;
use crate::input::jsonl::RecordBody;
#[cfg(feature = "formats")]
use crate::input::warc::ArchivedPage;
use crate::input::{self, FileLayout, Source};
use crate::subcommand::exit::{NO_INPUT, NO_STORY, StoryFailure};
#[cfg(feature = "net")]
use crate::subcommand::load_address::load_address;
#[cfg(feature = "formats")]
use crate::subcommand::read_pdf::load_pdf;
use crate::text::pluralize;

/// Returns the format that is given, or JSON Lines or WARC if it is to be detected and all file names say so.
pub(crate) fn input_format(format: InputFormat, paths: &[PathBuf]) -> InputFormat {
    match format {
        InputFormat::Auto if input::are_json_lines(paths) => InputFormat::Jsonl,
        InputFormat::Auto if input::are_warc(paths) => InputFormat::Warc,
        format => format,
    }
}

/// How files of a format hold stories.
pub(crate) fn file_layout(format: InputFormat) -> FileLayout {
    match format {
        InputFormat::Jsonl => FileLayout::JsonLines,
        InputFormat::Warc => FileLayout::Warc,
        InputFormat::Auto | InputFormat::Plain | InputFormat::Markdown | InputFormat::Html => {
            FileLayout::Story
        }
    }
}

/// The format of the stories, if it is certain.
pub(crate) fn given_format(format: InputFormat) -> Option<Format> {
    match format {
        InputFormat::Auto | InputFormat::Jsonl | InputFormat::Warc => None,
        InputFormat::Plain => Some(Format::Plain),
        InputFormat::Markdown => Some(Format::Markdown),
        InputFormat::Html => Some(Format::Html),
    }
}

/// Loads a story in the given format.
///
/// # Errors
/// If it is missing, unreadable or not a story.
pub(crate) fn load_story(source: Source, format: InputFormat) -> Result<Story, StoryFailure> {
    let format = given_format(format);
    let story = match source {
        Source::File(path) => return load_file(&path, format),
        Source::FilePart(path, name) => return load_file_part(&path, &name),
        Source::Part(part, path) => return load_part(&part, path, format),
        Source::Entry(part, feed) => load::from_part(&part, &Hint { name: Some(&feed), ..Hint::default() }),
        Source::Loaded(story) => Ok(*story),
        Source::Failed { message, is_missing } => {
            return Err(StoryFailure { message, exit_code: if is_missing { NO_INPUT } else { NO_STORY } });
        }
        Source::Address(address) => return load_address(&address, format),
        Source::Stdin(counter) => {
            let bytes = load::read_to_limit(counter.count(io::stdin().lock()))?;
            return load_bytes(&bytes, &Hint { format, ..Hint::default() });
        }
        Source::Record(RecordBody::Text(text)) => Ok(load::from_text(&text)),
        Source::Record(RecordBody::Html(page)) => {
            let hint = Hint { format: Some(Format::Html), charset: Some("utf-8"), name: None };
            load::from_bytes(page.as_bytes(), &hint)
        }
        #[cfg(feature = "formats")]
        Source::Archived(page) => load_archived(page),
        Source::BadRecord(message) => return Err(StoryFailure { message, exit_code: NO_STORY }),
        Source::OpenFailed(error) => Err(error),
        Source::EmptyFolder => {
            let message =
                "No stories in this folder (text, Markdown, web pages, mail, documents, PDFs, books …)"
                    .into();
            return Err(StoryFailure { message, exit_code: NO_INPUT });
        }
        Source::Subfolders(count) => {
            let folders = pluralize(count, "folder in it is", "folders in it are");
            return Err(StoryFailure::note(format!("The {folders} not opened; name each one to open it")));
        }
        Source::Sample(name, content) => {
            load::from_bytes(content.as_bytes(), &Hint { name: Some(name), ..Hint::default() })
        }
    };
    story.map_err(StoryFailure::from)
}

/// Loads the story of a page in a WARC file.
#[cfg(feature = "formats")]
fn load_archived(mut page: ArchivedPage) -> Result<Story, load::Error> {
    let (address, date, charset) = (std::mem::take(&mut page.address), page.date.take(), page.charset.take());
    let bytes = page.into_bytes(load::MAX_BYTES + 1);
    let hint = Hint { name: Some(&address), format: Some(Format::Html), charset: charset.as_deref() };
    let mut story = load::from_bytes(&bytes, &hint)?;
    story.url = story.url.or_else(|| load::parse_web_address(&address));
    story.retrieved = date.map(|it| load::sanitize_line(&it));
    Ok(story)
}

#[cfg(not(feature = "net"))]
fn load_address(_: &str, _: Option<Format>) -> Result<Story, StoryFailure> {
    let message = "This build loads no addresses; try `curl -sL URL | pullquote`".into();
    Err(StoryFailure { message, exit_code: NO_INPUT })
}

/// Loads the page of a feed's entry.
///
/// # Errors
/// If no story comes; the entry is then all that there is.
#[cfg(not(feature = "net"))]
pub(crate) fn load_entry_page(entry: &Story) -> Result<Story, StoryFailure> {
    load_address(entry.continues_at.as_deref().unwrap_or_default(), None)
}

/// Loads the story of bytes; a PDF in a process of its own.
///
/// # Errors
/// If the bytes are not a story, or several.
pub(crate) fn load_bytes(bytes: &[u8], hint: &Hint) -> Result<Story, StoryFailure> {
    let parts = load::split(Cow::Borrowed(bytes), hint)?;
    match parts.as_slice() {
        [part] => from_part(part, hint),
        parts => Err(load::Error::Several(parts.len()).into()),
    }
}

/// Loads the story of a part; a PDF in a process of its own.
fn from_part(part: &Part, hint: &Hint) -> Result<Story, StoryFailure> {
    #[cfg(feature = "formats")]
    if hint.format.is_none()
        && let Some(pdf) = part.pdf()
    {
        let mut story = load_pdf(pdf)?;
        story.source = hint.name.map(load::sanitize_line);
        return Ok(story);
    }
    Ok(load::from_part(part, hint)?)
}

/// Loads one of the stories in a file.
fn load_part(part: &Part, path: Option<PathBuf>, format: Option<Format>) -> Result<Story, StoryFailure> {
    let name = path.as_ref().map(|it| it.to_string_lossy());
    let mut story = from_part(part, &Hint { name: name.as_deref(), format, charset: None })?;
    story.path = path;
    Ok(story)
}

/// Says why a file has no story of this name.
fn load_file_part(path: &Path, name: &str) -> Result<Story, StoryFailure> {
    load::read_file(path)?;
    Err(StoryFailure {
        message: format!("There is no {name} in this file now; open the file"),
        exit_code: NO_INPUT,
    })
}

fn load_file(path: &Path, format: Option<Format>) -> Result<Story, StoryFailure> {
    let bytes = load::read_file(path).map_err(|error| {
        let advice = if matches!(error, load::Error::NotFound) { missing_file_advice(path) } else { None };
        let failure = StoryFailure::from(error);
        match advice {
            Some(advice) => StoryFailure { message: format!("No such file. {advice}"), ..failure },
            None => failure,
        }
    })?;
    let mut story = load_bytes(&bytes, &Hint { name: Some(&path.to_string_lossy()), format, charset: None })?;
    story.path = Some(path.to_path_buf());
    Ok(story)
}

/// Returns advice for a missing file that is another address than a web address, one without its beginning, or a mistyped
/// subcommand.
fn missing_file_advice(path: &Path) -> Option<String> {
    let name = path.to_str()?;
    if name.starts_with("www.") {
        return Some(format!("If it is a web address, use https://{name}"));
    }
    if let Some((scheme, rest)) = name.split_once("://") {
        let is_scheme =
            !scheme.is_empty() && scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it));
        return is_scheme.then(|| match scheme {
            "file" => format!("Use the path alone: {rest}"),
            _ => "Addresses must begin with http:// or https://; load it with another program first".into(),
        });
    }
    if name.contains(['/', '.']) {
        return None;
    }
    let commands = generate::subcommand_names();
    let nearest = nearest_name(name, commands.iter().map(String::as_str))?;
    Some(format!("Did you mean the command `{nearest}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_may_be_an_address_or_a_mistyped_command() {
        for (name, advice) in [
            ("extrac", Some("Did you mean the command `extract`?")),
            ("www.example.org/a", Some("If it is a web address, use https://www.example.org/a")),
            ("file:///tmp/a.txt", Some("Use the path alone: /tmp/a.txt")),
            (
                "ftp://a.example/b",
                Some("Addresses must begin with http:// or https://; load it with another program first"),
            ),
            ("what?://b", None),
            ("extract.txt", None),
            ("no/extrac", None),
            ("zzzz", None),
        ] {
            assert_eq!(missing_file_advice(Path::new(name)).as_deref(), advice, "{name}");
        }
    }
}
