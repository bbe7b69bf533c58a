//! Products: names of vehicles, devices, craft and programs, as the story tells somewhere: "the Pelican, a compact sedan", "the Pelican starts
//! at $19,000", "models like the Pelican", "its" `EarDots`, "Motorola Pelican". None of their mentions is a person, organisation or place.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::entities::{told_kinds, told_things, word_checks};
use crate::engine::tagger::tagged_spans::TaggedOther;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, Country, Demonym, GivenName, OrgHead, OrgHeadOf, OrgNoun, Organization,
    PlaceSuffix, PostNominal,
};
use crate::word_list::word_list;

/// Nouns for vehicles, devices, craft and programs, in lower case.
const KINDS: &[&str] = &word_list!("kinds-of-products");
/// Makers whose names stand before those of their products.
const MAKERS: &[&str] = &word_list!("makers-of-products");
/// Words behind a maker's name that make that of a part of the maker.
const PARTS_OF_MAKERS: &[&str] = &word_list!("parts-of-makers");
/// Nouns before "called" and the name of a thing, in lower case.
const NAMED_KINDS: &[&str] = &word_list!("nouns-of-named-things");
/// Plurals of nouns for products, in lower case.
const PLURALS: &[&str] = &word_list!("plural-nouns-of-products");
/// How many tokens a list of products has at most before the name in it: "models like the Pelican, the Otter and | the Heron".
const MAX_LIST_TOKENS: usize = 12;
/// How many words the name of a mission or a craft has at most.
const MAX_NAME_WORDS: usize = 4;
/// From this probability on the short form of another thing that the tagger found is that thing.
const SURE_THING: f32 = 0.8;

/// The names that the story tells to be products.
pub(crate) struct Products<'a> {
    /// The whole names.
    names: HashSet<String>,
    /// Single words that are products wherever they stand in a name: `EarDots`.
    words: HashSet<&'a str>,
    /// The last words of the names of several words, which are their short forms: "Skipper" of "Tarn Skipper".
    short_forms: HashSet<&'a str>,
}

impl<'a> Products<'a> {
    /// Collects the products among the candidates. `others` are the names of other things that the tagger found.
    pub(crate) fn new(features: &'a Features, candidates: &[Candidate], others: &[TaggedOther]) -> Self {
        let told: Vec<&Range<usize>> =
            candidates.iter().filter(|it| is_told(features, it)).map(|it| &it.tokens).collect();
        let names: HashSet<String> = told.iter().map(|it| features.phrase((*it).clone())).collect();
        let words = told.iter().filter(|it| word_checks::has_inner_capital(features, it));
        let long = candidates.iter().map(|it| &it.tokens).filter(|it| it.len() > 1);
        let other_names = long.filter(|it| !names.contains(&features.phrase((*it).clone())));
        let ends_of_names: HashSet<&str> = other_names.map(|it| features.doc.word(it.end - 1)).collect();
        let sure = others.iter().filter(|it| it.probability >= SURE_THING);
        let tagged = sure.map(|it| features.doc.tokens_in(it.span));
        let named = (0..features.doc.tokens.len()).filter_map(|it| named_thing(features, it));
        let things = tagged.chain(named).filter(|it| it.len() > 1);
        let last_words = things.map(|it| it.end - 1);
        // "Tarnholm" of "Tarnholm Space Telescope"
        let telescopes = candidates.iter().map(|it| &it.tokens);
        let telescopes = telescopes.filter(|it| it.len() > 1 && features.doc.word(it.end - 1) == "Telescope");
        let short_forms = last_words.chain(telescopes.map(|it| it.start));
        let short_forms = short_forms.filter(|it| is_short_form(features, *it));
        let short_forms =
            short_forms.map(|it| features.doc.word(it)).filter(|it| !ends_of_names.contains(it)).collect();
        let words = words.map(|it| features.doc.word(it.start)).collect();
        Self { names, words, short_forms }
    }

    /// Whether a candidate is one of the products.
    pub(crate) fn has(&self, features: &Features, candidate: &Candidate) -> bool {
        let name = &candidate.tokens;
        let first = features.doc.word(name.start);
        let phrase = features.phrase(name.clone());
        let one = phrase.strip_suffix('s').filter(|_| name.len() == 1);
        candidate.title.is_none()
            && (self.names.contains(&phrase)
                || one.is_some_and(|it| self.names.contains(it))
                || name.clone().any(|it| self.words.contains(features.doc.word(it)))
                || name.len() == 1 && self.short_forms.contains(first))
    }
}

/// Whether a word may stand for the whole name of a thing: no common word, no given name, place or organisation of the lists.
fn is_short_form(features: &Features, at: usize) -> bool {
    features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
        && features.classes(at).is_empty()
        && !features.lowercase_classes(at).has(CommonWord)
}

/// Whether the words of a candidate or those beside it tell that it is a product.
fn is_told(features: &Features, candidate: &Candidate) -> bool {
    let name = &candidate.tokens;
    let is_listed = name.len() == 1
        && (features.classes(name.start).is_place()
            || features.classes(name.start).any(&[Organization, Demonym]));
    !is_listed
        && candidate.title.is_none()
        && (is_called_product(features, name)
            || is_named_thing(features, name)
            || has_price(features, name)
            || is_in_list(features, name)
            || is_plural_of_maker(features, name)
            || follows_maker(features, candidate))
}

fn is_kind(features: &Features, at: usize) -> bool {
    KINDS.binary_search(&features.doc.word(at)).is_ok() || told_things::is_product_noun(features, at)
}

/// Whether an apposition or a verb behind a name tells that it is a product: "the Pelican, a compact sedan", "the Pelican is a sedan".
fn is_called_product(features: &Features, name: &Range<usize>) -> bool {
    let is_apposed =
        features.form(name.end) == "," && matches!(features.form(name.end + 1), "a" | "an" | "its");
    let is_called =
        matches!(features.form(name.end), "is" | "was") && matches!(features.form(name.end + 1), "a" | "an");
    (is_apposed || is_called)
        && !features.is(name.start, GivenName)
        && told_kinds::last_noun(features, name.end + 2).is_some_and(|it| is_kind(features, it))
}

/// The name that is given to a mission or a craft by the verb at a token: "a mission called | Tarn Skipper". `None` where none is.
fn named_thing(features: &Features, verb: usize) -> Option<Range<usize>> {
    let is_verb = matches!(features.form(verb), "called" | "named" | "dubbed");
    let noun = verb.checked_sub(1).filter(|_| is_verb)?;
    NAMED_KINDS.binary_search(&features.doc.word(noun)).ok()?;
    let name = (verb + 1..verb + 1 + MAX_NAME_WORDS).take_while(|it| features.is_capitalized(*it));
    name.last().map(|last| verb + 1..last + 1)
}

/// Whether a name is given to a mission or a craft.
fn is_named_thing(features: &Features, name: &Range<usize>) -> bool {
    name.start.checked_sub(1).and_then(|it| named_thing(features, it)).is_some()
}

/// Whether a price stands behind a name: "the Pelican | starts at $19,000", `EarDots` "cost $159".
fn has_price(features: &Features, name: &Range<usize>) -> bool {
    let verb = features.form(name.end);
    let is_at = matches!(verb, "starts" | "start" | "retails" | "retail" | "sells" | "sell")
        && matches!(features.form(name.end + 1), "at" | "for" | "from");
    let is_of = matches!(verb, "costs" | "cost");
    let price = name.end + 1 + usize::from(is_at);
    (is_at || is_of) && matches!(features.form(price), "$" | "£" | "€" | "Rs" | "Rs.") && name.len() <= 3
}

/// Whether a name stands in a list of products: "models like the Pelican and | the Otter".
fn is_in_list(features: &Features, name: &Range<usize>) -> bool {
    let first = name.start.saturating_sub(MAX_LIST_TOKENS);
    let goes_on = |at: &usize| {
        features.is_capitalized(*at)
            || matches!(features.form(*at), "," | "and" | "or" | "the")
            || is_number(features, *at)
    };
    let inside = (first..name.start).rev().take_while(goes_on).last().unwrap_or(name.start);
    let Some(joint) = inside.checked_sub(1).filter(|_| features.form(inside) == "the") else { return false };
    let such = usize::from(features.form(joint) == "as");
    let is_joint = matches!(features.form(joint), "like" | "including")
        || such == 1 && joint > 0 && features.form(joint - 1) == "such";
    let noun = joint.checked_sub(1 + such);
    is_joint && noun.is_some_and(|it| PLURALS.binary_search(&features.doc.word(it)).is_ok())
}

fn is_number(features: &Features, at: usize) -> bool {
    features.doc.word(at).starts_with(|it: char| it.is_ascii_digit())
}

/// Whether a word is a plural with a capital inside that its maker owns: "its", "the" or "Apple's" before `EarDots`.
fn is_plural_of_maker(features: &Features, name: &Range<usize>) -> bool {
    let before = name.start.checked_sub(1).map_or("", |it| features.form(it));
    let word = features.doc.word(name.start);
    let is_plural = word.ends_with('s') && !word.ends_with("ss");
    let is_mixed = features.get(name.start).is_some_and(|it| it.shape == WordShape::TitleCase);
    matches!(before, "its" | "their" | "'s" | "’s" | "the" | "The" | "new")
        && is_plural
        && is_mixed
        && word_checks::has_inner_capital(features, name)
}

/// Whether a name begins with the maker of products and ends with no head of another name: "Motorola Pelican".
fn follows_maker(features: &Features, candidate: &Candidate) -> bool {
    let name = &candidate.tokens;
    let heads = [
        OrgHead,
        OrgHeadOf,
        OrgNoun,
        CompanySuffix,
        PlaceSuffix,
        Organization,
        Demonym,
        Country,
        PostNominal,
    ];
    let is_own = |at: usize| {
        let classes = features.classes(at);
        !classes.any(&heads)
            && !classes.is_place()
            && !features.lowercase_classes(at).has(OrgNoun)
            && !features.is_function_word(at)
            && !matches!(features.form(at), "'s" | "’s" | "&")
            && PARTS_OF_MAKERS.binary_search(&features.doc.word(at)).is_err()
    };
    let is_person = candidate.scores.best().0 == EntityKind::Person && features.is(name.start, GivenName);
    name.len() > 1
        && MAKERS.binary_search(&features.form(name.start)).is_ok()
        && !is_person
        && (name.start + 1..name.end).all(is_own)
}
