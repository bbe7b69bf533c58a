//! Scores of names: precision, recall and F1 of exact matches.
//!
//! The sentences of a story become one text, one sentence per line. A name is right if its first token, its last token
//! and its kind are. A leading article and a trailing 's are dropped from both sides.

use std::collections::BTreeSet;
use std::iter::Sum;

use pullquote::analysis::{EntityKind, MentionKind};
use pullquote::engine::Engine;
use pullquote::load;

use crate::gold::{CharRange, Sentence};
use crate::offset_map::OffsetMap;
use crate::table::{Cell, Cells, Row, Tally, shares};

/// The first and last token (excluded) of a name, and its kind.
type Name<'a> = (usize, usize, &'a str);

const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// How many names are right, found and expected.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    found: usize,
    expected: usize,
}

/// The counts of each kind.
#[derive(Default)]
pub(crate) struct Counts([Count; 3]);

/// The counts of each story.
pub(crate) fn counts(sentences: &[Sentence], engine: &Engine) -> Vec<Counts> {
    stories(sentences).iter().map(|it| Counts::from_story(it, engine)).collect()
}

impl Counts {
    fn from_story(story: &[&Sentence], engine: &Engine) -> Self {
        let mut counts = Self::default();
        let (text, token_ranges) = lay_out(story);
        let found = find_names(&text, engine);
        for (sentence, tokens) in story.iter().zip(&token_ranges) {
            let expected: BTreeSet<Name> = bio_spans(&sentence.tags).into_iter().collect();
            let expected = trim_names(expected, &sentence.tokens);
            let predicted = trim_names(covered_tokens(&found, tokens), &sentence.tokens);
            for (kind, count) in KINDS.iter().zip(&mut counts.0) {
                let of = |names: &BTreeSet<Name<'_>>| names.iter().filter(|it| it.2 == *kind).count();
                let right = expected.intersection(&predicted).filter(|it| it.2 == *kind).count();
                *count = count.with(Count { right, found: of(&predicted), expected: of(&expected) });
            }
        }
        counts
    }
}

impl Count {
    fn with(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            found: self.found + other.found,
            expected: self.expected + other.expected,
        }
    }
}

impl<'a> Sum<&'a Counts> for Counts {
    fn sum<I: Iterator<Item = &'a Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, it| Self(std::array::from_fn(|at| sum.0[at].with(it.0[at]))))
    }
}

impl Tally for Counts {
    fn rows(&self) -> Vec<Row> {
        let all = self.0.iter().fold(Count::default(), |sum, it| sum.with(*it));
        let named = KINDS.iter().map(ToString::to_string).zip(self.0).chain([(KINDS.join("+"), all)]);
        let mut rows: Vec<Row> = named.map(|(name, count)| row(name, count)).collect();
        rows.push(Row { name: "stories without an answer".into(), cells: Cells::One(Cell::Count(0)) });
        rows
    }
}

fn row(name: String, count: Count) -> Row {
    let [precision, recall, both] = shares(count.right, count.found, count.expected).map(Cell::Share);
    Row { name, cells: Cells::List(vec![precision, recall, both, Cell::Count(count.expected)]) }
}

/// The sentences of each story, stories in order of their first sentence.
fn stories(sentences: &[Sentence]) -> Vec<Vec<&Sentence>> {
    let mut stories: Vec<(Option<&str>, Vec<&Sentence>)> = Vec::new();
    for sentence in sentences {
        let name = sentence.doc.as_deref().filter(|it| !it.is_empty()).or(sentence.id.as_deref());
        match stories.iter_mut().find(|it| it.0 == name) {
            Some(story) => story.1.push(sentence),
            None => stories.push((name, vec![sentence])),
        }
    }
    stories.into_iter().map(|it| it.1).collect()
}

/// The names that the engine finds, in characters of `text`, with their kinds.
fn find_names(text: &str, engine: &Engine) -> Vec<(CharRange, &'static str)> {
    let story = load::from_text(text);
    let analysis = engine.analyze(&story);
    let map = OffsetMap::new(story.text(), &text.chars().collect::<Vec<_>>());
    let mut found = Vec::new();
    for entity in &analysis.entities {
        let kind = match entity.kind {
            EntityKind::Person => "PER",
            EntityKind::Organisation => "ORG",
            EntityKind::Place => "LOC",
            EntityKind::Group | EntityKind::Unnamed | EntityKind::Document => continue,
        };
        let names = entity.mentions.iter().filter(|it| it.kind == MentionKind::Name);
        found.extend(names.map(|it| (map.char_range(it.span), kind)));
    }
    found.sort_unstable();
    found
}

/// Names in tokens of a sentence; of two names on one token the first counts.
fn covered_tokens<'a>(found: &[(CharRange, &'a str)], tokens: &[CharRange]) -> BTreeSet<Name<'a>> {
    let mut names = BTreeSet::new();
    let mut taken = BTreeSet::new();
    for ((start, end), kind) in found {
        let numbered = tokens.iter().enumerate();
        let at: Vec<usize> = numbered.filter(|(_, it)| it.0 < *end && *start < it.1).map(|it| it.0).collect();
        if let [first, ..] = at[..]
            && at.iter().all(|it| !taken.contains(it))
        {
            names.insert((first, at[at.len() - 1] + 1, *kind));
            taken.extend(at);
        }
    }
    names
}

/// The names that BIO tags label.
fn bio_spans(tags: &[String]) -> Vec<Name<'_>> {
    let mut names = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (at, tag) in tags.iter().map(String::as_str).chain(["O"]).enumerate() {
        let kind = tag.get(2..).unwrap_or_default();
        if let Some((start, of)) = open
            && (!tag.starts_with('I') || kind != of)
        {
            names.push((start, at, of));
            open = None;
        }
        if tag != "O" && open.is_none() {
            open = Some((at, kind));
        }
    }
    names.retain(|it| KINDS.contains(&it.2));
    names
}

/// The same names without a leading article and a trailing 's.
fn trim_names<'a>(names: BTreeSet<Name<'a>>, tokens: &[String]) -> BTreeSet<Name<'a>> {
    let trim = |(mut start, mut end, kind): Name<'a>| {
        while end - start > 1 && ["the", "a", "an"].contains(&tokens[start].to_lowercase().as_str()) {
            start += 1;
        }
        while end - start > 1 && ["'s", "’s", "'", "’"].contains(&tokens[end - 1].as_str()) {
            end -= 1;
        }
        (start, end, kind)
    };
    names.into_iter().map(trim).collect()
}

/// Tokens that no space precedes.
const NO_SPACE_BEFORE: &[&str] = &[
    ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "'ll", "'re", "'ve", "'m",
    "'d", "''", "”", "’",
];
/// Tokens that no space follows.
const NO_SPACE_AFTER: &[&str] = &["(", "[", "{", "$", "£", "€", "“", "‘", "#", "``"];

/// Joins sentences into one text; returns it with the range of each token.
fn lay_out(sentences: &[&Sentence]) -> (String, Vec<Vec<CharRange>>) {
    let (mut text, mut length, mut token_ranges) = (String::new(), 0, Vec::new());
    for sentence in sentences {
        if length > 0 {
            text.push('\n');
            length += 1;
        }
        let (mut no_space, mut is_open, mut sentence_ranges) = (true, false, Vec::new());
        for token in &sentence.tokens {
            let word = match token.as_str() {
                "``" | "''" => "\"",
                "-LRB-" => "(",
                "-RRB-" => ")",
                other => other,
            };
            let mut space =
                !no_space && !NO_SPACE_BEFORE.contains(&word) && !NO_SPACE_BEFORE.contains(&token.as_str());
            no_space = NO_SPACE_AFTER.contains(&word);
            if word == "\"" {
                space = space && !is_open;
                no_space = !is_open;
                is_open = !is_open;
            }
            if space {
                text.push(' ');
                length += 1;
            }
            let end = length + word.chars().count();
            sentence_ranges.push((length, end));
            text.push_str(word);
            length = end;
        }
        token_ranges.push(sentence_ranges);
    }
    (text, token_ranges)
}
