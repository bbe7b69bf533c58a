//! Quotation marks of a labelled text: the ranges between them.

use crate::gold::CharRange;
use crate::words::is_word_char;

/// The ranges in quotation marks, marks included. An unclosed mark runs to the end of its paragraph.
pub(crate) fn quoted_ranges(chars: &[char]) -> Vec<CharRange> {
    let mut found = Vec::new();
    let mut start = 0;
    for paragraph in chars.split(|it| *it == '\n') {
        find_double(paragraph, start, &mut found);
        start += paragraph.len() + 1;
    }
    find_single(chars, curly_end, &mut found);
    find_single(chars, straight_end, &mut found);
    found.sort_unstable();
    found
}

fn find_double(paragraph: &[char], base: usize, found: &mut Vec<CharRange>) {
    let mut opened = None;
    let mut at = 0;
    while at < paragraph.len() {
        let ch = paragraph[at];
        let two = paragraph.get(at..at + 2);
        let closes_twice = two == Some(&['\'', '\'']);
        let opens_twice = closes_twice || two == Some(&['`', '`']);
        match opened {
            None if matches!(ch, '“' | '„' | '«' | '"') || opens_twice => {
                opened = Some(at);
                at += usize::from(opens_twice);
            }
            Some(start) if matches!(ch, '”' | '»' | '"') || closes_twice => {
                found.push((base + start, base + at + 1 + usize::from(closes_twice)));
                opened = None;
                at += usize::from(closes_twice);
            }
            Some(start) if ch == '“' => {
                found.push((base + start, base + at));
                opened = Some(at);
            }
            _ => {}
        }
        at += 1;
    }
    if let Some(start) = opened {
        found.push((base + start, base + paragraph.len()));
    }
}

/// Appends the ranges that `end` finds, unless they begin inside another one.
fn find_single(chars: &[char], end: fn(&[char], usize) -> Option<usize>, found: &mut Vec<CharRange>) {
    let mut at = 0;
    while at < chars.len() {
        match end(chars, at) {
            Some(end) => {
                if !found.iter().any(|it| it.0 <= at && at < it.1) {
                    found.push((at, end));
                }
                at = end;
            }
            None => at += 1,
        }
    }
}

/// The fewest characters between single quotation marks.
const MIN_SINGLE_QUOTED_CHARS: usize = 12;

/// The end of the range that ‘ opens at `at`, after its ’.
fn curly_end(chars: &[char], at: usize) -> Option<usize> {
    let word_start = at == 0 || !(is_word_char(chars[at - 1]) || chars[at - 1] == '’');
    if chars[at] != '‘' || !word_start {
        return None;
    }
    let inside = chars[at + 1..].iter().take_while(|it| !matches!(it, '‘' | '“' | '”' | '\n')).count();
    let closes =
        |it: &usize| chars.get(*it) == Some(&'’') && !chars.get(it + 1).is_some_and(|it| is_word_char(*it));
    (at + 1 + MIN_SINGLE_QUOTED_CHARS..=at + 1 + inside).find(closes).map(|it| it + 1)
}

/// The end of the range that ' opens at `at`, after its '.
fn straight_end(chars: &[char], at: usize) -> Option<usize> {
    let word_start = at == 0 || !(is_word_char(chars[at - 1]) || chars[at - 1] == '\'');
    let opens = chars.get(at + 1).is_some_and(|it| is_word_char(*it));
    if chars[at] != '\'' || !word_start || !opens {
        return None;
    }
    let inside = chars[at + 1..].iter().take_while(|it| !matches!(it, '\'' | '“' | '”' | '\n' | '"')).count();
    let end = at + 1 + inside;
    let last = chars[end - 1];
    let closes = inside >= MIN_SINGLE_QUOTED_CHARS
        && chars.get(end) == Some(&'\'')
        && (is_word_char(last) || matches!(last, '.' | ',' | '!' | '?'))
        && !chars.get(end + 1).is_some_and(|it| is_word_char(*it));
    closes.then_some(end + 1)
}
