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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_entries_and_comments() {
        const LIST: &str = "# A list.\nphoto: …\n\nin pictures\nlive";
        const ENTRIES: [&str; count_entries(LIST)] = parse_entries(LIST);
        assert_eq!(ENTRIES, ["photo: ", "in pictures", "live"]);
    }
}
