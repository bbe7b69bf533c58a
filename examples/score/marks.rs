//! A labelled text → its stretches between quotation marks.

use crate::gold::Stretch;
use crate::words::in_word;

/// Stretches between marks, a paragraph at a time; an unclosed mark runs to the paragraph's end.
pub(super) fn marked(letters: &[char]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut start = 0;
    for paragraph in letters.split(|it| *it == '\n') {
        double(paragraph, start, &mut found);
        start += paragraph.len() + 1;
    }
    single(letters, curly, &mut found);
    single(letters, straight, &mut found);
    found.sort_unstable();
    found
}

fn double(paragraph: &[char], base: usize, found: &mut Vec<Stretch>) {
    let mut opened = None;
    let mut at = 0;
    while at < paragraph.len() {
        let letter = paragraph[at];
        let two = paragraph.get(at..at + 2);
        let closes_twice = two == Some(&['\'', '\'']);
        let opens_twice = closes_twice || two == Some(&['`', '`']);
        match opened {
            None if matches!(letter, '“' | '„' | '«' | '"') || opens_twice => {
                opened = Some(at);
                at += usize::from(opens_twice);
            }
            Some(start) if matches!(letter, '”' | '»' | '"') || closes_twice => {
                found.push((base + start, base + at + 1 + usize::from(closes_twice)));
                opened = None;
                at += usize::from(closes_twice);
            }
            Some(start) if letter == '“' => {
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

/// Appends the stretches that `end` finds, where they do not begin inside another.
fn single(letters: &[char], end: fn(&[char], usize) -> Option<usize>, found: &mut Vec<Stretch>) {
    let mut at = 0;
    while at < letters.len() {
        match end(letters, at) {
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

/// The fewest characters between single marks.
const SHORTEST: usize = 12;

/// Where the stretch that opens at `at` with ‘ ends, after its ’.
fn curly(letters: &[char], at: usize) -> Option<usize> {
    let free = at == 0 || !(in_word(letters[at - 1]) || letters[at - 1] == '’');
    if letters[at] != '‘' || !free {
        return None;
    }
    let inside = letters[at + 1..].iter().take_while(|it| !matches!(it, '‘' | '“' | '”' | '\n')).count();
    let closes =
        |it: &usize| letters.get(*it) == Some(&'’') && !letters.get(it + 1).is_some_and(|it| in_word(*it));
    (at + 1 + SHORTEST..=at + 1 + inside).find(closes).map(|it| it + 1)
}

/// Where the stretch that opens at `at` with ' ends, after its '.
fn straight(letters: &[char], at: usize) -> Option<usize> {
    let free = at == 0 || !(in_word(letters[at - 1]) || letters[at - 1] == '\'');
    let opens = letters.get(at + 1).is_some_and(|it| in_word(*it));
    if letters[at] != '\'' || !free || !opens {
        return None;
    }
    let inside =
        letters[at + 1..].iter().take_while(|it| !matches!(it, '\'' | '“' | '”' | '\n' | '"')).count();
    let end = at + 1 + inside;
    let last = letters[end - 1];
    let closes = inside >= SHORTEST
        && letters.get(end) == Some(&'\'')
        && (in_word(last) || matches!(last, '.' | ',' | '!' | '?'))
        && !letters.get(end + 1).is_some_and(|it| in_word(*it));
    closes.then_some(end + 1)
}
