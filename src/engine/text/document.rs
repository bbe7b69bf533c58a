//! Document: a story with its tokens, sentences and lexical classes, and the look-ups that all stages share.

use std::ops::Range;

use crate::engine::text::lexicon::{LexicalClass, LexicalClasses, Lexicon};
use crate::engine::text::sentences::{self, Sentence};
use crate::engine::text::tokens::{self, Token, TokenKind};
use crate::span::Span;
use crate::story::Story;

/// A story divided into tokens and sentences.
pub(crate) struct Document<'a> {
    pub(crate) story: &'a Story,
    pub(crate) text: &'a str,
    /// In reading order; no token crosses the end of a block.
    pub(crate) tokens: Vec<Token>,
    /// In reading order; together they hold every token.
    pub(crate) sentences: Vec<Sentence>,
    /// The lexical classes of each token in lower case.
    classes: Vec<LexicalClasses>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(story: &'a Story, lexicon: &Lexicon) -> Self {
        let text = story.text();
        let tokens = tokens::tokenize(story, lexicon);
        let sentences = sentences::split_sentences(text, &tokens, lexicon);
        let lowercase_classes = |it: &Token| lexicon.classes(&it.span.slice(text).to_lowercase());
        let classes = tokens.iter().map(lowercase_classes).collect();
        Self { story, text, tokens, sentences, classes }
    }

    /// The text of token `at`; empty behind the last token.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |it| it.span.slice(self.text))
    }

    /// The text of token `at` in lower case; empty behind the last token.
    pub(crate) fn lower(&self, at: usize) -> String {
        self.word(at).to_lowercase()
    }

    /// Whether token `at` in lower case belongs to a lexical class; false behind the last token.
    pub(crate) fn is(&self, at: usize, class: LexicalClass) -> bool {
        self.classes.get(at).is_some_and(|it| it.has(class))
    }

    /// The index of the first token that ends after the byte at `offset`.
    pub(crate) fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|it| it.span.end <= offset)
    }

    /// The tokens that overlap a span.
    pub(crate) fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.token_at(span.start);
        let end = start + self.tokens[start..].partition_point(|it| it.span.start < span.end);
        start..end
    }

    /// The number of tokens in a span that are not punctuation.
    pub(crate) fn count_words(&self, span: Span) -> usize {
        self.tokens_in(span).filter(|it| self.tokens[*it].kind != TokenKind::Punctuation).count()
    }

    /// The index of the sentence that holds token `at`; the last sentence behind the last token.
    pub(crate) fn sentence_of(&self, at: usize) -> usize {
        self.sentences.partition_point(|it| it.tokens.end <= at).min(self.sentences.len().saturating_sub(1))
    }

    /// The span from the first to the last of some tokens; empty where there are none.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        match self.tokens.get(tokens) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }
}
