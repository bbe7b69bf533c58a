//! A web page → a draft: the story that readability finds in it, and what the page says about it.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Article, Config, Readability};

use crate::load::builder::StoryBuilder;
use crate::load::format::block_writer;
use crate::load::format::block_writer::{BlockText, BlockWriter};
use crate::load::format::{html_depth, plain};
use crate::load::structure::byline;
use crate::load::text::{compare, sanitize};
use crate::story::BlockKind;

/// The story of a page.
pub(crate) fn parse(html: &str) -> StoryBuilder {
    if html_depth::nesting_depth(html) > html_depth::MAX_DEPTH {
        return plain::parse(&strip_tags(html));
    }
    let page = Document::from(html);
    let shown = PageMetadata::from_page(&page);
    let config = Config { keep_classes: true, ..Config::default() };
    let found = Readability::with_document(page, None, Some(config)).ok().and_then(|mut reader| {
        let article = reader.parse().ok()?;
        let pieces = blocks_under(&reader.doc.select_single("body").nodes().first().copied()?);
        Some((article, pieces)).filter(|it| !it.1.is_empty())
    });
    let Some((article, pieces)) = found else {
        return StoryBuilder { url: shown.url, ..parse_all_text(html) };
    };
    let head = head_blocks(&article, &shown, &pieces);
    // The page's own title is the headline already.
    let said = head.first().map(|it| it.text.clone()).unwrap_or_default();
    let is_title = |it: &BlockText| it.kind == BlockKind::Heading && compare::same_letters(&it.text, &said);
    let body = pieces.into_iter().filter(|it| !is_title(it));
    let draft = block_writer::to_builder(&head.into_iter().chain(body).collect::<Vec<_>>());
    let published = article.published_time.or(shown.published);
    StoryBuilder { outlet: article.site_name, published, url: shown.url, ..draft }
}

/// All words of a page in which readability finds no story.
fn parse_all_text(html: &str) -> StoryBuilder {
    block_writer::to_builder(&Document::from(html).body().map(|it| blocks_under(&it)).unwrap_or_default())
}

/// What a page shows about its story, before readability takes it away with what else stands around the title.
struct PageMetadata {
    title: String,
    standfirst: String,
    published: Option<String>,
    url: Option<String>,
}

impl PageMetadata {
    fn from_page(page: &Document) -> Self {
        let said =
            |selector: &str, name: &str| page.select_single(selector).attr(name).map(|it| it.to_string());
        let address =
            |selector, name| said(selector, name).filter(|it| sanitize::parse_web_address(it).is_some());
        let words = |selector: &str| sanitize::sanitize_line(&page.select_single(selector).text());
        Self {
            title: words("h1"),
            standfirst: words("[class*=standfirst], [class*=strapline], [class*=subheadline]"),
            published: said("time[datetime]", "datetime"),
            url: address("link[rel=canonical]", "href")
                .or_else(|| address("meta[property='og:url']", "content")),
        }
    }
}

/// The words between the tags of a piece of HTML, a line for each stretch.
pub(crate) fn strip_tags(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    for piece in html.split_inclusive('>') {
        words.push_str(piece.split_once('<').map_or(piece, |it| it.0));
        words.push('\n');
    }
    words
}

/// What the page says about its story: the headline, and standfirst and byline where the text has none.
fn head_blocks(article: &Article, shown: &PageMetadata, pieces: &[BlockText]) -> Vec<BlockText> {
    let mut pen = BlockWriter::default();
    // The title that a page has in its head often ends with the paper's name; the one that it shows may be that alone.
    let (title, full) = (&shown.title, &article.title);
    let short = title.len() * 2 < full.len();
    let fits = (!short && compare::letters_within(title, full)) || compare::letters_within(full, title);
    pen.write(if fits { title } else { full });
    pen.end_block(BlockKind::Headline);
    if !pieces.iter().any(|it| it.kind == BlockKind::Standfirst || it.text == shown.standfirst) {
        pen.write(&shown.standfirst);
        pen.end_block(BlockKind::Standfirst);
    }
    let author = article
        .byline
        .as_deref()
        .map(sanitize::sanitize_line)
        .filter(|it| !it.contains("://"))
        .unwrap_or_default();
    if !pieces
        .iter()
        .take(6)
        .any(|it| byline::is_byline(&it.text) && compare::letters_within(&author, &it.text))
    {
        pen.write(&author);
        pen.end_block(BlockKind::Byline);
    }
    pen.blocks
}

/// The blocks under a node.
fn blocks_under(root: &NodeRef) -> Vec<BlockText> {
    let mut walk = TreeWalk::default();
    let mut steps = vec![WalkStep::Enter(*root)];
    // A page may be nested deeper than the stack is; steps of our own have no such end.
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
            WalkStep::Leave(name, named) => walk.leave(&name, named),
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

/// Elements without words of the story.
const SKIPPED_ELEMENTS: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "button", "input", "select",
    "textarea", "form", "nav", "video", "audio", "object", "canvas", "head", "title", "footer",
];

/// Elements that words run through.
const INLINE_ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "rt", "rp", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source", "br",
    "td", "th",
];

/// The kind that an element gives to its blocks.
fn block_kind(name: &str, node: &NodeRef) -> Option<BlockKind> {
    let class = || node.attr("class").unwrap_or_default().to_ascii_lowercase();
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "div"
            if ["standfirst", "subtitle", "subheadline", "dek", "strapline"]
                .iter()
                .any(|it| class().contains(it)) =>
        {
            Some(BlockKind::Standfirst)
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" => Some(BlockKind::Item),
        "tr" if is_data_row(node) => Some(BlockKind::Item),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        _ => None,
    }
}

/// Whether a table's row holds data: some short cells. Old pages lay out their stories in tables.
fn is_data_row(row: &NodeRef) -> bool {
    const LONGEST: usize = 300;
    row.element_children().len() > 1 && row.text().len() <= LONGEST
}

/// The words so far, and the kinds that open elements give them.
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

    fn leave(&mut self, name: &str, named: bool) {
        match name {
            "q" => {
                self.quote_depth = self.quote_depth.saturating_sub(1);
                self.writer.write(if self.quote_depth.is_multiple_of(2) { "”" } else { "’" });
            }
            "td" | "th" => self.writer.write(" "),
            _ if INLINE_ELEMENTS.contains(&name) => {}
            _ => self.writer.end_block(self.current_kind()),
        }
        if named {
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
