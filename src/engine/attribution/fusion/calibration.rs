//! Calibration of confidences (Platt scaling): turns the tagger's score of a span into the probability that both words and
//! speaker are right.
//!
//! One logistic scale for each way in which rules and tagger agree and each kind of quote (Platt 1999). The numbers were
//! fitted on `PolNeAR`'s development set against speech alone, because on its training set the tagger is overconfident; those of
//! paraphrases lie between that fit and one to news that editors judged.
//! `training/README.md` has the expected calibration errors.

use crate::analysis::{Act, QuoteKind};

/// Which of rules and tagger found an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// Rules and tagger agree on content and source.
    Both,
    /// The tagger alone, or against the rules.
    TaggerOnly,
    /// A rule overrules the tagger's source.
    RuleOverTagger,
    /// A rule whose cue or signature stands beside its quotation, against the tagger.
    OwnCue,
    /// A rule alone, for a sentence that says plainly who says what: "as Lee noted", "the lake is dead, Lee said".
    PlainRule,
    /// A rule alone.
    RuleOnly,
}

/// A logistic scale: the probability at even odds of the tagger, as log-odds, and the weight of the tagger's log-odds.
struct Scale {
    intercept: f32,
    slope: f32,
}

/// The scale of quotes in quotation marks on which rules and tagger agree. It was fitted on `PolNeAR`'s
/// development set, as was that of the tagger's quotes.
const AGREED_DIRECT: Scale = Scale { intercept: 2.7, slope: 0.25 };
/// The scale of paraphrases with words in quotation marks on which both agree.
const AGREED_MIXED: Scale = Scale { intercept: 1.3, slope: 0.56 };
/// The scale of other paraphrases on which both agree.
const AGREED_INDIRECT: Scale = Scale { intercept: 1.3, slope: 0.45 };
/// The scale of quotes with words in quotation marks of the tagger alone.
const TAGGER_ONLY_QUOTED: Scale = Scale { intercept: 0.35, slope: 0.36 };
/// The scale of paraphrases of the tagger alone whose cue reports speech. Of 152 on `PolNeAR`'s development set as annotated 78 in
/// 100 are right, 55 against the label that takes verbs such as "urge" for no speech; editors accepted 84 of 100.
const TAGGER_ONLY_SPEECH: Scale = Scale { intercept: 0.5, slope: 0.35 };
/// The scale of other paraphrases of the tagger alone.
const TAGGER_ONLY_STANCE: Scale = Scale { intercept: 0.1, slope: 0.33 };
/// The probability where a rule overrules the tagger, whose score says nothing then.
const RULE_OVER_TAGGER_PROBABILITY: f32 = 0.4;
/// The probability where an explicit cue or a signature beside a quotation overrules the tagger. Of 20 on `PolNeAR`'s
/// development set 19 were right.
const OWN_CUE_PROBABILITY: f32 = 0.9;
/// The probability where the tagger finds nothing in a sentence that says plainly who says what. It was set
/// by hand: labelled news has too few of them to count.
const PLAIN_RULE_PROBABILITY: f32 = 0.7;
/// The probability where the tagger finds nothing elsewhere.
const RULE_ONLY_PROBABILITY: f32 = 0.2;
/// The tagger's probability is clamped to this and its complement before the logarithm.
const MIN_TAGGER_PROBABILITY: f32 = 0.02;

/// The probability that an attribution of this kind is right. `act`: what a paraphrase reports. `tagger_probability`: the
/// tagger's probability of the content, from 0 to 1.
pub(crate) fn calibrated_probability(
    agreement: Agreement,
    kind: QuoteKind,
    act: Act,
    tagger_probability: f32,
) -> f32 {
    let Scale { intercept, slope } = match (agreement, kind) {
        (Agreement::Both, QuoteKind::Direct) => AGREED_DIRECT,
        (Agreement::Both, QuoteKind::Mixed) => AGREED_MIXED,
        (Agreement::Both, QuoteKind::Indirect) => AGREED_INDIRECT,
        (Agreement::TaggerOnly, QuoteKind::Indirect) if act == Act::Speech => TAGGER_ONLY_SPEECH,
        (Agreement::TaggerOnly, QuoteKind::Indirect) => TAGGER_ONLY_STANCE,
        (Agreement::TaggerOnly, _) => TAGGER_ONLY_QUOTED,
        (Agreement::RuleOverTagger, _) => return RULE_OVER_TAGGER_PROBABILITY,
        (Agreement::OwnCue, _) => return OWN_CUE_PROBABILITY,
        (Agreement::PlainRule, _) => return PLAIN_RULE_PROBABILITY,
        (Agreement::RuleOnly, _) => return RULE_ONLY_PROBABILITY,
    };
    let probability = tagger_probability.clamp(MIN_TAGGER_PROBABILITY, 1.0 - MIN_TAGGER_PROBABILITY);
    let log_odds = (probability / (1.0 - probability)).ln();
    1.0 / (1.0 + (-intercept - slope * log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_rises_with_the_taggers_and_with_the_voices() {
        let chance =
            |agreement, kind, probability| calibrated_probability(agreement, kind, Act::Speech, probability);
        let speech = [0.1, 0.5, 0.9, 1.0].map(|it| chance(Agreement::Both, QuoteKind::Direct, it));
        assert!(speech.is_sorted() && speech[3] > 0.97 && speech[3] < 0.99, "{speech:?}");
        for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
            assert!(chance(Agreement::Both, kind, 0.9) > chance(Agreement::TaggerOnly, kind, 0.9));
            assert!(chance(Agreement::TaggerOnly, kind, 0.1) < 0.5);
            assert!(chance(Agreement::RuleOverTagger, kind, 1.0) < 0.5);
        }
        let stance = calibrated_probability(Agreement::TaggerOnly, QuoteKind::Indirect, Act::Stance, 0.9);
        assert!(chance(Agreement::TaggerOnly, QuoteKind::Indirect, 0.9) > stance);
        assert!(
            chance(Agreement::Both, QuoteKind::Mixed, 0.9)
                > chance(Agreement::Both, QuoteKind::Indirect, 0.9)
        );
    }
}
