//! How sure the tagger is of a stretch, and what the rules say of it → the chance that its speaker said these words.
//!
//! A logistic scale for each way in which the two meet (Platt 1999), measured on `PolNeAR`'s development set, since of what
//! the tagger was trained on it is too sure: `training/README.md` has the figures.

/// Which of the two tells who said what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Rules and tagger agree on the words and on who said them.
    Both,
    /// The tagger alone, or against the rules.
    TaggerOnly,
    /// A rule against the tagger.
    RuleOverTagger,
    /// A rule, where the tagger finds nothing.
    RuleOnly,
}

/// How fast the chance rises with the odds that the tagger gives.
const LOGIT_SLOPE: f32 = 0.55;
/// The tagger's own sureness is measured between this and its complement.
const MIN_TAGGER_PROBABILITY: f32 = 0.02;

/// The chance of a report: `direct` where all its words stand between marks, `sure` as the tagger is of its stretch.
pub(crate) fn calibrated_probability(voice: Agreement, direct: bool, sure: f32) -> f32 {
    let base = match (voice, direct) {
        (Agreement::Both, true) => 1.8,
        (Agreement::Both, false) => 0.73,
        (Agreement::TaggerOnly, _) => -0.07,
        (Agreement::RuleOverTagger, _) => return 0.4,
        (Agreement::RuleOnly, _) => return 0.2,
    };
    let sure = sure.clamp(MIN_TAGGER_PROBABILITY, 1.0 - MIN_TAGGER_PROBABILITY);
    let odds = (sure / (1.0 - sure)).ln();
    1.0 / (1.0 + (-base - LOGIT_SLOPE * odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_rises_with_the_taggers_and_with_the_voices() {
        let speech = [0.1, 0.5, 0.9, 1.0].map(|it| calibrated_probability(Agreement::Both, true, it));
        assert!(speech.is_sorted() && speech[3] > 0.97 && speech[3] < 0.99, "{speech:?}");
        assert!(
            calibrated_probability(Agreement::Both, false, 0.9)
                > calibrated_probability(Agreement::TaggerOnly, false, 0.9)
        );
        assert!(
            calibrated_probability(Agreement::TaggerOnly, false, 0.3) < 0.5
                && calibrated_probability(Agreement::TaggerOnly, false, 0.9) > 0.7
        );
        assert!(calibrated_probability(Agreement::RuleOverTagger, true, 1.0) < 0.5);
    }
}
