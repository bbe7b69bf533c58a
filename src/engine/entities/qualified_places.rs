//! Qualified places: a place with the country or region behind a comma that tells where it lies ("Vellmar, Norway"), with the
//! part of it that is meant ("northern Norway"), or with the noun for its kind ("Tarn province"), is a mention of the place as a whole.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass::{Calendar, Country, Preposition, Region, TimeWord};
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// Extends the mentions of places by the words that tell where they lie. The country behind a place stays a mention of its own.
pub(crate) fn add_qualifiers(features: &Features, mentions: &mut [EntityMention]) {
    let is_place_at = |number: usize| mentions.get(number).is_some_and(|it| it.kind == EntityKind::Place);
    let between = |one: usize, other: usize| mentions[one].tokens.end..mentions[other].tokens.start;
    let is_qualified = |number: usize| {
        let follows_place = number
            .checked_sub(1)
            .is_some_and(|it| is_place_at(it) && is_listing(features, between(it, number)));
        let precedes_place = is_place_at(number + 2) && is_listing(features, between(number + 1, number + 2));
        is_place_at(number)
            && is_place_at(number + 1)
            && !follows_place
            && !precedes_place
            && is_qualifier(features, &mentions[number].tokens, &mentions[number + 1].tokens)
    };
    let qualified: Vec<usize> = (0..mentions.len()).filter(|it| is_qualified(*it)).collect();
    for number in qualified {
        mentions[number].extent = mentions[number].extent.cover(mentions[number + 1].span);
    }
    for place in mentions {
        place.extent = with_direction(features, place);
        place.extent = with_kind(features, place);
    }
}

/// The extent of a mention with the direction before a place: "northern Norway".
fn with_direction(features: &Features, place: &EntityMention) -> Span {
    let is_direction =
        |at: &usize| matches!(features.form(*at), "northern" | "southern" | "eastern" | "western");
    let direction =
        place.tokens.start.checked_sub(1).filter(|it| place.kind == EntityKind::Place && is_direction(it));
    direction.map_or(place.extent, |it| features.doc.tokens[it].span.cover(place.extent))
}

/// The extent of a mention with the noun in lower case that tells what kind of place it is: "Tarn province".
fn with_kind(features: &Features, place: &EntityMention) -> Span {
    let is_kind = matches!(features.doc.word(place.tokens.end), "province" | "county" | "river");
    let is_bare = place.kind == EntityKind::Place && place.extent.end == place.span.end;
    if !is_kind || !is_bare {
        return place.extent;
    }
    place.extent.cover(features.doc.tokens[place.tokens.end].span)
}

/// Whether a place and a listed country or region stand side by side with a comma between them, and the phrase ends with them:
/// not in "In Vellmar, Norway has a port".
fn is_qualifier(features: &Features, place: &Range<usize>, qualifier: &Range<usize>) -> bool {
    let is_one_comma = place.end + 1 == qualifier.start && features.form(place.end) == ",";
    let is_listed =
        |name: &Range<usize>, class| features.lexicon.classes(&features.phrase(name.clone())).has(class);
    let next = features.lowercase_classes(qualifier.end);
    let is_mark = features.doc.tokens.get(qualifier.end).is_none_or(|it| it.kind == TokenKind::Punctuation);
    let ends_phrase = is_mark
        || next.any(&[Preposition, TimeWord])
        || features.is(qualifier.end, Calendar)
        || features.doc.sentence_of(qualifier.end) != features.doc.sentence_of(place.start);
    is_one_comma
        && !is_listed(place, Country)
        && (is_listed(qualifier, Country) || is_listed(qualifier, Region))
        && ends_phrase
}

/// Whether the tokens between two names are those of a list: ",", "and", ", and".
fn is_listing(features: &Features, between: Range<usize>) -> bool {
    between.len() <= 2 && between.into_iter().all(|it| matches!(features.form(it), "," | "and" | "or" | "&"))
}
