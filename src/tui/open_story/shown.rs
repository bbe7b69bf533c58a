//! What is shown of a story, to be exported or copied: the quotes that the filter allows.

use pullquote::analysis::Analysis;
use pullquote::export::{Csv, Export, Html, Json, Markdown, Text};

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::citation::{citation, source_name};

/// The endings of files that can be exported, each with the name of its format.
pub(crate) const EXPORT_FORMATS: &[(&str, &str)] =
    &[(".md", "Markdown"), (".html", "HTML"), (".csv", "CSV"), (".json", "JSON"), (".txt", "text")];

/// The longest file name that is offered, in characters, without its ending.
const MAX_FILE_NAME_CHARS: usize = 60;

impl OpenStory {
    /// The analysis with the quotes that the filter allows; `None` before the analysis is ready.
    fn shown_analysis(&self) -> Option<Analysis> {
        let mut analysis = self.findings()?.analysis.clone();
        analysis.fix_speaker_numbers();
        let mut number = 0;
        analysis.quotes.retain(|_| {
            number += 1;
            self.allows(number - 1)
        });
        if self.filter.is_active() {
            analysis.rejected.clear();
        }
        Some(analysis)
    }

    /// What is shown, in the format of a file name; `None` for an unknown ending or before the analysis is ready.
    pub(crate) fn export_shown(&self, path: &str) -> Option<String> {
        let (_, format) = EXPORT_FORMATS.iter().find(|it| path.ends_with(it.0))?;
        let export: &dyn Export = match *format {
            "Markdown" => &Markdown,
            "CSV" => &Csv,
            "HTML" => &Html,
            "JSON" => &Json,
            _ => &Text,
        };
        let envelope = export.envelope(false);
        let story = export.render(&self.story, &self.shown_analysis()?);
        Some([envelope.head, &story, envelope.tail].concat())
    }

    /// The citations of the quotes that are shown, one a line.
    pub(crate) fn shown_citations(&self) -> Vec<String> {
        let Some(findings) = self.findings() else { return Vec::new() };
        self.allowed_quotes.iter().filter_map(|it| citation(&self.story, findings, *it)).collect()
    }

    /// A file name made of the headline, else of the source: "ellwick-will-sell-its-ferry".
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
