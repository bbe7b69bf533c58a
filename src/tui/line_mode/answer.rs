//! Answers: what the user types while a panel is open. A number chooses an item; a text is a name, a search or a note.

use std::borrow::Cow;

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::line_mode::announcement::{StateSnapshot, announce};
use crate::tui::line_mode::command_name::command_by_name;
use crate::tui::line_mode::{LineResponse, LineSession};
use crate::tui::panels::speaker_options::is_command_word;
use crate::tui::panels::speaker_picker::NEW_NAME_LABEL;

/// What precedes a name that is not in the story.
const NEW_NAME: &str = "new ";

impl LineSession {
    /// The prompt before the cursor: it tells what is asked for, and how much of a long story is analysed.
    pub(crate) fn prompt(&self) -> Cow<'static, str> {
        let prompt = match self.app.mode() {
            Mode::Story | Mode::SidePane | Mode::Explanation | Mode::Help | Mode::Statistics => "> ",
            Mode::FilterPanel => "Filter by> ",
            Mode::SpeakerPicker => "Speaker> ",
            Mode::Search => "Search for> ",
            Mode::BookmarkLetter => "Letter> ",
            Mode::Note => "Note> ",
            Mode::List | Mode::Themes | Mode::Picker => "Number or name> ",
            Mode::Links | Mode::QuotesPage | Mode::Review => "Number> ",
        };
        match self.app.current_story().analysed_percent.filter(|_| self.app.panel().is_none()) {
            Some(percent) => format!("{percent} per cent analysed{prompt}").into(),
            None => prompt.into(),
        }
    }

    /// Answers the open panel. Returns `false` if the text is a command, which closes the panel.
    pub(crate) fn answer(&mut self, text: &str, response: &mut LineResponse) -> bool {
        let mode = self.app.mode();
        let before = StateSnapshot::new(self.root_view());
        let accept = if matches!(mode, Mode::List | Mode::Links | Mode::QuotesPage) {
            Action::Open
        } else {
            Action::Accept
        };
        let is_typed = matches!(mode, Mode::Search | Mode::BookmarkLetter | Mode::Note);
        // The key that quits the program closes a panel first, as it does on the screen.
        let is_quit_key = || matches!(self.command_by_keys(text, Mode::Story), Some((Action::Quit, "")));
        let is_cancel = text.eq_ignore_ascii_case(Action::Cancel.name()) || text.eq_ignore_ascii_case("esc");
        if is_cancel || (!is_typed && is_quit_key()) {
            self.app.update(Action::Cancel);
            response.messages.push(announce(Action::Cancel, &before, self.root_view()));
            return true;
        }
        if !is_typed && let Ok(number) = text.parse::<usize>() {
            if !self.choose(number) {
                response.messages.push(format!("There is no number {number} in this list."));
                return true;
            }
            response.effect = self.accept_choice(accept);
        } else if matches!(mode, Mode::QuotesPage | Mode::Review) {
            // What the page cannot do leaves it; the rest is done there, to the quote that was read last.
            if !self.works_in(text, mode) {
                self.app.update(Action::Cancel);
            }
            return false;
        } else if let Some(name) = text.strip_prefix(NEW_NAME).filter(|_| mode == Mode::SpeakerPicker) {
            if is_command_word(name.trim()) {
                let name = name.trim();
                response.messages.push(format!("“{name}” is a command. Write a name with a capital letter."));
                return true;
            }
            self.add_speaker(name.trim());
        } else if is_typed {
            self.answer_with_text(text, response);
        } else if mode == Mode::Picker && self.asks_for_file() && self.is_command(text) {
            // Elsewhere a command that is no known name closes the list; here any text is a file that can be written.
            self.app.update(Action::Cancel);
            return false;
        } else if mode.accepts_text() {
            self.type_text(text);
            if !self.first_item_is_known() {
                self.app.update(Action::EraseAll);
                if self.is_command(text) {
                    self.app.update(Action::Cancel);
                    return false;
                }
                response.messages.push(unknown_name(mode, text));
                return true;
            }
            if mode != Mode::Picker {
                self.choose(1);
            }
            response.effect = self.accept_choice(accept);
        } else {
            return false;
        }
        let action = if mode == Mode::Search { Action::Search } else { accept };
        response.messages.push(announce(action, &before, self.root_view()));
        self.leave_finished_review();
        true
    }

    /// Types the text that a prompt for a letter, a search or a note asks for.
    fn answer_with_text(&mut self, text: &str, response: &mut LineResponse) {
        let mode = self.app.mode();
        // Any command closes the prompt for a letter.
        if mode == Mode::BookmarkLetter {
            self.app.insert_text(text.trim());
        } else {
            self.type_text(text);
        }
        if self.app.mode() == mode {
            response.effect = self.app.update(Action::Accept);
        }
    }

    /// Whether the name of a file to write is asked for.
    fn asks_for_file(&mut self) -> bool {
        let mut asks = false;
        self.app.edit_input(|it| {
            asks = it.text().starts_with("export");
            false
        });
        asks
    }

    /// Closes the review once there is nobody left to choose from, so that the prompt asks for no number.
    fn leave_finished_review(&mut self) {
        let is_finished = self.app.panel().is_some_and(|it| it.list(&self.app).is_none());
        if is_finished && self.app.mode() == Mode::Review {
            self.app.update(Action::Cancel);
        }
    }

    /// Replaces the text of the open prompt. A command that waits for its argument stays before it.
    pub(crate) fn type_text(&mut self, text: &str) {
        let typed = self.app.with_panel(|panel, _| panel.input().map(|it| it.text().to_string()));
        let command = typed.flatten().filter(|it| self.app.mode() == Mode::Picker && it.ends_with(' '));
        self.app.update(Action::EraseAll);
        self.app.insert_text(&(command.unwrap_or_default() + text.trim()));
    }

    /// Whether a text is a command that works in a mode.
    fn works_in(&self, text: &str, mode: Mode) -> bool {
        let command = command_by_name(text).or_else(|| self.command_by_keys(text, mode));
        command.is_some_and(|it| !self.keymap.first_key_in(it.0, mode).is_empty())
    }

    /// Selects an item of the open list by its number, from 1. Returns `false` if there is none.
    fn choose(&mut self, number: usize) -> bool {
        let beginning = format!("{number}, ");
        let description = self.app.panel().and_then(|it| it.describe(&self.app)).unwrap_or_default();
        if !description.lines().any(|it| it.starts_with(&beginning)) {
            return false;
        }
        self.app.with_panel(|panel, app| {
            if let Some(selection) = panel.selection() {
                selection.select(number - 1);
            }
            panel.selection_changed(app);
        });
        true
    }

    /// Accepts the selected item; in the filter it is included first.
    fn accept_choice(&mut self, accept: Action) -> crate::tui::app::Effect {
        if self.app.mode() == Mode::FilterPanel {
            self.app.update(Action::Toggle);
        }
        self.app.update(accept)
    }

    /// Whether the first item of the open list is one that the typed text has found: no new name.
    fn first_item_is_known(&self) -> bool {
        let description = self.app.panel().and_then(|it| it.describe(&self.app)).unwrap_or_default();
        let first = description.lines().find_map(|it| it.strip_prefix("1, "));
        first.is_some_and(|it| !it.starts_with(NEW_NAME_LABEL))
    }

    /// Sets a speaker whose name is not in the story.
    fn add_speaker(&mut self, name: &str) {
        self.type_text(name);
        let description = self.app.panel().and_then(|it| it.describe(&self.app)).unwrap_or_default();
        let new = format!(", {NEW_NAME_LABEL}{name}");
        let number = description.lines().find_map(|it| it.strip_suffix(&new)?.parse().ok());
        // A name of the story is the speaker of that name.
        self.choose(number.unwrap_or(1));
        self.app.update(Action::Accept);
        if self.app.mode() == Mode::SpeakerPicker {
            // The second time confirms the name.
            self.app.update(Action::Accept);
        }
    }
}

/// The message for a name that is not in the list.
fn unknown_name(mode: Mode, text: &str) -> String {
    match mode {
        Mode::SpeakerPicker => format!(
            "No one in this story is called “{text}”. Type a number, a name of the list, new {text}, or cancel."
        ),
        Mode::FilterPanel => format!("No speaker matches “{text}”. Type a number, a name, or cancel."),
        _ => format!("Nothing in this list matches “{text}”. Type a number, a name, or cancel."),
    }
}
