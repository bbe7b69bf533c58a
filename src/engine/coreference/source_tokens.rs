//! The tokens of a source: its words without what the tagger took along at its ends.

use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// The tokens of a source without punctuation and "'s" at the ends, and without connectives before it.
pub(crate) fn trim_tokens(doc: &Document, source: Span) -> Range<usize> {
    let mut tokens = doc.tokens_in(source);
    // "31% reported a loss": the share is who was asked.
    let is_trimmed = |at: usize| {
        doc.tokens[at].kind == TokenKind::Punctuation && doc.word(at) != "%"
            || matches!(doc.word(at), "'s" | "’s")
    };
    let is_connective = |at: usize| doc.is(at, LexicalClass::LeadingConnective);
    // "said Ann Lee": the tagger took the cue for a part of the source.
    let is_cue = |at: usize| {
        doc.is(at, LexicalClass::SpeechVerb)
            && doc.word(at).starts_with(char::is_lowercase)
            && doc.word(at + 1).starts_with(char::is_uppercase)
    };
    let is_before = |at: usize| is_trimmed(at) || is_connective(at) || is_cue(at);
    while !tokens.is_empty() && is_before(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && is_trimmed(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}
