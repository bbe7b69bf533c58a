//! Words without what two printings of them may differ in: case, marks and blanks.

/// The letters and digits of `words`, in lower case.
pub(super) fn folded(words: &str) -> String {
    words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two printings say the same words.
pub(super) fn same(one: &str, other: &str) -> bool {
    let letters = |words: &str| {
        words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect::<Vec<_>>()
    };
    letters(one) == letters(other)
}
