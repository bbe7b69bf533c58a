//! Plain text: one paragraph a line, or paragraphs rejoined from hard-wrapped lines.

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::format::hard_wrap::HardWrap;
use crate::load::structure::{byline, dateline, list_item, turns};
use crate::story::BlockKind;

/// Parses a clean text into paragraphs. Only white space changes.
pub(crate) fn parse(text: &str) -> StoryBuilder {
    let wrap = HardWrap::detect(text);
    let mut builder = StoryBuilder { text: String::with_capacity(text.len()), ..StoryBuilder::default() };
    let mut gap = BlockGap::NewLine;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            gap = BlockGap::EmptyLine;
            continue;
        }
        let mut last = line;
        let mut joined: Option<String> = None;
        let is_speaker_line = turns::is_speaker_line(line);
        while let Some(next) = lines.next_if(|next| {
            wrap.is_some_and(|wrap| continues_paragraph(wrap, last, next))
                || (is_speaker_line && last == line && is_said_below(next))
        }) {
            let joined = joined.get_or_insert_with(|| line.trim_end().to_owned());
            if !is_hyphenated(last, next) {
                joined.push(' ');
            }
            joined.push_str(next.trim());
            last = next;
        }
        builder.push_block(BlockKind::Paragraph, gap, joined.as_deref().unwrap_or(line));
        gap = BlockGap::NewLine;
    }
    builder
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
    !next.trim().is_empty() && wrap.joins(line, next) && !begins_block()
}

/// Whether a line below a speaker's name and a time is what they say.
fn is_said_below(line: &str) -> bool {
    !line.trim().is_empty() && !turns::is_speaker_line(line)
}

/// Whether a hyphenated word continues on the next line. The hyphen stays, and no space follows it.
fn is_hyphenated(line: &str, next: &str) -> bool {
    let Some(word) = line.trim_end().strip_suffix('-') else { return false };
    let first = next.split_whitespace().next().unwrap_or_default();
    // "pre- and post-war" has a space after its hyphen.
    let is_suspended = matches!(first, "and" | "or" | "to");
    word.ends_with(char::is_alphanumeric) && first.starts_with(char::is_lowercase) && !is_suspended
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
}
