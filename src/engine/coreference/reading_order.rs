//! Reading order: the sources, pronouns and antecedents of a story that are resolved one after the other, as a reader meets them.

use std::ops::Range;

use crate::engine::coreference::Resolver;
use crate::engine::coreference::antecedents::{self, JointNames};
use crate::engine::coreference::plural_phrases::{JoinedSubjects, PluralPhrases};
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;
use crate::span::Span;

/// What is resolved in reading order.
#[derive(Debug)]
pub(super) enum Item {
    /// A source, by its number.
    Source(usize),
    /// A pronoun of the narration, by its token.
    Pronoun(usize, Pronoun),
    /// Joint names, to which "they" may refer.
    Joint(JointNames),
    /// Subjects that "and" joins, not both of them names.
    Joined(JoinedSubjects),
    /// The tokens of a subject without a name: several people, or an organisation.
    Subject(Range<usize>),
    /// The tokens of several people without a name who are no subject.
    Object(Range<usize>),
}

impl Item {
    /// Where it stands in the order. Antecedents come before the sources that begin at the same byte.
    pub(super) fn order(&self, doc: &Document, sources: &[Span]) -> (usize, usize, usize) {
        let span = |at: usize| doc.tokens[at].span;
        match self {
            Self::Joint(joint) => (joint.span.start, 0, joint.span.end),
            Self::Joined(joined) => (span(joined.tokens.start).start, 1, 0),
            Self::Subject(tokens) | Self::Object(tokens) => (span(tokens.start).start, 1, 0),
            Self::Source(source) => (sources[*source].start, 2, sources[*source].end),
            Self::Pronoun(at, _) => (span(*at).start, 3, 0),
        }
    }
}

impl Resolver<'_> {
    /// The sources, the `pronouns` of the narration beside them, and the groups to which they may refer.
    pub(super) fn items(
        &self,
        sources: &[Span],
        sorted: &[Span],
        pronouns: Vec<(usize, Pronoun)>,
    ) -> Vec<Item> {
        let is_quoted = |offset: usize| self.salience.is_quoted(offset);
        let is_source = |at: usize| sorted.binary_search(&self.doc.tokens[at].span).is_ok();
        let is_in_name = |at: usize| self.entity_mentions.covering(at).is_some();
        let begins_source = |at: usize| {
            let start = self.doc.tokens[at].span.start;
            sorted.get(sorted.partition_point(|it| it.start < start)).is_some_and(|it| it.start == start)
        };
        let pronouns = pronouns.into_iter().filter(|(at, _)| !is_source(*at) && !is_in_name(*at));
        let joints = antecedents::joint_names(self.doc, self.entity_mentions);
        let joints = joints.into_iter().filter(|it| !is_quoted(it.span.start));
        let phrases =
            PluralPhrases { doc: self.doc, entity_mentions: self.entity_mentions, lexicon: self.lexicon };
        let organizations = antecedents::organization_subjects(self.doc, is_quoted);
        let subjects = phrases.subjects(is_quoted).into_iter().chain(organizations);
        let subjects = subjects.filter(|it| !begins_source(it.start));
        let objects = phrases.objects(is_quoted).into_iter().filter(|it| !begins_source(it.start));
        let joined = phrases.joined_subjects(is_quoted);
        (0..sources.len())
            .map(Item::Source)
            .chain(pronouns.map(|(at, pronoun)| Item::Pronoun(at, pronoun)))
            .chain(joints.map(Item::Joint))
            .chain(joined.into_iter().map(Item::Joined))
            .chain(subjects.map(Item::Subject))
            .chain(objects.map(Item::Object))
            .collect()
    }
}
