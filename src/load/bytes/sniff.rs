//! Bytes → what they are: a refusal where they are no text, a format where they are.

use std::path::Path;

use crate::load::bytes::decode;
use crate::load::error::Refusal;
use crate::story::Format;

/// Refuses what is no text.
pub(crate) fn require_text(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    for (mark, what, cure) in MAGIC_NUMBERS {
        if bytes.starts_with(mark) {
            return Err(Refusal::Binary { description: what, advice: *cure });
        }
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(Refusal::Binary { description: "a video", advice: None });
    }
    let sample = &bytes[..bytes.len().min(8192)];
    // The marks of UTF-16 and UTF-32 and zeros in every second place allow for zeros.
    if sample.starts_with(b"\xff\xfe")
        || sample.starts_with(b"\xfe\xff")
        || decode::detect_utf16(sample).is_some()
    {
        return Ok(());
    }
    let strange = |it: &&u8| matches!(it, 0..=8 | 0xe..=0x1a | 0x1c..=0x1f | 0x7f);
    if sample.iter().filter(strange).count() * 20 > sample.len() {
        return Err(Refusal::Binary { description: "a binary file", advice: None });
    }
    Ok(())
}

const UNPACK: Option<&str> = Some("unpack it first");
const SAVE_AS_TEXT: Option<&str> = Some("save it as plain text first");
const USE_OCR: Option<&str> = Some("read its words with an OCR program first");

/// How files that are no text begin, what they are, and what to do about it.
const MAGIC_NUMBERS: &[(&[u8], &str, Option<&str>)] = &[
    (b"%PDF-", "a PDF", Some("convert it first, for example with pdftotext")),
    (b"%!PS", "a PostScript document", Some("convert it first, for example with ps2ascii")),
    (b"{\\rtf", "an RTF document", SAVE_AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Office document", SAVE_AS_TEXT),
    (
        b"PK\x03\x04",
        "a zip archive or an office document or e-book",
        Some("unpack it or save it as plain text first"),
    ),
    (b"\x1f\x8b", "a gzip archive", Some("unpack it first, for example with zcat")),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"\x89PNG", "a PNG picture", USE_OCR),
    (b"\xff\xd8\xff", "a JPEG picture", USE_OCR),
    (b"GIF8", "a GIF picture", USE_OCR),
    (b"II*\0", "a TIFF picture", USE_OCR),
    (b"MM\0*", "a TIFF picture", USE_OCR),
    (b"RIFF", "a sound, a video or a picture", None),
    (b"OggS", "a sound", None),
    (b"ID3", "a sound", None),
    (b"\x1aE\xdf\xa3", "a video", None),
    (b"\x7fELF", "a program", None),
    (b"SQLite format 3", "a database", None),
    (b"\0asm", "a program", None),
];

/// The format of a text: what it looks like, else what its name ends in, else plain.
pub(crate) fn detect_format(text: &str, name: Option<&str>) -> Format {
    let text = text.trim_start();
    if is_html(text) {
        return Format::Html;
    }
    if is_markdown(text) {
        return Format::Markdown;
    }
    let name = name.map(|it| it.split(['?', '#']).next().unwrap_or_default());
    let ending = name.and_then(|it| Path::new(it).extension()).and_then(|it| it.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("md" | "markdown" | "mkd" | "mdown") => Format::Markdown,
        Some("html" | "htm" | "xhtml" | "shtml") if text.contains('<') => Format::Html,
        _ => Format::Plain,
    }
}

/// Whether a text is a stream of JSON objects, one a line, as far as most of its first lines tell.
pub(crate) fn is_json_lines(text: &str) -> bool {
    let lines = text.lines().filter(|it| !it.trim().is_empty()).take(20);
    let is_object =
        |line: &str| line.strip_prefix('{').is_some_and(|it| it.trim_start().starts_with(['"', '}']));
    let (all, objects) =
        lines.fold((0, 0), |(all, objects), it| (all + 1, objects + usize::from(is_object(it))));
    2 * objects > all
}

/// Whether the first thing in a text is a tag of a web page.
fn is_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |it| it.1).trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let tag = tag.trim_start_matches(['!', '?']);
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let closed = tag[end..].starts_with(['>', ' ', '\n', '/']);
    closed && HTML_TAGS.iter().any(|it| it.eq_ignore_ascii_case(&tag[..end]))
}

/// Tags that a page, or a piece of one, begins with.
const HTML_TAGS: &[&str] = &[
    "doctype",
    "xml",
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "article",
    "main",
    "section",
    "header",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "span",
    "figure",
    "table",
    "ul",
    "ol",
    "blockquote",
    "script",
    "style",
    "center",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "img",
    "br",
];

/// Whether a text has front matter, or headings or links as Markdown writes them.
fn is_markdown(text: &str) -> bool {
    let head: Vec<&str> = text.lines().take(200).collect();
    if let Some(fence @ ("---" | "+++")) = head.first().map(|it| it.trim_end()) {
        let sign = if fence == "---" { ':' } else { '=' };
        let closed = head.iter().skip(1).position(|it| it.trim_end() == fence);
        if closed.is_some_and(|end| end > 0 && head[1..=end].iter().any(|it| it.contains(sign))) {
            return true;
        }
    }
    let is_heading = |line: &&str| {
        let words = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && words.len() > 1
    };
    head.iter().any(is_heading)
        || head.iter().filter(|it| it.contains("](http") || it.contains("](/")).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused_by_its_name() {
        for (bytes, words) in [
            (
                b"%PDF-1.7 x".as_slice(),
                "this is a PDF, not text; convert it first, for example with pdftotext",
            ),
            (
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
                "this is a PNG picture, not text; read its words with an OCR program first",
            ),
            (b"\0\x01\x02\x03abc\0\0\0\0", "this is a binary file, not text; give the story's words"),
            (b"", "there is no text in this; give a story with words"),
        ] {
            assert_eq!(require_text(bytes).expect_err(words).to_string(), words);
        }
    }

    #[test]
    fn a_stray_control_character_is_no_reason_to_refuse() {
        assert!(
            require_text(b"The river rose overnight,\0 the council \x1b[1msaid\x1b[0m on Monday.").is_ok()
        );
        assert!(require_text(b"T\0h\0e\0 \0r\0i\0v\0e\0r\0").is_ok());
    }

    #[test]
    fn lines_that_are_objects_are_a_stream_even_if_one_of_them_is_bad() {
        for (text, expected) in [
            ("{\"text\":\"It rained.\"}", true),
            ("It rai\n{\"id\":1}\n\n{ \"id\":2, \"te", true),
            ("{\n  \"text\": \"It rained.\"\n}", false),
            ("{{Infobox river}}\nIt rained.", false),
            ("It rained.\n{\"id\":1}", false),
            ("", false),
        ] {
            assert_eq!(is_json_lines(text), expected, "{text}");
        }
    }

    #[test]
    fn content_speaks_before_the_name_and_the_name_before_nothing() {
        for (text, name, format) in [
            ("<!doctype html><p>Rain", None, Format::Html),
            ("\n<!-- x --> <article class='a'>Rain", Some("story.txt"), Format::Html),
            ("<tweet id=1> Rain", None, Format::Plain),
            ("<3 is what she wrote.", Some("story.txt"), Format::Plain),
            ("Rain\n\n# River", None, Format::Markdown),
            ("---\ntitle: Rain\n---\nIt rained.", Some("story.txt"), Format::Markdown),
            ("---\n\nIt rained.", None, Format::Plain),
            ("#1 in the charts.", None, Format::Plain),
            ("It rained.", Some("story.md"), Format::Markdown),
            ("It rained. <b>Much</b>", Some("https://a.example/story.html?x=1.txt"), Format::Html),
            ("It rained.", Some("story.txt"), Format::Plain),
            ("It rained.", None, Format::Plain),
        ] {
            assert_eq!(crate::load::bytes::sniff::detect_format(text, name), format, "{text} {name:?}");
        }
    }
}
