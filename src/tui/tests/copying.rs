//! Quotes and paragraphs copied with their source.

use crate::tui::app::{ClipboardText, Effect};
use crate::tui::tests::TestApp;

#[test]
fn a_quote_is_copied_with_its_speaker() {
    for (keys, copied) in [
        ("]q y", "“The river is ours, but the boat never was,” — Ann Lee, Mayor (Ell Gazette, 3 March)"),
        ("4]q y", "“We were not asked, … Not once in thirty years.” — Bo Ray (Ell Gazette, 3 March)"),
        (
            "5]q y",
            "the sale was “likely, not certain” — an official of the Transport Board (?) (Ell Gazette, 3 March)",
        ),
        ("tab j y", "nobody would lose work (paraphrase) — Ann Lee, Mayor (Ell Gazette, 3 March)"),
        ("6]q y", "Tickets stay valid until then (paraphrase) — Unknown speaker (Ell Gazette, 3 March)"),
    ] {
        let Effect::Copy(ClipboardText { text: words, .. }) = TestApp::new().press(keys).effect else {
            panic!("{keys}")
        };
        assert_eq!(words, copied, "{keys}");
    }
}

#[test]
fn a_paragraph_is_copied_with_its_source() {
    let test_app = TestApp::new().press("3]q Y");
    let words =
        "Bo Ray, who has steered the boat since 1994, called the plan “a great pity”. (Ell Gazette, 3 March)";
    assert_eq!(
        test_app.effect,
        Effect::Copy(ClipboardText { text: words.into(), description: "the paragraph".into() })
    );
    let Effect::Copy(ClipboardText { description: what, .. }) = TestApp::new().press("]q y").effect else {
        panic!("nothing copied")
    };
    assert_eq!(what, "Lee's quote");
}
