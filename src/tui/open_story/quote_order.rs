//! The orders in which the page of quotes lists them.

use std::cmp::Reverse;

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::side_pane::sorted_speakers;
use crate::tui::text::width::count_words;

/// An order of quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum QuoteOrder {
    /// As they stand in the story.
    #[default]
    Story,
    /// By speaker, the speakers as in the side pane.
    Speaker,
    /// The longest first.
    Length,
    /// The least certain attribution first.
    Confidence,
}

impl QuoteOrder {
    pub(crate) const ALL: [Self; 4] = [Self::Story, Self::Speaker, Self::Length, Self::Confidence];

    /// Returns the name of the order on the screen.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Speaker => "speaker",
            Self::Length => "length",
            Self::Confidence => "confidence",
        }
    }

    /// Returns the order a number of places to the right, round the ends.
    pub(crate) fn cycle(self, by: isize) -> Self {
        let count = Self::ALL.len().cast_signed();
        let place = (self as usize).cast_signed().saturating_add(by).rem_euclid(count);
        Self::ALL[place.unsigned_abs()]
    }
}

impl OpenStory {
    /// Returns the quotes that the filter allows in an order; none before the analysis is ready.
    pub(crate) fn ordered_quotes(&self, order: QuoteOrder) -> Vec<usize> {
        let Some(findings) = self.findings() else { return Vec::new() };
        let mut quotes = self.allowed_quotes.clone();
        match order {
            QuoteOrder::Story => {}
            QuoteOrder::Speaker => {
                let (certain, uncertain) = sorted_speakers(self.side_pane.order, findings);
                let speakers = certain.into_iter().chain(uncertain);
                let of_speaker = speakers.flat_map(|it| findings.speakers[it].quotes.iter().copied());
                quotes = of_speaker.filter(|it| self.allows(*it)).collect();
            }
            QuoteOrder::Length => quotes.sort_by_cached_key(|it| Reverse(self.quote_words(*it))),
            QuoteOrder::Confidence => {
                let confidence = |quote: &usize| findings.quote(*quote).map_or(0.0, |it| it.confidence);
                quotes.sort_by(|one, other| confidence(one).total_cmp(&confidence(other)));
            }
        }
        quotes
    }

    /// Counts the words of a quote.
    pub(crate) fn quote_words(&self, quote: usize) -> usize {
        let parts = self.findings().and_then(|it| it.quote(quote)).map_or(&[][..], |it| &it.parts);
        parts.iter().map(|it| count_words(it.slice(self.story.text()))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::TestApp;

    #[test]
    fn quotes_are_sorted_by_story_speaker_length_and_confidence() {
        let test_app = TestApp::new();
        let open_story = test_app.app.current_story();
        for (order, quotes) in [
            (QuoteOrder::Story, [0, 1, 2, 3, 4, 5]),
            // Of Ray, more words are in quotation marks than of Lee; the official and the unknown speaker are uncertain.
            (QuoteOrder::Speaker, [2, 3, 0, 1, 4, 5]),
            // 9, 4, 3, 9, 5 and 5 words.
            (QuoteOrder::Length, [0, 3, 4, 5, 1, 2]),
            (QuoteOrder::Confidence, [5, 4, 1, 2, 3, 0]),
        ] {
            assert_eq!(open_story.ordered_quotes(order), quotes, "{order:?}");
        }
    }

    #[test]
    fn the_orders_follow_one_another_round_the_ends() {
        assert_eq!(QuoteOrder::Story.cycle(-1), QuoteOrder::Confidence);
        assert_eq!(QuoteOrder::Confidence.cycle(1), QuoteOrder::Story);
    }
}
