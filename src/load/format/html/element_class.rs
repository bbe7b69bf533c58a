//! Element classes: what the name, the class and the id of an element say about the text in it.

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

/// The words of an element's class and id, in lower case: "articleBody lead-text" has "article", "body", "lead" and "text".
#[derive(Clone, Debug, Default)]
pub(crate) struct ClassWords {
    /// The words, each between two spaces; empty without a class and an id.
    spaced: String,
    /// The letters of the words without the spaces.
    joined: String,
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
    pub(crate) fn add(&mut self, names: &str) {
        /// Names that a program made are longer than those that a person wrote.
        const MAX_NAMES_BYTES: usize = 400;
        if self.spaced.is_empty() {
            self.spaced.push(' ');
        }
        let mut previous = ' ';
        for ch in names[..names.floor_char_boundary(MAX_NAMES_BYTES)].chars() {
            let begins_word = previous.is_lowercase() && ch.is_uppercase();
            if (begins_word || !ch.is_alphanumeric()) && !self.spaced.ends_with(' ') {
                self.spaced.push(' ');
            }
            if ch.is_alphanumeric() {
                self.spaced.extend(ch.to_lowercase());
                self.joined.extend(ch.to_lowercase());
            } else {
                self.joined.push(' ');
            }
            previous = ch;
        }
        if !self.spaced.ends_with(' ') {
            self.spaced.push(' ');
        }
        self.joined.push(' ');
    }

    fn is_empty(&self) -> bool {
        self.spaced.is_empty()
    }

    /// Whether one of the class's words, or two of them in a row ("visually hidden"), is in a sorted list.
    pub(crate) fn has_any(&self, sorted: &[&str]) -> bool {
        let text = self.spaced.trim();
        let mut previous = None;
        let mut start = 0;
        while start < text.len() {
            let end = text[start..].find(' ').map_or(text.len(), |at| start + at);
            let is_listed = |from: usize| sorted.binary_search(&&text[from..end]).is_ok();
            if is_listed(start) || previous.is_some_and(is_listed) {
                return true;
            }
            previous = Some(start);
            start = end + 1;
        }
        false
    }

    /// Whether a word begins with or ends with one of these parts ("imagecaption").
    fn has_part(&self, parts: &[&str]) -> bool {
        !self.joined.is_empty() && parts.iter().any(|it| self.joined.contains(it))
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
    words.has_any(HIDDEN_WORDS) || element.attrs.iter().any(|it| is_hiding(&it.name.local, &it.value))
}

/// Whether an inline element is a card that is shown when the pointer is over a word.
pub(crate) fn is_hover_card(words: &ClassWords, role: &str) -> bool {
    words.has_any(HOVER_WORDS) || matches!(role, "tooltip" | "dialog" | "menu")
}

/// Whether a class names a picture, so that a short text beside the picture is its caption.
pub(crate) fn is_picture(words: &ClassWords) -> bool {
    words.has_any(&["gallery", "illustration", "image", "img", "photo", "picture", "slide", "slideshow"])
}

/// Whether an element inside a heading is the rubric above it.
pub(crate) fn is_kicker(words: &ClassWords) -> bool {
    words.has_any(&[
        "category", "eyebrow", "flag", "kicker", "label", "overline", "pretitle", "rubric", "section", "tag",
    ])
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
        || (words.has_any(&["callout", "highlight", "pull", "pulled"])
            && (words.has_any(&["quote"]) || name == "blockquote"));
    match name {
        _ if is_pull_quote => Some(TextRole::PullQuote),
        "blockquote" => Some(TextRole::Quotation),
        "body" | "html" | "main" | "article" => None,
        _ if words.has_any(ASIDE_WORDS)
            || words.has_part(&["mostread", "mostpopular", "readmore", "seealso"]) =>
        {
            Some(TextRole::Aside)
        }
        _ if words.has_part(&["caption", "cutline"]) || words.has_any(CREDIT_WORDS) => {
            Some(TextRole::Caption)
        }
        _ if words.has_any(&["dateline"]) => Some(TextRole::Dateline),
        _ if words.has_part(&["byline"]) || words.has_any(BYLINE_WORDS) => Some(TextRole::Byline),
        _ if words.has_part(&["timestamp", "pubdate"]) || words.has_any(DATE_WORDS) => Some(TextRole::Date),
        _ if words.has_part(STANDFIRST_PARTS) || words.has_any(&["dek", "strap", "subtitle"]) => {
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
    fn the_lists_are_sorted() {
        let lists = [
            BLOCK_ELEMENTS,
            SKIPPED_ELEMENTS,
            HIDDEN_WORDS,
            HOVER_WORDS,
            ASIDE_WORDS,
            CREDIT_WORDS,
            BYLINE_WORDS,
            DATE_WORDS,
        ];
        for list in lists {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn a_class_has_words_and_pairs_of_words() {
        let mut words = ClassWords::default();
        words.add("articleBody visually-hidden lead__text");
        assert!(words.has_any(&["body"]) && words.has_any(&["visually hidden"]) && words.has_any(&["text"]));
        assert!(!words.has_any(&["hidden text"]) && !words.has_any(&["art", "articlebody"]));
        assert!(words.has_part(&["articlebody"]));
    }
}
