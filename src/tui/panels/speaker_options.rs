//! Who may have said a quote: the people, sources and organisations of the story, the nearest first, a typed name, and verdicts such as
//! "not a quote". The speaker picker chooses one by its row, the review by its key.

use pullquote::analysis::{AttributionRule, Entity, EntityKind, Quote};

use crate::tui::input::action::Action;
use crate::tui::open_story::findings::Findings;
use crate::tui::text::fuzzy::rank;
use crate::tui::text::width::display_width;

/// The keys of the names in a review. They are letters, as the digits beside names are the numbers of speakers.
const NAME_KEYS: [char; 7] = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/// The key of "Speaker unknown".
const UNKNOWN_KEY: char = 'u';

/// The key of "Not a quote".
const NOT_A_QUOTE_KEY: char = 'x';

/// An answer to the question who said a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SpeakerChoice {
    Entity(usize),
    /// A name that does not occur in the story.
    NewName(String),
    UndoCorrection,
    Unknown,
    NotAQuote,
}

impl SpeakerChoice {
    /// The label of a choice that is no entity; `None` for entities and names.
    pub(crate) const fn label(&self) -> Option<&'static str> {
        match self {
            Self::Entity(_) | Self::NewName(_) => None,
            Self::UndoCorrection => Some("Undo correction"),
            Self::Unknown => Some("Speaker unknown"),
            Self::NotAQuote => Some("Not a quote"),
        }
    }

    /// The name and the role of an entity, if both have no room in `width` columns.
    pub(crate) fn name_if_cut(&self, findings: &Findings, width: usize) -> Option<String> {
        let Self::Entity(entity) = self else { return None };
        let entity = findings.entity(*entity)?;
        let role = entity.roles.first().map_or(String::new(), |it| format!(" · {it}"));
        let whole = format!("{}{role}", entity.name);
        (display_width(&whole) > width).then_some(whole)
    }
}

/// A choice with the key that takes it.
pub(crate) struct KeyedChoice {
    pub(crate) key: char,
    pub(crate) choice: SpeakerChoice,
}

/// Those who may have said a quote.
pub(crate) struct SpeakerOptions {
    pub(crate) quote: Quote,
    /// Whether the user has rejected the quote.
    rejected: bool,
    /// The entities by index: people with names first, near ones before distant ones. A place is among them only if it speaks.
    candidates: Vec<usize>,
}

impl SpeakerOptions {
    /// Ranks the entities of the story for a quote. `rejected` tells whether the user has rejected it.
    pub(crate) fn new(quote: Quote, rejected: bool, findings: &Findings) -> Self {
        let extent = quote.extent();
        let far = |entity: &Entity| {
            let gaps = entity.mentions.iter().map(|it| {
                let before = extent.start.saturating_sub(it.span.end);
                before.max(it.span.start.saturating_sub(extent.end))
            });
            gaps.min().unwrap_or(usize::MAX)
        };
        let all = findings.analysis.entities.iter().enumerate();
        let can_speak = |it: &(usize, &Entity)| {
            it.1.kind != EntityKind::Place || findings.speaker_of_entity(it.0).is_some()
        };
        let all = all.filter(can_speak);
        let mut people: Vec<_> = all.map(|(number, it)| (kind_order(it.kind), far(it), number)).collect();
        people.sort_unstable();
        Self { quote, rejected, candidates: people.into_iter().map(|it| it.2).collect() }
    }

    /// The number of the people, sources and organisations that may have said it.
    pub(crate) fn name_count(&self) -> usize {
        self.candidates.len()
    }

    /// The row of the current speaker. For a rejected quote it is the row that undoes the rejection.
    pub(crate) fn current_row(&self) -> usize {
        let speaker = || self.candidates.iter().position(|it| Some(*it) == self.quote.speaker);
        if self.rejected { self.candidates.len() } else { speaker().unwrap_or(0) }
    }

    /// What fits a typed text, with the ranks of the matches, 0 the best: entities, the best match first; the text as a new
    /// name; verdicts.
    pub(crate) fn fitting(&self, typed: &str, findings: &Findings) -> Vec<(u8, SpeakerChoice)> {
        let names = |it: &Entity| [&it.name].into_iter().chain(&it.aliases).cloned().collect::<Vec<_>>();
        let mut fitting: Vec<(u8, SpeakerChoice)> = Vec::new();
        // A number is that of a speaker, as the list shows it, and no name.
        let is_number = typed.chars().all(|it| it.is_ascii_digit());
        let mut new = !is_number && !is_command_word(typed);
        for number in &self.candidates {
            let Some(entity) = findings.entity(*number) else { continue };
            let names = names(entity);
            new &= !names.iter().any(|it| it.to_lowercase() == typed.to_lowercase());
            let speaker = findings.speaker_of_entity(*number).map(|it| findings.speakers[it].label());
            let by_number = (is_number && speaker.as_deref() == Some(typed)).then_some(0);
            let ranks = names.iter().chain(&entity.roles).filter_map(|it| rank(typed, it)).chain(by_number);
            // Scattered letters match too many names.
            let rank = ranks.min().filter(|it| *it < SCATTERED_RANK);
            fitting.extend(rank.map(|rank| (rank, SpeakerChoice::Entity(*number))));
        }
        fitting.sort_by_key(|it| it.0);
        if new {
            // Users type capitals for a new name, and small letters to find one.
            let name = typed.contains(char::is_uppercase);
            fitting.push((
                if name { SCATTERED_RANK - 1 } else { SCATTERED_RANK + 1 },
                SpeakerChoice::NewName(typed.to_string()),
            ));
        }
        let own = self.rejected || self.quote.rule == AttributionRule::User;
        let rest = [
            (SpeakerChoice::UndoCorrection, own),
            (SpeakerChoice::Unknown, true),
            (SpeakerChoice::NotAQuote, !self.rejected),
        ];
        let rest = rest.into_iter().filter(|it| it.1).map(|it| it.0);
        fitting.extend(rest.filter_map(|it| Some((rank(typed, it.label()?)?, it))));
        fitting
    }

    /// The choices that have a key: the speaker that was found, the nearest others, and the verdicts.
    pub(crate) fn keyed(&self, findings: &Findings) -> Vec<KeyedChoice> {
        let found = self.quote.speaker.map(SpeakerChoice::Entity);
        let all = self.fitting("", findings).into_iter().map(|it| it.1);
        let names = all.filter(|it| matches!(it, SpeakerChoice::Entity(_)) && Some(it) != found.as_ref());
        let names = found.clone().into_iter().chain(names).zip(NAME_KEYS);
        let verdicts = [(SpeakerChoice::Unknown, UNKNOWN_KEY), (SpeakerChoice::NotAQuote, NOT_A_QUOTE_KEY)];
        names.chain(verdicts).map(|(choice, key)| KeyedChoice { key, choice }).collect()
    }
}

/// Whether a typed text is more likely a command than a name: it is the name of one, a part of a verdict, or begins with "not".
/// A name has a capital letter.
pub(crate) fn is_command_word(typed: &str) -> bool {
    let first = typed.split_whitespace().next().unwrap_or_default();
    if typed.contains(char::is_uppercase) {
        return first.eq_ignore_ascii_case("not");
    }
    let verdicts = [SpeakerChoice::UndoCorrection, SpeakerChoice::Unknown, SpeakerChoice::NotAQuote];
    let mut verdict_words = verdicts.iter().filter_map(SpeakerChoice::label).flat_map(str::split_whitespace);
    verdict_words.any(|it| it.eq_ignore_ascii_case(first)) || Action::ALL.iter().any(|it| it.name() == typed)
}

/// The order of the kinds: people with names, people without and documents, organisations, places.
const fn kind_order(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Unnamed | EntityKind::Document | EntityKind::Group => 1,
        EntityKind::Organisation => 2,
        EntityKind::Place => 3,
    }
}

/// The rank of a name that only contains the typed letters in their order.
const SCATTERED_RANK: u8 = 3;
