//! Sentence splitter: groups tokens into sentences, which never cross the end of a block.

use std::ops::Range;

use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::engine::text::tokens::is_dash;
use crate::engine::text::tokens::{Token, TokenKind};
use crate::span::Span;
use crate::story::Story;
use crate::word_list::word_list;

/// Abbreviations whose dot ends no sentence before a number.
const BEFORE_NUMBERS: &[&str] = &word_list!("abbreviations-before-numbers");

/// How many closing marks and brackets a sentence may end with.
const MAX_CLOSERS: usize = 8;

/// How many digits the number of a note has at most.
const MAX_NOTE_DIGITS: usize = 2;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) tokens: Range<usize>,
    pub(crate) span: Span,
    /// The index of its block.
    pub(crate) block: usize,
}

/// The sentences of a story, in reading order; together they hold every token.
pub(crate) fn split_sentences(story: &Story, tokens: &[Token], lexicon: &Lexicon) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        if ends_sentence(story.text(), tokens, lexicon, start..at + 1) || ends_dateline(story, tokens, at) {
            let span = tokens[start].span.cover(tokens[at].span);
            sentences.push(Sentence { tokens: start..at + 1, span, block: tokens[at].block });
            start = at + 1;
        }
    }
    sentences
}

/// Whether a token is the last one of a dateline: "TARN (AP) | — |".
fn ends_dateline(story: &Story, tokens: &[Token], at: usize) -> bool {
    let dateline = story.blocks().get(tokens[at].block).and_then(|it| it.dateline);
    let ends = |dateline: Span| {
        let next = tokens.get(at + 1);
        tokens[at].span.start < dateline.end && next.is_some_and(|it| it.span.start >= dateline.end)
    };
    dateline.is_some_and(ends)
}

/// Whether `sentence` is complete with its last token.
fn ends_sentence(text: &str, tokens: &[Token], lexicon: &Lexicon, sentence: Range<usize>) -> bool {
    let (start, at) = (sentence.start, sentence.end - 1);
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.block != tokens[at].block {
        return true;
    }
    // Closing marks and brackets belong to the sentence that they close.
    let closers =
        tokens[start..=at].iter().rev().take(MAX_CLOSERS).take_while(|it| is_closer(text, it)).count();
    let Some(stop) = (at + 1).checked_sub(closers + 1).filter(|it| *it >= start) else { return false };
    let word = tokens[stop].span.slice(text);
    // "It rose.2 Engineers said": the note mark belongs to the sentence before it.
    if is_note_mark(text, tokens, at + 1) {
        return false;
    }
    if is_note_mark(text, tokens, at) {
        return may_begin_sentence(text, tokens, at + 1);
    }
    let glued = next.span.start == tokens[at].span.end;
    if is_closer(text, next) && glued {
        return false;
    }
    let is_number = word == "." && is_number_sign(text, tokens, lexicon, start..stop);
    if is_number {
        return false;
    }
    let stops = match word {
        "." | "!" | "?" | "…" | "。" => true,
        _ if word.starts_with("..") => true,
        _ => {
            tokens[stop].kind == TokenKind::Word
                && word.ends_with('.')
                && (is_sentence_opener(next.span.slice(text), lexicon)
                    || abbreviation_ends_sentence(text, tokens, lexicon, stop, at + 1))
        }
    };
    stops && may_begin_sentence(text, tokens, at + 1)
}

/// Whether a token is the number of a note directly behind the stop of a sentence, with a space behind it: "It rose.2 Engineers".
fn is_note_mark(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(stop), Some(token)) = (at.checked_sub(1).and_then(|it| tokens.get(it)), tokens.get(at)) else {
        return false;
    };
    let follows_word =
        at > 1 && tokens[at - 2].kind == TokenKind::Word && tokens[at - 2].span.end == stop.span.start;
    token.kind == TokenKind::Number
        && token.span.len() <= MAX_NOTE_DIGITS
        && stop.span.end == token.span.start
        && stop.span.slice(text) == "."
        && follows_word
        && tokens.get(at + 1).is_none_or(|it| it.span.start > token.span.end || it.block != token.block)
}

/// Whether the last of the tokens `before` a full stop is an abbreviation behind which a number follows: "Rs. 50", "Law No. 15", "Law No.
/// (10)", "constituency no. 3". "She said no. 12 left" is an answer.
fn is_number_sign(text: &str, tokens: &[Token], lexicon: &Lexicon, before: Range<usize>) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |it| it.span.slice(text));
    let Some(sign) = before.end.checked_sub(1).filter(|it| *it >= before.start) else { return false };
    let is_verb = |at: usize| {
        let verbs = [LexicalClass::Auxiliary, LexicalClass::PastTense, LexicalClass::SpeechVerb];
        lexicon.classes(&word(at).to_lowercase()).any(&verbs)
    };
    let is_sign = match word(sign) {
        "No" | "Nos" | "no" | "nos" if sign == before.start => false,
        "No" | "Nos" => tokens[sign - 1].kind == TokenKind::Word,
        "no" | "nos" => tokens[sign - 1].kind == TokenKind::Word && !is_verb(sign - 1),
        sign => BEFORE_NUMBERS.binary_search(&sign).is_ok(),
    };
    let number = sign + 2 + usize::from(word(sign + 2) == "(");
    is_sign && word(number).starts_with(|it: char| it.is_ascii_digit())
}

/// Whether the abbreviation at token `stop` ends its sentence before the word at token `next`.
fn abbreviation_ends_sentence(
    text: &str,
    tokens: &[Token],
    lexicon: &Lexicon,
    stop: usize,
    next: usize,
) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |it| it.span.slice(text));
    let classes_of = |word: &str| lexicon.classes(&word.to_lowercase());
    let (abbreviation, first) = (classes_of(word(stop)), word(next));
    // "left the U.N. Mr. Lee stayed"
    let is_dotted = word(stop).matches('.').count() > 1;
    if is_dotted && matches!(first, "Mr." | "Mrs." | "Ms." | "Mx." | "Mr" | "Mrs" | "Ms" | "Mx") {
        return true;
    }
    let is_acronym = first.chars().filter(|it| it.is_alphabetic()).all(char::is_uppercase);
    if !first.starts_with(char::is_uppercase) || is_acronym {
        return false;
    }
    // "at 4 p.m. Monday" goes on.
    if abbreviation.has(LexicalClass::EndingAbbreviation) {
        return !lexicon.classes(first).has(LexicalClass::Calendar);
    }
    // "Quay St.", but "of St. Ives"; "Acme Inc.", "Karl Dorn Jr."
    let follows_name = stop > 0 && word(stop - 1).starts_with(char::is_uppercase);
    let is_own = [LexicalClass::CommonWord, LexicalClass::FunctionWord];
    let opens_clause = classes_of(first).any(&is_own) && word(next + 1).starts_with(char::is_lowercase);
    let continues_name = [
        LexicalClass::CompanySuffix,
        LexicalClass::EventHead,
        LexicalClass::OrgHead,
        LexicalClass::OrgHeadOf,
        LexicalClass::PlaceSuffix,
        LexicalClass::StateOffice,
        LexicalClass::Title,
    ];
    let is_role = [LexicalClass::RoleNoun, LexicalClass::RoleModifier, LexicalClass::Abbreviation];
    let goes_on = lexicon.classes(first).any(&continues_name) || classes_of(first).any(&is_role);
    abbreviation.has(LexicalClass::OftenEndingAbbreviation) && follows_name && (opens_clause || !goes_on)
}

/// Whether a token closes speech or a bracket. A straight mark closes where no space is before it.
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

/// Whether a word begins a sentence far more often than it follows an abbreviation.
fn is_sentence_opener(word: &str, lexicon: &Lexicon) -> bool {
    lexicon.classes(word).has(LexicalClass::SentenceOpener) || matches!(word, "“" | "\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::text::tokens::tokenize;
    use crate::story::{Block, BlockKind, Format};

    #[test]
    fn a_dateline_is_a_sentence_of_its_own() {
        let text = "TARN (AP)--Rain fell. It was cold.";
        let dateline = Some(Span::new(0, 11));
        let block = Block { dateline, ..Block::new(BlockKind::Paragraph, Span::new(0, text.len())) };
        let story = Story::new(Format::Plain, text.into(), vec![block]);
        let lexicon = Lexicon::embedded();
        let tokens = tokenize(&story, &lexicon);
        let sentences = split_sentences(&story, &tokens, &lexicon);
        let found: Vec<&str> = sentences.iter().map(|it| it.span.slice(text)).collect();
        assert_eq!(found, ["TARN (AP)--", "Rain fell.", "It was cold."]);
    }

    #[test]
    fn a_sentence_ends_where_its_reader_pauses() {
        for (text, expected) in [
            ("It rained. We went.", vec!["It rained.", "We went."]),
            ("Mr. Lee of Acme Inc. spoke. Ann left.", vec!["Mr. Lee of Acme Inc. spoke.", "Ann left."]),
            ("He runs Acme Inc. The firm grew.", vec!["He runs Acme Inc.", "The firm grew."]),
            ("It began at 4 p.m. Ann left.", vec!["It began at 4 p.m.", "Ann left."]),
            ("It began at 4 p.m. Monday.", vec!["It began at 4 p.m. Monday."]),
            ("He ran Acme Inc. Ann left.", vec!["He ran Acme Inc.", "Ann left."]),
            ("He ran Acme Inc. Chairman Lee left.", vec!["He ran Acme Inc. Chairman Lee left."]),
            ("We met Bo Ray Jr. Nobody spoke.", vec!["We met Bo Ray Jr.", "Nobody spoke."]),
            ("We met in St. Ives on Jan. 4. Ann left.", vec!["We met in St. Ives on Jan. 4.", "Ann left."]),
            ("We met on Quay St. Fire chiefs came.", vec!["We met on Quay St.", "Fire chiefs came."]),
            ("The U.S. Senate met.", vec!["The U.S. Senate met."]),
            ("“We won!” said Lee. “Go.” Ann left.", vec!["“We won!” said Lee.", "“Go.”", "Ann left."]),
            ("\"Why?\" she asked. \"I ask.\"", vec!["\"Why?\" she asked.", "\"I ask.\""]),
            ("He left the U.N. Mr. Lee stayed.", vec!["He left the U.N.", "Mr. Lee stayed."]),
            ("He has a Ph.D. His son left.", vec!["He has a Ph.D.", "His son left."]),
            ("It is Law No. 15 now. No. 12 left.", vec!["It is Law No. 15 now.", "No.", "12 left."]),
            ("It is Law No. (10) of May. Ann left.", vec!["It is Law No. (10) of May.", "Ann left."]),
            ("She won in ward no. 3. Ann left.", vec!["She won in ward no. 3.", "Ann left."]),
            ("She said no. 12 left.", vec!["She said no.", "12 left."]),
            ("He said: \"No. Never.\" They left.", vec!["He said: \"No.", "Never.\"", "They left."]),
            ("The J. K. Ray prize… is gone.", vec!["The J. K. Ray prize… is gone."]),
        ] {
            let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
            let story = Story::new(Format::Plain, text.into(), vec![block]);
            let lexicon = Lexicon::embedded();
            let tokens = tokenize(&story, &lexicon);
            let found: Vec<&str> =
                split_sentences(&story, &tokens, &lexicon).iter().map(|it| it.span.slice(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
