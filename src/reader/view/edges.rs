//! The rows on top and at the bottom: what story this is; where you stand in it, what is filtered, which keys go on.

use pullquote::analysis::Quote;
use pullquote::story::BlockKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Screen, after, inset, put, put_right};
use crate::reader::action::Action;
use crate::reader::app::{Focus, Open};
use crate::reader::citation::source;
use crate::reader::keymap::Room;
use crate::reader::measure::columns;
use crate::reader::side::Line;

/// Words that a person reads in a minute.
const PACE: usize = 230;

impl Screen<'_> {
    /// The headline, once it is out of sight; before, whose story it is.
    pub(super) fn title(&self, row: Rect, buf: &mut Buffer) {
        let reading = self.app.reading();
        let story = &reading.story;
        let row = inset(row);
        let (number, stories) = self.app.number();
        let size = format!("{} words · {} min", reading.words, reading.words.div_ceil(PACE).max(1));
        let source = source(story);
        let top = reading.stand.top_row(&reading.page, self.app.height());
        let top_block = reading.page.rows().get(top).map(|it| it.block);
        let headline = story.blocks().iter().position(|it| it.kind == BlockKind::Headline);
        let above = headline.is_some() && top_block > headline;
        let paragraphs = format!("{} ¶", reading.paragraphs);
        let mut right = vec![paragraphs, size];
        if above && let Some(source) = &source {
            right.insert(0, source.clone());
        }
        if stories > 1 {
            right.insert(0, format!("story {}/{stories}", number + 1));
        }
        while right.len() > 1 && columns(&right.join(" · ")) > usize::from(row.width) / 2 {
            right.remove(if right.len() == 2 { 1 } else { right.len() - 2 });
        }
        let rest = put_right(&right.join(" · "), row, self.theme.faint.0, buf);
        let rest = Rect { width: rest.width.saturating_sub(2), ..rest };
        match (above, story.title(), source) {
            (true, Some(title), _) => put(&title.replace('\n', " "), rest, self.theme.title.0, buf),
            (_, _, Some(source)) => {
                let date = story.published.as_ref().map_or(String::new(), |it| format!(" · {it}"));
                put(&format!("{source}{date}"), rest, self.theme.faint.0, buf)
            }
            _ => put("pullquote", rest, self.theme.faint.0, buf),
        };
    }

    pub(super) fn rule(&self, buf: &mut Buffer) {
        let row = self.app.panes.rule;
        for x in row.left()..row.right() {
            buf.set_string(x, row.y, "─", self.theme.rule.0);
        }
        let border = self.app.panes.border;
        if !row.is_empty() && !border.is_empty() && !matches!(self.app.open, Open::Help(_)) {
            buf.set_string(border.x, row.y, "┴", self.theme.rule.0);
        }
    }

    /// Where you stand at the left, the share read and the keys at the right.
    pub(super) fn status(&self, row: Rect, buf: &mut Buffer) {
        if row.is_empty() {
            return;
        }
        let row = inset(row);
        if let Open::Search(seeking) = &self.app.open {
            return self.search_line(seeking, row, buf);
        }
        let bare = self.app.wish.zen && self.app.room() == Room::Story;
        let awaited = match self.app.open {
            Open::Letter(action) => Some(self.app.awaited(action)),
            _ => None,
        };
        let (left, style) = match (awaited.as_ref().or(self.app.notice.as_ref()), self.app.begun.is_empty()) {
            (_, false) => (self.app.begun.to_string(), self.theme.key.0),
            (Some(notice), true) => (notice.clone(), self.theme.notice.0),
            (None, true) if bare => (String::new(), self.theme.text.0),
            (None, true) => (self.standing(), self.theme.text.0),
        };
        let filter = self.filter_words(
            row.width.saturating_sub(columns(&left).min(usize::from(row.width / 2)) as u16 + 3),
        );
        let kept = columns(&filter) as u16 + if filter.is_empty() { 0 } else { 3 };
        let taken = put(&left, Rect { width: row.width.saturating_sub(kept), ..row }, style, buf);
        let gap = if taken == 0 || filter.is_empty() { 0 } else { 3 };
        let rest = after(row, taken + gap);
        let taken = put(&filter, rest, self.theme.key.0, buf);
        if bare {
            return;
        }
        let rest = after(rest, taken);
        let rest = self.hints(after(rest, 3), buf);
        if self.app.panes.has_page() && matches!(self.app.open, Open::Nothing) {
            let reading = self.app.reading();
            let share = format!("{} %", reading.stand.share(&reading.page, self.app.height()));
            put_right(&share, Rect { width: rest.width.saturating_sub(3), ..rest }, self.theme.faint.0, buf);
        }
    }

    /// As many of the keys that help here as there is room for; what is left of the row.
    pub(super) fn hints(&self, mut row: Rect, buf: &mut Buffer) -> Rect {
        let several = self.app.number().1 > 1;
        let Rect { width, height, .. } = self.app.panes.body;
        let hints: &[(Action, &str)] = match self.app.room() {
            Room::Story => &[
                (Action::Help, "help"),
                (Action::SwitchPane, "findings"),
                (Action::NextQuote, "next quote"),
                (Action::NextStory, "next story"),
                (Action::PickSpeakers, "filter"),
                (Action::NextBySame, "same speaker"),
                (Action::Search, "search"),
            ],
            Room::Findings => &[
                (Action::Help, "help"),
                (Action::SwitchPane, "story"),
                (Action::Go, "go there"),
                (Action::OnlySpeaker, "only this speaker"),
                (Action::NextTab, "next tab"),
                (Action::Copy, "copy"),
            ],
            Room::Help if self.app.help.height(usize::from(width)) <= usize::from(height) => {
                &[(Action::Cancel, "leave")]
            }
            Room::Help => &[(Action::Cancel, "leave"), (Action::PageForward, "more")],
            Room::Picker => {
                &[(Action::Cancel, "leave"), (Action::Accept, "done"), (Action::Toggle, "in, out, neither")]
            }
            Room::Search => &[
                (Action::Cancel, "back"),
                (Action::SwitchRegex, "regex"),
                (Action::OlderSearch, "earlier"),
                (Action::NextHit, "next"),
            ],
            Room::Letter => &[(Action::Cancel, "leave")],
        };
        let mut fitting: Vec<(String, &str)> = Vec::new();
        let mut room = usize::from(row.width);
        for (action, words) in hints.iter().filter(|it| several || it.0 != Action::NextStory) {
            let key = self.keymap.key_in(*action, self.app.room());
            let wide = columns(&key) + 1 + columns(words) + 3;
            if key.is_empty() || wide > room + 3 {
                break;
            }
            room = room.saturating_sub(wide);
            fitting.push((key, words));
        }
        for (number, (key, words)) in fitting.iter().enumerate() {
            if number > 0 {
                row.width = row.width.saturating_sub(3);
            }
            row = put_right(&format!(" {words}"), row, self.theme.faint.0, buf);
            row = put_right(key, row, self.theme.key.0, buf);
        }
        row
    }

    /// `quote 3/9 · Kerry 3/4 · hit 2/5`
    fn standing(&self) -> String {
        let reading = self.app.reading();
        let mut parts = Vec::new();
        if let (Focus::Findings, Some(Line::Entity(entity))) = (self.app.focus, reading.side.chosen())
            && let Some(named) = reading.findings().and_then(|it| it.entity(entity))
        {
            let mentions = reading.side.mentions.get(entity).copied().unwrap_or_default();
            parts.push(format!("{}: {}", named.name, counted(mentions, "mention")));
        } else if let Some(findings) = reading.findings() {
            let here = reading.quote().and_then(|it| Some((it, findings.speaker_of(it)?)));
            let total = reading.quotes.len();
            match here {
                Some((quote, speaker)) => {
                    let name = findings.short_name(speaker);
                    let doubt = if findings.quote(quote).is_some_and(Quote::doubtful) { "?" } else { "" };
                    if let Ok(at) = reading.quotes.binary_search(&quote) {
                        parts.push(format!("quote {}/{total}", at + 1));
                        let own = findings.speakers[speaker].quotes.iter().filter(|it| reading.lets(**it));
                        let (before, after): (Vec<usize>, Vec<usize>) = own.partition(|it| **it <= quote);
                        let (at, all) = (before.len(), before.len() + after.len());
                        parts.push(format!("{name}{doubt} {at}/{all}"));
                    } else {
                        parts.push(format!("{name}{doubt}: filtered out"));
                    }
                }
                None if reading.filter.is_active() => {
                    let all = findings.analysis.quotes.len();
                    parts.push(format!("{total} of {}", counted(all, "quote")));
                }
                None => parts.push(counted(total, "quote")),
            }
        } else {
            parts.push("reading…".to_string());
        }
        if self.app.focus == Focus::Story {
            parts.extend(self.named());
        }
        if !reading.hits.is_empty() {
            let on = if reading.hit().is_some() { "hit " } else { "" };
            parts.push(format!("{on}{}", reading.count_hits()));
        }
        parts.join(" · ")
    }

    /// `London: mention 2/3`
    fn named(&self) -> Option<String> {
        let reading = self.app.reading();
        let entity = reading.findings()?.entity(reading.entity()?)?;
        let at = entity.mentions.iter().position(|it| it.span.contains(reading.stand.place))?;
        Some(format!("{}: mention {}/{}", entity.name, at + 1, entity.mentions.len()))
    }

    /// `only Kerry, not AFP · direct · folded`, in as many words as there is room for.
    pub(in crate::reader) fn filter_words(&self, room: u16) -> String {
        let reading = self.app.reading();
        let words = reading.findings().map(|it| reading.filter.words(it)).unwrap_or_default();
        let shortest = words.last().cloned().unwrap_or_default();
        words.into_iter().find(|it| columns(it) <= usize::from(room)).unwrap_or(shortest)
    }
}

/// "1 quote", "2 quotes"
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
