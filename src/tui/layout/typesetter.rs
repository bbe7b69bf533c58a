//! The typesetter: wraps the blocks of a story into display rows.

use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Story};
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tui::layout::display_row::{DisplayRow, RowKind, count_gaps};
use crate::tui::text::width::display_width;

/// Stories up to this size are wrapped with optimal line breaks over whole paragraphs. Longer ones use first fit, which
/// is four times as fast.
const OPTIMAL_FIT_MAX_BYTES: usize = 256 << 10;

/// A row is left ragged if justifying it needs more extra spaces a gap than this.
const MAX_SPACES_PER_GAP: usize = 3;

/// Shorter words are not hyphenated.
const MIN_HYPHENATED_LETTERS: usize = 6;

/// Narrower text is not indented.
const MIN_INDENTED_WIDTH: usize = 20;

/// Indent of paragraphs without gaps, list items and captions, in columns.
const INDENT: usize = 2;

/// Options of the wrapped text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextOptions {
    /// Maximum width of a row, in columns.
    pub(crate) width: usize,
    /// Empty rows between two paragraphs. With 0 the first row of a paragraph is indented.
    pub(crate) gap: usize,
    /// Whether rows are justified to the full width.
    pub(crate) justified: bool,
    /// Whether long words may be hyphenated.
    pub(crate) hyphenated: bool,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { width: 0, gap: 1, justified: false, hyphenated: false }
    }
}

impl TextOptions {
    /// Indents in columns: of the first row of a block, and of its later rows.
    fn indents(self, kind: BlockKind) -> (usize, usize) {
        match kind {
            BlockKind::Item | BlockKind::Caption if self.width >= MIN_INDENTED_WIDTH => (INDENT, INDENT),
            BlockKind::Paragraph | BlockKind::Turn if self.gap == 0 && self.width >= MIN_INDENTED_WIDTH => {
                (INDENT, 0)
            }
            _ => (0, 0),
        }
    }
}

/// An unbreakable piece of text with the space after it. `start`, `end` and `next_start` are byte offsets.
#[derive(Clone, Copy, Debug)]
struct TextFragment {
    start: usize,
    /// End of the text without the space.
    end: usize,
    /// End of the space, where the next fragment starts.
    next_start: usize,
    columns: usize,
    /// Whether a hyphen follows if the fragment ends a row.
    needs_hyphen: bool,
}

impl Fragment for TextFragment {
    fn width(&self) -> f64 {
        self.columns as f64
    }

    fn whitespace_width(&self) -> f64 {
        (self.next_start - self.end) as f64
    }

    fn penalty_width(&self) -> f64 {
        f64::from(u8::from(self.needs_hyphen))
    }
}

/// Wraps blocks into rows, one after another.
pub(crate) struct Typesetter<'a> {
    text: &'a str,
    options: TextOptions,
    optimal_fit: bool,
    fragments: Vec<TextFragment>,
    pub(crate) rows: Vec<DisplayRow>,
}

impl<'a> Typesetter<'a> {
    pub(crate) fn new(story: &'a Story, options: TextOptions) -> Self {
        let text = story.text();
        let rows = Vec::with_capacity(text.len() / options.width.max(8));
        Self { text, options, optimal_fit: text.len() <= OPTIMAL_FIT_MAX_BYTES, fragments: Vec::new(), rows }
    }

    pub(crate) fn typeset_block(&mut self, number: usize, block: &Block) {
        let (mut indent, later) = self.options.indents(block.kind);
        let available = |indent| self.options.width.saturating_sub(indent).max(1);
        let (mut width_here, later_width) = (available(indent), available(later));
        let mut start = block.span.start;
        let mut kind = RowKind::First;
        for line in block.span.slice(self.text).split('\n') {
            self.split_line(Span::new(start, start + line.len()), width_here.min(later_width));
            start += line.len() + 1;
            let wrapped = wrap(&self.fragments, &[width_here as f64, later_width as f64], self.optimal_fit);
            for (row_number, fragments) in wrapped.iter().enumerate() {
                if let (Some(first), Some(last)) = (fragments.first(), fragments.last()) {
                    let span = Span::new(first.start, last.end);
                    let mut row = DisplayRow { indent: indent as u16, ..DisplayRow::new(span, number, kind) };
                    let taken = row_width(fragments);
                    let free = width_here.saturating_sub(taken);
                    row.has_hyphen = last.needs_hyphen && free > 0;
                    if self.options.justified && row_number + 1 < wrapped.len() {
                        row.extra_spaces =
                            justification_spaces(span.slice(self.text), free - usize::from(row.has_hyphen));
                    }
                    self.rows.push(row);
                    kind = RowKind::Continuation;
                    (indent, width_here) = (later, later_width);
                }
            }
        }
    }

    /// Splits a line into fragments, none wider than `width` columns.
    fn split_line(&mut self, line: Span, width: usize) {
        self.fragments.clear();
        if !self.split_simple(line) {
            self.fragments.clear();
            self.split_unicode(line);
        }
        if self.options.hyphenated {
            let fragments = std::mem::take(&mut self.fragments);
            for fragment in fragments {
                self.split_syllables(fragment);
            }
        }
        if self.fragments.iter().any(|it| it.columns > width) {
            let fragments = std::mem::take(&mut self.fragments);
            for fragment in fragments {
                self.split_wide(fragment, width);
            }
        }
    }

    /// Splits after spaces, hyphens and dashes. Returns `false` at the first character that is not one column wide or
    /// needs the line breaking rules of Unicode.
    fn split_simple(&mut self, line: Span) -> bool {
        let bytes = &self.text.as_bytes()[..line.end];
        let mut start = line.start;
        while start < line.end {
            // Nearly all words are letters of ASCII, which are counted without decoding them.
            let plain = bytes[start..].iter().take_while(|it| it.is_ascii_graphic() && **it != b'-').count();
            let mut end = start + plain;
            let mut columns = plain;
            if bytes.get(end).is_some_and(|it| *it != b' ') {
                let rest = &self.text[start..line.end];
                let word = &rest[..rest.find(' ').unwrap_or(rest.len())];
                end = start + word.len();
                match self.split_at_dashes(Span::new(start, end)) {
                    Some((piece, width)) => (start, columns) = (piece, width),
                    None => return false,
                }
            }
            let spaces = bytes[end..].iter().take_while(|it| **it == b' ').count();
            let next_start = end + spaces;
            self.fragments.push(TextFragment { start, end, next_start, columns, needs_hyphen: false });
            start = next_start;
        }
        true
    }

    /// Splits a word after its hyphens and dashes. Returns the start of the last piece, which is not pushed, and its columns;
    /// `None` if the word is not simple.
    fn split_at_dashes(&mut self, word: Span) -> Option<(usize, usize)> {
        let (mut start, mut columns) = (word.start, 0);
        let (mut before_previous, mut previous) = (' ', ' ');
        for (at, ch) in word.slice(self.text).char_indices() {
            let at = word.start + at;
            if !is_simple(ch) {
                return None;
            }
            let breaks = matches!(previous, '-' | '–' | '—')
                && before_previous.is_alphanumeric()
                && ch.is_alphabetic();
            if breaks {
                self.fragments.push(TextFragment {
                    start,
                    end: at,
                    next_start: at,
                    columns,
                    needs_hyphen: false,
                });
                (start, columns) = (at, 0);
            }
            columns += 1;
            (before_previous, previous) = (previous, ch);
        }
        Some((start, columns))
    }

    /// Splits by the line breaking rules of Unicode (UAX 14).
    fn split_unicode(&mut self, line: Span) {
        let mut start = line.start;
        for word in textwrap::WordSeparator::UnicodeBreakProperties.find_words(line.slice(self.text)) {
            let end = start + word.word.len();
            let next = end + word.whitespace.len();
            self.fragments.push(TextFragment {
                start,
                end,
                next_start: next,
                columns: display_width(word.word),
                needs_hyphen: false,
            });
            start = next;
        }
    }

    /// Splits a long English word between its syllables. Names stay whole, as does anything but plain lower-case words.
    fn split_syllables(&mut self, fragment: TextFragment) {
        let words = &self.text[fragment.start..fragment.end];
        let head = words.len() - words.trim_start_matches(|it: char| !it.is_alphanumeric()).len();
        let word = words[head..].trim_end_matches(|it: char| !it.is_alphanumeric());
        if word.len() < MIN_HYPHENATED_LETTERS || !word.bytes().all(|it| it.is_ascii_lowercase()) {
            return self.fragments.push(fragment);
        }
        let mut syllables = hypher::hyphenate(word, hypher::Lang::English).peekable();
        let (mut start, mut end) = (fragment.start, fragment.start + head);
        while let Some(syllable) = syllables.next() {
            end += syllable.len();
            if syllables.peek().is_some() {
                let columns = display_width(&self.text[start..end]);
                self.fragments.push(TextFragment {
                    start,
                    end,
                    next_start: end,
                    columns,
                    needs_hyphen: true,
                });
                start = end;
            }
        }
        self.fragments.push(TextFragment {
            start,
            columns: display_width(&self.text[start..fragment.end]),
            ..fragment
        });
    }

    fn split_wide(&mut self, fragment: TextFragment, width: usize) {
        let (mut start, mut columns) = (fragment.start, 0);
        for (at, cluster) in self.text[fragment.start..fragment.end].grapheme_indices(true) {
            let (at, cluster_width) = (fragment.start + at, cluster.width());
            if columns + cluster_width > width && at > start {
                self.fragments.push(TextFragment {
                    start,
                    end: at,
                    next_start: at,
                    columns,
                    needs_hyphen: false,
                });
                (start, columns) = (at, 0);
            }
            columns += cluster_width;
        }
        self.fragments.push(TextFragment { start, columns, ..fragment });
    }
}

/// Whether a character is one column wide, combines with no other and needs no line breaking rules of Unicode.
fn is_simple(ch: char) -> bool {
    matches!(ch, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '€')
}

/// Breaks fragments into rows. Optimal fit may overfill a narrow row to spare a hyphen; first fit is used then, which
/// never does.
fn wrap<'a>(pieces: &'a [TextFragment], widths: &[f64], optimal_fit: bool) -> Vec<&'a [TextFragment]> {
    let best = optimal_fit.then(|| wrap_optimal_fit(pieces, widths, &Penalties::new()).ok()).flatten();
    let is_overfull = |row: usize, pieces: &[TextFragment]| {
        let width = widths[row.min(widths.len() - 1)];
        pieces.len() > 1 && row_width(pieces) as f64 > width
    };
    best.filter(|rows| !rows.iter().enumerate().any(|(row, pieces)| is_overfull(row, pieces)))
        .unwrap_or_else(|| wrap_first_fit(pieces, widths))
}

/// Columns of fragments in one row, without the space after the last.
fn row_width(pieces: &[TextFragment]) -> usize {
    let all: usize = pieces.iter().map(|it| it.columns + it.next_start - it.end).sum();
    all - pieces.last().map_or(0, |it| it.next_start - it.end)
}

/// The extra spaces that justify a row with `free` empty columns; 0 if the gaps would be too wide.
fn justification_spaces(words: &str, free: usize) -> u16 {
    if free <= MAX_SPACES_PER_GAP * count_gaps(words) { free as u16 } else { 0 }
}
