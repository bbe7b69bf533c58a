//! Labelled data: JSON Lines of stories or sentences.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A range of a text in characters; the end is excluded.
pub(crate) type CharRange = (usize, usize);

/// A story with its attributions.
#[derive(Deserialize)]
pub(crate) struct Story {
    pub(crate) text: String,
    pub(crate) quotes: Vec<Quote>,
    /// The labelled mentions; empty if the set has none.
    #[serde(default)]
    pub(crate) entities: Vec<Mention>,
}

/// A labelled quote.
#[derive(Deserialize)]
pub(crate) struct Quote {
    pub(crate) spans: Vec<CharRange>,
    pub(crate) speaker: Option<Speaker>,
    /// The full name of the speaker; `None` if it is not labelled.
    pub(crate) speaker_canonical: Option<String>,
    pub(crate) cue: Option<Cue>,
    /// Whether the cue reports speech, not belief or intention; `None` means speech.
    pub(crate) cue_is_reporting: Option<bool>,
}

/// The words that name a speaker.
#[derive(Deserialize)]
pub(crate) struct Speaker {
    #[serde(default)]
    pub(crate) spans: Option<Vec<CharRange>>,
    /// The id of the coreference chain of these words.
    #[serde(default)]
    pub(crate) coref_chain: Option<Value>,
}

/// The words that report something.
#[derive(Deserialize)]
pub(crate) struct Cue {
    #[serde(default)]
    pub(crate) spans: Option<Vec<CharRange>>,
}

/// A mention of an entity.
#[derive(Deserialize)]
pub(crate) struct Mention {
    #[serde(default)]
    pub(crate) chain: Option<Value>,
    pub(crate) span: CharRange,
}

/// A sentence with labelled names.
#[derive(Deserialize)]
pub(crate) struct Sentence {
    pub(crate) id: Option<String>,
    /// The id of the story that holds the sentence.
    pub(crate) doc: Option<String>,
    pub(crate) tokens: Vec<String>,
    pub(crate) tags: Vec<String>,
}

/// Parses each line; an error names the line.
pub(crate) fn read<T: DeserializeOwned>(lines: &[String]) -> Result<Vec<T>, String> {
    let numbered = lines.iter().zip(1..);
    numbered
        .map(|(line, at)| serde_json::from_str(line).map_err(|error| format!("line {at}: {error}")))
        .collect()
}
