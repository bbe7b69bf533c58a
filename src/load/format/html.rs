//! HTML: the story that the readability library finds in a page, and the page's metadata.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Article, Config, Readability};

use crate::load::builder::StoryBuilder;
use crate::load::format::block_writer::{self, BlockText, BlockWriter};
use crate::load::format::{html_depth, plain};
use crate::load::structure::byline;
use crate::load::text::{compare, sanitize};
use crate::story::BlockKind;

/// Parses a page, or a part of one. If no story is found in it, all of its text is the story.
pub(crate) fn parse(html: &str) -> StoryBuilder {
    if html_depth::nesting_depth(html) > html_depth::MAX_DEPTH {
        return plain::parse(&strip_tags(html));
    }
    let page = Document::from(html);
    let metadata = PageMetadata::from_page(&page);
    let config = Config { keep_classes: true, ..Config::default() };
    let found = Readability::with_document(page, None, Some(config)).ok().and_then(|mut readability| {
        let article = readability.parse().ok()?;
        let blocks = blocks_under(&readability.doc.select_single("body").nodes().first().copied()?);
        (!blocks.is_empty()).then_some((article, blocks))
    });
    let Some((article, blocks)) = found else {
        return StoryBuilder { url: metadata.url, ..parse_all_text(html) };
    };
    let head = head_blocks(&article, &metadata, &blocks);
    // The page's own title is the headline already.
    let headline = head.first().map(|it| it.text.clone()).unwrap_or_default();
    let is_title =
        |it: &BlockText| it.kind == BlockKind::Heading && compare::same_letters(&it.text, &headline);
    let body = blocks.into_iter().filter(|it| !is_title(it));
    let builder = block_writer::to_builder(&head.into_iter().chain(body).collect::<Vec<_>>());
    let published = article.published_time.or(metadata.published);
    StoryBuilder { outlet: article.site_name, published, url: metadata.url, ..builder }
}

/// Parses all text of a page in which readability finds no story.
fn parse_all_text(html: &str) -> StoryBuilder {
    block_writer::to_builder(&Document::from(html).body().map(|it| blocks_under(&it)).unwrap_or_default())
}

/// What a page shows about its story. Readability removes these elements with others around the title, so they are read
/// before.
struct PageMetadata {
    title: String,
    standfirst: String,
    published: Option<String>,
    url: Option<String>,
}

impl PageMetadata {
    fn from_page(page: &Document) -> Self {
        let attribute =
            |selector: &str, name: &str| page.select_single(selector).attr(name).map(|it| it.to_string());
        let address =
            |selector, name| attribute(selector, name).filter(|it| sanitize::parse_web_address(it).is_some());
        let text = |selector: &str| sanitize::sanitize_line(&page.select_single(selector).text());
        Self {
            title: text("h1"),
            standfirst: text("[class*=standfirst], [class*=strapline], [class*=subheadline]"),
            published: attribute("time[datetime]", "datetime"),
            url: address("link[rel=canonical]", "href")
                .or_else(|| address("meta[property='og:url']", "content")),
        }
    }
}

/// The text between the tags of a piece of HTML, each part on a line.
pub(crate) fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in html.split_inclusive('>') {
        text.push_str(piece.split_once('<').map_or(piece, |(before, _)| before));
        text.push('\n');
    }
    text
}

/// The blocks from the page's metadata: the headline, and the standfirst and the byline if the article has none.
fn head_blocks(article: &Article, metadata: &PageMetadata, blocks: &[BlockText]) -> Vec<BlockText> {
    /// The number of blocks in which an article's own byline is looked for.
    const MAX_BYLINE_BLOCKS: usize = 6;
    let mut writer = BlockWriter::default();
    // The `<title>` of a page often ends with the newspaper's name; the `<h1>` may be that name alone.
    let (title, full_title) = (&metadata.title, &article.title);
    let is_short = title.len() * 2 < full_title.len();
    let is_headline = (!is_short && compare::letters_within(title, full_title))
        || compare::letters_within(full_title, title);
    writer.write(if is_headline { title } else { full_title });
    writer.end_block(BlockKind::Headline);
    let is_standfirst = |it: &BlockText| it.kind == BlockKind::Standfirst || it.text == metadata.standfirst;
    if !blocks.iter().any(is_standfirst) {
        writer.write(&metadata.standfirst);
        writer.end_block(BlockKind::Standfirst);
    }
    let author = article.byline.as_deref().map(sanitize::sanitize_line);
    let author = author.filter(|it| !it.contains("://")).unwrap_or_default();
    let names_author =
        |it: &BlockText| byline::is_byline(&it.text) && compare::letters_within(&author, &it.text);
    if !blocks.iter().take(MAX_BYLINE_BLOCKS).any(names_author) {
        writer.write(&author);
        writer.end_block(BlockKind::Byline);
    }
    writer.blocks
}

/// The blocks under a node.
fn blocks_under(root: &NodeRef) -> Vec<BlockText> {
    let mut walk = TreeWalk::default();
    // Steps on the heap, since a page may be nested more deeply than the stack allows.
    let mut steps = vec![WalkStep::Enter(*root)];
    while let Some(step) = steps.pop() {
        match step {
            WalkStep::Enter(node) if node.is_text() => walk.writer.write(&node.text()),
            WalkStep::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                if SKIPPED_ELEMENTS.contains(&&*name) {
                    continue;
                }
                let kind = block_kind(&name, &node);
                walk.enter(&name, kind);
                steps.push(WalkStep::Leave(name.to_string(), kind.is_some()));
                steps.extend(node.children_it(true).map(WalkStep::Enter));
            }
            WalkStep::Leave(name, has_kind) => walk.leave(&name, has_kind),
        }
    }
    walk.writer.end_block(BlockKind::Paragraph);
    walk.writer.blocks
}

/// A step of the walk through a page.
enum WalkStep<'a> {
    Enter(NodeRef<'a>),
    /// The element's name, and whether it gave its blocks their kind.
    Leave(String, bool),
}

/// Elements without text of the story.
const SKIPPED_ELEMENTS: &[&str] = &[
    "audio", "button", "canvas", "footer", "form", "head", "iframe", "input", "math", "nav", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Elements that do not interrupt a block.
const INLINE_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "picture", "q", "rb", "rp", "rt", "ruby", "s", "samp",
    "small", "source", "span", "strike", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "var", "wbr",
];

/// Parts of the class names of a standfirst.
const STANDFIRST_CLASSES: &[&str] = &["dek", "standfirst", "strapline", "subheadline", "subtitle"];

/// The kind that an element gives to its blocks; `None` if it gives none.
fn block_kind(name: &str, node: &NodeRef) -> Option<BlockKind> {
    let is_standfirst = || {
        let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
        STANDFIRST_CLASSES.iter().any(|it| class.contains(it))
    };
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div" if is_standfirst() => {
            Some(BlockKind::Standfirst)
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" => Some(BlockKind::Item),
        "tr" if is_data_row(node) => Some(BlockKind::Item),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        _ => None,
    }
}

/// Whether a table row holds data: several short cells. Old pages use tables for their layout.
fn is_data_row(row: &NodeRef) -> bool {
    const MAX_ROW_BYTES: usize = 300;
    row.element_children().len() > 1 && row.text().len() <= MAX_ROW_BYTES
}

/// The text so far, and the kinds from the open elements.
#[derive(Default)]
struct TreeWalk {
    writer: BlockWriter,
    kinds: Vec<BlockKind>,
    quote_depth: usize,
}

impl TreeWalk {
    fn enter(&mut self, name: &str, kind: Option<BlockKind>) {
        match name {
            "br" => self.writer.break_line(self.current_kind()),
            "q" => {
                self.writer.write(if self.quote_depth.is_multiple_of(2) { "“" } else { "‘" });
                self.quote_depth += 1;
            }
            _ if INLINE_ELEMENTS.contains(&name) => {}
            _ => self.writer.end_block(self.current_kind()),
        }
        self.kinds.extend(kind);
    }

    fn leave(&mut self, name: &str, has_kind: bool) {
        match name {
            "q" => {
                self.quote_depth = self.quote_depth.saturating_sub(1);
                self.writer.write(if self.quote_depth.is_multiple_of(2) { "”" } else { "’" });
            }
            "td" | "th" => self.writer.write(" "),
            _ if INLINE_ELEMENTS.contains(&name) => {}
            _ => self.writer.end_block(self.current_kind()),
        }
        if has_kind {
            self.kinds.pop();
        }
    }

    fn current_kind(&self) -> BlockKind {
        self.kinds.last().copied().unwrap_or(BlockKind::Paragraph)
    }
}

#[cfg(test)]
mod tests {
    use crate::load::{Hint, from_bytes};
    use crate::story::BlockKind;
    use crate::story::BlockKind::*;
    use crate::story::{Format, Story};

    fn story(html: &str) -> Story {
        let hint = Hint { format: Some(Format::Html), ..Hint::default() };
        from_bytes(html.as_bytes(), &hint).unwrap()
    }

    fn blocks(html: &str) -> Vec<(BlockKind, String)> {
        let story = story(html);
        story.blocks().iter().map(|it| (it.kind, it.span.slice(story.text()).to_owned())).collect()
    }

    const LONG: &str = "The council met on Monday to hear from the people who live by the river, and it was late, \
                        said Ann Lee, when they went home, wet, tired and without an answer.";

    #[test]
    fn the_story_of_a_page_is_found_with_what_the_page_says_about_it() {
        let html = format!(
            "<!doctype html><html><head><title>Council raises the harbour wall | Harbour Gazette</title>\
             <meta property=og:site_name content='Harbour Gazette'><meta name=author content='Ann Lee'>\
             <meta property='article:published_time' content='2026-05-03T10:00:00Z'>\
             <link rel=canonical href='https://gazette.example/wall?a=1&amp;b=2'>\
             <script>var a = '<p>not this</p>';</script></head><body><nav><a href=/>Home</a><a href=/s>Sport</a></nav>\
             <article><header><h1>Council raises the harbour wall</h1>\
             <p class=standfirst>The vote was close.</p></header><p>{LONG}</p>\
             <figure><img src=a.jpg><figcaption>The wall at night. Photograph: Bo Ray</figcaption></figure>\
             <p>{LONG}</p><h2>A night of rain</h2><ul><li>The wall held.</li><li>The bridge fell.</li></ul>\
             <blockquote><p>“We won,” she said.<br>“At last.”</p></blockquote><p>{LONG}</p></article>\
             <footer>© 2026 Harbour Gazette</footer></body></html>"
        );
        let story = story(&html);
        assert_eq!(story.headline(), Some("Council raises the harbour wall"));
        assert_eq!(story.byline(), Some("Ann Lee"));
        assert_eq!(story.outlet.as_deref(), Some("Harbour Gazette"));
        assert_eq!(story.published.as_deref(), Some("2026-05-03T10:00:00Z"));
        assert_eq!(story.url.as_deref(), Some("https://gazette.example/wall?a=1&b=2"));
        let kinds: Vec<_> = story.blocks().iter().map(|it| it.kind).collect();
        assert_eq!(
            kinds,
            [
                Headline, Byline, Standfirst, Paragraph, Caption, Paragraph, Heading, Item, Item, Paragraph,
                Paragraph, Paragraph
            ]
        );
        assert!(!story.text().contains("Sport") && !story.text().contains("not this"));
    }

    #[test]
    fn only_an_address_of_the_web_is_where_a_story_stands() {
        for (head, url) in [
            ("<meta property='og:url' content='http://a.example/b'>", Some("http://a.example/b")),
            (
                "<link rel=canonical href='/b'><meta property='og:url' content=' https://a.example/b '>",
                Some("https://a.example/b"),
            ),
            ("<link rel=canonical href='javascript:alert(1)'>", None),
            ("<link rel=canonical href='file:///etc/passwd'>", None),
            ("<link rel=canonical href='https://a.example/b --new c'>", None),
            ("<link rel=canonical href='https://a.example/&#27;[31m'>", None),
            ("<link rel=canonical href='https://'>", None),
            ("", None),
        ] {
            for body in [format!("<article><h1>Wall</h1><p>{LONG}</p></article>"), "It rained.".to_owned()] {
                let html = format!("<html><head>{head}</head><body>{body}</body></html>");
                assert_eq!(story(&html).url.as_deref(), url, "{html}");
            }
        }
    }

    #[test]
    fn a_piece_of_a_page_is_read_as_well() {
        assert_eq!(
            blocks("<p>It rained &amp; <b>rained</b>.</p><div>It<br>stopped: <q>We <q>won</q></q></div>"),
            [(Paragraph, "It rained & rained.".to_owned()), (Paragraph, "It stopped: “We ‘won’”".to_owned())]
        );
    }

    #[test]
    fn a_page_laid_out_in_a_table_has_paragraphs_and_a_table_has_rows() {
        let html = format!("<h1>Wall</h1><table><tr><td>{LONG}<br><br>It stopped.</td></tr></table>");
        let kinds = |html: &str| blocks(html).into_iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(kinds(&html), [Headline, Paragraph, Paragraph]);
        assert_eq!(kinds("<h1>Wall</h1><table><tr><td>Lee</td><td>40</td></tr></table>"), [Headline, Item]);
    }

    #[test]
    fn what_a_page_hides_in_entities_is_made_harmless() {
        assert_eq!(blocks("<p>It &#27;[31mrained&#x202e;.</p>")[0].1, "It rained.");
    }

    #[test]
    fn a_page_of_any_depth_is_read() {
        let deep = |tag: &str, times: usize| format!("<body>{}It rained.", tag.repeat(times));
        for html in [deep("<div>", 500), deep("<div>", 20_000), deep("<p><b>", 2_000)] {
            assert_eq!(story(&html).first_text(Paragraph), Some("It rained."));
        }
    }

    #[test]
    fn a_page_without_words_is_refused() {
        let hint = Hint { format: Some(Format::Html), ..Hint::default() };
        assert!(from_bytes(b"<html><script>x()</script></html>", &hint).is_err());
    }
}
