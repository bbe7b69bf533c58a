//! Markdown → a draft: its words without their marks, in the blocks that the marks draw.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::load::builder::Draft;
use crate::load::format::block_writer;
use crate::load::format::block_writer::{Pen, Piece};
use crate::load::format::front_matter;
use crate::load::format::front_matter::Front;
use crate::load::format::html;
use crate::load::structure::byline;
use crate::story::BlockKind;

/// The blocks of a clean text with front matter or without. Links are their words, pictures their captions.
pub(crate) fn draft(text: &str) -> Draft {
    let (front, body) = front_matter::split(text);
    let mut page = Page::default();
    page.pen.pieces = head(&front);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(body, options) {
        page.take(event);
    }
    page.lift();
    let mut draft = block_writer::draft(&page.pen.pieces);
    draft.outlet = front.outlet;
    draft.url = front.url;
    draft.published = front.date;
    draft
}

/// What front matter puts above the text.
fn head(front: &Front) -> Vec<Piece> {
    let mut pen = Pen::default();
    for (kind, words) in [
        (BlockKind::Headline, &front.title),
        (BlockKind::Standfirst, &front.standfirst),
        (BlockKind::Byline, &front.author),
    ] {
        pen.write(words.as_deref().unwrap_or_default());
        pen.lift(kind);
    }
    pen.pieces
}

/// The text being read: what is open around the words.
#[derive(Default)]
struct Page {
    pen: Pen,
    heading: Option<HeadingLevel>,
    /// Lists and tables that are open.
    items: usize,
    /// Stretches of emphasis that are open.
    emphasis: usize,
    /// Whether any word of the block stands outside of them.
    ordinary: bool,
    /// Whether a picture stands right above.
    pictured: bool,
    note: bool,
    code: bool,
    /// The words of the picture that is open.
    picture: Option<String>,
    /// Captions that wait for the end of their block.
    captions: Vec<String>,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(words) if self.code => self.listing(&words),
            Event::Text(words)
            | Event::Code(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words) => {
                self.write(&words);
            }
            Event::Html(piece) => self.write(&html::untagged(&piece)),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.pen.break_line(self.kind()),
            Event::SoftBreak => self.write(" "),
            Event::HardBreak => self.pen.break_line(self.kind()),
            Event::Rule => self.lift(),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag {
            Tag::Emphasis | Tag::Strong => self.emphasis += 1,
            Tag::Strikethrough | Tag::Link { .. } | Tag::TableCell | Tag::Superscript | Tag::Subscript => {}
            Tag::Image { .. } => self.picture = Some(String::new()),
            _ => {
                self.lift();
                match tag {
                    Tag::Heading { level, .. } => self.heading = Some(*level),
                    Tag::Item | Tag::Table(_) => self.items += 1,
                    Tag::CodeBlock(_) => self.code = true,
                    Tag::FootnoteDefinition(_) => self.note = true,
                    _ => {}
                }
            }
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strikethrough | TagEnd::Link | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::TableCell => self.write(" "),
            TagEnd::Image => self.captions.extend(self.picture.take()),
            _ => {
                self.lift();
                match tag {
                    TagEnd::Heading(_) => self.heading = None,
                    TagEnd::Item | TagEnd::Table => self.items = self.items.saturating_sub(1),
                    TagEnd::CodeBlock => self.code = false,
                    TagEnd::FootnoteDefinition => self.note = false,
                    _ => {}
                }
            }
        }
    }

    fn write(&mut self, words: &str) {
        if let Some(picture) = &mut self.picture {
            picture.push_str(words);
            return;
        }
        self.ordinary |= self.emphasis == 0 && !words.trim().is_empty();
        self.pen.write(words);
    }

    /// Words of a listing; an empty line parts them as it does everywhere.
    fn listing(&mut self, words: &str) {
        for line in words.lines() {
            if line.trim().is_empty() {
                self.lift();
            } else {
                self.write(line);
                self.write(" ");
            }
        }
    }

    /// Ends the block, and writes the captions of its pictures after it.
    fn lift(&mut self) {
        let before = self.pen.pieces.len();
        self.pen.lift(self.kind());
        let title = before.checked_sub(1).and_then(|it| self.pen.pieces.get(it)).map(|it| it.kind);
        if let Some(piece) = self.pen.pieces.get_mut(before) {
            // Words in emphasis under a picture are its caption; under the headline they are the standfirst.
            let emphasised =
                piece.kind == BlockKind::Paragraph && !self.ordinary && !byline::is(&piece.words);
            if emphasised && (self.pictured || !self.captions.is_empty()) {
                piece.kind = BlockKind::Caption;
            } else if emphasised && title == Some(BlockKind::Headline) {
                piece.kind = BlockKind::Standfirst;
            }
            self.pictured = false;
        }
        for caption in self.captions.drain(..) {
            self.pen.write(&caption);
            self.pen.lift(BlockKind::Caption);
            self.pictured = true;
        }
        self.ordinary = false;
    }

    fn kind(&self) -> BlockKind {
        let told = |it: &Piece| !matches!(it.kind, BlockKind::Caption | BlockKind::Furniture);
        match self.heading {
            Some(_) if !self.pen.pieces.iter().any(told) => BlockKind::Headline,
            Some(_) => BlockKind::Heading,
            None if self.note => BlockKind::Furniture,
            None if self.items > 0 => BlockKind::Item,
            None => BlockKind::Paragraph,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::load::{Hint, load};
    use crate::story::BlockKind;
    use crate::story::BlockKind::*;
    use crate::story::{Format, Story};

    fn story(text: &str) -> Story {
        let hint = Hint { format: Some(Format::Markdown), ..Hint::default() };
        load(text.as_bytes(), &hint).unwrap()
    }

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let story = story(text);
        story.blocks().iter().map(|it| (it.kind, it.span.of(story.text()).to_owned())).collect()
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
