//! A story → the key by which it is known again, wherever its file lies and whatever surrounds it on its page.

use std::fmt;

use pullquote::story::{Block, BlockKind, Story};

/// The first half of the BLAKE3 hash of a story's letters and digits, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fingerprint(String);

/// The length of a key, in digits.
const HEX_DIGITS: usize = 32;

impl Fingerprint {
    /// Neither blanks and marks count, which differ between a page and its copy, nor what is not the story itself and
    /// changes from one visit to the next: bylines, captions, "Read more".
    pub(crate) fn from_story(story: &Story) -> Self {
        let mut hasher = blake3::Hasher::new();
        let own = story.blocks().iter().filter(|it| it.repeats.is_none() && is_story_text(it));
        for block in own {
            hash_letters(block.span.slice(story.text()), &mut hasher);
        }
        if hasher.count() == 0 {
            hash_letters(story.text(), &mut hasher);
        }
        Self(hasher.finalize().to_hex()[..HEX_DIGITS].to_string())
    }

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

/// Feeds the letters and digits of a text.
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

    fn fingerprint(blocks: &[(BlockKind, &str)]) -> String {
        let mut text = String::new();
        let mut stretches = Vec::new();
        for (kind, words) in blocks {
            let start = text.len();
            text.push_str(words);
            stretches.push(Block::new(*kind, Span::new(start, text.len())));
            text.push_str("\n\n");
        }
        Fingerprint::from_story(&Story::new(Format::Plain, text, stretches)).to_string()
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
