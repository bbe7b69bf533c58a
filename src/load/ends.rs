//! The first and the last bytes of words, cut between characters: what long paragraphs are looked at by.

/// At most the first `length` bytes.
pub(super) fn first(words: &str, length: usize) -> &str {
    let length = length.min(words.len());
    let cut = (0..=length).rev().find(|it| words.is_char_boundary(*it));
    &words[..cut.unwrap_or_default()]
}

/// At most the last `length` bytes.
pub(super) fn last(words: &str, length: usize) -> &str {
    let start = words.len().saturating_sub(length);
    let cut = (start..=words.len()).find(|it| words.is_char_boundary(*it));
    &words[cut.unwrap_or_default()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_falls_between_characters() {
        assert_eq!((first("aé", 2), first("aé", 3), first("aé", 9)), ("a", "aé", "aé"));
        assert_eq!((last("éa", 2), last("éa", 3), last("éa", 9)), ("a", "éa", "éa"));
    }
}
