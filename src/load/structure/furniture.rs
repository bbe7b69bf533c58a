//! Whether a paragraph is no part of the story: links to other stories, notes, a wire's sign-off, requests to sign up.

/// Whether the words are furniture.
pub(crate) fn is_furniture(words: &str) -> bool {
    let head = words.trim_start_matches(['(', '[', '*', '-', '—', '–', '_', ' ', '>', '»', '►', '•', '~']);
    let mut small = head[..head.floor_char_boundary(MAX_OPENING_BYTES)].to_ascii_lowercase();
    if small.contains('’') {
        small = small.replace('’', "'");
    }
    let bare = small.trim_end_matches(['.', '!', ':', ' ', '*', '-', ')', ']', '…', '~', '>', '»', '_']);
    let whole = || words.len() <= MAX_OPENING_BYTES && WHOLE_LINES.contains(&bare);
    let link = || words.len() <= 160 && LINK_RUBRICS.iter().any(|it| has_rubric(&small, it));
    let note = || NOTE_RUBRICS.iter().any(|it| has_rubric(&small, it));
    let begun = || words.len() <= 400 && OPENINGS.iter().any(|it| small.starts_with(it));
    whole()
        || link()
        || note()
        || begun()
        || is_sign_off(words, &small)
        || is_web_address(words)
        || is_wire_end(words)
}

/// Bytes of a paragraph that are looked at.
const MAX_OPENING_BYTES: usize = 80;

/// Whether words begin with a rubric that ends there: with a mark, or with the words.
fn has_rubric(small: &str, rubric: &str) -> bool {
    let rest = small.strip_prefix(rubric).map(str::trim_start);
    rest.is_some_and(|it| it.is_empty() || it.starts_with([':', '|', '>', '»', '-', '–', '—', '→']))
}

/// Rubrics of links to other stories.
const LINK_RUBRICS: &[&str] = &[
    "read more",
    "also read",
    "read also",
    "see also",
    "read next",
    "read this",
    "related",
    "related story",
    "related stories",
    "related articles",
    "related coverage",
    "recommended",
    "more",
    "more on this story",
    "more on this",
    "watch",
    "watch more",
    "watch live",
    "listen",
    "must read",
    "don't miss",
    "in pictures",
    "explainer",
    "most read",
    "go deeper",
    "from the archive",
    "from the archives",
    "up next",
    "sign up",
    "subscribe",
];

/// Rubrics of notes to the reader, of any length.
const NOTE_RUBRICS: &[&str] = &[
    "editor's note",
    "editors' note",
    "eds note",
    "eds",
    "note to readers",
    "note to editors",
    "notes to editors",
    "correction",
    "clarification",
    "disclaimer",
    "disclosure",
    "this story has been updated",
    "update",
];

/// How furniture begins that needs no mark after it.
const OPENINGS: &[&str] = &[
    "read more about",
    "read more on",
    "read more here",
    "read the full",
    "read the rest",
    "click here",
    "tap here",
    "sign up for",
    "sign up to",
    "subscribe to our",
    "subscribe now",
    "get our",
    "download our app",
    "follow us on",
    "copyright ©",
    "copyright 20",
    "copyright 19",
    "copyright (c)",
    "© 20",
    "© 19",
    "©20",
    "all rights reserved",
    "this article was originally",
    "this story was originally",
    "this article originally appeared",
    "this story originally appeared",
    "this article first appeared",
    "this article was first published",
    "this story has been corrected",
    "this story has been updated",
    "this article has been updated",
    "this article was amended",
    "story continues below",
    "article continues",
    "advertisement - ",
    "share this",
    "additional reporting by",
    "additional reporting from",
    "with files from",
    "the associated press contributed",
    "our standards: the",
    "have a news tip",
    "have a story",
    "got a tip",
    "do you have a story",
    "send tips to",
    "join our newsletter",
    "support our journalism",
    "material from the associated press",
    "follow all of the day's",
];

/// Furniture that is a line of its own.
const WHOLE_LINES: &[&str] = &[
    "advertisement",
    "advertisements",
    "ad",
    "sponsored",
    "sponsored content",
    "ends",
    "end",
    "30",
    "###",
    "# # #",
    "loading",
    "skip advertisement",
    "comments",
    "share",
    "print",
    "email",
    "tweet",
    "back to top",
    "continue reading",
    "read more",
    "play video",
    "close",
    "menu",
    "getty images",
    "show more",
    "view comments",
    "xxx",
];

/// Whether the words name those who reported and edited, or invite the reader to follow them.
fn is_sign_off(words: &str, small: &str) -> bool {
    let reporting = ["reporting by ", "writing by ", "editing by ", "compiled by "];
    let credited = reporting.iter().any(|it| small.starts_with(it))
        && (words.starts_with('(') || words.to_lowercase().contains("editing by"));
    let follow = small.starts_with("follow ") && words.len() <= 200;
    let network = || {
        [" on twitter", " on facebook", " on instagram", " on x at @", " @"]
            .iter()
            .any(|it| words.to_lowercase().contains(it))
    };
    words.len() <= 600 && (credited || (follow && network()))
}

/// Whether the one word is an address on the Web.
fn is_web_address(words: &str) -> bool {
    (words.starts_with("http://") || words.starts_with("https://") || words.starts_with("www."))
        && !words.contains(' ')
}

/// Whether this is how a wire ends its story: "-30-", "###", "ENDS".
fn is_wire_end(words: &str) -> bool {
    words.len() <= 12
        && !words.chars().any(char::is_alphabetic)
        && (words.contains("###") || words.trim_matches(['-', ' ', '—', '–']) == "30")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_paragraphs_that_begin_alike() {
        for (words, expected) in [
            ("Read more: River rises again", true),
            ("READ MORE | River rises again", true),
            ("ALSO READ: River rises again", true),
            ("Editor's note: This story was first published in May.", true),
            ("Editor’s Note: It rained.", true),
            ("(Reporting by Ann Lee; editing by Bo Ray)", true),
            ("Reporting by Ann Lee in Oslo; Editing by Bo Ray", true),
            ("Additional reporting by Bo Ray.", true),
            ("Sign up for our newsletter", true),
            ("Advertisement", true),
            ("Copyright 2026 Harbour Gazette. All rights reserved.", true),
            ("© 2026 Harbour Gazette", true),
            ("ENDS", true),
            ("-30-", true),
            ("###", true),
            ("https://a.example/story", true),
            ("Follow Ann Lee on Twitter @annlee.", true),
            ("More: River rises again", true),
            ("Read more books, the minister told schools on Monday.", false),
            ("Copyright law is changing, the minister said.", false),
            ("Reporting by the Gazette showed that it rained.", false),
            ("Follow the river and you reach the sea.", false),
            ("More rain fell.", false),
            ("Watch for floods, the council said.", false),
            ("30 people met.", false),
            ("The end of the wall came on Monday.", false),
            ("", false),
        ] {
            assert_eq!(is_furniture(words), expected, "{words}");
        }
    }
}
