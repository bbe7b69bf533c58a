//! The shelf on paper: a table for people, JSON for programs, notes in Markdown for a document.

use serde::Serialize;

use crate::shelf::archive::Volume;
use crate::storage::harmless;

/// The signs of a headline that stand in the table, at most.
const TITLE: usize = 48;

/// One row a story: the beginning of its key, when it was read last, how much of it, its notes, its headline, its source.
pub(crate) fn table(volumes: &[Volume]) -> String {
    if volumes.is_empty() {
        return "The shelf is empty.\n".into();
    }
    let mut rows = vec!["KEY       READ         SEEN  NOTES  STORY".to_string()];
    for it in volumes {
        let title: String = line(&it.title).chars().take(TITLE).collect();
        let from =
            it.file.as_ref().or(it.source.as_ref()).map_or(String::new(), |it| format!("  {}", line(it)));
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
pub(crate) fn json(stories: &[Volume]) -> String {
    let shelf = Whole { schema: "pullquote-shelf/1", stories };
    serde_json::to_string_pretty(&shelf).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: &'static str,
    stories: &'a [Volume],
}

/// The notes, each under the passage that it is on.
pub(crate) fn markdown(volumes: &[Volume]) -> String {
    let noted = volumes.iter().filter(|it| !it.notes.is_empty());
    let stories: Vec<String> = noted.map(notes).collect();
    if stories.is_empty() { "No notes are kept.\n".into() } else { stories.join("\n") }
}

fn notes(volume: &Volume) -> String {
    let mut page = format!("# {}\n", line(&volume.title));
    let origin = [&volume.outlet, &volume.published, &volume.source];
    let origin: Vec<String> = origin.into_iter().flatten().map(|it| line(it)).collect();
    if !origin.is_empty() {
        page.extend(["\n", &origin.join(" · "), "\n"]);
    }
    for note in &volume.notes {
        let passage: Vec<String> = harmless(&note.passage).lines().map(|it| format!("> {it}")).collect();
        page.extend(["\n", &passage.join("\n"), "\n\n", &harmless(&note.words), "\n"]);
    }
    page
}

/// Words that come from outside, on one line.
fn line(words: &str) -> String {
    harmless(words).split_whitespace().collect::<Vec<_>>().join(" ")
}
