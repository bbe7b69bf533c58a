//! The list of open stories.

use pullquote::analysis::EntityKind;
use pullquote::story::{BlockKind, Story};

use crate::storage::opening;
use crate::text::{counted, grouped, one_line, pluralize};
use crate::tui::app::App;
use crate::tui::app::panel::Response;
use crate::tui::open_story::citation::{origin_beside_title, source_beside_title};
use crate::tui::open_story::{AnalysisState, EntryPage, OpenStory};
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource, Preview, TableColumn};

/// The open stories, by their numbers.
struct Stories;

impl PickerSource for Stories {
    type Target = usize;

    fn title(&self) -> String {
        "Open stories ".into()
    }

    fn no_match_message(&self, _app: &App, _typed: &str) -> String {
        "No matching story".into()
    }

    fn columns(&self) -> &'static [TableColumn] {
        const COLUMNS: &[TableColumn] = &[
            TableColumn { title: "source", width: 24, is_number: false },
            TableColumn { title: "date", width: 16, is_number: false },
            TableColumn { title: "people", width: 6, is_number: true },
            TableColumn { title: "quotes", width: 6, is_number: true },
            TableColumn { title: "words", width: 7, is_number: true },
            TableColumn { title: "read", width: 5, is_number: true },
        ];
        COLUMNS
    }

    /// Stories without a source or a date leave their columns to the headlines.
    fn has_column(&self, app: &App, place: usize) -> bool {
        let mut stories = app.stories.iter().map(|it| &it.story);
        match place {
            0 => stories.any(|it| source_beside_title(it).is_some()),
            1 => stories.any(|it| it.published.is_some()),
            _ => true,
        }
    }

    /// What could not be opened has none.
    fn has_cells(&self, app: &App, number: &usize) -> bool {
        *number < app.stories.len()
    }

    fn cells(&self, app: &App, number: &usize) -> Vec<String> {
        app.stories.get(*number).map_or_else(Vec::new, table_cells)
    }

    /// The beginning of the story.
    fn preview(&self, app: &App, number: &usize) -> Option<Preview> {
        let story = &app.stories.get(*number)?.story;
        let note = origin_beside_title(story).join(" · ");
        Some(Preview { title: app.headline(*number), note, text: opening(story) })
    }

    fn items(&self, app: &App) -> Vec<PickerItem<usize>> {
        items_from(app, 0)
    }

    /// Stories are only added; what is known of them is told when it is drawn. Those that cannot be opened are behind them.
    fn new_items(&self, app: &App, listed: usize) -> Option<Vec<PickerItem<usize>>> {
        app.failures.is_empty().then(|| items_from(app, listed))
    }

    /// The last stories are open a moment before they are listed.
    fn may_grow(&self, app: &App, listed: usize) -> bool {
        app.is_loading || app.stories.len() + app.failures.len() > listed
    }

    /// `Ell Gazette · 3 March · 4 people · 9 quotes`; an entry of a feed that was not opened yet has its lead in place of the
    /// counts.
    fn details(&self, app: &App, item: &PickerItem<usize>) -> Vec<String> {
        let Some(reading) = app.stories.get(item.target) else { return Vec::new() };
        let counts = match &reading.analysis_state {
            _ if reading.entry_page == EntryPage::Unopened => lead(&reading.story).into_iter().collect(),
            _ if reading.entry_page == EntryPage::Loading => vec!["loading…".into()],
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
        let all: Vec<String> = origin_beside_title(&reading.story).into_iter().chain(counts).collect();
        (0..all.len()).map(|from| all[from..].join(" · ")).collect()
    }

    fn accept(&self, app: &mut App, story: usize) -> Response {
        if let Some(failure) = app.failures.get(story.wrapping_sub(app.stories.len())).cloned() {
            app.notify(&failure);
            return Response::Stay;
        }
        app.jump_to_story(story, None);
        Response::Close
    }
}

/// `3 The last ferry`, for the stories from a number on, and then why others cannot be opened.
fn items_from(app: &App, first: usize) -> Vec<PickerItem<usize>> {
    let item = |number: usize| PickerItem::new(format!("{} {}", number + 1, app.headline(number)), number);
    let failures = app.failures.iter().zip(app.stories.len()..);
    let failures = failures.map(|(message, number)| PickerItem::new(format!("! {message}"), number));
    (first..app.stories.len()).map(item).chain(failures).collect()
}

/// The source, the date, the numbers of people, quotes and words, and how much is read.
fn table_cells(open_story: &OpenStory) -> Vec<String> {
    let (people, quotes) = match &open_story.analysis_state {
        _ if open_story.entry_page == EntryPage::Unopened => ("–".into(), "–".into()),
        AnalysisState::Ready(findings) => {
            let people = findings.analysis.entities.iter().filter(|it| it.kind == EntityKind::Person).count();
            (grouped(people), grouped(findings.analysis.quotes.len()))
        }
        AnalysisState::Pending => ("…".into(), "…".into()),
        AnalysisState::Failed => ("failed".into(), "–".into()),
    };
    let visit = open_story.saved.last_visit.as_ref().map(|it| it.position.percent_read);
    // What is there of an entry that was not opened is not the story.
    let is_opened = open_story.entry_page != EntryPage::Unopened;
    let read = open_story.saved_position.map(|it| it.percent_read).or(visit).filter(|_| is_opened);
    vec![
        source_beside_title(&open_story.story).unwrap_or_default(),
        open_story.story.readable_date().unwrap_or_default(),
        people,
        quotes,
        grouped(open_story.word_count),
        read.map_or("–".into(), |it| format!("{it} %")),
    ]
}

/// The beginning of a story's first paragraph; `None` without one.
fn lead(story: &Story) -> Option<String> {
    const MAX_LEAD_CHARS: usize = 60;
    let text = one_line(story.first_text(BlockKind::Paragraph)?);
    let end = text.char_indices().nth(MAX_LEAD_CHARS).map(|it| it.0);
    let Some(end) = end else { return Some(text) };
    // Words are not cut, unless there is but one.
    let end = text[..end].rfind(' ').unwrap_or(end);
    Some(format!("{}…", &text[..end]))
}

impl App {
    pub(crate) fn open_story_list(&mut self) {
        let picker = Picker::new(Stories, self, Some(&self.current));
        self.open_panel(picker);
    }
}
