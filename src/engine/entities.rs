//! Sheet → the people, bodies and places that it names, each with its kind and the offices beside it.
//!
//! 1. [`words`]: how each word is written, what it may mean, how much its capital says.
//! 2. [`runs`]: stretches of capitalised words with what joins them ("Ministry of Justice").
//! 3. [`drafts`]: runs are cut into names and titles; the words of a name vote on its kind.
//! 4. [`votes`]: so do the words around it, and a tagger's findings, where there are some.
//! 5. [`document`]: one name has one kind in one story; what too little speaks for is dropped.
//! 6. [`offices`]: the title before a name and the apposition after it become its roles.

pub(crate) mod candidates;
pub(crate) mod document_scores;
pub(crate) mod features;
pub(crate) mod roles;
pub(crate) mod scores;
pub(crate) mod segmentation;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Look, Words};
use crate::engine::entities::scores::Votes;
use crate::engine::entities::segmentation::Draft;
use crate::engine::tagger::TaggedName;
use crate::engine::text::document::Sheet;
use crate::engine::text::lexicon::{Lexicon, Sense};
use crate::span::Span;

/// One name where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    /// Its own words, without title, article and possessive ending.
    pub(crate) span: Span,
    /// The tokens of the span.
    pub(crate) tokens: Range<usize>,
    /// Person, organisation or place.
    pub(crate) kind: EntityKind,
    /// The offices that stand beside it ("US Secretary of State"), without article.
    pub(crate) roles: Vec<Span>,
    /// What its title, its office or its given name tells.
    pub(crate) sex: Option<Sex>,
}

/// What words may tell of a person's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sex {
    Female,
    Male,
}

/// All names of a story, in reading order and without overlaps. Where `tagged`
/// is not empty, its spans and kinds win over the rules.
pub(crate) fn names(sheet: &Sheet, lexicon: &Lexicon, tagged: &[TaggedName]) -> Vec<Name> {
    let words = Words::new(sheet, lexicon);
    let runs: Vec<Range<usize>> =
        sheet.sentences.iter().flat_map(|it| candidates::runs(&words, it.tokens.clone())).collect();
    let parted = tagged.iter().flat_map(|it| parted(&words, *it));
    let mut drafts: Vec<Draft> = parted.filter_map(|it| believed(&words, &runs, &it)).collect();
    drafts.sort_by_key(|it| it.tokens.start);
    let told: Vec<Range<usize>> = drafts.iter().map(|it| it.tokens.clone()).collect();
    let known: HashSet<String> = told.iter().map(|it| words.phrase(it.clone())).collect();
    for run in runs {
        let found = segmentation::drafts(&words, run);
        // What the tagger passed over is a name only where it knew the same words elsewhere, or as a short form in
        // brackets: "Islamic State (IS)".
        let free = |it: &Draft| {
            let bracketed = it.tokens.start > 0
                && sheet.word(it.tokens.start - 1) == "("
                && sheet.word(it.tokens.end) == ")"
                && it.tokens.len() == 1
                && sheet.word(it.tokens.start).chars().all(char::is_uppercase);
            let trusted = tagged.is_empty()
                || bracketed
                || source_of_paper(&words, it)
                || known.contains(&words.phrase(it.tokens.clone()));
            trusted && !meets(&told, &it.tokens)
        };
        drafts.extend(found.into_iter().filter(free));
    }
    // A title is not a name of its own, even where the tagger took it for a body's.
    let mut titles: Vec<Range<usize>> = drafts.iter().filter_map(|it| it.title.clone()).collect();
    titles.sort_unstable_by_key(|it| it.start);
    drafts.retain(|it| it.title.is_some() || !meets(&titles, &it.tokens));
    drafts.sort_by_key(|it| it.tokens.start);
    let judged = document_scores::judged(&words, nicknamed(&words, drafts));
    roles::with_offices(&words, judged)
}

/// A tagger's finding as a draft, cut free of articles and titles, with the
/// title that stands before it in its run.
fn believed(words: &Words, runs: &[Range<usize>], tagged: &TaggedName) -> Option<Draft> {
    let tokens = whole(words, tagged)?;
    // An office alone ("Secretary of State") and a quarter of the sky ("the West") are no names.
    let alone = segmentation::drafts(words, tokens.clone());
    let quarter = tokens.len() == 1 && words.senses(tokens.start).has(Sense::Capital);
    if (alone.is_empty() && tokens.len() > 1) || quarter && tagged.kind == EntityKind::Place {
        return None;
    }
    let run = runs.get(runs.partition_point(|it| it.end <= tokens.start));
    let start = run.filter(|it| it.start < tokens.start).map_or(tokens.start, |it| it.start);
    let cut = |start: usize| segmentation::drafts(words, start..tokens.end).into_iter().next_back();
    // "Senator Wes Pruitt" is nobody but a person, "Norrland Steel" is no person.
    let office = cut(start).filter(|it| it.tokens == tokens && it.title.is_some() && tokens.len() > 1);
    let headed = alone.first().is_some_and(|it| it.tokens == tokens && is_trade(words, &tokens));
    let kind = match tagged.kind {
        EntityKind::Organisation if office.is_some() && !segmentation::is_body(words, &tokens) => {
            EntityKind::Person
        }
        EntityKind::Person if headed && office.is_none() => EntityKind::Organisation,
        kind => kind,
    };
    let weight = 8.0 * tagged.probability;
    let votes = match kind {
        EntityKind::Person => Votes::person(weight),
        EntityKind::Organisation => Votes::body(weight),
        EntityKind::Place => Votes::place(weight),
        EntityKind::Group | EntityKind::Unnamed => return None,
    };
    let person = kind == EntityKind::Person;
    let titled = |it: &Draft| it.tokens.end == tokens.end && it.title.is_some();
    let long = cut(start).filter(|it| titled(it) && person && it.tokens.start <= tokens.start);
    let trade = roles::opens_with_trade(words, &tokens).then_some(tokens.start).filter(|_| person);
    match long.or_else(|| alone.into_iter().next_back().filter(titled)) {
        Some(cut) => Some(Draft { votes, plain: false, ..cut }),
        None if let Some(at) = trade => {
            Some(Draft { tokens: at + 1..tokens.end, title: Some(at..at + 1), votes, plain: false })
        }
        None => Some(Draft { tokens, title: None, votes, plain: false }),
    }
}

/// Whether a headed name stands behind a paper and its "by": "a poll by Delta Survey".
fn source_of_paper(words: &Words, draft: &Draft) -> bool {
    let Some(noun) = draft.tokens.start.checked_sub(2) else { return false };
    let by = matches!(words.form(noun + 1), "by" | "from");
    by && draft.tokens.len() > 1 && words.small(noun).has(Sense::Document)
}

/// The drafts, with one for each person whose nickname stands inside the name:
/// Salvatore "The Hammer" Pinto.
fn nicknamed(words: &Words, drafts: Vec<Draft>) -> Vec<Draft> {
    const LONGEST: usize = 4;
    let mark = |at: usize| matches!(words.form(at), "“" | "”" | "\"" | "''" | "``" | "‘" | "’" | "'");
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut drafts = drafts.into_iter().peekable();
    while let Some(mut draft) = drafts.next() {
        let open = draft.tokens.end;
        let close = (open + 2..=open + LONGEST).find(|it| mark(*it)).filter(|_| mark(open));
        let person = draft.votes.best().0 == EntityKind::Person;
        let surname =
            close.map(|it| it + 1).filter(|it| person && words.capital(*it) && words.capital(open + 1));
        let sentence = |at: usize| words.sheet.sentence_of(at);
        if let Some(at) = surname.filter(|it| sentence(*it) == sentence(open)) {
            while drafts.next_if(|it| it.tokens.start < at).is_some() {}
            let next = drafts.next_if(|it| it.tokens.start == at);
            draft.tokens.end = next.map_or(at + 1, |it| it.tokens.end);
        }
        // "Mark" and "Tedeschi" side by side are one person.
        let given = draft.tokens.len() == 1 && words.senses(draft.tokens.start).has(Sense::Given);
        let next = drafts.next_if(|it| {
            let surname = it.title.is_none() && it.votes.best().0 == EntityKind::Person;
            person && given && surname && it.tokens.start == draft.tokens.end
        });
        if let Some(surname) = next {
            draft.tokens.end = surname.tokens.end;
        }
        // A given name that was left out, because it is a common word too: "Per Halvard".
        let free = out.last().map_or(0, |it| it.tokens.end);
        let before = draft.tokens.start.checked_sub(1).filter(|it| *it >= free && draft.title.is_none());
        let left_out = before.filter(|it| {
            let given = words.senses(*it).has(Sense::Given) && !words.senses(*it).has(Sense::Title);
            let meant = words.get(*it).is_some_and(|it| it.look == Look::Title && !it.forced);
            person && draft.tokens.len() == 1 && given && meant
        });
        draft.tokens.start = left_out.unwrap_or(draft.tokens.start);
        out.push(draft);
    }
    out
}

/// A tagger's finding as one, or as two where an office stands before a body and
/// the one who holds it: "the leader of CAM | Ann Lee".
fn parted(words: &Words, tagged: TaggedName) -> Vec<TaggedName> {
    let tokens = words.sheet.tokens_in(tagged.span);
    let article = usize::from(tokens.start > 0 && words.form(tokens.start - 1) == "the");
    let floor =
        words.sheet.sentences.get(words.sheet.sentence_of(tokens.start)).map_or(0, |it| it.tokens.start);
    let office = tokens.start.checked_sub(article + 1).filter(|it| *it > floor).is_some_and(|at| {
        matches!(words.form(at), "of" | "to" | "for" | "at")
            && (floor..at).rev().take(8).any(|it| words.small(it).has(Sense::Role))
    });
    let head = |at: usize| {
        words.senses(at).any(&[Sense::BodyOf, Sense::BodyEnd, Sense::Firm, Sense::PlaceAfter, Sense::Event])
    };
    let title = |at: usize| words.get(at).is_some_and(|it| matches!(it.look, Look::Title | Look::Initial));
    let known = |start: usize, end: usize| {
        segmentation::listed(words, start, end).filter(|it| it.0 == end - start).map(|it| it.1)
    };
    let unknown = |at: usize| !words.senses(at).place() && !words.small(at).has(Sense::Common);
    let cut = (tokens.start + 1..tokens.end.saturating_sub(1)).find(|at| {
        let named = known(*at, tokens.end).is_some_and(|it| it.place() || it.has(Sense::Organisation));
        let person = tokens.end - at <= 3 && !named && (*at..tokens.end).all(|it| title(it) && !head(it));
        let acronym = words.get(at - 1).is_some_and(|it| it.look == Look::Upper);
        let school =
            (tokens.start..*at).any(|it| matches!(words.form(it), "University" | "College" | "School"));
        let long = (tokens.start..*at).any(|it| words.senses(it).has(Sense::BodyOf)) && !school;
        // A given name that lists know may stand behind any body, another only behind a whole name.
        let given = words.senses(*at).has(Sense::Given) && (head(at - 1) || acronym || long);
        let other = unknown(*at) && (known(tokens.start, *at).is_some() || long && tokens.end - at == 2);
        person && words.capital(at - 1) && (given || other)
    });
    let Some(cut) = cut.filter(|_| office) else { return vec![tagged] };
    let place = segmentation::listed(words, tokens.start, cut).is_some_and(|it| it.1.place());
    let kind = if place { EntityKind::Place } else { EntityKind::Organisation };
    let part = |tokens, kind| TaggedName { span: words.sheet.span(tokens), kind, ..tagged };
    vec![part(tokens.start..cut, kind), part(cut..tokens.end, EntityKind::Person)]
}

/// The tokens of a tagger's finding: a person's without the words in lower case
/// before it, a body's with the "plc" behind it.
fn whole(words: &Words, tagged: &TaggedName) -> Option<Range<usize>> {
    let mut tokens = words.sheet.tokens_in(tagged.span);
    let small = |at: usize| {
        words.get(at).is_some_and(|it| it.look == Look::Small)
            && words.sheet.word(at).starts_with(char::is_lowercase)
            && !words.small(at).has(Sense::Particle)
    };
    while tagged.kind == EntityKind::Person && tokens.len() > 1 && small(tokens.start) {
        tokens.start += 1;
    }
    if tagged.kind == EntityKind::Organisation && words.senses(tokens.end).has(Sense::Firm) {
        tokens.end += 1;
    }
    (!tokens.is_empty()).then_some(tokens)
}

/// Whether a name of two words or more ends with the word for a trade and does
/// not begin with a given name: "Norrland Steel".
fn is_trade(words: &Words, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    tokens.len() > 1
        && words.senses(last).has(Sense::BodyEnd)
        && words.small(last).has(Sense::Common)
        && !words.senses(tokens.start).any(&[Sense::Given, Sense::Title])
        && !words.get(tokens.start).is_some_and(|it| it.look == Look::Initial)
}

/// Whether one of some ranges, which are in order, shares a token with `tokens`.
fn meets(ranges: &[Range<usize>], tokens: &Range<usize>) -> bool {
    let next = ranges.partition_point(|it| it.end <= tokens.start);
    ranges.get(next).is_some_and(|it| it.start < tokens.end)
}

impl Sex {
    /// What a word's senses tell.
    pub(crate) fn of(senses: crate::engine::text::lexicon::Senses) -> Option<Self> {
        match (senses.has(Sense::Female), senses.has(Sense::Male)) {
            (true, false) => Some(Self::Female),
            (false, true) => Some(Self::Male),
            _ => None,
        }
    }
}
