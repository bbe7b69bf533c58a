//! The line mode: a prompt for screen readers and dumb terminals that answers each line with text.

pub(crate) mod announcement;
pub(crate) mod description;

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use pullquote::analysis::Analysis;
use pullquote::story::Story;
use pullquote::text_safety::is_unsafe;
use ratatui::layout::Size;

use crate::storage::Storage;
use crate::storage::{HistoryEntry, StorageEvent};
use crate::tui::app::{App, Effect};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::{Keymap, KeymapResult, Mode, PendingKeys, parse_key_event};
use crate::tui::line_mode::announcement::{StateSnapshot, announce, describe_position, list_commands};
use crate::tui::line_mode::description::sentence;
use crate::tui::options::Options;
use crate::tui::overlay::Overlay;
use crate::tui::terminal::browser;
use crate::tui::terminal::clipboard;
use crate::tui::terminal::editor::EditorTarget;
use crate::tui::terminal::events;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::session;
use crate::tui::view::RootView;

/// The size of the page that is laid out but not shown. It is so narrow that a panel covers the story.
const PAGE_SIZE: Size = Size { width: 79, height: 40 };

/// Time limit for the analysis before the greeting, and for the answer of the storage.
const ANALYSIS_WAIT: Duration = Duration::from_secs(3);

const PROMPT: &str = "> ";

/// Runs the prompt until the user quits. A `dumb` terminal gets no escape sequences.
///
/// # Errors
/// If the terminal cannot be read or written.
pub(crate) fn run_line_mode(
    stories: Vec<Story>,
    analyse: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
    keeper: Option<&dyn Storage>,
    look: Options,
    dumb: bool,
) -> io::Result<()> {
    let stories: Vec<Arc<Story>> = stories.into_iter().map(Arc::new).collect();
    let Some(mut talk) = LineSession::new(stories.iter().cloned(), look) else { return Ok(()) };
    talk.app.has_storage = keeper.is_some();
    session::release_on_panic();
    let (send, events) = mpsc::channel();
    if let Some(keeper) = keeper {
        let send = send.clone();
        // The receiver is gone once the user has quit.
        keeper.set_sink(Arc::new(move |news| drop(send.send(Event::Storage(news)))));
        for (number, story) in stories.iter().cloned().enumerate() {
            keeper.load(number, story);
        }
    }
    let (ask, asked) = mpsc::channel();
    for it in stories.into_iter().enumerate() {
        // Cannot fail: the receiver is still in this function.
        let _ = ask.send(it);
    }
    events::spawn_engine_thread(asked, analyse, Arc::default(), send.clone())?;
    talk.wait_for_analysis(&events);
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let mut told = vec![talk.greeting()];
    loop {
        if let Some(keeper) = keeper {
            for (story, change) in talk.app.take_changes() {
                keeper.save(story, change);
            }
        }
        for words in told {
            writeln!(out, "{words}")?;
        }
        write!(out, "{PROMPT}")?;
        out.flush()?;
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line)? == 0 {
            // The shell's prompt starts on a line of its own.
            return writeln!(out);
        }
        told = talk.pending_messages(&events);
        let answer = talk.run_line(&String::from_utf8_lossy(&line));
        told.extend(answer.messages);
        match answer.effect {
            Effect::Quit => return Ok(()),
            Effect::Copy(copied) if !dumb => {
                session::TerminalSession::write_sequence(&clipboard::osc52(&copied.text))?
            }
            Effect::OpenBrowser(address) => {
                let send = send.clone();
                // The receiver is gone once the user has quit.
                let failed = move |said, instead| drop(send.send(Event::NoticeUpdate(said, instead)));
                told.push(sentence(&browser::open(&address, failed)));
            }
            Effect::LoadHistory => {
                if let Some(keeper) = keeper {
                    keeper.load_history();
                    told.extend(talk.wait_for_history(&events).iter().map(describe_history_entry));
                }
            }
            #[cfg(unix)]
            Effect::Suspend => {
                signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
            }
            _ => {}
        }
    }
}

/// The result of one line of input.
pub(crate) struct LineResponse {
    /// One announcement for each action of the line.
    pub(crate) messages: Vec<String>,
    pub(crate) effect: Effect,
}

/// The state and the keymap of a running prompt.
pub(crate) struct LineSession {
    app: App,
    keymap: Keymap,
}

impl LineSession {
    /// Opens the stories; `None` if there are none.
    pub(crate) fn new(mut stories: impl Iterator<Item = Arc<Story>>, look: Options) -> Option<Self> {
        let Options { settings, keymap, themes } = look;
        let mut app = App::new(stories.next()?, stories, &keymap);
        app.apply_settings(&settings);
        app.themes = themes;
        app.resize(PAGE_SIZE);
        Some(Self { app, keymap })
    }

    fn root_view(&self) -> RootView<'_> {
        RootView { app: &self.app, theme: self.app.themes.theme(), keymap: &self.keymap }
    }

    /// Waits for the analysis of the first story, but no longer than [`ANALYSIS_WAIT`].
    fn wait_for_analysis(&mut self, events: &Receiver<Event>) {
        let end = Instant::now() + ANALYSIS_WAIT;
        while let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            let is_found = matches!(event, Event::AnalysisDone(0, _));
            self.handle_event(event);
            if is_found {
                return;
            }
        }
    }

    pub(crate) fn greeting(&self) -> String {
        let notice = self.app.notice.as_deref().map_or(String::new(), |it| format!("\n{}", sentence(it)));
        let help = "“help” lists the commands, an empty line goes on, “quit” leaves.";
        let stories = match self.app.story_position().1 {
            1 => String::new(),
            more => format!("Story 1 of {more}: "),
        };
        format!("{stories}{}{notice}\n{help}", self.app.current_story().describe_story())
    }

    pub(crate) fn handle_event(&mut self, event: Event) {
        match event {
            Event::AnalysisDone(story, analysis) => self.app.set_analysis(story, analysis),
            // The tour explains the screen; the greeting replaces it.
            Event::Storage(StorageEvent::FirstRun) => {}
            Event::Storage(news) => self.app.handle_storage_event(news),
            Event::NoticeUpdate(_, instead) => self.app.notify(&instead),
            _ => {}
        }
    }

    /// The pending announcements: a finished analysis of the current story, and notices of the storage.
    fn pending_messages(&mut self, events: &Receiver<Event>) -> Vec<String> {
        let mut news = Vec::new();
        while let Ok(event) = events.try_recv() {
            let here = matches!(event, Event::AnalysisDone(story, _) if story == self.app.story_position().0);
            self.handle_event(event);
            if here {
                news.push(self.app.current_story().describe_findings());
            }
            news.extend(self.app.notice.take().map(|it| sentence(&it)));
        }
        news
    }

    /// The reading history, once the storage has sent it; empty if it does not in time.
    fn wait_for_history(&mut self, events: &Receiver<Event>) -> Vec<HistoryEntry> {
        while let Ok(event) = events.recv_timeout(ANALYSIS_WAIT) {
            match event {
                Event::Storage(StorageEvent::History(past)) => return past,
                event => self.handle_event(event),
            }
        }
        Vec::new()
    }

    /// Runs the commands of a line.
    pub(crate) fn run_line(&mut self, line: &str) -> LineResponse {
        let mut answer = LineResponse { messages: Vec::new(), effect: Effect::None };
        let line: String = line.chars().filter(|it| !is_control_or_invisible(*it)).collect();
        let mut rest = line.trim();
        let room = self.app.mode();
        if rest.is_empty() {
            self.read_on(&mut answer);
        } else if room.accepts_text() && !self.leaves_prompt(rest) {
            self.replace_prompt_text(rest, &mut answer);
        } else {
            // A prompt for a name also accepts commands, which may start like a name.
            let small = rest.to_lowercase();
            if room == Mode::SpeakerPicker {
                rest = &small;
            }
            while !rest.is_empty() && answer.effect == Effect::None {
                rest = self.run_command(rest, &mut answer);
            }
        }
        answer
    }

    fn read_on(&mut self, answer: &mut LineResponse) {
        let room = self.app.mode();
        let action = match room {
            Mode::Story => Action::NextParagraph,
            _ if room.accepts_text() => Action::Accept,
            _ if self.keymap.first_key_in(Action::Forward, room).is_empty() => Action::Cancel,
            _ => Action::Forward,
        };
        self.perform(action, None, "", answer);
    }

    /// Runs the first command of a line and returns the rest of the line.
    fn run_command<'a>(&mut self, line: &'a str, answer: &mut LineResponse) -> &'a str {
        let bare = line.trim_start_matches(|it: char| it.is_ascii_digit()).trim_start();
        let (count, words) = match line[..line.len() - bare.len()].trim().parse() {
            Ok(count) if !bare.is_empty() => (Some(count), bare),
            _ => (None, line),
        };
        let read = command_by_name(words).or_else(|| self.command_by_keys(words)).or_else(|| {
            // A command that the panel does not have closes the panel first.
            if matches!(self.app.overlay, Overlay::None) {
                return None;
            }
            self.app.update(Action::Cancel);
            self.command_by_keys(words)
        });
        let Some((action, rest)) = read else {
            answer.messages.push(format!("“{line}” is no command here; “help” lists them."));
            return "";
        };
        let count = count.or_else(|| rest.parse().ok());
        self.perform(action, count, rest, answer)
    }

    /// The action whose keys a text starts with, and the rest. Other text may follow at once only after keys that are
    /// not letters (`/ferry`) and after `m` (`ma`), so that a typing error in `quote` does not quit.
    fn command_by_keys<'a>(&self, words: &'a str) -> Option<(Action, &'a str)> {
        let (token, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let mut begun = PendingKeys::default();
        let mut press = |key| match self.keymap.feed(&mut begun, self.app.mode(), key) {
            KeymapResult::Action(action) => Some(Some(action)),
            KeymapResult::Pending => Some(None),
            KeymapResult::Typed(_) | KeymapResult::NotFound => None,
        };
        if let Some(key) = parse_key_event(token) {
            return press(key)?.map(|action| (action, rest.trim_start()));
        }
        for (at, sign) in token.char_indices() {
            let end = at + sign.len_utf8();
            match press(parse_key_event(sign.encode_utf8(&mut [0; 4]))?)? {
                None => {}
                Some(action) if end == token.len() => return Some((action, rest.trim_start())),
                Some(action) if !sign.is_alphanumeric() || action == Action::Bookmark => {
                    return Some((action, &words[end..]));
                }
                Some(_) => return None,
            }
        }
        None
    }

    /// Performs an action, types `rest` into the prompt that it opens, and returns what is left of `rest`.
    fn perform<'a>(
        &mut self,
        action: Action,
        count: Option<usize>,
        rest: &'a str,
        answer: &mut LineResponse,
    ) -> &'a str {
        let before = StateSnapshot::new(self.root_view());
        let known = |room| !self.keymap.first_key_in(action, room).is_empty();
        if !matches!(self.app.overlay, Overlay::None) && !known(self.app.mode()) {
            self.app.update(Action::Cancel);
        }
        self.app.pending_keys = PendingKeys::default();
        self.app.pending_keys.count = count;
        let effect = self.app.update(action);
        let mut left = if rest.parse().ok() == count { "" } else { rest };
        if self.app.mode().accepts_text() && !rest.is_empty() {
            self.submit(rest);
            left = "";
        }
        answer.messages.push(match &effect {
            Effect::None if action == Action::Help => {
                self.app.update(Action::Cancel);
                list_commands(&self.keymap)
            }
            Effect::None => announce(action, &before, self.root_view()),
            Effect::Copy(copied) => format!("Copied: {}", copied.text),
            Effect::OpenEditor => {
                let reading = self.app.current_story();
                match EditorTarget::new(&reading.story, reading.viewport.visible_offset()) {
                    Ok(draft) => format!("You are in {}.", draft.describe()),
                    Err(why) => sentence(&why),
                }
            }
            Effect::OpenBrowser(_) => "To the browser.".into(),
            Effect::Quit => "Left.".into(),
            Effect::Suspend => "Stopped; fg comes back.".into(),
            Effect::LoadHistory if self.app.has_storage => "Stories that you have read:".into(),
            Effect::LoadHistory | Effect::OpenStory(_) => "No history is kept in this reading.".into(),
            Effect::Redraw | Effect::CaptureMouse(_) => describe_position(action, self.root_view()),
        });
        answer.effect = effect;
        left
    }

    /// Whether a text closes the prompt: `cancel`, or any command or key where a name is asked for.
    fn leaves_prompt(&self, words: &str) -> bool {
        let small = words.to_lowercase();
        let command =
            || command_by_name(&small).is_some_and(|it| it.1.is_empty()) || parse_key_event(&small).is_some();
        small == Action::Cancel.name() || (self.app.mode() == Mode::SpeakerPicker && command())
    }

    /// Replaces the text of the open prompt and submits it.
    fn replace_prompt_text(&mut self, words: &str, answer: &mut LineResponse) {
        let action = if self.app.mode() == Mode::Search { Action::Search } else { Action::Accept };
        let before = StateSnapshot::new(self.root_view());
        self.app.update(Action::EraseAll);
        self.submit(words);
        answer.messages.push(announce(action, &before, self.root_view()));
    }

    /// Types a text into the open prompt and submits it.
    fn submit(&mut self, words: &str) {
        self.app.insert_text(words.trim());
        let Overlay::FilterPanel(picker) = &self.app.overlay else {
            if self.app.mode().accepts_text() {
                self.app.update(Action::Accept);
            }
            return;
        };
        let nobody =
            self.app.current_story().findings().is_none_or(|it| picker.matching_criteria(it).is_empty());
        if nobody {
            self.app.update(Action::Cancel);
            return self.app.notify(&format!("nobody is called “{}”", words.trim()));
        }
        self.app.update(Action::Toggle);
        self.app.update(Action::Accept);
    }
}

/// Whether a character could control the terminal when it is printed.
fn is_control_or_invisible(sign: char) -> bool {
    is_unsafe(sign) && !sign.is_whitespace()
}

/// "The last ferry, 3 May, 40 per cent, 2 notes: /home/…/ferry.txt"
fn describe_history_entry(past: &HistoryEntry) -> String {
    let file = past.file.as_ref().map_or(String::new(), |it| format!(": {it}"));
    format!("{}, {}, {} per cent, {} notes{file}", past.title, past.day, past.percent_read, past.note_count)
}

/// The action whose name a text starts with, written with hyphens or spaces, and the rest.
fn command_by_name(words: &str) -> Option<(Action, &str)> {
    let is_name = |it: &&Action| {
        let name = it.name();
        let alike = |(one, other): (u8, u8)| one == other || (one, other) == (b' ', b'-');
        words.len() >= name.len()
            && words.bytes().zip(name.bytes()).all(alike)
            && words[name.len()..].chars().next().is_none_or(char::is_whitespace)
    };
    let longest = Action::ALL.iter().filter(is_name).max_by_key(|it| it.name().len())?;
    Some((*longest, words[longest.name().len()..].trim_start()))
}
