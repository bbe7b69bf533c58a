//! The speaker picker: sets the speaker of a quote, or rejects the quote. It lists the entities of the story, a typed
//! name, and verdicts such as "not a quote". Corrections apply at once.

use pullquote::analysis::Quote;
use pullquote::correction::{Correction, Verdict};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::storage::Change;
use crate::text::{numbered_list, pluralize};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Response, hint};
use crate::tui::app::text_input::TextInput;
use crate::tui::app::undo::Undo;
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::open_story::findings::Findings;
use crate::tui::panels::speaker_options::{SpeakerChoice, SpeakerOptions};
use crate::tui::style::symbols::REJECTED;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// What precedes a name that is not in the story.
pub(crate) const NEW_NAME_LABEL: &str = "new: ";

/// The least columns of a role after a name.
const MIN_ROLE_WIDTH: u16 = 16;

/// The columns of a row that a name does not have: those before it, and those of "(current)" with the space before it.
const NAME_INDENT: u16 = 8;
const CURRENT_LABEL: &str = "(current)";

/// The open picker for one quote.
pub(crate) struct SpeakerPicker {
    options: SpeakerOptions,
    pub(crate) input: TextInput,
    /// The selected row among [`SpeakerPicker::choices`].
    pub(crate) selected: ListSelection,
    /// The new name that was chosen once; choosing it again adds it.
    unconfirmed_name: Option<String>,
}

impl SpeakerPicker {
    /// Opens the picker for a quote. `rejected` tells whether the user has rejected it.
    pub(crate) fn new(quote: Quote, rejected: bool, findings: &Findings) -> Self {
        let options = SpeakerOptions::new(quote, rejected, findings);
        let selected = ListSelection::new(options.current_row());
        Self { options, input: TextInput::default(), selected, unconfirmed_name: None }
    }

    /// The rows of the list: what fits the input.
    pub(crate) fn choices(&self, findings: &Findings) -> Vec<SpeakerChoice> {
        let fitting = self.options.fitting(self.input.text().trim(), findings);
        fitting.into_iter().map(|it| it.1).collect()
    }

    /// Selects the best match of a changed input.
    fn select_best_match(&mut self, findings: &Findings) {
        if self.input.text().trim().is_empty() {
            self.selected = ListSelection::new(self.options.current_row());
            return;
        }
        let fitting = self.options.fitting(self.input.text().trim(), findings);
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
            ListSelection::new(self.selected.item().min(count.saturating_sub(1)))
                .visible(count, max_rows)
                .map(Some)
        };
        if height < rest + gap + 3 {
            return window(choices.len(), height).collect();
        }
        let shown = window(people, height - rest - gap);
        shown.chain(std::iter::repeat_n(None, gap)).chain((people..choices.len()).map(Some)).collect()
    }
}

impl App {
    /// Opens the speaker picker for the quote at the cursor.
    pub(crate) fn open_speaker_picker(&mut self) {
        let quote = self.quote_to_act_on();
        let reading = self.current_story();
        let Some(findings) = reading.findings() else { return self.notify("Still analysing…") };
        let quote = quote.and_then(|it| findings.quote(it));
        let rejected =
            || reading.rejected_quote_at_cursor().and_then(|it| findings.analysis.rejected.get(it));
        let picker = match quote {
            Some(quote) => SpeakerPicker::new(quote.clone(), false, findings),
            None => match rejected() {
                Some(rejected) => SpeakerPicker::new(rejected.clone(), true, findings),
                None => return self.notify("Move to a quote first"),
            },
        };
        self.open_panel(picker);
    }

    /// Records that the speaker of the focused quote is right, and goes to the next uncertain quote.
    pub(crate) fn confirm_speaker(&mut self) {
        let findings = self.current_story().findings();
        let Some(quote) = self.focused_quote().and_then(|it| findings?.quote(it)).cloned() else {
            return self.notify("Move to a quote first");
        };
        let Some(speaker) = quote.speaker else { return self.notify("This quote has no speaker") };
        self.apply_correction(&quote, SpeakerChoice::Entity(speaker));
        let height = self.page_height();
        let Some(findings) = self.current_story().findings() else { return };
        let is_uncertain = |it: &usize| findings.quote(*it).is_some_and(Quote::is_doubtful);
        let uncertain: Vec<usize> = (0..findings.analysis.quotes.len()).filter(is_uncertain).collect();
        let start = quote.extent().start;
        let after = |it: &&usize| findings.quote(**it).is_some_and(|it| it.extent().start > start);
        let next = uncertain.iter().find(after).or(uncertain.first()).copied();
        let left = match uncertain.len() {
            0 => "No uncertain quotes left".to_string(),
            count => format!("{} left", pluralize(count, "uncertain quote", "uncertain quotes")),
        };
        self.notify(&format!("Speaker confirmed. {left}"));
        if let Some(next) = next {
            self.current_story_mut().jump_to_quote(next, height);
            self.sync_panes();
        }
    }

    /// Applies and records the user's choice for a quote.
    pub(crate) fn apply_correction(&mut self, quote: &Quote, choice: SpeakerChoice) {
        let current = self.current;
        let reading = self.current_story();
        let verdict = match choice {
            SpeakerChoice::Entity(entity) => match reading.findings().and_then(|it| it.entity(entity)) {
                Some(entity) => Some(Verdict::Said(entity.name.clone())),
                None => return,
            },
            SpeakerChoice::NewName(name) => Some(Verdict::Said(name)),
            SpeakerChoice::Unknown => Some(Verdict::UnknownSpeaker),
            SpeakerChoice::NotAQuote => Some(Verdict::NotAQuote),
            SpeakerChoice::UndoCorrection => None,
        };
        let key = self.help.key(Action::Undo);
        let message = match &verdict {
            Some(Verdict::Said(name)) => format!("Speaker set to {name} ({key} to undo)"),
            Some(Verdict::UnknownSpeaker) => format!("Speaker set to unknown ({key} to undo)"),
            Some(Verdict::NotAQuote) => format!("Marked as not a quote ({key} to undo)"),
            None => "Correction undone".to_string(),
        };
        let added = verdict.map(|it| Correction::new(quote, it));
        let dropped = self.current_story_mut().set_correction(quote, added.clone());
        self.push_undo(Undo::Correction(Box::new(quote.clone()), dropped.clone()));
        self.changes.push((current, Change::Corrected { removed: dropped, added }));
        self.notify(&message);
        self.sync_panes();
    }
}

impl Panel for SpeakerPicker {
    fn mode(&self) -> Mode {
        Mode::SpeakerPicker
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        let page = app.list_height();
        let Some(findings) = app.current_story().findings() else { return Response::Close };
        let choices = self.choices(findings);
        self.selected.apply_cyclic(action, page, choices.len());
        match (action, choices.into_iter().nth(self.selected.item())) {
            (Action::Cancel, _) => Response::Close,
            // A typing error must not become a person.
            (Action::Accept, Some(SpeakerChoice::NewName(name)))
                if self.unconfirmed_name.as_ref() != Some(&name) =>
            {
                app.notify(&format!("“{name}” is not in the story; Enter again adds this name"));
                self.unconfirmed_name = Some(name);
                Response::Stay
            }
            (Action::Accept, Some(choice)) => {
                app.apply_correction(&self.options.quote, choice);
                Response::Close
            }
            _ => Response::Stay,
        }
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        view.draw_speaker_picker(self, buf);
    }

    /// The selected name with its role, if the list is too narrow for both.
    fn status(&self, app: &App) -> Option<String> {
        let findings = app.current_story().findings().filter(|_| app.notice.is_none())?;
        let choice = self.choices(findings).into_iter().nth(self.selected.item())?;
        let is_current =
            matches!(choice, SpeakerChoice::Entity(it) if Some(it) == self.options.quote.speaker);
        let label = if is_current { CURRENT_LABEL.len() + 1 } else { 0 };
        let width = usize::from(app.panes.list().width.saturating_sub(NAME_INDENT));
        choice.name_if_cut(findings, width.saturating_sub(label))
    }

    fn describe(&self, app: &App) -> Option<String> {
        let findings = app.current_story().findings()?;
        let items = self.choices(findings).into_iter().map(|choice| match &choice {
            SpeakerChoice::Entity(entity) => {
                let role = findings.entity(*entity).and_then(|it| it.roles.first());
                let role = role.map_or(String::new(), |it| format!(", {it}"));
                let current = if self.options.quote.speaker == Some(*entity) { ", current" } else { "" };
                format!("{}{role}{current}", findings.entity_name(Some(*entity)))
            }
            SpeakerChoice::NewName(name) => format!("{NEW_NAME_LABEL}{name}"),
            other => other.label().unwrap_or_default().to_string(),
        });
        Some(numbered_list(
            "Who said this? Type a number, a name of the list, or new and another name.",
            items,
        ))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![hint(Action::Cancel, "close"), hint(Action::Accept, "choose")]
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn input_changed(&mut self, app: &mut App) {
        if let Some(findings) = app.current_story().findings() {
            self.select_best_match(findings);
        }
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let area = app.panes.list();
        let choices = self.choices(app.current_story().findings()?);
        Some(PanelList { area, items: self.visible_rows(&choices, usize::from(area.height)) })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

impl RootView<'_> {
    fn draw_speaker_picker(&self, picker: &SpeakerPicker, buf: &mut Buffer) {
        let Some(findings) = self.app.current_story().findings() else { return };
        let head = self.app.panes.tabs();
        self.draw_prompt("Who said this? ", &picker.input, "type a name", head, buf);
        let list = self.app.panes.list();
        let choices = picker.choices(findings);
        let rows = picker.visible_rows(&choices, usize::from(list.height));
        for (number, row) in rows.into_iter().zip(list.rows()) {
            let Some((number, choice)) = number.and_then(|it| Some((it, choices.get(it)?))) else { continue };
            let row = Rect { width: row.width.saturating_sub(1), ..row };
            let chosen = number == picker.selected.item();
            draw_text(if chosen { "▸" } else { " " }, skip_columns(row, 2), self.theme.key.0, buf);
            self.draw_speaker_choice(choice, picker, findings, skip_columns(row, 4), buf);
            if chosen {
                self.highlight_row(row, buf);
            }
        }
    }

    /// `1 Ann Lee · Mayor   (current)`
    fn draw_speaker_choice(
        &self,
        choice: &SpeakerChoice,
        picker: &SpeakerPicker,
        findings: &Findings,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let entity = match choice {
            SpeakerChoice::Entity(number) => *number,
            SpeakerChoice::NewName(name) => {
                draw_text(&format!("   {NEW_NAME_LABEL}{name}"), row, self.theme.text.0, buf);
                return;
            }
            other => {
                let symbol = match other {
                    SpeakerChoice::Unknown => "?",
                    SpeakerChoice::NotAQuote => REJECTED,
                    _ => " ",
                };
                draw_text(symbol, skip_columns(row, 1), self.theme.secondary.0, buf);
                draw_text(other.label().unwrap_or_default(), skip_columns(row, 3), self.theme.text.0, buf);
                return;
            }
        };
        let now = if picker.options.quote.speaker == Some(entity) { CURRENT_LABEL } else { "" };
        let rest = draw_text_right(now, row, self.theme.secondary.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let speaker = findings.speaker_of_entity(entity);
        let label = speaker.map_or(" ".into(), |it| findings.speakers[it].label());
        let hue = speaker.map_or(self.theme.text.0, |it| self.speaker_style(it, findings));
        let taken = draw_text(&format!("{label:>2} "), rest, hue, buf);
        let Some(candidate) = findings.entity(entity) else { return };
        let rest = skip_columns(rest, taken);
        let rest = skip_columns(rest, draw_text(&candidate.name, rest, self.theme.text.0, buf));
        self.draw_role(candidate.roles.first().map_or("", String::as_str), rest, buf);
    }

    /// Draws a role after a name; nothing where a word of it has no room.
    pub(crate) fn draw_role(&self, role: &str, row: Rect, buf: &mut Buffer) {
        if !role.is_empty() && row.width >= MIN_ROLE_WIDTH {
            draw_text(&format!(" · {role}"), row, self.theme.secondary.0, buf);
        }
    }
}
