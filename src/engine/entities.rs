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
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::KindScores;
use crate::engine::entities::segmentation::Candidate;
use crate::engine::tagger::TaggedEntity;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::span::Span;

/// One name where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EntityMention {
    /// Its own words, without title, article and possessive ending.
    pub(crate) span: Span,
    /// The tokens of the span.
    pub(crate) tokens: Range<usize>,
    /// Person, organisation or place.
    pub(crate) kind: EntityKind,
    /// The offices that stand beside it ("US Secretary of State"), without article.
    pub(crate) roles: Vec<Span>,
    /// What its title, its office or its given name tells.
    pub(crate) gender: Option<Gender>,
}

/// What words may tell of a person's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    Female,
    Male,
}

/// All names of a story, in reading order and without overlaps. Where `tagged`
/// is not empty, its spans and kinds win over the rules.
pub(crate) fn find_mentions(
    sheet: &Document,
    lexicon: &Lexicon,
    tagged: &[TaggedEntity],
) -> Vec<EntityMention> {
    let words = Features::new(sheet, lexicon);
    let runs: Vec<Range<usize>> = sheet
        .sentences
        .iter()
        .flat_map(|it| candidates::capitalized_runs(&words, it.tokens.clone()))
        .collect();
    let parted = tagged.iter().flat_map(|it| split_role_holder(&words, *it));
    let mut drafts: Vec<Candidate> =
        parted.filter_map(|it| candidate_from_tagged(&words, &runs, &it)).collect();
    drafts.sort_by_key(|it| it.tokens.start);
    let told: Vec<Range<usize>> = drafts.iter().map(|it| it.tokens.clone()).collect();
    let known: HashSet<String> = told.iter().map(|it| words.phrase(it.clone())).collect();
    for run in runs {
        let found = segmentation::segment(&words, run);
        // What the tagger passed over is a name only where it knew the same words elsewhere, or as a short form in
        // brackets: "Islamic State (IS)".
        let free = |it: &Candidate| {
            let bracketed = it.tokens.start > 0
                && sheet.word(it.tokens.start - 1) == "("
                && sheet.word(it.tokens.end) == ")"
                && it.tokens.len() == 1
                && sheet.word(it.tokens.start).chars().all(char::is_uppercase);
            let trusted = tagged.is_empty()
                || bracketed
                || is_document_source(&words, it)
                || known.contains(&words.phrase(it.tokens.clone()));
            trusted && !overlaps_any(&told, &it.tokens)
        };
        drafts.extend(found.into_iter().filter(free));
    }
    // A title is not a name of its own, even where the tagger took it for a body's.
    let mut titles: Vec<Range<usize>> = drafts.iter().filter_map(|it| it.title.clone()).collect();
    titles.sort_unstable_by_key(|it| it.start);
    drafts.retain(|it| it.title.is_some() || !overlaps_any(&titles, &it.tokens));
    drafts.sort_by_key(|it| it.tokens.start);
    let judged = document_scores::resolve_kinds(&words, join_split_names(&words, drafts));
    roles::with_roles(&words, judged)
}

/// A tagger's finding as a draft, cut free of articles and titles, with the
/// title that stands before it in its run.
fn candidate_from_tagged(
    words: &Features,
    runs: &[Range<usize>],
    tagged: &TaggedEntity,
) -> Option<Candidate> {
    let tokens = entity_tokens(words, tagged)?;
    // An office alone ("Secretary of State") and a quarter of the sky ("the West") are no names.
    let alone = segmentation::segment(words, tokens.clone());
    let quarter = tokens.len() == 1 && words.classes(tokens.start).has(LexicalClass::CapitalizedNonName);
    if (alone.is_empty() && tokens.len() > 1) || quarter && tagged.kind == EntityKind::Place {
        return None;
    }
    let run = runs.get(runs.partition_point(|it| it.end <= tokens.start));
    let start = run.filter(|it| it.start < tokens.start).map_or(tokens.start, |it| it.start);
    let cut = |start: usize| segmentation::segment(words, start..tokens.end).into_iter().next_back();
    // "Senator Wes Pruitt" is nobody but a person, "Norrland Steel" is no person.
    let office = cut(start).filter(|it| it.tokens == tokens && it.title.is_some() && tokens.len() > 1);
    let headed = alone.first().is_some_and(|it| it.tokens == tokens && is_company_like(words, &tokens));
    let kind = match tagged.kind {
        EntityKind::Organisation if office.is_some() && !segmentation::has_org_head(words, &tokens) => {
            EntityKind::Person
        }
        EntityKind::Person if headed && office.is_none() => EntityKind::Organisation,
        kind => kind,
    };
    let weight = 8.0 * tagged.probability;
    let votes = match kind {
        EntityKind::Person => KindScores::person(weight),
        EntityKind::Organisation => KindScores::organization(weight),
        EntityKind::Place => KindScores::place(weight),
        EntityKind::Group | EntityKind::Unnamed => return None,
    };
    let person = kind == EntityKind::Person;
    let titled = |it: &Candidate| it.tokens.end == tokens.end && it.title.is_some();
    let long = cut(start).filter(|it| titled(it) && person && it.tokens.start <= tokens.start);
    let trade = roles::opens_with_occupation(words, &tokens).then_some(tokens.start).filter(|_| person);
    match long.or_else(|| alone.into_iter().next_back().filter(titled)) {
        Some(cut) => Some(Candidate { scores: votes, may_be_common_word: false, ..cut }),
        None if let Some(at) = trade => Some(Candidate {
            tokens: at + 1..tokens.end,
            title: Some(at..at + 1),
            scores: votes,
            may_be_common_word: false,
        }),
        None => Some(Candidate { tokens, title: None, scores: votes, may_be_common_word: false }),
    }
}

/// Whether a headed name stands behind a paper and its "by": "a poll by Delta Survey".
fn is_document_source(words: &Features, draft: &Candidate) -> bool {
    let Some(noun) = draft.tokens.start.checked_sub(2) else { return false };
    let by = matches!(words.form(noun + 1), "by" | "from");
    by && draft.tokens.len() > 1 && words.lowercase_classes(noun).has(LexicalClass::DocumentNoun)
}

/// The drafts, with one for each person whose nickname stands inside the name:
/// Salvatore "The Hammer" Pinto.
fn join_split_names(words: &Features, drafts: Vec<Candidate>) -> Vec<Candidate> {
    const LONGEST: usize = 4;
    let mark = |at: usize| matches!(words.form(at), "“" | "”" | "\"" | "''" | "``" | "‘" | "’" | "'");
    let mut out: Vec<Candidate> = Vec::with_capacity(drafts.len());
    let mut drafts = drafts.into_iter().peekable();
    while let Some(mut draft) = drafts.next() {
        let open = draft.tokens.end;
        let close = (open + 2..=open + LONGEST).find(|it| mark(*it)).filter(|_| mark(open));
        let person = draft.scores.best().0 == EntityKind::Person;
        let surname = close
            .map(|it| it + 1)
            .filter(|it| person && words.is_capitalized(*it) && words.is_capitalized(open + 1));
        let sentence = |at: usize| words.doc.sentence_of(at);
        if let Some(at) = surname.filter(|it| sentence(*it) == sentence(open)) {
            while drafts.next_if(|it| it.tokens.start < at).is_some() {}
            let next = drafts.next_if(|it| it.tokens.start == at);
            draft.tokens.end = next.map_or(at + 1, |it| it.tokens.end);
        }
        // "Mark" and "Tedeschi" side by side are one person.
        let given = draft.tokens.len() == 1 && words.classes(draft.tokens.start).has(LexicalClass::GivenName);
        let next = drafts.next_if(|it| {
            let surname = it.title.is_none() && it.scores.best().0 == EntityKind::Person;
            person && given && surname && it.tokens.start == draft.tokens.end
        });
        if let Some(surname) = next {
            draft.tokens.end = surname.tokens.end;
        }
        // A given name that was left out, because it is a common word too: "Per Halvard".
        let free = out.last().map_or(0, |it| it.tokens.end);
        let before = draft.tokens.start.checked_sub(1).filter(|it| *it >= free && draft.title.is_none());
        let left_out = before.filter(|it| {
            let given = words.classes(*it).has(LexicalClass::GivenName)
                && !words.classes(*it).has(LexicalClass::Title);
            let meant =
                words.get(*it).is_some_and(|it| it.shape == WordShape::TitleCase && !it.is_capital_forced);
            person && draft.tokens.len() == 1 && given && meant
        });
        draft.tokens.start = left_out.unwrap_or(draft.tokens.start);
        out.push(draft);
    }
    out
}

/// A tagger's finding as one, or as two where an office stands before a body and
/// the one who holds it: "the leader of CAM | Ann Lee".
fn split_role_holder(words: &Features, tagged: TaggedEntity) -> Vec<TaggedEntity> {
    let tokens = words.doc.tokens_in(tagged.span);
    let article = usize::from(tokens.start > 0 && words.form(tokens.start - 1) == "the");
    let floor = words.doc.sentences.get(words.doc.sentence_of(tokens.start)).map_or(0, |it| it.tokens.start);
    let office = tokens.start.checked_sub(article + 1).filter(|it| *it > floor).is_some_and(|at| {
        matches!(words.form(at), "of" | "to" | "for" | "at")
            && (floor..at).rev().take(8).any(|it| words.lowercase_classes(it).has(LexicalClass::RoleNoun))
    });
    let head = |at: usize| {
        words.classes(at).any(&[
            LexicalClass::OrgHeadOf,
            LexicalClass::OrgHead,
            LexicalClass::CompanySuffix,
            LexicalClass::PlaceSuffix,
            LexicalClass::EventHead,
        ])
    };
    let title = |at: usize| {
        words.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
    };
    let known = |start: usize, end: usize| {
        segmentation::longest_listed(words, start, end).filter(|it| it.0 == end - start).map(|it| it.1)
    };
    let unknown = |at: usize| {
        !words.classes(at).is_place() && !words.lowercase_classes(at).has(LexicalClass::CommonWord)
    };
    let cut = (tokens.start + 1..tokens.end.saturating_sub(1)).find(|at| {
        let named =
            known(*at, tokens.end).is_some_and(|it| it.is_place() || it.has(LexicalClass::Organization));
        let person = tokens.end - at <= 3 && !named && (*at..tokens.end).all(|it| title(it) && !head(it));
        let acronym = words.get(at - 1).is_some_and(|it| it.shape == WordShape::Uppercase);
        let school =
            (tokens.start..*at).any(|it| matches!(words.form(it), "University" | "College" | "School"));
        let long = (tokens.start..*at).any(|it| words.classes(it).has(LexicalClass::OrgHeadOf)) && !school;
        // A given name that lists know may stand behind any body, another only behind a whole name.
        let given = words.classes(*at).has(LexicalClass::GivenName) && (head(at - 1) || acronym || long);
        let other = unknown(*at) && (known(tokens.start, *at).is_some() || long && tokens.end - at == 2);
        person && words.is_capitalized(at - 1) && (given || other)
    });
    let Some(cut) = cut.filter(|_| office) else { return vec![tagged] };
    let place = segmentation::longest_listed(words, tokens.start, cut).is_some_and(|it| it.1.is_place());
    let kind = if place { EntityKind::Place } else { EntityKind::Organisation };
    let part = |tokens, kind| TaggedEntity { span: words.doc.span(tokens), kind, ..tagged };
    vec![part(tokens.start..cut, kind), part(cut..tokens.end, EntityKind::Person)]
}

/// The tokens of a tagger's finding: a person's without the words in lower case
/// before it, a body's with the "plc" behind it.
fn entity_tokens(words: &Features, tagged: &TaggedEntity) -> Option<Range<usize>> {
    let mut tokens = words.doc.tokens_in(tagged.span);
    let small = |at: usize| {
        words.get(at).is_some_and(|it| it.shape == WordShape::Lowercase)
            && words.doc.word(at).starts_with(char::is_lowercase)
            && !words.lowercase_classes(at).has(LexicalClass::NameParticle)
    };
    while tagged.kind == EntityKind::Person && tokens.len() > 1 && small(tokens.start) {
        tokens.start += 1;
    }
    if tagged.kind == EntityKind::Organisation && words.classes(tokens.end).has(LexicalClass::CompanySuffix) {
        tokens.end += 1;
    }
    (!tokens.is_empty()).then_some(tokens)
}

/// Whether a name of two words or more ends with the word for a trade and does
/// not begin with a given name: "Norrland Steel".
fn is_company_like(words: &Features, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    tokens.len() > 1
        && words.classes(last).has(LexicalClass::OrgHead)
        && words.lowercase_classes(last).has(LexicalClass::CommonWord)
        && !words.classes(tokens.start).any(&[LexicalClass::GivenName, LexicalClass::Title])
        && !words.get(tokens.start).is_some_and(|it| it.shape == WordShape::Initial)
}

/// Whether one of some ranges, which are in order, shares a token with `tokens`.
fn overlaps_any(ranges: &[Range<usize>], tokens: &Range<usize>) -> bool {
    let next = ranges.partition_point(|it| it.end <= tokens.start);
    ranges.get(next).is_some_and(|it| it.start < tokens.end)
}

impl Gender {
    /// What a word's senses tell.
    pub(crate) fn from_classes(senses: crate::engine::text::lexicon::LexicalClasses) -> Option<Self> {
        match (senses.has(LexicalClass::Female), senses.has(LexicalClass::Male)) {
            (true, false) => Some(Self::Female),
            (false, true) => Some(Self::Male),
            _ => None,
        }
    }
}
