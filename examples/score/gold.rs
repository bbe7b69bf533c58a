//! Lines of JSON → labelled stories and sentences.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A stretch of a text, in characters, the end excluded.
pub(super) type Stretch = (usize, usize);

/// A story with its attributions.
#[derive(Deserialize)]
pub(super) struct Story {
    pub(super) text: String,
    pub(super) quotes: Vec<Quote>,
    /// Who is mentioned where, if that is labelled too.
    #[serde(default)]
    pub(super) entities: Vec<Mention>,
}

/// Something said.
#[derive(Deserialize)]
pub(super) struct Quote {
    pub(super) spans: Vec<Stretch>,
    pub(super) speaker: Option<Speaker>,
    /// The full name of the speaker, where it is known.
    pub(super) speaker_canonical: Option<String>,
    pub(super) cue: Option<Cue>,
    /// Whether the cue reports speech rather than belief or intention; it does where nothing is said of it.
    pub(super) cue_is_reporting: Option<bool>,
}

/// The words that name a speaker.
#[derive(Deserialize)]
pub(super) struct Speaker {
    #[serde(default)]
    pub(super) spans: Option<Vec<Stretch>>,
    /// The chain of mentions that these words belong to.
    #[serde(default)]
    pub(super) coref_chain: Option<Value>,
}

/// The words that report something.
#[derive(Deserialize)]
pub(super) struct Cue {
    #[serde(default)]
    pub(super) spans: Option<Vec<Stretch>>,
}

/// One mention of somebody.
#[derive(Deserialize)]
pub(super) struct Mention {
    #[serde(default)]
    pub(super) chain: Option<Value>,
    pub(super) span: Stretch,
}

/// A sentence with the names in it.
#[derive(Deserialize)]
pub(super) struct Sentence {
    pub(super) id: Option<String>,
    /// The story that it belongs to.
    pub(super) doc: Option<String>,
    pub(super) tokens: Vec<String>,
    pub(super) tags: Vec<String>,
}

/// What each line holds.
pub(super) fn read<T: DeserializeOwned>(lines: &[String]) -> Result<Vec<T>, String> {
    let numbered = lines.iter().zip(1..);
    numbered
        .map(|(line, at)| serde_json::from_str(line).map_err(|error| format!("line {at}: {error}")))
        .collect()
}
