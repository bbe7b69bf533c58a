//! Commands with an external effect: open the web page, copy a quote or a paragraph.

use std::env;
use std::path::PathBuf;

use crate::text::counted;
use crate::tui::app::panel::{ListedQuotes, Panel, Response};
use crate::tui::app::{App, ClipboardText, Effect};
use crate::tui::open_story::citation::{citation, passage};
use crate::tui::open_story::shown_quotes::{ShownQuotes, UNKNOWN_ENDING, export_quotes};
use crate::tui::terminal::export_file::ExportFile;

impl App {
    pub(crate) fn open_web_page(&mut self) -> Effect {
        if let Some(address) = self.current_story().story.url.clone() {
            return Effect::OpenBrowser(address);
        }
        self.notify("No web address is known for this story");
        Effect::None
    }

    pub(crate) fn copy_quote(&mut self) -> Effect {
        let quote = self.quote_to_act_on();
        let reading = self.current_story();
        let cited = quote.and_then(|quote| {
            let findings = reading.findings()?;
            let speaker = findings.speaker_of(quote)?;
            let owner = findings
                .entity_of_speaker(speaker)
                .map(|_| format!("{}'s quote", findings.short_speaker_name(speaker)));
            let description = owner.unwrap_or("the quote".to_string());
            Some(ClipboardText { text: citation(&reading.story, findings, quote)?, description })
        });
        if let Some(cited) = cited {
            return Effect::Copy(cited);
        }
        self.notify("Move to a quote first");
        Effect::None
    }

    /// The quotes that are shown, by story: those that the open panel lists, else those that the filter allows.
    pub(crate) fn shown_quotes(&self) -> Vec<ShownQuotes<'_>> {
        let own = || {
            let open_story = self.current_story();
            let description = open_story.findings().map(|it| open_story.filter.description(it));
            ListedQuotes {
                description: description.unwrap_or_default(),
                by_story: vec![(self.current, open_story.allowed_quotes.clone())],
            }
        };
        let ListedQuotes { description, by_story } =
            self.panel().and_then(Panel::shown_quotes).unwrap_or_else(own);
        let shown = |(story, quotes)| {
            let open_story = self.stories.get(story)?;
            Some(ShownQuotes { open_story, quotes, description: description.clone() })
        };
        by_story.into_iter().filter_map(shown).collect()
    }

    /// Copies all quotes that are shown, one a line.
    pub(crate) fn copy_shown(&mut self) -> Effect {
        let stories = self.shown_quotes();
        let citations: Vec<String> =
            stories.iter().flat_map(|it| it.open_story.citations(&it.quotes)).collect();
        if citations.is_empty() {
            self.notify("No quotes to copy");
            return Effect::None;
        }
        let count = counted(citations.len(), "quote");
        // While the analysis goes on, more may be found.
        let progress = stories.iter().find_map(|it| it.open_story.progress_note());
        let description = progress.map_or_else(|| count.clone(), |it| format!("{count} so far ({it})"));
        Effect::Copy(ClipboardText { text: citations.join("\n"), description })
    }

    /// Writes the quotes that are shown to a file, in the format of its name.
    pub(crate) fn export_shown(&mut self, path: String, overwrites: bool) -> Response {
        let Some(text) = export_quotes(&path, &self.shown_quotes()) else {
            self.notify(UNKNOWN_ENDING);
            return Response::Close;
        };
        let home = path.strip_prefix("~/").and_then(|it| Some(env::home_dir()?.join(it)));
        let path = home.unwrap_or_else(|| PathBuf::from(path));
        let progress = self.shown_quotes().iter().find_map(|it| it.open_story.progress_note());
        let note = progress.map(|it| format!("the quotes found so far ({it})"));
        Response::CloseWith(Effect::WriteFile(ExportFile { path, text, overwrites, note }))
    }

    pub(crate) fn copy_paragraph(&mut self) -> Effect {
        let reading = self.current_story();
        let block =
            reading.story.block_at(reading.viewport.visible_offset()).map(|it| reading.story.blocks()[it]);
        let text = block.map(|it| passage(&reading.story, it.span));
        if let Some(text) = text {
            return Effect::Copy(ClipboardText { text, description: "the paragraph".to_string() });
        }
        self.notify("Move to a paragraph first");
        Effect::None
    }
}
