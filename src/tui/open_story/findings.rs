//! The analysis of a story with indexes for the screen: speakers by their first quote, mentions and quotes by offset.

use std::cell::OnceCell;
use std::collections::HashSet;

use pullquote::analysis::{Analysis, Entity, EntityKind, MentionKind, Quote, QuoteKind};
use pullquote::span::Span;
use pullquote::speaker_numbers::SpeakerNumber;
use pullquote::story::Story;

use crate::tui::open_story::quoted_words::QuoteWords;
use crate::tui::text::search_fold::fold_and_lowercase;
use crate::tui::text::span_index::SpanIndex;

/// The description of a source without a name.
pub(crate) const UNNAMED: &str = "unnamed";
/// Stands beside a document of which nothing more is known.
pub(crate) const DOCUMENT: &str = "document";

/// The description of what nobody is known to have said.
const NO_SPEAKER: &str = "no speaker given";

/// An [`Analysis`] with indexes for the screen.
pub(crate) struct Findings {
    pub(crate) analysis: Analysis,
    /// The speakers by their first quote. A speaker is referred to by its index here; the screen shows its label.
    pub(crate) speakers: Vec<Speaker>,
    /// The description beside the name of each entity.
    entity_notes: Vec<String>,
    /// The speaker of each quote.
    speaker_of: Vec<usize>,
    /// The speaker that each entity is; the last element is for the unknown speakers.
    speaker_of_entity: Vec<Option<usize>>,
    /// All mentions, each with its entity and kind.
    pub(crate) mentions: SpanIndex<(usize, MentionKind)>,
    /// All parts of quotes, each with its quote.
    pub(crate) quote_parts: SpanIndex<usize>,
    /// All parts of rejected quotes, each with the number of its rejected quote.
    pub(crate) rejected_parts: SpanIndex<usize>,
    /// The words of each quote, once they are counted.
    pub(crate) quote_words: OnceCell<Vec<QuoteWords>>,
    /// The characters of each quote's parts, with one more for each part; counted when they are first needed.
    lengths: OnceCell<Vec<usize>>,
    /// What is known of the quotes of each speaker, once it is asked for.
    speaker_facts: OnceCell<Vec<SpeakerFacts>>,
    /// The mentions of each entity in the whole story, once they are counted.
    all_mention_counts: OnceCell<Vec<usize>>,
}

/// What is known of all quotes of a speaker.
pub(crate) struct SpeakerFacts {
    /// Whether the speaker of one of them is certain.
    pub(crate) is_certain: bool,
    /// How many of them have words in quotation marks.
    pub(crate) quotations: usize,
}

/// A source that is quoted in the story.
pub(crate) struct Speaker {
    /// The entity; `None` stands for all unknown speakers together.
    pub(crate) entity: Option<usize>,
    /// The number and hue; `None` for the unknown speakers.
    pub(crate) number: Option<SpeakerNumber>,
    /// The speaker's quotes in reading order.
    pub(crate) quotes: Vec<usize>,
}

impl Speaker {
    /// Returns the speaker's label on the screen: a number from 1, or "?".
    pub(crate) fn label(&self) -> String {
        self.number.map_or("?".into(), |it| (it.number + 1).to_string())
    }
}

impl Findings {
    /// Indexes an analysis. The speakers have the numbers that they have in the engine's analysis, before corrections.
    pub(crate) fn new(analysis: Analysis) -> Self {
        let mut numbers = analysis.speaker_numbers();
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut speaker_of_entity = vec![None; analysis.entities.len() + 1];
        let mut speaker_of = Vec::with_capacity(analysis.quotes.len());
        for (number, quote) in analysis.quotes.iter().enumerate() {
            let entity = quote.speaker.filter(|it| *it < analysis.entities.len());
            let speaker =
                *speaker_of_entity[entity.unwrap_or(analysis.entities.len())].get_or_insert_with(|| {
                    let number = entity.map(|it| numbers.number_of(it));
                    speakers.push(Speaker { entity, number, quotes: Vec::new() });
                    speakers.len() - 1
                });
            speakers[speaker].quotes.push(number);
            speaker_of.push(speaker);
        }
        let mentions = analysis.entities.iter().enumerate();
        let mentions =
            mentions.flat_map(|(entity, it)| it.mentions.iter().map(move |it| (it.span, (entity, it.kind))));
        let mentions = SpanIndex::new(mentions.collect());
        let quote_parts = index_parts(&analysis.quotes);
        let rejected_parts = index_parts(&analysis.rejected);
        Self {
            entity_notes: analysis.entities.iter().map(|it| note_beside(it, &analysis)).collect(),
            analysis,
            speakers,
            speaker_of,
            speaker_of_entity,
            mentions,
            quote_parts,
            rejected_parts,
            quote_words: OnceCell::new(),
            lengths: OnceCell::new(),
            speaker_facts: OnceCell::new(),
            all_mention_counts: OnceCell::new(),
        }
    }

    /// Returns what is known of the quotes of each speaker.
    pub(crate) fn speaker_facts(&self) -> &[SpeakerFacts] {
        let facts = |speaker: &Speaker| {
            let quotes = || speaker.quotes.iter().filter_map(|it| self.quote(*it));
            SpeakerFacts {
                is_certain: quotes().any(|it| it.speaker.is_some() && !it.is_doubtful()),
                quotations: quotes().filter(|it| it.kind != QuoteKind::Indirect).count(),
            }
        };
        self.speaker_facts.get_or_init(|| self.speakers.iter().map(facts).collect())
    }

    /// Returns a quote by its number.
    pub(crate) fn quote(&self, number: usize) -> Option<&Quote> {
        self.analysis.quotes.get(number)
    }

    /// Returns how many columns a quote takes at least, with a space after each part. Every character counts as one
    /// column, since to measure those of many quotes takes long.
    pub(crate) fn quote_length(&self, number: usize, story: &Story) -> usize {
        let characters = |part: &Span| {
            // A byte that does not continue a character begins one.
            part.slice(story.text()).bytes().filter(|byte| byte & 0xc0 != 0x80).count()
        };
        let length = |quote: &Quote| {
            // A colon and a space follow the words that report a paraphrase.
            let label = quote.telling_cue(story.text()).map_or(0, |it| it.chars().count() + 2);
            label + quote.parts.iter().map(|it| 1 + characters(it)).sum::<usize>()
        };
        let lengths = self.lengths.get_or_init(|| self.analysis.quotes.iter().map(length).collect());
        lengths.get(number).copied().unwrap_or_default()
    }

    /// Returns an entity by its number.
    pub(crate) fn entity(&self, number: usize) -> Option<&Entity> {
        self.analysis.entities.get(number)
    }

    /// Returns the speaker of a quote.
    pub(crate) fn speaker_of(&self, quote: usize) -> Option<usize> {
        self.speaker_of.get(quote).copied()
    }

    /// Returns the speaker that an entity is; `None` if it is not quoted.
    pub(crate) fn speaker_of_entity(&self, entity: usize) -> Option<usize> {
        self.speaker_of_entity[..self.analysis.entities.len()].get(entity).copied().flatten()
    }

    /// Returns the entity of a speaker; `None` if the speaker is unknown.
    pub(crate) fn entity_of_speaker(&self, speaker: usize) -> Option<&Entity> {
        self.entity(self.speakers.get(speaker)?.entity?)
    }

    /// Returns the name of a speaker, or "Unknown speaker".
    pub(crate) fn speaker_name(&self, speaker: usize) -> &str {
        self.entity_name(self.speakers.get(speaker).and_then(|it| it.entity))
    }

    /// Returns a short name of a speaker: "Kerry".
    pub(crate) fn short_speaker_name(&self, speaker: usize) -> &str {
        self.short_entity_name(self.speakers.get(speaker).and_then(|it| it.entity))
    }

    /// Returns the name of an entity; `None` stands for the unknown speakers.
    pub(crate) fn entity_name(&self, entity: Option<usize>) -> &str {
        entity.and_then(|it| self.entity(it)).map_or("Unknown speaker", |it| it.name.as_str())
    }

    /// Returns a short name of an entity: of a person the shortest alias that ends the full name.
    pub(crate) fn short_entity_name(&self, entity: Option<usize>) -> &str {
        let Some(entity) = entity.and_then(|it| self.entity(it)) else { return "unknown" };
        let endings = entity.aliases.iter().filter(|it| entity.name.ends_with(it.as_str()));
        let shortest = endings.min_by_key(|it| it.len()).map_or(entity.name.as_str(), String::as_str);
        if entity.kind == EntityKind::Person { shortest } else { &entity.name }
    }

    /// Returns a short description beside an entity's name: its first role, else an alias, else for whom an unnamed source speaks; often
    /// empty.
    pub(crate) fn entity_note(&self, entity: Option<usize>) -> &str {
        let Some(entity) = entity else { return NO_SPEAKER };
        self.entity_notes.get(entity).map_or(NO_SPEAKER, String::as_str)
    }

    /// Returns whether an entity said what a speaker said; `None` stands for unknown speakers.
    ///
    /// What a group says is also said by its members, what somebody says for an organisation by the organisation, and what a document says by
    /// its issuer.
    pub(crate) fn is_said_by(&self, entity: Option<usize>, speaker: Option<usize>) -> bool {
        entity == speaker
            || entity
                .zip(speaker)
                .is_some_and(|(entity, speaker)| self.represented_by(speaker).any(|it| it == entity))
    }

    /// The entities for which a speaker speaks: the members of a group, the organisations behind the speaker or its members, not the person
    /// behind a spokesperson, and the issuer of a document. An entity can come more than once.
    fn represented_by(&self, speaker: usize) -> impl Iterator<Item = usize> {
        self.members_of(speaker).chain(self.affiliations_of(speaker))
    }

    /// The members of a group.
    fn members_of(&self, entity: usize) -> impl Iterator<Item = usize> + Clone {
        self.entity(entity).map_or(&[][..], |it| &it.members).iter().copied()
    }

    /// The organisations behind a speaker or its members, and the issuer of a document.
    fn affiliations_of(&self, speaker: usize) -> impl Iterator<Item = usize> {
        let is_organization =
            |it: &usize| self.entity(*it).is_some_and(|it| it.kind == EntityKind::Organisation);
        let affiliation = move |it: usize| {
            let speaker = self.entity(it)?;
            speaker.affiliation.filter(|it| speaker.kind == EntityKind::Document || is_organization(it))
        };
        std::iter::once(speaker).chain(self.members_of(speaker)).filter_map(affiliation)
    }

    /// Whether an entity says nothing itself but through others: an organisation through its people, anybody through their documents.
    pub(crate) fn is_behind_speakers(&self, entity: usize) -> bool {
        let mut speakers = self.speakers.iter().filter_map(|it| it.entity);
        self.speaker_of_entity(entity).is_none()
            && speakers.any(|it| self.affiliations_of(it).any(|it| it == entity))
    }

    /// The entities that say nothing themselves but through others, those with most mentions first.
    pub(crate) fn entities_behind_speakers(&self) -> Vec<usize> {
        let speakers = self.speakers.iter().filter_map(|it| it.entity);
        let behind: HashSet<usize> = speakers.flat_map(|it| self.affiliations_of(it)).collect();
        let is_silent = |it: &usize| self.speaker_of_entity(*it).is_none();
        let mut entities: Vec<usize> = behind.into_iter().filter(is_silent).collect();
        let mentions = |it: usize| self.entity(it).map_or(0, |it| it.mentions.len());
        entities.sort_by_key(|it| (std::cmp::Reverse(mentions(*it)), *it));
        entities
    }

    /// Returns the first mention of an entity.
    pub(crate) fn first_mention(&self, entity: usize) -> Option<Span> {
        self.entity(entity)?.mentions.first().map(|it| it.span)
    }

    /// Returns the entities of some kinds, the most mentioned first; mentions in repeated blocks do not count.
    pub(crate) fn most_mentioned(&self, kinds: &[EntityKind], story: &Story) -> Vec<usize> {
        let counts = self.all_mention_counts(story);
        let all = self.analysis.entities.iter().enumerate();
        let mut some: Vec<usize> = all.filter(|it| kinds.contains(&it.1.kind)).map(|it| it.0).collect();
        some.sort_by_key(|it| std::cmp::Reverse(counts[*it]));
        some
    }

    /// Counts for each entity how many of some quotes it said, as [`Findings::is_said_by`] says.
    pub(crate) fn quote_counts(&self, quotes: &[usize]) -> Vec<usize> {
        let mut by_speaker = vec![0; self.analysis.entities.len()];
        for speaker in quotes.iter().filter_map(|it| self.quote(*it)?.speaker) {
            if let Some(count) = by_speaker.get_mut(speaker) {
                *count += 1;
            }
        }
        let mut counts = by_speaker.clone();
        for (speaker, quotes) in by_speaker.into_iter().enumerate().filter(|it| it.1 > 0) {
            let represented: HashSet<usize> =
                self.represented_by(speaker).filter(|it| *it != speaker).collect();
            for entity in represented {
                if let Some(count) = counts.get_mut(entity) {
                    *count += quotes;
                }
            }
        }
        counts
    }

    /// Returns the number of mentions of each entity; repeated blocks do not count.
    pub(crate) fn all_mention_counts(&self, story: &Story) -> &[usize] {
        self.all_mention_counts.get_or_init(|| self.mention_counts(story, &vec![true; story.blocks().len()]))
    }

    /// Counts the mentions of each entity in the allowed blocks; repeated blocks do not count.
    pub(crate) fn mention_counts(&self, story: &Story, allowed_blocks: &[bool]) -> Vec<usize> {
        let mut counts = vec![0; self.analysis.entities.len()];
        let blocks = story.blocks();
        let mut block = 0;
        for (span, (entity, _)) in self.mentions.all() {
            while blocks.get(block).is_some_and(|it| it.span.end <= span.start) {
                block += 1;
            }
            let is_shown = blocks.get(block).is_none_or(|it| it.repeats.is_none() && allowed_blocks[block]);
            counts[*entity] += usize::from(is_shown);
        }
        counts
    }
}

/// The description beside an entity's name.
fn note_beside(entity: &Entity, analysis: &Analysis) -> String {
    // Another spelling of the name says nothing.
    let name = fold_and_lowercase(&entity.name);
    let alias = || entity.aliases.iter().find(|it| !name.contains(&fold_and_lowercase(it)));
    let is_source = matches!(entity.kind, EntityKind::Unnamed | EntityKind::Document | EntityKind::Group);
    let behind = entity.affiliation.and_then(|it| analysis.entities.get(it)).map(|it| it.name.as_str());
    let behind = behind.filter(|it| is_source && !entity.name.contains(it));
    match (entity.roles.first().or_else(alias), behind) {
        (Some(role), _) => role.clone(),
        (None, Some(behind)) => format!("for {behind}"),
        (None, None) if entity.kind == EntityKind::Unnamed => UNNAMED.into(),
        (None, None) if entity.kind == EntityKind::Document => DOCUMENT.into(),
        (None, None) => String::new(),
    }
}

/// Indexes the parts of quotes by their spans.
fn index_parts(quotes: &[Quote]) -> SpanIndex<usize> {
    let parts = quotes.iter().enumerate();
    SpanIndex::new(parts.flat_map(|(number, it)| it.parts.iter().map(move |part| (*part, number))).collect())
}
