//! The status bar: position in the story, active filter, key hints; and the rule above it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::Focus;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::open_story::list::ListRow;
use crate::tui::overlay::Overlay;
use crate::tui::style::symbols::speaker_suffix;
use crate::tui::text::width::display_width;
use crate::tui::view::{RootView, draw_text, draw_text_right, inset, skip_columns};

impl RootView<'_> {
    pub(crate) fn draw_rule(&self, buf: &mut Buffer) {
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
    pub(crate) fn draw_status_bar(&self, row: Rect, buf: &mut Buffer) {
        if row.is_empty() {
            return;
        }
        let row = inset(row);
        if let Overlay::Search(seeking) = &self.app.overlay {
            return self.draw_search_prompt(seeking, row, buf);
        }
        let bare = self.app.pane_options.zen && self.app.mode() == Mode::Story;
        let awaited = match &self.app.overlay {
            Overlay::BookmarkLetter(prompt) => Some(self.app.bookmark_prompt(prompt.action)),
            _ => None,
        };
        let notice = awaited.as_ref().or(self.app.notice.as_ref());
        let (mut said, style) = match (notice, self.app.pending_keys.is_empty()) {
            (_, false) => (vec![self.app.pending_keys.to_string()], self.theme.key.0),
            (Some(notice), true) => (vec![notice.clone()], self.theme.notice.0),
            (None, true) if bare => (Vec::new(), self.theme.text.0),
            (None, true) => (self.position_parts(), self.theme.text.0),
        };
        // The first hint is kept unless a notice wants the room: it leads to all others.
        let hint = self.available_hints().first().map_or(0, |it| self.hint_width(*it) + 3);
        let wide = usize::from(row.width);
        let first = said.first().map_or(0, |it| display_width(it));
        let room = match notice {
            Some(_) if first + hint > wide => wide,
            _ if wide < 24 || bare => wide,
            _ => wide.saturating_sub(hint),
        };
        let filter = self.filter_summary(room.saturating_sub(first.min(room / 2) + 3) as u16);
        let kept = if filter.is_empty() { 0 } else { display_width(&filter) + 3 };
        while said.len() > 1 && display_width(&said.join(" · ")) + kept > room {
            said.pop();
        }
        let left = Rect { width: room.saturating_sub(kept) as u16, ..row };
        let taken = draw_text(&said.join(" · "), left, style, buf);
        let gap = if taken == 0 || filter.is_empty() { 0 } else { 3 };
        let taken = taken + gap + draw_text(&filter, skip_columns(row, taken + gap), self.theme.key.0, buf);
        if bare {
            return;
        }
        let rest = self.draw_hints(skip_columns(row, taken + 3), buf);
        if self.app.panes.has_page() && matches!(self.app.overlay, Overlay::None) {
            let reading = self.app.current_story();
            let share = format!("{} %", reading.viewport.percent_read(&reading.page, self.app.page_height()));
            draw_text_right(
                &share,
                Rect { width: rest.width.saturating_sub(3), ..rest },
                self.theme.secondary.0,
                buf,
            );
        }
    }

    /// The commands that help here, the most helpful first.
    fn available_hints(&self) -> Vec<(Action, &'static str)> {
        let several = self.app.story_position().1 > 1;
        let lacking = self.app.current_story().missing_findings_reason().is_some();
        let Rect { width, height, .. } = self.app.panes.body;
        let hints: &[(Action, &'static str)] = match self.app.mode() {
            Mode::Story => &[
                (Action::Help, "help"),
                (Action::SwitchPane, "findings"),
                (Action::NextQuote, "next quote"),
                (Action::NextStory, "next story"),
                (Action::FilterQuotes, "filter"),
                (Action::NextBySpeaker, "same speaker"),
                (Action::Search, "search"),
                (Action::Why, "why"),
            ],
            Mode::SidePane if self.app.current_story().side_pane.profile().is_some() => &[
                (Action::Help, "help"),
                (Action::Cancel, "back"),
                (Action::Open, "go there"),
                (Action::SwitchPane, "story"),
                (Action::OnlySpeaker, "only this speaker"),
                (Action::Copy, "copy"),
            ],
            Mode::SidePane
                if matches!(
                    self.app.current_story().side_pane.selected(),
                    Some(ListRow::Entity(_) | ListRow::UnknownSpeaker)
                ) =>
            {
                &[
                    (Action::Help, "help"),
                    (Action::SwitchPane, "story"),
                    (Action::Open, "this one alone"),
                    (Action::NextTab, "next tab"),
                    (Action::OnlySpeaker, "only this speaker"),
                ]
            }
            Mode::SidePane => &[
                (Action::Help, "help"),
                (Action::SwitchPane, "story"),
                (Action::Open, "go there"),
                (Action::OnlySpeaker, "only this speaker"),
                (Action::NextTab, "next tab"),
                (Action::Copy, "copy"),
            ],
            Mode::Help if self.app.help.height(usize::from(width)) <= usize::from(height) => {
                &[(Action::Cancel, "leave")]
            }
            Mode::Help => &[(Action::Cancel, "leave"), (Action::PageForward, "more")],
            Mode::FilterPanel => {
                &[(Action::Cancel, "leave"), (Action::Accept, "done"), (Action::Toggle, "in, out, neither")]
            }
            Mode::Search => &[
                (Action::Cancel, "back"),
                (Action::ToggleRegex, "regex"),
                (Action::OlderSearch, "earlier"),
                (Action::NextMatch, "next"),
            ],
            Mode::Themes => &[(Action::Cancel, "back"), (Action::Accept, "keep"), (Action::Forward, "next")],
            Mode::Statistics => &[(Action::Cancel, "leave"), (Action::Forward, "more")],
            Mode::BookmarkLetter => &[(Action::Cancel, "leave")],
            Mode::Note => {
                &[(Action::Cancel, "leave"), (Action::Accept, "keep"), (Action::NewLine, "new line")]
            }
            Mode::List if matches!(self.app.overlay, Overlay::History(_)) => {
                &[(Action::Cancel, "leave"), (Action::Open, "open it")]
            }
            Mode::List => {
                &[(Action::Cancel, "leave"), (Action::Open, "go there"), (Action::Delete, "delete")]
            }
            Mode::Explanation => &[
                (Action::Cancel, "leave"),
                (Action::Correct, "correct"),
                (Action::NextQuote, "next quote"),
                (Action::NextBySpeaker, "same speaker"),
            ],
            Mode::SpeakerPicker => &[(Action::Cancel, "leave"), (Action::Accept, "choose")],
            Mode::Picker => {
                &[(Action::Cancel, "leave"), (Action::Accept, "this one"), (Action::Forward, "next")]
            }
        };
        let mut hints = hints.to_vec();
        hints.retain(|it| (several || it.0 != Action::NextStory) && !(lacking && it.0.needs_findings()));
        hints
    }

    /// The columns that a hint takes.
    fn hint_width(&self, (action, words): (Action, &str)) -> usize {
        display_width(&self.keymap.first_key_in(action, self.app.mode())) + 1 + display_width(words)
    }

    /// As many of the keys that help here as there is room for; what is left of the row.
    pub(crate) fn draw_hints(&self, mut row: Rect, buf: &mut Buffer) -> Rect {
        let mut fitting: Vec<(String, &str)> = Vec::new();
        let mut room = usize::from(row.width);
        for (action, words) in self.available_hints() {
            let key = self.keymap.first_key_in(action, self.app.mode());
            let wide = self.hint_width((action, words)) + 3;
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
            row = draw_text_right(&format!(" {words}"), row, self.theme.secondary.0, buf);
            row = draw_text_right(key, row, self.theme.key.0, buf);
        }
        row
    }

    /// `quote 3/9 · Kerry 3/4 · hit 2/5`
    fn position_parts(&self) -> Vec<String> {
        let reading = self.app.current_story();
        let mut parts = Vec::new();
        if let Some(chosen) = self.side_pane_position() {
            parts.push(chosen);
        } else if let Some(findings) = reading.findings() {
            let here = reading.quote_at_cursor().and_then(|it| Some((it, findings.speaker_of(it)?)));
            let total = reading.allowed_quotes.len();
            match here {
                Some((quote, speaker)) => {
                    let name = findings.short_speaker_name(speaker);
                    let sign = findings.quote(quote).map_or("", speaker_suffix);
                    if let Ok(at) = reading.allowed_quotes.binary_search(&quote) {
                        parts.push(format!("quote {}/{total}", at + 1));
                        let own = findings.speakers[speaker].quotes.iter().filter(|it| reading.allows(**it));
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
            parts.extend(self.mention_at_cursor());
        }
        if !reading.matches.is_empty() {
            let on = if reading.match_at_cursor().is_some() { "hit " } else { "" };
            parts.push(format!("{on}{}", reading.match_summary()));
        }
        parts
    }

    /// `London: 3 mentions`, `Kerry: mention 2/5`: what is chosen in the side pane, unless it is a quote.
    fn side_pane_position(&self) -> Option<String> {
        let reading = self.app.current_story();
        let (findings, side) = (reading.findings()?, &reading.side_pane);
        let chosen = side.selected().filter(|_| self.app.focus == Focus::SidePane);
        match chosen? {
            ListRow::Entity(entity) => {
                let counts = [(&side.quote_counts, "quote"), (&side.mention_counts, "mention")];
                let counts =
                    counts.map(|(counts, noun)| (counts.get(entity).copied().unwrap_or_default(), noun));
                let counts = counts.into_iter().filter(|it| it.0 > 0).map(|it| counted(it.0, it.1));
                let counts: Vec<String> = counts.collect();
                Some(format!("{}: {}", findings.entity_name(Some(entity)), counts.join(", ")))
            }
            ListRow::Mention(entity, number) => {
                let (at, all) = reading.mention_position(entity, number);
                Some(format!("{}: mention {at}/{all}", findings.short_entity_name(Some(entity))))
            }
            ListRow::UnknownSpeaker => Some("quotes of which nobody knows who said them".to_string()),
            _ => None,
        }
    }

    /// `London: mention 2/3`
    fn mention_at_cursor(&self) -> Option<String> {
        let reading = self.app.current_story();
        let number = reading.entity_at_cursor()?;
        let entity = reading.findings()?.entity(number)?;
        let at = entity.mentions.iter().position(|it| it.span.contains(reading.viewport.cursor))?;
        let (at, all) = reading.mention_position(number, at);
        Some(format!("{}: mention {at}/{all}", entity.name))
    }

    /// `only Kerry, not AFP · direct · folded`, in as many words as there is room for.
    pub(crate) fn filter_summary(&self, room: u16) -> String {
        let reading = self.app.current_story();
        let words = reading.findings().map(|it| reading.filter.summaries(it)).unwrap_or_default();
        let shortest = words.last().cloned().unwrap_or_default();
        words.into_iter().find(|it| display_width(it) <= usize::from(room)).unwrap_or(shortest)
    }
}

/// "1 quote", "2 quotes"
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
