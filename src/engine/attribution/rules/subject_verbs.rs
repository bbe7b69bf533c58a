//! Verbs with their own subject before them that need no clause after them: "Lee accused", "the union has called".

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::attribution::rules::{cues, sources, subjects};
use crate::engine::text::clause::ClauseView;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens;

/// The confidence of an attribution whose content is told by its verb alone.
const SUBJECT_VERB_CONFIDENCE: f32 = 0.8;

/// A verb with its subject, as ranges of items of a clause.
pub(super) struct SubjectVerb {
    pub(super) source: Range<usize>,
    /// The verb with the auxiliaries and adverbs before it.
    pub(super) cue: Range<usize>,
}

impl SubjectVerb {
    /// The verb at an item with its subject, which the second of two verbs shares; `None` where it is a participle, denied, passive,
    /// only possible or without a subject.
    pub(super) fn at(clause: ClauseView, verb: usize) -> Option<Self> {
        let start = cues::first_helper(clause, verb);
        let is_fact = !clause.lower(verb).ends_with("ing") && cues::are_plain_helpers(clause, start..verb);
        let is_coordinated = start > 1 && matches!(clause.word(start - 1), "and" | "but");
        let shared = || subjects::clause_subject(clause).filter(|it| is_coordinated && it.end < start);
        let source = is_fact.then(|| sources::source_before_cue(clause, start).or_else(shared))??;
        Some(Self { source, cue: start..verb + 1 })
    }

    /// The attribution of the items `content` to the subject.
    pub(super) fn attribution(self, clause: ClauseView, content: Range<usize>) -> Attribution {
        Attribution {
            source: Some(clause.span(self.source)),
            cue: Some(clause.span(self.cue)),
            contents: vec![clause.span(content)],
            rule: AttributionRule::SpeakerThenCue,
            act: Act::Speech,
            confidence: SUBJECT_VERB_CONFIDENCE,
        }
    }
}

/// The end of a complement without a verb of its own that begins at `start`: before a comma, a dash, a temporal clause or the next verb of
/// the subject. It is `start` where no word follows.
pub(super) fn end_of_complement(clause: ClauseView, start: usize) -> usize {
    let joins_clause = |item: usize| {
        matches!(clause.word(item), "and" | "but")
            && (clause.is(item + 1, LexicalClass::PastTense)
                || clause.is(item + 1, LexicalClass::Auxiliary)
                || clause.is(item + 1, LexicalClass::SubjectPronoun))
    };
    let ends = |item: &usize| {
        matches!(clause.word(*item), "," | ";" | ":" | "while" | "after" | "when")
            || tokens::is_dash(clause.word(*item))
            || joins_clause(*item)
    };
    let end = (start..clause.items.len()).find(ends).unwrap_or(clause.items.len());
    (start..end).rev().find(|it| clause.is_word(*it)).map_or(start, |it| it + 1)
}
