//! Roles in headlines: the person who holds a bare role in a headline ("Mayor denies …").

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::only_holders::Holders;
use crate::engine::coreference::{Resolution, Resolver};
use crate::span::Span;
use crate::story::BlockKind;

/// How certain a role in a headline means one of several people who hold it.
const SHARED_ROLE_CERTAINTY: f32 = 0.6;

impl Resolver<'_> {
    /// The person who holds the bare role in a headline: "Mayor denies …". The story may name them later.
    pub(super) fn role_in_headline(&self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        let block = self.doc.story.block_at(source.start).map(|it| self.doc.story.blocks()[it].kind);
        let is_headline = matches!(block, Some(BlockKind::Headline | BlockKind::Standfirst));
        if !is_headline || !nominal.is_bare || nominal.is_plural || !nominal.is_human {
            return None;
        }
        let holds = |it: usize| {
            let cluster = &self.clusters[it];
            cluster.kind == EntityKind::Person
                && cluster.roles.iter().any(|it| nominal.matches_role(it, self.lexicon))
        };
        match Holders::among(self.cluster_of_mention.iter().copied(), holds) {
            Holders::Nobody => None,
            Holders::Only(cluster) => Some(Resolution::certain(cluster)),
            Holders::Several(cluster) => Some(Resolution { cluster, certainty: SHARED_ROLE_CERTAINTY }),
        }
    }
}
