//! What an action has done, in words: the state before it and the state after → one announcement.
//!
//! 1. What the action says of itself (a notice) comes first.
//! 2. Then what is new, and only the foremost of it: another story, what lies over the page, the filter, what is chosen
//!    in the side pane, where the reader stands.
//! 3. A panel that nobody has taught to speak is read off a page that is drawn for nobody; so a new one is told too.
//! 4. Where nothing has changed, the announcement says that.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::tui::app::{Focus, Open};
use crate::tui::input::action::{Action, PARTS};
use crate::tui::input::keymap::{Keymap, Room};
use crate::tui::line_mode::description::sentence;
use crate::tui::open_story::list::Line;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::view::Screen;

/// As much of the state as an announcement compares.
pub(crate) struct Moment {
    story: usize,
    room: Room,
    focus: Focus,
    tab: Tab,
    chosen: Option<Line>,
    /// Whose profile is open, in words.
    profile: Option<String>,
    place: usize,
    quote: Option<usize>,
    filter: Option<String>,
    /// The step of the tour, in words.
    tour: Option<String>,
    drawn: Buffer,
}

impl Moment {
    pub(crate) fn of(screen: Screen) -> Self {
        let app = screen.app;
        let reading = app.reading();
        Self {
            story: app.number().0,
            room: app.room(),
            focus: app.focus,
            tab: reading.side.tab,
            chosen: reading.side.chosen(),
            profile: reading.profile_told(),
            place: reading.stand.place,
            quote: reading.stand.quote(),
            filter: Some(screen.filter_words(u16::MAX)).filter(|it| !it.is_empty()),
            tour: app.tour.told(),
            drawn: drawn(screen),
        }
    }
}

/// What has changed since `before`, at which `action` was asked for.
pub(crate) fn announcement(action: Action, before: &Moment, screen: Screen) -> String {
    let notice = screen.app.notice.as_deref().map(sentence);
    let news = news(action, before, screen);
    let tour = screen.app.tour.told().filter(|it| before.tour.as_ref() != Some(it));
    let news = match (news, tour) {
        (Some(news), Some(tour)) => Some(format!("{news} {tour}")),
        (news, tour) => news.or(tour),
    };
    match (notice, news) {
        (Some(notice), Some(news)) => format!("{notice} {news}"),
        (Some(words), None) | (None, Some(words)) => words,
        (None, None) if drawn(screen) != before.drawn => sentence(&format!("done: {}", action.words())),
        (None, None) => stuck(action, screen),
    }
}

/// The foremost of what is new.
fn news(action: Action, before: &Moment, screen: Screen) -> Option<String> {
    let app = screen.app;
    let now = Moment::of(screen);
    let reading = app.reading();
    if now.story != before.story {
        let (number, stories) = app.number();
        return Some(format!("Story {} of {stories}: {}", number + 1, reading.story_told()));
    }
    if !matches!(app.open, Open::Nothing) {
        return panel(before, &now, app.panes.body);
    }
    if now.filter != before.filter {
        let filter = now.filter.map_or("everybody is read".into(), |it| it.replace(" · ", ", "));
        let left = format!("{} of {} quotes", reading.quotes.len(), reading.side.totals[0]);
        return Some(format!("{} {}", sentence(&filter), sentence(&left)));
    }
    let here =
        || if app.focus == Focus::Findings { reading.chosen_told() } else { Some(standing(action, screen)) };
    if app.focus == Focus::Findings && (now.focus, now.tab) != (before.focus, before.tab) {
        let count = match reading.findings() {
            Some(_) if now.chosen.is_none() => reading.side.tab.nothing().to_string(),
            Some(_) => sentence(now.tab.title()),
            None => reading.findings_told(),
        };
        return Some([Some(count), here()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    if now.profile != before.profile && now.profile.is_some() {
        return Some([now.profile, here()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    let moved = (now.place, now.quote) != (before.place, before.quote);
    let chosen = app.focus == Focus::Findings && now.chosen != before.chosen;
    let back = app.notice.is_none() && (now.focus != before.focus || now.room != before.room);
    if moved || chosen || back { here() } else { None }
}

/// Where the reader stands in the story, as somebody who did this wants to hear it.
pub(crate) fn standing(action: Action, screen: Screen) -> String {
    let reading = screen.app.reading();
    let told = match action {
        Action::Forward | Action::Back => Some(reading.row_told()),
        Action::NextName | Action::PreviousName | Action::NextMention | Action::PreviousMention => {
            reading.name_told()
        }
        Action::Search | Action::SearchBack | Action::NextHit | Action::PreviousHit => reading.hit_told(),
        _ => reading.stand.quote().and_then(|it| reading.quote_told(it)),
    };
    told.unwrap_or_else(|| reading.paragraph_told())
}

/// Why nothing has changed.
fn stuck(action: Action, screen: Screen) -> String {
    use Action::{
        Back, Forward, HalfBack, HalfForward, NextParagraph, PageBack, PageForward, PreviousParagraph, ToEnd,
        ToStart,
    };
    match action {
        Forward | NextParagraph | HalfForward | PageForward | ToEnd => "That is the end.".into(),
        Back | PreviousParagraph | HalfBack | PageBack | ToStart => "That is the start.".into(),
        _ if screen.app.focus == Focus::Story => format!("Nothing changes. {}", standing(action, screen)),
        _ => "Nothing changes.".into(),
    }
}

/// What lies over the page: all of it when it opens, then what is new in it, the chosen row above all.
fn panel(before: &Moment, now: &Moment, body: Rect) -> Option<String> {
    let rows = rows(&now.drawn, body);
    let told: Vec<&String> = if now.room == before.room {
        let old = self::rows(&before.drawn, body);
        let new: Vec<&String> = rows.iter().filter(|it| !old.contains(it)).collect();
        let chosen: Vec<&String> = new.iter().copied().filter(|it| it.contains('▸')).collect();
        if chosen.is_empty() { new } else { chosen }
    } else {
        rows.iter().collect()
    };
    let told: Vec<String> = told.into_iter().map(|it| plain(it)).filter(|it| !it.is_empty()).collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// The screen as somebody would see it.
fn drawn(screen: Screen) -> Buffer {
    let area = Rect { width: screen.app.screen.width, height: screen.app.screen.height, ..Rect::default() };
    let mut drawn = Buffer::empty(area);
    screen.render(area, &mut drawn);
    drawn
}

fn rows(drawn: &Buffer, body: Rect) -> Vec<String> {
    let sign = |x, y| drawn.cell((x, y)).map_or(" ", |it| it.symbol());
    body.rows().map(|row| (row.left()..row.right()).map(|x| sign(x, row.y)).collect()).collect()
}

/// A row without what is only for the eye; columns become a list.
fn plain(row: &str) -> String {
    let words: String = row.chars().map(|it| if "│─━╸▸▌█┆┇┴".contains(it) { ' ' } else { it }).collect();
    let columns: Vec<&str> = words.split("  ").map(str::trim).filter(|it| !it.is_empty()).collect();
    columns.join(", ")
}

/// Every command by its name, with its keys and what it does.
pub(crate) fn commands(keymap: &Keymap) -> String {
    let mut told = vec![
        "An empty line goes on. A command is its name or its keys, a number before it repeats it: 3 next-quote, 3]q. \
         What is sought or picked follows on the same line: /ferry, s Lee."
            .to_string(),
    ];
    for action in Action::ALL {
        if let Some((heading, _)) = PARTS.iter().find(|it| it.1 == *action) {
            told.push(format!("{heading}."));
        }
        let keys = keymap.keys(*action).join(" ");
        told.push(format!("{}, {keys}: {}", action.name(), action.words()));
    }
    told.join("\n")
}
