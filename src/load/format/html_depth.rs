//! How deep a page nests its elements, told from its tags before anything is built of them.

/// The deepest that is read as a page. A browser stops here, too; what goes on is no story but an assault, since
/// the rules of HTML want all open elements looked at for each new one.
pub(crate) const MAX_DEPTH: usize = 512;

/// About how many elements are open at once, at most.
pub(crate) fn nesting_depth(html: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (closes, name) = match rest.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, rest),
        };
        // The longest name of the list is shorter than this, and no more of a name needs to be known.
        let length = name.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = &name[..length];
        let begins = name.starts_with(|it: char| it.is_ascii_alphabetic());
        if !begins || UNCOUNTED_ELEMENTS.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            continue;
        }
        if closes {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

/// Elements that have no end, whose end may be left out, or whose nesting the rules bound.
const UNCOUNTED_ELEMENTS: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "param", "p", "li", "dd", "dt", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rb", "rt", "rp",
    "html", "head", "body", "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike",
    "strong", "tt", "u", "path", "use",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_open_elements_count() {
        for (html, expected) in [
            ("<div><p>a<br><p>b</div><div></div>", 1),
            ("<div><section><span>a</span></section></div>", 3),
            ("1 < 2 <3 </div> <", 0),
            ("<é<div", 1),
        ] {
            assert_eq!(nesting_depth(html), expected, "{html}");
        }
        assert_eq!(nesting_depth(&"<div>".repeat(5000)), 5000);
    }
}
