//! Loose comparison of texts: letters and digits only, without case, punctuation and spaces.

/// Whether two texts have the same letters and digits in the same order.
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// Whether the letters of `inner` appear in a row in `outer`; false if `inner` has no letters.
pub(crate) fn letters_within(inner: &str, outer: &str) -> bool {
    let (inner, outer): (String, String) = (letters(inner).collect(), letters(outer).collect());
    !inner.is_empty() && outer.contains(&inner)
}

/// The letters and digits of a text, in lower case.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase)
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
