//! Announcements: describes in text what an action has changed.
//!
//! 1. The notice of the action comes first.
//! 2. Then comes the most important change: another story, a panel, the filter, the selection of the side pane, or the
//!    cursor.
//! 3. A panel is read from a frame that is drawn but not shown, so new panels need no code here.
//! 4. If nothing has changed, the announcement says so.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::tui::app::Focus;
use crate::tui::input::action::{Action, HELP_SECTIONS};
use crate::tui::input::keymap::{Keymap, Mode};
use crate::tui::line_mode::description::sentence;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::overlay::Overlay;
use crate::tui::view::RootView;

/// The part of the state that an announcement compares.
pub(crate) struct StateSnapshot {
    story: usize,
    mode: Mode,
    focus: Focus,
    tab: Tab,
    selected: Option<ListRow>,
    /// The description of the open profile.
    profile: Option<String>,
    offset: usize,
    quote: Option<usize>,
    filter: Option<String>,
    /// The text of the tour's current step.
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

/// Describes what `action` has changed since `before`.
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
            sentence(&format!("done: {}", action.description()))
        }
        (None, None) => describe_no_change(action, screen),
    }
}

/// The most important change; `None` if there is none.
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

/// Describes the position in the story, with the details that matter after `action`.
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

/// The announcement of an action without effect.
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

/// The text of a panel: all of it when it opens, later only its new rows, or of these the selected one.
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

/// Draws a frame that is not shown.
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

/// The text of a row without symbols; columns are separated by commas.
fn speakable(row: &str) -> String {
    let words: String = row.chars().map(|it| if "│─━╸▸▌█┆┇┴".contains(it) { ' ' } else { it }).collect();
    let columns: Vec<&str> = words.split("  ").map(str::trim).filter(|it| !it.is_empty()).collect();
    columns.join(", ")
}

/// Every command with its name, its keys and its description.
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
        told.push(format!("{}, {keys}: {}", action.name(), action.description()));
    }
    told.join("\n")
}
