//! A panel that opens over the page: what the program asks of any panel.
//!
//! A panel is one file in `panels/`. It holds the state, the commands and the drawing of the panel.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::text::safe_input;
use crate::tui::app::text_input::TextInput;
use crate::tui::app::{App, Effect, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::ListSelection;

/// How many rows a notch of the mouse wheel scrolls a text.
pub(crate) const ROWS_PER_NOTCH: usize = 3;

/// A command with what it does here.
pub(crate) type KeyHint = (Action, Cow<'static, str>);

/// Returns a key hint.
pub(crate) fn hint(action: Action, label: &'static str) -> KeyHint {
    (action, label.into())
}

/// The hints of a page of some rows that is only read.
pub(crate) fn scrolled_page_hints(rows: usize, app: &App) -> Vec<KeyHint> {
    let scrolls = rows > usize::from(app.panes.body.height);
    let mut hints = vec![hint(Action::Help, "help"), hint(Action::Cancel, "close")];
    hints.extend(scrolls.then(|| hint(Action::PageForward, "scroll")));
    hints
}

/// A panel that opens over the page.
pub(crate) trait Panel {
    /// The mode whose keys work while the panel is open.
    fn mode(&self) -> Mode;

    fn placement(&self) -> Placement {
        Placement::SidePane
    }

    /// Whether the status bar tells the position in the story, or in the panel, while the panel is open.
    fn shows_position(&self) -> bool {
        self.placement() != Placement::FullPage
    }

    /// Performs an action. Meanwhile the panel is not among the open ones of the app.
    fn update(&mut self, app: &mut App, action: Action) -> Response;

    /// Draws the panel over the page.
    fn draw(&self, view: RootView, buf: &mut Buffer);

    /// Draws the whole status bar. Returns `false` if the panel leaves it as it is.
    fn draw_status(&self, _view: RootView, _row: Rect, _buf: &mut Buffer) -> bool {
        false
    }

    /// The message in the status bar while the panel is open.
    fn status(&self, _app: &App) -> Option<String> {
        None
    }

    /// The panel in words, for the line mode: a question, or the items with their numbers. `None` if it is read from a
    /// frame.
    fn describe(&self, _app: &App) -> Option<String> {
        None
    }

    /// The key hints in the status bar, the most useful first.
    fn hints(&self, app: &App) -> Vec<KeyHint>;

    /// The text that is typed into the panel; `None` if it has no prompt.
    fn input(&mut self) -> Option<&mut TextInput> {
        None
    }

    /// Updates the panel after its input has changed.
    fn input_changed(&mut self, _app: &mut App) {}

    /// Takes typed or pasted text.
    fn insert(&mut self, app: &mut App, text: &str) -> Response {
        let text = safe_input(text).replace('\n', "");
        if let Some(input) = self.input()
            && !text.is_empty()
        {
            input.insert(&text);
            self.input_changed(app);
        }
        Response::Stay
    }

    /// Whether erasing in an empty input closes the panel.
    fn closes_on_empty_erase(&self) -> bool {
        false
    }

    /// The rows of the panel's list that are visible; `None` if it has no list.
    fn list(&self, _app: &App) -> Option<PanelList> {
        None
    }

    /// The selection in the panel's list.
    fn selection(&mut self) -> Option<&mut ListSelection> {
        None
    }

    /// Updates the app after a click has selected an item of the list.
    fn selection_changed(&mut self, _app: &mut App) {}

    /// What a click on the selected item does.
    fn click_action(&self) -> Action {
        Action::Accept
    }

    /// Handles a click outside of the list. Returns whether it did something.
    fn click(&mut self, _app: &mut App, _at: Position) -> bool {
        false
    }

    /// How many rows a notch of the mouse wheel moves; 0 if the panel ignores the wheel.
    fn rows_per_notch(&self) -> usize {
        0
    }

    /// The quotes that the panel lists of several stories, in reading order, to be exported or copied; `None` if it lists none
    /// of other stories.
    fn shown_quotes(&self) -> Option<ListedQuotes> {
        None
    }

    /// The key of the story of the history whose preview the panel shows; `None` if it shows none.
    fn story_preview_key(&self) -> Option<&str> {
        None
    }

    /// Updates the panel after the analysis of a story has arrived, or an action that it passed on was performed.
    fn refresh(&mut self, _app: &mut App) {}

    /// Updates the panel after the panel over it has closed. Returns whether it stays open.
    fn reopens(&mut self, _app: &mut App) -> bool {
        true
    }
}

/// The quotes that a panel lists of several stories.
pub(crate) struct ListedQuotes {
    /// By what they were chosen, in words.
    pub(crate) description: String,
    /// For each story its index and the numbers of its quotes, in reading order.
    pub(crate) by_story: Vec<(usize, Vec<usize>)>,
}

/// What becomes of a panel after an action or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Response {
    Stay,
    Close,
    /// The panel stays open; the action is performed on the page.
    Pass(Action),
    /// The panel closes before the action is performed.
    Run(Action),
    /// The panel stays open; the event loop is asked for an effect.
    Effect(Effect),
    /// The panel closes; the event loop is asked for an effect.
    CloseWith(Effect),
}

/// Which part of the screen a panel takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// The side pane; the story stays visible beside it on a wide screen.
    SidePane,
    /// The side pane and the third column; the whole page on a screen without a third column.
    WideSide,
    /// Story and side pane.
    FullPage,
    /// The status bar or a strip of the story; both panes stay visible.
    Inline,
}

/// The visible rows of a panel's list.
pub(crate) struct PanelList {
    pub(crate) area: Rect,
    /// The number of the item on each row of the area; `None` on rows that cannot be selected.
    pub(crate) items: Vec<Option<usize>>,
}

impl App {
    /// The panel that is open on top of all others, if any.
    pub(crate) fn panel(&self) -> Option<&dyn Panel> {
        self.panels.last().map(|it| &**it)
    }

    /// Opens a panel over those that are open.
    pub(crate) fn open_panel(&mut self, panel: impl Panel + 'static) {
        self.panels.push(Box::new(panel));
    }

    /// Closes the panel on top, and those under it that are of no use any more.
    pub(crate) fn close_panel(&mut self) {
        self.panels.pop();
        while self.with_panel(|panel, app| !panel.reopens(app)) == Some(true) {
            self.panels.pop();
        }
    }

    /// Closes the panel at a place among the open ones. A panel that it has opened stays.
    pub(crate) fn close_panel_at(&mut self, place: usize) {
        if place + 1 < self.panels.len() {
            self.panels.remove(place);
        } else {
            self.close_panel();
        }
    }

    /// Lends the panel on top to a function. A panel that the function opens lies over it. `None` if no panel is open.
    pub(crate) fn with_panel<R>(&mut self, change: impl FnOnce(&mut dyn Panel, &mut Self) -> R) -> Option<R> {
        let mut panel = self.panels.pop()?;
        let depth = self.panels.len();
        let result = change(&mut *panel, self);
        self.panels.insert(depth.min(self.panels.len()), panel);
        Some(result)
    }

    /// Edits the input of the open panel. `edit` returns whether it has changed the text. Returns `false` if no panel
    /// with an input is open.
    pub(crate) fn edit_input(&mut self, edit: impl FnOnce(&mut TextInput) -> bool) -> bool {
        let edited = self.with_panel(|panel, app| {
            let Some(changed) = panel.input().map(edit) else { return false };
            app.notice = None;
            if changed {
                panel.input_changed(app);
            }
            true
        });
        edited.unwrap_or(false)
    }

    /// Whether an action erases in the empty input of a panel that this closes.
    pub(crate) fn is_closing_erase(&mut self, action: Action) -> bool {
        let Some(panel) = self.panels.last_mut() else { return false };
        action == Action::EraseCharacter
            && panel.closes_on_empty_erase()
            && panel.input().is_some_and(|it| it.is_empty())
    }

    /// The part of the screen that the open panel takes, [`Placement::WideSide`] only if there is a third column; `None` if no
    /// panel is open.
    pub(crate) fn panel_placement(&self) -> Option<Placement> {
        let has_detail = !self.panes.detail.is_empty();
        self.panel().map(|it| match it.placement() {
            Placement::WideSide if !has_detail => Placement::FullPage,
            placement => placement,
        })
    }

    /// Whether the border between the panes is visible.
    pub(crate) fn has_border(&self) -> bool {
        self.panel_placement() != Some(Placement::FullPage)
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    #[test]
    fn every_prompt_is_edited_in_the_middle() {
        for (keys, line) in [
            ("/fery left r", "/ferry  "),
            ("/ferry left left delete backspace a", "/feay  "),
            ("/the space ferry ctrl-left last space", "/the last ferry  "),
            ("/ferry home x end y", "/xferryy  "),
            ("s lee left left left b", "blee"),
            (":the left left left", ":the"),
            (":the left left left o", ":othe"),
            ("] q ! mg left o", "mog"),
        ] {
            let screen = TestApp::new().press(keys).screen();
            assert!(screen.contains(line), "{keys}\n{screen}");
        }
    }

    #[test]
    fn a_cursor_that_only_moves_keeps_what_is_selected() {
        let before = TestApp::new().press(":the down down");
        let after = TestApp::new().press(":the down down left right");
        assert_eq!(before.screen(), after.screen());
    }
}
