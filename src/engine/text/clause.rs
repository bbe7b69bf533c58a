//! Sentences and marked stretches → units: clauses as a reader hears them, in which a quote is one opaque item.

use std::ops::Range;

use crate::engine::text::document::Sheet;
use crate::engine::text::quotation_marks::Marked;
use crate::span::Span;

/// One step of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A token of the narration, by its number.
    Word(usize),
    /// A marked stretch, by its number.
    Marked(usize),
}

/// A sentence of the narration with the quotes that it holds; a quote never
/// reaches over the end of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) items: Vec<Item>,
    /// The number of the block in which it stands.
    pub(crate) block: usize,
}

/// How many items a unit may have: what is longer is no sentence, and the
/// rules of grammar look over a whole unit for each cue.
const LONGEST: usize = 400;

/// The units of a story, in reading order.
pub(crate) fn units(sheet: &Sheet, marked: &[Marked]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    let mut sentence = 0;
    let mut stretch = 0;
    let mut at = 0;
    while at < sheet.tokens.len() {
        let block = sheet.tokens[at].block;
        let next = if marked.get(stretch).is_some_and(|it| it.span.contains(sheet.tokens[at].span.start)) {
            items.push(Item::Marked(stretch));
            stretch += 1;
            sheet.tokens_in(marked[stretch - 1].span).end.max(at + 1)
        } else {
            items.push(Item::Word(at));
            at + 1
        };
        while sheet.sentences.get(sentence).is_some_and(|it| it.tokens.end < next) {
            sentence += 1;
        }
        let ends = sheet.sentences.get(sentence).is_some_and(|it| it.tokens.end == next);
        let leaves = sheet.tokens.get(next).is_none_or(|it| it.block != block);
        if leaves || items.len() >= LONGEST || (ends && !goes_on(sheet, marked, items.last(), next)) {
            units.push(Unit { items: std::mem::take(&mut items), block });
        }
        at = next;
    }
    units
}

/// Whether a sentence that ends inside a quote's marks goes on after them:
/// "“Why?” Lee asked."
fn goes_on(sheet: &Sheet, marked: &[Marked], last: Option<&Item>, next: usize) -> bool {
    let Some(Item::Marked(stretch)) = last else { return false };
    let inner = marked[*stretch].inner.of(sheet.text).trim_end();
    inner.ends_with(['?', '!', ',', '…', '—', '-'])
        && !matches!(sheet.word(next), "“" | "\"" | "''" | "``" | "«" | "‘")
}

/// A unit with what its items point to.
#[derive(Clone, Copy)]
pub(crate) struct Clause<'a> {
    pub(crate) sheet: &'a Sheet<'a>,
    pub(crate) marked: &'a [Marked],
    pub(crate) items: &'a [Item],
}

impl<'a> Clause<'a> {
    /// The words of item `at`; nothing for a marked stretch and beyond the ends.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        match self.items.get(at) {
            Some(Item::Word(token)) => self.sheet.word(*token),
            _ => "",
        }
    }

    /// The same in lower case.
    pub(crate) fn lower(&self, at: usize) -> String {
        self.word(at).to_lowercase()
    }

    /// The marked stretch that item `at` is, if it is one.
    pub(crate) fn stretch(&self, at: usize) -> Option<&'a Marked> {
        match self.items.get(at) {
            Some(Item::Marked(stretch)) => self.marked.get(*stretch),
            _ => None,
        }
    }

    /// Whether item `at` begins with a capital or is a name's initial.
    pub(crate) fn capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether item `at` is a word or number, not a mark.
    pub(crate) fn wordy(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_alphanumeric)
    }

    /// Where some items stand.
    pub(crate) fn span(&self, items: Range<usize>) -> Span {
        let place = |at: usize| match self.items[at] {
            Item::Word(token) => self.sheet.tokens[token].span,
            Item::Marked(stretch) => self.marked[stretch].span,
        };
        if items.is_empty() { Span::default() } else { place(items.start).cover(place(items.end - 1)) }
    }

    /// The first marked stretch among some items.
    pub(crate) fn quote_in(&self, mut items: Range<usize>) -> Option<usize> {
        items.find(|it| self.stretch(*it).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_sheet;
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
            with_sheet(text, |sheet| {
                let marked = quotation_marks::marked(sheet);
                let found: Vec<&str> = units(sheet, &marked)
                    .iter()
                    .map(|it| {
                        Clause { sheet, marked: &marked, items: &it.items }.span(0..it.items.len()).of(text)
                    })
                    .collect();
                assert_eq!(found, expected, "{text}");
            });
        }
    }
}
