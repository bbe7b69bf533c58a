//! Loads what stands at a web address: a story, or the entries of a feed.

use std::borrow::Cow;

use pullquote::load::{self, Hint};
use pullquote::story::{BlockKind, Format, Story};

use crate::input::address::{self, Download, DownloadLimits};
use crate::input::{Input, Source};
use crate::subcommand::exit::{NO_INPUT, NO_STORY, StoryFailure};
use crate::subcommand::load_input::load_bytes;

/// A page with fewer words than this may hold something else than a story.
const MIN_STORY_WORDS: usize = 80;

/// The inputs at an address: the story of the page, or the entries of a feed. The feed may also be named by a page that is
/// no story itself, as the first page of a newspaper.
pub(crate) fn open_address(input: Input, address: &str, format: Option<Format>) -> Vec<Input> {
    let page = match download(address) {
        Ok(page) => page,
        Err(failure) => return vec![failed(input, failure)],
    };
    if let Some(entries) = feed_entries(&page, format) {
        return entries;
    }
    let story = load_page(&page, format);
    if story.as_ref().map_or(true, |it| !is_story(it, &page.address))
        && let Some(feed) = load::feed_of_page(&page.bytes, &hint(&page, format))
        && let Some(entries) = download(&feed).ok().and_then(|it| feed_entries(&it, None))
    {
        return entries;
    }
    match story {
        Ok(story) => vec![Input { source: Source::Loaded(Box::new(story)), ..input }],
        Err(failure) => vec![failed(input, failure)],
    }
}

/// Loads the story at an address.
///
/// # Errors
/// If nothing comes, or no story.
pub(crate) fn load_address(address: &str, format: Option<Format>) -> Result<Story, StoryFailure> {
    load_page(&download(address)?, format)
}

fn failed(input: Input, failure: StoryFailure) -> Input {
    let is_missing = failure.exit_code == NO_INPUT;
    Input { source: Source::Failed { message: failure.message, is_missing }, ..input }
}

fn download(address: &str) -> Result<Download, StoryFailure> {
    address::download(address, DownloadLimits::with_size(load::MAX_BYTES))
        .map_err(|it| StoryFailure { message: it.to_string(), exit_code: NO_INPUT })
}

fn hint(page: &Download, format: Option<Format>) -> Hint<'_> {
    Hint { name: Some(&page.address), format, charset: page.charset.as_deref() }
}

/// The entries of a feed; `None` if a page is none.
fn feed_entries(page: &Download, format: Option<Format>) -> Option<Vec<Input>> {
    let is_feed = |parts: &[load::Part]| parts.first().is_some_and(|it| it.name.is_some());
    let hint = hint(page, format);
    let parts = load::split(Cow::Borrowed(&page.bytes), &hint).ok().filter(|it| is_feed(it))?;
    let entry = |part: load::Part| Input {
        location: format!("{}: {}", page.address, part.name.as_deref().unwrap_or_default()),
        id: None,
        source: Source::Entry(Box::new(part.into_owned()), page.address.clone()),
    };
    Some(parts.into_iter().map(entry).collect())
}

/// Whether a page holds a story, with running text and an address of its own.
fn is_story(story: &Story, address: &str) -> bool {
    /// A teaser has fewer words.
    const MIN_PARAGRAPH_WORDS: usize = 20;
    let path = address.split_once("://").and_then(|it| it.1.split_once('/')).map_or("", |it| it.1);
    let running =
        story.blocks().iter().filter(|it| matches!(it.kind, BlockKind::Paragraph | BlockKind::Turn));
    let words = running.map(|it| it.span.slice(story.text()).split_whitespace().count());
    let words: usize = words.filter(|it| *it >= MIN_PARAGRAPH_WORDS).sum();
    !path.trim_matches('/').is_empty() && words >= MIN_STORY_WORDS
}

/// The story of a page.
///
/// # Errors
/// If the page keeps its story back or holds none.
fn load_page(page: &Download, format: Option<Format>) -> Result<Story, StoryFailure> {
    let obstacle = || address::obstacle(&String::from_utf8_lossy(&page.bytes));
    let kept_back = |it: &str| StoryFailure {
        message: format!("{it}; open the page in a browser, save it, and use the file"),
        exit_code: NO_STORY,
    };
    match load_bytes(&page.bytes, &hint(page, format)) {
        Ok(mut story) => {
            if has_few_words(&story)
                && let Some(obstacle) = obstacle()
            {
                return Err(kept_back(obstacle));
            }
            story.url.get_or_insert_with(|| page.address.clone());
            Ok(story)
        }
        Err(failure) => Err(obstacle().map_or(failure, kept_back)),
    }
}

fn has_few_words(story: &Story) -> bool {
    story.text().split_whitespace().nth(MIN_STORY_WORDS).is_none()
}

/// Loads the page of a feed's entry. What the page does not say of itself is taken from the entry.
///
/// # Errors
/// If no story comes; the entry is then all that there is.
pub(crate) fn load_entry_page(entry: &Story) -> Result<Story, StoryFailure> {
    let Some(address) = &entry.continues_at else { return Ok(entry.clone()) };
    let mut story = load_address(address, None)?;
    story.published = story.published.or_else(|| entry.published.clone());
    story.outlet = story.outlet.or_else(|| entry.outlet.clone());
    Ok(story)
}

/// The whole story of an entry: that of its page, or else the entry itself if it is long enough for one.
///
/// # Errors
/// If the page gives no story and the entry is but a beginning.
pub(crate) fn load_whole_entry(entry: Story) -> Result<Story, StoryFailure> {
    match load_entry_page(&entry) {
        Err(failure) if has_few_words(&entry) => Err(failure),
        Err(_) => Ok(entry),
        whole => whole,
    }
}
