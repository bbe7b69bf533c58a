//! How many columns words take on a terminal, counted by grapheme cluster, and how words are shortened to fit.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that `words` take.
pub(crate) fn display_width(words: &str) -> usize {
    if words.is_ascii() { words.len() } else { words.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// `words` in at most `room` columns: whole where they fit, else cut between
/// two words (or in one, where nearly nothing would be left) and closed by "…".
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

/// `words` cut in two where the row is full: what fits in `room` columns, between two words if that can be, and the rest.
pub(crate) fn split_at_width(words: &str, room: usize) -> (&str, &str) {
    if display_width(words) <= room {
        return (words, "");
    }
    let full = byte_at_column(words, room);
    let torn = if words[full..].starts_with(' ') { Some(full) } else { words[..full].rfind(' ') };
    let cut = torn.filter(|it| *it > 0).unwrap_or(full);
    (words[..cut].trim_end(), words[cut..].trim_start())
}

/// The end of `words` in at most `room` columns, from the start of a word on.
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

/// The byte of `words` at which the cluster begins that covers `column`; the
/// end of `words` where it is wider.
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

/// The minutes that a person takes for some words, at 230 a minute.
pub(crate) fn reading_minutes(words: usize) -> usize {
    words.div_ceil(230).max(1)
}

/// Words by the blanks before them; a long story is counted before its first frame.
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
