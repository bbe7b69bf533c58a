//! A story → who “I” is in it, and “you”: the one whom an interview asks, else the one who wrote it.

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::span::Span;
use crate::story::{Block, BlockKind};

/// How many questions make an interview.
const MIN_INTERVIEW_QUESTIONS: usize = 3;

/// The one whom "I" means outside all marks, by actor; in an interview "you" is the same one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Narrator {
    interviewee: Option<usize>,
    author: Option<usize>,
}

impl Narrator {
    pub(crate) fn new(doc: &Document, names: &[EntityMention], of_name: &[usize]) -> Self {
        let blocks = doc.story.blocks();
        let people = names.iter().zip(of_name).filter(|it| it.0.kind == EntityKind::Person);
        let kind = |name: &EntityMention| doc.story.block_at(name.span.start).map(|it| blocks[it].kind);
        let people: Vec<(&EntityMention, usize, Option<BlockKind>)> =
            people.map(|(name, actor)| (name, *actor, kind(name))).collect();
        let byline = |it: &&(&EntityMention, usize, Option<BlockKind>)| it.2 == Some(BlockKind::Byline);
        let author = people.iter().find(byline).map(|it| it.1);
        let questions: Vec<&Block> = blocks.iter().filter(|it| is_question(doc, it)).collect();
        let first = questions.get(MIN_INTERVIEW_QUESTIONS - 1).map(|_| questions[0].span.start);
        // Whoever is named most before the first question answers it.
        let before = |start: usize| people.iter().filter(move |it| it.0.span.start < start && !byline(it));
        let interviewee = first.and_then(|start| {
            let times = |actor: usize| before(start).filter(|it| it.1 == actor).count();
            before(start).rev().max_by_key(|it| times(it.1)).map(|it| it.1)
        });
        Self { interviewee, author }
    }

    /// Whom "I" and "we" mean at `source`.
    pub(crate) fn first_person(&self, doc: &Document, source: Span) -> Option<usize> {
        if is_in_question(doc, source) { None } else { self.interviewee.or(self.author) }
    }

    /// Whom "you" means at `source`.
    pub(crate) fn second_person(&self, doc: &Document, source: Span) -> Option<usize> {
        self.interviewee.filter(|_| is_in_question(doc, source))
    }
}

fn is_in_question(doc: &Document, source: Span) -> bool {
    doc.story.block_at(source.start).is_some_and(|it| is_question(doc, &doc.story.blocks()[it]))
}

/// Whether a block asks somebody something: "When did you leave?"
fn is_question(doc: &Document, block: &Block) -> bool {
    let words = block.span.slice(doc.text);
    let spoken =
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Item | BlockKind::Turn);
    let you = || doc.tokens_in(block.span).any(|it| matches!(doc.lower(it).as_str(), "you" | "your"));
    spoken && words.ends_with('?') && you()
}
