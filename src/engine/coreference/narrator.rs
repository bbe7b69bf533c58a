//! The narrator: whom "I" and "you" mean outside quotation marks, in an interview or a story in the first person.

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::span::Span;
use crate::story::{Block, BlockKind};

/// A story with this many questions is an interview.
const MIN_INTERVIEW_QUESTIONS: usize = 3;

/// The clusters of the people whom "I" and "you" can mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrator {
    /// The person who answers in an interview; `None` in other stories.
    interviewee: Option<usize>,
    /// The first person of a byline; `None` where there is none.
    author: Option<usize>,
}

impl Narrator {
    /// Finds author and interviewee. `cluster_of_mention` has the cluster of each of the `mentions`.
    pub(crate) fn new(doc: &Document, mentions: &[EntityMention], cluster_of_mention: &[usize]) -> Self {
        let blocks = doc.story.blocks();
        let is_in_byline = |mention: &EntityMention| {
            let block = doc.story.block_at(mention.span.start).map(|it| blocks[it].kind);
            block == Some(BlockKind::Byline)
        };
        let all = mentions.iter().zip(cluster_of_mention.iter().copied());
        let people = all.filter(|(mention, _)| mention.kind == EntityKind::Person);
        let (in_byline, in_story): (Vec<_>, Vec<_>) = people.partition(|(mention, _)| is_in_byline(mention));
        let author = in_byline.first().map(|(_, cluster)| *cluster);
        let questions: Vec<&Block> = blocks.iter().filter(|it| is_question(doc, it)).collect();
        let first_question = questions.first().filter(|_| questions.len() >= MIN_INTERVIEW_QUESTIONS);
        // The person with the most mentions before the first question answers it.
        let interviewee = first_question.and_then(|question| {
            let is_before = |mention: &EntityMention| mention.span.start < question.span.start;
            let introduced: Vec<usize> = in_story
                .iter()
                .filter(|(mention, _)| is_before(mention))
                .map(|(_, cluster)| *cluster)
                .collect();
            let count = |cluster: usize| introduced.iter().filter(|it| **it == cluster).count();
            introduced.iter().rev().copied().max_by_key(|cluster| count(*cluster))
        });
        Self { interviewee, author }
    }

    /// The cluster of "I" or "we" at `source`; `None` in a question.
    pub(crate) fn first_person(&self, doc: &Document, source: Span) -> Option<usize> {
        if is_in_question(doc, source) { None } else { self.interviewee.or(self.author) }
    }

    /// The cluster of "you" at `source`; `None` outside questions.
    pub(crate) fn second_person(&self, doc: &Document, source: Span) -> Option<usize> {
        self.interviewee.filter(|_| is_in_question(doc, source))
    }
}

fn is_in_question(doc: &Document, source: Span) -> bool {
    doc.story.block_at(source.start).is_some_and(|it| is_question(doc, &doc.story.blocks()[it]))
}

/// Whether a block asks somebody something: "When did you leave?"
fn is_question(doc: &Document, block: &Block) -> bool {
    let may_be_spoken =
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Item | BlockKind::Turn);
    let is_you = |token: usize| matches!(doc.lower(token).as_str(), "you" | "your");
    may_be_spoken && block.span.slice(doc.text).ends_with('?') && doc.tokens_in(block.span).any(is_you)
}
