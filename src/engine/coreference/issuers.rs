//! Issuers: whose a document is that speaks without their name: "The ministry said in a letter … | The letter | added …", "her website",
//! "a second document, an affidavit from Norbex".
//!
//! The story introduces a document where it tells of it first ([`introductions`]): with its owner, with its author ([`authors`]), behind a verb of
//! publishing ([`publishers`]), or as that in which somebody speaks. Later "the letter" is the last one introduced. Where an organisation brought it out, the two
//! are one entity.

mod authors;
mod introductions;
mod publishers;

use crate::analysis::{EntityKind, MentionKind};
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::issuers::introductions::Introduction;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::salience::SalientMention;
use crate::engine::coreference::source_phrase::{self, SourceKind};
use crate::engine::coreference::{Resolution, Resolver, person_nouns};
use crate::engine::entities::mention_search::MentionSearch;
use crate::span::Span;
use crate::word_list::word_list;

pub(super) use crate::engine::coreference::issuers::introductions::Introductions;

/// How many sentences after its introduction a document that has not spoken is still meant.
const MAX_SENTENCES_BACK: usize = 15;
/// How many introductions are searched for one whose noun may call the same document.
const MAX_INTRODUCTIONS_BACK: usize = 8;
/// Nouns by which a story calls one document: "study" and "report", "statement" and "letter".
const DOCUMENTS_ALIKE: [&[&str]; 2] = [&word_list!("nouns-for-studies"), &word_list!("nouns-for-letters")];

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
        self.read_introductions(self.doc.tokens.len());
        for document in documents {
            let issuer = self.issuer_of(document);
            self.clusters[document].affiliation = issuer.filter(|it| *it != document);
        }
    }

    /// The cluster of a document that an organisation brought out, as the story told before: "Norbex published a report … | The report". A new
    /// one where none of its words spoke.
    pub(super) fn introduced_document(
        &mut self,
        nominal: &NominalSource,
        source: Span,
        known: Option<Resolution>,
    ) -> Option<Resolution> {
        if !nominal.is_document || !nominal.is_definite {
            return None;
        }
        let at = self.doc.token_at(source.start);
        self.read_introductions(at);
        let introduction = self.introduction_meant(nominal, at)?.clone();
        let is_organization = |it: &usize| self.clusters[*it].kind == EntityKind::Organisation;
        let issuer = introduction.issuer.filter(is_organization)?;
        let words = self.doc.span(introduction.phrase.clone());
        let last = known.and_then(|it| self.clusters[it.cluster].mentions.last());
        let is_newer = last.is_none_or(|it| it.span.end <= words.start);
        if !is_newer || self.doc.lower(introduction.noun) != nominal.noun {
            return None;
        }
        if let Some(known) = self.resolved.get(&words) {
            return Some(Resolution::certain(known.cluster));
        }
        // "Norbex put out its yearly review. | The review | says …": only words with the issuer name it better.
        let mut names = self.entity_mentions.inside(&introduction.phrase);
        let names_issuer = names.any(|it| self.cluster_of_mention[it] == issuer);
        let span = if names_issuer { words } else { nominal.span };
        let cluster = Cluster::from_description(self.doc, &NominalSource { span, ..nominal.clone() });
        let document =
            Resolution::certain(self.add_cluster(Cluster { affiliation: Some(issuer), ..cluster }));
        self.add_mention(document, words, MentionKind::Description);
        Some(document)
    }

    /// Whether a cluster is a document.
    fn is_document(&self, cluster: usize) -> bool {
        self.clusters[cluster].kind == EntityKind::Document
    }

    /// The issuer whom the words of a document tell: "a statement by Norbex".
    pub(super) fn issuer_in_words(&self, nominal: &NominalSource) -> Option<usize> {
        let issuer = self.introduction(self.noun_of(nominal)?)?.issuer?;
        self.speaking_for(issuer)
    }

    /// The token of the noun of a description.
    fn noun_of(&self, nominal: &NominalSource) -> Option<usize> {
        self.doc.tokens_in(nominal.span).find(|it| self.doc.lower(*it) == nominal.noun)
    }

    /// The issuer of a document, from its own words or from its introduction.
    fn issuer_of(&self, document: usize) -> Option<usize> {
        let first = self.clusters[document].mentions.iter().map(|it| it.span).min()?;
        let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, first);
        let SourceKind::Nominal(nominal) = kind else { return None };
        let noun = self.noun_of(&nominal)?;
        let told = |it: Introduction| it.issuer.and_then(|it| self.speaking_for(it));
        if let Some(own) = self.introduction(noun)
            && own.issuer.is_some()
        {
            return told(own);
        }
        // "A second document, | an affidavit from Norbex"
        let comma = self.doc.token_at(nominal.span.end);
        let apposed = self.introductions.beginning_at(comma + 1).filter(|_| self.doc.word(comma) == ",");
        let apposed = apposed.cloned().and_then(told);
        apposed.or_else(|| self.introduction_meant(&nominal, noun).cloned().and_then(told))
    }

    /// The introduction that a definite description at a token means.
    fn introduction_meant(&self, nominal: &NominalSource, at: usize) -> Option<&Introduction> {
        let last = self
            .introductions
            .last_before(&nominal.noun, at)
            .or_else(|| self.introduction_of_like(nominal, at));
        let last = last.filter(|_| nominal.is_definite)?;
        let words = self.doc.span(last.phrase.clone());
        let distance = self.doc.sentence_of(at) - self.doc.sentence_of(last.noun);
        let is_remembered = distance <= MAX_SENTENCES_BACK || self.resolved.contains_key(&words);
        (is_remembered && nominal.is_told_by(words.slice(self.doc.text))).then_some(last)
    }

    /// The last introduction before a token whose noun may call the same document as that of a description, if no other document has spoken
    /// behind it: "a study by Norbex … | the report".
    fn introduction_of_like(&self, nominal: &NominalSource, at: usize) -> Option<&Introduction> {
        let kind = DOCUMENTS_ALIKE.iter().find(|it| it.binary_search(&nominal.noun.as_str()).is_ok())?;
        let is_alike = |it: &Introduction| kind.binary_search(&self.doc.word(it.noun)).is_ok();
        let mut before = self.introductions.before(at).rev().take(MAX_INTRODUCTIONS_BACK);
        let found = before.find(|it| is_alike(it))?;
        let words = self.doc.span(found.phrase.clone());
        let mut speakers = self.salience.speakers_before(nominal.span);
        let last = speakers.find(|it| self.is_document(it.cluster));
        let is_same = |it: &SalientMention| {
            self.clusters[it.cluster].head_noun.as_deref() == Some(self.doc.word(found.noun))
        };
        let is_last = last.is_none_or(|it| it.span.start < words.end || is_same(it));
        is_last.then_some(found)
    }

    /// For whom a speaker speaks: an unnamed one for their organisation, if the story tells it. No document speaks for a document.
    fn speaking_for(&self, cluster: usize) -> Option<usize> {
        let told = &self.clusters[cluster];
        match told.kind {
            EntityKind::Person | EntityKind::Organisation | EntityKind::Place => Some(cluster),
            EntityKind::Document => None,
            EntityKind::Group | EntityKind::Unnamed => {
                let is_organization = |it: &usize| self.clusters[*it].kind == EntityKind::Organisation;
                // "Norbex workers" do not write for Norbex.
                let noun = told.head_noun.as_deref().unwrap_or_default();
                let speaks = person_nouns::leads_or_speaks(noun.strip_suffix('s').unwrap_or(noun));
                let organization = told.affiliation.filter(|it| speaks && is_organization(it));
                organization.or(Some(cluster))
            }
        }
    }
}
