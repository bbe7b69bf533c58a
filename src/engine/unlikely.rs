//! Unlikely findings: what is far more likely wrong than right is not shown. Quotations that are long, begin with a subject ("we won"), or stand
//! in a headline are speech, even where nobody knows who says them.
//!
//! On news that editors judged, 4 of 33 of them were right; `training/README.md` has the figures.

use crate::analysis::{Analysis, Quote, QuoteKind};
use crate::engine::quotes::MIN_CERTAIN_SPEECH_WORDS;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;
use crate::story::BlockKind;

/// Findings with less confidence are unlikely.
const MIN_CONFIDENCE: f32 = 0.3;

/// An analysis without its unlikely findings, and without the unnamed sources that have no others. `quoted` are the quotations of the
/// story, in reading order.
pub(crate) fn without_unlikely(doc: &Document, quoted: &[Span], analysis: Analysis) -> Analysis {
    let quotes = analysis.quotes.into_iter().filter(|it| is_shown(doc, quoted, it)).collect();
    Analysis { quotes, ..analysis }.without_silent_sources()
}

/// Whether a quote is likely, or surely speech, so that only its speaker is in doubt.
fn is_shown(doc: &Document, quoted: &[Span], quote: &Quote) -> bool {
    quote.confidence >= MIN_CONFIDENCE
        || is_by_pronoun(doc, quote)
        || is_long_quotation(doc, quoted, quote)
        || quote.kind == QuoteKind::Direct
            && quote.parts.first().is_some_and(|it| begins_like_speech(doc, *it))
}

/// Whether a pronoun says it whose antecedent nobody knows: "He said it was late".
fn is_by_pronoun(doc: &Document, quote: &Quote) -> bool {
    let is_pronoun = |it: Span| {
        let word = doc.lower(doc.token_at(it.start));
        doc.tokens_in(it).len() == 1
            && matches!(word.as_str(), "he" | "she" | "they" | "him" | "her" | "them")
    };
    quote.speaker.is_none() && quote.speaker_mention.is_some_and(is_pronoun)
}

/// Whether a quote has so many words in quotation marks that they are speech.
fn is_long_quotation(doc: &Document, quoted: &[Span], quote: &Quote) -> bool {
    let words_in = |it: &Span| doc.count_words(*it);
    let words: usize = match quote.kind {
        QuoteKind::Direct => quote.parts.iter().map(words_in).sum(),
        QuoteKind::Mixed => quote.parts.iter().flat_map(|it| quotations_in(quoted, *it)).map(words_in).sum(),
        QuoteKind::Indirect => 0,
    };
    words >= MIN_CERTAIN_SPEECH_WORDS
}

/// Whether a quotation begins with a subject ("we won"), behind a colon ("Her answer was: “No.”"), or in a headline.
fn begins_like_speech(doc: &Document, quotation: Span) -> bool {
    let mut words = doc.tokens_in(quotation).filter(|it| doc.tokens[*it].kind == TokenKind::Word);
    let begins_clause = words.next().is_some_and(|it| doc.is(it, LexicalClass::SubjectPronoun));
    let before = doc.token_at(quotation.start).checked_sub(1);
    let block = doc.story.block_at(quotation.start).map(|it| &doc.story.blocks()[it]);
    begins_clause
        || before.is_some_and(|it| doc.word(it) == ":")
        || block.is_some_and(|it| it.kind == BlockKind::Headline)
}

/// The quotations inside a span.
fn quotations_in(quoted: &[Span], span: Span) -> impl Iterator<Item = &Span> {
    let first = quoted.partition_point(|it| it.end <= span.start);
    quoted[first..].iter().take_while(move |it| it.start < span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Act, AttributionRule, Entity, EntityKind};
    use crate::engine::tests::with_document;
    use crate::engine::text::quotation_marks;

    /// Whether a quote of all of a text with a confidence is shown.
    fn is_shown(text: &str, kind: QuoteKind, confidence: f32) -> bool {
        let quote = Quote {
            act: Act::Speech,
            kind,
            parts: vec![Span::new(0, text.len())],
            speaker: Some(0),
            speaker_mention: None,
            cue: None,
            rule: AttributionRule::Nearest,
            confidence,
        };
        let entities = vec![Entity::new(EntityKind::Unnamed, "the mayor")];
        with_document(text, |doc| {
            let quoted: Vec<Span> = quotation_marks::quoted_spans(doc).iter().map(|it| it.span).collect();
            let analysis = Analysis { quotes: vec![quote], entities, ..Analysis::default() };
            let left = without_unlikely(doc, &quoted, analysis);
            assert_eq!(left.entities.len(), left.quotes.len(), "an unnamed entity speaks: {text}");
            !left.quotes.is_empty()
        })
    }

    #[test]
    fn what_is_far_more_likely_wrong_than_right_is_left_out() {
        assert!(is_shown("the dam would fall", QuoteKind::Indirect, 0.31));
        assert!(!is_shown("the dam would fall", QuoteKind::Indirect, 0.29));
        assert!(!is_shown("“the new republic”", QuoteKind::Direct, 0.2));
        assert!(!is_shown("that the dam for which all paid was “a new republic”", QuoteKind::Mixed, 0.2));
    }

    #[test]
    fn a_quotation_that_is_long_or_a_clause_is_shown_whoever_says_it() {
        assert!(is_shown("“We won again,”", QuoteKind::Direct, 0.0));
        assert!(is_shown(
            "“The dam has leaked for years and nobody listened to us,”",
            QuoteKind::Direct,
            0.2
        ));
        let text = "that the dam “has leaked for years and nobody listened to us”";
        assert!(is_shown(text, QuoteKind::Mixed, 0.2));
    }
}
