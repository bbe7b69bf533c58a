//! The list of quotes: the speakers in their order, each with their quotes.

use std::cmp::Reverse;

use pullquote::analysis::EntityKind;
use ratatui::layout::Size;

use crate::tui::open_story::filter::{FilterDisplay, FilteredStory};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::{FoldedKind, ListRow};
use crate::tui::open_story::side_columns::{heading_needs_two_rows, quote_needs_two_rows};

/// The order of the speakers in the list of quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SpeakerOrder {
    /// The most quoted first.
    #[default]
    Weight,
    /// By first quote.
    Story,
}

impl SpeakerOrder {
    /// Returns the order in words, as the side pane shows it.
    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::Weight => "most quoted first",
            Self::Story => "as in the story",
        }
    }
}

/// Returns the quotes grouped by speaker, then the rejected quotes. Speakers of whom no quote is certain have a heading of
/// their own.
pub(crate) fn quotes_by_speaker(order: SpeakerOrder, filtered: &FilteredStory, pane: Size) -> Vec<ListRow> {
    let mut rows = Vec::new();
    let mut folded_speakers = 0;
    let (certain, uncertain) = sorted_speakers(order, filtered.findings);
    let certain_count = certain.len();
    let quote_count = filtered.findings.analysis.quotes.len();
    let mut is_allowed = vec![!filtered.filter.is_active(); quote_count];
    filtered.allowed_quotes.iter().for_each(|it| is_allowed[*it] = true);
    // Of a speaker who is shown, dimmed quotes are listed too.
    let is_listed = if filtered.filter.shows_all() { &vec![true; quote_count] } else { &is_allowed };
    let is_shown = |speaker: &usize| {
        let quotes = &filtered.findings.speakers[*speaker].quotes;
        quotes.iter().any(|quote| is_allowed[*quote])
    };
    let has_uncertain_heading = certain_count > 0 && uncertain.iter().any(is_shown);
    for (place, number) in certain.into_iter().chain(uncertain).enumerate() {
        if place == certain_count && has_uncertain_heading {
            rows.extend((!rows.is_empty()).then_some(ListRow::Gap));
            rows.push(ListRow::Heading("Uncertain"));
        }
        if !is_shown(&number) {
            folded_speakers += 1;
            continue;
        }
        if !rows.is_empty() && !matches!(rows.last(), Some(ListRow::Heading(_))) {
            rows.push(ListRow::Gap);
        }
        rows.push(ListRow::SpeakerHeading(number));
        if heading_needs_two_rows(number, filtered, pane) {
            rows.push(ListRow::Continuation);
        }
        push_quotes(&mut rows, &filtered.findings.speakers[number].quotes, is_listed, filtered, pane);
    }
    // One row for all of them, with the key that brings them back.
    if folded_speakers > 0 && filtered.active_display() != Some(FilterDisplay::Hide) {
        rows.extend([ListRow::Gap, ListRow::Folded(folded_speakers, FoldedKind::Speakers)]);
    }
    let rejected = filtered.findings.analysis.rejected.len();
    if rejected > 0 {
        rows.extend((!rows.is_empty()).then_some(ListRow::Gap));
        rows.push(ListRow::Heading("Marked as not quotes"));
        rows.extend((0..rejected).map(ListRow::RejectedQuote));
    }
    rows
}

/// Returns the speakers of whom a quote is certain, in an order, and the others.
///
/// By weight, speakers with words in quotation marks come before those with paraphrases only, then named ones before
/// unnamed ones, then those with more quotations and more quotes.
pub(crate) fn sorted_speakers(order: SpeakerOrder, findings: &Findings) -> (Vec<usize>, Vec<usize>) {
    let facts = findings.speaker_facts();
    let (mut certain, mut uncertain): (Vec<usize>, Vec<usize>) =
        (0..findings.speakers.len()).partition(|it| facts[*it].is_certain);
    if order == SpeakerOrder::Weight {
        let weight = |speaker: &usize| {
            let quotations = facts[*speaker].quotations;
            let kind = findings.entity_of_speaker(*speaker).map(|it| it.kind);
            let is_named =
                matches!(kind, Some(EntityKind::Person | EntityKind::Organisation | EntityKind::Place));
            let count = findings.speakers[*speaker].quotes.len();
            Reverse((quotations > 0, is_named, quotations, count))
        };
        certain.sort_by_cached_key(weight);
        uncertain.sort_by_cached_key(weight);
    }
    (certain, uncertain)
}

/// Adds the quotes of one speaker, those that the filter folds as one row. `is_listed` tells for each quote of the story
/// whether it is neither folded nor hidden.
fn push_quotes(
    rows: &mut Vec<ListRow>,
    quotes: &[usize],
    is_listed: &[bool],
    filtered: &FilteredStory,
    pane: Size,
) {
    let mut folded = 0;
    for quote in quotes {
        if !is_listed[*quote] {
            folded += 1;
            continue;
        }
        push_folded(rows, &mut folded, FoldedKind::Quotes, filtered);
        rows.push(ListRow::Quote(*quote));
        if quote_needs_two_rows(*quote, filtered, pane) {
            rows.push(ListRow::Continuation);
        }
    }
    push_folded(rows, &mut folded, FoldedKind::Quotes, filtered);
}

/// Adds the row for the items that were folded before, if the filter folds them, and resets their count.
fn push_folded(rows: &mut Vec<ListRow>, count: &mut usize, kind: FoldedKind, filtered: &FilteredStory) {
    if *count > 0 && filtered.active_display() == Some(FilterDisplay::Fold) {
        rows.push(ListRow::Folded(*count, kind));
    }
    *count = 0;
}
