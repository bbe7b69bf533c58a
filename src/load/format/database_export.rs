//! Exports of news databases: many articles in one text file, each with a head of its own.
//!
//! Nexis separates them by "1 of 50 DOCUMENTS" or "End of Document", Factiva by the number of each document (`Document
//! TARN000020250314el3e0001v`) and `ProQuest` by "Document 1 of 50". The heads have the headline, the publisher, the date and
//! lines with labels, in an order that depends on the database and its year.

use crate::load::builder::StoryBuilder;
use crate::load::format::front_matter::{self, FrontMatter};
use crate::load::format::{block_writer, plain};
use crate::load::structure::{byline, headline};
use crate::text_safety::one_line;
use crate::word_list::word_list;

/// Labels of lines that say nothing about the story.
const IDLE_LABELS: &[&str] = &word_list!("export-labels");

/// Whether bytes may be an export, at a glance.
pub(crate) fn may_be_export(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"document";
    /// The place of a letter that few words have.
    const RARE: usize = 4;
    let rare = WORD[RARE];
    memchr::memchr2_iter(rare, rare.to_ascii_uppercase(), bytes).any(|at| {
        let start = at.checked_sub(RARE);
        let word = start.and_then(|it| bytes.get(it..it + WORD.len()));
        word.is_some_and(|it| it.eq_ignore_ascii_case(WORD))
    })
}

/// The articles of an export, each with its head; empty if a text is no export.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut articles = Vec::new();
    let mut article = String::new();
    let mut marks = 0;
    for line in text.lines() {
        let Some(mark) = article_mark(line.trim()) else {
            article.push_str(line);
            article.push('\n');
            continue;
        };
        // The first numbered line must be number one; what stands above it is a list of contents.
        let is_first = marks == 0 && matches!(mark, ArticleMark::Start(_));
        if is_first && mark != ArticleMark::Start(1) {
            return Vec::new();
        }
        marks += 1;
        let ended = std::mem::take(&mut article);
        if !is_first && has_body(&ended) {
            articles.push(ended);
        }
    }
    if marks > 0 && has_body(&article) {
        articles.push(article);
    }
    articles
}

/// A line between two articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ArticleMark {
    /// The article with this number begins.
    Start(usize),
    /// An article ends.
    End,
}

/// The mark that a line is; `None` for a line of an article.
fn article_mark(line: &str) -> Option<ArticleMark> {
    /// `TARN000020250314el3e0001v`
    const MIN_NUMBER_BYTES: usize = 18;
    if line.eq_ignore_ascii_case("end of document") {
        return Some(ArticleMark::End);
    }
    let number = line.strip_prefix("AN ").unwrap_or(line).trim_start().strip_prefix("Document ");
    let is_number = |it: &&str| {
        it.len() >= MIN_NUMBER_BYTES
            && it.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && it.bytes().filter(u8::is_ascii_digit).count() * 2 > it.len()
            && it.starts_with(|ch: char| ch.is_ascii_uppercase())
    };
    if number.as_ref().is_some_and(is_number) {
        return Some(ArticleMark::End);
    }
    let mut words = line.split_whitespace();
    let mut word = words.next()?;
    let is_document = |it: &str| it.eq_ignore_ascii_case("document") || it.eq_ignore_ascii_case("documents");
    let has_noun = is_document(word);
    if has_noun {
        word = words.next()?;
    }
    let (start, of, count) = (word.parse().ok()?, words.next()?, words.next()?);
    let _: usize = count.parse().ok()?;
    let is_whole = match (words.next(), words.next()) {
        (None, None) => has_noun,
        (Some(noun), None) => !has_noun && is_document(noun),
        _ => false,
    };
    (of == "of" && is_whole).then_some(ArticleMark::Start(start))
}

/// Whether a text between two marks is an article: it has more than a title.
fn has_body(text: &str) -> bool {
    const MIN_LINES: usize = 3;
    text.lines().filter(|it| !it.trim().is_empty()).nth(MIN_LINES - 1).is_some()
}

/// Parses an article with its head. Lines about the export below the text are left out.
pub(crate) fn parse(article: &str) -> StoryBuilder {
    let (head, body) = match split_fields(article) {
        Some(fields) => fields,
        None => split_head(article),
    };
    let mut builder = block_writer::to_builder(&front_matter::head_blocks(&head));
    (builder.outlet, builder.url, builder.published) = (head.outlet, head.url, head.date);
    builder.followed_by(plain::parse(&body))
}

/// The head and the text of an article with Factiva's two-letter fields; `None` without them.
///
/// A field ends where the next one begins.
fn split_fields(article: &str) -> Option<(FrontMatter, String)> {
    const CODES: [&str; 9] = ["HD", "BY", "PD", "SN", "LP", "TD", "WC", "LA", "CY"];
    const MIN_FIELDS: usize = 4;
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in article.lines() {
        match field_code(line) {
            Some((code, value)) => fields.push((code, value.trim_start().to_owned())),
            None => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push('\n');
                    value.push_str(line);
                }
            }
        }
    }
    if fields.iter().filter(|it| CODES.contains(&it.0)).count() < MIN_FIELDS {
        return None;
    }
    let line = |code: &str| {
        let value = &fields.iter().find(|it| it.0 == code)?.1;
        Some(one_line(value)).filter(|it| !it.is_empty())
    };
    let head = FrontMatter {
        title: line("HD"),
        author: line("BY"),
        date: line("PD"),
        outlet: line("SN"),
        ..FrontMatter::default()
    };
    let body = fields.iter().filter(|it| matches!(it.0, "LP" | "TD"));
    Some((head, body.map(|it| it.1.as_str()).collect::<Vec<_>>().join("\n\n")))
}

/// The code and the value of a line that begins a field: "HD  Ferry stays" or "HD" alone.
fn field_code(line: &str) -> Option<(&str, &str)> {
    const CODES: [&str; 22] = [
        "HD", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "BY", "SE",
        "CT", "RF", "CO", "IN", "NS", "AN",
    ];
    let code = line.split_whitespace().next()?;
    let value = line.trim_start().strip_prefix(code)?;
    (CODES.contains(&code) && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((code, value))
}

/// What the lines above the text have said so far.
#[derive(Default)]
struct HeadLines {
    head: FrontMatter,
    /// Lines without a label, before and after the date: the headline, the publisher, the author.
    above_date: Vec<Vec<String>>,
    below_date: Vec<Vec<String>>,
    has_length: bool,
    has_length_label: bool,
    has_copyright: bool,
    is_complete: bool,
    after_empty: bool,
}

/// The head and the text of an article whose head is lines with and without labels.
fn split_head(article: &str) -> (FrontMatter, String) {
    const MAX_HEAD_LINES: usize = 60;
    let mut lines = HeadLines { after_empty: true, ..HeadLines::default() };
    let mut start = None;
    let mut at = 0;
    for line in article.split_inclusive('\n').take(MAX_HEAD_LINES) {
        if !lines.take(line.trim()) {
            start = Some(at);
            break;
        }
        at += line.len();
        if lines.is_complete {
            start = Some(at);
            break;
        }
    }
    match start {
        Some(start) => (lines.finish(), without_tail(&article[start..])),
        // The head has no end that is known: all of it is text.
        None => (FrontMatter::default(), without_tail(article)),
    }
}

impl HeadLines {
    /// Takes a line of the head; false if it is the first line of the text.
    fn take(&mut self, line: &str) -> bool {
        let after_empty = std::mem::replace(&mut self.after_empty, line.is_empty());
        if line.is_empty() || is_rule(line) {
            return true;
        }
        if let Some((label, value)) = split_label(line) {
            return self.take_label(&label, value);
        }
        let is_noise = is_copyright(line);
        self.has_copyright |= is_noise;
        if is_noise || self.take_length(line) {
            return true;
        }
        if self.head.date.is_none() && headline::is_date(line) {
            self.head.date = Some(line.to_owned());
            return true;
        }
        if self.has_length_label || (self.has_length && self.has_copyright) {
            return false;
        }
        let lines = if self.head.date.is_none() { &mut self.above_date } else { &mut self.below_date };
        match lines.last_mut() {
            Some(lines) if !after_empty => lines.push(line.to_owned()),
            _ => lines.push(vec![line.to_owned()]),
        }
        true
    }

    /// Takes a label and its value; false if the value is the beginning of the text.
    fn take_label(&mut self, label: &str, value: &str) -> bool {
        let key = match label {
            "headline" | "title" => "title",
            "byline" | "author" | "authors" => "author",
            "publication title" | "publication" | "source" | "publication info" => "outlet",
            "publication date" | "date" => "date",
            "url" | "link" | "document url" if value.starts_with("http") => "url",
            "body" | "full text" => {
                self.is_complete = true;
                return value.is_empty();
            }
            _ => "",
        };
        self.has_length_label |= matches!(label, "length" | "word count");
        self.head.add_value(key, value);
        true
    }

    /// Takes a line such as "312 words".
    fn take_length(&mut self, line: &str) -> bool {
        let count = line.strip_suffix(" words").map(|it| it.replace(',', ""));
        let is_length =
            count.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()));
        self.has_length |= is_length;
        is_length
    }

    /// The head. The database decides what stands above the date and what below it.
    fn finish(mut self) -> FrontMatter {
        let is_author = |it: &String| byline::is_byline(it);
        let mut above: Vec<String> = self.above_date.iter().flatten().cloned().collect();
        let authors: Vec<String> = above.extract_if(.., |it| is_author(it)).collect();
        let mut below = self.below_date.into_iter();
        let (title, outlet) = match (above.len(), below.next()) {
            // Factiva: headline, length, date, publisher.
            (_, first) if self.has_length => (above.join(" "), first.and_then(|it| it.into_iter().next())),
            // Nexis: publisher, date, headline.
            (1, Some(headline)) => (headline.join(" "), above.pop()),
            (..2, _) => (above.join(" "), None),
            // Nexis Uni: headline, publisher, date.
            _ => {
                let outlet = above.pop();
                (above.join(" "), outlet)
            }
        };
        let title = Some(title).filter(|it| !it.is_empty());
        self.head.title = self.head.title.take().or(title);
        self.head.outlet = self.head.outlet.take().or(outlet);
        self.head.author = self.head.author.take().or_else(|| authors.into_iter().next());
        self.head
    }
}

/// The label of a line in lower case, and its value; `None` for a line without a known label.
fn split_label(line: &str) -> Option<(String, &str)> {
    let (label, value) = line.split_once(':').unwrap_or((line, ""));
    let label = label.trim().to_lowercase();
    let is_known = IDLE_LABELS.contains(&label.as_str())
        || matches!(
            label.as_str(),
            "headline"
                | "title"
                | "byline"
                | "author"
                | "authors"
                | "publication title"
                | "publication info"
                | "url"
                | "publication date"
                | "link"
                | "document url"
                | "full text"
                | "length"
                | "word count"
        );
    let is_body = label == "body" && value.trim().is_empty();
    ((is_known && line.contains(':')) || is_body).then(|| (label, value.trim()))
}

/// Whether a line is a rule: at least three equal marks.
fn is_rule(line: &str) -> bool {
    line.len() > 2 && line.trim_matches(['_', '-', '=', '*']).is_empty()
}

/// Whether a line says who holds the rights.
fn is_copyright(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["copyright", "(c) ", "©", "all rights reserved"].iter().any(|it| lower.starts_with(it))
        || lower.ends_with("all rights reserved")
}

/// A text without the lines about the export at its end.
fn without_tail(text: &str) -> String {
    let mut text = text.trim().trim_start_matches("Full text:").trim();
    loop {
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].trim();
        if text.is_empty() || !(split_label(line).is_some() || is_copyright(line) || is_rule(line)) {
            return text.to_owned();
        }
        text = text[..start].trim_end();
    }
}

#[cfg(test)]
mod tests;
