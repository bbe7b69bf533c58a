//! Turns inside a paragraph, which is cut before each: "“PARTICIPANT: I asked. MS. LEE: I answered.”".

use std::collections::HashSet;

use crate::load::builder::StoryBuilder;
use crate::load::structure::turns::label::{self, LabelForm};
use crate::span::Span;
use crate::story::{Block, BlockKind};

/// Cuts each paragraph before the labels in capitals inside it, if they are those of several turns.
pub(crate) fn split_paragraphs(builder: &mut StoryBuilder) {
    let StoryBuilder { text, blocks, pictures, .. } = builder;
    if !blocks.iter().any(|it| has_turns(text, it)) {
        return;
    }
    let mut split = Vec::with_capacity(blocks.len());
    // The new index of each block.
    let mut places = Vec::with_capacity(blocks.len());
    for block in &*blocks {
        places.push(split.len());
        let starts = if has_turns(text, block) { turn_starts(text, block.span) } else { vec![] };
        let mut start = block.span.start;
        for next in starts.into_iter().chain([block.span.end]) {
            let span = Span::new(start, next).trim(text);
            if !span.is_empty() {
                split.push(Block { span, ..*block });
            }
            start = next;
        }
    }
    let blocks_end = split.len();
    *blocks = split;
    let place = |block: usize| places.get(block).copied().unwrap_or(blocks_end);
    for block in blocks.iter_mut() {
        block.repeats = block.repeats.map(place);
    }
    for picture in pictures {
        picture.block = place(picture.block);
    }
}

/// Whether a paragraph holds several turns: at least two speakers, one of whom speaks again.
fn has_turns(text: &str, block: &Block) -> bool {
    const MIN_TURNS: usize = 3;
    let words = block.span.slice(text);
    let bytes = words.as_bytes();
    let mut colons = memchr::memchr_iter(b':', bytes).filter(|it| bytes.get(it + 1) == Some(&b' '));
    if block.kind != BlockKind::Paragraph || colons.nth(MIN_TURNS - 1).is_none() {
        return false;
    }
    let starts = turn_starts(text, block.span);
    let keys: HashSet<String> = starts
        .iter()
        .filter_map(|start| label::parse_label(text, Span::new(*start, block.span.end)))
        .map(|it| it.key)
        .collect();
    starts.len() >= MIN_TURNS && keys.len() > 1 && keys.len() < starts.len()
}

/// The offsets of the turns in a paragraph, each at the quotation mark before its label if there is one.
fn turn_starts(text: &str, paragraph: Span) -> Vec<usize> {
    let words = paragraph.slice(text);
    let mut starts = Vec::new();
    let mut after_sentence = true;
    // The end of the last label: "MS. FINCH" is one label, though "MS." ends like a sentence.
    let mut label_end = paragraph.start;
    let mut at = paragraph.start;
    for word in words.split_inclusive(' ') {
        let (start, bare) = (at, word.trim_end());
        at += word.len();
        let first = bare.trim_start_matches(['“', '"', '”', '(', '[']);
        let is_capitalized = first.starts_with(char::is_uppercase) && !first.contains(char::is_lowercase);
        let label = (after_sentence && is_capitalized && start >= label_end)
            .then(|| label_in_capitals(text, Span::new(start, paragraph.end)))
            .flatten();
        if let Some(label) = label {
            starts.push(start);
            label_end = label.end;
        }
        let sentence = bare.trim_end_matches(['”', '"', '’', ')', ']']);
        after_sentence = sentence.ends_with(['.', '!', '?', '…', '—', '-']);
    }
    starts
}

/// The label in capitals at the start of a span; `None` if there is none.
fn label_in_capitals(text: &str, span: Span) -> Option<Span> {
    let label = label::parse_label(text, span)?;
    let words = label.span.slice(text);
    let in_capitals = words.split(" (").next().is_some_and(|name| !name.contains(char::is_lowercase));
    let is_name = matches!(label.form, LabelForm::Transcript | LabelForm::FullName | LabelForm::Name);
    (in_capitals && is_name && text[label.span.end..].starts_with(':')).then_some(label.span)
}
