//! Markdown → a draft: its words without their marks, in the blocks that the marks draw.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::load::builder::StoryBuilder;
use crate::load::format::block_writer;
use crate::load::format::block_writer::{BlockText, BlockWriter};
use crate::load::format::front_matter;
use crate::load::format::front_matter::FrontMatter;
use crate::load::format::html;
use crate::load::structure::byline;
use crate::story::BlockKind;

/// The blocks of a clean text with front matter or without. Links are their words, pictures their captions.
pub(crate) fn parse(text: &str) -> StoryBuilder {
    let (front, body) = front_matter::split_front_matter(text);
    let mut page = MarkdownParser::default();
    page.writer.blocks = front_matter_blocks(&front);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(body, options) {
        page.handle_event(event);
    }
    page.end_block();
    let mut draft = block_writer::to_builder(&page.writer.blocks);
    draft.outlet = front.outlet;
    draft.url = front.url;
    draft.published = front.date;
    draft
}

/// What front matter puts above the text.
fn front_matter_blocks(front: &FrontMatter) -> Vec<BlockText> {
    let mut pen = BlockWriter::default();
    for (kind, words) in [
        (BlockKind::Headline, &front.title),
        (BlockKind::Standfirst, &front.standfirst),
        (BlockKind::Byline, &front.author),
    ] {
        pen.write(words.as_deref().unwrap_or_default());
        pen.end_block(kind);
    }
    pen.blocks
}

/// The text being read: what is open around the words.
#[derive(Default)]
struct MarkdownParser {
    writer: BlockWriter,
    heading: Option<HeadingLevel>,
    /// Lists and tables that are open.
    open_lists: usize,
    /// Stretches of emphasis that are open.
    emphasis_depth: usize,
    /// Whether any word of the block stands outside of them.
    has_plain_text: bool,
    /// Whether a picture stands right above.
    follows_image: bool,
    in_footnote: bool,
    in_code: bool,
    /// The words of the picture that is open.
    image_text: Option<String>,
    /// Captions that wait for the end of their block.
    pending_captions: Vec<String>,
}

impl MarkdownParser {
    fn handle_event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start_tag(&tag),
            Event::End(tag) => self.end_tag(tag),
            Event::Text(words) if self.in_code => self.write_code(&words),
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words) => {
                self.write_text(&words);
            }
            Event::Html(piece) => self.write_text(&html::strip_tags(&piece)),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.writer.break_line(self.block_kind()),
            Event::SoftBreak => self.write_text(" "),
            Event::HardBreak => self.writer.break_line(self.block_kind()),
            Event::Rule => self.end_block(),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start_tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Emphasis | Tag::Strong => self.emphasis_depth += 1,
            Tag::Strikethrough | Tag::Link { .. } | Tag::TableCell | Tag::Superscript | Tag::Subscript => {}
            Tag::Image { .. } => self.image_text = Some(String::new()),
            _ => {
                self.end_block();
                match tag {
                    Tag::Heading { level, .. } => self.heading = Some(*level),
                    Tag::Item | Tag::Table(_) => self.open_lists += 1,
                    Tag::CodeBlock(_) => self.in_code = true,
                    Tag::FootnoteDefinition(_) => self.in_footnote = true,
                    _ => {}
                }
            }
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.emphasis_depth = self.emphasis_depth.saturating_sub(1),
            TagEnd::Strikethrough | TagEnd::Link | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::TableCell => self.write_text(" "),
            TagEnd::Image => self.pending_captions.extend(self.image_text.take()),
            _ => {
                self.end_block();
                match tag {
                    TagEnd::Heading(_) => self.heading = None,
                    TagEnd::Item | TagEnd::Table => self.open_lists = self.open_lists.saturating_sub(1),
                    TagEnd::CodeBlock => self.in_code = false,
                    TagEnd::FootnoteDefinition => self.in_footnote = false,
                    _ => {}
                }
            }
        }
    }

    fn write_text(&mut self, words: &str) {
        if let Some(picture) = &mut self.image_text {
            picture.push_str(words);
            return;
        }
        self.has_plain_text |= self.emphasis_depth == 0 && !words.trim().is_empty();
        self.writer.write(words);
    }

    /// Words of a listing; an empty line parts them as it does everywhere.
    fn write_code(&mut self, words: &str) {
        for line in words.lines() {
            if line.trim().is_empty() {
                self.end_block();
            } else {
                self.write_text(line);
                self.write_text(" ");
            }
        }
    }

    /// Ends the block, and writes the captions of its pictures after it.
    fn end_block(&mut self) {
        let before = self.writer.blocks.len();
        self.writer.end_block(self.block_kind());
        let title = before.checked_sub(1).and_then(|it| self.writer.blocks.get(it)).map(|it| it.kind);
        if let Some(piece) = self.writer.blocks.get_mut(before) {
            // Words in emphasis under a picture are its caption; under the headline they are the standfirst.
            let emphasised =
                piece.kind == BlockKind::Paragraph && !self.has_plain_text && !byline::is_byline(&piece.text);
            if emphasised && (self.follows_image || !self.pending_captions.is_empty()) {
                piece.kind = BlockKind::Caption;
            } else if emphasised && title == Some(BlockKind::Headline) {
                piece.kind = BlockKind::Standfirst;
            }
            self.follows_image = false;
        }
        for caption in self.pending_captions.drain(..) {
            self.writer.write(&caption);
            self.writer.end_block(BlockKind::Caption);
            self.follows_image = true;
        }
        self.has_plain_text = false;
    }

    fn block_kind(&self) -> BlockKind {
        let told = |it: &BlockText| !matches!(it.kind, BlockKind::Caption | BlockKind::Furniture);
        match self.heading {
            Some(_) if !self.writer.blocks.iter().any(told) => BlockKind::Headline,
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
    fn front_matter_stands_above_the_text() {
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
