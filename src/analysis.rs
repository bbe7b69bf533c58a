//! What was found in a story: people, organisations and places with their mentions; quotes with their speakers.

use crate::span::Span;

/// The findings of one story; every span points into that story's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Who and what is named, in order of first mention. An entity's number is its place here.
    pub entities: Vec<Entity>,
    /// What was said, in order of its first part. A quote's number is its place here.
    pub quotes: Vec<Quote>,
    /// What was found to be quotes and is none, by the reader's own word; in order of the first part.
    pub rejected: Vec<Quote>,
}

/// A person, body or place, with every mention of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in the story ("John Kerry"); for unnamed sources their own words ("a State Department official").
    pub name: String,
    /// Offices and affiliations, as the story gives them ("US Secretary of State").
    pub roles: Vec<String>,
    /// Other names that it goes by ("Kerry", "IS").
    pub aliases: Vec<String>,
    /// Where it is mentioned, in reading order, without overlaps.
    pub mentions: Vec<Mention>,
    /// For a group of joint speakers ("Lee and Ray said"), the numbers of its members; otherwise empty.
    pub members: Vec<usize>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A named person.
    Person,
    /// A named body: a company, a ministry, a party, a newspaper.
    Organisation,
    /// A named place.
    Place,
    /// People spoken of together ("researchers", "Lee and Ray").
    Group,
    /// Somebody whom the story does not name ("a State Department official").
    Unnamed,
}

impl EntityKind {
    /// Its name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Group => "group",
            Self::Unnamed => "unnamed",
        }
    }
}

/// One place where an entity is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where; a title or office before a name does not belong to it.
    pub span: Span,
    /// By what kind of words.
    pub kind: MentionKind,
}

/// The kind of words that mention somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// "John Kerry", "Kerry", "IS".
    Name,
    /// "the foreign minister".
    Role,
    /// "she", "they".
    Pronoun,
    /// "a State Department official", "the company".
    Description,
}

impl MentionKind {
    /// Its name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Pronoun => "pronoun",
            Self::Description => "description",
        }
    }
}

/// One thing said, with all of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How it is given.
    pub kind: QuoteKind,
    /// Its stretches in reading order (two or more where the cue splits it); marks belong to them.
    pub parts: Vec<Span>,
    /// The number of the entity that said it; `None` where nobody can be named.
    pub speaker: Option<usize>,
    /// The words that name the speaker for this quote ("Kerry", "she").
    pub speaker_mention: Option<Span>,
    /// The words that report it ("said", "according to").
    pub cue: Option<Span>,
    /// What spoke for this speaker.
    pub rule: AttributionRule,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
}

impl Quote {
    /// From its first part's start to its last part's end, the cue between them included.
    pub fn extent(&self) -> Span {
        let first = self.parts.first().copied().unwrap_or_default();
        self.parts.iter().fold(first, |all, part| all.cover(*part))
    }

    /// Its own words, the parts joined by a blank.
    pub fn text(&self, text: &str) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|it| it.slice(text)).collect();
        parts.join(" ")
    }

    /// Whether its speaker wants a question mark wherever it is shown: a
    /// confidence under [`Quote::DOUBT`].
    pub fn is_doubtful(&self) -> bool {
        self.speaker.is_some() && self.confidence < Self::DOUBT_THRESHOLD
    }

    /// The confidence under which an attribution is doubtful.
    pub const DOUBT_THRESHOLD: f32 = 0.5;
}

/// How something said is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteKind {
    /// All of it between quotation marks.
    Direct,
    /// Partly between marks.
    Mixed,
    /// In the reporter's words.
    Indirect,
}

impl QuoteKind {
    /// Its name in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// What made an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributionRule {
    /// "X said": the speaker stands before the cue.
    SpeakerThenCue,
    /// "said X": the cue stands before the speaker.
    CueThenSpeaker,
    /// "according to X", "in the words of X".
    AccordingTo,
    /// "X: …", as in a headline or a list of remarks.
    Label,
    /// "… – X": a signature after a dash.
    Signature,
    /// A turn of an interview.
    Turn,
    /// No cue of its own: it goes on with the speaker of the run it stands in.
    Continued,
    /// "X's claim that …", "in a statement": a noun carries it.
    Noun,
    /// The nearest person or body that can speak.
    Nearest,
    /// The learned tagger linked the words to this source.
    Tagger,
    /// The reader's own word.
    User,
    /// Nothing names a speaker.
    Unknown,
}

impl AttributionRule {
    /// Its name in exports.
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

    /// The same in words, for a reader who asks why.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SpeakerThenCue => "the speaker stands before the reporting words",
            Self::CueThenSpeaker => "the speaker stands after the reporting words",
            Self::AccordingTo => "a phrase such as “according to” names the source",
            Self::Label => "a name and a colon introduce the words",
            Self::Signature => "the words are signed",
            Self::Turn => "it is this person's turn in an interview",
            Self::Continued => "the speech before it goes on",
            Self::Noun => "a noun such as “statement” carries the words",
            Self::Nearest => "the nearest person who could have said it",
            Self::Tagger => "the learned tagger linked the words to this source",
            Self::User => "you said so",
            Self::Unknown => "nothing names a speaker",
        }
    }
}

impl Analysis {
    /// The numbers of the quotes of an entity, in reading order: its own, and those of groups that it is a member of.
    pub fn quotes_of(&self, entity: usize) -> Vec<usize> {
        let said = |speaker: usize| {
            speaker == entity || self.entities.get(speaker).is_some_and(|it| it.members.contains(&entity))
        };
        let numbered = self.quotes.iter().enumerate();
        numbered.filter(|(_, quote)| quote.speaker.is_some_and(said)).map(|(number, _)| number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(name: &str, members: Vec<usize>) -> Entity {
        let kind = if members.is_empty() { EntityKind::Person } else { EntityKind::Group };
        Entity { kind, name: name.into(), roles: vec![], aliases: vec![], mentions: vec![], members }
    }

    fn quote(speaker: Option<usize>, parts: &[(usize, usize)]) -> Quote {
        Quote {
            kind: QuoteKind::Direct,
            parts: parts.iter().map(|it| Span::new(it.0, it.1)).collect(),
            speaker,
            speaker_mention: None,
            cue: None,
            rule: AttributionRule::Unknown,
            confidence: 0.4,
        }
    }

    #[test]
    fn a_member_of_a_joint_speaker_said_it_too() {
        let analysis = Analysis {
            entities: vec![
                entity("Ann Lee", vec![]),
                entity("Bo Ray", vec![]),
                entity("Lee and Ray", vec![0, 1]),
            ],
            quotes: vec![quote(Some(2), &[(0, 4)]), quote(Some(0), &[(5, 9)]), quote(None, &[(10, 14)])],
            rejected: vec![],
        };
        assert_eq!(analysis.quotes_of(0), [0, 1]);
        assert_eq!(analysis.quotes_of(1), [0]);
        assert_eq!(analysis.quotes_of(2), [0]);
    }

    #[test]
    fn a_split_quote_extends_over_its_cue_and_says_its_parts() {
        let split = quote(Some(0), &[(0, 4), (9, 13)]);
        assert_eq!(split.extent(), Span::new(0, 13));
        assert_eq!(split.text("'We' Ann 'won'"), "'We' 'won");
    }

    #[test]
    fn only_a_named_speaker_can_be_doubtful() {
        assert!(quote(Some(0), &[]).is_doubtful());
        assert!(!quote(None, &[]).is_doubtful());
    }
}
