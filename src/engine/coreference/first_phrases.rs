//! First phrases: the words by which a story introduced whom a definite description calls without a name: "A commercial court in Tarn closed the
//! mill. … | The court | said …".

use std::ops::Range;

use crate::analysis::MentionKind;
use crate::engine::coreference::antecedents::with_complement;
use crate::engine::coreference::nominal_source::{NominalSource, is_preposition};
use crate::engine::coreference::salience::is_aside;
use crate::engine::coreference::source_phrase::{self, SourceKind};
use crate::engine::coreference::{Resolution, Resolver, cluster, person_nouns};
use crate::engine::text::lexicon::LexicalClass::{
    Adverb, Auxiliary, Determiner, FormOfBe, FunctionWord, PastTense, SpeechVerb,
};
use crate::engine::text::tokens::TokenKind;

/// How many tokens before a description its first phrase is looked for.
const MAX_TOKENS_BACK: usize = 300;
/// How many words may stand between the article and the noun: "a | special harbour | court".
const MAX_MODIFIERS: usize = 4;

impl Resolver<'_> {
    /// A new cluster for a description, with the words that introduced it, or the cluster that they have already.
    pub(super) fn add_introduced(&mut self, nominal: &NominalSource) -> usize {
        let first = self.first_phrase(nominal).and_then(|it| {
            let span = self.doc.span(it);
            let kind = source_phrase::classify(self.doc, self.entity_mentions, self.lexicon, span);
            let SourceKind::Nominal(first) = kind else { return None };
            (first.noun == nominal.noun).then_some(first)
        });
        let Some(first) = first else { return self.add_described(nominal) };
        if let Some(known) = self.resolved.get(&first.span) {
            return known.cluster;
        }
        let cluster = self.add_described(nominal);
        let affiliation = self.organization_behind(&first);
        let told = &mut self.clusters[cluster];
        if first.span.len() > nominal.span.len() {
            told.name = cluster::name_of_description(self.doc, first.span);
        }
        told.affiliation = told.affiliation.or(affiliation);
        self.add_mention(Resolution::certain(cluster), first.span, MentionKind::Description);
        cluster
    }

    /// The tokens of the last indefinite phrase before a description that has its words, if it is the only one that tells more: not of two courts.
    fn first_phrase(&self, nominal: &NominalSource) -> Option<Range<usize>> {
        // "The union has a new leader": an office may be anybody's.
        let is_office = person_nouns::is_office(self.lexicon, &nominal.noun);
        let may_be_introduced =
            nominal.is_organization || nominal.is_human && !nominal.is_epithet && !is_office;
        let is_plain = nominal.is_definite
            && !nominal.is_plural
            && !nominal.is_document
            && !nominal.is_former
            && nominal.complement.is_empty();
        if !is_plain || !may_be_introduced {
            return None;
        }
        let tokens = self.doc.tokens_in(nominal.span);
        let words: Vec<String> = (tokens.start + 1..tokens.end).map(|it| self.doc.lower(it)).collect();
        let window = tokens.start.saturating_sub(MAX_TOKENS_BACK)..tokens.start;
        let has_words = |phrase: &Range<usize>| {
            words.iter().all(|word| phrase.clone().any(|it| self.doc.lower(it) == *word))
        };
        let nouns = window.rev().filter(|it| self.doc.lower(*it) == nominal.noun);
        let mut phrases = nouns.filter_map(|it| self.indefinite_phrase(it));
        let has_modifiers = |it: &Range<usize>| it.len() > 2;
        let last = phrases.next().filter(|it| has_modifiers(it) && has_words(it))?;
        (!phrases.any(|it| has_modifiers(&it))).then_some(last)
    }

    /// The tokens of the narrated phrase with "a" or "an" whose noun is a token, with its complement; `None` where it only tells what somebody is ("as a spokesman",
    /// "is a spokesman") or the noun is a modifier ("a court | notice").
    fn indefinite_phrase(&self, noun: usize) -> Option<Range<usize>> {
        let span = self.doc.tokens[noun].span;
        if self.salience.is_quoted(span.start) || is_aside(self.doc, span) {
            return None;
        }
        let floor = self.doc.sentences.get(self.doc.sentence_of(noun))?.tokens.start;
        let first = floor.max(noun.saturating_sub(MAX_MODIFIERS + 1));
        let article = (first..noun).rev().find(|it| self.doc.is(*it, Determiner))?;
        let is_modifier = |it: usize| {
            self.doc.tokens[it].kind == TokenKind::Word
                && !self.doc.is(it, FunctionWord)
                && !self.doc.is(it, Auxiliary)
                && !is_preposition(&self.doc.lower(it))
        };
        let is_indefinite = matches!(self.doc.lower(article).as_str(), "a" | "an");
        let before = article.checked_sub(1).filter(|it| *it >= floor);
        let is_predicate = before.is_some_and(|it| {
            self.doc.is(it, FormOfBe) || matches!(self.doc.lower(it).as_str(), "as" | "like" | "," | "than")
        });
        let next = self.doc.tokens.get(noun + 1).map(|_| noun + 1);
        let ends = next.is_none_or(|it| {
            self.doc.tokens[it].kind == TokenKind::Punctuation
                || [Adverb, Auxiliary, FunctionWord, PastTense, SpeechVerb]
                    .iter()
                    .any(|class| self.doc.is(it, *class))
                || is_preposition(&self.doc.lower(it))
        });
        let is_phrase = is_indefinite && !is_predicate && ends && (article + 1..noun).all(is_modifier);
        is_phrase.then(|| article..with_complement(self.doc, self.entity_mentions, noun + 1))
    }
}
