//! An editor's notes on a story: its quotes under their speakers, then who and what is named.

use crate::analysis::Analysis;
use crate::export::phrasing::{
    REJECTED_TITLE, entity_lists, kind_and_remark, name_with_role, origin, quoted_text, story_title,
};
use crate::export::{Envelope, Export};
use crate::story::Story;

/// Markdown, to be pasted into a document.
#[derive(Clone, Copy, Debug)]
pub struct Markdown;

impl Export for Markdown {
    fn envelope(&self, _several: bool) -> Envelope {
        Envelope { separator: "\n---\n\n", ..Envelope::default() }
    }

    fn render(&self, story: &Story, analysis: &Analysis) -> String {
        let title = story_title(story).unwrap_or_else(|| "Untitled story".into());
        let mut notes = vec![format!("# {}\n", escape_markdown(&title))];
        notes.extend(origin(story).map(|it| escape_markdown(&it) + "\n"));
        notes.push("## Quotes\n".into());
        if analysis.quotes.is_empty() {
            notes.push("No quote found in this story.\n".into());
        }
        for speaker in speakers(analysis) {
            notes.extend(speaker_section(speaker, story, analysis));
        }
        if !analysis.rejected.is_empty() {
            let said =
                analysis.rejected.iter().map(|it| escape_markdown(&quoted_text(it, story.text(), " ")));
            notes.push(format!("## {REJECTED_TITLE}\n"));
            notes.push(said.flat_map(|it| ["- ".to_owned(), it, "\n".to_owned()]).collect());
        }
        for (heading, rows) in entity_lists(analysis, |who, how| {
            format!("- **{}** ({})\n", escape_markdown(who), escape_markdown(how))
        }) {
            notes.extend([format!("## {heading}\n"), rows]);
        }
        notes.join("\n")
    }
}

/// Who speaks, in the order of their first quotes; `None` for quotes without a speaker.
fn speakers(analysis: &Analysis) -> Vec<Option<usize>> {
    let mut speakers = Vec::new();
    for quote in &analysis.quotes {
        if !speakers.contains(&quote.speaker) {
            speakers.push(quote.speaker);
        }
    }
    speakers
}

/// A heading with a speaker's name, then each of the quotes and its number.
fn speaker_section(speaker: Option<usize>, story: &Story, analysis: &Analysis) -> Vec<String> {
    let entity = speaker.and_then(|it| analysis.entities.get(it));
    let mut notes = vec![format!(
        "### {}\n",
        entity.map_or("Unknown speaker".into(), |it| escape_markdown(&name_with_role(it)))
    )];
    let quotes = analysis.quotes.iter().enumerate().filter(|(_, it)| it.speaker == speaker);
    for (number, quote) in quotes {
        let said = quoted_text(quote, story.text(), "\n\n");
        notes.push(
            said.lines()
                .map(|it| format!("> {}", escape_markdown(it)).trim_end().to_owned() + "\n")
                .collect(),
        );
        notes.push(format!("Quote {}, {}\n", number + 1, kind_and_remark(quote)));
    }
    notes
}

/// One line of words in which nothing is taken for Markdown.
fn escape_markdown(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let digits = words.len() - words.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    for (place, letter) in words.char_indices() {
        let marks = r"\`*_[]<>#&|~".contains(letter);
        let item =
            place == 0 && "-+=".contains(letter) || place == digits && digits > 0 && ".)".contains(letter);
        if marks || item {
            plain.push('\\');
        }
        plain.push(if letter == '\n' { ' ' } else { letter });
    }
    plain
}
