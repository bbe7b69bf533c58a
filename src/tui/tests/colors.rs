//! Colours of the page: quoted words in the hue of their speaker, names by attributes, the selected quote by background.

use ratatui::style::Modifier;

use crate::tui::style::theme::Theme;
use crate::tui::tests::TestApp;

const THEMES: [&str; 4] = ["dark", "light", "high-contrast", "okabe-ito"];

fn open(theme: &str) -> TestApp {
    TestApp::new().with_size(70, 40).with_theme(theme)
}

#[test]
fn quoted_words_have_the_hue_of_their_speaker_and_other_words_have_none() {
    for name in THEMES {
        let test_app = open(name);
        let hue = |number| test_app.app.themes.theme().speaker_style(Some(number)).fg;
        let text = test_app.app.themes.theme().text.0.fg;
        assert_eq!(test_app.style("“The river").fg, hue(0), "{name}");
        assert_eq!(test_app.style("great pity").fg, hue(1), "{name}");
        assert_eq!(test_app.style("who has steered").fg, text, "{name}");
        let paraphrase = test_app.style("nobody would").fg;
        assert!(paraphrase != hue(0) && paraphrase != text, "{name}: {paraphrase:?}");
    }
}

#[test]
fn names_differ_by_attributes_and_only_speakers_have_a_hue() {
    for name in THEMES {
        let test_app = open(name);
        let theme = test_app.app.themes.theme();
        let lee = test_app.style("Lee told");
        assert_eq!(lee.fg, theme.speaker_style(Some(0)).fg, "{name}");
        assert!(lee.add_modifier.contains(Modifier::UNDERLINED), "{name}");
        let place = test_app.style("Norham opens");
        assert_eq!(place.fg, theme.text.0.fg, "{name}");
        assert!(place.add_modifier.contains(Modifier::ITALIC | Modifier::UNDERLINED), "{name}");
        // An organisation inside the name of an unnamed speaker has the hue of that speaker.
        assert!(test_app.style("Transport Board said").add_modifier.contains(Modifier::ITALIC), "{name}");
    }
}

#[test]
fn the_selected_quote_has_a_background_of_its_own_and_keeps_its_hue() {
    for name in THEMES {
        let before = open(name);
        let selected = open(name).press("]q");
        let (before, after) = (before.style("“The river"), selected.style("“The river"));
        assert_eq!(before.fg, after.fg, "{name}");
        assert_eq!(after.bg, selected.app.themes.theme().quote.0.bg, "{name}");
        assert_ne!(before.bg, after.bg, "{name}");
    }
}

#[test]
fn quotes_that_the_filter_does_not_allow_are_dimmed_beside_those_that_it_allows() {
    // Lee's quotation and paraphrase are in one paragraph.
    let test_app = open("dark").press("t");
    let theme = test_app.app.themes.theme();
    assert_eq!(test_app.style("“The river").fg, theme.speaker_style(Some(0)).fg);
    assert_eq!(test_app.style("nobody would").fg, theme.dimmed.0.fg);
}

#[test]
fn a_correction_changes_no_number_and_no_hue_of_others() {
    let before = open("dark");
    let after = open("dark").press("] q ! bo enter j ! bo enter gg");
    assert!(after.screen().contains("✓"), "{}", after.screen());
    for words in ["great pity", "“We were"] {
        assert_eq!(before.style(words).fg, after.style(words).fg, "{words}");
    }
    let after = after.with_size(120, 40);
    assert!(
        after.screen().contains("2 Bo Ray") && after.screen().contains("3 an official"),
        "{}",
        after.screen()
    );
}

#[test]
fn the_web_page_has_the_hues_of_the_light_and_the_dark_theme() {
    let css = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/export/page.css"));
    let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
    for (name, css) in [("light", light), ("dark", dark)] {
        let theme = Theme::built_in(name).unwrap();
        for (number, hue) in theme.speakers.iter().enumerate() {
            let color = hue.0.fg.unwrap().to_string().to_lowercase();
            assert!(css.contains(&format!("--s{}: {color};", number + 1)), "{name} {} {color}", number + 1);
        }
    }
}
