//! Told kinds: what the words of a name or those beside it tell of its kind, whatever the tagger says: honours behind a person, the form
//! of a state, an apposition ("Norrl, a cement company"), an office ("Norrl chairman Ann Lee"), a source ("Norrl reported").

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::name_forms;
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, Country, GivenName, NameParticle, OrgHead, OrgHeadOf, OrgNoun, Organization,
    PlaceNoun, PlacePrefix, PlaceSuffix, PostNominal, Preposition, RoleModifier, RoleNoun, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words an apposition may have before the noun that tells the kind.
const MAX_APPOSITION_WORDS: usize = 5;
/// How many words may stand between a name, "known" and the other name of the person.
const MAX_WORDS_OF_RENOWN: usize = 5;
/// How many words the name of an organisation before an office has at most.
const MAX_ORGANIZATION_WORDS: usize = 3;
/// How many words an office of an organisation may have: "secretary general".
const MAX_OFFICE_WORDS: usize = 2;

/// The kind of a tagged name that its own words tell; `None` where they tell none.
pub(crate) fn kind_of_words(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
) -> Option<EntityKind> {
    match kind {
        EntityKind::Organisation if is_honoured_person(features, tokens) => Some(EntityKind::Person),
        EntityKind::Organisation if has_generation(features, tokens) => Some(EntityKind::Person),
        EntityKind::Organisation if has_patronymic(features, tokens) || follows_alias(features, tokens) => {
            Some(EntityKind::Person)
        }
        EntityKind::Organisation | EntityKind::Place if is_person_known_as(features, tokens) => {
            Some(EntityKind::Person)
        }
        EntityKind::Organisation if is_formal_country(features, tokens) => Some(EntityKind::Place),
        EntityKind::Organisation | EntityKind::Place if ends_as_person(features, tokens) => {
            Some(EntityKind::Person)
        }
        _ => None,
    }
}

/// Whether a name has a father's name with a short form: "S. Ganan s/o Rajan".
fn has_patronymic(features: &Features, tokens: &Range<usize>) -> bool {
    let is_short = |at: usize| {
        let letters = (features.doc.word(at), features.doc.word(at + 1), features.doc.word(at + 2));
        matches!(letters.0, "s/o" | "d/o" | "w/o" | "a/l" | "a/p")
            || matches!(letters, ("s" | "d" | "w", "/", "o") | ("a", "/", "l" | "p"))
    };
    tokens.clone().skip(1).any(is_short)
}

/// Whether a name of one word or two is told as the alias of a name of one or two words: "Rakesh alias | Bablu".
fn follows_alias(features: &Features, tokens: &Range<usize>) -> bool {
    let alias = tokens.start.checked_sub(1).filter(|it| *it > 0 && features.form(*it) == "alias");
    let is_name = |at: usize| {
        let classes = features.classes(at);
        features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
            && !classes.any(&[OrgHead, OrgHeadOf, CompanySuffix, Organization, PlaceSuffix])
            && !classes.is_place()
    };
    tokens.len() <= 2 && alias.is_some_and(|it| is_name(it - 1)) && tokens.clone().all(is_name)
}

/// Whether an unlisted name is told as the one by which somebody with a given name and a surname is known: "Ann Lee, also known as | Mavi".
fn is_person_known_as(features: &Features, tokens: &Range<usize>) -> bool {
    let is_own = |at: usize| features.is_capitalized(at) && features.classes(at).is_empty();
    if tokens.len() > 2 || !tokens.clone().all(is_own) {
        return false;
    }
    let is_mark = |at: usize| matches!(features.form(at), "“" | "\"" | "‘" | "'");
    let before = tokens.start.checked_sub(1).map(|it| if is_mark(it) { it.saturating_sub(1) } else { it });
    let Some(last) = before else { return false };
    let verb = match features.form(last) {
        "nicknamed" => Some(last),
        "as" => {
            (last.saturating_sub(MAX_WORDS_OF_RENOWN)..last).rev().find(|it| features.form(*it) == "known")
        }
        _ => None,
    };
    let is_small = |at: &usize| {
        matches!(features.form(*at), "," | "who" | "is" | "was" | "also" | "best" | "better")
            || features.form(*at).ends_with("ly")
    };
    let Some(verb) = verb else { return false };
    let Some(surname) = (verb.saturating_sub(MAX_WORDS_OF_RENOWN)..verb).rev().find(|it| !is_small(it))
    else {
        return false;
    };
    let words = (surname.saturating_sub(MAX_WORDS_OF_RENOWN)..=surname).rev();
    let first = words.take_while(|it| features.is_capitalized(*it)).last();
    first.is_some_and(|it| it < surname && (it..surname).any(|it| features.is(it, GivenName)))
        && features.form(surname + 1) == ","
}

/// Whether letters of honour stand behind two or three words of a person's name: "Fenella Marrow KC".
pub(crate) fn is_honoured_person(features: &Features, tokens: &Range<usize>) -> bool {
    let name = tokens.start..tokens.end.saturating_sub(1);
    let has_honour = (2..=3).contains(&name.len())
        && features.lexicon.classes(features.doc.word(name.end)).has(PostNominal);
    has_honour && are_words_of_person(features, &name)
}

/// Whether the words of a name may be those of a person: no place, no head of another name, and a given name or an unknown word first.
fn are_words_of_person(features: &Features, name: &Range<usize>) -> bool {
    let is_own = |at: usize| {
        let is_name =
            features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial));
        let classes = features.classes(at);
        is_name && !classes.any(&[OrgHead, OrgHeadOf, CompanySuffix, PlacePrefix, PlaceSuffix, Organization])
    };
    let first = features.classes(name.start);
    let is_unknown = first.is_empty() && !features.lowercase_classes(name.start).has(CommonWord);
    (is_unknown || first.has(GivenName)) && name.clone().all(is_own)
}

/// Whether a name of two or three words ends with one that only the names of people end with: "Ambal Khan". "Dera Ismail Khan" is a town.
fn ends_as_person(features: &Features, tokens: &Range<usize>) -> bool {
    const ENDS: &[&str] = &word_list!("people-name-ends");
    (2..=3).contains(&tokens.len())
        && ENDS.binary_search(&features.form(tokens.end - 1)).is_ok()
        && features.form(tokens.start) != "Dera"
        && are_words_of_person(features, &(tokens.start..tokens.end - 1))
}

/// Whether a name ends with a generation behind a given name, or with an initial before it: "Wm. F. Buckland III".
fn has_generation(features: &Features, tokens: &Range<usize>) -> bool {
    let name = tokens.start..tokens.end - 1;
    let has_initial =
        name.clone().any(|it| features.get(it).is_some_and(|it| it.shape == WordShape::Initial));
    (2..=4).contains(&name.len())
        && name_forms::is_generation(features, name.end)
        && (has_initial || features.is(name.start, GivenName))
        && are_words_of_person(features, &name)
}

/// Whether a name is that of a country behind the form of the state: "State of Kuwait".
fn is_formal_country(features: &Features, tokens: &Range<usize>) -> bool {
    const FORMS: &[&str] = &word_list!("forms-of-states");
    let Some(of) = tokens.clone().find(|it| features.form(*it) == "of") else { return false };
    let country = of + 1 + usize::from(features.form(of + 1) == "the")..tokens.end;
    of > tokens.start
        && !country.is_empty()
        && (tokens.start..of).all(|it| FORMS.binary_search(&features.form(it)).is_ok())
        && features.lexicon.classes(&features.phrase(country)).has(Country)
}

/// The scores of the phrases beside a name that tell its kind.
pub(crate) fn context_scores(features: &Features, name: &Range<usize>) -> KindScores {
    if is_name_of_agency(features, name) || follows_other_organization(features, name) {
        return scores::BEFORE_APPOSED_BODY;
    }
    let is_given = features.is(name.start, GivenName);
    let is_listed = features.classes(name.start).is_place();
    if is_given || is_listed {
        return KindScores::zero();
    }
    let is_word = name.len() == 1;
    // "FORMER mayor Ann Lee"
    let is_modifier = features.lowercase_classes(name.start).has(RoleModifier);
    let is_unknown = is_word
        && !is_modifier
        && features.classes(name.start).is_empty()
        && !features.follows_capital(name.start);
    match apposed_kind(features, name.end) {
        Some(EntityKind::Organisation) => return scores::BEFORE_APPOSED_BODY,
        Some(EntityKind::Place) if is_word => return scores::BEFORE_APPOSED_TOWN,
        _ => {}
    }
    // "Al Varr editor Ann Lee"
    let is_unlisted = |at: usize| {
        features.classes(at).is_empty()
            && (features.is_capitalized(at) || features.lowercase_classes(at).has(NameParticle))
    };
    let are_unlisted = (2..=MAX_ORGANIZATION_WORDS).contains(&name.len()) && name.clone().all(is_unlisted);
    if (is_unknown || are_unlisted) && precedes_office_of_organization(features, name.end) {
        return scores::BEFORE_OFFICE_OF_BODY;
    }
    if is_unknown && precedes_office_of_town(features, name.end) {
        return scores::BEFORE_OFFICE_OF_TOWN;
    }
    if name.len() <= 2 && is_source_of_report(features, name) && !features.follows_capital(name.start) {
        return scores::SOURCE_OF_REPORT;
    }
    if is_unknown && is_called_person(features, name.end) {
        scores::BEFORE_IS_ROLE
    } else {
        KindScores::zero()
    }
}

/// Whether a name stands between commas behind that of a news agency: "the Norrland News Agency, | Norrl, | reported".
pub(crate) fn is_name_of_agency(features: &Features, name: &Range<usize>) -> bool {
    let Some(agency) = name.start.checked_sub(2).filter(|it| *it > 0) else { return false };
    name.len() == 1
        && features.form(agency + 1) == ","
        && features.form(agency) == "Agency"
        && matches!(features.form(agency - 1), "News" | "Press")
        && matches!(features.form(name.end), "," | ".")
}

/// Whether a name that no list has as a place stands behind the noun for one more organisation: "Another Norwegian side, | Etoile du Varr,
/// | won".
fn follows_other_organization(features: &Features, name: &Range<usize>) -> bool {
    let Some(noun) = name.start.checked_sub(2).filter(|it| features.form(it + 1) == ",") else {
        return false;
    };
    let is_organization = features.form(noun) == "side" || features.lowercase_classes(noun).has(OrgNoun);
    let before = (noun.saturating_sub(MAX_APPOSITION_WORDS)..noun).rev();
    let mut words = before.take_while(|it| features.doc.tokens[*it].kind == TokenKind::Word);
    is_organization
        && !features.is_capitalized(noun)
        && features.form(name.end) == ","
        && words.any(|it| matches!(features.form(it), "Another" | "another" | "Fellow" | "fellow"))
        && !features.lexicon.classes(&features.phrase(name.clone())).is_place()
}

/// The kind that the noun of an apposition with an indefinite article tells, from the comma at a token on: ", a cement company based in …",
/// ", a village near …". `None` where there is none.
fn apposed_kind(features: &Features, comma: usize) -> Option<EntityKind> {
    if features.form(comma) != "," || !matches!(features.form(comma + 1), "a" | "an") {
        return None;
    }
    let noun = last_noun(features, comma + 2)?;
    // "a park, Orrin Vell, a basketball court, a skatepark"
    let is_list = |at: usize| features.form(at) == "," && matches!(features.form(at + 1), "a" | "an" | "and");
    if is_list(noun + 1) {
        return None;
    }
    let classes = features.lowercase_classes(noun);
    // "a hospital porter", "a team heard"
    if features.is_capitalized(noun) || classes.has(RoleNoun) {
        return None;
    }
    match features.form(noun) {
        "house" | "force" | "service" | "movement" | "mission" | "kingdom" | "board" => None,
        _ if classes.has(OrgNoun) => Some(EntityKind::Organisation),
        _ if classes.has(PlaceNoun) => Some(EntityKind::Place),
        _ => None,
    }
}

/// The last word of the noun phrase that begins at a token, where a comma, a stop, a preposition or a relative pronoun closes it.
pub(crate) fn last_noun(features: &Features, start: usize) -> Option<usize> {
    let is_inside = |at: &usize| {
        let is_word = features.doc.tokens.get(*at).is_some_and(|it| it.kind == TokenKind::Word);
        is_word && !features.is_function_word(*at) && !features.lowercase_classes(*at).has(Preposition)
    };
    let last = (start..start + MAX_APPOSITION_WORDS).take_while(is_inside).last()?;
    let next = last + 1;
    let is_closed = matches!(features.form(next), "," | "." | ";" | ")" | "which" | "that" | "whose" | "")
        || features.lowercase_classes(next).has(Preposition);
    // "a company based | in Oslo"
    let is_participle =
        |at: usize| matches!(features.form(at), "based" | "located" | "owned" | "run" | "founded");
    let last = if is_participle(last) && last > start { last - 1 } else { last };
    is_closed.then_some(last)
}

/// Whether an office that only organisations have and the name of its holder stand at a token: "chairman Ann Lee".
fn precedes_office_of_organization(features: &Features, at: usize) -> bool {
    const OFFICES: &[&str] = &word_list!("offices-of-organisations");
    precedes_office(features, at, OFFICES)
}

/// Whether an office of a town and the name of its holder stand at a token: "mayor Ann Lee".
fn precedes_office_of_town(features: &Features, at: usize) -> bool {
    const OFFICES: &[&str] = &word_list!("offices-of-towns");
    precedes_office(features, at, OFFICES)
}

fn precedes_office(features: &Features, at: usize, offices: &[&str]) -> bool {
    let is_name = |at: usize| {
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
            && features.is_capitalized(at + 1)
    };
    (1..=MAX_OFFICE_WORDS).any(|length| {
        let end = at + length;
        // "the Tarn coach, Ann Lee,"
        let end = end + usize::from(features.form(end) == "," && is_name(end + 1));
        // "chairman MK Ann Lee"
        let holder = end + usize::from(features.is(end, Title) && !features.is(end, GivenName));
        end < features.doc.tokens.len()
            && is_name(holder)
            && offices.binary_search(&features.phrase(at..at + length).as_str()).is_ok()
    })
}

/// Whether a name closes a sentence as the source of what it tells: ", Norrl reported.", ", reports Norrl."
fn is_source_of_report(features: &Features, name: &Range<usize>) -> bool {
    let is_verb = |at: usize| matches!(features.form(at), "reported" | "reports");
    let is_comma = |at: usize| matches!(features.form(at), "," | "”" | "\"");
    let ends = |at: usize| matches!(features.form(at), "." | "");
    let before = |distance: usize| name.start.checked_sub(distance);
    let is_subject = before(1).is_some_and(is_comma) && is_verb(name.end) && ends(name.end + 1);
    let is_inverted = before(1).is_some_and(is_verb) && before(2).is_some_and(is_comma) && ends(name.end);
    is_subject || is_inverted
}

/// Whether a verb at a token says that a name is somebody: "Halvik | is a guide in the park".
fn is_called_person(features: &Features, verb: usize) -> bool {
    const NOUNS: &[&str] = &word_list!("nouns-of-subjects-not-people");
    const ROLES: &[&str] = &word_list!("organisation-roles");
    let is_verb =
        matches!(features.form(verb), "is" | "was") && matches!(features.form(verb + 1), "a" | "an");
    let Some(noun) = last_noun(features, verb + 2).filter(|_| is_verb) else { return false };
    let word = features.form(noun);
    features.lowercase_classes(noun).has(RoleNoun)
        && !features.lowercase_classes(noun).any(&[OrgNoun, PlaceNoun])
        && !features.is_capitalized(noun)
        && NOUNS.binary_search(&word).is_err()
        && ROLES.binary_search(&word).is_err()
}
