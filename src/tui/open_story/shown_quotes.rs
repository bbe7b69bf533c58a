//! What is shown of a story, to be exported or copied: the quotes that the filter allows.

use pullquote::analysis::Analysis;
use pullquote::export::{Csv, Export, Html, Json, Markdown, Text};

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::citation;

/// The endings of files that can be exported, each with the name of its format.
pub(crate) const EXPORT_FORMATS: &[(&str, &str)] =
    &[(".md", "Markdown"), (".html", "HTML"), (".csv", "CSV"), (".json", "JSON"), (".txt", "text")];

/// The message for a file name with another ending.
pub(crate) const UNKNOWN_ENDING: &str = "The file name must end in .md, .html, .csv, .json or .txt";

/// The longest file name that is made, in characters, without "-quotes" and its ending.
const MAX_FILE_NAME_CHARS: usize = 40;

/// Quotes of a story that are shown.
pub(crate) struct ShownQuotes<'a> {
    pub(crate) open_story: &'a OpenStory,
    /// The numbers of the quotes, in reading order.
    pub(crate) quotes: Vec<usize>,
    /// By what they were chosen, in words.
    pub(crate) description: String,
}

/// Some quotes of stories, in the format of a file name; `None` for an unknown ending or before an analysis is ready.
pub(crate) fn export_quotes(path: &str, stories: &[ShownQuotes]) -> Option<String> {
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
    for (number, shown) in stories.iter().enumerate() {
        text += if number > 0 { envelope.separator } else { "" };
        text += &export.render(&shown.open_story.story, &shown.analysis()?);
    }
    Some(text + envelope.tail)
}

impl ShownQuotes<'_> {
    /// The analysis with these quotes; `None` before the analysis is ready.
    fn analysis(&self) -> Option<Analysis> {
        let analysis = self.open_story.findings()?.analysis.clone();
        let is_shown = |number: usize| self.quotes.binary_search(&number).is_ok();
        let mut shown = analysis.excerpted(&self.description, |number, _| is_shown(number));
        if shown.excerpt.is_some() {
            shown.rejected.clear();
        }
        Some(shown)
    }
}

impl OpenStory {
    /// The citations of some quotes.
    pub(crate) fn citations(&self, quotes: &[usize]) -> Vec<String> {
        let Some(findings) = self.findings() else { return Vec::new() };
        quotes.iter().filter_map(|it| citation(&self.story, findings, *it)).collect()
    }

    /// A file name without its ending, of whole words: that of the story's file, else of its title, as
    /// "strait-talks-quotes". The last word is there so that no story is replaced.
    pub(crate) fn file_name(&self) -> String {
        let file = self.story.path.as_deref().and_then(|it| it.file_stem()?.to_str()).map(str::to_string);
        let title = || self.story.title().unwrap_or_default().to_lowercase().replace(['\'', '’'], "");
        let words = file.unwrap_or_else(title);
        let mut name = String::new();
        for word in words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()) {
            if name.chars().count() + word.chars().count() >= MAX_FILE_NAME_CHARS {
                break;
            }
            name.push_str(word);
            name.push('-');
        }
        name + "quotes"
    }
}
