//! Tokenizer: splits a story's blocks into words, numbers and punctuation, each with its span.

use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::span::Span;
use crate::story::Story;

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TokenKind {
    /// Letters, with what belongs inside a word: "don't", "US-led", "U.S.", "Mr.", "AT&T".
    Word,
    /// Digits, with what belongs inside a number: "1,000.5", "9:30".
    Number,
    /// Punctuation: one character, or one of `''`, ` `` `, `--`, `...`.
    Punctuation,
}

/// A word, a number or punctuation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    /// The index of its block.
    pub(crate) block: usize,
}

/// Whether a token is a dash of any length.
pub(crate) fn is_dash(token: &str) -> bool {
    matches!(token, "-" | "–" | "—" | "―" | "--" | "---")
}

/// Whether a token is the score of a match: "70-44".
pub(crate) fn is_score(token: &str) -> bool {
    let mut sides = token.split(['-', '–']);
    let is_number = |side: &str| !side.is_empty() && side.bytes().all(|it| it.is_ascii_digit());
    sides.clone().count() == 2 && sides.all(is_number)
}

/// Whether a token is a quotation mark of any style but angles.
pub(crate) fn is_quotation_mark(token: &str) -> bool {
    !token.is_empty() && token.chars().all(|it| matches!(it, '“' | '”' | '"' | '‘' | '’' | '\'' | '`'))
}

/// All tokens of a story's blocks, in reading order. Abbreviations of the lexicon keep their last dot.
pub(crate) fn tokenize(story: &Story, lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(story.text().len() / 5);
    for (number, block) in story.blocks().iter().enumerate() {
        let tokenizer = Tokenizer { text: story.text(), end: block.span.end, block: number, lexicon };
        let mut at = block.span.start;
        while let Some(token) = tokenizer.next_token(at) {
            at = token.span.end;
            match split_possessive(token, story.text()) {
                Some(both) => tokens.extend(both),
                None => tokens.push(token),
            }
        }
    }
    tokens
}

/// "Kerry's" as "Kerry" and "'s".
fn split_possessive(token: Token, text: &str) -> Option<[Token; 2]> {
    let word = token.span.slice(text);
    let owner = ["'s", "’s", "'S", "’S"].iter().find_map(|it| word.strip_suffix(it))?;
    let cut = token.span.start + owner.len();
    let part = |start, end| Token { span: Span::new(start, end), ..token };
    Some([part(token.span.start, cut), part(cut, token.span.end)])
}

/// The tokenizer of one block.
struct Tokenizer<'a> {
    text: &'a str,
    /// The byte at which the block ends.
    end: usize,
    /// The index of the block.
    block: usize,
    lexicon: &'a Lexicon,
}

impl Tokenizer<'_> {
    /// The next token at or after the byte `at`; `None` at the end of the block.
    fn next_token(&self, at: usize) -> Option<Token> {
        let rest = &self.text[at..self.end];
        let start = at + rest.find(|it: char| !it.is_whitespace())?;
        let first = self.text[start..].chars().next()?;
        let (end, class) = if first.is_alphanumeric() {
            let end = self.word_end(start);
            let figure = !self.text[start..end].contains(char::is_alphabetic);
            (end, if figure { TokenKind::Number } else { TokenKind::Word })
        } else {
            (start + self.punctuation_length(start, first), TokenKind::Punctuation)
        };
        Some(Token { span: Span::new(start, end), kind: class, block: self.block })
    }

    /// The end of a word that starts at byte `start`.
    fn word_end(&self, start: usize) -> usize {
        let word = &self.text[start..self.end];
        if let Some(length) = self.degree_length(word) {
            return start + length;
        }
        let mut end = start;
        let mut before = ' ';
        let mut chars = word.char_indices().peekable();
        while let Some((offset, here)) = chars.next() {
            let after = chars.peek().map_or(' ', |it| it.1);
            if !is_word_char(here) && !joins_word(before, here, after) {
                break;
            }
            before = here;
            end = start + offset + here.len_utf8();
        }
        if self.text[end..self.end].starts_with('.') && self.keeps_dot(start, end) { end + 1 } else { end }
    }

    /// The length of the listed abbreviation with a small letter before its inner dot with which a text begins: "Ph.D.".
    fn degree_length(&self, text: &str) -> Option<usize> {
        const MAX_DEGREE_BYTES: usize = 8;
        let head = &text[..text.floor_char_boundary(MAX_DEGREE_BYTES)];
        let inner = head.find('.').filter(|it| *it > 0 && head.is_ascii())?;
        let length = inner + 1 + head[inner + 1..].find('.')? + 1;
        let is_mixed = head[..length].contains(char::is_lowercase) && head.starts_with(char::is_uppercase);
        let is_listed =
            || self.lexicon.classes(&head[..length].to_lowercase()).has(LexicalClass::Abbreviation);
        (is_mixed && is_listed()).then_some(length)
    }

    /// Whether the dot at byte `end` belongs to the word before it: "Mr.", "U.S.", "J.".
    fn keeps_dot(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        let mut letters = word.chars();
        let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        let last = self.text[end + 1..self.end].trim_start().is_empty();
        let acronym = word.contains('.') && word.split('.').all(|it| it.chars().count() == 1);
        let is_listed = || {
            let dotted = format!("{word}.").to_lowercase();
            self.lexicon.classes(&dotted).has(LexicalClass::Abbreviation)
        };
        acronym || (initial && !last) || is_listed()
    }

    /// The length in bytes of the punctuation that starts at byte `start`.
    fn punctuation_length(&self, start: usize, first: char) -> usize {
        let rest = &self.text[start..self.end];
        match first {
            '\'' | '`' if rest[1..].starts_with(first) => 2,
            '.' | '-' => rest.len() - rest.trim_start_matches(first).len(),
            _ => first.len_utf8(),
        }
    }
}

/// Whether a character is a letter or digit, or belongs to the one before it (combining marks, joiners).
fn is_word_char(ch: char) -> bool {
    ch.is_alphanumeric() || matches!(ch, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '_')
}

/// Whether `here` joins the parts of one word or number.
fn joins_word(before: char, here: char, after: char) -> bool {
    match here {
        '-' | '‐' | '‑' | '\'' | '’' | '&' | '/' | '@' => {
            after.is_alphanumeric() && is_word_char(before)
        }
        // "A$AP", "P!nk"
        '$' => before.is_alphabetic() && after.is_alphabetic(),
        '!' => before.is_uppercase() && after.is_lowercase(),
        ',' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
        // A dot without a space after it still ends a sentence: "It rained.The", "It rained.2 The".
        '.' => {
            after.is_alphanumeric()
                && is_word_char(before)
                && !(before.is_lowercase() && (after.is_uppercase() || after.is_ascii_digit()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{Block, BlockKind, Format};

    fn words(text: &str) -> Vec<String> {
        let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
        let story = Story::new(Format::Plain, text.into(), vec![block]);
        let tokens = tokenize(&story, &Lexicon::embedded());
        tokens.iter().map(|it| it.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn a_word_keeps_what_belongs_inside_it() {
        for (text, expected) in [
            ("the US-led coalition", vec!["the", "US-led", "coalition"]),
            ("Mr. Lee's U.S. tour.", vec!["Mr.", "Lee", "'s", "U.S.", "tour", "."]),
            ("She paid $1,000.50 at 9:30.", vec!["She", "paid", "$", "1,000.50", "at", "9:30", "."]),
            ("J. K. Ray, Plan B.", vec!["J.", "K.", "Ray", ",", "Plan", "B", "."]),
            ("O'Brien didn't—no...", vec!["O'Brien", "didn't", "—", "no", "..."]),
            ("``Go,'' he said", vec!["``", "Go", ",", "''", "he", "said"]),
            ("It rained.The end", vec!["It", "rained", ".", "The", "end"]),
            ("A$AP Rocco met P!pa.", vec!["A$AP", "Rocco", "met", "P!pa", "."]),
            ("She has a Ph.D. in law.", vec!["She", "has", "a", "Ph.D.", "in", "law", "."]),
            ("It cost US$3. Stop!Go", vec!["It", "cost", "US", "$", "3", ".", "Stop", "!", "Go"]),
            ("the players' bus", vec!["the", "players", "'", "bus"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
