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
use crate::engine::text::document::Sheet;
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
        Self { tagger: Some(Tagger::default()), ..Self::bare() }
    }

    /// The engine without the learned tagger: rules and lists alone.
    pub fn bare() -> Self {
        let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/abbreviations.txt"));
        let abbreviations = list.lines().filter(|it| !it.starts_with('#')).collect();
        Self { abbreviations, lexicon: Lexicon::embedded(), cues: CueVerbs::embedded(), tagger: None }
    }

    /// All findings of a story. Odd text yields fewer findings, never an error.
    pub fn analyse(&self, story: &Story) -> Analysis {
        let tokens = tokens::tokens(story, &self.abbreviations);
        let sentences = sentences::sentences(story.text(), &tokens);
        let sheet = Sheet { story, text: story.text(), tokens, sentences };
        let tagged = self.tagger.as_ref().map(|it| it.tag(story)).unwrap_or_default();
        let names = entities::names(&sheet, &self.lexicon, &tagged.names);
        let marked = quotation_marks::marked(&sheet);
        let units = clause::units(&sheet, &marked);
        let mut told = rules::told(&sheet, &marked, &units, &self.cues);
        // Without a tagger nobody doubts the rules: what they alone found is kept, marked or not.
        if self.tagger.is_some() {
            let learned = tagged::attributions(&sheet, &marked, &tagged);
            told.reports = fusion::fused(&sheet, &marked, told.reports, learned);
        }
        let drafts = quotes::quotes(&sheet, &marked, &units, &told.reports);
        let drafts = speakers::speakers(&sheet, &names, &units, &told, &marked, drafts);
        let sources: Vec<Span> = drafts.iter().filter_map(|it| it.source).collect();
        let quoted: Vec<Span> = marked.iter().map(|it| it.span).collect();
        let cast = coreference::cast(&sheet, &names, &sources, &quoted, &self.lexicon, &tagged);
        let mut of_source = cast.of_source.into_iter();
        let quotes = drafts.into_iter().map(|it| Quote {
            kind: it.kind,
            parts: it.parts,
            speaker: it.source.and_then(|_| of_source.next().flatten()),
            speaker_mention: it.source,
            cue: it.cue,
            rule: it.rule,
            confidence: it.confidence,
        });
        Analysis { quotes: quotes.collect(), entities: cast.entities, struck: Vec::new() }
    }
}
