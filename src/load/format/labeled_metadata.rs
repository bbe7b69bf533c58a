//! Label heads: the metadata above a text as lines with a label, as databases and mail programs write them
//! ("Headline: …", "Publisher: …", "From: …").

use crate::load::format::front_matter::FrontMatter;

/// Splits a text into the metadata of its head and the text below it. Without at least two known labels, all is text.
pub(crate) fn split_label_head(text: &str) -> (FrontMatter, &str) {
    const MIN_FIELDS: usize = 2;
    let mut head = FrontMatter::default();
    let (mut fields, mut end, mut at) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        let line = line.trim();
        if line.is_empty() || is_rule(line) {
            end = if fields > 0 { at } else { end };
            continue;
        }
        let Some((key, value)) = field(line) else { break };
        if key == "body" {
            end = at;
            break;
        }
        if !key.is_empty() && !value.is_empty() {
            head.add_value(key, value);
            fields += 1;
        }
        end = at;
    }
    if fields < MIN_FIELDS { (FrontMatter::default(), text) } else { (head, &text[end..]) }
}

/// Whether a line is a rule: at least three equal marks.
fn is_rule(line: &str) -> bool {
    line.len() > 2 && ["=", "-", "_", "*"].iter().any(|it| line.trim_matches(|ch| it.contains(ch)).is_empty())
}

/// The key of the front matter that a line's label means, and the line's value. The key is empty for a label that says
/// nothing about the story; `None` without a known label.
fn field(line: &str) -> Option<(&'static str, &str)> {
    let (label, value) = line.split_once(':')?;
    let value = value.trim();
    let key = match label.trim().to_ascii_lowercase().as_str() {
        "headline" | "title" | "subject" => "title",
        "subtitle" | "subhead" | "subheadline" | "standfirst" | "dek" => "standfirst",
        "author" | "authors" | "by" | "byline" | "writer" | "from" => "author",
        "date" | "published" | "publication date" | "date published" | "pubdate" | "sent" => "date",
        "publisher" | "publication" | "outlet" | "newspaper" | "source" | "site" => "outlet",
        "url" | "link" => "url",
        "body" | "text" | "full text" | "article" => "body",
        "section" | "length" | "load-date" | "language" | "word count" | "words" | "edition" | "page"
        | "pages" | "copyright" | "category" | "tags" | "keywords" | "type" | "publication-type"
        | "document-type" | "id" | "to" | "cc" | "reply-to" => "",
        _ => return None,
    };
    // "Ann Lee <ann@gazette.example>"
    let value = if key == "author" { value.split(" <").next().unwrap_or(value) } else { value };
    (key != "body" || value.is_empty()).then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_with_labels_says_who_wrote_what_and_when() {
        let some = |it: &str| Some(it.to_owned());
        let (head, text) = split_label_head(
            "Headline: Rights for felons a rare change\nSubtitle: The vote was close\nAuthor: Ann Lee\nDate: 2024-02-11\n\
             Publisher: The Tarn Herald\nLENGTH: 700 words\n=====\n\nThe mayor said: it is safe.",
        );
        let expected = FrontMatter {
            title: some("Rights for felons a rare change"),
            standfirst: some("The vote was close"),
            author: some("Ann Lee"),
            date: some("2024-02-11"),
            outlet: some("The Tarn Herald"),
            url: None,
        };
        assert_eq!((head, text.trim()), (expected, "The mayor said: it is safe."));
        let (head, text) = split_label_head(
            "From: Ann Lee <ann@a.example>\nTo: Bo\nSent: 3 May\nSubject: The wall\n\nIt fell.",
        );
        assert_eq!((head.title, head.author, text.trim()), (some("The wall"), some("Ann Lee"), "It fell."));
    }

    #[test]
    fn a_text_that_begins_with_one_label_is_all_text() {
        for text in
            ["Title: none\n\nIt rained.", "Note: it rained.\nDate: May.", "It rained: much.\nIt did.", ""]
        {
            assert_eq!(split_label_head(text), (FrontMatter::default(), text));
        }
    }
}
