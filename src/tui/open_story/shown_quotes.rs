//! What is shown of a story, to be exported or copied: the quotes that the filter allows.

use pullquote::analysis::Analysis;
use pullquote::export::{Csv, Export, Html, Json, Markdown, Text};

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::{citation, source_name};

/// The endings of files that can be exported, each with the name of its format.
pub(crate) const EXPORT_FORMATS: &[(&str, &str)] =
    &[(".md", "Markdown"), (".html", "HTML"), (".csv", "CSV"), (".json", "JSON"), (".txt", "text")];

/// The message for a file name with another ending.
pub(crate) const UNKNOWN_ENDING: &str = "The file name must end in .md, .html, .csv, .json or .txt";

/// The longest file name that is offered, in characters, without its ending.
const MAX_FILE_NAME_CHARS: usize = 24;

/// Some quotes of stories, in the format of a file name; `None` for an unknown ending or before an analysis is ready.
pub(crate) fn export_quotes(path: &str, stories: &[(&OpenStory, Vec<usize>)]) -> Option<String> {
    let (_, format) = EXPORT_FORMATS.iter().find(|it| path.ends_with(it.0))?;
    let export: &dyn Export = match *format {
        "Markdown" => &Markdown,
        "CSV" => &Csv,
        "HTML" => &Html,
        "JSON" => &Json,
        _ => &Text,
    };
    let envelope = export.envelope(stories.len() > 1);
    let mut text = envelope.head.to_string();
    for (number, (open_story, quotes)) in stories.iter().enumerate() {
        text += if number > 0 { envelope.separator } else { "" };
        text += &export.render(&open_story.story, &open_story.analysis_of(quotes)?);
    }
    Some(text + envelope.tail)
}

impl OpenStory {
    /// The analysis with some of its quotes, in reading order; `None` before the analysis is ready.
    fn analysis_of(&self, quotes: &[usize]) -> Option<Analysis> {
        let mut analysis = self.findings()?.analysis.clone();
        analysis.fix_speaker_numbers();
        let is_whole = quotes.len() == analysis.quotes.len();
        let mut number = 0;
        analysis.quotes.retain(|_| {
            number += 1;
            quotes.binary_search(&(number - 1)).is_ok()
        });
        if !is_whole {
            analysis.rejected.clear();
        }
        Some(analysis)
    }

    /// The citations of some quotes.
    pub(crate) fn citations(&self, quotes: &[usize]) -> Vec<String> {
        let Some(findings) = self.findings() else { return Vec::new() };
        quotes.iter().filter_map(|it| citation(&self.story, findings, *it)).collect()
    }

    /// A file name made of the headline, else of the source: "ellwick-will-sell-its".
    pub(crate) fn file_name(&self) -> String {
        let title = self.story.headline().map(str::to_string).or_else(|| source_name(&self.story));
        let words = title.unwrap_or_default().to_lowercase();
        let words: Vec<&str> =
            words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let mut name = String::new();
        for word in words {
            if name.chars().count() + word.chars().count() >= MAX_FILE_NAME_CHARS {
                break;
            }
            name.push_str(if name.is_empty() { "" } else { "-" });
            name.push_str(word);
        }
        if name.is_empty() { "quotes".to_string() } else { name }
    }
}
