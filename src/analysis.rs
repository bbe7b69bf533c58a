//! The result of the analysis: people, organisations and places with their mentions, and quotes with their speakers.

mod excerpt;
mod quote;

use std::fmt;
use std::ops::ControlFlow;

pub use crate::analysis::excerpt::Excerpt;
pub use crate::analysis::quote::{Act, AttributionRule, Quote, QuoteKind};
use crate::span::Span;
use crate::speaker_numbers::SpeakerNumbers;

/// What was found in one story. Every span refers to the text of that story.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Analysis {
    /// People, organisations and places in order of first mention. The number of an entity is its index here.
    pub entities: Vec<Entity>,
    /// Quotes in the order of their first parts. The number of a quote is its index here.
    pub quotes: Vec<Quote>,
    /// Quotes that the user marked as wrong, in the order of their first parts.
    pub rejected: Vec<Quote>,
    /// The numbers of the speakers before quotes were corrected or left out; `None` where none was.
    pub original_numbers: Option<SpeakerNumbers>,
    /// For each quote its number before quotes were rejected or left out, from 0; `None` where none was.
    pub original_quotes: Option<Vec<usize>>,
    /// What was chosen, if the analysis has only some of the quotes that were found; else `None`.
    pub excerpt: Option<Excerpt>,
    /// The offset at which the analysis ended, if the story is longer than the engine reads; else `None`.
    pub analyzed_to: Option<usize>,
}

/// How far the analysis of a long story has come.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AnalysisProgress {
    /// The share of the story that was read, from 0 to 1.
    pub share: f32,
    /// What was found in the first part of the story; `None` where nothing was looked for since the last time.
    pub first_part: Option<Analysis>,
}

impl AnalysisProgress {
    /// A progress of a share from 0 to 1.
    pub const fn new(share: f32, first_part: Option<Analysis>) -> Self {
        Self { share, first_part }
    }
}

/// Takes the progress of an analysis, and stops it with [`ControlFlow::Break`].
pub type ProgressObserver<'a> = dyn FnMut(AnalysisProgress) -> ControlFlow<()> + 'a;

/// A person, organisation, place, unnamed source or document, with all mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entity {
    /// The kind of the entity.
    pub kind: EntityKind,
    /// The fullest name in the story ("John Kerry"). An unnamed source has its own words ("a State Department official").
    pub name: String,
    /// Offices and affiliations as the story gives them ("US Secretary of State").
    pub roles: Vec<String>,
    /// Other names of the entity in the story ("Kerry", "IS").
    pub aliases: Vec<String>,
    /// All mentions in reading order, without overlaps.
    pub mentions: Vec<Mention>,
    /// The numbers of the members of a group of joint speakers ("Lee and Ray said"); otherwise empty.
    pub members: Vec<usize>,
    /// The number of the entity that it speaks for, most often an organisation: the ministry of an official, the person behind a spokesman, and
    /// who issued a document. `None` where the story names none.
    pub affiliation: Option<usize>,
}

impl Entity {
    /// An entity with a name and nothing else.
    pub fn new(kind: EntityKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            roles: Vec::new(),
            aliases: Vec::new(),
            mentions: Vec::new(),
            members: Vec::new(),
            affiliation: None,
        }
    }
}

/// The kind of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A named person.
    Person,
    /// A named organisation: a company, a ministry, a party, a newspaper.
    Organisation,
    /// A named place.
    Place,
    /// People mentioned together ("researchers", "Lee and Ray").
    Group,
    /// A source without a name ("a State Department official").
    Unnamed,
    /// A document that says something, by whatever words ("a report by Norbex", "the lawsuit").
    Document,
}

impl EntityKind {
    /// The name of the kind in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Group => "group",
            Self::Unnamed => "unnamed",
            Self::Document => "document",
        }
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// The words of the mention, without a title or office before a name.
    pub span: Span,
    /// The kind of the words.
    pub kind: MentionKind,
}

impl Mention {
    /// A mention of a kind.
    pub const fn new(span: Span, kind: MentionKind) -> Self {
        Self { span, kind }
    }
}

/// The kind of words that mention an entity.
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
    /// The name of the kind in exports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Pronoun => "pronoun",
            Self::Description => "description",
        }
    }
}

impl fmt::Display for MentionKind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Analysis {
    /// The numbers and hues of the speakers: those of the quotes as they were found.
    pub fn speaker_numbers(&self) -> SpeakerNumbers {
        let found = || SpeakerNumbers::new(self.quotes.iter().filter_map(|it| it.speaker));
        self.original_numbers.clone().unwrap_or_else(found)
    }

    /// Keeps the numbers of the speakers as they are, whatever becomes of the quotes.
    pub fn fix_speaker_numbers(&mut self) {
        self.original_numbers = Some(self.speaker_numbers());
    }

    /// The number of a quote, from 1: its place among the quotes that were found, whatever was rejected or left out since.
    pub fn quote_number(&self, index: usize) -> usize {
        self.original_quotes.as_ref().and_then(|it| it.get(index)).copied().unwrap_or(index) + 1
    }

    /// The same analysis with speech only: no quote is [`Act::Stance`], and no unnamed source, document or group is listed that
    /// said nothing. Entities are numbered anew.
    #[must_use]
    pub fn without_stance(mut self) -> Self {
        self.quotes.retain(|it| it.act != Act::Stance);
        self.without_silent_sources()
    }

    /// The same analysis without the unnamed sources, documents and groups that said nothing. Entities are numbered anew.
    pub(crate) fn without_silent_sources(mut self) -> Self {
        let is_source =
            |it: &Entity| matches!(it.kind, EntityKind::Unnamed | EntityKind::Document | EntityKind::Group);
        let mut is_dropped: Vec<bool> = self.entities.iter().map(is_source).collect();
        for speaker in self.quotes.iter().chain(&self.rejected).filter_map(|it| it.speaker) {
            is_dropped[speaker] = false;
        }
        for entity in 0..self.entities.len() {
            let Entity { members, affiliation, .. } = &self.entities[entity];
            if !is_dropped[entity] {
                members.iter().chain(affiliation).for_each(|it| is_dropped[*it] = false);
            }
        }
        let mut entities = Vec::with_capacity(self.entities.len());
        let mut numbers = Vec::with_capacity(self.entities.len());
        for (entity, is_dropped) in self.entities.into_iter().zip(is_dropped) {
            numbers.push((!is_dropped).then_some(entities.len()));
            entities.extend((!is_dropped).then_some(entity));
        }
        let renumbered = |number: usize| numbers[number];
        for entity in &mut entities {
            entity.members = entity.members.iter().filter_map(|it| renumbered(*it)).collect();
            entity.affiliation = entity.affiliation.and_then(renumbered);
        }
        for quote in self.quotes.iter_mut().chain(&mut self.rejected) {
            quote.speaker = quote.speaker.and_then(renumbered);
        }
        Self { entities, original_numbers: None, original_quotes: None, ..self }
    }

    /// The numbers of the quotes of all entities, by the numbers of the entities; as [`Analysis::quotes_of`], for all at once.
    pub fn quotes_by_entity(&self) -> Vec<Vec<usize>> {
        let mut quotes: Vec<Vec<usize>> = vec![Vec::new(); self.entities.len()];
        for (number, quote) in self.quotes.iter().enumerate() {
            let Some(speaker) = quote.speaker else { continue };
            let members = self.entities.get(speaker).map_or(&[][..], |it| &it.members);
            for entity in [speaker].iter().chain(members) {
                if let Some(known) = quotes.get_mut(*entity).filter(|it| it.last() != Some(&number)) {
                    known.push(number);
                }
            }
        }
        quotes
    }

    /// The numbers of the quotes that an organisation said, or that somebody or something said for it: its officials,
    /// reports, polls. In reading order.
    pub fn quotes_of_affiliates(&self, organisation: usize) -> Vec<usize> {
        self.quotes_said_by(|entity| {
            entity == organisation
                || self.entities.get(entity).is_some_and(|it| it.affiliation == Some(organisation))
        })
    }

    /// The numbers of the quotes of an entity in reading order, with those of the groups that it is a member of.
    pub fn quotes_of(&self, entity: usize) -> Vec<usize> {
        self.quotes_said_by(|it| it == entity)
    }

    /// The numbers of the quotes in reading order whose speaker, or a member of it, is one of the wanted entities.
    fn quotes_said_by(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let is_speaker = |speaker: usize| {
            let members = self.entities.get(speaker).map_or(&[][..], |it| &it.members);
            is_wanted(speaker) || members.iter().any(|it| is_wanted(*it))
        };
        let numbered = self.quotes.iter().enumerate();
        numbered
            .filter(|(_, quote)| quote.speaker.is_some_and(is_speaker))
            .map(|(number, _)| number)
            .collect()
    }
}

#[cfg(test)]
mod tests;
