//! Introductions of documents: where a story first tells of a document, and who issued it: "a report by | Norbex", "| Norbex | published a
//! report", "| Norbex | ’s report", "| Lee | said in a letter", "| Bo Ray | sued".

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::Resolver;
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::descriptions::OWNER_SCORE;
use crate::engine::coreference::nominal_source::is_relative;
use crate::engine::coreference::salience::SalientMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    Adverb, Auxiliary, Determiner, DocumentNoun, FormOfBe, FunctionWord, Negation, OrgNoun, PastTense,
    Preposition, PublishingVerb, TimeWord,
};
use crate::engine::text::tokens;
use crate::word_list::word_list;

/// How many words may stand between a document and its issuer, or between an issuer and its verb: "a poll that was published by Norbex".
const MAX_GAP: usize = 4;
/// How many words the phrase of a document may have before its noun.
const MAX_MODIFIERS: usize = 5;
/// How many words the page of an issuer may have: "official Facebook page".
const MAX_SITE_WORDS: usize = 3;
/// How many speakers of one sentence are looked at.
const MAX_SPEAKERS: usize = 8;
/// How many tokens the title of a document has at most, with its quotation marks.
const MAX_TITLE_TOKENS: usize = 16;
/// Nouns for documents about people: "his indictment".
const DOCUMENTS_ABOUT_PEOPLE: &[&str] = &word_list!("documents-about-people");
/// Nouns that call any document again: "the document".
const GENERIC_DOCUMENTS: &[&str] = &word_list!("generic-documents");
/// Participles between a document and the "by" of its author: "written".
const AUTHORING_PARTICIPLES: &[&str] = &word_list!("authoring-participles");
/// Verbs before "in" whose subject only reads a document: "quoted in a report".
const MENTIONING_PARTICIPLES: &[&str] = &word_list!("mentioning-participles");

/// Prepositions that begin clauses too: "after | Norbex published a report".
const PREPOSITIONS_BEFORE_CLAUSES: &[&str] = &word_list!("prepositions-before-clauses");

/// A document where the story tells of it first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Introduction {
    /// The token of its noun, or of the verb that makes it.
    pub(super) noun: usize,
    /// Its words, with those that tell its issuer beside them: "a poll by Delta Survey".
    pub(super) phrase: Range<usize>,
    /// The cluster of its issuer; `None` where the story does not tell it.
    pub(super) issuer: Option<usize>,
}

/// The documents that a story introduces, in reading order.
#[derive(Debug, Default)]
pub(in crate::engine::coreference) struct Introductions {
    /// In the order of their nouns.
    all: Vec<Introduction>,
    /// The indices of those that a noun calls.
    by_noun: HashMap<String, Vec<usize>>,
    /// The indices by the first tokens of the phrases.
    by_start: HashMap<usize, usize>,
    /// The token up to which the story has been read.
    end: usize,
}

impl Introductions {
    /// Adds one that a story calls by some nouns.
    fn push(&mut self, introduction: Introduction, nouns: &[&str]) {
        let index = self.all.len();
        for noun in nouns {
            self.by_noun.entry((*noun).to_owned()).or_default().push(index);
        }
        self.by_start.entry(introduction.phrase.start).or_insert(index);
        self.all.push(introduction);
    }

    /// The one whose noun is token `at`.
    pub(super) fn with_noun_at(&self, at: usize) -> Option<&Introduction> {
        let index = self.all.binary_search_by_key(&at, |it| it.noun).ok()?;
        Some(&self.all[index])
    }

    /// The one that begins at token `at`.
    pub(super) fn beginning_at(&self, at: usize) -> Option<&Introduction> {
        self.by_start.get(&at).map(|it| &self.all[*it])
    }

    /// The last one before token `at` that a noun calls.
    pub(super) fn last_before(&self, noun: &str, at: usize) -> Option<&Introduction> {
        if GENERIC_DOCUMENTS.binary_search(&noun).is_ok() {
            return self.all[..self.all.partition_point(|it| it.noun < at)].last();
        }
        let indices = self.by_noun.get(noun)?;
        let next = indices.partition_point(|it| self.all[*it].noun < at);
        next.checked_sub(1).map(|it| &self.all[indices[it]])
    }
}

impl Resolver<'_> {
    /// Reads on which documents the story introduces outside quotation marks, up to token `end`.
    pub(super) fn read_introductions(&mut self, end: usize) {
        for at in self.introductions.end..end {
            let word = self.doc.word(at);
            if !word.starts_with(char::is_lowercase)
                || self.salience.is_quoted(self.doc.tokens[at].span.start)
            {
                continue;
            }
            let introduction = if self.doc.is(at, DocumentNoun) { self.introduction(at) } else { None };
            if let Some(introduction) = introduction {
                self.introductions.push(introduction, &[word]);
                continue;
            }
            let nouns = self.lexicon.documents_of_verb(word);
            let issuer = Some(at).filter(|_| !nouns.is_empty()).and_then(|it| self.subject_of(it));
            if issuer.is_some() {
                self.introductions.push(Introduction { noun: at, phrase: at..at + 1, issuer }, nouns);
            }
        }
        self.introductions.end = self.introductions.end.max(end);
    }

    /// The introduction whose noun is token `at`; `None` where the words only refer to a document.
    fn introduction(&self, at: usize) -> Option<Introduction> {
        let sentence = self.doc.sentences.get(self.doc.sentence_of(at))?.tokens.clone();
        let start = start_of_modifiers(self.doc, at, sentence.start);
        let told = |phrase: Range<usize>, issuer: usize| {
            Some(Introduction { noun: at, phrase, issuer: Some(issuer) })
        };
        let opener = start.checked_sub(1).filter(|it| *it >= sentence.start);
        let word = opener.map(|it| self.doc.lower(it)).unwrap_or_default();
        let is_indefinite = matches!(word.as_str(), "a" | "an" | "another");
        let is_article = is_indefinite || matches!(word.as_str(), "the" | "this" | "that");
        let is_pronoun = matches!(word.as_str(), "its" | "his" | "her" | "their");
        let begin = if is_article || is_pronoun { start - 1 } else { start };
        let publisher = || self.publishing_subject(begin, sentence.start);
        // "Norbex published | its | report"
        if let Some(publisher) = publisher().filter(|_| word == "its") {
            return told(begin..at + 1, publisher);
        }
        let is_about = DOCUMENTS_ABOUT_PEOPLE.binary_search(&self.doc.word(at)).is_ok();
        if let Some((owner, start)) = self.owner_before(at, start, sentence.start).filter(|_| !is_about) {
            return told(start..at + 1, owner);
        }
        if let Some((issuer, end)) = self.issuer_after(at, sentence.end).filter(|_| !is_pronoun) {
            return told(begin..end, issuer);
        }
        if let Some(publisher) = publisher().filter(|_| !is_pronoun) {
            return told(begin..at + 1, publisher);
        }
        let is_new = is_indefinite || is_pronoun;
        if let Some(speaker) = self.speaker_in(begin, &sentence).filter(|_| is_new) {
            return told(begin..at + 1, speaker);
        }
        is_indefinite.then_some(Introduction { noun: at, phrase: begin..at + 1, issuer: None })
    }

    /// The owner before the words of a document that begin at token `start`, and where its words begin: "| its | letter", "| Norbex | ’s letter",
    /// "the | Norbex | letter".
    fn owner_before(&self, noun: usize, start: usize, floor: usize) -> Option<(usize, usize)> {
        let opener = start.checked_sub(1).filter(|it| *it >= floor);
        let is_possessive = |it: usize| matches!(self.doc.word(it), "'s" | "’s" | "’" | "'");
        if let Some(mark) = opener.filter(|it| is_possessive(*it)) {
            let owner = mark.checked_sub(1)?;
            let cluster = self.salience.cluster_at(self.doc.tokens[owner].span.start)?;
            let first = self
                .entity_mentions
                .covering(owner)
                .map_or(owner, |it| self.entity_mentions[it].tokens.start);
            return Some((cluster, self.with_article(first, floor)));
        }
        if let Some(pronoun) = opener {
            let owner = self.owner_called(pronoun);
            if let Some(owner) = owner {
                return Some((owner, pronoun));
            }
        }
        let number = self.entity_mentions.inside(&(start..noun)).next_back()?;
        let mention = &self.entity_mentions[number];
        (mention.kind == EntityKind::Organisation && noun - mention.tokens.end <= MAX_GAP)
            .then(|| (self.cluster_of_mention[number], self.with_article(mention.tokens.start, floor)))
    }

    /// The start of a phrase with the article before it.
    fn with_article(&self, start: usize, floor: usize) -> usize {
        let is_article = |it: &usize| matches!(self.doc.lower(*it).as_str(), "a" | "an" | "the");
        start.checked_sub(1).filter(|it| *it >= floor && is_article(it)).unwrap_or(start)
    }

    /// The owner that a pronoun calls: "| its | letter".
    fn owner_called(&self, pronoun: usize) -> Option<usize> {
        let span = self.doc.tokens[pronoun].span;
        match self.doc.lower(pronoun).as_str() {
            "his" | "her" | "their" => self.resolved.get(&span).map(|it| it.cluster),
            "its" => {
                let is_organization = |it: &Cluster| {
                    let noun = it.head_noun.as_deref();
                    it.kind == EntityKind::Organisation
                        || noun.is_some_and(|it| self.lexicon.classes(it).has(OrgNoun))
                };
                let fit =
                    |it: &SalientMention| is_organization(&self.clusters[it.cluster]).then_some(OWNER_SCORE);
                self.salience.most_salient(self.doc, span, fit).map(|it| it.cluster)
            }
            _ => None,
        }
    }

    /// The issuer behind a noun, and where its name ends: "a letter by | Ann Lee", "a statement posted on | Norbex | ’s website".
    fn issuer_after(&self, noun: usize, end: usize) -> Option<(usize, usize)> {
        let start = self.end_of_title(noun + 1, end);
        let ends_phrase = |it: &usize| matches!(self.doc.word(*it), "," | "-" | "–" | "—" | "a" | "an");
        let within = |length: usize| (start..end.min(start + length)).take_while(|it| !ends_phrase(it));
        // "posted on Norbex’s website | by | the union"
        let by = within(2 * MAX_GAP).find(|it| self.doc.word(*it) == "by");
        let is_joint = |it: &usize| matches!(self.doc.word(*it), "from" | "on" | "of");
        let joint = by.or_else(|| within(MAX_GAP + 1).find(is_joint))?;
        if self.doc.word(joint) != "on" && !leads_to_author(self.doc, joint) {
            return None;
        }
        let start = joint + 1 + usize::from(self.doc.word(joint + 1) == "the");
        // "a letter from | her mother"
        let is_relation = matches!(self.doc.word(start), "his" | "her" | "its" | "their");
        let offset = self.doc.tokens.get(start).filter(|_| start < end && !is_relation)?.span.start;
        let cluster = self.salience.cluster_at(offset)?;
        let is_place = self.clusters[cluster].kind == EntityKind::Place;
        let is_owner = || {
            let near = start + 1..end.min(start + 2 + MAX_GAP);
            near.into_iter().any(|it| {
                matches!(self.doc.word(it), "'s" | "’s")
                    && (it + 1..it + 1 + MAX_SITE_WORDS).any(|it| self.doc.is(it, DocumentNoun))
                    && self.salience.cluster_at(self.doc.tokens[it - 1].span.start) == Some(cluster)
            })
        };
        let is_issuer = match self.doc.word(joint) {
            "by" => true,
            "from" => !is_place,
            "on" => is_owner(),
            _ => false,
        };
        let name = self.entity_mentions.covering(start).filter(|_| self.doc.word(joint) != "on");
        let name_end = name.map_or(noun + 1, |it| self.entity_mentions[it].tokens.end);
        is_issuer.then_some((cluster, name_end))
    }

    /// The token behind the title in quotation marks that begins at a token; the token itself where none begins: "the book “Tin Men,” | by".
    fn end_of_title(&self, start: usize, end: usize) -> usize {
        let is_mark = |it: &usize| tokens::is_quotation_mark(self.doc.word(*it));
        let mut title = start + 1..end.min(start + MAX_TITLE_TOKENS);
        title.find(is_mark).filter(|_| is_mark(&start)).map_or(start, |it| it + 1)
    }

    /// Who brings out the document whose words begin at token `begin`: "The ministry published | a report".
    fn publishing_subject(&self, begin: usize, floor: usize) -> Option<usize> {
        let verb = begin.checked_sub(1).filter(|it| *it > floor)?;
        let verb = if self.doc.word(verb) == "out" { verb - 1 } else { verb };
        if self.doc.is(verb, PublishingVerb) { self.subject_of(verb) } else { None }
    }

    /// The subject before the verb that is token `verb`.
    fn subject_of(&self, verb: usize) -> Option<usize> {
        let floor = self.doc.sentences.get(self.doc.sentence_of(verb))?.tokens.start;
        let is_helper = |it: &usize| self.doc.is(*it, Auxiliary) || self.doc.is(*it, Adverb);
        let subject = (floor..verb).rev().find(|it| !is_helper(it))?;
        // "was sent a letter", "never published a report"
        if (subject + 1..verb).any(|it| self.doc.is(it, FormOfBe) || self.doc.is(it, Negation)) {
            return None;
        }
        if self.doc.is(subject, OrgNoun) && self.doc.word(subject).starts_with(char::is_lowercase) {
            return self.organization_called(&self.doc.lower(subject), self.doc.tokens[subject].span);
        }
        let mention = self.salience.last_mention_before(self.doc.tokens[verb].span)?;
        let tokens = self.doc.tokens_in(mention.span);
        // "Ann Lee, who | wrote"
        let is_relative = self.doc.word(tokens.end) == ","
            && subject == tokens.end + 1
            && matches!(self.doc.word(subject), "who" | "which");
        // "Ann Lee, whose father | wrote", but "Ann Lee, the mayor, | wrote", "Ann Lee on Monday | wrote"
        let is_own = subject < tokens.end
            || is_relative
            || matches!(self.doc.word(subject), "," | ")")
            || self.doc.is(subject, TimeWord);
        let is_subject = is_own
            && tokens.start >= floor
            && tokens.end <= verb
            && verb - tokens.end <= MAX_GAP
            && (is_relative || !self.is_inside_phrase(tokens.start, floor));
        is_subject.then_some(mention.cluster)
    }

    /// Whether the name that begins at a token stands inside another phrase: "Victims of | Ann Lee", "a man who met | Ann Lee".
    fn is_inside_phrase(&self, name: usize, floor: usize) -> bool {
        let mention = self.entity_mentions.beginning_at(name).map(|it| &self.entity_mentions[it]);
        let roles = mention.into_iter().flat_map(|it| &it.roles);
        let start = roles.map(|it| self.doc.token_at(it.start)).fold(name, usize::min).max(floor);
        let is_modifier = |it: &usize| {
            self.doc.word(*it).starts_with(char::is_lowercase) && !self.doc.is(*it, FunctionWord)
        };
        let near = start.saturating_sub(MAX_MODIFIERS).max(floor)..start;
        let first = near.rev().take_while(is_modifier).last().unwrap_or(start);
        let is_article = |it: &usize| self.doc.is(*it, Determiner) && self.doc.word(*it) != "that";
        let before = (floor..first).rev().find(|it| !is_article(it));
        // "In May Norbex published a report"
        before.filter(|it| *it > floor).is_some_and(|it| {
            let word = self.doc.lower(it);
            let opens_clause = PREPOSITIONS_BEFORE_CLAUSES.binary_search(&word.as_str()).is_ok();
            self.doc.is(it, Preposition) && !opens_clause
                || is_relative(&word)
                || matches!(word.as_str(), "or" | "nor")
        })
    }

    /// The only speaker of a sentence who speaks in the document whose words begin at token `begin`: "Lee said in | a letter".
    fn speaker_in(&self, begin: usize, sentence: &Range<usize>) -> Option<usize> {
        let preposition = begin.checked_sub(1).filter(|it| *it >= sentence.start)?;
        let is_medium = matches!(self.doc.lower(preposition).as_str(), "in" | "through" | "via");
        let before = preposition.checked_sub(1).map_or("", |it| self.doc.word(it));
        if !is_medium || MENTIONING_PARTICIPLES.binary_search(&before).is_ok() {
            return None;
        }
        let number = self.doc.sentence_of(begin);
        let speakers = self.salience.speakers_in(number).take(MAX_SPEAKERS);
        let mut speakers = speakers.filter(|it| !self.is_document(it.cluster));
        let first = speakers.next()?.cluster;
        speakers.all(|it| it.cluster == first).then_some(first)
    }
}

/// The token at which the words before the noun of a document begin, from token `floor` on: "a | new opinion poll".
fn start_of_modifiers(doc: &Document, noun: usize, floor: usize) -> usize {
    let is_modifier = |it: &usize| {
        // "published | leaked emails", but "the | published report"
        let is_verb = doc.is(*it, PublishingVerb) && !(*it > floor && doc.is(*it - 1, Determiner));
        doc.word(*it).starts_with(|it: char| it.is_alphanumeric()) && !doc.is(*it, FunctionWord) && !is_verb
    };
    let first = noun.saturating_sub(MAX_MODIFIERS).max(floor);
    (first..noun).rev().take_while(is_modifier).last().unwrap_or(noun)
}

/// Whether the "by" or "from" at a token leads to who made a document, not to who read it: "a memo | written | by", but not "a memo | seen | by".
fn leads_to_author(doc: &Document, joint: usize) -> bool {
    let before = joint.saturating_sub(1);
    !doc.is(before, PastTense)
        || doc.is(before, DocumentNoun)
        || AUTHORING_PARTICIPLES.binary_search(&doc.word(before)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_introduction_is_found_by_its_first_token_whatever_comes_before() {
        let mut introductions = Introductions::default();
        // "Tarn’s letter on | a report": the phrase of the second noun may begin before that of the first.
        for (noun, phrase) in [(5, 4..6), (9, 2..10), (20, 12..21)] {
            introductions.push(Introduction { noun, phrase, issuer: None }, &["letter"]);
        }
        for (at, noun) in [(4, Some(5)), (2, Some(9)), (12, Some(20)), (5, None)] {
            assert_eq!(introductions.beginning_at(at).map(|it| it.noun), noun, "token {at}");
        }
    }
}
