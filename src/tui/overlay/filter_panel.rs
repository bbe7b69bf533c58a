//! The filter panel: a list of criteria, each of which can be included or excluded. Typing narrows the list.

use ratatui::layout::Rect;

use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{ListSelection, visible_rows};
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::filter::{Criterion, Filter};
use crate::tui::open_story::findings::Findings;
use crate::tui::overlay::text_input::TextInput;
use crate::tui::overlay::{Panel, PanelContext, PanelList};
use crate::tui::text::fuzzy::matching_indices;

/// The area of the list, under the input and, if there is room, a hint and an empty row.
pub(crate) fn list_area(area: Rect) -> Rect {
    let head = if area.height > 4 { 3 } else { 1.min(area.height) };
    Rect { y: area.y + head, height: area.height - head, ..area }
}

#[derive(Default)]
pub(crate) struct FilterPanel {
    pub(crate) input: TextInput,
    /// The selected row among the matching criteria.
    pub(crate) selected: ListSelection,
    /// The filter before the panel was opened; Esc restores it.
    pub(crate) original_filter: Filter,
    /// Whether a criterion was changed in the panel.
    pub(crate) changed: bool,
}

impl FilterPanel {
    /// The criteria that match the input, the best match first.
    pub(crate) fn matching_criteria(&self, findings: &Findings) -> Vec<Criterion> {
        let all = Criterion::all(findings);
        let names = all.iter().map(|it| it.name(findings));
        matching_indices(self.input.text(), names).into_iter().map(|it| all[it]).collect()
    }

    /// The numbers of the matching criteria on each visible row. An empty row separates kinds of criteria, unless the
    /// input has ranked them.
    pub(crate) fn visible_rows(&self, terms: &[Criterion], height: usize) -> Vec<Option<usize>> {
        let parted = |number: usize| {
            self.input.is_empty() && number > 0 && !terms[number].is_same_kind(terms[number - 1])
        };
        let all = || (0..terms.len()).flat_map(|it| parted(it).then_some(None).into_iter().chain([Some(it)]));
        let chosen = all().position(|it| it == Some(self.selected.item())).unwrap_or(0);
        all().skip(visible_rows(chosen, usize::MAX, height).start).take(height).collect()
    }

    /// The selected criterion; `None` if nothing matches.
    pub(crate) fn selected_criterion(&self, findings: &Findings) -> Option<Criterion> {
        self.matching_criteria(findings).get(self.selected.item()).copied()
    }
}

impl Panel for FilterPanel {
    fn mode(&self) -> Mode {
        Mode::FilterPanel
    }

    fn input(&mut self) -> Option<&mut TextInput> {
        Some(&mut self.input)
    }

    fn input_changed(&mut self, _story: &OpenStory) {
        self.selected = ListSelection::default();
    }

    fn list(&self, context: &PanelContext) -> Option<PanelList> {
        let area = list_area(context.panes.side);
        let criteria = self.matching_criteria(context.story.findings()?);
        Some(PanelList { area, items: self.visible_rows(&criteria, usize::from(area.height)) })
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn rows_per_notch(&self) -> usize {
        1
    }
}
