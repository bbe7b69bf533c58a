//! Where the words before a report's first sentence end: "WASHINGTON (AP) —".

/// The length in bytes of the dateline at the start of a paragraph, its dash with it.
///
/// An agency in brackets or a date makes it one, or a place in capitals with its region. A place alone ("London —")
/// does so only where the story begins, since elsewhere a name or a cry in capitals and a dash open many sentences.
pub(crate) fn dateline_length(words: &str, begins_story: bool) -> Option<usize> {
    const LONGEST: usize = 120;
    let head = &words[..words.floor_char_boundary(LONGEST)];
    let (place, dash) = first_dash(head)?;
    let rest = words[place + dash..].trim_start();
    let head = words[..place].trim_end();
    let (head, agency) = match head.rsplit_once('(') {
        Some((head, agency)) => (head.trim_end(), Some(agency.strip_suffix(')')?)),
        None => (head, None),
    };
    // "(R-Texas)" is a politician's party and state.
    let is_agency = |it: &str| {
        it.starts_with(char::is_uppercase) && it.len() <= 40 && it.as_bytes().get(1) != Some(&b'-')
    };
    if !agency.is_none_or(is_agency) {
        return None;
    }
    let date = head.split([' ', ',']).any(is_month);
    let town = || head.split(',').next().unwrap_or_default().split(' ');
    let is_place = head.split(' ').count() <= 9 && head.split(' ').all(is_place_word);
    let capitals = town().all(is_all_capitals) && town().count() <= 4;
    let fits = match head.split(' ').count() {
        _ if head.is_empty() => agency.is_some(),
        _ if date => true,
        _ if agency.is_some() => capitals || begins_story,
        words => {
            let opens = rest.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next()?;
            let ordinary = words <= 3 && !head.contains(['\'', '’']);
            let alone = begins_story && (capitals || ordinary);
            let with_region = capitals && head.contains(',');
            words <= 6 && !opens.is_lowercase() && (alone || with_region)
        }
    };
    let fits = fits && (is_place || head.is_empty());
    fits.then_some(place + dash)
}

/// Where the first dash begins, and its length; a hyphen is one where it stands between blanks.
fn first_dash(head: &str) -> Option<(usize, usize)> {
    let dash = |(at, c): (usize, char)| {
        let (before, after) = (&head[..at], &head[at + c.len_utf8()..]);
        match c {
            '—' | '–' => Some((at, c.len_utf8())),
            '-' if after.starts_with('-') => Some((at, 2)),
            '-' | '_' if before.ends_with([' ', ')']) && after.starts_with(' ') => Some((at, 1)),
            _ => None,
        }
    };
    head.char_indices().find_map(dash).filter(|it| it.0 > 0)
}

/// Whether a word may stand before the dash: a name, a number, or a small word inside a name.
fn is_place_word(word: &str) -> bool {
    const SMALL: &[&str] = &["of", "the", "de", "la", "al", "del", "upon", "on", "and", "el"];
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mark = word.ends_with([':', ';', '!', '?', '"', '”']) || word.starts_with(['"', '“']);
    !mark && (!bare.starts_with(char::is_lowercase) || SMALL.contains(&bare))
}

/// Whether a word has letters, and only capitals.
fn is_all_capitals(word: &str) -> bool {
    word.contains(char::is_alphabetic) && !word.contains(char::is_lowercase)
}

/// Whether a word is a month, in full or cut short.
pub(crate) fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches(['.', ',']);
    let short = |month: &str| word.len() == 3 && month.starts_with(&word.to_ascii_lowercase());
    word.starts_with(char::is_uppercase)
        && MONTHS.iter().any(|it| it.eq_ignore_ascii_case(word) || short(it) || word == "Sept")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_ends_with_its_dash() {
        for (words, dateline) in [
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
            assert_eq!(dateline_length(words, false).map(|it| &words[..it]), dateline, "{words}");
        }
    }

    #[test]
    fn a_place_in_ordinary_letters_needs_the_start_of_the_story() {
        for (words, dateline) in [
            ("London — The river rose.", Some("London —")),
            ("Oslo (AP) -- the river rose.", Some("Oslo (AP) --")),
            ("Sen. Ann Lee (L-Harbour) — 40 votes.", None),
            ("NEW YORK--The river rose.", Some("NEW YORK--")),
            ("EVEN THE MAYOR'S BROTHER LAUGHED — The river rose.", None),
            ("NATO — which met on Monday — said so.", None),
            ("Ann Lee — who lives by the river — left.", None),
            ("Lee's plan — The Harbour Wall — fell.", None),
        ] {
            assert_eq!(dateline_length(words, true).map(|it| &words[..it]), dateline, "{words}");
        }
    }
}
