//! The orders in which the page of quotes lists them.

use std::cmp::Reverse;

use pullquote::story::{MONTHS, readable_date};

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::quote_list::sorted_speakers;
use crate::tui::text::width::count_words;

/// An order of quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum QuoteOrder {
    /// As they stand in the story.
    #[default]
    Story,
    /// By speaker, the speakers as in the side pane.
    Speaker,
    /// By the date of the story, the latest first; undated stories last.
    Date,
    /// The longest first.
    Length,
    /// The least certain attribution first.
    Confidence,
}

impl QuoteOrder {
    /// The orders of the quotes of one story.
    pub(crate) const OF_STORY: &[Self] = &[Self::Story, Self::Speaker, Self::Length, Self::Confidence];

    /// The orders of the quotes of one speaker in several stories.
    pub(crate) const OF_SPEAKER: &[Self] = &[Self::Story, Self::Date, Self::Length, Self::Confidence];

    /// Returns the name of the order on the screen.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Speaker => "speaker",
            Self::Date => "date",
            Self::Length => "length",
            Self::Confidence => "confidence",
        }
    }

    /// Returns the order a number of places to the right among some, round the ends.
    pub(crate) fn cycle(self, by: isize, orders: &[Self]) -> Self {
        let place = orders.iter().position(|it| *it == self).unwrap_or_default();
        let place = place.cast_signed().saturating_add(by).rem_euclid(orders.len().max(1).cast_signed());
        orders.get(place.unsigned_abs()).copied().unwrap_or_default()
    }
}

/// Returns the year, the month and the day of a date; the day is 0 if it is not given. `None` if the year or the name of the
/// month is not given.
pub(crate) fn day_of(date: &str) -> Option<(u16, usize, u8)> {
    let date = readable_date(date);
    let words = || date.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let year = words().find_map(|it| it.parse().ok().filter(|it| (1000..=9999).contains(it)))?;
    let is_month = |month: &str, word: &str| {
        word.len() >= 3 && month.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
            || word.eq_ignore_ascii_case("sept") && month == "September"
    };
    let month = words().find_map(|word| MONTHS.iter().position(|it| is_month(it, word)))? + 1;
    let day = words().find_map(|it| it.parse().ok().filter(|it| (1..=31).contains(it)));
    Some((year, month, day.unwrap_or_default()))
}

impl OpenStory {
    /// Returns the quotes that the filter allows in an order; none before the analysis is ready.
    pub(crate) fn ordered_quotes(&self, order: QuoteOrder) -> Vec<usize> {
        let Some(findings) = self.findings() else { return Vec::new() };
        let mut quotes = self.allowed_quotes.clone();
        match order {
            QuoteOrder::Story | QuoteOrder::Date => {}
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

    /// Counts the words of one quote, also those that an outer quote has.
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
            // 9, 4, 3, 9, 6 and 5 words.
            (QuoteOrder::Length, [0, 3, 4, 5, 1, 2]),
            (QuoteOrder::Confidence, [5, 4, 1, 2, 3, 0]),
        ] {
            assert_eq!(open_story.ordered_quotes(order), quotes, "{order:?}");
        }
    }

    #[test]
    fn the_orders_follow_one_another_round_the_ends() {
        let of_story = QuoteOrder::OF_STORY;
        assert_eq!(QuoteOrder::Story.cycle(-1, of_story), QuoteOrder::Confidence);
        assert_eq!(QuoteOrder::Confidence.cycle(1, of_story), QuoteOrder::Story);
        assert_eq!(QuoteOrder::Story.cycle(1, QuoteOrder::OF_SPEAKER), QuoteOrder::Date);
    }

    #[test]
    fn dates_are_compared_by_year_month_and_day_however_they_are_written() {
        for (date, day) in [
            ("2026-05-03T10:00:00Z", Some((2026, 5, 3))),
            ("3 May 2026", Some((2026, 5, 3))),
            ("Sept. 4, 2024 at 5:31 a.m.", Some((2024, 9, 4))),
            ("April 4, 2025", Some((2025, 4, 4))),
            ("May 2026", Some((2026, 5, 0))),
            ("3 March", None),
            ("03/04/2025", None),
            ("", None),
        ] {
            assert_eq!(day_of(date), day, "{date}");
        }
    }
}
