//! What holds for any input. The fuzz targets check it, and `tests/fuzz_corpus.rs` for the corpus.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use pullquote::engine::Engine;
use pullquote::export::{Csv, Export, Json, Jsonl, Markdown, Text};
use pullquote::load::{self, Hint};
use pullquote::span::Span;
use pullquote::story::{Format, Story};
use pullquote::text_safety::remove_unsafe;

/// How many stories of one file are checked.
const MAX_STORIES: usize = 8;

/// Loads the stories of some bytes. A first byte of 1 to 3 chooses the format and belongs to no story; otherwise the content
/// tells the format, as that of the samples in `tests/formats` does.
fn load_stories(bytes: &[u8]) -> Vec<Story> {
    let (format, content) = match bytes {
        [1, content @ ..] => (Some(Format::Plain), content),
        [2, content @ ..] => (Some(Format::Markdown), content),
        [3, content @ ..] => (Some(Format::Html), content),
        content => (None, content),
    };
    let hint = Hint { format, name: Some("story"), ..Hint::default() };
    let parts = load::split(Cow::Borrowed(content), &hint).unwrap_or_default();
    parts.iter().take(MAX_STORIES).filter_map(|it| load::from_part(it, &hint).ok()).collect()
}

fn assert_in_text(story: &Story, span: Span) {
    assert!(story.text().get(span.start..span.end).is_some(), "{span:?} is not in the text");
}

/// The text of each story is safe; its blocks are in order and not empty.
pub(crate) fn check_story(bytes: &[u8]) {
    load_stories(bytes).iter().for_each(check_loaded);
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

/// Quotes have words and differ, spans lie in the text, the same input gives the same output, exports are safe.
pub(crate) fn check_analysis(bytes: &[u8]) {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(Engine::rules_only);
    for story in load_stories(bytes) {
        check_findings(engine, &story);
    }
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
    let exports: [&dyn Export; 5] = [&Json, &Jsonl, &Csv, &Markdown, &Text];
    for (number, export) in exports.into_iter().enumerate() {
        let rendered = export.render(story, &analysis);
        assert_eq!(remove_unsafe(&rendered), rendered, "export {number} is safe");
        if number < 2 {
            serde_json::from_str::<serde_json::Value>(&rendered).expect("it is JSON");
        }
    }
}
