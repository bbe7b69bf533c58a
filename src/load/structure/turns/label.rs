//! Labels: the words at the start of a paragraph that name who speaks, in the forms of interviews ("Q:", "Ann Lee:"),
//! briefings ("Q", "MS. LEE:"), hearings ("Mr. LEE.", "The CHAIR."), parliaments ("Ann Lee (Tarnside) (Lab):"),
//! broadcasts ("ANN LEE, HOST:", ">> LEE:"), chats (`[09:12] Ann Lee:`, `<ann>`) and subtitles ("Ann Lee 0:04").

use crate::load::structure::turns::label_name::{self, LabelName};
use crate::load::structure::turns::opening;
use crate::span::Span;
use crate::story::TurnSpeaker;

/// What the form of a label tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LabelForm {
    /// "Q:" or "A.".
    Letter,
    /// "Q" or "A" with a space after it.
    BareLetter,
    /// A form that only transcripts have: a time, a mark, a title before a name in capitals, a role after it.
    Transcript,
    /// A name of two words or in capitals, without a common word.
    FullName,
    /// Any other name or office.
    Name,
    /// A common word that may be a name ("Price", "Times").
    CommonWord,
}

/// The label at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TurnLabel {
    /// The label with the times and marks before it, without its colon or full stop.
    pub(crate) span: Span,
    pub(crate) form: LabelForm,
    pub(crate) speaker: TurnSpeaker,
    /// What two labels of one speaker have in common: the surname or the office, in lower case.
    pub(crate) key: String,
    /// Whether whole words follow that end like a sentence, not a value such as "46".
    pub(crate) is_utterance: bool,
    /// Whether what follows ends with a question mark.
    pub(crate) is_question: bool,
}

/// Maximum size of a label in bytes, with its time, its role and its remarks.
const MAX_LABEL_BYTES: usize = 120;

/// Reads the label of a paragraph; `None` if it has none.
pub(crate) fn parse_label(text: &str, block: Span) -> Option<TurnLabel> {
    // A transcript may open each turn with a quotation mark: "“LEE: It rained."
    // and one that was copied from a page may have a bullet there.
    let turn = block.slice(text).trim_start_matches(['“', '"', '”']).trim_start();
    let bulleted = ["- ", "• ", "* ", "– "].iter().find_map(|it| turn.strip_prefix(it));
    let turn = bulleted.map_or(turn, str::trim_start);
    let start = block.end - turn.len();
    let opening = opening::parse_opening(turn);
    let words = &turn[opening.length..];
    let words_start = start + opening.length;
    let found = letter(words)
        .or_else(|| record_label(words))
        .or_else(|| colon_label(words, opening.has_time))
        .or_else(|| nickname_label(words))
        .or_else(|| timed_label(words))
        .or_else(|| {
            opening.has_mark.then_some(FoundLabel { length: 0, form: LabelForm::Transcript, name: None })
        })?;
    let rest = words[found.length..].trim_start_matches([':', '.', ';', '—', '>', ' ']);
    let form = match found.form {
        LabelForm::Name | LabelForm::FullName if opening.has_time || opening.has_mark => {
            LabelForm::Transcript
        }
        form => form,
    };
    let speaker = match (&found.name, form) {
        (Some(name), _) => name.speaker(words_start),
        (None, LabelForm::Letter | LabelForm::BareLetter) if words.starts_with('A') => {
            TurnSpeaker::Interviewee
        }
        (None, LabelForm::Letter | LabelForm::BareLetter) => TurnSpeaker::Interviewer,
        (None, _) => TurnSpeaker::Unknown,
    };
    Some(TurnLabel {
        span: Span::new(start, words_start + found.length).trim(text),
        form,
        speaker,
        key: found.name.map_or_else(|| words[..found.length].to_lowercase(), |it| it.key),
        is_utterance: is_utterance(rest),
        is_question: rest.trim_end_matches(['”', '"', ')', ' ']).ends_with('?'),
    })
}

/// Whether a line of wrapped text certainly begins a turn.
pub(crate) fn begins_turn(line: &str) -> bool {
    let label = parse_label(line, Span::new(0, line.len()));
    label.is_some_and(|it| match it.form {
        LabelForm::Letter | LabelForm::Transcript => true,
        LabelForm::BareLetter => line.starts_with("Q  ") || line.starts_with("A  "),
        LabelForm::FullName => !it.span.slice(line).contains(char::is_lowercase),
        LabelForm::Name | LabelForm::CommonWord => false,
    })
}

/// A label that was found at the start of a text.
struct FoundLabel {
    /// Its bytes, without its colon or full stop.
    length: usize,
    form: LabelForm,
    /// `None` for a letter and for a mark alone.
    name: Option<LabelName>,
}

/// The letter of a question or an answer: "Q:", "Q.", "Q1:", "Question:", "Q Why now?".
fn letter(words: &str) -> Option<FoundLabel> {
    const MAX_ASKER_BYTES: usize = 40;
    let word = ["Question", "Answer", "QUESTION", "ANSWER", "Q", "A"]
        .into_iter()
        .find(|it| words.starts_with(it))?;
    let after = &words[word.len()..];
    let digits = after.bytes().take_while(u8::is_ascii_digit).count().min(2);
    // "Question (AFP):"
    let asker = after.strip_prefix(" (").filter(|_| word.len() > 1).and_then(|it| it.split_once("):"));
    let asker = asker.map_or(0, |it| it.0.len() + " ()".len());
    let asker = if asker <= MAX_ASKER_BYTES { asker } else { 0 };
    let digits = digits.max(asker);
    let (length, after) = (word.len() + digits, &after[digits..]);
    let found = |form| Some(FoundLabel { length, form, name: None });
    let is_marked = after.starts_with(':') || (after.starts_with('.') && !after.starts_with(".."));
    // "A. A. Lee lives here." and "A.M." are no answers.
    let is_initial = after.starts_with('.') && (!after[1..].starts_with(' ') || is_initial(&after[2..]));
    match () {
        () if is_marked && word.len() > 1 && !after[1..].is_empty() && !after[1..].starts_with(' ') => None,
        () if is_marked && !(is_initial && after.len() > 1) => found(LabelForm::Letter),
        () if word.len() == 1 && digits == 0 && is_bare(after) => found(LabelForm::BareLetter),
        () => None,
    }
}

/// Whether a text begins with an initial: "B. ".
fn is_initial(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
}

/// Whether a letter without a mark is followed by words that begin a sentence.
fn is_bare(after: &str) -> bool {
    let rest = after.trim_start().trim_start_matches(['“', '"', '(', '[', '-', '–', '—', '…', '.', ' ']);
    after.starts_with(' ') && rest.starts_with(|ch: char| ch.is_uppercase() || ch.is_ascii_digit())
}

/// A label of a record, which ends with a full stop: "Mr. PELLOW.", "The CHAIR.", "Ms. ROSS (in the chair).".
fn record_label(words: &str) -> Option<FoundLabel> {
    let head = &words[..words.floor_char_boundary(MAX_LABEL_BYTES)];
    let stops = memchr::memchr2_iter(b'.', b';', head.as_bytes());
    let ends_label = |at: &usize| {
        let after = &head[at + 1..];
        after.is_empty() || after.starts_with([' ', '—'])
    };
    stops.filter(ends_label).find_map(|length| {
        let name = label_name::parse_record(&words[..length])?;
        Some(FoundLabel { length, form: name.form, name: Some(name) })
    })
}

/// A label that ends with a colon. After a time it may be any name.
fn colon_label(words: &str, has_time: bool) -> Option<FoundLabel> {
    let head = &words[..words.floor_char_boundary(MAX_LABEL_BYTES)];
    let is_end = |at: &usize| {
        let rest = &words[at + 1..];
        // "Lee: 2,316." is a result, not a remark.
        rest.is_empty() || (rest.starts_with([' ', '“', '"']) && rest.contains(char::is_alphabetic))
    };
    let length = memchr::memchr_iter(b':', head.as_bytes()).find(is_end)?;
    // "Ann Lee [0:04]: It rained."
    let (label, after) = opening::split_time(&words[..length]);
    let has_inner_time = label.len() < length && after.is_empty();
    if !after.is_empty() {
        return None;
    }
    // "From Ann Lee to Everyone:"
    let addressed = label.strip_prefix("From ").and_then(|it| it.split_once(" to ")).filter(|_| has_time);
    let name = match addressed {
        Some((sender, _)) => label_name::parse_name(sender, true)?.moved("From ".len()),
        None => label_name::parse_name(label, has_time || has_inner_time)?,
    };
    let form = if has_inner_time { LabelForm::Transcript } else { name.form };
    Some(FoundLabel { length, form, name: Some(name) })
}

/// A nickname of a chat: `<ann> It rained.`
fn nickname_label(words: &str) -> Option<FoundLabel> {
    const MAX_NICKNAME_BYTES: usize = 32;
    let inside = words.strip_prefix('<')?;
    let length = inside[..inside.floor_char_boundary(MAX_NICKNAME_BYTES)].find("> ")?;
    let name = LabelName::nickname(1..1 + length, &inside[..length])?;
    Some(FoundLabel { length: length + 2, form: LabelForm::Transcript, name: Some(name) })
}

/// A name and a time without a colon: "Ann Lee 0:04 It rained."
fn timed_label(words: &str) -> Option<FoundLabel> {
    let head = &words[..words.floor_char_boundary(MAX_LABEL_BYTES)];
    let (label, _) = opening::split_time(head);
    if label.len() == head.trim().len() || label.is_empty() {
        return None;
    }
    let time = head[label.len()..].len() - head[label.len()..].trim_start().len() + label.len();
    let length = time + opening::time_length(&head[time..])?;
    let name = label_name::parse_name(label, false).filter(|it| it.form != LabelForm::CommonWord)?;
    Some(FoundLabel { length, form: LabelForm::Transcript, name: Some(name) })
}

/// Whether words are said by somebody: several words, or one that ends like a sentence.
fn is_utterance(words: &str) -> bool {
    const MIN_WORDS: usize = 6;
    let bare = words.trim_end_matches(['”', '"', '’', ')', ']', ' ']);
    bare.ends_with(['.', '?', '!', '…', '—', '-', '–']) || words.split(' ').nth(MIN_WORDS - 1).is_some()
}
