//! Clauses: sentences of the narration in which each quote is one opaque item.

use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::span::Span;

/// How many items a clause may have. What is longer is no sentence, and the rules look over a whole clause for each cue.
const MAX_CLAUSE_ITEMS: usize = 400;

/// One item of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClauseItem {
    /// A token of the narration, by its index.
    Token(usize),
    /// A quoted span, by its index.
    Quote(usize),
}

/// A sentence of the narration with its quotes. A sentence that ends inside a quote does not end the clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) items: Vec<ClauseItem>,
    /// The index of its block.
    pub(crate) block: usize,
}

/// The clauses of a story, in reading order.
pub(crate) fn clauses(doc: &Document, quoted: &[QuotedSpan]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut items: Vec<ClauseItem> = Vec::new();
    let mut sentence = 0;
    let mut quote = 0;
    let mut at = 0;
    while at < doc.tokens.len() {
        let block = doc.tokens[at].block;
        let next = if quoted.get(quote).is_some_and(|it| it.span.contains(doc.tokens[at].span.start)) {
            items.push(ClauseItem::Quote(quote));
            quote += 1;
            doc.tokens_in(quoted[quote - 1].span).end.max(at + 1)
        } else {
            items.push(ClauseItem::Token(at));
            at + 1
        };
        while doc.sentences.get(sentence).is_some_and(|it| it.tokens.end < next) {
            sentence += 1;
        }
        let ends_sentence = doc.sentences.get(sentence).is_some_and(|it| it.tokens.end == next);
        let ends_block = doc.tokens.get(next).is_none_or(|it| it.block != block);
        let ends_clause = ends_sentence && !continues_after_quote(doc, quoted, items.last(), next);
        if ends_block || items.len() >= MAX_CLAUSE_ITEMS || ends_clause {
            clauses.push(Clause { items: std::mem::take(&mut items), block });
        }
        at = next;
    }
    clauses
}

/// Whether a sentence that ends inside a quote continues after it: "“Why?” Lee asked."
fn continues_after_quote(
    doc: &Document,
    quoted: &[QuotedSpan],
    last: Option<&ClauseItem>,
    next: usize,
) -> bool {
    let Some(ClauseItem::Quote(quote)) = last else { return false };
    let content = quoted[*quote].content.slice(doc.text).trim_end();
    content.ends_with(['?', '!', ',', '…', '—', '-'])
        && !matches!(doc.word(next), "“" | "\"" | "''" | "``" | "«" | "‘")
}

/// A clause with the document and the quoted spans that its items refer to.
#[derive(Clone, Copy)]
pub(crate) struct ClauseView<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) quoted: &'a [QuotedSpan],
    pub(crate) items: &'a [ClauseItem],
}

impl<'a> ClauseView<'a> {
    /// The text of item `at`; empty for a quote and behind the last item.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |it| self.doc.word(it))
    }

    /// The text of item `at` in lower case, so that it can be looked up; empty for a quote and behind the last item.
    pub(crate) fn lower(&self, at: usize) -> String {
        self.token(at).map_or_else(String::new, |it| self.doc.lower(it))
    }

    /// Whether item `at` in lower case belongs to a lexical class; false for a quote and behind the last item.
    pub(crate) fn is(&self, at: usize, class: LexicalClass) -> bool {
        self.token(at).is_some_and(|it| self.doc.is(it, class))
    }

    /// The index of the token that item `at` is; `None` for a quote and behind the last item.
    pub(crate) fn token(&self, at: usize) -> Option<usize> {
        match self.items.get(at) {
            Some(ClauseItem::Token(token)) => Some(*token),
            _ => None,
        }
    }

    /// The item that a token is; `None` where the clause does not have it outside its quotes.
    pub(crate) fn item_of_token(&self, token: usize) -> Option<usize> {
        let offset = self.doc.tokens[token].span.start;
        let start = |item: &ClauseItem| match item {
            ClauseItem::Token(token) => self.doc.tokens[*token].span.start,
            ClauseItem::Quote(quote) => self.quoted[*quote].span.start,
        };
        let at = self.items.partition_point(|it| start(it) < offset);
        (self.token(at) == Some(token)).then_some(at)
    }

    /// The quoted span that item `at` is; `None` for a token and behind the last item.
    pub(crate) fn quote_at(&self, at: usize) -> Option<&'a QuotedSpan> {
        match self.items.get(at) {
            Some(ClauseItem::Quote(quote)) => self.quoted.get(*quote),
            _ => None,
        }
    }

    /// Whether item `at` starts with a capital letter.
    pub(crate) fn is_capitalized(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether item `at` is a word or a number.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_alphanumeric)
    }

    /// The span from the first to the last of some items; empty where there are none.
    pub(crate) fn span(&self, items: Range<usize>) -> Span {
        let span_of = |at: usize| match self.items[at] {
            ClauseItem::Token(token) => self.doc.tokens[token].span,
            ClauseItem::Quote(quote) => self.quoted[quote].span,
        };
        if items.is_empty() { Span::default() } else { span_of(items.start).cover(span_of(items.end - 1)) }
    }

    /// The first of some items that is a quote; `None` where none is.
    pub(crate) fn first_quote_in(&self, mut items: Range<usize>) -> Option<usize> {
        items.find(|it| self.quote_at(*it).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;
    use crate::engine::text::quotation_marks;

    #[test]
    fn a_unit_holds_whole_quotes_and_ends_with_its_sentence() {
        for (text, expected) in [
            ("“Why? Why now?” Lee asked. Ann left.", vec!["“Why? Why now?” Lee asked.", "Ann left."]),
            ("“We won. We did,” said Lee. “Go.”", vec!["“We won. We did,” said Lee.", "“Go.”"]),
            ("“We won.” Ann left.", vec!["“We won.”", "Ann left."]),
            ("“Who?” “Me!”", vec!["“Who?”", "“Me!”"]),
            ("One.\n“Two.\n“Three.”", vec!["One.", "“Two.", "“Three.”"]),
        ] {
            with_document(text, |doc| {
                let quoted = quotation_marks::quoted_spans(doc);
                let found: Vec<&str> = clauses(doc, &quoted)
                    .iter()
                    .map(|it| {
                        ClauseView { doc, quoted: &quoted, items: &it.items }
                            .span(0..it.items.len())
                            .slice(text)
                    })
                    .collect();
                assert_eq!(found, expected, "{text}");
            });
        }
    }
}
