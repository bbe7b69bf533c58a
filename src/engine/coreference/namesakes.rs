//! Namesakes: two people whose names are the same, or forms of each other: a father and his son, "Alan Moss" and "Alan Moss Jr.", "Juan Perez"
//! and "Juan Perez Molina".

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::NameIndex;
use crate::engine::coreference::person_name::PersonName;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, FunctionWord, KinNoun, PastTense, Preposition, SpeechVerb,
};
use crate::engine::text::tokens::TokenKind;
use crate::story::BlockKind;
use crate::word_list::word_list;

/// How many words may stand between a name and the noun for a relative beside it: "his older brother and dealer, | Arvo Lepp".
const MAX_KIN_DISTANCE: usize = 6;
/// How many mentions before a relative are searched for the last person.
const MAX_MENTIONS_BACK: usize = 16;
/// How many mentions of a person are asked whether they stand in the story's prose.
const MAX_OFFSETS: usize = 8;

/// Words before a surname for the younger of two people with it …
const YOUNGER: &[&str] = &word_list!("younger-namesake-words");
/// … and for the older one.
const OLDER: &[&str] = &word_list!("older-namesake-words");

/// Whether the story introduces a person as somebody's relative: "his twin, | H. Bast", "K. Haddad, | his father and coach".
pub(crate) fn is_kin(doc: &Document, mention: &EntityMention) -> bool {
    mention.is_kin || is_kin_before(doc, mention) || is_kin_behind(doc, mention)
}

fn is_owner(doc: &Document, at: usize) -> bool {
    matches!(doc.lower(at).as_str(), "his" | "her" | "their" | "'s" | "’s")
}

/// Whether the noun phrase of a relative stands directly before a name: "His grandson, | Carl Brandt", "his father and coach, | K. Haddad".
fn is_kin_before(doc: &Document, mention: &EntityMention) -> bool {
    let start = mention.tokens.start;
    let floor = doc.sentences[doc.sentence_of(start)].tokens.start;
    let end = if start > floor && doc.word(start - 1) == "," { start - 1 } else { start };
    let near = floor.max(end.saturating_sub(MAX_KIN_DISTANCE))..end;
    let is_inside = |it: &usize| is_noun_phrase_word(doc, *it) || doc.word(*it) == "and" && *it + 1 < end;
    let Some(kin) = near.clone().rev().take_while(is_inside).find(|it| doc.is(*it, KinNoun)) else {
        return false;
    };
    (near.start..kin).rev().any(|it| is_owner(doc, it))
}

/// Whether the noun phrase of a relative stands directly behind a name: "A. Lepp, | his brother and dealer".
fn is_kin_behind(doc: &Document, mention: &EntityMention) -> bool {
    let comma = mention.tokens.end;
    let is_led = doc.word(comma) == "," && matches!(doc.word(comma + 1), "his" | "her" | "their");
    let stop = doc.tokens.len().min(comma + 2 + MAX_KIN_DISTANCE);
    let is_inside = |it: &usize| is_noun_phrase_word(doc, *it) || doc.word(*it) == "and";
    is_led && (comma + 2..stop).take_while(is_inside).any(|it| doc.is(it, KinNoun))
}

/// Whether a token may be a noun or an adjective of a noun phrase.
pub(crate) fn is_noun_phrase_word(doc: &Document, at: usize) -> bool {
    doc.tokens[at].kind != TokenKind::Punctuation
        && ![Auxiliary, FunctionWord, PastTense, Preposition, SpeechVerb].iter().any(|it| doc.is(at, *it))
}

/// Whether a relative may have the name of whose relative they are: a woman that of a woman, a man that of a man. "his wife, Ann Brandt" and
/// "her father, Carl Brandt" are those named before.
fn may_be_kin_of_namesake(doc: &Document, mention: &EntityMention) -> bool {
    let floor = doc.sentences[doc.sentence_of(mention.tokens.start)].tokens.start;
    let before = floor.max(mention.tokens.start.saturating_sub(MAX_KIN_DISTANCE))..mention.tokens.start;
    let is_her = before.rev().chain([mention.tokens.end + 1]).any(|it| doc.lower(it) == "her");
    match mention.gender {
        Some(Gender::Female) => is_her,
        Some(Gender::Male) => !is_her,
        None => true,
    }
}

/// Whether a person is introduced as a relative of somebody of the same name: "Carl Brandt was robbed. His grandson, | Carl Brandt, | …".
/// `number` is that of the mention.
pub(crate) fn is_kin_of_namesake(doc: &Document, mentions: &[EntityMention], number: usize) -> bool {
    let mention = &mentions[number];
    if mention.kind != EntityKind::Person || !is_kin(doc, mention) || !may_be_kin_of_namesake(doc, mention) {
        return false;
    }
    let name = PersonName::new(mention.span.slice(doc.text));
    let before = mentions[..number].iter().rev().take(MAX_MENTIONS_BACK);
    let mut people = before.filter(|it| it.kind == EntityKind::Person);
    let Some(last) = people.next().map(|it| PersonName::new(it.span.slice(doc.text))) else { return false };
    // "Brandt's grandson, Carl Brandt": the surname means the person last named with it in full.
    let is_full = |it: &PersonName| it.words.len() > 1 && it.words.ends_with(&last.words);
    let full = if last.words.len() > 1 {
        Some(last)
    } else {
        people.map(|it| PersonName::new(it.span.slice(doc.text))).find(is_full)
    };
    full.is_some_and(|it| it.words == name.words && it.is_of_generation(&name))
}

/// Whether a name has a definite introduction behind it, as that of somebody new: "Marta Ruiz, | the stage manager, | said".
fn is_introduced(doc: &Document, mention: &EntityMention) -> bool {
    let end = mention.tokens.end;
    let has_role = mention.roles.iter().any(|it| it.start > mention.span.end);
    doc.word(end) == "," && has_role
}

impl NameIndex<'_> {
    /// Whether a person who may be meant by a name of several words is somebody else with a similar name.
    pub(crate) fn is_namesake(&self, cluster: usize, name: &PersonName, mention: &EntityMention) -> bool {
        let history = &self.histories[cluster];
        let own = &history.name;
        if own.words.len() < 2 || name.words.len() < 2 {
            return false;
        }
        // "Alan Moss died. Alan Moss Jr., a lawyer, said …"
        if own.words == name.words {
            let is_junior = name.has_generation() && !own.has_generation();
            let is_senior = own.has_generation() && !name.has_generation();
            return is_junior && self.is_named_in_prose(cluster, mention.span.start)
                || is_senior && is_kin(self.doc, mention) != history.is_kin;
        }
        // "Juan Perez and Juan Perez Molina": the surname of one is an inner one of the other.
        let has_other_surname = own.words.last() != name.words.last()
            && (own.words.starts_with(&name.words) || name.words.starts_with(&own.words));
        if !has_other_surname {
            return false;
        }
        let sentence = |offset: usize| self.doc.sentence_of(self.doc.token_at(offset));
        let last = history.last_before(mention.span.start);
        let are_together = last.is_some_and(|it| sentence(it) == sentence(mention.span.start));
        are_together
            || is_introduced(self.doc, mention) && self.is_named_in_prose(cluster, mention.span.start)
    }

    /// Whether a cluster has a name of several words in the story's prose before a byte offset; a headline may shorten the name.
    fn is_named_in_prose(&self, cluster: usize, offset: usize) -> bool {
        let is_prose = |offset: usize| {
            let block = self.doc.story.block_at(offset).map(|it| self.doc.story.blocks()[it].kind);
            !matches!(block, Some(BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption))
        };
        let names = &self.histories[cluster].long_offsets;
        let before = names.iter().take_while(|it| **it < offset).take(MAX_OFFSETS);
        before.into_iter().any(|it| is_prose(*it))
    }

    /// Of several people whom a surname may mean, those with the generation that is told beside it: "Akande Jr.", "the younger Ramos". All
    /// of them where none is told.
    pub(crate) fn of_generation(
        &self,
        people: Vec<usize>,
        name: &PersonName,
        mention: &EntityMention,
    ) -> Vec<usize> {
        let before = mention.tokens.start.checked_sub(1).map(|it| self.doc.lower(it)).unwrap_or_default();
        let is_junior = |it: usize| self.histories[it].name.is_junior();
        let fits = |it: &usize| {
            if name.has_generation() {
                self.histories[*it].name.is_of_generation(name)
            } else if YOUNGER.binary_search(&before.as_str()).is_ok() {
                is_junior(*it)
            } else {
                OLDER.binary_search(&before.as_str()).is_ok() && !is_junior(*it)
            }
        };
        let told: Vec<usize> = people.iter().copied().filter(fits).collect();
        if told.is_empty() { people } else { told }
    }

    /// Whether a name with the short form of a given name may be that of a known person: "Bill Lee" of William Lee, but not where one
    /// sentence names both, or one is told to be a relative of the other.
    pub(crate) fn may_have_short_name(
        &self,
        person: usize,
        name: &PersonName,
        mention: &EntityMention,
    ) -> bool {
        let history = &self.histories[person];
        let sentence = |offset: usize| self.doc.sentence_of(self.doc.token_at(offset));
        let start = mention.span.start;
        let is_in_sentence = history.last_before(start).is_some_and(|it| sentence(it) == sentence(start));
        let is_relative = is_kin(self.doc, mention) || history.is_kin || self.is_of_relative(mention);
        !is_in_sentence && !is_relative && !name.has_generation()
    }

    /// Whether a name is that of somebody whose relative the person before it is: "the father of | Bill Lee".
    fn is_of_relative(&self, mention: &EntityMention) -> bool {
        let noun = mention.tokens.start.checked_sub(2).filter(|it| self.doc.word(it + 1) == "of");
        noun.is_some_and(|it| self.lexicon.classes(&self.doc.lower(it)).has(KinNoun))
    }
}
