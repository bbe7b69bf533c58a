//! Issuers: whose a document is that speaks without their name: "The ministry said in a letter … | The letter | added …", "her website",
//! "a second document, an affidavit from Norbex".
//!
//! The story introduces a document where it tells of it first: with its owner, behind "by" or "from", behind a verb of publishing, or as that
//! in which somebody speaks. Later "the letter" is the last one introduced.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::affiliation;
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::descriptions::OWNER_SCORE;
use crate::engine::coreference::salience::SalientMention;
use crate::engine::coreference::source_phrase::{self, SourceKind};
use crate::engine::coreference::{Resolution, Resolver};
use crate::engine::text::lexicon::LexicalClass::{
    Adverb, Auxiliary, DocumentNoun, FormOfBe, Negation, OrgNoun, Preposition, PublishingVerb, TimeWord,
};
use crate::engine::text::tokens;
use crate::word_list::word_list;

/// How many sentences after its introduction a document is still meant.
const MAX_SENTENCES_BACK: usize = 15;
/// How many words may stand between a document and the "by" of its issuer, or between an issuer and its verb.
const MAX_GAP: usize = 4;
/// How many words the page of an issuer may have: "official Facebook page".
const MAX_SITE_WORDS: usize = 3;
/// Nouns for documents about people: "his indictment".
const DOCUMENTS_ABOUT_PEOPLE: &[&str] = &word_list!("documents-about-people");
/// How many speakers of one sentence are looked at.
const MAX_SPEAKERS: usize = 8;
/// How many tokens the title of a document has at most, with its quotation marks.
const MAX_TITLE_TOKENS: usize = 16;
/// Nouns that call any document again: "the document".
const GENERIC_DOCUMENTS: &[&str] = &word_list!("generic-documents");

/// A document where the story tells of it first.
#[derive(Clone, Copy, Debug)]
struct Introduction {
    /// Its words up to the noun.
    tokens: (usize, usize),
    /// The cluster of its issuer; `None` where the story does not tell whose it is.
    issuer: Option<usize>,
}

/// The documents that a story introduces, in reading order.
#[derive(Debug, Default)]
struct Introductions {
    all: Vec<Introduction>,
    /// The indices of those with the same noun.
    by_noun: HashMap<String, Vec<usize>>,
}

impl Introductions {
    /// Adds one that a story calls by some nouns.
    fn push(&mut self, introduction: Introduction, nouns: &[&str]) {
        for noun in nouns {
            self.by_noun.entry((*noun).to_owned()).or_default().push(self.all.len());
        }
        self.all.push(introduction);
    }

    /// The one whose noun is token `at`.
    fn with_noun_at(&self, at: usize) -> Option<Introduction> {
        let index = self.all.binary_search_by_key(&at, |it| it.tokens.1).ok()?;
        Some(self.all[index])
    }

    /// The one that begins at token `at`.
    fn beginning_at(&self, at: usize) -> Option<Introduction> {
        let index = self.all.partition_point(|it| it.tokens.0 < at);
        self.all.get(index).filter(|it| it.tokens.0 == at).copied()
    }

    /// The last one before token `at` that a definite description may mean.
    fn last_before(&self, noun: &str, at: usize) -> Option<Introduction> {
        if GENERIC_DOCUMENTS.binary_search(&noun).is_ok() {
            return self.all[..self.all.partition_point(|it| it.tokens.1 < at)].last().copied();
        }
        let indices = self.by_noun.get(noun)?;
        let next = indices.partition_point(|it| self.all[*it].tokens.1 < at);
        next.checked_sub(1).map(|it| self.all[indices[it]])
    }
}

/// The nouns by which a story calls what a verb makes: "sued", "lawsuit".
fn nouns_of_verb(verb: &str) -> Vec<&'static str> {
    const VERBS: &[&str] = &word_list!("verbs-of-documents");
    let pairs = VERBS.iter().filter_map(|it| it.split_once(' '));
    pairs.filter(|it| it.0 == verb).map(|it| it.1).collect()
}

impl Resolver<'_> {
    /// Tells each document that speaks whose it is, where the story tells it.
    pub(super) fn add_issuers(&mut self, of_source: &[Option<Resolution>]) {
        let clusters = of_source.iter().flatten().map(|it| it.cluster);
        let mut documents: Vec<usize> = clusters.filter(|it| self.is_document(*it)).collect();
        documents.sort_unstable();
        documents.dedup();
        documents.retain(|it| self.clusters[*it].affiliation.is_none());
        if documents.is_empty() {
            return;
        }
        let introductions = self.introductions();
        for document in documents {
            let issuer = self.issuer_of(document, &introductions);
            self.clusters[document].affiliation = issuer.filter(|it| *it != document);
        }
    }

    /// Whether a cluster is a document without a name.
    fn is_document(&self, cluster: usize) -> bool {
        let cluster = &self.clusters[cluster];
        let noun = cluster.head_noun.as_deref();
        !cluster.is_human && noun.is_some_and(|it| self.lexicon.classes(it).has(DocumentNoun))
    }

    /// The issuer of a document, from its own words or from its introduction.
    fn issuer_of(&self, document: usize, introductions: &Introductions) -> Option<usize> {
        let first = self.clusters[document].mentions.iter().map(|it| it.span).min()?;
        let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, first);
        let SourceKind::Nominal(nominal) = kind else { return None };
        let tokens = self.doc.tokens_in(nominal.span);
        let noun = tokens.clone().find(|it| self.doc.lower(*it) == nominal.noun)?;
        if let Some(own) = introductions.with_noun_at(noun).filter(|it| it.issuer.is_some()) {
            return own.issuer;
        }
        // "A second document, | an affidavit from Norbex"
        let apposed = introductions.beginning_at(tokens.end + 1).filter(|_| self.doc.word(tokens.end) == ",");
        if let Some(issuer) = apposed.and_then(|it| it.issuer) {
            return Some(issuer);
        }
        let last = introductions.last_before(&nominal.noun, noun).filter(|_| nominal.is_definite)?;
        let words = self.doc.span(last.tokens.0..last.tokens.1 + 1).slice(self.doc.text);
        let distance = self.doc.sentence_of(noun) - self.doc.sentence_of(last.tokens.1);
        let is_meant = distance <= MAX_SENTENCES_BACK && nominal.is_told_by(words);
        last.issuer.filter(|_| is_meant)
    }

    /// The documents that the story introduces outside quotation marks.
    fn introductions(&self) -> Introductions {
        let mut introductions = Introductions::default();
        for at in 0..self.doc.tokens.len() {
            let word = self.doc.word(at);
            if !word.starts_with(char::is_lowercase)
                || self.salience.is_quoted(self.doc.tokens[at].span.start)
            {
                continue;
            }
            let introduction = if self.doc.is(at, DocumentNoun) { self.introduction(at) } else { None };
            if let Some(introduction) = introduction {
                introductions.push(introduction, &[word]);
            }
            let nouns = nouns_of_verb(word);
            let maker = Some(at).filter(|_| !nouns.is_empty()).and_then(|it| self.subject_of(it));
            if let Some(issuer) = maker.and_then(|it| self.speaking_for(it)) {
                introductions.push(Introduction { tokens: (at, at), issuer: Some(issuer) }, &nouns);
            }
        }
        introductions
    }

    /// The introduction whose noun is token `at`; `None` where the words only refer to a document.
    fn introduction(&self, at: usize) -> Option<Introduction> {
        let sentence = self.doc.sentences.get(self.doc.sentence_of(at))?.tokens.clone();
        let start = affiliation::start_of_modifiers(self.doc, at, sentence.start);
        let opener = start.checked_sub(1).filter(|it| *it >= sentence.start)?;
        let told =
            |issuer: usize| Some(Introduction { tokens: (opener, at), issuer: self.speaking_for(issuer) });
        let word = self.doc.lower(opener);
        let is_about = DOCUMENTS_ABOUT_PEOPLE.binary_search(&self.doc.word(at)).is_ok();
        if let Some(owner) = self.owner_at(opener, &word).filter(|_| !is_about) {
            return told(owner);
        }
        let is_indefinite = matches!(word.as_str(), "a" | "an" | "another");
        let is_article = is_indefinite || matches!(word.as_str(), "the" | "this");
        let is_new = is_indefinite || matches!(word.as_str(), "its" | "his" | "her" | "their");
        let after = self.issuer_after(at, sentence.end).filter(|_| is_article);
        let before = after.or_else(|| self.publishing_subject(opener, sentence.start).filter(|_| is_article));
        if let Some(issuer) = before.or_else(|| self.speaker_in(opener, &sentence).filter(|_| is_new)) {
            return told(issuer);
        }
        is_indefinite.then_some(Introduction { tokens: (opener, at), issuer: None })
    }

    /// For whom a speaker speaks: an unnamed one for their organisation, if the story tells it. No document speaks for a document.
    fn speaking_for(&self, cluster: usize) -> Option<usize> {
        let told = &self.clusters[cluster];
        match told.kind {
            EntityKind::Person | EntityKind::Organisation | EntityKind::Place => Some(cluster),
            EntityKind::Group | EntityKind::Unnamed => {
                let is_organization = |it: &usize| self.clusters[*it].kind == EntityKind::Organisation;
                let organization = told.affiliation.filter(is_organization);
                organization.or(Some(cluster)).filter(|it| !self.is_document(*it))
            }
        }
    }

    /// The owner that stands before the words of a document: "| its | letter", "Norbex | ’s | letter".
    fn owner_at(&self, opener: usize, word: &str) -> Option<usize> {
        let span = self.doc.tokens[opener].span;
        match word {
            "'s" | "’s" | "’" | "'" => {
                let owner = opener.checked_sub(1)?;
                self.salience.cluster_at(self.doc.tokens[owner].span.start)
            }
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

    /// The issuer behind a noun: "a letter by | Ann Lee", "a statement posted on | Norbex | ’s website".
    fn issuer_after(&self, noun: usize, end: usize) -> Option<usize> {
        let start = self.end_of_title(noun + 1, end);
        let within =
            |length: usize| (start..end.min(start + length)).take_while(|it| self.doc.word(*it) != ",");
        // "posted on Norbex’s website | by | the union"
        let by = within(2 * MAX_GAP).find(|it| self.doc.word(*it) == "by");
        let is_joint = |it: &usize| matches!(self.doc.word(*it), "from" | "on" | "of");
        let joint = by.or_else(|| within(MAX_GAP + 1).find(is_joint))?;
        if self.doc.word(joint) != "on" && !affiliation::leads_to_author(self.doc, joint) {
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
        match self.doc.word(joint) {
            "by" => Some(cluster),
            "from" => Some(cluster).filter(|_| !is_place),
            "on" => Some(cluster).filter(|_| is_owner()),
            _ => None,
        }
    }

    /// The token behind the title in quotation marks that begins at a token; the token itself where none begins: "the book “Tin Men,” | by".
    fn end_of_title(&self, start: usize, end: usize) -> usize {
        let is_mark = |it: &usize| tokens::is_quotation_mark(self.doc.word(*it));
        let mut title = start + 1..end.min(start + MAX_TITLE_TOKENS);
        title.find(is_mark).filter(|_| is_mark(&start)).map_or(start, |it| it + 1)
    }

    /// Who brings out the document whose words begin at token `opener`: "The ministry published | a report".
    fn publishing_subject(&self, opener: usize, start: usize) -> Option<usize> {
        let verb = opener.checked_sub(1).filter(|it| *it > start)?;
        let verb = if self.doc.word(verb) == "out" { verb - 1 } else { verb };
        if self.doc.is(verb, PublishingVerb) { self.subject_of(verb) } else { None }
    }

    /// The subject before the verb that is token `verb`.
    fn subject_of(&self, verb: usize) -> Option<usize> {
        let start = self.doc.sentences.get(self.doc.sentence_of(verb))?.tokens.start;
        let is_helper = |it: &usize| self.doc.is(*it, Auxiliary) || self.doc.is(*it, Adverb);
        let subject = (start..verb).rev().find(|it| !is_helper(it))?;
        // "was sent a letter", "never published a report"
        if (subject + 1..verb).any(|it| self.doc.is(it, FormOfBe) || self.doc.is(it, Negation)) {
            return None;
        }
        if self.doc.is(subject, OrgNoun) && self.doc.word(subject).starts_with(char::is_lowercase) {
            return self.organization_called(&self.doc.lower(subject), self.doc.tokens[subject].span);
        }
        let mention = self.salience.last_mention_before(self.doc.tokens[verb].span)?;
        let end = self.doc.tokens_in(mention.span).end;
        // "Ann Lee, whose father | wrote", but "Ann Lee, the mayor, | wrote", "Ann Lee on Monday | wrote"
        let is_own =
            subject < end || matches!(self.doc.word(subject), "," | ")") || self.doc.is(subject, TimeWord);
        // "Victims of | Ann Lee | wrote", "Bo Ray or | Ann Lee | wrote"
        let before = self.doc.tokens_in(mention.span).start.checked_sub(1).filter(|it| *it >= start);
        let is_inner = before.is_some_and(|it| {
            self.doc.is(it, Preposition)
                || matches!(self.doc.lower(it).as_str(), "or" | "that" | "who" | "accuses" | "accused")
        });
        let is_subject = is_own
            && !is_inner
            && mention.span.start >= self.doc.tokens[start].span.start
            && end <= verb
            && verb - end <= MAX_GAP;
        is_subject.then_some(mention.cluster)
    }

    /// The only speaker of a sentence who speaks in the document whose words begin at token `opener`: "Lee said in | a letter".
    fn speaker_in(&self, opener: usize, sentence: &Range<usize>) -> Option<usize> {
        let preposition = opener.checked_sub(1).filter(|it| *it >= sentence.start)?;
        let is_medium = matches!(self.doc.lower(preposition).as_str(), "in" | "through" | "via");
        let before = preposition.checked_sub(1).map(|it| self.doc.word(it));
        if !is_medium || matches!(before, Some("quoted" | "cited" | "named" | "mentioned")) {
            return None;
        }
        let number = self.doc.sentence_of(opener);
        let speakers = self.salience.speakers_in(number).take(MAX_SPEAKERS);
        let mut speakers = speakers.filter(|it| !self.is_document(it.cluster));
        let first = speakers.next()?.cluster;
        speakers.all(|it| it.cluster == first).then_some(first)
    }
}
