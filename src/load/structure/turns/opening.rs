//! Openings of turns: the times and marks that stand before or after the name of a speaker.

/// What stands before the name in a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LabelOpening {
    /// The bytes of the opening, with the spaces after it.
    pub(crate) length: usize,
    /// Whether it has a clock time: `[00:00:04]`, "14/03/2025, 09:12 -".
    pub(crate) has_time: bool,
    /// Whether it has the mark of captions for a new speaker: ">>".
    pub(crate) has_mark: bool,
}

/// Reads the times and marks at the start of a text.
pub(crate) fn parse_opening(text: &str) -> LabelOpening {
    /// A time, a mark and another time.
    const MAX_PARTS: usize = 3;
    let mut opening = LabelOpening::default();
    for _ in 0..MAX_PARTS {
        let rest = &text[opening.length..];
        let spaces = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        let marks = rest.len() - rest.trim_start_matches('>').len();
        let length = if marks > 1 {
            opening.has_mark = true;
            marks
        } else if let Some(length) = time_length(rest) {
            opening.has_time = true;
            let after = &rest[length..];
            let dash = [" - ", " – ", ": ", " | "].iter().find(|it| after.starts_with(**it));
            length + dash.map_or(0, |it| it.len() - 1)
        } else {
            break;
        };
        opening.length += spaces + length;
    }
    let rest = &text[opening.length..];
    if opening.length > 0 {
        opening.length += rest.len() - rest.trim_start().len();
    }
    opening
}

/// The length of the time at the start of a text, with its date and brackets; `None` without a clock time.
pub(crate) fn time_length(text: &str) -> Option<usize> {
    /// A date and a span of two times.
    const MAX_WORDS: usize = 6;
    // Nearly every text begins with another character, which saves the search for words.
    if !text.starts_with(|ch: char| ch.is_ascii_digit() || "[](),-aApP".contains(ch)) {
        return None;
    }
    let (mut end, mut at, mut has_clock) = (None, 0, false);
    let is_open = text.starts_with(['[', '(']);
    for word in text.split(' ').take(MAX_WORDS) {
        let bare = word.trim_matches(['[', ']', '(', ')', ',']);
        if !(is_clock(bare) || is_date(bare) || is_day_half(bare) || bare == "-->") || bare.is_empty() {
            break;
        }
        has_clock |= is_clock(bare);
        at += word.len();
        end = Some(at);
        at += 1;
        if is_open && word.ends_with([']', ')']) {
            break;
        }
    }
    let end = end.filter(|_| has_clock)?;
    (!is_open || text[..end].ends_with([']', ')'])).then_some(end)
}

/// Whether a line is only a name and a time, as transcribing programs write above what was said: "Lena Holt  0:04".
pub(crate) fn is_speaker_line(line: &str) -> bool {
    const MAX_LINE_BYTES: usize = 60;
    const MAX_NAME_WORDS: usize = 4;
    let line = line.trim();
    if line.len() > MAX_LINE_BYTES || !line.contains(':') {
        return false;
    }
    let (before, after) = split_time(line);
    let name = if before.is_empty() { after } else { before };
    let has_one_name = before.is_empty() != after.is_empty();
    has_one_name
        && name.len() < line.len()
        && name.split_whitespace().count() <= MAX_NAME_WORDS
        && name.chars().all(|ch| ch.is_alphanumeric() || " .'’-".contains(ch))
        && name.starts_with(char::is_uppercase)
}

/// The text before the first time in a line, and the text after it. All is "before" in a line without a time.
pub(crate) fn split_time(line: &str) -> (&str, &str) {
    // A clock time has a colon between two digits.
    let bytes = line.as_bytes();
    let is_digit = |it: Option<usize>| it.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let is_in_clock = |colon: usize| is_digit(colon.checked_sub(1)) && is_digit(colon.checked_add(1));
    if !memchr::memchr_iter(b':', bytes).any(is_in_clock) {
        return (line.trim(), "");
    }
    let mut starts = std::iter::once(0).chain(line.match_indices(' ').map(|(at, _)| at + 1));
    let found = starts.find_map(|start| Some((start, time_length(&line[start..])?)));
    match found {
        Some((start, length)) => (line[..start].trim(), line[start + length..].trim()),
        None => (line.trim(), ""),
    }
}

/// Whether a word is a clock time: "9:12", "00:00:04", "00:00:04.500", "9:12AM".
fn is_clock(word: &str) -> bool {
    let is_number =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !word.starts_with(|ch: char| ch.is_ascii_digit()) {
        return false;
    }
    let mut parts: Vec<&str> = word.split(':').collect();
    let Some(last) = parts.pop().filter(|_| !parts.is_empty() && parts.len() < 4) else { return false };
    let digits = last.bytes().take_while(u8::is_ascii_digit).count();
    let after = last[digits..].trim_start_matches(['.', ',']);
    let ends_well = after.is_empty()
        || is_day_half(after)
        || (after.len() <= 3 && after.bytes().all(|it| it.is_ascii_digit()));
    parts.into_iter().all(is_number) && digits == 2 && ends_well
}

/// Whether a word is a date in numbers: "14/03/2025", "2025-03-14".
fn is_date(word: &str) -> bool {
    if !word.starts_with(|ch: char| ch.is_ascii_digit()) {
        return false;
    }
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|it| matches!(it.len(), 1 | 2 | 4) && it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a word tells the half of a day: "AM", "p.m.".
fn is_day_half(word: &str) -> bool {
    ["am", "pm", "a.m.", "p.m.", "a.m", "p.m"].iter().any(|it| word.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_has_times_and_marks() {
        for (text, opening) in [
            ("[00:00:04] Lena Holt: Hello", "[00:00:04] "),
            ("(0:04) Lena Holt: Hello", "(0:04) "),
            ("[14/03/2025, 09:12:01] Lena Holt: Hello", "[14/03/2025, 09:12:01] "),
            ("14/03/2025, 09:12 - Lena Holt: Hello", "14/03/2025, 09:12 - "),
            ("9:12 AM Lena Holt: Hello", "9:12 AM "),
            ("00:00:04.500 --> 00:00:06,000 Hello", "00:00:04.500 --> 00:00:06,000 "),
            (">> LENA HOLT: Hello", ">> "),
            (">>> Hello", ">>> "),
            ("[00:04] >> Hello", "[00:04] >> "),
            ("> quoted", ""),
            ("14/03/2025 Lena", ""),
            ("[9:12 in the morning", ""),
            ("10 people", ""),
            ("Lena Holt", ""),
            ("", ""),
        ] {
            assert_eq!(&text[..parse_opening(text).length], opening, "{text}");
        }
    }

    #[test]
    fn a_line_with_a_name_and_a_time_opens_a_turn() {
        for (line, expected) in [
            ("Lena Holt  0:04", true),
            ("00:00:04 Lena Holt", true),
            ("Lena Holt [9:12 AM]", true),
            ("Speaker 1 00:10", true),
            ("Lena Holt", false),
            ("0:04", false),
            ("The mayor came at 9:12 and left.", false),
            ("Lena Holt: 9:12", false),
            ("Ann 0:04 Bo", false),
        ] {
            assert_eq!(is_speaker_line(line), expected, "{line}");
        }
    }
}
