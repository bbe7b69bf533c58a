//! Keys in, screen out: the reader without a terminal, through the real keymap.

pub(crate) mod annotations;
pub(crate) mod line_mode;
pub(crate) mod pickers;
pub(crate) mod random_actions;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use insta::assert_snapshot;
use pullquote::analysis::{
    Analysis, AttributionRule, Entity, EntityKind, Mention, MentionKind, Quote, QuoteKind,
};
use pullquote::correction::{Correction, Verdict};
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;
use ratatui::widgets::Widget;

use crate::config::settings::KeymapPreset;
use crate::storage::{Change, SavedState, StorageEvent};
use crate::tui::app::{App, ClipboardText, Effect};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::{Keymap, KeymapResult, parse_key_event};
use crate::tui::overlay::help::{Help, HelpRow};
use crate::tui::text::width::display_width;
use crate::tui::view;

pub(crate) const STORY: &str = "\
Ellwick will sell its ferry in May
Ellwick will sell its ferry in May
By Mia Torn
The harbour council of Ellwick will sell the last ferry on the Ell in May, Mayor Ann Lee said on Monday.
“The river is ours, but the boat never was,” Lee told reporters on the quay. She added that nobody would lose work.
Bo Ray, who has steered the boat since 1994, called the plan “a great pity”.
“We were not asked,” Ray said. “Not once in thirty years.”
An official of the Transport Board said the sale was “likely, not certain”.
The bridge at Norham opens in June.
Tickets stay valid until then, the council said.
Read more: the bridges of the Ell";

/// The stretch of the nth time that `words` stand in the story, from 0.
fn nth(words: &str, n: usize) -> Span {
    let (start, _) = STORY.match_indices(words).nth(n).unwrap();
    Span::new(start, start + words.len())
}

pub(crate) fn story() -> Story {
    use BlockKind::{Byline, Furniture, Headline, Paragraph};
    let mut start = 0;
    let mut blocks = Vec::new();
    for (number, line) in STORY.split('\n').enumerate() {
        let kind = match number {
            0 => Headline,
            2 => Byline,
            10 => Furniture,
            _ => Paragraph,
        };
        let repeats = (number == 1).then_some(0);
        blocks.push(Block { repeats, ..Block::new(kind, Span::new(start, start + line.len())) });
        start += line.len() + 1;
    }
    let mut story = Story::new(Format::Plain, STORY.into(), blocks);
    story.outlet = Some("Ell Gazette".into());
    story.published = Some("3 March".into());
    story
}

/// What an engine might find.
pub(crate) fn analysis() -> Analysis {
    use EntityKind::{Organisation, Person, Place, Unnamed};
    use MentionKind::{Description, Name, Pronoun};
    use QuoteKind::{Direct, Indirect, Mixed};
    let entity = |kind, name: &str, role: &str, mentions: &[(&str, usize, MentionKind)]| Entity {
        kind,
        name: name.into(),
        roles: if role.is_empty() { vec![] } else { vec![role.into()] },
        aliases: name.rsplit(' ').take(1).filter(|it| *it != name).map(Into::into).collect(),
        mentions: mentions.iter().map(|it| Mention { span: nth(it.0, it.1), kind: it.2 }).collect(),
        members: vec![],
    };
    let quote = |kind, parts: &[(&str, usize)], speaker, source: (&str, usize), confidence| Quote {
        kind,
        parts: parts.iter().map(|it| nth(it.0, it.1)).collect(),
        speaker,
        speaker_mention: Some(nth(source.0, source.1)),
        cue: None,
        rule: AttributionRule::SpeakerThenCue,
        confidence,
    };
    let mut analysis = Analysis {
        entities: vec![
            entity(
                Person,
                "Ann Lee",
                "Mayor",
                &[("Ann Lee", 0, Name), ("Lee", 1, Name), ("She", 0, Pronoun)],
            ),
            entity(Person, "Bo Ray", "", &[("Bo Ray", 0, Name), ("Ray", 1, Name)]),
            entity(Unnamed, "an official of the Transport Board", "", &[("An official", 0, Description)]),
            entity(Organisation, "Transport Board", "", &[("Transport Board", 0, Name)]),
            entity(Place, "Ellwick", "", &[("Ellwick", 0, Name), ("Ellwick", 2, Name)]),
            entity(Place, "Norham", "", &[("Norham", 0, Name)]),
        ],
        quotes: vec![
            quote(Direct, &[("“The river is ours, but the boat never was,”", 0)], Some(0), ("Lee", 1), 0.98),
            quote(Indirect, &[("nobody would lose work", 0)], Some(0), ("She", 0), 0.8),
            quote(Mixed, &[("“a great pity”", 0)], Some(1), ("Bo Ray", 0), 0.9),
            quote(
                Direct,
                &[("“We were not asked,”", 0), ("“Not once in thirty years.”", 0)],
                Some(1),
                ("Ray", 1),
                0.95,
            ),
            quote(Mixed, &[("the sale was “likely, not certain”", 0)], Some(2), ("An official", 0), 0.4),
            quote(Indirect, &[("Tickets stay valid until then", 0)], None, ("the council", 0), 0.0),
        ],
        rejected: vec![],
    };
    analysis.quotes[0].cue = Some(nth("told reporters", 0));
    analysis
}

/// A reader without a terminal.
pub(crate) struct TestApp {
    pub(crate) app: App,
    keymap: Keymap,
    pub(crate) size: Size,
    effect: Effect,
}

impl TestApp {
    /// Before a story whose findings are there, on a screen of 90 by 24.
    pub(crate) fn new() -> Self {
        let mut desk = Self::pending(vec![story()]);
        desk.app.set_analysis(0, Some(analysis()));
        desk
    }

    /// Before stories of which nothing is found yet.
    pub(crate) fn pending(stories: Vec<Story>) -> Self {
        let keymap = Keymap::new(KeymapPreset::Default, None).unwrap();
        let mut stories = stories.into_iter().map(Arc::new);
        let app = App::new(stories.next().unwrap(), stories, &keymap);
        Self { app, keymap, size: Size::default(), effect: Effect::None }.with_size(90, 24)
    }

    pub(crate) fn with_size(mut self, width: u16, height: u16) -> Self {
        self.size = Size { width, height };
        self.app.resize(self.size);
        self
    }

    /// Presses keys, named as in `keys.toml`; what is no name is typed sign by sign.
    pub(crate) fn press(mut self, names: &str) -> Self {
        for name in names.split_whitespace() {
            match parse_key_event(name) {
                Some(key) => self.press_key(key),
                None => name.chars().for_each(|it| self.press_key(parse_key_event(&it.to_string()).unwrap())),
            }
        }
        self
    }

    fn press_key(&mut self, key: crossterm::event::KeyEvent) {
        let room = self.app.mode();
        match self.keymap.feed(&mut self.app.pending_keys, room, key) {
            KeymapResult::Action(action) => self.effect = self.app.update(action),
            KeymapResult::Typed(sign) => self.app.insert_text(&sign.to_string()),
            KeymapResult::Pending | KeymapResult::NotFound => {}
        }
    }

    pub(crate) fn click(mut self, words: &str) -> Self {
        let rows = self.rows();
        let (y, row) = rows.iter().enumerate().find(|it| it.1.contains(words)).unwrap();
        let x = display_width(&row[..row.find(words).unwrap()]);
        self.effect = self.app.click(Position { x: x as u16, y: y as u16 });
        self
    }

    pub(crate) fn buffer(&self) -> Buffer {
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        let mut buffer = Buffer::empty(area);
        let Self { app, keymap, .. } = self;
        view::RootView { app, theme: app.themes.theme(), keymap }.render(area, &mut buffer);
        buffer
    }

    pub(crate) fn rows(&self) -> Vec<String> {
        let buffer = self.buffer();
        let row = |y| {
            let mut row = String::new();
            let mut x = 0;
            while x < self.size.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += (display_width(symbol) as u16).max(1);
            }
            row.trim_end().to_string()
        };
        (0..self.size.height).map(row).collect()
    }

    pub(crate) fn screen(&self) -> String {
        self.rows().join("\n")
    }

    pub(crate) fn status(&self) -> String {
        self.rows().pop().unwrap().trim().to_string()
    }

    /// Whether the words begin where the reader stands.
    pub(crate) fn cursor_is_on(&self, words: &str) -> bool {
        STORY[self.app.current_story().viewport.cursor..].starts_with(words)
    }

    /// The attributes of the first sign of some words.
    pub(crate) fn attributes(&self, words: &str) -> Modifier {
        let rows = self.rows();
        let (y, row) = rows.iter().enumerate().find(|it| it.1.contains(words)).unwrap();
        let x = display_width(&row[..row.find(words).unwrap()]);
        self.buffer()[(x as u16, y as u16)].modifier
    }
}

#[test]
fn the_first_frame_shows_the_story_and_says_that_the_rest_is_coming() {
    assert_snapshot!(TestApp::pending(vec![story()]).screen());
}

#[test]
fn quotes_stand_beside_the_story_by_speaker() {
    assert_snapshot!(TestApp::new().press("]q ]q").screen());
}

#[test]
fn people_stand_in_a_table() {
    assert_snapshot!(TestApp::new().with_size(120, 24).press("tab 2 j").screen());
}

#[test]
fn one_speaker_alone_folds_the_rest_away() {
    assert_snapshot!(TestApp::new().press("3]q S f").screen());
}

#[test]
fn the_help_page_names_every_key() {
    let rows = Help::new(&TestApp::new().keymap).layout(1000).columns.concat();
    for action in Action::ALL {
        let is_it =
            |row: &HelpRow| matches!(row, HelpRow::Keys(_, words) if words.starts_with(action.description()));
        assert!(rows.iter().any(is_it), "{}", action.name());
    }
    let desk = TestApp::new().with_size(200, 70).press("?");
    for words in ["Reading on", "next row, or next finding", "While a search is typed"] {
        assert!(desk.screen().contains(words), "{words}");
    }
    assert!(!desk.press("esc").screen().contains("these keys"));
}

#[test]
fn rows_and_quotes_and_names_are_walked_one_by_one_or_by_a_count() {
    for (keys, place) in [
        ("j", "By Mia"),
        ("4j", "said on Monday"),
        ("} } }", "“The river"),
        ("} } } {", "The harbour"),
        ("]q", "“The river"),
        ("3]q", "“a great"),
        ("9]q", "Tickets stay"),
        ("3]q [q", "nobody would"),
        ("] q )", "nobody would"),
        ("4]q (", "“a great"),
        ("l l", "Ann Lee said"),
        ("l l l h", "Ann Lee said"),
        ("l l ]e", "Lee told"),
        ("l l ]e ]e", "She added"),
        ("G", "Read more"),
        ("G gg", "Ellwick will"),
        ("G ctrl-o", "Ellwick will"),
        ("]q ]q ctrl-o ctrl-o alt-o", "“The river"),
        ("/pity enter", "pity"),
        ("/pity esc", "Ellwick will"),
        ("/pity enter esc gg n", "pity"),
        ("/pity enter gg / enter", "pity"),
        ("/pity enter ctrl-o", "Ellwick will"),
        ("/e enter n n N", "ell its"),
        ("} } } m x G 'x", "“The river"),
        ("} } } m x G 'x ctrl-o", "Read more"),
        ("G '' '' ''", "Ellwick will"),
    ] {
        let desk = TestApp::new().press(keys);
        assert!(desk.cursor_is_on(place), "{keys}: {}", &STORY[desk.app.current_story().viewport.cursor..]);
    }
}

#[test]
fn the_status_line_counts() {
    for (keys, words) in [
        ("j", "6 quotes"),
        ("]q", "quote 1/6 · Lee 1/2"),
        ("4]q", "quote 4/6 · Ray 2/2"),
        ("5]q", "quote 5/6 · an official of the Transport Board? 1/1"),
        ("6]q", "quote 6/6 · unknown 1/1"),
        ("6]q ]q", "that is the last quote"),
        ("3]q S", "quote 1/2 · Ray 1/2   only Ray · dimmed"),
        ("3]q S f", "only Ray · folded"),
        ("3]q S F", "quote 3/6 · Ray 1/2   filter off"),
        ("3]q S F F", "only Ray · dimmed"),
        ("3]q S S", "quote 3/6 · Ray 1/2"),
        ("3]q S gg S", "6 quotes"),
        ("]q tab j ]q", "quote 3/6 · Ray 1/2"),
        ("3]q S ]q ]q", "that is the last quote"),
        ("]q ]q S ]q S", "quote 2/6 · Lee 2/2"),
        ("t ]q", "quote 1/2 · Lee 1/1   only direct · dimmed"),
        ("t t ]q", "quote 1/2 · Ray 1/1   only mixed · dimmed"),
        ("t t t ]q", "quote 1/2 · Lee 1/1   only indirect · dimmed"),
        ("t t t t ]q", "quote 1/6 · Lee 1/2    "),
        ("t ]q j", "Lee: filtered out"),
        ("D f", "2 of 6 quotes   only doubtful · folded"),
        ("D ]q", "quote 1/2 · an official of the Transport Board? 1/1   only doubtful · dimmed"),
        ("D D ]q", "quote 1/6"),
        ("3]q S t f", "1 of 6 quotes   only Ray · direct · folded"),
        ("3]q S t F", "filter off"),
        ("F", "nothing is filtered"),
        ("f", "is folded from now on"),
        ("s ray enter t t t", "the filter lets no quote through"),
        ("3]", "3]"),
        ("/the", "/the  1/"),
        ("/the enter", "hit 1/"),
        ("/xyz", "nothing found"),
        ("/xyz enter", "“xyz” is not in this story"),
        ("j /the esc", "6 quotes"),
        ("l", "Ellwick: mention 2/2"),
        ("j ]e", "stand on a name or a quote first"),
        ("2]q ]e", "that is the last mention"),
        ("]q ]e", "Ann Lee: mention 2/3"),
        ("] s", "this is the only story"),
        ("ctrl-o", "no jump to come back from"),
        ("m", "mark this place with a letter"),
        ("m x", "this is mark x"),
        ("m x m", "mark this place with a letter · marks: x"),
        ("m ;", "a mark is a letter or a digit"),
        ("m esc", "6 quotes"),
        ("'x", "there is no mark x in this story"),
        ("''", "no jump to come back from"),
    ] {
        let status = TestApp::new().with_size(200, 30).press(keys).status();
        assert!(status.contains(words), "{keys}: {status}");
    }
}

#[test]
fn the_side_pane_previews_and_enter_goes_there() {
    let desk = TestApp::new().press("tab j j j");
    assert!(desk.cursor_is_on("Ellwick will"));
    assert!(desk.status().starts_with("quote 4/6"), "{}", desk.status());
    let desk = desk.press("enter");
    assert!(desk.cursor_is_on("“We were"));
    assert!(desk.press("ctrl-o").cursor_is_on("Ellwick will"));
}

#[test]
fn the_picker_takes_one_or_several_speakers() {
    let picked = |keys: &str| TestApp::new().press(keys).status();
    assert!(picked("s ray enter").contains("only Ray"));
    assert!(picked("s space down space enter").contains("only Lee, Ray"));
    assert!(picked("s space space down space enter").contains("only Ray, not Lee"));
    assert!(picked("s space space enter").contains("not Lee · dimmed"));
    assert!(picked("s space space space enter").starts_with("6 quotes "));
    assert!(picked("s mixed enter").contains("only mixed"));
    assert!(picked("s unknown space enter f").contains("only unknown · folded"));
    assert!(picked("j s ray esc").starts_with("6 quotes"));
    assert!(TestApp::new().press("s xyz").screen().contains("Nobody is called that."));
    let desk = TestApp::new().press("s space space down space end space");
    for row in ["[-] 1 Ann Lee", "[+] 2 Bo Ray", "▸ [+] ? doubtful speakers", "0 of 6"] {
        assert!(desk.screen().contains(row), "{row}\n{}", desk.screen());
    }
    assert!(desk.press("esc").status().starts_with("6 quotes "));
}

#[test]
fn who_is_chosen_is_shown_alone_with_all_that_is_known() {
    assert_snapshot!(TestApp::new().with_size(120, 30).press("tab 2 enter j j").screen());
}

#[test]
fn a_profile_previews_goes_there_and_leads_back_to_where_it_was_opened() {
    let desk = TestApp::new().press("tab 2 j enter j");
    assert!(desk.cursor_is_on("Ellwick will"));
    assert!(desk.status().starts_with("quote 4/6 · Ray 2/2"), "{}", desk.status());
    let desk = desk.press("j");
    assert!(desk.status().starts_with("Ray: mention 1/2"), "{}", desk.status());
    assert!(desk.attributes("Ray, who has").contains(Modifier::REVERSED));
    let desk = desk.press("enter");
    assert!(desk.cursor_is_on("Bo Ray, who"));
    assert!(desk.screen().contains("2 quotes, 12 words said"), "{}", desk.screen());
    // Moving in the story marks the row of the profile that stands there.
    let desk = desk.press("]e");
    assert!(desk.rows().iter().any(|it| it.contains("▸ ¶6") && it.contains("Ray said")), "{}", desk.screen());
    let desk = desk.press("tab esc");
    assert!(desk.rows().iter().any(|it| it.contains("▸ Bo Ray ")), "{}", desk.screen());
    let desk = desk.press("enter backspace backspace");
    assert!(desk.cursor_is_on("Ray said"));
}

#[test]
fn nobody_and_who_has_no_name_have_profiles_too() {
    let desk = TestApp::new().press("5]q P");
    assert!(desk.screen().contains("a source that the story does"), "{}", desk.screen());
    assert!(desk.status().starts_with("quote 5/6"), "{}", desk.status());
    let desk = TestApp::new().press("6]q P");
    assert!(desk.screen().contains("unknown speaker"), "{}", desk.screen());
    assert!(desk.press("enter").cursor_is_on("Tickets"));
    let desk = TestApp::new().press("tab 2 G");
    assert!(desk.rows().iter().any(|it| it.contains("▸ unknown speaker")), "{}", desk.screen());
    assert!(desk.press("enter enter").cursor_is_on("Tickets"));
}

#[test]
fn who_speaks_together_lead_to_one_another() {
    let mut found = analysis();
    let members = vec![0, 1];
    let both =
        Entity { members, kind: EntityKind::Group, name: "Lee and Ray".into(), ..found.entities[5].clone() };
    found.entities.push(both);
    found.quotes[5].speaker = Some(6);
    let mut desk = TestApp::pending(vec![story()]);
    desk.app.set_analysis(0, Some(found));
    let desk = desk.with_size(120, 40).press("6]q P");
    assert!(desk.screen().contains("speaking together: Ann Lee, Bo Ray"), "{}", desk.screen());
    let desk = desk.press("j enter");
    assert!(desk.screen().contains("3 quotes, "), "{}", desk.screen());
    assert!(desk.screen().contains("Also speaks with others"), "{}", desk.screen());
    assert!(desk.press("esc").screen().contains("speaking together: Ann Lee"));
}

#[test]
fn the_way_to_help_stands_in_the_status_line_at_every_width() {
    for (width, height) in [(30, 8), (40, 10), (59, 16), (60, 20), (80, 24)] {
        for keys in ["j", "]q", "tab", "tab 2", "tab 2 enter", "3]q S"] {
            let status = TestApp::new().with_size(width, height).press(keys).status();
            assert!(status.ends_with("? help"), "{width} {keys}: {status}");
        }
    }
}

#[test]
fn keys_that_want_findings_say_that_they_are_still_looked_for() {
    for keys in ["]q", ")", "l", "S", "s", "t", "D", "P", "enter"] {
        let status = TestApp::pending(vec![story()]).press(keys).status();
        assert!(status.starts_with("still looking for quotes and names"), "{keys}: {status}");
    }
}

#[test]
fn what_is_filtered_out_leaves_no_row_behind() {
    let desk = TestApp::new().with_size(120, 40).press("s ray enter");
    assert!(desk.screen().contains("Ellwick will sell"));
    let folded = desk.press("f").screen();
    for gone in ["Ellwick will sell", "Mia Torn", "Ann Lee", "unknown speaker"] {
        assert!(!folded.contains(gone), "{gone}\n{folded}");
    }
    for row in ["… 4 paragraphs …", "… 1 speaker …", "… 2 speakers …", "Quotes 2"] {
        assert!(folded.contains(row), "{row}\n{folded}");
    }
    let desk = TestApp::new().with_size(120, 40).press("s ray enter f f");
    for gone in ["paragraphs …", "speakers …", "Torn", "Lee"] {
        assert!(!desk.screen().contains(gone), "{gone}\n{}", desk.screen());
    }
    let people = desk.press("tab 2").screen();
    assert!(people.contains("Bo Ray ") && !people.contains("an official of"), "{people}");
    let none = TestApp::new().press("s ray enter f f t t t").screen();
    assert_eq!(none.matches("The filter lets nothing through.").count(), 2, "{none}");
}

#[test]
fn the_filter_stands_in_the_narrowest_status_line() {
    for (width, words) in
        [(90, "only Lee, Ray · dimmed"), (48, "only Lee +1 · dimmed"), (30, "filter"), (20, "filter")]
    {
        let status = TestApp::new().with_size(width, 12).press("s space down space enter").status();
        assert!(status.contains(words), "{width}: {status}");
    }
}

#[test]
fn a_filter_keeps_the_place_and_walks_only_what_it_lets_through() {
    let desk = TestApp::new().with_size(90, 40).press("s ray enter f f ]q");
    assert!(desk.cursor_is_on("“a great"));
    assert!(!desk.screen().contains("Norham"));
    let place = desk.app.current_story().viewport.cursor;
    let desk = desk.press("F");
    assert!(desk.screen().contains("Norham"));
    assert_eq!(desk.app.current_story().viewport.cursor, place);
}

#[test]
fn a_quote_is_copied_with_its_speaker() {
    for (keys, copied) in [
        ("]q y", "“The river is ours, but the boat never was,” — Ann Lee, Mayor (Ell Gazette, 3 March)"),
        ("4]q y", "“We were not asked, Not once in thirty years.” — Bo Ray (Ell Gazette, 3 March)"),
        (
            "5]q y",
            "the sale was “likely, not certain” — an official of the Transport Board (?) (Ell Gazette, 3 March)",
        ),
        ("tab j y", "nobody would lose work — Ann Lee, Mayor (Ell Gazette, 3 March)"),
        ("6]q y", "Tickets stay valid until then — unknown speaker (Ell Gazette, 3 March)"),
    ] {
        let Effect::Copy(ClipboardText { text: words, .. }) = TestApp::new().press(keys).effect else {
            panic!("{keys}")
        };
        assert_eq!(words, copied, "{keys}");
    }
}

#[test]
fn a_paragraph_is_copied_with_its_source() {
    let desk = TestApp::new().press("3]q Y");
    let words =
        "Bo Ray, who has steered the boat since 1994, called the plan “a great pity”. (Ell Gazette, 3 March)";
    assert_eq!(
        desk.effect,
        Effect::Copy(ClipboardText { text: words.into(), description: "the paragraph".into() })
    );
    let Effect::Copy(ClipboardText { description: what, .. }) = TestApp::new().press("]q y").effect else {
        panic!("nothing copied")
    };
    assert_eq!(what, "Lee's quote");
}

/// The name of the speaker of a quote, and the rule that spoke for him.
fn speaker(desk: &TestApp, quote: usize) -> (String, AttributionRule) {
    let findings = desk.app.current_story().findings().unwrap();
    let name = findings.speaker_name(findings.speaker_of(quote).unwrap());
    (name.to_string(), findings.quote(quote).unwrap().rule)
}

/// All that was said of quotes, as a keeper is told it.
fn corrections(desk: &TestApp) -> Vec<Correction> {
    let changes = desk.app.changes.iter().filter_map(|it| match &it.1 {
        Change::Corrected { added: made, .. } => made.clone(),
        _ => None,
    });
    changes.collect()
}

#[test]
fn a_quote_is_corrected_by_a_name_of_the_story_or_a_new_one() {
    for (keys, quote, name) in [
        ("3]q ! ann enter", 2, "Ann Lee"),
        ("3]q ! down enter", 2, "Ann Lee"),
        ("3]q ! Cy enter", 2, "Cy"),
        ("3]q ! board enter", 2, "an official of the Transport Board"),
        ("3]q ! nobody enter", 2, "unknown speaker"),
        ("3]q ! up up enter", 2, "unknown speaker"),
        ("6]q ! ray enter", 5, "Bo Ray"),
        ("tab j j ! lee enter", 2, "Ann Lee"),
    ] {
        let desk = TestApp::new().press(keys);
        assert_eq!(speaker(&desk, quote), (name.to_string(), AttributionRule::User), "{keys}");
        assert_eq!(corrections(&desk).len(), 1, "{keys}");
        assert!(desk.status().starts_with("noted: "), "{}", desk.status());
    }
    let typed = TestApp::new().press("3]q ! Dee space Fox enter");
    assert_eq!(speaker(&typed, 2).0, "Dee Fox");
}

#[test]
fn a_corrected_quote_is_marked_by_a_sign_wherever_its_speaker_stands() {
    let desk = TestApp::new().press("3]q ! ann enter j k");
    let screen = desk.screen();
    assert!(screen.contains("1✓█ called the plan"), "{screen}");
    assert!(screen.lines().any(|it| it.contains("◐ “a great pity”") && it.ends_with('✓')), "{screen}");
    assert!(desk.status().starts_with("quote 3/6 · Lee✓ 3/3"), "{}", desk.status());
    assert!(screen.contains("2▌ “We were not asked"), "the others stay whose they were: {screen}");
}

#[test]
fn the_correction_is_undone_and_another_takes_its_place() {
    let desk = TestApp::new().press("3]q ! ann enter ! Cy enter");
    assert_eq!(speaker(&desk, 2).0, "Cy");
    let desk = desk.press("! found enter");
    assert_eq!(speaker(&desk, 2), ("Bo Ray".into(), AttributionRule::SpeakerThenCue));
    let changes = desk.app.changes.iter().filter_map(|it| match &it.1 {
        Change::Corrected { removed: dropped, added: made } => Some((dropped.len(), made.is_some())),
        _ => None,
    });
    assert_eq!(changes.collect::<Vec<_>>(), [(0, true), (1, true), (1, false)]);
    assert_eq!(desk.app.current_story().findings().unwrap().analysis, analysis());
    assert!(!desk.press("!").screen().contains("as it was found"));
}

#[test]
fn what_is_no_quote_leaves_the_quotes_and_can_come_back() {
    let desk = TestApp::new().press("3]q ! not enter");
    let screen = desk.screen();
    assert!(screen.contains("No quotes, you say") && screen.contains("× “a great pity”"), "{screen}");
    assert!(screen.contains(" × called the plan") && screen.contains("Quotes 5"), "{screen}");
    assert!(!TestApp::new().press("3]q w ! not enter").screen().contains("Why this speaker"));
    let desk = desk.press("w");
    assert!(desk.status().contains("you say that this is no quote"), "{}", desk.status());
    let back = desk.press("! enter");
    assert_eq!(speaker(&back, 2), ("Bo Ray".into(), AttributionRule::SpeakerThenCue));
    let from_side = TestApp::new().press("3]q ! not enter tab G ! enter");
    assert_eq!(from_side.app.current_story().findings().unwrap().analysis, analysis());
}

#[test]
fn the_filter_keeps_its_people_when_a_correction_gives_them_other_numbers() {
    // With the first two quotes somebody else's, Ray is the second speaker no longer.
    let desk = TestApp::new().press("s ray enter F ]q ! Dee enter j ]q F");
    assert!(desk.status().contains("only Ray"), "{}", desk.status());
    let desk = TestApp::new().press("]q ! ray enter ]q ! not enter s official enter");
    assert!(desk.status().contains("only an official"), "{}", desk.status());
}

#[test]
fn corrections_of_another_day_hold_for_the_findings_of_this_one() {
    let verdict = Verdict::Said("Bo Ray".into());
    let corrections = vec![Correction::new(&analysis().quotes[0], verdict)];
    let kept =
        || StorageEvent::Loaded(0, SavedState { corrections: corrections.clone(), ..SavedState::default() });
    let mut late = TestApp::new();
    late.app.handle_storage_event(kept());
    assert_eq!(speaker(&late, 0), ("Bo Ray".into(), AttributionRule::User));
    let mut desk = TestApp::pending(vec![story()]);
    desk.app.handle_storage_event(kept());
    desk.app.set_analysis(0, Some(analysis()));
    assert_eq!(speaker(&desk, 0), ("Bo Ray".into(), AttributionRule::User));
    assert_eq!(
        speaker(&desk.press("]q ! found enter"), 0),
        ("Ann Lee".into(), AttributionRule::SpeakerThenCue)
    );
}

#[test]
fn a_panel_says_why_a_quote_is_whose_it_is() {
    for (keys, told) in [
        ("]q w", "who: Ann Lee, Mayor"),
        ("]q w", "named by: “Lee”"),
        ("]q w", "reported: “Lee told reporters”"),
        ("]q w", "sure, 98 %"),
        ("]q w", "● direct: all of it between quotation marks"),
        ("]q w j", "“She”, who is “Lee” before it"),
        ("]q w ]q", "sure, 80 %"),
        ("5]q w", "an official of the Transport Board?"),
        ("5]q w", "doubtful, 40 %"),
        ("5]q w", "also near"),
        ("6]q w", "nobody is named"),
        ("3]q ! ann enter w", "corrected by you"),
        ("3]q ! ann enter w", "Bo Ray: speaker comes before the verb (“Kerry said …”), sure, 90 %"),
        ("3]q w ! ann enter", "corrected by you"),
        ("tab j j w", "who: Bo Ray"),
        ("tab j w j", "who: Bo Ray"),
    ] {
        let facts = TestApp::new().press(keys).app.explanation_rows();
        let facts: Vec<String> = facts.iter().map(|it| format!("{}: {}", it.label, it.text)).collect();
        assert!(facts.iter().any(|it| it.contains(told)), "{keys}: {facts:?}");
    }
    let screen = |keys: &str| TestApp::new().press(keys).screen();
    assert!(screen("]q w").contains("Why this speaker?") && screen("]q w").contains("sure, 98 %"));
    assert!(!screen("]q w esc").contains("Why this speaker"));
    assert!(screen("gg w").contains("stand on a quote to see whose it is"));
}

#[test]
fn a_doubtful_speaker_has_a_question_mark_wherever_he_stands() {
    for (width, height) in [(60, 24), (80, 24), (120, 40), (200, 50)] {
        let desk = TestApp::new().with_size(width, height).press("5]q");
        let screen = desk.screen();
        assert!(screen.contains("3?█ ") || width < 80, "{screen}");
        let status = desk.status();
        assert!(status.contains("Board? 1/1") || !status.contains("Board"), "{status}");
        let side = desk.press("tab").screen();
        assert!(
            side.contains("the sale was") && side.lines().any(|it| it.contains('◐') && it.ends_with('?')),
            "{side}"
        );
    }
    let narrow = TestApp::new().with_size(32, 12).press("5]q");
    assert!(narrow.press("k k").screen().contains("?▌ "));
}

#[test]
fn the_mouse_chooses_tabs_findings_and_names() {
    let desk = TestApp::new().with_size(140, 30);
    let desk = desk.click("Places");
    assert!(desk.screen().contains("Norham"));
    let desk = desk.click("Quotes 6").click("“a great pity”   ");
    assert!(desk.status().starts_with("quote 3/6"));
    let desk = desk.click("Ann Lee said");
    assert!(desk.cursor_is_on("Ann Lee said"));
}

#[test]
fn what_is_marked_is_marked_by_more_than_colour() {
    let desk = TestApp::new().with_size(140, 30).press("l l");
    assert!(desk.attributes("Ann Lee said").contains(Modifier::UNDERLINED | Modifier::REVERSED));
    assert!(desk.attributes("Lee told").contains(Modifier::REVERSED));
    assert!(desk.attributes("Transport Board said").contains(Modifier::ITALIC));
    assert!(desk.attributes("Ellwick will sell").contains(Modifier::BOLD));
    let desk = TestApp::new().press("tab");
    assert!(desk.attributes("● “The river").contains(Modifier::REVERSED));
}

#[test]
fn the_scroll_bar_shows_the_window_the_quotes_and_the_hits() {
    let bar = |desk: &TestApp| {
        let x = desk.app.panes.scrollbar.x;
        let buffer = desk.buffer();
        let signs = (0..desk.size.height).map(|y| buffer[(x, y)].symbol().to_string());
        signs.filter(|it| "│┃┤┨◂".contains(it.as_str())).collect::<String>()
    };
    // All of it is seen: a tick stands beside each row on which a quote begins.
    assert_eq!(bar(&TestApp::new().with_size(90, 40)), "││││││││┤│┤││┤│┤││┤││││┤││││││││││││");
    let top = bar(&TestApp::new().with_size(60, 14));
    assert!(top.starts_with('┃') && top.contains('┤') && top.ends_with('│'), "{top}");
    let end = bar(&TestApp::new().with_size(60, 14).press("G"));
    assert!(end.starts_with('│') && end.ends_with('┃'), "{end}");
    let hit = bar(&TestApp::new().with_size(60, 14).press("/norham"));
    assert_eq!(hit.matches('◂').count(), 1, "{hit}");
    let marked = TestApp::new().with_size(60, 14).press("2] q m x");
    let x = marked.app.panes.scrollbar.x;
    let buffer = marked.buffer();
    assert!((0..14).any(|y| buffer[(x, y)].symbol() == "x"), "{}", marked.screen());
}

#[test]
fn every_empty_pane_says_why() {
    let empty = |keys: &str| {
        let mut desk = TestApp::pending(vec![story()]);
        desk.app.set_analysis(0, Some(Analysis::default()));
        desk.press(keys).screen()
    };
    assert!(empty("").contains("No quotes found"));
    assert!(empty("tab 2").contains("No people found"));
    assert!(empty("tab 3").contains("No organisations found"));
    assert!(empty("tab 4").contains("No places found"));
    let mut broken = TestApp::pending(vec![story()]);
    broken.app.set_analysis(0, None);
    assert!(broken.screen().contains("broke down"));
    let nothing = TestApp::pending(vec![Story::new(Format::Plain, String::new(), vec![])]);
    assert!(nothing.press("G k ]q tab j enter / x enter").screen().contains("no text"));
}

#[test]
fn several_stories_are_turned_over() {
    let other = Story::new(
        Format::Plain,
        "A new bridge".into(),
        vec![Block::new(BlockKind::Headline, Span::new(0, 12))],
    );
    let mut desk = TestApp::pending(vec![story(), other]);
    desk.app.set_analysis(0, Some(analysis()));
    desk = desk.press("]q ] s");
    assert!(desk.screen().contains("A new bridge") && desk.screen().contains("story 2/2"));
    assert!(desk.screen().contains("reading…"));
    let desk = desk.press("[ s");
    assert!(desk.status().starts_with("quote 1/6"));
}

#[test]
fn findings_may_come_for_a_story_that_was_never_opened() {
    let mut desk = TestApp::pending(vec![story(), story()]);
    desk.app.set_analysis(1, Some(analysis()));
    assert!(desk.press("] s ]q").status().starts_with("quote 1/6"));
}

#[test]
fn the_paragraph_on_top_outlives_any_size() {
    let desk = TestApp::new().with_size(40, 8).press("3]q");
    let top = |desk: &TestApp| {
        let reading = desk.app.current_story();
        reading.page.rows()[reading.viewport.top_row(&reading.page, desk.app.page_height())].block
    };
    let before = top(&desk);
    let desk = desk.with_size(200, 60).with_size(1, 1).with_size(40, 8);
    assert_eq!(top(&desk), before);
}

#[test]
fn the_last_row_of_a_long_story_is_reached_and_left() {
    let text = "One line.\n".repeat(100_000);
    let blocks = (0..100_000).map(|it| Block::new(BlockKind::Paragraph, Span::new(it * 10, it * 10 + 9)));
    let desk = TestApp::pending(vec![Story::new(Format::Plain, text.clone(), blocks.collect())]).press("G");
    assert_eq!(desk.app.current_story().viewport.cursor, 999_990);
    assert_eq!(desk.press("k").app.current_story().viewport.cursor, 999_980);
}

#[test]
fn wide_signs_do_not_push_the_pane_aside() {
    let text = "日本語の新聞はとても長い文章を書くことがある 👩‍🚀 e\u{301}t ❤\u{fe0f} fin. ".repeat(6);
    let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()));
    for width in [20, 40, 80, 81, 120] {
        let story = Story::new(Format::Plain, text.clone(), vec![block]);
        let desk = TestApp::pending(vec![story]).with_size(width, 12).press("j j");
        for row in desk.rows() {
            assert!(display_width(&row) <= usize::from(width), "{width}: {row}");
        }
        if width >= 80 {
            let borders = desk.rows().iter().filter(|it| it.contains('│')).count();
            assert!(borders >= 8, "{}", desk.screen());
        }
    }
}

/// The table of keys in the README, as it must stand there.
fn key_table(keymap: &Keymap) -> String {
    let quoted = |keys: Vec<String>| {
        let keys: Vec<String> = keys.iter().map(|it| format!("`{}`", it.replace('|', "\\|"))).collect();
        keys.join(" ")
    };
    let rows =
        Action::ALL.iter().map(|it| format!("| {} | {} |\n", quoted(keymap.keys(*it)), it.description()));
    format!("| keys | what they do |\n| --- | --- |\n{}", rows.collect::<String>())
}

#[test]
fn the_readme_has_the_table_of_keys() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(readme) = fs::read_to_string(readme) else {
        println!("there is no README.md to look at");
        return;
    };
    let table = key_table(&TestApp::new().keymap);
    assert!(readme.contains(&table), "README.md wants this table of keys:\n\n{table}");
}

#[test]
fn who_said_it_now_is_chosen_until_something_else_is_typed() {
    for keys in ["3]q !", "5]q !", "3]q ! Lee backspace backspace backspace"] {
        let desk = TestApp::new().press(keys);
        let screen = desk.screen();
        let row = screen.lines().find(|it| it.contains('▸')).unwrap_or_default();
        assert!(row.contains("now"), "{keys}\n{screen}");
    }
    let screen = TestApp::new().press("]q ! ee x").screen();
    assert!(screen.contains("▸   “eex”"), "scattered letters are no match\n{screen}");
}

#[test]
fn the_tour_goes_on_with_each_key_that_it_names_and_escape_ends_it() {
    let step = |desk: &TestApp| desk.app.tour.current_step().map(|it| it.0);
    let desk = TestApp::new().press("f2");
    assert!(desk.screen().contains("Tour 1/11"), "{}", desk.screen());
    let desk = desk.press("n");
    assert_eq!(step(&desk), Some(1));
    let desk = desk.press("j ]q )");
    assert_eq!(step(&desk), Some(4));
    let desk = desk.press("S S ]e tab enter w esc y");
    assert_eq!(step(&desk), Some(11));
    assert_eq!(step(&desk.press("esc esc")), None);
    assert_eq!(
        step(&TestApp::new().press("f2 j ? esc")),
        Some(2),
        "leaving the help page is not leaving the tour"
    );
    assert_eq!(step(&TestApp::new().press("f2 f2")), None);
}

#[test]
fn who_reads_for_the_first_time_is_shown_the_tour() {
    let mut desk = TestApp::new();
    desk.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(desk.screen().contains("Tour 1/11"), "{}", desk.screen());
    let mut desk = TestApp::pending(vec![story()]);
    desk.app.resize(Size::default());
    desk.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(desk.with_size(90, 24).screen().contains("Tour 1/11"), "news that came before the first frame");
    let mut desk = TestApp::new().with_size(40, 10);
    desk.app.handle_storage_event(StorageEvent::FirstRun);
    assert!(!desk.status().contains("larger"), "{}", desk.status());
}

#[test]
fn the_tour_has_room_or_says_that_it_has_none() {
    for (width, height) in [(80, 24), (120, 40), (60, 20)] {
        let desk = TestApp::new().with_size(width, height).press("f2");
        assert!(desk.screen().contains("Tour 1/11  Welcome"), "{width}×{height}\n{}", desk.screen());
    }
    let desk = TestApp::new().with_size(40, 10).press("f2");
    assert!(desk.status().contains("larger screen"), "{}", desk.status());
}

#[test]
fn the_parts_of_the_help_page_have_headings() {
    let help = Help::new(&TestApp::new().keymap);
    let columns = help.layout(60).columns;
    let headings = columns[0].iter().filter(|it| matches!(it, HelpRow::Heading(_))).count();
    assert!(headings > crate::tui::input::action::HELP_SECTIONS.len());
}

/// Run by the next test in a terminal of its own.
#[test]
#[ignore = "takes the terminal and panics"]
fn panics_on_a_screen() {
    crate::tui::terminal::session::release_on_panic();
    let mut screen = crate::tui::terminal::session::TerminalSession::enter(true).unwrap();
    screen
        .draw(|area, buf| buf.set_string(area.x, area.y, "about to fall", ratatui::style::Style::new()))
        .unwrap();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    panic!("fallen");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let mut terminal = termlens::Terminal::builder()
        .timeout(std::time::Duration::from_mins(1))
        .args(["--ignored", "--exact", "--nocapture", "tui::tests::panics_on_a_screen"])
        .spawn(std::env::current_exe().unwrap())
        .unwrap();
    terminal.wait_until(|it| it.alternate_screen() && it.contains("about to fall")).unwrap();
    let device = fs::read_link(format!("/proc/{}/fd/0", terminal.pid().unwrap())).unwrap();
    terminal.send_str("\n").unwrap();
    terminal.wait_until(|it| !it.alternate_screen() && it.contains("fallen")).unwrap();
    terminal.wait_exit().unwrap();
    let driver = std::process::Command::new("stty").arg("-a").arg("-F").arg(device).output().unwrap();
    let driver = String::from_utf8(driver.stdout).unwrap();
    let is_set = |wanted: &str| driver.split_whitespace().any(|it| it == wanted);
    assert!(["icanon", "echo", "isig"].into_iter().all(is_set), "{driver}");
    let screen = terminal.screen();
    assert!(screen.cursor_visible() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_mode(), termlens::MouseMode::None);
}
