//! Deaths: people who are dead, as the story tells, and hardly go on to speak ("Bo Ray, 34, died at the scene").

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// Nouns for what is left of somebody or was done to them.
const DEATH_NOUNS: &[&str] = &word_list!("death-nouns");
/// Participles and adjectives that tell with "was" that somebody is dead, in lower case.
const DEATH_PARTICIPLES: &[&str] = &word_list!("death-participles");
/// Verbs for dying, in lower case.
const DEATH_VERBS: &[&str] = &word_list!("death-verbs");
/// How many tokens an apposition behind a name may have: ", a 34-year-old driver from Tarn,".
const MAX_APPOSITION_TOKENS: usize = 14;
/// How many tokens behind a name are searched for the verb: "was | later found dead".
const MAX_TOKENS_TO_VERB: usize = 4;
/// How many tokens behind a name are searched for the place of the death: "was taken to hospital, | where he died".
const MAX_TOKENS_TO_PLACE: usize = 24;

/// The clusters of the dead.
#[derive(Debug, Default)]
pub(crate) struct Deaths {
    /// Whether each cluster is told dead.
    of_cluster: Vec<bool>,
}

impl Deaths {
    /// Reads the words beside all names of people.
    pub(crate) fn new(
        doc: &Document,
        entity_mentions: &[EntityMention],
        cluster_of_mention: &[usize],
    ) -> Self {
        let mut of_cluster = vec![false; cluster_of_mention.iter().max().map_or(0, |it| it + 1)];
        for (mention, cluster) in entity_mentions.iter().zip(cluster_of_mention) {
            of_cluster[*cluster] |= mention.kind == EntityKind::Person
                && (is_in_phrase_of_death(doc, &mention.tokens) || dies(doc, &mention.tokens));
        }
        Self { of_cluster }
    }

    /// Whether somebody is told dead.
    pub(crate) fn is_told(&self, cluster: usize) -> bool {
        self.of_cluster.get(cluster).copied().unwrap_or_default()
    }
}

/// Whether a name stands in a phrase for a dead body or a victim: "the body of | Karl Vogt |", "| Karl Vogt |’s death".
pub(crate) fn is_in_phrase_of_death(doc: &Document, name: &Range<usize>) -> bool {
    let is_death = |it: usize| DEATH_NOUNS.binary_search(&doc.lower(it).as_str()).is_ok();
    let is_owner = matches!(doc.word(name.end), "'s" | "’s") && is_death(name.end + 1);
    name.start > 1 && doc.word(name.start - 1) == "of" && is_death(name.start - 2) || is_owner
}

/// Whether the verb of a name tells its death: "| Bo Ray |, 34, died", "was found dead", "was taken to hospital, where he died".
fn dies(doc: &Document, name: &Range<usize>) -> bool {
    let Some(sentence) = doc.sentences.get(doc.sentence_of(name.start)).map(|it| it.tokens.clone()) else {
        return false;
    };
    let is_comma = |it: &usize| doc.word(*it) == ",";
    let closing = (name.end + 1..sentence.end.min(name.end + MAX_APPOSITION_TOKENS)).find(is_comma);
    let verb = if is_comma(&name.end) { closing.map_or(name.end, |it| it + 1) } else { name.end };
    let is_death_verb = |it: usize| DEATH_VERBS.binary_search(&doc.lower(it).as_str()).is_ok();
    let is_participle = |it: usize| DEATH_PARTICIPLES.binary_search(&doc.lower(it).as_str()).is_ok();
    let is_auxiliary = |it: &usize| {
        doc.is(*it, LexicalClass::Auxiliary)
            || matches!(doc.word(*it), "later" | "found" | "shot" | "pronounced" | "declared")
    };
    let near = verb..sentence.end.min(verb + MAX_TOKENS_TO_VERB);
    let dies = near
        .clone()
        .find(|it| !is_auxiliary(it))
        .is_some_and(|it| is_death_verb(it) || it > verb && is_participle(it));
    let is_place_of_death = |it: usize| {
        doc.word(it) == "where"
            && matches!(doc.word(it + 1), "he" | "she")
            && (is_death_verb(it + 2) || is_death_verb(it + 3))
    };
    dies || (verb..sentence.end.min(verb + MAX_TOKENS_TO_PLACE)).any(is_place_of_death)
}
