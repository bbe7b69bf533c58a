//! Keeps the two panes in step, and leads from one to the other.

use crate::tui::app::{App, Focus};
use crate::tui::open_story::list::Line;
use crate::tui::open_story::side_pane::Tab;

impl App {
    pub(crate) fn go(&mut self) {
        let height = self.height();
        match self.focus {
            Focus::Findings => {
                let who = match self.reading().side.chosen() {
                    Some(Line::Entity(entity)) => Some(Some(entity)),
                    Some(Line::Nobody) => Some(None),
                    _ => None,
                };
                if let Some(who) = who {
                    self.reading_mut().open_profile(who);
                    return self.follow();
                }
                let Some((place, quote)) = self.reading().chosen_place() else { return };
                self.focus = Focus::Story;
                let reading = self.reading_mut();
                reading.stand.preview = None;
                match quote {
                    Some(quote) => reading.jump_to_quote(quote, height),
                    None => reading.jump(place, height),
                }
                self.follow();
            }
            Focus::Story => {
                let reading = self.reading_mut();
                let entity = reading.entity();
                let kind = entity.and_then(|it| reading.findings()?.entity(it)).map(|it| it.kind);
                if reading.side.profile().is_none_or(|it| entity.is_none() || it.who != entity) {
                    reading.side.open_tab(kind.map_or(Tab::Quotes, Tab::of));
                }
                self.focus = Focus::Findings;
                self.follow();
            }
        }
    }

    pub(crate) fn switch_pane(&mut self, tab: Option<usize>) {
        let tab = tab.and_then(|it| Tab::ALL.get(it.wrapping_sub(1)).copied());
        self.focus = match (tab, self.focus) {
            (None, Focus::Findings) => Focus::Story,
            _ => Focus::Findings,
        };
        if let Some(tab) = tab {
            self.reading_mut().side.open_tab(tab);
        }
        self.follow();
    }

    pub(crate) fn open_tab(&mut self, tab: Tab) {
        self.focus = Focus::Findings;
        self.reading_mut().side.open_tab(tab);
        self.follow();
    }

    pub(crate) fn turn_tab(&mut self, tabs: isize) {
        self.open_tab(self.reading().side.tab.by(tabs));
    }

    /// Shows who is chosen, or named, or speaks where the reader stands, alone in the side pane.
    pub(crate) fn profile_here(&mut self) {
        let reading = self.reading();
        let Some(findings) = reading.findings() else { return };
        let by = |quote: usize| Some(findings.speakers[findings.speaker_of(quote)?].entity);
        let who = match (self.focus, reading.side.chosen()) {
            (Focus::Findings, Some(Line::Quote(quote))) => by(quote),
            (Focus::Findings, Some(Line::Entity(entity) | Line::Mention(entity, _))) => Some(Some(entity)),
            (Focus::Findings, Some(Line::Nobody)) => Some(None),
            (Focus::Findings, _) => None,
            (Focus::Story, _) => reading.entity().map(Some).or_else(|| by(reading.quote()?)),
        };
        let Some(who) = who else { return self.say("stand on a name or a quote first") };
        let kind = who.and_then(|it| findings.entity(it)).map(|it| it.kind);
        let reading = self.reading_mut();
        reading.side.open_tab(kind.map_or(Tab::People, Tab::of));
        reading.side.choose(reading.side.tab, who.map_or(Line::Nobody, Line::Entity));
        reading.open_profile(who);
        reading.mark_here();
        self.focus = Focus::Findings;
        self.follow();
    }
}
