//! Words without what two printings of them may differ in: case, marks and blanks.

/// Whether two printings say the same words.
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// Whether all of the words, which are not nothing, stand in the others one after the other.
pub(crate) fn letters_within(words: &str, others: &str) -> bool {
    let (words, others): (String, String) = (letters(words).collect(), letters(others).collect());
    !words.is_empty() && others.contains(&words)
}

/// The letters and digits of words, in lower case.
pub(crate) fn letters(words: &str) -> impl Iterator<Item = char> {
    words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_blanks_make_no_difference() {
        assert!(same_letters("Council raises “the wall”", "COUNCIL RAISES the wall."));
        assert!(!same_letters("Council raises the wall", "Council raises the wall again"));
        assert!(letters_within("the Wall!", "Council raises the wall again") && !letters_within("", "wall"));
    }
}
