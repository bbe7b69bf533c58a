//! Embedded names: an entity of the tagger that holds words which are no part of its name: the place of an office ("Ohio Gov. | Ann
//! Lee"), the position of a player, the owner before an organisation or a person, a noun in lower case, the score of a match. The name of a
//! chain has its possessive ending: "Lowell's was lower".

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::tagged::SURE_ORGANIZATION;
use crate::engine::entities::{firms, segmentation};
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{
    Calendar, CommonWord, Demonym, GivenName, NameParticle, OrgHeadOf, OrgNoun, Organization, PastTense,
    PlaceSuffix, Preposition, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words the name of a person may have behind an office.
const MAX_PERSON_WORDS: usize = 4;
/// How many digits the score of a match has at most.
const MAX_SCORE_DIGITS: usize = 3;
/// Short forms of the positions of players, in capitals: "QB".
const POSITIONS: &[&str] = &word_list!("player-positions");

/// What the whole story tells of its names.
pub(crate) struct NamesOfStory<'a> {
    /// The names of all entities of the tagger.
    pub(crate) known: HashSet<String>,
    /// Words that are names with the possessive ending behind them: "Lowell" of "Lowell's was lower".
    chains: HashSet<&'a str>,
    /// The names of people that are firms: "John Lewis".
    firms: HashSet<String>,
}

impl<'a> NamesOfStory<'a> {
    pub(crate) fn new(features: &'a Features, tagged: &[TaggedEntity]) -> Self {
        let known = tagged.iter().map(|it| features.phrase(features.doc.tokens_in(it.span))).collect();
        let words = |it: &TaggedEntity| features.doc.tokens_in(it.span);
        let people = tagged.iter().filter(|it| it.kind == EntityKind::Person).map(words);
        let surnames: HashSet<&str> =
            people.filter(|it| it.len() > 1).map(|it| features.doc.word(it.end - 1)).collect();
        let is_chain = |it: &usize| is_chain(features, *it) || firms::has_own_ending(features, *it);
        let chains = (0..features.doc.tokens.len()).filter(is_chain);
        let chains = chains.map(|it| features.doc.word(it)).filter(|it| !surnames.contains(it)).collect();
        Self { known, chains, firms: firms::told_firms(features, tagged) }
    }
}

/// Splits an entity into the names that it holds; one that is a single name stays whole.
pub(crate) fn split(features: &Features, tagged: TaggedEntity, story: &NamesOfStory) -> Vec<TaggedEntity> {
    let tokens = features.doc.tokens_in(tagged.span);
    let part = |tokens: Range<usize>, kind| TaggedEntity { span: features.doc.span(tokens), kind, ..tagged };
    if let Some(office) = inner_office(features, &tokens) {
        let holder = office + 1..tokens.end;
        let before = part(tokens.start..office, kind_of_owner(features, &(tokens.start..office)));
        let holder = (!holder.is_empty()).then(|| part(holder, EntityKind::Person));
        return std::iter::once(before).chain(holder).collect();
    }
    if let Some(end) = end_before_score(features, &tokens, tagged.kind) {
        let is_given = features.is(tokens.start, GivenName);
        let kind = if is_given { EntityKind::Person } else { EntityKind::Organisation };
        return vec![part(tokens.start..end, kind)];
    }
    let is_chain = tokens.len() == 1 && story.chains.contains(features.doc.word(tokens.start));
    if is_chain && is_ending(features, tokens.end) {
        return vec![part(tokens.start..tokens.end + 1, EntityKind::Organisation)];
    }
    if tagged.kind == EntityKind::Person && story.firms.contains(&features.phrase(tokens.clone())) {
        let probability = tagged.probability.max(SURE_ORGANIZATION);
        return vec![TaggedEntity { kind: EntityKind::Organisation, probability, ..tagged }];
    }
    if let Some(person) = person_behind_place(features, &tokens, tagged.kind) {
        return vec![part(tokens.start..person, EntityKind::Place), part(person..tokens.end, tagged.kind)];
    }
    if let Some((mark, kind)) = owned_name(features, &tokens, tagged.kind, &story.known) {
        let owner = tokens.start..mark;
        let is_listed = kind != EntityKind::Organisation
            || is_listed_owner(features, &owner)
            || ends_as_organization(features, &owner);
        let owner = is_listed.then(|| part(owner.clone(), kind_of_owner(features, &owner)));
        return owner.into_iter().chain([part(mark + 1..tokens.end, kind)]).collect();
    }
    let start = start_behind_common_noun(features, &tokens, tagged.kind);
    vec![if start > tokens.start { part(start..tokens.end, tagged.kind) } else { tagged }]
}

fn is_ending(features: &Features, at: usize) -> bool {
    matches!(features.form(at), "'s" | "’s")
}

/// The kind of what owns an organisation or has an office: a place where a list has it, or an organisation.
fn kind_of_owner(features: &Features, owner: &Range<usize>) -> EntityKind {
    let is_place = features.lexicon.classes(&features.phrase(owner.clone())).is_place();
    if is_place { EntityKind::Place } else { EntityKind::Organisation }
}

fn is_listed_owner(features: &Features, owner: &Range<usize>) -> bool {
    let classes = features.lexicon.classes(&features.phrase(owner.clone()));
    classes.is_place() || classes.has(Organization)
}

/// Whether a name of several words ends with a word that makes it the name of an organisation: "Interior Ministry". "St John’s Hospital" and
/// "King’s College" have an owner without one.
fn ends_as_organization(features: &Features, owner: &Range<usize>) -> bool {
    // "Council of Roads"
    let has_field = features.is(owner.start, OrgHeadOf) && features.form(owner.start + 1) == "of";
    owner.len() > 1
        && (features.is(owner.end - 1, OrgHeadOf) || has_field)
        && (owner.start..owner.end - 1).all(|it| !is_ending(features, it))
}

/// The short form of an office behind a listed place and before a person, or of a position behind any name: "Ohio | Gov. | Ann Lee",
/// "Otters | QB | Ann Lee", "Otters | QB".
fn inner_office(features: &Features, tokens: &Range<usize>) -> Option<usize> {
    let is_name = |at: usize| {
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
    };
    let inner = (tokens.start + 1..tokens.end).take(MAX_PERSON_WORDS);
    inner.into_iter().find(|at| {
        let holder = at + 1..tokens.end;
        let is_holder = holder.len() <= MAX_PERSON_WORDS && holder.clone().all(is_name);
        let is_position = POSITIONS.binary_search(&features.doc.word(*at)).is_ok();
        let is_office = features.doc.word(*at).ends_with('.') && features.is(*at, Title);
        let is_of_place = kind_of_owner(features, &(tokens.start..*at)) == EntityKind::Place;
        is_holder && (is_position || is_office && is_of_place && !holder.is_empty())
    })
}

/// The start of a person's full name behind a listed place with "and" or "&" in its name: "J & K | Tor Berg".
fn person_behind_place(features: &Features, tokens: &Range<usize>, kind: EntityKind) -> Option<usize> {
    let (words, classes) = segmentation::longest_listed(features, tokens.start, tokens.end)?;
    let person = tokens.start + words;
    let is_joint = (tokens.start..person).any(|it| matches!(features.form(it), "&" | "and"));
    (kind == EntityKind::Person && classes.is_place() && is_joint && person + 1 < tokens.end)
        .then_some(person)
}

/// The end of a team's name without the score of its match, where the tagger takes both for a person: "Otters | 5".
fn end_before_score(features: &Features, tokens: &Range<usize>, kind: EntityKind) -> Option<usize> {
    let last = tokens.end - 1;
    let is_number = features.doc.tokens.get(last).is_some_and(|it| it.kind == TokenKind::Number);
    let is_score = is_number && features.doc.word(last).len() <= MAX_SCORE_DIGITS;
    (kind == EntityKind::Person && tokens.len() > 1 && is_score).then_some(last)
}

/// Whether a word is a name with the possessive ending behind it, as the verb behind that tells: "Lowell's was lower".
fn is_chain(features: &Features, at: usize) -> bool {
    let verb = features.form(at + 2);
    let is_verb = matches!(verb, "said" | "says" | "reported" | "will" | "would" | "has" | "could" | "can")
        || matches!(verb, "was" | "were" | "is") && !features.is(at, GivenName);
    let is_name = features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
        && !features.classes(at).is_place()
        && !features.classes(at).any(&[Calendar, Demonym])
        && !features.is_function_word(at)
        && !features.lowercase_classes(at).has(CommonWord);
    is_verb && is_ending(features, at + 1) && is_name && !features.is_capitalized(at + 3)
}

/// The possessive ending between an owner that the story or a list names alone too and a person or an organisation with a head of its own,
/// and the kind of what is owned: "NHB's | Ann Lee", "Oslo's | Harbour Party".
fn owned_name(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
    known: &HashSet<String>,
) -> Option<(usize, EntityKind)> {
    let is_mark = |at: &usize| {
        let is_plural = matches!(features.form(*at), "'" | "’") && features.doc.word(at - 1).ends_with('s');
        is_ending(features, *at) || is_plural
    };
    let mark = tokens.clone().skip(1).find(is_mark)?;
    let (owner, owned) = (tokens.start..mark, mark + 1..tokens.end);
    // "Moody's Ratings"
    let is_listed = features.lexicon.classes(&features.phrase(tokens.start..mark + 1)).has(Organization);
    let is_known = known.contains(&features.phrase(owner.clone()));
    let is_owner = is_known || is_listed_owner(features, &owner) || ends_as_organization(features, &owner);
    if owned.is_empty() || is_listed || !is_owner {
        return None;
    }
    let has_head = segmentation::has_org_head(features, &owned)
        || features.lexicon.classes(&features.phrase(owned.clone())).has(Organization);
    let are_names = owned.clone().all(|it| {
        features.get(it).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
            && !features.classes(it).any(&[PlaceSuffix, Organization])
    });
    let is_person = match owned.len() {
        1 => known.contains(&features.phrase(owned.clone())) && features.follows_capital(owned.start),
        2 | 3 => features.is(owned.start, GivenName),
        _ => false,
    };
    match kind {
        EntityKind::Organisation | EntityKind::Person if is_person && are_names && !has_head => {
            Some((mark, EntityKind::Person))
        }
        EntityKind::Organisation if has_head && owned.len() > 1 => Some((mark, EntityKind::Organisation)),
        EntityKind::Place if is_known && owned.len() > 1 => Some((mark, EntityKind::Place)),
        _ => None,
    }
}

/// The start of a name behind a noun in lower case that tells what it is: "Index component | Halvik Stores", "Rust Belt states |
/// Ohio", "nationalist | Global Times".
fn start_behind_common_noun(features: &Features, tokens: &Range<usize>, kind: EntityKind) -> usize {
    let is_lowercase = |at: usize| {
        let word = features.doc.word(at);
        word.chars().count() > 2 && word.chars().all(char::is_lowercase)
    };
    let is_noun = |at: &usize| {
        let classes = features.lowercase_classes(*at);
        is_lowercase(*at)
            && classes.has(CommonWord)
            && !features.is_function_word(*at)
            && !classes.any(&[NameParticle, Preposition, PastTense])
            && (*at == tokens.start || features.is_capitalized(at - 1))
            && features.is_capitalized(at + 1)
    };
    let is_whole = |start: usize| {
        let rest = start..tokens.end;
        let listed = features.lexicon.classes(&features.phrase(rest.clone()));
        match kind {
            EntityKind::Organisation => {
                let is_head = features.lowercase_classes(start).has(OrgNoun);
                let is_owned = rest.clone().any(|it| features.is(it, OrgHeadOf));
                rest.len() > 1 && !(is_head && is_owned) || listed.any(&[Organization, Demonym])
            }
            EntityKind::Place => listed.is_place(),
            _ => false,
        }
    };
    let noun = tokens.clone().rev().skip(1).find(is_noun);
    noun.map(|it| it + 1).filter(|it| is_whole(*it)).unwrap_or(tokens.start)
}
