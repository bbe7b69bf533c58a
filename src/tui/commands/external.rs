//! Commands with an external effect: open the web page, copy a quote or a paragraph.

use crate::tui::app::{App, ClipboardText, Effect};
use crate::tui::open_story::citation::{citation, passage};

impl App {
    pub(crate) fn open_web_page(&mut self) -> Effect {
        if let Some(address) = self.current_story().story.url.clone() {
            return Effect::OpenBrowser(address);
        }
        self.notify("No web address is known for this story");
        Effect::None
    }

    pub(crate) fn copy_quote(&mut self) -> Effect {
        let reading = self.current_story();
        let cited = self.focused_quote().and_then(|quote| {
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
