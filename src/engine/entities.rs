//! Named entities: the people, organisations and places that a story mentions, each with its kind and roles.
//!
//! 1. [`features`]: how each word is written, what it may mean, and how much its capital says.
//! 2. [`candidates`]: runs of capitalised words with the words that join them ("Ministry of Justice").
//! 3. [`segmentation`]: cuts the runs into names and titles; a name's own words score for each kind.
//! 4. [`context`]: the words around a name score too, as do the entities of the tagger.
//! 5. [`document_scores`]: a name has one kind in a story; a name with too low a score is dropped.
//! 6. [`roles`]: the title before a name and the apposition after it become its roles.
//! 7. [`turn_labels`]: the names in the labels of turns.

pub(crate) mod candidates;
pub(crate) mod context;
pub(crate) mod document_scores;
pub(crate) mod features;
pub(crate) mod roles;
pub(crate) mod scores;
pub(crate) mod segmentation;
pub(crate) mod tagged;
#[cfg(test)]
mod tests;
pub(crate) mod turn_labels;

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::tagger::TaggedEntity;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{DocumentNoun, Female, GivenName, Male, Title};
use crate::engine::text::lexicon::{LexicalClasses, Lexicon};
use crate::span::Span;

/// How many tokens after the end of a name the mark that closes a nickname may follow.
const MAX_NICKNAME_TOKENS: usize = 4;

/// One mention of a named entity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EntityMention {
    /// The name, without title, article and possessive ending.
    pub(crate) span: Span,
    /// The tokens of the span.
    pub(crate) tokens: Range<usize>,
    /// Person, organisation or place.
    pub(crate) kind: EntityKind,
    /// The roles beside the name ("US Secretary of State"), without article.
    pub(crate) roles: Vec<Span>,
    /// The gender that the title, the role or the given name tells; `None` where none does.
    pub(crate) gender: Option<Gender>,
}

/// The gender of a person, as words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    Female,
    Male,
}

impl Gender {
    /// The gender that a word's classes tell; `None` where they tell none or both.
    pub(crate) fn from_classes(classes: LexicalClasses) -> Option<Self> {
        match (classes.has(Female), classes.has(Male)) {
            (true, false) => Some(Self::Female),
            (false, true) => Some(Self::Male),
            _ => None,
        }
    }
}

/// All entity mentions of a story, in reading order and without overlaps. Spans and kinds of the tagger, where there are
/// any, take precedence over the rules.
pub(crate) fn find_mentions(
    doc: &Document,
    lexicon: &Lexicon,
    tagged: &[TaggedEntity],
) -> Vec<EntityMention> {
    let features = Features::new(doc, lexicon);
    let runs: Vec<Range<usize>> = doc
        .sentences
        .iter()
        .flat_map(|it| candidates::capitalized_runs(&features, it.tokens.clone()))
        .collect();
    let mut candidates = tagged::candidates(&features, &runs, tagged);
    candidates.extend(untagged(&features, runs, &candidates, tagged.is_empty()));
    // A title is not a name of its own, even where the tagger took it for an organisation.
    let mut titles: Vec<Range<usize>> = candidates.iter().filter_map(|it| it.title.clone()).collect();
    titles.sort_unstable_by_key(|it| it.start);
    candidates.retain(|it| it.title.is_some() || !overlaps_any(&titles, &it.tokens));
    candidates.sort_by_key(|it| it.tokens.start);
    let resolved = document_scores::resolve_kinds(&features, join_split_names(&features, candidates));
    turn_labels::with_label_names(doc, lexicon, roles::with_roles(&features, resolved))
}

/// The candidates of the rules beside those of the tagger. Where there are some of the tagger's, a name that it passed
/// over must be known from elsewhere in the story, or stand in a place that only names take.
fn untagged(
    features: &Features,
    runs: Vec<Range<usize>>,
    tagged: &[Candidate],
    is_untagged: bool,
) -> Vec<Candidate> {
    let spans: Vec<Range<usize>> = tagged.iter().map(|it| it.tokens.clone()).collect();
    let names: HashSet<String> = spans.iter().map(|it| features.phrase(it.clone())).collect();
    let is_kept = |it: &Candidate| {
        let is_trusted = is_untagged
            || is_bracketed_acronym(features, &it.tokens)
            || is_document_source(features, &it.tokens)
            || names.contains(&features.phrase(it.tokens.clone()));
        is_trusted && !overlaps_any(&spans, &it.tokens)
    };
    runs.into_iter().flat_map(|it| segmentation::segment(features, it)).filter(is_kept).collect()
}

/// Whether a word in capitals stands alone in brackets: "Islamic State (IS)".
fn is_bracketed_acronym(features: &Features, tokens: &Range<usize>) -> bool {
    let word = |at: usize| features.doc.word(at);
    tokens.start > 0
        && word(tokens.start - 1) == "("
        && word(tokens.end) == ")"
        && tokens.len() == 1
        && word(tokens.start).chars().all(char::is_uppercase)
}

/// Whether a name of several words follows a document and its "by": "a poll by Delta Survey".
fn is_document_source(features: &Features, tokens: &Range<usize>) -> bool {
    let Some(noun) = tokens.start.checked_sub(2) else { return false };
    let follows_by = matches!(features.form(noun + 1), "by" | "from");
    follows_by && tokens.len() > 1 && features.lowercase_classes(noun).has(DocumentNoun)
}

/// Joins the candidates that are parts of one person's name: a nickname inside it (Salvatore "The Hammer" Pinto), a given
/// name before it.
fn join_split_names(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut joined: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(mut candidate) = candidates.next() {
        let is_person = candidate.scores.best().0 == EntityKind::Person;
        if let Some(at) = surname_after_nickname(features, candidate.tokens.end).filter(|_| is_person) {
            while candidates.next_if(|it| it.tokens.start < at).is_some() {}
            let surname = candidates.next_if(|it| it.tokens.start == at);
            candidate.tokens.end = surname.map_or(at + 1, |it| it.tokens.end);
        }
        // "Mark" and "Tedeschi" side by side are one person.
        let is_given = candidate.tokens.len() == 1 && features.is(candidate.tokens.start, GivenName);
        let surname = candidates.next_if(|it| {
            let is_surname = it.title.is_none() && it.scores.best().0 == EntityKind::Person;
            is_person && is_given && is_surname && it.tokens.start == candidate.tokens.end
        });
        if let Some(surname) = surname {
            candidate.tokens.end = surname.tokens.end;
        }
        // A given name that was left out, because it is a common word too: "Per Halvard".
        let free = joined.last().map_or(0, |it| it.tokens.end);
        let before = candidate.tokens.start.checked_sub(1).filter(|it| *it >= free);
        let is_surname = is_person && candidate.title.is_none() && candidate.tokens.len() == 1;
        if let Some(at) = before.filter(|it| is_surname && is_omitted_given_name(features, *it)) {
            candidate.tokens.start = at;
        }
        joined.push(candidate);
    }
    joined
}

/// The token of the surname after a nickname in quotation marks that opens at token `open`; `None` where there is no
/// such nickname.
fn surname_after_nickname(features: &Features, open: usize) -> Option<usize> {
    let is_mark = |at: usize| matches!(features.form(at), "“" | "”" | "\"" | "''" | "``" | "‘" | "’" | "'");
    if !is_mark(open) {
        return None;
    }
    let surname = (open + 2..=open + MAX_NICKNAME_TOKENS).find(|it| is_mark(*it))? + 1;
    let sentence = |at: usize| features.doc.sentence_of(at);
    let is_name = features.is_capitalized(surname) && features.is_capitalized(open + 1);
    (is_name && sentence(surname) == sentence(open)).then_some(surname)
}

/// Whether the word at `at` is a given name that has its capital for no other reason.
fn is_omitted_given_name(features: &Features, at: usize) -> bool {
    features.is(at, GivenName)
        && !features.is(at, Title)
        && features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase && !it.is_capital_forced)
}

/// Whether one of some ranges, which are in order, shares a token with `tokens`.
fn overlaps_any(ranges: &[Range<usize>], tokens: &Range<usize>) -> bool {
    let next = ranges.partition_point(|it| it.end <= tokens.start);
    ranges.get(next).is_some_and(|it| it.start < tokens.end)
}
