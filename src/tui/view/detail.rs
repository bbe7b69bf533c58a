//! The third column of a wide screen: why the chosen quote was given to its speaker, and the profile of that speaker.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::explanation::{explain_reasons, wrap_rows};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::Timeline;
use crate::tui::style::symbols::kind_symbol;
use crate::tui::text::wrap::wrap_words;
use crate::tui::view::{RootView, draw_text, skip_columns};

/// The rows of a quote among others, at most.
const MAX_QUOTE_ROWS: usize = 8;

/// The least rows of the quotes of a speaker.
const MIN_QUOTE_ROWS: usize = 3;

impl RootView<'_> {
    /// Draws the third column, if there is one.
    pub(crate) fn draw_detail(&self, buf: &mut Buffer) {
        let (border, area) = (self.app.panes.detail_border, self.app.panes.detail);
        for row in border.rows() {
            buf.set_string(row.x, row.y, "│", self.theme.rule.0);
        }
        let open_story = self.app.current_story();
        let Some(findings) = open_story.findings().filter(|_| !area.is_empty()) else { return };
        let quote = self.app.chosen_quote().filter(|it| {
            let speaker = findings.quote(*it).map(|it| it.speaker);
            speaker == open_story.detail().map(|it| it.entity)
        });
        let mut rows = area.rows();
        // What the pane beside it tells is not told again.
        let is_explained = matches!(self.app.mode(), Mode::Explanation | Mode::Review);
        let beside = open_story.side_pane.profile().map(|it| it.entity);
        let is_profiled = self.app.panel().is_none() && beside == open_story.detail().map(|it| it.entity);
        if let Some(quote) = quote.filter(|_| !is_explained) {
            self.draw_reasons(quote, &mut rows, buf);
            rows.next();
        }
        if is_profiled && beside.is_some() {
            if let Some(quote) = quote {
                self.draw_whole_quote(quote, findings, rows, buf);
            }
            return;
        }
        let Some(profile) = open_story.detail() else {
            return self.draw_message("Move to a quote or a name to see more of it.", area, buf);
        };
        for line in &profile.lines {
            if let Some(row) = rows.next() {
                self.draw_line(profile, line, findings, row, buf);
            }
        }
        rows.next();
        let has_mentions = profile.mention_counts.iter().any(|it| *it > 0);
        let has_quotes = profile.quote_kinds.iter().any(Option::is_some);
        let timelines = [
            (Timeline::Mentions, has_mentions),
            (Timeline::Quotes, has_quotes),
            (Timeline::Selection, has_mentions || has_quotes),
        ];
        for (timeline, _) in timelines.into_iter().filter(|it| it.1) {
            if let Some(row) = rows.next() {
                self.draw_timeline_of(profile, timeline, findings, row, buf);
            }
        }
        rows.next();
        self.draw_quotes_of(profile.entity, quote, findings, rows.collect(), buf);
    }

    /// Draws a row of an explanation: its words, and its label in the spaces before them.
    pub(crate) fn draw_fact(&self, label: &str, words: &str, row: Rect, buf: &mut Buffer) {
        draw_text(words, row, self.theme.text.0, buf);
        draw_text(label, row, self.theme.secondary.0, buf);
    }

    /// Draws in the last row of a panel that more rows follow and the key that shows them, if `row_count` rows do not fit.
    /// Returns the part of the panel for the rows.
    pub(crate) fn draw_note_of_more(
        &self,
        row_count: usize,
        (action, mode): (Action, Mode),
        panel: Rect,
        buf: &mut Buffer,
    ) -> Rect {
        if row_count <= usize::from(panel.height) || panel.height < 2 {
            return panel;
        }
        let rows = Rect { height: panel.height - 1, ..panel };
        let last = Rect { y: rows.bottom(), height: 1, ..panel };
        self.draw_key_note("↓ more", action, mode, last, buf);
        rows
    }

    /// Draws what a key leads to, and the key: "↓ more: j".
    pub(crate) fn draw_key_note(&self, words: &str, action: Action, mode: Mode, row: Rect, buf: &mut Buffer) {
        let key = self.keymap.first_key_in(action, mode);
        let colon = if key.is_empty() { "" } else { ": " };
        let taken = draw_text(&format!("{words}{colon}"), row, self.theme.secondary.0, buf);
        draw_text(&key, skip_columns(row, taken), self.theme.key.0, buf);
    }

    /// Draws why a quote was given to its speaker.
    fn draw_reasons(&self, quote: usize, rows: &mut impl Iterator<Item = Rect>, buf: &mut Buffer) {
        let width = usize::from(self.app.panes.detail.width);
        if let Some(row) = rows.next() {
            draw_text("Why this speaker?", row, self.theme.tab.0, buf);
        }
        rows.next();
        // The quote is marked in the story; who the speaker is follows below.
        let facts = explain_reasons(self.app.current_story(), quote);
        for (label, words) in wrap_rows(&facts, width) {
            let Some(row) = rows.next() else { return };
            self.draw_fact(label, &words, row, buf);
        }
    }

    /// Draws all words of a quote, as far as they fit.
    fn draw_whole_quote(
        &self,
        number: usize,
        findings: &Findings,
        mut rows: impl Iterator<Item = Rect>,
        buf: &mut Buffer,
    ) {
        let (Some(quote), Some(speaker)) = (findings.quote(number), findings.speaker_of(number)) else {
            return;
        };
        let style = self.theme.quoted_style(self.speaker_style(speaker, findings), quote.kind);
        let style = self.theme.text.0.patch(style);
        if let Some(row) = rows.next() {
            draw_text("The whole quote", row, self.theme.tab.0, buf);
        }
        rows.next();
        let area = self.app.panes.detail;
        let width = usize::from(area.width);
        let text = self.app.current_story().story.text();
        let words = quote_beginning(quote, text, width * usize::from(area.height));
        for (words, row) in wrap_words(&words, width).into_iter().zip(rows) {
            draw_text(&words, row, style, buf);
        }
    }

    /// Draws the quotes of a speaker, as many as fit, from the one before the chosen one on. A quote is whole where all
    /// of them have room.
    fn draw_quotes_of(
        &self,
        entity: Option<usize>,
        chosen: Option<usize>,
        findings: &Findings,
        rows: Vec<Rect>,
        buf: &mut Buffer,
    ) {
        let open_story = self.app.current_story();
        let speaker = match entity {
            Some(entity) => findings.speaker_of_entity(entity),
            None => findings.speakers.iter().position(|it| it.entity.is_none()),
        };
        let Some(speaker) = speaker.filter(|_| rows.len() >= MIN_QUOTE_ROWS) else { return };
        let quotes = &findings.speakers[speaker].quotes;
        let place = chosen.and_then(|it| quotes.binary_search(&it).ok()).unwrap_or_default();
        let hue = self.speaker_style(speaker, findings);
        let shown = quotes.iter().filter(|it| open_story.allows(**it)).take(rows.len()).count().max(1);
        let most_rows = (rows.len() / shown).clamp(2, MAX_QUOTE_ROWS);
        let mut rows = rows.into_iter();
        for number in quotes.iter().skip(place.saturating_sub(1)).filter(|it| open_story.allows(**it)) {
            let (Some(quote), Some(row)) = (findings.quote(*number), rows.next()) else { return };
            draw_text(if Some(*number) == chosen { "▸" } else { " " }, row, self.theme.key.0, buf);
            draw_text(kind_symbol(quote.kind), skip_columns(row, 2), hue, buf);
            let words = skip_columns(row, 4);
            let beginning =
                quote_beginning(quote, open_story.story.text(), most_rows * usize::from(words.width));
            let style = self.theme.text.0.patch(self.theme.quoted_style(hue, quote.kind));
            let wrapped = wrap_words(&beginning, usize::from(words.width));
            for (number, line) in wrapped.iter().take(most_rows).enumerate() {
                let Some(row) = (if number == 0 { Some(row) } else { rows.next() }) else { return };
                let is_cut = number + 1 == most_rows && wrapped.len() > most_rows;
                let taken = draw_text(line, skip_columns(row, 4), style, buf);
                if is_cut {
                    draw_text(
                        " …",
                        skip_columns(row, 4 + taken.min(words.width.saturating_sub(2))),
                        style,
                        buf,
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::TestApp;

    /// Returns the part of each row in the third column.
    fn column(test_app: &TestApp) -> String {
        let x = usize::from(test_app.app.panes.detail.x);
        let rows = test_app.rows();
        let part = |row: &String| row.chars().skip(x).collect::<String>();
        rows[1..rows.len() - 2].iter().map(part).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_wide_screen_explains_the_chosen_quote_and_its_speaker_beside_the_quotes() {
        for width in [160, 200, 300] {
            let test_app = TestApp::new().with_size(width, 50).press("J");
            let column = column(&test_app);
            for words in [
                "Why this speaker?",
                "High (98 %)",
                "Ann Lee",
                "Mayor",
                "2 quotes",
                "▸ ● “The river",
                "Mentions",
            ] {
                assert!(column.contains(words), "{width}: {words}\n{}", test_app.screen());
            }
        }
        assert!(TestApp::new().with_size(159, 50).press("J").app.panes.detail.is_empty());
    }

    #[test]
    fn it_follows_the_cursor_and_the_side_pane() {
        let test_app = TestApp::new().with_size(200, 50).press("3 J");
        assert!(column(&test_app).contains("Bo Ray"), "{}", test_app.screen());
        let test_app = test_app.press("tab 2 j");
        assert!(
            column(&test_app).contains("Bo Ray") && !column(&test_app).contains("Why this"),
            "{}",
            test_app.screen()
        );
        let test_app = test_app.press("4");
        assert!(column(&test_app).contains("Ellwick"), "{}", test_app.screen());
    }

    #[test]
    fn it_is_made_again_when_the_filter_or_a_correction_changes_what_it_tells() {
        let test_app = TestApp::new().with_size(200, 50).press("3 J ! ann enter");
        assert!(
            column(&test_app).contains("3 quotes") && column(&test_app).contains("Originally"),
            "{}",
            test_app.screen()
        );
        let test_app = test_app.press("Q f f");
        assert!(column(&test_app).contains("2 quotes"), "{}", test_app.screen());
    }

    #[test]
    fn it_does_not_repeat_what_the_pane_beside_it_tells() {
        let test_app = TestApp::new().with_size(200, 50).press("3 J w");
        assert!(!column(&test_app).contains("Why this") && column(&test_app).contains("Bo Ray"));
        let test_app = TestApp::new().with_size(200, 50).press("3 J P");
        assert!(!column(&test_app).contains("Mentions"), "{}", test_app.screen());
        assert!(column(&test_app).contains("The whole quote"), "{}", test_app.screen());
        let test_app = TestApp::new().with_size(200, 50).press("R");
        assert!(!column(&test_app).contains("Confidence"), "{}", test_app.screen());
    }

    #[test]
    fn profiles_that_were_shown_are_shown_again_until_the_filter_changes() {
        let column_after = |keys: &str| column(&TestApp::new().with_size(200, 50).press(keys));
        assert_eq!(column_after("3 J K K J J"), column_after("3 J"));
        assert_eq!(column_after("3 J Q Q"), column_after("3 J"));
        assert!(column_after("J J J Q f f K").contains("1 quote, "));
    }

    #[test]
    fn without_a_third_column_in_zen_or_before_the_analysis() {
        assert!(TestApp::new().with_size(200, 50).press("z").app.panes.detail.is_empty());
        let pending = TestApp::pending(vec![crate::tui::tests::story()]).with_size(200, 50);
        assert!(!pending.screen().contains("Why this speaker?"));
    }
}
