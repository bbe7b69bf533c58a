//! Names in the labels of turns: a label says where a name begins and ends and that it is a person's.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::title_case;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::span::Span;
use crate::story::TurnSpeaker;

/// The mentions, with one for each name in a label in place of those that overlap it.
pub(crate) fn with_label_names(
    doc: &Document,
    lexicon: &Lexicon,
    mentions: Vec<EntityMention>,
) -> Vec<EntityMention> {
    let has_labels = doc.story.blocks().iter().any(|it| it.label.is_some());
    let people = mentions.iter().filter(|it| has_labels && it.kind == EntityKind::Person);
    let full_names = people.filter_map(|it| it.span.slice(doc.text).rsplit_once(' '));
    let surnames: HashSet<String> = full_names.map(|it| it.1.to_uppercase()).collect();
    let labels: Vec<EntityMention> = doc
        .story
        .blocks()
        .iter()
        .filter_map(|block| label_mention(doc, lexicon, &mentions, &surnames, block.speaker?, block.label?))
        .collect();
    if labels.is_empty() {
        return mentions;
    }
    let overlaps_label = |mention: &EntityMention| {
        let next = labels.partition_point(|it| it.span.end <= mention.span.start);
        labels.get(next).is_some_and(|it| it.span.start < mention.span.end)
    };
    let mut all: Vec<EntityMention> = mentions.iter().filter(|it| !overlaps_label(it)).cloned().collect();
    all.extend(labels);
    all.sort_by_key(|it| it.span.start);
    all
}

/// The person whom a label names; `None` if it names an office, or an organisation such as a newspaper. `surnames` are those of the people
/// whom the story names in full, in capitals.
fn label_mention(
    doc: &Document,
    lexicon: &Lexicon,
    mentions: &[EntityMention],
    surnames: &HashSet<String>,
    speaker: TurnSpeaker,
    label: Span,
) -> Option<EntityMention> {
    let TurnSpeaker::Named { name, role } = speaker else { return None };
    let text = name.slice(doc.text);
    let next = mentions.partition_point(|it| it.span.end <= name.start);
    let known = mentions.get(next).filter(|it| it.span.start < name.end);
    // A name that stands in another label has no title in this one.
    let before = name.start.checked_sub(label.start).and_then(|it| label.slice(doc.text).get(..it));
    let before = before.and_then(|it| it.split_whitespace().next_back());
    // "MS. OSTROW" is a person, also where the tagger has "OSTROW" as an organisation.
    let is_title = |it: &str| {
        [it.to_owned(), title_case(it)].iter().any(|it| lexicon.classes(it).has(LexicalClass::Title))
    };
    let has_title = name.start > label.start && role.is_some() || before.is_some_and(is_title);
    let in_capitals = !text.contains(char::is_lowercase);
    // "Gazette" asks as a newspaper; "HOLT", "Lena Holt" and "LENA HOLT" are people.
    let has_given_name = text
        .split_once(' ')
        .is_some_and(|it| lexicon.classes(&title_case(it.0)).has(LexicalClass::GivenName));
    let is_known_person = has_title || has_given_name || surnames.contains(&text.to_uppercase());
    let is_organization =
        known.is_some_and(|it| it.kind == EntityKind::Organisation && it.span == name && !is_known_person);
    let is_certain = has_title || role.is_some() || in_capitals || text.contains(' ');
    if is_organization || !(is_certain || known.is_some_and(|it| it.kind == EntityKind::Person)) {
        return None;
    }
    let tokens: Range<usize> = doc.tokens_in(name);
    let gender = before.and_then(|title| Gender::from_classes(lexicon.classes(title)));
    let known_gender = known.and_then(|it| it.gender);
    Some(EntityMention {
        span: name,
        extent: name,
        tokens,
        kind: EntityKind::Person,
        roles: role.into_iter().collect(),
        gender: gender.or(known_gender),
        is_kin: false,
        is_credit: false,
    })
}
