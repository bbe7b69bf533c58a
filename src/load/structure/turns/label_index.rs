//! Label index: all labels of a story, and which of them name a speaker.

use std::collections::{HashMap, HashSet};

use crate::load::structure::turns::label::{LabelForm, TurnLabel};

/// So many people whose labels have a form of transcripts are its speakers, though none of them speaks again.
const MIN_TRANSCRIPT_SPEAKERS: usize = 3;

/// The labels of a story by their key, since "Ann Lee" is later "Lee".
pub(crate) struct LabelIndex {
    by_key: HashMap<String, LabelOccurrences>,
    /// Whether questions have the letter "Q" with a mark.
    has_letters: bool,
    /// Whether questions have the letter "Q" alone.
    has_bare_questions: bool,
    /// Whether answers have the letter "A" alone.
    has_bare_answers: bool,
    /// Whether a label in a form of transcripts occurs again, or several people have one.
    is_transcript: bool,
    /// The number of labels of the person who speaks most often.
    person_count: usize,
    /// The common words that are the surname of somebody in the story ("Ann Price").
    surnames: HashSet<String>,
}

/// The occurrences of a label among all labelled paragraphs, which are counted from 0.
#[derive(Default)]
struct LabelOccurrences {
    first: usize,
    last: usize,
    count: usize,
    questions: usize,
    utterances: usize,
}

impl LabelIndex {
    pub(crate) fn new<'a>(text: &str, labels: impl Iterator<Item = &'a TurnLabel>) -> Self {
        let mut by_key: HashMap<String, LabelOccurrences> = HashMap::new();
        let (mut common_words, mut names) = (HashSet::new(), HashSet::new());
        let (mut has_letters, mut questions, mut answers) = (false, 0, 0);
        let mut transcript_keys = HashSet::new();
        let (mut is_transcript, mut has_transcript_form, mut follows_question) = (false, false, false);
        for (number, label) in labels.enumerate() {
            let new = || LabelOccurrences { first: number, ..LabelOccurrences::default() };
            let occurrences = by_key.entry(label.key.clone()).or_insert_with(new);
            occurrences.last = number;
            occurrences.count += 1;
            occurrences.questions += usize::from(label.is_question);
            occurrences.utterances += usize::from(label.is_utterance);
            let is_question = label.key.starts_with('q');
            match label.form {
                LabelForm::Letter => has_letters |= is_question,
                LabelForm::BareLetter if is_question => questions += 1,
                LabelForm::BareLetter => answers += usize::from(follows_question),
                LabelForm::Transcript => {
                    has_transcript_form = true;
                    is_transcript |= !transcript_keys.insert(label.key.as_str());
                    is_transcript |= transcript_keys.len() >= MIN_TRANSCRIPT_SPEAKERS;
                }
                LabelForm::CommonWord => {
                    common_words.insert(label.key.as_str());
                }
                LabelForm::FullName | LabelForm::Name => {
                    names.insert(label.key.as_str());
                }
            }
            follows_question = label.form == LabelForm::BareLetter && is_question;
        }
        let has_bare_questions = questions > 1 || (questions == 1 && has_transcript_form);
        let person_count = names.iter().filter_map(|it| by_key.get(*it)).map(|it| it.count).max();
        Self {
            person_count: person_count.unwrap_or(0),
            by_key,
            has_letters,
            has_bare_questions,
            // In a briefing, a paragraph that begins "A Democrat …" may follow a question once.
            has_bare_answers: has_bare_questions && answers * 2 >= questions,
            is_transcript,
            surnames: surnames_in(text, &common_words),
        }
    }

    /// Whether a label certainly names the speaker of a turn.
    pub(crate) fn is_speaker(&self, label: &TurnLabel) -> bool {
        let has_questions = self.has_letters || self.has_bare_questions;
        let is_question = label.key.starts_with('q');
        match label.form {
            LabelForm::Letter => is_question || has_questions,
            LabelForm::BareLetter if is_question => self.has_bare_questions,
            LabelForm::BareLetter => self.has_bare_answers,
            LabelForm::Transcript => self.is_transcript || has_questions || self.alternates(&label.key),
            LabelForm::FullName | LabelForm::Name => self.alternates(&label.key),
            LabelForm::CommonWord => {
                let Some(occurrences) = self.by_key.get(&label.key) else { return false };
                let is_interviewer = occurrences.questions * 2 > occurrences.count;
                // "LEE" and "RAY" take turns, though a ray is no person.
                let is_partner = self.person_count > 1 && occurrences.count * 3 >= self.person_count;
                self.alternates(&label.key)
                    && (is_interviewer || is_partner || self.surnames.contains(&label.key))
            }
        }
    }

    /// Whether a label occurs again after another one; a price list or a row of links repeats one rubric.
    fn alternates(&self, key: &str) -> bool {
        let has_questions = self.has_letters || self.has_bare_questions;
        self.by_key.get(key).is_some_and(|it| {
            let is_interrupted = it.last - it.first + 1 > it.count;
            it.count > 1 && it.utterances * 2 > it.count && (is_interrupted || has_questions)
        })
    }
}

/// Those of some words, in lower case, that follow another capitalised word in a text: "Ann Price".
fn surnames_in(text: &str, words: &HashSet<&str>) -> HashSet<String> {
    let mut surnames = HashSet::new();
    if words.is_empty() {
        return surnames;
    }
    let is_capitalized =
        |word: &str| word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphabetic);
    let mut previous = "";
    for word in text.split_whitespace() {
        let bare = word.trim_end_matches(|ch: char| !ch.is_alphanumeric());
        if is_capitalized(previous) && is_capitalized(bare) && !word.ends_with(':') {
            let lower = bare.to_lowercase();
            if words.contains(lower.as_str()) {
                surnames.insert(lower);
            }
        }
        previous = word;
    }
    surnames
}
