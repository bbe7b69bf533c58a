//! The page of quotes: where its parts lie, and how they are drawn. Only the items that are visible are laid out.

use pullquote::analysis::Quote;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{counted, one_line};
use crate::tui::app::{App, RootView};
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::filter::confidence_percent;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::quote_order::QuoteOrder;
use crate::tui::panels::quotes_page::QuotesPage;
use crate::tui::panels::quotes_page::scope::{PageScope, PlacedQuote, origin};
use crate::tui::style::symbols::{CORRECTED, kind_symbol, speaker_suffix};
use crate::tui::text::width::{byte_at_column, truncate};
use crate::tui::text::wrap::wrap_words;
use crate::tui::view::{draw_text, draw_text_right, skip_columns};

/// The width of the page in columns from which the speakers have a column beside their quotes.
const MIN_WIDTH_FOR_COLUMNS: u16 = 100;

/// The columns of a speaker's name beside the quotes; of a story's headline they are a third of the page, at most so many.
const NAME_WIDTH: u16 = 28;
const MAX_HEADLINE_WIDTH: u16 = 60;

/// The rows of a headline beside the quotes, at most.
const MAX_HEADLINE_ROWS: usize = 2;

/// The columns of a quote's words, at most; on a page of this width there may be more.
const MAX_TEXT_WIDTH: u16 = 72;
const MIN_WIDTH_FOR_WIDE_TEXT: u16 = 160;
const MAX_WIDE_TEXT_WIDTH: u16 = 88;

/// The columns of the place and the confidence of a quote.
const PLACE_WIDTH: u16 = 12;

/// The columns of the selection marker and of a speaker's number.
const NUMBER_WIDTH: u16 = 6;

/// The columns of the symbol of a quote's kind.
const SYMBOL_WIDTH: u16 = 2;

/// The columns between two columns of the page.
const GAP: u16 = 2;

/// The least rows in which the place of the selected quote in its story is shown under the list.
const MIN_CONTEXT_ROWS: u16 = 10;

/// The least columns of a note beside a name.
const MIN_NOTE_WIDTH: u16 = 8;

/// Where the parts of the page lie.
#[derive(Clone, Copy)]
pub(super) struct PageColumns {
    /// The rows above the list.
    head: Rect,
    /// The list, without the head.
    pub(super) list: Rect,
    /// The columns of the names; 0 if a name stands above its quote.
    name: u16,
    /// The columns of the words.
    text: u16,
    /// Whether the place of a quote stands beside its words.
    has_places: bool,
}

impl PageColumns {
    /// Lays out the page. The headline of a single story stands above its quotes.
    fn new(body: Rect, scope: &PageScope, has_one_story: bool) -> Self {
        let has_places = body.width >= MIN_WIDTH_FOR_COLUMNS;
        let name = match scope {
            _ if !has_places => 0,
            PageScope::Story => NAME_WIDTH,
            PageScope::Speaker(_) if has_one_story => 0,
            PageScope::Speaker(_) => (body.width / 3).clamp(NAME_WIDTH, MAX_HEADLINE_WIDTH),
        };
        let is_wide = body.width >= MIN_WIDTH_FOR_WIDE_TEXT;
        let max_text = if is_wide { MAX_WIDE_TEXT_WIDTH } else { MAX_TEXT_WIDTH };
        let for_name = if name > 0 { name + GAP } else { 0 };
        let for_place = if has_places { PLACE_WIDTH + 2 * GAP } else { GAP };
        let beside = for_name + for_place + NUMBER_WIDTH + SYMBOL_WIDTH;
        let text = body.width.saturating_sub(beside).min(max_text);
        let width = (beside + text).min(body.width);
        let page = Rect { x: body.x + (body.width - width) / 2, width, ..body };
        // An empty row separates the head from the list.
        let head_height = (scope.title_height() + 1).min(body.height);
        let head = Rect { height: scope.title_height().min(body.height), ..page };
        let list = Rect { y: body.y + head_height, height: body.height - head_height, ..page };
        Self { head, list, name, text, has_places }
    }

    /// The rows of a name above its quote, at most.
    const fn max_heading_rows(self) -> usize {
        if self.name == 0 { 1 } else { 0 }
    }
}

/// A quote of the page with what is known of it.
#[derive(Clone, Copy)]
struct ListedQuote<'a> {
    open_story: &'a OpenStory,
    findings: &'a Findings,
    quote: &'a Quote,
    speaker: usize,
}

impl<'a> ListedQuote<'a> {
    /// Looks a quote up; `None` if the story is being analysed again.
    fn new(app: &'a App, item: PlacedQuote) -> Option<Self> {
        let open_story = app.stories.get(item.story)?;
        let findings = open_story.findings()?;
        let (quote, speaker) = (findings.quote(item.quote)?, findings.speaker_of(item.quote)?);
        Some(Self { open_story, findings, quote, speaker })
    }

    /// The words of the quote, wrapped. A quote that is higher than the page is cut.
    fn text_rows(self, columns: PageColumns) -> Vec<String> {
        let most = usize::from(columns.list.height).saturating_sub(columns.max_heading_rows()).max(1);
        let width = usize::from(columns.text).max(1);
        let beginning = quote_beginning(self.quote, self.open_story.story.text(), (most + 1) * width);
        let mut rows = wrap_words(&beginning, width);
        if rows.len() > most {
            rows.truncate(most);
            if let Some(last) = rows.last_mut() {
                last.truncate(byte_at_column(last, width.saturating_sub(2)));
                last.push('…');
            }
        }
        rows
    }
}

/// The two lines that stand beside a quote, or above it on one row.
struct QuoteLabel {
    name: String,
    note: String,
    style: Style,
}

impl QuoteLabel {
    /// The speaker and their role, or the story of the quote.
    fn new(listed: ListedQuote, item: PlacedQuote, scope: &PageScope, view: RootView) -> Self {
        let hue = view.speaker_style(listed.speaker, listed.findings);
        let bold = view.theme.turn_label.0.fg(hue.fg.unwrap_or_default());
        let suffix = speaker_suffix(listed.quote);
        match scope {
            PageScope::Story => Self {
                name: format!("{}{suffix}", listed.findings.speaker_name(listed.speaker)),
                note: listed.findings.entity_note(listed.quote.speaker).to_string(),
                style: hue.patch(bold),
            },
            PageScope::Speaker(_) => Self {
                name: view.app.headline(item.story),
                note: origin(view.app, item.story),
                style: view.theme.text.0.patch(view.theme.heading.0),
            },
        }
    }

    /// Draws the name and, below it, the note.
    fn draw_beside(&self, area: Rect, view: RootView, buf: &mut Buffer) {
        let name = name_rows(&self.name, usize::from(area.width)).into_iter().map(|it| (it, self.style));
        let note = (!self.note.is_empty()).then(|| (self.note.clone(), view.theme.secondary.0));
        for ((words, style), row) in name.chain(note).zip(area.rows()) {
            draw_text(&words, row, style, buf);
        }
    }

    /// Draws "Ann Lee · Mayor".
    fn draw_above(&self, row: Rect, view: RootView, buf: &mut Buffer) {
        let taken = draw_text(&self.name, row, self.style, buf);
        let rest = skip_columns(row, taken);
        if !self.note.is_empty() && rest.width > MIN_NOTE_WIDTH {
            draw_text(&format!(" · {}", self.note), rest, view.theme.secondary.0, buf);
        }
    }
}

/// Wraps a name or a headline to at most [`MAX_HEADLINE_ROWS`] rows.
fn name_rows(name: &str, width: usize) -> Vec<String> {
    let mut rows = wrap_words(name, width);
    if rows.len() > MAX_HEADLINE_ROWS {
        let rest = rows.split_off(MAX_HEADLINE_ROWS - 1).join(" ");
        rows.push(truncate(&rest, width).into_owned());
    }
    rows
}

impl QuotesPage {
    /// Where the parts of the page lie.
    pub(super) fn columns(&self, app: &App) -> PageColumns {
        let first = self.items.first().map(|it| it.story);
        let has_one_story = self.items.iter().all(|it| Some(it.story) == first);
        PageColumns::new(app.panes.body, &self.scope, has_one_story)
    }

    /// The rows of a name or a headline above an item. The headline of a single story is told once.
    fn heading_rows(&self, place: usize, columns: PageColumns) -> usize {
        if columns.has_places && self.repeats_story(place) { 0 } else { columns.max_heading_rows() }
    }

    /// Whether the story of an item is that of the item before it, which has its label.
    fn repeats_story(&self, place: usize) -> bool {
        let story = |place: usize| self.items.get(place).map(|it| it.story);
        matches!(self.scope, PageScope::Speaker(_)) && place > 0 && story(place) == story(place - 1)
    }

    /// The rows of the label beside an item; 0 if it has none.
    fn label_rows(&self, place: usize, listed: ListedQuote, app: &App, columns: PageColumns) -> usize {
        let width = usize::from(columns.name);
        match &self.scope {
            _ if columns.name == 0 || self.repeats_story(place) => 0,
            PageScope::Story => {
                let name = format!(
                    "{}{}",
                    listed.findings.speaker_name(listed.speaker),
                    speaker_suffix(listed.quote)
                );
                let has_note = !listed.findings.entity_note(listed.quote.speaker).is_empty();
                name_rows(&name, width).len() + usize::from(has_note)
            }
            PageScope::Speaker(_) => {
                let story = self.items[place].story;
                let has_note = !origin(app, story).is_empty();
                name_rows(&app.headline(story), width).len() + usize::from(has_note)
            }
        }
    }

    /// The height of an item with the empty row below it.
    fn height(&self, place: usize, app: &App, columns: PageColumns) -> usize {
        let Some(listed) = self.items.get(place).and_then(|it| ListedQuote::new(app, *it)) else { return 1 };
        let rows = listed.text_rows(columns).len() + self.heading_rows(place, columns);
        rows.max(self.label_rows(place, listed, app, columns)) + 1
    }

    /// The item at the top of the page. The selected one is visible, and the page is full if it can be.
    pub(super) fn first_visible(&self, app: &App, columns: PageColumns) -> usize {
        // The empty row below the last item need not be visible.
        let available = usize::from(columns.list.height) + 1;
        let height = |place: usize| self.height(place, app, columns);
        let selected = self.selected.item();
        let (mut first, mut used) = (selected, height(selected));
        while first > self.top.min(selected) && used + height(first - 1) <= available {
            first -= 1;
            used += height(first);
        }
        let mut last = selected + 1;
        while last < self.items.len() && used <= available {
            used += height(last);
            last += 1;
        }
        while last == self.items.len() && first > 0 && used + height(first - 1) <= available {
            first -= 1;
            used += height(first);
        }
        first
    }

    /// The visible items: each with the row at which it begins, from 0.
    pub(super) fn visible(&self, app: &App, columns: PageColumns) -> Vec<(usize, u16)> {
        let mut y = 0;
        let mut items = Vec::new();
        for place in self.first_visible(app, columns)..self.items.len() {
            if y >= columns.list.height {
                break;
            }
            items.push((place, y));
            y += self.height(place, app, columns) as u16;
        }
        items
    }

    /// Draws the page.
    pub(super) fn draw_page(&self, view: RootView, buf: &mut Buffer) {
        let columns = self.columns(view.app);
        self.draw_head(view, columns, buf);
        if self.items.is_empty() {
            let reason = view.app.current_story().missing_findings_reason();
            return view.draw_message(reason.unwrap_or("This story has no quotes."), columns.list, buf);
        }
        let visible = self.visible(view.app, columns);
        self.draw_context(&visible, columns, view, buf);
        for (number, (place, y)) in visible.into_iter().enumerate() {
            // The story of several quotes stands beside the first of them.
            let is_repeated = columns.name > 0 && number > 0 && self.repeats_story(place);
            let area = Rect { y: columns.list.y + y, height: columns.list.height - y, ..columns.list };
            self.draw_item(place, !is_repeated, area, columns, view, buf);
        }
    }

    /// Draws the paragraph of the selected quote, and those around it, under a list that does not fill the page.
    fn draw_context(&self, visible: &[(usize, u16)], columns: PageColumns, view: RootView, buf: &mut Buffer) {
        let Some(&(last, y)) = visible.last() else { return };
        let used = y + self.height(last, view.app, columns) as u16;
        let free = columns.list.height.saturating_sub(used);
        let Some(item) = self.items.get(self.selected.item()).filter(|_| free >= MIN_CONTEXT_ROWS) else {
            return;
        };
        let Some(listed) = ListedQuote::new(view.app, *item) else { return };
        let beside = if columns.name > 0 { columns.name + GAP } else { 0 };
        let area = Rect { y: columns.list.y + used, height: free, ..columns.list };
        let area = skip_columns(area, NUMBER_WIDTH + beside);
        let area = Rect { width: area.width.min(columns.text + SYMBOL_WIDTH), ..area };
        let mut rows = area.rows();
        let story = &listed.open_story.story;
        let Some(own) = story.block_at(listed.quote.extent().start) else { return };
        let own = story.blocks()[own].repeats.unwrap_or(own);
        // A block that repeats another would be on the screen twice.
        let blocks = story.blocks().iter().enumerate().filter(|it| it.1.repeats.is_none());
        let before = story.blocks()[..own].iter().filter(|it| it.repeats.is_none()).count();
        if let Some(row) = rows.next() {
            draw_text("In the story", row, view.theme.tab.0, buf);
        }
        for (number, block) in blocks.skip(before.saturating_sub(1)).take(3) {
            // No more than fits is laid out.
            let most = usize::from(area.width) * usize::from(area.height);
            let text: String = block.span.slice(story.text()).chars().take(most).collect();
            let style = if number == own { view.theme.text.0 } else { view.theme.secondary.0 };
            rows.next();
            for words in wrap_words(&one_line(&text), usize::from(area.width)) {
                let Some(row) = rows.next() else { return };
                draw_text(&words, row, style, buf);
            }
        }
    }

    /// Where the names of the orders are drawn, from right to left; those that fit.
    pub(super) fn order_areas(&self, columns: PageColumns) -> Vec<(QuoteOrder, Rect)> {
        let head = Rect { height: columns.head.height.min(1), ..columns.head };
        let mut right = head.right().saturating_sub(GAP);
        let mut areas = Vec::new();
        for order in self.scope.orders().iter().rev() {
            let width = order.title().len() as u16;
            if right < head.x + width + GAP {
                break;
            }
            areas.push((*order, Rect { x: right - width, width, ..head }));
            right -= width + GAP;
        }
        areas
    }

    /// Draws the title and the orders.
    fn draw_head(&self, view: RootView, columns: PageColumns, buf: &mut Buffer) {
        let mut rows = columns.head.rows();
        let Some(row) = rows.next() else { return };
        let mut rest = row;
        for (order, area) in self.order_areas(columns) {
            let style = if order == self.order { view.theme.tab.0 } else { view.theme.secondary.0 };
            draw_text(order.title(), area, style, buf);
            rest.width = (area.x - row.x).saturating_sub(GAP);
        }
        let rest = draw_text_right("sorted by", rest, view.theme.secondary.0, buf);
        let mut title = self.title.iter();
        if let Some(words) = title.next() {
            draw_text(words, skip_columns(rest, GAP + 1), view.theme.title.0, buf);
        }
        for (words, row) in title.zip(rows) {
            draw_text(words, skip_columns(row, GAP + 1), view.theme.secondary.0, buf);
        }
    }

    /// Draws an item of the list, with or without its label.
    fn draw_item(
        &self,
        place: usize,
        has_label: bool,
        area: Rect,
        columns: PageColumns,
        view: RootView,
        buf: &mut Buffer,
    ) {
        let item = self.items[place];
        let Some(listed) = ListedQuote::new(view.app, item) else { return };
        let is_selected = place == self.selected.item();
        let hue = view.speaker_style(listed.speaker, listed.findings);
        let first = Rect { height: area.height.min(1), ..area };
        let heading = self.heading_rows(place, columns) as u16;
        // The place stands beside the words, else in the row of the name above them.
        let place_y = if columns.has_places { heading.min(area.height) } else { 0 };
        let beside = Rect { y: area.y + place_y, height: u16::from(place_y < area.height), ..area };
        // Under the label of a story, the marker stands beside the quote.
        let is_under_label = matches!(self.scope, PageScope::Speaker(_)) && columns.has_places;
        let marker = match columns.name {
            _ if !is_under_label => 1,
            0 => NUMBER_WIDTH - GAP,
            name => NUMBER_WIDTH + name,
        };
        if is_selected {
            draw_text("▸", skip_columns(beside, marker), view.theme.key.0, buf);
        }
        // On the page of one speaker all numbers would be the same.
        if matches!(self.scope, PageScope::Story) {
            let number = format!("{:>2}", listed.findings.speakers[listed.speaker].label());
            draw_text(&number, skip_columns(first, 3), hue, buf);
        }
        let inner = skip_columns(area, NUMBER_WIDTH);
        let mut label = QuoteLabel::new(listed, item, &self.scope, view);
        if self.repeats_story(place) {
            label.style = view.theme.secondary.0;
        }
        let row = Rect { width: beside.width.saturating_sub(GAP), ..beside };
        let rest = draw_text_right(&self.place_words(listed, item), row, view.theme.secondary.0, buf);
        if columns.name > 0 && has_label {
            // Beside a quote whose story is labelled above, the label must not reach the next story.
            let is_alone = self.repeats_story(place) && !self.repeats_story(place + 1);
            let height = if is_alone { self.height(place, view.app, columns) as u16 - 1 } else { u16::MAX };
            let area = Rect { width: columns.name.min(inner.width), ..inner };
            label.draw_beside(Rect { height: inner.height.min(height), ..area }, view, buf);
        } else if heading > 0 {
            let width =
                if columns.has_places { inner.width } else { rest.width.saturating_sub(NUMBER_WIDTH) };
            let row = Rect { height: first.height, width: width.saturating_sub(GAP), ..inner };
            label.draw_above(row, view, buf);
        }
        let text = skip_columns(inner, if columns.name > 0 { columns.name + GAP } else { 0 });
        let heading = heading.min(text.height);
        let text = Rect { y: text.y + heading, height: text.height - heading, ..text };
        draw_text(kind_symbol(listed.quote.kind), Rect { height: text.height.min(1), ..text }, hue, buf);
        let style = view.theme.text.0.patch(view.theme.quoted_style(hue, listed.quote.kind));
        let style = if is_selected { style.patch(view.theme.quote.0) } else { style };
        for (words, row) in listed.text_rows(columns).iter().zip(skip_columns(text, SYMBOL_WIDTH).rows()) {
            draw_text(words, row, style, buf);
        }
    }

    /// Returns "¶4   98 %", or the number of words where the quotes are sorted by that.
    fn place_words(&self, listed: ListedQuote, item: PlacedQuote) -> String {
        let ListedQuote { open_story, quote, .. } = listed;
        let block = open_story.story.block_at(quote.extent().start);
        let measure = match self.order {
            QuoteOrder::Length => counted(open_story.quote_words(item.quote), "word"),
            _ if quote.is_verified() => CORRECTED.to_string(),
            _ if quote.speaker.is_none() => "?".to_string(),
            _ => format!("{} %", confidence_percent(quote)),
        };
        format!("¶{}  {measure:>5}", block.map_or(0, |it| open_story.paragraph_number(it)))
    }
}
