//! The list of open stories.

use pullquote::analysis::EntityKind;

use crate::text::{counted, pluralize};
use crate::tui::app::App;
use crate::tui::app::panel::Response;
use crate::tui::open_story::citation::source_name;
use crate::tui::open_story::{AnalysisState, OpenStory};
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};

/// The open stories, by their numbers.
struct Stories;

impl PickerSource for Stories {
    type Target = usize;

    fn title(&self) -> String {
        "Open stories ".into()
    }

    fn no_match_message(&self) -> &'static str {
        "No matching story"
    }

    /// `3 The last ferry        Ell Gazette · 3 March · 4 people · 9 quotes`
    fn items(&self, app: &App) -> Vec<PickerItem<usize>> {
        let row = |(number, reading): (usize, &OpenStory)| {
            let counts = match &reading.analysis_state {
                AnalysisState::Ready(findings) => {
                    let people = findings.analysis.entities.iter().filter(|it| it.kind == EntityKind::Person);
                    vec![
                        pluralize(people.count(), "person", "people"),
                        counted(findings.analysis.quotes.len(), "quote"),
                    ]
                }
                AnalysisState::Pending => vec!["analysing…".into()],
                AnalysisState::Failed => vec!["analysis failed".into()],
            };
            let origin = [source_name(&reading.story), reading.story.readable_date()];
            let all: Vec<String> = origin.into_iter().flatten().chain(counts).collect();
            let right = (0..all.len()).map(|from| all[from..].join(" · ")).collect();
            let words = format!("{} {}", number + 1, app.headline(number));
            PickerItem { details: right, ..PickerItem::new(words, number) }
        };
        app.stories.iter().enumerate().map(row).collect()
    }

    fn accept(&self, app: &mut App, story: usize) -> Response {
        app.jump_to_story(story, None);
        Response::Close
    }
}

impl App {
    pub(crate) fn open_story_list(&mut self) {
        let picker = Picker::new(Stories, self, Some(&self.current));
        self.open_panel(picker);
    }
}
