//! Markdown: its text without markup, in the blocks that the markup defines.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::load::builder::{PictureDraft, StoryBuilder};
use crate::load::format::block_quotation;
use crate::load::format::block_writer::{self, BlockText, BlockWriter};
use crate::load::format::front_matter;
use crate::load::format::html;
use crate::load::structure::byline;
use crate::story::BlockKind;

/// Parses a clean text, with or without front matter. A link becomes its text, a picture becomes a caption.
pub(crate) fn parse(text: &str) -> StoryBuilder {
    let (front_matter, body) = front_matter::split_front_matter(text);
    let mut parser = MarkdownParser::default();
    parser.writer.blocks = front_matter::head_blocks(&front_matter);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(body, options) {
        parser.handle_event(event);
    }
    parser.end_block();
    block_quotation::mark(&mut parser.writer.blocks, &parser.quotations);
    let mut builder = block_writer::to_builder(&parser.writer.blocks);
    builder.outlet = front_matter.outlet;
    builder.url = front_matter.url;
    builder.published = front_matter.date;
    builder.pictures = parser.pictures;
    builder
}

/// Turns the events of the Markdown library into blocks.
#[derive(Default)]
struct MarkdownParser {
    writer: BlockWriter,
    /// The level of the open heading.
    heading: Option<HeadingLevel>,
    /// The number of open list items and tables.
    open_lists: usize,
    /// The number of open block quotations.
    open_quotations: usize,
    /// The blocks of each block quotation.
    quotations: Vec<Range<usize>>,
    /// Whether a line of a block quotation has just ended.
    ends_quoted_line: bool,
    /// The number of open emphasis elements.
    emphasis_depth: usize,
    /// Whether the block has text outside of emphasis.
    has_plain_text: bool,
    /// Whether the previous block is a picture's caption.
    follows_image: bool,
    in_footnote: bool,
    in_code: bool,
    /// The text of the open picture.
    image_text: Option<String>,
    image_address: String,
    link_address: String,
    /// The alternative texts and the addresses of pictures, to write when the current block ends.
    pending_captions: Vec<(String, String)>,
    pictures: Vec<PictureDraft>,
}

impl MarkdownParser {
    fn handle_event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start_tag(&tag),
            Event::End(tag) => self.end_tag(tag),
            Event::Text(text) if self.in_code => self.write_code(&text),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.write_text(&text);
            }
            Event::Html(html) => self.write_text(&html::strip_tags(&html)),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.writer.break_line(self.block_kind()),
            Event::SoftBreak if self.open_quotations > 0 => self.ends_quoted_line = true,
            Event::SoftBreak => self.write_text(" "),
            Event::HardBreak => self.writer.break_line(self.block_kind()),
            Event::Rule => self.end_block(),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start_tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Emphasis => self.emphasis_depth += 1,
            Tag::Strong => {
                self.emphasis_depth += 1;
                self.writer.open_strong();
            }
            Tag::Link { dest_url, .. } => {
                self.link_address = dest_url.to_string();
                self.writer.open_link();
            }
            Tag::Strikethrough | Tag::TableCell | Tag::Superscript | Tag::Subscript => {}
            Tag::Image { dest_url, .. } => {
                self.image_address = dest_url.to_string();
                self.image_text = Some(String::new());
            }
            _ => {
                self.end_block();
                match tag {
                    Tag::Heading { level, .. } => self.heading = Some(*level),
                    Tag::Item | Tag::Table(_) => self.open_lists += 1,
                    Tag::CodeBlock(_) => self.in_code = true,
                    Tag::BlockQuote(_) => self.open_quotation(),
                    Tag::FootnoteDefinition(_) => self.in_footnote = true,
                    _ => {}
                }
            }
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis_depth = self.emphasis_depth.saturating_sub(1),
            TagEnd::Strong => {
                self.emphasis_depth = self.emphasis_depth.saturating_sub(1);
                self.writer.close_strong();
            }
            TagEnd::Link => self.writer.close_link(&self.link_address),
            TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::TableCell => self.write_text(" "),
            TagEnd::Image => {
                let address = std::mem::take(&mut self.image_address);
                self.pending_captions.extend(self.image_text.take().map(|alt| (alt, address)));
            }
            _ => {
                self.end_block();
                match tag {
                    TagEnd::Heading(_) => self.heading = None,
                    TagEnd::Item | TagEnd::Table => self.open_lists = self.open_lists.saturating_sub(1),
                    TagEnd::CodeBlock => self.in_code = false,
                    TagEnd::BlockQuote(_) => self.close_quotation(),
                    TagEnd::FootnoteDefinition => self.in_footnote = false,
                    _ => {}
                }
            }
        }
    }

    fn write_text(&mut self, text: &str) {
        if let Some(image_text) = &mut self.image_text {
            image_text.push_str(text);
            return;
        }
        if std::mem::take(&mut self.ends_quoted_line) {
            // A line that begins with a dash names who is quoted.
            if block_quotation::begins_with_dash(text) { self.end_block() } else { self.writer.write(" ") }
        }
        self.has_plain_text |= self.emphasis_depth == 0 && !text.trim().is_empty();
        self.writer.write(text);
    }

    fn open_quotation(&mut self) {
        if self.open_quotations == 0 {
            let start = self.writer.blocks.len();
            self.quotations.push(start..start);
        }
        self.open_quotations += 1;
    }

    fn close_quotation(&mut self) {
        self.open_quotations = self.open_quotations.saturating_sub(1);
        self.ends_quoted_line = false;
        let end = self.writer.blocks.len();
        if let Some(quotation) = self.quotations.last_mut().filter(|_| self.open_quotations == 0) {
            quotation.end = end;
        }
    }

    /// Writes the lines of a code block. An empty line ends a block, as it does elsewhere.
    fn write_code(&mut self, code: &str) {
        for line in code.lines() {
            if line.trim().is_empty() {
                self.end_block();
            } else {
                self.write_text(line);
                self.write_text(" ");
            }
        }
    }

    /// Ends the block and writes the captions of its pictures after it.
    fn end_block(&mut self) {
        let before = self.writer.blocks.len();
        self.writer.end_block(self.block_kind());
        let previous_kind = self.writer.blocks[..before].last().map(|it| it.kind);
        if let Some(block) = self.writer.blocks.get_mut(before) {
            // Text in emphasis is a caption under a picture and a standfirst under the headline.
            let is_emphasized =
                block.kind == BlockKind::Paragraph && !self.has_plain_text && !byline::is_byline(&block.text);
            if is_emphasized && (self.follows_image || !self.pending_captions.is_empty()) {
                block.kind = BlockKind::Caption;
            } else if is_emphasized && previous_kind == Some(BlockKind::Headline) {
                block.kind = BlockKind::Standfirst;
            }
            self.follows_image = false;
        }
        for (alt, address) in self.pending_captions.drain(..) {
            let block = self.writer.blocks.len();
            self.writer.write(&alt);
            self.writer.end_block(BlockKind::Caption);
            let has_caption = self.writer.blocks.len() > block;
            self.pictures.push(PictureDraft { block, alt, has_caption, address });
            self.follows_image = true;
        }
        self.has_plain_text = false;
    }

    fn block_kind(&self) -> BlockKind {
        let is_story = |it: &BlockText| !matches!(it.kind, BlockKind::Caption | BlockKind::Furniture);
        match self.heading {
            Some(_) if !self.writer.blocks.iter().any(is_story) => BlockKind::Headline,
            Some(_) => BlockKind::Heading,
            None if self.in_footnote => BlockKind::Furniture,
            None if self.open_lists > 0 => BlockKind::Item,
            None => BlockKind::Paragraph,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::load::{Hint, from_bytes};
    use crate::story::BlockKind;
    use crate::story::BlockKind::*;
    use crate::story::{Format, Story};

    fn story(text: &str) -> Story {
        let hint = Hint { format: Some(Format::Markdown), ..Hint::default() };
        from_bytes(text.as_bytes(), &hint).unwrap()
    }

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let story = story(text);
        story.blocks().iter().map(|it| (it.kind, it.span.slice(story.text()).to_owned())).collect()
    }

    #[test]
    fn marks_draw_the_blocks_and_are_gone() {
        for (text, expected) in [
            (
                "# Council raises *the wall*\n\n*By Ann Lee*\n\nIt **rained**, said\n[Bo Ray](http://a.example).",
                vec![
                    (Headline, "Council raises the wall"),
                    (Byline, "By Ann Lee"),
                    (Paragraph, "It rained, said Bo Ray."),
                ],
            ),
            (
                "Wall\n====\n\n*A night of rain took the old wall away.*\n\nIt rained.\n\n## Night\n\nIt stopped.",
                vec![
                    (Headline, "Wall"),
                    (Standfirst, "A night of rain took the old wall away."),
                    (Paragraph, "It rained."),
                    (Heading, "Night"),
                    (Paragraph, "It stopped."),
                ],
            ),
            (
                "It rained.\n\n* The wall held.\n* The bridge\n  fell.\n\n> “We won,” she said.\n\n    a listing\n",
                vec![
                    (Paragraph, "It rained."),
                    (Item, "The wall held."),
                    (Item, "The bridge fell."),
                    (Paragraph, "“We won,” she said."),
                    (Paragraph, "a listing"),
                ],
            ),
            (
                "It rained.\n\n![The wall at night](wall.png)\n*Photo: Bo Ray*\n\n![The bridge](b.png)\n\n*It fell at two.*",
                vec![
                    (Paragraph, "It rained."),
                    (Caption, "Photo: Bo Ray"),
                    (Caption, "The wall at night"),
                    (Caption, "The bridge"),
                    (Caption, "It fell at two."),
                ],
            ),
            (
                "It rained.[^1] <span>Much</span>,<br>she said.\n\n[^1]: All night.\n\n<p>It stopped.</p>",
                vec![
                    (Paragraph, "It rained. Much, she said."),
                    (Furniture, "All night."),
                    (Paragraph, "It stopped."),
                ],
            ),
            ("**Q:** Why now?\n\n**A:** Because.", vec![(Turn, "Q: Why now?"), (Turn, "A: Because.")]),
            ("It rained. &#27;[31mMuch&#27;[0m.&#0;", vec![(Paragraph, "It rained. Much.\u{fffd}")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|it| (it.0, it.1.to_owned())).collect();
            assert_eq!(blocks(text), expected, "{text}");
        }
    }

    #[test]
    fn a_link_and_a_picture_keep_their_addresses() {
        let story = story(
            "---\nurl: https://gazette.example/news/wall\n---\nIt rained, said [Bo *Ray*](/ray), and [Ann](#ann).\n\n\
             ![The wall at night](wall.png)\n",
        );
        let links: Vec<_> =
            story.links.iter().map(|it| (it.span.slice(story.text()), it.url.as_str())).collect();
        assert_eq!(links, [("Bo Ray", "https://gazette.example/ray")]);
        let picture = &story.pictures[0];
        assert_eq!(picture.caption.map(|it| it.slice(story.text())), Some("The wall at night"));
        assert_eq!(picture.url.as_deref(), Some("https://gazette.example/news/wall.png"));
    }

    #[test]
    fn a_block_quotation_holds_the_words_of_the_name_under_it() {
        let quoted = |text: &str| {
            let story = story(text);
            let blocks = story.blocks().iter().filter(|it| it.is_quotation);
            let name =
                |it: &crate::story::Block| it.quoted_name.map_or("", |it| it.slice(story.text())).to_owned();
            blocks.map(|it| (it.span.slice(story.text()).to_owned(), name(it))).collect::<Vec<_>>()
        };
        let lead =
            "It rained in Tarn for nine days, and the wall at the pier fell into the sea on Monday.\n\n";
        for (quotation, expected) in [
            ("> We were\n> asleep.\n> — Ann Lee, cook\n", vec![("We were asleep.", "Ann Lee")]),
            (
                "> We slept.\n>\n> It fell.\n>\n> -- Bo Ray\n",
                vec![("We slept.", "Bo Ray"), ("It fell.", "Bo Ray")],
            ),
            ("> We slept.\n", vec![("We slept.", "")]),
            ("> “We slept,” she said.\n", vec![]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
            assert_eq!(quoted(&format!("{lead}{quotation}")), expected, "{quotation}");
        }
    }

    #[test]
    fn front_matter_comes_before_the_text() {
        let story = story(
            "---\ntitle: Council raises the wall\nauthor: Ann Lee\ndate: 2026-05-03\nsource: Harbour Gazette\n---\n\n\
             # Council Raises the Wall\n\nOSLO (AP) — It rained.",
        );
        assert_eq!(
            story.text(),
            "Council raises the wall\n\nAnn Lee\n\nCouncil Raises the Wall\n\nOSLO (AP) — It rained."
        );
        assert_eq!(story.blocks()[2].repeats, Some(0));
        assert_eq!(story.byline(), Some("Ann Lee"));
        assert_eq!(story.dateline(), Some("OSLO (AP) —"));
        assert_eq!(story.outlet.as_deref(), Some("Harbour Gazette"));
        assert_eq!(story.published.as_deref(), Some("2026-05-03"));
    }
}
