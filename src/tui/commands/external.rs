//! Commands that reach outside: open the story's web page, copy a quote or a paragraph.

use crate::tui::app::{App, Copied, Effect};
use crate::tui::open_story::citation::{citation, passage};

impl App {
    pub(crate) fn open_source(&mut self) -> Effect {
        if let Some(address) = self.reading().story.url.clone() {
            return Effect::Browse(address);
        }
        self.say("this story names no address");
        Effect::None
    }

    pub(crate) fn copy(&mut self) -> Effect {
        let reading = self.reading();
        let cited = self.quote_here().and_then(|quote| {
            let findings = reading.findings()?;
            let speaker = findings.speaker_of(quote)?;
            let whose = findings.who(speaker).map(|_| format!("{}'s quote", findings.short_name(speaker)));
            let what = whose.unwrap_or("the quote of an unknown speaker".to_string());
            Some(Copied { words: citation(&reading.story, findings, quote)?, what })
        });
        if let Some(cited) = cited {
            return Effect::Copy(cited);
        }
        self.say("stand on a quote to copy it");
        Effect::None
    }

    pub(crate) fn copy_paragraph(&mut self) -> Effect {
        let reading = self.reading();
        let block = reading.story.block_at(reading.stand.seen()).map(|it| reading.story.blocks()[it]);
        let words = block.map(|it| passage(&reading.story, it.span));
        if let Some(words) = words {
            return Effect::Copy(Copied { words, what: "the paragraph".to_string() });
        }
        self.say("stand on a paragraph to copy it");
        Effect::None
    }
}
