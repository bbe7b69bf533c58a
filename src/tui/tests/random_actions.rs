//! Random actions on screens of any size: no panic, a cursor on the page, no row wider than its pane.
//!
//! The same actions lead to the same screen.

use proptest::prelude::*;
use pullquote::analysis::Analysis;
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::tui::input::action::Action;
use crate::tui::input::keymap::parse_key_event;
use crate::tui::layout::page::RowKind;
use crate::tui::tests::{TestApp, analysis, story};
use crate::tui::text::width::display_width;

/// One action of the user.
#[derive(Clone, Debug)]
enum UserInput {
    Act(Action),
    Count(usize),
    /// A key, named as in `keys.toml`.
    Press(&'static str),
    Type(char),
    Resize(u16, u16),
    Click(u16, u16),
    Wheel(u16, u16, isize),
    Find(usize),
}

const KEYS: &[&str] = &[
    "]",
    "[",
    "q",
    "s",
    "e",
    "g",
    "m",
    "'",
    "a",
    "j",
    "/",
    "\\",
    ":",
    "?",
    "!",
    "w",
    "2",
    "3",
    "9",
    "enter",
    "esc",
    "tab",
    "space",
    "backspace",
    "up",
    "down",
    "ctrl-r",
    "ctrl-w",
    "ctrl-u",
];

const CHARACTERS: &[char] = &['a', 'e', 'T', '“', ' ', 'é', '(', '日', '\u{301}', '\n'];

/// Sizes of the screen up to 200 by 60, most of them small, as panes compete for room there.
fn size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![(1u16..=200, 1u16..=60), (1u16..=30, 1u16..=12), Just((79, 24)), Just((80, 24))]
}

fn user_input() -> impl Strategy<Value = UserInput> {
    let place = || (0u16..=200, 0u16..=60);
    prop_oneof![
        12 => prop::sample::select(Action::ALL).prop_map(UserInput::Act),
        4 => prop::sample::select(KEYS).prop_map(UserInput::Press),
        3 => prop::sample::select(CHARACTERS).prop_map(UserInput::Type),
        1 => (1usize..40).prop_map(UserInput::Count),
        2 => size().prop_map(|it| UserInput::Resize(it.0, it.1)),
        2 => place().prop_map(|it| UserInput::Click(it.0, it.1)),
        2 => (place(), -2isize..3).prop_map(|((x, y), notches)| UserInput::Wheel(x, y, notches)),
        1 => (0usize..3).prop_map(UserInput::Find),
    ]
}

/// Returns a story with unusual characters in a list, a caption and a very long word.
fn odd_story() -> Story {
    let lines = [
        "日本語 👩‍🚀 e\u{301}t ❤\u{fe0f} fin",
        "“Jetzt” 👨‍👩‍👧‍👦 日本語の新聞はとても長い文章を書くことがある",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "🇳🇴🇸🇪 n\u{303} ☎\u{fe0f} caption",
    ];
    let kinds = [BlockKind::Headline, BlockKind::Item, BlockKind::Paragraph, BlockKind::Caption];
    let mut start = 0;
    let blocks = lines.iter().zip(kinds).map(|(line, kind)| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        Block::new(kind, span)
    });
    let blocks = blocks.collect();
    Story::new(Format::Plain, lines.join("\n"), blocks)
}

fn test_app() -> TestApp {
    TestApp::pending(vec![story(), odd_story(), Story::new(Format::Plain, String::new(), vec![]), story()])
}

/// Performs one action and returns what the panes show then.
fn perform(test_app: &mut TestApp, input: &UserInput) -> Buffer {
    match *input {
        UserInput::Act(action) => drop(test_app.app.update(action)),
        UserInput::Count(count) => test_app.app.pending_keys.count = Some(count),
        UserInput::Press(key) => test_app.press_key(parse_key_event(key).unwrap()),
        UserInput::Type(sign) => test_app.app.insert_text(&sign.to_string()),
        UserInput::Resize(width, height) => {
            test_app.size = Size { width, height };
            test_app.app.resize(test_app.size);
        }
        UserInput::Click(x, y) => drop(test_app.app.click(Position { x, y })),
        UserInput::Wheel(x, y, notches) => test_app.app.scroll_wheel(Position { x, y }, notches),
        // The analysis of the first story belongs to no other.
        UserInput::Find(0) => drop(test_app.app.set_analysis(0, Some(analysis()))),
        UserInput::Find(story) => {
            drop(test_app.app.set_analysis(story, (story > 1).then(Analysis::default)));
        }
    }
    test_app.buffer()
}

/// Returns what is wrong with the page or its drawing.
fn find_fault(test_app: &TestApp, drawn: &Buffer) -> Option<String> {
    let reading = test_app.app.current_story();
    let (text, place) = (reading.story.text(), reading.viewport.cursor);
    if place > text.len() || !text.is_char_boundary(place) {
        return Some(format!("the reader stands at {place}"));
    }
    let rows = reading.page.rows();
    let top = reading.viewport.top_row(&reading.page, test_app.app.page_height());
    if !rows.is_empty() && top >= rows.len() {
        return Some(format!("row {top} of {} is on top", rows.len()));
    }
    let mut words = rows.iter().filter(|it| matches!(it.kind, RowKind::First | RowKind::Continuation));
    if let Some(wide) = words.find(|it| it.width(text) > reading.page.options.width.max(2)) {
        return Some(format!("{wide:?} is wider than the page"));
    }
    let panes = &test_app.app.panes;
    let beside = test_app.app.panel().is_none() && !panes.side_overlays_story;
    let drawn_panes =
        [panes.title, panes.rule, panes.status, if beside { panes.text } else { Rect::default() }];
    drawn_panes.into_iter().find_map(|it| find_overflow(it, drawn))
}

/// Returns the character that crosses the right edge of a pane.
fn find_overflow(pane: Rect, drawn: &Buffer) -> Option<String> {
    let last = pane.right().checked_sub(1).filter(|_| !pane.is_empty())?;
    let sign = |y| drawn.cell((last, y)).map_or("", |it| it.symbol());
    let row = (pane.top()..pane.bottom()).find(|y| display_width(sign(*y)) > 1)?;
    Some(format!("“{}” leaves {pane:?}", sign(row)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_order_of_keys_leaves_the_page_and_each_leads_to_one_screen(
        inputs in prop::collection::vec(user_input(), 200), (width, height) in size(),
    ) {
        let (mut test_app, mut twin) = (test_app().with_size(width, height), test_app().with_size(width, height));
        for input in &inputs {
            let drawn = perform(&mut test_app, input);
            prop_assert_eq!(find_fault(&test_app, &drawn), None, "{:?}", input);
            prop_assert!(drawn == perform(&mut twin, input), "{:?}: two screens", input);
        }
    }
}
