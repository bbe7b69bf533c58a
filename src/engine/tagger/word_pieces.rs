//! Word-piece tokenizer: the words, word pieces and word shapes of a story's blocks, as the encoder reads them.
//!
//! The rules are those of `training/text.py`. Characters are folded: decomposed, without combining marks, in lower case.
//! Punctuation and ideographs are words of their own. Each word is split, from left to right, into the longest pieces of
//! the vocabulary (Wu et al. 2016). The shape of a word keeps the case that folding loses.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::span::Span;

/// The word pieces that the encoder knows.
pub(crate) struct Vocabulary {
    /// Pieces that start a word, with their ids.
    word_starts: HashMap<&'static str, u32>,
    /// Pieces that continue a word, without their `##`, with their ids.
    continuations: HashMap<&'static str, u32>,
    /// The length in bytes of the longest piece.
    max_piece_bytes: usize,
}

/// The id of an unknown word. Every vocabulary starts with `[PAD]`, `[UNK]`, `[CLS]`, `[SEP]`, `[LINE]`.
pub(crate) const UNK: u32 = 1;
/// The id that starts a window.
pub(crate) const CLS: u32 = 2;
/// The id that ends a window.
pub(crate) const SEP: u32 = 3;
/// The id between two blocks.
pub(crate) const LINE: u32 = 4;

/// A word, punctuation or the gap between two blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PieceWord {
    /// Its span in the text; empty for a gap.
    pub(crate) span: Span,
    /// The shape of its characters, as the encoder numbers it.
    pub(crate) shape: u8,
    /// Its pieces, as indexes of [`WordPieces::ids`]; at least one.
    pub(crate) pieces: Range<usize>,
}

/// The words of a text with their pieces.
#[derive(Debug, Default)]
pub(crate) struct WordPieces {
    /// In reading order.
    pub(crate) words: Vec<PieceWord>,
    /// The ids of all words' pieces, one after the other.
    pub(crate) ids: Vec<u32>,
}

impl Vocabulary {
    /// Reads a list with one piece a line; the id of a piece is its line, counted from 0.
    pub(crate) fn parse(list: &'static str) -> Self {
        let size = list.len() / 8;
        let (mut word_starts, mut continuations) =
            (HashMap::with_capacity(size), HashMap::with_capacity(size / 4));
        let mut max_piece_bytes = 0;
        for (piece, id) in list.lines().zip(0..) {
            max_piece_bytes = max_piece_bytes.max(piece.len());
            match piece.strip_prefix("##") {
                Some(tail) if !tail.is_empty() => continuations.insert(tail, id),
                _ => word_starts.insert(piece, id),
            };
        }
        Self { word_starts, continuations, max_piece_bytes }
    }

    /// The words of the blocks of `text`, in reading order, with a gap between two blocks.
    pub(crate) fn tokenize(&self, text: &str, blocks: impl Iterator<Item = Span>) -> WordPieces {
        let mut tokenizer = WordPieceTokenizer::new(self, text);
        for block in blocks {
            let before = tokenizer.output.words.len();
            let gap = before > 0;
            if gap {
                tokenizer.push_word(Span::new(block.start, block.start), SPECIAL_SHAPE, &[LINE]);
            }
            tokenizer.read_block(block);
            if gap && tokenizer.output.words.len() == before + 1 {
                tokenizer.output.words.pop();
                tokenizer.output.ids.pop();
            }
        }
        tokenizer.output
    }

    /// Appends to `ids` the longest known pieces of a folded word, from left to right.
    fn push_pieces(&self, folded: &str, ids: &mut Vec<u32>) {
        let before = ids.len();
        let mut rest = folded;
        while !rest.is_empty() && ids.len() - before <= folded.len() {
            let list = if rest.len() == folded.len() { &self.word_starts } else { &self.continuations };
            let ends =
                (1..=rest.len().min(self.max_piece_bytes)).rev().filter(|it| rest.is_char_boundary(*it));
            let Some((end, id)) = ends.into_iter().find_map(|end| Some((end, *list.get(&rest[..end])?)))
            else {
                break;
            };
            ids.push(id);
            rest = &rest[end..];
        }
        if !rest.is_empty() || folded.chars().count() > MAX_WORD_CHARS {
            ids.truncate(before);
            ids.push(UNK);
        }
    }
}

/// How many characters a known word may have; a longer one is unknown as a whole.
const MAX_WORD_CHARS: usize = 100;

/// The state of the tokenizer inside a text.
struct WordPieceTokenizer<'a> {
    vocabulary: &'a Vocabulary,
    text: &'a str,
    /// The folded letters of the current word.
    folded: String,
    /// The span of the current word; `None` between words.
    span: Option<Span>,
    output: WordPieces,
}

impl<'a> WordPieceTokenizer<'a> {
    fn new(vocabulary: &'a Vocabulary, text: &'a str) -> Self {
        let words = Vec::with_capacity(text.len() / 5);
        let output = WordPieces { words, ids: Vec::with_capacity(text.len() / 4) };
        Self { vocabulary, text, folded: String::new(), span: None, output }
    }

    fn read_block(&mut self, block: Span) {
        let mut chars = block.slice(self.text).char_indices().peekable();
        while let Some((at, ch)) = chars.next() {
            let start = block.start + at;
            let span = Span::new(start, start + ch.len_utf8());
            match char_class(ch) {
                CharClass::Letter => {
                    push_folded(ch, &mut self.folded);
                    self.span = Some(self.span.unwrap_or(span).cover(span));
                }
                CharClass::Space => self.finish_word(),
                CharClass::Ignored => {}
                CharClass::Punctuation => {
                    let is_double = matches!(ch, '\'' | '`') && chars.next_if(|it| it.1 == ch).is_some();
                    let span = if is_double { Span::new(start, start + 2) } else { span };
                    self.push_punctuation(ch, span, is_double);
                }
                CharClass::Ideograph => {
                    self.finish_word();
                    self.folded.push(ch);
                    self.span = Some(span);
                    self.finish_word();
                }
            }
        }
        self.finish_word();
    }

    /// Ends the current word, if there is one.
    fn finish_word(&mut self) {
        if let Some(span) = self.span.take().filter(|_| !self.folded.is_empty()) {
            let first = self.output.ids.len();
            self.vocabulary.push_pieces(&self.folded, &mut self.output.ids);
            let shape = word_shape(span.slice(self.text));
            self.output.words.push(PieceWord { span, shape, pieces: first..self.output.ids.len() });
        }
        self.folded.clear();
    }

    /// Appends punctuation as a word; marks of other scripts get the form that the vocabulary has.
    fn push_punctuation(&mut self, ch: char, span: Span, is_double: bool) {
        self.finish_word();
        let before = self.text[..span.start].chars().next_back();
        let after = self.text[span.end..].chars().next();
        let is_apart =
            |it: Option<char>| it.is_none_or(|it| it == '\n' || char_class(it) == CharClass::Space);
        let is_inside = [before, after].iter().all(|it| it.is_some_and(char::is_alphanumeric));
        let plain = match ch {
            '\'' if is_double => '"',
            '`' if is_double => '“',
            '’' if is_inside => '\'',
            '«' | '„' | '‟' | '❝' => '“',
            '»' | '❞' => '”',
            '‹' | '‚' | '‛' => '‘',
            '›' => '’',
            other => other,
        };
        let first = self.output.ids.len();
        self.vocabulary.push_pieces(plain.encode_utf8(&mut [0; 4]), &mut self.output.ids);
        let shape = PUNCTUATION_SHAPE + u8::from(is_apart(before)) + 2 * u8::from(is_apart(after));
        self.output.words.push(PieceWord { span, shape, pieces: first..self.output.ids.len() });
    }

    fn push_word(&mut self, span: Span, shape: u8, ids: &[u32]) {
        let first = self.output.ids.len();
        self.output.ids.extend_from_slice(ids);
        self.output.words.push(PieceWord { span, shape, pieces: first..self.output.ids.len() });
    }
}

/// A class of characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharClass {
    Letter,
    Space,
    /// Control characters and invisible characters.
    Ignored,
    Punctuation,
    Ideograph,
}

fn char_class(ch: char) -> CharClass {
    match ch {
        'a'..='z' | 'A'..='Z' | '0'..='9' => CharClass::Letter,
        '\t'..='\r'
        | ' '
        | '\u{85}'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => CharClass::Space,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fffd}'
        | '\u{e0000}'..='\u{e007f}' => CharClass::Ignored,
        '!'..='~'
        | '¡'
        | '§'
        | '«'
        | '¶'
        | '·'
        | '»'
        | '¿'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}'
        | '❝'
        | '❞'
        | '\u{2e00}'..='\u{2e5d}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' => CharClass::Punctuation,
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}' => CharClass::Ideograph,
        _ => CharClass::Letter,
    }
}

/// Appends a character as the vocabulary has it: decomposed, without combining marks, in lower case.
fn push_folded(ch: char, to: &mut String) {
    if ch.is_ascii() {
        to.push(ch.to_ascii_lowercase());
        return;
    }
    decompose_canonical(ch, |part| {
        if !is_combining_mark(part) {
            to.extend(part.to_lowercase().filter(|it| !is_combining_mark(*it)));
        }
    });
}

/// The shape of window ends and gaps.
pub(crate) const SPECIAL_SHAPE: u8 = 0;
/// The first of the four shapes of punctuation: no space beside it, a space before, a space after, spaces on both sides.
const PUNCTUATION_SHAPE: u8 = 7;

/// The shape of a word.
fn word_shape(word: &str) -> u8 {
    let [lower, title, upper, initial, mixed, number] = [1, 2, 3, 4, 5, 6];
    if word.contains(char::is_numeric) {
        return number;
    }
    let letters = word.chars().filter(|it| it.is_alphabetic() && !is_combining_mark(*it));
    let count = letters.clone().count();
    let capitals = letters.clone().filter(|it| it.is_uppercase()).count();
    match capitals {
        0 => lower,
        1 if count == 1 => initial,
        _ if capitals == count => upper,
        1 if letters.clone().next().is_some_and(char::is_uppercase) => title,
        _ => mixed,
    }
}
