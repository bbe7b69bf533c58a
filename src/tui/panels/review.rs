//! The review: the uncertain quotes one after another, each with those who may have said it. One key accepts or corrects.
//!
//! What the user decides is a correction like any other: it is saved, undone and exported as such.

mod words;

use std::collections::BTreeSet;

use pullquote::analysis::Quote;
use pullquote::span::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{counted, grouped, numbered_list};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Response, hint};
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::explanation::{explain_reasons, wrap_rows};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::viewport::ViewPosition;
use crate::tui::panels::review::words::{is_reason, quote_rows, unlabelled_reason};
use crate::tui::panels::speaker_options::{KeyedChoice, SpeakerChoice, SpeakerOptions};
use crate::tui::view::side_rows::share_bar;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The rows of the quote's words, at most, and in a low panel at least.
const MAX_QUOTE_ROWS: usize = 6;
const MIN_QUOTE_ROWS: usize = 2;

/// The names that a low panel lists at least.
const MIN_NAMES: usize = 3;

/// The rows between the words, the names and the reason: two gaps and the question.
const ROWS_BETWEEN: usize = 3;

/// The columns before a name: its key and the number of the speaker.
const NAME_INDENT: u16 = 7;

/// A quote to be reviewed.
struct ReviewItem {
    /// The parts of the quote, which identify it whatever the user decides of others.
    parts: Vec<Span>,
    /// Whether the user has decided who said it.
    is_checked: bool,
}

/// The open review.
struct Review {
    /// The quotes that were uncertain when the review began, in the order of the story.
    items: Vec<ReviewItem>,
    /// The index of the item that is shown; that of the end once all are checked.
    at: usize,
    choices: Vec<KeyedChoice>,
    /// How many names of the story are not among the choices.
    hidden_names: usize,
    selected: ListSelection,
    /// The place in the story before the review.
    origin: ViewPosition,
}

/// A row of the panel.
enum ReviewRow {
    Gap,
    /// Words with their style; a symbol stands before the first row of a quote.
    Text(String, Style),
    Choice(usize),
    /// A number of names that have no row.
    HiddenNames(usize),
    Fact(&'static str, String),
    /// Why the quote is uncertain, without a label.
    Reason(String),
}

/// Whether the speaker of a quote is uncertain or unknown, and not decided by the user.
fn is_open(quote: &Quote) -> bool {
    !quote.is_verified() && (quote.speaker.is_none() || quote.is_doubtful())
}

impl App {
    /// Opens the review of the uncertain quotes that are shown, from the cursor on.
    pub(crate) fn open_review(&mut self) {
        let open_story = self.current_story();
        let Some(findings) = open_story.findings() else { return };
        let shown = open_story.allowed_quotes.iter().filter_map(|it| findings.quote(*it));
        let quotes: Vec<&Quote> = shown.filter(|it| is_open(it)).collect();
        let here = open_story.viewport.visible_offset();
        let at = quotes.iter().position(|it| it.extent().end > here).unwrap_or_default();
        let items: Vec<ReviewItem> =
            quotes.into_iter().map(|it| ReviewItem { parts: it.parts.clone(), is_checked: false }).collect();
        if items.is_empty() {
            return self.notify("No uncertain quotes");
        }
        let origin = open_story.viewport.position(&open_story.page, self.page_height());
        let (choices, selected) = (Vec::new(), ListSelection::default());
        let mut review = Review { items, at, choices, hidden_names: 0, selected, origin };
        self.focus = Focus::Story;
        review.show(self);
        self.open_panel(review);
    }
}

impl Review {
    /// Returns the quote that is shown; `None` once all are checked, and for one that the user has rejected.
    fn quote<'a>(&self, findings: &'a Findings) -> Option<(usize, &'a Quote)> {
        let item = self.items.get(self.at)?;
        findings.analysis.quotes.iter().enumerate().find(|it| it.1.parts == item.parts)
    }

    /// Shows the current item: scrolls the story to it, and lists who may have said it.
    fn show(&mut self, app: &mut App) {
        let height = app.page_height();
        self.choices.clear();
        self.selected = ListSelection::default();
        let number = app.current_story().findings().and_then(|it| Some(self.quote(it)?.0));
        match number {
            Some(quote) => app.current_story_mut().show_quote(quote, height),
            None => return app.sync_panes(),
        }
        app.sync_panes();
        let Some(findings) = app.current_story().findings() else { return };
        let Some((_, quote)) = self.quote(findings) else { return };
        let is_unknown = quote.speaker.is_none();
        let options = SpeakerOptions::new(quote.clone(), false, findings);
        self.choices = options.keyed(findings);
        self.leave_room_for_reason(app, number.unwrap_or_default(), options.name_count());
        if is_unknown {
            let unknown = self.choices.iter().position(|it| it.choice == SpeakerChoice::Unknown);
            self.selected = ListSelection::new(unknown.unwrap_or_default());
        }
    }

    /// Leaves out the last names where the panel is too low for all of them and the reason, and counts those of all `name_count`
    /// names that have no row. They and a new name can still be given.
    fn leave_room_for_reason(&mut self, app: &App, quote: usize, name_count: usize) {
        let panel = app.panes.panel();
        let reason = unlabelled_reason(app.current_story(), quote, usize::from(panel.width).max(1));
        let names = self.shown_names();
        let others = MIN_QUOTE_ROWS + ROWS_BETWEEN + self.choices.len() - names + reason.len();
        let room = usize::from(panel.height).saturating_sub(others).max(MIN_NAMES);
        // The number of the names that are left out has a row too.
        let room = if room < name_count { room.saturating_sub(1).max(MIN_NAMES) } else { room };
        if room < names {
            self.choices.drain(room..names);
        }
        self.hidden_names = name_count - self.shown_names();
    }

    fn shown_names(&self) -> usize {
        self.choices.iter().filter(|it| matches!(it.choice, SpeakerChoice::Entity(_))).count()
    }

    /// The rows of the names and the verdicts, and of how many names have none.
    fn choice_rows(&self) -> Vec<ReviewRow> {
        let mut rows: Vec<ReviewRow> = (0..self.choices.len()).map(ReviewRow::Choice).collect();
        if self.hidden_names > 0 {
            rows.insert(self.shown_names(), ReviewRow::HiddenNames(self.hidden_names));
        }
        rows
    }

    /// Shows an item a number of items on.
    fn skip(&mut self, by: isize, app: &mut App) {
        self.at = self.at.saturating_add_signed(by).min(self.items.len() - 1);
        self.show(app);
    }

    /// Takes the user's choice for the current quote, and shows the next one that is not checked.
    fn choose(&mut self, place: usize, app: &mut App) {
        let Some(choice) = self.choices.get(place).map(|it| it.choice.clone()) else { return };
        let quote = app.current_story().findings().and_then(|it| Some(self.quote(it)?.1.clone()));
        if let Some(quote) = quote {
            app.apply_correction(&quote, choice);
            self.items[self.at].is_checked = true;
            self.go_on(app);
        }
    }

    /// Shows the next quote that is not checked, from here on and round the end of the story.
    fn go_on(&mut self, app: &mut App) {
        let count = self.items.len();
        let next = (self.at + 1..count).chain(0..self.at.min(count)).find(|it| !self.items[*it].is_checked);
        self.at = next.unwrap_or(count);
        self.show(app);
    }

    fn checked_count(&self) -> usize {
        self.items.iter().filter(|it| it.is_checked).count()
    }

    /// Closes the review; the story is again where it was.
    fn close(&self, app: &mut App) -> Response {
        app.current_story_mut().viewport.restore(self.origin);
        app.sync_panes();
        Response::Close
    }

    /// The rows of the panel below its head.
    fn rows(&self, view: RootView, panel: Rect) -> Vec<ReviewRow> {
        let open_story = view.app.current_story();
        let known = open_story.findings().and_then(|it| Some((it, self.quote(it)?)));
        let Some((findings, (number, quote))) = known else { return self.end_rows(view, open_story) };
        let style = view.theme.text.0.patch(view.quoted_style(number, findings));
        let (words, reasons) = self.words_and_reasons(open_story, (number, quote), panel);
        let mut rows: Vec<ReviewRow> = words.into_iter().map(|it| ReviewRow::Text(it, style)).collect();
        rows.extend([ReviewRow::Gap, ReviewRow::Text("Who said this?".into(), view.theme.tab.0)]);
        rows.extend(self.choice_rows());
        rows.push(ReviewRow::Gap);
        rows.extend(reasons);
        rows
    }

    /// The rows of a quote, and those of why it is uncertain. In a low panel the quote is cut so that the reason is whole; the
    /// story beside it shows the quote.
    fn words_and_reasons(
        &self,
        open_story: &OpenStory,
        (number, quote): (usize, &Quote),
        panel: Rect,
    ) -> (Vec<String>, Vec<ReviewRow>) {
        let (width, height) = (usize::from(panel.width).max(1), usize::from(panel.height));
        let facts = explain_reasons(open_story, number);
        let (reasons, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(is_reason);
        let words = quote_rows(quote, open_story, width, MAX_QUOTE_ROWS);
        let labelled = wrap_rows(&reasons, width);
        let names = self.choice_rows().len() + ROWS_BETWEEN;
        if words.len() + names + labelled.len() <= height {
            let rows = labelled.into_iter().chain(wrap_rows(&others, width));
            return (words, rows.map(|it| ReviewRow::Fact(it.0, it.1)).collect());
        }
        let reasons = unlabelled_reason(open_story, number, width);
        let most = height.saturating_sub(names + reasons.len()).clamp(MIN_QUOTE_ROWS, MAX_QUOTE_ROWS);
        (quote_rows(quote, open_story, width, most), reasons.into_iter().map(ReviewRow::Reason).collect())
    }

    /// The rows at the end of the review.
    fn end_rows(&self, view: RootView, open_story: &OpenStory) -> Vec<ReviewRow> {
        let text = |words: String| ReviewRow::Text(words, view.theme.text.0);
        if self.at < self.items.len() {
            return vec![text("You marked this as not a quote.".into())];
        }
        let verified = open_story
            .findings()
            .map_or(0, |it| it.analysis.quotes.iter().filter(|it| it.is_verified()).count());
        vec![
            text(format!("All {} reviewed.", counted(self.items.len(), "uncertain quote"))),
            text(format!("{} verified by you, and marked as such in exports.", counted(verified, "quote"))),
        ]
    }

    /// Draws `b  2 Bo Ray · steward`: the key, the number of the speaker, the name.
    fn draw_choice(&self, place: usize, row: Rect, view: RootView, buf: &mut Buffer) {
        let Some(findings) = view.app.current_story().findings() else { return };
        let is_selected = self.selected.item() == place;
        draw_text(if is_selected { "▸" } else { " " }, row, view.theme.key.0, buf);
        let KeyedChoice { key, choice } = &self.choices[place];
        draw_text(&key.to_string(), skip_columns(row, 2), view.theme.key.0, buf);
        let rest = skip_columns(row, 4);
        match choice {
            SpeakerChoice::Entity(entity) => {
                let speaker = findings.speaker_of_entity(*entity);
                let style = speaker.map_or(view.theme.text.0, |it| view.speaker_style(it, findings));
                let number = speaker.map_or(String::new(), |it| findings.speakers[it].label());
                draw_text(&format!("{number:>2}"), rest, style, buf);
                let rest = skip_columns(rest, 3);
                let taken = draw_text(findings.entity_name(Some(*entity)), rest, style, buf);
                let note = findings.entity_note(Some(*entity));
                view.draw_role(note, skip_columns(rest, taken), buf);
            }
            choice => {
                let label = choice.label().unwrap_or_default();
                draw_text(label, skip_columns(rest, 3), view.theme.text.0, buf);
            }
        }
        if is_selected {
            view.highlight_marked_row(row, buf);
        }
    }
}

impl Panel for Review {
    fn mode(&self) -> Mode {
        Mode::Review
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        match action {
            Action::Accept if self.at == self.items.len() => return self.close(app),
            Action::Accept => self.choose(self.selected.item(), app),
            Action::NextQuote => self.skip(1, app),
            Action::PreviousQuote => self.skip(-1, app),
            Action::Cancel => return self.close(app),
            Action::Correct | Action::Undo | Action::Copy => return Response::Pass(action),
            _ => self.selected.apply_cyclic(action, self.choices.len(), self.choices.len()),
        }
        Response::Stay
    }

    fn insert(&mut self, app: &mut App, text: &str) -> Response {
        let mut typed = text.chars();
        if let (Some(key), None) = (typed.next(), typed.next())
            && let Some(place) = self.choices.iter().position(|it| it.key == key)
        {
            self.choose(place, app);
        }
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let (head, panel) = (view.app.panes.tabs(), view.app.panes.panel());
        let total = self.items.len();
        let title = if self.at < total {
            format!("Review  {} of {}", grouped(self.at + 1), grouped(total))
        } else {
            "Review".into()
        };
        let checked = self.checked_count();
        let rest = draw_text_right(&format!("{checked} checked"), head, view.theme.secondary.0, buf);
        draw_text(&title, rest, view.theme.tab.0, buf);
        let bar = share_bar(checked as f64 / total.max(1) as f64, head.width.saturating_add(2));
        let below = Rect {
            y: head.y + 1,
            height: head.height.min(view.app.panes.side.height.saturating_sub(1)),
            ..head
        };
        draw_text(bar.trim_start(), below, view.theme.key.0, buf);
        for (content, row) in self.rows(view, panel).into_iter().zip(panel.rows()) {
            match content {
                ReviewRow::Gap => {}
                ReviewRow::Reason(words) => drop(draw_text(&words, row, view.theme.text.0, buf)),
                ReviewRow::Text(words, style) => drop(draw_text(&words, row, style, buf)),
                ReviewRow::HiddenNames(count) => {
                    let words = format!("… {} more", grouped(count));
                    let row = skip_columns(row, NAME_INDENT);
                    view.draw_key_note(&words, Action::Correct, Mode::Review, row, buf);
                }
                ReviewRow::Choice(place) => self.draw_choice(place, row, view, buf),
                ReviewRow::Fact(label, words) => view.draw_fact(label, &words, row, buf),
            }
        }
    }

    /// The selected name with its role, if the panel is too narrow for both.
    fn status(&self, app: &App) -> Option<String> {
        let choice = self.choices.get(self.selected.item()).filter(|_| app.notice.is_none())?;
        let width = app.panes.panel().width.saturating_sub(NAME_INDENT);
        choice.choice.name_if_cut(app.current_story().findings()?, width.into())
    }

    fn describe(&self, app: &App) -> Option<String> {
        let findings = app.current_story().findings()?;
        let Some((_, quote)) = self.quote(findings) else {
            return Some("All uncertain quotes are reviewed.".into());
        };
        let words = quote_beginning(quote, app.current_story().story.text(), usize::MAX);
        let title = format!(
            "Quote {} of {}: {words}\nWho said this?",
            grouped(self.at + 1),
            grouped(self.items.len())
        );
        let names = self.choices.iter().map(|it| match &it.choice {
            SpeakerChoice::Entity(entity) => findings.entity_name(Some(*entity)).to_string(),
            choice => choice.label().unwrap_or_default().to_string(),
        });
        Some(numbered_list(&title, names))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![
            hint(Action::Help, "help"),
            hint(Action::Cancel, "close"),
            hint(Action::Accept, "accept"),
            hint(Action::NextQuote, "skip"),
            hint(Action::PreviousQuote, "back"),
            hint(Action::Undo, "undo"),
            hint(Action::Correct, "another name"),
        ]
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let area = app.panes.panel();
        let findings = app.current_story().findings()?;
        let quote = self.quote(findings)?;
        // A gap and the question stand between the quote and the names.
        let rows = self.words_and_reasons(app.current_story(), quote, area).0.len() + 2;
        let choices = self.choice_rows().into_iter().map(|it| match it {
            ReviewRow::Choice(place) => Some(place),
            _ => None,
        });
        let items = std::iter::repeat_n(None, rows).chain(choices);
        Some(PanelList { area, items: items.take(usize::from(area.height)).collect() })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }

    /// What was undone is to be reviewed again, and is shown.
    fn refresh(&mut self, app: &mut App) {
        let Some(findings) = app.current_story().findings() else { return };
        let open: BTreeSet<&[Span]> =
            findings.analysis.quotes.iter().filter(|it| is_open(it)).map(|it| &it.parts[..]).collect();
        let mut reopened = None;
        for (place, item) in self.items.iter_mut().enumerate() {
            let is_checked = !open.contains(&item.parts[..]);
            if item.is_checked && !is_checked {
                reopened = Some(place);
            }
            item.is_checked = is_checked;
        }
        let is_done = self.items.get(self.at).is_some_and(|it| it.is_checked);
        match reopened {
            Some(place) => {
                self.at = place;
                self.show(app);
            }
            None if is_done => self.go_on(app),
            None => {}
        }
    }

    fn reopens(&mut self, app: &mut App) -> bool {
        self.refresh(app);
        true
    }
}

#[cfg(test)]
mod tests;
