//! Searches in the mentions of a story, which stand in reading order and do not overlap; all in the logarithm of their number.

use std::ops::Range;

use crate::engine::entities::EntityMention;

/// Searches by token; each gives indices into the mentions.
pub(crate) trait MentionSearch {
    /// The mention that begins at a token.
    fn beginning_at(&self, token: usize) -> Option<usize>;

    /// The mention that a token belongs to.
    fn covering(&self, token: usize) -> Option<usize>;

    /// The mentions that lie in a range of tokens.
    fn inside(&self, tokens: &Range<usize>) -> Range<usize>;
}

impl MentionSearch for [EntityMention] {
    fn beginning_at(&self, token: usize) -> Option<usize> {
        let next = self.partition_point(|it| it.tokens.start < token);
        self.get(next).is_some_and(|it| it.tokens.start == token).then_some(next)
    }

    fn covering(&self, token: usize) -> Option<usize> {
        let next = self.partition_point(|it| it.tokens.end <= token);
        self.get(next).is_some_and(|it| it.tokens.start <= token).then_some(next)
    }

    fn inside(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.partition_point(|it| it.tokens.start < tokens.start);
        let end = start + self[start..].partition_point(|it| it.tokens.end <= tokens.end);
        start..end
    }
}
