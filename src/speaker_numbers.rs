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
        Self::continued([], speakers)
    }

    /// Numbers speakers as [`SpeakerNumbers::new`] does, but those that are known keep their numbers and hues: the others
    /// get the numbers after them, and those of the others with most quotes the hues that are left.
    pub fn continued(
        known: impl IntoIterator<Item = (usize, SpeakerNumber)>,
        speakers: impl IntoIterator<Item = usize>,
    ) -> Self {
        let mut numbers = Self(known.into_iter().collect());
        let (next, hues) = (numbers.next_number(), numbers.free_hues());
        // For each other speaker in the order of first quotes: the entity, and its quotes.
        let mut counts: Vec<(usize, usize)> = Vec::new();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for entity in speakers.into_iter().filter(|it| !numbers.0.contains_key(it)) {
            let place = *places.entry(entity).or_insert_with(|| {
                counts.push((entity, 0));
                counts.len() - 1
            });
            counts[place].1 += 1;
        }
        let mut by_count: Vec<usize> = (0..counts.len()).collect();
        by_count.sort_by_key(|it| (Reverse(counts[*it].1), *it));
        by_count.truncate(hues.len());
        by_count.sort_unstable();
        for (place, (entity, _)) in counts.iter().enumerate() {
            let hue = by_count.binary_search(&place).ok().map(|it| hues[it]);
            numbers.0.insert(*entity, SpeakerNumber { number: next + place, hue });
        }
        numbers
    }

    /// The number after all others.
    fn next_number(&self) -> usize {
        self.0.values().map(|it| it.number + 1).max().unwrap_or(0)
    }

    /// The hues that no speaker has.
    fn free_hues(&self) -> Vec<usize> {
        (0..HUE_COUNT).filter(|hue| self.0.values().all(|it| it.hue != Some(*hue))).collect()
    }

    /// The number of a speaker. An entity that speaks only in a correction gets the next number, and a hue if one is left.
    pub fn number_of(&mut self, entity: usize) -> SpeakerNumber {
        if let Some(known) = self.0.get(&entity) {
            return *known;
        }
        let number = SpeakerNumber { number: self.next_number(), hue: self.free_hues().first().copied() };
        self.0.insert(entity, number);
        number
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

    #[test]
    fn known_speakers_keep_their_numbers_and_the_others_take_what_is_left() {
        let mut known = SpeakerNumbers::new([4, 2]);
        let kept: Vec<(usize, SpeakerNumber)> = [4, 2].map(|it| (it, known.number_of(it))).to_vec();
        // The known speakers have other entity numbers now, and eight others speak; 30 does not get a hue.
        let kept = kept.into_iter().map(|(entity, number)| (entity + 10, number));
        let speakers = [31, 14, 30, 32, 33, 34, 35, 36, 31, 32, 33, 34, 35, 36, 12];
        let mut numbers = SpeakerNumbers::continued(kept, speakers);
        assert_eq!(numbers.number_of(14), SpeakerNumber { number: 0, hue: Some(0) });
        assert_eq!(numbers.number_of(12), SpeakerNumber { number: 1, hue: Some(1) });
        assert_eq!(numbers.number_of(31), SpeakerNumber { number: 2, hue: Some(2) });
        assert_eq!(numbers.number_of(30), SpeakerNumber { number: 3, hue: None });
        assert_eq!(numbers.number_of(36), SpeakerNumber { number: 8, hue: Some(7) });
    }
}
