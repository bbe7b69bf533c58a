//! [`Story`] → [`Analysis`]: the pipeline, read from top to bottom.

mod attributions;
mod clauses;
mod fusion;
mod grammar;
mod identity;
mod lexicon;
mod marks;
mod model;
mod names;
mod pieces;
mod quotes;
mod report;
mod sentences;
mod sheet;
mod speakers;
#[cfg(test)]
mod tests;
mod tokens;
mod units;

use std::collections::HashSet;

use crate::analysis::{Analysis, Quote};
use crate::span::Span;
use crate::story::Story;
use clauses::CueVerbs;
use lexicon::Lexicon;
use model::Tagger;
use sheet::Sheet;

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
        let list = include_str!("../assets/lexicon/abbreviations.txt");
        let abbreviations = list.lines().filter(|it| !it.starts_with('#')).collect();
        Self { abbreviations, lexicon: Lexicon::embedded(), cues: CueVerbs::embedded(), tagger: None }
    }

    /// All findings of a story. Odd text yields fewer findings, never an error.
    pub fn analyse(&self, story: &Story) -> Analysis {
        let tokens = tokens::tokens(story, &self.abbreviations);
        let sentences = sentences::sentences(story.text(), &tokens);
        let sheet = Sheet { story, text: story.text(), tokens, sentences };
        let tagged = self.tagger.as_ref().map(|it| it.tag(story)).unwrap_or_default();
        let names = names::names(&sheet, &self.lexicon, &tagged.names);
        let marked = marks::marked(&sheet);
        let units = units::units(&sheet, &marked);
        let mut told = clauses::told(&sheet, &marked, &units, &self.cues);
        // Without a tagger nobody doubts the rules: what they alone found is kept, marked or not.
        if self.tagger.is_some() {
            let learned = attributions::attributions(&sheet, &marked, &tagged);
            told.reports = fusion::fused(&sheet, &marked, told.reports, learned);
        }
        let drafts = quotes::quotes(&sheet, &marked, &units, &told.reports);
        let drafts = speakers::speakers(&sheet, &names, &units, &told, &marked, drafts);
        let sources: Vec<Span> = drafts.iter().filter_map(|it| it.source).collect();
        let quoted: Vec<Span> = marked.iter().map(|it| it.span).collect();
        let cast = identity::cast(&sheet, &names, &sources, &quoted, &self.lexicon, &tagged);
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
