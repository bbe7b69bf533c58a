//! Interview turns: paragraphs with a label that names the speaker ("Q:", "Ann Lee:").

use std::collections::HashMap;

use crate::load::text::word_list::word_list;
use crate::span::Span;
use crate::story::{Block, BlockKind};

/// Makes turns of the paragraphs whose label names a speaker: Q or A, or names that alternate.
pub(crate) fn label_turns(text: &str, blocks: &mut [Block]) {
    let labels: Vec<Option<Span>> = blocks.iter().map(|it| find_label(text, it)).collect();
    let index = LabelIndex::new(labels.iter().flatten().map(|it| it.slice(text)));
    let is_turn = |label: &Option<Span>| label.is_some_and(|span| index.is_turn(span.slice(text)));
    let certain: Vec<bool> = labels.iter().map(is_turn).collect();
    for (number, label) in labels.iter().enumerate() {
        // A label that occurs once is a speaker's if it stands between two turns of others.
        let is_between = number > 0 && certain[number - 1] && certain.get(number + 1) == Some(&true);
        if label.is_some() && (certain[number] || is_between) {
            blocks[number].kind = BlockKind::Turn;
            blocks[number].label = *label;
        }
    }
}

/// All labels of a text by their last word, since "Ann Lee" is later "Lee".
struct LabelIndex<'a> {
    by_surname: HashMap<&'a str, LabelOccurrences>,
}

/// The occurrences of a label among all labelled paragraphs, which are counted from 0.
struct LabelOccurrences {
    first: usize,
    last: usize,
    count: usize,
}

impl<'a> LabelIndex<'a> {
    fn new(labels: impl Iterator<Item = &'a str>) -> Self {
        let mut by_surname: HashMap<&str, LabelOccurrences> = HashMap::new();
        for (number, label) in labels.enumerate() {
            let new = LabelOccurrences { first: number, last: number, count: 0 };
            let occurrences = by_surname.entry(surname(label)).or_insert(new);
            occurrences.last = number;
            occurrences.count += 1;
        }
        Self { by_surname }
    }

    /// Whether a label certainly names the speaker of a turn.
    fn is_turn(&self, label: &str) -> bool {
        let has_questions = self.by_surname.contains_key("Q") || self.by_surname.contains_key("Question");
        match label {
            "Q" | "Question" => true,
            "A" | "Answer" => has_questions,
            _ => self.by_surname.get(surname(label)).is_some_and(|it| {
                // Another label comes in between; a price list or a row of links repeats one rubric.
                let alternates = it.last - it.first + 1 > it.count;
                it.count > 1 && (alternates || has_questions)
            }),
        }
    }
}

/// The last word of a label, without a remark in brackets after it.
fn surname(label: &str) -> &str {
    let name = label.split(" (").next().unwrap_or(label);
    name.rsplit(' ').next().unwrap_or(name)
}

/// Whether a line begins with the letter of a question or an answer.
pub(crate) fn has_letter_label(line: &str) -> bool {
    ["Q: ", "A: ", "Q. "].iter().any(|it| line.starts_with(it))
}

/// The text before the colon of a paragraph, if it can be a speaker's name.
fn find_label(text: &str, block: &Block) -> Option<Span> {
    const MAX_LABEL_BYTES: usize = 60;
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    // A transcript may open each turn with a quotation mark: "“LEE: It rained."
    let turn = block.span.slice(text).trim_start_matches(['“', '"', '”']);
    let start = block.span.end - turn.len();
    let head = &turn[..turn.floor_char_boundary(MAX_LABEL_BYTES)];
    let length = match head.strip_prefix(['Q', 'A']) {
        Some(rest) if rest.starts_with('.') && !rest.starts_with("..") => 1,
        _ => head.find(':')?,
    };
    let (label, rest) = (&turn[..length], &turn[length + 1..]);
    // "Lee: 2,316." is a result, not a remark.
    let is_speech = rest.is_empty() || (rest.starts_with(' ') && rest.contains(char::is_alphabetic));
    (is_speech && is_name(label) && !is_rubric(label)).then(|| Span::new(start, start + length))
}

/// Whether a label can be a name: up to five words of letters, with capitals; a remark in brackets may follow.
fn is_name(label: &str) -> bool {
    const MAX_NAME_WORDS: usize = 5;
    let name = label.split(" (").next().unwrap_or_default();
    let is_lowercase_part = |word: &str| {
        matches!(word, "al" | "and" | "bin" | "de" | "der" | "la" | "of" | "the" | "van" | "von")
    };
    let is_capitalized = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|ch| ch.is_alphabetic() || "-'’.".contains(ch))
    };
    name.starts_with(char::is_uppercase)
        && name.split(' ').count() <= MAX_NAME_WORDS
        && name.split(' ').all(|it| is_lowercase_part(it) || is_capitalized(it))
}

/// Whether a label names what follows, not the speaker.
fn is_rubric(label: &str) -> bool {
    RUBRICS.contains(&label.to_lowercase().as_str())
}

const RUBRICS: &[&str] = &word_list!("interview-rubrics");

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
