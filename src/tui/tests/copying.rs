//! Quotes and paragraphs copied with their source.

use crate::tui::app::{ClipboardText, Effect};
use crate::tui::tests::{TestApp, analysis, nth, story};
use pullquote::analysis::QuoteKind;

#[test]
fn a_quote_is_copied_with_its_speaker() {
    for (keys, copied) in [
        ("]q y", "“The river is ours, but the boat never was,” — Ann Lee, Mayor (Ell Gazette, 3 March)"),
        ("4]q y", "“We were not asked,” “Not once in thirty years.” — Bo Ray (Ell Gazette, 3 March)"),
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

#[test]
fn a_paraphrase_keeps_its_verb_in_the_side_pane_on_the_page_of_quotes_and_in_copies() {
    let mut found = analysis();
    found.quotes[2].kind = QuoteKind::Indirect;
    found.quotes[2].cue = Some(nth("called", 0));
    let mut test_app = TestApp::pending(vec![story()]).with_size(120, 40);
    test_app.app.set_analysis(0, Some(found));
    assert!(test_app.screen().contains("○ called: “a great pity”"), "{}", test_app.screen());
    let page = test_app.press("V");
    assert!(page.screen().contains("○ called: “a great pity”"), "{}", page.screen());
    let Effect::Copy(copied) = page.press("esc 3]q y").effect else { panic!("nothing was copied") };
    assert_eq!(copied.text, "“a great pity” (paraphrase: called) — Bo Ray (Ell Gazette, 3 March)");
}
