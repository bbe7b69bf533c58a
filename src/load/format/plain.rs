//! Plain text: one paragraph a line, or paragraphs rejoined from hard-wrapped lines, columns and pages.

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::format::block_writer;
use crate::load::format::hard_wrap::{self, HardWrap};
use crate::load::format::hyphenation::{Hyphenation, WordJoin};
use crate::load::format::{front_matter, labeled_metadata, page_lines};
use crate::load::structure::{byline, dateline, list_item, turns};
use crate::load::text::{note_marks, repair, sanitize, tokenized};
use crate::story::BlockKind;

/// Parses a clean text into paragraphs, below the metadata of its head. White space changes, and what copying left in the
/// text: the hyphens of broken words, note marks, marks that were escaped twice, apostrophes and hyphens that stand apart.
pub(crate) fn parse(text: &str) -> StoryBuilder {
    let text = &*tokenized::join_words(text);
    let repaired = repair::unescape(text);
    let repaired =
        if repaired == text { repaired } else { sanitize::sanitize_text(&repaired).into_owned().into() };
    let text = note_marks::remove_note_marks(&repaired);
    let (head, text) = labeled_metadata::split_label_head(&text);
    let blocks = front_matter::head_blocks(&head);
    let mut builder = block_writer::to_builder(&blocks);
    (builder.outlet, builder.url, builder.published) = (head.outlet, head.url, head.date);
    PlainParser::new(text).parse(&mut builder);
    builder
}

/// Joins the lines of a text to paragraphs.
struct PlainParser<'a> {
    lines: Vec<&'a str>,
    /// Whether each line is a page number or a running head.
    page_lines: Vec<bool>,
    wrap: Option<HardWrap>,
    hyphenation: Hyphenation<'a>,
}

impl<'a> PlainParser<'a> {
    fn new(text: &'a str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let page_lines = page_lines::find_page_lines(&lines);
        // A running head breaks no sentence: the lines around it count as paragraphs of their own.
        let text_line = |(line, is_head): (&&'a str, &bool)| if *is_head { "" } else { *line };
        let text_lines: Vec<&str> = lines.iter().zip(&page_lines).map(text_line).collect();
        Self { wrap: HardWrap::detect(&text_lines), hyphenation: Hyphenation::new(text), lines, page_lines }
    }

    fn parse(mut self, builder: &mut StoryBuilder) {
        builder.text.reserve(self.lines.iter().map(|it| it.len() + 1).sum());
        let mut gap = if builder.text.is_empty() { BlockGap::NewLine } else { BlockGap::EmptyLine };
        let mut at = 0;
        while at < self.lines.len() {
            let line = self.lines[at];
            at += 1;
            if line.trim().is_empty() {
                gap = BlockGap::EmptyLine;
            } else if self.page_lines[at - 1] {
                builder.push_block(BlockKind::Furniture, gap, line);
                gap = BlockGap::NewLine;
            } else {
                at = self.parse_paragraph(at - 1, gap, builder);
                gap = BlockGap::NewLine;
            }
        }
    }

    /// Adds the paragraph that begins on a line, and the page lines that stand inside it after it; returns the index of the
    /// line after both.
    fn parse_paragraph(&mut self, first: usize, gap: BlockGap, builder: &mut StoryBuilder) -> usize {
        let mut paragraph: Option<String> = None;
        let mut skipped = Vec::new();
        let mut last = first;
        while let Some(next) = self.next_line(first, last) {
            skipped.extend((last + 1..next).filter(|it| self.page_lines[*it]));
            let text = paragraph.get_or_insert_with(|| self.lines[first].trim_end().to_owned());
            if is_drop_cap(text, self.lines[next]) {
                // "T" and "he council" are one word.
            } else {
                match self.hyphenation.join(self.lines[last], self.lines[next]) {
                    WordJoin::WithoutHyphen => {
                        text.truncate(text.char_indices().next_back().map_or(0, |it| it.0));
                    }
                    WordJoin::WithHyphen => {}
                    WordJoin::Space => text.push(' '),
                }
            }
            text.push_str(self.lines[next].trim());
            last = next;
        }
        builder.push_block(BlockKind::Paragraph, gap, paragraph.as_deref().unwrap_or(self.lines[first]));
        for line in skipped {
            builder.push_block(BlockKind::Furniture, BlockGap::EmptyLine, self.lines[line]);
        }
        last + 1
    }

    /// The index of the line that continues the paragraph from `first` to `last`; `None` if it ends there.
    fn next_line(&self, first: usize, last: usize) -> Option<usize> {
        let line = self.lines[last];
        let next = last + 1;
        let text = *self.lines.get(next)?;
        let is_page_break = self.page_lines[next] || text.trim().is_empty();
        if is_page_break {
            return self.next_after_page_lines(first, last);
        }
        let is_wrapped = self.wrap.is_some_and(|wrap| continues_paragraph(wrap, line, text));
        let is_said_below = last == first && turns::is_speaker_line(line) && !turns::is_speaker_line(text);
        (is_wrapped || is_said_below || is_drop_cap(line, text)).then_some(next)
    }

    /// The index of the line after page lines that continues the sentence before them; `None` if there are no page lines or
    /// no such line.
    fn next_after_page_lines(&self, first: usize, last: usize) -> Option<usize> {
        /// A page number, two heads and the empty lines around them.
        const MAX_LINES: usize = 9;
        let is_text = |it: &usize| !self.page_lines[*it] && !self.lines[*it].trim().is_empty();
        let next = (last + 1..self.lines.len()).take(MAX_LINES).find(is_text)?;
        let has_page_line = (last + 1..next).any(|it| self.page_lines[it]);
        // A paragraph of wrapped lines without a stop goes on, with a capital too: "the mayor of", "Brackwell".
        let is_open = || {
            let line = self.lines[last].trim_end();
            self.wrap.is_some()
                && last > first
                && line.ends_with(|ch: char| ch.is_alphanumeric() || ch == ',')
                && line.contains(char::is_lowercase)
        };
        let continues = || hard_wrap::runs_on(self.lines[last], self.lines[next]) || is_open();
        (has_page_line && continues()).then_some(next)
    }
}

/// Whether `next` continues the paragraph of `line`.
fn continues_paragraph(wrap: HardWrap, line: &str, next: &str) -> bool {
    let begins_block = || {
        let text = next.trim_start();
        byline::is_byline(text)
            || byline::is_byline(line.trim())
            || dateline::dateline_length(text, false).is_some()
            || turns::begins_turn(text)
            || list_item::is_list_item(text)
    };
    wrap.joins(line, next) && !begins_block()
}

/// Whether a line is the large first letter of a word that continues on the next line. "A" and "I" are words of their own.
fn is_drop_cap(line: &str, next: &str) -> bool {
    let mut letters = line.trim().chars();
    let is_letter = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_letter
        && !matches!(line.trim(), "A" | "I" | "O" | "Q")
        && next.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::load::from_text;

    fn paragraphs(story: &str) -> Vec<String> {
        let story = from_text(story);
        story.blocks().iter().map(|it| it.span.slice(story.text()).to_owned()).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_with_or_without_an_empty_line_between() {
        for story in [
            "One day it rained.\nIt stopped.",
            "One day it rained.\n\nIt stopped.",
            " One day  it rained. \n \n\n\tIt stopped.\n",
        ] {
            assert_eq!(paragraphs(story), ["One day it rained.", "It stopped."], "{story:?}");
        }
    }

    #[test]
    fn the_text_keeps_its_empty_lines() {
        assert_eq!(
            from_text("It rained.\nIt stopped.\n\n\n\nThat was it.\n").text(),
            "It rained.\nIt stopped.\n\nThat was it."
        );
    }

    #[test]
    fn wrapped_lines_become_a_paragraph_again() {
        let first = "The council met on Monday to hear from the people who live by the river, and it was late when they went home.";
        let second = "Nobody had slept, said Ann Lee, who had stood on the wall with a well-kept lamp in her hand since midnight.";
        for (story, expected) in [
            (
                "The council met on Monday to hear from the people who\nlive by the river, and it was late when they went\nhome.\n\n\
                 Nobody had slept, said Ann Lee, who had stood on the\nwall with a well-kept lamp in her hand since\nmidnight.",
                vec![first, second],
            ),
            (
                "  The council met on Monday to hear from the people who\nlive by the river, and it was late when they went home.\n\
                 \u{20} Nobody had slept, said Ann Lee, who had stood on the well-\nkept wall.",
                vec![first, "Nobody had slept, said Ann Lee, who had stood on the well-kept wall."],
            ),
            (
                "The council met on Monday to hear from the people who\nlive by the river, and it was late when they went home.\n\
                 By Ann Lee\nThe rain went on and on, all through the next day and\nthe night.",
                vec![first, "By Ann Lee", "The rain went on and on, all through the next day and the night."],
            ),
        ] {
            assert_eq!(paragraphs(story), expected, "{story}");
        }
    }

    #[test]
    fn lines_that_end_with_their_sentences_stay_lines() {
        let story = "The council met on Monday to hear from the people.\nThey live by the river and had not slept at all.";
        assert_eq!(paragraphs(story).len(), 2);
    }

    #[test]
    fn a_narrow_column_becomes_a_paragraph() {
        let column = "The council voted\non Tuesday night to\nclose the last ferry\non the river Tarn,\nending a service\nthat \
                      has run with-\nout interruption for\nninety years.\n";
        assert_eq!(
            paragraphs(column),
            [
                "The council voted on Tuesday night to close the last ferry on the river Tarn, ending a service that has run \
              without interruption for ninety years."
            ]
        );
    }

    #[test]
    fn a_page_break_inside_a_sentence_is_moved_after_its_paragraph() {
        let pages = "“We carried four people, and two were the crew and one\n\n          12\n\
                     THE TARN COURIER          Friday, March 14, 2025\n\nwas a dog,” said Lena Holt.";
        assert_eq!(
            paragraphs(pages),
            [
                "“We carried four people, and two were the crew and one was a dog,” said Lena Holt.",
                "12",
                "THE TARN COURIER Friday, March 14, 2025",
            ]
        );
        let pages = "The council voted on Tuesday to sell the forest, and the foresters\nwept. The oldest of them said that \
                     the mayor of\n\n   3\nTHE TARN COURIER          Friday, March 14, 2025\n\nBrackwell had never been there.";
        assert_eq!(
            paragraphs(pages)[0],
            "The council voted on Tuesday to sell the forest, and the foresters wept. The oldest of them said that the mayor of \
             Brackwell had never been there."
        );
    }

    #[test]
    fn a_large_first_letter_belongs_to_its_word() {
        assert_eq!(paragraphs("T\nhe council met.\nIt rained."), ["The council met.", "It rained."]);
        assert_eq!(paragraphs("A\nman came."), ["A", "man came."]);
    }
}
