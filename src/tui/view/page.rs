//! The story with its margin: rows cut wherever a mark begins or ends, and quote bars beside them.

use pullquote::analysis::{Form, QuoteKind};
use pullquote::span::Span;
use pullquote::story::BlockKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::app::Focus;
use crate::tui::layout::page::{Row, RowKind};
use crate::tui::layout::panes::MARGIN;
use crate::tui::open_story::Reading;
use crate::tui::open_story::filter::Way;
use crate::tui::open_story::list::Line;
use crate::tui::style::symbols::{STRUCK, after_speaker};
use crate::tui::text::width::columns;
use crate::tui::view::note::NOTED;
use crate::tui::view::{Screen, put};

impl Screen<'_> {
    pub(crate) fn story(&self, buf: &mut Buffer) {
        let reading = self.app.reading();
        let (text, margin) = (self.app.panes.text, self.app.panes.margin);
        if reading.page.rows().is_empty() {
            let bare = reading.story.text().trim().is_empty() || !reading.filter.is_active();
            let words = if bare { "This story has no text." } else { &self.nothing_passes() };
            return self.explain(words, text, buf);
        }
        let top = reading.stand.top_row(&reading.page, usize::from(text.height));
        let look = Look::of(self.app.focus, self.app.alone, reading);
        let here = reading.page.row_at(reading.stand.seen());
        for ((number, row), (line, side)) in
            reading.page.rows().iter().enumerate().skip(top).zip(text.rows().zip(margin.rows()))
        {
            self.row(row, &look, line, buf);
            self.margin(row, number == top, &look, side, buf);
            self.left_behind(row, side, buf);
            if number == here {
                let style =
                    if self.app.focus == Focus::Story { self.theme.key.0 } else { self.theme.faint.0 };
                buf.set_string(side.x, side.y, "›", style);
            }
        }
    }

    fn row(&self, row: &Row, look: &Look, line: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let block = &reading.story.blocks()[row.block];
        match row.kind {
            RowKind::Gap => return,
            RowKind::Folded(blocks) => {
                let words = format!("… {blocks} paragraph{} …", if blocks == 1 { "" } else { "s" });
                put(&words, line, self.theme.faint.0, buf);
                return;
            }
            RowKind::First | RowKind::Next => {}
        }
        if block.kind == BlockKind::Item && row.kind == RowKind::First && row.indent > 0 {
            buf.set_string(line.x, line.y, "•", self.theme.faint.0);
        }
        let mut x = line.x + row.indent;
        for (span, style) in self.pieces(row, look) {
            let room = line.right().saturating_sub(x);
            x = buf.set_stringn(x, line.y, row.shown(span, reading.story.text()), usize::from(room), style).0;
        }
    }

    /// Cuts a row wherever a mark begins or ends, and inks the pieces.
    fn pieces(&self, row: &Row, look: &Look) -> Vec<(Span, Style)> {
        let reading = self.app.reading();
        let block = &reading.story.blocks()[row.block];
        let base = self.theme.text.0.patch(self.theme.block(block.kind));
        let (base, marks) = if look.dims_block(reading, row.block) {
            (self.theme.text.0.patch(self.theme.dimmed.0), self.hits(row))
        } else {
            (base, self.marks(row, look))
        };
        let edges = marks.iter().flat_map(|it| [it.0.start, it.0.end]).filter(|it| row.span.contains(*it));
        let mut cuts: Vec<usize> = edges.chain([row.span.start, row.span.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let ink = |cut: &[usize]| {
            let span = Span::new(cut[0], cut[1]);
            let over = marks.iter().filter(|it| it.0.meets(span));
            (span, over.fold(base, |style, mark| style.patch(mark.1)))
        };
        cuts.windows(2).map(ink).collect()
    }

    /// All marks that meet a row, the later over the earlier.
    fn marks(&self, row: &Row, look: &Look) -> Vec<(Span, Style)> {
        let reading = self.app.reading();
        let block = &reading.story.blocks()[row.block];
        let mut marks = Vec::new();
        if let Some(findings) = reading.findings() {
            let quoted = findings.parts.meeting(row.span).filter(|it| Some(it.1) == look.quote);
            marks.extend(quoted.map(|it| (it.0, self.theme.quote.0)));
            for (span, (entity, form)) in findings.names.meeting(row.span) {
                if let Some(named) = findings.entity(entity).filter(|_| form != Form::Pronoun) {
                    // Who speaks has one colour everywhere.
                    let hue = findings.speaker(entity).map_or(Style::new(), |it| self.hue(it, findings));
                    marks.push((span, self.theme.name(named.kind).patch(hue)));
                }
                if Some(entity) == look.entity {
                    marks.push((span, self.theme.lit.0));
                }
            }
        }
        marks.extend(look.source.map(|it| (it, self.theme.source.0)));
        marks.extend(block.label.map(|it| (it, self.theme.label.0)));
        marks.extend(block.dateline.map(|it| (it, self.theme.dateline.0)));
        marks.extend(self.hits(row));
        marks.retain(|it| it.0.meets(row.span));
        marks
    }

    /// The hits of the search that meet a row.
    fn hits(&self, row: &Row) -> Vec<(Span, Style)> {
        let reading = self.app.reading();
        let from = reading.hits.partition_point(|it| it.end <= row.span.start);
        let meeting = reading.hits[from..].iter().take_while(|it| it.start < row.span.end);
        let ink = |hit: &Span| {
            let stands = hit.start == reading.stand.place;
            (*hit, if stands { self.theme.found.0 } else { self.theme.hit.0 })
        };
        meeting.map(ink).collect()
    }

    /// The bar of a quote, with its speaker's number where the quote begins to be seen.
    fn margin(&self, row: &Row, top: bool, look: &Look, line: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let Some(findings) = reading.findings() else { return };
        if matches!(row.kind, RowKind::Folded(_)) || line.width < 2 {
            return;
        }
        let on_row = || findings.parts.meeting(row.span);
        let Some((part, quote)) = on_row().find(|it| Some(it.1) == look.quote).or_else(|| on_row().last())
        else {
            if findings.struck.meeting(row.span).next().is_some() {
                buf.set_string(line.right() - 2, line.y, STRUCK, self.theme.faint.0);
            }
            return;
        };
        let Some(speaker) = findings.speaker_of(quote) else { return };
        let dims = !reading.lets(quote) || look.alone.is_some_and(|it| it != row.block);
        let style = if dims { self.theme.dimmed.0 } else { self.hue(speaker, findings) };
        let kind = findings.quote(quote).map(|it| it.kind);
        let bar = match (kind == Some(QuoteKind::Indirect), Some(quote) == look.quote) {
            (false, true) => "█",
            (false, false) => "▌",
            (true, true) => "┇",
            (true, false) => "┆",
        };
        let x = line.right() - 2;
        buf.set_string(x, line.y, bar, style);
        if top || part.start >= row.span.start {
            let label = findings.speakers[speaker].label();
            let label = if label.len() > 2 { "··" } else { &label };
            let sign = findings.quote(quote).map_or("", after_speaker);
            let label = if line.width < MARGIN { sign.to_string() } else { format!("{label}{sign}") };
            buf.set_string(x.saturating_sub(columns(&label) as u16), line.y, label, style);
        }
    }
}

impl Screen<'_> {
    /// What the reader has left at a row, in the first column of its margin, where no words are near: a note, or the
    /// letter of a mark.
    fn left_behind(&self, row: &Row, line: Rect, buf: &mut Buffer) {
        let kept = &self.app.reading().kept;
        if line.is_empty() || !matches!(row.kind, RowKind::First | RowKind::Next) {
            return;
        }
        if kept.notes.iter().any(|it| row.span.contains(it.span.start)) {
            buf.set_string(line.x, line.y, NOTED, self.theme.key.0);
        } else if let Some((letter, _)) = kept.marks.iter().find(|it| row.span.contains(*it.1)) {
            buf.set_string(line.x, line.y, letter.to_string(), self.theme.key.0);
        }
    }
}

/// What the reader looks at, found out once for all rows.
struct Look {
    quote: Option<usize>,
    /// The entity whose mentions are lit.
    entity: Option<usize>,
    /// The words that name the speaker of the quote.
    source: Option<Span>,
    dims: bool,
    /// The block that alone is not dimmed.
    alone: Option<usize>,
}

impl Look {
    fn of(focus: Focus, alone: bool, reading: &Reading) -> Self {
        let chosen = reading.side.chosen();
        // Whose profile is open is lit as long as nothing else is.
        let who = reading.side.profile().and_then(|it| it.who);
        let entity = match (focus, chosen) {
            (Focus::Findings, Some(Line::Entity(entity) | Line::Mention(entity, _))) => Some(entity),
            (Focus::Findings, _) => who,
            (Focus::Story, _) => reading.entity().or(who),
        };
        let on_name = focus == Focus::Findings && !matches!(chosen, Some(Line::Quote(_) | Line::Nobody));
        let quote = if on_name { None } else { reading.quote() };
        let source = quote.and_then(|it| reading.findings()?.quote(it)?.speaker_mention);
        let dims = reading.filter.is_active() && reading.filter.way == Way::Dim;
        let block = || reading.page.rows().get(reading.page.row_at(reading.stand.seen())).map(|it| it.block);
        let alone = if alone { block() } else { None };
        Self { quote, entity, source, dims, alone }
    }

    fn dims_block(&self, reading: &Reading, block: usize) -> bool {
        self.dims && !reading.through[block] || self.alone.is_some_and(|it| it != block)
    }
}
