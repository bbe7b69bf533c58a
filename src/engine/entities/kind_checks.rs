//! Kind checks: the tagger's kind of a name gives way where its words or those beside it leave no doubt.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::Features;
use crate::engine::entities::neighbor_checks::{
    is_acting_person, is_apposed_to_person, is_before_title, is_land, is_named_by_role, is_of_town,
    is_person_like_organization, is_relative, is_site, owns_people, owns_site,
};
use crate::engine::entities::segmentation::{self, Candidate};
use crate::engine::entities::word_checks::{
    are_initials_and_surname, has_inner_capital, is_bare_acronym, is_club, is_company_like, is_eating_place,
    is_foreign_newspaper, is_joined_word, is_listed_acronym, is_listed_word, is_team, is_tour_operator,
    is_unlisted_acronym,
};
use crate::engine::entities::{bracket_tags, is_dotted_acronym, name_words, signatures};
use crate::engine::text::lexicon::LexicalClass::{Organization, Region};

/// The kind of a tagged entity, corrected where its words leave no doubt: "Senator Wes Pruitt" is nobody but a person,
/// "Norrland Steel" is no person.
pub(crate) fn checked_kind(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
    in_run: Option<&Candidate>,
    alone: Option<&Candidate>,
) -> EntityKind {
    let is_titled = in_run.is_some_and(|it| {
        let is_in_title = it.title.as_ref().is_some_and(|title| title.contains(&tokens.start));
        let is_whole = it.tokens == *tokens && it.title.is_some() && tokens.len() > 1;
        is_whole || is_in_title && it.tokens.end == tokens.end && !it.tokens.is_empty()
    });
    let is_company = alone.is_some_and(|it| it.tokens == *tokens && is_company_like(features, tokens));
    match kind {
        EntityKind::Person | EntityKind::Organisation if bracket_tags::is_short_state(features, tokens) => {
            EntityKind::Place
        }
        EntityKind::Person if is_dotted_acronym(features, tokens) => EntityKind::Organisation,
        EntityKind::Person if !is_titled && is_organization_not_person(features, tokens) => {
            EntityKind::Organisation
        }
        EntityKind::Organisation if is_titled && !segmentation::has_org_head(features, tokens) => {
            EntityKind::Person
        }
        EntityKind::Person if is_company && !is_titled => EntityKind::Organisation,
        EntityKind::Organisation if is_place_not_organization(features, tokens) => EntityKind::Place,
        EntityKind::Place if name_words::is_organization_not_place(features, tokens) => {
            EntityKind::Organisation
        }
        // "Dewan Rakyat" is no person, a "… First Nation" neither.
        EntityKind::Person if !is_titled && name_words::is_listed_organization(features, tokens) => {
            EntityKind::Organisation
        }
        EntityKind::Place if name_words::is_listed_firm(features, tokens) => EntityKind::Organisation,
        EntityKind::Place if is_short_organization(features, tokens) => EntityKind::Organisation,
        EntityKind::Person
            if !is_titled && (is_listed_word(features, tokens) || is_joined_word(features, tokens)) =>
        {
            EntityKind::Organisation
        }
        EntityKind::Person | EntityKind::Organisation if !is_titled && is_site(features, tokens) => {
            EntityKind::Place
        }
        EntityKind::Person | EntityKind::Place if !is_titled && is_club(features, tokens) => {
            EntityKind::Organisation
        }
        EntityKind::Person | EntityKind::Place if !is_titled && is_business(features, tokens) => {
            EntityKind::Organisation
        }
        EntityKind::Place if name_words::is_leader_paper(features, tokens) => EntityKind::Organisation,
        EntityKind::Person if !is_titled && is_place_not_person(features, tokens) => EntityKind::Place,
        EntityKind::Person | EntityKind::Place if owns_site(features, tokens) => EntityKind::Organisation,
        EntityKind::Person if !is_titled && owns_people(features, tokens) => EntityKind::Organisation,
        EntityKind::Organisation | EntityKind::Place if is_told_person(features, tokens) => {
            EntityKind::Person
        }
        EntityKind::Organisation if is_told_person_of_organization(features, tokens) => EntityKind::Person,
        EntityKind::Place if is_acting_person(features, tokens) => EntityKind::Person,
        EntityKind::Place if is_listed_word(features, tokens) => EntityKind::Organisation,
        EntityKind::Place
            if tokens.len() <= 3
                && (tokens.len() > 1 || features.classes(tokens.start).is_empty())
                && signatures::role_behind(features, tokens).is_some() =>
        {
            EntityKind::Person
        }
        kind => kind,
    }
}

/// Whether a name ends as that of a restaurant, or the words beside it tell of a town.
fn is_place_not_person(features: &Features, tokens: &Range<usize>) -> bool {
    is_eating_place(features, tokens) || is_of_town(features, tokens)
}

/// Whether a name is that of a newspaper in another language or of a tour operator.
fn is_business(features: &Features, tokens: &Range<usize>) -> bool {
    is_foreign_newspaper(features, tokens) || is_tour_operator(features, tokens)
}

/// Whether a name is written as that of an organisation: an acronym, or with a capital inside.
fn is_short_organization(features: &Features, tokens: &Range<usize>) -> bool {
    is_listed_acronym(features, tokens)
        || is_unlisted_acronym(features, tokens)
        || has_inner_capital(features, tokens)
}

/// Whether the words beside a name tell that it is a person's, whatever else it may be.
fn is_told_person(features: &Features, tokens: &Range<usize>) -> bool {
    is_person_like_organization(features, tokens) || is_relative(features, tokens)
}

/// Whether the words beside the name of an organisation tell that it is a person's.
fn is_told_person_of_organization(features: &Features, tokens: &Range<usize>) -> bool {
    is_named_by_role(features, tokens)
        || is_apposed_to_person(features, tokens)
        || are_initials_and_surname(features, tokens)
}

/// Whether the name of an organisation is that of a country or a land, or of a listed place before an office.
fn is_place_not_organization(features: &Features, tokens: &Range<usize>) -> bool {
    let is_short_region = tokens.len() == 1
        && features.doc.word(tokens.start).ends_with('.')
        && features.is(tokens.start, Region)
        && !features.is(tokens.start, Organization);
    is_short_region
        || tokens.len() > 1 && name_words::is_listed_country(features, tokens)
        || is_before_title(features, tokens)
        || is_land(features, tokens)
}

/// Whether the name of a person without a title is an acronym alone or that of a team.
fn is_organization_not_person(features: &Features, tokens: &Range<usize>) -> bool {
    is_bare_acronym(features, tokens) || is_team(features, tokens)
}
