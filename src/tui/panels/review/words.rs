//! The words of a quote under review, and why it is uncertain, in rows.

use pullquote::analysis::Quote;

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::explanation::{BECAUSE, ExplanationRow, WHICH_WORDS, explain_reasons};
use crate::tui::style::symbols::kind_symbol;
use crate::tui::text::width::truncate;
use crate::tui::text::wrap::wrap_words;

/// The words of a quote in at most `most` rows; what is cut ends with "…".
pub(super) fn quote_rows(quote: &Quote, open_story: &OpenStory, width: usize, most: usize) -> Vec<String> {
    let words = quote_beginning(quote, open_story.story.text(), (most + 1) * width);
    let mut rows = wrap_words(&format!("{} {words}", kind_symbol(quote.kind)), width);
    if rows.len() > most {
        let rest = rows.split_off(most - 1).join(" ");
        rows.push(truncate(&rest, width).into_owned());
    }
    rows
}

/// Whether a row tells how certain a quote is, or why it is not certain.
pub(super) fn is_reason(row: &ExplanationRow) -> bool {
    matches!(row.label, "Confidence" | BECAUSE | WHICH_WORDS)
}

/// How certain a quote is and why, in rows without a column of labels: "Low (40 %): “An official” is not a name …". A doubt of
/// which words are quoted keeps its label.
pub(super) fn unlabelled_reason(open_story: &OpenStory, quote: usize, width: usize) -> Vec<String> {
    let reasons = explain_reasons(open_story, quote).into_iter().filter(is_reason);
    let (words, speaker): (Vec<_>, Vec<_>) = reasons.partition(|it| it.label == WHICH_WORDS);
    let mut rows = wrap_words(&speaker.into_iter().map(|it| it.text).collect::<Vec<_>>().join(": "), width);
    rows.extend(words.iter().flat_map(|it| wrap_words(&format!("{}: {}", it.label, it.text), width)));
    rows
}
