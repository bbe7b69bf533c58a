//! The help page: keys and symbols in as many columns as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::help::{HelpLayout, HelpRow};
use crate::tui::app::panel::{KeyHint, Panel, Placement, ROWS_PER_NOTCH, Response, hint};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::top_row_after_action;
use crate::tui::view::{centred, draw_text, skip_columns};

/// The open help page.
pub(crate) struct HelpPage {
    /// The mode in which the page was opened.
    opened_in: Mode,
    /// Whether all keys are shown, not only those that matter most in that mode.
    is_full: bool,
    /// The first visible row.
    top: usize,
}

impl HelpPage {
    /// The keys that matter most in a mode.
    pub(crate) fn new(opened_in: Mode) -> Self {
        Self { opened_in, is_full: false, top: 0 }
    }

    fn layout(&self, app: &App) -> HelpLayout {
        let [width, height] = [app.panes.body.width, app.panes.body.height].map(usize::from);
        if self.is_full {
            app.help.layout(width)
        } else {
            app.help.short_layout(self.opened_in, width, height)
        }
    }
}

impl Panel for HelpPage {
    fn mode(&self) -> Mode {
        Mode::Help
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        match action {
            Action::Cancel => return Response::Close,
            Action::Help => (self.is_full, self.top) = (!self.is_full, 0),
            _ => {
                let page = usize::from(app.panes.body.height).max(1);
                self.top = top_row_after_action(self.top, action, page, || self.layout(app).height());
            }
        }
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let body = view.app.panes.body;
        let laid = self.layout(view.app);
        let width = (laid.width as u16).min(body.width);
        let keys = laid.key_columns as u16;
        let page = centred(body, width.saturating_mul(laid.columns.len() as u16), laid.height());
        let further = laid.height() - self.top.min(laid.height());
        let page = skip_columns(page, 2);
        let page = view.draw_note_of_more(further, (Action::PageForward, self.mode()), page, buf);
        for (number, rows) in laid.columns.iter().enumerate() {
            let column = Rect { x: page.x + width * number as u16, width: width.saturating_sub(2), ..page };
            for (row, line) in rows.iter().skip(self.top).zip(column.rows()) {
                match row {
                    HelpRow::Gap => {}
                    HelpRow::Heading(description) => {
                        draw_text(description, line, view.theme.headline.0, buf);
                    }
                    HelpRow::Keys(names, description) => {
                        draw_text(names, Rect { width: keys.min(line.width), ..line }, view.theme.key.0, buf);
                        draw_text(description, skip_columns(line, keys), view.theme.text.0, buf);
                    }
                }
            }
        }
    }

    fn hints(&self, app: &App) -> Vec<KeyHint> {
        let mut hints = vec![hint(Action::Cancel, "close")];
        hints.push(hint(Action::Help, if self.is_full { "fewer keys" } else { "all keys" }));
        if self.layout(app).height() > usize::from(app.panes.body.height) {
            hints.push(hint(Action::PageForward, "scroll"));
        }
        hints
    }

    fn rows_per_notch(&self) -> usize {
        ROWS_PER_NOTCH
    }
}
