//! Context scores: what the words before and after a name say about its kind.

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::entities::{organization_nouns, segmentation, told_kinds};
use crate::engine::text::lexicon::LexicalClass::{
    ApposedOrgNoun, Auxiliary, City, CommonWord, Country, Demonym, Determiner, DocumentNoun, Female,
    FunctionWord, GivenName, GroupNoun, Male, OrgHead, OrgHeadOf, OrgNoun, Organization, PastTense,
    PlaceAdjective, PlaceNoun, PlacePrefix, PlaceSuffix, Preposition, Region, RoleNoun, SpeechVerb,
    StateOffice,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Roles of people in a company, which "of" and its name follow, in lower case.
const COMPANY_ROLES: &[&str] = &word_list!("company-roles");
/// How many words may stand between the noun for a match and the second of its sides.
const MAX_MATCH_DISTANCE: usize = 6;
/// How many words an office may have before its head ("Fisheries Minister").
const MAX_OFFICE_WORDS: usize = 4;
/// How many words before "at" are searched for the role of somebody who works there.
const MAX_ROLE_DISTANCE: usize = 8;
/// How many words after a comma are searched for a role.
const MAX_APPOSITION_WORDS: usize = 4;
/// How many words a place before a comma and its country may have.
const MAX_PLACE_WORDS: usize = 3;

/// The scores of the words around a name.
pub(crate) fn context_scores(features: &Features, name: &Range<usize>) -> KindScores {
    let dateline = if opens_dateline(features, name) { scores::DATELINE } else { KindScores::zero() };
    let beside = scores_from_left(features, name) + scores_from_right(features, name);
    beside + told_kinds::context_scores(features, name) + dateline
}

/// Whether a name begins the dateline of its block: "TARNSIDE, 14 March –".
fn opens_dateline(features: &Features, name: &Range<usize>) -> bool {
    let token = &features.doc.tokens[name.start];
    let dateline = features.doc.story.blocks()[token.block].dateline;
    dateline.is_some_and(|it| it.start == token.span.start) && !features.is(name.start, Organization)
}

fn scores_from_left(features: &Features, name: &Range<usize>) -> KindScores {
    let Some(at) = name.start.checked_sub(1) else { return KindScores::zero() };
    let classes = features.classes(at);
    let follows_company_role = || {
        let role = features.form(at.saturating_sub(1)).to_lowercase();
        COMPANY_ROLES.binary_search(&role.as_str()).is_ok()
    };
    match features.form(at) {
        _ if organization_nouns::describes_organization(features, name) => scores::AFTER_KIND_NOUN,
        _ if is_employer(features, name) => scores::EMPLOYER,
        _ if is_side_of_match(features, name) => scores::SIDE_OF_MATCH,
        "," if follows_office_of_place(features, name) => scores::AFTER_OFFICE_OF_PLACE,
        "of" if follows_company_role() => scores::AFTER_COMPANY_ROLE,
        "at" if follows_staff(features, name) => scores::AFTER_STAFF,
        "of" if names_town(features, name) => scores::AFTER_TOWN_OF,
        "in" | "In" => scores::AFTER_IN,
        "near" | "across" | "throughout" | "outside" | "Near" | "Outside" => scores::AFTER_NEAR,
        _ if classes.has(PlaceAdjective) => scores::AFTER_PLACE_ADJECTIVE,
        "from" | "around" | "visiting" => scores::AFTER_FROM,
        "to" | "into" | "towards" | "toward" | "via" => scores::AFTER_TO,
        "at" => scores::AFTER_AT,
        "the" | "The" => scores::AFTER_THE,
        "by" if at > 0 && features.lowercase_classes(at - 1).has(DocumentNoun) => scores::AFTER_DOCUMENT_BY,
        "by" | "with" | "told" | "when" | "that" | "named" | "because" | "while" => scores::AFTER_BY,
        "capital" | "city" | "town" | "village" | "province" | "island" => scores::AFTER_PLACE_NOUN,
        "'s" | "’s" => scores::AFTER_POSSESSIVE,
        _ if classes.has(ApposedOrgNoun) && name.len() == 1 && !features.is(name.start, GivenName) => {
            scores::AFTER_APPOSED_NOUN
        }
        _ if classes.any(&[Male, Female]) && classes.has(RoleNoun) => scores::AFTER_GENDERED_ROLE,
        _ if classes.has(RoleNoun) => scores::AFTER_ROLE,
        _ if classes.has(OrgNoun) => scores::AFTER_ORGANIZATION_NOUN,
        _ => KindScores::zero(),
    }
}

/// Whether somebody has a role at a building or organisation of several words: "a director at Tarn’s Harbour Centre".
fn is_employer(features: &Features, name: &Range<usize>) -> bool {
    let floor =
        features.doc.sentences.get(features.doc.sentence_of(name.start)).map_or(0, |it| it.tokens.start);
    let is_owner =
        |at: &usize| features.is_capitalized(*at) || matches!(features.form(*at), "'s" | "’s" | "the");
    let owner = (floor..name.start).rev().take(MAX_PLACE_WORDS).take_while(is_owner).last();
    let at = owner.unwrap_or(name.start).checked_sub(1).filter(|it| features.form(*it) == "at");
    // "Ann Lee spoke with Bo Ray at Tarn House": what a person's name precedes is where they are.
    let at = at.filter(|it| it.checked_sub(1).is_some_and(|before| !features.is_capitalized(before)));
    let is_inside = |at: &usize| {
        let is_verb = features.lowercase_classes(*at).any(&[SpeechVerb, Auxiliary, PastTense]);
        !is_verb && !features.form(*at).ends_with("ing") && features.form(*at) != ","
    };
    let has_role = |at: usize| {
        let before = (floor..at).rev().take(MAX_ROLE_DISTANCE).take_while(is_inside);
        before.into_iter().any(|it| features.lowercase_classes(it).has(RoleNoun))
    };
    is_facility(features, name) && at.is_some_and(has_role)
}

/// Whether a noun for a town, a region or its ruler and "of" stand before a name: "the village of Varr". "The share capital of Varr" is a
/// company's.
fn names_town(features: &Features, name: &Range<usize>) -> bool {
    const NOUNS: &[&str] = &word_list!("place-nouns-before-of");
    let Some(noun) = name.start.checked_sub(2) else { return false };
    let before = noun.checked_sub(1).map_or("", |it| features.form(it));
    let is_capital =
        || matches!(before, "the" | "'s" | "’s" | "its" | "provincial" | "regional" | "national");
    NOUNS.binary_search(&features.form(noun)).is_ok()
        && (features.form(noun) != "capital" || is_capital())
        && !segmentation::has_org_head(features, name)
}

fn scores_from_right(features: &Features, name: &Range<usize>) -> KindScores {
    let (at, next) = (name.end, name.end + 1);
    let classes = features.classes(at);
    let is_its = |at: usize| features.form(at) == "its";
    match features.form(at) {
        _ if classes.has(SpeechVerb) && is_facility(features, name) => scores::SPEAKING_FACILITY,
        _ if classes.has(SpeechVerb) && (is_its(next) || is_its(next + 1)) => scores::BEFORE_SAID_ITS,
        _ if classes.has(SpeechVerb) => scores::BEFORE_SPEECH_VERB,
        _ if is_its(next) && may_be_verb(features, at) => scores::BEFORE_ITS,
        "who" | "whose" => scores::BEFORE_WHO,
        "was" | "has" | "had" | "is" => scores::BEFORE_AUXILIARY,
        "regime" | "administration" | "presidency" | "dictatorship" if may_be_ruler(features, name) => {
            scores::BEFORE_RULE
        }
        // "Karvia's Fisheries Minister" serves a place; "Ann's minister" does not.
        "'s" | "’s"
            if name.len() == 1 && has_state_office(features, next) && !features.is(name.start, GivenName) =>
        {
            scores::BEFORE_STATE_OFFICE
        }
        "'s" | "’s" if owns_director(features, name) => scores::BEFORE_OWNED_ROLE,
        "," => scores_after_comma(features, name, next),
        "(" if is_acronym_of(features, name, next) => scores::BEFORE_OWN_ACRONYM,
        _ if classes.has(PlaceNoun) && !classes.has(OrgNoun) => scores::BEFORE_PLACE_NOUN,
        _ if classes.has(ApposedOrgNoun) && !features.is_capitalized(at) && is_unlisted(features, name) => {
            scores::BEFORE_APPOSED_NOUN
        }
        _ if classes.has(OrgNoun) => scores::BEFORE_ORGANIZATION_NOUN,
        _ if classes.any(&[RoleNoun, GroupNoun]) && !features.is_capitalized(at) => scores::BEFORE_ROLE,
        _ => KindScores::zero(),
    }
}

/// Whether an unlisted word tells where the staff before it works: "analysts at | Norbex".
fn follows_staff(features: &Features, name: &Range<usize>) -> bool {
    const STAFF: &[&str] = &word_list!("staff-of-firms");
    let noun = name.start.checked_sub(2).map_or_else(String::new, |it| features.doc.lower(it));
    name.len() == 1 && STAFF.binary_search(&noun.as_str()).is_ok() && features.classes(name.start).is_empty()
}

/// Whether a listed town stands for its team: "the match against Leeds", "the final between Harbour FC and Leeds".
fn is_side_of_match(features: &Features, name: &Range<usize>) -> bool {
    const MATCHES: &[&str] = &word_list!("match-nouns");
    let is_town = name.len() == 1
        && features.is(name.start, City)
        && !features.classes(name.start).any(&[Country, Region]);
    let is_match = |at: usize| MATCHES.binary_search(&features.form(at)).is_ok();
    let before = (name.start.saturating_sub(MAX_MATCH_DISTANCE)..name.start).rev();
    let mut before = before.take_while(|it| !matches!(features.form(*it), "." | "," | ";" | "in" | "at"));
    let joint = before.find(|it| matches!(features.form(*it), "between" | "against"));
    is_town && joint.is_some_and(|it| it > 0 && is_match(it - 1))
}

/// Whether the last word of a name is that of a building in which people work: "Tarn City Hospital".
fn is_facility(features: &Features, name: &Range<usize>) -> bool {
    let last = name.end - 1;
    name.len() > 1 && features.lowercase_classes(last).has(OrgNoun) && features.is_capitalized(last)
}

/// Whether an acronym that is no listed place has a director or spokesman: "NHB’s director of research".
fn owns_director(features: &Features, name: &Range<usize>) -> bool {
    let is_acronym = features.get(name.start).is_some_and(|it| it.shape == WordShape::Uppercase);
    name.len() == 1
        && is_acronym
        && is_unlisted(features, name)
        && segmentation::owns_role(features, name.end)
}

/// Whether no list has a name as a place or a people, and its first word is no given name.
fn is_unlisted(features: &Features, name: &Range<usize>) -> bool {
    let classes = features.lexicon.classes(&features.phrase(name.clone()));
    !classes.is_place() && !classes.has(Demonym) && !features.is(name.start, GivenName)
}

/// Whether a name of one word may be the surname of a ruler: "the Varr regime", not "the Harbour administration".
fn may_be_ruler(features: &Features, name: &Range<usize>) -> bool {
    let classes = features.classes(name.start);
    let is_name_word = features.get(name.start).is_some_and(|it| it.shape == WordShape::TitleCase);
    name.len() == 1
        && is_name_word
        && !classes.is_place()
        && !classes.any(&[Demonym, Organization, OrgHead, OrgHeadOf])
        && !features.lowercase_classes(name.start).any(&[CommonWord, OrgNoun])
}

/// Whether a full name between commas follows an office and its place: "the mayor of Oslo, Ann Lee,".
fn follows_office_of_place(features: &Features, name: &Range<usize>) -> bool {
    let comma = name.start.saturating_sub(1);
    let is_closed = matches!(features.form(name.end), "," | "." | "");
    let is_place_word = |at: usize| {
        let classes = features.classes(at);
        classes.is_place()
            || classes.any(&[PlacePrefix, PlaceSuffix, OrgHead, OrgHeadOf])
            || features.lowercase_classes(at).has(CommonWord)
    };
    let mut before = (comma.saturating_sub(MAX_PLACE_WORDS + 1)..comma).rev();
    let preposition = before.find(|it| !features.is_capitalized(*it));
    let preposition = preposition.filter(|it| features.form(*it) == "of" && *it + 1 < comma && *it > 0);
    let is_office = preposition.is_some_and(|it| features.lowercase_classes(it - 1).has(RoleNoun));
    (2..=3).contains(&name.len()) && is_closed && is_office && !name.clone().any(is_place_word)
}

/// Whether a word in lower case may be a verb: no preposition, article or the like.
fn may_be_verb(features: &Features, at: usize) -> bool {
    features.form(at).starts_with(char::is_lowercase)
        && !features.lowercase_classes(at).any(&[FunctionWord, Preposition, Determiner])
}

/// Whether an office of a state begins at `at`: "Fisheries Minister", "President".
fn has_state_office(features: &Features, at: usize) -> bool {
    let mut capitals = (at..at + MAX_OFFICE_WORDS).take_while(|it| features.is_capitalized(*it));
    capitals.any(|it| features.is(it, StateOffice))
}

fn scores_after_comma(features: &Features, name: &Range<usize>, at: usize) -> KindScores {
    let is_number = features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
    let is_age =
        is_number && features.form(at).len() <= 2 && matches!(features.form(at + 1), "," | "." | "and");
    if is_age || matches!(features.form(at), "who" | "whose" | "aged") {
        return scores::BEFORE_AGE;
    }
    if features.form(at) == "which" {
        return scores::BEFORE_WHICH;
    }
    let article = usize::from(matches!(features.form(at), "a" | "an" | "the" | "his" | "her"));
    let has_role = (at + article..at + article + MAX_APPOSITION_WORDS)
        .take_while(|it| features.form(*it) != ",")
        .any(|it| features.is(it, RoleNoun) && !features.is(it, GivenName));
    if has_role {
        return scores::BEFORE_APPOSED_ROLE;
    }
    let has_place =
        features.classes(at).is_place() && features.get(at).is_some_and(|it| !it.is_capital_forced);
    if name.len() <= MAX_PLACE_WORDS && has_place {
        return scores::BEFORE_LISTED_PLACE;
    }
    KindScores::zero()
}

/// Whether an acronym of the name stands at `at`: "Harbour Rail Union (HRU)".
fn is_acronym_of(features: &Features, name: &Range<usize>, at: usize) -> bool {
    let Some(word) = features.get(at).filter(|it| it.shape == WordShape::Uppercase) else { return false };
    let acronym: Vec<char> = word.form.chars().filter(|it| it.is_alphabetic()).collect();
    name.len() > 1 && initials(features, name).first() == acronym.first() && acronym.len() <= name.len() + 1
}

/// The initials of a name's capitalised words.
pub(crate) fn initials(features: &Features, name: &Range<usize>) -> Vec<char> {
    let capitals = name.clone().filter(|it| features.is_capitalized(*it));
    capitals.filter_map(|it| features.form(it).chars().next()).collect()
}
