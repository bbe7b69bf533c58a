//! The speaker picker: sets the speaker of a quote. It lists the entities of the story, a typed name, and verdicts
//! such as "not a quote".

use pullquote::analysis::{AttributionRule, Entity, EntityKind, Quote};

use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{ListSelection, visible_rows};
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::findings::Findings;
use crate::tui::overlay::text_input::TextInput;
use crate::tui::overlay::{Panel, PanelContext, PanelList};
use crate::tui::text::fuzzy::rank;

/// The open picker for one quote.
pub(crate) struct SpeakerPicker {
    pub(crate) quote: Quote,
    pub(crate) input: TextInput,
    /// The selected row among [`SpeakerPicker::choices`].
    pub(crate) selected: ListSelection,
    /// Whether the explanation panel is shown again afterwards.
    pub(crate) from_explanation: bool,
    /// Whether the user has rejected the quote.
    rejected: bool,
    /// All entities by index: people with names first, near ones before distant ones.
    candidates: Vec<usize>,
}

/// A row of the list.
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
}

impl SpeakerPicker {
    /// Opens the picker for a quote. `struck` tells whether the user has rejected it.
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
        let mut people: Vec<_> = all.map(|(number, it)| (kind_order(it.kind), far(it), number)).collect();
        people.sort_unstable();
        let people: Vec<usize> = people.into_iter().map(|it| it.2).collect();
        let mut picker = Self {
            quote,
            input: TextInput::default(),
            selected: ListSelection::default(),
            from_explanation: false,
            rejected,
            candidates: people,
        };
        picker.selected = ListSelection::new(picker.current_row());
        picker
    }

    /// The row of the current speaker. For a rejected quote it is the row that undoes the rejection.
    fn current_row(&self) -> usize {
        let speaker = || self.candidates.iter().position(|it| Some(*it) == self.quote.speaker);
        if self.rejected { self.candidates.len() } else { speaker().unwrap_or(0) }
    }

    /// The rows of the list: entities that match the input, the best match first; the input as a new name; other
    /// verdicts.
    pub(crate) fn choices(&self, findings: &Findings) -> Vec<SpeakerChoice> {
        self.ranked_choices(findings).into_iter().map(|it| it.1).collect()
    }

    /// The choices of [`Self::choices`] with their match ranks; 0 is best.
    fn ranked_choices(&self, findings: &Findings) -> Vec<(u8, SpeakerChoice)> {
        let typed = self.input.text().trim();
        let names = |it: &Entity| [&it.name].into_iter().chain(&it.aliases).cloned().collect::<Vec<_>>();
        let mut fitting: Vec<(u8, SpeakerChoice)> = Vec::new();
        let mut new = !typed.is_empty();
        for number in &self.candidates {
            let Some(entity) = findings.entity(*number) else { continue };
            let names = names(entity);
            new &= !names.iter().any(|it| it.to_lowercase() == typed.to_lowercase());
            let ranks = names.iter().chain(&entity.roles).filter_map(|it| rank(typed, it));
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

    /// Selects the best match of a changed input.
    fn select_best_match(&mut self, findings: &Findings) {
        if self.input.text().trim().is_empty() {
            self.selected = ListSelection::new(self.current_row());
            return;
        }
        let fitting = self.ranked_choices(findings);
        let best = fitting.iter().enumerate().min_by_key(|it| it.1.0);
        self.selected = ListSelection::new(best.map_or(0, |it| it.0));
    }

    /// The choice on each of `height` visible rows. An empty row separates entities from other verdicts, which stay
    /// visible if there is room.
    pub(crate) fn visible_rows(&self, choices: &[SpeakerChoice], height: usize) -> Vec<Option<usize>> {
        let people = choices.iter().take_while(|it| it.label().is_none()).count();
        let rest = choices.len() - people;
        let gap = usize::from(people > 0 && rest > 0);
        let window = |count: usize, max_rows: usize| {
            visible_rows(self.selected.item().min(count.saturating_sub(1)), count, max_rows).map(Some)
        };
        if height < rest + gap + 3 {
            return window(choices.len(), height).collect();
        }
        let shown = window(people, height - rest - gap);
        shown.chain(std::iter::repeat_n(None, gap)).chain((people..choices.len()).map(Some)).collect()
    }
}

impl Panel for SpeakerPicker {
    fn mode(&self) -> Mode {
        Mode::SpeakerPicker
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn input_changed(&mut self, story: &OpenStory) {
        if let Some(findings) = story.findings() {
            self.select_best_match(findings);
        }
    }

    fn list(&self, context: &PanelContext) -> Option<PanelList> {
        let area = context.panes.list();
        let choices = self.choices(context.story.findings()?);
        Some(PanelList { area, items: self.visible_rows(&choices, usize::from(area.height)) })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

/// The order of the kinds: people with names, people without, organisations, places.
const fn kind_order(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Unnamed | EntityKind::Group => 1,
        EntityKind::Organisation => 2,
        EntityKind::Place => 3,
    }
}

/// The rank of a name that only contains the typed letters in their order.
const SCATTERED_RANK: u8 = 3;
