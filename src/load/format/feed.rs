//! Feeds: RSS, Atom and JSON Feed. Each entry is a story, of which the feed often holds the beginning alone.

use feed_rs::model::{Entry, Feed, Link, Text};

use crate::load::builder::StoryBuilder;
use crate::load::format::front_matter::{self, FrontMatter};
use crate::load::format::{block_writer, html, plain};
use crate::load::structure::links;
use crate::load::text::{repair, sanitize};
use crate::story::{BlockKind, Format};

/// The most entries of a feed that are read.
const MAX_ENTRIES: usize = 1000;

/// One entry of a feed, not parsed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FeedEntry {
    head: FrontMatter,
    /// Its content, or else its summary, in HTML or plain text.
    body: String,
}

impl FeedEntry {
    /// The address of the page that holds the story; `None` without one.
    pub(crate) fn page(&self) -> Option<&str> {
        self.head.url.as_deref()
    }
}

/// Whether bytes may be a feed, by their beginning.
pub(crate) fn may_be_feed(bytes: &[u8]) -> bool {
    const MAX_HEAD_BYTES: usize = 4096;
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = String::from_utf8_lossy(&start[..start.len().min(MAX_HEAD_BYTES)]);
    match start.first() {
        Some(b'<') => root_name(&head).is_some_and(|it| matches!(it, "rss" | "feed" | "rdf:RDF")),
        // The version may stand behind the entries.
        Some(b'{') => start.windows(JSON_FEED_VERSION.len()).any(|it| it == JSON_FEED_VERSION),
        _ => false,
    }
}

/// How the version of a JSON Feed begins.
const JSON_FEED_VERSION: &[u8] = b"jsonfeed.org/version/";

/// The name of the first element, after declarations and comments; `None` if it is not in `xml`.
fn root_name(xml: &str) -> Option<&str> {
    let mut rest = xml.trim_start();
    loop {
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest.split_once('>')?.1
        } else {
            break;
        }
        .trim_start();
    }
    rest.strip_prefix('<')?.split(|ch: char| ch.is_whitespace() || matches!(ch, '>' | '/')).next()
}

/// The entries of a feed in their order; `None` if the text is no feed. `address` is where the feed was found.
pub(crate) fn parse(text: &str, address: Option<&str>) -> Option<Vec<FeedEntry>> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // The text is decoded; the encoding that the declaration names is no longer its own.
    let text = match text.strip_prefix("<?xml") {
        Some(declaration) => declaration.split_once("?>")?.1,
        None => text,
    };
    if !is_shallow(text) {
        return None;
    }
    let address = address.and_then(sanitize::parse_web_address);
    let parser = feed_rs::parser::Builder::new().base_uri(address.as_deref()).build();
    let feed = parser.parse(text.as_bytes()).ok()?;
    let base = address.or_else(|| page_of(&feed.links.iter().collect::<Vec<_>>(), None));
    let outlet = feed.title.as_ref().map(plain_line).filter(|it| !it.is_empty());
    let entries = feed.entries.iter().take(MAX_ENTRIES);
    Some(entries.map(|it| to_entry(it, &feed, outlet.as_ref(), base.as_deref())).collect())
}

/// Whether elements are nested no deeper than a real feed's, so that a parser that calls itself for each is safe.
fn is_shallow(xml: &str) -> bool {
    const MAX_DEPTH: usize = 256;
    let mut depth = 0_usize;
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = match rest.as_bytes().first() {
            Some(b'!') if rest.starts_with("![CDATA[") => "]]>",
            Some(b'!') if rest.starts_with("!--") => "-->",
            _ => ">",
        };
        let Some(length) = rest.find(end) else { return true };
        let tag = &rest[..length];
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) if tag.ends_with('/') => {}
            Some(_) => depth += 1,
        }
        if depth > MAX_DEPTH {
            return false;
        }
        rest = &rest[length + end.len()..];
    }
    true
}

fn to_entry(entry: &Entry, feed: &Feed, outlet: Option<&String>, base: Option<&str>) -> FeedEntry {
    let content = entry.content.as_ref();
    let body = content.and_then(|it| it.body.clone()).filter(|it| !it.trim().is_empty());
    let body = body.or_else(|| entry.summary.as_ref().map(|it| it.content.clone())).unwrap_or_default();
    let source = content.and_then(|it| it.src.as_ref());
    let links: Vec<_> = entry.links.iter().chain(source).collect();
    // The id of an entry without a link may be the address of its page.
    let page = page_of(&links, base).or_else(|| sanitize::parse_web_address(&entry.id));
    let people = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    let authors: Vec<String> = people.iter().filter_map(|it| author_name(it.name.as_deref()?)).collect();
    let title = entry.title.as_ref().map(plain_line).filter(|it| !it.is_empty());
    FeedEntry {
        head: FrontMatter {
            // An entry that is a link and nothing else has its address for a title, so that it can be opened.
            title: title.or_else(|| page.clone().filter(|_| body.trim().is_empty())),
            author: Some(authors.join(" and ")).filter(|it| !it.is_empty()),
            date: entry.published.or(entry.updated).map(|it| it.to_rfc3339()),
            outlet: outlet.cloned(),
            url: page,
            ..FrontMatter::default()
        },
        body,
    }
}

/// The absolute address of the page among links. Links to the feed itself, to comments and to sounds are none.
fn page_of(found: &[&Link], base: Option<&str>) -> Option<String> {
    let is_page = |it: &&&Link| {
        let is_text = it.media_type.as_ref().is_none_or(|it| it.contains("html"));
        is_text && it.target.is_none() && it.rel.as_deref().is_none_or(|rel| rel == "alternate")
    };
    found.iter().filter(is_page).find_map(|it| links::resolve(&it.href, base))
}

/// The name of an author; of `lee@gazette.example (Ann Lee)`, whose address is told apart already, it is `Ann Lee`. `None` if
/// it is a mail address.
fn author_name(raw: &str) -> Option<String> {
    let name = raw.trim();
    let name = name.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(name);
    let name = sanitize::sanitize_line(&repair::unescape(name));
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

/// The words of a title on one line, without markup.
fn plain_line(text: &Text) -> String {
    let content = repair::unescape(&text.content);
    let words = if content.contains("</") || content.contains("/>") {
        html::strip_tags(&content).replace('\n', "")
    } else {
        content.into_owned()
    };
    sanitize::sanitize_line(&words)
}

/// The story of an entry, as far as the feed holds it.
pub(crate) fn parse_entry(entry: &FeedEntry) -> (StoryBuilder, Format) {
    let body = sanitize::sanitize_text(&entry.body);
    let has_markup = ["</", "<p>", "<br", "/>"].iter().any(|it| body.contains(it));
    let (mut story, format) = if has_markup {
        (html::parse(&body, entry.page()), Format::Html)
    } else {
        (plain::parse(&repair::unescape(&body)), Format::Plain)
    };
    for block in story.blocks.iter_mut().filter(|it| it.kind == BlockKind::Headline) {
        block.kind = BlockKind::Heading;
    }
    let mut builder = block_writer::to_builder(&front_matter::head_blocks(&entry.head));
    let FrontMatter { outlet, url, date, .. } = &entry.head;
    builder.outlet.clone_from(outlet);
    builder.url.clone_from(url);
    builder.base.clone_from(url);
    builder.published.clone_from(date);
    (builder.followed_by(story), format)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(feed: &str) -> Vec<(String, Option<String>)> {
        assert!(may_be_feed(feed.as_bytes()), "{feed}");
        let entries = parse(feed, Some("https://gazette.example/feeds/news.xml")).expect("it is a feed");
        entries.into_iter().map(|it| (it.head.title.clone().unwrap_or_default(), it.head.url)).collect()
    }

    #[test]
    fn the_entries_of_each_kind_of_feed_lead_to_their_pages() {
        let rss = "<?xml version='1.0' encoding='windows-1251'?>\n<!-- a -->\n<rss version='2.0'><channel><title>Gazette</title>\
                   <link>https://gazette.example/</link>\
                   <item><title>Rain &amp;amp; wind</title><link>/rain</link><pubDate>Sun, 03 May 2026 10:00:00 +0200</pubDate>\
                   <comments>https://gazette.example/rain#comments</comments></item>\
                   <item><title>&lt;b&gt;Snow&lt;/b&gt;</title><guid isPermaLink='true'>https://gazette.example/snow</guid></item>\
                   <item><title>Fog</title><guid isPermaLink='false'>7</guid></item></channel></rss>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Gazette</title><id>a</id><updated>2026-05-03T10:00:00Z</updated>\
                    <link rel='self' href='https://gazette.example/feed'/>\
                    <entry><title>Rain &amp; wind</title><id>1</id><updated>2026-05-03T10:00:00Z</updated>\
                    <link rel='enclosure' type='audio/mpeg' href='/rain.mp3'/><link href='../rain'/></entry>\
                    <entry><title type='html'>&lt;b&gt;Snow&lt;/b&gt;</title><id>https://gazette.example/snow</id></entry>\
                    <entry><title>Fog</title><id>urn:a:7</id></entry></feed>";
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
                   <channel><title>Gazette</title></channel>\
                   <item><title>Rain &amp; wind</title><link>https://gazette.example/rain</link></item>\
                   <item><title>Snow</title><link>https://gazette.example/snow</link></item>\
                   <item><title>Fog</title></item></rdf:RDF>";
        let json = r#"{"title":"Gazette","items":[{"id":"1","title":"Rain & wind","url":"/rain"},
                   {"id":"https://gazette.example/snow","title":"Snow"},{"id":"7","title":"Fog"}],
                   "version":"https://jsonfeed.org/version/1.1"}"#;
        let address = |path: &str| Some(format!("https://gazette.example/{path}"));
        // RSS 1.0 asks for a link; an item without one is left out.
        for (feed, count) in [(rss, 3), (atom, 3), (rdf, 2), (json, 3)] {
            let expected = [
                ("Rain & wind".into(), address("rain")),
                ("Snow".into(), address("snow")),
                ("Fog".into(), None),
            ];
            assert_eq!(titles(feed), expected[..count], "{feed}");
        }
    }

    #[test]
    fn an_entry_has_the_head_of_a_story_and_its_whole_content_before_its_summary() {
        let feed = "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>\
                    <title>Harbour Gazette</title><item><title>The last ferry</title><author>lee@gazette.example (Ann Lee)</author>\
                    <pubDate>Sun, 03 May 2026 10:00:00 GMT</pubDate><link>https://gazette.example/ferry</link>\
                    <description>It stops.</description><content:encoded><![CDATA[<p>The ferry stops.</p>\
                    <p>“It ran in 1994,” said <a href='/lee'>Ann Lee</a>.</p>]]></content:encoded></item></channel></rss>";
        let entry = &parse(feed, None).expect("it is a feed")[0];
        assert_eq!(entry.head.author.as_deref(), Some("Ann Lee"));
        let (story, format) = parse_entry(entry);
        assert_eq!(
            story.text,
            "The last ferry\n\nAnn Lee\n\nThe ferry stops.\n\n“It ran in 1994,” said Ann Lee."
        );
        assert_eq!(story.published.as_deref(), Some("2026-05-03T10:00:00+00:00"));
        assert_eq!((story.outlet.as_deref(), format), (Some("Harbour Gazette"), Format::Html));
        assert_eq!(story.base.as_deref(), Some("https://gazette.example/ferry"));
        assert_eq!(story.links[0].1, "/lee");
    }

    #[test]
    fn an_entry_that_is_only_a_link_has_its_address_for_a_title() {
        let feed = "<rss version='2.0'><channel><title>Gazette</title>\
                    <item><link>https://gazette.example/rain</link></item>\
                    <item><link>https://gazette.example/snow</link><description>It snowed.</description></item>\
                    </channel></rss>";
        let entries = parse(feed, None).expect("it is a feed");
        let texts: Vec<String> = entries.iter().map(|it| parse_entry(it).0.text).collect();
        assert_eq!(texts, ["https://gazette.example/rain", "It snowed."]);
    }

    #[test]
    fn a_page_or_another_document_is_no_feed() {
        for text in [
            "<!doctype html><html><body><p>The word <rss> in a page.</html>",
            "<urlset><url/></urlset>",
            "The feed of the day",
            "{\"text\":\"It rained.\"}",
            "",
            "<",
            "<?xml",
        ] {
            assert!(!may_be_feed(text.as_bytes()), "{text}");
        }
        for text in
            ["<rss version='2.0'>", "<feed", "{\"version\":\"https://jsonfeed.org/version/1\"", "<?xml"]
        {
            assert_eq!(parse(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_feed_of_any_depth_is_refused_and_ends_nothing() {
        let deep = |tag: &str| {
            format!(
                "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item>{}</item></channel></rss>",
                tag.repeat(100_000)
            )
        };
        for tag in ["<media:group>", "<media:content url='a'>", "<p>"] {
            assert_eq!(parse(&deep(tag), None), None, "{tag}");
        }
        assert!(parse(&deep("<media:group/>"), None).is_some());
    }
}
