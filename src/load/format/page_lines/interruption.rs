//! Interruptions: the lines between two halves of a sentence that the end of a page cut in two.

use crate::load::format::hard_wrap;
use crate::load::format::page_lines::{is_numbered_part, is_page_number};
use crate::load::structure::{furniture, headline};
use crate::word_list::word_list;

/// Maximum size of a headline in bytes.
const MAX_HEADLINE_BYTES: usize = 120;

/// Marks the lines between two halves of a sentence, if they are those of a page break: the first half has no stop, the second begins in lower
/// case, and one line between them is a number, a date, a title of a newspaper or a note on pages.
pub(super) fn mark(flags: &mut [bool], lines: &[&str]) {
    // A headline ends without a stop.
    let headline = lines.iter().position(|it| !it.trim().is_empty()).unwrap_or_default();
    let is_headline = lines.get(headline).is_some_and(|it| it.trim().len() <= MAX_HEADLINE_BYTES);
    let mut at = headline + usize::from(is_headline);
    while at < lines.len() {
        let end = is_open_line(lines[at]).then(|| end_of_interruption(lines, at)).flatten();
        if let Some(end) = end {
            for number in at + 1..end {
                flags[number] |= !lines[number].trim().is_empty();
            }
        }
        at = end.unwrap_or(at + 1);
    }
}

/// Whether a line is a part of a text that ends inside a sentence.
fn is_open_line(line: &str) -> bool {
    const MIN_LINE_BYTES: usize = 24;
    let line = line.trim();
    line.len() >= MIN_LINE_BYTES
        && line.ends_with(|ch: char| ch.is_alphanumeric() || matches!(ch, ',' | '-' | '’'))
        && line.contains(char::is_lowercase)
        && !is_evidence(line)
}

/// The index of the line that goes on with the sentence of the line at `last`; `None` if no page break is between them.
fn end_of_interruption(lines: &[&str], last: usize) -> Option<usize> {
    /// The number, the head and the foot of a page, with a note on where the text goes on.
    const MAX_HEAD_LINES: usize = 4;
    const MAX_LINES: usize = 12;
    let (mut heads, mut evidence, mut has_gap) = (0, 0, false);
    for number in (last + 1..lines.len()).take(MAX_LINES) {
        let line = lines[number].trim();
        // Directly below text, a name or a date may be a part of it; a number or a line that is set apart is none.
        let is_apart = has_gap || heads > 0 || is_set_apart(lines[number]);
        let is_evident = is_apart && (is_evidence(line) || (has_gap && furniture::is_furniture(line)));
        match () {
            () if line.is_empty() => has_gap = true,
            () if !is_evident && hard_wrap::runs_on(lines[last], line) => {
                return (evidence > 0).then_some(number);
            }
            () if heads < MAX_HEAD_LINES && (is_evident || (is_apart && may_be_head(line))) => {
                heads += 1;
                evidence += usize::from(is_evident);
            }
            () => return None,
        }
    }
    None
}

/// Maximum size of a line of a page's head or foot in bytes.
const MAX_HEAD_BYTES: usize = 100;

/// Whether a line is a number, or far from the edge, or has parts far from each other, as the lines of a paragraph have not.
fn is_set_apart(line: &str) -> bool {
    const MIN_INDENT: usize = 8;
    let indent = line.len() - line.trim_start().len();
    is_page_number(line) || indent >= MIN_INDENT || line.trim().contains("   ")
}

/// Whether a line can be a head beside one that certainly is.
fn may_be_head(line: &str) -> bool {
    line.len() <= MAX_HEAD_BYTES
        && line.starts_with(|ch: char| ch.is_uppercase() || ch.is_ascii_digit())
        && line.ends_with(|ch: char| ch.is_alphanumeric() || ch == ')')
}

/// Whether a line alone is that of a page: its number, the date, a newspaper, an address, a note.
fn is_evidence(line: &str) -> bool {
    if line.is_empty() || line.len() > MAX_HEAD_BYTES {
        return false;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    let has_phrase = || PHRASES.iter().any(|it| bare.starts_with(it)) || is_continuation(bare);
    let has_date = || {
        let date = line.split_once(", ").map_or("", |it| it.1);
        headline::is_date(line) || headline::is_date(date)
    };
    is_page_number(line)
        || is_section_number(line)
        || is_roman_number(line)
        || is_numbered_part(line)
        || has_date()
        || has_phrase()
        || is_address(line)
        || is_title(line)
}

/// Whether a line says from or on which page a story goes on: "ORCHESTRA from page 1".
fn is_continuation(lower: &str) -> bool {
    const MAX_WORDS: usize = 8;
    let is_number = |it: &str| it.trim_start_matches(|ch: char| ch.is_alphabetic()).parse::<u16>().is_ok();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    lower.split(' ').count() <= MAX_WORDS
        && is_number(last)
        && [" from page ", " on page ", " from p", " on p", " continued "].iter().any(|it| lower.contains(it))
}

/// Whether a line is the number of a page in a section of a newspaper: "A7", "B 4".
fn is_section_number(line: &str) -> bool {
    const MAX_BYTES: usize = 5;
    let number = line.strip_prefix(|ch: char| ch.is_ascii_uppercase()).map(str::trim_start);
    line.len() <= MAX_BYTES
        && number.is_some_and(|it| {
            let digits = it.trim_start_matches('-');
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Whether a line is a number in small Roman letters, up to 89.
fn is_roman_number(line: &str) -> bool {
    let tens = line.strip_prefix("xl").or_else(|| {
        let rest = line.strip_prefix('l').unwrap_or(line);
        let count = rest.bytes().take_while(|it| *it == b'x').count().min(3);
        Some(&rest[count..])
    });
    let is_unit =
        |it: &str| matches!(it, "" | "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix");
    !line.is_empty() && tens.is_some_and(is_unit)
}

/// Whether the first word of a line is a web address.
fn is_address(line: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|it| line.starts_with(it))
}

/// Whether a line is the title of a newspaper, a report or a chapter: it has a word for one, and all its long words are capitalised.
fn is_title(line: &str) -> bool {
    const MAX_WORDS: usize = 8;
    const MIN_LONG_WORD_BYTES: usize = 4;
    let words = || {
        line.split(|ch: char| !(ch.is_alphanumeric() || matches!(ch, '’' | '\''))).filter(|it| !it.is_empty())
    };
    let is_long = |it: &&str| it.len() >= MIN_LONG_WORD_BYTES;
    line.starts_with(char::is_uppercase)
        && line.ends_with(char::is_alphanumeric)
        && words().count() <= MAX_WORDS
        && words().filter(is_long).all(|it| !it.starts_with(char::is_lowercase))
        && words().any(|it| HEAD_WORDS.contains(&it.to_lowercase().as_str()))
}

const PHRASES: &[&str] = &word_list!("page-break-phrases");
const HEAD_WORDS: &[&str] = &word_list!("running-head-words");

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: &str = "the trees up the hill when I was nine, and I will not watch while";

    fn marked(between: &str, next: &str) -> Vec<String> {
        marked_in(&format!("The oaks of Velm\n\n{HALF}\n{between}\n{next}"))
    }

    fn marked_in(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        let mut flags = vec![false; lines.len()];
        mark(&mut flags, &lines);
        let found = lines.iter().zip(flags).filter(|it| it.1);
        found.map(|it| it.0.trim().to_owned()).collect()
    }

    #[test]
    fn the_heads_between_two_halves_of_a_sentence_are_found() {
        for between in [
            "\n3 | The Forest Times\n",
            "\n3\nThe Forest Times\n",
            "\nThe Forest Times\n",
            "\nTHE FOREST TIMES\nMONDAY, JUNE 2, 2025\nA7\n",
            "\nForest Times, 2 June 2025\n",
            "\nTHE FOREST TIMES, MONDAY, JUNE 2, 2025\n",
            "\nB 4\n",
            "\nxii\n",
            "\niv\n\nReport of the Forest Inquiry\n",
            "\nChapter 2: The hill     31\n",
            "\nCONTINUED FROM A1\n",
            "\nDraft – not for publication\n",
            "\nhttps://www.forest.example/news    2/4\n06/05/2025, 09:14\n",
            "\nContinued on page 14\n\nORCHESTRA from page 1\n",
            "                    3\nThe Forest Times      2 June 2025\n",
            "3\nForest inquiry\n",
            "17\nThe Velm Herald, 3 June 2024",
            "\n- 4 -\nBRACKWELL GAZETTE · Tuesday 6 May 2025\n",
            "\nFOREST TIMES — 2 June 2025 — Page 7\n",
            "\nAdvertisement\n",
        ] {
            let expected: Vec<&str> = between.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
            assert_eq!(marked(between, "they carry them down again.”"), expected, "{between}");
        }
    }

    #[test]
    fn a_headline_does_not_go_on_below_its_date() {
        let text =
            "Nine hurt in collapse of a crane\n\nFriday, June 6, 2025\n\npilgrims at the gate in 2008.";
        assert_eq!(marked_in(text), [""; 0]);
    }

    #[test]
    fn what_is_no_head_between_two_halves_stays() {
        for (between, next) in [
            ("\nCLOSED UNTIL MONDAY\n", "hung on the door."),
            ("\nRose of my heart\nLily of my sorrow\n", "was sung by all."),
            ("\nThe mayor of Velm\n", "wept."),
            ("", "they carry them down again.”"),
            ("\n3\n", "They carry them down again."),
            ("\nThe Forest Times says so.\n", "they carry them down again."),
            ("\nThe Times was read by nobody in the town of Velm\n", "they carry them down again."),
            ("Friday. “I trusted him,” said Olga Stein. “It\nI bought, and I sold\n\n2/4\n", "what I had.”"),
            ("The Forest Times", "and they wept."),
            ("2 June 2025", "they carry them down again.”"),
            ("\nill\n", "they carry them down again."),
            ("\n1. the oak\n2. the ash\n", "and the elm."),
        ] {
            assert_eq!(marked(between, next), Vec::<String>::new(), "{between}");
        }
    }
}
