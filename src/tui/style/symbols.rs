//! The signs that stand on the page for what is known of a quote; none of them is a colour.

use pullquote::analysis::{AttributionRule, Quote, QuoteKind};

/// After a speaker who is doubtful; alone for one whom nobody knows.
pub(crate) const UNCERTAIN: &str = "?";

/// After a speaker who is the reader's own word.
pub(crate) const CORRECTED: &str = "✓";

/// Where the reader says that there is no quote.
pub(crate) const REJECTED: &str = "×";

/// What stands after the speaker of a quote; nothing where there is nothing to say.
pub(crate) fn speaker_suffix(quote: &Quote) -> &'static str {
    match quote.rule {
        AttributionRule::User => CORRECTED,
        _ if quote.is_doubtful() => UNCERTAIN,
        _ => "",
    }
}

/// The shape of a kind.
pub(crate) const fn kind_symbol(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "●",
        QuoteKind::Mixed => "◐",
        QuoteKind::Indirect => "○",
    }
}

/// The name of a kind and what it means.
pub(crate) const fn kind_description(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct: all of it between quotation marks",
        QuoteKind::Mixed => "mixed: partly between marks",
        QuoteKind::Indirect => "indirect: in the reporter's words",
    }
}
