//! Brackets: a content ends with the bracket in which it begins, and has both halves of each bracket inside it.

use std::ops::Range;

use crate::engine::attribution::Attribution;
use crate::engine::text::document::Document;

/// Ends each content before a bracket that closes without having opened in it ("(some say | it is late |) and …"), and completes one that
/// closes directly behind it ("fell in June (adjusted for rain | )").
pub(super) fn balance(doc: &Document, mut attribution: Attribution) -> Attribution {
    for content in &mut attribution.contents {
        let tokens = doc.tokens_in(*content);
        let balanced = balanced(doc, tokens.clone());
        if balanced != tokens && !balanced.is_empty() {
            *content = doc.span(balanced);
        }
    }
    attribution
}

/// The tokens of a content with both halves of their brackets. Where one stays open it is left: what closes it is somebody else's.
fn balanced(doc: &Document, tokens: Range<usize>) -> Range<usize> {
    // "that a) it is late": the label of an item opens no bracket.
    let is_label = |at: usize| doc.word(at - 1).chars().count() == 1;
    let mut depth = 0_usize;
    for at in tokens.clone() {
        match doc.word(at) {
            "(" => depth += 1,
            ")" if depth == 0 && at > tokens.start && !is_label(at) => return tokens.start..at,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let end = tokens.end;
    if depth == 1 && doc.word(end) == ")" { tokens.start..end + 1 } else { tokens }
}
