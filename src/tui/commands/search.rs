//! The search line: what is typed goes along with the story at every sign, earlier searches come back, Esc returns.

use crate::tui::app::{App, Focus, Open};
use crate::tui::commands::filter::erase;
use crate::tui::input::action::Action;
use crate::tui::overlay::search_prompt::Seeking;
use crate::tui::text::search_pattern::Pattern;

impl App {
    pub(crate) fn search(&mut self, back: bool) {
        self.focus = Focus::Story;
        self.follow();
        let height = self.height();
        let reading = self.reading_mut();
        reading.fold();
        let from = reading.stand.spot(&reading.page, height);
        self.open = Open::Search(self.searches.begin(from, back));
    }

    pub(crate) fn in_search(&mut self, action: Action) {
        let Open::Search(seeking) = &mut self.open else { return };
        match action {
            Action::Accept => self.accept_search(),
            Action::Cancel => {
                let from = seeking.from;
                self.open = Open::Nothing;
                let reading = self.reading_mut();
                reading.forget_hits();
                reading.stand.take(from);
            }
            Action::NextHit => self.step_hit(1),
            Action::PreviousHit => self.step_hit(-1),
            Action::SwitchRegex => {
                seeking.wanted.regex = !seeking.wanted.regex;
                self.seek();
            }
            Action::OlderSearch | Action::NewerSearch => {
                self.searches.recall(seeking, if action == Action::OlderSearch { 1 } else { -1 });
                self.seek();
            }
            Action::Erase if seeking.wanted.typed.is_empty() => return self.in_search(Action::Cancel),
            Action::Erase | Action::EraseWord | Action::EraseAll => self.retype(|line| erase(line, action)),
            _ => {}
        }
        self.follow();
    }

    /// Looks for what stands in the line; a faulty pattern leaves the last hits as they are.
    pub(crate) fn seek(&mut self) {
        let height = self.height();
        let Open::Search(seeking) = &mut self.open else { return };
        let pattern = Pattern::of(&seeking.wanted);
        seeking.fault = pattern.as_ref().err().cloned();
        let (from, back) = (seeking.from, seeking.back);
        if let Ok(pattern) = pattern {
            self.reading_mut().seek_from(pattern.as_ref(), from, back, height);
        }
        self.follow();
    }

    fn accept_search(&mut self) {
        let Open::Search(Seeking { wanted, back, fault: None, from, .. }) = &self.open else { return };
        let (wanted, back, from) = (wanted.clone(), *back, *from);
        self.open = Open::Nothing;
        self.searches.back = back;
        self.reading_mut().stand.remember(from);
        if wanted.typed.is_empty() {
            return self.walk_hits(1);
        }
        if self.reading().hits.is_empty() {
            self.say(&format!("“{}” is not in this story", wanted.typed));
        }
        self.searches.keep(wanted);
    }

    fn step_hit(&mut self, by: isize) {
        let height = self.height();
        self.notice = self.reading_mut().walk_hits(by, height).map(str::to_string);
    }

    /// To another hit of the last search, in its direction or with a negative number against it, even if its hits have
    /// been put out or were another story's.
    pub(crate) fn walk_hits(&mut self, by: isize) {
        let height = self.height();
        let Some(wanted) = self.searches.last() else { return self.say("nothing has been sought yet") };
        if self.reading().hits.is_empty()
            && let Ok(pattern) = Pattern::of(wanted)
        {
            self.reading_mut().seek(pattern.as_ref());
        }
        let by = if self.searches.back { by.saturating_neg() } else { by };
        self.walk(|it| it.walk_hits(by, height));
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::tests::Desk;

    #[test]
    fn a_search_back_goes_back_and_n_goes_on_in_its_direction() {
        for (keys, place) in [
            ("/lee enter", "Lee said"),
            ("/lee enter n", "Lee told"),
            ("/lee enter n N", "Lee said"),
            ("G \\lee", "Lee told"),
            ("G \\lee enter n", "Lee said"),
            ("G \\lee enter n N", "Lee told"),
            ("G \\lee enter 2n", "Lee told"),
            ("G \\lee esc", "Read more"),
            ("gg \\lee", "Lee told"),
            ("G /lee", "Lee said"),
            ("/lee ctrl-n ctrl-n", "Lee said"),
            ("/lee ctrl-p enter ctrl-o", "Ellwick will"),
        ] {
            let desk = Desk::new().press(keys);
            assert!(desk.stands_on(place), "{keys}: {}", desk.status());
        }
    }

    #[test]
    fn a_regular_expression_is_sought_on_demand_and_a_faulty_one_keeps_the_hits() {
        for (keys, words) in [
            ("/l[eo]e", "/l[eo]e  nothing found"),
            ("/l[eo]e ctrl-r", "/l[eo]e  1/2 · regex"),
            ("/ ctrl-r l.e ctrl-r", "/l.e  nothing found"),
            ("/ ctrl-r lee|(", "/lee|(  unclosed group · regex"),
            ("/ ctrl-r lee|( enter", "unclosed group"),
            ("/ ctrl-r lee|(ray)", "1/4 · regex"),
            ("/ ctrl-r lee enter n", "hit 2/2"),
            ("/ ctrl-r lee enter /", "/  regex"),
            ("/ ctrl-r x*", "nothing found"),
            ("\\lee", "\\lee  2/2"),
        ] {
            let status = Desk::new().sized(120, 24).press(keys).status();
            assert!(status.contains(words), "{keys}: {status}");
        }
        let desk = Desk::new().press("/ ctrl-r told|[");
        assert!(desk.stands_on("told reporters"));
        assert_eq!(desk.app.reading().hits.len(), 1);
    }

    #[test]
    fn earlier_searches_come_back_and_what_was_typed_too() {
        for (keys, line) in [
            ("/ up", "/pity  1/1"),
            ("/ up up", "/lee  1/2"),
            ("/ up up up", "/lee  1/2"),
            ("/ up up down", "/pity  1/1"),
            ("/so up down", "/so"),
            ("/lee enter / up", "/lee  1/2"),
            ("\\ up", "\\pity  1/1"),
        ] {
            let status = Desk::new().press("/lee enter /pity enter").press(keys).status();
            assert!(status.starts_with(line), "{keys}: {status}");
        }
        assert!(Desk::new().press("/ up").status().starts_with('/'));
        assert!(Desk::new().press("n").status().contains("nothing has been sought yet"));
    }

    #[test]
    fn a_hit_that_the_filter_has_put_away_is_opened() {
        for way in ["f", "f f"] {
            let desk = Desk::new().sized(90, 40).press("s ray enter").press(way);
            assert!(!desk.screen().contains("Norham"));
            let desk = desk.press("/norham");
            assert!(desk.screen().contains("Norham") && desk.stands_on("Norham"));
            assert!(!desk.press("esc").screen().contains("Norham"));
            let desk = Desk::new().sized(90, 40).press("s ray enter").press(way).press("/bridge enter n");
            assert!(desk.stands_on("bridges of"), "{}", desk.screen());
            let desk = desk.press("esc gg").press("n");
            assert!(desk.status().contains("opened"), "{}", desk.status());
        }
    }

    #[test]
    fn a_hit_runs_over_the_end_of_a_row() {
        let desk = Desk::new()
            .sized(40, 30)
            .press("/sell space the space last space ferry space on space the space ell enter");
        assert!(desk.stands_on("sell the last ferry"), "{}", desk.screen());
    }

    #[test]
    fn a_search_goes_on_in_the_next_story() {
        use crate::tui::tests::story;
        let desk = Desk::before(vec![story(), story()]).press("/pity enter ] s n");
        assert!(desk.stands_on("pity") && desk.status().contains("hit 1/1"));
    }
}
