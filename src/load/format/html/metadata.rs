//! Page metadata: the headline, the authors, the date, the publisher and the address that a page states about its story.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use crate::load::format::html::json_ld::LinkedData;
use crate::load::format::html::page_tree::PageTree;
use crate::load::format::html::parser;
use crate::load::structure::headline;
use crate::load::text::{compare, sanitize};

/// What a page states about its story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageMetadata {
    /// The titles in the page's head, the most reliable first, without the publisher's name.
    pub(crate) titles: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    /// The text of the story in the page's JSON-LD.
    pub(crate) body: Option<String>,
}

impl PageMetadata {
    pub(crate) fn of(page: &Document) -> Self {
        let properties = MetaProperties::of(page);
        let document_title = sanitize::sanitize_line(&page.select_single("head title").text());
        let linked_data = LinkedData::of(page, &document_title);
        let outlet = linked_data
            .outlet
            .clone()
            .into_iter()
            .chain(properties.all(OUTLET_KEYS))
            .find_map(|it| clean(&it));
        let titles = linked_data.headline.clone().into_iter().chain(properties.all(TITLE_KEYS));
        let titles: Vec<String> = titles.filter_map(|it| clean(&it)).chain(Some(document_title)).collect();
        let mut cut_titles: Vec<String> = Vec::new();
        for title in &titles {
            let cut = title_without_outlet(title, outlet.as_deref()).to_owned();
            if !cut.is_empty() && !cut_titles.contains(&cut) {
                cut_titles.push(cut);
            }
        }
        let published = linked_data.published.clone().into_iter().chain(properties.all(DATE_KEYS));
        let published = published.filter_map(|it| clean(&it)).find(|it| is_full_date(it));
        let address = |it: String| sanitize::parse_web_address(&it);
        let canonical = page.select_single("link[rel=canonical]").attr("href").map(|it| it.to_string());
        Self {
            titles: cut_titles,
            authors: authors(page, &linked_data, &properties),
            published: published.or_else(|| microdata_date(page)),
            outlet,
            url: canonical
                .and_then(address)
                .or_else(|| properties.all(&["og:url"]).into_iter().find_map(address)),
            body: linked_data.body,
        }
    }

    /// The authors as a byline; empty without an author.
    pub(crate) fn byline(&self) -> String {
        self.authors.join(", ")
    }

    /// The headline of the page, whose own largest headings are `headings`.
    ///
    /// A heading is the headline if a title of the head confirms it; otherwise the first title is.
    pub(crate) fn headline(&self, headings: &[String]) -> String {
        // The `<title>` of a page often ends with the newspaper's name; the `<h1>` may be that name alone.
        let confirms = |heading: &&String| {
            let outlet = self.outlet.as_deref().unwrap_or_default();
            !compare::same_letters(heading, outlet)
                && self.titles.iter().any(|title| {
                    let is_short = heading.len() * 2 < title.len();
                    (!is_short && compare::letters_within(heading, title))
                        || compare::letters_within(title, heading)
                })
        };
        let confirmed = headings.iter().find(confirms);
        confirmed.or_else(|| self.titles.first()).or_else(|| headings.first()).cloned().unwrap_or_default()
    }
}

/// The `meta` elements of a page by their names.
struct MetaProperties(HashMap<String, Vec<String>>);

impl MetaProperties {
    fn of(page: &Document) -> Self {
        let mut properties: HashMap<String, Vec<String>> = HashMap::new();
        for meta in page.select("meta[content]").nodes() {
            let content = meta.attr("content").map(|it| it.trim().to_owned()).unwrap_or_default();
            for key in ["property", "name", "itemprop"] {
                let Some(name) = meta.attr(key).filter(|_| !content.is_empty()) else { continue };
                properties.entry(name.trim().to_ascii_lowercase()).or_default().push(content.clone());
            }
        }
        Self(properties)
    }

    /// All values of some names, in the order of the names.
    fn all(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().filter_map(|it| self.0.get(*it)).flatten().cloned().collect()
    }
}

const TITLE_KEYS: &[&str] = &[
    "og:title",
    "headline",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "title",
];

const OUTLET_KEYS: &[&str] =
    &["og:site_name", "publisher", "dc.publisher", "application-name", "article:publisher_name", "cre"];

const DATE_KEYS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "article.published",
    "rnews:datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "bt:pubdate",
    "originalpublicationdate",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "article:post_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "datecreated",
    "date",
    "displaydate",
    "timestamp",
    "weibo:article:create_at",
];

const AUTHOR_KEYS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "bt:author",
    "creator",
    "twitter:creator_name",
];

/// A clean line without entities; `None` if it is empty.
fn clean(raw: &str) -> Option<String> {
    // Many systems escape what they write twice.
    let text = if raw.contains('&') && raw.contains(';') { plain_text(raw) } else { raw.to_owned() };
    Some(sanitize::sanitize_line(&text)).filter(|it| !it.is_empty())
}

/// The text of a piece of HTML.
pub(crate) fn plain_text(html: &str) -> String {
    parser::parse_page(html).body().map_or_else(String::new, |it| it.text().to_string())
}

/// Whether a text holds a date with its year.
pub(crate) fn is_full_date(text: &str) -> bool {
    let is_year = |digits: &str| digits.len() >= 4 && digits.bytes().all(|it| it.is_ascii_digit());
    text.split(|ch: char| !ch.is_ascii_alphanumeric())
        .any(|part| is_year(part) || part.split('T').next().is_some_and(is_year))
}

/// The names of the authors: from JSON-LD, from the page's head, or from its microdata.
fn authors(page: &Document, linked_data: &LinkedData, properties: &MetaProperties) -> Vec<String> {
    let lists = [
        linked_data.authors.clone(),
        AUTHOR_KEYS
            .iter()
            .map(|it| properties.all(&[it]))
            .find(|it| it.iter().any(|it| is_author(it)))
            .unwrap_or_default(),
        microdata_authors(page),
    ];
    let mut authors: Vec<String> = Vec::new();
    for list in lists {
        for name in list.iter().filter_map(|it| clean(it)).filter(|it| is_author(it)) {
            if !authors.iter().any(|it| compare::same_letters(it, &name)) {
                authors.push(name);
            }
        }
        if !authors.is_empty() {
            break;
        }
    }
    authors
}

/// Whether a text can name an author: it is no address and no name of a user of a system.
fn is_author(text: &str) -> bool {
    const MAX_AUTHOR_BYTES: usize = 200;
    const SYSTEM_NAMES: &[&str] =
        &["admin", "administrator", "author", "editor", "null", "root", "undefined", "webmaster"];
    let lower = text.trim().to_lowercase();
    !lower.contains("://")
        && !lower.starts_with("www.")
        && !lower.starts_with(['@', '/'])
        && lower.len() <= MAX_AUTHOR_BYTES
        && lower.contains(char::is_alphabetic)
        && !SYSTEM_NAMES.contains(&lower.as_str())
}

/// The authors that the page's elements mark as such.
fn microdata_authors(page: &Document) -> Vec<String> {
    const MAX_AUTHORS: usize = 8;
    let name = |author: &NodeRef| -> String {
        if let Some(content) = author.attr("content") {
            return content.to_string();
        }
        let names = dom_query::Selection::from(*author).select("[itemprop~=name]");
        names.nodes().first().map_or_else(
            || author.text().to_string(),
            |it| it.attr("content").unwrap_or_else(|| it.text()).to_string(),
        )
    };
    let is_in_comment = |node: &NodeRef| {
        node.ancestors_it(None).any(|it| it.attr("itemprop").is_some_and(|it| it.contains("comment")))
    };
    let authors = page.select("[itemprop~=author], a[rel~=author]");
    authors.nodes().iter().filter(|it| !is_in_comment(it)).take(MAX_AUTHORS).map(name).collect()
}

/// The date that the page's elements mark as that of publication.
fn microdata_date(page: &Document) -> Option<String> {
    let dates = page.select("[itemprop~=datePublished], time[pubdate], [property='datePublished']");
    dates.nodes().iter().find_map(date_of)
}

/// The date in an element: its attribute for programs, or its text if that is a date with a year.
pub(crate) fn date_of(node: &NodeRef) -> Option<String> {
    let attribute = ["datetime", "content"].iter().find_map(|it| node.attr(it));
    let attribute = attribute.and_then(|it| clean(&it)).filter(|it| is_full_date(it));
    attribute.or_else(|| {
        let text = sanitize::sanitize_line(&node.text());
        (headline::is_date(&text) && is_full_date(&text)).then_some(text)
    })
}

/// The date of the first element of a range that marks a time and belongs to the article.
pub(crate) fn first_time(tree: &PageTree, range: std::ops::Range<usize>) -> Option<String> {
    let is_time = |it: &usize| tree.nodes[*it].name == "time" || tree.nodes[*it].name.ends_with("-time");
    let in_list = |it: usize| {
        tree.ancestors(it)
            .take_while(|it| *it >= range.start)
            .any(|it| matches!(&*tree.nodes[it].name, "li" | "aside" | "nav"))
    };
    range.clone().filter(is_time).filter(|it| !in_list(*it)).find_map(|it| date_of(&tree.nodes[it].node))
}

/// A title without the publisher's name at its start or end.
fn title_without_outlet<'a>(title: &'a str, outlet: Option<&str>) -> &'a str {
    const SEPARATORS: &[&str] =
        &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " > "];
    const MAX_OUTLET_WORDS: usize = 5;
    const MIN_TITLE_WORDS: usize = 3;
    let is_outlet = |part: &str| {
        let known = outlet.is_some_and(|it| {
            !it.is_empty()
                && (compare::same_letters(it, part)
                    || compare::letters_within(it, part)
                    || compare::letters_within(part, it))
        });
        known && part.split(' ').count() <= outlet.map_or(0, |it| it.split(' ').count()) + 3
    };
    let mut rest = title;
    loop {
        let last = SEPARATORS.iter().filter_map(|it| Some((rest.rfind(it)?, it.len()))).max();
        let Some((at, length)) = last else { return rest };
        let (before, after) = (rest[..at].trim(), rest[at + length..].trim());
        // A bar never stands inside a headline; a dash may.
        let is_bar = rest[at..].starts_with(" | ") || rest[at..].starts_with(" :: ");
        let is_tail =
            after.split(' ').count() <= MAX_OUTLET_WORDS && before.split(' ').count() >= MIN_TITLE_WORDS;
        if is_outlet(after) || (is_bar && is_tail) {
            rest = before;
        } else if is_outlet(before.split(" | ").next().unwrap_or(before))
            && before.split(' ').count() <= MAX_OUTLET_WORDS
        {
            return after;
        } else {
            return rest;
        }
    }
}
