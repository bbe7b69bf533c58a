//! The rows of a profile that no list has: its own words, the strip, a mention with the words around it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::Strip;
use crate::tui::open_story::profile::{LABEL, Manner, stretch};
use crate::tui::style::symbols::shape;
use crate::tui::text::width::{columns, tail};
use crate::tui::view::{Screen, after, put};

/// From seldom to often.
const LEVELS: [&str; 4] = ["▂", "▄", "▆", "█"];

/// The columns of a paragraph's number.
const NUMBER: u16 = 5;

impl Screen<'_> {
    pub(crate) fn words(&self, number: usize, findings: &Findings, row: Rect, buf: &mut Buffer) {
        let Some(profile) = self.app.reading().side.profile() else { return };
        let Some((manner, words)) = profile.words.get(number) else { return };
        let style = match manner {
            Manner::Name => self.theme.title.0.patch(self.hue_of(profile.who, findings)),
            Manner::About => self.theme.text.0,
            Manner::Counts => self.theme.faint.0,
        };
        put(words, row, style, buf);
    }

    /// The story's whole length on one row: where somebody is named, where something is said, where you look.
    pub(crate) fn strip(&self, strip: Strip, findings: &Findings, row: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let Some(profile) = reading.side.profile() else { return };
        let label = match strip {
            Strip::Named => "named",
            Strip::Said => "said",
            Strip::Here => "",
        };
        put(label, row, self.theme.faint.0, buf);
        let row = after(row, LABEL);
        let hue = self.hue_of(profile.who, findings);
        let most = profile.named.iter().copied().max().unwrap_or(0).max(2);
        let room = profile.named.len();
        let here = stretch(reading.stand.seen(), reading.story.text().len(), room);
        for (number, x) in (row.left()..row.right()).enumerate().take(room) {
            let (sign, style) = match strip {
                Strip::Named => match profile.named[number] {
                    0 => ("·", self.theme.faint.0),
                    count => (LEVELS[((count * 4).div_ceil(most)).clamp(1, 4) - 1], hue),
                },
                Strip::Said => match profile.said[number] {
                    None => ("·", self.theme.faint.0),
                    Some(kind) => (shape(kind), hue),
                },
                Strip::Here => (if number == here { "▴" } else { " " }, self.theme.key.0),
            };
            buf.set_string(x, row.y, sign, style);
        }
    }

    /// `¶3  … insisting that Kerry would not …`; the number stands where a paragraph's first mention does.
    pub(crate) fn mention(
        &self,
        entity: usize,
        number: usize,
        findings: &Findings,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let reading = self.app.reading();
        let (text, blocks) = (reading.story.text(), reading.story.blocks());
        let Some(mentions) = findings.entity(entity).map(|it| &it.mentions) else { return };
        let Some(span) = mentions.get(number).map(|it| it.span) else { return };
        let Some(block) = reading.story.block_at(span.start) else { return };
        let above = number.checked_sub(1).and_then(|it| reading.story.block_at(mentions[it].span.start));
        if above != Some(block) {
            put(&format!("¶{}", reading.number_of(block)), row, self.theme.faint.0, buf);
        }
        let row = after(row, NUMBER);
        let name = one_line(span.of(text));
        let room = usize::from(row.width).saturating_sub(columns(&name));
        // A paragraph may be long; what is shown of it is near.
        let near = |place: usize| (0..=3).map(|it| place + it).find(|it| text.is_char_boundary(*it));
        let from =
            near(span.start.saturating_sub(8 * room).max(blocks[block].span.start)).unwrap_or(span.start);
        let to = near((span.end + 8 * room).min(blocks[block].span.end)).unwrap_or(span.end);
        let before = one_line(&text[from.min(span.start)..span.start]);
        let behind = one_line(&text[span.end..to.max(span.end)]);
        let blank = |at: bool| if at { " " } else { "" };
        let shown = tail(&before, room.saturating_sub(2) * 2 / 5);
        let cut = if shown.len() < before.len() { "… " } else { "" };
        let pieces = [
            (
                format!("{cut}{shown}{}", blank(!shown.is_empty() && text[..span.start].ends_with(' '))),
                self.theme.text.0,
            ),
            (name, self.name_ink(entity, findings)),
            (format!("{}{behind}", blank(text[span.end..].starts_with(' '))), self.theme.text.0),
        ];
        pieces.iter().fold(row, |row, (words, style)| {
            let taken = put(words, row, *style, buf);
            after(row, taken)
        });
    }

    fn hue_of(&self, who: Option<usize>, findings: &Findings) -> Style {
        let speaker = who.and_then(|it| findings.speaker(it));
        speaker.map_or(self.theme.text.0, |it| self.hue(it, findings))
    }

    fn name_ink(&self, entity: usize, findings: &Findings) -> Style {
        let kind = findings.entity(entity).map(|it| self.theme.name(it.kind)).unwrap_or_default();
        self.theme.text.0.patch(kind).patch(self.hue_of(Some(entity), findings))
    }
}

/// Words with single blanks between them, whatever stood there.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
