//! Subtitles (`WebVTT` and `SubRip`): their cues as a transcript, with the speakers that they name.

/// The words of subtitles, a turn or a paragraph a line; `None` if a text is no subtitles.
pub(crate) fn to_transcript(text: &str) -> Option<String> {
    let text = text.trim_start();
    let is_subtitles = text.starts_with("WEBVTT") || text.lines().take(3).any(is_timing);
    if !is_subtitles || !text.lines().any(is_timing) {
        return None;
    }
    let mut transcript = Transcript::default();
    for cue in text.split("\n\n") {
        let mut lines = cue.lines().skip_while(|line| !is_timing(line));
        if lines.next().is_some() {
            lines.for_each(|line| transcript.add_line(line.trim()));
        }
    }
    transcript.end_paragraph();
    Some(transcript.text)
}

/// Whether a line says when a cue is shown: "00:00:04.000 --> 00:00:06.500".
fn is_timing(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(start, end)| {
        let is_time = |it: &str| it.contains(':') && it.starts_with(|ch: char| ch.is_ascii_digit());
        is_time(start.trim()) && is_time(end.trim())
    })
}

/// The paragraphs so far.
#[derive(Default)]
struct Transcript {
    text: String,
    paragraph: String,
    /// The speaker of the last cue that names one in its markup.
    speaker: String,
}

impl Transcript {
    /// Adds a line of a cue. A new speaker, or a long paragraph that ends with its sentence, begins a new paragraph.
    fn add_line(&mut self, line: &str) {
        /// A paragraph without speakers ends with the first sentence after this many bytes.
        const LONG_PARAGRAPH_BYTES: usize = 300;
        let (speaker, words) = split_speaker(line);
        let words = without_tags(words);
        let dialogue = words.strip_prefix("- ").or_else(|| words.strip_prefix('–'));
        let has_label = words.starts_with(">>") || has_label(&words);
        let is_new_speaker = speaker.is_some_and(|it| it != self.speaker);
        let is_long = self.paragraph.len() > LONG_PARAGRAPH_BYTES
            && self.paragraph.trim_end().ends_with(['.', '?', '!', '”', '"']);
        if is_new_speaker || has_label || dialogue.is_some() || is_long {
            self.end_paragraph();
        }
        if let Some(speaker) = speaker.filter(|_| is_new_speaker) {
            speaker.clone_into(&mut self.speaker);
            self.paragraph.push_str(speaker);
            self.paragraph.push_str(": ");
        }
        let words = dialogue.unwrap_or(&words).trim();
        if !self.paragraph.is_empty() && !self.paragraph.ends_with(' ') {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(words);
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.trim().is_empty() {
            self.text.push_str(self.paragraph.trim());
            self.text.push_str("\n\n");
        }
        self.paragraph.clear();
    }
}

/// The speaker that the markup of a line names (`<v Lena Holt>It rained.`), and the rest of the line.
fn split_speaker(line: &str) -> (Option<&str>, &str) {
    let voice = line.strip_prefix("<v").and_then(|it| it.split_once('>'));
    match voice.and_then(|(name, words)| Some((name.split_once(' ')?.1.trim(), words))) {
        Some((name, words)) if !name.is_empty() => (Some(name), words),
        _ => (None, line),
    }
}

/// A line without its tags.
fn without_tags(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        let Some((_, after)) = after.split_once('>') else {
            rest = "";
            break;
        };
        rest = after;
    }
    words + rest
}

/// Whether a line begins with a name in capitals and a colon.
fn has_label(words: &str) -> bool {
    const MAX_LABEL_BYTES: usize = 40;
    words.split_once(": ").is_some_and(|(label, _)| {
        label.len() <= MAX_LABEL_BYTES
            && label.contains(char::is_alphabetic)
            && !label.contains(char::is_lowercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_become_turns_and_paragraphs() {
        for (subtitles, expected) in [
            (
                "WEBVTT\n\nNOTE a remark\n\n00:00:04.000 --> 00:00:06.000\n<v Lena Holt>Welcome to</v>\n\n\
                 00:00:06.000 --> 00:00:08.000 align:start\n<v Lena Holt><i>everyone</i>.\n\n\
                 1\n00:00:09.000 --> 00:00:10.000\n<v.loud Piet Maas>It loses\nmoney.\n",
                vec!["Lena Holt: Welcome to everyone.", "Piet Maas: It loses money."],
            ),
            (
                "1\n00:00:04,000 --> 00:00:06,000\nThe ferry stays,\n\n2\n00:00:06,000 --> 00:00:08,000\nthe council said.\n\n\
                 3\n00:00:09,000 --> 00:00:10,000\nHOLT: It is right.\n>> Who pays?\n",
                vec!["The ferry stays, the council said.", "HOLT: It is right.", ">> Who pays?"],
            ),
        ] {
            let transcript = to_transcript(subtitles).expect("it is subtitles");
            assert_eq!(transcript.lines().filter(|it| !it.is_empty()).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_text_with_an_arrow_is_no_subtitles() {
        for text in ["It rained.\n\na --> b", "WEBVTT is a format.", ""] {
            assert_eq!(to_transcript(text), None, "{text}");
        }
    }
}
