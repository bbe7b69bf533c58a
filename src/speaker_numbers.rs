//! The numbers and hues of speakers: the same on every screen and in every export of one reading.
//!
//! They belong to the quotes as the engine found them. A correction, a filter or a selection of quotes changes none.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many speakers have a hue of their own.
pub const HUE_COUNT: usize = 8;

/// The number and the hue of a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerNumber {
    /// The number among the named and unnamed speakers by first quote, from 0.
    pub number: usize,
    /// The number of the hue, below [`HUE_COUNT`]; `None` for a speaker with fewer quotes than those that have one.
    pub hue: Option<usize>,
}

/// The numbers of all speakers, by entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeakerNumbers(BTreeMap<usize, SpeakerNumber>);

impl SpeakerNumbers {
    /// Numbers speakers by their first quotes. `speakers` are the entities that say the quotes, in reading order. The
    /// speakers with most quotes get the hues.
    pub fn new(speakers: impl IntoIterator<Item = usize>) -> Self {
        // For each speaker in the order of first quotes: the entity, and its quotes.
        let mut counts: Vec<(usize, usize)> = Vec::new();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for entity in speakers {
            let place = *places.entry(entity).or_insert_with(|| {
                counts.push((entity, 0));
                counts.len() - 1
            });
            counts[place].1 += 1;
        }
        let mut by_count: Vec<usize> = (0..counts.len()).collect();
        by_count.sort_by_key(|it| (Reverse(counts[*it].1), *it));
        by_count.truncate(HUE_COUNT);
        by_count.sort_unstable();
        let number = |(number, (entity, _)): (usize, &(usize, usize))| {
            (*entity, SpeakerNumber { number, hue: by_count.binary_search(&number).ok() })
        };
        Self(counts.iter().enumerate().map(number).collect())
    }

    /// The number of a speaker. An entity that speaks only in a correction gets the next number, and a hue if one is left.
    pub fn number_of(&mut self, entity: usize) -> SpeakerNumber {
        let next = self.0.len();
        let number = SpeakerNumber { number: next, hue: Some(next).filter(|it| *it < HUE_COUNT) };
        *self.0.entry(entity).or_insert(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_first_quotes() {
        let mut numbers = SpeakerNumbers::new([7, 3, 7, 5]);
        assert_eq!([7, 3, 5].map(|it| numbers.number_of(it).number), [0, 1, 2]);
        assert_eq!(numbers.number_of(9), SpeakerNumber { number: 3, hue: Some(3) });
    }

    #[test]
    fn the_eight_with_most_quotes_have_hues_and_the_rest_have_none() {
        // Ten speakers; the first two have one quote each, all others two.
        let mut numbers = SpeakerNumbers::new((0..10).chain(2..10));
        let hues: Vec<Option<usize>> = (0..10).map(|it| numbers.number_of(it).hue).collect();
        assert_eq!(hues[..2], [None, None]);
        assert_eq!(hues[2..], (0..8).map(Some).collect::<Vec<_>>());
        assert_eq!(numbers.number_of(15), SpeakerNumber { number: 10, hue: None });
    }
}
