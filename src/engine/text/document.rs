//! A story as the stages read it: its text, tokens and sentences, with the small questions that all of them ask.

use crate::engine::text::sentences::Sentence;
use crate::engine::text::tokens::Token;
use crate::span::Span;
use crate::story::Story;

/// A story cut into tokens and sentences.
pub(crate) struct Document<'a> {
    pub(crate) story: &'a Story,
    pub(crate) text: &'a str,
    /// In reading order; none of them crosses a block.
    pub(crate) tokens: Vec<Token>,
    /// In reading order; together they hold every token.
    pub(crate) sentences: Vec<Sentence>,
}

impl<'a> Document<'a> {
    /// The words of token `at`; nothing beyond the ends of the story.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |it| it.span.slice(self.text))
    }

    /// The same in lower case.
    pub(crate) fn lower(&self, at: usize) -> String {
        self.word(at).to_lowercase()
    }

    /// The number of the first token that ends after the byte at `place`.
    pub(crate) fn token_at(&self, place: usize) -> usize {
        self.tokens.partition_point(|it| it.span.end <= place)
    }

    /// The tokens that a stretch of text touches.
    pub(crate) fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.token_at(span.start);
        let end = start + self.tokens[start..].partition_point(|it| it.span.start < span.end);
        start..end
    }

    /// The number of the sentence that token `at` belongs to.
    pub(crate) fn sentence_of(&self, at: usize) -> usize {
        self.sentences.partition_point(|it| it.tokens.end <= at).min(self.sentences.len().saturating_sub(1))
    }

    /// The stretch from the first to the last of some tokens.
    pub(crate) fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }
}
