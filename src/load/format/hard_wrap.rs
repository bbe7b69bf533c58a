//! Hard-wrapped text: lines that were broken at a fixed width, and which line breaks come from that width.

use crate::load::format::hyphenation;

/// The width at which a text was wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HardWrap {
    /// The longest line, in characters.
    width: usize,
}

impl HardWrap {
    /// Maximum width of wrapped text, in characters.
    const MAX_WIDTH: usize = 100;
    /// Minimum width of wrapped text, in characters. Narrower lines are verse, an address or a table.
    const MIN_WIDTH: usize = 18;
    /// Below this width, in characters, more breaks must fall inside a sentence, and there must be a few.
    const NARROW_WIDTH: usize = 36;
    const MIN_NARROW_BREAKS: usize = 4;

    /// Detects whether a text was wrapped; `None` if it was not.
    ///
    /// Wrapped text breaks a line where the next word does not fit, anywhere in a sentence. A text with one paragraph
    /// or one sentence a line breaks it at the end of a sentence, at any length. At most one line in eight may be longer
    /// than the maximum width, seven breaks in ten must come from the width, and four in ten must fall inside a sentence;
    /// in a narrow column, six in ten.
    pub(crate) fn detect(lines: &[&str]) -> Option<Self> {
        // An empty or indented line begins a paragraph; the break before it says nothing about the width.
        let breaks_inside_paragraphs = || {
            let pairs = lines.windows(2).map(|it| (it[0], it[1]));
            let pairs = pairs.filter(|(line, next)| !line.trim().is_empty() && !next.trim().is_empty());
            pairs.filter(|(line, next)| indent_bytes(next) <= indent_bytes(line))
        };
        let (mut breaks, mut long, mut width) = (0, 0, 0);
        for (line, _) in breaks_inside_paragraphs() {
            let length = line.trim_end().chars().count();
            breaks += 1;
            if length > Self::MAX_WIDTH {
                long += 1;
            } else {
                width = width.max(length);
            }
        }
        let wrap = Self { width };
        if breaks == 0 || long * 8 > breaks || width < Self::MIN_WIDTH {
            return None;
        }
        let (mut forced, mut in_sentence) = (0, 0);
        for (line, next) in breaks_inside_paragraphs() {
            forced += usize::from(wrap.is_forced_break(line, next));
            in_sentence += usize::from(runs_on(line, next));
        }
        let is_narrow = width < Self::NARROW_WIDTH;
        let min_in_sentence = if is_narrow { 6 } else { 4 };
        let is_wrapped = forced * 10 >= breaks * 7 && in_sentence * 10 >= breaks * min_in_sentence;
        (is_wrapped && !(is_narrow && breaks < Self::MIN_NARROW_BREAKS)).then_some(wrap)
    }

    /// Whether the break between two lines comes from the width, so that the lines belong together.
    pub(crate) fn joins(self, line: &str, next: &str) -> bool {
        self.is_forced_break(line, next) && (runs_on(line, next) || indent_bytes(next) <= indent_bytes(line))
    }

    /// Whether the first word of `next` does not fit on `line`. A tenth of the width is tolerated, since some programs
    /// balance their lines.
    fn is_forced_break(self, line: &str, next: &str) -> bool {
        if breaks_word(line, next) {
            return true;
        }
        let line = line.trim_end().chars().count();
        let word = next.split_whitespace().next().unwrap_or_default().chars().count();
        // A tenth of a narrow column is less than a word.
        (line + 1 + word) * 10 > self.width * 9
            || (self.width < Self::NARROW_WIDTH && line + 1 + word + 2 > self.width)
    }
}

/// Whether a sentence continues from one line to the next.
pub(crate) fn runs_on(line: &str, next: &str) -> bool {
    let first = next.trim_start().chars().next();
    let is_lowercase = first.is_some_and(|it| it.is_alphabetic() && !it.is_uppercase());
    (is_lowercase && !line.trim_end().ends_with(['.', '!', '?'])) || breaks_compound(line, next)
}

/// Whether a hyphen at the end of a line is one of the spelling: "Anne-", "Marie".
fn breaks_compound(line: &str, next: &str) -> bool {
    let head = line.trim_end().strip_suffix(['-', '‐']);
    head.is_some_and(|it| {
        let head = it.rsplit(|ch: char| !(ch.is_alphanumeric() || ch == '-')).next().unwrap_or_default();
        hyphenation::keeps_hyphen(head, next.split_whitespace().next().unwrap_or_default())
    })
}

/// Whether a hyphen at the end of a line breaks a word: "har-", "bour".
fn breaks_word(line: &str, next: &str) -> bool {
    let head = line.trim_end().strip_suffix(['-', '‐', '¬']);
    head.is_some_and(|it| it.ends_with(char::is_alphanumeric)) && runs_on(line, next)
}

/// The bytes before the first word.
fn indent_bytes(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_wrapped_if_its_sentences_run_over_lines_of_one_width() {
        for (text, wrapped) in [
            (
                "The council met on Monday to hear from the people who\nlive by the river, and it was late when they went\nhome. Nobody had slept.",
                true,
            ),
            (
                "The council met on Monday to hear from the people.\nThey live by the river and had not slept at all.\nIt was late when they went home.",
                false,
            ),
            (
                "Harbour council votes to raise the wall by one metre\nThe council voted on Monday to raise the harbour wall",
                false,
            ),
            (
                "A court in Tarn has freed the two men who were ar-\nrested in May. Judge Ann Lee said they had done no dam-\nage. The law-\nyers left.",
                true,
            ),
            ("Roses are red,\nviolets are blue,\nand so are you.", false),
            ("One line.", false),
        ] {
            assert_eq!(HardWrap::detect(&text.lines().collect::<Vec<_>>()).is_some(), wrapped, "{text}");
        }
    }
}
