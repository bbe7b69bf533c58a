//! Document: a story with its tokens, sentences and lexical classes, and the look-ups that all stages share.

use std::ops::Range;

use crate::engine::text::lexicon::{LexicalClass, LexicalClasses, Lexicon};
use crate::engine::text::sentences::{self, Sentence};
use crate::engine::text::tokens::{self, Token, TokenKind};
use crate::span::Span;
use crate::story::Story;

/// A word in small letters among so many tokens on each side of an acronym shows that the text is not all in capitals.
const MAX_NEIGHBORS: usize = 3;

/// A story divided into tokens and sentences.
pub(crate) struct Document<'a> {
    pub(crate) story: &'a Story,
    pub(crate) text: &'a str,
    /// In reading order; no token crosses the end of a block.
    pub(crate) tokens: Vec<Token>,
    /// In reading order; together they hold every token.
    pub(crate) sentences: Vec<Sentence>,
    /// The first token of each block; for one without tokens, that of the next block.
    block_starts: Vec<usize>,
    /// The lexical classes of what `lower` gives for each token.
    classes: Vec<LexicalClasses>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(story: &'a Story, lexicon: &Lexicon) -> Self {
        let text = story.text();
        let tokens = tokens::tokenize(story, lexicon);
        let sentences = sentences::split_sentences(story, &tokens, lexicon);
        let start = |block: usize| tokens.partition_point(|it| it.block < block);
        let block_starts = (0..story.blocks().len()).map(start).collect();
        let mut document = Self { story, text, tokens, sentences, block_starts, classes: Vec::new() };
        let classes_at = |it: usize| lexicon.classes(&document.lower(it));
        document.classes = (0..document.tokens.len()).map(classes_at).collect();
        document
    }

    /// The text of token `at`; empty behind the last token.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |it| it.span.slice(self.text))
    }

    /// The text of token `at` in lower case, so that it can be looked up; empty behind the last token. Acronyms that would be pronouns
    /// keep their capitals: "says WHO".
    pub(crate) fn lower(&self, at: usize) -> String {
        let word = self.word(at);
        if self.is_acronym(at, word) { word.to_owned() } else { word.to_lowercase() }
    }

    /// Whether the `word` of token `at` is "IT", "US" or "WHO" in a text that is not all in capitals.
    fn is_acronym(&self, at: usize, word: &str) -> bool {
        if !matches!(word, "IT" | "US" | "WHO") {
            return false;
        }
        let block = self.tokens[at].block;
        let neighbors = at.saturating_sub(MAX_NEIGHBORS)..self.tokens.len().min(at + MAX_NEIGHBORS + 1);
        let neighbors = self.tokens[neighbors].iter().filter(|it| it.block == block);
        neighbors.into_iter().any(|it| it.span.slice(self.text).starts_with(char::is_lowercase))
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

    /// The first token of the block that holds token `at`; `at` itself behind the last token.
    pub(crate) fn block_start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(at, |it| self.block_starts[it.block])
    }

    /// Whether a line begins with token `at`, or the story ends before it.
    pub(crate) fn begins_line(&self, at: usize) -> bool {
        let (Some(before), Some(token)) =
            (at.checked_sub(1).and_then(|it| self.tokens.get(it)), self.tokens.get(at))
        else {
            return true;
        };
        let gap = self.text.get(before.span.end..token.span.start).unwrap_or_default();
        self.block_start(at) == at || gap.contains('\n')
    }

    /// Whether the words of a phrase, which single spaces part, stand at a token, in whatever case.
    pub(crate) fn has_phrase_at(&self, token: usize, phrase: &str) -> bool {
        let mut words = phrase.split(' ').enumerate();
        words.all(|(number, word)| self.word(token + number).eq_ignore_ascii_case(word))
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
