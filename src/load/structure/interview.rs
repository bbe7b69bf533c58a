//! Which paragraphs are turns of an interview, and the labels that say whose.

use std::collections::HashMap;

use crate::span::Span;
use crate::story::{Block, BlockKind};

/// Makes turns of the paragraphs with a label that says who speaks: Q or A, or names that take turns.
pub(crate) fn label_turns(text: &str, blocks: &mut [Block]) {
    let labels: Vec<Option<Span>> = blocks.iter().map(|it| find_label(text, it)).collect();
    let speakers = LabelIndex::new(labels.iter().flatten().map(|it| it.slice(text)));
    let sure: Vec<bool> =
        labels.iter().map(|it| it.is_some_and(|it| speakers.is_turn(it.slice(text)))).collect();
    for (number, label) in labels.iter().enumerate() {
        // Whoever speaks once, does so between the turns of others.
        let between = number > 0 && sure[number - 1] && sure.get(number + 1) == Some(&true);
        if label.is_some() && (sure[number] || between) {
            blocks[number].kind = BlockKind::Turn;
            blocks[number].label = *label;
        }
    }
}

/// All labels of a text, by their last words: "Ann Lee" is "Lee" later on.
struct LabelIndex<'a> {
    by_surname: HashMap<&'a str, LabelOccurrences>,
}

/// Where a label stands among all labelled paragraphs.
struct LabelOccurrences {
    first: usize,
    last: usize,
    count: usize,
}

impl<'a> LabelIndex<'a> {
    fn new(labels: impl Iterator<Item = &'a str>) -> Self {
        let mut by_surname: HashMap<&str, LabelOccurrences> = HashMap::new();
        for (number, label) in labels.enumerate() {
            let stand = by_surname.entry(surname(label)).or_insert(LabelOccurrences {
                first: number,
                last: number,
                count: 0,
            });
            stand.last = number;
            stand.count += 1;
        }
        Self { by_surname }
    }

    fn is_turn(&self, label: &str) -> bool {
        let asked = self.by_surname.contains_key("Q") || self.by_surname.contains_key("Question");
        match label {
            "Q" | "Question" => true,
            "A" | "Answer" => asked,
            _ => self.by_surname.get(surname(label)).is_some_and(|it| {
                // Somebody else speaks in between; a price list or a row of links has one rubric over and over.
                let answered = it.last - it.first + 1 > it.count;
                it.count > 1 && (answered || asked)
            }),
        }
    }
}

/// The last word of a label, without the remark in brackets behind it.
fn surname(label: &str) -> &str {
    let name = label.split(" (").next().unwrap_or(label);
    name.rsplit(' ').next().unwrap_or(name)
}

/// Whether a line begins with the letter of a question or an answer.
pub(crate) fn has_letter_label(line: &str) -> bool {
    ["Q: ", "A: ", "Q. "].iter().any(|it| line.starts_with(it))
}

/// The words before the colon of a paragraph, where they may be a speaker's name.
fn find_label(text: &str, block: &Block) -> Option<Span> {
    const LONGEST: usize = 60;
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    // A transcript may open each turn with a quotation mark: "“LEE: It rained."
    let words = block.span.slice(text).trim_start_matches(['“', '"', '”']);
    let start = block.span.end - words.len();
    let head = &words[..words.floor_char_boundary(LONGEST)];
    let length = match head.strip_prefix(['Q', 'A']) {
        Some(rest) if rest.starts_with('.') && !rest.starts_with("..") => 1,
        _ => head.find(':')?,
    };
    let (label, rest) = (&words[..length], &words[length + 1..]);
    // "Lee: 2,316." is a result, not a remark.
    let speaks = rest.is_empty() || (rest.starts_with(' ') && rest.contains(char::is_alphabetic));
    (speaks && is_name(label) && !is_rubric(label)).then(|| Span::new(start, start + length))
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
    use crate::load::from_text;

    fn labels(story: &str) -> Vec<String> {
        let story = from_text(story);
        let turns = story.blocks().iter().filter(|it| it.kind == BlockKind::Turn);
        turns.filter_map(|it| it.label).map(|it| it.slice(story.text()).to_owned()).collect()
    }

    #[test]
    fn a_label_is_a_letter_or_comes_again() {
        for (story, expected) in [
            ("Q: Why now?\nA: Because.", vec!["Q", "A"]),
            ("Q. Why now?\nA. Because.", vec!["Q", "A"]),
            ("Ann Lee: Why now?\nBo Ray: Because.\nAnn Lee: Oh.", vec!["Ann Lee", "Bo Ray", "Ann Lee"]),
            (
                "LEE: Why now?\nRAY: Because.\nLEE: Oh.\nRAY (laughs): Yes.",
                vec!["LEE", "RAY", "LEE", "RAY (laughs)"],
            ),
            (
                "Gazette: Why now?\nLee: Because.\nGazette: Oh.\nLee: Yes.",
                vec!["Gazette", "Lee", "Gazette", "Lee"],
            ),
            (
                "Ann Lee: Why now?\nBo Ray: Because.\nLee: Oh.\nRay: Yes.",
                vec!["Ann Lee", "Bo Ray", "Lee", "Ray"],
            ),
            ("\"LEE: Why now?\n\"RAY: Because.\n\"LEE: Oh.\n\"RAY: Yes.\"", vec!["LEE", "RAY", "LEE", "RAY"]),
            ("Lee: 46.\nRay: 12.\nLee: 45.\nRay: 13.", vec![]),
            ("Ann Lee: It rained.\nIt did.\nAnn Lee: It stopped.", vec![]),
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
