//! Party sides: whether a story tells of a party that it rules or opposes, which tells whom "the ruling party" means.

use crate::analysis::{EntityKind, MentionKind};
use crate::engine::coreference::nominal_source::NominalSource;
use crate::engine::coreference::only_holders::{Holders, ONLY_HOLDER_CERTAINTY};
use crate::engine::coreference::{Resolution, Resolver};
use crate::span::Span;

/// How many tokens a word for a side may stand before a name: "the | opposition | Harbour Party".
const MAX_TOKENS_BEFORE_NAME: usize = 2;
/// How many names of an organisation are searched for one.
const MAX_NAMES: usize = 50;

/// On which side of a parliament a party sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartySide {
    Ruling,
    Opposition,
}

impl PartySide {
    /// The side that a word in lower case tells.
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "governing" | "ruling" => Some(Self::Ruling),
            "opposition" => Some(Self::Opposition),
            _ => None,
        }
    }
}

impl Resolver<'_> {
    /// The side that the words before the noun of a description tell: "the | ruling | party".
    pub(super) fn side_of(&self, nominal: &NominalSource) -> Option<PartySide> {
        let tokens = self.doc.tokens_in(nominal.span);
        let mut words = tokens.map(|it| self.doc.lower(it)).filter(|it| *it != nominal.noun);
        words.find_map(|it| PartySide::from_word(&it)).filter(|_| nominal.is_organization)
    }

    /// Whether the story tells that an organisation is on a side.
    pub(super) fn is_on_side(&self, organization: usize, side: PartySide) -> bool {
        let names = self.clusters[organization].mentions.iter().filter(|it| it.kind == MentionKind::Name);
        let mut names = names.take(MAX_NAMES).map(|it| self.doc.token_at(it.span.start));
        names.any(|start| {
            let mut before = start.saturating_sub(MAX_TOKENS_BEFORE_NAME)..start;
            before.any(|it| PartySide::from_word(&self.doc.lower(it)) == Some(side))
        })
    }

    /// Whether the story tells that an organisation is on the side opposite to the one of a description.
    pub(super) fn is_on_other_side(&self, organization: usize, side: PartySide) -> bool {
        let other = match side {
            PartySide::Ruling => PartySide::Opposition,
            PartySide::Opposition => PartySide::Ruling,
        };
        self.is_on_side(organization, other)
    }

    /// The only organisation named before a source of which the story tells that it is on the side of a description.
    pub(super) fn only_party_of_side(&self, nominal: &NominalSource, source: Span) -> Option<Resolution> {
        let side = self.side_of(nominal).filter(|_| !nominal.is_plural)?;
        let fits = |it: usize| {
            self.clusters[it].kind == EntityKind::Organisation
                && self.is_on_side(it, side)
                && !self.is_on_other_side(it, side)
        };
        let cluster = Holders::among(self.names_before(source), fits).only()?;
        Some(Resolution { cluster, certainty: ONLY_HOLDER_CERTAINTY })
    }
}
