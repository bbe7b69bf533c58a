//! The shelf on paper: a table for people, JSON for programs, notes in Markdown for a document.

use serde::Serialize;

use crate::shelf::archive::StoredStory;
use crate::storage::remove_unsafe_chars;

/// The signs of a headline that stand in the table, at most.
const MAX_TITLE_CHARS: usize = 48;

/// One row a story: the beginning of its key, when it was read last, how much of it, its notes, its headline, its source.
pub(crate) fn table(volumes: &[StoredStory]) -> String {
    if volumes.is_empty() {
        return "The shelf is empty.\n".into();
    }
    let mut rows = vec!["KEY       READ         SEEN  NOTES  STORY".to_string()];
    for it in volumes {
        let title: String = one_line(&it.title).chars().take(MAX_TITLE_CHARS).collect();
        let from =
            it.file.as_ref().or(it.source.as_ref()).map_or(String::new(), |it| format!("  {}", one_line(it)));
        let key: String = it.key.chars().take(8).collect();
        rows.push(format!(
            "{key:<8}  {}  {:>3} %  {:>5}  {title}{from}",
            it.last_read,
            it.share,
            it.notes.len()
        ));
    }
    rows.join("\n") + "\n"
}

/// All of it, as one object.
pub(crate) fn json(stories: &[StoredStory]) -> String {
    let shelf = ShelfJson { schema: "pullquote-shelf/1", stories };
    serde_json::to_string_pretty(&shelf).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct ShelfJson<'a> {
    schema: &'static str,
    stories: &'a [StoredStory],
}

/// The notes, each under the passage that it is on.
pub(crate) fn markdown(volumes: &[StoredStory]) -> String {
    let noted = volumes.iter().filter(|it| !it.notes.is_empty());
    let stories: Vec<String> = noted.map(story_notes).collect();
    if stories.is_empty() { "No notes are kept.\n".into() } else { stories.join("\n") }
}

fn story_notes(volume: &StoredStory) -> String {
    let mut page = format!("# {}\n", one_line(&volume.title));
    let origin = [&volume.outlet, &volume.published, &volume.source];
    let origin: Vec<String> = origin.into_iter().flatten().map(|it| one_line(it)).collect();
    if !origin.is_empty() {
        page.extend(["\n", &origin.join(" · "), "\n"]);
    }
    for note in &volume.notes {
        let passage: Vec<String> =
            remove_unsafe_chars(&note.passage).lines().map(|it| format!("> {it}")).collect();
        page.extend(["\n", &passage.join("\n"), "\n\n", &remove_unsafe_chars(&note.words), "\n"]);
    }
    page
}

/// Words that come from outside, on one line.
fn one_line(words: &str) -> String {
    remove_unsafe_chars(words).split_whitespace().collect::<Vec<_>>().join(" ")
}
