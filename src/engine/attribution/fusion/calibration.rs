//! Calibration of confidences (Platt scaling): turns the tagger's score of a span into the probability that both words and
//! speaker are right.
//!
//! One logistic scale for each way in which rules and tagger agree (Platt 1999). The numbers were fitted on `PolNeAR`'s
//! development set, because on its training set the tagger is overconfident. The expected calibration error fell from
//! 8.0 % to 1.4 % (four-fold; `training/README.md`).

/// Which of rules and tagger found an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Rules and tagger agree on content and source.
    Both,
    /// The tagger alone, or against the rules.
    TaggerOnly,
    /// A rule overrules the tagger's source.
    RuleOverTagger,
    /// A rule alone, whose cue stands beside a quotation that the tagger gave to another cue.
    OwnCue,
    /// A rule alone.
    RuleOnly,
}

/// The weight of the tagger's log-odds, fitted on `PolNeAR`'s development set.
const LOGIT_SLOPE: f32 = 0.55;
/// The intercept for quotes in quotation marks on which rules and tagger agree, fitted on the same set.
const AGREED_QUOTE_INTERCEPT: f32 = 1.8;
/// The intercept for other quotes on which rules and tagger agree, fitted on the same set.
const AGREED_INTERCEPT: f32 = 0.73;
/// The intercept for quotes of the tagger alone, fitted on the same set.
const TAGGER_ONLY_INTERCEPT: f32 = -0.07;
/// The probability where a rule overrules the tagger, whose score says nothing then.
const RULE_OVER_TAGGER_PROBABILITY: f32 = 0.4;
/// The probability where an explicit cue beside a quotation overrules the tagger's link to another.
const OWN_CUE_PROBABILITY: f32 = 0.85;
/// The probability where the tagger finds nothing.
const RULE_ONLY_PROBABILITY: f32 = 0.2;
/// The tagger's probability is clamped to this and its complement before the logarithm.
const MIN_TAGGER_PROBABILITY: f32 = 0.02;

/// The probability that an attribution is right. `is_direct`: whether all its words stand in quotation marks;
/// `tagger_probability`: the tagger's probability of the content, from 0 to 1.
pub(crate) fn calibrated_probability(agreement: Agreement, is_direct: bool, tagger_probability: f32) -> f32 {
    let intercept = match (agreement, is_direct) {
        (Agreement::Both, true) => AGREED_QUOTE_INTERCEPT,
        (Agreement::Both, false) => AGREED_INTERCEPT,
        (Agreement::TaggerOnly, _) => TAGGER_ONLY_INTERCEPT,
        (Agreement::RuleOverTagger, _) => return RULE_OVER_TAGGER_PROBABILITY,
        (Agreement::OwnCue, _) => return OWN_CUE_PROBABILITY,
        (Agreement::RuleOnly, _) => return RULE_ONLY_PROBABILITY,
    };
    let probability = tagger_probability.clamp(MIN_TAGGER_PROBABILITY, 1.0 - MIN_TAGGER_PROBABILITY);
    let log_odds = (probability / (1.0 - probability)).ln();
    1.0 / (1.0 + (-intercept - LOGIT_SLOPE * log_odds).exp())
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
