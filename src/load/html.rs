//! A web page → a draft: the story that readability finds in it, and what the page says about it.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Article, Config, Readability};

use super::draft::Draft;
use super::pen::{self, Pen, Piece};
use super::{byline, clean, fold, nesting, plain};
use crate::story::BlockKind;

/// The story of a page.
pub(super) fn draft(html: &str) -> Draft {
    if nesting::depth(html) > nesting::DEEPEST {
        return plain::draft(&untagged(html));
    }
    let page = Document::from(html);
    let title = page.select_single("h1").text().to_string();
    let time = page.select_single("time[datetime]").attr("datetime").map(|it| it.to_string());
    let config = Config { keep_classes: true, ..Config::default() };
    let found = Readability::with_document(page, None, Some(config)).ok().and_then(|mut reader| {
        let article = reader.parse().ok()?;
        let pieces = pieces(&reader.doc.select_single("body").nodes().first().copied()?);
        Some((article, pieces))
    });
    let (article, pieces) = match found {
        Some((article, pieces)) if !pieces.is_empty() => (Some(article), pieces),
        _ => (None, Document::from(html).body().map(|it| pieces(&it)).unwrap_or_default()),
    };
    let head = article.as_ref().map(|it| head(it, &title, &pieces)).unwrap_or_default();
    let said = head.first().map(|it| it.words.clone()).unwrap_or_default();
    // The page's own title is the headline already.
    let is_title = |it: &Piece| it.kind == BlockKind::Heading && fold::same(&it.words, &said);
    let body = pieces.into_iter().filter(|it| !is_title(it));
    let mut draft = pen::draft(&head.into_iter().chain(body).collect::<Vec<_>>());
    if let Some(article) = article {
        draft.outlet = article.site_name;
        draft.published = article.published_time.or(time);
    }
    draft
}

/// The words between the tags of a piece of HTML, a line for each stretch.
pub(super) fn untagged(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    for piece in html.split_inclusive('>') {
        words.push_str(piece.split_once('<').map_or(piece, |it| it.0));
        words.push('\n');
    }
    words
}

/// What the page says about its story: the headline, and the byline where the text has none.
fn head(article: &Article, title: &str, pieces: &[Piece]) -> Vec<Piece> {
    let mut pen = Pen::default();
    // The title in the page's head often has the paper's name at its end.
    let short = title.len() * 2 < article.title.len();
    let visible = (!short && fold::within(title, &article.title)) || fold::within(&article.title, title);
    pen.write(if visible { title } else { &article.title });
    pen.lift(BlockKind::Headline);
    let author =
        article.byline.as_deref().map(clean::line).filter(|it| !it.contains("://")).unwrap_or_default();
    if !pieces.iter().take(6).any(|it| byline::is(&it.words) && fold::within(&author, &it.words)) {
        pen.write(&author);
        pen.lift(BlockKind::Byline);
    }
    pen.pieces
}

/// The blocks under a node.
fn pieces(root: &NodeRef) -> Vec<Piece> {
    let mut walk = Walk::default();
    let mut steps = vec![Step::Enter(*root)];
    // A page may be nested deeper than the stack is; steps of our own have no such end.
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) if node.is_text() => walk.pen.write(&node.text()),
            Step::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                if SILENT.contains(&&*name) {
                    continue;
                }
                let kind = kind(&name, &node);
                walk.enter(&name, kind);
                steps.push(Step::Leave(name.to_string(), kind.is_some()));
                steps.extend(node.children_it(true).map(Step::Enter));
            }
            Step::Leave(name, named) => walk.leave(&name, named),
        }
    }
    walk.pen.lift(BlockKind::Paragraph);
    walk.pen.pieces
}

/// A step of the walk through a page.
enum Step<'a> {
    Enter(NodeRef<'a>),
    /// The element's name, and whether it gave its blocks their kind.
    Leave(String, bool),
}

/// Elements without words of the story.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "iframe", "svg", "math", "button", "input", "select",
    "textarea", "form", "nav", "video", "audio", "object", "canvas", "head", "title", "footer",
];

/// Elements that words run through.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "rt", "rp", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source", "br",
    "td", "th",
];

/// The kind that an element gives to its blocks.
fn kind(name: &str, node: &NodeRef) -> Option<BlockKind> {
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
        "li" | "tr" => Some(BlockKind::Item),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        _ => None,
    }
}

/// The words so far, and the kinds that open elements give them.
#[derive(Default)]
struct Walk {
    pen: Pen,
    kinds: Vec<BlockKind>,
    quotes: usize,
}

impl Walk {
    fn enter(&mut self, name: &str, kind: Option<BlockKind>) {
        match name {
            "br" => self.pen.break_line(self.kind()),
            "q" => {
                self.pen.write(if self.quotes.is_multiple_of(2) { "“" } else { "‘" });
                self.quotes += 1;
            }
            _ if INLINE.contains(&name) => {}
            _ => self.pen.lift(self.kind()),
        }
        self.kinds.extend(kind);
    }

    fn leave(&mut self, name: &str, named: bool) {
        match name {
            "q" => {
                self.quotes = self.quotes.saturating_sub(1);
                self.pen.write(if self.quotes.is_multiple_of(2) { "”" } else { "’" });
            }
            "td" | "th" => self.pen.write(" "),
            _ if INLINE.contains(&name) => {}
            _ => self.pen.lift(self.kind()),
        }
        if named {
            self.kinds.pop();
        }
    }

    fn kind(&self) -> BlockKind {
        self.kinds.last().copied().unwrap_or(BlockKind::Paragraph)
    }
}

#[cfg(test)]
mod tests {
    use crate::load::{Hint, load};
    use crate::story::BlockKind::{self, *};
    use crate::story::{Format, Story};

    fn story(html: &str) -> Story {
        let hint = Hint { format: Some(Format::Html), ..Hint::default() };
        load(html.as_bytes(), &hint).unwrap()
    }

    fn blocks(html: &str) -> Vec<(BlockKind, String)> {
        let story = story(html);
        story.blocks().iter().map(|it| (it.kind, it.span.of(story.text()).to_owned())).collect()
    }

    const LONG: &str = "The council met on Monday to hear from the people who live by the river, and it was late, \
                        said Ann Lee, when they went home, wet, tired and without an answer.";

    #[test]
    fn the_story_of_a_page_is_found_with_what_the_page_says_about_it() {
        let html = format!(
            "<!doctype html><html><head><title>Council raises the harbour wall | Harbour Gazette</title>\
             <meta property=og:site_name content='Harbour Gazette'><meta name=author content='Ann Lee'>\
             <meta property='article:published_time' content='2026-05-03T10:00:00Z'>\
             <script>var a = '<p>not this</p>';</script></head><body><nav><a href=/>Home</a><a href=/s>Sport</a></nav>\
             <article><h1>Council raises the harbour wall</h1><p>{LONG}</p>\
             <figure><img src=a.jpg><figcaption>The wall at night. Photograph: Bo Ray</figcaption></figure>\
             <p>{LONG}</p><h2>A night of rain</h2><ul><li>The wall held.</li><li>The bridge fell.</li></ul>\
             <blockquote><p>“We won,” she said.<br>“At last.”</p></blockquote><p>{LONG}</p></article>\
             <footer>© 2026 Harbour Gazette</footer></body></html>"
        );
        let story = story(&html);
        assert_eq!(story.title(), Some("Council raises the harbour wall"));
        assert_eq!(story.byline(), Some("Ann Lee"));
        assert_eq!(story.outlet.as_deref(), Some("Harbour Gazette"));
        assert_eq!(story.published.as_deref(), Some("2026-05-03T10:00:00Z"));
        let kinds: Vec<_> = story.blocks().iter().map(|it| it.kind).collect();
        assert_eq!(
            kinds,
            [
                Headline, Byline, Paragraph, Caption, Paragraph, Heading, Item, Item, Paragraph, Paragraph,
                Paragraph
            ]
        );
        assert!(!story.text().contains("Sport") && !story.text().contains("not this"));
    }

    #[test]
    fn a_piece_of_a_page_is_read_as_well() {
        assert_eq!(
            blocks("<p>It rained &amp; <b>rained</b>.</p><div>It<br>stopped: <q>We <q>won</q></q></div>"),
            [(Paragraph, "It rained & rained.".to_owned()), (Paragraph, "It stopped: “We ‘won’”".to_owned())]
        );
    }

    #[test]
    fn what_a_page_hides_in_entities_is_made_harmless() {
        assert_eq!(blocks("<p>It &#27;[31mrained&#x202e;.</p>")[0].1, "It rained.");
    }

    #[test]
    fn a_page_of_any_depth_is_read() {
        let deep = |tag: &str, times: usize| format!("<body>{}It rained.", tag.repeat(times));
        for html in [deep("<div>", 500), deep("<div>", 20_000), deep("<p><b>", 2_000)] {
            assert_eq!(story(&html).first(Paragraph), Some("It rained."));
        }
    }

    #[test]
    fn a_page_without_words_is_refused() {
        let hint = Hint { format: Some(Format::Html), ..Hint::default() };
        assert!(load(b"<html><script>x()</script></html>", &hint).is_err());
    }
}
