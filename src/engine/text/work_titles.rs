//! Titles of works: quotation marks around the name of a book, a song or a film hold no speech.

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens::TokenKind;
use crate::engine::text::word_classes;

/// Whether a quotation is the title of a work: it follows the noun for the work ("her memoir, “Plain Ladies”") or a verb
/// of performing, and has the capitals of a title.
pub(crate) fn is_work_title(doc: &Document, quoted: &QuotedSpan) -> bool {
    let opening = doc.token_at(quoted.span.start);
    let Some(before) = opening.checked_sub(1) else { return false };
    let noun = if doc.word(before) == "," { before.saturating_sub(1) } else { before };
    let is_noun = doc.is(noun, LexicalClass::WorkNoun);
    let is_performed = noun == before && doc.is(before, LexicalClass::PerformingVerb);
    (is_noun || is_performed) && doc.tokens[noun].block == quoted.block && has_title_capitals(doc, quoted)
}

/// Whether all words but the small ones have a capital.
fn has_title_capitals(doc: &Document, quoted: &QuotedSpan) -> bool {
    let is_word = |token: &usize| doc.tokens[*token].kind != TokenKind::Punctuation;
    let is_titled = |token: usize| {
        let word = doc.word(token);
        !word.starts_with(char::is_lowercase) || word_classes::is_small_title_word(word)
    };
    let mut words = doc.tokens_in(quoted.content).filter(is_word).peekable();
    words.peek().is_some() && words.all(is_titled)
}

/// Whether tokens begin with the noun phrase of a work: "the novel", "her first book".
pub(crate) fn begins_with_work(doc: &Document, start: usize, end: usize) -> bool {
    const MAX_WORDS_BEFORE_NOUN: usize = 3;
    let window = start..end.min(start + MAX_WORDS_BEFORE_NOUN);
    window.into_iter().any(|it| doc.is(it, LexicalClass::WorkNoun))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;
    use crate::engine::text::quotation_marks;

    #[test]
    fn the_name_of_a_work_is_a_title() {
        for (text, expected) in [
            ("In her book, “Plain Ladies,” she wept.", true),
            ("The spot, titled “Unfit,” ran.", true),
            ("She sang “The Last Ferry Home” there.", true),
            ("The book of Lee: “We won.”", false),
            ("He put down the book. “We won.”", false),
            ("Of the film, “We loved it,” Lee said.", false),
            ("Lee said “No” twice.", false),
        ] {
            let found = with_document(text, |doc| {
                let marked = quotation_marks::marked_spans(doc);
                marked.iter().any(|it| is_work_title(doc, it))
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
