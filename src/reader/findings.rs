//! The findings of a story as a reader asks for them: speakers in order of first speech, names and quotes by place.

use pullquote::analysis::{Analysis, Entity, EntityKind, Form, Quote};
use pullquote::span::Span;

use super::marks::Marks;

/// An [`Analysis`], and what a screen needs to know of it at once.
pub(super) struct Findings {
    pub(super) analysis: Analysis,
    /// In order of first speech. A speaker's number is its place here; on the screen stands its label.
    pub(super) speakers: Vec<Speaker>,
    /// Each quote's speaker.
    speaker_of: Vec<usize>,
    /// Each entity's number as a speaker; at the end that of nobody.
    place: Vec<Option<usize>>,
    /// All mentions, with the entity's number and the form.
    pub(super) names: Marks<(usize, Form)>,
    /// All parts of quotes, with the quote's number.
    pub(super) parts: Marks<usize>,
}

/// Somebody who says something.
pub(super) struct Speaker {
    /// The entity's number; `None` stands for all quotes of which nobody knows who said them.
    pub(super) entity: Option<usize>,
    /// The number among those that are known, from 0.
    pub(super) known: Option<usize>,
    /// In reading order.
    pub(super) quotes: Vec<usize>,
}

impl Speaker {
    /// What stands on the screen for a speaker: a number from 1, or "?".
    pub(super) fn label(&self) -> String {
        self.known.map_or("?".into(), |it| (it + 1).to_string())
    }
}

impl Findings {
    pub(super) fn new(analysis: Analysis) -> Self {
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut known = 0;
        let mut place = vec![None; analysis.entities.len() + 1];
        let mut speaker_of = Vec::with_capacity(analysis.quotes.len());
        for (number, quote) in analysis.quotes.iter().enumerate() {
            let entity = quote.speaker.filter(|it| *it < analysis.entities.len());
            let speaker = *place[entity.unwrap_or(analysis.entities.len())].get_or_insert_with(|| {
                let number = entity.map(|_| known);
                known += usize::from(entity.is_some());
                speakers.push(Speaker { entity, known: number, quotes: Vec::new() });
                speakers.len() - 1
            });
            speakers[speaker].quotes.push(number);
            speaker_of.push(speaker);
        }
        let mentions = analysis.entities.iter().enumerate();
        let mentions =
            mentions.flat_map(|(number, it)| it.mentions.iter().map(move |it| (it.span, (number, it.form))));
        let names = Marks::new(mentions.collect());
        let parts = analysis.quotes.iter().enumerate();
        let parts = parts.flat_map(|(number, it)| it.parts.iter().map(move |part| (*part, number)));
        let parts = Marks::new(parts.collect());
        Self { analysis, speakers, speaker_of, place, names, parts }
    }

    pub(super) fn quote(&self, number: usize) -> Option<&Quote> {
        self.analysis.quotes.get(number)
    }

    pub(super) fn entity(&self, number: usize) -> Option<&Entity> {
        self.analysis.entities.get(number)
    }

    /// The number of the speaker of a quote.
    pub(super) fn speaker_of(&self, quote: usize) -> Option<usize> {
        self.speaker_of.get(quote).copied()
    }

    /// The number as a speaker of an entity that says something.
    pub(super) fn speaker(&self, entity: usize) -> Option<usize> {
        self.place[..self.analysis.entities.len()].get(entity).copied().flatten()
    }

    /// The entity behind a speaker.
    pub(super) fn who(&self, speaker: usize) -> Option<&Entity> {
        self.entity(self.speakers.get(speaker)?.entity?)
    }

    pub(super) fn name(&self, speaker: usize) -> &str {
        self.who(speaker).map_or("unknown speaker", |it| it.name.as_str())
    }

    /// What a speaker is called where there is little room: "Kerry".
    pub(super) fn short_name(&self, speaker: usize) -> &str {
        let Some(entity) = self.who(speaker) else { return "unknown" };
        let last = entity.aliases.iter().filter(|it| entity.name.ends_with(it.as_str()));
        let last = last.min_by_key(|it| it.len()).map_or(entity.name.as_str(), String::as_str);
        if entity.kind == EntityKind::Person { last } else { &entity.name }
    }

    /// The quote at `place`: the shortest that holds it, else the first that shares the row `span` with it.
    pub(super) fn quote_at(&self, place: usize, row: Span) -> Option<usize> {
        self.parts.at(place).or_else(|| self.parts.meeting(row).next()).map(|it| it.1)
    }

    /// The first mention of an entity.
    pub(super) fn first_mention(&self, entity: usize) -> Option<Span> {
        self.entity(entity)?.mentions.first().map(|it| it.span)
    }

    /// The entities of some kinds, the most mentioned first.
    pub(super) fn most_mentioned(&self, kinds: &[EntityKind]) -> Vec<usize> {
        let all = self.analysis.entities.iter().enumerate();
        let mut some: Vec<usize> = all.filter(|it| kinds.contains(&it.1.kind)).map(|it| it.0).collect();
        some.sort_by_key(|it| std::cmp::Reverse(self.analysis.entities[*it].mentions.len()));
        some
    }

    /// How many quotes each entity has, those of its groups with them.
    pub(super) fn quotes_by_entity(&self) -> Vec<usize> {
        let mut counts = vec![0; self.analysis.entities.len()];
        for speaker in &self.speakers {
            let Some(number) = speaker.entity else { continue };
            counts[number] += speaker.quotes.len();
            for member in &self.analysis.entities[number].members {
                if let Some(count) = counts.get_mut(*member) {
                    *count += speaker.quotes.len();
                }
            }
        }
        counts
    }
}
