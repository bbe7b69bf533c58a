//! Only holders: the one person or body of the story that a definite description fits, however far back it was named.

use crate::analysis::EntityKind;
use crate::engine::coreference::affiliation::AffiliationFinder;
use crate::engine::coreference::cluster::NAMED_ORGANIZATION_SCORE;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::{Resolution, Resolver};
use crate::span::Span;
use crate::word_list::word_list;

/// How certain a description means the only person or body that fits it.
const ONLY_HOLDER_CERTAINTY: f32 = 0.8;
/// How many names are searched for them.
pub(super) const MAX_NAMES_BACK: usize = 200;
/// Nouns for whoever leads a body or speaks for it, in lower case.
const LEADERS_AND_SPOKESPEOPLE: &[&str] = &word_list!("leaders-and-spokespeople");

impl Resolver<'_> {
    /// The only person or body that the story has named before `source` with the role or the noun of a description, however far back: "the
    /// Pope" where Pope Francis is named once.
    pub(super) fn only_holder(&self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        let before = self.entity_mentions.partition_point(|it| it.span.start < source.start);
        let fits = |it: &usize| {
            let cluster = &self.clusters[*it];
            let score = cluster.description_score(nominal, self.lexicon);
            match cluster.kind {
                EntityKind::Person => {
                    nominal.is_human && !nominal.is_epithet && score.is_some_and(|it| it > 0.0)
                }
                // "The agency" may be any body: its noun must stand in the name.
                EntityKind::Organisation => {
                    nominal.complement.is_empty() && score.is_some_and(|it| it >= NAMED_ORGANIZATION_SCORE)
                }
                _ => false,
            }
        };
        let near = self.cluster_of_mention[..before].iter().rev().take(MAX_NAMES_BACK);
        let mut holders = near.copied().filter(fits);
        let holder = holders.next().filter(|_| !nominal.is_plural)?;
        let is_only = holders.all(|it| it == holder);
        is_only.then_some(Resolution { cluster: holder, certainty: ONLY_HOLDER_CERTAINTY })
    }

    /// The only person whom the story has named before a description with a body, whom its head or its voice means: "the NHB spokesman" for
    /// "Ann Lee, director of the National Harbour Board (NHB)".
    pub(super) fn only_person_of_body(&self, nominal: &NominalSource) -> Option<usize> {
        let is_head = LEADERS_AND_SPOKESPEOPLE.binary_search(&nominal.noun.as_str()).is_ok();
        if !is_head || !nominal.is_definite || nominal.is_plural || nominal.is_former {
            return None;
        }
        let finder = AffiliationFinder { doc: self.doc, entity_mentions: self.entity_mentions };
        let body = self.cluster_of_mention[finder.behind_nominal(nominal)?];
        let before = self.entity_mentions.partition_point(|it| it.span.start < nominal.span.start);
        let belongs = |it: &usize| {
            let cluster = &self.clusters[*it];
            cluster.kind == EntityKind::Person && cluster.affiliation == Some(body)
        };
        let near = self.cluster_of_mention[..before].iter().rev().take(MAX_NAMES_BACK);
        let mut people = near.copied().filter(belongs);
        let person = people.next()?;
        let is_only = people.all(|it| it == person);
        (is_only && !self.clusters[person].clashes_with(nominal)).then_some(person)
    }
}
