//! Nesting depth of HTML, estimated from its tags before the page is parsed.

/// Maximum depth of a page that is parsed; browsers have the same limit. The HTML rules examine all open elements for
/// each new one, so that a deeper page would take too long.
pub(crate) const MAX_DEPTH: usize = 512;

/// About how many elements are open at once, at most.
pub(crate) fn nesting_depth(html: &str) -> usize {
    /// The longest name of [`UNCOUNTED_ELEMENTS`] is shorter than this; the rest of a name does not matter.
    const MAX_NAME_BYTES: usize = 12;
    let (mut open, mut deepest) = (0_usize, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (is_end_tag, name) = match rest.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, rest),
        };
        let length = name.bytes().take(MAX_NAME_BYTES).take_while(u8::is_ascii_alphanumeric).count();
        let name = &name[..length];
        let is_tag = name.starts_with(|ch: char| ch.is_ascii_alphabetic());
        if !is_tag || UNCOUNTED_ELEMENTS.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            continue;
        }
        if is_end_tag {
            open = open.saturating_sub(1);
        } else {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest
}

/// Elements that have no end tag, that may omit it, or whose nesting the HTML rules limit.
const UNCOUNTED_ELEMENTS: &[&str] = &[
    "a", "area", "b", "base", "big", "body", "br", "code", "col", "dd", "dt", "em", "embed", "font", "head",
    "hr", "html", "i", "img", "input", "li", "link", "meta", "nobr", "option", "p", "param", "path", "rb",
    "rp", "rt", "s", "small", "source", "strike", "strong", "tbody", "td", "tfoot", "th", "thead", "tr",
    "track", "tt", "u", "use", "wbr",
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
