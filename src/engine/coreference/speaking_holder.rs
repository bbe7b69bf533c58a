//! Speaking holders: the person with an office who spoke last, whom a noun for any office means: "Harbour chairman Bo Ray said …. | The
//! leader | said …".

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::{self, NominalSource};
use crate::engine::coreference::person_nouns;
use crate::engine::coreference::salience::SalientMention;
use crate::engine::coreference::{Resolution, Resolver};
use crate::span::Span;
use crate::word_list::word_list;

/// How certain an office means the last speaker.
const SPEAKING_HOLDER_CERTAINTY: f32 = 0.6;
/// How many sentences the last speaker may stand before the office.
const MAX_SENTENCES_BACK: usize = 4;
/// How many tokens a word of a title may stand before its name: "Chief | executive".
const MAX_TOKENS_TO_NAME: usize = 2;
/// Nouns that call the holder of any office: "the leader".
const WORDS_FOR_OFFICES: &[&str] = &word_list!("words-for-any-office");

impl Resolver<'_> {
    /// The last person who spoke before `source`, if they have an office and the noun calls holders of any office. `None` where
    /// somebody else is named behind their sentence, or somebody with an office behind them. Somebody whom the story names with this noun comes before them: see [`Self::only_holder`].
    /// `organization` is the one that the description names.
    pub(super) fn speaking_holder(
        &self,
        nominal: &NominalSource,
        organization: Option<usize>,
        source: Span,
    ) -> Option<Resolution> {
        // "The former minister" may be any former office of who spoke.
        let is_former_office = nominal.is_former && nominal.is_office(self.lexicon);
        let is_for_any_office =
            is_former_office || WORDS_FOR_OFFICES.binary_search(&nominal.noun.as_str()).is_ok();
        if !is_for_any_office || !nominal.is_definite || nominal.is_epithet {
            return None;
        }
        let last = self.salience.last_speaker(source)?;
        let sentence = self.doc.sentence_of(self.doc.token_at(source.start));
        let cluster = &self.clusters[last.cluster];
        if cluster.kind != EntityKind::Person
            || !cluster.name.contains(' ')
            || cluster.clashes_with(nominal)
            || !(1..=MAX_SENTENCES_BACK).contains(&(sentence - last.sentence))
        {
            return None;
        }
        let is_other_person = |it: usize| it != last.cluster && self.clusters[it].kind == EntityKind::Person;
        // Whom the sentence of the speaker names, the speaker told of.
        let end = self.doc.sentences[last.sentence].span.end;
        let is_rivaled = self.salience.clusters_from(end, source.start, false).any(is_other_person)
            || self
                .salience
                .clusters_from(last.span.end, end, false)
                .any(|it| is_other_person(it) && self.has_office(it));
        let is_of_other_organization =
            organization.is_some() && cluster.affiliation.is_some() && organization != cluster.affiliation;
        // "The Thai leader" is no Polish president.
        let is_of_other_people = cluster.roles.iter().any(|it| nominal.is_of_other_people(it, self.lexicon));
        // "The former Harbour Party leader" has no office now.
        let is_former = cluster.roles.iter().any(|it| nominal_source::tells_former(&it.to_lowercase()));
        let may_mean = self.has_office(last.cluster)
            && (is_former || !nominal.is_former)
            && !self.is_told_of_other(nominal, last, source);
        (may_mean && !is_rivaled && !is_of_other_organization && !is_of_other_people)
            .then_some(Resolution { cluster: last.cluster, certainty: SPEAKING_HOLDER_CERTAINTY })
    }

    /// Whether a person has an office that such a noun may mean.
    pub(super) fn has_office(&self, person: usize) -> bool {
        let roles = &self.clusters[person].roles;
        roles.iter().flat_map(|it| it.split([' ', '-'])).any(|it| person_nouns::is_office(self.lexicon, it))
    }

    /// Whether the words from the sentence of the last speaker on have the noun, and not in the speaker's own title: "Minister Ann Lee said
    /// that the union had a new | leader |. The leader said …".
    fn is_told_of_other(&self, nominal: &NominalSource, last: &SalientMention, source: Span) -> bool {
        let speaker = self.doc.tokens_in(last.span);
        let start = self.doc.sentences[last.sentence].tokens.start;
        let is_title = |at: usize| at < speaker.end && at + MAX_TOKENS_TO_NAME >= speaker.start;
        (start..self.doc.token_at(source.start)).any(|it| self.doc.lower(it) == nominal.noun && !is_title(it))
    }
}
