//! How sure the tagger is of a stretch, and what the rules say of it → the chance that its speaker said these words.
//!
//! A logistic scale for each way in which the two meet (Platt 1999), measured on `PolNeAR`'s development set, since of what
//! the tagger was trained on it is too sure: `training/README.md` has the figures.

/// Which of the two tells who said what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Rules and tagger agree on the words and on who said them.
    Both,
    /// The tagger alone, or against the rules.
    Tagger,
    /// A rule against the tagger.
    Overruling,
    /// A rule, where the tagger finds nothing.
    Rule,
}

/// How fast the chance rises with the odds that the tagger gives.
const SLOPE: f32 = 0.55;
/// The tagger's own sureness is measured between this and its complement.
const EDGE: f32 = 0.02;

/// The chance of a report: `direct` where all its words stand between marks, `sure` as the tagger is of its stretch.
pub(crate) fn chance(voice: Voice, direct: bool, sure: f32) -> f32 {
    let base = match (voice, direct) {
        (Voice::Both, true) => 1.8,
        (Voice::Both, false) => 0.73,
        (Voice::Tagger, _) => -0.07,
        (Voice::Overruling, _) => return 0.4,
        (Voice::Rule, _) => return 0.2,
    };
    let sure = sure.clamp(EDGE, 1.0 - EDGE);
    let odds = (sure / (1.0 - sure)).ln();
    1.0 / (1.0 + (-base - SLOPE * odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_rises_with_the_taggers_and_with_the_voices() {
        let speech = [0.1, 0.5, 0.9, 1.0].map(|it| chance(Voice::Both, true, it));
        assert!(speech.is_sorted() && speech[3] > 0.97 && speech[3] < 0.99, "{speech:?}");
        assert!(chance(Voice::Both, false, 0.9) > chance(Voice::Tagger, false, 0.9));
        assert!(chance(Voice::Tagger, false, 0.3) < 0.5 && chance(Voice::Tagger, false, 0.9) > 0.7);
        assert!(chance(Voice::Overruling, true, 1.0) < 0.5);
    }
}
