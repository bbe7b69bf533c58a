//! The status bar: position in the story, active filter, key hints; and the rule above it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::{Focus, Open};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Room;
use crate::tui::open_story::list::Line;
use crate::tui::style::symbols::after_speaker;
use crate::tui::text::width::columns;
use crate::tui::view::{Screen, after, inset, put, put_right};

impl Screen<'_> {
    pub(crate) fn rule(&self, buf: &mut Buffer) {
        let row = self.app.panes.rule;
        if row.is_empty() {
            return;
        }
        for x in row.left()..row.right() {
            buf.set_string(x, row.y, "─", self.theme.rule.0);
        }
        let border = self.app.panes.border;
        if !border.is_empty() && self.app.has_border() {
            buf.set_string(border.x, row.y, "┴", self.theme.rule.0);
        }
    }

    /// Where you stand at the left, the share read and the keys at the right.
    pub(crate) fn status(&self, row: Rect, buf: &mut Buffer) {
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
        let notice = awaited.as_ref().or(self.app.notice.as_ref());
        let (mut said, style) = match (notice, self.app.begun.is_empty()) {
            (_, false) => (vec![self.app.begun.to_string()], self.theme.key.0),
            (Some(notice), true) => (vec![notice.clone()], self.theme.notice.0),
            (None, true) if bare => (Vec::new(), self.theme.text.0),
            (None, true) => (self.standing(), self.theme.text.0),
        };
        // The first hint is kept unless a notice wants the room: it leads to all others.
        let hint = self.hints_here().first().map_or(0, |it| self.hint_columns(*it) + 3);
        let wide = usize::from(row.width);
        let first = said.first().map_or(0, |it| columns(it));
        let room = match notice {
            Some(_) if first + hint > wide => wide,
            _ if wide < 24 || bare => wide,
            _ => wide.saturating_sub(hint),
        };
        let filter = self.filter_words(room.saturating_sub(first.min(room / 2) + 3) as u16);
        let kept = if filter.is_empty() { 0 } else { columns(&filter) + 3 };
        while said.len() > 1 && columns(&said.join(" · ")) + kept > room {
            said.pop();
        }
        let left = Rect { width: room.saturating_sub(kept) as u16, ..row };
        let taken = put(&said.join(" · "), left, style, buf);
        let gap = if taken == 0 || filter.is_empty() { 0 } else { 3 };
        let taken = taken + gap + put(&filter, after(row, taken + gap), self.theme.key.0, buf);
        if bare {
            return;
        }
        let rest = self.hints(after(row, taken + 3), buf);
        if self.app.panes.has_page() && matches!(self.app.open, Open::Nothing) {
            let reading = self.app.reading();
            let share = format!("{} %", reading.stand.share(&reading.page, self.app.height()));
            put_right(&share, Rect { width: rest.width.saturating_sub(3), ..rest }, self.theme.faint.0, buf);
        }
    }

    /// The commands that help here, the most helpful first.
    fn hints_here(&self) -> Vec<(Action, &'static str)> {
        let several = self.app.number().1 > 1;
        let lacking = self.app.reading().lacks_findings().is_some();
        let Rect { width, height, .. } = self.app.panes.body;
        let hints: &[(Action, &'static str)] = match self.app.room() {
            Room::Story => &[
                (Action::Help, "help"),
                (Action::SwitchPane, "findings"),
                (Action::NextQuote, "next quote"),
                (Action::NextStory, "next story"),
                (Action::PickSpeakers, "filter"),
                (Action::NextBySame, "same speaker"),
                (Action::Search, "search"),
                (Action::Why, "why"),
            ],
            Room::Findings if self.app.reading().side.profile().is_some() => &[
                (Action::Help, "help"),
                (Action::Cancel, "back"),
                (Action::Go, "go there"),
                (Action::SwitchPane, "story"),
                (Action::OnlySpeaker, "only this speaker"),
                (Action::Copy, "copy"),
            ],
            Room::Findings
                if matches!(self.app.reading().side.chosen(), Some(Line::Entity(_) | Line::Nobody)) =>
            {
                &[
                    (Action::Help, "help"),
                    (Action::SwitchPane, "story"),
                    (Action::Go, "this one alone"),
                    (Action::NextTab, "next tab"),
                    (Action::OnlySpeaker, "only this speaker"),
                ]
            }
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
            Room::Themes => &[(Action::Cancel, "back"), (Action::Accept, "keep"), (Action::Forward, "next")],
            Room::Statistics => &[(Action::Cancel, "leave"), (Action::Forward, "more")],
            Room::Letter => &[(Action::Cancel, "leave")],
            Room::Note => {
                &[(Action::Cancel, "leave"), (Action::Accept, "keep"), (Action::NewLine, "new line")]
            }
            Room::List if matches!(self.app.open, Open::History(_)) => {
                &[(Action::Cancel, "leave"), (Action::Go, "open it")]
            }
            Room::List => &[(Action::Cancel, "leave"), (Action::Go, "go there"), (Action::Delete, "delete")],
            Room::Why => &[
                (Action::Cancel, "leave"),
                (Action::Correct, "correct"),
                (Action::NextQuote, "next quote"),
                (Action::NextBySame, "same speaker"),
            ],
            Room::Whom => &[(Action::Cancel, "leave"), (Action::Accept, "choose")],
            Room::Chooser => {
                &[(Action::Cancel, "leave"), (Action::Accept, "this one"), (Action::Forward, "next")]
            }
        };
        let mut hints = hints.to_vec();
        hints.retain(|it| (several || it.0 != Action::NextStory) && !(lacking && it.0.needs_findings()));
        hints
    }

    /// The columns that a hint takes.
    fn hint_columns(&self, (action, words): (Action, &str)) -> usize {
        columns(&self.keymap.key_in(action, self.app.room())) + 1 + columns(words)
    }

    /// As many of the keys that help here as there is room for; what is left of the row.
    pub(crate) fn hints(&self, mut row: Rect, buf: &mut Buffer) -> Rect {
        let mut fitting: Vec<(String, &str)> = Vec::new();
        let mut room = usize::from(row.width);
        for (action, words) in self.hints_here() {
            let key = self.keymap.key_in(action, self.app.room());
            let wide = self.hint_columns((action, words)) + 3;
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
    fn standing(&self) -> Vec<String> {
        let reading = self.app.reading();
        let mut parts = Vec::new();
        if let Some(chosen) = self.standing_aside() {
            parts.push(chosen);
        } else if let Some(findings) = reading.findings() {
            let here = reading.quote().and_then(|it| Some((it, findings.speaker_of(it)?)));
            let total = reading.quotes.len();
            match here {
                Some((quote, speaker)) => {
                    let name = findings.short_name(speaker);
                    let sign = findings.quote(quote).map_or("", after_speaker);
                    if let Ok(at) = reading.quotes.binary_search(&quote) {
                        parts.push(format!("quote {}/{total}", at + 1));
                        let own = findings.speakers[speaker].quotes.iter().filter(|it| reading.lets(**it));
                        let (before, after): (Vec<usize>, Vec<usize>) = own.partition(|it| **it <= quote);
                        let (at, all) = (before.len(), before.len() + after.len());
                        parts.push(format!("{name}{sign} {at}/{all}"));
                    } else {
                        parts.push(format!("{name}{sign}: filtered out"));
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
        parts
    }

    /// `London: 3 mentions`, `Kerry: mention 2/5`: what is chosen in the side pane, unless it is a quote.
    fn standing_aside(&self) -> Option<String> {
        let reading = self.app.reading();
        let (findings, side) = (reading.findings()?, &reading.side);
        let chosen = side.chosen().filter(|_| self.app.focus == Focus::Findings);
        match chosen? {
            Line::Entity(entity) => {
                let counts = [(&side.quotes, "quote"), (&side.mentions, "mention")];
                let counts =
                    counts.map(|(counts, noun)| (counts.get(entity).copied().unwrap_or_default(), noun));
                let counts = counts.into_iter().filter(|it| it.0 > 0).map(|it| counted(it.0, it.1));
                let counts: Vec<String> = counts.collect();
                Some(format!("{}: {}", findings.name_of(Some(entity)), counts.join(", ")))
            }
            Line::Mention(entity, number) => {
                let (at, all) = reading.mention_count(entity, number);
                Some(format!("{}: mention {at}/{all}", findings.short_name_of(Some(entity))))
            }
            Line::Nobody => Some("quotes of which nobody knows who said them".to_string()),
            _ => None,
        }
    }

    /// `London: mention 2/3`
    fn named(&self) -> Option<String> {
        let reading = self.app.reading();
        let number = reading.entity()?;
        let entity = reading.findings()?.entity(number)?;
        let at = entity.mentions.iter().position(|it| it.span.contains(reading.stand.place))?;
        let (at, all) = reading.mention_count(number, at);
        Some(format!("{}: mention {at}/{all}", entity.name))
    }

    /// `only Kerry, not AFP · direct · folded`, in as many words as there is room for.
    pub(crate) fn filter_words(&self, room: u16) -> String {
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
