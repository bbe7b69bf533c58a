//! Sentences and marked stretches → units: clauses as a reader hears them, in which a quote is one opaque item.

use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::span::Span;

/// One step of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClauseItem {
    /// A token of the narration, by its number.
    Token(usize),
    /// A marked stretch, by its number.
    Quote(usize),
}

/// A sentence of the narration with the quotes that it holds; a quote never
/// reaches over the end of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) items: Vec<ClauseItem>,
    /// The number of the block in which it stands.
    pub(crate) block: usize,
}

/// How many items a unit may have: what is longer is no sentence, and the
/// rules of grammar look over a whole unit for each cue.
const MAX_CLAUSE_ITEMS: usize = 400;

/// The units of a story, in reading order.
pub(crate) fn clauses(sheet: &Document, marked: &[QuotedSpan]) -> Vec<Clause> {
    let mut units: Vec<Clause> = Vec::new();
    let mut items: Vec<ClauseItem> = Vec::new();
    let mut sentence = 0;
    let mut stretch = 0;
    let mut at = 0;
    while at < sheet.tokens.len() {
        let block = sheet.tokens[at].block;
        let next = if marked.get(stretch).is_some_and(|it| it.span.contains(sheet.tokens[at].span.start)) {
            items.push(ClauseItem::Quote(stretch));
            stretch += 1;
            sheet.tokens_in(marked[stretch - 1].span).end.max(at + 1)
        } else {
            items.push(ClauseItem::Token(at));
            at + 1
        };
        while sheet.sentences.get(sentence).is_some_and(|it| it.tokens.end < next) {
            sentence += 1;
        }
        let ends = sheet.sentences.get(sentence).is_some_and(|it| it.tokens.end == next);
        let leaves = sheet.tokens.get(next).is_none_or(|it| it.block != block);
        if leaves
            || items.len() >= MAX_CLAUSE_ITEMS
            || (ends && !continues_after_quote(sheet, marked, items.last(), next))
        {
            units.push(Clause { items: std::mem::take(&mut items), block });
        }
        at = next;
    }
    units
}

/// Whether a sentence that ends inside a quote's marks goes on after them:
/// "“Why?” Lee asked."
fn continues_after_quote(
    sheet: &Document,
    marked: &[QuotedSpan],
    last: Option<&ClauseItem>,
    next: usize,
) -> bool {
    let Some(ClauseItem::Quote(stretch)) = last else { return false };
    let inner = marked[*stretch].content.slice(sheet.text).trim_end();
    inner.ends_with(['?', '!', ',', '…', '—', '-'])
        && !matches!(sheet.word(next), "“" | "\"" | "''" | "``" | "«" | "‘")
}

/// A unit with what its items point to.
#[derive(Clone, Copy)]
pub(crate) struct ClauseView<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) quoted: &'a [QuotedSpan],
    pub(crate) items: &'a [ClauseItem],
}

impl<'a> ClauseView<'a> {
    /// The words of item `at`; nothing for a marked stretch and beyond the ends.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        match self.items.get(at) {
            Some(ClauseItem::Token(token)) => self.doc.word(*token),
            _ => "",
        }
    }

    /// The same in lower case.
    pub(crate) fn lower(&self, at: usize) -> String {
        self.word(at).to_lowercase()
    }

    /// The marked stretch that item `at` is, if it is one.
    pub(crate) fn quote_at(&self, at: usize) -> Option<&'a QuotedSpan> {
        match self.items.get(at) {
            Some(ClauseItem::Quote(stretch)) => self.quoted.get(*stretch),
            _ => None,
        }
    }

    /// Whether item `at` begins with a capital or is a name's initial.
    pub(crate) fn is_capitalized(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether item `at` is a word or number, not a mark.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_alphanumeric)
    }

    /// Where some items stand.
    pub(crate) fn span(&self, items: Range<usize>) -> Span {
        let place = |at: usize| match self.items[at] {
            ClauseItem::Token(token) => self.doc.tokens[token].span,
            ClauseItem::Quote(stretch) => self.quoted[stretch].span,
        };
        if items.is_empty() { Span::default() } else { place(items.start).cover(place(items.end - 1)) }
    }

    /// The first marked stretch among some items.
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
            with_document(text, |sheet| {
                let marked = quotation_marks::quoted_spans(sheet);
                let found: Vec<&str> = clauses(sheet, &marked)
                    .iter()
                    .map(|it| {
                        ClauseView { doc: sheet, quoted: &marked, items: &it.items }
                            .span(0..it.items.len())
                            .slice(text)
                    })
                    .collect();
                assert_eq!(found, expected, "{text}");
            });
        }
    }
}
