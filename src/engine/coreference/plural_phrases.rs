//! Plural phrases: several people without a common name, to whom "they" may refer: the plural subject or object of a sentence, and subjects
//! that "and" joins ("The union and the mayor").

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::antecedents::with_complement;
use crate::engine::coreference::nominal_source::is_preposition;
use crate::engine::coreference::person_nouns::{is_people, is_person};
use crate::engine::coreference::salience::is_aside;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, Determiner, FormOfBe, FunctionWord, GroupNoun, KinNoun, LeadingConnective, OrgNoun, PastTense,
    RoleNoun, SpeechVerb,
};
use crate::engine::text::lexicon::Lexicon;
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words a plural subject may have up to its noun.
const MAX_SUBJECT_WORDS: usize = 5;
/// How many words a plural object may have before its noun.
const MAX_OBJECT_MODIFIERS: usize = 4;
/// How many tokens one of two joined subjects may have: "the port of Rudna".
const MAX_JOINED_TOKENS: usize = 7;

/// Prepositions before people who may go on to speak: "spoke with | the miners".
const BEFORE_PEOPLE: &[&str] = &word_list!("prepositions-before-people");

/// Finds the plural phrases of a story.
pub(crate) struct PluralPhrases<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) entity_mentions: &'a [EntityMention],
    pub(crate) lexicon: &'a Lexicon,
}

/// Subjects that "and" joins, as the tokens of both and the number of the mention of each that is a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JoinedSubjects {
    pub(crate) tokens: Range<usize>,
    pub(crate) names: [Option<usize>; 2],
}

impl PluralPhrases<'_> {
    /// The plural subjects that begin the sentences of the narration, as ranges of tokens: "Analysts at Delta", "Three nurses".
    pub(crate) fn subjects(&self, is_quoted: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let subject = |tokens: &Range<usize>| {
            let start = tokens.start;
            self.is_narrated(start, &is_quoted).then_some(())?;
            let mut phrase = (start..tokens.end.min(start + MAX_SUBJECT_WORDS))
                .take_while(|it| self.is_modifier(*it, start) && !self.begins_predicate(*it, start));
            let noun = phrase.find(|it| is_people(self.doc, self.lexicon, *it))?;
            Some(start..with_complement(self.doc, self.entity_mentions, noun + 1))
        };
        self.doc.sentences.iter().filter_map(|it| subject(&it.tokens)).collect()
    }

    /// The plural objects of the narration, as ranges of tokens: "received | the miners", "sued | its former pilots".
    pub(crate) fn objects(&self, is_quoted: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let object = |noun: usize| {
            let is_noun = self.doc.word(noun).starts_with(char::is_lowercase)
                && is_people(self.doc, self.lexicon, noun)
                && !self.is_modifier_of_next(noun);
            if !is_noun || !self.is_narrated(noun, &is_quoted) {
                return None;
            }
            let floor = self.doc.sentences[self.doc.sentence_of(noun)].tokens.start;
            let start = self.object_start(noun, floor);
            let governor = start.checked_sub(1).filter(|it| *it > floor)?;
            let word = self.doc.word(governor);
            let is_verb = self.is_verb(governor) || self.is_progressive(governor);
            let is_governed = is_verb || BEFORE_PEOPLE.binary_search(&word).is_ok();
            is_governed.then(|| start..with_complement(self.doc, self.entity_mentions, noun + 1))
        };
        (0..self.doc.tokens.len()).filter_map(object).collect()
    }

    /// The subjects of two kinds that "and" joins at the starts of sentences: "The union and the mayor", "Norbex and Ann Lee". Joint
    /// names of one kind are left out.
    pub(crate) fn joined_subjects(&self, is_quoted: impl Fn(usize) -> bool) -> Vec<JoinedSubjects> {
        let subject = |sentence: &Range<usize>| {
            let is_connective = |it: &usize| self.doc.is(*it, LeadingConnective) || self.doc.word(*it) == ",";
            let start = sentence.start + sentence.clone().take_while(is_connective).count();
            self.is_narrated(start, &is_quoted).then_some(())?;
            let and = self.phrase_end(start, sentence.end)?;
            if self.doc.word(and) != "and" {
                return None;
            }
            let end = self.phrase_end(and + 1, sentence.end)?;
            let (one, other) = (start..and, and + 1..end);
            let names = [self.name_of(&one), self.name_of(&other)];
            let kind = |name: Option<usize>| name.map(|it| self.entity_mentions[it].kind);
            let is_two = names[0].is_none() && names[1].is_none() || kind(names[0]) != kind(names[1]);
            let is_listed = [&one, &other].into_iter().all(|it| self.may_speak(it));
            let is_led = names[1].is_some()
                || self.doc.is(other.start, Determiner)
                || is_people(self.doc, self.lexicon, other.end - 1);
            (is_two && is_listed && is_led && self.is_verb(end))
                .then_some(JoinedSubjects { tokens: start..end, names })
        };
        self.doc.sentences.iter().filter_map(|it| subject(&it.tokens)).collect()
    }

    /// Whether a token exists and stands in the narration.
    fn is_narrated(&self, at: usize, is_quoted: impl Fn(usize) -> bool) -> bool {
        let span = self.doc.tokens.get(at).map(|it| it.span);
        span.is_some_and(|it| !is_quoted(it.start) && !is_aside(self.doc, it))
    }

    fn is_verb(&self, at: usize) -> bool {
        let word = self.doc.word(at);
        let is_past = self.doc.is(at, PastTense) || word.len() > 3 && word.ends_with("ed");
        word.starts_with(char::is_lowercase)
            && (is_past || self.doc.is(at, Auxiliary) || self.doc.is(at, SpeechVerb))
    }

    /// Whether a token is a verb behind a form of "be": "are | investigating |".
    fn is_progressive(&self, at: usize) -> bool {
        at > 0 && self.doc.word(at).ends_with("ing") && self.doc.is(at - 1, FormOfBe)
    }

    /// Whether a token may stand in a phrase that begins at token `start`, before its noun.
    fn is_modifier(&self, at: usize, start: usize) -> bool {
        let is_article = self.doc.is(at, Determiner) && (at == start || self.doc.is(at - 1, Determiner));
        self.doc.tokens[at].kind == TokenKind::Number
            || is_article
            || self.doc.tokens[at].kind == TokenKind::Word
                && !self.doc.is(at, FunctionWord)
                && !self.doc.is(at, Auxiliary)
                && !is_preposition(&self.doc.lower(at))
    }

    /// Whether a token is the verb behind the noun of a subject that begins at token `start`: "The king | received".
    fn begins_predicate(&self, at: usize, start: usize) -> bool {
        let is_noun = |it: usize| {
            self.doc.is(it, OrgNoun) || is_person(self.doc, it) || is_people(self.doc, self.lexicon, it)
        };
        at > start && self.is_verb(at) && is_noun(at - 1)
    }

    /// Whether a plural is only the modifier or the owner of what follows: "the miners | union", "the miners | ' demands".
    fn is_modifier_of_next(&self, noun: usize) -> bool {
        let next = noun + 1;
        let is_noun = [OrgNoun, RoleNoun, GroupNoun, KinNoun].iter().any(|it| self.doc.is(next, *it));
        matches!(self.doc.word(next), "'" | "’" | "'s" | "’s") || is_noun
    }

    /// The start of the object whose noun is a token: "its | former | pilots".
    fn object_start(&self, noun: usize, floor: usize) -> usize {
        let mut start = noun;
        while start > floor && noun - start < MAX_OBJECT_MODIFIERS {
            let before = start - 1;
            if self.doc.is(before, Determiner) {
                return before;
            }
            let is_inside =
                self.is_modifier(before, noun) && !self.is_verb(before) && !self.is_progressive(before);
            if !is_inside {
                break;
            }
            start = before;
        }
        start
    }

    /// The token behind a phrase that begins at token `start`: its verb or "and". `None` where something else ends it.
    fn phrase_end(&self, start: usize, stop: usize) -> Option<usize> {
        let ends = |it: &usize| self.doc.word(*it) == "and" || self.is_verb(*it);
        let end = (start..stop.min(start + MAX_JOINED_TOKENS)).find(ends).filter(|it| *it > start)?;
        let is_part = |it: usize| {
            let is_complement = it > start && matches!(self.doc.word(it), "of" | "the");
            is_complement || self.is_modifier(it, start) || matches!(self.doc.word(it), "'s" | "’s")
        };
        (start..end).all(is_part).then_some(end)
    }

    /// The number of the mention with which a phrase ends, unless another noun is its head: "singer | Ann Lee".
    fn name_of(&self, phrase: &Range<usize>) -> Option<usize> {
        let number = self.entity_mentions.partition_point(|it| it.tokens.end < phrase.end);
        let mention = self.entity_mentions.get(number).filter(|it| it.tokens.end == phrase.end)?;
        let has_complement = phrase.clone().any(|it| self.doc.word(it) == "of");
        let is_within = mention.tokens.start >= phrase.start && mention.kind != EntityKind::Place;
        (is_within && !has_complement).then_some(number)
    }

    /// Whether a phrase means somebody who may speak: a name, a person, an organisation, or what belongs to a place ("the port of Rudna").
    fn may_speak(&self, phrase: &Range<usize>) -> bool {
        let of = phrase.clone().find(|it| self.doc.word(*it) == "of");
        let noun = of.unwrap_or(phrase.end) - 1;
        let is_of_name = of.is_some()
            && self.doc.word(phrase.end - 1).starts_with(char::is_uppercase)
            && self.doc.word(noun).starts_with(char::is_lowercase);
        self.name_of(phrase).is_some()
            || is_of_name
            || self.doc.is(noun, OrgNoun)
            || is_person(self.doc, noun)
            || is_people(self.doc, self.lexicon, noun)
    }
}
