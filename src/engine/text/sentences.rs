//! Tokens → sentences: runs of tokens that end with a full stop and never leave their block.

use std::ops::Range;

use crate::engine::text::tokens::{Token, TokenKind};
use crate::engine::text::word_classes::is_dash;
use crate::span::Span;

/// How many closing marks and brackets may stand at the end of a sentence.
const MAX_CLOSERS: usize = 8;

/// One sentence: which tokens, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) tokens: Range<usize>,
    pub(crate) span: Span,
    /// The number of the block in which it stands.
    pub(crate) block: usize,
}

/// The sentences of a story, in reading order; together they hold every token.
pub(crate) fn split_sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        if ends_sentence(text, tokens, start, at) {
            let span = tokens[start].span.cover(tokens[at].span);
            sentences.push(Sentence { tokens: start..at + 1, span, block: tokens[at].block });
            start = at + 1;
        }
    }
    sentences
}

/// Whether the sentence that begins with token `start` ends with token `at`.
fn ends_sentence(text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.block != tokens[at].block {
        return true;
    }
    // Closing marks and brackets belong to the sentence that they close; a row of them is read in one go.
    let closers =
        tokens[start..=at].iter().rev().take(MAX_CLOSERS).take_while(|it| is_closer(text, it)).count();
    let Some(stop) = (at + 1).checked_sub(closers + 1).filter(|it| *it >= start) else { return false };
    let word = tokens[stop].span.slice(text);
    let glued = next.span.start == tokens[at].span.end;
    if is_closer(text, next) && glued {
        return false;
    }
    let stops = match word {
        "." | "!" | "?" | "…" | "。" => true,
        _ if word.starts_with("..") => true,
        // A dot that belongs to a word ends a sentence only before a word that begins many.
        _ => {
            tokens[stop].kind == TokenKind::Word
                && word.ends_with('.')
                && is_sentence_opener(next.span.slice(text))
        }
    };
    stops && may_begin_sentence(text, tokens, at + 1)
}

/// Whether a token closes speech or a bracket. A straight mark closes where it
/// leans on what stands before it.
fn is_closer(text: &str, token: &Token) -> bool {
    match token.span.slice(text) {
        "”" | "’" | "»" | "''" | ")" | "]" | "›" => true,
        "\"" | "'" => text[..token.span.start].chars().next_back().is_some_and(|it| !it.is_whitespace()),
        _ => false,
    }
}

/// Whether a sentence may begin with token `at`.
fn may_begin_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let first = tokens[at..].iter().take(3).find(|it| {
        it.kind != TokenKind::Punctuation
            || is_dash(it.span.slice(text))
            || matches!(it.span.slice(text), "," | ";" | ":")
    });
    first.is_none_or(|it| {
        !it.span.slice(text).starts_with(char::is_lowercase) && it.kind != TokenKind::Punctuation
    }) || matches!(tokens[at].span.slice(text), "•" | "–" | "—" | "―")
}

/// Words that begin a sentence far more often than they follow an abbreviation.
fn is_sentence_opener(word: &str) -> bool {
    const OPENERS: &[&str] = &[
        "A", "After", "An", "And", "As", "At", "But", "He", "Her", "His", "However", "I", "If", "In", "It",
        "Its", "On", "Our", "She", "That", "The", "Their", "There", "These", "They", "This", "Those", "We",
        "What", "When", "While", "You", "“", "\"",
    ];
    OPENERS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::engine::text::tokens::tokenize;
    use crate::story::{Block, BlockKind, Format, Story};

    #[test]
    fn a_sentence_ends_where_its_reader_pauses() {
        for (text, expected) in [
            ("It rained. We went.", vec!["It rained.", "We went."]),
            ("Mr. Lee of Acme Inc. spoke. Ann left.", vec!["Mr. Lee of Acme Inc. spoke.", "Ann left."]),
            ("He runs Acme Inc. The firm grew.", vec!["He runs Acme Inc.", "The firm grew."]),
            ("“We won!” said Lee. “Go.” Ann left.", vec!["“We won!” said Lee.", "“Go.”", "Ann left."]),
            ("\"Why?\" she asked. \"I ask.\"", vec!["\"Why?\" she asked.", "\"I ask.\""]),
            ("He said: \"No. Never.\" They left.", vec!["He said: \"No.", "Never.\"", "They left."]),
            ("The J. K. Ray prize… is gone.", vec!["The J. K. Ray prize… is gone."]),
        ] {
            let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
            let story = Story::new(Format::Plain, text.into(), vec![block]);
            let tokens = tokenize(&story, &HashSet::from(["mr.", "inc."]));
            let found: Vec<&str> =
                split_sentences(text, &tokens).iter().map(|it| it.span.slice(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
