//! The list of open stories.

use pullquote::analysis::EntityKind;

use crate::text::{counted, pluralize};
use crate::tui::app::App;
use crate::tui::app::panel::Response;
use crate::tui::open_story::AnalysisState;
use crate::tui::open_story::citation::source_name;
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

    fn items(&self, app: &App) -> Vec<PickerItem<usize>> {
        items_from(app, 0)
    }

    /// Stories are only added; what is known of them is told when it is drawn.
    fn new_items(&self, app: &App, listed: usize) -> Option<Vec<PickerItem<usize>>> {
        Some(items_from(app, listed))
    }

    /// `Ell Gazette · 3 March · 4 people · 9 quotes`
    fn details(&self, app: &App, item: &PickerItem<usize>) -> Vec<String> {
        let Some(reading) = app.stories.get(item.target) else { return Vec::new() };
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
        (0..all.len()).map(|from| all[from..].join(" · ")).collect()
    }

    fn accept(&self, app: &mut App, story: usize) -> Response {
        app.jump_to_story(story, None);
        Response::Close
    }
}

/// `3 The last ferry`, for the stories from a number on.
fn items_from(app: &App, first: usize) -> Vec<PickerItem<usize>> {
    let item = |number: usize| PickerItem::new(format!("{} {}", number + 1, app.headline(number)), number);
    (first..app.stories.len()).map(item).collect()
}

impl App {
    pub(crate) fn open_story_list(&mut self) {
        let picker = Picker::new(Stories, self, Some(&self.current));
        self.open_panel(picker);
    }
}
