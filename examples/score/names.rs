//! Labelled sentences → how many of their names were found.
//!
//! The sentences of a story are laid out as one text, a sentence a line. A name is right where its first and last token
//! and its kind are; a leading article and a trailing 's are dropped from both sides.

use std::collections::BTreeSet;
use std::iter::Sum;

use pullquote::analysis::{EntityKind, MentionKind};
use pullquote::engine::Engine;
use pullquote::load;

use crate::gold::{Sentence, Stretch};
use crate::map::Map;
use crate::table::{Cell, Cells, Row, Tally, shares};

/// The first and last token (excluded) of a name, and its kind.
type Name<'a> = (usize, usize, &'a str);

const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// How many names are right, found and wanted.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    found: usize,
    wanted: usize,
}

/// The counts of each kind.
#[derive(Default)]
pub(super) struct Counts([Count; 3]);

/// The counts of each story.
pub(super) fn counts(sentences: &[Sentence], engine: &Engine) -> Vec<Counts> {
    stories(sentences).iter().map(|it| Counts::of(it, engine)).collect()
}

impl Counts {
    fn of(story: &[&Sentence], engine: &Engine) -> Self {
        let mut counts = Self::default();
        let (text, laid) = laid_out(story);
        let found = found(&text, engine);
        for (sentence, tokens) in story.iter().zip(&laid) {
            let wanted: BTreeSet<Name> = entities(&sentence.tags).into_iter().collect();
            let wanted = bared(wanted, &sentence.tokens);
            let had = bared(taken(&found, tokens), &sentence.tokens);
            for (kind, count) in KINDS.iter().zip(&mut counts.0) {
                let of = |names: &BTreeSet<Name<'_>>| names.iter().filter(|it| it.2 == *kind).count();
                let right = wanted.intersection(&had).filter(|it| it.2 == *kind).count();
                *count = count.with(Count { right, found: of(&had), wanted: of(&wanted) });
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
            wanted: self.wanted + other.wanted,
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
    let [precision, recall, both] = shares(count.right, count.found, count.wanted).map(Cell::Share);
    Row { name, cells: Cells::List(vec![precision, recall, both, Cell::Count(count.wanted)]) }
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
fn found(text: &str, engine: &Engine) -> Vec<(Stretch, &'static str)> {
    let story = load::from_text(text);
    let analysis = engine.analyze(&story);
    let map = Map::of(story.text(), &text.chars().collect::<Vec<_>>());
    let mut found = Vec::new();
    for entity in &analysis.entities {
        let kind = match entity.kind {
            EntityKind::Person => "PER",
            EntityKind::Organisation => "ORG",
            EntityKind::Place => "LOC",
            EntityKind::Group | EntityKind::Unnamed => continue,
        };
        let names = entity.mentions.iter().filter(|it| it.kind == MentionKind::Name);
        found.extend(names.map(|it| (map.stretch(it.span), kind)));
    }
    found.sort_unstable();
    found
}

/// The tokens of a sentence that names cover; of two names on one token the first counts.
fn taken<'a>(found: &[(Stretch, &'a str)], tokens: &[Stretch]) -> BTreeSet<Name<'a>> {
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

/// The names that tags of begin and inside mark.
fn entities(tags: &[String]) -> Vec<Name<'_>> {
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
fn bared<'a>(names: BTreeSet<Name<'a>>, tokens: &[String]) -> BTreeSet<Name<'a>> {
    let bare = |(mut start, mut end, kind): Name<'a>| {
        while end - start > 1 && ["the", "a", "an"].contains(&tokens[start].to_lowercase().as_str()) {
            start += 1;
        }
        while end - start > 1 && ["'s", "’s", "'", "’"].contains(&tokens[end - 1].as_str()) {
            end -= 1;
        }
        (start, end, kind)
    };
    names.into_iter().map(bare).collect()
}

/// Tokens that no blank precedes.
const TIGHT_BEFORE: &[&str] = &[
    ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "'ll", "'re", "'ve", "'m",
    "'d", "''", "”", "’",
];
/// Tokens that no blank follows.
const TIGHT_AFTER: &[&str] = &["(", "[", "{", "$", "£", "€", "“", "‘", "#", "``"];

/// Sentences as one plausible text, and where each token stands in it.
fn laid_out(sentences: &[&Sentence]) -> (String, Vec<Vec<Stretch>>) {
    let (mut text, mut length, mut laid) = (String::new(), 0, Vec::new());
    for sentence in sentences {
        if length > 0 {
            text.push('\n');
            length += 1;
        }
        let (mut tight, mut opened, mut here) = (true, false, Vec::new());
        for token in &sentence.tokens {
            let word = match token.as_str() {
                "``" | "''" => "\"",
                "-LRB-" => "(",
                "-RRB-" => ")",
                other => other,
            };
            let mut space =
                !tight && !TIGHT_BEFORE.contains(&word) && !TIGHT_BEFORE.contains(&token.as_str());
            tight = TIGHT_AFTER.contains(&word);
            if word == "\"" {
                space = space && !opened;
                tight = !opened;
                opened = !opened;
            }
            if space {
                text.push(' ');
                length += 1;
            }
            let end = length + word.chars().count();
            here.push((length, end));
            text.push_str(word);
            length = end;
        }
        laid.push(here);
    }
    (text, laid)
}
