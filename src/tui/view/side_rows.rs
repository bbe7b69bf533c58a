//! The items of the side pane: speaker headings, quotes and table rows, each on one row or two.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::grouped;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::side_columns::{
    INDENT, NUMBER_WIDTH, TableColumns, entity_text, quote_note, table_note,
};
use crate::tui::style::symbols::kind_symbol;
use crate::tui::text::width::{display_width, split_at_width};
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

/// The columns from which on a note beside a name is shown truncated, exclusive.
const MIN_NOTE_WIDTH: u16 = 8;

impl RootView<'_> {
    /// Draws "1 John Kerry · US Secretary of State   4"; what does not fit continues on the second row.
    pub(crate) fn draw_speaker_heading(
        &self,
        number: usize,
        findings: &Findings,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let open_story = self.app.current_story();
        let quotes = &findings.speakers[number].quotes;
        let allowed = quotes.iter().filter(|quote| open_story.allows(**quote)).count();
        let shade = |style: Style| if allowed == 0 { self.theme.dimmed.0 } else { style };
        let total = quotes.len();
        let count = if allowed == total {
            grouped(total)
        } else {
            format!("{}/{}", grouped(allowed), grouped(total))
        };
        let rest = draw_text_right(&count, area, shade(self.theme.secondary.0), buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let style = self.speaker_style(number, findings);
        let label = draw_text(&format!("{} ", findings.speakers[number].label()), rest, shade(style), buf);
        let rest = skip_columns(rest, label);
        let second = skip_columns(second_row(area), label);
        let bold = self.theme.turn_label.0.fg(style.fg.unwrap_or_default());
        let name_style = shade(if findings.entity_of_speaker(number).is_some() {
            style.patch(bold)
        } else {
            self.theme.turn_label.0
        });
        let (name, note) =
            (findings.speaker_name(number), findings.entity_note(findings.speakers[number].entity));
        let note_style = shade(self.theme.secondary.0);
        if second.is_empty() {
            let taken = draw_text(name, rest, name_style, buf);
            let rest = skip_columns(rest, taken);
            if rest.width > MIN_NOTE_WIDTH && !note.is_empty() {
                draw_text(&format!(" · {note}"), rest, note_style, buf);
            }
            return;
        }
        match split_at_width(name, usize::from(rest.width)) {
            (name, "") => {
                draw_text(name, rest, name_style, buf);
                draw_text(note, second, note_style, buf);
            }
            (name, more) => {
                draw_text(name, rest, name_style, buf);
                draw_text(more, second, name_style, buf);
            }
        }
    }

    /// Draws a quote: "● “Terrorists want to drive us apart, …   she".
    pub(crate) fn draw_quote(
        &self,
        number: usize,
        findings: &Findings,
        is_selected: bool,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let Some(quote) = findings.quote(number) else { return };
        let Some(speaker) = findings.speaker_of(number) else { return };
        let text = self.app.current_story().story.text();
        let is_allowed = self.app.current_story().allows(number);
        let plain = if is_allowed { self.theme.text.0 } else { self.theme.dimmed.0 };
        let symbol_style = if is_allowed { self.speaker_style(speaker, findings) } else { plain };
        draw_text(kind_symbol(quote.kind), area, symbol_style, buf);
        let (first, second) = (skip_columns(area, 2), skip_columns(second_row(area), 2));
        // Only what may fit on both rows is taken.
        let beginning = quote_beginning(quote, text, 3 * usize::from(first.width));
        let note = quote_note(quote, findings, text, usize::from(first.width));
        let note_style = if is_allowed { self.theme.secondary.0 } else { plain };
        let rest = draw_text_right(&note, first, note_style, buf);
        let gap = u16::from(rest.width < first.width);
        let rest = Rect { width: rest.width.saturating_sub(gap), ..rest };
        let style = if is_selected && is_allowed { plain.patch(self.theme.turn_label.0) } else { plain };
        let (on_first, on_second) = if second.is_empty() {
            (&*beginning, "")
        } else {
            split_at_width(&beginning, usize::from(rest.width))
        };
        draw_text(on_first, rest, style, buf);
        draw_text(on_second, second, style, buf);
    }

    /// Draws the number of a speaker in its hue, aligned right; nothing for a name that is not quoted.
    fn draw_speaker_number(&self, entity: Option<usize>, findings: &Findings, area: Rect, buf: &mut Buffer) {
        let speaker = match entity {
            Some(entity) => findings.speaker_of_entity(entity),
            None => findings.speakers.iter().position(|it| it.entity.is_none()),
        };
        let Some(speaker) = speaker else { return };
        let label = format!("{:>2}", findings.speakers[speaker].label());
        let row = Rect { width: NUMBER_WIDTH.min(area.width), ..area };
        draw_text(&label, row, self.speaker_style(speaker, findings), buf);
    }

    /// Draws the titles of a table's columns.
    pub(crate) fn draw_table_header(&self, area: Rect, buf: &mut Buffer) {
        let columns = TableColumns::for_width(area.width + 1);
        let area = Rect { width: area.width.saturating_sub(columns.bar), ..area };
        draw_text_right(&align_counts(columns.titles(), &columns), area, self.theme.secondary.0, buf);
    }

    /// Draws an entity: "▸ 2 John Kerry  US Secretary of State   4      7  ━━━━━━".
    ///
    /// `None` stands for the unknown speakers.
    pub(crate) fn draw_entity(
        &self,
        entity: Option<usize>,
        findings: &Findings,
        is_selected: bool,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let open_story = self.app.current_story();
        let side_pane = &open_story.side_pane;
        let count = |counts: &[usize]| entity.and_then(|it| counts.get(it)).copied().unwrap_or_default();
        let unknown = || {
            let own = findings.speakers.iter().filter(|it| it.entity.is_none()).flat_map(|it| &it.quotes);
            own.filter(|it| open_story.allows(**it)).count()
        };
        let quotes = if entity.is_some() { count(&side_pane.quote_counts) } else { unknown() };
        let mentions = count(&side_pane.mention_counts);
        let max_mentions = side_pane.max_mentions[side_pane.tab as usize];
        let share = mentions as f64 / max_mentions.max(1) as f64;

        let table = TableColumns::for_width(area.width + 1);
        let number = |count: usize| if count == 0 { "·".to_string() } else { grouped(count) };
        let counts = align_counts([&number(quotes), &number(mentions)], &table);
        let rest = draw_text_right(&share_bar(share, table.bar), area, self.theme.secondary.0, buf);
        draw_text_right(&counts, rest, self.theme.secondary.0, buf);
        self.draw_speaker_number(entity, findings, skip_columns(area, INDENT + 1), buf);
        let inner = skip_columns(area, INDENT + 1 + NUMBER_WIDTH);
        let first = Rect { width: table.name.min(area.width), height: inner.height.min(1), ..inner };
        let second = draw_text_right(
            &share_bar(share, table.second_row_bar),
            second_row(inner),
            self.theme.secondary.0,
            buf,
        );

        let mut style = self.theme.text.0;
        if quotes + mentions == 0 {
            style = self.theme.dimmed.0;
        }
        if is_selected {
            style = style.patch(self.theme.turn_label.0.fg(style.fg.unwrap_or_default()));
        }
        if second.is_empty() {
            let taken = draw_text(findings.entity_name(entity), first, style, buf);
            let (note, beside) = (table_note(entity, findings), skip_columns(first, taken + 2));
            if display_width(note) <= usize::from(beside.width) || beside.width > MIN_NOTE_WIDTH {
                draw_text(note, beside, self.theme.secondary.0, buf);
            }
            return;
        }
        let text = entity_text(entity, findings, &table, area.width + 1);
        draw_text(text.name.0, first, style, buf);
        draw_text(text.name.1, second, style, buf);
        for (words, row) in text.note.iter().zip(inner.rows().skip(text.name_height())) {
            draw_text(words, row, self.theme.secondary.0, buf);
        }
    }
}

/// Returns the second row of an area; empty if it has only one.
fn second_row(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// Returns a text for the quotes and one for the mentions, each aligned right in its column.
fn align_counts([quotes, mentions]: [&str; 2], columns: &TableColumns) -> String {
    let (quotes_width, mentions_width) = (usize::from(columns.quotes), usize::from(columns.mentions));
    format!("{quotes:>quotes_width$}{mentions:>mentions_width$}")
}

/// Returns two spaces and a bar for a share from 0 to 1, in a width in columns; the bar has half-column steps.
pub(crate) fn share_bar(share: f64, width: u16) -> String {
    let width = usize::from(width.saturating_sub(2));
    if width == 0 {
        return String::new();
    }
    let halves = ((share * (width * 2) as f64).ceil() as usize).min(width * 2);
    let rest = if halves % 2 == 1 { "╸" } else { "" };
    format!("  {:<width$}", format!("{}{rest}", "━".repeat(halves / 2)))
}
