//! News in XML: NITF, `NewsML-G2` and `NewsML` 1 of the IPTC, as agencies deliver them.

use std::collections::HashMap;

use crate::load::builder::StoryBuilder;
use crate::load::format::document::{DocumentWriter, ParagraphStyle};
use crate::load::format::front_matter::{self, FrontMatter};
use crate::load::format::xml::{XmlPiece, XmlReader, XmlTag};
use crate::load::format::{block_writer, plain};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// Whether the first element of a document is that of news.
pub(crate) fn is_news(root: &str) -> bool {
    matches!(root, "nitf" | "newsItem" | "newsMessage" | "NewsML" | "NewsItem")
}

/// The news items of a message with more than one, each as a document of its own; empty for another text.
pub(crate) fn split(text: &str) -> Vec<&str> {
    let mut reader = XmlReader::new(text);
    let (mut items, mut start) = (Vec::new(), None);
    loop {
        let before = reader.position();
        match reader.next() {
            Some(XmlPiece::Open(tag)) if is_item(tag.name()) => start = start.or(Some(before)),
            Some(XmlPiece::Close(name)) if is_item(&name) => {
                let item = start.take().and_then(|start| text.get(start..reader.position()));
                items.extend(item);
            }
            Some(_) => {}
            None => break,
        }
    }
    if items.len() > 1 { items } else { Vec::new() }
}

fn is_item(name: &str) -> bool {
    matches!(name, "newsItem" | "NewsItem")
}

/// Parses a document of news, with its headline, authors, date and publisher.
pub(crate) fn parse(text: &str) -> StoryBuilder {
    let mut reader = NewsReader::default();
    for piece in XmlReader::new(text) {
        match piece {
            XmlPiece::Open(tag) => reader.open(&tag),
            XmlPiece::Close(name) => reader.close(&name),
            XmlPiece::Text(text) => reader.text(&text),
        }
    }
    let NewsReader { writer, head, data, .. } = reader;
    let mut builder = block_writer::to_builder(&front_matter::head_blocks(&head.story));
    (builder.outlet, builder.published) = (head.story.outlet, head.story.date);
    let body = writer.finish();
    let body = if body.blocks.is_empty() { plain::parse(&sanitize::sanitize_text(&data)) } else { body };
    builder.followed_by(body)
}

/// The metadata so far, with the rank of what the date and the publisher came from. A lower rank is better.
#[derive(Default)]
struct NewsHead {
    story: FrontMatter,
    date_rank: Option<usize>,
    outlet_rank: Option<usize>,
}

/// Elements with the date of a story, the best first.
const DATE_ELEMENTS: [&str; 8] = [
    "story.date",
    "contentCreated",
    "date.issue",
    "date.release",
    "firstCreated",
    "FirstCreated",
    "versionCreated",
    "sent",
];

/// Elements with the publisher of a story, the best first.
const OUTLET_ELEMENTS: [&str; 6] =
    ["pubdata", "distributor", "infoSource", "provider", "Provider", "copyrightHolder"];

impl NewsHead {
    fn set_date(&mut self, element: &str, date: &str) {
        let rank = DATE_ELEMENTS.iter().position(|it| *it == element);
        if !date.is_empty() && rank.is_some() && self.date_rank.is_none_or(|it| rank < Some(it)) {
            (self.date_rank, self.story.date) = (rank, Some(readable_date(date)));
        }
    }

    fn set_outlet(&mut self, element: &str, name: &str) {
        let rank = OUTLET_ELEMENTS.iter().position(|it| *it == element);
        if !name.is_empty() && rank.is_some() && self.outlet_rank.is_none_or(|it| rank < Some(it)) {
            (self.outlet_rank, self.story.outlet) = (rank, Some(name.to_owned()));
        }
    }
}

/// A date such as `20250314T070000Z` with hyphens; another one as it is.
fn readable_date(date: &str) -> String {
    match (date.get(..4), date.get(4..6), date.get(6..8)) {
        (Some(year), Some(month), Some(day)) if date.bytes().take(8).all(|it| it.is_ascii_digit()) => {
            format!("{year}-{month}-{day}")
        }
        _ => date.to_owned(),
    }
}

#[derive(Default)]
struct NewsReader {
    writer: DocumentWriter,
    head: NewsHead,
    /// The names of the open elements.
    path: Vec<String>,
    /// How many open elements have each name: a document may nest them as deeply as it likes.
    open_counts: HashMap<String, usize>,
    /// The element whose text is collected: its depth, its name and the text.
    field: Option<(usize, String, String)>,
    /// The number of open blocks of the body.
    blocks: usize,
    strong: usize,
    links: Vec<String>,
    /// The text of elements for plain text.
    data: String,
}

impl NewsReader {
    fn is_in(&self, names: &[&str]) -> bool {
        names.iter().any(|it| self.open_counts.get(*it).is_some_and(|it| *it > 0))
    }

    fn push(&mut self, name: &str) {
        *self.open_counts.entry(name.to_owned()).or_default() += 1;
        self.path.push(name.to_owned());
    }

    fn pop(&mut self) {
        let count = self.path.pop().and_then(|it| self.open_counts.get_mut(&it));
        if let Some(count) = count {
            *count -= 1;
        }
    }

    /// Whether the open element stands in the text of the story.
    fn is_body(&self) -> bool {
        self.is_in(&["body", "body.content"]) && !self.is_in(&["body.head", "body.end", "media-producer"])
    }

    fn open(&mut self, tag: &XmlTag) {
        let name = tag.name().to_owned();
        self.push(&name);
        let attribute =
            |name: &str| tag.attribute(name).map(|it| sanitize::sanitize_line(&it)).unwrap_or_default();
        if self.is_body() {
            self.open_in_body(&name, tag);
            return;
        }
        match name.as_str() {
            "pubdata" => {
                self.head.set_outlet(&name, &attribute("name"));
                self.head.set_date("date.issue", &attribute("date.publication"));
            }
            _ if DATE_ELEMENTS.contains(&name.as_str()) => self.head.set_date(&name, &attribute("norm")),
            _ if OUTLET_ELEMENTS.contains(&name.as_str()) => {
                self.head.set_outlet(&name, &attribute("literal"));
            }
            _ => {}
        }
        let is_field = matches!(
            name.as_str(),
            "hl1"
                | "hl2"
                | "headline"
                | "HeadLine"
                | "title"
                | "byline"
                | "by"
                | "ByLine"
                | "distributor"
                | "name"
        ) || DATE_ELEMENTS.contains(&name.as_str());
        if is_field && self.field.is_none() {
            let key = if attribute("role").to_lowercase().contains("sub") { "hl2".into() } else { name };
            self.field = Some((self.path.len(), key, String::new()));
        }
    }

    fn open_in_body(&mut self, name: &str, tag: &XmlTag) {
        let kind = match name {
            "p" | "td" | "th" | "dt" | "dd" | "pre" => self.kind_of_paragraph(),
            "li" => BlockKind::Item,
            "media-caption" | "figcaption" | "caption" => BlockKind::Caption,
            "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
            "a" => {
                self.links.push(tag.attribute("href").unwrap_or_default());
                self.writer.open_link();
                return;
            }
            "b" | "strong" => {
                self.strong += 1;
                return;
            }
            "br" => return self.writer.break_line(),
            _ => return,
        };
        self.writer.begin_paragraph();
        self.writer.set_style(ParagraphStyle { kind, is_quotation: self.is_in(&["bq", "blockquote"]) });
        self.blocks += 1;
    }

    /// The kind of a paragraph by the elements around it.
    fn kind_of_paragraph(&self) -> BlockKind {
        match () {
            () if self.is_in(&["media-caption", "figcaption", "caption"]) => BlockKind::Caption,
            () if self.is_in(&["li"]) => BlockKind::Item,
            () => BlockKind::Paragraph,
        }
    }

    fn close(&mut self, name: &str) {
        if self.is_body() {
            match name {
                "a" => {
                    let address = self.links.pop().unwrap_or_default();
                    self.writer.close_link(&address);
                }
                "b" | "strong" => self.strong = self.strong.saturating_sub(1),
                "p" | "td" | "th" | "dt" | "dd" | "pre" | "li" | "media-caption" | "figcaption"
                | "caption" | "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    self.writer.end_paragraph();
                    self.blocks = self.blocks.saturating_sub(1);
                }
                _ => {}
            }
        }
        if self.field.as_ref().is_some_and(|it| it.0 == self.path.len())
            && let Some((_, field, text)) = self.field.take()
        {
            self.take_field(&field, &sanitize::sanitize_line(&text));
        }
        self.pop();
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, field)) = &mut self.field {
            if self.path.last().is_none_or(|it| it != "byttl") {
                field.push_str(text);
            }
        } else if self.path.last().is_some_and(|it| it == "inlineData") {
            self.data.push_str(text);
        } else if self.blocks > 0 && self.is_body() {
            self.writer.write_words(text, self.strong > 0);
        }
    }

    fn take_field(&mut self, field: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let story = &mut self.head.story;
        match field {
            "hl1" | "headline" | "HeadLine" => story.title = Some(text.to_owned()),
            "title" => drop(story.title.get_or_insert_with(|| text.to_owned())),
            "hl2" => drop(story.standfirst.get_or_insert_with(|| text.to_owned())),
            "byline" | "by" | "ByLine" => story.author = Some(text.to_owned()),
            "name" => {
                let owner = self.path.iter().rev().nth(1).cloned().unwrap_or_default();
                if owner == "creator" {
                    self.head.story.author.get_or_insert_with(|| text.to_owned());
                } else {
                    self.head.set_outlet(&owner, text);
                }
            }
            "distributor" => self.head.set_outlet(field, text),
            date => self.head.set_date(date, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use crate::load::{Hint, from_bytes, from_part, split};
    use crate::story::{BlockKind, Story};

    const NITF: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf><head><title>Slug ferry</title><docdata><date.issue norm="20250314T070000Z"/></docdata>
<pubdata name="The Tarn Courier" date.publication="20250315"/></head>
<body><body.head><hedline><hl1>Ferry stays on the Tarn, mayor says</hl1><hl2>The vote was close</hl2></hedline>
<byline>By <person>Anna Holt</person><byttl>Staff writer</byttl></byline><dateline><location>ODDMOUTH</location></dateline></body.head>
<body.content><block><p>The ferry will keep running, the mayor said &mdash; on Friday.</p>
<media media-type="image"><media-reference source="a.jpg"/><media-caption>The ferry at dawn.</media-caption><media-producer>Bo Ray</media-producer></media>
<p>&#8220;It is the right thing to do,&#8221; said Lena Holt, <a href="https://courier.example/holt">the mayor</a>.</p>
<hl2>What it costs</hl2><ul><li>Twelve seats.</li></ul><bq><block><p>Nobody will remember.</p></block></bq></block></body.content>
<body.end><tagline>Holt writes on rivers.</tagline></body.end></body></nitf>"#;

    const NEWSML: &str = r#"<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2025-03-16T00:00:00Z</sent></header><itemSet>
<newsItem guid="1"><itemMeta><provider qcode="n:TC"><name>Tarn Press</name></provider><versionCreated>2025-03-15T08:00:00Z</versionCreated></itemMeta>
<contentMeta><contentCreated>2025-03-14T07:00:00Z</contentCreated><creator><name>Anna Holt</name></creator>
<headline role="hld:subHeadline">The vote was close</headline><headline>Ferry stays on the Tarn, mayor says</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
<p>The ferry will keep running.</p><p>“It is the right thing to do,” said Lena Holt, the mayor.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="2"><contentMeta><headline>Bridge falls</headline></contentMeta><contentSet><inlineData>“It was old,” said Piet Maas.

Nobody was hurt.</inlineData></contentSet></newsItem></itemSet></newsMessage>"#;

    fn story(xml: &str) -> Story {
        from_bytes(xml.as_bytes(), &Hint::default()).expect("it is news")
    }

    fn texts(story: &Story, kind: BlockKind) -> Vec<&str> {
        story.blocks().iter().filter(|it| it.kind == kind).map(|it| it.span.slice(story.text())).collect()
    }

    #[test]
    fn nitf_has_its_head_its_captions_and_its_quotations() {
        let story = story(NITF);
        assert_eq!(story.headline(), Some("Ferry stays on the Tarn, mayor says"));
        assert_eq!(story.byline(), Some("By Anna Holt"));
        assert_eq!(story.published.as_deref(), Some("2025-03-14"));
        assert_eq!(story.outlet.as_deref(), Some("The Tarn Courier"));
        assert_eq!(texts(&story, BlockKind::Standfirst), ["The vote was close"]);
        assert_eq!(texts(&story, BlockKind::Caption), ["The ferry at dawn."]);
        assert_eq!(texts(&story, BlockKind::Heading), ["What it costs"]);
        assert_eq!(
            texts(&story, BlockKind::Paragraph),
            [
                "The ferry will keep running, the mayor said — on Friday.",
                "“It is the right thing to do,” said Lena Holt, the mayor.",
                "Nobody will remember.",
            ]
        );
        assert_eq!(story.links.len(), 1);
        assert!(story.blocks().iter().any(|it| it.is_quotation));
        assert!(!story.text().contains("rivers"));
    }

    #[test]
    fn each_item_of_a_newsml_message_is_a_story() {
        let hint = Hint::default();
        let parts = split(Cow::Borrowed(NEWSML.as_bytes()), &hint).expect("it is news");
        let stories: Vec<Story> =
            parts.iter().map(|it| from_part(it, &hint).expect("it is a story")).collect();
        assert_eq!(stories.len(), 2);
        assert_eq!(stories[0].headline(), Some("Ferry stays on the Tarn, mayor says"));
        assert_eq!(stories[0].byline(), Some("Anna Holt"));
        assert_eq!(stories[0].published.as_deref(), Some("2025-03-14T07:00:00Z"));
        assert_eq!(stories[0].outlet.as_deref(), Some("Tarn Press"));
        assert!(stories[0].text().ends_with("“It is the right thing to do,” said Lena Holt, the mayor."));
        assert_eq!(stories[1].headline(), Some("Bridge falls"));
        assert!(stories[1].text().ends_with("“It was old,” said Piet Maas.\n\nNobody was hurt."));
    }
}
