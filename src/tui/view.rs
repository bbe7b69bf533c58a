//! The state → a screen; nothing is changed here.

pub(crate) mod annotations;
pub(crate) mod explanation;
pub(crate) mod filter_panel;
pub(crate) mod help;
pub(crate) mod history;
pub(crate) mod note;
pub(crate) mod page;
pub(crate) mod picker;
pub(crate) mod profile;
pub(crate) mod scrollbar;
pub(crate) mod search_prompt;
pub(crate) mod side_pane;
pub(crate) mod side_rows;
pub(crate) mod speaker_picker;
pub(crate) mod statistics;
pub(crate) mod status_bar;
pub(crate) mod theme_list;
pub(crate) mod title_bar;
pub(crate) mod tour;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::tui::app::{App, Focus, Open};
use crate::tui::input::keymap::Keymap;
use crate::tui::open_story::findings::Findings;
use crate::tui::style::theme::Theme;
use crate::tui::text::width::shorten;

/// The whole screen.
#[derive(Clone, Copy)]
pub(crate) struct Screen<'a> {
    pub(crate) app: &'a App,
    pub(crate) theme: &'a Theme,
    pub(crate) keymap: &'a Keymap,
}

impl Widget for Screen<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        buf.set_style(area, self.theme.text.0);
        if area.as_size() != self.app.screen {
            // The terminal has changed its size this instant; the next frame will be for the new one.
            return;
        }
        let panes = &self.app.panes;
        if panes.has_page() {
            if !panes.title.is_empty() {
                self.title(panes.title, buf);
            }
            match &self.app.open {
                Open::Help(top) => self.help(*top, panes.body, buf),
                Open::Statistics(statistics, top) => self.statistics(statistics, *top, panes.body, buf),
                Open::Themes(_) => {
                    self.page(!panes.over, buf);
                    self.themes(panes.side, buf);
                }
                Open::Picker(picker) => {
                    self.page(!panes.over, buf);
                    self.picker(picker, panes.side, buf);
                }
                Open::History(history) => self.history(history, panes.body, buf),
                Open::Leavings(list) => {
                    self.page(!panes.over, buf);
                    self.leavings(list, panes.side, buf);
                }
                Open::Why(top) => {
                    self.page(!panes.over, buf);
                    self.why(*top, buf);
                }
                Open::Whom(whom) => {
                    self.page(!panes.over, buf);
                    self.whom(whom, buf);
                }
                Open::Chooser(chooser) => {
                    let beside = self.app.chooser_area(chooser) != panes.body;
                    self.page(beside && !panes.over, buf);
                    self.chooser(chooser, buf);
                }
                Open::Nothing | Open::Search(_) | Open::Letter(_) | Open::Note(_) => {
                    let side = !panes.over || self.app.focus == Focus::Findings;
                    self.page(!(panes.over && side), buf);
                    if side {
                        self.findings(buf);
                    }
                }
            }
            self.rule(buf);
            self.tour(buf);
        }
        self.status(panes.status, buf);
    }
}

impl Screen<'_> {
    /// The colour of a speaker; nobody's quotes have none.
    fn hue(&self, speaker: usize, findings: &Findings) -> Style {
        findings.speakers[speaker].known.map_or(self.theme.faint.0, |it| self.theme.speaker(it))
    }

    fn page(&self, story: bool, buf: &mut Buffer) {
        if !story {
            return;
        }
        self.story(buf);
        self.bar(buf);
        match &self.app.open {
            Open::Note(pad) => self.pad(pad, buf),
            Open::Nothing => self.slip(buf),
            _ => {}
        }
    }
}

/// Puts words at the left of a row, shortened to it; the columns that they took.
fn put(words: &str, row: Rect, style: Style, buf: &mut Buffer) -> u16 {
    if row.is_empty() {
        return 0;
    }
    let shown = shorten(words, usize::from(row.width));
    let (end, _) = buf.set_stringn(row.x, row.y, shown, usize::from(row.width), style);
    end - row.x
}

/// Puts words at the right end of a row; what is left of the row before them.
fn put_right(words: &str, row: Rect, style: Style, buf: &mut Buffer) -> Rect {
    let wide = crate::tui::text::width::columns(words) as u16;
    if words.is_empty() || wide > row.width {
        return row;
    }
    buf.set_string(row.right() - wide, row.y, words, style);
    Rect { width: row.width - wide, ..row }
}

/// The row without its first columns.
fn after(row: Rect, columns: u16) -> Rect {
    let columns = columns.min(row.width);
    Rect { x: row.x + columns, width: row.width - columns, ..row }
}

/// The row without its first and last column, where it can spare them.
fn inset(row: Rect) -> Rect {
    if row.width < 20 { row } else { Rect { width: row.width - 2, ..after(row, 1) } }
}
