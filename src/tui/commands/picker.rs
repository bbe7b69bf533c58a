//! Picker commands: the command palette, the open stories, one speaker's quotes in all stories.

use pullquote::analysis::EntityKind;

use crate::config::settings::{MAX_TEXT_WIDTH, MIN_TEXT_WIDTH};
use crate::text::{counted, pluralize};
use crate::tui::app::{App, Effect, Focus};
use crate::tui::input::action::Action;
use crate::tui::open_story::citation::source_name;
use crate::tui::open_story::{AnalysisState, OpenStory};
use crate::tui::overlay::Overlay;
use crate::tui::overlay::Placement;
use crate::tui::overlay::picker::{Picker, PickerAction, PickerItem, PickerKind};
use crate::tui::style::symbols::kind_label;
use crate::tui::text::search_fold::fold_and_lowercase;

/// Actions that make no sense as commands of the palette.
const NOT_IN_PALETTE: &[Action] = &[
    Action::Toggle,
    Action::Accept,
    Action::ToggleRegex,
    Action::OlderSearch,
    Action::NewerSearch,
    Action::CursorLeft,
    Action::CursorRight,
    Action::WordLeft,
    Action::WordRight,
    Action::LineStart,
    Action::LineEnd,
    Action::EraseCharacter,
    Action::EraseNext,
    Action::EraseWord,
    Action::EraseAll,
    Action::CommandPalette,
    Action::Cancel,
];

impl App {
    /// Opens the command palette: all commands with their keys.
    pub(crate) fn open_palette(&mut self) {
        let commands = Action::ALL.iter().filter(|it| !NOT_IN_PALETTE.contains(it));
        let rows = commands.map(|action| PickerItem {
            text: action.description().into(),
            keyword: action.name().into(),
            details: vec![self.help.key(*action).into()],
            action: PickerAction::Run(*action),
        });
        self.overlay = Overlay::Picker(Picker::new(PickerKind::Commands, rows.collect()));
    }

    pub(crate) fn open_story_list(&mut self) {
        let mut picker = Picker::new(PickerKind::Stories, self.story_items());
        picker.select_action(PickerAction::Story(self.current));
        self.overlay = Overlay::Picker(picker);
    }

    /// Rebuilds the open list after an analysis has arrived.
    pub(crate) fn refresh_list(&mut self) {
        let rows = match &self.overlay {
            Overlay::Picker(Picker { kind: PickerKind::Stories, .. }) => self.story_items(),
            Overlay::Picker(Picker { kind: PickerKind::SpeakerQuotes(name), .. }) => self.quote_items(name),
            _ => return,
        };
        if let Overlay::Picker(picker) = &mut self.overlay {
            picker.set_items(rows);
        }
    }

    /// `3 The last ferry        Ell Gazette · 3 March · 4 people · 9 quotes`
    fn story_items(&self) -> Vec<PickerItem> {
        let row = |(number, reading): (usize, &OpenStory)| {
            let counts = match &reading.analysis_state {
                AnalysisState::Ready(findings) => {
                    let people = findings.analysis.entities.iter().filter(|it| it.kind == EntityKind::Person);
                    vec![
                        pluralize(people.count(), "person", "people"),
                        counted(findings.analysis.quotes.len(), "quote"),
                    ]
                }
                AnalysisState::Pending => vec!["analysing…".into()],
                AnalysisState::Failed => vec!["analysis failed".into()],
            };
            let origin = [source_name(&reading.story), reading.story.published.clone()];
            let all: Vec<String> = origin.into_iter().flatten().chain(counts).collect();
            let right = (0..all.len()).map(|from| all[from..].join(" · ")).collect();
            let words = format!("{} {}", number + 1, self.headline(number));
            PickerItem {
                text: words,
                keyword: String::new(),
                details: right,
                action: PickerAction::Story(number),
            }
        };
        self.stories.iter().enumerate().map(row).collect()
    }

    /// The title of a story in lists: its headline, its first line or its source.
    pub(crate) fn headline(&self, story: usize) -> String {
        let Some(story) = self.stories.get(story).map(|it| &it.story) else { return String::new() };
        let first = || story.blocks().first().map(|it| it.span.slice(story.text()));
        let words = story.headline().or_else(first).map(|it| it.replace('\n', " "));
        words.or_else(|| source_name(story)).unwrap_or_else(|| "untitled".into())
    }

    /// Lists all quotes of the focused speaker in all open stories.
    pub(crate) fn open_speaker_quotes(&mut self) {
        let reading = self.current_story();
        let speaker = self.focused_speaker().and_then(|it| reading.findings()?.entity_of_speaker(it));
        let Some(name) = speaker.filter(|it| has_proper_name(it.kind)).map(|it| it.name.clone()) else {
            return self.notify("This speaker has no name");
        };
        let mut picker = Picker::new(PickerKind::SpeakerQuotes(name.clone()), self.quote_items(&name));
        if let Some(quote) = reading.quote_at_cursor() {
            picker.select_action(PickerAction::Quote(self.current, quote));
        }
        self.overlay = Overlay::Picker(picker);
        let awaited =
            self.stories.iter().filter(|it| matches!(it.analysis_state, AnalysisState::Pending)).count();
        if awaited > 0 {
            self.notify(&format!("Still analysing {}", pluralize(awaited, "story", "stories")));
        }
    }

    /// The quotes of all speakers with this name, story by story.
    fn quote_items(&self, name: &str) -> Vec<PickerItem> {
        let name = fold_and_lowercase(name);
        let mut rows = Vec::new();
        for (number, reading) in self.stories.iter().enumerate() {
            let Some(findings) = reading.findings() else { continue };
            for (quote, found) in findings.analysis.quotes.iter().enumerate() {
                let speaker = found.speaker.and_then(|it| findings.entity(it));
                if speaker.is_none_or(|it| !has_proper_name(it.kind) || fold_and_lowercase(&it.name) != name)
                {
                    continue;
                }
                let words: Vec<String> =
                    found.text(reading.story.text()).split_whitespace().map(ToString::to_string).collect();
                let doubt = if found.is_doubtful() { " ?" } else { "" };
                let right = vec![format!("{}{doubt}", kind_label(found.kind))];
                let action = PickerAction::Quote(number, quote);
                rows.push(PickerItem {
                    text: words.join(" "),
                    keyword: String::new(),
                    details: right,
                    action,
                });
            }
        }
        rows
    }

    pub(crate) fn update_picker(&mut self, action: Action) -> Effect {
        let page = self.page_height();
        let Overlay::Picker(picker) = &mut self.overlay else { return Effect::None };
        picker.selected.apply(action, page, picker.counts().0);
        match action {
            Action::Accept => return self.accept_picker_item(),
            Action::Cancel => self.overlay = Overlay::None,
            _ => {}
        }
        Effect::None
    }

    /// Performs the typed command, or else the action of the selected item.
    fn accept_picker_item(&mut self) -> Effect {
        let Overlay::Picker(picker) = std::mem::replace(&mut self.overlay, Overlay::None) else {
            return Effect::None;
        };
        if picker.kind == PickerKind::Commands && self.run_typed_command(picker.input.text().trim()) {
            return Effect::None;
        }
        match picker.selected_item().map(|it| it.action) {
            Some(PickerAction::Run(action)) => return self.update(action),
            Some(PickerAction::Story(story)) => self.jump_to_story(story, None),
            Some(PickerAction::Quote(story, quote)) => self.jump_to_story(story, Some(quote)),
            None => self.notify(picker.kind.no_match_message()),
        }
        Effect::None
    }

    /// Runs a command with an argument: `42`, `width 72`, `only Kerry`. Returns `false` if the text is none.
    fn run_typed_command(&mut self, typed: &str) -> bool {
        if let Ok(number) = typed.parse() {
            self.go_to_paragraph(number);
            return true;
        }
        match typed.split_once(' ') {
            Some(("width", columns)) => match columns.trim().parse() {
                Ok(columns @ MIN_TEXT_WIDTH..=MAX_TEXT_WIDTH) => {
                    self.pane_options.text_width = columns;
                    self.relayout();
                }
                _ => self.notify("Width must be 30–120"),
            },
            Some(("theme", name)) => self.select_theme_by_name(name.trim()),
            Some(("only", name)) => self.filter_by_name(name.trim()),
            _ => return false,
        }
        true
    }

    fn go_to_paragraph(&mut self, number: usize) {
        let height = self.page_height();
        let reading = self.current_story_mut();
        let mut shown = reading.story.blocks().iter().filter(|it| it.repeats.is_none());
        if let Some(offset) = number.checked_sub(1).and_then(|it| shown.nth(it)).map(|it| it.span.start) {
            reading.jump(offset, height);
            self.focus = Focus::Story;
            self.sync_panes();
        } else {
            let last = reading.paragraph_count;
            self.notify(&format!("There are {last} paragraphs"));
        }
    }

    /// Jumps to another story, or to a quote in it. [`Self::jump_back_to_story`] returns.
    fn jump_to_story(&mut self, story: usize, quote: Option<usize>) {
        let from = self.current;
        self.current = story.min(self.stories.len() - 1);
        self.focus = Focus::Story;
        self.relayout();
        let height = self.page_height();
        if let Some(quote) = quote {
            self.current_story_mut().jump_to_quote(quote, height);
        }
        if from != self.current {
            let depth = self.current_story().viewport.jump_count();
            self.story_jumps.push((from, depth));
            self.show_greeting();
        }
        self.sync_panes();
    }

    /// Jumps back to the story that was left. Returns `false` if the last jump was inside this story.
    pub(crate) fn jump_back_to_story(&mut self) -> bool {
        let depth = self.current_story().viewport.jump_count();
        let Some((from, _)) = self.story_jumps.pop_if(|it| depth <= it.1) else { return false };
        self.current = from;
        self.relayout();
        true
    }

    /// Whether the border between the panes is visible.
    pub(crate) fn has_border(&self) -> bool {
        self.overlay.panel().is_none_or(|it| it.placement() != Placement::FullPage)
    }
}

/// Whether the name of such an entity means the same in another story.
const fn has_proper_name(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation)
}
