//! The rows of a profile that no list has: its own words, the strip, a mention with the words around it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::Timeline;
use crate::tui::open_story::profile::{LABEL_WIDTH, ProfileLine, timeline_column};
use crate::tui::style::symbols::kind_symbol;
use crate::tui::text::width::{display_width, take_end};
use crate::tui::view::{RootView, draw_text, skip_columns};

/// From seldom to often.
const LEVELS: [&str; 4] = ["▂", "▄", "▆", "█"];

/// The columns of a paragraph's number.
const NUMBER_WIDTH: u16 = 5;

impl RootView<'_> {
    pub(crate) fn draw_profile_line(&self, number: usize, findings: &Findings, row: Rect, buf: &mut Buffer) {
        let Some(profile) = self.app.current_story().side_pane.profile() else { return };
        let Some((manner, words)) = profile.lines.get(number) else { return };
        let style = match manner {
            ProfileLine::Name => {
                self.theme.title.0.patch(self.entity_speaker_style(profile.entity, findings))
            }
            ProfileLine::About => self.theme.text.0,
            ProfileLine::Counts => self.theme.secondary.0,
        };
        draw_text(words, row, style, buf);
    }

    /// The story's whole length on one row: where somebody is named, where something is said, where you look.
    pub(crate) fn draw_timeline(&self, strip: Timeline, findings: &Findings, row: Rect, buf: &mut Buffer) {
        let reading = self.app.current_story();
        let Some(profile) = reading.side_pane.profile() else { return };
        let label = match strip {
            Timeline::Mentions => "named",
            Timeline::Quotes => "said",
            Timeline::Selection => "",
        };
        draw_text(label, row, self.theme.secondary.0, buf);
        let row = skip_columns(row, LABEL_WIDTH);
        let hue = self.entity_speaker_style(profile.entity, findings);
        let most = profile.mention_counts.iter().copied().max().unwrap_or(0).max(2);
        let room = profile.mention_counts.len();
        let here = timeline_column(reading.viewport.visible_offset(), reading.story.text().len(), room);
        for (number, x) in (row.left()..row.right()).enumerate().take(room) {
            let (sign, style) = match strip {
                Timeline::Mentions => match profile.mention_counts[number] {
                    0 => ("·", self.theme.secondary.0),
                    count => (LEVELS[((count * 4).div_ceil(most)).clamp(1, 4) - 1], hue),
                },
                Timeline::Quotes => match profile.quote_kinds[number] {
                    None => ("·", self.theme.secondary.0),
                    Some(kind) => (kind_symbol(kind), hue),
                },
                Timeline::Selection => (if number == here { "▴" } else { " " }, self.theme.key.0),
            };
            buf.set_string(x, row.y, sign, style);
        }
    }

    /// `¶3  … insisting that Kerry would not …`; the number stands where a paragraph's first mention does.
    pub(crate) fn draw_mention(
        &self,
        entity: usize,
        number: usize,
        findings: &Findings,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let reading = self.app.current_story();
        let (text, blocks) = (reading.story.text(), reading.story.blocks());
        let Some(mentions) = findings.entity(entity).map(|it| &it.mentions) else { return };
        let Some(span) = mentions.get(number).map(|it| it.span) else { return };
        let Some(block) = reading.story.block_at(span.start) else { return };
        let above = number.checked_sub(1).and_then(|it| reading.story.block_at(mentions[it].span.start));
        if above != Some(block) {
            draw_text(&format!("¶{}", reading.paragraph_number(block)), row, self.theme.secondary.0, buf);
        }
        let row = skip_columns(row, NUMBER_WIDTH);
        let name = one_line(span.slice(text));
        let room = usize::from(row.width).saturating_sub(display_width(&name));
        // A paragraph may be long; what is shown of it is near.
        let near = |place: usize| (0..=3).map(|it| place + it).find(|it| text.is_char_boundary(*it));
        let from =
            near(span.start.saturating_sub(8 * room).max(blocks[block].span.start)).unwrap_or(span.start);
        let to = near((span.end + 8 * room).min(blocks[block].span.end)).unwrap_or(span.end);
        let before = one_line(&text[from.min(span.start)..span.start]);
        let behind = one_line(&text[span.end..to.max(span.end)]);
        let blank = |at: bool| if at { " " } else { "" };
        let shown = take_end(&before, room.saturating_sub(2) * 2 / 5);
        let cut = if shown.len() < before.len() { "… " } else { "" };
        let pieces = [
            (
                format!("{cut}{shown}{}", blank(!shown.is_empty() && text[..span.start].ends_with(' '))),
                self.theme.text.0,
            ),
            (name, self.name_style(entity, findings)),
            (format!("{}{behind}", blank(text[span.end..].starts_with(' '))), self.theme.text.0),
        ];
        pieces.iter().fold(row, |row, (words, style)| {
            let taken = draw_text(words, row, *style, buf);
            skip_columns(row, taken)
        });
    }

    fn entity_speaker_style(&self, who: Option<usize>, findings: &Findings) -> Style {
        let speaker = who.and_then(|it| findings.speaker_of_entity(it));
        speaker.map_or(self.theme.text.0, |it| self.speaker_style(it, findings))
    }

    fn name_style(&self, entity: usize, findings: &Findings) -> Style {
        let kind = findings.entity(entity).map(|it| self.theme.entity_style(it.kind)).unwrap_or_default();
        self.theme.text.0.patch(kind).patch(self.entity_speaker_style(Some(entity), findings))
    }
}

/// Words with single blanks between them, whatever stood there.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
