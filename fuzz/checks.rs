//! What holds for any input. The fuzz targets check it, and `tests/fuzz_corpus.rs` for the corpus.
//!
//! An input is a file, or the recipe of a long text: see [`load_stories`]. Each takes no more time than its length allows.

#[path = "../benches/growth/kinds.rs"]
#[allow(dead_code, reason = "the benchmark uses the rest")]
mod kinds;
#[path = "../tests/schema/validator.rs"]
mod validator;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;
use std::sync::OnceLock;
use std::time::Duration;

use kinds::KINDS;
use pullquote::engine::Engine;
use pullquote::export::{Csv, Export, Html, Json, Jsonl, Markdown, Text};
use pullquote::load::{self, Hint};
use pullquote::span::Span;
use pullquote::story::{Format, Story};
use pullquote::text_safety::remove_unsafe;

/// How many stories of one file are checked.
const MAX_STORIES: usize = 8;

/// The length of a text that is made by a recipe, in bytes, for each step of its third byte.
const RECIPE_STEP: usize = 256;

/// The time that any input may take, and that each kilobyte of it and of its texts may take besides. Ordinary stories take a
/// tenth of it in a build without optimisation; what takes the square of its length exceeds it at some ten kilobytes.
const BASE_TIME: Duration = Duration::from_secs(2);
const TIME_PER_KILOBYTE: Duration = Duration::from_millis(20);

/// The time of the processors that this thread has used; nothing on systems that do not tell it.
fn thread_time() -> Duration {
    let times = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let used = times.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    Duration::from_nanos(used)
}

/// Checks each story of some bytes, and that all took no more time than their length allows.
fn check_within_time(bytes: &[u8], check: impl Fn(&Story)) {
    let start = thread_time();
    let stories = load_stories(bytes);
    stories.iter().for_each(check);
    let used = thread_time().saturating_sub(start);
    let length = bytes.len() + stories.iter().map(|it| it.text().len()).sum::<usize>();
    let limit = BASE_TIME + TIME_PER_KILOBYTE * (length / 1024) as u32;
    assert!(used <= limit, "{used:?} for {length} bytes");
}

/// Loads the stories of some bytes. A first byte of 1 to 3 chooses the format and belongs to no story. After a 4 come the
/// number of a kind of [`KINDS`] and its length in steps, and what follows is added to that text. Otherwise the content tells
/// the format, as that of the samples in `tests/formats` does.
fn load_stories(bytes: &[u8]) -> Vec<Story> {
    let (format, content) = match bytes {
        [1, content @ ..] => (Some(Format::Plain), Cow::Borrowed(content)),
        [2, content @ ..] => (Some(Format::Markdown), Cow::Borrowed(content)),
        [3, content @ ..] => (Some(Format::Html), Cow::Borrowed(content)),
        [4, kind, steps, rest @ ..] => {
            let kind = &KINDS[usize::from(*kind) % KINDS.len()];
            let text = kind.input(RECIPE_STEP * usize::from(*steps));
            (kind.format, Cow::Owned([text.as_bytes(), rest].concat()))
        }
        content => (None, Cow::Borrowed(content)),
    };
    let hint = Hint { format, name: Some("story"), ..Hint::default() };
    let parts = load::split(content, &hint).unwrap_or_default();
    parts.iter().take(MAX_STORIES).filter_map(|it| load::from_part(it, &hint).ok()).collect()
}

fn assert_in_text(story: &Story, span: Span) {
    assert!(story.text().get(span.start..span.end).is_some(), "{span:?} is not in the text");
}

/// The text of each story is safe; its blocks are in order and not empty.
pub(crate) fn check_story(bytes: &[u8]) {
    check_within_time(bytes, check_loaded);
}

fn check_loaded(story: &Story) {
    assert_eq!(remove_unsafe(story.text()), story.text(), "the text is safe");
    let mut end = 0;
    for block in story.blocks() {
        assert_in_text(story, block.span);
        assert!(block.span.start >= end && !block.span.slice(story.text()).trim().is_empty(), "{block:?}");
        end = block.span.end;
    }
}

/// Quotes have words and differ, spans lie in the text, the same input gives the same output, exports are safe, JSON is valid
/// against its schema.
pub(crate) fn check_analysis(bytes: &[u8]) {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(Engine::rules_only);
    check_within_time(bytes, |story| check_findings(engine, story));
}

fn check_findings(engine: &Engine, story: &Story) {
    let analysis = engine.analyze(story);
    assert_eq!(engine.analyze(story), analysis, "the same story gives the same findings");
    let mut seen = HashSet::new();
    for quote in &analysis.quotes {
        assert!(!quote.text(story.text()).trim().is_empty(), "{quote:?}");
        assert!(seen.insert(quote.parts.clone()), "{quote:?} is there twice");
        assert!(quote.speaker.is_none_or(|it| it < analysis.entities.len()), "{quote:?}");
        quote
            .parts
            .iter()
            .chain(&quote.cue)
            .chain(&quote.speaker_mention)
            .for_each(|it| assert_in_text(story, *it));
    }
    for mention in analysis.entities.iter().flat_map(|it| &it.mentions) {
        assert_in_text(story, mention.span);
    }
    let exports: [&dyn Export; 6] = [&Json, &Jsonl, &Csv, &Markdown, &Html, &Text];
    for (number, export) in exports.into_iter().enumerate() {
        let rendered = export.render(story, &analysis);
        assert_eq!(remove_unsafe(&rendered), rendered, "export {number} is safe");
        if number < 2 {
            assert_eq!(validator::faults(&rendered), [""; 0], "export {number} is valid");
        }
    }
}
