//! Articles in JSON: `NewsArticle` of schema.org, ninjs of the IPTC, records of newsroom systems, and this program's own output.

use serde_json::Value;

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::format::front_matter::{self, FrontMatter};
use crate::load::format::{block_writer, html, plain};
use crate::load::text::sanitize;
use crate::story::{BlockKind, Format};

/// Parses a text that is one JSON article; returns the format of its body. `None` if the text is something else.
pub(crate) fn parse(text: &str) -> Option<(StoryBuilder, Format)> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    if let Some(own) = parse_own(&value) {
        return Some(own);
    }
    let (article, body) = find_article(&value)?;
    let is_page = body.contains("</p>") || body.contains("<p>") || body.contains("<br");
    let clean = sanitize::sanitize_text(body);
    let (mut story, format) = if is_page {
        (html::parse(&clean, None), Format::Html)
    } else {
        (plain::parse(&clean), Format::Plain)
    };
    for block in story.blocks.iter_mut().filter(|it| it.kind == BlockKind::Headline) {
        block.kind = BlockKind::Heading;
    }
    let head = head(article);
    let mut builder = block_writer::to_builder(&front_matter::head_blocks(&head));
    (builder.outlet, builder.url, builder.published) = (head.outlet, head.url, head.date);
    Some((builder.followed_by(story), format))
}

/// The articles of a list with several, each as a document of its own; empty for another text.
#[cfg(feature = "formats")]
pub(crate) fn split(text: &str) -> Vec<String> {
    let Ok(Value::Array(items)) = serde_json::from_str(text) else { return Vec::new() };
    let articles: Vec<String> =
        items.iter().filter(|it| find_article(it).is_some()).map(Value::to_string).collect();
    if articles.len() > 1 { articles } else { Vec::new() }
}

/// The story of an object that this program has written: its text in the same blocks. `None` for another object.
fn parse_own(value: &Value) -> Option<(StoryBuilder, Format)> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    text("schema").filter(|it| it.starts_with("pullquote/"))?;
    let story = sanitize::sanitize_text(text("text")?);
    let mut builder = StoryBuilder::default();
    let mut end = 0;
    for block in value.get("blocks")?.as_array()? {
        let offset = |key: &str| usize::try_from(block.get(key)?.as_u64()?).ok();
        let (start, next) = (offset("start")?, offset("end")?);
        let name = block.get("kind")?.as_str()?;
        let kind = OWN_KINDS.iter().find(|it| it.1 == name).map_or(BlockKind::Paragraph, |it| it.0);
        let gap = if story.get(end..start)?.matches('\n').count() == 1 {
            BlockGap::NewLine
        } else {
            BlockGap::EmptyLine
        };
        builder.push_block(kind, gap, story.get(start..next)?);
        end = next;
    }
    let line = |key: &str| text(key).map(sanitize::sanitize_line);
    (builder.outlet, builder.published) = (line("outlet"), line("published"));
    builder.url = text("url").and_then(sanitize::parse_web_address);
    let format = [Format::Markdown, Format::Html].into_iter().find(|it| text("format") == Some(it.name()));
    Some((builder, format.unwrap_or_default()))
}

/// The kinds of blocks by their names in the JSON. A turn is found again by its text.
const OWN_KINDS: [(BlockKind, &str); 7] = [
    (BlockKind::Headline, "headline"),
    (BlockKind::Standfirst, "standfirst"),
    (BlockKind::Byline, "byline"),
    (BlockKind::Heading, "heading"),
    (BlockKind::Item, "item"),
    (BlockKind::Caption, "caption"),
    (BlockKind::Furniture, "furniture"),
];

/// The article in a document, and its text: the document itself, the only item of a list, or one of a graph.
fn find_article(value: &Value) -> Option<(&Value, &str)> {
    const BODY_KEYS: [&str; 11] = [
        "articleBody",
        "body_text",
        "body_html",
        "body_xhtml",
        "bodyText",
        "bodyHtml",
        "text",
        "html",
        "content",
        "body",
        "full_text",
    ];
    let candidates = match value {
        Value::Array(items) if items.len() == 1 => items.as_slice(),
        Value::Object(fields) => match fields.get("@graph").or_else(|| fields.get("article")) {
            Some(Value::Array(items)) => items.as_slice(),
            Some(article @ Value::Object(_)) => std::slice::from_ref(article),
            _ => std::slice::from_ref(value),
        },
        _ => return None,
    };
    candidates.iter().find_map(|article| {
        let body = BODY_KEYS.iter().find_map(|key| article.get(key)?.as_str());
        let body = body.or_else(|| first_value(article, "bodies"));
        body.filter(|it| !it.trim().is_empty()).map(|it| (article, it))
    })
}

/// The first value in a list of ninjs 2: `[{"value": "…"}]`.
fn first_value<'a>(article: &'a Value, key: &str) -> Option<&'a str> {
    article.get(key)?.as_array()?.first()?.get("value")?.as_str()
}

/// What an article says about itself.
fn head(article: &Value) -> FrontMatter {
    let text = |keys: &[&str]| keys.iter().find_map(|key| article.get(key).and_then(plain_text));
    FrontMatter {
        title: text(&["headline", "title", "name"])
            .or_else(|| first_value(article, "headlines").map(sanitize::sanitize_line)),
        standfirst: text(&[
            "description_text",
            "description",
            "standfirst",
            "summary",
            "alternativeHeadline",
        ]),
        author: text(&["byline", "by", "author", "authors", "creator"]),
        date: text(&[
            "datePublished",
            "published",
            "contentcreated",
            "versioncreated",
            "firstpublished",
            "firstcreated",
            "date",
            "pubDate",
        ]),
        outlet: text(&["publisher", "outlet", "source", "provider", "isPartOf"]),
        url: text(&["url", "canonicalurl", "uri", "link", "mainEntityOfPage"])
            .filter(|it| sanitize::parse_web_address(it).is_some()),
    }
}

/// The text of a value: a string, the name of an object, the texts of a list joined by "and".
fn plain_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => sanitize::sanitize_line(text),
        Value::Object(fields) => {
            let name = ["name", "@id", "value"].iter().find_map(|it| fields.get(*it)?.as_str())?;
            sanitize::sanitize_line(name)
        }
        Value::Array(items) => {
            let texts = items.iter().filter_map(|it| match it {
                Value::Array(_) => None,
                it => plain_text(it),
            });
            texts.collect::<Vec<_>>().join(" and ")
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use crate::load::{Error, Hint, from_bytes};
    use crate::story::{Format, Story};

    fn story(json: &str) -> Story {
        from_bytes(json.as_bytes(), &Hint::default()).expect("it is an article")
    }

    #[test]
    fn a_line_break_of_unicode_inside_a_string_spoils_no_article() {
        for character in ['\u{85}', '\u{2028}', '\u{2029}'] {
            let article = format!(
                r#"{{"headline": "Ferry{character} stays", "articleBody": "The ferry stays.{character}"}}"#
            );
            let story = story(&article);
            assert_eq!(story.headline(), Some("Ferry stays"), "{character:?}");
            assert!(story.text().ends_with("The ferry stays."), "{character:?}: {}", story.text());
        }
    }

    #[test]
    fn what_our_own_json_says_of_a_story_is_made_safe() {
        let own = r#"{"schema": "pullquote/1", "text": "It rained.", "blocks": [{"kind": "paragraph", "start": 0, "end": 10}],
            "outlet": "Tarn\u001b[31m Courier", "published": "4 May\u202e 2026", "url": "javascript:alert(1)"}"#;
        let story = story(own);
        assert_eq!(story.outlet.as_deref(), Some("Tarn Courier"));
        assert_eq!(story.published.as_deref(), Some("4 May 2026"));
        assert_eq!(story.url, None);
    }

    #[test]
    fn each_kind_of_article_has_its_text_and_what_is_said_about_it() {
        let schema = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Tarn Courier"},
            {"@type": "NewsArticle", "headline": "Ferry stays", "datePublished": "2025-03-14", "url": "https://a.example/1",
             "author": [{"name": "Anna Holt"}, {"name": "Bo Ray"}], "publisher": {"name": "Tarn Courier"},
             "articleBody": "The ferry stays.\n\n“It is right,” said Mayor Lena Holt."}]}"#;
        let ninjs = r#"{
            "uri": "https://a.example/1", "headline": "Ferry stays", "byline": "Anna Holt and Bo Ray",
            "versioncreated": "2025-03-14", "source": "Tarn Courier",
            "body_html": "<p>The ferry stays.</p><p>“It is right,” said Mayor Lena Holt.</p>"
        }"#;
        for (json, format) in [(schema, Format::Plain), (ninjs, Format::Html)] {
            let story = story(json);
            assert_eq!(story.headline(), Some("Ferry stays"));
            assert_eq!(story.byline(), Some("Anna Holt and Bo Ray"));
            assert_eq!(story.published.as_deref(), Some("2025-03-14"));
            assert_eq!(story.outlet.as_deref(), Some("Tarn Courier"));
            assert_eq!(story.url.as_deref(), Some("https://a.example/1"));
            assert_eq!(story.format, format);
            assert!(story.text().ends_with("The ferry stays.\n\n“It is right,” said Mayor Lena Holt."));
        }
    }

    #[test]
    fn what_this_program_wrote_is_read_back_in_the_same_blocks() {
        let text = "Ferry stays\n\nBy Anna Holt\n\n“It is right,” said Lena Holt.\n\nWhat it costs\n\nNothing.\n\nRead more";
        let kinds = ["headline", "byline", "paragraph", "heading", "paragraph", "furniture"];
        let mut at = 0;
        let blocks = text.split("\n\n").zip(kinds).map(|(block, kind)| {
            let start = at;
            at += block.len() + 2;
            format!("{{\"kind\":\"{kind}\",\"start\":{start},\"end\":{}}}", start + block.len())
        });
        let blocks = blocks.collect::<Vec<_>>().join(",");
        let json = format!(
            "{{\"schema\":\"pullquote/1\",\"format\":\"html\",\"published\":\"2025-03-14\",\"outlet\":\"Tarn Courier\",\"url\":null,\
             \"text\":{},\"blocks\":[{blocks}]}}",
            serde_json::Value::from(text)
        );
        let story = story(&json);
        assert_eq!((story.text(), story.format), (text, Format::Html));
        assert_eq!((story.headline(), story.byline()), (Some("Ferry stays"), Some("By Anna Holt")));
        assert_eq!(
            (story.published.as_deref(), story.outlet.as_deref()),
            (Some("2025-03-14"), Some("Tarn Courier"))
        );
        assert_eq!(story.blocks().len(), 6);
        assert_eq!(story.blocks()[3].kind, crate::story::BlockKind::Heading);
    }

    #[test]
    fn ninjs_2_has_lists_of_headlines_and_bodies() {
        let story = story(
            r#"{"uri": "https://a.example/1", "by": "Anna Holt", "contentcreated": "2025-03-14",
            "headlines": [{"role": "main", "value": "Ferry stays"}],
            "bodies": [{"contenttype": "text/html", "value": "<p>The ferry stays.</p><p>“It is right,” said Lena Holt.</p>"}]}"#,
        );
        assert_eq!((story.headline(), story.byline()), (Some("Ferry stays"), Some("Anna Holt")));
        assert_eq!(story.published.as_deref(), Some("2025-03-14"));
    }

    #[cfg(feature = "formats")]
    #[test]
    fn each_article_of_a_list_is_a_story() {
        let list = br#"[{"headline": "Rain", "text": "It rained."}, {"id": 3}, {"headline": "Sun", "text": "It stopped."}]"#;
        let parts = crate::load::split(list.as_slice().into(), &Hint::default()).expect("it is a list");
        let names: Vec<_> = parts.iter().map(|it| it.name.as_deref()).collect();
        assert_eq!(names, [Some("article 1"), Some("article 2")]);
    }

    #[test]
    fn a_list_of_records_is_no_single_story() {
        let lines = "{\"id\":1,\"text\":\"It rained.\"}\n{\"id\":2,\"text\":\"It stopped.\"}";
        assert!(matches!(from_bytes(lines.as_bytes(), &Hint::default()), Err(Error::JsonLines)));
        assert_eq!(story("{\"id\":1,\"text\":\"It rained.\"}").text(), "It rained.");
        assert!(from_bytes(b"[1, 2]", &Hint::default()).is_ok_and(|it| it.text() == "[1, 2]"));
    }
}
