//! Side pane commands: focus, tabs, profiles, and the jump from one pane to the other.

use crate::tui::app::{App, Focus};
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;

impl App {
    pub(crate) fn cancel(&mut self) {
        if self.focus == Focus::SidePane {
            let side_pane = &mut self.current_story_mut().side_pane;
            let was_open = side_pane.close_profile();
            let return_tab = side_pane.return_tab.filter(|_| side_pane.profile().is_none());
            if let Some(tab) = return_tab {
                side_pane.open_tab(tab);
            }
            if !was_open || return_tab.is_some() {
                self.focus = Focus::Story;
            }
        } else if self.pane_options.zen && self.current_story().matches.is_empty() {
            self.toggle_zen();
        } else if self.current_story().matches.is_empty() && self.current_story().filter.is_active() {
            self.toggle_filter();
        } else {
            self.current_story_mut().clear_matches();
        }
        self.sync_panes();
    }

    pub(crate) fn activate(&mut self) {
        let height = self.page_height();
        match self.focus {
            Focus::SidePane => {
                let who = match self.current_story().side_pane.selected() {
                    Some(ListRow::Entity(entity)) => Some(Some(entity)),
                    Some(ListRow::UnknownSpeaker) => Some(None),
                    _ => None,
                };
                if let Some(who) = who {
                    self.current_story_mut().open_profile(who);
                    return self.sync_panes();
                }
                let Some((offset, quote)) = self.current_story().selection_target() else { return };
                self.focus = Focus::Story;
                let reading = self.current_story_mut();
                reading.viewport.preview = None;
                match quote {
                    Some(quote) => reading.jump_to_quote(quote, height),
                    None => reading.jump(offset, height),
                }
                self.sync_panes();
            }
            Focus::Story => {
                let reading = self.current_story_mut();
                let entity = reading.entity_at_cursor();
                let kind = entity.and_then(|it| reading.findings()?.entity(it)).map(|it| it.kind);
                if reading.side_pane.profile().is_none_or(|it| entity.is_none() || it.entity != entity) {
                    reading.side_pane.open_tab(kind.map_or(Tab::Quotes, Tab::for_kind));
                }
                self.focus = Focus::SidePane;
                self.sync_panes();
            }
        }
    }

    pub(crate) fn switch_pane(&mut self, tab: Option<usize>) {
        let tab = tab.and_then(|it| Tab::ALL.get(it.wrapping_sub(1)).copied());
        self.focus = match (tab, self.focus) {
            (None, Focus::SidePane) => Focus::Story,
            _ => Focus::SidePane,
        };
        if let Some(tab) = tab {
            self.current_story_mut().side_pane.open_tab(tab);
        }
        self.sync_panes();
    }

    pub(crate) fn open_tab(&mut self, tab: Tab) {
        self.focus = Focus::SidePane;
        self.current_story_mut().side_pane.open_tab(tab);
        self.sync_panes();
    }

    pub(crate) fn switch_tab(&mut self, tabs: isize) {
        self.open_tab(self.current_story().side_pane.tab.cycle(tabs));
    }

    /// Sorts the speakers by weight, or as they come in the story.
    pub(crate) fn sort_speakers(&mut self) {
        self.current_story_mut().toggle_speaker_order();
        let order = self.current_story().side_pane.order.description();
        self.notify(&format!("Speakers: {order}"));
        self.sync_panes();
    }

    /// Opens the profile of the selected entity, the entity at the cursor or the speaker there.
    pub(crate) fn open_profile(&mut self) {
        let reading = self.current_story();
        let Some(findings) = reading.findings() else { return };
        let by = |quote: usize| Some(findings.speakers[findings.speaker_of(quote)?].entity);
        let who = match (self.focus, reading.side_pane.selected()) {
            (Focus::SidePane, Some(ListRow::Quote(quote))) => by(quote),
            (Focus::SidePane, Some(ListRow::Entity(entity) | ListRow::Mention(entity, _))) => {
                Some(Some(entity))
            }
            (Focus::SidePane, Some(ListRow::UnknownSpeaker)) => Some(None),
            (Focus::SidePane, _) => None,
            (Focus::Story, _) => {
                reading.entity_at_cursor().map(Some).or_else(|| by(reading.quote_at_cursor()?))
            }
        };
        match who {
            Some(who) => self.open_profile_of(who),
            None => self.notify("Move to a name or quote first"),
        }
    }

    /// Opens the profile of an entity; `None` stands for the unknown speakers.
    pub(crate) fn open_profile_of(&mut self, who: Option<usize>) {
        let height = self.page_height();
        let reading = self.current_story();
        let Some(findings) = reading.findings() else { return };
        let kind = who.and_then(|it| findings.entity(it)).map(|it| it.kind);
        let return_tab = (self.focus == Focus::Story).then_some(reading.side_pane.tab);
        let reading = self.current_story_mut();
        reading.side_pane.open_tab(kind.map_or(Tab::People, Tab::for_kind));
        reading.side_pane.return_tab = return_tab;
        reading.side_pane.select(reading.side_pane.tab, who.map_or(ListRow::UnknownSpeaker, ListRow::Entity));
        reading.open_profile(who);
        reading.select_at_cursor(height);
        self.focus = Focus::SidePane;
        self.sync_panes();
    }
}
