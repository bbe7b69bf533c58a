//! Office holders: an entity of the tagger that holds an office or a rank, what stands before it and the name of its holder: "Tarn County |
//! Sheriff | Tor Berg", "Elmouth | SSP | Tor Berg". A building may be named after a ruler: "King Orrin Hospital".

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::entities::tagged::SURE_NAME;
use crate::engine::entities::{name_words, role_kinds};
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, Demonym, EventHead, GivenName, Honorific, KinNoun, NameParticle, OrgHead,
    OrgHeadOf, OrgNoun, PlaceNoun, PlaceSuffix, RoleModifier, RoleNoun, Title,
};
use crate::word_list::word_list;

/// Ranks of police officers in capitals.
const RANKS: &[&str] = &word_list!("police-ranks");
/// How many letters a rank in capitals has at least behind other words: "DC" may be anything.
const MIN_RANK_LETTERS: usize = 3;
/// How many words the name of an office's holder may have.
const MAX_HOLDER_WORDS: usize = 5;
/// Above this probability an organisation that has the title of an office in its name is one name.
const SURE_ORGANIZATION: f32 = 0.85;

/// Splits an entity that holds an office into what stands before the office and the name of its holder; other entities stay whole.
pub(crate) fn split(features: &Features, tagged: TaggedEntity) -> Vec<TaggedEntity> {
    let tokens = features.doc.tokens_in(tagged.span);
    // The office tells what stands beside it, however sure the tagger is.
    let probability = tagged.probability.max(SURE_NAME);
    let part = |tokens, kind| TaggedEntity { span: features.doc.span(tokens), kind, probability };
    if let Some(holder) = seat_holder(features, &tokens, tagged.kind) {
        return vec![
            part(tokens.start..holder, EntityKind::Place),
            part(holder..tokens.end, EntityKind::Person),
        ];
    }
    let Some(office) = inner_office(features, &tokens, &tagged) else { return vec![tagged] };
    let owner = tokens.start..office.start;
    let holder = office.end..tokens.end;
    let is_named = owner.clone().any(|it| !is_adjective(features, it));
    let owner = is_named.then(|| part(owner.clone(), kind_of_owner(features, &owner)));
    let holder = (!holder.is_empty()).then(|| part(holder, EntityKind::Person));
    owner.into_iter().chain(holder).collect()
}

/// The token at which the name of a member of a parliament begins behind that of their seat: "MP for Tarn East | Tor Berg". `None` where
/// the entity is no seat with a name behind it.
fn seat_holder(features: &Features, tokens: &Range<usize>, kind: EntityKind) -> Option<usize> {
    role_kinds::office_of_seat(features, tokens.start)?;
    let is_listed = |end: usize| features.lexicon.classes(&features.phrase(tokens.start..end)).is_place();
    let inner = tokens.start + 1..tokens.end.saturating_sub(1);
    let is_end = |at: &usize| {
        let is_given = features.is(*at, GivenName);
        (is_direction(features, at - 1) || is_listed(*at) || is_given) && !is_direction(features, *at)
    };
    let is_person = kind == EntityKind::Person && tokens.len() == 3 && !features.is(tokens.start, GivenName);
    let start = inner.clone().find(is_end).or_else(|| Some(tokens.start + 1).filter(|_| is_person))?;
    (!is_listed(tokens.end) && is_holder(features, &(start..tokens.end))).then_some(start)
}

/// Whether a word is a direction that ends the name of a seat: "Tarn | East".
fn is_direction(features: &Features, at: usize) -> bool {
    matches!(features.form(at), "North" | "South" | "East" | "West" | "Central")
}

/// The office or the ranks inside an entity, with a name behind them.
fn inner_office(features: &Features, tokens: &Range<usize>, tagged: &TaggedEntity) -> Option<Range<usize>> {
    let last = tokens.clone().rev().find(|it| ends_rank(features, *it));
    if let Some(last) = last {
        let start = ranks_start(features, tokens.start, last);
        let holder = last + 1..tokens.end;
        // "North Tarn OCPD | Asst Comm": the name of the holder is an entity of its own.
        let is_before_name = holder.is_empty() && features.is_capitalized(last + 1) && tokens.len() > 1;
        let is_whole = start > tokens.start
            || tagged.kind == EntityKind::Organisation
            || is_phrase(features, start, last);
        return ((is_before_name || is_holder(features, &holder)) && is_whole).then_some(start..last + 1);
    }
    if tagged.probability >= SURE_ORGANIZATION {
        return None;
    }
    let last = (tokens.start + 1..tokens.end).rev().find(|it| is_civil_office(features, *it))?;
    let holder = last + 1..tokens.end;
    let start = office_start(features, tokens.start, last);
    // "Tarnside Elder Jonas Rill": who has a given name first is found elsewhere.
    let is_of_place = start > tokens.start && features.is(start - 1, PlaceSuffix);
    let is_split = tagged.kind != EntityKind::Person || is_of_place;
    (is_split && start > tokens.start && holder.len() > 1 && is_holder(features, &holder))
        .then_some(start..last + 1)
}

/// Whether a rank of a police officer ends at a token: "SSP", "Asst | Comm".
fn ends_rank(features: &Features, at: usize) -> bool {
    let word = features.doc.word(at);
    let is_short = RANKS.binary_search(&word).is_ok() && word.len() >= MIN_RANK_LETTERS;
    is_short || at > 0 && is_phrase(features, at - 1, at)
}

/// Whether two words are a rank that is written in short: "Asst Comm".
fn is_phrase(features: &Features, first: usize, last: usize) -> bool {
    first + 1 == last
        && matches!(features.form(first), "Asst" | "Dep" | "Insp")
        && matches!(features.form(last), "Comm" | "Gen")
}

/// The start of the ranks that end at token `last`: "| OCPD ACP".
fn ranks_start(features: &Features, floor: usize, last: usize) -> usize {
    let mut start = last;
    let is_rank = |at: usize| {
        ends_rank(features, at)
            || is_phrase(features, at, at + 1)
            || matches!(features.form(at), "Supt" | "Insp" | "Sr")
    };
    while start > floor && is_rank(start - 1) {
        start -= 1;
    }
    start
}

/// Whether a word is the title of an office that somebody holds in a place or an organisation: "Sheriff".
fn is_civil_office(features: &Features, at: usize) -> bool {
    let classes = features.classes(at);
    classes.has(Title)
        && features.lowercase_classes(at).has(RoleNoun)
        && !features.lowercase_classes(at).has(KinNoun)
        && !classes.any(&[GivenName, Honorific])
        && features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
}

/// The start of an office that ends at token `last`: "| District Attorney", "| Vice Mayor".
fn office_start(features: &Features, floor: usize, last: usize) -> usize {
    let is_title = |start: usize| features.lexicon.classes(&features.phrase(start..last + 1)).has(Title);
    let start = (floor..last).find(|it| is_title(*it)).unwrap_or(last);
    let before = start.checked_sub(1).filter(|it| *it > floor);
    before.filter(|it| role_kinds::is_rank(features.form(*it))).unwrap_or(start)
}

/// Whether some words may be the name of a person: no place, no head of another name.
fn is_holder(features: &Features, holder: &Range<usize>) -> bool {
    let is_head =
        |at: usize| features.classes(at).any(&[OrgHead, OrgHeadOf, CompanySuffix, PlaceSuffix, EventHead]);
    let is_name_word = |at: usize| {
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
            || name_words::are_initials(features, at)
            || features.lowercase_classes(at).has(NameParticle) && at > holder.start
    };
    let is_given_first = || features.is(holder.start, GivenName) && holder.len() == 2;
    let is_listed = || features.lexicon.classes(&features.phrase(holder.clone())).is_place();
    (1..=MAX_HOLDER_WORDS).contains(&holder.len())
        && holder.clone().all(is_name_word)
        && (!holder.clone().any(is_head) || is_given_first())
        && !is_listed()
}

/// Whether a word before an office names nothing: "Federal", "Norwegian".
fn is_adjective(features: &Features, at: usize) -> bool {
    let classes = features.classes(at);
    let is_people = classes.has(Demonym) && !classes.is_place();
    let is_word = features.lowercase_classes(at).any(&[CommonWord, RoleModifier])
        && !classes.is_place()
        && !classes.any(&[OrgHead, OrgHeadOf, PlaceSuffix]);
    is_people || is_word
}

/// The kind of what stands before an office: a place where a list has it, where it ends as one or where nothing else tells of an organisation.
fn kind_of_owner(features: &Features, owner: &Range<usize>) -> EntityKind {
    let last = features.classes(owner.end - 1);
    let is_listed = features.lexicon.classes(&features.phrase(owner.clone())).is_place();
    let is_region = last.has(PlaceSuffix) && !last.any(&[OrgHead, OrgHeadOf]);
    let is_station = ends_rank(features, owner.end)
        && features.get(owner.end - 1).is_some_and(|it| it.shape == WordShape::TitleCase)
        && !last.any(&[OrgHead, OrgHeadOf]);
    if is_listed || is_region || is_station { EntityKind::Place } else { EntityKind::Organisation }
}

/// Cuts the titles that begin inside the name of a county or town, which is a place there: "Tarn County | Sheriff".
pub(crate) fn cut_titles(features: &Features, candidates: &mut [Candidate]) {
    const TOWNS: &[&str] = &word_list!("town-heads");
    let titles: HashMap<usize, usize> =
        candidates.iter().filter_map(|it| it.title.clone()).map(|it| (it.start, it.end)).collect();
    let is_town =
        |at: usize| features.form(at) == "County" || TOWNS.binary_search(&features.form(at)).is_ok();
    let mut cuts: HashMap<usize, usize> = HashMap::new();
    for place in candidates.iter_mut().filter(|it| it.title.is_none() && it.tokens.len() > 1) {
        let last = place.tokens.end - 1;
        let is_cut = titles.get(&last).is_some_and(|end| *end > place.tokens.end);
        let (kind, score) = place.scores.best();
        if is_cut && is_town(last) && kind != EntityKind::Person {
            place.scores = KindScores::place(score.max(scores::PLACE_WITH_SUFFIX.place));
            place.is_doubtful = false;
            cuts.insert(last, place.tokens.end);
        }
    }
    for title in candidates.iter_mut().filter_map(|it| it.title.as_mut()) {
        title.start = cuts.get(&title.start).copied().unwrap_or(title.start);
    }
}

/// A building, road or organisation that is named after a ruler or an official, with the title: "| King Orrin Hospital", "| President Marr
/// Highway".
pub(crate) fn with_ruler(features: &Features, tagged: TaggedEntity) -> TaggedEntity {
    const RULERS: &[&str] = &word_list!("ruler-titles");
    const NAMESAKES: &[&str] = &word_list!("namesakes-of-works");
    const WORKS: &[&str] = &word_list!("heads-of-works");
    let tokens = features.doc.tokens_in(tagged.span);
    let is_works = WORKS.binary_search(&features.form(tokens.end.saturating_sub(1))).is_ok();
    let is_ruler = |at: usize| {
        let word = features.doc.word(at);
        RULERS.binary_search(&word).is_ok() || is_works && NAMESAKES.binary_search(&word).is_ok()
    };
    let is_inside = is_ruler(tokens.start) && features.is_capitalized(tokens.start + 1);
    let before =
        tokens.start.checked_sub(1).filter(|it| is_ruler(*it) && features.is_capitalized(tokens.start));
    let start = before.unwrap_or(tokens.start);
    let last = tokens.end.saturating_sub(1);
    let is_organization = features.classes(last).any(&[OrgHead, OrgHeadOf]);
    let is_building = features.is(last, PlaceSuffix);
    let is_noun = features.lowercase_classes(last).any(&[OrgNoun, PlaceNoun]);
    let has_head = (is_organization || is_building)
        && (is_noun || is_works || tagged.kind != EntityKind::Person)
        && !features.is(last, GivenName);
    if !is_inside && before.is_none() || tokens.end - start < 3 || !has_head {
        return tagged;
    }
    let kind = match tagged.kind {
        EntityKind::Person if is_organization => EntityKind::Organisation,
        EntityKind::Person => EntityKind::Place,
        EntityKind::Organisation if is_works && !is_organization && !is_noun => EntityKind::Place,
        kind => kind,
    };
    TaggedEntity {
        span: features.doc.span(start..tokens.end),
        kind,
        probability: tagged.probability.max(SURE_NAME),
    }
}
