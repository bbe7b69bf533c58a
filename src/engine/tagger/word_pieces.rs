//! The blocks of a text → the words, word-pieces and shapes that the network reads, each with its place in the text.
//!
//! The rules are those of `training/text.py`, number for number: characters are folded (decomposed, without marks,
//! lowered), punctuation and ideographs stand alone, and each word is cut into the longest pieces that the vocabulary
//! holds, from left to right. Case, which the pieces lose, comes back as the shape of the word.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::span::Span;

/// The pieces that the network knows.
pub(crate) struct Vocabulary {
    /// Pieces that begin a word, with their numbers.
    word_starts: HashMap<&'static str, u32>,
    /// Pieces that go on a word, without the `##` that marks them.
    continuations: HashMap<&'static str, u32>,
    /// The bytes of the longest piece.
    max_piece_bytes: usize,
}

/// The first lines of every vocabulary: `[PAD]`, `[UNK]`, `[CLS]`, `[SEP]`, `[LINE]`.
pub(crate) const UNK: u32 = 1;
/// Begins a window.
pub(crate) const CLS: u32 = 2;
/// Ends a window.
pub(crate) const SEP: u32 = 3;
/// Stands between two blocks.
pub(crate) const LINE: u32 = 4;

/// A word, a punctuation mark or the gap between two blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PieceWord {
    /// Where it stands; empty for a gap.
    pub(crate) span: Span,
    /// What kind of characters it has, as the network numbers it.
    pub(crate) shape: u8,
    /// Its pieces, as places in [`Words::ids`]; one at least.
    pub(crate) pieces: Range<usize>,
}

/// The words of a text.
#[derive(Debug, Default)]
pub(crate) struct WordPieces {
    /// In reading order.
    pub(crate) words: Vec<PieceWord>,
    /// The pieces of all words, one after the other, as numbers of the vocabulary.
    pub(crate) ids: Vec<u32>,
}

impl Vocabulary {
    /// The vocabulary of a list with one piece a line; a piece's number is its line, counted from 0.
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

    /// The words of some stretches of `text` (its blocks), in reading order, with a gap between two stretches.
    pub(crate) fn tokenize(&self, text: &str, blocks: impl Iterator<Item = Span>) -> WordPieces {
        let mut reading = WordPieceTokenizer::new(self, text);
        for block in blocks {
            let before = reading.output.words.len();
            let gap = before > 0;
            if gap {
                reading.push_word(Span::new(block.start, block.start), SPECIAL_SHAPE, &[LINE]);
            }
            reading.read_block(block);
            if gap && reading.output.words.len() == before + 1 {
                reading.output.words.pop();
                reading.output.ids.pop();
            }
        }
        reading.output
    }

    /// The longest known pieces of a folded word, from left to right, to the end of `ids`.
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

/// A word of more characters is unknown as a whole.
const MAX_WORD_CHARS: usize = 100;

/// A text as it is read.
struct WordPieceTokenizer<'a> {
    vocabulary: &'a Vocabulary,
    text: &'a str,
    /// The folded letters of the word that is being read, and its place so far.
    folded: String,
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
        let mut letters = block.slice(self.text).char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let start = block.start + at;
            let place = Span::new(start, start + letter.len_utf8());
            match char_class(letter) {
                CharClass::Letter => {
                    push_folded(letter, &mut self.folded);
                    self.span = Some(self.span.unwrap_or(place).cover(place));
                }
                CharClass::Space => self.finish_word(),
                CharClass::Ignored => {}
                CharClass::Punctuation => {
                    let twin = matches!(letter, '\'' | '`') && letters.next_if(|it| it.1 == letter).is_some();
                    self.push_punctuation(
                        letter,
                        if twin { Span::new(start, start + 2) } else { place },
                        twin,
                    );
                }
                CharClass::Ideograph => {
                    self.finish_word();
                    self.folded.push(letter);
                    self.span = Some(place);
                    self.finish_word();
                }
            }
        }
        self.finish_word();
    }

    /// Emits the word that is being read, if there is one.
    fn finish_word(&mut self) {
        if let Some(span) = self.span.take().filter(|_| !self.folded.is_empty()) {
            let first = self.output.ids.len();
            self.vocabulary.push_pieces(&self.folded, &mut self.output.ids);
            let shape = word_shape(span.slice(self.text));
            self.output.words.push(PieceWord { span, shape, pieces: first..self.output.ids.len() });
        }
        self.folded.clear();
    }

    /// Emits a punctuation mark in its plain form.
    fn push_punctuation(&mut self, letter: char, span: Span, twin: bool) {
        self.finish_word();
        let before = self.text[..span.start].chars().next_back();
        let after = self.text[span.end..].chars().next();
        let apart = |it: Option<char>| it.is_none_or(|it| it == '\n' || char_class(it) == CharClass::Space);
        let inside = [before, after].iter().all(|it| it.is_some_and(char::is_alphanumeric));
        let plain = match letter {
            '\'' if twin => '"',
            '`' if twin => '“',
            '’' if inside => '\'',
            '«' | '„' | '‟' | '❝' => '“',
            '»' | '❞' => '”',
            '‹' | '‚' | '‛' => '‘',
            '›' => '’',
            other => other,
        };
        let first = self.output.ids.len();
        self.vocabulary.push_pieces(plain.encode_utf8(&mut [0; 4]), &mut self.output.ids);
        let shape = PUNCTUATION_SHAPE + u8::from(apart(before)) + 2 * u8::from(apart(after));
        self.output.words.push(PieceWord { span, shape, pieces: first..self.output.ids.len() });
    }

    fn push_word(&mut self, span: Span, shape: u8, ids: &[u32]) {
        let first = self.output.ids.len();
        self.output.ids.extend_from_slice(ids);
        self.output.words.push(PieceWord { span, shape, pieces: first..self.output.ids.len() });
    }
}

/// How a character is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharClass {
    Letter,
    Space,
    Ignored,
    Punctuation,
    Ideograph,
}

fn char_class(letter: char) -> CharClass {
    match letter {
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

/// Appends a character as the vocabulary writes it: decomposed, without marks, lower.
fn push_folded(letter: char, to: &mut String) {
    if letter.is_ascii() {
        to.push(letter.to_ascii_lowercase());
        return;
    }
    decompose_canonical(letter, |part| {
        if !is_combining_mark(part) {
            to.extend(part.to_lowercase().filter(|it| !is_combining_mark(*it)));
        }
    });
}

/// The shape of what is no word: window ends and gaps.
pub(crate) const SPECIAL_SHAPE: u8 = 0;
/// The first of the four shapes of punctuation: glued on both sides, blank before, blank after, blank on both sides.
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
