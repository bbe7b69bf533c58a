//! Whose quotes are read, and what becomes of the rest of the story.

use std::collections::BTreeSet;

use pullquote::story::{BlockKind, Story};

use super::findings::Findings;
use super::page::Shown;

/// The speakers that are picked, by number; none means everybody.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) speakers: BTreeSet<usize>,
    /// Switched off for a while.
    pub(super) off: bool,
    pub(super) way: Way,
}

/// What becomes of that which a filter does not let through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Way {
    #[default]
    Dim,
    Fold,
    Hide,
}

impl Way {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Dim => Self::Fold,
            Self::Fold => Self::Hide,
            Self::Hide => Self::Dim,
        }
    }

    /// What it did to the others, in one word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Dim => "dimmed",
            Self::Fold => "folded",
            Self::Hide => "hidden",
        }
    }
}

impl Filter {
    pub(super) fn is_active(&self) -> bool {
        !self.off && !self.speakers.is_empty()
    }

    /// Whether a speaker's quotes are read; a member of a group speaks with the group.
    pub(super) fn lets(&self, findings: &Findings, speaker: usize) -> bool {
        if !self.is_active() || self.speakers.contains(&speaker) {
            return true;
        }
        let members = findings.who(speaker).map_or(&[][..], |it| &it.members);
        members.iter().any(|it| findings.speaker(*it).is_some_and(|it| self.speakers.contains(&it)))
    }

    /// The quotes that are read, in reading order.
    pub(super) fn quotes(&self, findings: &Findings) -> Vec<usize> {
        let lets: Vec<bool> = (0..findings.speakers.len()).map(|it| self.lets(findings, it)).collect();
        let all = 0..findings.analysis.quotes.len();
        all.filter(|it| findings.speaker_of(*it).is_some_and(|it| lets[it])).collect()
    }

    /// For each block whether it is let through: the headline, and every block with a word of a quote that is read.
    pub(super) fn blocks(&self, story: &Story, findings: &Findings) -> Vec<bool> {
        if !self.is_active() {
            return vec![true; story.blocks().len()];
        }
        let mut through: Vec<bool> = story.blocks().iter().map(|it| it.kind == BlockKind::Headline).collect();
        for quote in self.quotes(findings).into_iter().filter_map(|it| findings.quote(it)) {
            let extent = quote.extent();
            let first = story.blocks().partition_point(|it| it.span.end <= extent.start);
            let blocks = story.blocks().iter().zip(&mut through).skip(first);
            for (_, through) in blocks.take_while(|(it, _)| it.span.start < extent.end) {
                *through = true;
            }
        }
        through
    }

    /// How a block appears that is, or is not, let through.
    pub(super) fn shown(&self, through: bool) -> Shown {
        match self.way {
            Way::Fold if !through => Shown::Folded,
            Way::Hide if !through => Shown::Hidden,
            _ => Shown::Whole,
        }
    }
}
