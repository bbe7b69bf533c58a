//! The page with its margin: highlighted text, quote bars, speaker numbers, bookmarks and notes.

use pullquote::analysis::{MentionKind, QuoteKind};
use pullquote::span::Span;
use pullquote::story::BlockKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::text::counted;
use crate::tui::app::{App, Focus};
use crate::tui::input::keymap::Mode;
use crate::tui::layout::page::{DisplayRow, RowKind};
use crate::tui::layout::panes::MARGIN_WIDTH;
use crate::tui::open_story::OpenStory;
use crate::tui::open_story::filter::FilterDisplay;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::ListRow;
use crate::tui::style::symbols::{REJECTED, speaker_suffix, superscript};
use crate::tui::text::width::display_width;
use crate::tui::view::note::NOTE_SYMBOL;
use crate::tui::view::{RootView, draw_text};

/// Characters with which an item of a list may begin itself.
const BULLETS: &[char] = &['•', '-', '*', '–', '—', '·', '◦', '▪'];

impl RootView<'_> {
    /// Draws the visible rows of the page and their margin, or a message if there are none.
    pub(crate) fn draw_page(&self, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let (text, margin) = (self.app.panes.text, self.app.panes.margin);
        if open_story.page.rows().is_empty() {
            let has_no_text = open_story.story.text().trim().is_empty() || !open_story.filter.is_active();
            let message = if has_no_text { "This story has no text." } else { &self.no_match_message() };
            return self.draw_message(message, text, buf);
        }
        let top = open_story.viewport.top_row(&open_story.page, usize::from(text.height));
        let context = PageContext::new(self.app);
        let here = open_story.page.row_at(open_story.viewport.visible_offset());
        for ((number, row), (line, side)) in
            open_story.page.rows().iter().enumerate().skip(top).zip(text.rows().zip(margin.rows()))
        {
            self.draw_row(row, &context, line, buf);
            self.draw_margin(row, [number == top, number == here], &context, side, buf);
            self.draw_numbers_in_text(row, &context, line, buf);
            self.draw_annotation(row, side, number == here, buf);
            if number == here {
                let style =
                    if self.app.focus == Focus::Story { self.theme.key.0 } else { self.theme.secondary.0 };
                buf.set_string(side.x, side.y, "›", style);
            }
        }
    }

    /// Draws one row of text.
    fn draw_row(&self, row: &DisplayRow, context: &PageContext, line: Rect, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let block = &open_story.story.blocks()[row.block];
        match row.kind {
            RowKind::Gap => return,
            RowKind::Folded(blocks) => {
                let label = format!("… {} …", counted(blocks, "paragraph"));
                draw_text(&label, line, self.theme.secondary.0, buf);
                return;
            }
            RowKind::First | RowKind::Continuation => {}
        }
        let has_bullet = row.span.slice(open_story.story.text()).starts_with(BULLETS);
        if block.kind == BlockKind::Item && row.kind == RowKind::First && row.indent > 0 && !has_bullet {
            buf.set_string(line.x, line.y, "•", self.theme.secondary.0);
        }
        let mut x = line.x + row.indent;
        for (span, style) in self.styled_spans(row, context) {
            let width = line.right().saturating_sub(x);
            x = buf
                .set_stringn(
                    x,
                    line.y,
                    row.display_text(span, open_story.story.text()),
                    usize::from(width),
                    style,
                )
                .0;
        }
    }

    /// Splits a row wherever a highlight begins or ends, and returns each span with its style.
    fn styled_spans(&self, row: &DisplayRow, context: &PageContext) -> Vec<(Span, Style)> {
        let open_story = self.app.current_story();
        let kind = open_story.story.shown_kind(&open_story.story.blocks()[row.block]);
        let base = self.theme.text.0.patch(self.theme.block_style(kind));
        let (base, highlights) = if context.is_dimmed(open_story, row.block) {
            let is_left_out = context.quote.is_some_and(|it| !open_story.allows(it));
            let mut highlights = if is_left_out { self.chosen_highlights(row, context) } else { Vec::new() };
            highlights.extend(self.match_highlights(row));
            (self.theme.text.0.patch(self.theme.dimmed.0), highlights)
        } else {
            (base, self.highlights(row, context))
        };
        let edges =
            highlights.iter().flat_map(|it| [it.0.start, it.0.end]).filter(|it| row.span.contains(*it));
        let mut cuts: Vec<usize> = edges.chain([row.span.start, row.span.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let styled = |cut: &[usize]| {
            let span = Span::new(cut[0], cut[1]);
            let over = highlights.iter().filter(|it| it.0.overlaps(span));
            (span, over.fold(base, |style, mark| style.patch(mark.1)))
        };
        cuts.windows(2).map(styled).collect()
    }

    /// Returns all highlights on a row; the later ones lie over the earlier.
    fn highlights(&self, row: &DisplayRow, context: &PageContext) -> Vec<(Span, Style)> {
        let open_story = self.app.current_story();
        let block = &open_story.story.blocks()[row.block];
        let mut highlights = Vec::new();
        if let Some(findings) = open_story.findings() {
            let quoted: Vec<(Span, usize)> = findings.quote_parts.overlapping(row.span).collect();
            for (span, quote) in &quoted {
                highlights.push((*span, self.quoted_style(*quote, findings)));
            }
            highlights.extend(self.chosen_highlights(row, context));
            for (span, (entity, kind)) in findings.mentions.overlapping(row.span) {
                if let Some(named) = findings.entity(entity).filter(|_| kind != MentionKind::Pronoun) {
                    // Quoted words show who says them; only outside of quotes a name has the colour of its speaker.
                    let is_quoted = quoted.iter().any(|it| it.0.overlaps(span));
                    let speaker = findings.speaker_of_entity(entity).filter(|_| !is_quoted);
                    let style = speaker.map_or(Style::new(), |it| self.speaker_style(it, findings));
                    highlights.push((span, self.theme.entity_style(named.kind).patch(style)));
                }
                if Some(entity) == context.entity {
                    highlights.push((span, self.theme.highlighted_name.0));
                }
            }
        }
        highlights.extend(context.source.map(|it| (it, self.theme.source.0)));
        // A headline is bold already.
        let verb_style = self.theme.source.0.add_modifier(Modifier::UNDERLINED);
        highlights.extend(context.verb.map(|it| (it, verb_style)));
        highlights.extend(block.label.map(|it| (it, self.theme.turn_label.0)));
        highlights.extend(block.dateline.map(|it| (it, self.theme.dateline.0)));
        highlights.extend(self.match_highlights(row));
        highlights.retain(|it| it.0.overlaps(row.span));
        highlights
    }

    /// Returns the words of the chosen quote on a row. They are not dimmed, even where the filter leaves the quote out.
    fn chosen_highlights(&self, row: &DisplayRow, context: &PageContext) -> Vec<(Span, Style)> {
        let open_story = self.app.current_story();
        let Some((findings, chosen)) = open_story.findings().zip(context.quote) else { return Vec::new() };
        let undimmed = self.theme.text.0.remove_modifier(Modifier::DIM);
        let plain = if open_story.allows(chosen) { Style::new() } else { undimmed };
        let own = findings.quote_parts.overlapping(row.span).filter(|it| it.1 == chosen);
        own.map(|it| (it.0, plain.patch(self.theme.quote.0))).collect()
    }

    /// Returns the matches of the search on a row.
    fn match_highlights(&self, row: &DisplayRow) -> Vec<(Span, Style)> {
        let open_story = self.app.current_story();
        let from = open_story.matches.partition_point(|it| it.end <= row.span.start);
        let overlapping = open_story.matches[from..].iter().take_while(|it| it.start < row.span.end);
        let styled = |span: &Span| {
            let is_current = span.start == open_story.viewport.cursor;
            (*span, if is_current { self.theme.current_match.0 } else { self.theme.search_match.0 })
        };
        overlapping.map(styled).collect()
    }

    /// Draws the bar of a quote, with the speaker's number where the quote begins or comes into view. Beside the cursor, which
    /// it would touch, a number of two digits has no "?": the status bar tells that doubt.
    fn draw_margin(
        &self,
        row: &DisplayRow,
        [top, is_here]: [bool; 2],
        context: &PageContext,
        line: Rect,
        buf: &mut Buffer,
    ) {
        let open_story = self.app.current_story();
        let Some(findings) = open_story.findings() else { return };
        if matches!(row.kind, RowKind::Folded(_)) || line.width < 2 {
            return;
        }
        let Some((part, quote)) = margin_part(row, context, findings) else {
            if findings.rejected_parts.overlapping(row.span).next().is_some() {
                buf.set_string(line.right() - 2, line.y, REJECTED, self.theme.secondary.0);
            }
            return;
        };
        let Some(speaker) = findings.speaker_of(quote) else { return };
        let is_dimmed = !open_story.allows(quote) || context.focused_block.is_some_and(|it| it != row.block);
        let style = if is_dimmed { self.theme.dimmed.0 } else { self.speaker_style(speaker, findings) };
        let kind = findings.quote(quote).map(|it| it.kind);
        let bar = match (kind == Some(QuoteKind::Indirect), Some(quote) == context.quote) {
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
            let touches_cursor = is_here && label.len() > 1;
            let suffix = findings.quote(quote).filter(|_| !touches_cursor).map_or("", speaker_suffix);
            let label =
                if line.width < MARGIN_WIDTH { suffix.to_string() } else { format!("{label}{suffix}") };
            buf.set_string(x.saturating_sub(display_width(&label) as u16), line.y, label, style);
        }
    }
}

impl RootView<'_> {
    /// Draws the numbers of the speakers whose quotes begin on a row for which the margin does not tell them, each before the
    /// first word of its quote: the margin has room for one.
    fn draw_numbers_in_text(&self, row: &DisplayRow, context: &PageContext, line: Rect, buf: &mut Buffer) {
        let open_story = self.app.current_story();
        let Some(findings) = open_story.findings().filter(|_| has_text(row)) else { return };
        let Some((_, in_margin)) = margin_part(row, context, findings) else { return };
        let is_unfocused = context.focused_block.is_some_and(|it| it != row.block);
        let on_row = || findings.quote_parts.overlapping(row.span);
        let begins = |it: &(Span, usize)| it.0.start >= row.span.start;
        let is_told_by_margin = on_row().filter(begins).all(|it| it.1 == in_margin);
        let mut before = in_margin;
        for (part, quote) in on_row().filter(|_| !is_told_by_margin) {
            if begins(&(part, quote)) && quote != before {
                let is_dimmed = is_unfocused || !open_story.allows(quote);
                let speaker = findings.speaker_of(quote).filter(|_| !is_dimmed);
                let style = speaker.map_or(self.theme.dimmed.0, |it| self.speaker_style(it, findings));
                let number = findings.speaker_of(quote).and_then(|it| findings.speakers[it].number);
                let symbol = superscript(number.map(|it| it.number + 1));
                self.draw_in_gap(symbol, row, part, line, style, buf);
            }
            before = quote;
        }
    }

    /// Draws a symbol in the space before a part of a quote, else in the one after it; nowhere if there is none.
    fn draw_in_gap(
        &self,
        symbol: &str,
        row: &DisplayRow,
        part: Span,
        line: Rect,
        style: Style,
        buf: &mut Buffer,
    ) {
        let text = self.app.current_story().story.text();
        let column = |offset: usize| {
            let shown = row.display_text(Span::new(row.span.start, offset.min(row.span.end)), text);
            line.x + row.indent + display_width(&shown) as u16
        };
        let places = [column(part.start).saturating_sub(1), column(part.end)];
        let is_free = |x: &u16| *x <= line.right() && buf[(*x, line.y)].symbol() == " ";
        if let Some(x) = places.into_iter().find(is_free) {
            buf.set_string(x, line.y, symbol, style);
        }
    }

    /// Draws the symbol of a note, else the letter of a bookmark, in the first column of the margin. On the row of the
    /// cursor it is in the second column, if that is free.
    fn draw_annotation(&self, row: &DisplayRow, line: Rect, is_here: bool, buf: &mut Buffer) {
        let saved = &self.app.current_story().saved;
        let x = line.x + u16::from(is_here);
        if line.width < 2 || !has_text(row) || is_here && buf[(x, line.y)].symbol() != " " {
            return;
        }
        if saved.notes.iter().any(|it| row.span.contains(it.span.start)) {
            buf.set_string(x, line.y, NOTE_SYMBOL, self.theme.key.0);
        } else if let Some((letter, _)) = saved.bookmarks.iter().find(|it| row.span.contains(*it.1)) {
            buf.set_string(x, line.y, letter.to_string(), self.theme.key.0);
        }
    }
}

/// Returns the part of a quote that the margin of a row shows: of the quote at the cursor, else the first one that begins
/// there, else the one that goes on.
fn margin_part(row: &DisplayRow, context: &PageContext, findings: &Findings) -> Option<(Span, usize)> {
    let on_row = || findings.quote_parts.overlapping(row.span);
    let chosen = || on_row().find(|it| Some(it.1) == context.quote);
    let first = || on_row().find(|it| it.0.start >= row.span.start);
    chosen().or_else(first).or_else(|| on_row().last())
}

/// Returns whether a row shows text of the story.
fn has_text(row: &DisplayRow) -> bool {
    matches!(row.kind, RowKind::First | RowKind::Continuation)
}

/// The quote, entity and paragraph at the cursor, determined once for all rows.
struct PageContext {
    quote: Option<usize>,
    /// The entity whose mentions are highlighted.
    entity: Option<usize>,
    /// The mention that names the speaker of the quote.
    source: Option<Span>,
    /// The verb that reports the quote, while its explanation is open.
    verb: Option<Span>,
    /// Whether blocks that the filter does not allow are dimmed.
    dims_unmatched: bool,
    /// The only block that is not dimmed; `None` outside paragraph focus.
    focused_block: Option<usize>,
}

impl PageContext {
    fn new(app: &App) -> Self {
        let (focus, open_story) = (app.focus, app.current_story());
        let selected = open_story.side_pane.selected();
        // The entity of the open profile is highlighted if nothing else is.
        let profiled = open_story.side_pane.profile().and_then(|it| it.entity);
        let entity = match (focus, selected) {
            (Focus::SidePane, Some(ListRow::Entity(entity) | ListRow::Mention(entity, _))) => Some(entity),
            (Focus::SidePane, _) => profiled,
            (Focus::Story, _) if open_story.is_fresh() => profiled,
            (Focus::Story, _) => open_story.entity_at_cursor().or(profiled),
        };
        let on_name = focus == Focus::SidePane
            && !matches!(selected, Some(ListRow::Quote(_) | ListRow::UnknownSpeaker));
        // In the story, commands pass over a quote that the filter leaves out.
        let is_chosen = |it: &usize| focus == Focus::SidePane || open_story.allows(*it);
        let quote = open_story.quote_at_cursor().filter(|it| !on_name && is_chosen(it));
        let chosen = quote.and_then(|it| open_story.findings()?.quote(it));
        let source = chosen.and_then(|it| it.speaker_mention);
        let is_explained = app.panels.iter().any(|it| it.mode() == Mode::Explanation);
        let verb = chosen.filter(|_| is_explained).and_then(|it| it.cue);
        let dims_unmatched = open_story.filter.is_active() && open_story.filter.display == FilterDisplay::Dim;
        let block = || {
            open_story
                .page
                .rows()
                .get(open_story.page.row_at(open_story.viewport.visible_offset()))
                .map(|it| it.block)
        };
        let focused_block = if app.paragraph_focus { block() } else { None };
        Self { quote, entity, source, verb, dims_unmatched, focused_block }
    }

    /// Returns whether a block is dimmed, by the filter or by paragraph focus.
    fn is_dimmed(&self, open_story: &OpenStory, block: usize) -> bool {
        self.dims_unmatched && !open_story.allowed_blocks[block]
            || self.focused_block.is_some_and(|it| it != block)
    }
}
