//! Pull quotes: a paragraph in quotation marks that the next line signs with a name.

use std::ops::Range;

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens;
use crate::story::BlockKind;

/// How many words a signature may have: a name and a role.
const MAX_SIGNATURE_WORDS: usize = 12;
/// How many words the name in it has.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;
/// The confidence where a whole paragraph is signed.
const PULL_QUOTE_CONFIDENCE: f32 = 0.9;
/// The first words of lines that name the author of a story: "By Ann Lee", "Interview by Ann Lee".
const CREDITS: [&str; 8] = ["by", "interview", "photographs", "pictures", "report", "story", "text", "words"];

/// The pull quote that is the whole of a block: "“We won.” ⏎ Ann Lee, captain". `None` where the block is no quotation or the
/// next line no signature.
pub(super) fn pull_quote(doc: &Document, quoted_spans: &[QuotedSpan], block: usize) -> Option<Attribution> {
    let blocks = doc.story.blocks();
    let span = blocks[block].span;
    let quote = quoted_spans.binary_search_by_key(&span.start, |it| it.span.start).ok()?;
    let quote = quoted_spans[quote];
    let next = blocks.get(block + 1)?;
    let is_text = matches!(next.kind, BlockKind::Paragraph | BlockKind::Heading);
    let is_whole = quote.span.end == span.end;
    let signature = signature(doc, doc.tokens_in(next.span)).filter(|_| is_text && is_whole)?;
    // Under a headline, a name without a role is the reporter's.
    let is_headline = matches!(blocks[block].kind, BlockKind::Headline | BlockKind::Standfirst);
    let line = next.span.slice(doc.text);
    let is_signed = line.starts_with(['—', '–', '-']) || line.contains([',', '(']);
    if (is_headline && !is_signed) || CREDITS.contains(&doc.lower(signature.start).as_str()) {
        return None;
    }
    // The mark may close after the name.
    let is_closed_there = next.span.slice(doc.text).ends_with(['"', '”', '»']);
    (quote.closed || is_closed_there).then(|| Attribution {
        source: Some(doc.span(signature)),
        cue: None,
        contents: vec![quote.span],
        rule: AttributionRule::Signature,
        act: Act::Speech,
        confidence: PULL_QUOTE_CONFIDENCE,
    })
}

/// The name and role that are all of a line; `None` where it is a sentence.
fn signature(doc: &Document, line: Range<usize>) -> Option<Range<usize>> {
    let is_mark = |token: usize| matches!(doc.word(token), "." | "\"" | "”" | "»" | "''");
    let end = (line.clone()).rev().find(|it| !is_mark(*it))? + 1;
    let start = line.start + usize::from(tokens::is_dash(doc.word(line.start)));
    let is_capitalized = |token: &usize| doc.word(*token).starts_with(char::is_uppercase);
    let name = (start..end).take_while(is_capitalized).count();
    let ends_name = start + name == end || matches!(doc.word(start + name), "," | "(");
    let is_verb = |it| doc.is(it, LexicalClass::Auxiliary) || doc.is(it, LexicalClass::PastTense);
    let has_verb = (start..end).any(is_verb);
    let is_short = end.saturating_sub(start) <= MAX_SIGNATURE_WORDS;
    (NAME_WORDS.contains(&name) && ends_name && is_short && !has_verb).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;
    use crate::engine::text::quotation_marks;

    #[test]
    fn a_line_with_a_name_signs_the_quotation_before_it() {
        for (text, expected) in [
            ("“We won the cup.”\nAnn Lee, captain", Some("Ann Lee, captain")),
            ("“We won the cup.\nAnn Lee, captain”", Some("Ann Lee, captain")),
            ("“We won the cup.”\n— Ann Lee", Some("Ann Lee")),
            ("“We won the cup.”\nAnn Lee left the hall.", None),
            ("“We won the cup,” he said.\nAnn Lee, captain", None),
            ("“We won the cup.”\nThe town slept", None),
            ("“We won the cup”\nBy Ann Lee\nIt rained on Monday.", None),
            ("“We won the cup”\nWords by Ann Lee, Oslo\nIt rained on Monday.", None),
        ] {
            let found = with_document(text, |doc| {
                let found = pull_quote(doc, &quotation_marks::quoted_spans(doc), 0);
                found.and_then(|it| it.source).map(|it| it.slice(text).to_owned())
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
