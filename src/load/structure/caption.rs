//! Whether a paragraph stands under a picture: it begins or ends as captions and their credits do.

/// Whether the words are a caption.
pub(crate) fn is_caption(words: &str) -> bool {
    const LONGEST: usize = 500;
    if words.len() > LONGEST || words.is_empty() {
        return false;
    }
    let small = words[..words.floor_char_boundary(MAX_OPENING_BYTES)].to_ascii_lowercase();
    if OPENINGS.iter().any(|it| small.starts_with(it)) {
        return true;
    }
    let words = words.trim_end_matches(['.', ')', ']', ' ']);
    let last = &words[words.ceil_char_boundary(words.len().saturating_sub(MAX_CREDIT_BYTES))..];
    // Nearly all paragraphs end without any of these, and need no longer look.
    if !last.contains(['/', ':', '(']) && !last.ends_with("Images") {
        return false;
    }
    let credit = CREDITS.iter().filter_map(|it| last.rfind(it).map(|at| &last[at + it.len()..]));
    // What follows a credit's words is a name, not the rest of a sentence.
    let is_name = |rest: &str| {
        rest.split([' ', '/']).all(|it| it.is_empty() || !it.starts_with(char::is_lowercase) || it == "via")
    };
    last.ends_with("Getty Images") || credit.into_iter().any(|it| it.len() <= 50 && is_name(it))
}

/// Bytes at the beginning of a paragraph in which a caption shows itself.
const MAX_OPENING_BYTES: usize = 40;

/// Bytes at the end of a paragraph in which a credit stands.
const MAX_CREDIT_BYTES: usize = 80;

/// How captions begin, in small letters.
const OPENINGS: &[&str] = &[
    "photo: ",
    "photos: ",
    "image: ",
    "picture: ",
    "photograph: ",
    "caption: ",
    "file photo",
    "file - ",
    "file — ",
    "file – ",
    "in this photo",
    "photo by ",
    "photograph by ",
    "image credit",
    "photo credit",
    "credit: ",
    "illustration: ",
    "graphic: ",
];

/// What stands before a photographer's name at the end of a caption.
const CREDITS: &[&str] = &[
    "(AP Photo",
    "AP Photo/",
    "REUTERS/",
    "Reuters/",
    "AFP/",
    "AFP via",
    "EPA/",
    "Photo: ",
    "Photograph: ",
    "Image: ",
    "Picture: ",
    "Credit: ",
    "Illustration: ",
    "(Photo by ",
    "(Photo courtesy",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_known_by_its_opening_or_its_credit() {
        for (words, expected) in [
            ("Ann Lee at the harbour on Monday. (AP Photo/Bo Ray)", true),
            ("FILE - Ann Lee speaks in Oslo.", true),
            ("Ann Lee at the harbour. Photograph: Bo Ray/The Gazette", true),
            ("Ann Lee at the harbour. Image: Bo Ray.", true),
            ("Photo: Bo Ray", true),
            ("The harbour at night. Bo Ray/Getty Images", true),
            ("The picture: a wall, some water and rain.", false),
            ("The mayor posted the photo: it showed a wall.", false),
            ("Ann Lee told Reuters that it rained.", false),
            ("", false),
        ] {
            assert_eq!(is_caption(words), expected, "{words}");
        }
    }
}
