//! Front matter: the metadata above the text of a Markdown file, in YAML or TOML.

use crate::load::format::block_writer::{BlockText, BlockWriter};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// The metadata of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) standfirst: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
}

/// Splits a text into its front matter and the text below it.
///
/// The parser supports one key a line with a word, a quoted string or a list as its value. Stories use no more of YAML
/// and TOML than that.
pub(crate) fn split_front_matter(text: &str) -> (FrontMatter, &str) {
    let without = || (FrontMatter::default(), text);
    let Some((fence, rest)) = text.trim_start().split_once('\n') else { return without() };
    let separator = match fence.trim_end() {
        "---" => ':',
        "+++" => '=',
        _ => return without(),
    };
    let mut front_matter = FrontMatter::default();
    let mut key = String::new();
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == fence.trim_end() {
            return (front_matter, &rest[at..]);
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            front_matter.add_value(&key, &parse_value(item));
        } else if let Some((name, value)) = line.split_once(separator) {
            key = name.trim().to_lowercase();
            front_matter.add_value(&key, &parse_value(value));
        }
    }
    without()
}

impl FrontMatter {
    /// Stores the value of a key. A second author is added to the first; unknown keys are ignored.
    pub(crate) fn add_value(&mut self, key: &str, value: &str) {
        let field = match key {
            "title" | "headline" => &mut self.title,
            "standfirst" | "subtitle" | "dek" | "lede" => &mut self.standfirst,
            "author" | "authors" | "byline" => &mut self.author,
            "date" | "published" | "published_at" | "pubdate" => &mut self.date,
            "url" | "link" | "permalink" => &mut self.url,
            "source" if sanitize::parse_web_address(value).is_some() => &mut self.url,
            "source" | "outlet" | "publication" | "publisher" | "site" => &mut self.outlet,
            _ => return,
        };
        if value.is_empty() {
            return;
        }
        match field {
            Some(authors) if key == "authors" || key == "author" => {
                authors.push_str(" and ");
                authors.push_str(value);
            }
            _ => *field = Some(value.to_owned()),
        }
    }
}

/// The blocks that front matter adds above the text.
pub(crate) fn head_blocks(front_matter: &FrontMatter) -> Vec<BlockText> {
    let mut writer = BlockWriter::default();
    for (kind, text) in [
        (BlockKind::Headline, &front_matter.title),
        (BlockKind::Standfirst, &front_matter.standfirst),
        (BlockKind::Byline, &front_matter.author),
    ] {
        writer.write(text.as_deref().unwrap_or_default());
        writer.end_block(kind);
    }
    writer.blocks
}

/// A value without its quotation marks; the items of a list are joined by commas.
fn parse_value(raw: &str) -> String {
    let value = raw.trim();
    match value.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        Some(list) => list.split(',').map(|it| unquote(it.trim())).collect::<Vec<_>>().join(", "),
        None => unquote(value).to_owned(),
    }
}

/// A string without the quotation marks around it.
fn unquote(value: &str) -> &str {
    let inside = |mark: char| value.strip_prefix(mark).and_then(|it| it.strip_suffix(mark));
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_says_who_wrote_what_and_when() {
        let some = |it: &str| Some(it.to_owned());
        let expected = FrontMatter {
            title: some("Council: the wall"),
            standfirst: None,
            author: some("Ann Lee and Bo Ray"),
            date: some("2026-05-03"),
            outlet: some("Harbour Gazette"),
            url: some("https://gazette.example/wall?id=3"),
        };
        for text in [
            "---\ntitle: \"Council: the wall\"\nauthors:\n  - Ann Lee\n  - Bo Ray\ndate: 2026-05-03\ntags: [a, b]\n\
             source: 'Harbour Gazette'\nurl: https://gazette.example/wall?id=3\n---\nIt rained.",
            "+++\ntitle = \"Council: the wall\"\nauthor = \"Ann Lee and Bo Ray\"\ndate = 2026-05-03\n\
             outlet = \"Harbour Gazette\"\nsource = \"https://gazette.example/wall?id=3\"\n+++\nIt rained.",
        ] {
            assert_eq!(split_front_matter(text), (expected.clone(), "It rained."), "{text}");
        }
    }

    #[test]
    fn a_rule_that_opens_a_text_is_no_front_matter() {
        for text in ["---\n\nIt rained: much.", "It rained.", "---", ""] {
            assert_eq!(split_front_matter(text), (FrontMatter::default(), text));
        }
    }
}
