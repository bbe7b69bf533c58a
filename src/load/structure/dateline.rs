//! Dateline detection: the place, agency and date before a report's first sentence ("WASHINGTON (AP) —").

use crate::story::MONTHS;
use crate::word_list::word_list;

/// Words before a colon that name what follows, in lower case.
const RUBRICS: &[&str] = &word_list!("label-rubrics");

/// The length in bytes of the dateline at the start of a paragraph, with its dash; `None` without a dateline.
///
/// A dateline has an agency in brackets, a date, or a place in capitals with its region. A place alone ("London —")
/// counts only at the start of the story: elsewhere many sentences open with a name or an exclamation and a dash.
/// There a place in capitals may have a colon for the dash ("OSLO: Rain fell"). A turn of a transcript is no paragraph.
pub(crate) fn dateline_length(text: &str, begins_story: bool) -> Option<usize> {
    const MAX_DATELINE_BYTES: usize = 120;
    let head = &text[..text.floor_char_boundary(MAX_DATELINE_BYTES)];
    if let Some(length) = place_before_colon(head).filter(|_| begins_story) {
        return Some(length);
    }
    let (dash, dash_length) = first_dash(head)?;
    let rest = text[dash + dash_length..].trim_start();
    let head = text[..dash].trim_end();
    let (head, agency) = match head.rsplit_once('(') {
        Some((head, agency)) => (head.trim_end(), Some(agency.strip_suffix(')')?)),
        None => (head, None),
    };
    if !agency.is_none_or(is_agency) {
        return None;
    }
    let has_date = head.split([' ', ',']).any(is_month);
    let town = || head.split(',').next().unwrap_or_default().split(' ');
    let is_place = head.split(' ').count() <= 9 && head.split(' ').all(is_place_word);
    let in_capitals = town().all(is_all_capitals) && town().count() <= 4;
    let is_dateline = match head.split(' ').count() {
        _ if head.is_empty() => agency.is_some(),
        _ if has_date => true,
        _ if agency.is_some() => in_capitals || begins_story,
        words => {
            let first = rest.trim_start_matches(|ch: char| !ch.is_alphanumeric()).chars().next()?;
            let in_mixed_case = words <= 3 && !head.contains(['\'', '’']);
            let alone = begins_story && (in_capitals || in_mixed_case);
            let with_region = in_capitals && head.contains(',');
            words <= 6 && !first.is_lowercase() && (alone || with_region)
        }
    };
    (is_dateline && (is_place || head.is_empty())).then_some(dash + dash_length)
}

/// Whether a paragraph begins with a few words in capitals and a colon: the label of a speaker, or a dateline.
pub(crate) fn begins_with_capitals_and_colon(text: &str) -> bool {
    const MAX_LABEL_WORDS: usize = 4;
    let head = text.split_once(": ").map(|it| it.0);
    head.is_some_and(|it| it.split(' ').count() <= MAX_LABEL_WORDS && it.split(' ').all(is_all_capitals))
}

/// The length in bytes of a place in capitals with its colon, with the date before the colon or without.
fn place_before_colon(head: &str) -> Option<usize> {
    const MAX_PLACE_WORDS: usize = 3;
    const MIN_PLACE_LETTERS: usize = 4;
    let (place, rest) = head.split_once(": ")?;
    let length = place.len() + 1;
    let (place, date) = place.split_once(", ").unwrap_or((place, ""));
    let is_rubric = RUBRICS.binary_search(&place.to_lowercase().as_str()).is_ok();
    let letters = place.chars().filter(|it| it.is_alphabetic()).count();
    let is_place = place.split(' ').all(is_all_capitals)
        && place.split(' ').count() <= MAX_PLACE_WORDS
        && letters >= MIN_PLACE_LETTERS
        && !place.contains(['\'', '’', '?', '!'])
        && !is_rubric;
    let has_date = date.is_empty() || date.split(' ').any(is_month);
    let begins_sentence = rest.trim_start_matches(['"', '“', '‘', '\'']).starts_with(char::is_uppercase);
    // A headline in capitals goes on in capitals.
    let is_in_capitals = rest.split(' ').take(2).all(|it| it.chars().count() > 1 && is_all_capitals(it));
    (is_place && has_date && begins_sentence && !is_in_capitals).then_some(length)
}

/// Whether the text in brackets is an agency; "(R-Texas)" is a politician's party and state.
fn is_agency(text: &str) -> bool {
    const MAX_AGENCY_BYTES: usize = 40;
    text.starts_with(char::is_uppercase)
        && text.len() <= MAX_AGENCY_BYTES
        && text.as_bytes().get(1) != Some(&b'-')
}

/// The offset and length of the first dash. A hyphen is a dash between two spaces.
fn first_dash(head: &str) -> Option<(usize, usize)> {
    let dash_at = |at: usize| {
        let ch = head[at..].chars().next()?;
        let (before, after) = (&head[..at], &head[at + ch.len_utf8()..]);
        match ch {
            '—' | '–' => Some((at, ch.len_utf8())),
            '-' if after.starts_with('-') => Some((at, 2)),
            '-' if after.starts_with(" - ") => Some((at, 3)),
            '-' | '_' if before.ends_with([' ', ')']) && after.starts_with(' ') => Some((at, 1)),
            _ => None,
        }
    };
    // With 0xe2 begin the dashes, and the quotation marks.
    memchr::memchr3_iter(b'-', b'_', 0xe2, head.as_bytes()).find_map(dash_at).filter(|(at, _)| *at > 0)
}

/// Whether a word may come before the dash: a name, a number, or a lower-case word inside a name.
fn is_place_word(word: &str) -> bool {
    const LOWERCASE_WORDS: &[&str] = &word_list!("dateline-lowercase-words");
    let bare = word.trim_matches(|ch: char| !ch.is_alphanumeric());
    let has_mark = word.ends_with([':', ';', '!', '?', '"', '”']) || word.starts_with(['"', '“']);
    !has_mark && (!bare.starts_with(char::is_lowercase) || LOWERCASE_WORDS.contains(&bare))
}

/// Whether a word has letters, none of them in lower case.
fn is_all_capitals(word: &str) -> bool {
    word.contains(char::is_alphabetic) && !word.contains(char::is_lowercase)
}

/// Whether a word is the name of a month, in full or abbreviated ("Jan.").
pub(crate) fn is_month(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    let abbreviates = |month: &str| word.len() == 3 && month[..3].eq_ignore_ascii_case(word);
    word.starts_with(char::is_uppercase)
        && MONTHS.iter().any(|it| it.eq_ignore_ascii_case(word) || abbreviates(it) || word == "Sept")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_ends_with_its_dash() {
        for (text, dateline) in [
            ("WASHINGTON (AP) — The river rose.", Some("WASHINGTON (AP) —")),
            ("PARIS, Jan. 3 (Reuters) - The river rose.", Some("PARIS, Jan. 3 (Reuters) -")),
            ("SÃO PAULO, Brazil (AFP) – “We won,” she said.", Some("SÃO PAULO, Brazil (AFP) –")),
            ("ST. JOHN'S, N.L. — The river rose.", Some("ST. JOHN'S, N.L. —")),
            ("Jan 3 (Reuters) - The river rose.", Some("Jan 3 (Reuters) -")),
            ("Oslo, May 3 (AP) -- the river rose.", Some("Oslo, May 3 (AP) --")),
            ("Oslo (AP) -- the river rose.", None),
            ("Sen. Ann Lee (L-Harbour) — 40 votes.", None),
            ("OSLO, May 3 — Rain fell.", Some("OSLO, May 3 —")),
            ("NEW YORK — The river rose.", None),
            ("EVEN THE MAYOR'S BROTHER LAUGHED — The river rose.", None),
            ("NATO — which met on Monday — said so.", None),
            ("Ann Lee (Oslo) was there — and left.", None),
            ("The Oslo Tigers — The Best — won.", None),
            ("London — The river rose.", None),
            ("\"We\" — The end", None),
            ("— The end", None),
            ("It rained.", None),
            ("", None),
        ] {
            assert_eq!(dateline_length(text, false).map(|length| &text[..length]), dateline, "{text}");
        }
    }

    #[test]
    fn a_place_in_ordinary_letters_needs_the_start_of_the_story() {
        for (text, dateline) in [
            ("London — The river rose.", Some("London —")),
            ("Oslo (AP) -- the river rose.", Some("Oslo (AP) --")),
            ("Sen. Ann Lee (L-Harbour) — 40 votes.", None),
            ("OSLO: The river rose.", Some("OSLO:")),
            ("PORT TARN, July 25: “We won,” she said.", Some("PORT TARN, July 25:")),
            ("EXCLUSIVE: The river rose.", None),
            ("NATO: no answer.", None),
            ("OSLO: THE RIVER ROSE", None),
            ("NEW YORK--The river rose.", Some("NEW YORK--")),
            ("NEW YORK - - The river rose.", Some("NEW YORK - -")),
            ("EVEN THE MAYOR'S BROTHER LAUGHED — The river rose.", None),
            ("NATO — which met on Monday — said so.", None),
            ("Ann Lee — who lives by the river — left.", None),
            ("Lee's plan — The Harbour Wall — fell.", None),
        ] {
            assert_eq!(dateline_length(text, true).map(|length| &text[..length]), dateline, "{text}");
        }
    }
}
