//! The side pane: tabs, quotes grouped by speaker, tables of people, organisations and places.

use pullquote::analysis::{Form, QuoteKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{Screen, after, put, put_right};
use crate::reader::action::Action;
use crate::reader::app::Focus;
use crate::reader::findings::Findings;
use crate::reader::keymap::Room;
use crate::reader::reading::Found;
use crate::reader::side::{Folds, Line};

impl Screen<'_> {
    pub(super) fn findings(&self, buf: &mut Buffer) {
        let reading = self.app.reading();
        let (tabs, list) = (self.app.panes.tabs(), self.app.panes.list());
        for (tab, label, area) in reading.side.labels(tabs, reading.findings().is_some()) {
            let style = if tab == reading.side.tab { self.theme.tab.0 } else { self.theme.faint.0 };
            put(&label, area, style, buf);
        }
        let findings = match &reading.found {
            Found::Here(findings) => findings,
            Found::Awaited => return self.explain("reading…", list, buf),
            Found::Failed => {
                return self.explain(
                    "The findings of this story are lost: the engine broke down.",
                    list,
                    buf,
                );
            }
        };
        let lines = reading.side.lines(reading.side.tab);
        if lines.is_empty() {
            let tab = reading.side.tab;
            let words =
                if reading.side.totals[tab as usize] == 0 { tab.nothing() } else { &self.nothing_passes() };
            return self.explain(words, list, buf);
        }
        let first = reading.side.first_row(usize::from(list.height));
        for ((number, line), area) in lines.iter().enumerate().skip(first).zip(list.rows()) {
            // A blank at the right keeps words off the screen's edge.
            let area = Rect { width: area.width.saturating_sub(1), ..area };
            let chosen = line.is_item() && number == reading.side.chosen_row();
            self.line(*line, findings, chosen, area, buf);
            if chosen && self.app.focus == Focus::Findings {
                self.choose(area, buf);
            }
        }
    }

    /// Marks a whole row as chosen: in one colour, so that reversed it is of one piece.
    pub(super) fn choose(&self, row: Rect, buf: &mut Buffer) {
        let Style { fg, bg, .. } = self.theme.text.0;
        let plain = Style::new().fg(fg.unwrap_or_default()).bg(bg.unwrap_or_default());
        let row = after(row, 1);
        buf.set_style(row, plain.remove_modifier(Modifier::DIM | Modifier::UNDERLINED | Modifier::ITALIC));
        buf.set_style(row, self.theme.chosen.0);
    }

    /// Why a pane is empty that has something to show.
    pub(super) fn nothing_passes(&self) -> String {
        let key = self.keymap.key_in(Action::SwitchFilter, Room::Story);
        format!("The filter lets nothing through. {key} switches it off.")
    }

    /// Says in an empty pane why it is.
    pub(super) fn explain(&self, words: &str, list: Rect, buf: &mut Buffer) {
        let area = after(list, 2);
        let wide = usize::from(area.width.saturating_sub(1)).max(1);
        for (words, area) in textwrap::wrap(words, wide).iter().zip(area.rows()) {
            put(words, area, self.theme.faint.0, buf);
        }
    }

    fn line(&self, line: Line, findings: &Findings, chosen: bool, area: Rect, buf: &mut Buffer) {
        let inner = after(area, 2);
        let mark = if chosen { self.theme.key.0 } else { Style::new() };
        match line {
            Line::Gap => {}
            Line::Heading(words) => drop(put(words, inner, self.theme.faint.0, buf)),
            Line::Columns => {
                put_right(&right_columns("said", "named", 0.0, inner.width), inner, self.theme.faint.0, buf);
            }
            Line::Speaker(number) => self.speaker(number, findings, inner, buf),
            Line::Folded(count, what) => {
                let indent = if what == Folds::Quotes { 2 } else { 0 };
                put(&format!("… {} …", what.words(count)), after(inner, indent), self.theme.faint.0, buf);
            }
            Line::Quote(number) => {
                put(if chosen { "▸" } else { " " }, after(area, 2), mark, buf);
                self.quote(number, findings, chosen, after(inner, 2), buf);
            }
            Line::Entity(number) => {
                put(if chosen { "▸" } else { " " }, after(area, 1), mark, buf);
                self.entity(number, findings, chosen, after(inner, 1), buf);
            }
        }
    }

    /// `1 John Kerry · US Secretary of State   4`
    fn speaker(&self, number: usize, findings: &Findings, area: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let own = &findings.speakers[number].quotes;
        let through = own.iter().filter(|it| reading.lets(**it)).count();
        let dims = through == 0;
        let ink = |style: Style| if dims { self.theme.dimmed.0 } else { style };
        let count =
            if through == own.len() { through.to_string() } else { format!("{through}/{}", own.len()) };
        let rest = put_right(&count, area, ink(self.theme.faint.0), buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let hue = ink(self.hue(number, findings));
        let taken = put(&format!("{} ", findings.speakers[number].label()), rest, hue, buf);
        let rest = after(rest, taken);
        let name = findings.name(number);
        let taken = put(name, rest, ink(hue.patch(self.theme.label.0.fg(hue.fg.unwrap_or_default()))), buf);
        let role = findings.who(number).and_then(|it| it.roles.first());
        let rest = after(rest, taken);
        if let Some(role) = role
            && rest.width > 8
        {
            put(&format!(" · {role}"), rest, ink(self.theme.faint.0), buf);
        }
    }

    /// `● “Terrorists want to drive us apart, …   she`
    fn quote(&self, number: usize, findings: &Findings, chosen: bool, area: Rect, buf: &mut Buffer) {
        let Some(quote) = findings.quote(number) else { return };
        let Some(speaker) = findings.speaker_of(number) else { return };
        let text = self.app.reading().story.text();
        let dims = !self.app.reading().lets(number);
        let plain = if dims { self.theme.dimmed.0 } else { self.theme.text.0 };
        let shape_ink = if dims { plain } else { self.hue(speaker, findings) };
        put(super::shape(quote.kind), area, shape_ink, buf);
        let pronoun = quote
            .speaker_mention
            .filter(|span| findings.names.meeting(*span).any(|it| it.0 == *span && it.1.1 == Form::Pronoun));
        let note = match (quote.doubtful(), pronoun) {
            (true, _) => "?",
            (_, Some(pronoun)) => pronoun.of(text),
            // Where there is little room the shape alone says the kind.
            (false, None) if quote.kind == QuoteKind::Direct || area.width < 32 => "",
            (false, None) => quote.kind.name(),
        };
        let faint = if dims { plain } else { self.theme.faint.0 };
        let rest = after(area, 2);
        let rest = put_right(note, rest, faint, buf);
        let gap = u16::from(!note.is_empty() && rest.width + 2 < area.width);
        let rest = Rect { width: rest.width.saturating_sub(gap), ..rest };
        // Twice the columns are more than enough: a pane never shows more.
        let words: String = quote.words(text).chars().take(2 * usize::from(rest.width)).collect();
        let words: Vec<&str> = words.split_whitespace().collect();
        let style = if chosen && !dims { plain.patch(self.theme.label.0) } else { plain };
        put(&words.join(" "), rest, style, buf);
    }

    /// `John Kerry  US Secretary of State   4      7  ━━━━━━`
    fn entity(&self, number: usize, findings: &Findings, chosen: bool, area: Rect, buf: &mut Buffer) {
        let Some(entity) = findings.entity(number) else { return };
        let side = &self.app.reading().side;
        let quotes = side.quotes.get(number).copied().unwrap_or_default();
        let mentions = side.mentions.get(number).copied().unwrap_or_default();
        let dims = quotes + mentions == 0;
        let share = mentions as f64 / side.most[side.tab as usize].max(1) as f64;
        let said = if quotes == 0 { "·".to_string() } else { quotes.to_string() };
        let right = right_columns(&said, &mentions.to_string(), share, area.width + 1);
        let rest = put_right(&right, area, self.theme.faint.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let mut style =
            if dims { self.theme.dimmed.0 } else { self.theme.text.0.patch(self.theme.name(entity.kind)) };
        if chosen {
            style = style.patch(self.theme.label.0.fg(style.fg.unwrap_or_default()));
        }
        let taken = put(&entity.name, rest, style, buf);
        let rest = after(rest, taken + 2);
        let alias = entity.aliases.iter().find(|it| !entity.name.contains(it.as_str()));
        let more = entity.roles.first().or(alias);
        if let Some(more) = more
            && rest.width > 8
        {
            put(more, rest, self.theme.faint.0, buf);
        }
    }
}

/// The numbers of a table row, each in its column, and a bar, as far as there is room.
fn right_columns(said: &str, named: &str, share: f64, width: u16) -> String {
    match width {
        64.. => format!("{said:>4}  {named:>5}  {}", bar(share, 12)),
        44.. => format!("{said:>4}  {named:>5}  {}", bar(share, 6)),
        34.. => format!("{said:>4}  {named:>5}"),
        _ => format!("{named:>5}"),
    }
}

/// A bar of up to `room` columns, drawn in halves, with blanks up to its room.
fn bar(share: f64, room: usize) -> String {
    let halves = ((share * (room * 2) as f64).ceil() as usize).min(room * 2);
    let rest = if halves % 2 == 1 { "╸" } else { "" };
    format!("{:<room$}", format!("{}{rest}", "━".repeat(halves / 2)))
}
