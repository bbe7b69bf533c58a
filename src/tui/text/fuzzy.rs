//! The fuzzy matcher of pickers: letters in order match; the start of a word ranks higher.

use crate::tui::text::search_fold::fold_and_lowercase;

/// Rank of a match at the start of a word.
const WORD_START_RANK: u8 = 1;

/// Ranks a name against a query, 0 best: the name starts with the query, a word of it does, it contains the query, it
/// contains the query's letters in order. `None` if it does not match. Case, accents and spaces are ignored.
pub(crate) fn rank(query: &str, name: &str) -> Option<u8> {
    rank_folded(&query_letters(query), &fold_and_lowercase(name))
}

/// The letters of a query without accents and spaces, in lower case.
pub(crate) fn query_letters(query: &str) -> String {
    fold_and_lowercase(query).split_whitespace().collect()
}

/// The [`rank`] of a name in lower case without accents, for the letters of a query.
pub(crate) fn rank_folded(query_letters: &str, name: &str) -> Option<u8> {
    if query_letters.is_empty() {
        return Some(0);
    }
    // Most names of a long list have not even the letters.
    let mut letters = name.chars();
    if !query_letters.chars().all(|it| letters.any(|own| own == it)) {
        return None;
    }
    let word_starts = name.char_indices().filter(|(at, ch)| {
        let previous = name[..*at].chars().next_back();
        ch.is_alphanumeric() && previous.is_none_or(|it| !it.is_alphanumeric())
    });
    let mut word_starts = word_starts.map(|it| it.0);
    let matches_at = |from: usize| is_prefix(query_letters, name[from..].chars());
    if matches_at(0) {
        return Some(0);
    }
    if word_starts.any(matches_at) {
        return Some(WORD_START_RANK);
    }
    if name.char_indices().any(|(at, _)| matches_at(at)) {
        return Some(2);
    }
    Some(3)
}

/// Ranks the name of a command against typed words, 0 best: it is the text, begins with it, or each typed word begins a
/// word of the name. `None` otherwise. Hyphens and spaces are the same.
pub(crate) fn name_rank(typed: &str, name: &str) -> Option<u8> {
    let [typed, name] = [typed, name].map(|it| fold_and_lowercase(it).replace('-', " "));
    if typed == name {
        return Some(0);
    }
    if name.starts_with(&typed) {
        return Some(1);
    }
    let begins = |word: &str| name.split_whitespace().any(|it| it.starts_with(word));
    typed.split_whitespace().all(begins).then_some(2)
}

/// The indices of the names that match, best first; equal ranks keep their order.
pub(crate) fn matching_indices<'a>(query: &str, names: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let letters = query_letters(query);
    let ranked = names.map(|it| rank_folded(&letters, &fold_and_lowercase(it))).enumerate();
    let mut matching: Vec<(u8, usize)> = ranked.filter_map(|(index, rank)| Some((rank?, index))).collect();
    matching.sort_unstable();
    matching.into_iter().map(|it| it.1).collect()
}

/// Whether `name` starts with the letters of `query`, spaces ignored.
fn is_prefix(query_letters: &str, name: impl Iterator<Item = char>) -> bool {
    let mut name = name.filter(|it| !it.is_whitespace());
    query_letters.chars().all(|it| name.next() == Some(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_match_in_their_order_and_starts_match_best() {
        for (typed, name, expected) in [
            ("", "Ann Lee", Some(0)),
            ("ann", "Ann Lee", Some(0)),
            ("ann l", "Ann Lee", Some(0)),
            ("lee", "Ann Lee", Some(1)),
            ("nn", "Ann Lee", Some(2)),
            ("al", "Ann Lee", Some(3)),
            ("la", "Ann Lee", None),
            ("zoe", "Zoë Ray", Some(0)),
            ("x", "Ann Lee", None),
        ] {
            assert_eq!(rank(typed, name), expected, "{typed}");
        }
    }

    #[test]
    fn the_best_match_comes_first() {
        let names = ["Mary Allen", "Al Ray", "Bo Ray"];
        assert_eq!(matching_indices("al", names.into_iter()), [1, 0]);
    }
}
