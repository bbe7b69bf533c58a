//! The help page: keys and symbols in as many columns as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::help::HelpRow;
use crate::tui::app::panel::{KeyHint, Panel, Placement, ROWS_PER_NOTCH, Response, hint};
use crate::tui::app::{App, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{row_delta, top_row_after_scroll};
use crate::tui::view::{draw_text, skip_columns};

/// The open help page.
#[derive(Default)]
pub(crate) struct HelpPage {
    /// The first visible row.
    top: usize,
}

impl Panel for HelpPage {
    fn mode(&self) -> Mode {
        Mode::Help
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        if action == Action::Cancel {
            return Response::Close;
        }
        let page = usize::from(app.panes.body.height);
        if let Some(by) = row_delta(action, page) {
            let rows = app.help.height(usize::from(app.panes.body.width));
            self.top = top_row_after_scroll(self.top, by, rows, page.max(1));
        }
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let body = view.app.panes.body;
        let laid = view.app.help.layout(usize::from(body.width));
        let width = body.width / laid.columns.len() as u16;
        let keys = laid.key_columns as u16;
        for (number, rows) in laid.columns.iter().enumerate() {
            let column = Rect { x: body.x + width * number as u16, width, ..body };
            for (row, line) in rows.iter().skip(self.top).zip(skip_columns(column, 2).rows()) {
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
        let Rect { width, height, .. } = app.panes.body;
        let mut hints = vec![hint(Action::Cancel, "close")];
        if app.help.height(usize::from(width)) > usize::from(height) {
            hints.push(hint(Action::PageForward, "scroll"));
        }
        hints
    }

    fn rows_per_notch(&self) -> usize {
        ROWS_PER_NOTCH
    }
}
