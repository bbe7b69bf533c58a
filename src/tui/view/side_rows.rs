//! The items of the side pane: the head of a speaker's quotes, a quote, a row of a table; each on one row or two.

use pullquote::analysis::{MentionKind, QuoteKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::side_columns::{INDENT, TableColumns};
use crate::tui::style::symbols::{kind_symbol, speaker_suffix};
use crate::tui::text::width::{display_width, split_at_width};
use crate::tui::view::{RootView, draw_text, draw_text_right, skip_columns};

impl RootView<'_> {
    /// `1 John Kerry · US Secretary of State   4`; a name or an office that has no room there goes on below.
    pub(crate) fn draw_speaker_heading(
        &self,
        number: usize,
        findings: &Findings,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let reading = self.app.current_story();
        let own = &findings.speakers[number].quotes;
        let through = own.iter().filter(|it| reading.allows(**it)).count();
        let dims = through == 0;
        let ink = |style: Style| if dims { self.theme.dimmed.0 } else { style };
        let count =
            if through == own.len() { through.to_string() } else { format!("{through}/{}", own.len()) };
        let rest = draw_text_right(&count, area, ink(self.theme.secondary.0), buf);
        let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
        let hue = self.speaker_style(number, findings);
        let label = draw_text(&format!("{} ", findings.speakers[number].label()), rest, ink(hue), buf);
        let rest = skip_columns(rest, label);
        let second = skip_columns(second_row(area), label);
        let bold = self.theme.turn_label.0.fg(hue.fg.unwrap_or_default());
        let name_ink = ink(if findings.entity_of_speaker(number).is_some() {
            hue.patch(bold)
        } else {
            self.theme.turn_label.0
        });
        let (name, note) =
            (findings.speaker_name(number), findings.entity_note(findings.speakers[number].entity));
        let faint = ink(self.theme.secondary.0);
        if second.is_empty() {
            let taken = draw_text(name, rest, name_ink, buf);
            let rest = skip_columns(rest, taken);
            if rest.width > 8 && !note.is_empty() {
                draw_text(&format!(" · {note}"), rest, faint, buf);
            }
            return;
        }
        match split_at_width(name, usize::from(rest.width)) {
            (name, "") => {
                draw_text(name, rest, name_ink, buf);
                draw_text(note, second, faint, buf);
            }
            (name, more) => {
                draw_text(name, rest, name_ink, buf);
                draw_text(more, second, name_ink, buf);
            }
        }
    }

    /// `● “Terrorists want to drive us apart, …   she`
    pub(crate) fn draw_quote(
        &self,
        number: usize,
        findings: &Findings,
        chosen: bool,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let Some(quote) = findings.quote(number) else { return };
        let Some(speaker) = findings.speaker_of(number) else { return };
        let text = self.app.current_story().story.text();
        let dims = !self.app.current_story().allows(number);
        let plain = if dims { self.theme.dimmed.0 } else { self.theme.text.0 };
        let shape_ink = if dims { plain } else { self.speaker_style(speaker, findings) };
        draw_text(kind_symbol(quote.kind), area, shape_ink, buf);
        let (first, second) = (skip_columns(area, 2), skip_columns(second_row(area), 2));
        // More columns than both rows have are never shown.
        let words: String = quote.text(text).chars().take(3 * usize::from(first.width)).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let pronoun = quote.speaker_mention.filter(|span| {
            findings.mentions.overlapping(*span).any(|it| it.0 == *span && it.1.1 == MentionKind::Pronoun)
        });
        let room = usize::from(first.width);
        let sign = speaker_suffix(quote);
        let note = match pronoun {
            Some(pronoun) => format!("{}{sign}", pronoun.slice(text)),
            // The shape says the kind; in words only where that takes nothing from those of the quote.
            None if quote.kind != QuoteKind::Direct && display_width(&words) + 14 < room => {
                format!("{} {sign}", quote.kind.name()).trim_end().to_string()
            }
            None => sign.to_string(),
        };
        let faint = if dims { plain } else { self.theme.secondary.0 };
        let rest = draw_text_right(&note, first, faint, buf);
        let gap = u16::from(rest.width < first.width);
        let rest = Rect { width: rest.width.saturating_sub(gap), ..rest };
        let style = if chosen && !dims { plain.patch(self.theme.turn_label.0) } else { plain };
        let (one, two) =
            if second.is_empty() { (&*words, "") } else { split_at_width(&words, usize::from(rest.width)) };
        draw_text(one, rest, style, buf);
        draw_text(two, second, style, buf);
    }

    /// What the columns of a table are.
    pub(crate) fn draw_table_header(&self, area: Rect, buf: &mut Buffer) {
        let TableColumns { quotes: said, mentions: named, bar, .. } = TableColumns::for_width(area.width + 1);
        let right = align_counts(if said > 0 { "said" } else { "" }, "named", said, named);
        draw_text_right(
            &right,
            Rect { width: area.width.saturating_sub(bar), ..area },
            self.theme.secondary.0,
            buf,
        );
    }

    /// `▸ John Kerry  US Secretary of State   4      7  ━━━━━━`: an entity, or those of whom nobody knows who they are.
    pub(crate) fn draw_entity(
        &self,
        entity: Option<usize>,
        findings: &Findings,
        chosen: bool,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let reading = self.app.current_story();
        let side = &reading.side_pane;
        let count = |counts: &[usize]| entity.and_then(|it| counts.get(it)).copied().unwrap_or_default();
        let unknown = || {
            let own = findings.speakers.iter().filter(|it| it.entity.is_none()).flat_map(|it| &it.quotes);
            own.filter(|it| reading.allows(**it)).count()
        };
        let quotes = if entity.is_some() { count(&side.quote_counts) } else { unknown() };
        let mentions = count(&side.mention_counts);
        let dims = quotes + mentions == 0;
        let share = mentions as f64 / side.max_mentions[side.tab as usize].max(1) as f64;

        let table = TableColumns::for_width(area.width + 1);
        let number = |it: usize| if it == 0 { "·".to_string() } else { it.to_string() };
        let right = align_counts(&number(quotes), &number(mentions), table.quotes, table.mentions);
        let rest = draw_text_right(&share_bar(share, table.bar), area, self.theme.secondary.0, buf);
        draw_text_right(&right, rest, self.theme.secondary.0, buf);
        let first = Rect { width: table.name.min(area.width), ..skip_columns(area, INDENT + 1) };
        let second = skip_columns(second_row(area), INDENT + 1);
        let second =
            draw_text_right(&share_bar(share, table.second_row_bar), second, self.theme.secondary.0, buf);

        let kind = entity.and_then(|it| findings.entity(it)).map(|it| it.kind);
        let mut style =
            kind.map_or(self.theme.text.0, |it| self.theme.text.0.patch(self.theme.entity_style(it)));
        if dims {
            style = self.theme.dimmed.0;
        }
        if chosen {
            style = style.patch(self.theme.turn_label.0.fg(style.fg.unwrap_or_default()));
        }
        let (name, note) = (findings.entity_name(entity), findings.entity_note(entity));
        let (one, two) =
            if second.is_empty() { (name, "") } else { split_at_width(name, usize::from(first.width)) };
        let taken = draw_text(one, first, style, buf);
        let beside = skip_columns(first, taken + 2);
        match (two, second.is_empty()) {
            ("", true) if display_width(note) > usize::from(beside.width) && beside.width < 9 => 0,
            ("", true) => draw_text(note, beside, self.theme.secondary.0, buf),
            ("", false) => draw_text(note, second, self.theme.secondary.0, buf),
            _ => draw_text(two, second, style, buf),
        };
    }
}

/// The second row of an area; empty where it has but one.
fn second_row(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// Two numbers, each at the right of its columns.
fn align_counts(said: &str, named: &str, said_columns: u16, named_columns: u16) -> String {
    format!("{said:>wide$}{named:>wider$}", wide = said_columns.into(), wider = named_columns.into())
}

/// Two blanks and a bar, drawn in halves, in so many columns.
pub(crate) fn share_bar(share: f64, room: u16) -> String {
    let room = usize::from(room.saturating_sub(2));
    if room == 0 {
        return String::new();
    }
    let halves = ((share * (room * 2) as f64).ceil() as usize).min(room * 2);
    let rest = if halves % 2 == 1 { "╸" } else { "" };
    format!("  {:<room$}", format!("{}{rest}", "━".repeat(halves / 2)))
}
