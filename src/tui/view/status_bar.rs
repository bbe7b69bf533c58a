//! The status bar: position in the story, active filter, key hints; and the horizontal line above it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use pullquote::analysis::MentionKind;

use crate::text::{counted, grouped, one_line};
use crate::tui::app::Focus;
use crate::tui::app::panel::{Panel, Placement};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::AnalysisState;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::ListRow;
use crate::tui::style::symbols::speaker_suffix;
use crate::tui::text::search_fold::is_same_wording;
use crate::tui::text::width::{display_width, truncate};
use crate::tui::view::key_hints::{DrawnHint, STATUS_GAP, first_hint_width, width_up_to};
use crate::tui::view::{RootView, draw_text, draw_text_right, inset, skip_columns};

/// The width of the status bar in columns from which the first hint is always shown.
const MIN_WIDTH_FOR_HINT: usize = 24;

/// The width of the status bar in columns from which it names the speaker although a hint does so too.
const MIN_WIDTH_FOR_NAME_TWICE: u16 = 98;

/// The part of the status bar in per cent that the name of a position may take.
const MAX_NAME_PERCENT: usize = 30;

impl RootView<'_> {
    /// Draws the horizontal line above the status bar.
    pub(crate) fn draw_rule(&self, buf: &mut Buffer) {
        let row = self.app.panes.rule;
        if row.is_empty() {
            return;
        }
        for x in row.left()..row.right() {
            buf.set_string(x, row.y, "─", self.theme.rule.0);
        }
        let panes = &self.app.panes;
        let has_detail = self.app.panel_placement() != Some(Placement::WideSide);
        let detail_border = if has_detail { panes.detail_border } else { Rect::default() };
        for border in [panes.border, detail_border] {
            if !border.is_empty() && self.app.has_border() {
                buf.set_string(border.x, row.y, "┴", self.theme.rule.0);
            }
        }
    }

    /// Draws the message or position and the filter at the left, the share read and the key hints at the right.
    pub(crate) fn draw_status_bar(&self, row: Rect, buf: &mut Buffer) {
        if row.is_empty() {
            return;
        }
        let row = inset(row);
        if self.app.panel().is_some_and(|it| it.draw_status(*self, row, buf)) {
            return;
        }
        let hints = self.hints();
        let taken = self.draw_position(&hints, row, buf);
        if self.is_bare() {
            return;
        }
        let rest = self.draw_hints(&hints, skip_columns(row, taken + STATUS_GAP), buf);
        if self.app.panes.has_page() && self.app.panel().is_none() {
            let open_story = self.app.current_story();
            let percent = open_story.viewport.percent_read(&open_story.page, self.app.page_height());
            let rest = Rect { width: rest.width.saturating_sub(STATUS_GAP), ..rest };
            draw_text_right(&format!("{percent} % read"), rest, self.theme.secondary.0, buf);
        }
    }

    /// Returns the part of the status bar that the hints may take; `None` if it shows none.
    pub(super) fn hint_row(&self, hints: &[DrawnHint], row: Rect) -> Option<Rect> {
        let mut scratch = Buffer::empty(row);
        let row = inset(row);
        let has_own = self.app.panel().is_some_and(|it| it.draw_status(*self, row, &mut scratch));
        if has_own || self.is_bare() {
            return None;
        }
        let taken = self.draw_position(hints, row, &mut scratch);
        Some(skip_columns(row, taken + STATUS_GAP))
    }

    /// Returns whether the status bar shows messages only, as in distraction-free mode.
    fn is_bare(&self) -> bool {
        self.app.pane_options.zen && self.app.mode() == Mode::Story
    }

    /// Returns whether the position is told; a page over the story has none.
    fn shows_position(&self) -> bool {
        self.app.panel().is_none_or(Panel::shows_position)
    }

    /// Draws the message or position and the filter, and returns the columns that they take.
    ///
    /// The columns of the first key hint belong to it.
    fn draw_position(&self, hints: &[DrawnHint], row: Rect, buf: &mut Buffer) -> u16 {
        let hint_width = first_hint_width(hints, row);
        let prompt = self.app.panel().and_then(|it| it.status(self.app));
        let notice = prompt.as_ref().or(self.app.notice.as_ref());
        let (mut parts, style) = match (notice, self.app.pending_keys.is_empty()) {
            (_, false) => (vec![self.app.pending_keys.to_string()], self.theme.key.0),
            (Some(notice), true) => (vec![notice.clone()], self.theme.notice.0),
            (None, true) if self.is_bare() || !self.shows_position() => (Vec::new(), self.theme.text.0),
            (None, true) => (self.position_parts(hints, row.width), self.theme.text.0),
        };
        // The first hint leads to all commands. It gives way only to a message that needs its columns.
        let row_width = usize::from(row.width);
        let first_width = parts.first().map_or(0, |it| display_width(it));
        let width = match notice {
            Some(_) if first_width + hint_width > row_width => row_width,
            _ if row_width < MIN_WIDTH_FOR_HINT || self.is_bare() => row_width,
            _ => row_width.saturating_sub(hint_width),
        };
        let gap = usize::from(STATUS_GAP);
        // A position may be cut for the filter, a message not: while it lasts, the filter has only what it leaves.
        let kept = if notice.is_some() { first_width } else { first_width.min(width / 2) };
        let room = width.saturating_sub(kept + gap);
        let mut filter = self.filter_summary(room as u16);
        if notice.is_some() && display_width(&filter) > room {
            filter.clear();
        }
        let filter_width = if filter.is_empty() { 0 } else { display_width(&filter) + gap };
        while parts.len() > 1 && display_width(&parts.join(" · ")) + filter_width > width {
            parts.pop();
        }
        let left = Rect { width: width.saturating_sub(filter_width) as u16, ..row };
        let taken = draw_text(&parts.join(" · "), left, style, buf);
        let gap = if taken == 0 || filter.is_empty() { 0 } else { STATUS_GAP };
        taken + gap + draw_text(&filter, skip_columns(row, taken + gap), self.theme.key.0, buf)
    }

    /// Returns the parts of "quote 3/9 · Kerry 3/4 · match 2/5" for a row of `width` columns. A long name is cut, so that the key
    /// hints have their columns; where it is narrow, a name that a hint has is left out.
    fn position_parts(&self, hints: &[DrawnHint], width: u16) -> Vec<String> {
        let open_story = self.app.current_story();
        let most = usize::from(width) * MAX_NAME_PERCENT / 100;
        let mut parts = match (self.side_pane_position(most), &open_story.analysis_state) {
            (Some(selected), _) => vec![selected],
            (None, AnalysisState::Ready(findings)) => self.quote_position(findings, most),
            (None, AnalysisState::Pending) => vec!["Still analysing…".to_string()],
            (None, AnalysisState::Failed) => vec!["Analysis failed".to_string()],
        };
        if parts.len() == 2 && self.has_name_elsewhere(&parts[0], hints, width) {
            parts.pop();
        }
        // Part of a long story is analysed; its quotes are there already.
        if open_story.findings().is_some() {
            parts.extend(open_story.progress_note());
        }
        // Before the user has moved, the name with which the story begins is not the one that they ask for.
        if self.app.focus == Focus::Story && !open_story.is_fresh() {
            parts.extend(self.mention_at_cursor());
        }
        if !open_story.matches.is_empty() {
            let noun = if open_story.match_at_cursor().is_some() { "match " } else { "" };
            parts.push(format!("{noun}{}", open_story.match_summary()));
        }
        parts
    }

    /// Returns whether the speaker of the quote at the cursor is named elsewhere: beside each quote of a page, or in a narrow
    /// status bar of `width` columns in the hint after the position.
    fn has_name_elsewhere(&self, position: &str, hints: &[DrawnHint], width: u16) -> bool {
        let is_page = self.app.panel_placement() == Some(Placement::FullPage);
        let hint = width_up_to(Action::OnlySpeaker, hints).filter(|_| width < MIN_WIDTH_FOR_NAME_TWICE);
        let filter = display_width(&self.filter_summary(width));
        let filter = if filter == 0 { 0 } else { filter + usize::from(STATUS_GAP) };
        is_page || hint.is_some_and(|it| display_width(position) + filter + it <= usize::from(width))
    }

    /// Returns the position of the quote at the cursor, among all and among its speaker's.
    ///
    /// Without a quote at the cursor: the number of quotes. A name has `most` columns.
    fn quote_position(&self, findings: &Findings, most: usize) -> Vec<String> {
        let open_story = self.app.current_story();
        let allowed = open_story.allowed_quotes.len();
        let quote = open_story.quote_at_cursor().and_then(|it| Some((it, findings.speaker_of(it)?)));
        let Some((quote, speaker)) = quote else {
            let total = counted(findings.analysis.quotes.len(), "quote");
            let is_active = open_story.filter.is_active();
            return vec![if is_active {
                format!("{} of {total}", grouped(allowed))
            } else {
                counted(allowed, "quote")
            }];
        };
        let suffix = findings.quote(quote).map_or("", speaker_suffix);
        let name = format!("{}{suffix}", truncate(findings.short_speaker_name(speaker), most));
        let Some((number, last)) = open_story.quote_place(quote) else {
            let how = open_story.filter.display.participle();
            return vec![format!("{name} ({how} by filter)")];
        };
        let own = &findings.speakers[speaker].quotes;
        let up_to_here = own.partition_point(|it| *it <= quote);
        let is_whole = allowed == findings.analysis.quotes.len();
        let shown = |quotes: &[usize]| {
            if is_whole { quotes.len() } else { quotes.iter().filter(|it| open_story.allows(**it)).count() }
        };
        let (position, count) = (shown(&own[..up_to_here]), shown(own));
        let place = format!("quote {}", place_of(number, last));
        // The filter that leaves one speaker names them, and counts the same quotes.
        if !is_whole && (position, count) == (number, last) {
            return vec![place];
        }
        vec![place, format!("{name} {}", place_of(position, count))]
    }

    /// Returns "London: 3 mentions" or "Kerry: mention 2/5" for the selection in the side pane.
    ///
    /// `None` if the side pane has no focus, or if a quote is selected. A name has `most` columns.
    fn side_pane_position(&self, most: usize) -> Option<String> {
        let open_story = self.app.current_story();
        let (findings, side_pane) = (open_story.findings()?, &open_story.side_pane);
        let selected = side_pane.selected().filter(|_| self.app.focus == Focus::SidePane);
        match selected? {
            ListRow::Entity(entity) => {
                let counts = [(&side_pane.quote_counts, "quote"), (&side_pane.mention_counts, "mention")];
                let counts = counts.map(|(counts, noun)| (counts.get(entity).copied().unwrap_or(0), noun));
                let counts = counts.into_iter().filter(|(count, _)| *count > 0);
                let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
                let name = truncate(findings.entity_name(Some(entity)), most);
                Some(format!("{name}: {}", counts.join(", ")))
            }
            ListRow::Mention(entity, number) => {
                let (position, count) = open_story.mention_position(entity, number);
                let name = truncate(findings.short_entity_name(Some(entity)), most);
                Some(format!("{name}: mention {}", place_of(position, count)))
            }
            ListRow::UnknownSpeaker => Some("Quotes with no known speaker".to_string()),
            _ => None,
        }
    }

    /// Returns "London: mention 2/3" for the name at the cursor.
    fn mention_at_cursor(&self) -> Option<String> {
        let open_story = self.app.current_story();
        let number = open_story.entity_at_cursor()?;
        let entity = open_story.findings()?.entity(number)?;
        let cursor = open_story.viewport.cursor;
        let mention = entity.mentions.iter().position(|it| it.span.contains(cursor))?;
        let (position, count) = open_story.mention_position(number, mention);
        let mention = entity.mentions[mention];
        // Other words than a name are shown with the name that they stand for.
        let words = one_line(mention.span.slice(open_story.story.text()));
        let name = if mention.kind == MentionKind::Name || is_same_wording(&words, &entity.name) {
            entity.name.clone()
        } else {
            format!("“{words}” = {}", entity.name)
        };
        Some(format!("{name}: mention {}", place_of(position, count)))
    }

    /// Returns the longest description of the filter that fits in a width in columns, else the shortest.
    pub(crate) fn filter_summary(&self, width: u16) -> String {
        let open_story = self.app.current_story();
        let summaries = open_story.findings().map(|it| open_story.filter.summaries(it)).unwrap_or_default();
        let shortest = summaries.last().cloned().unwrap_or_default();
        summaries.into_iter().find(|it| display_width(it) <= usize::from(width)).unwrap_or(shortest)
    }
}

/// Returns "3/20,000".
fn place_of(position: usize, count: usize) -> String {
    format!("{}/{}", grouped(position), grouped(count))
}
