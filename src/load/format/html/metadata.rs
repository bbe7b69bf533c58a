//! Page metadata: the headline, the authors, the date, the publisher and the address that a page states about its story.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use crate::load::format::html::element_class::{self, TextRole};
use crate::load::format::html::json_ld::LinkedData;
use crate::load::format::html::page_blocks;
use crate::load::format::html::page_tree::{PageNode, PageTree};
use crate::load::format::html::parser;
use crate::load::structure::{dateline, headline};
use crate::load::text::{compare, sanitize};

/// What a page states about its story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageMetadata {
    /// The titles in the page's head, the most reliable first, without the publisher's name.
    pub(crate) titles: Vec<String>,
    /// Whether the metadata state a headline besides the page's `title`, which may name the section or the site.
    pub(crate) has_stated_headline: bool,
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
        let outlets = properties.all(&["og:site_name"]).into_iter().chain(linked_data.outlet.clone());
        let outlet = outlets.chain(properties.all(OUTLET_KEYS)).find_map(|it| outlet_name(&it));
        let titles = linked_data.headline.clone().into_iter().chain(properties.all(TITLE_KEYS));
        let mut titles: Vec<String> = titles.filter_map(|it| clean(&it)).collect();
        let has_stated_headline = !titles.is_empty();
        titles.push(document_title);
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
            has_stated_headline,
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

    /// The date in the page's address: "/2026/05/03/wall" has 3 May 2026.
    pub(crate) fn date_in_address(&self) -> Option<String> {
        let parts: Vec<&str> = self.url.as_deref()?.split(['/', '-']).collect();
        let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
            let is_number = digits.contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
            part.parse::<u16>().ok().filter(|_| is_number)
        };
        let date = |window: &[&str]| {
            let year = number(window[0], 4..=4).filter(|it| (1990..2100).contains(it))?;
            let month = number(window[1], 1..=2).filter(|it| (1..=12).contains(it))?;
            let day = number(window[2], 1..=2).filter(|it| (1..=31).contains(it))?;
            Some(format!("{year}-{month:02}-{day:02}"))
        };
        parts.windows(3).find_map(date)
    }

    /// The headline of the page, whose own largest headings are `headings` and whose next ones are `lower_headings`.
    ///
    /// A heading is the headline if a title of the head confirms it; otherwise the first title is. But the only large heading
    /// of a page is a better headline than a `title` that no heading confirms.
    pub(crate) fn headline(&self, headings: &[String], lower_headings: &[String]) -> String {
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
        let is_headline = |heading: &&String| {
            let outlet = self.outlet.as_deref().unwrap_or_default();
            heading.split_whitespace().nth(MIN_HEADLINE_WORDS - 1).is_some()
                && !compare::letters_within(outlet, heading)
        };
        let only = match headings {
            [only] if !self.has_stated_headline && !lower_headings.iter().any(|it| confirms(&it)) => {
                Some(only)
            }
            _ => None,
        };
        let confirmed = headings.iter().find(confirms);
        let headline = confirmed.or_else(|| only.filter(is_headline)).or_else(|| self.titles.first());
        headline.or_else(|| headings.first()).cloned().unwrap_or_default()
    }
}

/// A heading with fewer words may be the name of a section.
const MIN_HEADLINE_WORDS: usize = 4;

/// The `meta` elements of a page by their names.
struct MetaProperties(HashMap<String, Vec<String>>);

/// A story has fewer authors and titles than this; what a page states beyond it is ignored.
const MAX_VALUES: usize = 16;

impl MetaProperties {
    fn of(page: &Document) -> Self {
        let mut properties: HashMap<String, Vec<String>> = HashMap::new();
        for meta in page.select("meta[content]").nodes() {
            let content = meta.attr("content").map(|it| it.trim().to_owned()).unwrap_or_default();
            for key in ["property", "name", "itemprop"] {
                let Some(name) = meta.attr(key).filter(|_| !content.is_empty()) else { continue };
                let values = properties.entry(name.trim().to_ascii_lowercase()).or_default();
                if values.len() < MAX_VALUES {
                    values.push(content.clone());
                }
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
    &["publisher", "dc.publisher", "application-name", "article:publisher_name", "cre"];

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

/// A publisher's name without its motto and without the mark of a network; `None` if nothing is left.
fn outlet_name(raw: &str) -> Option<String> {
    let name = clean(raw)?;
    let name = name.split(" | ").next().unwrap_or_default().trim_start_matches('@').trim();
    (!name.is_empty() && !name.contains("://")).then(|| name.to_owned())
}

/// Whether a text holds a date with its year. The year 1 stands for a date that a system does not know.
pub(crate) fn is_full_date(text: &str) -> bool {
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let is_year = |part: &str| match digits(part) {
        4 => part[..4].parse().is_ok_and(|it: u16| (1600..2200).contains(&it)),
        count => count == part.len() && count >= 8,
    };
    text.split(|ch: char| !ch.is_ascii_alphanumeric()).any(is_year)
}

/// The names of the authors: from JSON-LD, from the page's head, or from its microdata.
fn authors(page: &Document, linked_data: &LinkedData, properties: &MetaProperties) -> Vec<String> {
    let named =
        || AUTHOR_KEYS.iter().map(|it| properties.all(&[it])).find(|it| it.iter().any(|it| is_author(it)));
    let sources: [&dyn Fn() -> Vec<String>; 3] =
        [&|| linked_data.authors.clone(), &|| named().unwrap_or_default(), &|| microdata_authors(page)];
    let mut authors: Vec<String> = Vec::new();
    for source in sources {
        for name in source().iter().take(MAX_VALUES).filter_map(|it| clean(it)).filter(|it| is_author(it)) {
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
    authors.nodes().iter().filter(|it| !is_in_comment(it)).take(MAX_VALUES).map(name).collect()
}

/// The authors in the line that the page's classes mark as the byline: in the story's element, or else before its end.
pub(crate) fn class_authors(tree: &PageTree, scope: usize) -> Vec<String> {
    /// Elements that are tried, so that a page of nothing but bylines takes no longer than another.
    const MAX_TRIED: usize = 16;
    let is_byline = |it: &(usize, &PageNode)| {
        element_class::text_role(&it.1.name, &it.1.words) == Some(TextRole::Byline)
            || tree.attribute(it.0, "rel") == "author"
    };
    let is_aside = |it: usize| {
        let role = |it: usize| element_class::text_role(&tree.nodes[it].name, &tree.nodes[it].words);
        tree.ancestors(it).any(|it| role(it) == Some(TextRole::Aside) || tree.nodes[it].name == "li")
    };
    let before = tree.elements_in(0).take_while(|it| it.0 < scope);
    let found = tree.elements_in(scope).chain(before).filter(is_byline).take(MAX_TRIED);
    let names = found.filter(|it| !is_aside(it.0)).map(|it| byline_names(&first_line(tree, it.0)));
    names.into_iter().find(|it| !it.is_empty()).unwrap_or_default()
}

/// The first block of an element.
fn first_line(tree: &PageTree, index: usize) -> String {
    const MAX_LETTERS: usize = 200;
    if tree.totals(index).letters > MAX_LETTERS {
        return String::new();
    }
    let blocks = page_blocks::blocks_under(tree, index);
    let is_name = |it: &&page_blocks::PageBlock| !byline_names(&it.text.text).is_empty();
    blocks.iter().find(is_name).map_or_else(String::new, |it| it.text.text.clone())
}

/// The names in a byline, with or without its "By"; empty if it holds anything but names.
fn byline_names(line: &str) -> Vec<String> {
    const MAX_NAME_WORDS: usize = 5;
    let lower = line.to_lowercase();
    let opening =
        ["written by ", "words by ", "story by ", "by: ", "by "].iter().find(|it| lower.starts_with(**it));
    let names = line.get(opening.map_or(0, |it| it.len())..).unwrap_or_default();
    let end = names.find(|ch: char| ch.is_ascii_digit() || "|·•@–—/:(".contains(ch)).unwrap_or(names.len());
    let is_date_word = |word: &str| {
        dateline::is_month(word)
            || matches!(word, "Published" | "Updated" | "Posted" | "On" | "on" | "in" | "for" | "at")
    };
    let words: Vec<&str> = names[..end].split(' ').take_while(|it| !is_date_word(it)).collect();
    let joined = words.join(" ").replace(" and ", ", ").replace(" & ", ", ");
    let parts = joined.split(',').map(str::trim).filter(|it| !it.is_empty());
    let is_name = |name: &&str| {
        let is_capitalized = |word: &str| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "al" | "bin" | "da" | "de" | "der" | "di" | "la" | "van" | "von")
        };
        (2..=MAX_NAME_WORDS).contains(&name.split(' ').count()) && name.split(' ').all(is_capitalized)
    };
    parts.take_while(is_name).map(str::to_owned).collect()
}

/// The date that the page's elements mark as that of publication.
fn microdata_date(page: &Document) -> Option<String> {
    const MARKED: &str = "[itemprop~=datePublished], time[pubdate], [property='datePublished'], \
                          [property='schema:datePublished'], .dt-published, abbr.published, time.published, time.entry-date";
    let dates = page.select(MARKED);
    dates.nodes().iter().find_map(date_of)
}

/// The date in an element: its attribute for programs, or its text if that is a date with a year.
pub(crate) fn date_of(node: &NodeRef) -> Option<String> {
    let attribute = ["datetime", "content", "title"].iter().find_map(|it| node.attr(it));
    let attribute = attribute.and_then(|it| clean(&it)).filter(|it| is_full_date(it));
    attribute.or_else(|| {
        let text = sanitize::sanitize_line(&node.text());
        (headline::is_date(&text) && is_full_date(&text)).then_some(text)
    })
}

/// The date of the first element of a range that marks a time, by its name or its class, and belongs to the article.
pub(crate) fn first_time(tree: &PageTree, range: std::ops::Range<usize>) -> Option<String> {
    /// A date has fewer letters and digits.
    const MAX_LETTERS: usize = 60;
    let is_time = |it: &usize| {
        let node = &tree.nodes[*it];
        let role = element_class::text_role(&node.name, &node.words);
        role == Some(TextRole::Date) && tree.totals(*it).letters <= MAX_LETTERS
    };
    // An item of a list of stories has a date and a headline.
    let in_list = |time: usize| {
        let letters = tree.totals(time).letters;
        tree.ancestors(time).take_while(|it| *it >= range.start).any(|it| match &*tree.nodes[it].name {
            "aside" | "nav" => true,
            "li" => tree.totals(it).letters > 3 * letters,
            _ => false,
        })
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
