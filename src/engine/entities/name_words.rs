//! The words of names: what a name's own words tell of it beside its kind: an office, the field of one, a listed country or organisation,
//! a full name.

use std::ops::Range;

use crate::engine::entities::features::{Features, WordShape};
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, Country, Demonym, GivenName, GroupNoun, OrgHead, OrgHeadOf, OrgNoun,
    Organization, RoleNoun, SpeechVerb, StateOffice, Title,
};
use crate::word_list::word_list;

/// Nouns for a member of a party or a camp, in lower case.
const PARTY_MEMBERS: &[&str] = &word_list!("party-members");
/// How many initials one word has at most.
const MAX_INITIALS: usize = 3;
/// How many words before an "and" are searched for the office with their field.
const MAX_FIELD_WORDS: usize = 5;
/// How many words of a school's name are searched for the word that tells of one.
const MAX_SCHOOL_WORDS: usize = 6;

/// Whether a word in lower case is a noun for a member of a party or a camp.
pub(crate) fn is_noun_for_member(word: &str) -> bool {
    PARTY_MEMBERS.binary_search(&word).is_ok()
}

/// Whether words are a place with the noun for a member of a party, who speaks: "said | the | Tarn Democrat", "the | Tarn Republican | said". A
/// newspaper reports.
pub(crate) fn is_party_member(features: &Features, tokens: &Range<usize>) -> bool {
    let word = features.doc.lower(tokens.end - 1);
    let (before, after) = (tokens.start.wrapping_sub(1), tokens.end);
    let speaks = |at: usize| {
        features.is(at, SpeechVerb)
            && !matches!(features.form(at), "reported" | "reports" | "wrote" | "writes")
    };
    tokens.len() > 1
        && is_noun_for_member(&word)
        && features.form(before) == "the"
        && (speaks(after) || speaks(before.wrapping_sub(1)))
}

/// Whether the words of a name are those of a country and of no organisation.
pub(crate) fn is_listed_country(features: &Features, tokens: &Range<usize>) -> bool {
    let classes = features.lexicon.classes(&features.phrase(tokens.clone()));
    classes.has(Country) && !classes.has(Organization)
}

/// Whether a name of several words is a listed organisation or a nation.
pub(crate) fn is_listed_organization(features: &Features, tokens: &Range<usize>) -> bool {
    let is_listed = || features.lexicon.classes(&features.phrase(tokens.clone())).has(Organization);
    let is_nation =
        features.form(tokens.end - 1) == "Nation" && features.form(tokens.end.saturating_sub(2)) == "First";
    tokens.len() > 1 && (is_nation || is_listed())
}

/// Whether a name of several words is a listed organisation and no listed place: "Rio Tinto".
pub(crate) fn is_listed_firm(features: &Features, tokens: &Range<usize>) -> bool {
    let classes = features.lexicon.classes(&features.phrase(tokens.clone()));
    tokens.len() > 1 && classes.has(Organization) && !classes.is_place()
}

/// Whether some words end with an office or begin with one and its complement: "Harbour South MP", "Minister of Roads".
pub(crate) fn is_office_alone(features: &Features, tokens: &Range<usize>) -> bool {
    let is_office = |at: usize| {
        features.is(at, Title) && features.lowercase_classes(at).has(RoleNoun)
            || matches!(features.form(at), "MP" | "MLA" | "MEP" | "MPs")
    };
    let last = tokens.end - 1;
    let is_title = |words: Range<usize>| features.lexicon.classes(&features.phrase(words)).has(Title);
    // "Municipal | Chief Executive"
    let ends_with_title = tokens.len() > 2 && is_title(last - 1..tokens.end);
    let ends =
        (is_office(last) || ends_with_title) && !features.classes(last).any(&[OrgHead, OrgHeadOf, GivenName]);
    let has_complement = features.form(tokens.start + 1) == "of";
    // "Inspector General | of Police"
    let has_long_office = tokens.len() > 3
        && features.form(tokens.start + 2) == "of"
        && is_title(tokens.start..tokens.start + 2)
        && is_office(tokens.start);
    let begins = has_complement && is_office(tokens.start) || has_long_office;
    // "Department of Justice"
    let is_organization = has_complement && features.is(tokens.start, OrgHeadOf);
    tokens.len() > 1
        && (ends && !is_organization || begins)
        && !is_leader_paper(features, tokens)
        && !features.lexicon.classes(&features.phrase(tokens.clone())).has(Organization)
}

/// Whether a word with a hyphen is an office: "Under-Secretary-General".
pub(crate) fn is_joined_office(features: &Features, at: usize) -> bool {
    features.is(at, Title) && features.doc.word(at).contains('-')
}

/// Whether a name is that of a newspaper that ends with "Leader": "Tarn Argus Leader". Behind another organisation it is an office.
pub(crate) fn is_leader_paper(features: &Features, tokens: &Range<usize>) -> bool {
    const PAPERS: &[&str] = &word_list!("newspapers-before-leader");
    tokens.len() > 1
        && features.doc.word(tokens.end - 1) == "Leader"
        && PAPERS.binary_search(&features.form(tokens.end - 2)).is_ok()
        && !features.is_capitalized(tokens.end)
}

/// Whether some words are only the field of an office or of a study before them: "Minister of | Clean Water", "Director of |
/// Education", "a degree in | Marine Engineering".
pub(crate) fn is_field_of_office(features: &Features, tokens: &Range<usize>) -> bool {
    const OFFICES: &[&str] = &word_list!("offices-with-field");
    let office = office_before_field(features, tokens.start);
    let is_minister =
        office.is_some_and(|it| matches!(features.form(it), "Minister" | "Ministers" | "Undersecretary"));
    let is_office = |at: usize| {
        features.is_capitalized(at)
            && (features.is(at, StateOffice) || OFFICES.binary_search(&features.form(at)).is_ok())
    };
    // "a vice president of | Advanced Harbour Programs | at Norbex"
    let is_at_organization = features.form(tokens.end) == "at" && features.is_capitalized(tokens.end + 1);
    let is_role = |at: usize| {
        is_at_organization
            && tokens.len() > 1
            && !features.is_capitalized(at)
            && features.lowercase_classes(at).has(RoleNoun)
    };
    let is_common = |at: usize| {
        // "Chief of Strategic | Communications": the word for a trade is a field as well.
        let is_trade = features.is(at, OrgHead)
            && (features.form(at).ends_with('s') || features.form(at).ends_with("ing"));
        // "Head of Applied | Research | at Norbex"
        let is_at_organization =
            matches!(features.form(tokens.end), "at" | "for") && features.is_capitalized(tokens.end + 1);
        // "Minister of Harbours and | Research": a portfolio is no institute.
        let is_portfolio = is_trade || is_minister || is_studied_in(features, tokens.start);
        let is_organization = features.is(at, OrgHead) && !is_portfolio && !is_at_organization
            || features.classes(at).any(&[OrgHeadOf, Organization, CompanySuffix]);
        // "Agro-Industry"
        let last_part = features.form(at).rsplit_once(['-', '‐']).map(|it| it.1.to_lowercase());
        let is_compound = last_part.is_some_and(|it| features.lexicon.classes(&it).has(CommonWord));
        // "B Pharmacy"
        let is_letter = features.doc.word(at).len() == 1;
        !features.is_capitalized(at)
            || (is_compound || is_letter || !features.lowercase_classes(at).is_empty()) && !is_organization
    };
    (office.is_some_and(|it| is_office(it) || is_role(it))
        || is_charge(features, tokens.start)
        || is_studied(features, tokens.start))
        && tokens.clone().all(is_common)
        && !features.lexicon.classes(&features.phrase(tokens.clone())).has(Organization)
}

/// The office whose field begins at a token or goes on there behind an "and": "Minister of | Clean Water", "Minister of Clean Water and |
/// Roads".
fn office_before_field(features: &Features, start: usize) -> Option<usize> {
    let joins = |at: usize| matches!(features.form(at), "of" | "for" | "on");
    let beside = start.checked_sub(2).filter(|it| joins(it + 1));
    if beside.is_some() {
        return beside;
    }
    let and = start.checked_sub(1).filter(|it| matches!(features.form(*it), "and" | ","))?;
    let is_inside = |at: &usize| features.is_capitalized(*at) || matches!(features.form(*at), "and" | ",");
    let first = (and.saturating_sub(MAX_FIELD_WORDS)..and).rev().take_while(is_inside).last()?;
    first.checked_sub(2).filter(|it| joins(first - 1) && features.is(*it, StateOffice))
}

/// Whether somebody is in charge of what begins at a token: "in charge of | Archives".
fn is_charge(features: &Features, start: usize) -> bool {
    start >= 3 && features.phrase(start - 3..start) == "in charge of"
}

/// Whether some words end as the name of a course, and the words beside them tell of one: "Tarn College (| Marine Engineering |)", "Marine
/// Engineering | (four people)", "the Marine Engineering | course".
pub(crate) fn is_field_of_study(features: &Features, tokens: &Range<usize>) -> bool {
    const FIELDS: &[&str] = &word_list!("fields-of-study");
    const NOUNS: &[&str] = &word_list!("nouns-of-study");
    const SCHOOLS: &[&str] = &word_list!("schools-before-bracket");
    let last = tokens.end - 1;
    let is_own = |at: usize| {
        let classes = features.classes(at);
        let is_organization =
            classes.any(&[OrgHeadOf, CompanySuffix, Organization, GivenName, Demonym]) || classes.is_place();
        !is_organization && features.form(at) != ","
    };
    let open = tokens.start.checked_sub(1).filter(|it| features.form(*it) == "(");
    let is_school = |at: usize| SCHOOLS.binary_search(&features.form(at)).is_ok();
    let follows_school = |open: usize| (open.saturating_sub(MAX_SCHOOL_WORDS)..open).any(is_school);
    let is_bracketed = features.form(tokens.end) == ")" && open.is_some_and(follows_school);
    let is_counted = features.form(tokens.end) == "("
        && features.lowercase_classes(tokens.end + 2).any(&[GroupNoun, RoleNoun])
        && features.form(tokens.end + 3) == ")";
    let is_common =
        |at: usize| features.lowercase_classes(at).has(CommonWord) || !features.is_capitalized(at);
    let precedes_noun =
        NOUNS.binary_search(&features.doc.word(tokens.end)).is_ok() && tokens.clone().all(is_common);
    tokens.len() > 1
        && FIELDS.binary_search(&features.doc.word(last)).is_ok()
        && (tokens.start..last).all(is_own)
        && (is_bracketed || is_counted || precedes_noun)
}

/// Whether somebody studies or teaches what stands at a token: "a degree in | Marine Engineering", "began studying | Marine Engineering".
fn is_studied(features: &Features, at: usize) -> bool {
    const VERBS: &[&str] = &word_list!("study-verbs");
    const DEGREES: &[&str] = &word_list!("degree-nouns");
    let is_listed = |list: &[&str], at: usize| list.binary_search(&features.form(at)).is_ok();
    let Some(before) = at.checked_sub(1) else { return false };
    let is_in = matches!(features.form(before), "in" | "of");
    let noun = before.checked_sub(1).filter(|_| is_in);
    is_listed(VERBS, before) || noun.is_some_and(|it| is_listed(DEGREES, it) || is_listed(VERBS, it))
}

/// Whether what begins at a token is the field of a degree or a course: "a degree in | B Pharmacy".
fn is_studied_in(features: &Features, start: usize) -> bool {
    start > 0 && features.form(start - 1) == "in" && is_studied(features, start)
}

/// Whether a word is one initial or two or three of them with dots, and no listed acronym: "K.", "M.K."
pub(crate) fn are_initials(features: &Features, at: usize) -> bool {
    let word = features.doc.word(at);
    let letters = word.chars().filter(|it| *it != '.');
    let is_dotted = word.ends_with('.')
        && letters.clone().all(char::is_uppercase)
        && (1..=MAX_INITIALS).contains(&letters.count())
        && word.matches('.').count() == word.chars().filter(|it| *it != '.').count();
    let classes = features.classes(at);
    is_dotted && !classes.is_place() && !classes.any(&[Organization, Title])
}

/// Whether a word stands before the name by which a sports club is called: "Deportivo".
pub(crate) fn is_club_word(features: &Features, at: usize) -> bool {
    const CLUBS: &[&str] = &word_list!("club-words");
    CLUBS.binary_search(&features.form(at)).is_ok()
}

/// Whether some words are a listed given name and one or two words that no list has.
pub(crate) fn is_like_full_name(features: &Features, tokens: &Range<usize>) -> bool {
    let is_name_word = |at: usize| {
        features.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
    };
    let is_surname = |at: usize| {
        features.classes(at).is_empty() && !features.lowercase_classes(at).has(CommonWord)
            || features.is(at, GivenName)
            || features.is(at, Demonym)
    };
    (2..=3).contains(&tokens.len())
        && features.is(tokens.start, GivenName)
        && !features.classes(tokens.start).is_place()
        && tokens.clone().all(is_name_word)
        && (tokens.start + 1..tokens.end).all(is_surname)
        && !features.lowercase_classes(tokens.end).has(OrgNoun)
}

/// Whether a name of several words ends as that of an organisation, not of a building, or begins so in another language: "Tarn Park School",
/// "Tarn School District", "Universidad de Tarn", or has its complement behind its head: "Tarn University of the Hills".
pub(crate) fn is_organization_not_place(features: &Features, tokens: &Range<usize>) -> bool {
    const LAST: &[&str] = &word_list!("organisations-not-places");
    const PHRASES: &[&str] = &word_list!("organisation-phrases-not-places");
    const FIRST: &[&str] = &word_list!("foreign-organisation-heads");
    let is_listed = || features.lexicon.classes(&features.phrase(tokens.clone())).is_place();
    // "King’s College | London"
    let place = usize::from(tokens.len() > 2 && features.classes(tokens.end - 1).is_place());
    let is_last = |at: usize| LAST.binary_search(&features.form(at)).is_ok();
    let before_of = || (tokens.start..tokens.end - 1).any(|it| is_last(it) && features.form(it + 1) == "of");
    let has_phrase = || {
        let last = features.phrase(tokens.end.saturating_sub(2)..tokens.end);
        tokens.len() > 2 && PHRASES.binary_search(&last.as_str()).is_ok()
    };
    let has_last = is_last(tokens.end - 1 - place) || before_of() || has_phrase();
    let has_first = FIRST.binary_search(&features.form(tokens.start)).is_ok();
    tokens.len() > 1 && (has_last || has_first) && !is_listed()
}

/// Whether a word is the plural of a role before "and" or "of" and words in lower case: "| Deans | and teachers".
pub(crate) fn is_plural_office(features: &Features, at: usize) -> bool {
    let word = features.doc.lower(at);
    let is_role = word.strip_suffix('s').is_some_and(|it| features.lexicon.classes(it).has(RoleNoun));
    is_role && matches!(features.form(at + 1), "and" | "of" | "or") && !features.is_capitalized(at + 2)
}

/// Whether a word is an office without a name: "the First | Lady", "rose to | Abbot of the house".
pub(crate) fn is_bare_office(features: &Features, tokens: &Range<usize>) -> bool {
    let at = tokens.start;
    let is_known = features.lowercase_classes(at).has(RoleNoun) || features.is(at, Title);
    let is_office = is_known && !features.is(at, GivenName);
    let is_first_lady = || matches!(features.form(at), "Lady" | "Gentleman");
    let follows_first = at.checked_sub(1).is_some_and(|it| features.form(it) == "First") && is_first_lady();
    tokens.len() == 1 && (is_office && features.form(at + 1) == "of" || follows_first)
}
