//! Tests of the pipeline, and test helpers: documents, clauses and attributions made from a text with one paragraph a line.

use std::ops::ControlFlow;

use crate::analysis::{Act, AttributionRule};
use crate::engine::Engine;
use crate::engine::attribution::rules::{CueVerbs, RuleOutput};
use crate::engine::attribution::{Attribution, rules};
use crate::engine::text::clause::Clause;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::Lexicon;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::{clause, quotation_marks};
use crate::span::Span;
use crate::story::{Block, BlockKind, Format, Story};

/// Calls `check` with the document of `text`.
pub(crate) fn with_document<T>(text: &str, check: impl FnOnce(&Document) -> T) -> T {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, start + line.len())));
        start += line.len() + 1;
    }
    let story = Story::new(Format::Plain, text.into(), blocks);
    check(&Document::new(&story, &Lexicon::embedded()))
}

/// Calls `check` with the document, quoted spans, clauses and rule-based attributions of `text`.
pub(crate) fn with_clauses<T>(
    text: &str,
    check: impl FnOnce(&Document, &[QuotedSpan], &[Clause], &RuleOutput) -> T,
) -> T {
    with_document(text, |doc| {
        let quoted = quotation_marks::quoted_spans(doc);
        let clauses = clause::clauses(doc, &quoted);
        let rules = rules::extract(doc, &quoted, &clauses, &CueVerbs::embedded());
        check(doc, &quoted, &clauses, &rules)
    })
}

/// An attribution of words of `text` by the tagger, each at its first occurrence.
pub(crate) fn report(text: &str, source: &str, cue: &str, contents: &[&str]) -> Attribution {
    let at = |it: &str| text.find(it).map(|start| Span::new(start, start + it.len()));
    Attribution {
        source: at(source),
        cue: at(cue),
        contents: contents.iter().filter_map(|it| at(it)).collect(),
        rule: AttributionRule::Tagger,
        act: Act::Speech,
        confidence: 0.9,
    }
}

/// A story of `count` paragraphs, each with a quote.
fn long_story(count: usize) -> Story {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for number in 0..count {
        let speaker = ["Ann Lee", "Bo Ray", "Tomas Brand"][number % 3];
        let start = text.len();
        let paragraph = format!(
            "“The wall at pier {number} will hold until the spring,” said {speaker} on Monday, and left."
        );
        text.push_str(&paragraph);
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, text.len())));
        text.push('\n');
    }
    Story::new(Format::Plain, text, blocks)
}

#[test]
fn the_first_parts_of_a_long_story_hold_the_quotes_of_their_paragraphs() {
    let story = long_story(400);
    let mut told = Vec::new();
    let mut observer = |progress: crate::analysis::AnalysisProgress| {
        told.push(progress);
        ControlFlow::Continue(())
    };
    let whole = Engine::embedded().analyze_observed(&story, &mut observer).unwrap();
    assert!(told.windows(2).all(|it| it[0].share < it[1].share), "the share only grows");
    assert!(told.iter().all(|it| it.share > 0.0 && it.share < 1.0));
    let parts: Vec<_> = told.iter().filter_map(|it| it.first_part.as_ref()).collect();
    assert!(!parts.is_empty());
    for part in parts {
        let count = part.quotes.len();
        assert!(count > 50 && count < whole.quotes.len(), "{count} of {}", whole.quotes.len());
        for (one, other) in part.quotes.iter().zip(&whole.quotes) {
            assert_eq!((&one.parts, one.speaker), (&other.parts, other.speaker));
        }
    }
    assert_eq!(whole.quotes, Engine::embedded().analyze(&story).quotes);
}

#[test]
fn an_analysis_that_is_stopped_gives_nothing_and_a_short_story_tells_nothing() {
    let engine = Engine::embedded();
    assert!(engine.analyze_observed(&long_story(400), &mut |_| ControlFlow::Break(())).is_none());
    let mut observer = |_| panic!("a short story is there at once");
    assert!(engine.analyze_observed(&long_story(20), &mut observer).is_some());
}

#[test]
fn of_a_story_beyond_the_limit_the_first_words_are_analysed() {
    let story = long_story(100);
    let whole = Engine::rules_only().analyze(&story);
    assert_eq!((whole.quotes.len(), whole.analyzed_to), (100, None));
    // A paragraph has 22 words, punctuation marks among them.
    let part = Engine { max_words: 40 * 22, ..Engine::rules_only() }.analyze(&story);
    assert_eq!(part.quotes, whole.quotes[..40]);
    assert_eq!(part.analyzed_to, story.blocks().get(39).map(|it| it.span.end));
    let paragraph = "It rained at the pier. ".repeat(50);
    let block = Block::new(BlockKind::Paragraph, Span::new(0, paragraph.trim_end().len()));
    let story = Story::new(Format::Plain, paragraph, vec![block]);
    let mut engine = Engine { max_words: 10, ..Engine::embedded() };
    let mut observer = |_| ControlFlow::Continue(());
    let observed = engine.analyze_observed(&story, &mut observer).unwrap();
    assert_eq!(observed.analyzed_to, Some("It rained at the pier. It rained at the".len()));
    assert_eq!(engine.analyze(&story), observed);
    for (max_words, end) in
        [(0, Some(0)), (299, Some(story.text().len() - 2)), (300, None), (usize::MAX, None)]
    {
        engine.max_words = max_words;
        assert_eq!(engine.analyze(&story).analyzed_to, end, "{max_words}");
    }
}

#[test]
fn words_are_counted_as_the_tagger_counts_them() {
    for (text, words) in
        [("Ann said: “No.”", 7), ("a1 b-c", 4), ("雨が降った", 5), ("\"\"\"", 3), (" a\n\nb ", 2), ("", 0)]
    {
        assert_eq!(super::end_of_words(text, words), None, "{text}");
        assert!(words == 0 || super::end_of_words(text, words - 1).is_some(), "{text}");
    }
}
