//! The quotes of one speaker in all open stories.

use pullquote::analysis::EntityKind;

use crate::text::pluralize;
use crate::tui::app::App;
use crate::tui::app::panel::Response;
use crate::tui::open_story::citation::quote_beginning;
use crate::tui::open_story::{AnalysisState, OpenStory};
use crate::tui::panels::picker::{Picker, PickerItem, PickerSource};
use crate::tui::style::symbols::kind_label;
use crate::tui::text::search_fold::fold_and_lowercase;

/// The characters of a quote that are listed, and by which it is found.
const MAX_QUOTE_CHARS: usize = 2000;

/// The quotes of the speakers with a name.
struct SpeakerQuotes {
    name: String,
}

impl PickerSource for SpeakerQuotes {
    /// The index of a story, and of a quote in it.
    type Target = (usize, usize);

    fn title(&self) -> String {
        format!("{} in all stories: ", self.name)
    }

    fn no_match_message(&self) -> &'static str {
        "No matching quote"
    }

    fn items(&self, app: &App) -> Vec<PickerItem<Self::Target>> {
        let name = fold_and_lowercase(&self.name);
        let mut items = Vec::new();
        for (story, open_story) in app.stories.iter().enumerate() {
            let Some(findings) = open_story.findings() else { continue };
            for (number, quote) in findings.analysis.quotes.iter().enumerate() {
                let speaker = quote.speaker.and_then(|it| findings.entity(it));
                if speaker.is_none_or(|it| !has_proper_name(it.kind) || fold_and_lowercase(&it.name) != name)
                {
                    continue;
                }
                let doubt = if quote.is_doubtful() { " ?" } else { "" };
                items.push(PickerItem {
                    details: vec![format!("{}{doubt}", kind_label(quote.kind))],
                    under_story: Some(story),
                    ..PickerItem::new(
                        quote_beginning(quote, open_story.story.text(), MAX_QUOTE_CHARS),
                        (story, number),
                    )
                });
            }
        }
        items
    }

    fn accept(&self, app: &mut App, (story, quote): Self::Target) -> Response {
        app.jump_to_story(story, Some(quote));
        Response::Close
    }
}

impl App {
    /// Lists all quotes of the focused speaker in all open stories.
    pub(crate) fn open_speaker_quotes(&mut self) {
        let open_story = self.current_story();
        let speaker = self.focused_speaker().and_then(|it| open_story.findings()?.entity_of_speaker(it));
        let Some(name) = speaker.filter(|it| has_proper_name(it.kind)).map(|it| it.name.clone()) else {
            return self.notify("This speaker has no name");
        };
        let here = open_story.quote_at_cursor().map(|it| (self.current, it));
        let picker = Picker::new(SpeakerQuotes { name }, self, here.as_ref());
        self.open_panel(picker);
        let pending = |it: &&OpenStory| matches!(it.analysis_state, AnalysisState::Pending);
        let pending = self.stories.iter().filter(pending).count();
        if pending > 0 {
            self.notify(&format!("Still analysing {}", pluralize(pending, "story", "stories")));
        }
    }
}

/// Whether the name of such an entity means the same in another story.
const fn has_proper_name(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation)
}
