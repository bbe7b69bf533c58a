//! Told things: what the words beside a name or its form tell of it where it is no person, organisation or place: "a ship named Orrin",
//! "Orrin, a racehorse", "18th Harbour Congress", "Harbour Organisations", "the Lund-Tarn road".

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::entities::told_kinds;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, Demonym, GivenName, OrgHead, OrgHeadOf, OrgNoun, Organization, PlaceSuffix,
};
use crate::word_list::word_list;

/// How many words the two ends of a route have at most, where a hyphen joins them …
const MAX_WORDS_OF_ROUTE: usize = 3;
/// … and with spaces beside it: "La Lund - El Tarn road".
const MAX_WORDS_OF_SPACED_ROUTE: usize = 6;

/// Whether the words beside a name tell that it is another thing. `things` are the nouns for such.
pub(crate) fn is_told(
    features: &Features,
    candidate: &Candidate,
    things: &[&str],
    makers: &HashSet<&str>,
) -> bool {
    let name = &candidate.tokens;
    is_named_thing(features, name, things)
        || is_apposed_thing(features, name, things)
        || is_counted_meeting(features, name)
        || is_kind_of_organizations(features, candidate)
        || is_route(features, name)
        || precedes_product_noun(features, name)
        || is_product_of_maker(features, candidate, makers)
        || fills_marks(features, candidate)
}

/// Whether a word is a noun for a vehicle or a device, in lower case: "sedan".
pub(crate) fn is_product_noun(features: &Features, at: usize) -> bool {
    const PRODUCTS: &[&str] = &word_list!("product-nouns");
    PRODUCTS.binary_search(&features.doc.word(at)).is_ok()
}

/// Whether a noun for a vehicle or a device stands behind a name, with an adjective between them or without: "the Vell compact | sedan".
fn precedes_product_noun(features: &Features, name: &Range<usize>) -> bool {
    let is_adjective = |at: usize| {
        features.doc.word(at).starts_with(char::is_lowercase)
            && features.lowercase_classes(at).has(CommonWord)
            && !features.is_function_word(at)
    };
    is_product_noun(features, name.end) || is_adjective(name.end) && is_product_noun(features, name.end + 1)
}

/// Whether a name is that of a product: it begins with its maker, which the story names alone too, ends with no head of another name, and
/// has an article or a price beside it: "the | Norbex Move", "Norbex Move | for $400".
fn is_product_of_maker(features: &Features, candidate: &Candidate, makers: &HashSet<&str>) -> bool {
    let name = &candidate.tokens;
    let before = name.start.checked_sub(1).map_or("", |it| features.form(it));
    let has_article = matches!(before, "the" | "The" | "a" | "A" | "an" | "An" | "new" | "latest" | "newest");
    let has_price =
        matches!(features.form(name.end), "for" | "at" | "from") && features.form(name.end + 1) == "$";
    let heads = [OrgHead, OrgHeadOf, OrgNoun, CompanySuffix, PlaceSuffix, Organization, Demonym];
    let is_own = |at: usize| {
        let classes = features.classes(at);
        let is_listed_maker = at == name.start && classes.has(Organization);
        (is_listed_maker || !classes.any(&heads))
            && !classes.is_place()
            && !features.lowercase_classes(at).has(OrgNoun)
            && !features.is_function_word(at)
    };
    name.len() > 1
        && candidate.title.is_none()
        && (has_article || has_price)
        && features.get(name.start).is_some_and(|it| it.shape == WordShape::TitleCase)
        && makers.contains(features.form(name.start))
        && name.clone().all(is_own)
}

/// Whether the name of no person fills a pair of quotation marks and has no head of an organisation's: the show “DWTO”. What is called or
/// known as something may be an organisation.
fn fills_marks(features: &Features, candidate: &Candidate) -> bool {
    let name = &candidate.tokens;
    let is_open = |at: usize| matches!(features.form(at), "“" | "\"" | "``");
    let is_close = |at: usize| matches!(features.form(at), "”" | "\"" | "''");
    let stop = usize::from(matches!(features.form(name.end), "." | ","));
    let Some(open) = name.start.checked_sub(1).filter(|it| is_open(*it)) else { return false };
    let before = open.checked_sub(1).map_or("", |it| features.form(it));
    let is_called = matches!(before, "as" | "called" | "named" | "dubbed" | "(" | "," | ":" | "");
    let has_head = name.clone().any(|it| features.classes(it).any(&[OrgHead, OrgHeadOf, CompanySuffix]));
    candidate.scores.best().0 != EntityKind::Person && is_close(name.end + stop) && !is_called && !has_head
}

/// The organisations of one word that the story names, which may be the makers of products.
pub(crate) fn makers<'a>(features: &'a Features, candidates: &[Candidate]) -> HashSet<&'a str> {
    let words = candidates.iter().filter(|it| it.tokens.len() == 1);
    let organizations = words.filter(|it| it.scores.best().0 == EntityKind::Organisation);
    organizations.map(|it| features.form(it.tokens.start)).collect()
}

/// Whether a name is given to a thing: "a ship named | Orrin".
fn is_named_thing(features: &Features, name: &Range<usize>, things: &[&str]) -> bool {
    let verb = name.start.checked_sub(1).filter(|it| *it > 0);
    let is_naming = |at: usize| matches!(features.form(at), "named" | "called" | "dubbed" | "christened");
    verb.is_some_and(|it| is_naming(it) && things.binary_search(&features.doc.word(it - 1)).is_ok())
}

/// Whether an apposition with an indefinite article tells that a name is a thing: "Orrin Vell, a Panama-flagged ship, left".
fn is_apposed_thing(features: &Features, name: &Range<usize>, things: &[&str]) -> bool {
    let opens = features.form(name.end) == "," && matches!(features.form(name.end + 1), "a" | "an");
    opens
        && !features.is(name.start, GivenName)
        && told_kinds::last_noun(features, name.end + 2)
            .is_some_and(|it| things.binary_search(&features.doc.word(it)).is_ok())
}

/// The tokens of a name without the counted meeting of the organisation before them: "the 18th | National Congress of the | Harbour Party".
pub(crate) fn without_meeting(features: &Features, name: Range<usize>) -> Range<usize> {
    let of =
        name.clone().find(|it| features.form(*it) == "of").filter(|_| is_counted_meeting(features, &name));
    let article = of.map_or(0, |it| usize::from(features.form(it + 1) == "the"));
    match of {
        Some(of) if of + 1 + article < name.end => of + 1 + article..name.end,
        _ => name,
    }
}

/// Whether a number tells that a name is one of several meetings of an organisation: "the 18th | National Congress".
fn is_counted_meeting(features: &Features, name: &Range<usize>) -> bool {
    const HEADS: &[&str] = &word_list!("meeting-heads");
    let Some(number) = name.start.checked_sub(1) else { return false };
    let digits = features.doc.word(number).trim_end_matches(char::is_alphabetic);
    let ending = &features.doc.word(number)[digits.len()..];
    let is_ordinal = !digits.is_empty()
        && digits.bytes().all(|it| it.is_ascii_digit())
        && matches!(ending, "st" | "nd" | "rd" | "th");
    let is_head = |at: usize| HEADS.binary_search(&features.form(at)).is_ok();
    let ends = is_head(name.end - 1) || name.clone().any(|it| is_head(it) && features.form(it + 1) == "of");
    is_ordinal && ends
}

/// Whether a name is only common words and the plural of a noun for organisations: "Civil Society Organisations".
fn is_kind_of_organizations(features: &Features, candidate: &Candidate) -> bool {
    const PLURALS: &[&str] = &word_list!("plural-organisation-heads");
    let name = &candidate.tokens;
    let last = name.end - 1;
    let is_common = |at: usize| {
        features.lowercase_classes(at).has(CommonWord)
            && !features.classes(at).any(&[Demonym, Organization])
            && !features.classes(at).is_place()
    };
    candidate.scores.best().0 == EntityKind::Organisation
        && PLURALS.binary_search(&features.doc.word(last)).is_ok()
        && (name.start..last).all(is_common)
        && features.form(name.end) != "("
}

/// Whether a word joins the ends of a way with a hyphen: "the Lund-Tarn | road".
fn is_route(features: &Features, name: &Range<usize>) -> bool {
    const WAYS: &[&str] = &word_list!("transport-nouns");
    let joins_capitals = |at: usize| {
        let mut parts = features.doc.word(at).split(['-', '‐', '‑', '–']);
        parts.clone().count() > 1
            && parts.all(|it| it.starts_with(char::is_uppercase) && it.chars().nth(2).is_some())
    };
    let is_way = |at: usize| WAYS.binary_search(&features.doc.word(at)).is_ok();
    // "the Lund-Tarn | and Oslo-Berg roads"
    let is_first = features.form(name.end) == "and" && joins_capitals(name.end + 1) && is_way(name.end + 2);
    // "the Lund - Tarn | road", "the Lund - Tarn road"
    let is_dash = |at: &usize| matches!(features.form(*at), "-" | "–");
    let dash = name.clone().find(|it| is_dash(it)).filter(|it| *it > name.start && it + 1 < name.end);
    let is_pair = dash.is_some_and(|it| features.is_capitalized(it - 1) && features.is_capitalized(it + 1));
    let joins = name.clone().any(joins_capitals) && name.len() <= MAX_WORDS_OF_ROUTE
        || is_pair && name.len() <= MAX_WORDS_OF_SPACED_ROUTE;
    joins
        && (is_way(name.end) || is_first || is_pair && is_way(name.end - 1))
        && !features.lexicon.classes(&features.phrase(name.clone())).is_place()
        && !name.clone().any(|it| features.is(it, OrgHead))
}
