//! All quotes on a page of their own, each with its speaker: sorted as the user wishes, filtered as the story is.
//!
//! The cursor of the story follows the selected quote, so that every command on a quote works here too.

use pullquote::analysis::{AttributionRule, Quote};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{counted, numbered_list};
use crate::tui::app::panel::{KeyHint, Panel, PanelList, Placement, Response, hint};
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{ListSelection, row_delta};
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::quote_order::QuoteOrder;
use crate::tui::open_story::viewport::ViewPosition;
use crate::tui::style::symbols::{CORRECTED, kind_symbol, speaker_suffix};
use crate::tui::text::width::display_width;
use crate::tui::text::wrap::wrap_words;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The width of the page in columns from which the speakers have a column beside their quotes.
const MIN_WIDTH_FOR_COLUMNS: u16 = 100;

/// The columns of a speaker's name beside the quotes.
const NAME_WIDTH: u16 = 28;

/// The columns of a quote's words, at most.
const MAX_TEXT_WIDTH: u16 = 72;

/// The columns of the place and the confidence of a quote.
const PLACE_WIDTH: u16 = 12;

/// The columns of the selection marker and of a speaker's number.
const NUMBER_WIDTH: u16 = 6;

/// The columns of the symbol of a quote's kind.
const SYMBOL_WIDTH: u16 = 2;

/// The rows above the list: the title and an empty one.
const HEAD_HEIGHT: u16 = 2;

/// The columns between two columns of the page.
const GAP: u16 = 2;

/// The open page.
struct QuotesPage {
    order: QuoteOrder,
    /// The quotes that are listed, in their order.
    quotes: Vec<usize>,
    selected: ListSelection,
    /// The item at the top, if that keeps the selected one visible.
    top: usize,
    /// The story whose quotes are listed, and the place in it before the page was opened.
    origin: (usize, ViewPosition),
}

/// Where the parts of the page lie.
#[derive(Clone, Copy)]
struct PageColumns {
    /// The list, without the head.
    list: Rect,
    /// The columns of the names; 0 if a name stands above its quote.
    name: u16,
    /// The columns of the words.
    text: u16,
}

impl PageColumns {
    fn new(body: Rect) -> Self {
        let head = HEAD_HEIGHT.min(body.height);
        let has_columns = body.width >= MIN_WIDTH_FOR_COLUMNS;
        let name = if has_columns { NAME_WIDTH } else { 0 };
        let beside = if has_columns { name + PLACE_WIDTH + 3 * GAP } else { GAP } + NUMBER_WIDTH + SYMBOL_WIDTH;
        let text = body.width.saturating_sub(beside).min(MAX_TEXT_WIDTH);
        let width = (beside + text).min(body.width);
        let x = body.x + (body.width - width) / 2;
        Self { list: Rect { x, y: body.y + head, width, height: body.height - head }, name, text }
    }

    /// The rows of a name above its quote.
    const fn heading_rows(self) -> usize {
        if self.name == 0 { 1 } else { 0 }
    }
}

impl App {
    /// Opens the page of all quotes, at the quote under the cursor.
    pub(crate) fn open_quotes_page(&mut self) {
        let open_story = self.current_story();
        let quotes = open_story.ordered_quotes(QuoteOrder::default());
        if quotes.is_empty() {
            return self.notify("This story has no quotes.");
        }
        let here = self.focused_quote();
        let place = open_story.viewport.visible_offset();
        let after = |it: &usize| {
            let quote = open_story.findings().and_then(|findings| findings.quote(*it));
            quote.is_some_and(|it| it.extent().start >= place)
        };
        let selected = quotes.iter().position(|it| Some(*it) == here).or_else(|| quotes.iter().position(after));
        let position = open_story.viewport.position(&open_story.page, self.page_height());
        let mut page = QuotesPage {
            order: QuoteOrder::default(),
            selected: ListSelection::new(selected.unwrap_or(quotes.len() - 1)),
            quotes,
            top: 0,
            origin: (self.current, position),
        };
        page.follow(self);
        self.open_panel(page);
    }
}

impl QuotesPage {
    fn selected_quote(&self) -> Option<usize> {
        self.quotes.get(self.selected.item()).copied()
    }

    /// Moves the cursor of the story to the selected quote, and scrolls to it.
    fn follow(&mut self, app: &mut App) {
        app.focus = Focus::Story;
        let height = app.page_height();
        if let Some(quote) = self.selected_quote() {
            app.current_story_mut().show_quote(quote, height);
        }
        app.sync_panes();
        let columns = PageColumns::new(app.panes.body);
        self.top = self.first_visible(app.current_story(), columns);
    }

    /// Moves the cursor of the story to where it was before.
    fn go_back(&self, app: &mut App) {
        let (story, position) = self.origin;
        if story == app.current {
            app.current_story_mut().viewport.restore(position);
            app.sync_panes();
        }
    }

    /// Lists the quotes again. The quote at the cursor stays selected, else the item in the same place.
    fn list_again(&mut self, app: &mut App) {
        let open_story = app.current_story();
        if self.origin.0 != app.current {
            let position = open_story.viewport.position(&open_story.page, app.page_height());
            (self.origin, self.top) = ((app.current, position), 0);
            self.selected = ListSelection::default();
        }
        self.quotes = open_story.ordered_quotes(self.order);
        let quote = open_story.viewport.selected_quote();
        if let Some(place) = self.quotes.iter().position(|it| Some(*it) == quote) {
            self.selected.select(place);
        }
        self.selected.move_by(0, self.quotes.len());
        self.follow(app);
    }

    fn sort(&mut self, by: isize, app: &mut App) {
        self.order = self.order.cycle(by);
        self.top = 0;
        self.list_again(app);
    }

    /// Selects the next or the previous quote of the same speaker in the list.
    fn move_by_speaker(&mut self, forward: bool, app: &mut App) {
        let Some(findings) = app.current_story().findings() else { return };
        let here = self.selected.item();
        let speaker = self.selected_quote().and_then(|it| findings.speaker_of(it));
        let is_same = |place: &usize| findings.speaker_of(self.quotes[*place]) == speaker;
        let next = if forward {
            (here + 1..self.quotes.len()).find(is_same)
        } else {
            (0..here).rev().find(is_same)
        };
        match next {
            Some(next) => drop(self.selected.select(next)),
            None => app.notify(if forward { "Last quote of this speaker" } else { "First quote of this speaker" }),
        }
    }

    /// The words of a quote, wrapped. A quote that is higher than the page is cut.
    fn text_rows(quote: &Quote, open_story: &OpenStory, columns: PageColumns) -> Vec<String> {
        let most = usize::from(columns.list.height).saturating_sub(columns.heading_rows()).max(1);
        let width = usize::from(columns.text).max(1);
        let beginning = quote_beginning(quote, open_story.story.text(), (most + 1) * width);
        let mut rows = wrap_words(&beginning, width);
        if rows.len() > most {
            rows.truncate(most);
            if let Some(last) = rows.last_mut() {
                let cut = crate::tui::text::width::byte_at_column(last, width.saturating_sub(2));
                last.truncate(cut);
                last.push('…');
            }
        }
        rows
    }

    /// The height of an item with the empty row below it.
    fn height(&self, place: usize, open_story: &OpenStory, columns: PageColumns) -> usize {
        let known = open_story.findings().and_then(|it| it.quote(*self.quotes.get(place)?));
        let Some(quote) = known else { return 1 };
        let rows = Self::text_rows(quote, open_story, columns).len() + columns.heading_rows();
        let has_role = || {
            let findings = open_story.findings();
            findings.is_some_and(|it| !it.entity_note(quote.speaker).is_empty())
        };
        let name_rows = if columns.name > 0 && has_role() { 2 } else { 1 };
        rows.max(name_rows) + 1
    }

    /// The item at the top of the page. The selected one is visible, and the page is full if it can be.
    fn first_visible(&self, open_story: &OpenStory, columns: PageColumns) -> usize {
        // The empty row below the last item need not be visible.
        let available = usize::from(columns.list.height) + 1;
        let height = |place: usize| self.height(place, open_story, columns);
        let selected = self.selected.item();
        let mut first = selected;
        let mut used = height(selected);
        while first > self.top.min(selected) && used + height(first - 1) <= available {
            first -= 1;
            used += height(first);
        }
        let mut last = selected + 1;
        while last < self.quotes.len() && used <= available {
            used += height(last);
            last += 1;
        }
        while last == self.quotes.len() && first > 0 && used + height(first - 1) <= available {
            first -= 1;
            used += height(first);
        }
        first
    }

    /// The visible items: each with the row at which it begins, from 0.
    fn visible(&self, open_story: &OpenStory, columns: PageColumns) -> Vec<(usize, u16)> {
        let mut y = 0;
        let mut items = Vec::new();
        for place in self.first_visible(open_story, columns)..self.quotes.len() {
            if y >= columns.list.height {
                break;
            }
            items.push((place, y));
            y += self.height(place, open_story, columns) as u16;
        }
        items
    }

    /// Draws the number of the quotes, and the orders.
    fn draw_head(&self, view: RootView, columns: PageColumns, buf: &mut Buffer) {
        let head = view.app.panes.body;
        let row = Rect { y: head.y, height: head.height.min(1), ..columns.list };
        let mut rest = Rect { width: row.width.saturating_sub(GAP), ..row };
        for order in QuoteOrder::ALL.into_iter().rev() {
            let style = if order == self.order { view.theme.tab.0 } else { view.theme.secondary.0 };
            rest = draw_text_right(order.title(), rest, style, buf);
            rest.width = rest.width.saturating_sub(GAP);
        }
        let rest = draw_text_right("sorted by", rest, view.theme.secondary.0, buf);
        let total = view.app.current_story().findings().map_or(0, |it| it.analysis.quotes.len());
        let shown = self.quotes.len();
        let title = if shown == total { counted(total, "quote") } else { format!("{shown} of {total} quotes") };
        draw_text(&title, skip_columns(rest, GAP), view.theme.title.0, buf);
    }

    /// Draws an item of the list from a row on.
    fn draw_item(&self, place: usize, area: Rect, columns: PageColumns, view: RootView, buf: &mut Buffer) {
        let open_story = view.app.current_story();
        let Some(findings) = open_story.findings() else { return };
        let number = self.quotes[place];
        let (Some(quote), Some(speaker)) = (findings.quote(number), findings.speaker_of(number)) else { return };
        let is_selected = place == self.selected.item();
        let hue = view.speaker_style(speaker, findings);
        let first = Rect { height: area.height.min(1), ..area };
        if is_selected {
            draw_text("▸", skip_columns(first, 1), view.theme.key.0, buf);
        }
        let label = format!("{:>2}", findings.speakers[speaker].label());
        draw_text(&label, skip_columns(first, 3), hue, buf);
        let inner = skip_columns(area, NUMBER_WIDTH);
        let place_words = self.place_words(quote, number, open_story);
        let text = if columns.name > 0 {
            let names = Rect { width: columns.name.min(inner.width), ..inner };
            draw_speaker_beside(quote, speaker, findings, names, view, buf);
            let row = Rect { width: first.width.saturating_sub(GAP), ..first };
            draw_text_right(&place_words, row, view.theme.secondary.0, buf);
            skip_columns(inner, columns.name + GAP)
        } else {
            let row = Rect { width: inner.width.saturating_sub(GAP), height: first.height, ..inner };
            let rest = draw_text_right(&place_words, row, view.theme.secondary.0, buf);
            let rest = Rect { width: rest.width.saturating_sub(GAP), ..rest };
            draw_speaker_above(quote, speaker, findings, rest, view, buf);
            Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner }
        };
        let style = view.theme.text.0.patch(view.quoted_style(number, findings));
        let style = if is_selected { style.patch(view.theme.quote.0) } else { style };
        let words = skip_columns(text, SYMBOL_WIDTH);
        for (row_number, (words, row)) in
            Self::text_rows(quote, open_story, columns).iter().zip(words.rows()).enumerate()
        {
            if row_number == 0 {
                let symbol = Rect { x: row.x - SYMBOL_WIDTH, width: SYMBOL_WIDTH, ..row };
                draw_text(kind_symbol(quote.kind), symbol, hue, buf);
            }
            draw_text(words, row, style, buf);
        }
    }

    /// Returns "¶ 4   98 %", or the number of words where the quotes are sorted by that.
    fn place_words(&self, quote: &Quote, number: usize, open_story: &OpenStory) -> String {
        let paragraph = open_story.story.block_at(quote.extent().start).map_or(0, |it| open_story.paragraph_number(it));
        let measure = match (self.order, quote.rule) {
            (QuoteOrder::Length, _) => counted(open_story.quote_words(number), "word"),
            (_, AttributionRule::User) => CORRECTED.to_string(),
            _ if quote.speaker.is_none() => "?".to_string(),
            _ => format!("{:.0} %", quote.confidence * 100.0),
        };
        format!("¶{paragraph}  {measure:>5}")
    }
}

/// Draws the name of a speaker and, below it, their role.
fn draw_speaker_beside(
    quote: &Quote,
    speaker: usize,
    findings: &Findings,
    area: Rect,
    view: RootView,
    buf: &mut Buffer,
) {
    let name = format!("{}{}", findings.speaker_name(speaker), speaker_suffix(quote));
    let style = view.speaker_style(speaker, findings);
    let bold = view.theme.turn_label.0.fg(style.fg.unwrap_or_default());
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        draw_text(&name, row, style.patch(bold), buf);
    }
    if let Some(row) = rows.next() {
        draw_text(findings.entity_note(quote.speaker), row, view.theme.secondary.0, buf);
    }
}

/// Draws "Ann Lee · Mayor".
fn draw_speaker_above(
    quote: &Quote,
    speaker: usize,
    findings: &Findings,
    row: Rect,
    view: RootView,
    buf: &mut Buffer,
) {
    let name = Rect { height: row.height.min(1), ..row };
    draw_speaker_beside(quote, speaker, findings, name, view, buf);
    let name_width = display_width(findings.speaker_name(speaker)) + display_width(speaker_suffix(quote));
    let note = findings.entity_note(quote.speaker);
    let rest = skip_columns(row, u16::try_from(name_width).unwrap_or(u16::MAX));
    if !note.is_empty() && rest.width > 8 {
        draw_text(&format!(" · {note}"), rest, view.theme.secondary.0, buf);
    }
}

impl Panel for QuotesPage {
    fn mode(&self) -> Mode {
        Mode::QuotesPage
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        let columns = PageColumns::new(app.panes.body);
        let page = self.visible(app.current_story(), columns).len().saturating_sub(1);
        match action {
            Action::NextQuote => self.selected.move_by(1, self.quotes.len()),
            Action::PreviousQuote => self.selected.move_by(-1, self.quotes.len()),
            Action::NextBySpeaker => self.move_by_speaker(true, app),
            Action::PreviousBySpeaker => self.move_by_speaker(false, app),
            Action::NextTab => self.sort(1, app),
            Action::PreviousTab => self.sort(-1, app),
            Action::Open => {
                self.go_back(app);
                let height = app.page_height();
                if let Some(quote) = self.selected_quote() {
                    app.current_story_mut().jump_to_quote(quote, height);
                    app.sync_panes();
                }
                return Response::Close;
            }
            Action::Cancel => {
                self.go_back(app);
                return Response::Close;
            }
            Action::NextStory | Action::PreviousStory => {
                self.go_back(app);
                return Response::Pass(action);
            }
            action if row_delta(action, page).is_some() => self.selected.apply(action, page, self.quotes.len()),
            action if works_on_quotes(action) => return Response::Pass(action),
            action if action.is_panel_only() => {}
            action => return Response::Run(action),
        }
        self.follow(app);
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        let columns = PageColumns::new(view.app.panes.body);
        self.draw_head(view, columns, buf);
        let open_story = view.app.current_story();
        if self.quotes.is_empty() {
            let message = open_story.missing_findings_reason().unwrap_or("This story has no quotes.");
            return view.draw_message(message, columns.list, buf);
        }
        for (place, y) in self.visible(open_story, columns) {
            let area = Rect { y: columns.list.y + y, height: columns.list.height - y, ..columns.list };
            self.draw_item(place, area, columns, view, buf);
        }
    }

    fn describe(&self, app: &App) -> Option<String> {
        let findings = app.current_story().findings()?;
        let text = app.current_story().story.text();
        let items = self.quotes.iter().filter_map(|it| {
            let name = findings.speaker_name(findings.speaker_of(*it)?);
            Some(format!("{name}: {}", quote_beginning(findings.quote(*it)?, text, usize::MAX)))
        });
        let title = format!("{}, sorted by {}", counted(self.quotes.len(), "quote"), self.order.title());
        Some(numbered_list(&title, items))
    }

    fn hints(&self, app: &App) -> Vec<KeyHint> {
        let mut hints = vec![
            hint(Action::Help, "help"),
            hint(Action::Cancel, "close"),
            hint(Action::Open, "read in story"),
            hint(Action::NextTab, "sort"),
            hint(Action::Copy, "copy"),
        ];
        hints.extend(app.only_speaker_hint());
        hints.extend([hint(Action::FilterQuotes, "filter"), hint(Action::Why, "why")]);
        hints.push(hint(Action::CommandPalette, "more"));
        hints
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let columns = PageColumns::new(app.panes.body);
        let mut items = vec![None; usize::from(columns.list.height)];
        let visible = self.visible(app.current_story(), columns);
        for (place, y) in visible {
            items[usize::from(y)..].fill(Some(place));
        }
        Some(PanelList { area: columns.list, items })
    }

    fn click_action(&self) -> Action {
        Action::Open
    }

    fn selection(&mut self) -> Option<&mut ListSelection> {
        Some(&mut self.selected)
    }

    fn selection_changed(&mut self, app: &mut App) {
        self.selected.move_by(0, self.quotes.len());
        self.follow(app);
    }

    fn rows_per_notch(&self) -> usize {
        1
    }

    fn refresh(&mut self, app: &mut App) {
        self.list_again(app);
    }

    fn reopens(&mut self, app: &mut App) -> bool {
        self.list_again(app);
        true
    }
}

/// Whether an action works on the selected quote or on the filter, so that the page stays open.
const fn works_on_quotes(action: Action) -> bool {
    matches!(
        action,
        Action::Why
            | Action::Correct
            | Action::Confirm
            | Action::Undo
            | Action::Note
            | Action::Copy
            | Action::CopyParagraph
            | Action::CopyAll
            | Action::FilterQuotes
            | Action::OnlySpeaker
            | Action::QuotationsOnly
            | Action::CycleQuoteKinds
            | Action::OnlyUncertain
            | Action::CycleMinConfidence
            | Action::Review
            | Action::ToggleStance
            | Action::CycleFilterDisplay
            | Action::ToggleFilter
            | Action::CommandPalette
            | Action::SpeakerInAllStories
            | Action::Themes
            | Action::Statistics
            | Action::ToggleMouse
            | Action::Help
    )
}

#[cfg(test)]
mod tests {
    use crate::tui::app::Effect;
    use crate::tui::tests::TestApp;

    /// Returns the first words of the rows with a marker: the selected item.
    fn selected(test_app: &TestApp) -> String {
        let rows = test_app.rows();
        let row = rows.iter().find(|it| it.contains('▸')).unwrap_or_else(|| panic!("{}", test_app.screen()));
        row.trim().to_string()
    }

    #[test]
    fn every_quote_stands_there_whole_with_its_speaker_number_place_and_confidence() {
        for (width, rows) in [
            (
                90,
                &[
                    "▸  1 Ann Lee · Mayor",
                    "¶4   98 %",
                    "● “The river is ours, but the boat never was,”",
                    "2 Bo Ray",
                    "● “We were not asked,” … “Not once in thirty years.”",
                    "3 an official of the Transport Board? · unnamed",
                    "? Unknown speaker",
                ][..],
            ),
            (
                130,
                &[
                    "▸  1 Ann Lee                       ● “The river is ours, but the boat never was,”",
                    "     Mayor",
                    "◐ “a great pity”",
                ],
            ),
        ] {
            let screen = TestApp::new().with_size(width, 36).press("V").screen();
            assert!(screen.contains("6 quotes") && screen.contains("sorted by  story"), "{screen}");
            for words in rows {
                assert!(screen.contains(words), "{words}\n{screen}");
            }
        }
    }

    #[test]
    fn enter_goes_to_the_place_in_the_story_and_escape_back_to_where_the_reader_was() {
        let test_app = TestApp::new().press("V j j");
        assert!(selected(&test_app).contains("Bo Ray"), "{}", test_app.screen());
        let test_app = test_app.press("enter");
        assert!(test_app.cursor_is_on("“a great pity”") && test_app.status().contains("quote 3/6"));
        assert!(test_app.press("ctrl-o").cursor_is_on("Ellwick"));
        assert!(TestApp::new().press("V j j esc").cursor_is_on("Ellwick"));
        assert!(TestApp::new().press("2]q V").status().contains("quote 2/6"));
    }

    #[test]
    fn the_orders_follow_at_a_key_and_the_selected_quote_stays_selected() {
        let test_app = TestApp::new().press("4]q V l");
        assert!(selected(&test_app).contains("Bo Ray"), "{}", test_app.screen());
        let test_app = test_app.press("l g g");
        assert!(selected(&test_app).contains("9 words"), "{}", test_app.screen());
        let test_app = test_app.press("l g g");
        assert!(selected(&test_app).contains("Unknown speaker"), "{}", test_app.screen());
        assert!(selected(&test_app.press("l g g")).contains("Ann Lee"));
    }

    #[test]
    fn the_filter_of_the_story_holds_here_and_can_be_changed_here() {
        let test_app = TestApp::new().press("3]q S V");
        let screen = test_app.screen();
        assert!(screen.contains("2 of 6 quotes") && !screen.contains("Ann Lee"), "{screen}");
        assert!(test_app.status().contains("only Ray"), "{}", test_app.status());
        let screen = test_app.press("S").screen();
        assert!(screen.contains("6 quotes") && screen.contains("Ann Lee"), "{screen}");
        let screen = TestApp::new().press("V Q").screen();
        assert!(screen.contains("4 of 6 quotes") && !screen.contains("nobody would lose"), "{screen}");
    }

    #[test]
    fn the_selected_quote_is_copied_corrected_and_explained_from_here() {
        let test_app = TestApp::new().press("V j j y");
        assert!(matches!(&test_app.effect, Effect::Copy(it) if it.text.starts_with("“a great pity” — Bo Ray")));
        let test_app = test_app.press("! ann enter");
        assert!(selected(&test_app).contains("Ann Lee✓"), "{}", test_app.screen());
        let test_app = test_app.press("U");
        assert!(selected(&test_app).contains("Bo Ray"), "{}", test_app.screen());
        let test_app = test_app.press("w");
        assert!(test_app.screen().contains("Why this speaker?"));
        assert!(selected(&test_app.press("J esc")).contains("Bo Ray"));
    }

    #[test]
    fn what_is_exported_from_here_is_what_the_story_exports() {
        let test_app = TestApp::new().press("V Q :export space river.md enter");
        assert!(
            matches!(&test_app.effect, Effect::WriteFile(it) if it.text.contains("a great pity") && !it.text.contains("> nobody")),
            "{:?}\n{}",
            test_app.effect,
            test_app.screen()
        );
    }

    #[test]
    fn the_next_quote_of_the_same_speaker_is_found_in_any_order() {
        let test_app = TestApp::new().press("V )");
        assert!(test_app.status().contains("quote 2/6"), "{}", test_app.status());
        assert!(test_app.press(")").status().contains("Last quote of this speaker"));
    }

    #[test]
    fn the_selected_quote_is_visible_on_a_screen_of_any_size() {
        for (width, height) in [(20, 5), (40, 10), (80, 12), (100, 9), (160, 50)] {
            let mut test_app = TestApp::new().with_size(width, height).press("V");
            for _ in 0..6 {
                assert!(test_app.screen().contains('▸'), "{width}×{height}\n{}", test_app.screen());
                test_app = test_app.press("j");
            }
            assert!(test_app.press("G space b").screen().contains('▸'));
        }
    }

    #[test]
    fn a_click_selects_a_quote_and_a_second_one_opens_it() {
        let test_app = TestApp::new().with_size(90, 36).press("V").click("“We were not asked");
        assert!(test_app.status().contains("quote 4/6"), "{}", test_app.status());
        assert!(test_app.click("“We were not asked").cursor_is_on("“We were not asked,”"));
    }
}
