//! Caption detection: paragraphs that begin or end like the text under a picture.

use crate::word_list::word_list;

/// Whether a paragraph is a caption: it opens like one or ends with a photographer's credit.
pub(crate) fn is_caption(text: &str) -> bool {
    const MAX_CAPTION_BYTES: usize = 500;
    const MAX_NAME_BYTES: usize = 50;
    if text.len() > MAX_CAPTION_BYTES || text.is_empty() {
        return false;
    }
    let opening = text[..text.floor_char_boundary(MAX_OPENING_BYTES)].to_ascii_lowercase();
    // "In this March 3 file photo, …"
    let is_described = opening.starts_with("in this ") && opening.contains(" photo");
    if is_described || OPENINGS.iter().any(|it| opening.starts_with(it)) {
        return true;
    }
    if has_credit_at_end(text) {
        return true;
    }
    let text = text.trim_end_matches(['.', ')', ']', ' ']);
    let ending = &text[text.ceil_char_boundary(text.len().saturating_sub(MAX_CREDIT_BYTES))..];
    // Nearly all paragraphs end without any of these, which saves the search for credits.
    if memchr::memchr3(b'/', b':', b'(', ending.as_bytes()).is_none() && !ending.ends_with("Images") {
        return false;
    }
    let after_credit = |credit: &&str| ending.rfind(credit).map(|at| &ending[at + credit.len()..]);
    let mut names = CREDITS.iter().filter_map(after_credit);
    ending.ends_with("Getty Images") || names.any(|it| it.len() <= MAX_NAME_BYTES && is_name(it))
}

/// Whether a paragraph ends with who made the picture: "© AFP", "… on Monday. TOR LIEN / REUTERS", "PHOTO BY TOR LIEN".
fn has_credit_at_end(text: &str) -> bool {
    const MAX_WORDS: usize = 8;
    let ending = &text[text.ceil_char_boundary(text.len().saturating_sub(MAX_CREDIT_BYTES))..];
    let is_short = |it: &str| !it.is_empty() && it.split(' ').count() <= MAX_WORDS;
    let is_named = |it: &str| it.starts_with(char::is_uppercase) && is_short(it) && is_name(it);
    let is_agency = |it: &str| AGENCIES.binary_search(&it.trim().to_lowercase().as_str()).is_ok();
    let is_made_for = |it: &str| it.rsplit_once('/').is_some_and(|(_, agency)| is_agency(agency));
    let after =
        |mark: &str| ending.rfind(mark).map(|at| ending[at + mark.len()..].trim_matches([' ', '.', ')']));
    let copyright = after("© ").filter(|_| !text.starts_with('©'));
    let bracketed = ending.strip_suffix(']').and_then(|it| it.rsplit_once('[')).map(|it| it.1);
    let sentence = after(". ").or_else(|| after(".” "));
    copyright.is_some_and(is_named)
        || bracketed.is_some_and(|it| is_named(it) && is_made_for(it))
        || sentence.is_some_and(|it| is_named(it) && is_made_for(it))
        || after(" PHOTO BY ").or_else(|| after(" PICTURE BY ")).is_some_and(is_named)
}

/// Whether the text after a credit is a photographer's name, not the rest of a sentence.
fn is_name(text: &str) -> bool {
    text.split([' ', '/']).all(|it| it.is_empty() || !it.starts_with(char::is_lowercase) || it == "via")
}

/// Bytes at the start of a paragraph that can hold the opening of a caption.
const MAX_OPENING_BYTES: usize = 40;

/// Bytes at the end of a paragraph that can hold a credit.
const MAX_CREDIT_BYTES: usize = 80;

const OPENINGS: &[&str] = &word_list!("caption-openings");
/// In alphabetical order.
const AGENCIES: &[&str] = &word_list!("agencies");
const CREDITS: &[&str] = &word_list!("caption-credits");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_known_by_its_opening_or_its_credit() {
        for (text, expected) in [
            ("Ann Lee at the harbour on Monday. (AP Photo/Bo Ray)", true),
            ("FILE - Ann Lee speaks in Oslo.", true),
            ("Ann Lee at the harbour. Photograph: Bo Ray/The Gazette", true),
            ("Ann Lee at the harbour. Image: Bo Ray.", true),
            ("Photo: Bo Ray", true),
            ("In this Dec. 12, 2006, file photo, Ann Lee speaks in Oslo.", true),
            ("Marit Skog leaves the hall © AFP", true),
            ("Marit Skog with her daughter at the gates. © Tor Lien / Brackwell Post", true),
            ("Marit Skog leaves the hall. [Tor Lien/Reuters]", true),
            ("Marit Skog leaves the hall on Monday. TOR LIEN / REUTERS", true),
            ("Marit Skog leaves the hall. PHOTO BY MILOS VANEK", true),
            ("Picture shows Marit Skog at the gates", true),
            ("It cost nine crowns. The mark © is on the box.", false),
            ("The sign © means that it is owned", false),
            ("She works for AFP. Her brother works for Reuters", false),
            ("He had no photo by him.", false),
            ("She saw it [Tor Lien saw it too]", false),
            ("It rained. AC/DC", false),
            ("The score was 3/4. We won / lost", false),
            ("Picture this: a wall.", false),
            ("In this case a wall fell.", false),
            ("The harbour at night. Bo Ray/Getty Images", true),
            ("The picture: a wall, some water and rain.", false),
            ("The mayor posted the photo: it showed a wall.", false),
            ("Ann Lee told Reuters that it rained.", false),
            ("", false),
        ] {
            assert_eq!(is_caption(text), expected, "{text}");
        }
    }
}
