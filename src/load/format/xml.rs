//! XML: the tags and texts of a document in order, with local names, as far as they can be read.

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A piece of an XML document.
#[derive(Debug)]
pub(crate) enum XmlPiece<'a> {
    /// The start of an element; an empty element has an end too.
    Open(XmlTag<'a>),
    /// The end of an element, with its name.
    Close(String),
    Text(String),
}

/// The start tag of an element.
#[derive(Debug)]
pub(crate) struct XmlTag<'a>(BytesStart<'a>);

impl XmlTag<'_> {
    /// The name without its namespace.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, named without its namespace; `None` if there is none.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.html_attributes();
        let attribute =
            attributes.with_checks(false).flatten().find(|it| it.key.local_name().into_inner() == name)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        Some(value.unwrap_or(attribute.value).into_owned())
    }
}

/// Reads the pieces of a document one after another. It ends at the first fault of syntax; ends of elements that were never
/// opened, bare ampersands and unknown entities are no faults.
pub(crate) struct XmlReader<'a>(Reader<&'a [u8]>);

impl<'a> XmlReader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self(reader)
    }

    /// The number of bytes that have been read.
    pub(crate) fn position(&self) -> usize {
        self.0.buffer_position() as usize
    }
}

impl<'a> Iterator for XmlReader<'a> {
    type Item = XmlPiece<'a>;

    fn next(&mut self) -> Option<XmlPiece<'a>> {
        loop {
            return Some(match self.0.read_event().ok()? {
                Event::Start(tag) | Event::Empty(tag) => XmlPiece::Open(XmlTag(tag)),
                Event::End(tag) => XmlPiece::Close(tag.local_name().into_inner().to_owned()),
                Event::Text(text) => XmlPiece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => XmlPiece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(entity) => {
                    let ch = entity.resolve_char_ref().ok().flatten().map(String::from);
                    let text = ch.or_else(|| resolve_html5_entity(&entity).map(str::to_owned));
                    XmlPiece::Text(text.unwrap_or_default())
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
                Event::Eof => return None,
            });
        }
    }
}

/// The name of the first element; `None` if a text is no XML.
pub(crate) fn root_name(text: &str) -> Option<String> {
    if !text.trim_start().starts_with('<') {
        return None;
    }
    let is_blank = |it: &XmlPiece| matches!(it, XmlPiece::Text(text) if text.trim().is_empty());
    match XmlReader::new(text.trim_start()).find(|it| !is_blank(it))? {
        XmlPiece::Open(tag) => Some(tag.name().to_owned()),
        _ => None,
    }
}

/// XHTML as HTML parsers understand it: `<title/>` becomes `<title></title>`. Elements that are always empty stay as they are.
pub(crate) fn expand_empty_elements(page: &str) -> String {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ];
    let mut expanded = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(end) = rest.find("/>") {
        let start = rest[..end].rfind('<');
        let name = start
            .map(|start| &rest[start + 1..end])
            .filter(|it| it.starts_with(|ch: char| ch.is_alphabetic()));
        let name = name.and_then(|it| it.split(|ch: char| ch.is_whitespace() || ch == '/').next());
        match name.filter(|it| !VOID.contains(it)) {
            Some(name) => {
                expanded.push_str(&rest[..end]);
                expanded.push_str("></");
                expanded.push_str(name);
                expanded.push('>');
            }
            None => expanded.push_str(&rest[..end + 2]),
        }
        rest = &rest[end + 2..];
    }
    expanded.push_str(rest);
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_faults_end_them() {
        let describe = |text: &str| {
            let pieces = XmlReader::new(text).map(|it| match it {
                XmlPiece::Open(tag) => format!("<{} {}>", tag.name(), tag.attribute("a").unwrap_or_default()),
                XmlPiece::Close(name) => format!("</{name}>"),
                XmlPiece::Text(text) => text,
            });
            pieces.collect::<String>()
        };
        for (text, expected) in [
            (
                "<?xml version='1.0'?><!DOCTYPE x><w:p w:a='1&amp;2'>It &amp; &#8212; &mdash;<b/></w:p>",
                "<p 1&2>It & — —<b ></b></p>",
            ),
            ("<p a=1>It <![CDATA[<rained>]]></q></p></p>", "<p 1>It <rained></q></p></p>"),
            ("<p>Rain & sun &unknown;<b", "<p >Rain & sun "),
            ("", ""),
        ] {
            assert_eq!(describe(text), expected, "{text}");
        }
        assert_eq!(root_name("\n<?xml version=\"1.0\"?>\n<!-- x --> <n:nitf>").as_deref(), Some("nitf"));
        assert_eq!(root_name("It rained."), None);
    }

    #[test]
    fn an_empty_element_of_xhtml_is_closed() {
        let page = "<head><title/><meta charset='a'/></head><p><a id=\"1\"/>1/>2<br/></p>";
        let expected = "<head><title></title><meta charset='a'/></head><p><a id=\"1\"></a>1/>2<br/></p>";
        assert_eq!(expand_empty_elements(page), expected);
    }
}
