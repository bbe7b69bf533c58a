//! Furniture detection: paragraphs that are not part of the story, such as links to other stories, notes from the
//! newsroom, a wire's sign-off and requests to subscribe.

use crate::word_list::{entries_like, word_list};

/// Whether a paragraph is furniture.
pub(crate) fn is_furniture(text: &str) -> bool {
    const MAX_LINK_BYTES: usize = 160;
    const MAX_PARAGRAPH_BYTES: usize = 400;
    let head = text.trim_start_matches(['(', '[', '*', '-', '—', '–', '_', ' ', '>', '»', '►', '•', '~']);
    let mut opening = head[..head.floor_char_boundary(MAX_OPENING_BYTES)].to_ascii_lowercase();
    if opening.contains('’') {
        opening = opening.replace('’', "'");
    }
    let has_rubric_of = |list| entries_like(list, &opening).iter().any(|it| has_rubric(&opening, it));
    let is_link = || text.len() <= MAX_LINK_BYTES && has_rubric_of(LINK_RUBRICS);
    let is_note = || has_rubric_of(NOTE_RUBRICS);
    let has_opening = || {
        text.len() <= MAX_PARAGRAPH_BYTES
            && entries_like(OPENINGS, &opening).iter().any(|it| opening.starts_with(it))
    };
    is_whole_line(text, &opening)
        || is_link()
        || is_note()
        || has_opening()
        || is_sign_off(text, &opening)
        || is_web_address(text)
        || is_wire_end(text)
        || is_counter(&opening)
        || is_direction(text)
        || has_phrase(text)
}

/// Whether a heading opens a section that is not part of the story, such as "About the author".
pub(crate) fn opens_section(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    SECTIONS.contains(&lower.trim_matches(|ch: char| !ch.is_alphanumeric()))
}

/// Whether a line is the heading of a list of other stories: "Most read".
pub(crate) fn opens_link_list(line: &str) -> bool {
    const HEADINGS: &[&str] = &word_list!("link-list-headings");
    const MAX_HEADING_BYTES: usize = 40;
    line.len() <= MAX_HEADING_BYTES
        && HEADINGS.contains(&line.to_lowercase().trim_matches(|ch: char| !ch.is_alphanumeric()))
}

/// Whether a line under such a heading is the title of another story: it is short and has no full stop.
pub(crate) fn is_listed_title(line: &str) -> bool {
    const MAX_TITLE_BYTES: usize = 120;
    line.len() <= MAX_TITLE_BYTES
        && line.contains(' ')
        && !line.ends_with(['.', '!', '”', '"', ':', ';', ','])
}

/// Whether a line is the link below the title of a column: "More >>", "See all »".
pub(crate) fn is_link_to_more(line: &str) -> bool {
    const LINKS: &[&str] =
        &["more", "read more", "see all", "see more", "show more", "view all", "view more"];
    let words = line.trim_end_matches([' ', '>', '»', '›', '→', '+']);
    words.len() < line.len() && LINKS.contains(&words.to_lowercase().as_str())
}

/// Whether a line above such a link is the title of a column: a few words without a mark at their end.
pub(crate) fn is_column_title(line: &str) -> bool {
    const MAX_WORDS: usize = 5;
    line.split_whitespace().count() <= MAX_WORDS
        && line.ends_with(char::is_alphanumeric)
        && !line.contains(['“', '"', '‘'])
}

/// Bytes at the start of a paragraph that are examined.
const MAX_OPENING_BYTES: usize = 80;

/// Whether a paragraph is one of the whole lines of furniture, such as "Advertisement".
fn is_whole_line(text: &str, opening: &str) -> bool {
    let bare = opening.trim_end_matches(['.', '!', ':', ' ', '*', '-', ')', ']', '…', '~', '>', '»', '_']);
    // The word lists have no entry that begins with "#".
    text.len() <= MAX_OPENING_BYTES
        && (matches!(bare, "###" | "# # #") || entries_like(WHOLE_LINES, bare).contains(&bare))
}

/// Whether an opening begins with a rubric, followed by a mark or by nothing.
fn has_rubric(opening: &str, rubric: &str) -> bool {
    let rest = opening.strip_prefix(rubric).map(str::trim_start);
    rest.is_some_and(|it| it.is_empty() || it.starts_with([':', '|', '>', '»', '-', '–', '—', '→']))
}

const LINK_RUBRICS: &[&str] = &word_list!("furniture-link-rubrics");
const NOTE_RUBRICS: &[&str] = &word_list!("furniture-note-rubrics");
const OPENINGS: &[&str] = &word_list!("furniture-openings");
const WHOLE_LINES: &[&str] = &word_list!("furniture-lines");
const PHRASES: &[&str] = &word_list!("furniture-phrases");
const SECTIONS: &[&str] = &word_list!("furniture-sections");

/// Whether a short paragraph that quotes nobody has a phrase of a notice: "Ann Lee contributed to this report."
fn has_phrase(text: &str) -> bool {
    const MAX_NOTICE_BYTES: usize = 250;
    if text.len() > MAX_NOTICE_BYTES || text.contains(['“', '"', '”']) {
        return false;
    }
    let lower = text.to_lowercase();
    PHRASES.iter().any(|it| lower.contains(it))
}

/// Whether a paragraph counts the pictures of a gallery: "Image 1 of 8", "2 / 12".
fn is_counter(opening: &str) -> bool {
    const NOUNS: &[&str] = &word_list!("gallery-nouns");
    let is_number = |word: &&str| word.len() <= 3 && word.bytes().all(|it| it.is_ascii_digit());
    // Few openings end with a number, which saves taking the others apart.
    if !opening.trim_end_matches([' ', '/']).ends_with(|it: char| it.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = opening.split([' ', '/']).filter(|it| !it.is_empty()).collect();
    let numbers = words.iter().filter(|it| is_number(it)).count();
    let is_separator = |word: &&str| *word == "of" || NOUNS.contains(word);
    numbers == 2
        && opening.contains(['o', '/'])
        && words.last().is_some_and(is_number)
        && words.iter().all(|it| is_number(it) || is_separator(it))
}

/// Whether a paragraph is a direction of a transcript, in brackets: "(BEGIN VIDEO CLIP)".
fn is_direction(text: &str) -> bool {
    const MAX_DIRECTION_BYTES: usize = 80;
    let inside = text.strip_prefix(['(', '[']).and_then(|it| it.strip_suffix([')', ']']));
    text.len() <= MAX_DIRECTION_BYTES
        && inside.is_some_and(|it| {
            it.contains(char::is_alphabetic)
                && !it.contains(char::is_lowercase)
                && !it.contains(['“', '"', '(', '['])
        })
}

/// Whether a paragraph names the reporters and editors, or asks the user to follow them on a social network.
fn is_sign_off(text: &str, opening: &str) -> bool {
    const MAX_CREDIT_BYTES: usize = 600;
    const MAX_FOLLOW_BYTES: usize = 200;
    const CREDITS: &[&str] = &word_list!("staff-credit-openings");
    const NETWORKS: &[&str] = &word_list!("social-networks");
    let is_credit = CREDITS.iter().any(|it| opening.starts_with(it))
        && (text.starts_with('(') || text.to_lowercase().contains("editing by"));
    let is_follow = opening.starts_with("follow ") && text.len() <= MAX_FOLLOW_BYTES;
    let names_network = || {
        let lower = text.to_lowercase();
        NETWORKS.iter().any(|it| lower.match_indices(it).any(|(at, _)| lower[..at].ends_with(' ')))
    };
    text.len() <= MAX_CREDIT_BYTES && (is_credit || (is_follow && names_network()))
}

/// Whether a paragraph is one web address.
fn is_web_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
        && !text.contains(' ')
}

/// Whether a paragraph is a wire's mark at the end of a story: "-30-", "###".
fn is_wire_end(text: &str) -> bool {
    const MAX_MARK_BYTES: usize = 12;
    text.len() <= MAX_MARK_BYTES
        && !text.chars().any(char::is_alphabetic)
        && (text.contains("###") || text.trim_matches(['-', ' ', '—', '–']) == "30")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_distinguished_from_paragraphs_that_begin_alike() {
        for (text, expected) in [
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
            ("(BEGIN VIDEO CLIP)", true),
            ("[CROSSTALK]", true),
            ("(SOUNDBITE OF BELLS)", true),
            ("(It rained.)", false),
            ("(Laughter) WE WON", false),
            ("Copyright 2026 Harbour Gazette. All rights reserved.", true),
            ("© 2026 Harbour Gazette", true),
            ("ENDS", true),
            ("-30-", true),
            ("###", true),
            ("https://a.example/story", true),
            ("Follow Ann Lee on Twitter @annlee.", true),
            ("More: River rises again", true),
            ("SEE MORE: River rises again", true),
            ("Advert", true),
            ("Continue Reading Below", true),
            ("Media playback is unsupported on your device", true),
            ("This slideshow requires JavaScript.", true),
            ("Like this story? Share it with a friend!", true),
            ("Gazette’s Bo Ray contributed to this report.", true),
            ("Ann Lee may be reached at lee@gazette.example. Have a tip? Tell us.", true),
            ("Image 1 of / 8", true),
            ("2/12", true),
            ("Caption", true),
            ("“I can be reached at any hour,” said Lee.", false),
            ("1 of 8 died", false),
            ("Photo shops close, the owners said.", false),
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
            assert_eq!(is_furniture(text), expected, "{text}");
        }
    }
}
