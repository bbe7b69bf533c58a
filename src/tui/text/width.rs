//! Display width: columns of text in a terminal, counted by grapheme cluster; truncation and splitting.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{counted, grouped};

/// The width of `text` in columns.
pub(crate) fn display_width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// `text` in at most `max_width` columns. If it is too long, it is cut after a word if a third is left, else after a hyphen if a
/// half is left, else anywhere, and ends in "…".
pub(crate) fn truncate(text: &str, max_width: usize) -> Cow<'_, str> {
    if display_width(text) <= max_width {
        return Cow::Borrowed(text);
    }
    let head = &text[..byte_at_column(text, max_width.saturating_sub(2))];
    let whole = if text[head.len()..].starts_with(' ') { head.len() } else { head.rfind(' ').unwrap_or(0) };
    // A text that was cut before has its ellipsis already.
    let uncut = |end: usize| text[..end].trim_end_matches([' ', '…']);
    let whole = uncut(whole);
    let hyphenated = after_hyphen(head).map(|it| &head[..it]);
    let is_enough = |part: &str, of: usize| display_width(part) * of >= max_width;
    match max_width {
        0 => Cow::Borrowed(""),
        _ if is_enough(whole, 3) => Cow::Owned(format!("{whole} …")),
        _ if hyphenated.is_some_and(|it| is_enough(it, 2)) => {
            Cow::Owned(format!("{}…", hyphenated.unwrap_or_default()))
        }
        _ => Cow::Owned(format!("{}…", uncut(byte_at_column(text, max_width - 1)))),
    }
}

/// The offset after the last hyphen within a word; `None` without one.
fn after_hyphen(text: &str) -> Option<usize> {
    let is_within_word = |it: &(usize, &str)| text[..it.0].ends_with(char::is_alphabetic);
    text.rmatch_indices('-').find(is_within_word).map(|it| it.0 + 1)
}

/// Splits `text` at `max_width` columns, between two words if possible, else after a hyphen: the part that fits, and the rest.
pub(crate) fn split_at_width(text: &str, max_width: usize) -> (&str, &str) {
    if display_width(text) <= max_width {
        return (text, "");
    }
    let full = byte_at_column(text, max_width);
    let space = if text[full..].starts_with(' ') { Some(full) } else { text[..full].rfind(' ') };
    let cut = space.filter(|it| *it > 0).or_else(|| after_hyphen(&text[..full])).unwrap_or(full);
    (text[..cut].trim_end(), text[cut..].trim_start())
}

/// The end of `text` in at most `max_width` columns, starting with a whole word.
pub(crate) fn take_end(text: &str, max_width: usize) -> &str {
    let mut columns = 0;
    let mut start = text.len();
    for (offset, cluster) in text.grapheme_indices(true).rev() {
        columns += cluster.width();
        if columns > max_width {
            break;
        }
        start = offset;
    }
    let tail = &text[start..];
    match text[..start].chars().next_back() {
        Some(before) if !before.is_whitespace() => {
            tail.find(char::is_whitespace).map_or("", |space| tail[space..].trim_start())
        }
        _ => tail.trim_start(),
    }
}

/// The beginning of `text` in at most `max_width` columns, ending with a whole word.
pub(crate) fn take_start(text: &str, max_width: usize) -> &str {
    let head = &text[..byte_at_column(text, max_width)];
    let is_whole = text[head.len()..].chars().next().is_none_or(char::is_whitespace);
    let end = if is_whole { Some(head.len()) } else { head.rfind(char::is_whitespace) };
    head[..end.unwrap_or(0)].trim_end()
}

/// The byte offset of the grapheme cluster that covers `column`; the length of `text` if it is narrower.
pub(crate) fn byte_at_column(text: &str, column: usize) -> usize {
    let mut columns = 0;
    for (offset, cluster) in text.grapheme_indices(true) {
        columns += cluster.width();
        if columns > column {
            return offset;
        }
    }
    text.len()
}

/// Reading speed of an adult.
const WORDS_PER_MINUTE: usize = 230;

/// From this number of hours on, a reading time has no minutes.
const MIN_HOURS_ALONE: usize = 3;

/// Reading time in hours and minutes: minutes are rounded up, and are at least 1; whole hours are rounded.
fn reading_time(words: usize) -> (usize, usize) {
    let minutes = words.div_ceil(WORDS_PER_MINUTE).max(1);
    let whole_hours = (minutes + 30) / 60;
    if whole_hours >= MIN_HOURS_ALONE { (whole_hours, 0) } else { (minutes / 60, minutes % 60) }
}

/// The reading time of a number of words in few columns: "4 min", "1 h 20 min", "13 h".
pub(crate) fn short_reading_time(words: usize) -> String {
    match reading_time(words) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{} h", grouped(hours)),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The reading time of a number of words: "4 minutes", "1 hour 20 minutes", "13 hours"; "0 minutes" for no words.
pub(crate) fn long_reading_time(words: usize) -> String {
    match reading_time(words) {
        _ if words == 0 => counted(0, "minute"),
        (0, minutes) => counted(minutes, "minute"),
        (hours, 0) => counted(hours, "hour"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

/// The number of words, separated by ASCII white space. It is fast because it runs before the first frame.
pub(crate) fn count_words(text: &str) -> usize {
    const SPACES: [u8; 5] = *b" \n\t\r\x0c";
    // Numbers without early ends, not truth values: the compiler makes vectors of them.
    let space = |byte: u8| SPACES.iter().fold(0, |any, it| any | u8::from(*it == byte));
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let later: usize = pairs.map(|(one, next)| usize::from(space(*one) & (1 - space(*next)))).sum();
    later + bytes.first().map_or(0, |it| usize::from(1 - space(*it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_between_any_spaces() {
        for text in
            ["", " ", "one", " one", "one ", "one two\nthree", "  one \t two\r\n\u{c}three  ", "“one” — two"]
        {
            assert_eq!(count_words(text), text.split_ascii_whitespace().count(), "{text:?}");
        }
    }

    #[test]
    fn long_reading_times_are_told_in_hours() {
        for (words, short, long) in [
            (0, "1 min", "0 minutes"),
            (1, "1 min", "1 minute"),
            (231, "2 min", "2 minutes"),
            (59 * 230, "59 min", "59 minutes"),
            (60 * 230, "1 h", "1 hour"),
            (80 * 230, "1 h 20 min", "1 hour 20 minutes"),
            (121 * 230, "2 h 1 min", "2 hours 1 minute"),
            (170 * 230, "3 h", "3 hours"),
            (782 * 230, "13 h", "13 hours"),
        ] {
            assert_eq!((short_reading_time(words), long_reading_time(words)), (short.into(), long.into()));
        }
    }

    #[test]
    fn a_grapheme_cluster_counts_as_one_character() {
        for (words, wide) in
            [("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👩‍🚀", 2), ("❤\u{fe0f}", 2), ("", 0)]
        {
            assert_eq!(display_width(words), wide, "{words}");
        }
    }

    #[test]
    fn words_are_cut_between_words_where_there_is_room() {
        for (words, max_width, short) in [
            ("The ferry is late", 17, "The ferry is late"),
            ("The ferry is late", 16, "The ferry is …"),
            ("The ferry is late", 14, "The ferry is …"),
            ("The ferry is late", 11, "The ferry …"),
            ("Incomprehensibilities", 8, "Incompr…"),
            ("Maximiliano Villavicencio-Montemayor", 34, "Maximiliano Villavicencio-…"),
            ("Directorate-General", 14, "Directorate-…"),
            ("Villavicencio-Montemayor y Soto-Real", 22, "Villavicencio-…"),
            ("Hernández-Villavicencio", 22, "Hernández-Villavicenc…"),
            ("-- dashes", 5, "-- …"),
            ("The ferry is … late and slow", 18, "The ferry is …"),
            ("Incompr… ensibilities", 10, "Incompr …"),
            ("日本語", 4, "日…"),
            ("ab", 1, "…"),
            ("ab", 0, ""),
        ] {
            assert_eq!(truncate(words, max_width), short, "{max_width}");
        }
    }

    #[test]
    fn words_are_broken_where_the_row_is_full() {
        for (words, max_width, first, rest) in [
            ("The ferry", 9, "The ferry", ""),
            ("The ferry is late", 12, "The ferry is", "late"),
            ("The ferry is late", 11, "The ferry", "is late"),
            ("Incomprehensible", 5, "Incom", "prehensible"),
            ("Directorate-General for Research", 15, "Directorate-", "General for Research"),
            ("日本語", 4, "日本", "語"),
            ("ab", 0, "", "ab"),
        ] {
            assert_eq!(split_at_width(words, max_width), (first, rest), "{words} {max_width}");
        }
        for (words, max_width, end) in [
            ("The ferry is late", 7, "is late"),
            ("The ferry is late", 8, "is late"),
            ("The ferry", 30, "The ferry"),
            ("late", 2, ""),
            ("", 9, ""),
        ] {
            assert_eq!(take_end(words, max_width), end, "{words} {max_width}");
        }
        for (words, max_width, start) in [
            ("The ferry is late", 9, "The ferry"),
            ("The ferry is late", 8, "The"),
            ("The ferry", 30, "The ferry"),
            (", who", 3, ","),
            ("late", 2, ""),
        ] {
            assert_eq!(take_start(words, max_width), start, "{words} {max_width}");
        }
    }

    #[test]
    fn a_column_finds_the_character_that_covers_it() {
        assert_eq!(byte_at_column("a日b", 0), 0);
        assert_eq!(byte_at_column("a日b", 2), 1);
        assert_eq!(byte_at_column("a日b", 3), 4);
        assert_eq!(byte_at_column("a日b", 9), 5);
    }
}
