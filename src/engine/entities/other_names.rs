//! Names of other things: laws, feasts, ships, peoples, slogans. They are neither people, organisations nor places, and are
//! left out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::peoples::{has_elders, is_of_people, is_one_of_many};
use crate::engine::entities::segmentation::Candidate;
use crate::engine::entities::told_products::Products;
use crate::engine::entities::{acronyms, directions, plural_nouns, scores, told_things};
use crate::engine::tagger::tagged_spans::TaggedOther;
use crate::engine::text::lexicon::LexicalClass::{
    CompanySuffix, Country, EventHead, GivenName, OrgHead, OrgNoun, Organization, PlaceSuffix,
};
use crate::span::Span;
use crate::word_list::word_list;

/// How much a word beside a name that tells another thing counts against the tagger's probabilities.
const TOLD_WEIGHT: f32 = 1.5;
/// How much it counts for a name that the story tells of its leader or members.
const PEOPLE_WEIGHT: f32 = 1.0;
/// Endings that make the adjective of a place's name.
const ADJECTIVE_ENDINGS: &[&str] = &["n", "an", "ian", "ese", "ish"];
/// How many letters a place's name has at least that such an ending follows.
const MIN_STEM_LETTERS: usize = 4;
/// How many tokens may stand between the name of a thing and its acronym in brackets: the bracket.
const ACRONYM_DISTANCE: usize = 1;
/// How many letters a noun has at least that opens a sentence before its complement.
const MIN_LETTERS_OF_NOUN: usize = 7;

/// Words before the name of a ship, in capitals.
const SHIP_PREFIXES: &[&str] = &word_list!("ship-prefixes");
/// Nouns for an organisation of which a country has one, so that the noun alone names it.
const NAMES_OF_ONE_ORGANIZATION: &[&str] = &word_list!("nouns-of-one-organisation");
/// Nouns for people of an organisation, in lower case: "the leader of …".
const MEMBERS: &[&str] = &word_list!("nouns-of-members");
/// Nouns before the name of another thing, in lower case: "the tanker …", "the novel …".
const THINGS_BEFORE: &[&str] = &word_list!("thing-nouns-before-name");
/// Names of coins, products, diseases and the like.
const THINGS: &[&str] = &word_list!("names-of-other-things");
/// Last words of the names of stock indexes and of craft.
const ENDS_OF_THINGS: &[&str] = &word_list!("ends-of-other-things");
/// Nouns before the name of a storm, in lower case.
const STORMS: &[&str] = &word_list!("storm-nouns");
/// Nouns after the name of another thing, in lower case: "… virus", "… tribe".
const THINGS_AFTER: &[&str] = &word_list!("thing-nouns-after-name");

/// The candidates without the names of other things. `others` are the names of other things that the tagger found. A name
/// has one kind in a story, so that all of its mentions are left out or none.
pub(crate) fn without_other_names(
    features: &Features,
    candidates: Vec<Candidate>,
    others: &[TaggedOther],
) -> Vec<Candidate> {
    let names: Vec<String> = candidates.iter().map(|it| features.phrase(it.tokens.clone())).collect();
    let mut votes: HashMap<&str, Votes> = HashMap::new();
    let phrases: Vec<(String, f32)> = others
        .iter()
        .map(|it| (features.phrase(without_article(features, it.span)), it.probability))
        .collect();
    for (name, probability) in &phrases {
        votes.entry(name).or_default().against += probability;
    }
    let makers = told_things::makers(features, &candidates);
    let mut end_of_last_thing = None;
    for (candidate, name) in candidates.iter().zip(&names) {
        let is_thing = follows_thing(features, &candidate.tokens)
            || is_ship(features, &candidate.tokens)
            || end_of_last_thing.is_some_and(|end| is_next_in_list(features, end, candidate));
        end_of_last_thing = is_thing.then_some(candidate.tokens.end);
        let is_told = !is_listed(features, &candidate.tokens)
            && (is_thing || is_told_as_other(features, candidate, &makers));
        let votes = votes.entry(name).or_default();
        votes.against += if is_told { TOLD_WEIGHT } else { 0.0 };
        let of_people = if has_people(features, &candidate.tokens) { PEOPLE_WEIGHT } else { 0.0 };
        votes.for_it += candidate.scores.best().1 / scores::TAGGED + of_people;
    }
    let known = KnownNames::new(features, &candidates);
    let products = Products::new(features, &candidates, others);
    let acronyms = acronyms::of_things(features);
    let is_kept: Vec<bool> = candidates
        .iter()
        .zip(&names)
        .map(|(candidate, name)| {
            // "Feather Quilt Lung | disease": no occupation opens it.
            let is_titled = candidate.title.is_some()
                && !precedes_thing(features, &candidate.tokens)
                && !ends_as_thing(features, &candidate.tokens);
            let is_voted_for = votes.get(name.as_str()).is_none_or(Votes::is_kept);
            let is_word = candidate.tokens.len() == 1;
            let is_of_known = is_word && known.is_family_or_noun(features, candidate);
            let is_other = is_never_a_name(features, &candidate.tokens)
                || acronyms::names_thing(features, &acronyms, &candidate.tokens)
                || is_land_of_title(features, &candidate.tokens)
                || products.has(features, candidate);
            is_titled || is_voted_for && !is_of_known && !is_other
        })
        .collect();
    let mut kept = is_kept.into_iter();
    candidates.into_iter().filter(|_| kept.next().unwrap_or(true)).collect()
}

/// What speaks for and against a name as that of a person, an organisation or a place.
#[derive(Default)]
struct Votes {
    for_it: f32,
    against: f32,
}

impl Votes {
    fn is_kept(&self) -> bool {
        self.against == 0.0 || self.for_it > self.against
    }
}

/// What the names of several words tell of single words.
struct KnownNames<'a> {
    /// The last words of people's names.
    surnames: HashSet<&'a str>,
    /// The last words of people's names of several words.
    last_words: HashSet<&'a str>,
    /// The first and last words of organisations' names.
    heads: HashSet<&'a str>,
    /// The places of one word.
    places: HashSet<&'a str>,
    /// The acronyms of words that are no name.
    acronyms: HashSet<&'a str>,
    /// The words that have their capital for no other reason than being names, at least once.
    certain: HashSet<&'a str>,
    /// The names of ships of one word, without the prefix that stands before them somewhere: "Benfold" of "USS Benfold".
    ships: HashSet<&'a str>,
}

impl<'a> KnownNames<'a> {
    fn new(features: &'a Features, candidates: &[Candidate]) -> Self {
        let mut known = Self {
            surnames: HashSet::new(),
            last_words: HashSet::new(),
            heads: HashSet::new(),
            places: HashSet::new(),
            acronyms: acronyms::of_no_names(features, candidates),
            certain: HashSet::new(),
            ships: names_of_ships(features),
        };
        for it in candidates.iter().filter(|it| it.tokens.len() == 1) {
            let word = features.form(it.tokens.start);
            if features.get(it.tokens.start).is_some_and(|it| !it.is_capital_forced) {
                known.certain.insert(word);
            }
            match it.scores.best().0 {
                EntityKind::Person => known.surnames.insert(word),
                EntityKind::Place => known.places.insert(word),
                _ => false,
            };
        }
        for it in candidates.iter().filter(|it| it.tokens.len() > 1 || it.title.is_some()) {
            let (first, last) = (features.form(it.tokens.start), features.form(it.tokens.end - 1));
            if it.scores.best().0 == EntityKind::Person {
                // "Odin Varr García" is of the Varr family.
                known.surnames.extend((it.tokens.start + 1..it.tokens.end).map(|it| features.form(it)));
                known.surnames.insert(last);
                known.last_words.insert(last);
            } else {
                known.heads.extend([first, last]);
            }
        }
        known
    }

    /// Whether a single word is the acronym of no name, the plural of a surname or that of a family ("the Halvards"), or the noun for
    /// a kind of organisation of which the story names none ("the Court").
    fn is_family_or_noun(&self, features: &Features, candidate: &Candidate) -> bool {
        let word = features.form(candidate.tokens.start);
        let is_the = candidate
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|it| matches!(features.form(it), "the" | "The"));
        if is_the && self.ships.contains(word) {
            return true;
        }
        if self.acronyms.contains(word)
            || self.is_adjective_of_place(features, candidate.tokens.start)
            || !self.certain.contains(word)
                && !self.last_words.contains(word)
                && plural_nouns::is_plural_noun(features, candidate)
        {
            return true;
        }
        match candidate.scores.best().0 {
            // "Tarnside-Vellmar" with a Vellmar in the story is a route.
            EntityKind::Place => {
                let has_known = word.split('-').any(|it| it.len() < word.len() && self.places.contains(it));
                let is_listed = features.classes(candidate.tokens.start).is_place();
                has_known && !is_listed && word.split('-').all(|it| it.starts_with(char::is_uppercase))
            }
            EntityKind::Person | EntityKind::Organisation
                if word.strip_suffix('s').is_some_and(|it| self.surnames.contains(it)) =>
            {
                true
            }
            // "the Varr family" of Odin Varr
            EntityKind::Organisation
                if matches!(features.form(candidate.tokens.end), "family" | "dynasty" | "clan")
                    && self.surnames.contains(word) =>
            {
                true
            }
            EntityKind::Organisation => {
                features.lowercase_classes(candidate.tokens.start).has(OrgNoun)
                    && NAMES_OF_ONE_ORGANIZATION.binary_search(&word).is_err()
                    && !features.is(candidate.tokens.start, Organization)
                    && !self.heads.contains(word)
                    && features.form(candidate.tokens.start) == features.doc.word(candidate.tokens.start)
            }
            _ => false,
        }
    }
}

impl KnownNames<'_> {
    /// Whether a word that no list has is the adjective of a place of the story: "Karvian" of "Karvia", "Vellandish" of "Velland".
    fn is_adjective_of_place(&self, features: &Features, at: usize) -> bool {
        let word = features.doc.word(at);
        let is_of_place = ADJECTIVE_ENDINGS.iter().any(|ending| {
            let stem = word.strip_suffix(ending).filter(|it| it.chars().count() >= MIN_STEM_LETTERS);
            stem.is_some_and(|it| self.places.contains(it))
        });
        is_of_place && features.classes(at).is_empty() && !self.last_words.contains(word)
    }
}

/// Whether the words beside a name tell of its people: "the leader of Operation Dawn", "Operation Dawn’s Dan Rolle".
fn has_people(features: &Features, name: &Range<usize>) -> bool {
    let article = usize::from(name.start > 0 && features.form(name.start - 1) == "the");
    let preposition = name.start.checked_sub(article + 1).filter(|it| *it > 0);
    let noun = preposition.filter(|it| matches!(features.form(*it), "of" | "for"));
    let of_members = noun.is_some_and(|it| MEMBERS.binary_search(&features.form(it - 1)).is_ok());
    let is_owner = matches!(features.form(name.end), "'s" | "’s");
    of_members || is_owner && features.is(name.end + 1, GivenName)
}

/// The tokens of a span without an article at its start.
fn without_article(features: &Features, span: Span) -> Range<usize> {
    let tokens = features.doc.tokens_in(span);
    let article = usize::from(matches!(features.form(tokens.start), "the" | "The" | "a" | "an" | "A" | "An"));
    (tokens.start + article).min(tokens.end)..tokens.end
}

/// Whether the words beside a name tell that it is another thing.
fn is_told_as_other(features: &Features, candidate: &Candidate, makers: &HashSet<&str>) -> bool {
    let name = &candidate.tokens;
    let is_listed =
        name.len() == 1 && (features.classes(name.start).is_place() || features.is(name.start, Organization));
    if is_listed {
        return false;
    }
    let is_person = candidate.scores.best().0 == EntityKind::Person;
    follows_thing(features, name)
        || told_things::is_told(features, candidate, THINGS_BEFORE, makers)
        || precedes_thing(features, name)
        || is_acronym_of_thing(features, name)
        || !is_person && has_elders(features, name)
        || is_person
            && (is_one_of_many(features, name) || is_slogan(features, name) || is_of_people(features, name))
}

/// Whether a single word is a listed place or organisation.
fn is_listed(features: &Features, name: &Range<usize>) -> bool {
    name.len() == 1 && (features.classes(name.start).is_place() || features.is(name.start, Organization))
}

/// Whether a single word goes on with a list of things whose last name ended at token `end`: "HMS Orrin, Halvik and Sund".
fn is_next_in_list(features: &Features, end: usize, candidate: &Candidate) -> bool {
    let name = &candidate.tokens;
    let joins = |at: usize| matches!(features.form(at), "," | "and" | "&");
    let goes_on = matches!(features.form(name.end), "," | "and" | "&" | "." | "");
    let between = end..name.start;
    (1..=2).contains(&between.len())
        && between.clone().all(joins)
        && name.len() == 1
        && goes_on
        && !features.is(name.start, GivenName)
}

/// Whether a noun for a thing or the prefix of a ship stands before a name: "the tanker Norrland".
fn follows_thing(features: &Features, name: &Range<usize>) -> bool {
    let is_thing = |at: usize| {
        let word = features.doc.word(at);
        SHIP_PREFIXES.binary_search(&word).is_ok()
            || THINGS_BEFORE.binary_search(&word).is_ok()
            || is_storm_noun(features, at)
    };
    name.start.checked_sub(1).is_some_and(is_thing)
}

/// Whether a noun for a thing stands behind a name: "Norrland | virus".
fn precedes_thing(features: &Features, name: &Range<usize>) -> bool {
    THINGS_AFTER.binary_search(&features.form(name.end)).is_ok()
}

/// Whether a name is the acronym in brackets of a law, a treaty or the like: "the Clean Harbours Act (CHA)".
fn is_acronym_of_thing(features: &Features, name: &Range<usize>) -> bool {
    let is_acronym = name.len() == 1
        && features.get(name.start).is_some_and(|it| it.shape == WordShape::Uppercase)
        && features.form(name.end) == ")";
    // "the Clean Harbours Act, known as CHA"
    let known = name
        .start
        .checked_sub(2)
        .filter(|it| features.form(*it) == "known" && features.form(it + 1) == "as" && name.len() == 1);
    let comma = known.and_then(|it| it.checked_sub(1)).filter(|it| features.form(*it) == ",");
    let named = comma.or(known).and_then(|it| it.checked_sub(1));
    if named.is_some_and(|it| features.is_capitalized(it) && features.is(it, EventHead)) {
        return true;
    }
    let head = name.start.checked_sub(1 + ACRONYM_DISTANCE);
    let head = head.filter(|it| is_acronym && features.form(it + 1) == "(");
    head.is_some_and(|it| {
        let is_index = ENDS_OF_THINGS.binary_search(&features.doc.word(it)).is_ok();
        features.is_capitalized(it) && (is_index || features.is(it, EventHead))
    })
}

fn is_storm_noun(features: &Features, at: usize) -> bool {
    STORMS.binary_search(&features.doc.lower(at).as_str()).is_ok()
}

/// Whether a name begins with the word for a storm and ends with no head of another name: "Cyclone Orrin".
fn is_storm(features: &Features, name: &Range<usize>) -> bool {
    name.len() > 1
        && is_storm_noun(features, name.start)
        && !features.classes(name.end - 1).any(&[OrgHead, PlaceSuffix, CompanySuffix])
}

/// Whether a person's name of several words fills a pair of quotation marks: the slogan ‘Zinda Bahar’.
fn is_slogan(features: &Features, name: &Range<usize>) -> bool {
    let is_mark = |at: usize| matches!(features.form(at), "“" | "”" | "\"" | "''" | "``" | "‘" | "’" | "'");
    let open = name.start.checked_sub(1).filter(|it| is_mark(*it));
    let has_given_name = name.clone().any(|it| features.is(it, GivenName));
    let is_nickname = features.is_capitalized(name.end + 1);
    // "They shouted Zinda Bahar’ and more": a plural possessive has an "s" before such a mark, another one behind it.
    let has_close_alone = matches!(features.form(name.end), "’" | "”")
        && !features.form(name.end - 1).ends_with('s')
        && features.form(name.end + 1) != "s";
    (open.is_some() && is_mark(name.end) || has_close_alone)
        && name.len() > 1
        && !has_given_name
        && !is_nickname
}

/// Whether no mention of a name can be a person, an organisation or a place: a ship, a route between two places ("Oslo-Bergen").
fn is_never_a_name(features: &Features, name: &Range<usize>) -> bool {
    let at = name.start;
    let is_word = || {
        is_plural_acronym(features, at)
            || directions::is_route(features, at)
            || directions::is_joint_direction(features, at)
    };
    THINGS.binary_search(&features.phrase(name.clone()).as_str()).is_ok()
        || is_noun_before_of(features, name)
        || is_ship(features, name)
        || is_storm(features, name)
        || ends_as_thing(features, name)
        || is_foreign_cup(features, name)
        || directions::is_part_of_address(features, name)
        || directions::is_direction(features, name)
        || is_group_of_tournament(features, name)
        || directions::is_route_to_words(features, name)
        || name.len() == 1 && is_word()
}

/// Whether a name begins as that of a cup in another language: "Copa Varr", "Coppa Lund".
fn is_foreign_cup(features: &Features, name: &Range<usize>) -> bool {
    let has_head = features.classes(name.end - 1).any(&[OrgHead, CompanySuffix, PlaceSuffix]);
    name.len() > 1 && !has_head && matches!(features.form(name.start), "Copa" | "Coppa" | "Taça" | "Coupe")
}

/// Whether a word that has a capital only because it opens a sentence is a noun before its complement: "Concentrations | of dust".
fn is_noun_before_of(features: &Features, name: &Range<usize>) -> bool {
    let at = name.start;
    let word = features.doc.word(at);
    let is_noun = word.ends_with('s') || word.ends_with("age");
    name.len() == 1
        && is_noun
        && word.chars().count() >= MIN_LETTERS_OF_NOUN
        && matches!(features.form(at + 1), "of" | "from")
        && features.get(at).is_some_and(|it| it.is_capital_forced && it.shape == WordShape::TitleCase)
        && features.classes(at).is_empty()
        && !features.follows_capital(at)
}

/// Whether a name that is no country is the land in the title of a noble: "Duke of | Sussex".
fn is_land_of_title(features: &Features, name: &Range<usize>) -> bool {
    const TITLES: &[&str] = &word_list!("titles-with-land");
    let of = name.start.checked_sub(1).filter(|it| *it > 0 && features.form(*it) == "of");
    of.is_some_and(|it| TITLES.binary_search(&features.form(it - 1)).is_ok())
        && name.len() == 1
        && !features.is(name.start, Country)
}

/// Whether a word is the plural of an acronym: "PPPs".
fn is_plural_acronym(features: &Features, at: usize) -> bool {
    let stem = features.doc.word(at).strip_suffix('s');
    stem.is_some_and(|it| it.len() > 1 && it.chars().all(char::is_uppercase))
}

/// Whether a name is one of the groups of a tournament: "Group B".
fn is_group_of_tournament(features: &Features, name: &Range<usize>) -> bool {
    let letter = features.doc.word(name.end - 1);
    name.len() == 2
        && matches!(features.form(name.start), "Group" | "Pool")
        && letter.len() == 1
        && letter.starts_with(char::is_uppercase)
}

/// The words behind the prefixes of ships: "Benfold" of "USS Benfold".
fn names_of_ships<'a>(features: &'a Features) -> HashSet<&'a str> {
    let tokens = 0..features.doc.tokens.len().saturating_sub(1);
    let prefixes = tokens.filter(|it| SHIP_PREFIXES.binary_search(&features.doc.word(*it)).is_ok());
    let names = prefixes.map(|it| it + 1).filter(|it| features.is_capitalized(*it));
    names.map(|it| features.form(it)).collect()
}

/// Whether a name begins with the prefix of a ship.
fn is_ship(features: &Features, name: &Range<usize>) -> bool {
    name.len() > 1 && SHIP_PREFIXES.binary_search(&features.doc.word(name.start)).is_ok()
}

/// Whether a name ends as that of a stock index or a craft: "Tarn Composite", "Tarn Space Telescope".
fn ends_as_thing(features: &Features, name: &Range<usize>) -> bool {
    name.len() > 1 && ENDS_OF_THINGS.binary_search(&features.doc.word(name.end - 1)).is_ok()
}
