//! The findings of a story as a reader asks for them: speakers in order of first speech, names and quotes by place.

use pullquote::analysis::{Analysis, Entity, EntityKind, MentionKind, Quote};
use pullquote::span::Span;
use pullquote::story::Story;

use crate::tui::text::span_index::SpanIndex;

/// An [`Analysis`], and what a screen needs to know of it at once.
pub(crate) struct Findings {
    pub(crate) analysis: Analysis,
    /// In order of first speech. A speaker's number is its place here; on the screen stands its label.
    pub(crate) speakers: Vec<Speaker>,
    /// Each quote's speaker.
    speaker_of: Vec<usize>,
    /// Each entity's number as a speaker; at the end that of nobody.
    speaker_of_entity: Vec<Option<usize>>,
    /// All mentions, with the entity's number and the form.
    pub(crate) mentions: SpanIndex<(usize, MentionKind)>,
    /// All parts of quotes, with the quote's number.
    pub(crate) quote_parts: SpanIndex<usize>,
    /// The same of what the reader has struck out.
    pub(crate) rejected_parts: SpanIndex<usize>,
}

/// Somebody who says something.
pub(crate) struct Speaker {
    /// The entity's number; `None` stands for all quotes of which nobody knows who said them.
    pub(crate) entity: Option<usize>,
    /// The number among those that are known, from 0.
    pub(crate) number: Option<usize>,
    /// In reading order.
    pub(crate) quotes: Vec<usize>,
}

impl Speaker {
    /// What stands on the screen for a speaker: a number from 1, or "?".
    pub(crate) fn label(&self) -> String {
        self.number.map_or("?".into(), |it| (it + 1).to_string())
    }
}

impl Findings {
    pub(crate) fn new(analysis: Analysis) -> Self {
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut known = 0;
        let mut speaker_of_entity = vec![None; analysis.entities.len() + 1];
        let mut speaker_of = Vec::with_capacity(analysis.quotes.len());
        for (number, quote) in analysis.quotes.iter().enumerate() {
            let entity = quote.speaker.filter(|it| *it < analysis.entities.len());
            let speaker =
                *speaker_of_entity[entity.unwrap_or(analysis.entities.len())].get_or_insert_with(|| {
                    let number = entity.map(|_| known);
                    known += usize::from(entity.is_some());
                    speakers.push(Speaker { entity, number, quotes: Vec::new() });
                    speakers.len() - 1
                });
            speakers[speaker].quotes.push(number);
            speaker_of.push(speaker);
        }
        let mentions = analysis.entities.iter().enumerate();
        let mentions =
            mentions.flat_map(|(number, it)| it.mentions.iter().map(move |it| (it.span, (number, it.kind))));
        let mentions = SpanIndex::new(mentions.collect());
        let quote_parts = index_parts(&analysis.quotes);
        let rejected_parts = self::index_parts(&analysis.rejected);
        Self { analysis, speakers, speaker_of, speaker_of_entity, mentions, quote_parts, rejected_parts }
    }

    pub(crate) fn quote(&self, number: usize) -> Option<&Quote> {
        self.analysis.quotes.get(number)
    }

    pub(crate) fn entity(&self, number: usize) -> Option<&Entity> {
        self.analysis.entities.get(number)
    }

    /// The number of the speaker of a quote.
    pub(crate) fn speaker_of(&self, quote: usize) -> Option<usize> {
        self.speaker_of.get(quote).copied()
    }

    /// The number as a speaker of an entity that says something.
    pub(crate) fn speaker_of_entity(&self, entity: usize) -> Option<usize> {
        self.speaker_of_entity[..self.analysis.entities.len()].get(entity).copied().flatten()
    }

    /// The entity behind a speaker.
    pub(crate) fn entity_of_speaker(&self, speaker: usize) -> Option<&Entity> {
        self.entity(self.speakers.get(speaker)?.entity?)
    }

    pub(crate) fn speaker_name(&self, speaker: usize) -> &str {
        self.entity_name(self.speakers.get(speaker).and_then(|it| it.entity))
    }

    /// What a speaker is called where there is little room: "Kerry".
    pub(crate) fn short_speaker_name(&self, speaker: usize) -> &str {
        self.short_entity_name(self.speakers.get(speaker).and_then(|it| it.entity))
    }

    /// The name of an entity, or of nobody.
    pub(crate) fn entity_name(&self, entity: Option<usize>) -> &str {
        entity.and_then(|it| self.entity(it)).map_or("unknown speaker", |it| it.name.as_str())
    }

    /// The same where there is little room.
    pub(crate) fn short_entity_name(&self, entity: Option<usize>) -> &str {
        let Some(entity) = entity.and_then(|it| self.entity(it)) else { return "unknown" };
        let last = entity.aliases.iter().filter(|it| entity.name.ends_with(it.as_str()));
        let last = last.min_by_key(|it| it.len()).map_or(entity.name.as_str(), String::as_str);
        if entity.kind == EntityKind::Person { last } else { &entity.name }
    }

    /// What is said of an entity beside its name, or of nobody, in few words; often nothing.
    pub(crate) fn entity_note(&self, entity: Option<usize>) -> &str {
        let Some(entity) = entity.and_then(|it| self.entity(it)) else { return "nobody is named" };
        let alias = || entity.aliases.iter().find(|it| !entity.name.contains(it.as_str()));
        match (entity.roles.first().or_else(alias), entity.kind) {
            (Some(role), _) => role,
            (None, EntityKind::Unnamed) => "not named",
            (None, _) => "",
        }
    }

    /// Whether what `speaker` says is said by an entity, or by nobody that is known: it is the same, or a group with
    /// that member.
    pub(crate) fn is_said_by(&self, entity: Option<usize>, speaker: Option<usize>) -> bool {
        let members = speaker.and_then(|it| self.entity(it)).map_or(&[][..], |it| &it.members);
        entity == speaker || entity.is_some_and(|it| members.contains(&it))
    }

    /// The first mention of an entity.
    pub(crate) fn first_mention(&self, entity: usize) -> Option<Span> {
        self.entity(entity)?.mentions.first().map(|it| it.span)
    }

    /// The entities of some kinds, the most mentioned first.
    pub(crate) fn most_mentioned(&self, kinds: &[EntityKind]) -> Vec<usize> {
        let all = self.analysis.entities.iter().enumerate();
        let mut some: Vec<usize> = all.filter(|it| kinds.contains(&it.1.kind)).map(|it| it.0).collect();
        some.sort_by_key(|it| std::cmp::Reverse(self.analysis.entities[*it].mentions.len()));
        some
    }

    /// How many of some quotes each entity has, those of its groups with them.
    pub(crate) fn quote_counts(&self, quotes: &[usize]) -> Vec<usize> {
        let mut counts = vec![0; self.analysis.entities.len()];
        let speakers = quotes.iter().filter_map(|it| self.quote(*it)?.speaker);
        for speaker in speakers.filter(|it| *it < self.analysis.entities.len()) {
            counts[speaker] += 1;
            for member in &self.analysis.entities[speaker].members {
                if let Some(count) = counts.get_mut(*member) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// How often each entity is mentioned in those blocks of the story that are let through; one that only repeats another
    /// is not seen.
    pub(crate) fn mention_counts(&self, story: &Story, through: &[bool]) -> Vec<usize> {
        let mut counts = vec![0; self.analysis.entities.len()];
        let blocks = story.blocks();
        let mut block = 0;
        for (span, (entity, _)) in self.mentions.all() {
            while blocks.get(block).is_some_and(|it| it.span.end <= span.start) {
                block += 1;
            }
            let seen = blocks.get(block).is_none_or(|it| it.repeats.is_none() && through[block]);
            counts[*entity] += usize::from(seen);
        }
        counts
    }
}

fn index_parts(quotes: &[Quote]) -> SpanIndex<usize> {
    let parts = quotes.iter().enumerate();
    SpanIndex::new(parts.flat_map(|(number, it)| it.parts.iter().map(move |part| (*part, number))).collect())
}
