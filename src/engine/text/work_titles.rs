//! Titles of works: quotation marks around the name of a book, a song or a film hold no speech.

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;
use crate::word_list::word_list;

/// Words that have no capital inside a title.
const LOWERCASE_WORDS: &[&str] = &word_list!("title-lowercase-words");

/// Whether a word has no capital within a title ("How Towns Got Left **in the** Cold").
pub(crate) fn is_small_title_word(word: &str) -> bool {
    LOWERCASE_WORDS.binary_search(&word).is_ok()
}

/// Whether a quotation is the title of a work: it has the capitals of a title and stands after the noun for the work ("her
/// memoir, “Plain Ladies”"), after a verb of performing ("opened with ‘The Last Ferry’") or naming, before that noun ("the “Morning Line” show"), after its owner
/// ("Tarn Radio’s “Morning Line”"), or as a subject ("“The Last Ferry” was written in May").
pub(crate) fn is_work_title(doc: &Document, quoted: &QuotedSpan) -> bool {
    let opening = doc.token_at(quoted.span.start);
    if is_given_name(doc, quoted) {
        return true;
    }
    if !has_title_capitals(doc, quoted.content) {
        return false;
    }
    let Some(before) = opening.checked_sub(1) else { return is_subject(doc, quoted) };
    let noun = if doc.word(before) == "," { before.saturating_sub(1) } else { before };
    let is_noun = doc.is(noun, LexicalClass::WorkNoun);
    let opens_with = doc.word(before) == "with"
        && before > 0
        && matches!(
            doc.lower(before - 1).as_str(),
            "opened" | "opens" | "closed" | "closes" | "began" | "begins" | "ended" | "ends" | "finished"
        );
    let names = matches!(doc.word(before), "named" | "titled" | "entitled" | "headlined");
    // "the third episode, called “Ashes,” …"
    let follows_comma = before > 0 && doc.word(before - 1) == ",";
    let names = names || follows_comma && matches!(doc.word(before), "called" | "dubbed");
    let has_several_words = doc.count_words(quoted.content) > 1;
    let is_written = matches!(doc.word(before), "authored" | "penned" | "wrote") && has_several_words;
    let is_performed =
        noun == before && (doc.is(before, LexicalClass::PerformingVerb) || opens_with || names || is_written);
    let is_in_block = |token: usize| doc.tokens.get(token).is_some_and(|it| it.block == quoted.block);
    let is_part = doc.word(before) == "of"
        && before > 0
        && (doc.is(before - 1, LexicalClass::WorkNoun)
            // "the author of “The Last Ferry”"
            || doc.is(before - 1, LexicalClass::RoleNoun)
            || PART_NOUNS.contains(&doc.lower(before - 1).as_str()));
    (is_noun || is_performed || is_part) && is_in_block(noun) || is_named_phrase(doc, quoted, before)
}

/// Whether words in quotation marks are the name of a thing that a verb or a preposition before it makes its object: "launched a card
/// called “Kelp”", "with a plan dubbed “open doors”".
fn is_given_name(doc: &Document, quoted: &QuotedSpan) -> bool {
    const MAX_NAME_WORDS: usize = 6;
    const MAX_NOUN_TOKENS: usize = 10;
    let Some(verb) = doc.token_at(quoted.span.start).checked_sub(1) else { return false };
    let names = matches!(
        doc.word(verb),
        "called" | "christened" | "dubbed" | "entitled" | "named" | "nicknamed" | "titled"
    );
    if !names || doc.count_words(quoted.content) > MAX_NAME_WORDS || doc.tokens[verb].block != quoted.block {
        return false;
    }
    let is_noun_word = |token: &usize| {
        doc.tokens[*token].block == quoted.block
            && doc.tokens[*token].kind != TokenKind::Punctuation
            && !doc.is(*token, LexicalClass::Determiner)
            && !doc.is(*token, LexicalClass::ClauseBoundary)
            && !doc.is(*token, LexicalClass::Auxiliary)
            && !doc.is(*token, LexicalClass::SubjectPronoun)
    };
    let words = (verb.saturating_sub(MAX_NOUN_TOKENS)..verb).rev().take_while(is_noun_word).count();
    let article = (verb - words).checked_sub(1).filter(|_| words > 0);
    let governs = |token: usize| {
        doc.tokens[token].block == quoted.block
            && doc.tokens[token].kind == TokenKind::Word
            && doc.word(token).starts_with(char::is_lowercase)
            && !doc.is(token, LexicalClass::ClauseBoundary)
            && !matches!(doc.word(token), "and" | "or")
    };
    article.is_some_and(|it| matches!(doc.word(it), "a" | "an") && it > 0 && governs(it - 1))
}

/// Nouns for a part or a rendering of a work: "a clip of “The Last Ferry”".
const PART_NOUNS: &[&str] = &word_list!("work-part-nouns");

/// How many words may stand between a title and the noun for the work: "the “Morning Line” | radio | show".
const MAX_WORDS_BEFORE_WORK: usize = 2;

/// Whether words in quotation marks are the name in a noun phrase: an owner stands before them, the noun for a work after
/// them, or they open a sentence whose verb follows.
fn is_named_phrase(doc: &Document, quoted: &QuotedSpan, before: usize) -> bool {
    if !ends_no_sentence(doc, quoted) {
        return false;
    }
    let after = doc.token_at(quoted.span.end);
    let is_in_block = |token: usize| doc.tokens.get(token).is_some_and(|it| it.block == quoted.block);
    let is_owned = matches!(doc.word(before), "'s" | "’s") && is_in_block(before);
    let has_article = is_in_block(before)
        && (doc.is(before, LexicalClass::Determiner)
            || matches!(doc.lower(before).as_str(), "his" | "her" | "its" | "their"));
    let is_work = |token: usize| doc.is(token, LexicalClass::WorkNoun);
    let is_before_work = || {
        (after..=after + MAX_WORDS_BEFORE_WORK).take_while(|it| is_in_block(*it)).any(is_work)
            && !quoted.content.slice(doc.text).ends_with(',')
    };
    let opens_sentence = !is_in_block(before) || matches!(doc.word(before), "." | "?" | "!");
    is_owned || has_article && is_before_work() || opens_sentence && is_subject(doc, quoted)
}

/// Whether several words are all that stands in quotation marks and no sentence ends with them.
fn ends_no_sentence(doc: &Document, quoted: &QuotedSpan) -> bool {
    const MIN_WORDS: usize = 2;
    let content = quoted.content.slice(doc.text).trim_end();
    doc.count_words(quoted.content) >= MIN_WORDS && !content.ends_with(['!', '?', '…', '.'])
}

/// Whether words in quotation marks at the start of a sentence are the subject of the verb that follows.
fn is_subject(doc: &Document, quoted: &QuotedSpan) -> bool {
    let after = doc.token_at(quoted.span.end);
    ends_no_sentence(doc, quoted)
        && !quoted.content.slice(doc.text).trim_end().ends_with(',')
        && doc.tokens.get(after).is_some_and(|it| it.block == quoted.block)
        && matches!(doc.word(after), "is" | "was" | "has" | "had" | "will")
}

/// Whether all words but the small ones have a capital.
pub(crate) fn has_title_capitals(doc: &Document, words: Span) -> bool {
    let is_word = |token: &usize| doc.tokens[*token].kind != TokenKind::Punctuation;
    let is_titled = |token: usize| {
        let word = doc.word(token);
        !word.starts_with(char::is_lowercase) || is_small_title_word(word)
    };
    let mut words = doc.tokens_in(words).filter(is_word).peekable();
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
            ("Lee spoke on Tarn Radio’s “Morning Line” today.", true),
            ("Callers to her “Morning Line” radio show wept.", true),
            ("Ray saw a clip of “The Last Ferry” there.", true),
            ("“The Last Ferry” was written in May.", true),
            ("The third part, called “Ashes,” ran.", true),
            ("Lee, who wrote “How to Bury a King,” spoke.", true),
            ("Lee wrote: “Thank You Tarn!”", false),
            ("Lee launched a card called “kelp” in May.", true),
            ("He voted for a plan by Bo Ray dubbed “open doors”.", true),
            ("“No,” says Ann Lee, the author of “The Last Ferry”.", true),
            ("A witness called “Stop!” twice.", false),
            ("It was an insult that a clerk called “a blow”.", false),
            ("It was an insult the mayor called “a blow”.", false),
            ("“We Won!” was all that Lee said.", false),
            ("Lee’s “We won” was heard.", false),
            ("Lee’s “Maybe” was heard.", false),
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
