//! [`Story`] → [`Analysis`]: the pipeline, read from top to bottom.

pub(crate) mod attribution;
pub(crate) mod coreference;
pub(crate) mod entities;
pub(crate) mod quotes;
pub(crate) mod speakers;
pub(crate) mod tagger;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use crate::engine::attribution::fusion;
use crate::engine::attribution::rules;
use crate::engine::attribution::tagged;
use crate::engine::text::clause;
use crate::engine::text::quotation_marks;
use crate::engine::text::sentences;
use crate::engine::text::tokens;

use std::collections::HashSet;

use crate::analysis::{Analysis, Quote};
use crate::engine::attribution::rules::CueVerbs;
use crate::engine::tagger::Tagger;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;
use crate::story::Story;

/// Finds who said what. Made once, lent out; it does no IO and cannot fail.
pub struct Engine {
    abbreviations: HashSet<&'static str>,
    lexicon: Lexicon,
    cues: CueVerbs,
    /// Nothing where only the rules are to speak.
    tagger: Option<Tagger>,
}

impl Engine {
    /// The engine with the lists and the learned tagger that are built in. The
    /// tagger is unpacked by the first story that asks for it.
    pub fn embedded() -> Self {
        Self { tagger: Some(Tagger::default()), ..Self::rules_only() }
    }

    /// The engine without the learned tagger: rules and lists alone.
    pub fn rules_only() -> Self {
        let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/abbreviations.txt"));
        let abbreviations = list.lines().filter(|it| !it.starts_with('#')).collect();
        Self { abbreviations, lexicon: Lexicon::embedded(), cues: CueVerbs::embedded(), tagger: None }
    }

    /// All findings of a story. Odd text yields fewer findings, never an error.
    pub fn analyze(&self, story: &Story) -> Analysis {
        let tokens = tokens::tokenize(story, &self.abbreviations);
        let sentences = sentences::split_sentences(story.text(), &tokens);
        let sheet = Document { story, text: story.text(), tokens, sentences };
        let tagged = self.tagger.as_ref().map(|it| it.tag(story)).unwrap_or_default();
        let names = entities::find_mentions(&sheet, &self.lexicon, &tagged.entities);
        let marked = quotation_marks::quoted_spans(&sheet);
        let units = clause::clauses(&sheet, &marked);
        let mut told = rules::extract(&sheet, &marked, &units, &self.cues);
        // Without a tagger nobody doubts the rules: what they alone found is kept, marked or not.
        if self.tagger.is_some() {
            let learned = tagged::build_attributions(&sheet, &marked, &tagged);
            told.attributions = fusion::fuse(&sheet, &marked, told.attributions, learned);
        }
        let drafts = quotes::build_quotes(&sheet, &marked, &units, &told.attributions);
        let drafts = speakers::find_speakers(&sheet, &names, &units, &told, &marked, drafts);
        let sources: Vec<Span> = drafts.iter().filter_map(|it| it.source).collect();
        let quoted: Vec<Span> = marked.iter().map(|it| it.span).collect();
        let cast = coreference::resolve(&sheet, &names, &sources, &quoted, &self.lexicon, &tagged);
        let mut of_source = cast.entity_of_source.into_iter();
        let quotes = drafts.into_iter().map(|it| Quote {
            kind: it.kind,
            parts: it.parts,
            speaker: it.source.and_then(|_| of_source.next().flatten()),
            speaker_mention: it.source,
            cue: it.cue,
            rule: it.rule,
            confidence: it.confidence,
        });
        Analysis { quotes: quotes.collect(), entities: cast.entities, rejected: Vec::new() }
    }
}
