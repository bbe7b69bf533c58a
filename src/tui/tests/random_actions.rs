//! Any order of deeds, on any screen: no panic, no way off the page, no row wider than its pane; and the same deeds
//! lead to the same screen.

use proptest::prelude::*;
use pullquote::analysis::Analysis;
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::tui::app::Open;
use crate::tui::input::action::Action;
use crate::tui::input::keymap::event;
use crate::tui::layout::page::RowKind;
use crate::tui::tests::{Desk, analysis, story};
use crate::tui::text::width::columns;

/// One thing that a person can do.
#[derive(Clone, Debug)]
enum Deed {
    Act(Action),
    Count(usize),
    /// A key, named as in `keys.toml`, wherever it leads.
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

const SIGNS: &[char] = &['a', 'e', 'T', '“', ' ', 'é', '(', '日', '\u{301}', '\n'];

/// Sizes of the screen, up to 200 by 60, the small ones above all: there every pane is in the way of another.
fn size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![(1u16..=200, 1u16..=60), (1u16..=30, 1u16..=12), Just((79, 24)), Just((80, 24))]
}

fn deed() -> impl Strategy<Value = Deed> {
    let place = || (0u16..=200, 0u16..=60);
    prop_oneof![
        12 => prop::sample::select(Action::ALL).prop_map(Deed::Act),
        4 => prop::sample::select(KEYS).prop_map(Deed::Press),
        3 => prop::sample::select(SIGNS).prop_map(Deed::Type),
        1 => (1usize..40).prop_map(Deed::Count),
        2 => size().prop_map(|it| Deed::Resize(it.0, it.1)),
        2 => place().prop_map(|it| Deed::Click(it.0, it.1)),
        2 => (place(), -2isize..3).prop_map(|((x, y), notches)| Deed::Wheel(x, y, notches)),
        1 => (0usize..3).prop_map(Deed::Find),
    ]
}

/// Odd signs in a list, a caption, a word without an end.
fn odd() -> Story {
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

fn desk() -> Desk {
    Desk::before(vec![story(), odd(), Story::new(Format::Plain, String::new(), vec![]), story()])
}

/// Does one deed; what the panes show then.
fn done(desk: &mut Desk, deed: &Deed) -> Buffer {
    match *deed {
        Deed::Act(action) => drop(desk.app.update(action)),
        Deed::Count(count) => desk.app.begun.count = Some(count),
        Deed::Press(key) => desk.key(event(key).unwrap()),
        Deed::Type(sign) => desk.app.typed(&sign.to_string()),
        Deed::Resize(width, height) => {
            desk.size = Size { width, height };
            desk.app.resize(desk.size);
        }
        Deed::Click(x, y) => drop(desk.app.click(Position { x, y })),
        Deed::Wheel(x, y, notches) => desk.app.wheel(Position { x, y }, notches),
        // The findings of the first story belong to no other.
        Deed::Find(0) => desk.app.found(0, Some(analysis())),
        Deed::Find(story) => desk.app.found(story, (story > 1).then(Analysis::default)),
    }
    desk.buffer()
}

/// What is wrong with the page or its drawing, if anything is.
fn fault(desk: &Desk, drawn: &Buffer) -> Option<String> {
    let reading = desk.app.reading();
    let (text, place) = (reading.story.text(), reading.stand.place);
    if place > text.len() || !text.is_char_boundary(place) {
        return Some(format!("the reader stands at {place}"));
    }
    let rows = reading.page.rows();
    let top = reading.stand.top_row(&reading.page, desk.app.height());
    if !rows.is_empty() && top >= rows.len() {
        return Some(format!("row {top} of {} is on top", rows.len()));
    }
    let mut words = rows.iter().filter(|it| matches!(it.kind, RowKind::First | RowKind::Next));
    if let Some(wide) = words.find(|it| it.columns(text) > reading.page.setting.width.max(2)) {
        return Some(format!("{wide:?} is wider than the page"));
    }
    let panes = &desk.app.panes;
    let beside = matches!(desk.app.open, Open::Nothing) && !panes.over;
    let drawn_panes =
        [panes.title, panes.rule, panes.status, if beside { panes.text } else { Rect::default() }];
    drawn_panes.into_iter().find_map(|it| leaves(it, drawn))
}

/// The sign that reaches out of a pane at its right side.
fn leaves(pane: Rect, drawn: &Buffer) -> Option<String> {
    let last = pane.right().checked_sub(1).filter(|_| !pane.is_empty())?;
    let sign = |y| drawn.cell((last, y)).map_or("", |it| it.symbol());
    let row = (pane.top()..pane.bottom()).find(|y| columns(sign(*y)) > 1)?;
    Some(format!("“{}” leaves {pane:?}", sign(row)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_order_of_deeds_leaves_the_page_and_each_leads_to_one_screen(
        deeds in prop::collection::vec(deed(), 200), (width, height) in size(),
    ) {
        let (mut desk, mut twin) = (desk().sized(width, height), desk().sized(width, height));
        for deed in &deeds {
            let drawn = done(&mut desk, deed);
            prop_assert_eq!(fault(&desk, &drawn), None, "{:?}", deed);
            prop_assert!(drawn == done(&mut twin, deed), "{:?}: two screens", deed);
        }
    }
}
