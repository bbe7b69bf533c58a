//! Tests of the tagger.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::analysis::EntityKind;
use crate::engine::tagger::tagged_spans::SpanRole;
use crate::span::Span;
use crate::story::{Block, BlockKind, Format};

thread_local! {
    static READY: Tagger = Tagger::default();
}

/// A story with one paragraph a line.
fn story(text: &str) -> Story {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        let span = Span::new(start, start + line.len()).trim(text);
        blocks.push(Block::new(BlockKind::Paragraph, span));
        start += line.len() + 1;
    }
    Story::new(Format::Plain, text.into(), blocks)
}

/// Windows of invented text as `training/export.py` cut them, with f32 scores for some.
fn reference() -> Vec<Value> {
    let rows = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tagger/reference.json"));
    serde_json::from_str(rows).unwrap()
}

fn numbers(rows: &Value) -> Vec<f32> {
    let rows = rows.as_array().unwrap().iter().flat_map(|it| it.as_array().unwrap());
    rows.map(|it| it.as_f64().unwrap() as f32).collect()
}

#[test]
fn words_and_pieces_are_those_that_the_network_was_trained_on() {
    let ready = LoadedModel::embedded();
    for row in reference() {
        let text = row["text"].as_str().unwrap();
        let read = ready.vocabulary.tokenize(text, story(text).blocks().iter().map(|it| it.span));
        for (word, wanted) in read.words.iter().zip(row["words"].as_array().unwrap()) {
            let ids = &read.ids[word.pieces.clone()];
            assert_eq!(
                serde_json::json!([word.shape, ids]),
                serde_json::json!([wanted[2], wanted[3]]),
                "{text}"
            );
            let gap = ids == [LINE];
            let span = serde_json::json!([word.span.start, word.span.end]);
            assert!(gap || span == serde_json::json!([wanted[0], wanted[1]]), "{text}");
        }
    }
}

#[test]
fn scores_in_whole_numbers_are_near_those_in_fractions() {
    let ready = LoadedModel::embedded();
    for row in reference().iter().filter(|it| it["attribution"].is_array()) {
        let text = row["text"].as_str().unwrap();
        let read = ready.vocabulary.tokenize(text, story(text).blocks().iter().map(|it| it.span));
        let count = row["words"].as_array().unwrap().len();
        let window = window_pieces(&read, 0..count);
        let outputs = ready.encoder.forward(&mut Workspace::default(), &[window]).remove(0);
        let scores = |part: fn(&Logits, usize) -> &[f32]| {
            (0..count).flat_map(|it| part(&outputs, it)).copied().collect::<Vec<f32>>()
        };
        for (name, scores) in
            [("attribution", scores(Logits::attribution)), ("names", scores(Logits::entities))]
        {
            let wanted = numbers(&row[name]);
            let off: f32 = scores.iter().zip(&wanted).map(|(a, b)| (a - b).powi(2)).sum();
            let size: f32 = wanted.iter().map(|it| it.powi(2)).sum();
            assert_eq!(scores.len(), wanted.len());
            assert!((off / size).sqrt() < 0.06, "{name}: off by {} of 1", (off / size).sqrt());
        }
    }
}

#[test]
fn who_said_what_is_found_and_linked() {
    let text = "The harbour wall will be rebuilt by May, Mayor Ann Lee said on Monday.";
    let tagged = Tagger::default().tag(&story(text), |word| word == "she");
    let words = |part: SpanRole| {
        let spans = tagged.spans.iter().filter(|it| it.role == part);
        spans.map(|it| it.span.slice(text)).collect::<Vec<_>>()
    };
    assert_eq!(words(SpanRole::Content), ["The harbour wall will be rebuilt by May"]);
    assert_eq!(words(SpanRole::Cue), ["said"]);
    let end = |span: Span| tagged.target_of(span).map(|it| tagged.spans[it]);
    let content = tagged.spans.iter().find(|it| it.role == SpanRole::Content).unwrap();
    let cue = end(content.span).unwrap();
    assert_eq!(cue.role, SpanRole::Cue);
    assert!(end(cue.span).unwrap().span.slice(text).ends_with("Ann Lee"));
    assert!(
        tagged.entities.iter().any(|it| it.span.slice(text) == "Ann Lee" && it.kind == EntityKind::Person)
    );
}

#[test]
fn a_pronoun_is_linked_to_the_one_it_means() {
    let text = "Ann Lee met reporters in Oslo. She said that the wall would hold.";
    let tagged = Tagger::default().tag(&story(text), |word| word == "she");
    let at = |words: &str| text.find(words).map(|it| Span::new(it, it + words.len())).unwrap();
    let antecedents: Vec<(usize, f32)> = tagged.antecedents(at("She")).collect();
    let share: f32 = antecedents.iter().filter(|it| at("Ann Lee").contains(it.0)).map(|it| it.1).sum();
    assert!(share > 0.5, "{antecedents:?}");
}

#[test]
fn a_long_story_gives_the_same_in_segments_as_in_one_piece() {
    let lines: Vec<String> = (0..60)
        .map(|it| {
            let name = ["Ann Lee", "Bo Ray", "Tomas Brand"][it % 3];
            let office = ["mayor", "minister", "harbour master"][it % 3];
            format!(
                "The wall at pier {it} will be rebuilt, {office} {name} said. She called it “a good day”."
            )
        })
        .collect();
    let story = story(&lines.join("\n"));
    let model = LoadedModel::embedded();
    let whole = model.tag(&story, |it| it == "she", usize::MAX, None).unwrap();
    let parts = model.tag(&story, |it| it == "she", 200, None).unwrap();
    assert!(whole.spans.len() > 100 && whole.antecedents.len() == 60);
    let spans = |it: &TaggerOutput| it.spans.iter().map(|it| (it.span, it.role)).collect::<Vec<_>>();
    assert_eq!(spans(&parts), spans(&whole));
    assert_eq!(parts.targets, whole.targets);
    for (part, whole) in parts.spans.iter().zip(&whole.spans) {
        assert!((part.probability - whole.probability).abs() < 1e-3, "{part:?} {whole:?}");
    }
}

#[test]
fn words_that_come_again_are_scored_once_and_have_the_same_scores() {
    let model = LoadedModel::embedded();
    let paragraph = "The wall at the pier will be rebuilt by May, Mayor Ann Lee said on Monday.";
    let other = "The WALL at the pier will be rebuilt by May, Mayor Ann Lee said on Monday.";
    let story = story(&[paragraph, other, paragraph].join("\n"));
    let read = model.vocabulary.tokenize(story.text(), story.blocks().iter().map(|it| it.span));
    let is_gap = |at: &usize| read.ids[read.words[*at].pieces.start] == LINE;
    let gaps: Vec<usize> = (0..read.words.len()).filter(is_gap).collect();
    let windows = [0..gaps[0], gaps[0] + 1..gaps[1], gaps[1] + 1..read.words.len()];
    let scored = model.score_windows(&read, &windows);
    assert!(Arc::ptr_eq(&scored[0].logits, &scored[2].logits));
    assert!(!Arc::ptr_eq(&scored[0].logits, &scored[1].logits));
    assert_eq!(scored.iter().map(|it| it.words.clone()).collect::<Vec<_>>(), windows);
}

#[test]
fn a_story_without_words_has_nothing_to_say() {
    let tagged = Tagger::default().tag(&story(""), |_| true);
    assert!(tagged.entities.is_empty() && tagged.spans.is_empty());
    assert_eq!(tagged.target_of(Span::new(0, 9)), None);
    assert_eq!(tagged.antecedents(Span::new(0, 9)).count(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_gives_stretches_in_order_on_character_boundaries(text in "[ \n“”'\",.a-zA-Zéß漢\u{ad}\u{300}]{0,80}|\\PC{0,80}") {
        let story = story(&text);
        let tagged = READY.with(|it| it.tag(&story, |_| true));
        let mut end = 0;
        for span in &tagged.spans {
            prop_assert!(span.span.start >= end && !span.span.slice(story.text()).is_empty());
            prop_assert!((0.0..=1.001).contains(&span.probability));
            end = span.span.end;
            let target = tagged.target_of(span.span);
            prop_assert!(target.is_none_or(|it| it < tagged.spans.len()));
        }
        for name in &tagged.entities {
            prop_assert!(!name.span.slice(story.text()).is_empty());
        }
    }
}

#[test]
fn a_window_has_the_same_scores_alone_and_beside_others() {
    let ready = LoadedModel::embedded();
    let text = "The mayor said on Monday that the bridge is safe, and that it will open again in the spring.";
    let read = ready.vocabulary.tokenize(text, story(text).blocks().iter().map(|it| it.span));
    let windows: Vec<WindowPieces> =
        [0..5, 3..19, 0..1, 2..9].map(|it| window_pieces(&read, it)).into_iter().collect();
    let mut workspace = Workspace::default();
    let together = ready.encoder.forward(&mut workspace, &windows);
    assert_eq!(together.len(), windows.len());
    for (window, together) in windows.iter().zip(together) {
        let alone = ready.encoder.forward(&mut workspace, std::slice::from_ref(window)).remove(0);
        for row in 0..window.wanted.len() {
            assert_eq!(together.attribution(row), alone.attribution(row));
            assert_eq!(together.entities(row), alone.entities(row));
        }
    }
}

#[test]
fn threads_share_the_windows_of_a_story_evenly() {
    assert_eq!(batch_size(0, 2), 1);
    assert_eq!(batch_size(1, 8), 1);
    assert_eq!(batch_size(7, 1), 2);
    assert_eq!(batch_size(7, 2), 2);
    assert_eq!(batch_size(3, 2), 2);
    assert_eq!(batch_size(16, 16), 1);
    assert_eq!(batch_size(100, 16), 2);
}
