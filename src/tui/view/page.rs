//! The story with its margin: rows cut wherever a mark begins or ends, and quote bars beside them.

use pullquote::analysis::{MentionKind, QuoteKind};
use pullquote::span::Span;
use pullquote::story::BlockKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::app::Focus;
use crate::tui::layout::page::{DisplayRow, RowKind};
use crate::tui::layout::panes::MARGIN_WIDTH;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::filter::FilterDisplay;
use crate::tui::open_story::list::ListRow;
use crate::tui::style::symbols::{REJECTED, speaker_suffix};
use crate::tui::text::width::display_width;
use crate::tui::view::note::NOTE_SYMBOL;
use crate::tui::view::{RootView, draw_text};

impl RootView<'_> {
    pub(crate) fn draw_page(&self, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let (text, margin) = (self.app.panes.text, self.app.panes.margin);
        if reading.page.rows().is_empty() {
            let bare = reading.story.text().trim().is_empty() || !reading.filter.is_active();
            let words = if bare { "This story has no text." } else { &self.no_match_message() };
            return self.draw_message(words, text, buf);
        }
        let top = reading.viewport.top_row(&reading.page, usize::from(text.height));
        let look = PageContext::new(self.app.focus, self.app.paragraph_focus, reading);
        let here = reading.page.row_at(reading.viewport.visible_offset());
        for ((number, row), (line, side)) in
            reading.page.rows().iter().enumerate().skip(top).zip(text.rows().zip(margin.rows()))
        {
            self.draw_row(row, &look, line, buf);
            self.draw_margin(row, number == top, &look, side, buf);
            self.draw_annotation(row, side, buf);
            if number == here {
                let style =
                    if self.app.focus == Focus::Story { self.theme.key.0 } else { self.theme.secondary.0 };
                buf.set_string(side.x, side.y, "›", style);
            }
        }
    }

    fn draw_row(&self, row: &DisplayRow, look: &PageContext, line: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let block = &reading.story.blocks()[row.block];
        match row.kind {
            RowKind::Gap => return,
            RowKind::Folded(blocks) => {
                let words = format!("… {blocks} paragraph{} …", if blocks == 1 { "" } else { "s" });
                draw_text(&words, line, self.theme.secondary.0, buf);
                return;
            }
            RowKind::First | RowKind::Continuation => {}
        }
        if block.kind == BlockKind::Item && row.kind == RowKind::First && row.indent > 0 {
            buf.set_string(line.x, line.y, "•", self.theme.secondary.0);
        }
        let mut x = line.x + row.indent;
        for (span, style) in self.styled_spans(row, look) {
            let room = line.right().saturating_sub(x);
            x = buf
                .set_stringn(
                    x,
                    line.y,
                    row.display_text(span, reading.story.text()),
                    usize::from(room),
                    style,
                )
                .0;
        }
    }

    /// Cuts a row wherever a mark begins or ends, and inks the pieces.
    fn styled_spans(&self, row: &DisplayRow, look: &PageContext) -> Vec<(Span, Style)> {
        let reading = self.app.current_story();
        let block = &reading.story.blocks()[row.block];
        let base = self.theme.text.0.patch(self.theme.block_style(block.kind));
        let (base, marks) = if look.is_dimmed(reading, row.block) {
            (self.theme.text.0.patch(self.theme.dimmed.0), self.match_highlights(row))
        } else {
            (base, self.highlights(row, look))
        };
        let edges = marks.iter().flat_map(|it| [it.0.start, it.0.end]).filter(|it| row.span.contains(*it));
        let mut cuts: Vec<usize> = edges.chain([row.span.start, row.span.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let ink = |cut: &[usize]| {
            let span = Span::new(cut[0], cut[1]);
            let over = marks.iter().filter(|it| it.0.overlaps(span));
            (span, over.fold(base, |style, mark| style.patch(mark.1)))
        };
        cuts.windows(2).map(ink).collect()
    }

    /// All marks that meet a row, the later over the earlier.
    fn highlights(&self, row: &DisplayRow, look: &PageContext) -> Vec<(Span, Style)> {
        let reading = self.app.current_story();
        let block = &reading.story.blocks()[row.block];
        let mut marks = Vec::new();
        if let Some(findings) = reading.findings() {
            let quoted = findings.quote_parts.overlapping(row.span).filter(|it| Some(it.1) == look.quote);
            marks.extend(quoted.map(|it| (it.0, self.theme.quote.0)));
            for (span, (entity, form)) in findings.mentions.overlapping(row.span) {
                if let Some(named) = findings.entity(entity).filter(|_| form != MentionKind::Pronoun) {
                    // Who speaks has one colour everywhere.
                    let hue = findings
                        .speaker_of_entity(entity)
                        .map_or(Style::new(), |it| self.speaker_style(it, findings));
                    marks.push((span, self.theme.entity_style(named.kind).patch(hue)));
                }
                if Some(entity) == look.entity {
                    marks.push((span, self.theme.highlighted_name.0));
                }
            }
        }
        marks.extend(look.source.map(|it| (it, self.theme.source.0)));
        marks.extend(block.label.map(|it| (it, self.theme.turn_label.0)));
        marks.extend(block.dateline.map(|it| (it, self.theme.dateline.0)));
        marks.extend(self.match_highlights(row));
        marks.retain(|it| it.0.overlaps(row.span));
        marks
    }

    /// The hits of the search that meet a row.
    fn match_highlights(&self, row: &DisplayRow) -> Vec<(Span, Style)> {
        let reading = self.app.current_story();
        let from = reading.matches.partition_point(|it| it.end <= row.span.start);
        let meeting = reading.matches[from..].iter().take_while(|it| it.start < row.span.end);
        let ink = |hit: &Span| {
            let stands = hit.start == reading.viewport.cursor;
            (*hit, if stands { self.theme.current_match.0 } else { self.theme.search_match.0 })
        };
        meeting.map(ink).collect()
    }

    /// The bar of a quote, with its speaker's number where the quote begins to be seen.
    fn draw_margin(&self, row: &DisplayRow, top: bool, look: &PageContext, line: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let Some(findings) = reading.findings() else { return };
        if matches!(row.kind, RowKind::Folded(_)) || line.width < 2 {
            return;
        }
        let on_row = || findings.quote_parts.overlapping(row.span);
        let Some((part, quote)) = on_row().find(|it| Some(it.1) == look.quote).or_else(|| on_row().last())
        else {
            if findings.rejected_parts.overlapping(row.span).next().is_some() {
                buf.set_string(line.right() - 2, line.y, REJECTED, self.theme.secondary.0);
            }
            return;
        };
        let Some(speaker) = findings.speaker_of(quote) else { return };
        let dims = !reading.allows(quote) || look.focused_block.is_some_and(|it| it != row.block);
        let style = if dims { self.theme.dimmed.0 } else { self.speaker_style(speaker, findings) };
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
            let sign = findings.quote(quote).map_or("", speaker_suffix);
            let label = if line.width < MARGIN_WIDTH { sign.to_string() } else { format!("{label}{sign}") };
            buf.set_string(x.saturating_sub(display_width(&label) as u16), line.y, label, style);
        }
    }
}

impl RootView<'_> {
    /// What the reader has left at a row, in the first column of its margin, where no words are near: a note, or the
    /// letter of a mark.
    fn draw_annotation(&self, row: &DisplayRow, line: Rect, buf: &mut Buffer) {
        let kept = &self.app.current_story().saved;
        if line.is_empty() || !matches!(row.kind, RowKind::First | RowKind::Continuation) {
            return;
        }
        if kept.notes.iter().any(|it| row.span.contains(it.span.start)) {
            buf.set_string(line.x, line.y, NOTE_SYMBOL, self.theme.key.0);
        } else if let Some((letter, _)) = kept.bookmarks.iter().find(|it| row.span.contains(*it.1)) {
            buf.set_string(line.x, line.y, letter.to_string(), self.theme.key.0);
        }
    }
}

/// What the reader looks at, found out once for all rows.
struct PageContext {
    quote: Option<usize>,
    /// The entity whose mentions are lit.
    entity: Option<usize>,
    /// The words that name the speaker of the quote.
    source: Option<Span>,
    dims_unmatched: bool,
    /// The block that alone is not dimmed.
    focused_block: Option<usize>,
}

impl PageContext {
    fn new(focus: Focus, alone: bool, reading: &OpenStory) -> Self {
        let chosen = reading.side_pane.selected();
        // Whose profile is open is lit as long as nothing else is.
        let who = reading.side_pane.profile().and_then(|it| it.entity);
        let entity = match (focus, chosen) {
            (Focus::SidePane, Some(ListRow::Entity(entity) | ListRow::Mention(entity, _))) => Some(entity),
            (Focus::SidePane, _) => who,
            (Focus::Story, _) => reading.entity_at_cursor().or(who),
        };
        let on_name =
            focus == Focus::SidePane && !matches!(chosen, Some(ListRow::Quote(_) | ListRow::UnknownSpeaker));
        let quote = if on_name { None } else { reading.quote_at_cursor() };
        let source = quote.and_then(|it| reading.findings()?.quote(it)?.speaker_mention);
        let dims_unmatched = reading.filter.is_active() && reading.filter.display == FilterDisplay::Dim;
        let block = || {
            reading.page.rows().get(reading.page.row_at(reading.viewport.visible_offset())).map(|it| it.block)
        };
        let focused_block = if alone { block() } else { None };
        Self { quote, entity, source, dims_unmatched, focused_block }
    }

    fn is_dimmed(&self, reading: &OpenStory, block: usize) -> bool {
        self.dims_unmatched && !reading.allowed_blocks[block]
            || self.focused_block.is_some_and(|it| it != block)
    }
}
