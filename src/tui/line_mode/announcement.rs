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

use crate::tui::app::{Focus, Overlay};
use crate::tui::input::action::{Action, HELP_SECTIONS};
use crate::tui::input::keymap::{Keymap, Mode};
use crate::tui::line_mode::description::sentence;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::view::RootView;

/// As much of the state as an announcement compares.
pub(crate) struct StateSnapshot {
    story: usize,
    mode: Mode,
    focus: Focus,
    tab: Tab,
    selected: Option<ListRow>,
    /// Whose profile is open, in words.
    profile: Option<String>,
    offset: usize,
    quote: Option<usize>,
    filter: Option<String>,
    /// The step of the tour, in words.
    tour: Option<String>,
    frame: Buffer,
}

impl StateSnapshot {
    pub(crate) fn new(screen: RootView) -> Self {
        let app = screen.app;
        let reading = app.current_story();
        Self {
            story: app.story_position().0,
            mode: app.mode(),
            focus: app.focus,
            tab: reading.side_pane.tab,
            selected: reading.side_pane.selected(),
            profile: reading.describe_profile(),
            offset: reading.viewport.cursor,
            quote: reading.viewport.selected_quote(),
            filter: Some(screen.filter_summary(u16::MAX)).filter(|it| !it.is_empty()),
            tour: app.tour.describe(),
            frame: render_frame(screen),
        }
    }
}

/// What has changed since `before`, at which `action` was asked for.
pub(crate) fn announce(action: Action, before: &StateSnapshot, screen: RootView) -> String {
    let notice = screen.app.notice.as_deref().map(sentence);
    let news = describe_change(action, before, screen);
    let tour = screen.app.tour.describe().filter(|it| before.tour.as_ref() != Some(it));
    let news = match (news, tour) {
        (Some(news), Some(tour)) => Some(format!("{news} {tour}")),
        (news, tour) => news.or(tour),
    };
    match (notice, news) {
        (Some(notice), Some(news)) => format!("{notice} {news}"),
        (Some(words), None) | (None, Some(words)) => words,
        (None, None) if render_frame(screen) != before.frame => {
            sentence(&format!("done: {}", action.words()))
        }
        (None, None) => describe_no_change(action, screen),
    }
}

/// The foremost of what is new.
fn describe_change(action: Action, before: &StateSnapshot, screen: RootView) -> Option<String> {
    let app = screen.app;
    let now = StateSnapshot::new(screen);
    let reading = app.current_story();
    if now.story != before.story {
        let (number, stories) = app.story_position();
        return Some(format!("Story {} of {stories}: {}", number + 1, reading.describe_story()));
    }
    if !matches!(app.overlay, Overlay::None) {
        return describe_panel(before, &now, app.panes.body);
    }
    if now.filter != before.filter {
        let filter = now.filter.map_or("everybody is read".into(), |it| it.replace(" · ", ", "));
        let left = format!("{} of {} quotes", reading.allowed_quotes.len(), reading.side_pane.totals[0]);
        return Some(format!("{} {}", sentence(&filter), sentence(&left)));
    }
    let here = || {
        if app.focus == Focus::SidePane {
            reading.describe_selection()
        } else {
            Some(describe_position(action, screen))
        }
    };
    if app.focus == Focus::SidePane && (now.focus, now.tab) != (before.focus, before.tab) {
        let count = match reading.findings() {
            Some(_) if now.selected.is_none() => reading.side_pane.tab.empty_message().to_string(),
            Some(_) => sentence(now.tab.title()),
            None => reading.describe_findings(),
        };
        return Some([Some(count), here()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    if now.profile != before.profile && now.profile.is_some() {
        return Some([now.profile, here()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    let moved = (now.offset, now.quote) != (before.offset, before.quote);
    let chosen = app.focus == Focus::SidePane && now.selected != before.selected;
    let back = app.notice.is_none() && (now.focus != before.focus || now.mode != before.mode);
    if moved || chosen || back { here() } else { None }
}

/// Where the reader stands in the story, as somebody who did this wants to hear it.
pub(crate) fn describe_position(action: Action, screen: RootView) -> String {
    let reading = screen.app.current_story();
    let told = match action {
        Action::Forward | Action::Back => Some(reading.describe_row()),
        Action::NextName | Action::PreviousName | Action::NextMention | Action::PreviousMention => {
            reading.describe_name()
        }
        Action::Search | Action::SearchBack | Action::NextMatch | Action::PreviousMatch => {
            reading.describe_match()
        }
        _ => reading.viewport.selected_quote().and_then(|it| reading.describe_quote(it)),
    };
    told.unwrap_or_else(|| reading.describe_paragraph())
}

/// Why nothing has changed.
fn describe_no_change(action: Action, screen: RootView) -> String {
    use Action::{
        Back, Forward, HalfPageBack, HalfPageForward, NextParagraph, PageBack, PageForward,
        PreviousParagraph, ToEnd, ToStart,
    };
    match action {
        Forward | NextParagraph | HalfPageForward | PageForward | ToEnd => "That is the end.".into(),
        Back | PreviousParagraph | HalfPageBack | PageBack | ToStart => "That is the start.".into(),
        _ if screen.app.focus == Focus::Story => {
            format!("Nothing changes. {}", describe_position(action, screen))
        }
        _ => "Nothing changes.".into(),
    }
}

/// What lies over the page: all of it when it opens, then what is new in it, the chosen row above all.
fn describe_panel(before: &StateSnapshot, now: &StateSnapshot, body: Rect) -> Option<String> {
    let rows = frame_rows(&now.frame, body);
    let told: Vec<&String> = if now.mode == before.mode {
        let old = self::frame_rows(&before.frame, body);
        let new: Vec<&String> = rows.iter().filter(|it| !old.contains(it)).collect();
        let chosen: Vec<&String> = new.iter().copied().filter(|it| it.contains('▸')).collect();
        if chosen.is_empty() { new } else { chosen }
    } else {
        rows.iter().collect()
    };
    let told: Vec<String> = told.into_iter().map(|it| speakable(it)).filter(|it| !it.is_empty()).collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// The screen as somebody would see it.
fn render_frame(screen: RootView) -> Buffer {
    let area = Rect {
        width: screen.app.screen_size.width,
        height: screen.app.screen_size.height,
        ..Rect::default()
    };
    let mut drawn = Buffer::empty(area);
    screen.render(area, &mut drawn);
    drawn
}

fn frame_rows(drawn: &Buffer, body: Rect) -> Vec<String> {
    let sign = |x, y| drawn.cell((x, y)).map_or(" ", |it| it.symbol());
    body.rows().map(|row| (row.left()..row.right()).map(|x| sign(x, row.y)).collect()).collect()
}

/// A row without what is only for the eye; columns become a list.
fn speakable(row: &str) -> String {
    let words: String = row.chars().map(|it| if "│─━╸▸▌█┆┇┴".contains(it) { ' ' } else { it }).collect();
    let columns: Vec<&str> = words.split("  ").map(str::trim).filter(|it| !it.is_empty()).collect();
    columns.join(", ")
}

/// Every command by its name, with its keys and what it does.
pub(crate) fn list_commands(keymap: &Keymap) -> String {
    let mut told = vec![
        "An empty line goes on. A command is its name or its keys, a number before it repeats it: 3 next-quote, 3]q. \
         What is sought or picked follows on the same line: /ferry, s Lee."
            .to_string(),
    ];
    for action in Action::ALL {
        if let Some((heading, _)) = HELP_SECTIONS.iter().find(|it| it.1 == *action) {
            told.push(format!("{heading}."));
        }
        let keys = keymap.keys(*action).join(" ");
        told.push(format!("{}, {keys}: {}", action.name(), action.words()));
    }
    told.join("\n")
}
