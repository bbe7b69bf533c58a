//! Reports of saved stories: a table, JSON, or the notes in Markdown.

use std::fmt::Write as _;

use pullquote::story::readable_date;
use pullquote::text_safety::{escape_markdown, is_joiner, is_unsafe, remove_unsafe};
use serde::Serialize;

use crate::shelf::archive::StoredStory;
use crate::text::{grouped, one_line};

/// The longest headline in the table, in characters.
const MAX_TITLE_CHARS: usize = 48;

/// How many digits of a key the table shows.
const KEY_DIGITS: usize = 8;

/// A number of bytes in the largest unit that fits: "5 KB", "3 MB". Anything is at least a kilobyte.
pub(crate) fn readable_size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{} KB", bytes.div_ceil(1 << 10)) }
}

/// Writes one line for each story: short key, last reading, per cent read, numbers of notes and bookmarks, size of the kept
/// text, headline, source.
pub(crate) fn table(stories: &[StoredStory]) -> String {
    if stories.is_empty() {
        return "No saved stories.\n".into();
    }
    let mut rows = vec!["KEY       LAST READ   READ  NOTES  BOOKMARKS   TEXT  STORY".to_string()];
    for story in stories {
        let title: String = safe_line(&story.title).chars().take(MAX_TITLE_CHARS).collect();
        let source = story.file.as_ref().or(story.source.as_ref());
        let source = source.map_or(String::new(), |it| format!("  {}", safe_line(it)));
        let key: String = story.key.chars().take(KEY_DIGITS).collect();
        rows.push(format!(
            "{key:<KEY_DIGITS$}  {}  {:>3} %  {:>5}  {:>9}  {:>5}  {title}{source}",
            story.last_read,
            story.share,
            grouped(story.notes.len()),
            grouped(story.marks.len()),
            story.text_bytes.map_or_else(|| "–".into(), readable_size),
        ));
    }
    rows.join("\n") + "\n"
}

/// Writes everything that is saved of the stories as one JSON object.
pub(crate) fn json(stories: &[StoredStory]) -> String {
    let shelf = ShelfJson { schema: "pullquote-shelf/1", stories };
    escape_unsafe(&serde_json::to_string_pretty(&shelf).unwrap_or_default()) + "\n"
}

/// Writes the unsafe characters of JSON as `\u202e`, so that the value stays and the terminal does not see it.
fn escape_unsafe(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for ch in json.chars() {
        if ch != '\n' && (is_unsafe(ch) || is_joiner(ch)) {
            for unit in ch.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(ch);
        }
    }
    escaped
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
    let mut section = format!("# {}\n", escape_markdown(&safe_line(&story.title)));
    let published = story.published.as_deref().map(|it| readable_date(it).into_owned());
    let origin = [&story.outlet, &published, &story.source];
    let origin: Vec<String> =
        origin.into_iter().flatten().map(|it| escape_markdown(&safe_line(it))).collect();
    if !origin.is_empty() {
        section.extend(["\n", &origin.join(" · "), "\n"]);
    }
    for note in &story.notes {
        section.extend([
            "\n",
            &escaped_lines(&note.passage, "> "),
            "\n\n",
            &escaped_lines(&note.words, ""),
            "\n",
        ]);
    }
    section
}

/// Escapes each line of a text and puts `prefix` before it.
fn escaped_lines(text: &str, prefix: &str) -> String {
    let text = remove_unsafe(text);
    let lines: Vec<String> = text.lines().map(|it| format!("{prefix}{}", escape_markdown(it))).collect();
    lines.join("\n")
}

/// Returns a text on one line without unsafe characters.
pub(crate) fn safe_line(text: &str) -> String {
    one_line(&remove_unsafe(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_what_is_unsafe_as_an_escape() {
        let json = escape_unsafe("{\n\"a\": \"x\u{202e}\u{9b}\u{e0041}é\"}");
        assert_eq!(json, "{\n\"a\": \"x\\u202e\\u009b\\udb40\\udc41é\"}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["a"], "x\u{202e}\u{9b}\u{e0041}é");
    }

    #[test]
    fn markup_in_a_passage_or_a_note_is_shown_not_run() {
        let passage = "<img src=x onerror=alert(1)>\n[click](javascript:alert(1))";
        assert_eq!(
            escaped_lines(passage, "> "),
            "> \\<img src=x onerror=alert(1)\\>\n> \\[click\\](javascript:alert(1))"
        );
    }
}
