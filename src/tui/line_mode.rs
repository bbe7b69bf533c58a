//! The reader at a line prompt, for screen readers and dumb terminals: a line in, one announcement an action out.

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
use crate::tui::app::{App, Effect, Overlay};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::{Keymap, KeymapResult, Mode, PendingKeys, parse_key_event};
use crate::tui::line_mode::announcement::{StateSnapshot, announce, describe_position, list_commands};
use crate::tui::line_mode::description::sentence;
use crate::tui::options::Options;
use crate::tui::terminal::browser;
use crate::tui::terminal::clipboard;
use crate::tui::terminal::editor::EditorTarget;
use crate::tui::terminal::events;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::session;
use crate::tui::view::RootView;

/// What a page forward is where nothing is drawn, and how wide a row. So narrow, a panel has the page to itself.
const PAGE_SIZE: Size = Size { width: 79, height: 40 };

/// How long the first announcement waits for the findings.
const ANALYSIS_WAIT: Duration = Duration::from_secs(3);

const PROMPT: &str = "> ";

/// Talks about stories until the reader leaves; `dumb` terminals are sent nothing but words.
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
        // Nobody listens any more once the reader has left.
        keeper.set_sink(Arc::new(move |news| drop(send.send(Event::Storage(news)))));
        for (number, story) in stories.iter().cloned().enumerate() {
            keeper.load(number, story);
        }
    }
    let (ask, asked) = mpsc::channel();
    for it in stories.into_iter().enumerate() {
        // The other end is in the hand below.
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
            // The shell's prompt gets a line of its own.
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
                // Nobody listens any more once the reader has left.
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

/// What a line comes to.
pub(crate) struct LineResponse {
    /// One announcement an action.
    pub(crate) messages: Vec<String>,
    pub(crate) effect: Effect,
}

/// The state, the keys, and a page that is drawn for nobody.
pub(crate) struct LineSession {
    app: App,
    keymap: Keymap,
}

impl LineSession {
    /// About some stories; `None` if there are none.
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

    /// Waits for the findings of the first story, but not long.
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
            // The tour shows a screen; the opening words do here.
            Event::Storage(StorageEvent::FirstRun) => {}
            Event::Storage(news) => self.app.handle_storage_event(news),
            Event::NoticeUpdate(_, instead) => self.app.notify(&instead),
            _ => {}
        }
    }

    /// What has been found meanwhile in the story that is read, or is wrong with the shelf.
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

    /// The stories that were read, once they are told.
    fn wait_for_history(&mut self, events: &Receiver<Event>) -> Vec<HistoryEntry> {
        while let Ok(event) = events.recv_timeout(ANALYSIS_WAIT) {
            match event {
                Event::Storage(StorageEvent::History(past)) => return past,
                event => self.handle_event(event),
            }
        }
        Vec::new()
    }

    /// Does what a line asks for.
    pub(crate) fn run_line(&mut self, line: &str) -> LineResponse {
        let mut answer = LineResponse { messages: Vec::new(), effect: Effect::None };
        let line: String = line.chars().filter(|it| !is_control_or_invisible(*it)).collect();
        let mut rest = line.trim();
        let room = self.app.mode();
        if rest.is_empty() {
            self.read_on(&mut answer);
        } else if room.types() && !self.leaves_prompt(rest) {
            self.replace_prompt_text(rest, &mut answer);
        } else {
            // Where a name is asked for, so may a command begin like one.
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
            _ if room.types() => Action::Accept,
            _ if self.keymap.first_key_in(Action::Forward, room).is_empty() => Action::Cancel,
            _ => Action::Forward,
        };
        self.perform(action, None, "", answer);
    }

    /// Does the command with which a line begins; what is left of the line.
    fn run_command<'a>(&mut self, line: &'a str, answer: &mut LineResponse) -> &'a str {
        let bare = line.trim_start_matches(|it: char| it.is_ascii_digit()).trim_start();
        let (count, words) = match line[..line.len() - bare.len()].trim().parse() {
            Ok(count) if !bare.is_empty() => (Some(count), bare),
            _ => (None, line),
        };
        let read = command_by_name(words).or_else(|| self.command_by_keys(words)).or_else(|| {
            // What a panel does not know leads out of it.
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

    /// The action whose keys stand first in some words, and what follows. Only signs that are no letters may be followed
    /// at once by something else ("/ferry", and "ma" because everybody types it so), so that a slip of the finger in "quote" does not quit.
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

    /// Does one action, with the words that follow it typed into the line that it opens; what is left of them.
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
        if self.app.mode().types() && !rest.is_empty() {
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

    /// Whether words are no answer but lead out: the command itself; where a name is asked for, any command or key.
    fn leaves_prompt(&self, words: &str) -> bool {
        let small = words.to_lowercase();
        let command =
            || command_by_name(&small).is_some_and(|it| it.1.is_empty()) || parse_key_event(&small).is_some();
        small == Action::Cancel.name() || (self.app.mode() == Mode::SpeakerPicker && command())
    }

    /// Types words into the line that is open.
    fn replace_prompt_text(&mut self, words: &str, answer: &mut LineResponse) {
        let action = if self.app.mode() == Mode::Search { Action::Search } else { Action::Accept };
        let before = StateSnapshot::new(self.root_view());
        self.app.update(Action::EraseAll);
        self.submit(words);
        answer.messages.push(announce(action, &before, self.root_view()));
    }

    /// Types words and has done.
    fn submit(&mut self, words: &str) {
        self.app.insert_text(words.trim());
        let Overlay::FilterPanel(picker) = &self.app.overlay else {
            if self.app.mode().types() {
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

/// Whether a sign that is typed would steer the terminal when it is told again.
fn is_control_or_invisible(sign: char) -> bool {
    is_unsafe(sign) && !sign.is_whitespace()
}

/// `The last ferry, 3 May, 40 per cent, 2 notes: /home/…/ferry.txt`
fn describe_history_entry(past: &HistoryEntry) -> String {
    let file = past.file.as_ref().map_or(String::new(), |it| format!(": {it}"));
    format!("{}, {}, {} per cent, {} notes{file}", past.title, past.day, past.percent_read, past.note_count)
}

/// The action whose name stands first in some words, with hyphens or blanks, and what follows.
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
