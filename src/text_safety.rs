//! Characters that text from outside must lose before it reaches a terminal, a file or a clipboard.

/// Whether a character can control a terminal, or hide or reorder other text.
///
/// These are control characters (the newline and the tab among them), line and paragraph separators, bidirectional
/// controls, zero-width and other invisible characters, tag characters and noncharacters. The joiners U+200C and U+200D
/// and the variation selectors are not among them: some scripts and emoji need them.
///
/// ```
/// use pullquote::text_safety::is_unsafe;
///
/// let name = "Ann\u{1b} Lee\u{202e}".replace(is_unsafe, "");
/// assert_eq!(name, "Ann Lee");
/// ```
pub const fn is_unsafe(ch: char) -> bool {
    matches!(ch,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'
        | '\u{ffff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_hidden_characters_are_unsafe_and_visible_ones_are_not() {
        for ch in
            ['\0', '\n', '\t', '\u{1b}', '\u{9b}', '\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{e0041}']
        {
            assert!(is_unsafe(ch), "{ch:?}");
        }
        for ch in [' ', 'a', 'é', '“', '\u{a0}', '\u{200d}', '\u{fe0f}', '—', '👩', '\u{fffd}'] {
            assert!(!is_unsafe(ch), "{ch:?}");
        }
    }
}
