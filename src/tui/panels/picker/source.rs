//! What a picker lists: a source of items, and an item.

use crate::tui::app::App;
use crate::tui::app::panel::{Placement, Response};
use crate::tui::panels::picker::table::{Preview, TableColumn};

/// What a picker lists, and what its items do.
pub(crate) trait PickerSource: 'static {
    /// What an item stands for.
    type Target: Clone + PartialEq;

    /// The title before the input.
    fn title(&self) -> String;

    /// What can be typed, while nothing is.
    fn input_note(&self) -> &'static str {
        "type to filter"
    }

    /// The message if no item matches a typed text.
    fn no_match_message(&self, app: &App, typed: &str) -> String;

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    /// What accepting an item does, as the key hints name it.
    fn accept_label(&self) -> &'static str {
        "open"
    }

    /// The columns of a table in which the items are shown where there is room; none if they are a list.
    fn columns(&self) -> &'static [TableColumn] {
        &[]
    }

    /// Whether a column of the table has anything to show.
    fn has_column(&self, _app: &App, _place: usize) -> bool {
        true
    }

    /// Whether an item has cells in the table; the text of others takes the whole row.
    fn has_cells(&self, _app: &App, _target: &Self::Target) -> bool {
        true
    }

    /// The cells of an item in the columns of the table.
    fn cells(&self, _app: &App, _target: &Self::Target) -> Vec<String> {
        Vec::new()
    }

    /// What is shown of the selected item beside a wide list, or below a short one.
    fn preview(&self, _app: &App, _target: &Self::Target) -> Option<Preview> {
        None
    }

    /// All items. They are listed again when the analysis of a story has arrived.
    fn items(&self, app: &App) -> Vec<PickerItem<Self::Target>>;

    /// The items that have come behind those that are listed; `None` if all must be listed again.
    fn new_items(&self, _app: &App, _listed: usize) -> Option<Vec<PickerItem<Self::Target>>> {
        None
    }

    /// Whether further items may come behind those that are listed.
    fn may_grow(&self, _app: &App, _listed: usize) -> bool {
        false
    }

    /// The texts at the right end of an item's row, the longest first. The first one that fits is shown.
    fn details(&self, _app: &App, item: &PickerItem<Self::Target>) -> Vec<String> {
        item.details.clone()
    }

    /// What the status bar says of an item whose note the list does not show.
    fn summary(&self, item: &PickerItem<Self::Target>) -> String {
        item.note.clone()
    }

    /// The items for a typed text, the best first; `None` if all items are ranked by their texts.
    fn items_for(&self, _app: &App, _typed: &str) -> Option<Vec<PickerItem<Self::Target>>> {
        None
    }

    /// The text that accepting an item puts into the input; `None` if it is accepted at once.
    fn completion(&self, _target: &Self::Target) -> Option<String> {
        None
    }

    /// Accepts the selected item.
    fn accept(&self, app: &mut App, target: Self::Target) -> Response;
}

/// An item of the list.
#[derive(Clone)]
pub(crate) struct PickerItem<T> {
    pub(crate) text: String,
    /// A description after the text, if there is room.
    pub(crate) note: String,
    /// A shorter description for a row beside the story that has no room for the other one.
    pub(crate) short_note: String,
    /// The texts at the right end of the row, the longest first. The first one that fits is shown.
    pub(crate) details: Vec<String>,
    /// The number of the story whose headline is shown above the item.
    pub(crate) under_story: Option<usize>,
    pub(crate) target: T,
}

impl<T> PickerItem<T> {
    /// An item without note and details.
    pub(crate) fn new(text: impl Into<String>, target: T) -> Self {
        Self {
            text: text.into(),
            note: String::new(),
            short_note: String::new(),
            details: Vec::new(),
            under_story: None,
            target,
        }
    }
}
