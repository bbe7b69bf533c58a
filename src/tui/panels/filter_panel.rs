//! The filter panel: a list of criteria, each of which can be included or excluded. Typing narrows the list.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{counted, grouped, numbered_list};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Response, hint};
use crate::tui::app::text_input::TextInput;
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::open_story::filter::{Criterion, Filter, Inclusion, LISTED_CONFIDENCE};
use crate::tui::open_story::findings::Findings;
use crate::tui::style::symbols::{UNCERTAIN, kind_symbol};
use crate::tui::text::fuzzy::matching_indices;
use crate::tui::text::width::display_width;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The area of the list, under the input and, if there is room, a hint and an empty row.
pub(crate) fn list_area(area: Rect) -> Rect {
    let head = if area.height > 4 { 3 } else { 1.min(area.height) };
    Rect { y: area.y + head, height: area.height - head, ..area }
}

/// The columns of a row that a name does not have: its marker, box and number, the count behind it, and spaces.
const NAME_MARGIN: u16 = 14;

/// The columns of the input from which it has the longer title.
const MIN_WIDTH_FOR_TITLE: u16 = 28;

#[derive(Default)]
pub(crate) struct FilterPanel {
    pub(crate) input: TextInput,
    /// The selected row among the matching criteria.
    pub(crate) selected: ListSelection,
    /// The filter before the panel was opened; Esc restores it.
    pub(crate) original_filter: Filter,
    /// The quote that was chosen when the panel was opened.
    pub(crate) chosen_quote: Option<usize>,
    /// Whether a criterion was changed in the panel.
    pub(crate) changed: bool,
}

impl FilterPanel {
    /// The criteria that match the input, the best match first.
    pub(crate) fn matching_criteria(&self, findings: &Findings) -> Vec<Criterion> {
        let mut all = Criterion::all(findings);
        // A confidence that was set elsewhere can be changed here too.
        let own = self.original_filter.criteria.keys().copied();
        let own: Vec<Criterion> = own.filter(|it| matches!(it, Criterion::MinConfidence(_))).collect();
        all.extend(own.into_iter().filter(|it| *it != Criterion::MinConfidence(LISTED_CONFIDENCE)));
        let names: Vec<Cow<str>> = all.iter().map(|it| it.name(findings)).collect();
        matching_indices(self.input.text(), names.iter().map(|it| &**it))
            .into_iter()
            .map(|it| all[it])
            .collect()
    }

    /// The numbers of the matching criteria on each visible row. An empty row separates kinds of criteria, unless the
    /// input has ranked them.
    pub(crate) fn visible_rows(&self, terms: &[Criterion], height: usize) -> Vec<Option<usize>> {
        let parted = |number: usize| {
            let is_of_confidence =
                |it: &Criterion| matches!(it, Criterion::Certain(_) | Criterion::MinConfidence(_));
            self.input.is_empty()
                && number > 0
                && !terms[number].is_same_kind(terms[number - 1])
                && !terms[number - 1..=number].iter().all(is_of_confidence)
        };
        let all = || (0..terms.len()).flat_map(|it| parted(it).then_some(None).into_iter().chain([Some(it)]));
        let chosen = all().position(|it| it == Some(self.selected.item())).unwrap_or(0);
        all().skip(ListSelection::new(chosen).top_row(usize::MAX, height)).take(height).collect()
    }

    /// The selected criterion; `None` if nothing matches.
    pub(crate) fn selected_criterion(&self, findings: &Findings) -> Option<Criterion> {
        self.matching_criteria(findings).get(self.selected.item()).copied()
    }
}

impl App {
    pub(crate) fn open_filter_panel(&mut self) {
        let Some(findings) = self.current_story().findings() else { return };
        if findings.speakers.is_empty() {
            return self.notify("No quotes in this story");
        }
        let chosen = self.focused_speaker().unwrap_or(0);
        let before = self.current_story().filter.clone();
        self.open_panel(FilterPanel {
            selected: ListSelection::new(chosen),
            original_filter: before,
            chosen_quote: self.focused_quote(),
            ..FilterPanel::default()
        });
    }
}

impl Panel for FilterPanel {
    fn mode(&self) -> Mode {
        Mode::FilterPanel
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        let page = app.page_height();
        let Some(findings) = app.current_story().findings() else { return Response::Close };
        self.selected.apply(action, page, self.matching_criteria(findings).len());
        let criterion = self.selected_criterion(findings);
        match action {
            Action::Toggle => {
                if let Some(criterion) = criterion {
                    self.changed = true;
                    let mut filter = app.current_story().filter.clone();
                    filter.cycle(criterion);
                    app.set_filter(filter);
                }
            }
            Action::Accept => {
                // Enter without Space includes only the selected row, which is the most common wish.
                if let (Some(criterion), false) = (criterion, self.changed) {
                    app.update_filter(|filter| filter.include_only(criterion));
                } else if !app.matches_a_quote(&app.current_story().filter) {
                    app.set_filter(std::mem::take(&mut self.original_filter));
                    app.notify("No quotes match these criteria");
                } else {
                    app.leave_hidden_quote(self.chosen_quote);
                }
                return Response::Close;
            }
            Action::Cancel => {
                app.set_filter(std::mem::take(&mut self.original_filter));
                return Response::Close;
            }
            _ => {}
        }
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        view.draw_filter_panel(self, view.app.panes.side, buf);
    }

    /// The selected speaker, if the panel is too narrow for the name.
    fn status(&self, app: &App) -> Option<String> {
        let findings = app.current_story().findings().filter(|_| app.notice.is_none())?;
        let speaker = self.selected_criterion(findings).filter(|it| matches!(it, Criterion::Speaker(_)))?;
        let name = speaker.name(findings).to_string();
        let width = app.panes.side.width.saturating_sub(NAME_MARGIN);
        (display_width(&name) > usize::from(width)).then_some(name)
    }

    fn describe(&self, app: &App) -> Option<String> {
        let open_story = app.current_story();
        let findings = open_story.findings()?;
        let all: Vec<usize> = (0..findings.analysis.quotes.len()).collect();
        // Counted once for all speakers, as there may be many.
        let speaker_counts = findings.quote_counts(&all);
        let items = self.matching_criteria(findings).into_iter().map(|it| {
            let state = match open_story.filter.criteria.get(&it) {
                Some(Inclusion::Include) => ", included",
                Some(Inclusion::Exclude) => ", excluded",
                None => "",
            };
            let quotes = match it {
                Criterion::Speaker(Some(entity)) => speaker_counts.get(entity).copied().unwrap_or_default(),
                other => {
                    findings.analysis.quotes.iter().filter(|quote| other.matches(findings, quote)).count()
                }
            };
            let name = it.name(findings).replace(" %", " per cent");
            format!("{name}, {}{state}", counted(quotes, "quote"))
        });
        Some(numbered_list("Show only which quotes? Type a number or a name.", items))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![
            hint(Action::Cancel, "close"),
            hint(Action::Accept, "apply"),
            // The panel tells it too.
            hint(Action::Toggle, "include/exclude"),
        ]
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn input_changed(&mut self, _app: &mut App) {
        self.selected = ListSelection::default();
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let area = list_area(app.panes.side);
        let criteria = self.matching_criteria(app.current_story().findings()?);
        Some(PanelList { area, items: self.visible_rows(&criteria, usize::from(area.height)) })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}

impl RootView<'_> {
    fn draw_filter_panel(&self, panel: &FilterPanel, area: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let Some(findings) = reading.findings() else { return };
        let mut rows =
            skip_columns(area, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        if let Some(row) = rows.next() {
            let (allowed, all) = (reading.allowed_quotes.len(), findings.analysis.quotes.len());
            let count = format!("{} of {}", grouped(allowed), grouped(all));
            let rest = draw_text_right(&count, row, self.theme.secondary.0, buf);
            let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
            let title = if rest.width < MIN_WIDTH_FOR_TITLE { "Filter " } else { "Filter quotes " };
            self.draw_prompt(title, &panel.input, "type to filter", rest, buf);
        }
        if area.height > 4
            && let Some(row) = rows.next()
        {
            let key = self.keymap.first_key_in(Action::Toggle, Mode::FilterPanel);
            let taken = draw_text(&key, row, self.theme.key.0, buf);
            draw_text(": + include, − exclude", skip_columns(row, taken), self.theme.secondary.0, buf);
        }
        let list = list_area(area);
        let rows = skip_columns(list, 2).rows().map(|it| Rect { width: it.width.saturating_sub(1), ..it });
        let terms = panel.matching_criteria(findings);
        if terms.is_empty() {
            if let Some(row) = rows.into_iter().next() {
                draw_text("No matching speaker", row, self.theme.secondary.0, buf);
            }
            return;
        }
        for (number, row) in panel.visible_rows(&terms, usize::from(list.height)).into_iter().zip(rows) {
            let Some(number) = number else { continue };
            let chosen = number == panel.selected.item();
            self.draw_criterion(terms[number], findings, chosen, row, buf);
            if chosen {
                self.highlight_marked_row(row, buf);
            }
        }
    }

    /// `▸ [+] 1 John Kerry   4`
    fn draw_criterion(
        &self,
        criterion: Criterion,
        findings: &Findings,
        chosen: bool,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let quotes = findings.analysis.quotes.iter().filter(|it| criterion.matches(findings, it)).count();
        let rest = draw_text_right(&quotes.to_string(), row, self.theme.secondary.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let inclusion = self.app.current_story().filter.criteria.get(&criterion).copied();
        let (label, label_style) = match criterion {
            Criterion::Speaker(entity) => {
                let speaker = findings.speakers.iter().position(|it| it.entity == entity);
                let label = speaker.map_or(String::new(), |it| findings.speakers[it].label());
                (label, speaker.map_or(Style::new(), |it| self.speaker_style(it, findings)))
            }
            Criterion::Kind(kind) => (kind_symbol(kind).to_string(), self.theme.text.0),
            Criterion::MinConfidence(_) => ("≥".to_string(), self.theme.text.0),
            Criterion::Certain(sure) => (if sure { " " } else { UNCERTAIN }.to_string(), self.theme.text.0),
        };
        let label_width = if findings.speakers.len() > 9 { 2 } else { 1 };
        // The symbol says "at least".
        let name = match criterion {
            Criterion::MinConfidence(percent) => format!("{percent} % confidence").into(),
            criterion => criterion.name(findings),
        };
        let segments = [
            (if chosen { "▸ " } else { "  " }.to_string(), self.theme.key.0),
            (format!("{} ", Inclusion::symbol(inclusion)), self.theme.key.0),
            (format!("{label:>label_width$} "), label_style),
            (name.to_string(), self.theme.text.0),
        ];
        segments.iter().fold(rest, |rest, (text, style)| {
            let taken = draw_text(text, rest, *style, buf);
            skip_columns(rest, taken)
        });
    }
}
