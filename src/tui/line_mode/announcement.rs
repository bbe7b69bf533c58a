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

use crate::text::{counted, grouped};
use crate::tui::app::Focus;
use crate::tui::app::panel::Placement;
use crate::tui::input::action::{Action, Section};
use crate::tui::input::keymap::{Keymap, Mode};
use crate::tui::line_mode::description::sentence;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;
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
    /// The open panel in words.
    panel: Option<String>,
    /// The explanation of the quote, open or below the panel that corrects its speaker.
    explanation: Option<String>,
    /// The text of the tour's current step.
    tour: Option<String>,
    frame: Buffer,
}

impl StateSnapshot {
    pub(crate) fn new(screen: RootView) -> Self {
        let app = screen.app;
        let open_story = app.current_story();
        Self {
            story: app.story_position().0,
            mode: app.mode(),
            focus: app.focus,
            tab: open_story.side_pane.tab,
            selected: open_story.side_pane.selected(),
            profile: open_story.describe_profile(),
            offset: open_story.viewport.cursor,
            quote: open_story.viewport.selected_quote(),
            filter: open_story.findings().and_then(|it| open_story.filter.spoken(it)),
            panel: app.panel().and_then(|it| it.describe(app)),
            explanation: app
                .panels
                .iter()
                .find(|it| it.mode() == Mode::Explanation)
                .and_then(|it| it.describe(app)),
            tour: app.tour.describe(),
            frame: render_frame(screen),
        }
    }
}

/// Describes what `action` has changed since `before`.
pub(crate) fn announce(action: Action, before: &StateSnapshot, screen: RootView) -> String {
    let notice = screen.app.notice.as_deref().map(sentence);
    let change = describe_change(action, before, screen);
    let tour = screen.app.tour.describe().filter(|it| before.tour.as_ref() != Some(it));
    let change = match (change, tour) {
        (Some(change), Some(tour)) => Some(format!("{change} {tour}")),
        (change, tour) => change.or(tour),
    };
    match (notice, change) {
        (Some(notice), Some(change)) => format!("{notice} {change}"),
        (Some(message), None) | (None, Some(message)) => message,
        (None, None) if action == Action::GoToBookmark => "No such bookmark.".into(),
        (None, None) if render_frame(screen) != before.frame => {
            sentence(&format!("Done: {}", action.description()))
        }
        (None, None) => describe_no_change(action, screen),
    }
}

/// The most important change; `None` if there is none.
fn describe_change(action: Action, before: &StateSnapshot, screen: RootView) -> Option<String> {
    let app = screen.app;
    let now = StateSnapshot::new(screen);
    let open_story = app.current_story();
    if now.story != before.story {
        let (number, stories) = app.story_position();
        return Some(format!("Story {} of {stories}: {}", number + 1, open_story.describe_story()));
    }
    let is_chosen_on_page =
        now.mode == Mode::QuotesPage && before.mode == now.mode && now.quote != before.quote;
    if let Some(quote) = now.quote.filter(|_| is_chosen_on_page) {
        return open_story.describe_quote(quote);
    }
    if let Some(panel) = app.panel() {
        if let Some(changed) = describe_changed_explanation(before, &now) {
            return Some(changed);
        }
        // A list is described when it opens; later only its selected row is.
        let description =
            panel.describe(app).filter(|_| now.mode != before.mode || now.panel != before.panel);
        return description.or_else(|| {
            let is_page = panel.placement() == Placement::Inline;
            if is_page { None } else { describe_panel(before, &now, app.panes.body) }
        });
    }
    if now.filter != before.filter {
        let filter =
            now.filter.map_or("Filter off, all speakers shown".into(), |it| describe_filter(action, &it));
        let (allowed, total) = (open_story.allowed_quotes.len(), open_story.side_pane.totals[0]);
        let shown = sentence(&format!("{filter}: {} of {}", grouped(allowed), counted(total, "quote")));
        let next = screen.keymap.first_key_in(Action::NextQuote, Mode::Story);
        let off = screen.keymap.first_key_in(Action::ToggleFilter, Mode::Story);
        let is_chosen = action == Action::Accept && open_story.filter.is_active();
        let shown =
            if is_chosen { format!("{shown} {next} goes to the next, {off} shows all.") } else { shown };
        // The quote that was read last is hidden now: the nearest one takes its place.
        let moved_to = now.quote.filter(|_| now.quote != before.quote);
        let moved_to =
            moved_to.and_then(|it| open_story.describe_quote(it)).filter(|_| app.focus == Focus::Story);
        return Some(moved_to.map_or(shown.clone(), |it| format!("{shown} {it}")));
    }
    let here = || {
        if app.focus == Focus::SidePane {
            open_story.describe_selection()
        } else {
            Some(describe_position(action, screen))
        }
    };
    if now.profile != before.profile && now.profile.is_some() {
        return Some([now.profile, here()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    if app.focus == Focus::SidePane && (now.focus, now.tab) != (before.focus, before.tab) {
        let heading = match open_story.findings() {
            Some(_) if now.selected.is_none() => open_story.side_pane.tab.empty_message().to_string(),
            Some(_) => sentence(now.tab.title()),
            None => open_story.describe_findings(),
        };
        return Some([Some(heading), here()].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    let moved = (now.offset, now.quote) != (before.offset, before.quote);
    let selection_moved = app.focus == Focus::SidePane && now.selected != before.selected;
    let returned = app.notice.is_none() && (now.focus != before.focus || now.mode != before.mode);
    if moved || selection_moved || returned { here() } else { None }
}

/// The rows of the explanation that a correction of the same quote has changed; `None` if it has not been told before.
fn describe_changed_explanation(before: &StateSnapshot, now: &StateSnapshot) -> Option<String> {
    let (old, new) = (before.explanation.as_ref()?, now.explanation.as_ref()?);
    if now.mode != Mode::Explanation || now.quote != before.quote || old == new {
        return None;
    }
    let known: Vec<&str> = old.lines().collect();
    Some(new.lines().filter(|it| !known.contains(it)).collect::<Vec<_>>().join("\n"))
}

/// Describes the position in the story, with the details that matter after `action`.
pub(crate) fn describe_position(action: Action, screen: RootView) -> String {
    let open_story = screen.app.current_story();
    let description = match action {
        Action::Forward | Action::Back => Some(open_story.describe_row()),
        Action::NextName | Action::PreviousName | Action::NextMention | Action::PreviousMention => {
            open_story.describe_name()
        }
        Action::Search | Action::SearchBack | Action::NextMatch | Action::PreviousMatch => {
            open_story.describe_match()
        }
        _ => open_story.viewport.selected_quote().and_then(|it| open_story.describe_quote(it)),
    };
    description.unwrap_or_else(|| open_story.describe_paragraph())
}

/// The announcement of an action without effect.
fn describe_no_change(action: Action, screen: RootView) -> String {
    use Action::{
        Back, Forward, HalfPageBack, HalfPageForward, NextParagraph, Organisations, PageBack, PageForward,
        People, Places, PreviousParagraph, Quotes, ToEnd, ToStart,
    };
    match action {
        Forward | NextParagraph | HalfPageForward | PageForward | ToEnd => "That is the end.".into(),
        Back | PreviousParagraph | HalfPageBack | PageBack | ToStart => "That is the start.".into(),
        _ if screen.app.focus == Focus::Story => describe_position(action, screen),
        Quotes | People | Organisations | Places => {
            format!("Already on the {} list.", screen.app.current_story().side_pane.tab.title())
        }
        _ => screen.app.current_story().describe_selection().unwrap_or_else(|| "Nothing to do here.".into()),
    }
}

/// The text of a panel: all of it when it opens, later only its new rows, or of these the selected one.
fn describe_panel(before: &StateSnapshot, now: &StateSnapshot, body: Rect) -> Option<String> {
    let rows = frame_rows(&now.frame, body);
    let changed: Vec<&String> = if now.mode == before.mode {
        let old = frame_rows(&before.frame, body);
        let new: Vec<&String> = rows.iter().filter(|it| !old.contains(it)).collect();
        let selected: Vec<&String> = new.iter().copied().filter(|it| it.contains('▸')).collect();
        if selected.is_empty() { new } else { selected }
    } else {
        rows.iter().collect()
    };
    let spoken = changed.into_iter().map(|it| speakable(it, ", "));
    let spoken: Vec<String> = spoken.filter(|it| !it.is_empty()).collect();
    (!spoken.is_empty()).then(|| spoken.join("\n"))
}

/// Draws a frame that is not shown.
fn render_frame(screen: RootView) -> Buffer {
    let area = Rect {
        width: screen.app.screen_size.width,
        height: screen.app.screen_size.height,
        ..Rect::default()
    };
    let mut frame = Buffer::empty(area);
    screen.render(area, &mut frame);
    frame
}

fn frame_rows(frame: &Buffer, body: Rect) -> Vec<String> {
    let symbol = |x, y| frame.cell((x, y)).map_or(" ", |it| it.symbol());
    body.rows().map(|row| (row.left()..row.right()).map(|x| symbol(x, row.y)).collect()).collect()
}

/// The filter in words. How hidden text is shown is left out unless `action` has changed it.
fn describe_filter(action: Action, summary: &str) -> String {
    let is_spoken = |it: &&str| {
        action == Action::CycleFilterDisplay || !FILTER_DISPLAYS.contains(&it.trim_start_matches("rest "))
    };
    summary.split(" · ").filter(is_spoken).collect::<Vec<_>>().join(", ").replace(" %", " per cent")
}

/// The parts of a filter summary that say how text that does not match is shown.
const FILTER_DISPLAYS: [&str; 3] = ["dimmed", "folded", "hidden"];

/// Symbols that only the eye needs: lines, marks, quote bars, kinds of quotes.
const UNSPOKEN_SYMBOLS: &str = "▏│─━╸▸▌█┆┇┴┃┤◂▴▁▂▃▄▅▆▇●◐○×✓¶";

/// The text of a row without symbols. `separator` follows the first column, commas the others.
fn speakable(row: &str, separator: &str) -> String {
    let text: String = row.chars().map(|it| if UNSPOKEN_SYMBOLS.contains(it) { ' ' } else { it }).collect();
    let text = text.replace(" · ", "  ").replace('·', " ").replace(" %", " per cent");
    let mut columns = text.split("  ").map(str::trim).filter(|it| !it.is_empty());
    let first = columns.next().unwrap_or_default().to_string();
    let rest = columns.collect::<Vec<_>>().join(", ");
    if rest.is_empty() { first } else { first + separator + &rest }
}

/// The commands that matter most without a screen.
const SHORT_HELP: &[Action] = &[
    Action::NextQuote,
    Action::NextBySpeaker,
    Action::OnlySpeaker,
    Action::FilterQuotes,
    Action::AllQuotes,
    Action::People,
    Action::NextName,
    Action::Why,
    Action::Correct,
    Action::Review,
    Action::Copy,
    Action::Note,
    Action::Search,
    Action::NextStory,
    Action::Stories,
    Action::Quit,
];

/// What can be typed at any time.
const HELP_OPENING: &str = "Press Enter to read on. A command is its name or its keys; a number before it repeats it: \
    3 next-quote. The text of a search or the name of a speaker follows on the same line: /ferry, s Lee.";

/// The commands of the line mode alone, each with what it does.
const READING_COMMANDS: [(&str, &str); 3] = [
    ("read", "read the rest of the story."),
    ("where", "say the place in the story."),
    ("spell", "spell the name here."),
];

/// What a command of the line mode alone does; `None` for any other name.
pub(crate) fn describe_reading_command(name: &str) -> Option<String> {
    let (name, description) = READING_COMMANDS.iter().find(|it| it.0 == name)?;
    Some(format!("{name}: {description}"))
}

/// The first lines of a list of commands.
fn help_opening() -> Vec<String> {
    let own = READING_COMMANDS.iter().map(|(name, description)| format!("{name}: {description}"));
    std::iter::once(HELP_OPENING.to_string()).chain(own).collect()
}

/// The commands that matter most, with their keys and descriptions.
pub(crate) fn list_main_commands(keymap: &Keymap) -> String {
    let mut lines = help_opening();
    lines.extend(SHORT_HELP.iter().map(|it| describe_command(*it, keymap)));
    lines.push("export quotes.md: save the quotes that are shown.".to_string());
    lines.push("help all: list all commands. help copy: say what copy does.".to_string());
    lines.join("\n")
}

/// All commands that can be typed and are of use without a screen, with their keys and descriptions.
pub(crate) fn list_commands(keymap: &Keymap) -> String {
    let mut lines = help_opening();
    lines.push(
        "only NAME, profile NAME, compare NAME, NAME, confidence 80, export FILE: typed alone, each lists what can \
         follow. :5 goes to paragraph 5."
            .to_string(),
    );
    for section in Section::ALL {
        let spoken = section.actions().filter(|it| is_spoken(*it)).map(|it| describe_command(it, keymap));
        let spoken: Vec<String> = spoken.collect();
        if !spoken.is_empty() {
            lines.push(format!("{}.", section.heading()));
            lines.extend(spoken);
        }
    }
    lines.join("\n")
}

/// "copy, y: copy quote with attribution"
pub(crate) fn describe_command(action: Action, keymap: &Keymap) -> String {
    let keys = keymap.keys(action).into_iter().find(|it| is_typed(it));
    let keys = keys.map_or(String::new(), |it| format!(", {it}"));
    let description = match action.description().strip_suffix(" tab") {
        // Without a screen there are no tabs.
        Some(list) if list.starts_with(char::is_uppercase) => format!("list the {}", list.to_lowercase()),
        _ => action.description().into(),
    };
    format!("{}{keys}: {description}", action.name())
}

/// Whether a command is of use without a screen.
pub(crate) fn is_spoken(action: Action) -> bool {
    use Action::{
        CycleFilterDisplay, HalfPageBack, HalfPageForward, PageBack, PageForward, Redraw, Statistics,
        ToggleMouse, Tour,
    };
    let is_visual = matches!(
        action,
        HalfPageBack
            | HalfPageForward
            | PageBack
            | PageForward
            | CycleFilterDisplay
            | ToggleMouse
            | Redraw
            | Tour
    );
    let is_layout = action.section() == Section::TextLayout && action != Statistics;
    !is_visual && !is_layout && !action.is_panel_only()
}

/// Whether keys can be typed on a line: no Enter, Tab, arrow or Control key, and no digit, which is a count there.
fn is_typed(keys: &str) -> bool {
    let is_count = keys.chars().all(|it| it.is_ascii_digit());
    keys.chars().count() <= 2 && keys.is_ascii() && !keys.starts_with('^') && !is_count
}
