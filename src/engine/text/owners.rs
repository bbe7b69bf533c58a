//! Owners: the possessive before a noun phrase ("The child's | father").

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;

/// An owner has at most this many tokens: "The head of the town's | sister".
const MAX_OWNER_TOKENS: usize = 6;

/// The first token of the noun phrase at token `start` with its owner; `start` where none stands before it in the sentence, which
/// begins at token `floor`.
pub(crate) fn owner_start(doc: &Document, start: usize, floor: usize) -> usize {
    let is_possessive = |token: usize| matches!(doc.word(token), "'s" | "’s");
    if start <= floor || !is_possessive(start - 1) {
        return start;
    }
    let is_phrase_word = |it: &usize| doc.tokens[*it].kind != TokenKind::Punctuation || is_possessive(*it);
    let search_from = start.saturating_sub(MAX_OWNER_TOKENS).max(floor);
    let words = (search_from..start).rev().take_while(is_phrase_word);
    let article = words.clone().find(|it| doc.is(*it, LexicalClass::Determiner));
    let is_name = |it: &usize| {
        let is_capitalized = doc.word(*it).starts_with(char::is_uppercase);
        is_capitalized && !doc.is(*it, LexicalClass::FunctionWord) || is_possessive(*it)
    };
    let name = words.take_while(is_name).last().filter(|it| it + 1 < start);
    article.or(name).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;

    #[test]
    fn an_owner_begins_with_its_article_or_its_name() {
        for (text, noun, expected) in [
            ("The child's father left.", "father", "The child's father"),
            ("Later Ann Lee’s brother left.", "brother", "Ann Lee’s brother"),
            ("Late rain, the head of the town's sister said.", "sister", "the town's sister"),
            ("Her brother left.", "brother", "brother"),
        ] {
            let found = with_document(text, |doc| {
                let at = doc.token_at(text.find(noun).unwrap_or_default());
                doc.span(owner_start(doc, at, 0)..at + 1).slice(text).to_owned()
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
