//! Content sniffing: rejects bytes that are not text, and detects the format of a text.

use std::path::Path;

use crate::load::bytes::decode;
use crate::load::error::Error;
use crate::story::Format;

/// Checks that bytes are text.
///
/// # Errors
///
/// [`Error::Empty`] without a byte; [`Error::Binary`] if the bytes begin like a known binary format, or if more than one
/// in twenty is a control character.
pub(crate) fn require_text(bytes: &[u8]) -> Result<(), Error> {
    const MAX_SAMPLE_BYTES: usize = 8192;
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    for (magic, description, advice) in MAGIC_NUMBERS {
        if bytes.starts_with(magic) {
            return Err(Error::Binary { description, advice: *advice });
        }
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(Error::Binary { description: "a video", advice: None });
    }
    let sample = &bytes[..bytes.len().min(MAX_SAMPLE_BYTES)];
    // UTF-16 and UTF-32 have zero bytes.
    if sample.starts_with(b"\xff\xfe")
        || sample.starts_with(b"\xfe\xff")
        || decode::detect_utf16(sample).is_some()
    {
        return Ok(());
    }
    let is_control = |it: &&u8| matches!(it, 0..=8 | 0xe..=0x1a | 0x1c..=0x1f | 0x7f);
    if sample.iter().filter(is_control).count() * 20 > sample.len() {
        return Err(Error::Binary { description: "a binary file", advice: None });
    }
    Ok(())
}

const UNPACK: Option<&str> = Some("unpack it first");
/// What to do with an archive or a document that is not read.
#[cfg(feature = "formats")]
const PACKED_ADVICE: Option<&str> = UNPACK;
#[cfg(not(feature = "formats"))]
const PACKED_ADVICE: Option<&str> =
    Some("this build lacks the feature `formats`; save the story as plain text or as a web page");
const USE_OCR: Option<&str> = Some("read its text with an OCR program first");

/// The first bytes of binary formats, what they are, and what the user can do.
const MAGIC_NUMBERS: &[(&[u8], &str, Option<&str>)] = &[
    (b"%PDF-", "a PDF", Some("convert it first, for example with pdftotext")),
    (b"%!PS", "a PostScript document", Some("convert it first, for example with ps2ascii")),
    (b"{\\rtf", "an RTF document", PACKED_ADVICE),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office document or one with a password",
        Some("save it as DOCX, RTF or plain text first"),
    ),
    (b"PK\x03\x04", "a zip archive", PACKED_ADVICE),
    (b"\x1f\x8b", "a gzip archive", PACKED_ADVICE),
    (b"BZh", "a bzip2 archive", PACKED_ADVICE),
    (b"\xfd7zXZ", "an xz archive", PACKED_ADVICE),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", PACKED_ADVICE),
    (b"bplist00", "a property list", PACKED_ADVICE),
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

/// Detects the format of a text by its content, then by the extension of its name; otherwise it is plain text. A `.txt` file is
/// Markdown only if it has front matter: `#`, `*` and `[` stay as they were typed.
pub(crate) fn detect_format(text: &str, name: Option<&str>) -> Format {
    let text = text.trim_start();
    if is_html(text) {
        return Format::Html;
    }
    let path = name.map(|it| it.split(['?', '#']).next().unwrap_or_default());
    // "story.md.gz" is Markdown in an archive.
    let path = path.map(|it| {
        [".gz", ".bz2", ".xz", ".zst"].iter().find_map(|ending| it.strip_suffix(ending)).unwrap_or(it)
    });
    let extension = path.and_then(|it| Path::new(it).extension()).and_then(|it| it.to_str());
    let extension = extension.map(str::to_ascii_lowercase);
    let is_text_file = matches!(extension.as_deref(), Some("txt" | "text"));
    let head: Vec<&str> = text.lines().take(MAX_HEAD_LINES).collect();
    if has_front_matter(&head) || (!is_text_file && has_markdown_syntax(&head)) {
        return Format::Markdown;
    }
    match extension.as_deref() {
        Some("md" | "markdown" | "mkd" | "mdown") => Format::Markdown,
        Some("html" | "htm" | "xhtml" | "shtml") if text.contains('<') => Format::Html,
        _ => Format::Plain,
    }
}

/// Whether a text is JSON Lines: more than half of its first lines begin like JSON objects.
pub(crate) fn is_json_lines(text: &str) -> bool {
    const MAX_LINES: usize = 20;
    let is_object =
        |line: &&&str| line.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).take(MAX_LINES).collect();
    2 * lines.iter().filter(is_object).count() > lines.len()
}

/// Whether a text begins with a tag of a web page; comments before it are ignored.
fn is_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, after)| after).trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let tag = tag.trim_start_matches(['!', '?']);
    let end = tag.find(|ch: char| !ch.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let name_ends = tag[end..].starts_with(['>', ' ', '\n', '/']);
    name_ends && HTML_TAGS.iter().any(|it| it.eq_ignore_ascii_case(&tag[..end]))
}

/// Tags with which a page, or a part of one, may begin.
const HTML_TAGS: &[&str] = &[
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "doctype",
    "em",
    "figure",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "i",
    "img",
    "link",
    "main",
    "meta",
    "ol",
    "p",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "title",
    "ul",
    "xml",
];

/// How many lines are searched for Markdown.
const MAX_HEAD_LINES: usize = 200;

/// Whether lines have a Markdown heading or several Markdown links.
fn has_markdown_syntax(head: &[&str]) -> bool {
    let is_heading = |line: &&str| {
        let title = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - title.len())) && title.starts_with(' ') && title.len() > 1
    };
    head.iter().any(is_heading)
        || head.iter().filter(|it| it.contains("](http") || it.contains("](/")).count() > 1
}

/// Whether lines begin with front matter: two fences with a key between them.
fn has_front_matter(lines: &[&str]) -> bool {
    let Some(fence @ ("---" | "+++")) = lines.first().map(|it| it.trim_end()) else { return false };
    let separator = if fence == "---" { ':' } else { '=' };
    let end = lines.iter().skip(1).position(|it| it.trim_end() == fence);
    end.is_some_and(|end| end > 0 && lines[1..=end].iter().any(|it| it.contains(separator)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused_by_its_name() {
        for (bytes, message) in [
            (
                b"%PDF-1.7 x".as_slice(),
                "This is a PDF, not a text file; convert it first, for example with pdftotext",
            ),
            (
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
                "This is a PNG picture, not a text file; read its text with an OCR program first",
            ),
            (
                b"\0\x01\x02\x03abc\0\0\0\0",
                "This is a binary file, not a text file; save the story as text or as a web page",
            ),
            (b"", "There is no text in it; use a story as text, Markdown or a web page"),
        ] {
            assert_eq!(require_text(bytes).expect_err(message).to_string(), message);
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
    fn content_decides_before_the_name_and_the_name_before_nothing() {
        for (text, name, format) in [
            ("<!doctype html><p>Rain", None, Format::Html),
            ("\n<!-- x --> <article class='a'>Rain", Some("story.txt"), Format::Html),
            ("<tweet id=1> Rain", None, Format::Plain),
            ("<3 is what she wrote.", Some("story.txt"), Format::Plain),
            ("Rain\n\n# River", None, Format::Markdown),
            ("# Rain\n\n**It** rained.\n\n- one\n- two", Some("story.txt"), Format::Plain),
            ("[Rain](http://a.example)\n[Sun](http://b.example)", Some("STORY.TXT"), Format::Plain),
            ("[Rain](http://a.example)\n[Sun](http://b.example)", Some("story.md"), Format::Markdown),
            ("Rain\n\n# River", Some("story.txt.gz"), Format::Plain),
            ("---\ntitle: Rain\n---\nIt rained.", Some("story.txt"), Format::Markdown),
            ("---\n\nIt rained.", None, Format::Plain),
            ("#1 in the charts.", None, Format::Plain),
            ("It rained.", Some("story.md"), Format::Markdown),
            ("It rained.", Some("story.md.gz"), Format::Markdown),
            ("It rained. <b>Much</b>", Some("https://a.example/story.html?x=1.txt"), Format::Html),
            ("It rained.", Some("story.txt"), Format::Plain),
            ("It rained.", None, Format::Plain),
        ] {
            assert_eq!(detect_format(text, name), format, "{text} {name:?}");
        }
    }
}
