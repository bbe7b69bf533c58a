//! List item detection: lines that begin with a bullet or a number.

/// Whether a line begins like an item of a list: with a bullet or a number, then a space.
pub(crate) fn is_list_item(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(' ') else { return false };
    let is_bullet = matches!(mark, "-" | "*" | "•" | "‣" | "◦" | "·" | "–");
    let number = mark.strip_suffix(['.', ')']);
    is_bullet
        || number.is_some_and(|digits| {
            (1..=3).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_item_has_a_bullet_or_a_number() {
        for (line, expected) in [
            ("- one", true),
            ("• one", true),
            ("12. one", true),
            ("1) one", true),
            ("2026. one", false),
            ("-one", false),
            ("-- one", false),
            ("one", false),
            ("-", false),
            ("", false),
        ] {
            assert_eq!(is_list_item(line), expected, "{line}");
        }
    }
}
