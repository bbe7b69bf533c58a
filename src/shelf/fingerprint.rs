//! Story fingerprints: a hash of the text, which stays the same when a file moves or its page changes around the story.

use std::fmt;

use pullquote::story::{Block, BlockKind, Story};

/// The first half of the BLAKE3 hash of a story's letters and digits, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fingerprint(String);

/// The length of a fingerprint, in hexadecimal digits.
const HEX_DIGITS: usize = 32;

impl Fingerprint {
    /// Hashes the letters and digits of the story's own blocks.
    ///
    /// Spaces and punctuation differ between a page and its copy. Bylines, captions and "Read more" change from one
    /// visit to the next. A story that has only such blocks is hashed as a whole.
    pub(crate) fn from_story(story: &Story) -> Self {
        let mut hasher = blake3::Hasher::new();
        let blocks = story.blocks().iter().filter(|it| it.repeats.is_none() && is_story_text(it));
        for block in blocks {
            hash_letters(block.span.slice(story.text()), &mut hasher);
        }
        if hasher.count() == 0 {
            hash_letters(story.text(), &mut hasher);
        }
        Self(hasher.finalize().to_hex()[..HEX_DIGITS].to_string())
    }

    /// Returns the number that the digits write.
    pub(crate) fn as_number(&self) -> u128 {
        // The digits are always a number of 128 bits.
        u128::from_str_radix(&self.0, 16).unwrap_or_default()
    }

    /// Returns the hexadecimal digits.
    pub(crate) fn as_hex(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_story_text(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Byline | BlockKind::Caption | BlockKind::Furniture)
}

/// Adds the letters and digits of a text to the hash.
fn hash_letters(text: &str, hasher: &mut blake3::Hasher) {
    let mut letters = String::with_capacity(text.len());
    letters.extend(text.chars().filter(|it| it.is_alphanumeric()));
    hasher.update(letters.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote::span::Span;
    use pullquote::story::Format;

    fn fingerprint(contents: &[(BlockKind, &str)]) -> String {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (kind, content) in contents {
            let start = text.len();
            text.push_str(content);
            blocks.push(Block::new(*kind, Span::new(start, text.len())));
            text.push_str("\n\n");
        }
        Fingerprint::from_story(&Story::new(Format::Plain, text, blocks)).to_string()
    }

    #[test]
    fn a_key_stays_the_same_from_one_version_to_the_next() {
        use BlockKind::{Headline, Paragraph};
        let story = [(Headline, "The last ferry"), (Paragraph, "“It ran in 1994,” said Zoë Lee.")];
        assert_eq!(fingerprint(&story), "0bada335eae31633f447ff34bd8ab322");
    }

    #[test]
    fn only_the_words_of_the_story_itself_count() {
        use BlockKind::{Furniture, Headline, Paragraph};
        let one = fingerprint(&[(Headline, "The last ferry"), (Paragraph, "\"It ran\", he said.")]);
        let other = [
            (Headline, "The last  ferry"),
            (Paragraph, "“It ran,” he\nsaid."),
            (Furniture, "Read more: bridges"),
        ];
        assert_eq!(fingerprint(&other), one);
        assert_ne!(fingerprint(&[(Headline, "The last ferry"), (Paragraph, "“It ran,” she said.")]), one);
        assert_ne!(fingerprint(&[(Furniture, "Read more")]), fingerprint(&[(Furniture, "Read less")]));
    }
}
