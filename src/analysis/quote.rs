//! A quote: its parts, its speaker, its kind and the rule that identified the speaker.

use std::fmt;

use crate::span::Span;
use crate::text_safety::one_line;

/// One quote with all of its parts.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quote {
    /// Whether somebody said it, or the reporter tells what somebody thinks or does.
    pub act: Act,
    /// Whether the quote stands in quotation marks.
    pub kind: QuoteKind,
    /// The spans of the quote in reading order, quotation marks included; several where the cue splits the quote.
    pub parts: Vec<Span>,
    /// The number of the entity that said it; `None` where the speaker is unknown.
    pub speaker: Option<usize>,
    /// The words that name the speaker of this quote ("Kerry", "she"); `None` where no words do.
    pub speaker_mention: Option<Span>,
    /// The reporting words ("said", "according to"); `None` where there are none.
    pub cue: Option<Span>,
    /// The rule that identified the speaker.
    pub rule: AttributionRule,
    /// The calibrated probability, from 0 to 1, that both the words and the speaker are right.
    pub confidence: f32,
}

/// Words that tell no more than that something was said.
const PLAIN_CUES: &[&str] = &[
    "according",
    "add",
    "added",
    "adding",
    "adds",
    "report",
    "reported",
    "reporting",
    "reports",
    "said",
    "say",
    "saying",
    "says",
    "stated",
    "states",
    "stating",
    "tell",
    "telling",
    "tells",
    "told",
    "write",
    "writes",
    "writing",
    "wrote",
];

/// Words that turn them into their opposite.
const NEGATIONS: &[&str] = &["denied", "denies", "deny", "denying", "never", "no", "not", "t"];

impl Quote {
    /// Speech of an unknown speaker, with a confidence of 0. `parts` are in reading order.
    pub fn new(kind: QuoteKind, parts: Vec<Span>) -> Self {
        Self {
            act: Act::Speech,
            kind,
            parts,
            speaker: None,
            speaker_mention: None,
            cue: None,
            rule: AttributionRule::Unknown,
            confidence: 0.0,
        }
    }

    /// The span from the start of the first part to the end of the last, with any cue between them.
    pub fn extent(&self) -> Span {
        let first = self.parts.first().copied().unwrap_or_default();
        self.parts.iter().fold(first, |all, part| all.cover(*part))
    }

    /// The parts of the quote in the story's `text`, each with what joins it to the part before: a space between two
    /// quotations with marks of their own, whatever the reporter wrote between them; else " … " in place of other words, "\n"
    /// for the end of a paragraph, a space otherwise; nothing before the first part.
    ///
    /// All that shows a quote in words joins its parts by these. "…" never stands where nothing that the speaker said is left out.
    pub fn joined_parts<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.joints(text).map(|(joint, part)| (joint.map_or("", |it| it.symbol), part))
    }

    /// The parts of the quote, each with what joins it to the part before.
    fn joints<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Option<Joint>, &'a str)> {
        self.parts.iter().enumerate().map(move |(at, part)| {
            let before = at.checked_sub(1).map(|it| self.parts[it]);
            (before.map(|it| Joint::new(it, *part, text)), part.slice(text))
        })
    }

    /// The words of the quote in the story's `text`: its parts on one line, joined as in [`Quote::joined_parts`].
    pub fn text(&self, text: &str) -> String {
        let parts = self.joined_parts(text);
        parts.flat_map(|(joint, part)| [if joint == "\n" { " " } else { joint }, part]).collect()
    }

    /// The words of the quote on one line, in curly quotation marks if it is direct, as a reporter copies them: `“We lost,” “We
    /// will rebuild.”` Paragraphs that are quoted on share one pair of marks. Other quotes keep the marks that they have.
    pub fn quotation(&self, text: &str) -> String {
        if self.kind != QuoteKind::Direct {
            return one_line(&self.text(text));
        }
        let mut quotation = String::new();
        for (joint, part) in self.joints(text) {
            quotation.push_str(match joint {
                None => "“",
                Some(Joint { is_between_quotations: true, .. }) => "” “",
                Some(Joint { symbol: "\n", .. }) => " ",
                Some(Joint { symbol, .. }) => symbol,
            });
            quotation.push_str(&one_line(without_marks(part)));
        }
        quotation + "”"
    }

    /// The kind of the quote; of a paraphrase with the words that report it, if they tell more than that it was said:
    /// "paraphrase: denied".
    pub fn kind_and_cue(&self, text: &str) -> String {
        let cue = self.telling_cue(text).map_or_else(String::new, |it| format!(": {it}"));
        format!("{}{cue}", self.kind)
    }

    /// The words that report a paraphrase in the story's `text`, without which it may be misunderstood: "denied" of "Lee denied
    /// that the dam leaked". They are on one line. `None` for other quotes, and where the words tell no more than that something was said.
    pub fn telling_cue(&self, text: &str) -> Option<String> {
        let cue = self.cue.filter(|_| self.kind == QuoteKind::Indirect)?.slice(text);
        let has = |list: &[&str]| {
            cue.split(|it: char| !it.is_alphabetic()).any(|it| list.contains(&it.to_lowercase().as_str()))
        };
        (!has(PLAIN_CUES) || has(NEGATIONS)).then(|| one_line(cue))
    }

    /// Whether the quote has a speaker, but a confidence below [`Quote::DOUBT_THRESHOLD`].
    pub fn is_doubtful(&self) -> bool {
        self.speaker.is_some() && self.confidence < Self::DOUBT_THRESHOLD
    }

    /// Whether the user has confirmed or corrected the speaker.
    pub fn is_verified(&self) -> bool {
        self.rule == AttributionRule::User
    }

    /// The confidence below which an attribution is uncertain.
    pub const DOUBT_THRESHOLD: f32 = 0.5;
}

/// What joins two parts of a quote.
#[derive(Clone, Copy)]
struct Joint {
    /// What stands between them: see [`Quote::joined_parts`].
    symbol: &'static str,
    /// Whether each is a quotation with marks of its own.
    is_between_quotations: bool,
}

impl Joint {
    fn new(before: Span, part: Span, text: &str) -> Self {
        let between = Span::new(before.end, part.start).slice(text);
        let is_between_quotations = are_two_quotations(before.slice(text), part.slice(text));
        let symbol = if between.contains(char::is_alphanumeric) {
            if is_between_quotations { " " } else { " … " }
        } else if between.contains('\n') {
            "\n"
        } else {
            " "
        };
        Self { symbol, is_between_quotations }
    }
}

/// Marks that begin a quotation, and marks that end one. An apostrophe is among them.
const OPENING_MARKS: &[char] = &['"', '“', '„', '‟', '«', '»', '‹', '›', '‘', '‚', '\''];
const CLOSING_MARKS: &[char] = &['"', '”', '“', '»', '«', '›', '‹', '’', '‘', '\''];

/// Whether the first part ends with a quotation mark, and the second one begins with one of the same kind: each is a quotation of
/// its own. A paragraph that is quoted on ends without a mark.
fn are_two_quotations(first: &str, second: &str) -> bool {
    let end = first.trim_end_matches([' ', ',', '.', ';', ':']).chars().next_back();
    let start = second.trim_start().chars().next();
    let is_single = |mark: char| matches!(mark, '‘' | '’' | '‚' | '\'' | '‹' | '›');
    match (end.filter(|it| CLOSING_MARKS.contains(it)), start.filter(|it| OPENING_MARKS.contains(it))) {
        (Some(end), Some(start)) => is_single(end) == is_single(start),
        _ => false,
    }
}

/// The words between the quotation marks at the ends of a part; an apostrophe is taken for a mark only if the part begins with a
/// single mark.
fn without_marks(part: &str) -> &str {
    let part = part.trim();
    let words = part.trim_start_matches(['"', '“', '„', '‟', '«', '»']);
    if words.len() < part.len() {
        return words.trim_end_matches(['"', '”', '“', '»', '«']).trim();
    }
    match part.strip_prefix(OPENING_MARKS) {
        Some(words) => words.strip_suffix(CLOSING_MARKS).unwrap_or(words).trim(),
        None => part.trim_end_matches(['"', '”', '»', '«']).trim(),
    }
}

/// What an attribution tells of its source. `PolNeAR` labels both; only speech is a quote for most users.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Act {
    /// Somebody said, wrote or asked it, or it stands in quotation marks.
    #[default]
    Speech,
    /// A belief, plan, feeling or decision in the reporter's words: "the council approved the motion".
    Stance,
}

impl Act {
    /// The name of the act in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Stance => "stance",
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The kind of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteKind {
    /// A direct quote: all of it in quotation marks.
    Direct,
    /// A partial quote: some words in quotation marks.
    Mixed,
    /// A paraphrase in the reporter's words.
    Indirect,
}

impl QuoteKind {
    /// The name of the kind, on the screen and in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "partial",
            Self::Indirect => "paraphrase",
        }
    }
}

impl QuoteKind {
    /// The quotes of the kind in words: "partial quotes".
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Direct => "direct quotes",
            Self::Mixed => "partial quotes",
            Self::Indirect => "paraphrases",
        }
    }

    /// The quotes of some kinds in words: "partial quotes, paraphrases"; "quotations" for all that stands in quotation marks.
    pub fn describe_all(kinds: &[Self]) -> String {
        let has = |kind| kinds.contains(&kind);
        if has(Self::Direct) && has(Self::Mixed) && !has(Self::Indirect) {
            return "quotations".into();
        }
        kinds.iter().map(|it| it.plural()).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for QuoteKind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The rule that identified the speaker of a quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AttributionRule {
    /// "X said": the speaker comes before the cue.
    SpeakerThenCue,
    /// "said X": the cue comes before the speaker.
    CueThenSpeaker,
    /// "according to X", "in the words of X".
    AccordingTo,
    /// "X: …", as in a headline or a list of remarks.
    Label,
    /// "… – X": a signature after a dash.
    Signature,
    /// A turn of an interview.
    Turn,
    /// The quote has no cue and continues the quotes of the same speaker.
    Continued,
    /// "X's claim that …", "in a statement": a noun introduces the quote.
    Noun,
    /// The nearest person or organisation that can speak.
    Nearest,
    /// The learned tagger linked the quote to this source.
    Tagger,
    /// The user named the speaker.
    User,
    /// The speaker is unknown.
    #[default]
    Unknown,
}

impl AttributionRule {
    /// The name of the rule in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SpeakerThenCue => "speaker-then-cue",
            Self::CueThenSpeaker => "cue-then-speaker",
            Self::AccordingTo => "according-to",
            Self::Label => "label",
            Self::Signature => "signature",
            Self::Turn => "turn",
            Self::Continued => "continued",
            Self::Noun => "noun",
            Self::Nearest => "nearest",
            Self::Tagger => "tagger",
            Self::User => "reader",
            Self::Unknown => "unknown",
        }
    }

    /// The rule in words, for a user who asks why a quote has its speaker.
    pub const fn description(self) -> &'static str {
        match self {
            Self::SpeakerThenCue => "speaker comes before the verb",
            Self::CueThenSpeaker => "speaker comes after the verb",
            Self::AccordingTo => "a phrase such as “according to” names the speaker",
            Self::Label => "a name and a colon introduce the quote",
            Self::Signature => "signed with a name",
            Self::Turn => "this speaker's turn in an interview",
            Self::Continued => "continues the previous quote",
            Self::Noun => "introduced by a noun (“a statement …”)",
            Self::Nearest => "the nearest person who could have said it",
            Self::Tagger => "found by the language model",
            Self::User => "confirmed or corrected by you",
            Self::Unknown => "no speaker named",
        }
    }
}

impl fmt::Display for AttributionRule {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}
