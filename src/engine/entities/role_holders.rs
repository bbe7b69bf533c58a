//! Role holders: an entity of the tagger that holds an organisation or place and the person behind it: "the leader of CAM | Ann Lee".

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::candidates::MAX_RUN_WORDS;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::tagged::SURE_NAME;
use crate::engine::entities::{name_words, role_kinds, segmentation};
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, EventHead, GivenName, OrgHead, OrgHeadOf, Organization, PlacePrefix,
    PlaceSuffix, RoleModifier, RoleNoun, Title,
};
use crate::word_list::word_list;

/// How much of an organisation's probability its ruler keeps.
const GOVERNMENT_SHARE: f32 = 0.5;
/// How many words before a complement the noun of its role may stand.
const MAX_ROLE_DISTANCE: usize = 8;
/// How many words the name of a role's holder may have behind an organisation's name.
const MAX_HOLDER_WORDS: usize = 3;
/// How many words a person's name may have behind that of a place.
const MAX_NAME_WORDS: usize = 4;
/// How many words an office with its place may have before the next place: "Ambassador of the Republic of Tarn to | Norway".
const MAX_OFFICE_WORDS: usize = 9;

/// Splits an entity into an organisation or place and the holder of a role in it ("the leader of CAM | Ann Lee"); other
/// entities stay whole.
pub(crate) fn split(features: &Features, tagged: TaggedEntity) -> Vec<TaggedEntity> {
    let tokens = features.doc.tokens_in(tagged.span);
    if let Some(holder) = holder_behind_field(features, &tokens) {
        let span = features.doc.span(holder..tokens.end);
        return vec![TaggedEntity { span, kind: EntityKind::Person, ..tagged }];
    }
    let of_complement = holder_start(features, &tokens);
    let behind_place =
        || holder_behind_place(features, &tokens).filter(|_| tagged.kind != EntityKind::Organisation);
    let Some(cut) = of_complement.or_else(behind_place) else { return vec![tagged] };
    let last = features.classes(cut - 1);
    let is_region = last.has(PlaceSuffix) && !last.any(&[OrgHead, OrgHeadOf]);
    let is_place = is_region
        || of_complement.is_none()
        || segmentation::longest_listed(features, tokens.start, cut).is_some_and(|it| it.1.is_place());
    let kind = if is_place { EntityKind::Place } else { EntityKind::Organisation };
    let part = |tokens, kind| TaggedEntity { span: features.doc.span(tokens), kind, ..tagged };
    vec![part(tokens.start..cut, kind), part(cut..tokens.end, EntityKind::Person)]
}

/// Where the person behind an organisation or place begins that is the complement of their role; `None` where there is none.
pub(crate) fn holder_start(features: &Features, tokens: &Range<usize>) -> Option<usize> {
    let inner = tokens.start + 1..tokens.end.saturating_sub(1);
    let holder = inner.into_iter().take(MAX_RUN_WORDS).find(|at| starts_holder(features, tokens, *at));
    holder.filter(|_| complements_role(features, tokens.start))
}

/// Whether a name at token `start` is the complement of a role: "the leader of …".
fn complements_role(features: &Features, start: usize) -> bool {
    let article = usize::from(start > 0 && features.form(start - 1) == "the");
    let sentence = features.doc.sentences.get(features.doc.sentence_of(start));
    let floor = sentence.map_or(0, |it| it.tokens.start);
    let preposition = start.checked_sub(article + 1).filter(|it| *it > floor);
    preposition.is_some_and(|at| {
        matches!(features.form(at), "of" | "to" | "for" | "at")
            && (floor..at)
                .rev()
                .take(MAX_ROLE_DISTANCE)
                .any(|it| features.lowercase_classes(it).has(RoleNoun))
    })
}

/// Whether the person who holds a role starts at token `at` of an entity, behind an organisation or a place.
fn starts_holder(features: &Features, entity: &Range<usize>, at: usize) -> bool {
    let listed = |start: usize, end: usize| {
        segmentation::longest_listed(features, start, end).filter(|it| it.0 == end - start).map(|it| it.1)
    };
    let is_head =
        |at: usize| features.classes(at).any(&[OrgHeadOf, OrgHead, CompanySuffix, PlaceSuffix, EventHead]);
    let is_name_word = |at: usize| {
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
            || name_words::are_initials(features, at)
    };
    let is_listed = listed(at, entity.end).is_some_and(|it| it.is_place() || it.has(Organization));
    let is_person = entity.end - at <= MAX_HOLDER_WORDS
        && !is_listed
        && (at..entity.end).all(|it| is_name_word(it) && !is_head(it));
    let follows_acronym = features.get(at - 1).is_some_and(|it| it.shape == WordShape::Uppercase);
    let before = entity.start..at;
    let is_school = before.clone().any(|it| matches!(features.form(it), "University" | "College" | "School"));
    let has_head_of = !is_school && before.clone().any(|it| features.is(it, OrgHeadOf));
    let is_full_name = entity.end - at >= 2;
    // "the Tarn Forum for Poets | Ann Lee"
    let has_head = !is_school && is_full_name && before.clone().skip(1).any(is_head);
    // A listed given name may follow any organisation, another word only a whole name.
    let is_given =
        features.is(at, GivenName) && (is_head(at - 1) || follows_acronym || has_head_of || has_head);
    let is_unlisted = !features.classes(at).is_place() && !features.lowercase_classes(at).has(CommonWord);
    let are_unlisted = || {
        (at..entity.end)
            .all(|it| features.classes(it).is_empty() && !features.lowercase_classes(it).has(CommonWord))
    };
    let follows_head = is_full_name && before.len() > 1 && is_head(at - 1) && are_unlisted();
    // "of NHB | Tor Varr"
    let is_behind_acronym = follows_acronym && before.len() == 1 && is_full_name && are_unlisted();
    let follows_whole_name = listed(entity.start, at).is_some()
        || has_head_of && entity.end - at == 2
        || follows_head
        || is_behind_acronym;
    // "Minister of Railways | M.K. Varr"
    let has_initials = name_words::are_initials(features, at)
        && !name_words::are_initials(features, at - 1)
        && is_full_name
        && !before.clone().any(|it| features.is(it, GivenName))
        && !name_words::are_initials(features, entity.end - 1);
    // "Commissioner of Customs | Wale Varr"
    let is_field = |at: usize| {
        features.lowercase_classes(at).has(CommonWord)
            || features.lexicon.is_plural_of_common_word(features.form(at))
    };
    let follows_field = entity.end - at == 2 && before.clone().all(is_field) && are_unlisted();
    is_person
        && features.is_capitalized(at - 1)
        && (is_given || has_initials || follows_field || is_unlisted && follows_whole_name)
}

/// Whether a name at token `start` is the place of an office before it: "Bishop of | Tarn", "Ambassador of Tarn to | Norway".
fn is_of_place(features: &Features, start: usize) -> bool {
    let floor = features.doc.sentences.get(features.doc.sentence_of(start)).map_or(0, |it| it.tokens.start);
    let joins = |at: usize| matches!(features.form(at), "of" | "to" | "for" | "in");
    let is_office = |at: usize| role_kinds::is_office_of_place(&features.doc.lower(at));
    let is_inside = |at: &usize| {
        features.is_capitalized(*at) || joins(*at) || matches!(features.form(*at), "and" | "the")
    };
    let article = usize::from(start > floor && features.form(start - 1) == "the");
    let Some(joint) = start.checked_sub(article + 1).filter(|it| *it > floor) else { return false };
    // "Bishop of Halvik and | Tarn | Ann Lee"
    let is_listed_on =
        features.form(joint) == "and" && !features.is(start, GivenName) && features.is(start + 1, GivenName);
    // "envoy of | Ann Marie Lee"
    let is_of_person = |at: usize| features.doc.lower(at) == "envoy" && features.form(at + 1) == "of";
    let words = (floor..joint).rev().take(MAX_OFFICE_WORDS);
    let office = words.take_while(|it| is_inside(it) || is_office(*it)).find(|it| is_office(*it));
    (joins(joint) || is_listed_on) && office.is_some_and(|it| joins(it + 1) && !is_of_person(it))
}

/// Where the name of an office's holder begins behind that of their place, of which nothing tells that it ends: "Bishop of | Tarn | Ann Lee".
fn holder_behind_place(features: &Features, tokens: &Range<usize>) -> Option<usize> {
    let is_name_word = |at: usize| {
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
            || name_words::are_initials(features, at)
            || features.doc.word(at).starts_with(char::is_lowercase)
    };
    let is_place = |at: usize| {
        features.is(at, PlacePrefix) || matches!(features.form(at), "North" | "South" | "East" | "West")
    };
    let first = tokens.start;
    if tokens.len() < 3 || features.is(first, GivenName) && !features.classes(first).is_place() {
        return None;
    }
    let listed = segmentation::longest_listed(features, first, tokens.end).filter(|it| it.1.is_place());
    let length = listed.map_or(1 + usize::from(is_place(first)), |it| it.0);
    let inner = first + 1..tokens.end.saturating_sub(1);
    let begins = |at: &usize| features.is(*at, GivenName) || features.is(*at, Title);
    let start = inner.into_iter().find(begins).unwrap_or(first + length);
    let holder = start..tokens.end;
    let is_head =
        |at: usize| features.classes(at).any(&[OrgHead, OrgHeadOf, CompanySuffix, PlaceSuffix, EventHead]);
    let is_whole = (2..=MAX_NAME_WORDS).contains(&holder.len()) && holder.clone().all(is_name_word);
    let is_listed = features.lexicon.classes(&features.phrase(tokens.clone())).is_place();
    (is_whole && !is_listed && !holder.clone().any(is_head) && is_of_place(features, first)).then_some(start)
}

/// Where the name of an office's holder begins in an entity that holds the office with its field: "Secretary for Roads and Harbours | Ann Lee".
fn holder_behind_field(features: &Features, tokens: &Range<usize>) -> Option<usize> {
    const OFFICES: &[&str] = &word_list!("offices-with-field");
    let is_office = |at: usize| features.is(at, Title) && OFFICES.binary_search(&features.form(at)).is_ok();
    let joint = (tokens.start + 1..tokens.end)
        .take(MAX_HOLDER_WORDS)
        .find(|it| matches!(features.form(*it), "of" | "for"))?;
    let is_field = |at: &usize| {
        features.lowercase_classes(*at).any(&[CommonWord, RoleModifier]) && !features.is(*at, GivenName)
            || features.lexicon.is_plural_of_common_word(features.form(*at))
            || matches!(features.form(*at), "and" | "&" | ",")
    };
    let field = (joint + 1..tokens.end).take_while(is_field).last()?;
    let holder = field + 1..tokens.end;
    let is_name_word = |at: usize| {
        let is_unlisted = features.classes(at).is_empty() && features.lowercase_classes(at).is_empty();
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
            && (is_unlisted || features.is(at, GivenName) || at > holder.start)
    };
    let is_name = (2..=MAX_HOLDER_WORDS).contains(&holder.len()) && holder.clone().all(is_name_word);
    let is_head = |at: usize| features.classes(at).any(&[OrgHead, OrgHeadOf, CompanySuffix, PlaceSuffix]);
    (is_office(joint - 1) && is_name && !holder.clone().any(is_head)).then_some(holder.start)
}

/// The person behind "government of" in lower case: "the government of | Varr". That of a country is an organisation.
pub(crate) fn without_government(features: &Features, tagged: TaggedEntity) -> TaggedEntity {
    let tokens = features.doc.tokens_in(tagged.span);
    let is_head = matches!(features.doc.word(tokens.start), "government" | "administration" | "regime");
    if !is_head || features.form(tokens.start + 1) != "of" || tokens.len() < 3 {
        return tagged;
    }
    let article = usize::from(features.form(tokens.start + 2) == "the");
    let name = (tokens.start + 2 + article).min(tokens.end - 1)..tokens.end;
    let listed = segmentation::longest_listed(features, name.start, name.end);
    if listed.is_some_and(|it| it.1.is_place()) {
        return tagged;
    }
    // The words tell of a ruler: the name is as sure as one needs to be.
    let probability = (tagged.probability * GOVERNMENT_SHARE).max(SURE_NAME.min(tagged.probability));
    TaggedEntity { span: features.doc.span(name), kind: EntityKind::Person, probability }
}
