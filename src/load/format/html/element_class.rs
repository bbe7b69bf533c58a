//! Element classes: what the name, the class and the id of an element say about the text in it.

use std::sync::LazyLock;

use dom_query::NodeRef;

/// What a class says about the text of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextRole {
    /// Links to other stories, comments, advertisements, forms.
    Aside,
    /// The text under a picture, or its credit.
    Caption,
    Byline,
    Date,
    /// Words of the story that are shown a second time in large letters.
    PullQuote,
    Standfirst,
    /// The words of somebody else: a block quotation, an embedded post.
    Quotation,
    /// The name of the person whose words a block quotation holds.
    Attribution,
    /// The place in front of a report.
    Dateline,
    /// Text in italics or small letters.
    Emphasis,
}

/// The number of roles.
pub(crate) const ROLES: usize = TextRole::Emphasis as usize + 1;

/// A list of words in classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ClassWordList {
    Aside,
    Byline,
    Credit,
    Date,
    Dateline,
    Hidden,
    Hover,
    Kicker,
    Picture,
    Pull,
    Quote,
    Standfirst,
}

/// The words of all lists, sorted, each with a bit for each of its lists. An entry may be two words in a row.
static LISTED_WORDS: LazyLock<Vec<(&str, u16)>> = LazyLock::new(|| {
    let entries = WORD_LISTS.iter().flat_map(|(list, words)| words.iter().map(|it| (*it, 1 << *list as u16)));
    let mut entries: Vec<(&str, u16)> = entries.collect();
    entries.sort_unstable();
    entries.dedup_by(|other, kept| {
        let is_same = other.0 == kept.0;
        kept.1 |= if is_same { other.1 } else { 0 };
        is_same
    });
    entries
});

/// What the words of an element's class and id say. "articleBody lead-text" has the words "article", "body", "lead", "text".
#[derive(Clone, Debug, Default)]
pub(crate) struct ClassWords {
    /// The lists that hold one of the words, or two of them in a row, a bit for each.
    lists: u16,
    /// The letters of the class and the id in lower case, other characters as spaces; empty without them.
    letters: String,
}

impl ClassWords {
    pub(crate) fn of(node: &NodeRef) -> Self {
        let mut words = Self::default();
        let Some(element) = node.element_ref() else { return words };
        for attribute in &element.attrs {
            if matches!(&*attribute.name.local, "class" | "id") {
                words.add(&attribute.value);
            }
        }
        words
    }

    /// Adds the words of a class or an id.
    fn add(&mut self, names: &str) {
        /// Names that a program made are longer than those that a person wrote.
        const MAX_NAMES_BYTES: usize = 400;
        let mut spaced = String::with_capacity(names.len() + 8);
        self.letters.reserve(names.len() + 1);
        let mut previous = ' ';
        for ch in names[..names.floor_char_boundary(MAX_NAMES_BYTES)].chars() {
            let begins_word = previous.is_lowercase() && ch.is_uppercase();
            if (begins_word || !ch.is_alphanumeric()) && !(spaced.is_empty() || spaced.ends_with(' ')) {
                spaced.push(' ');
            }
            if ch.is_ascii_alphanumeric() {
                spaced.push(ch.to_ascii_lowercase());
                self.letters.push(ch.to_ascii_lowercase());
            } else if ch.is_alphanumeric() {
                spaced.extend(ch.to_lowercase());
                self.letters.extend(ch.to_lowercase());
            } else {
                self.letters.push(' ');
            }
            previous = ch;
        }
        self.letters.push(' ');
        let text = spaced.trim_end();
        let lists = |from: usize, to: usize| {
            let found = LISTED_WORDS.binary_search_by(|it| it.0.cmp(&text[from..to]));
            found.map_or(0, |at| LISTED_WORDS[at].1)
        };
        let (mut start, mut before) = (0, None);
        while start < text.len() {
            let end = text[start..].find(' ').map_or(text.len(), |at| start + at);
            self.lists |= lists(start, end) | before.map_or(0, |from| lists(from, end));
            (before, start) = (Some(start), end + 1);
        }
    }

    fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// Whether one of the words, or two of them in a row ("visually hidden"), is in a list.
    fn is_in(&self, list: ClassWordList) -> bool {
        self.lists & (1 << list as u16) != 0
    }

    /// Whether the words have one of these parts ("imagecaption" has "caption").
    fn has_part(&self, parts: &[&str]) -> bool {
        !self.is_empty() && parts.iter().any(|it| self.letters.contains(it))
    }
}

/// Whether an element is not shown, or only read aloud.
pub(crate) fn is_hidden(node: &NodeRef, words: &ClassWords, is_block: bool) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let is_hiding = |name: &str, value: &str| match name {
        "hidden" => true,
        // A drop cap is hidden from those who hear the page, not from those who see it.
        "aria-hidden" => value == "true" && is_block,
        "style" => {
            let style: String =
                value.chars().filter(|ch| !ch.is_whitespace()).collect::<String>().to_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        _ => false,
    };
    words.is_in(ClassWordList::Hidden) || element.attrs.iter().any(|it| is_hiding(&it.name.local, &it.value))
}

/// Whether an inline element is a card that is shown when the pointer is over a word.
pub(crate) fn is_hover_card(words: &ClassWords, role: &str) -> bool {
    words.is_in(ClassWordList::Hover) || matches!(role, "tooltip" | "dialog" | "menu")
}

/// Whether a class names a picture, so that a short text beside the picture is its caption.
pub(crate) fn is_picture(words: &ClassWords) -> bool {
    words.is_in(ClassWordList::Picture)
}

/// Whether an element inside a heading is the rubric above it.
pub(crate) fn is_kicker(words: &ClassWords) -> bool {
    words.is_in(ClassWordList::Kicker)
}

/// The role that an element gives to its text; `None` without one.
pub(crate) fn text_role(name: &str, words: &ClassWords) -> Option<TextRole> {
    match name {
        "aside" | "nav" | "form" | "dialog" | "menu" => return Some(TextRole::Aside),
        "figcaption" | "caption" => return Some(TextRole::Caption),
        "time" => return Some(TextRole::Date),
        "em" | "i" | "small" if words.is_empty() => return Some(TextRole::Emphasis),
        _ => {}
    }
    let is_pull_quote = words.has_part(&["pullquote", "pull-quote", "quotepull"])
        || (words.is_in(ClassWordList::Pull) && (words.is_in(ClassWordList::Quote) || name == "blockquote"));
    match name {
        _ if is_pull_quote => Some(TextRole::PullQuote),
        "blockquote" => Some(TextRole::Quotation),
        "body" | "html" | "main" | "article" => None,
        _ if words.is_in(ClassWordList::Aside)
            || words.has_part(&["mostread", "mostpopular", "readmore", "seealso"]) =>
        {
            Some(TextRole::Aside)
        }
        _ if words.has_part(&["caption", "cutline"]) || words.is_in(ClassWordList::Credit) => {
            Some(TextRole::Caption)
        }
        _ if words.is_in(ClassWordList::Dateline) => Some(TextRole::Dateline),
        _ if words.has_part(&["byline"]) || words.is_in(ClassWordList::Byline) => Some(TextRole::Byline),
        _ if words.has_part(&["timestamp", "pubdate"]) || words.is_in(ClassWordList::Date) => {
            Some(TextRole::Date)
        }
        _ if words.has_part(STANDFIRST_PARTS) || words.is_in(ClassWordList::Standfirst) => {
            Some(TextRole::Standfirst)
        }
        _ => None,
    }
}

/// Whether an element begins a block wherever it stands.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCK_ELEMENTS.binary_search(&name).is_ok()
}

/// Whether an element holds no text of the story.
pub(crate) fn is_skipped(name: &str) -> bool {
    SKIPPED_ELEMENTS.binary_search(&name).is_ok()
}

const BLOCK_ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

const SKIPPED_ELEMENTS: &[&str] = &[
    "applet", "audio", "canvas", "embed", "frameset", "head", "iframe", "input", "math", "noscript",
    "object", "progress", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

const WORD_LISTS: &[(ClassWordList, &[&str])] = &[
    (ClassWordList::Aside, ASIDE_WORDS),
    (ClassWordList::Byline, BYLINE_WORDS),
    (ClassWordList::Credit, CREDIT_WORDS),
    (ClassWordList::Date, DATE_WORDS),
    (ClassWordList::Dateline, &["dateline"]),
    (ClassWordList::Hidden, HIDDEN_WORDS),
    (ClassWordList::Hover, HOVER_WORDS),
    (
        ClassWordList::Kicker,
        &[
            "category", "eyebrow", "flag", "kicker", "label", "overline", "pretitle", "rubric", "section",
            "tag",
        ],
    ),
    (
        ClassWordList::Picture,
        &["gallery", "illustration", "image", "img", "photo", "picture", "slide", "slideshow"],
    ),
    (ClassWordList::Pull, &["callout", "highlight", "pull", "pulled"]),
    (ClassWordList::Quote, &["quote"]),
    (ClassWordList::Standfirst, &["dek", "strap", "subtitle"]),
];

const HIDDEN_WORDS: &[&str] = &[
    "accessibility",
    "accessibly hidden",
    "assistive",
    "assistive text",
    "is hidden",
    "offscreen",
    "screen reader",
    "screenreader",
    "sr only",
    "sronly",
    "visually hidden",
    "visuallyhidden",
];

const HOVER_WORDS: &[&str] = &[
    "bubble",
    "card",
    "dropdown",
    "flyout",
    "hover",
    "hovercard",
    "infobox",
    "popover",
    "popup",
    "rollover",
    "tippy",
    "tooltip",
];

const ASIDE_WORDS: &[&str] = &[
    "ad",
    "ads",
    "adslot",
    "advert",
    "advertisement",
    "also like",
    "author bio",
    "authorbox",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "consent",
    "cookie",
    "discussion",
    "disqus",
    "donate",
    "gdpr",
    "lightbox",
    "login",
    "menu",
    "modal",
    "more from",
    "more news",
    "more on",
    "more stories",
    "most popular",
    "most read",
    "most viewed",
    "nav",
    "navigation",
    "newsletter",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "promo",
    "promos",
    "promoted",
    "rail",
    "read more",
    "read next",
    "recirc",
    "recirculation",
    "recommendations",
    "recommended",
    "registration",
    "related",
    "see also",
    "see more",
    "share",
    "sharebar",
    "sharing",
    "sidebar",
    "signin",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "teaser",
    "teasers",
    "toast",
    "toolbar",
    "topics",
    "trending",
    "upsell",
    "whats next",
];

const CREDIT_WORDS: &[&str] =
    &["copyright", "credit", "credits", "imagecredit", "photocredit", "photographer"];

const BYLINE_WORDS: &[&str] =
    &["author", "authors", "contributor", "contributors", "writer", "writers", "writtenby"];

const DATE_WORDS: &[&str] =
    &["date", "dates", "datetime", "dtline", "modified", "postdate", "publishdate", "published", "updated"];

const STANDFIRST_PARTS: &[&str] = &["standfirst", "strapline", "subheadline"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_elements_are_sorted() {
        for list in [BLOCK_ELEMENTS, SKIPPED_ELEMENTS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn a_class_has_words_and_pairs_of_words() {
        let words = |names: &str| {
            let mut words = ClassWords::default();
            words.add(names);
            words
        };
        assert!(words("visually-hidden").is_in(ClassWordList::Hidden));
        assert!(words("linkText visuallyHidden").is_in(ClassWordList::Hidden));
        assert!(words("story photo").is_in(ClassWordList::Picture));
        assert!(
            words("entry__date tag").is_in(ClassWordList::Date)
                && words("entry__date tag").is_in(ClassWordList::Kicker)
        );
        assert!(
            !words("hidden visually").is_in(ClassWordList::Hidden)
                && !words("updates").is_in(ClassWordList::Date)
        );
        assert!(
            words("storyImageCaption").has_part(&["imagecaption"])
                && !words("image caption").has_part(&["imagecaption"])
        );
    }
}
