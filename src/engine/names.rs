//! Sheet → the people, bodies and places that it names, each with its kind and the offices beside it.
//!
//! 1. [`words`]: how each word is written, what it may mean, how much its capital says.
//! 2. [`runs`]: stretches of capitalised words with what joins them ("Ministry of Justice").
//! 3. [`drafts`]: runs are cut into names and titles; the words of a name vote on its kind.
//! 4. [`votes`]: so do the words around it, and a tagger's findings, where there are some.
//! 5. [`document`]: one name has one kind in one story; what too little speaks for is dropped.
//! 6. [`offices`]: the title before a name and the apposition after it become its roles.

mod document;
mod drafts;
mod offices;
mod runs;
#[cfg(test)]
mod tests;
mod votes;
mod words;

use std::collections::HashSet;
use std::ops::Range;

use super::lexicon::{Lexicon, Sense};
use super::model::TaggedName;
use super::sheet::Sheet;
use crate::analysis::EntityKind;
use crate::span::Span;
use drafts::Draft;
use votes::Votes;
use words::Words;

/// One name where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// Its own words, without title, article and possessive ending.
    pub(super) span: Span,
    /// The tokens of the span.
    pub(super) tokens: Range<usize>,
    /// Person, organisation or place.
    pub(super) kind: EntityKind,
    /// The offices that stand beside it ("US Secretary of State"), without article.
    pub(super) roles: Vec<Span>,
    /// What its title, its office or its given name tells.
    pub(super) sex: Option<Sex>,
}

/// What words may tell of a person's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sex {
    Female,
    Male,
}

/// All names of a story, in reading order and without overlaps. Where `tagged`
/// is not empty, its spans and kinds win over the rules.
pub(super) fn names(sheet: &Sheet, lexicon: &Lexicon, tagged: &[TaggedName]) -> Vec<Name> {
    let words = Words::new(sheet, lexicon);
    let runs: Vec<Range<usize>> =
        sheet.sentences.iter().flat_map(|it| runs::runs(&words, it.tokens.clone())).collect();
    let mut drafts: Vec<Draft> = tagged.iter().filter_map(|it| believed(&words, &runs, it)).collect();
    drafts.sort_by_key(|it| it.tokens.start);
    let told: Vec<Range<usize>> = drafts.iter().map(|it| it.tokens.clone()).collect();
    let known: HashSet<String> = told.iter().map(|it| words.phrase(it.clone())).collect();
    for run in runs {
        let found = drafts::drafts(&words, run);
        // What the tagger passed over is a name only where it knew the same words elsewhere, or as a short form in
        // brackets: "Islamic State (IS)".
        let free = |it: &Draft| {
            let bracketed = it.tokens.start > 0
                && sheet.word(it.tokens.start - 1) == "("
                && sheet.word(it.tokens.end) == ")"
                && it.tokens.len() == 1
                && sheet.word(it.tokens.start).chars().all(char::is_uppercase);
            let trusted = tagged.is_empty() || bracketed || known.contains(&words.phrase(it.tokens.clone()));
            trusted && !meets(&told, &it.tokens)
        };
        drafts.extend(found.into_iter().filter(free));
    }
    // A title is not a name of its own, even where the tagger took it for a body's.
    let mut titles: Vec<Range<usize>> = drafts.iter().filter_map(|it| it.title.clone()).collect();
    titles.sort_unstable_by_key(|it| it.start);
    drafts.retain(|it| it.title.is_some() || !meets(&titles, &it.tokens));
    drafts.sort_by_key(|it| it.tokens.start);
    let judged = document::judged(&words, drafts);
    offices::with_offices(&words, judged)
}

/// A tagger's finding as a draft, cut free of articles and titles, with the
/// title that stands before it in its run.
fn believed(words: &Words, runs: &[Range<usize>], tagged: &TaggedName) -> Option<Draft> {
    let tokens = words.sheet.tokens_in(tagged.span);
    if tokens.is_empty() {
        return None;
    }
    // An office alone ("Secretary of State") and a quarter of the sky ("the West") are no names.
    let alone = drafts::drafts(words, tokens.clone());
    let quarter = tokens.len() == 1 && words.senses(tokens.start).has(Sense::Capital);
    if (alone.is_empty() && tokens.len() > 1) || quarter && tagged.kind == EntityKind::Place {
        return None;
    }
    let weight = 8.0 * tagged.probability;
    let votes = match tagged.kind {
        EntityKind::Person => Votes::person(weight),
        EntityKind::Organisation => Votes::body(weight),
        EntityKind::Place => Votes::place(weight),
        EntityKind::Group | EntityKind::Unnamed => return None,
    };
    let run = runs.get(runs.partition_point(|it| it.end <= tokens.start));
    let start = run.filter(|it| it.start < tokens.start).map_or(tokens.start, |it| it.start);
    let person = tagged.kind == EntityKind::Person;
    let cut = |start: usize| drafts::drafts(words, start..tokens.end).into_iter().next_back();
    let titled = |it: &Draft| it.tokens.end == tokens.end && it.title.is_some();
    let long = cut(start).filter(|it| titled(it) && person && it.tokens.start <= tokens.start);
    match long.or_else(|| alone.into_iter().next_back().filter(titled)) {
        Some(cut) => Some(Draft { votes, plain: false, ..cut }),
        None => Some(Draft { tokens, title: None, votes, plain: false }),
    }
}

/// Whether one of some ranges, which are in order, shares a token with `tokens`.
fn meets(ranges: &[Range<usize>], tokens: &Range<usize>) -> bool {
    let next = ranges.partition_point(|it| it.end <= tokens.start);
    ranges.get(next).is_some_and(|it| it.start < tokens.end)
}

impl Sex {
    /// What a word's senses tell.
    pub(super) fn of(senses: super::lexicon::Senses) -> Option<Self> {
        match (senses.has(Sense::Female), senses.has(Sense::Male)) {
            (true, false) => Some(Self::Female),
            (false, true) => Some(Self::Male),
            _ => None,
        }
    }
}
