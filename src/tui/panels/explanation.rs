//! The panel that explains an attribution: why a quote was given to its speaker.

use ratatui::buffer::Buffer;

use crate::text::one_line;
use crate::tui::app::panel::{KeyHint, Panel, Response, hint};
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::top_row_after_action;
use crate::tui::open_story::explanation::{ExplanationRow, explain, explain_aloud, wrap_rows};
use crate::tui::style::symbols::kind_description;
use crate::tui::text::width::truncate;
use crate::tui::view::draw_text;

/// The width in columns to which the quote is shortened where the rows do not fit.
const MAX_QUOTE_COLUMNS: usize = 90;

/// The open panel.
#[derive(Default)]
pub(crate) struct ExplanationPanel {
    /// The first visible row.
    top: usize,
}

impl App {
    /// Opens the panel for the focused quote.
    pub(crate) fn open_explanation(&mut self) {
        if self.quote_to_act_on().is_some() {
            self.open_panel(ExplanationPanel::default());
        } else if self.current_story().findings().is_none() {
            self.notify("Still analysing…");
        } else if self.current_story().rejected_quote_at_cursor().is_some() {
            self.notify("You marked this as not a quote");
        } else {
            self.notify("Move to a quote first");
        }
    }

    /// The rows of the panel. The quote, which is the last of them, is cut only where not all rows fit.
    pub(crate) fn explanation_rows(&self) -> Vec<ExplanationRow> {
        let mut facts = self.focused_quote().map_or(Vec::new(), |it| explain(self.current_story(), it));
        let (width, height) = (self.panes.panel().width.into(), usize::from(self.panes.panel().height));
        if wrap_rows(&facts, width).len() > height
            && let Some(quote) = facts.last_mut()
        {
            quote.text = truncate(&quote.text, MAX_QUOTE_COLUMNS).into_owned();
        }
        facts
    }
}

impl Panel for ExplanationPanel {
    fn mode(&self) -> Mode {
        Mode::Explanation
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        match action {
            Action::Cancel | Action::Open => return Response::Close,
            Action::NextQuote | Action::PreviousQuote if app.focus == Focus::SidePane => {
                self.top = 0;
                app.move_cursor(if action == Action::NextQuote { 1 } else { -1 });
            }
            Action::NextQuote | Action::PreviousQuote | Action::NextBySpeaker | Action::PreviousBySpeaker => {
                self.top = 0;
                return Response::Pass(action);
            }
            Action::Correct | Action::Copy => return Response::Pass(action),
            _ => {
                let (width, height) = (app.panes.panel().width.into(), usize::from(app.panes.panel().height));
                let rows = || wrap_rows(&app.explanation_rows(), width).len();
                self.top = top_row_after_action(self.top, action, height, rows);
            }
        }
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let (head, panel) = (view.app.panes.tabs(), view.app.panes.panel());
        draw_text("Why this speaker?", head, view.theme.tab.0, buf);
        let width = usize::from(panel.width);
        let rows = view.app.explanation_rows();
        if rows.is_empty() {
            draw_text("No quote here.", panel, view.theme.secondary.0, buf);
        }
        let rows = wrap_rows(&rows, width);
        let further = rows.len() - self.top.min(rows.len());
        let panel = view.draw_note_of_more(further, (Action::Forward, self.mode()), panel, buf);
        for ((label, text), row) in rows.iter().skip(self.top).zip(panel.rows()) {
            view.draw_fact(label, text, row, buf);
        }
    }

    fn describe(&self, app: &App) -> Option<String> {
        let quote = app.focused_quote().and_then(|it| app.current_story().findings()?.quote(it))?;
        let kind = kind_description(quote.kind).to_string();
        let whole = one_line(&quote.text(app.current_story().story.text()));
        let rows = app.focused_quote().map_or(Vec::new(), |it| explain_aloud(app.current_story(), it));
        let rows = rows.into_iter().map(|row| match row.label {
            "Type" => format!("Type: {kind}"),
            "Quote" => format!("Quote: {whole}"),
            label => format!("{label}: {}", row.text.replace(" %", " per cent")),
        });
        Some(format!("Why this speaker?\n{}", rows.collect::<Vec<_>>().join("\n")))
    }

    fn hints(&self, _app: &App) -> Vec<KeyHint> {
        vec![
            hint(Action::Cancel, "close"),
            hint(Action::Correct, "correct"),
            hint(Action::NextQuote, "next quote"),
            hint(Action::NextBySpeaker, "same speaker"),
        ]
    }

    /// A quote that was marked as none has no explanation.
    fn reopens(&mut self, app: &mut App) -> bool {
        app.focused_quote().is_some()
    }
}

#[cfg(test)]
mod tests {
    use pullquote::engine::Engine;

    use crate::tui::tests::TestApp;

    #[test]
    fn the_whole_quote_is_shown_where_all_rows_fit_and_its_beginning_elsewhere() {
        let words = "ferry is older than anybody in the town and has never once been late ".repeat(4);
        let page = format!(
            "<article><h1>The last ferry</h1><p>“The {words}in winter,” Ann Lee said on Monday.</p></article>"
        );
        let quote = |width, height| {
            let mut test_app = TestApp::from_page(&page).with_size(width, height);
            let analysis = Engine::embedded().analyze(&test_app.app.current_story().story);
            test_app.app.set_analysis(0, Some(analysis));
            let test_app = test_app.press("J w");
            test_app.app.explanation_rows().pop().map(|it| it.text).unwrap_or_default()
        };
        for (width, height) in [(200, 50), (120, 40)] {
            assert!(quote(width, height).ends_with("in winter,”"), "{width}: {:?}", quote(width, height));
        }
        assert!(quote(80, 16).ends_with('…'), "{}", quote(80, 16));
    }

    #[test]
    fn where_not_all_rows_fit_the_panel_says_that_more_follows_and_the_key_that_it_names_scrolls_to_it() {
        let test_app = TestApp::new().with_size(80, 16).press("5 J w");
        let more = |test_app: &TestApp| test_app.screen().contains("more: j");
        assert!(more(&test_app), "{}", test_app.screen());
        assert!(!test_app.screen().contains("Quote  "), "{}", test_app.screen());
        let below = test_app.press("j j j j j j j j j j j j j j j j j j");
        assert!(!more(&below) && below.screen().contains("Quote  "), "{}", below.screen());
        assert!(more(&below.press("k k k k k k k k k k k k k k k k k k")));
        assert!(!more(&TestApp::new().with_size(120, 40).press("5 J w")));
        // Another quote is explained from its beginning on.
        let next = TestApp::new().with_size(80, 16).press("5 J w space K");
        assert!(
            next.screen().contains("Speaker  ") && next.status().contains("quote 4/6"),
            "{}",
            next.screen()
        );
    }
}
