//! Panels that open over the page: their state, and what all of them have in common.

pub(crate) mod annotations;
pub(crate) mod bookmark_letter;
pub(crate) mod explanation;
pub(crate) mod filter_panel;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod note_editor;
pub(crate) mod picker;
pub(crate) mod search_prompt;
pub(crate) mod speaker_picker;
pub(crate) mod statistics;
pub(crate) mod text_input;
pub(crate) mod theme_list;
pub(crate) mod tour;

use ratatui::layout::Rect;

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;
use crate::tui::layout::panes::Panes;
use crate::tui::open_story::OpenStory;

use annotations::AnnotationList;
use bookmark_letter::BookmarkLetter;
use explanation::ExplanationPanel;
use filter_panel::FilterPanel;
use help::HelpPage;
use history::History;
use note_editor::NoteEditor;
use picker::Picker;
use search_prompt::SearchPrompt;
use speaker_picker::SpeakerPicker;
use statistics::StatisticsPanel;
use text_input::TextInput;
use theme_list::ThemeList;

/// How many rows a notch of the mouse wheel scrolls a text.
pub(crate) const ROWS_PER_NOTCH: usize = 3;

/// Defines [`Overlay`] with one variant per panel.
macro_rules! overlay {
    ($($variant:ident($panel:ident)),* $(,)?) => {
        /// The panel that is open, if any.
        pub(crate) enum Overlay {
            None,
            $($variant($panel)),*
        }

        impl Overlay {
            pub(crate) fn panel(&self) -> Option<&dyn Panel> {
                match self {
                    Self::None => None,
                    $(Self::$variant(panel) => Some(panel)),*
                }
            }

            pub(crate) fn panel_mut(&mut self) -> Option<&mut dyn Panel> {
                match self {
                    Self::None => None,
                    $(Self::$variant(panel) => Some(panel)),*
                }
            }
        }
    };
}

overlay! {
    Help(HelpPage),
    Search(SearchPrompt),
    FilterPanel(FilterPanel),
    ThemeList(ThemeList),
    Statistics(StatisticsPanel),
    BookmarkLetter(BookmarkLetter),
    NoteEditor(NoteEditor),
    Annotations(AnnotationList),
    History(History),
    Explanation(ExplanationPanel),
    SpeakerPicker(SpeakerPicker),
    Picker(Picker),
}

/// What the program asks of any open panel. The commands of a panel are in `commands`, its drawing in `view`.
pub(crate) trait Panel {
    /// The mode whose keys work while the panel is open.
    fn mode(&self) -> Mode;

    fn placement(&self) -> Placement {
        Placement::SidePane
    }

    /// The text that is typed into the panel; `None` if it has no prompt.
    fn input(&mut self) -> Option<&mut TextInput> {
        None
    }

    /// Updates the panel after its input has changed.
    fn input_changed(&mut self, _story: &OpenStory) {}

    /// Whether erasing in an empty input closes the panel.
    fn closes_on_empty_erase(&self) -> bool {
        false
    }

    /// The rows of the panel's list that are visible; `None` if it has no list.
    fn list(&self, _context: &PanelContext) -> Option<PanelList> {
        None
    }

    /// The selection in the panel's list.
    fn selection(&mut self) -> Option<&mut ListSelection> {
        None
    }

    /// What a click on the selected item does.
    fn click_action(&self) -> Action {
        Action::Accept
    }

    /// How many rows a notch of the mouse wheel moves; 0 if the panel ignores the wheel.
    fn rows_per_notch(&self) -> usize {
        0
    }
}

/// Which part of the screen a panel takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// The side pane; the story stays visible beside it on a wide screen.
    SidePane,
    /// Story and side pane.
    FullPage,
    /// The status bar or a strip of the story; both panes stay visible.
    Inline,
}

/// What a panel needs to know to lay out its list.
pub(crate) struct PanelContext<'a> {
    pub(crate) story: &'a OpenStory,
    pub(crate) panes: &'a Panes,
    pub(crate) theme_count: usize,
}

/// The visible rows of a panel's list.
pub(crate) struct PanelList {
    pub(crate) area: Rect,
    /// The number of the item on each row of the area; `None` on rows that cannot be selected.
    pub(crate) items: Vec<Option<usize>>,
}
