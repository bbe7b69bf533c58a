//! The symbols that show what is known of a quote without colour.

use pullquote::analysis::{AttributionRule, Quote, QuoteKind};

/// Follows an uncertain speaker; alone it means that the speaker is unknown.
pub(crate) const UNCERTAIN: &str = "?";

/// Follows a speaker that the user has set.
pub(crate) const CORRECTED: &str = "✓";

/// Marks a quote that the user has rejected.
pub(crate) const REJECTED: &str = "×";

/// The number of a speaker in one column within a text, from 1 to 9.
const SUPERSCRIPTS: [&str; 9] = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];

/// Stands for a speaker whose number has two digits, and for the unknown speakers.
const NO_SUPERSCRIPT: &str = "▕";

/// Returns the number of a speaker, from 1, as it is shown within a text; `None` stands for the unknown speakers.
pub(crate) fn superscript(number: Option<usize>) -> &'static str {
    let known = number.and_then(|it| SUPERSCRIPTS.get(it.checked_sub(1)?));
    known.copied().unwrap_or(NO_SUPERSCRIPT)
}

/// The symbol after the speaker of a quote; empty if there is none.
pub(crate) fn speaker_suffix(quote: &Quote) -> &'static str {
    match quote.rule {
        AttributionRule::User => CORRECTED,
        _ if quote.is_doubtful() => UNCERTAIN,
        _ => "",
    }
}

/// The symbol of a kind of quote.
pub(crate) const fn kind_symbol(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "●",
        QuoteKind::Mixed => "◐",
        QuoteKind::Indirect => "○",
    }
}

/// The name of a kind of quote and its meaning.
pub(crate) const fn kind_description(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct quote",
        QuoteKind::Mixed => "partial quote: some words in quotation marks",
        QuoteKind::Indirect => "paraphrase: in the reporter's words",
    }
}
