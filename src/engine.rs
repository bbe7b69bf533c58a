//! The engine: the pipeline from a [`Story`] to its [`Analysis`], one stage after the other.

pub(crate) mod attribution;
pub(crate) mod coreference;
pub(crate) mod entities;
pub(crate) mod quotes;
pub(crate) mod speakers;
pub(crate) mod tagger;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub(crate) mod unlikely;

use std::ops::ControlFlow;

use crate::analysis::{Analysis, AnalysisProgress, AttributionRule, ProgressObserver, Quote};
use crate::engine::attribution::rules::CueVerbs;
use crate::engine::attribution::{fusion, rules, speech_act, tagged};
use crate::engine::tagger::Tagger;
use crate::engine::tagger::output::TaggerOutput;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::Lexicon;
use crate::engine::text::{clause, quotation_marks};
use crate::span::Span;
use crate::story::Story;

/// How many words the first part of a long story has. Each further part is twice as long, so that all parts together take
/// as long as the whole story after tagging; the tagger reads each word once.
const FIRST_PART_WORDS: usize = 2048;

/// How many words of a story are analysed. A long novel has 500,000. With this and the limits of names
/// (`entities/candidates.rs`) and of the tagger's segments, time and memory of any story are bounded.
pub const MAX_WORDS: usize = 1_000_000;

/// Finds who said what in a story. It does no I/O and cannot fail; make it once and share it.
pub struct Engine {
    /// [`MAX_WORDS`], but in tests.
    max_words: usize,
    lexicon: Lexicon,
    cues: CueVerbs,
    /// `None` for an engine of rules only.
    tagger: Option<Tagger>,
}

impl Engine {
    /// The engine with the built-in word lists and the built-in language model. The first story that it analyses loads
    /// the model.
    pub fn embedded() -> Self {
        Self { tagger: Some(Tagger::default()), ..Self::rules_only() }
    }

    /// The engine without the language model: rules and word lists only.
    pub fn rules_only() -> Self {
        Self { max_words: MAX_WORDS, lexicon: Lexicon::embedded(), cues: CueVerbs::embedded(), tagger: None }
    }

    /// The quotes and entities of a story, of a very long one those of its first [`MAX_WORDS`] words. Unusual text yields
    /// fewer of them, never an error.
    pub fn analyze(&self, story: &Story) -> Analysis {
        let part = self.first_words(story);
        let read = part.as_ref().unwrap_or(story);
        let tagger_output = self.tagger.as_ref().map(|it| it.tag(read, coreference::is_pronoun));
        let analysis = self.analyze_tagged(read, &tagger_output.unwrap_or_default());
        Analysis { analyzed_to: part.map(|it| it.text().len()), ..analysis }
    }

    /// The same as [`Engine::analyze`]; meanwhile `observer` is told how far the analysis has come and what was found until
    /// then. `None` if `observer` stops it. Of a story of a few thousand words nothing is told.
    pub fn analyze_observed(&self, story: &Story, observer: &mut ProgressObserver) -> Option<Analysis> {
        let Some(tagger) = &self.tagger else { return Some(self.analyze(story)) };
        let part = self.first_words(story);
        let story = part.as_ref().unwrap_or(story);
        let mut next_part = FIRST_PART_WORDS;
        let output = tagger.tag_observed(story, coreference::is_pronoun, &mut |step| {
            if step.total < 2 * FIRST_PART_WORDS {
                return ControlFlow::Continue(());
            }
            // What is left takes no longer than what was read: the whole story follows soon.
            let is_due = step.words >= next_part && 2 * step.words <= step.total;
            let part = if is_due { (step.first_part)() } else { None };
            let first_part = part.map(|(end, output)| {
                next_part = 2 * step.words;
                self.analyze_tagged(&story.first_part(end), &output)
            });
            observer(AnalysisProgress { share: step.words as f32 / step.total as f32, first_part })
        })?;
        let analysis = self.analyze_tagged(story, &output);
        Some(Analysis { analyzed_to: part.map(|it| it.text().len()), ..analysis })
    }

    /// The part of a story that is analysed; `None` if that is all of it.
    fn first_words(&self, story: &Story) -> Option<Story> {
        end_of_words(story.text(), self.max_words).map(|it| story.first_part(it))
    }

    /// The quotes and entities of a story, given what the tagger found in it.
    fn analyze_tagged(&self, story: &Story, tagger_output: &TaggerOutput) -> Analysis {
        let doc = Document::new(story, &self.lexicon);
        let TaggerOutput { entities, other_names, .. } = tagger_output;
        let mentions = entities::find_mentions(&doc, &self.lexicon, entities, other_names);
        let quoted = quotation_marks::quoted_spans(&doc);
        let clauses = clause::clauses(&doc, &quoted);
        let mut rules = rules::extract(&doc, &quoted, &clauses, &self.cues);
        // Without a tagger nothing contradicts the rules: all that they found is kept.
        if self.tagger.is_some() {
            let learned = tagged::build_attributions(&doc, &quoted, tagger_output);
            rules.attributions = fusion::fuse(&doc, &quoted, &clauses, rules.attributions, learned);
        }
        speech_act::set_acts(&doc, &mut rules.attributions);
        let quotes = quotes::build_quotes(&doc, &quoted, &clauses, &rules.attributions);
        let quotes = speakers::find_speakers(&doc, &mentions, &clauses, &rules, &quoted, quotes);
        let sources: Vec<Span> = quotes.iter().filter_map(|it| it.source).collect();
        let quoted: Vec<Span> = quoted.iter().map(|it| it.span).collect();
        let resolved = coreference::resolve(&doc, &mentions, &sources, &quoted, &self.lexicon, tagger_output);
        let mut speakers = resolved.of_source.into_iter();
        let quotes = quotes.into_iter().map(|it| {
            let speaker = it.source.and_then(|_| speakers.next());
            // The questions of an interview need no speaker.
            let is_turn = it.rule == AttributionRule::Turn;
            let certainty_without_source = if is_turn { 1.0 } else { coreference::NOBODY_CERTAINTY };
            Quote {
                act: it.act,
                kind: it.kind,
                parts: it.parts,
                speaker: speaker.and_then(|it| it.entity),
                speaker_mention: it.source,
                cue: it.cue,
                rule: it.rule,
                confidence: it.confidence * speaker.map_or(certainty_without_source, |it| it.certainty),
            }
        });
        let analysis =
            Analysis { quotes: quotes.collect(), entities: resolved.entities, ..Analysis::default() };
        // The confidences of the rules alone are no probabilities.
        match self.tagger {
            Some(_) => unlikely::without_unlikely(&doc, &quoted, analysis),
            None => analysis,
        }
    }
}

/// The offset of the word after the first `max_words` words; `None` if there is none. As for the tagger, punctuation marks
/// and ideographs are words.
fn end_of_words(text: &str, max_words: usize) -> Option<usize> {
    // Each word has at least one byte.
    if text.len() <= max_words {
        return None;
    }
    let is_letter = |it: char| it.is_ascii_alphanumeric() || (it.is_alphanumeric() && it < FIRST_IDEOGRAPH);
    let mut is_in_word = false;
    let mut starts = text.char_indices().filter(|(_, ch)| {
        let was_in_word = is_in_word;
        is_in_word = is_letter(*ch);
        !(ch.is_whitespace() || was_in_word && is_in_word)
    });
    starts.nth(max_words).map(|it| it.0)
}

/// Letters before this are those of alphabets.
const FIRST_IDEOGRAPH: char = '\u{2e80}';
