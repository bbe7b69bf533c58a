//! Signatures: the name behind a quotation that stands alone ("“We won” — Ann Lee").

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::Attribution;
use crate::engine::attribution::rules::LABEL_CONFIDENCE;
use crate::engine::text::clause::ClauseView;
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens;
use crate::span::Span;

/// How many items a signature may have: a name and a role.
const MAX_SIGNATURE_ITEMS: usize = 12;
/// How many words the name of a signature may have, or dash and name at the end of a signed paragraph.
const MAX_SIGNATURE_NAME_WORDS: usize = 5;

/// A quotation with a signature in the same clause or alone in the next: "“We won” — Ann Lee".
pub(super) fn signed_quote(clause: ClauseView, previous: Option<ClauseView>) -> Option<Attribution> {
    let dash = (0..clause.items.len().min(2)).find(|it| tokens::is_dash(clause.word(*it)))?;
    let name = dash + 1..clause.items.len() - usize::from(clause.word(clause.items.len() - 1) == ".");
    let is_signature = (1..=MAX_SIGNATURE_ITEMS).contains(&name.len())
        && clause.is_capitalized(name.start)
        && clause.first_quote_in(name.clone()).is_none();
    let is_name_word = |item: &usize| clause.is_word(*item) || clause.word(*item) == ".";
    let is_short = name.clone().take_while(is_name_word).count() <= MAX_SIGNATURE_NAME_WORDS;
    let quote = match dash {
        0 => previous.filter(|it| it.items.len() == 1).and_then(|it| it.quote_at(0)),
        _ => clause.quote_at(0),
    };
    quote.filter(|_| is_signature && is_short).map(|quote| Attribution {
        source: Some(clause.span(name)),
        cue: None,
        contents: vec![quote.span],
        rule: AttributionRule::Signature,
        act: Act::Speech,
        confidence: LABEL_CONFIDENCE,
    })
}

/// A signed paragraph of several quotations: "“It rained. “We left.” … We won.” — Ann Lee".
pub(super) fn signed_paragraph(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    block: usize,
) -> Option<Attribution> {
    let span = doc.story.blocks()[block].span;
    let first = quoted_spans.partition_point(|it| it.span.start < span.start);
    let quotes: Vec<Span> =
        quoted_spans[first..].iter().take_while(|it| it.block == block).map(|it| it.span).collect();
    let opens_with_quote = quotes.first().is_some_and(|it| it.start == span.start);
    let tokens = doc.tokens_in(span);
    let end = tokens.end - usize::from(tokens.len() > 1 && doc.word(tokens.end - 1) == ".");
    let search_from = end.saturating_sub(MAX_SIGNATURE_NAME_WORDS + 1).max(tokens.start);
    let dash = (search_from..end).rev().find(|it| tokens::is_dash(doc.word(*it)))?;
    let name = dash + 1..end;
    let is_capitalized = |token: usize| doc.word(token).starts_with(char::is_uppercase);
    let is_name = name.len() > 1 && name.clone().all(is_capitalized);
    let before_dash = dash.checked_sub(1).filter(|it| *it >= tokens.start)?;
    let ends_with_quote = quotes.last().is_some_and(|it| it.end == doc.tokens[before_dash].span.end);
    let is_signed = opens_with_quote && ends_with_quote && quotes.len() > 1 && is_name;
    is_signed.then(|| Attribution {
        source: Some(doc.span(name)),
        cue: None,
        contents: quotes,
        rule: AttributionRule::Signature,
        act: Act::Speech,
        confidence: LABEL_CONFIDENCE,
    })
}
