//! Word lists of `assets/lexicon`, as text or as constants that the compiler parses.
//!
//! A list has one entry a line, sorted by their bytes; empty lines and lines that begin with `#` are not entries. A note may
//! follow an entry: `actress = female`. A trailing `…` is dropped and the space before it kept: `photo: …` is the entry
//! `photo: ` with a space at its end.

/// The text of `assets/lexicon/NAME.txt`.
macro_rules! word_list_text {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/", $name, ".txt"))
    };
}
pub(crate) use word_list_text;

/// The entries of `assets/lexicon/NAME.txt` without their notes, in the order of the file, as a `[&str; N]`.
macro_rules! word_list {
    ($name:literal) => {{
        const TEXT: &str = $crate::word_list::word_list_text!($name);
        const COUNT: usize = $crate::word_list::count_entries(TEXT);
        const ENTRIES: [&str; COUNT] = $crate::word_list::parse_entries(TEXT);
        ENTRIES
    }};
}
pub(crate) use word_list;

/// How many entries a list has.
pub(crate) const fn count_entries(list: &str) -> usize {
    let (mut rest, mut count) = (list, 0);
    while !rest.is_empty() {
        let (line, below) = split_line(rest);
        count += is_entry(line) as usize;
        rest = below;
    }
    count
}

/// The first `N` entries of a list; where it has fewer, the rest are empty.
pub(crate) const fn parse_entries<const N: usize>(list: &str) -> [&str; N] {
    let (mut entries, mut rest, mut count) = ([""; N], list, 0);
    while !rest.is_empty() && count < N {
        let (line, below) = split_line(rest);
        if is_entry(line) {
            entries[count] = without_ellipsis(without_note(line));
            count += 1;
        }
        rest = below;
    }
    entries
}

const fn is_entry(line: &str) -> bool {
    !line.is_empty() && line.as_bytes()[0] != b'#'
}

/// The first line without its newline, and the lines below it.
const fn split_line(text: &str) -> (&str, &str) {
    let (bytes, mut end) = (text.as_bytes(), 0);
    while end < bytes.len() && bytes[end] != b'\n' {
        end += 1;
    }
    let (line, below) = text.split_at(end);
    if below.is_empty() { (line, below) } else { (line, below.split_at(1).1) }
}

/// The entry of a line: what stands before the first ` = `.
const fn without_note(line: &str) -> &str {
    let (bytes, mut end) = (line.as_bytes(), 0);
    while end + 3 <= bytes.len() {
        if bytes[end] == b' ' && bytes[end + 1] == b'=' && bytes[end + 2] == b' ' {
            return line.split_at(end).0;
        }
        end += 1;
    }
    line
}

const fn without_ellipsis(entry: &str) -> &str {
    match entry.as_bytes() {
        [before @ .., 0xe2, 0x80, 0xa6] => entry.split_at(before.len()).0,
        _ => entry,
    }
}

/// The entries of a list, each with its note; the note may be empty.
pub(crate) fn entries_with_notes(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    // Lines are short: to look at each of their bytes takes less time than to prepare a search.
    let note = |line: &str| line.as_bytes().windows(3).position(|it| it == b" = ");
    let entry = move |line: &'static str| note(line).map_or((line, ""), |at| (&line[..at], &line[at + 3..]));
    list.lines().filter(|it| is_entry(it)).map(entry)
}

/// Whether a list as text has an entry. The note after the entry is ignored. The list is searched by halves, without an
/// index.
pub(crate) fn sorted_list_has(list: &str, entry: &str) -> bool {
    let (mut start, mut end) = (0, list.len());
    while start < end {
        let middle = list.floor_char_boundary(start + (end - start) / 2);
        let line_start = list[start..middle].rfind('\n').map_or(start, |it| start + it + 1);
        let line_end = list[middle..end].find('\n').map_or(end, |it| middle + it);
        let line = &list[line_start..line_end];
        let word = line.split(" = ").next().unwrap_or_default();
        // The comment stands above all entries.
        match if line.starts_with('#') { std::cmp::Ordering::Less } else { word.cmp(entry) } {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => start = (line_end + 1).min(end),
            std::cmp::Ordering::Greater => end = line_start,
        }
    }
    false
}

/// The entries of a list that begin with the same byte as a text; none for an empty text. What begins or equals the text is
/// among them.
pub(crate) fn entries_like<'a>(list: &'a [&'a str], text: &str) -> &'a [&'a str] {
    let Some(first) = text.bytes().next() else { return &[] };
    let start = list.partition_point(|it| it.bytes().next() < Some(first));
    let end = start + list[start..].partition_point(|it| it.bytes().next() == Some(first));
    &list[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_entries_and_comments() {
        const LIST: &str = "# A list.\nphoto: …\n\nin pictures\nlive = often";
        const ENTRIES: [&str; count_entries(LIST)] = parse_entries(LIST);
        assert_eq!(ENTRIES, ["photo: ", "in pictures", "live"]);
        assert_eq!(entries_with_notes(LIST).last(), Some(("live", "often")));
    }

    #[test]
    fn every_list_is_sorted_and_has_no_entry_twice() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon");
        let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        assert!(files.len() > 50);
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let lines: Vec<&str> = text.lines().filter(|it| is_entry(it)).map(without_note).collect();
            for pair in lines.windows(2) {
                assert!(pair[0] < pair[1], "{}: {} before {}", file.display(), pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn an_entry_of_a_sorted_list_is_found_with_or_without_a_value() {
        const LIST: &str = "# A list.\n# Its source.\nAnn = female\nBo\nÇelik = any\nÖzil\n";
        for (entry, expected) in [
            ("Ann", true),
            ("Bo", true),
            ("Çelik", true),
            ("Özil", true),
            ("An", false),
            ("Zed", false),
            ("A list.", false),
            ("", false),
        ] {
            assert_eq!(sorted_list_has(LIST, entry), expected, "{entry}");
        }
        assert!(!sorted_list_has("", "Ann"));
    }

    #[test]
    fn entries_like_a_text_begin_with_its_first_byte() {
        const LIST: &[&str] = &["an", "ann", "bo", "é"];
        for (text, expected) in [
            ("anna", &LIST[..2]),
            ("a", &LIST[..2]),
            ("bo", &LIST[2..3]),
            ("è", &LIST[3..]),
            ("c", &[]),
            ("", &[]),
        ] {
            assert_eq!(entries_like(LIST, text), expected, "{text}");
        }
    }
}
