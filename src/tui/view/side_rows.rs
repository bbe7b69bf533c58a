//! The items of the side pane: the head of a speaker's quotes, a quote, a row of a table; each on one row or two.

use pullquote::analysis::{Form, QuoteKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::side_columns::{INDENT, Table};
use crate::tui::style::symbols::{after_speaker, shape};
use crate::tui::text::width::{break_at, columns};
use crate::tui::view::{Screen, after, put, put_right};

impl Screen<'_> {
    /// `1 John Kerry · US Secretary of State   4`; a name or an office that has no room there goes on below.
    pub(crate) fn speaker(&self, number: usize, findings: &Findings, area: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let own = &findings.speakers[number].quotes;
        let through = own.iter().filter(|it| reading.lets(**it)).count();
        let dims = through == 0;
        let ink = |style: Style| if dims { self.theme.dimmed.0 } else { style };
        let count =
            if through == own.len() { through.to_string() } else { format!("{through}/{}", own.len()) };
        let rest = put_right(&count, area, ink(self.theme.faint.0), buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let hue = self.hue(number, findings);
        let label = put(&format!("{} ", findings.speakers[number].label()), rest, ink(hue), buf);
        let rest = after(rest, label);
        let second = after(below(area), label);
        let bold = self.theme.label.0.fg(hue.fg.unwrap_or_default());
        let name_ink = ink(if findings.who(number).is_some() { hue.patch(bold) } else { self.theme.label.0 });
        let (name, note) = (findings.name(number), findings.note_of(findings.speakers[number].entity));
        let faint = ink(self.theme.faint.0);
        if second.is_empty() {
            let taken = put(name, rest, name_ink, buf);
            let rest = after(rest, taken);
            if rest.width > 8 && !note.is_empty() {
                put(&format!(" · {note}"), rest, faint, buf);
            }
            return;
        }
        match break_at(name, usize::from(rest.width)) {
            (name, "") => {
                put(name, rest, name_ink, buf);
                put(note, second, faint, buf);
            }
            (name, more) => {
                put(name, rest, name_ink, buf);
                put(more, second, name_ink, buf);
            }
        }
    }

    /// `● “Terrorists want to drive us apart, …   she`
    pub(crate) fn quote(
        &self,
        number: usize,
        findings: &Findings,
        chosen: bool,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let Some(quote) = findings.quote(number) else { return };
        let Some(speaker) = findings.speaker_of(number) else { return };
        let text = self.app.reading().story.text();
        let dims = !self.app.reading().lets(number);
        let plain = if dims { self.theme.dimmed.0 } else { self.theme.text.0 };
        let shape_ink = if dims { plain } else { self.hue(speaker, findings) };
        put(shape(quote.kind), area, shape_ink, buf);
        let (first, second) = (after(area, 2), after(below(area), 2));
        // More columns than both rows have are never shown.
        let words: String = quote.words(text).chars().take(3 * usize::from(first.width)).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let pronoun = quote
            .speaker_mention
            .filter(|span| findings.names.meeting(*span).any(|it| it.0 == *span && it.1.1 == Form::Pronoun));
        let room = usize::from(first.width);
        let sign = after_speaker(quote);
        let note = match pronoun {
            Some(pronoun) => format!("{}{sign}", pronoun.of(text)),
            // The shape says the kind; in words only where that takes nothing from those of the quote.
            None if quote.kind != QuoteKind::Direct && columns(&words) + 14 < room => {
                format!("{} {sign}", quote.kind.name()).trim_end().to_string()
            }
            None => sign.to_string(),
        };
        let faint = if dims { plain } else { self.theme.faint.0 };
        let rest = put_right(&note, first, faint, buf);
        let gap = u16::from(rest.width < first.width);
        let rest = Rect { width: rest.width.saturating_sub(gap), ..rest };
        let style = if chosen && !dims { plain.patch(self.theme.label.0) } else { plain };
        let (one, two) =
            if second.is_empty() { (&*words, "") } else { break_at(&words, usize::from(rest.width)) };
        put(one, rest, style, buf);
        put(two, second, style, buf);
    }

    /// What the columns of a table are.
    pub(crate) fn columns(&self, area: Rect, buf: &mut Buffer) {
        let Table { said, named, bar, .. } = Table::of(area.width + 1);
        let right = numbers(if said > 0 { "said" } else { "" }, "named", said, named);
        put_right(&right, Rect { width: area.width.saturating_sub(bar), ..area }, self.theme.faint.0, buf);
    }

    /// `▸ John Kerry  US Secretary of State   4      7  ━━━━━━`: an entity, or those of whom nobody knows who they are.
    pub(crate) fn entry(
        &self,
        entity: Option<usize>,
        findings: &Findings,
        chosen: bool,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let reading = self.app.reading();
        let side = &reading.side;
        let count = |counts: &[usize]| entity.and_then(|it| counts.get(it)).copied().unwrap_or_default();
        let unknown = || {
            let own = findings.speakers.iter().filter(|it| it.entity.is_none()).flat_map(|it| &it.quotes);
            own.filter(|it| reading.lets(**it)).count()
        };
        let quotes = if entity.is_some() { count(&side.quotes) } else { unknown() };
        let mentions = count(&side.mentions);
        let dims = quotes + mentions == 0;
        let share = mentions as f64 / side.most[side.tab as usize].max(1) as f64;

        let table = Table::of(area.width + 1);
        let number = |it: usize| if it == 0 { "·".to_string() } else { it.to_string() };
        let right = numbers(&number(quotes), &number(mentions), table.said, table.named);
        let rest = put_right(&bar(share, table.bar), area, self.theme.faint.0, buf);
        put_right(&right, rest, self.theme.faint.0, buf);
        let first = Rect { width: table.name.min(area.width), ..after(area, INDENT + 1) };
        let second = after(below(area), INDENT + 1);
        let second = put_right(&bar(share, table.second_bar), second, self.theme.faint.0, buf);

        let kind = entity.and_then(|it| findings.entity(it)).map(|it| it.kind);
        let mut style = kind.map_or(self.theme.text.0, |it| self.theme.text.0.patch(self.theme.name(it)));
        if dims {
            style = self.theme.dimmed.0;
        }
        if chosen {
            style = style.patch(self.theme.label.0.fg(style.fg.unwrap_or_default()));
        }
        let (name, note) = (findings.name_of(entity), findings.note_of(entity));
        let (one, two) =
            if second.is_empty() { (name, "") } else { break_at(name, usize::from(first.width)) };
        let taken = put(one, first, style, buf);
        let beside = after(first, taken + 2);
        match (two, second.is_empty()) {
            ("", true) if columns(note) > usize::from(beside.width) && beside.width < 9 => 0,
            ("", true) => put(note, beside, self.theme.faint.0, buf),
            ("", false) => put(note, second, self.theme.faint.0, buf),
            _ => put(two, second, style, buf),
        };
    }
}

/// The second row of an area; empty where it has but one.
fn below(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// Two numbers, each at the right of its columns.
fn numbers(said: &str, named: &str, said_columns: u16, named_columns: u16) -> String {
    format!("{said:>wide$}{named:>wider$}", wide = said_columns.into(), wider = named_columns.into())
}

/// Two blanks and a bar, drawn in halves, in so many columns.
pub(crate) fn bar(share: f64, room: u16) -> String {
    let room = usize::from(room.saturating_sub(2));
    if room == 0 {
        return String::new();
    }
    let halves = ((share * (room * 2) as f64).ceil() as usize).min(room * 2);
    let rest = if halves % 2 == 1 { "╸" } else { "" };
    format!("  {:<room$}", format!("{}{rest}", "━".repeat(halves / 2)))
}
