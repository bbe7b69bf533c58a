//! Front matter: what a Markdown file says about itself above its text, in YAML or TOML.

use crate::load::text::sanitize;

/// What front matter says of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) standfirst: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
}

/// The front matter of a text, and the text below it.
///
/// Of both languages it knows one key a line with a word, a quoted string or a list; that is all that stories use.
pub(crate) fn split_front_matter(text: &str) -> (FrontMatter, &str) {
    let nothing = || (FrontMatter::default(), text);
    let Some((fence, rest)) = text.trim_start().split_once('\n') else { return nothing() };
    let sign = match fence.trim_end() {
        "---" => ':',
        "+++" => '=',
        _ => return nothing(),
    };
    let mut front = FrontMatter::default();
    let mut key = String::new();
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == fence.trim_end() {
            return (front, &rest[at..]);
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            front.add_value(&key, &parse_value(item));
        } else if let Some((name, words)) = line.split_once(sign) {
            key = name.trim().to_lowercase();
            front.add_value(&key, &parse_value(words));
        }
    }
    nothing()
}

impl FrontMatter {
    /// Keeps what is said under a key; a second author stands beside the first.
    fn add_value(&mut self, key: &str, words: &str) {
        let place = match key {
            "title" | "headline" => &mut self.title,
            "standfirst" | "subtitle" | "dek" | "lede" => &mut self.standfirst,
            "author" | "authors" | "byline" => &mut self.author,
            "date" | "published" | "published_at" | "pubdate" => &mut self.date,
            "url" | "link" | "permalink" => &mut self.url,
            "source" if sanitize::parse_web_address(words).is_some() => &mut self.url,
            "source" | "outlet" | "publication" | "publisher" | "site" => &mut self.outlet,
            _ => return,
        };
        if words.is_empty() {
            return;
        }
        match place {
            Some(said) if key == "authors" || key == "author" => {
                said.push_str(" and ");
                said.push_str(words);
            }
            _ => *place = Some(words.to_owned()),
        }
    }
}

/// A value without its marks; the items of a list with commas between them.
fn parse_value(words: &str) -> String {
    let words = words.trim();
    let list = words.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let items = list.unwrap_or(words).split(',').map(|it| unquote(it.trim()));
    if list.is_some() { items.collect::<Vec<_>>().join(", ") } else { unquote(words).to_owned() }
}

/// A string without the quotation marks around it.
fn unquote(words: &str) -> &str {
    let within = |mark| words.strip_prefix(mark).and_then(|it: &str| it.strip_suffix(mark));
    within('"').or_else(|| within('\'')).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_says_who_wrote_what_and_when() {
        let said = |it: &str| Some(it.to_owned());
        let expected = FrontMatter {
            title: said("Council: the wall"),
            standfirst: None,
            author: said("Ann Lee and Bo Ray"),
            date: said("2026-05-03"),
            outlet: said("Harbour Gazette"),
            url: said("https://gazette.example/wall?id=3"),
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
