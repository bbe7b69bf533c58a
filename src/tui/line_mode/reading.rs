//! Commands of the line mode alone: `read`, `where`, `spell` and `help NAME`.

use crate::text::{counted, grouped, one_line};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::Mode;
use crate::tui::line_mode::LineSession;
use crate::tui::line_mode::announcement::{describe_command, describe_reading_command, list_commands};
use crate::tui::line_mode::command_name::command_by_name;
use crate::tui::open_story::OpenStory;
use crate::tui::panels::palette::arguments::describe_argument_command;

impl LineSession {
    /// The answer to `read`, `where`, `spell`, `help all` or `help NAME`; `None` for any other text.
    pub(crate) fn reading_command(&self, text: &str) -> Option<String> {
        let open_story = self.app.current_story();
        match text.to_lowercase().as_str() {
            "read" => Some(open_story.rest_of_story()),
            "where" => Some(self.describe_place()),
            "spell" => Some(open_story.spelled_name()),
            _ => {
                let (help, name) = text.split_once(char::is_whitespace)?;
                let is_help = self.command_named(&help.to_lowercase()).is_some_and(|it| it == Action::Help);
                is_help.then(|| self.describe_help(name.trim()))
            }
        }
    }

    /// What a command does, which is called by its name or its keys, or all commands.
    fn describe_help(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        if lower == "all" {
            return list_commands(&self.keymap);
        }
        if let Some(words) = describe_reading_command(&lower).or_else(|| describe_argument_command(&lower)) {
            return words;
        }
        // `F` and `f` are keys of two commands.
        match self.command_named(name).or_else(|| self.command_named(&lower)) {
            Some(action) => describe_command(action, &self.keymap),
            None => self.unknown_command(name),
        }
    }

    /// The command that a text is the name or the keys of.
    fn command_named(&self, text: &str) -> Option<Action> {
        let found = command_by_name(text).or_else(|| self.command_by_keys(text, Mode::Story));
        found.filter(|it| it.1.is_empty()).map(|it| it.0)
    }

    /// "Paragraph 4 of 10, 35 per cent read. 2 of 6 quotes are before this place."
    fn describe_place(&self) -> String {
        let open_story = self.app.current_story();
        let offset = open_story.viewport.visible_offset();
        let block = open_story.story.block_at(offset).unwrap_or_default();
        let percent = offset * 100 / open_story.story.text().len().max(1);
        let paragraph = format!(
            "Paragraph {} of {}, {percent} per cent read.",
            grouped(open_story.paragraph_number(block)),
            grouped(open_story.paragraph_count)
        );
        let Some(findings) = open_story.findings() else { return paragraph };
        let quotes = &findings.analysis.quotes;
        let before = quotes.iter().filter(|it| it.extent().start < offset).count();
        let place = format!(
            "{paragraph} {} of {} before this place.",
            grouped(before),
            counted(quotes.len(), "quote")
        );
        match open_story.analysed_percent {
            Some(percent) => format!("{place} The analysis is at {percent} per cent."),
            None => place,
        }
    }
}

impl OpenStory {
    /// The paragraphs from the cursor to the end, one a line; those that repeat another are left out.
    fn rest_of_story(&self) -> String {
        let text = self.story.text();
        let offset = self.viewport.visible_offset();
        let blocks = self.story.blocks().iter().filter(|it| it.repeats.is_none() && it.span.end > offset);
        blocks.map(|it| one_line(it.span.slice(text))).collect::<Vec<_>>().join("\n")
    }

    /// The name at the cursor, else of the speaker of the quote there, letter by letter: "A n n, L e e".
    fn spelled_name(&self) -> String {
        let speaker = || self.findings()?.quote(self.quote_at_cursor()?)?.speaker;
        let entity = self.entity_at_cursor().or_else(speaker);
        let Some(entity) = entity.and_then(|it| self.findings()?.entity(it)) else {
            return "Move to a name or a quote first.".to_string();
        };
        let spelled = |word: &str| word.chars().map(String::from).collect::<Vec<_>>().join(" ");
        entity.name.split_whitespace().map(spelled).collect::<Vec<_>>().join(", ")
    }
}
