//! Event venues: in a list of events an "@" stands between the town and the venue: "West Tarn, FL @ Silver Sky Arena". A name ends before it.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::tagged::SURE_NAME;
use crate::engine::tagger::tagged_spans::TaggedEntity;

/// How many letters the short form of a region has at most: "FL".
const MAX_REGION_LETTERS: usize = 3;

/// Cuts an entity that holds an "@", without the short form of a region before it, and corrects the kind of the names beside one. Other
/// entities stay whole.
pub(crate) fn split(features: &Features, tagged: TaggedEntity) -> Vec<TaggedEntity> {
    let tokens = features.doc.tokens_in(tagged.span);
    // The line tells what it is, however sure the tagger is.
    let probability = tagged.probability.max(SURE_NAME);
    let part =
        |tokens: Range<usize>, kind| TaggedEntity { span: features.doc.span(tokens), kind, probability };
    let Some(sign) = tokens.clone().find(|it| is_sign(features, *it)) else {
        return vec![kind_beside(features, &tokens).map_or(tagged, |kind| part(tokens, kind))];
    };
    let (before, venue) = (tokens.start..sign, sign + 1..tokens.end);
    let region = sign.checked_sub(1).filter(|it| is_region(features, *it));
    let is_name = !before.is_empty() && !region.is_some_and(|it| before.contains(&it));
    let is_capitalized = venue.clone().any(|it| features.is_capitalized(it));
    let venue_kind = if region.is_some() { EntityKind::Place } else { tagged.kind };
    let before = is_name.then(|| part(before, tagged.kind));
    let venue = is_capitalized.then(|| part(venue, venue_kind));
    before.into_iter().chain(venue).collect()
}

/// The kind of the town, the region or the venue beside the "@" of a list of events: a place where the town has its region. `None` elsewhere.
fn kind_beside(features: &Features, tokens: &Range<usize>) -> Option<EntityKind> {
    let is_venue =
        tokens.start > 1 && is_sign(features, tokens.start - 1) && is_region(features, tokens.start - 2);
    let is_town = is_region(features, tokens.end + 1) && is_sign(features, tokens.end + 2);
    let is_own_region = is_region(features, tokens.start) && is_sign(features, tokens.end);
    (is_venue || is_town || is_own_region).then_some(EntityKind::Place)
}

fn is_sign(features: &Features, at: usize) -> bool {
    features.form(at) == "@"
}

/// Whether a word is the short form of a region behind a town: "West Tarn, | FL".
fn is_region(features: &Features, at: usize) -> bool {
    let is_upper = features.get(at).is_some_and(|it| it.shape == WordShape::Uppercase);
    is_upper && features.doc.word(at).len() <= MAX_REGION_LETTERS && at > 0 && features.form(at - 1) == ","
}
