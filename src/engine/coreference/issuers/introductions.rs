//! Introductions of documents: where a story first tells of a document, and who issued it: "a report by | Norbex", "| Norbex | published a
//! report", "| Norbex | ’s report", "| Lee | said in a letter", "| Bo Ray | sued".

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::Resolver;
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::descriptions::OWNER_SCORE;
use crate::engine::coreference::issuers::authors::Author;
use crate::engine::coreference::salience::SalientMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    Determiner, DocumentNoun, FunctionWord, OrgNoun, PastTense, PublishingVerb, SpeechVerb,
};
use crate::word_list::word_list;

/// How many words may stand between a document and its author, or between an issuer and its verb: "a poll that was published by Norbex".
pub(super) const MAX_GAP: usize = 4;
/// How many words the phrase of a document may have before its noun.
pub(super) const MAX_MODIFIERS: usize = 5;
/// How many speakers of one sentence are looked at.
pub(super) const MAX_SPEAKERS: usize = 8;
/// Words of documents about people: "his indictment", "her medical report".
const DOCUMENTS_ABOUT_PEOPLE: &[&str] = &word_list!("documents-about-people");
/// Nouns for documents that newspapers publish and others wrote: "letter".
pub(super) const DOCUMENTS_PUBLISHED_FOR_OTHERS: &[&str] = &word_list!("documents-published-for-others");
/// Nouns for courts: a document in court is from a party.
const COURT_NOUNS: &[&str] = &word_list!("court-nouns");
/// Nouns that call any document again: "the document".
const GENERIC_DOCUMENTS: &[&str] = &word_list!("generic-documents");
/// Verbs before "in" whose subject only reads a document: "quoted in a report".
const MENTIONING_PARTICIPLES: &[&str] = &word_list!("mentioning-participles");

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

    /// The one that begins at token `at`.
    pub(super) fn beginning_at(&self, at: usize) -> Option<&Introduction> {
        self.by_start.get(&at).map(|it| &self.all[*it])
    }

    /// Those before token `at`, in reading order.
    pub(super) fn before(&self, at: usize) -> impl DoubleEndedIterator<Item = &Introduction> {
        self.all[..self.all.partition_point(|it| it.noun < at)].iter()
    }

    /// The last one before token `at` that a noun calls.
    pub(super) fn last_before(&self, noun: &str, at: usize) -> Option<&Introduction> {
        if GENERIC_DOCUMENTS.binary_search(&noun).is_ok() {
            return self.before(at).next_back();
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
            let issuer = Some(at).filter(|_| !nouns.is_empty()).and_then(|it| self.maker(it));
            if issuer.is_some() {
                self.introductions.push(Introduction { noun: at, phrase: at..at + 1, issuer }, nouns);
            }
        }
        self.introductions.end = self.introductions.end.max(end);
    }

    /// The introduction whose noun is token `at`; `None` where the words only refer to a document.
    pub(super) fn introduction(&self, at: usize) -> Option<Introduction> {
        let sentence = self.doc.sentences.get(self.doc.sentence_of(at))?.tokens.clone();
        let start = start_of_modifiers(self.doc, at, sentence.start);
        let told = |phrase: Range<usize>, issuer: usize| {
            Some(Introduction { noun: at, phrase, issuer: Some(issuer) })
        };
        let determiner =
            start.checked_sub(1).filter(|it| *it >= sentence.start && self.doc.is(*it, Determiner));
        let word = determiner.map(|it| self.doc.lower(it)).unwrap_or_default();
        let is_indefinite = matches!(word.as_str(), "a" | "an" | "another");
        let is_pronoun = matches!(word.as_str(), "its" | "his" | "her" | "their");
        let begin = determiner.unwrap_or(start);
        let publisher = || self.publishing_subject(begin, at, sentence.start);
        // "Norbex published | its | report"
        if let Some(publisher) = publisher().filter(|_| word == "its") {
            return told(begin..at + 1, publisher);
        }
        // "In | its | report, Norbex said"
        if let Some(owner) = self.speaker_in(begin, &sentence).and_then(|it| self.owner_for(it, &word)) {
            return told(begin..at + 1, owner);
        }
        let is_about = |it: usize| DOCUMENTS_ABOUT_PEOPLE.binary_search(&self.doc.word(it)).is_ok();
        if let Some((owner, first)) = self.owner_before(at, start, sentence.start) {
            return if (start..=at).any(is_about) { None } else { told(first..at + 1, owner) };
        }
        let author = if is_pronoun { None } else { self.author_after(at, sentence.end) };
        match author {
            Some(Author::Known(author, end)) => {
                let is_aside = self.doc.word(at + 1) == ",";
                return told(begin..if is_aside { at + 1 } else { end }, author);
            }
            Some(Author::Unknown) => {
                return Some(Introduction { noun: at, phrase: begin..at + 1, issuer: None });
            }
            None => {}
        }
        let issuer = publisher()
            .filter(|_| !is_pronoun)
            .or_else(|| self.medium_owner_after(at, sentence.end).filter(|_| !self.is_object(begin)))
            .or_else(|| self.speaker_in(begin, &sentence).filter(|_| is_indefinite))
            .or_else(|| self.name_before_medium(begin, &sentence).filter(|_| is_indefinite));
        let phrase = begin..at + 1;
        (issuer.is_some() || is_indefinite).then_some(Introduction { noun: at, phrase, issuer })
    }

    /// Whether a verb that is no cue stands before the words that begin at a token: "left | a note".
    fn is_object(&self, begin: usize) -> bool {
        begin.checked_sub(1).is_some_and(|it| self.doc.is(it, PastTense) && !self.doc.is(it, SpeechVerb))
    }

    /// The owner before the words of a document that begin at token `start`, and where its words begin: "| its | letter", "| Norbex | ’s letter",
    /// "the | Norbex | letter".
    fn owner_before(&self, noun: usize, start: usize, floor: usize) -> Option<(usize, usize)> {
        let opener = start.checked_sub(1).filter(|it| *it >= floor);
        let is_possessive = |it: usize| matches!(self.doc.word(it), "'s" | "’s" | "’" | "'");
        if let Some(mark) = opener.filter(|it| is_possessive(*it)) {
            let owner = mark.checked_sub(1)?;
            let span = self.doc.tokens[owner].span;
            // "the | ministry | ’s report"
            let unnamed = || self.organization_called(self.doc.word(owner), span);
            let is_unnamed = self.doc.is(owner, OrgNoun) && self.is_lowercase(owner);
            let named = self.salience.cluster_at(span.start);
            let cluster = named.or_else(|| if is_unnamed { unnamed() } else { None })?;
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
        let named = self.entity_mentions.inside(&(start..noun)).next_back();
        if let Some(number) = named {
            let mention = &self.entity_mentions[number];
            let is_place = mention.kind == EntityKind::Place;
            return (!is_place && noun - mention.tokens.end <= MAX_GAP)
                .then(|| (self.cluster_of_mention[number], self.with_article(mention.tokens.start, floor)));
        }
        // "a | company | statement", but "a court filing"
        let is_unnamed = |it: &usize| {
            let is_court = COURT_NOUNS.binary_search(&self.doc.word(*it)).is_ok();
            self.doc.is(*it, OrgNoun) && self.is_lowercase(*it) && !is_court
        };
        let unnamed = (start..noun).find(is_unnamed)?;
        let owner = self.organization_called(self.doc.word(unnamed), self.doc.tokens[unnamed].span)?;
        Some((owner, opener.unwrap_or(start)))
    }

    /// Whether a token begins with a small letter.
    pub(super) fn is_lowercase(&self, at: usize) -> bool {
        self.doc.word(at).starts_with(char::is_lowercase)
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

    /// For whom a possessive in lower case stands beside a speaker: the speaker, or for "its" the organisation of a person: "In | its | report, Norbex
    /// chief Ann Lee said".
    fn owner_for(&self, speaker: usize, possessive: &str) -> Option<usize> {
        let of_organization = || self.clusters[speaker].affiliation.filter(|_| possessive == "its");
        if self.may_own(speaker, possessive) { Some(speaker) } else { of_organization() }
    }

    /// Whether a possessive in lower case may stand for a cluster: "its" for an organisation, or for a word that only looks like the name of a
    /// person, "his" and "her" for a person.
    fn may_own(&self, cluster: usize, possessive: &str) -> bool {
        let told = &self.clusters[cluster];
        let is_person = told.kind == EntityKind::Person || told.is_human;
        let is_bare_word = || told.gender.is_none() && told.roles.is_empty() && !told.name.contains(' ');
        match possessive {
            "his" | "her" => is_person,
            "its" => (!is_person || is_bare_word()) && !told.is_plural,
            "their" => true,
            _ => false,
        }
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
pub(super) fn start_of_modifiers(doc: &Document, noun: usize, floor: usize) -> usize {
    let is_modifier = |it: &usize| {
        // "published | leaked emails", but "the | published report"
        let is_behind = |class| *it > floor && doc.is(*it - 1, class);
        // "The Tarn Post obtained | leaked emails"
        let is_after_name = *it > floor && doc.word(*it - 1).starts_with(char::is_uppercase);
        let is_predicate = doc.is(*it, PastTense) && is_after_name && !doc.word(*it).contains('-');
        let is_verb = (doc.is(*it, PublishingVerb) || is_predicate) && !is_behind(Determiner);
        doc.word(*it).starts_with(|it: char| it.is_alphanumeric()) && !doc.is(*it, FunctionWord) && !is_verb
    };
    let first = noun.saturating_sub(MAX_MODIFIERS).max(floor);
    (first..noun).rev().take_while(is_modifier).last().unwrap_or(noun)
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
