//! The wrapping of a text that was broken into lines of one width: which line ends belong to the width, not to the text.

/// A text's width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HardWrap {
    /// The longest line, in characters.
    width: usize,
}

impl HardWrap {
    /// The widest that a text is wrapped at by habit.
    const MAX_WIDTH: usize = 100;
    /// The narrowest; under it lines are verse, an address, a table.
    const MIN_WIDTH: usize = 36;

    /// The wrapping of a text, if it has one.
    ///
    /// A wrapped text breaks its lines where the next word would not fit, wherever that is in a sentence. A text
    /// of one paragraph or one sentence a line breaks them where a sentence ends, at any length.
    pub(crate) fn detect(text: &str) -> Option<Self> {
        // An empty line or a deeper one begins a paragraph, and says nothing about the width.
        let inner = || {
            let pairs = text.lines().zip(text.lines().skip(1));
            let words = pairs.filter(|it| !it.0.trim().is_empty() && !it.1.trim().is_empty());
            words.filter(|it| indent_bytes(it.1) <= indent_bytes(it.0))
        };
        let (mut breaks, mut long, mut width) = (0, 0, 0);
        for (line, _) in inner() {
            let length = line.trim_end().chars().count();
            breaks += 1;
            if length > Self::MAX_WIDTH {
                long += 1;
            } else {
                width = width.max(length);
            }
        }
        let wrapping = Self { width };
        if breaks == 0 || long * 8 > breaks || width < Self::MIN_WIDTH {
            return None;
        }
        let (mut forced, mut running) = (0, 0);
        for (line, next) in inner() {
            forced += usize::from(wrapping.is_forced_break(line, next));
            running += usize::from(runs_on(line, next));
        }
        (forced * 10 >= breaks * 7 && running * 10 >= breaks * 4).then_some(wrapping)
    }

    /// Whether the break between two lines belongs to the width.
    pub(crate) fn joins(self, line: &str, next: &str) -> bool {
        self.is_forced_break(line, next) && (runs_on(line, next) || indent_bytes(next) <= indent_bytes(line))
    }

    /// Whether the first word of `next` had no room in `line`. A tenth of the width is forgiven, since some
    /// programs even out their lines.
    fn is_forced_break(self, line: &str, next: &str) -> bool {
        let line = line.trim_end().chars().count();
        let word = next.split_whitespace().next().unwrap_or_default().chars().count();
        (line + 1 + word) * 10 > self.width * 9
    }
}

/// Whether a sentence goes on from one line to the next.
fn runs_on(line: &str, next: &str) -> bool {
    let first = next.trim_start().chars().next();
    let small = first.is_some_and(|it| it.is_alphabetic() && !it.is_uppercase());
    small && !line.trim_end().ends_with(['.', '!', '?'])
}

/// Blanks before the first word.
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
            ("Roses are red,\nviolets are blue,\nand so are you.", false),
            ("One line.", false),
        ] {
            assert_eq!(HardWrap::detect(text).is_some(), wrapped, "{text}");
        }
    }
}
