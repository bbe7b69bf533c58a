//! Mail: newsletters and letters (RFC 5322) and saved pages (MHTML), with their subject, sender and date.

use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use crate::load::builder::{BlockGap, StoryBuilder};
use crate::load::format::front_matter::{self, FrontMatter};
use crate::load::format::{block_writer, html, plain};
use crate::load::structure::byline;
use crate::load::text::sanitize;
use crate::story::{BlockKind, Format};
use crate::text_safety::one_line;

/// Whether bytes are a mail: they begin with header fields, one of which only mail has.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    const MAX_FIELDS: usize = 200;
    let mut has_mail_field = false;
    let mut fields = 0;
    for line in without_envelope(bytes).split(|byte| *byte == b'\n').take(MAX_FIELDS) {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = line.iter().position(|byte| *byte == b':').map(|at| &line[..at]) else {
            return false;
        };
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            return false;
        }
        fields += 1;
        has_mail_field |= [
            "mime-version",
            "message-id",
            "received",
            "content-type",
            "content-transfer-encoding",
            "return-path",
        ]
        .iter()
        .any(|it| name.eq_ignore_ascii_case(it.as_bytes()));
    }
    fields > 1 && has_mail_field
}

/// A mail without the line "From …" that a mailbox puts above it.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) if bytes.starts_with(b"From ") => &bytes[end + 1..],
        _ => bytes,
    }
}

/// The mails of a mailbox (mbox), each with its line "From …"; empty if `bytes` are no mailbox of several.
pub(crate) fn split_mailbox(bytes: &[u8]) -> Vec<&[u8]> {
    if !bytes.starts_with(b"From ") {
        return Vec::new();
    }
    let mut starts = Vec::new();
    let (mut at, mut after_empty) = (0, true);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let below = &bytes[at + line.len()..];
        if after_empty && line.starts_with(b"From ") && begins_with_field(below) {
            starts.push(at);
        }
        after_empty = line.trim_ascii().is_empty();
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let mails: Vec<&[u8]> = starts.iter().zip(ends).map(|(start, end)| &bytes[*start..end]).collect();
    if mails.len() > 1 { mails } else { Vec::new() }
}

/// Whether bytes begin with a header field ("Subject: …").
fn begins_with_field(bytes: &[u8]) -> bool {
    const MAX_NAME_BYTES: usize = 76;
    let name = bytes.iter().take(MAX_NAME_BYTES).position(|byte| *byte == b':').unwrap_or(0);
    name > 0 && bytes[..name].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Parses a mail; returns the format of the part that is read. `None` if it has no text.
pub(crate) fn parse(bytes: &[u8]) -> Option<(StoryBuilder, Format)> {
    let mail = MessageParser::default().parse(without_envelope(bytes))?;
    let is_saved_page = mail.is_content_type("multipart", "related");
    let (plain_text, html_text) = (body_text(&mail), body_html(&mail));
    let (mut body, format) = match (plain_text, html_text) {
        (Some(text), None) => (parse_text(&text), Format::Plain),
        (Some(text), Some(page)) if !is_saved_page && text.len() * 4 > words_of(&page).len() => {
            (parse_text(&text), Format::Plain)
        }
        (_, Some(page)) => (html::parse(&sanitize::sanitize_text(&page), None), Format::Html),
        (None, None) => return None,
    };
    if is_saved_page && body.blocks.iter().any(|it| it.kind == BlockKind::Headline) {
        return Some((body, format));
    }
    for block in body.blocks.iter_mut().filter(|it| it.kind == BlockKind::Headline) {
        block.kind = BlockKind::Heading;
    }
    let head = head(&mail);
    let mut builder = block_writer::to_builder(&front_matter::head_blocks(&head));
    (builder.outlet, builder.published) = (head.outlet, head.date);
    Some((builder.followed_by(body), format))
}

/// What the header says about the story. A sender with a person's name is the author, any other the publisher.
fn head(mail: &Message) -> FrontMatter {
    let sender = mail.from().and_then(Address::first).and_then(|it| it.name()).map(sanitize::sanitize_line);
    let is_person = sender.as_deref().is_some_and(byline::is_bare_byline);
    let (author, outlet) = if is_person { (sender, None) } else { (None, sender) };
    FrontMatter {
        title: mail.subject().map(sanitize::sanitize_line),
        author,
        outlet,
        date: mail.date().map(mail_parser::DateTime::to_rfc3339),
        ..FrontMatter::default()
    }
}

/// The first part in plain text; `None` without one.
fn body_text(mail: &Message) -> Option<String> {
    let part = mail.text_body.first().and_then(|it| mail.parts.get(*it as usize))?;
    let is_plain = part.is_content_type("text", "plain") || part.content_type().is_none();
    is_plain.then(|| mail.body_text(0)).flatten().map(std::borrow::Cow::into_owned)
}

/// The first part in HTML; `None` without one.
fn body_html(mail: &Message) -> Option<String> {
    let part = mail.html_body.first().and_then(|it| mail.parts.get(*it as usize))?;
    part.is_content_type("text", "html")
        .then(|| mail.body_html(0))
        .flatten()
        .map(std::borrow::Cow::into_owned)
}

/// The words of a page, without its tags and the white space between them.
fn words_of(page: &str) -> String {
    one_line(&html::strip_tags(page))
}

/// Parses the text of a mail. What it quotes of an earlier mail, and the signature, are furniture.
fn parse_text(text: &str) -> StoryBuilder {
    let text = sanitize::sanitize_text(text);
    let (mut story, mut furniture) = (String::with_capacity(text.len()), Vec::new());
    let mut in_signature = false;
    for line in text.lines() {
        let trimmed = line.trim();
        in_signature |= line == "-- " || line == "--";
        let announces = trimmed.starts_with("On ") && trimmed.ends_with("wrote:");
        if in_signature || line.starts_with('>') || announces {
            furniture.push(trimmed);
        } else {
            story.push_str(line);
            story.push('\n');
        }
    }
    let mut builder = plain::parse(&story);
    for line in furniture {
        builder.push_block(BlockKind::Furniture, BlockGap::NewLine, line);
    }
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Hint, from_bytes};
    use crate::story::Story;

    fn story(mail: &str) -> Story {
        from_bytes(mail.as_bytes(), &Hint { name: Some("a.eml"), ..Hint::default() }).expect("it is a mail")
    }

    const NEWSLETTER: &str = "From: Tarn Courier <news@courier.example>\nTo: reader@example.org\n\
        Subject: =?UTF-8?Q?Ferry_stays=2C_says_mayor?=\nDate: Fri, 14 Mar 2025 07:00:00 +0000\nMIME-Version: 1.0\n\
        Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\n\
        The ferry stays. =E2=80=9CIt is the right thing,=E2=80=9D said Mayor Lena Ho=\nlt.\n";

    #[test]
    fn a_newsletter_has_a_subject_a_publisher_and_a_date() {
        let story = story(NEWSLETTER);
        assert_eq!(story.headline(), Some("Ferry stays, says mayor"));
        assert_eq!(story.outlet.as_deref(), Some("Tarn Courier"));
        assert_eq!(story.published.as_deref(), Some("2025-03-14T07:00:00Z"));
        assert!(story.text().ends_with("“It is the right thing,” said Mayor Lena Holt."), "{}", story.text());
    }

    #[test]
    fn quoted_mail_and_a_signature_are_furniture() {
        let story = story(
            "From: Anna Holt <anna@a.example>\nSubject: The wall\nMessage-ID: <1@a>\n\nIt fell.\n\n\
             On Monday Bo Ray wrote:\n> Does it stand?\n\n-- \nAnna Holt\nHarbour Gazette\n",
        );
        assert_eq!(story.byline(), Some("Anna Holt"));
        let spoken = story.blocks().iter().filter(|it| it.kind == BlockKind::Paragraph);
        let texts: Vec<&str> = spoken.map(|it| it.span.slice(story.text())).collect();
        assert_eq!(texts, ["It fell."]);
    }

    #[test]
    fn a_mail_that_is_a_page_is_read_as_one() {
        let story = story(
            "From: Tarn Courier <news@courier.example>\nSubject: Ferry stays\nMIME-Version: 1.0\n\
             Content-Type: text/html; charset=utf-8\n\n<html><body><table><tr><td><p>“It is,” said Lena Holt.</p></td></tr>\
             </table></body></html>",
        );
        assert_eq!(story.format, Format::Html);
        assert_eq!(story.headline(), Some("Ferry stays"));
        assert!(story.text().ends_with("“It is,” said Lena Holt."), "{}", story.text());
    }

    #[test]
    fn a_story_that_mentions_mail_is_none() {
        for text in [
            "From: the mayor\n\nIt rained.",
            "Subject: rain\nIt rained.",
            "Content-Type: text/html",
            "It rained.",
        ] {
            assert!(!is_mail(text.as_bytes()), "{text}");
        }
        let one = format!("From a@b Mon\n{NEWSLETTER}");
        assert_eq!(story(&one).headline(), Some("Ferry stays, says mayor"));
    }

    #[test]
    fn a_mailbox_is_cut_before_each_mail_and_not_where_a_sentence_begins_with_from() {
        let mailbox =
            format!("From a@b Mon\n{NEWSLETTER}\nFrom now on: it rains.\n\nFrom a@b Tue\n{NEWSLETTER}");
        let mails = split_mailbox(mailbox.as_bytes());
        assert_eq!(mails.len(), 2);
        assert_eq!(mails.concat(), mailbox.as_bytes());
        assert!(split_mailbox(NEWSLETTER.as_bytes()).is_empty());
    }
}
