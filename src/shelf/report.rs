//! Reports of saved stories: a table, JSON, or the notes in Markdown.

use pullquote::story::readable_date;
use serde::Serialize;

use crate::shelf::archive::StoredStory;
use crate::text::{one_line, remove_unsafe_chars};

/// The longest headline in the table, in characters.
const MAX_TITLE_CHARS: usize = 48;

/// How many digits of a key the table shows.
const KEY_DIGITS: usize = 8;

/// Writes one line for each story: short key, last reading, per cent read, number of notes, headline, source.
pub(crate) fn table(stories: &[StoredStory]) -> String {
    if stories.is_empty() {
        return "No saved stories.\n".into();
    }
    let mut rows = vec!["KEY       LAST READ   READ  NOTES  STORY".to_string()];
    for story in stories {
        let title: String = safe_line(&story.title).chars().take(MAX_TITLE_CHARS).collect();
        let source = story.file.as_ref().or(story.source.as_ref());
        let source = source.map_or(String::new(), |it| format!("  {}", safe_line(it)));
        let key: String = story.key.chars().take(KEY_DIGITS).collect();
        rows.push(format!(
            "{key:<KEY_DIGITS$}  {}  {:>3} %  {:>5}  {title}{source}",
            story.last_read,
            story.share,
            story.notes.len()
        ));
    }
    rows.join("\n") + "\n"
}

/// Writes everything that is saved of the stories as one JSON object.
pub(crate) fn json(stories: &[StoredStory]) -> String {
    let shelf = ShelfJson { schema: "pullquote-shelf/1", stories };
    serde_json::to_string_pretty(&shelf).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct ShelfJson<'a> {
    schema: &'static str,
    stories: &'a [StoredStory],
}

/// Writes the notes in Markdown, each under the passage it is on.
pub(crate) fn markdown(stories: &[StoredStory]) -> String {
    let with_notes = stories.iter().filter(|it| !it.notes.is_empty());
    let sections: Vec<String> = with_notes.map(story_notes).collect();
    if sections.is_empty() { "No saved notes.\n".into() } else { sections.join("\n") }
}

fn story_notes(story: &StoredStory) -> String {
    let mut section = format!("# {}\n", safe_line(&story.title));
    let published = story.published.as_deref().map(|it| readable_date(it).into_owned());
    let origin = [&story.outlet, &published, &story.source];
    let origin: Vec<String> = origin.into_iter().flatten().map(|it| safe_line(it)).collect();
    if !origin.is_empty() {
        section.extend(["\n", &origin.join(" · "), "\n"]);
    }
    for note in &story.notes {
        let passage = remove_unsafe_chars(&note.passage);
        let passage: Vec<String> = passage.lines().map(|it| format!("> {it}")).collect();
        section.extend(["\n", &passage.join("\n"), "\n\n", &remove_unsafe_chars(&note.words), "\n"]);
    }
    section
}

/// Returns a text on one line without unsafe characters.
pub(crate) fn safe_line(text: &str) -> String {
    one_line(&remove_unsafe_chars(text))
}
