//! HTML: the story of a web page, and what the page states about it.
//!
//! 1. `parser` parses the page within limits.
//! 2. `article` asks the readability library which texts belong to the story.
//! 3. `page_blocks` walks the page around these texts and divides it into blocks.
//! 4. `selection` keeps the blocks of the story and classifies them by their elements.
//! 5. `metadata` and `json_ld` read the headline, the authors, the date and the publisher.

mod article;
mod element_class;
mod json_ld;
mod metadata;
mod page_blocks;
mod page_tree;
mod parser;
mod story_blocks;

use std::collections::HashSet;

use crate::load::builder::{PictureDraft, StoryBuilder};
use crate::load::format::block_writer::{self, BlockText, BlockWriter};
use crate::load::format::html::metadata::PageMetadata;
use crate::load::format::html::page_blocks::PageBlock;
use crate::load::format::html::page_tree::{PageNode, PageTree};
use crate::load::structure::{byline, headline, links};
use crate::load::text::{compare, sanitize};
use crate::story::BlockKind;

/// Parses a page, or a part of one. If no story is found in it, all of its text is the story.
///
/// `address` is where the page was found, if that is known.
pub(crate) fn parse(html: &str, address: Option<&str>) -> StoryBuilder {
    let page = parser::parse_page(html);
    let metadata = PageMetadata::of(&page);
    let kept = if parser::is_shallow(&page) { article::article_texts(&page) } else { HashSet::new() };
    let tree = PageTree::new(&page, &kept);
    let base = page.select_single("base[href]").attr("href").map(|it| it.to_string());
    let builder = match tree.kept_root() {
        Some(root) if !is_outweighed(&tree, metadata.body.as_deref()) => {
            parse_article(&tree, root, &metadata)
        }
        _ => parse_all_text(&tree, &metadata),
    };
    let address = address.and_then(sanitize::parse_web_address);
    let base = join_base(base, address.or_else(|| metadata.url.clone()));
    StoryBuilder { outlet: metadata.outlet, url: metadata.url, base, ..builder }
}

/// The address that links are relative to: that of the page, unless the page names another.
fn join_base(named: Option<String>, page: Option<String>) -> Option<String> {
    match (named, page) {
        (Some(named), _) if sanitize::parse_web_address(&named).is_some() => Some(named),
        (_, page) => page,
    }
}

/// Whether a page draws its story with a script: its JSON-LD holds far more text than its elements.
fn is_outweighed(tree: &PageTree, body: Option<&str>) -> bool {
    let body_letters = body.map_or(0, |it| compare::letters(it).count());
    tree.totals(0).kept * 2 < body_letters
}

/// Parses the story around the texts that readability chose.
fn parse_article(tree: &PageTree, root: usize, metadata: &PageMetadata) -> StoryBuilder {
    let scope = story_scope(tree, root);
    let headings = headings(tree, scope, &["h1"]);
    let headline = metadata.headline(&headings, &self::headings(tree, scope, &["h2", "h3"]));
    // The page's own title is the headline already.
    let is_title = |it: &PageBlock| {
        let is_same = |other: &String| compare::same_letters(other, &it.text.text);
        it.text.kind == BlockKind::Heading && (is_same(&headline) || headings.iter().any(is_same))
    };
    let mut blocks = story_blocks::select_blocks(page_blocks::blocks_under(tree, scope));
    blocks.retain(|it| !is_title(it));
    let mut blocks = story_blocks::with_picture_texts(blocks, &headline);
    let mut metadata = metadata.clone();
    if metadata.authors.is_empty()
        && !blocks.iter().take(MAX_BYLINE_BLOCKS).any(|it| byline::is_byline(&it.text.text))
    {
        metadata.authors = metadata::class_authors(tree, scope);
    }
    let head = head_blocks(&headline, &metadata, &mut blocks);
    story_blocks::mark_quotations(&mut blocks);
    story_blocks::mark_pull_quotes(&mut blocks, head.len());
    let published =
        metadata.published.clone().or_else(|| metadata::first_time(tree, scope..tree.nodes[scope].end));
    let published = published.or_else(|| first_date(&blocks)).or_else(|| metadata.date_in_address());
    StoryBuilder { published, ..to_builder(head, blocks) }
}

/// Parses a page in which readability finds no story: the text in its JSON-LD, or else all of its words.
fn parse_all_text(tree: &PageTree, metadata: &PageMetadata) -> StoryBuilder {
    let Some(body) = &metadata.body else {
        let blocks = page_blocks::blocks_under(tree, 0).into_iter().map(|it| it.text);
        return block_writer::to_builder(&blocks.collect::<Vec<_>>());
    };
    let page = parser::parse_page(&body.replace('\n', "<p>"));
    let tree = PageTree::new(&page, &HashSet::new());
    let mut blocks = page_blocks::blocks_under(&tree, 0);
    let head = head_blocks(&metadata.headline(&[], &[]), metadata, &mut blocks);
    StoryBuilder { published: metadata.published.clone(), ..to_builder(head, blocks) }
}

/// A builder with the blocks of the head and of the story, and with the story's pictures.
fn to_builder(head: Vec<BlockText>, blocks: Vec<PageBlock>) -> StoryBuilder {
    let mut texts = head;
    let mut pictures = Vec::new();
    for block in blocks {
        for picture in block.pictures {
            let has_caption = block.text.kind == BlockKind::Caption;
            pictures.push(PictureDraft {
                block: texts.len(),
                has_caption,
                alt: picture.alt,
                address: picture.address,
            });
        }
        texts.push(block.text);
    }
    StoryBuilder { pictures, ..block_writer::to_builder(&texts) }
}

/// The element around a story with its head and its foot: the article or the page's main part, or the body.
fn story_scope(tree: &PageTree, root: usize) -> usize {
    let is_article = |it: &usize| {
        let name = &*tree.nodes[*it].name;
        matches!(name, "article" | "main" | "body") || tree.attribute(*it, "itemtype").ends_with("Article")
    };
    tree.ancestors(root).find(is_article).unwrap_or(0)
}

/// The texts of a page's headings of some levels, those in the story's element first.
fn headings(tree: &PageTree, scope: usize, names: &[&str]) -> Vec<String> {
    let is_heading = |it: &(usize, &PageNode)| names.contains(&&*it.1.name);
    let text = |index: usize| {
        // A rubric inside the heading is a block of its own.
        let blocks = page_blocks::blocks_under(tree, index).into_iter().map(|it| it.text);
        let texts = blocks.filter(|it| it.kind != BlockKind::Furniture).map(|it| it.text);
        texts.collect::<Vec<_>>().join(" ")
    };
    let in_scope = tree.elements_in(scope).filter(is_heading).map(|it| it.0);
    let elsewhere = tree.elements_in(0).filter(is_heading).map(|it| it.0);
    let mut headings: Vec<String> = Vec::new();
    for heading in in_scope.chain(elsewhere).take(MAX_HEADINGS).map(text).filter(|it| !it.is_empty()) {
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    headings
}

/// A page has one or two headings of the first level.
const MAX_HEADINGS: usize = 16;

/// The number of blocks in which an article's own byline is looked for.
const MAX_BYLINE_BLOCKS: usize = 8;

/// The blocks from the page's metadata: the headline, and the byline if the article has none. A line of the article that
/// names the same authors again becomes a repeat.
fn head_blocks(headline: &str, metadata: &PageMetadata, blocks: &mut [PageBlock]) -> Vec<BlockText> {
    const MAX_NAMES_BYTES: usize = 120;
    let mut writer = BlockWriter::default();
    writer.write(headline);
    writer.end_block(BlockKind::Headline);
    let byline = metadata.byline();
    let first = blocks.len().min(MAX_BYLINE_BLOCKS);
    let names_author = |it: &PageBlock| {
        byline::is_byline(&it.text.text)
            && metadata.authors.iter().any(|author| compare::letters_within(author, &it.text.text))
    };
    if blocks[..first].iter().any(names_author) {
        return writer.blocks;
    }
    writer.write(&byline);
    writer.end_block(BlockKind::Byline);
    let number = writer.blocks.len().saturating_sub(1);
    for block in &mut blocks[..first] {
        let text = &block.text.text;
        let is_line = text.len() <= MAX_NAMES_BYTES && !text.ends_with(['.', '!', '?', '”']);
        let is_same = compare::letters_within(text, &byline)
            || metadata.authors.iter().any(|author| begins_with_letters(text, author));
        if block.text.kind == BlockKind::Paragraph && is_line && is_same {
            block.text.repeats = Some(number);
            block.text.kind = BlockKind::Byline;
        }
    }
    writer.blocks
}

/// Whether a text begins with the letters of another.
fn begins_with_letters(text: &str, beginning: &str) -> bool {
    let mut letters = compare::letters(text);
    compare::letters(beginning).next().is_some()
        && compare::letters(beginning).all(|ch| letters.next() == Some(ch))
}

/// The first date with a year among the blocks at the start of the article.
fn first_date(blocks: &[PageBlock]) -> Option<String> {
    let dates =
        blocks.iter().take(MAX_BYLINE_BLOCKS).map(|it| &*it.text.text).filter(|it| headline::is_date(it));
    dates.map(headline::without_label).find(|it| metadata::is_full_date(it)).map(str::to_owned)
}

/// The address of the feed that a page names in its head; of several the first that is not for comments. `address` is
/// that of the page.
pub(crate) fn feed_address(html: &str, address: Option<&str>) -> Option<String> {
    const FEED_TYPES: [&str; 4] =
        ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"];
    if !FEED_TYPES.iter().any(|it| html.contains(it)) {
        return None;
    }
    let page = parser::parse_page(html);
    let base = page.select_single("base[href]").attr("href").map(|it| it.to_string());
    let base = join_base(base, address.and_then(sanitize::parse_web_address));
    let links = page.select("link[rel~=alternate][href]");
    let feeds: Vec<String> = links
        .iter()
        .filter(|it| it.attr("type").is_some_and(|it| FEED_TYPES.contains(&&*it.trim().to_ascii_lowercase())))
        .filter_map(|it| links::resolve(&it.attr("href")?, base.as_deref()))
        .collect();
    let first = feeds.iter().find(|it| !it.contains("comments")).or(feeds.first());
    first.cloned()
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
    fn the_only_large_heading_is_a_better_headline_than_a_title_that_no_heading_confirms() {
        let ferry = "<h1>The last ferry stops in May</h1>";
        for (head, body, headline) in [
            ("<title>Oddmouth Gazette - news</title>", ferry, "The last ferry stops in May"),
            ("<title>News</title>", ferry, "The last ferry stops in May"),
            ("<title>Ferry to end its service | Gazette</title>", ferry, "The last ferry stops in May"),
            // A lower heading confirms the title.
            (
                "<title>The last ferry stops in May</title>",
                "<h1>Your paper for the whole valley</h1><h2>The last ferry stops in May</h2>",
                "The last ferry stops in May",
            ),
            // The metadata state a headline.
            (
                "<title>News</title><meta property=og:title content='No more boats on the Ell'>",
                ferry,
                "No more boats on the Ell",
            ),
            // The name of a section, and two headings of one level.
            ("<title>Harbour news of May</title>", "<h1>Harbour</h1>", "Harbour news of May"),
            (
                "<title>Harbour news of May</title>",
                "<h1>The last ferry stops in May</h1><h1>The wall holds for now</h1>",
                "Harbour news of May",
            ),
        ] {
            let html = format!(
                "<!doctype html><html><head>{head}</head><body><article>{body}<p>{LONG}</p><p>{LONG}</p>\
                 <p>{LONG}</p></article></body></html>"
            );
            assert_eq!(story(&html).headline(), Some(headline), "{head} {body}");
        }
    }

    #[test]
    fn only_a_web_address_is_the_address_of_a_story() {
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
