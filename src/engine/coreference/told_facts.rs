//! Told facts: to which people or party a story says that somebody belongs ("Republican Amy Stout", "Ola Maas, a Norwegian,"), by which it
//! may call them later ("the Republican", "the Norwegian").

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{Auxiliary, Demonym, FunctionWord, PastTense, Preposition};
use crate::engine::text::lexicon::Lexicon;
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words before a name are searched: "Croatian defender and captain | Ivo Horvat".
const MAX_WORDS_BEFORE: usize = 5;
/// How many words of an apposition or a bracket behind a name are searched: "Luis Ferrer, | a Tarn Democrat".
const MAX_WORDS_BEHIND: usize = 6;
/// How many facts of one person are kept.
const MAX_FACTS: usize = 6;
/// How many letters the words for one people have in common at least: "Italian", "Italy" …
const MIN_COMMON_LETTERS: usize = 4;
/// … and how many letters the shorter one has beside them at most.
const MAX_DIFFERENT_LETTERS: usize = 2;
/// Words for one people or land that have fewer letters in common, in lower case, each people in one entry.
const WORDS_OF_PEOPLES: &[&str] = &word_list!("words-of-peoples");

/// Members of parties in lower case, with the adjectives that differ from them: "democrat", "democratic = democrat".
const PARTY_MEMBERS: &[&str] = &word_list!("party-members");

/// A fact that a story may tell of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The noun or adjective for a people, in lower case: "croatian".
    People(String),
    /// The member of a party, in lower case: "republican".
    Party(String),
    /// The age in years.
    Age(u8),
}

impl Fact {
    /// Whether two facts mean the same people or party.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::People(one), Self::People(other)) => are_of_one_people(one, other),
            (Self::Age(one), Self::Age(other)) => one == other,
            (Self::Party(one), Self::Party(other)) => one == other,
            _ => false,
        }
    }

    /// Whether somebody of whom the one is told cannot be the other.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        let are_of_a_kind = std::mem::discriminant(self) == std::mem::discriminant(other);
        are_of_a_kind && !self.is_same(other)
    }
}

/// Whether two words mean one people or land: "Italian" and "Italy", but not "Austrian" and "Australian". Others are listed: "Pole", "Polish".
pub(crate) fn are_of_one_people(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let rest = one.chars().count().min(other.chars().count()) - common;
    let is_listed = || {
        let has = |words: &str, word: &str| words.split(' ').any(|it| it == word);
        WORDS_OF_PEOPLES.iter().any(|it| has(it, &one) && has(it, &other))
    };
    one == other || common >= MIN_COMMON_LETTERS && rest <= MAX_DIFFERENT_LETTERS || is_listed()
}

/// The age in years that a word tells: "26-year-old", "26".
pub(crate) fn age_of_word(word: &str) -> Option<Fact> {
    const OLDEST: u8 = 120;
    let years: u8 = word.strip_suffix("-year-old").unwrap_or(word).parse().ok()?;
    (1..=OLDEST).contains(&years).then_some(Fact::Age(years))
}

/// The people or party that a word means as the story writes it: "Croatian", "Republican", "R-Tarn". `None` for other words.
pub(crate) fn fact_of_word(lexicon: &Lexicon, word: &str) -> Option<Fact> {
    match word.split_once(['-', '‐', '‑']).map_or(word, |it| it.0) {
        "D" => return Some(Fact::Party("democrat".to_owned())),
        "R" => return Some(Fact::Party("republican".to_owned())),
        _ => {}
    }
    let lower = word.to_lowercase();
    let member = if lower == "democratic" { "democrat" } else { &lower };
    if PARTY_MEMBERS.binary_search(&member).is_ok() {
        return Some(Fact::Party(member.to_owned()));
    }
    let is_listed = |word: &str| lexicon.classes(word).has(Demonym);
    let is_woman = || word.strip_suffix("woman").is_some_and(|it| is_listed(&format!("{it}man")));
    let is_people = word.starts_with(char::is_uppercase) && (is_listed(word) || is_woman());
    is_people.then_some(Fact::People(lower))
}

/// What a story tells of its people, by their clusters.
#[derive(Debug, Default)]
pub(crate) struct ToldFacts {
    of_cluster: Vec<Vec<Fact>>,
}

impl ToldFacts {
    /// Reads the words beside all names of people.
    pub(crate) fn new(
        doc: &Document,
        entity_mentions: &[EntityMention],
        cluster_of_mention: &[usize],
        lexicon: &Lexicon,
    ) -> Self {
        let mut told = Self::default();
        for (mention, cluster) in entity_mentions.iter().zip(cluster_of_mention) {
            if mention.kind != EntityKind::Person {
                continue;
            }
            for at in words_beside(doc, mention) {
                let word = doc.word(at);
                let age = age_of_word(word).filter(|_| word.ends_with("-year-old"));
                if let Some(fact) = fact_of_word(lexicon, word).or(age) {
                    told.add(*cluster, fact);
                }
            }
            if let Some(age) = age_behind(doc, mention) {
                told.add(*cluster, age);
            }
        }
        told
    }

    /// Adds a fact that is told of a cluster.
    pub(crate) fn add(&mut self, cluster: usize, fact: Fact) {
        if self.of_cluster.len() <= cluster {
            self.of_cluster.resize(cluster + 1, Vec::new());
        }
        let known = &mut self.of_cluster[cluster];
        if known.len() < MAX_FACTS {
            known.push(fact);
        }
    }

    /// The facts that are told of a cluster.
    pub(crate) fn of_cluster(&self, cluster: usize) -> &[Fact] {
        self.of_cluster.get(cluster).map_or(&[], |it| it.as_slice())
    }
}

/// The age behind a name: "Bo Ray, 34, said", "Bo Ray (34)", "Bo Ray, aged 34".
fn age_behind(doc: &Document, mention: &EntityMention) -> Option<Fact> {
    let mark = mention.tokens.end;
    let at = mark + 1 + usize::from(doc.word(mark + 1) == "aged");
    let is_closed = matches!(doc.word(at + 1), "," | ")" | "." | ";");
    age_of_word(doc.word(at)).filter(|_| matches!(doc.word(mark), "," | "(") && is_closed)
}

/// The words that describe a name: those of the noun phrase before it, and those of the apposition or the bracket behind it.
fn words_beside(doc: &Document, mention: &EntityMention) -> impl Iterator<Item = usize> {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let sentence = doc.sentences[doc.sentence_of(start)].tokens.clone();
    let is_word = |it: &usize| {
        doc.tokens[*it].kind == TokenKind::Word
            && ![FunctionWord, Preposition, Auxiliary, PastTense].iter().any(|class| doc.is(*it, *class))
    };
    let before = sentence.start.max(start.saturating_sub(MAX_WORDS_BEFORE))..start;
    let before = before.rev().take_while(is_word);
    let is_led =
        doc.word(end) == "(" || doc.word(end) == "," && matches!(doc.word(end + 1), "a" | "an" | "the");
    let is_tag =
        doc.word(end) == "," && (doc.word(end + 1).starts_with("D-") || doc.word(end + 1).starts_with("R-"));
    let first = end + if doc.word(end) == "(" || is_tag { 1 } else { 2 };
    let stop = if is_led || is_tag { sentence.end.min(end + 1 + MAX_WORDS_BEHIND) } else { first };
    let behind = (first.min(stop)..stop).take_while(is_word);
    before.chain(behind)
}
