//! Display width: columns of text in a terminal, counted by grapheme cluster; truncation and splitting.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of `text` in columns.
pub(crate) fn display_width(words: &str) -> usize {
    if words.is_ascii() { words.len() } else { words.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// `text` in at most `max_width` columns. If it is too long, it is cut after a word, or within a word if less than a
/// third would be left, and ends in "…".
pub(crate) fn truncate(words: &str, room: usize) -> Cow<'_, str> {
    if display_width(words) <= room {
        return Cow::Borrowed(words);
    }
    let head = &words[..byte_at_column(words, room.saturating_sub(2))];
    let whole = if words[head.len()..].starts_with(' ') { head.len() } else { head.rfind(' ').unwrap_or(0) };
    let whole = head[..whole].trim_end();
    match room {
        0 => Cow::Borrowed(""),
        _ if display_width(whole) * 3 >= room => Cow::Owned(format!("{whole} …")),
        _ => Cow::Owned(format!("{}…", words[..byte_at_column(words, room - 1)].trim_end())),
    }
}

/// Splits `text` at `max_width` columns, between two words if possible: the part that fits, and the rest.
pub(crate) fn split_at_width(words: &str, room: usize) -> (&str, &str) {
    if display_width(words) <= room {
        return (words, "");
    }
    let full = byte_at_column(words, room);
    let torn = if words[full..].starts_with(' ') { Some(full) } else { words[..full].rfind(' ') };
    let cut = torn.filter(|it| *it > 0).unwrap_or(full);
    (words[..cut].trim_end(), words[cut..].trim_start())
}

/// The end of `text` in at most `max_width` columns, starting with a whole word.
pub(crate) fn take_end(words: &str, room: usize) -> &str {
    let mut passed = 0;
    let mut start = words.len();
    for (byte, cluster) in words.grapheme_indices(true).rev() {
        passed += cluster.width();
        if passed > room {
            break;
        }
        start = byte;
    }
    let tail = &words[start..];
    match words[..start].chars().next_back() {
        Some(before) if !before.is_whitespace() => {
            tail.find(char::is_whitespace).map_or("", |blank| tail[blank..].trim_start())
        }
        _ => tail.trim_start(),
    }
}

/// The byte offset of the grapheme cluster that covers `column`; the length of `text` if it is narrower.
pub(crate) fn byte_at_column(words: &str, column: usize) -> usize {
    let mut passed = 0;
    for (byte, cluster) in words.grapheme_indices(true) {
        passed += cluster.width();
        if passed > column {
            return byte;
        }
    }
    words.len()
}

/// Reading time in minutes, rounded up, at least 1.
pub(crate) fn reading_minutes(words: usize) -> usize {
    words.div_ceil(230).max(1)
}

/// The number of words, separated by ASCII white space. It is fast because it runs before the first frame.
pub(crate) fn count_words(text: &str) -> usize {
    let mut before = b' ';
    let starts = text.bytes().filter(|byte| {
        let starts = before.is_ascii_whitespace() && !byte.is_ascii_whitespace();
        before = *byte;
        starts
    });
    starts.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_counts_as_one_sign() {
        for (words, wide) in
            [("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👩‍🚀", 2), ("❤\u{fe0f}", 2), ("", 0)]
        {
            assert_eq!(display_width(words), wide, "{words}");
        }
    }

    #[test]
    fn words_are_cut_between_words_where_there_is_room() {
        for (words, room, short) in [
            ("The ferry is late", 17, "The ferry is late"),
            ("The ferry is late", 16, "The ferry is …"),
            ("The ferry is late", 14, "The ferry is …"),
            ("The ferry is late", 11, "The ferry …"),
            ("Incomprehensibilities", 8, "Incompr…"),
            ("日本語", 4, "日…"),
            ("ab", 1, "…"),
            ("ab", 0, ""),
        ] {
            assert_eq!(truncate(words, room), short, "{room}");
        }
    }

    #[test]
    fn words_are_broken_where_the_row_is_full() {
        for (words, room, first, rest) in [
            ("The ferry", 9, "The ferry", ""),
            ("The ferry is late", 12, "The ferry is", "late"),
            ("The ferry is late", 11, "The ferry", "is late"),
            ("Incomprehensible", 5, "Incom", "prehensible"),
            ("日本語", 4, "日本", "語"),
            ("ab", 0, "", "ab"),
        ] {
            assert_eq!(split_at_width(words, room), (first, rest), "{words} {room}");
        }
        for (words, room, end) in [
            ("The ferry is late", 7, "is late"),
            ("The ferry is late", 8, "is late"),
            ("The ferry", 30, "The ferry"),
            ("late", 2, ""),
            ("", 9, ""),
        ] {
            assert_eq!(take_end(words, room), end, "{words} {room}");
        }
    }

    #[test]
    fn a_column_finds_the_sign_that_covers_it() {
        assert_eq!(byte_at_column("a日b", 0), 0);
        assert_eq!(byte_at_column("a日b", 2), 1);
        assert_eq!(byte_at_column("a日b", 3), 4);
        assert_eq!(byte_at_column("a日b", 9), 5);
    }
}
