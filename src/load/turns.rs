//! Which paragraphs are turns of an interview, and the labels that say whose.

use std::collections::HashMap;

use super::ends;
use crate::span::Span;
use crate::story::{Block, BlockKind};

/// Makes turns of the paragraphs with a label that says who speaks: Q or A, or a name that comes again.
pub(super) fn mark(text: &str, blocks: &mut [Block]) {
    let labels: Vec<Option<Span>> = blocks.iter().map(|it| label(text, it)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for label in labels.iter().flatten() {
        *counts.entry(label.of(text).to_lowercase()).or_default() += 1;
    }
    let often = |label: &str| counts.get(&label.to_lowercase()).copied().unwrap_or_default();
    let asked = often("q") + often("question") > 0;
    let speakers = counts.iter().filter(|it| *it.1 > 1 && !is_rubric(it.0)).count();
    for (block, label) in blocks.iter_mut().zip(&labels) {
        let Some(label) = label else { continue };
        let words = label.of(text);
        let is_turn = match words {
            "Q" | "Question" => true,
            "A" | "Answer" => asked,
            _ if is_rubric(words) || often(words) < 2 => false,
            // One word that comes again is a speaker only beside another one: "Price: …" comes again, too.
            _ => words.contains(' ') || speakers > 1 || asked || words.chars().all(|it| !it.is_lowercase()),
        };
        if is_turn {
            block.kind = BlockKind::Turn;
            block.label = Some(*label);
        }
    }
}

/// Whether a line begins with the letter of a question or an answer.
pub(super) fn is_letter(line: &str) -> bool {
    ["Q: ", "A: ", "Q. "].iter().any(|it| line.starts_with(it))
}

/// The words before the colon of a paragraph, where they may be a speaker's name.
fn label(text: &str, block: &Block) -> Option<Span> {
    const LONGEST: usize = 60;
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let words = block.span.of(text);
    let head = ends::first(words, LONGEST);
    let length = match head.strip_prefix(['Q', 'A']) {
        Some(rest) if rest.starts_with('.') && !rest.starts_with("..") => 1,
        _ => head.find(':')?,
    };
    let after = words[length + 1..].chars().next();
    let label = &words[..length];
    (after.is_none_or(|it| it == ' ') && is_name(label))
        .then(|| Span::new(block.span.start, block.span.start + length))
}

/// Whether words may be a name: up to five, with capitals, of letters; a remark in brackets may follow.
fn is_name(label: &str) -> bool {
    let name = label.split(" (").next().unwrap_or_default();
    let small = |word: &str| {
        matches!(word, "of" | "de" | "van" | "von" | "der" | "al" | "bin" | "the" | "la" | "and")
    };
    let fits = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|it| it.is_alphabetic() || "-'’.".contains(it))
    };
    name.starts_with(char::is_uppercase)
        && name.split(' ').count() <= 5
        && name.split(' ').all(|it| small(it) || fits(it))
}

/// Whether a word names what follows, not who says it.
fn is_rubric(label: &str) -> bool {
    const RUBRICS: &[&str] = &[
        "note",
        "update",
        "updated",
        "photo",
        "photos",
        "photograph",
        "picture",
        "image",
        "video",
        "watch",
        "listen",
        "read",
        "read more",
        "also read",
        "see also",
        "related",
        "source",
        "sources",
        "credit",
        "exclusive",
        "breaking",
        "correction",
        "opinion",
        "analysis",
        "editor's note",
        "editor’s note",
        "tel",
        "email",
        "twitter",
        "contact",
        "more",
        "by",
        "published",
        "posted",
        "caption",
        "fact check",
        "explainer",
        "live",
    ];
    RUBRICS.contains(&label.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::text;

    fn labels(story: &str) -> Vec<String> {
        let story = text(story);
        let turns = story.blocks().iter().filter(|it| it.kind == BlockKind::Turn);
        turns.filter_map(|it| it.label).map(|it| it.of(story.text()).to_owned()).collect()
    }

    #[test]
    fn a_label_is_a_letter_or_comes_again() {
        for (story, expected) in [
            ("Q: Why now?\nA: Because.", vec!["Q", "A"]),
            ("Q. Why now?\nA. Because.", vec!["Q", "A"]),
            ("Ann Lee: Why now?\nBo Ray: Because.\nAnn Lee: Oh.", vec!["Ann Lee", "Ann Lee"]),
            ("LEE: Why now?\nRAY: Because.\nLEE: Oh.\nRAY (laughs): Yes.", vec!["LEE", "LEE"]),
            (
                "Gazette: Why now?\nLee: Because.\nGazette: Oh.\nLee: Yes.",
                vec!["Gazette", "Lee", "Gazette", "Lee"],
            ),
            ("He said: “Why now?”\nHe said: “Oh.”", vec![]),
            ("Note: it rained.\nNote: it rained again.", vec![]),
            ("A. A. Lee lives here.\nA. is a letter.", vec![]),
            ("Price: ten crowns.\nPrice: nine crowns.", vec![]),
            ("Update 10:30: it rained.\nAnn Lee: It rained.", vec![]),
        ] {
            assert_eq!(labels(story), expected, "{story}");
        }
    }
}
