//! [`Story`] → [`Analysis`]: the pipeline, read from top to bottom.

#![allow(dead_code, reason = "the stages that read them are landing one by one")]
mod lexicon;
mod names;
mod sentences;
mod sheet;
mod tokens;

use std::collections::HashSet;

use crate::analysis::Analysis;
use crate::story::Story;
use sheet::Sheet;

/// Finds who said what. Made once, lent out; it does no IO and cannot fail.
#[derive(Debug)]
pub struct Engine {
    abbreviations: HashSet<&'static str>,
}

impl Engine {
    /// The engine with the lists that are built in.
    pub fn embedded() -> Self {
        let list = include_str!("../assets/lexicon/abbreviations.txt");
        Self { abbreviations: list.lines().filter(|it| !it.starts_with('#')).collect() }
    }

    /// All findings of a story. Odd text yields fewer findings, never an error.
    pub fn analyse(&self, story: &Story) -> Analysis {
        let tokens = tokens::tokens(story, &self.abbreviations);
        let sentences = sentences::sentences(story.text(), &tokens);
        let _sheet = Sheet { story, text: story.text(), tokens, sentences };
        Analysis::default()
    }
}
