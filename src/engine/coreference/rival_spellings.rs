//! Rival spellings: what tells people apart whose names differ by a letter, as a misspelling does: both stand in one sentence ("Marion Smith
//! and Marian Smith"), or they have different ages, genders or occupations.

use std::collections::HashSet;

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::{IndexedName, NameIndex, name_key};
use crate::engine::coreference::name_spelling::with_joined_initials;
use crate::engine::coreference::namesakes::is_noun_phrase_word;
use crate::engine::coreference::person_name::{NameMatch, PersonName};
use crate::engine::coreference::{nominal_source, person_nouns};
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::hash_map::HashMap;
use crate::engine::text::lexicon::LexicalClass::{EpithetNoun, KinNoun, RoleNoun};
use crate::engine::text::lexicon::Lexicon;
use crate::word_list::word_list;

/// How many names of people before one in its sentence are compared with it.
const MAX_NAMES_BACK: usize = 16;
/// How many words stand from the age before a name to it: "the 41-year-old harbour master | Ann Lee".
const MAX_WORDS_BEHIND_AGE: usize = 4;
/// How many digits an age has.
const AGE_DIGITS: std::ops::RangeInclusive<usize> = 1..=2;
/// How many ages and occupations of one name are kept.
const MAX_FACTS: usize = 4;
/// Nouns that call the holder of any office.
const WORDS_FOR_OFFICES: &[&str] = &word_list!("words-for-any-office");

/// What the story tells of the people with one name of several words.
#[derive(Debug, Default)]
struct Facts {
    ages: Vec<u8>,
    /// The nouns of the roles that are no offices, in lower case.
    occupations: Vec<String>,
    has_office: bool,
    gender: Option<Gender>,
}

/// What the story tells of its people by their names, and which names stand together.
#[derive(Debug, Default)]
pub(crate) struct RivalSpellings {
    /// By [`name_key`].
    facts: HashMap<CompactString, Facts>,
    /// The keys of two names of one sentence, one a spelling of the other.
    together: HashSet<(CompactString, CompactString)>,
}

impl RivalSpellings {
    /// Reads the words beside the names of people of several words. `names` are those of the mentions.
    pub(crate) fn new(index: &NameIndex, mentions: &[EntityMention], names: &[IndexedName]) -> Self {
        let mut rivals = Self::default();
        let all = mentions.iter().zip(names);
        let people: Vec<(&EntityMention, &IndexedName)> =
            all.filter(|it| it.0.kind == EntityKind::Person && it.1.is_long).collect();
        for (number, (mention, name)) in people.iter().enumerate() {
            rivals.facts.entry(name.key.clone()).or_default().add(index.doc, mention, index.lexicon);
            let sentence = &index.doc.sentences[index.doc.sentence_of(mention.tokens.start)];
            let before = people[..number].iter().rev().take(MAX_NAMES_BACK);
            for (other, known) in before.take_while(|it| it.0.tokens.start >= sentence.tokens.start) {
                // "Parvez Khan, also spelt Pervaiz Khan"
                if are_spellings(name, known) && !index.renames(other, mention) {
                    rivals.together.insert((name.key.clone(), known.key.clone()));
                }
            }
        }
        rivals
    }

    /// Whether two names, by their keys, are those of two people.
    fn are_two(&self, one: &str, other: &str, lexicon: &Lexicon) -> bool {
        let are_together =
            |one: &str, other: &str| self.together.contains(&(CompactString::from(one), other.into()));
        let facts = self.facts.get(one).zip(self.facts.get(other));
        are_together(one, other)
            || are_together(other, one)
            || facts.is_some_and(|it| it.0.clash_with(it.1, lexicon))
    }
}

/// Whether one of two names may be a misspelling of the other.
fn are_spellings(one: &IndexedName, other: &IndexedName) -> bool {
    one.key.chars().next() == other.key.chars().next()
        && one.key != other.key
        && matches!(
            PersonName::new(&one.text).match_with(&PersonName::new(&other.text)),
            Some(NameMatch::Spelling | NameMatch::Slip)
        )
}

impl Facts {
    /// Adds what stands beside a name.
    fn add(&mut self, doc: &Document, mention: &EntityMention, lexicon: &Lexicon) {
        self.gender = self.gender.or(mention.gender);
        let age = age_behind(doc, mention).or_else(|| age_before(doc, mention));
        self.ages.extend(age.filter(|it| self.ages.len() < MAX_FACTS && !self.ages.contains(it)));
        let roles = mention.roles.iter().map(|it| it.slice(doc.text).to_lowercase());
        // Somebody may have been anything before: "the former teacher Ann Lee".
        for role in roles.filter(|it| !nominal_source::tells_former(it)) {
            let head = role.split(' ').take_while(|it| !nominal_source::is_preposition(it)).last();
            let Some(noun) = head.map(|it| it.trim_end_matches(',')) else { continue };
            let classes = lexicon.classes(noun);
            let is_office = is_office(lexicon, noun);
            self.has_office |= is_office;
            let is_occupation = classes.has(RoleNoun) && !classes.any(&[EpithetNoun, KinNoun]) && !is_office;
            if is_occupation && self.occupations.len() < MAX_FACTS {
                self.occupations.push(noun.to_owned());
            }
        }
    }

    /// Whether two people of whom these are told cannot be one.
    fn clash_with(&self, other: &Self, lexicon: &Lexicon) -> bool {
        let differ_in_age = !self.ages.is_empty()
            && !other.ages.is_empty()
            && !self.ages.iter().any(|it| other.ages.contains(it));
        let are_related = |one: &str, other: &str| {
            let (wider, other_wider) = (lexicon.wider_roles(one), lexicon.wider_roles(other));
            one == other
                || wider.contains(&other)
                || other_wider.contains(&one)
                || wider.iter().any(|it| other_wider.contains(it))
        };
        let share_occupation =
            || self.occupations.iter().any(|one| other.occupations.iter().any(|it| are_related(one, it)));
        // An office may be one more of the same person: "Mayor Ann Lee", "Chairman Ann Lee".
        let differ_in_role = match (&self.occupations[..], &other.occupations[..]) {
            ([], []) => false,
            ([], _) => self.has_office && !other.has_office,
            (_, []) => other.has_office && !self.has_office,
            _ => !share_occupation(),
        };
        differ_in_age || differ_in_role || Gender::clash(self.gender, other.gender)
    }
}

/// Whether a noun is that of an office, which somebody may have beside another one: "mayor", "chairman".
fn is_office(lexicon: &Lexicon, noun: &str) -> bool {
    let is_wider = |it: &&str| WORDS_FOR_OFFICES.binary_search(it).is_ok();
    is_wider(&noun) || person_nouns::leads_or_speaks(noun) || lexicon.wider_roles(noun).iter().any(is_wider)
}

/// The age between commas or in brackets behind a name: "Ann Lee, 41, …", "Ann Lee (41)", "Ann Lee, aged 41, …".
fn age_behind(doc: &Document, mention: &EntityMention) -> Option<u8> {
    let mark = mention.tokens.end;
    let number = mark + 1 + usize::from(doc.word(mark + 1) == "aged");
    let is_closed = match doc.word(mark) {
        "," => matches!(doc.word(number + 1), "," | "." | ";" | "of" | "from" | "and" | "who" | ""),
        "(" => matches!(doc.word(number + 1), ")" | ","),
        _ => false,
    };
    is_closed.then(|| age(doc.word(number))).flatten()
}

/// The age before a name: "the | 41-year-old | harbour master Ann Lee".
fn age_before(doc: &Document, mention: &EntityMention) -> Option<u8> {
    let start = mention.tokens.start;
    let sentence = doc.sentences[doc.sentence_of(start)].tokens.start;
    let near = sentence.max(start.saturating_sub(MAX_WORDS_BEHIND_AGE))..start;
    let mut words = near.rev().take_while(|it| is_noun_phrase_word(doc, *it));
    words.find_map(|it| age(doc.word(it).strip_suffix("-year-old")?))
}

/// A number of years as digits.
fn age(word: &str) -> Option<u8> {
    word.parse().ok().filter(|_| AGE_DIGITS.contains(&word.len()))
}

impl NameIndex<'_> {
    /// Whether the story tells that somebody with a similar name is another person than one of a cluster. `key` is that of the name.
    pub(crate) fn has_rival_spelling(&self, cluster: usize, key: &str) -> bool {
        let names = &self.clusters[cluster].names;
        let mut keys = names.iter().map(|it| name_key(&with_joined_initials(it)));
        keys.any(|it| self.rivals.are_two(&it, key, self.lexicon))
    }
}
