//! Page lines: page numbers and running heads, which a copy of printed pages has between its paragraphs or inside them.

mod interruption;

use std::collections::HashMap;

use crate::load::structure::headline;

/// The indices of the lines of a text that are page numbers or running heads, as one flag a line.
pub(crate) fn find_page_lines(lines: &[&str]) -> Vec<bool> {
    let mut flags: Vec<bool> = lines.iter().map(|it| is_page_number(it)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|it| may_be_running_head(it)) {
        *counts.entry(without_digits(line)).or_default() += 1;
    }
    for (number, line) in lines.iter().enumerate() {
        if flags[number] || !may_be_running_head(line) {
            continue;
        }
        let is_repeated =
            || is_alone(lines, number) && counts.get(&without_digits(line)).is_some_and(|it| *it > 1);
        flags[number] = (beside(&flags, lines, number) || is_repeated()) && is_head_shaped(line)
            || is_alone(lines, number) && is_numbered_head(line);
    }
    // A number alone at the start of a text, or in a list of numbers, is no page number.
    for number in 0..lines.len() {
        if flags[number] && is_page_number(lines[number]) && !is_alone_with_flags(&flags, lines, number) {
            flags[number] = false;
        }
    }
    interruption::mark(&mut flags, lines);
    flags
}

/// Whether a line is a page number: "12", "- 4 -", "Page 3", "Page 3 of 7".
fn is_page_number(line: &str) -> bool {
    const MAX_DIGITS: usize = 4;
    /// "Page 1234 of 1234" is the longest.
    const MAX_BYTES: usize = 17;
    const MARKS: [char; 7] = ['-', '–', '—', '|', ' ', '[', ']'];
    let bare = line.trim_end().trim_end_matches(MARKS);
    // Nearly all lines end with another character, which saves what follows.
    if !bare.ends_with(|it: char| it.is_ascii_digit()) {
        return false;
    }
    let bare = bare.trim_start().trim_start_matches(MARKS);
    if bare.len() > MAX_BYTES {
        return false;
    }
    let lower = bare.to_ascii_lowercase();
    let number = ["page ", "p. ", "p."].iter().find_map(|it| lower.strip_prefix(it)).unwrap_or(&lower);
    let (first, rest) = number.split_once(" of ").or_else(|| number.split_once('/')).unwrap_or((number, "1"));
    let is_number = |it: &str| {
        !it.is_empty() && it.len() <= MAX_DIGITS && it.trim().bytes().all(|byte| byte.is_ascii_digit())
    };
    is_number(first) && is_number(rest)
}

/// Whether a line is short enough for a running head and does not end like a sentence.
fn may_be_running_head(line: &str) -> bool {
    const MAX_HEAD_BYTES: usize = 120;
    let line = line.trim();
    !line.is_empty()
        && line.len() <= MAX_HEAD_BYTES
        && !line.ends_with(['.', '!', '?', '”', '"', ',', ':', ';'])
}

/// Whether a line is set like a running head: two parts far apart, in capitals, or with a date.
fn is_head_shaped(line: &str) -> bool {
    let line = line.trim();
    let in_capitals = !line.contains(char::is_lowercase) && line.contains(char::is_alphabetic);
    let mut parts = line.split("   ").map(str::trim).filter(|it| !it.is_empty());
    let has_parts = line.contains("   ");
    in_capitals || has_parts || parts.any(headline::is_date)
}

/// Whether the parts of a line, which stand far apart, are those of a running head: one of them is the number of a page, and one a date or
/// in capitals, or the number has the word "Page" before it.
fn is_numbered_head(line: &str) -> bool {
    let parts: Vec<&str> = line.split("   ").map(str::trim).filter(|it| !it.is_empty()).collect();
    let is_named = |it: &str| it.starts_with(['P', 'p']) && is_page_number(it);
    let in_capitals = |it: &str| !it.contains(char::is_lowercase) && it.contains(char::is_alphabetic);
    let has_number = parts.iter().any(|it| is_page_number(it));
    let has_head = || parts.iter().any(|it| is_named(it) || headline::is_date(it) || in_capitals(it));
    parts.len() > 1 && has_number && has_head()
}

/// Whether one part of a line is the number of a page or a date, set apart by spaces, a bar, a dot or a dash.
fn is_numbered_part(line: &str) -> bool {
    ["   ", " | ", " · ", " • ", " — ", " – "].iter().any(|it| {
        let mut parts = line.split(it).map(str::trim).filter(|it| !it.is_empty());
        line.contains(it) && parts.any(|it| is_page_number(it) || headline::is_date(it))
    })
}

/// A line without its digits and spaces, so that the heads of two pages are alike.
fn without_digits(line: &str) -> String {
    line.chars().filter(|it| !it.is_ascii_digit() && !it.is_whitespace()).collect()
}

/// Whether a page number stands in the lines directly before or after a line; empty lines do not count.
fn beside(flags: &[bool], lines: &[&str], number: usize) -> bool {
    const MAX_EMPTY_LINES: usize = 3;
    let is_empty = |it: &usize| lines[*it].trim().is_empty();
    let before = (0..number).rev().take(MAX_EMPTY_LINES + 1).find(|it| !is_empty(it));
    let after = (number + 1..lines.len()).take(MAX_EMPTY_LINES + 1).find(|it| !is_empty(it));
    before.into_iter().chain(after).any(|it| flags[it])
}

/// Whether empty lines stand around a line.
fn is_alone(lines: &[&str], number: usize) -> bool {
    let is_empty = |it: Option<&&str>| it.is_none_or(|line| line.trim().is_empty());
    is_empty(number.checked_sub(1).and_then(|it| lines.get(it))) && is_empty(lines.get(number + 1))
}

/// Whether a page number stands apart: an empty line or another page line on both sides, and text before it.
fn is_alone_with_flags(flags: &[bool], lines: &[&str], number: usize) -> bool {
    let is_apart = |it: usize| lines.get(it).is_none_or(|line| line.trim().is_empty()) || flags[it];
    let has_text_before = lines[..number].iter().rev().take(3).any(|it| it.contains(char::is_alphabetic));
    let is_text = |it: &&&str| !it.trim().is_empty();
    let (before, after) = (&lines[..number], lines.get(number + 1..).unwrap_or_default());
    let neighbors =
        before.iter().rev().take(3).find(is_text).into_iter().chain(after.iter().take(3).find(is_text));
    let has_number_beside = neighbors.into_iter().any(|it| is_page_number(it));
    has_text_before
        && !has_number_beside
        && number.checked_sub(1).is_none_or(is_apart)
        && is_apart(number + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_and_running_heads_are_found() {
        for (text, expected) in [
            (
                "It rained and one\n\n   12\nTHE TARN COURIER          Friday, March 14, 2025\n\nwas a dog.",
                vec![2, 3],
            ),
            ("It rained and one\n\n- 4 -\n\nwas a dog.", vec![2]),
            ("It rained and one\n\nPage 3 of 7\n\nwas a dog.", vec![2]),
            (
                "It rained.\n\nTarn Courier    Page 1\n\nIt stopped.\n\nTarn Courier    Page 2\n\nIt rained.",
                vec![2, 6],
            ),
            ("It rained and one\n\nTarn Courier     14 May 2024     Page 2\n\nwas a dog.", vec![2]),
            ("It rained.\n\nNorway     12\n\nIt stopped.", vec![]),
            ("The vote:\n\n12\n\n13\n\nThat was it.", vec![]),
            ("12\n13\n14", vec![]),
            ("It rained.\n\nANN LEE WINS\n\nIt stopped.", vec![]),
            ("It rained.", vec![]),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            let flags = find_page_lines(&lines);
            let found: Vec<usize> = (0..lines.len()).filter(|it| flags[*it]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
