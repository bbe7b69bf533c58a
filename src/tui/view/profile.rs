//! The rows that only profiles have: lines of text, the timeline, mentions in context.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::one_line;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::Timeline;
use crate::tui::open_story::profile::{LABEL_WIDTH, Profile, ProfileLine, timeline_column};
use crate::tui::style::symbols::kind_symbol;
use crate::tui::text::width::{display_width, take_end, take_start};
use crate::tui::view::{RootView, draw_text, skip_columns};

/// The bars of the timeline, from few mentions to many.
const LEVELS: [&str; 4] = ["▂", "▄", "▆", "█"];

/// The columns of a paragraph number.
const NUMBER_WIDTH: u16 = 5;

/// The bytes before and after a mention that are laid out, for each column of the row.
const MAX_BYTES_PER_COLUMN: usize = 8;

impl RootView<'_> {
    /// Draws a line of a profile's text.
    pub(crate) fn draw_profile_line(&self, number: usize, findings: &Findings, row: Rect, buf: &mut Buffer) {
        let Some(profile) = self.app.current_story().side_pane.profile() else { return };
        if let Some(line) = profile.lines.get(number) {
            self.draw_line(profile, line, findings, row, buf);
        }
    }

    /// Draws a line of a profile.
    pub(crate) fn draw_line(
        &self,
        profile: &Profile,
        (kind, line): &(ProfileLine, String),
        findings: &Findings,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let style = match kind {
            ProfileLine::Name => {
                self.theme.title.0.patch(self.entity_speaker_style(profile.entity, findings))
            }
            ProfileLine::About => self.theme.text.0,
            ProfileLine::Counts => self.theme.secondary.0,
        };
        draw_text(line, row, style, buf);
    }

    /// Draws a row of the timeline: mentions, quotes or the position of the selection across the story.
    pub(crate) fn draw_timeline(&self, timeline: Timeline, findings: &Findings, row: Rect, buf: &mut Buffer) {
        let Some(profile) = self.app.current_story().side_pane.profile() else { return };
        self.draw_timeline_of(profile, timeline, findings, row, buf);
    }

    /// Draws a row of the timeline of a profile.
    pub(crate) fn draw_timeline_of(
        &self,
        profile: &Profile,
        timeline: Timeline,
        findings: &Findings,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let open_story = self.app.current_story();
        let label = match timeline {
            Timeline::Mentions => "Mentions",
            Timeline::Quotes => "Quotes",
            Timeline::Selection => "",
        };
        draw_text(label, row, self.theme.secondary.0, buf);
        let row = skip_columns(row, LABEL_WIDTH);
        let speaker_style = self.entity_speaker_style(profile.entity, findings);
        let max_count = profile.mention_counts.iter().copied().max().unwrap_or(0).max(2);
        let width = profile.mention_counts.len();
        let selected =
            timeline_column(open_story.viewport.visible_offset(), open_story.story.text().len(), width);
        for (number, x) in (row.left()..row.right()).enumerate().take(width) {
            let (symbol, style) = match timeline {
                Timeline::Mentions => match profile.mention_counts[number] {
                    0 => ("·", self.theme.secondary.0),
                    count => (mention_bar(count, max_count), speaker_style),
                },
                Timeline::Quotes => match profile.quote_kinds[number] {
                    None => ("·", self.theme.secondary.0),
                    Some(kind) => (kind_symbol(kind), speaker_style),
                },
                Timeline::Selection => (if number == selected { "▴" } else { " " }, self.theme.key.0),
            };
            buf.set_string(x, row.y, symbol, style);
        }
    }

    /// Draws a mention in context: "¶3  … insisting that Kerry would not …".
    ///
    /// The paragraph number is left out if the mention before it is in the same paragraph.
    pub(crate) fn draw_mention(
        &self,
        entity: usize,
        number: usize,
        findings: &Findings,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let open_story = self.app.current_story();
        let (text, blocks) = (open_story.story.text(), open_story.story.blocks());
        let Some(mentions) = findings.entity(entity).map(|it| &it.mentions) else { return };
        let Some(span) = mentions.get(number).map(|it| it.span) else { return };
        let Some(block) = open_story.story.block_at(span.start) else { return };
        let previous_block =
            number.checked_sub(1).and_then(|it| open_story.story.block_at(mentions[it].span.start));
        if previous_block != Some(block) {
            draw_text(&format!("¶{}", open_story.paragraph_number(block)), row, self.theme.secondary.0, buf);
        }
        let row = skip_columns(row, NUMBER_WIDTH);
        let name = one_line(span.slice(text));
        let width = usize::from(row.width).saturating_sub(display_width(&name));
        // A paragraph may be long; only the text near the mention is laid out.
        let reach = MAX_BYTES_PER_COLUMN * width;
        let start = span.start.saturating_sub(reach).max(blocks[block].span.start);
        let end = (span.end + reach).min(blocks[block].span.end);
        let before = one_line(&text[text.ceil_char_boundary(start).min(span.start)..span.start]);
        let after = one_line(&text[span.end..text.ceil_char_boundary(end).max(span.end)]);
        let space = |is_needed: bool| if is_needed { " " } else { "" };
        let shown = take_end(&before, width.saturating_sub(2) * 2 / 5);
        let ellipsis = if shown.len() < before.len() { "… " } else { "" };
        let before =
            format!("{ellipsis}{shown}{}", space(!shown.is_empty() && text[..span.start].ends_with(' ')));
        let after = format!("{}{after}", space(text[span.end..].starts_with(' ')));
        let free = width.saturating_sub(display_width(&before));
        let after = if display_width(&after) <= free {
            after
        } else {
            format!("{} …", take_start(&after, free.saturating_sub(2)))
        };
        let plain = self.theme.text.0;
        let pieces = [(before, plain), (name, self.name_style(entity, findings)), (after, plain)];
        pieces.iter().fold(row, |row, (piece, style)| {
            let taken = draw_text(piece, row, *style, buf);
            skip_columns(row, taken)
        });
    }

    /// Returns the style of the speaker that an entity is; that of plain text if it is not quoted.
    fn entity_speaker_style(&self, entity: Option<usize>, findings: &Findings) -> Style {
        let speaker = entity.and_then(|it| findings.speaker_of_entity(it));
        speaker.map_or(self.theme.text.0, |it| self.speaker_style(it, findings))
    }

    /// Returns the style of an entity's name.
    fn name_style(&self, entity: usize, findings: &Findings) -> Style {
        let kind = findings.entity(entity).map(|it| self.theme.entity_style(it.kind)).unwrap_or_default();
        self.theme.text.0.patch(kind).patch(self.entity_speaker_style(Some(entity), findings))
    }
}

/// Returns the bar for a count of mentions, relative to the largest.
pub(crate) fn mention_bar(count: usize, max_count: usize) -> &'static str {
    LEVELS[(count * LEVELS.len()).div_ceil(max_count).clamp(1, LEVELS.len()) - 1]
}
