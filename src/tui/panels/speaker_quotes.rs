//! One speaker in all open stories. A shorter name in another story leads to a question.

use crate::text::{counted, pluralize};
use crate::tui::app::App;
use crate::tui::app::panel::Response;
use crate::tui::open_story::{AnalysisState, OpenStory};
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};
use crate::tui::panels::quotes_page::scope::{SpeakerNames, has_proper_name};

/// A name of another story that may be a name of the speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SimilarName {
    name: String,
    /// The headline of the first story that has the name.
    headline: String,
    quotes: usize,
}

/// Asks whether the speakers with similar names are the same.
struct SamePerson {
    name: String,
    /// The names that are the speaker's.
    accepted: Vec<String>,
    /// The names that are not decided yet.
    open: Vec<SimilarName>,
}

impl SamePerson {
    /// Opens the next question, or the page if there is none.
    fn ask(self, app: &mut App) {
        if self.open.is_empty() {
            let mut names = SpeakerNames::new(self.name);
            self.accepted.iter().for_each(|it| names.add(it));
            app.open_speaker_page(names);
        } else {
            let picker = Picker::new(self, app, None);
            app.open_panel(picker);
        }
    }
}

impl PickerSource for SamePerson {
    /// Whether it is the same person.
    type Target = bool;

    fn title(&self) -> String {
        self.open.first().map_or(String::new(), |it| format!("Is “{}” {}? ", it.name, self.name))
    }

    fn no_match_message(&self, _app: &App, _typed: &str) -> String {
        "Choose yes or no".into()
    }

    fn accept_label(&self) -> &'static str {
        "choose"
    }

    fn items(&self, _app: &App) -> Vec<PickerItem<bool>> {
        let Some(similar) = self.open.first() else { return Vec::new() };
        let note = format!("{} in “{}”", counted(similar.quotes, "quote"), similar.headline);
        vec![
            PickerItem { note, ..PickerItem::new("yes, the same", true) },
            PickerItem { note: "leave them out".into(), ..PickerItem::new("no, someone else", false) },
        ]
    }

    fn accept(&self, app: &mut App, is_same: bool) -> Response {
        let mut open = self.open.clone();
        let decided = open.remove(0);
        let mut accepted = self.accepted.clone();
        accepted.extend(is_same.then_some(decided.name));
        Self { name: self.name.clone(), accepted, open }.ask(app);
        Response::Close
    }
}

impl App {
    /// Opens the page of the focused speaker in all open stories.
    pub(crate) fn open_speaker_quotes(&mut self) {
        let open_story = self.current_story();
        let Some(speaker) = self.focused_speaker() else {
            return self.notify(&self.missing_speaker_message());
        };
        let entity = open_story.findings().and_then(|it| it.entity_of_speaker(speaker));
        let Some(name) = entity.filter(|it| has_proper_name(it.kind)).map(|it| it.name.clone()) else {
            return self.notify("This speaker has no name");
        };
        let open = self.similar_names(&name);
        SamePerson { name, accepted: Vec::new(), open }.ask(self);
        let pending = |it: &&OpenStory| matches!(it.analysis_state, AnalysisState::Pending);
        let pending = self.stories.iter().filter(pending).count();
        if pending > 0 {
            self.notify(&format!("Still analysing {}", pluralize(pending, "story", "stories")));
        }
    }

    /// The names of quoted speakers in other stories that may be names of the same person.
    fn similar_names(&self, name: &str) -> Vec<SimilarName> {
        let names = SpeakerNames::new(name.to_string());
        let mut similar: Vec<SimilarName> = Vec::new();
        for (number, open_story) in self.stories.iter().enumerate() {
            let Some(findings) = open_story.findings() else { continue };
            for (speaker, own) in findings.speakers.iter().enumerate() {
                let Some(entity) = findings.entity_of_speaker(speaker) else { continue };
                if !has_proper_name(entity.kind)
                    || names.includes(&entity.name)
                    || !may_be_same(name, &entity.name)
                {
                    continue;
                }
                match similar.iter_mut().find(|it| it.name == entity.name) {
                    Some(known) => known.quotes += own.quotes.len(),
                    None => similar.push(SimilarName {
                        name: entity.name.clone(),
                        headline: self.headline(number),
                        quotes: own.quotes.len(),
                    }),
                }
            }
        }
        similar
    }
}

/// Whether two different names may be those of one person: the last words are the same, and the first ones do not differ,
/// but one name lacks some or abbreviates them ("Kerry", "J. Kerry" and "John Kerry"; not "Teresa Kerry").
fn may_be_same(name: &str, other: &str) -> bool {
    let words = |it: &str| -> Vec<String> {
        let words = it.split([' ', '.']).filter(|it| !it.is_empty());
        words.map(crate::tui::text::search_fold::fold_and_lowercase).collect()
    };
    let (mut name, mut other) = (words(name), words(other));
    if name.pop() != other.pop() {
        return false;
    }
    name.iter()
        .zip(&other)
        .all(|(one, other)| one.starts_with(other.as_str()) || other.starts_with(one.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::Effect;
    use crate::tui::tests::{TestApp, analysis, story};

    /// Three stories. In the second one the mayor has another name, in the third the same.
    fn three(name: &str) -> TestApp {
        let mut stories = vec![story(), story(), story()];
        for (story, date) in stories.iter_mut().zip(["3 March 2025", "4 May 2026", "2024-01-02"]) {
            story.published = Some(date.into());
        }
        let mut test_app = TestApp::pending(stories);
        for number in 0..3 {
            let mut found = analysis();
            if number == 1 {
                found.entities[0].name = name.into();
            }
            test_app.app.set_analysis(number, Some(found));
        }
        test_app.with_size(120, 40)
    }

    #[test]
    fn shorter_names_and_initials_may_be_the_same_person_and_other_first_names_are_not() {
        for (name, other, is_same) in [
            ("John Kerry", "Kerry", true),
            ("John Kerry", "J. Kerry", true),
            ("Kerry", "Teresa Kerry", true),
            ("John Kerry", "Teresa Kerry", false),
            ("John Kerry", "John Terry", false),
            ("Ann Lee", "Ann Mary Lee", true),
        ] {
            assert_eq!(may_be_same(name, other), is_same, "{name} {other}");
        }
    }

    #[test]
    fn the_page_of_a_speaker_has_the_quotes_of_all_stories_with_figures_and_dates() {
        let screen = three("Lee Marsh").press("J X").screen();
        for words in [
            "Ann Lee",
            "4 quotes in 2 of 3 stories · 26 words · 2 direct, 2 paraphrase · 2 January 2024 to 3 March 2025",
            "Ell Gazette · 2 January 2024",
            "● “The river is ours, but the boat never was,”",
        ] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }

    #[test]
    fn a_name_that_may_be_another_person_is_asked_about() {
        let test_app = three("Lee").press("J X");
        assert!(test_app.screen().contains("Is “Lee” Ann Lee?"), "{}", test_app.screen());
        let screen = test_app.press("enter").screen();
        assert!(screen.contains("6 quotes in 3 of 3 stories"), "{screen}");
        let screen = three("Lee").press("J X down enter").screen();
        assert!(screen.contains("4 quotes in 2 of 3 stories"), "{screen}");
    }

    #[test]
    fn the_quotes_of_a_speaker_are_sorted_by_date_and_enter_opens_the_story() {
        let test_app = three("Ann Lee").press("J X l g g enter");
        assert_eq!(test_app.app.current, 1, "{}", test_app.screen());
        assert!(test_app.cursor_is_on("“The river is ours"));
        assert_eq!(test_app.press("ctrl-o").app.current, 0);
    }

    #[test]
    fn the_headline_of_a_single_story_stands_above_its_quotes_and_is_told_once() {
        let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40);
        test_app.app.set_analysis(0, Some(analysis()));
        let test_app = test_app.press("J X");
        let rows = test_app.rows();
        let headlines = rows.iter().skip(2).filter(|it| it.contains("Ellwick will sell its ferry in May"));
        assert_eq!(headlines.count(), 1, "{}", test_app.screen());
        let quote = rows.iter().find(|it| it.contains("● “The river is ours")).unwrap();
        // The words use the page from its left; the place stands beside them.
        assert!(quote.trim_start().starts_with('▸') && quote.contains("¶4   98 %"), "{}", test_app.screen());
        assert!(quote.chars().take_while(|it| *it == ' ').count() < 20, "{}", test_app.screen());
        // An order that mixes stories has their headlines beside the quotes.
        let several = three("Ann Lee").press("J X");
        assert!(several.rows().iter().any(|it| it.contains("Ellwick will") && it.contains("● “The river")));
    }

    #[test]
    fn escape_leaves_every_story_where_it_was() {
        let test_app = three("Ann Lee").press("X G esc");
        assert_eq!(test_app.app.current, 0);
        let start = test_app.app.stories[0].viewport.cursor;
        assert!(test_app.app.stories.iter().all(|it| it.viewport.cursor == start));
    }

    #[test]
    fn what_a_speaker_says_in_all_stories_is_exported_and_copied() {
        let test_app = three("Ann Lee").press("J X :export space lee.csv enter");
        let Effect::WriteFile(file) = &test_app.effect else { panic!("{:?}", test_app.effect) };
        assert_eq!(file.text.lines().count(), 7, "{}", file.text);
        assert!(file.text.lines().skip(1).all(|it| it.contains("Ann Lee")), "{}", file.text);
        let test_app = three("Ann Lee").press("J X :copy-all enter");
        assert!(matches!(&test_app.effect, Effect::Copy(it) if it.text.lines().count() == 6));
    }

    #[test]
    fn a_correction_in_another_story_is_made_from_the_page() {
        let test_app = three("Ann Lee").press("J X G ! bo enter");
        let findings = test_app.app.stories[2].findings().unwrap();
        assert_eq!(findings.entity_name(findings.quote(1).unwrap().speaker), "Bo Ray");
        assert!(test_app.screen().contains("5 quotes in 3 of 3 stories"), "{}", test_app.screen());
    }
}
