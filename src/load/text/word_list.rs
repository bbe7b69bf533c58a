//! Word lists of `assets/lexicon` as constants, parsed by the compiler.
//!
//! A list has one entry a line; empty lines and lines that begin with `#` are not entries. A trailing `…` is dropped and
//! the space before it kept: `photo: …` is the entry `photo: ` with a space at its end.

/// The entries of `assets/lexicon/NAME.txt`, in the order of the file, as a `[&str; N]`.
macro_rules! word_list {
    ($name:literal) => {{
        const TEXT: &str =
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/", $name, ".txt"));
        const COUNT: usize = $crate::load::text::word_list::count_entries(TEXT);
        const ENTRIES: [&str; COUNT] = $crate::load::text::word_list::parse_entries(TEXT);
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
            entries[count] = without_ellipsis(line);
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

const fn without_ellipsis(entry: &str) -> &str {
    match entry.as_bytes() {
        [before @ .., 0xe2, 0x80, 0xa6] => entry.split_at(before.len()).0,
        _ => entry,
    }
}

/// Whether a sorted list, as text, has an entry. A value after the entry (" = female") is ignored. The list is searched by
/// halves, without an index.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_entries_and_comments() {
        const LIST: &str = "# A list.\nphoto: …\n\nin pictures\nlive";
        const ENTRIES: [&str; count_entries(LIST)] = parse_entries(LIST);
        assert_eq!(ENTRIES, ["photo: ", "in pictures", "live"]);
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
}
