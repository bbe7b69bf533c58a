//! All quotes on a page of their own, each with its speaker: sorted as the user wishes, filtered as the story is. Or the quotes
//! of one speaker in all open stories, each with its story.
//!
//! The cursor of the story follows the selected quote, so that every command on a quote works here too.

mod drawing;
pub(crate) mod scope;

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::text::{counted, numbered_list};
use crate::tui::app::panel::{KeyHint, ListedQuotes, Panel, PanelList, Placement, Response, hint};
use crate::tui::app::{App, Focus, RootView};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::layout::list_selection::{ListSelection, row_delta};
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::quote_order::QuoteOrder;
use crate::tui::open_story::viewport::ViewPosition;
use crate::tui::panels::quotes_page::scope::{PageScope, PlacedQuote, SpeakerNames};

/// The open page.
struct QuotesPage {
    scope: PageScope,
    order: QuoteOrder,
    /// The quotes that are listed, in their order.
    items: Vec<PlacedQuote>,
    /// The rows above the list.
    title: Vec<String>,
    selected: ListSelection,
    /// The item at the top, if that keeps the selected one visible.
    top: usize,
    /// The story that was open before the page.
    first_story: usize,
    /// The place in each story that the page has moved through, before it did so.
    origins: BTreeMap<usize, ViewPosition>,
}

impl App {
    /// Opens the page of all quotes, at the quote under the cursor.
    pub(crate) fn open_quotes_page(&mut self) {
        self.open_page_of(PageScope::Story);
    }

    /// Opens the page of the quotes of one speaker in all open stories.
    pub(crate) fn open_speaker_page(&mut self, names: SpeakerNames) {
        self.open_page_of(PageScope::Speaker(names));
    }

    fn open_page_of(&mut self, scope: PageScope) {
        let items = scope.items(self, QuoteOrder::default());
        if items.is_empty() {
            return self.notify("This story has no quotes.");
        }
        let open_story = self.current_story();
        let here = self.focused_quote();
        let offset = open_story.viewport.visible_offset();
        let is_after = |it: &&PlacedQuote| {
            let quote = open_story.findings().and_then(|findings| findings.quote(it.quote));
            it.story == self.current && quote.is_some_and(|it| it.extent().start >= offset)
        };
        let is_here = |it: &PlacedQuote| it.story == self.current && Some(it.quote) == here;
        let place = items.iter().position(is_here);
        let place = place.or_else(|| items.iter().position(|it| is_after(&it)));
        let last = items.iter().rposition(|it| it.story == self.current);
        let mut page = QuotesPage {
            title: scope.title_rows(self, &items),
            scope,
            order: QuoteOrder::default(),
            selected: ListSelection::new(place.or(last).unwrap_or_default()),
            items,
            top: 0,
            first_story: self.current,
            origins: BTreeMap::new(),
        };
        page.follow(self);
        self.open_panel(page);
    }
}

impl QuotesPage {
    fn selected_item(&self) -> Option<PlacedQuote> {
        self.items.get(self.selected.item()).copied()
    }

    /// Opens the story of the selected quote, and moves its cursor there.
    fn follow(&mut self, app: &mut App) {
        app.focus = Focus::Story;
        let height = app.page_height();
        if let Some(PlacedQuote { story, quote }) = self.selected_item() {
            if story != app.current {
                app.current = story;
                app.relayout();
            }
            let open_story = app.current_story_mut();
            let position = open_story.viewport.position(&open_story.page, height);
            self.origins.entry(story).or_insert(position);
            open_story.show_quote(quote, height);
        }
        app.sync_panes();
        self.top = self.first_visible(app, self.columns(app));
    }

    /// Opens the story that was open before, and moves the cursors of all stories to where they were.
    fn go_back(&self, app: &mut App) {
        for (story, position) in &self.origins {
            app.stories[*story].viewport.restore(*position);
        }
        if app.current != self.first_story {
            app.current = self.first_story;
            app.relayout();
        }
        app.sync_panes();
    }

    /// Lists the quotes again. The quote at the cursor stays selected, else the item in the same place.
    fn list_again(&mut self, app: &mut App) {
        if matches!(self.scope, PageScope::Story) && self.first_story != app.current {
            // The user has gone on to another story.
            (self.first_story, self.top) = (app.current, 0);
            self.origins.clear();
            self.selected = ListSelection::default();
        }
        self.items = self.scope.items(app, self.order);
        self.title = self.scope.title_rows(app, &self.items);
        let quote = app.current_story().viewport.selected_quote();
        let is_here = |it: &PlacedQuote| it.story == app.current && Some(it.quote) == quote;
        if let Some(place) = self.items.iter().position(is_here) {
            self.selected.select(place);
        }
        self.selected.move_by(0, self.items.len());
        self.follow(app);
    }

    fn sort(&mut self, by: isize, app: &mut App) {
        self.order = self.order.cycle(by, self.scope.orders());
        self.top = 0;
        self.list_again(app);
    }

    /// Selects the next or the previous quote of the same speaker in the list.
    fn move_by_speaker(&mut self, forward: bool, app: &mut App) {
        let speaker = |it: &PlacedQuote| {
            let findings = app.stories[it.story].findings()?;
            Some(findings.speaker_name(findings.speaker_of(it.quote)?).to_string())
        };
        let here = self.selected.item();
        let own = self.items.get(here).and_then(speaker);
        let is_same = |place: &usize| speaker(&self.items[*place]) == own;
        let next =
            if forward { (here + 1..self.items.len()).find(is_same) } else { (0..here).rev().find(is_same) };
        match next {
            Some(next) => drop(self.selected.select(next)),
            None => {
                app.notify(if forward {
                    "Last quote of this speaker"
                } else {
                    "First quote of this speaker"
                });
            }
        }
    }
}

impl Panel for QuotesPage {
    fn mode(&self) -> Mode {
        Mode::QuotesPage
    }

    fn placement(&self) -> Placement {
        Placement::FullPage
    }

    /// The place in one story says nothing of a list from many.
    fn shows_position(&self) -> bool {
        matches!(self.scope, PageScope::Story)
    }

    fn update(&mut self, app: &mut App, action: Action) -> Response {
        let columns = self.columns(app);
        let page = self.visible(app, columns).len().saturating_sub(1);
        match action {
            Action::NextQuote => self.selected.move_by(1, self.items.len()),
            Action::PreviousQuote => self.selected.move_by(-1, self.items.len()),
            Action::NextBySpeaker => self.move_by_speaker(true, app),
            Action::PreviousBySpeaker => self.move_by_speaker(false, app),
            Action::NextTab => self.sort(1, app),
            Action::PreviousTab => self.sort(-1, app),
            Action::Open => {
                self.go_back(app);
                if let Some(PlacedQuote { story, quote }) = self.selected_item() {
                    app.jump_to_story(story, Some(quote));
                }
                return Response::Close;
            }
            Action::Cancel => {
                self.go_back(app);
                return Response::Close;
            }
            Action::NextStory | Action::PreviousStory if matches!(self.scope, PageScope::Story) => {
                self.go_back(app);
                return Response::Pass(action);
            }
            action if row_delta(action, page).is_some() => {
                self.selected.apply(action, page, self.items.len());
            }
            action if works_on_quotes(action) => return Response::Pass(action),
            action if action.is_panel_only() => {}
            action => return Response::Run(action),
        }
        self.follow(app);
        Response::Stay
    }

    fn draw(&self, view: RootView, buf: &mut Buffer) {
        self.draw_page(view, buf);
    }

    fn describe(&self, app: &App) -> Option<String> {
        let items = self.items.iter().filter_map(|it| {
            let open_story = &app.stories[it.story];
            let findings = open_story.findings()?;
            let words = quote_beginning(findings.quote(it.quote)?, open_story.story.text(), usize::MAX);
            let name = match self.scope {
                PageScope::Story => findings.speaker_name(findings.speaker_of(it.quote)?).to_string(),
                PageScope::Speaker(_) => app.headline(it.story),
            };
            Some(format!("{name}: {words}"))
        });
        let title = match &self.scope {
            PageScope::Story => counted(self.items.len(), "quote"),
            PageScope::Speaker(names) => format!("{} in all stories", names.name),
        };
        Some(numbered_list(&format!("{title}, sorted by {}", self.order.title()), items))
    }

    fn hints(&self, app: &App) -> Vec<KeyHint> {
        let mut hints = vec![
            hint(Action::Help, "help"),
            hint(Action::Cancel, "close"),
            hint(Action::Open, "read in story"),
            hint(Action::NextTab, "sort"),
            hint(Action::Copy, "copy"),
        ];
        if matches!(self.scope, PageScope::Story) {
            hints.extend(app.only_speaker_hint());
            hints.push(hint(Action::FilterQuotes, "filter"));
        }
        hints.extend([hint(Action::Why, "why"), hint(Action::CommandPalette, "more")]);
        hints
    }

    fn list(&self, app: &App) -> Option<PanelList> {
        let columns = self.columns(app);
        let mut items = vec![None; usize::from(columns.list.height)];
        for (place, y) in self.visible(app, columns) {
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
        self.selected.move_by(0, self.items.len());
        self.follow(app);
    }

    fn click(&mut self, app: &mut App, at: Position) -> bool {
        let columns = self.columns(app);
        let order = self.order_areas(columns).into_iter().find(|it| it.1.contains(at)).map(|it| it.0);
        let Some(order) = order else { return false };
        self.order = order;
        self.sort(0, app);
        true
    }

    fn rows_per_notch(&self) -> usize {
        1
    }

    fn shown_quotes(&self) -> Option<ListedQuotes> {
        let PageScope::Speaker(names) = &self.scope else { return None };
        let mut by_story: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for item in &self.items {
            by_story.entry(item.story).or_default().push(item.quote);
        }
        for quotes in by_story.values_mut() {
            quotes.sort_unstable();
        }
        let description = format!("only {}", names.name);
        Some(ListedQuotes { description, by_story: by_story.into_iter().collect() })
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
            | Action::Compare
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
mod tests;
