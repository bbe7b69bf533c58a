//! The line mode: a prompt for screen readers and dumb terminals that answer each line with text.

pub(crate) mod announcement;
mod answer;
mod argument_command;
mod arrivals;
mod command_name;
pub(crate) mod description;
mod effect;
mod entries;
mod prompt_input;
mod reading;

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use pullquote::analysis::{Analysis, ProgressObserver};
use pullquote::story::Story;
use pullquote::text_safety::remove_unsafe;
use ratatui::layout::Size;

use crate::storage::{Storage, StorageEvent};
use crate::tui::app::{App, Effect};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::{Keymap, KeymapResult, Mode, PendingKeys, parse_key_event};
use crate::tui::line_mode::announcement::StateSnapshot;
use crate::tui::line_mode::argument_command::{argument_command, command_with_name};
use crate::tui::line_mode::command_name::command_by_name;
use crate::tui::line_mode::description::{describe_history_entry, sentence};
use crate::tui::line_mode::prompt_input::PromptReader;
use crate::tui::options::Options;
use crate::tui::terminal::analysis_thread::spawn_analysis_thread;
use crate::tui::terminal::events::{self, EntryLoader, Event, ExitReason};
use crate::tui::terminal::session::{self, TerminalSession, stop_process};
use crate::tui::terminal::{browser, clipboard, export_file};
use crate::tui::view::RootView;

/// The size of the page that is laid out but not shown. It is so narrow that a panel covers the story.
const PAGE_SIZE: Size = Size { width: 79, height: 40 };

/// Time limit for the analysis before the greeting, and for the response of the storage.
const ANALYSIS_WAIT: Duration = Duration::from_secs(3);

/// The time limit of both where commands come through a pipe.
const PIPE_WAIT: Duration = Duration::from_mins(10);

/// How long the greeting waits for further stories once the first one is analysed.
const LOADING_WAIT: Duration = Duration::from_millis(300);

/// Runs the prompt until the user quits or a signal comes. A `dumb` terminal gets no escape sequences.
///
/// `others` yields the further stories while they are loaded, each or why it cannot be opened. `load_entry` loads the page
/// of a feed's entry when it is opened.
///
/// # Errors
/// If the terminal cannot be read or written.
pub(crate) fn run_line_mode(
    first: Story,
    others: Receiver<Result<Story, String>>,
    analyse: impl Fn(&Story, &mut ProgressObserver) -> Option<Analysis> + Send + Sync + 'static,
    load_entry: &EntryLoader,
    storage: Option<&dyn Storage>,
    options: Options,
    dumb: bool,
) -> io::Result<ExitReason> {
    let first = Arc::new(first);
    session::release_on_panic();
    let mut session = LineSession::new(Arc::clone(&first), options);
    session.app.has_storage = storage.is_some();
    let input = PromptReader::spawn()?;
    let (event_sender, events) = mpsc::channel();
    if let Some(storage) = storage {
        events::connect_storage(storage, &event_sender);
    }
    let (story_sender, story_receiver) = mpsc::channel();
    session.settled.extend((!session.app.is_unopened_entry(0)).then_some((0, first)));
    session.register_settled(storage, &story_sender);
    events::spawn_arrival_thread(others, event_sender.clone(), Some(story_sender.clone()))?;
    let current = Arc::new(AtomicUsize::new(0));
    spawn_analysis_thread(story_receiver, analyse, Arc::clone(&current), event_sender.clone())?;
    // A terminal that is closed is no terminal any more.
    let has_screen = io::stdout().is_terminal();
    let prompt = Prompt { input, events, event_sender, story_sender, load_entry, storage, dumb };
    prompt.answer_lines(&mut session, &current).or_else(|error| {
        let wait = |limit| prompt.input.wait_for_signal(limit);
        if has_screen { events::end_of_failed_terminal(error, wait) } else { Err(error) }
    })
}

/// What a running prompt needs besides its session.
struct Prompt<'a> {
    input: PromptReader,
    events: Receiver<Event>,
    event_sender: Sender<Event>,
    story_sender: Sender<(usize, Arc<Story>)>,
    load_entry: &'a EntryLoader,
    storage: Option<&'a dyn Storage>,
    dumb: bool,
}

impl Prompt<'_> {
    /// Answers lines until one ends the session, or a signal does. `current` tells the engine thread which story is read.
    ///
    /// # Errors
    /// If the terminal cannot be read or written.
    fn answer_lines(&self, session: &mut LineSession, current: &AtomicUsize) -> io::Result<ExitReason> {
        let Self { input, events, event_sender, storage, .. } = self;
        // Commands through a pipe are answered without a prompt, and once all is there.
        let has_prompt = io::stdin().is_terminal();
        session.wait_for_first_story(events, has_prompt);
        let mut out = io::stdout().lock();
        let mut messages = vec![session.greet()];
        loop {
            messages.extend(session.save_changes(*storage, events));
            current.store(session.app.story_position().0, Ordering::Relaxed);
            for message in messages {
                writeln!(out, "{message}")?;
            }
            session.load_entries(events, self.load_entry, event_sender, &mut out)?;
            session.register_settled(*storage, &self.story_sender);
            write!(out, "{}", if has_prompt { session.prompt() } else { "".into() })?;
            out.flush()?;
            let line = match input.next_line()? {
                ControlFlow::Continue(line) => line,
                ControlFlow::Break(reason) => {
                    // The shell's prompt starts on a line of its own. A terminal that is closed takes none.
                    let _ = write!(out, "{}", if has_prompt { "\n" } else { "" });
                    return Ok(reason);
                }
            };
            messages = session.wait_for_current_story(events, has_prompt);
            messages.extend(session.pending_messages(events));
            let response = session.run_line(&line);
            messages.extend(response.messages);
            match response.effect {
                Effect::Quit => return Ok(ExitReason::Quit),
                Effect::Copy(copied) if !self.dumb && io::stdout().is_terminal() => {
                    TerminalSession::write_sequence(&clipboard::osc52(&copied.text))?;
                }
                Effect::WriteFile(file) => messages.push(sentence(&export_file::write(&file))),
                Effect::OpenBrowser(address) => messages.push(open_browser(&address, event_sender)),
                Effect::LoadHistory => {
                    if let Some(storage) = storage {
                        storage.load_history();
                        messages.extend(session.wait_for_history(events).iter().map(describe_history_entry));
                    }
                }
                #[cfg(unix)]
                Effect::Suspend => stop_process()?,
                _ => {}
            }
        }
    }
}

/// Opens the browser and returns a message for the user. A later failure arrives as an event.
fn open_browser(address: &str, event_sender: &Sender<Event>) -> String {
    let sender = event_sender.clone();
    // The receiver is gone once the user has quit.
    let report = move |notice, failure| drop(sender.send(Event::NoticeUpdate(notice, failure)));
    sentence(&browser::open(address, report))
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
    /// Further stories, with their numbers, that have come since the storage was last asked for what is saved of them.
    loaded: Vec<(usize, Arc<Story>)>,
    /// Why further stories cannot be opened, until that is told.
    failures: Vec<String>,
    /// Whether further stories may come.
    is_loading: bool,
    /// Stories, with their numbers, that are to be analysed, and of which the storage is to be asked.
    settled: Vec<(usize, Arc<Story>)>,
    /// The number of the last story whose analysis was waited for.
    waited_for: usize,
    /// The number of the last story whose beginning was read.
    begun: Option<usize>,
}

impl LineSession {
    /// Opens the first story; others may come later.
    pub(crate) fn new(first: Arc<Story>, options: Options) -> Self {
        let Options { settings, keymap, themes, not_opened, .. } = options;
        let mut app = App::new(first, [], &keymap);
        app.apply_settings(&settings);
        app.themes = themes;
        app.resize(PAGE_SIZE);
        app.shows_page = false;
        app.show_greeting();
        let failures = not_opened.iter().map(|it| describe_failure(it)).collect();
        let (loaded, settled) = (Vec::new(), Vec::new());
        Self { app, keymap, loaded, failures, is_loading: true, settled, waited_for: 0, begun: None }
    }

    fn root_view(&self) -> RootView<'_> {
        RootView { app: &self.app, theme: self.app.themes.theme(), keymap: &self.keymap }
    }

    /// Waits for the analysis of the first story, but no longer than [`ANALYSIS_WAIT`], and then for the further
    /// stories, but no longer than [`LOADING_WAIT`]. Where no user waits for the prompt, the limit is [`PIPE_WAIT`].
    fn wait_for_first_story(&mut self, events: &Receiver<Event>, has_prompt: bool) {
        let limit = |wait| if has_prompt { wait } else { PIPE_WAIT };
        // The first entry of a feed is not analysed yet.
        let mut is_analyzed = self.app.is_unopened_entry(0);
        let mut end = Instant::now() + limit(if is_analyzed { LOADING_WAIT } else { ANALYSIS_WAIT });
        while let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            // Of a long story the first part comes first.
            let is_first_part =
                matches!(&event, Event::AnalysisProgress(0, _, progress) if progress.first_part.is_some());
            if (is_first_part && has_prompt) || matches!(event, Event::AnalysisDone(0, ..)) {
                is_analyzed = true;
                end = Instant::now() + limit(LOADING_WAIT);
            }
            self.handle_event(event);
            if is_analyzed && !self.is_loading {
                return;
            }
        }
    }

    pub(crate) fn greeting(&self) -> String {
        let mut notice = String::new();
        for line in self.failures.iter().cloned().chain(self.app.notice.as_deref().map(sentence)) {
            notice.push('\n');
            notice.push_str(&line);
        }
        let help = "Press Enter to read on. Type help for commands, quit to exit.";
        let stories = match self.app.story_position().1 {
            more if self.is_loading => format!("Story 1 of {more} so far, more are loaded: "),
            1 => String::new(),
            more => format!("Story 1 of {more}: "),
        };
        format!("{stories}{}{notice}\n{help}", self.app.current_story().describe_story())
    }

    pub(crate) fn handle_event(&mut self, event: Event) {
        match event {
            Event::AnalysisDone(story, _, analysis) => {
                self.app.set_analysis(story, analysis);
                self.app.with_panel(|panel, app| panel.refresh(app));
            }
            Event::AnalysisProgress(story, _, progress) => {
                self.app.set_progress(story, progress);
            }
            Event::StoryLoaded(Ok(story)) => {
                let number = self.app.append_story(Arc::clone(&story));
                if !self.app.is_unopened_entry(number) {
                    self.loaded.push((number, story));
                }
            }
            Event::EntryLoaded(number, page) => {
                self.settled.extend(self.app.settle_entry(number, page).map(|it| (number, it)));
            }
            Event::StoryLoaded(Err(message)) => self.failures.push(describe_failure(&message)),
            Event::AllLoaded => self.is_loading = false,
            // The tour explains the screen; the greeting replaces it.
            Event::Storage(StorageEvent::FirstRun) => {}
            Event::Storage(event) => self.app.handle_storage_event(event),
            Event::NoticeUpdate(_, replacement) => self.app.notify(&replacement),
            _ => {}
        }
    }

    /// The greeting, which tells all failures so far.
    pub(crate) fn greet(&mut self) -> String {
        let greeting = self.greeting();
        self.failures.clear();
        self.app.notice = None;
        greeting
    }

    /// Runs the commands of a line.
    pub(crate) fn run_line(&mut self, line: &str) -> LineResponse {
        let mut response = LineResponse { messages: Vec::new(), effect: Effect::None };
        let line = remove_unsafe(&line.replace(char::is_whitespace, " "));
        let mut rest = line.trim();
        if rest.is_empty() {
            self.read_on(&mut response);
        } else if let Some(answer) = self.reading_command(rest) {
            response.messages.push(answer);
        } else if self.app.panel().is_none() || !self.answer(rest, &mut response) {
            while !rest.is_empty() && response.effect == Effect::None {
                rest = self.run_command(rest, &mut response);
            }
        }
        // The answer has told it.
        self.app.notice = None;
        response
    }

    fn read_on(&mut self, response: &mut LineResponse) {
        let mode = self.app.mode();
        let (number, open_story) = (self.app.story_position().0, self.app.current_story());
        // A headline was told in full when the story was opened; of another beginning only the first words were.
        let is_begun = self.begun == Some(number) || open_story.story.short_headline().is_some();
        if mode == Mode::Story && open_story.is_fresh() && !is_begun {
            response.messages.push(open_story.describe_paragraph());
            self.begun = Some(number);
            return;
        }
        let action = match mode {
            Mode::Story => Action::NextParagraph,
            // An explanation is read as a whole.
            _ if mode.accepts_text() || mode == Mode::Explanation => Action::Cancel,
            _ if self.keymap.first_key_in(Action::Forward, mode).is_empty() => Action::Cancel,
            _ => Action::Forward,
        };
        self.perform(action, None, "", response);
    }

    /// Runs the first command of a line and returns the rest of the line.
    fn run_command<'a>(&mut self, line: &'a str, response: &mut LineResponse) -> &'a str {
        if let Some(paragraph) = line.strip_prefix(':').filter(|it| it.trim().parse::<usize>().is_ok()) {
            self.run_in_palette(paragraph.trim(), true, response);
            return "";
        }
        if command_by_name(line).is_none()
            && let Some((command, argument)) = argument_command(line)
        {
            self.run_argument_command(command, argument, response);
            return "";
        }
        let bare = line.trim_start_matches(|it: char| it.is_ascii_digit()).trim_start();
        let (count, text) = match line[..line.len() - bare.len()].trim().parse() {
            Ok(count) if !bare.is_empty() => (Some(count), bare),
            _ => (None, line),
        };
        let read =
            command_by_name(text).or_else(|| self.command_by_keys(text, self.app.mode())).or_else(|| {
                // A command that the panel does not have closes the panel first.
                self.app.panel()?;
                self.app.update(Action::Cancel);
                self.command_by_keys(text, self.app.mode())
            });
        let Some((action, rest)) = read else {
            response.messages.push(self.unknown_command(line));
            return "";
        };
        let count = count.or_else(|| rest.parse().ok());
        self.perform(action, count, rest, response)
    }

    /// The action whose keys a text starts with, and the rest. Other text may follow at once only after keys that are
    /// not letters (`/ferry`) and after `m` (`ma`), so that a typing error in `quote` does not quit.
    fn command_by_keys<'a>(&self, text: &'a str, mode: Mode) -> Option<(Action, &'a str)> {
        let (token, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let mut pending = PendingKeys::default();
        let mut press = |key| match self.keymap.feed(&mut pending, mode, key) {
            KeymapResult::Action(action) => Some(Some(action)),
            KeymapResult::Pending => Some(None),
            KeymapResult::Typed(_) | KeymapResult::NotFound => None,
        };
        if let Some(key) = parse_key_event(token) {
            return press(key)?.map(|action| (action, rest.trim_start()));
        }
        for (at, ch) in token.char_indices() {
            let end = at + ch.len_utf8();
            match press(parse_key_event(ch.encode_utf8(&mut [0; 4]))?)? {
                None => {}
                Some(action) if end == token.len() => return Some((action, rest.trim_start())),
                Some(action) if !ch.is_alphanumeric() || action == Action::Bookmark => {
                    return Some((action, &text[end..]));
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
        response: &mut LineResponse,
    ) -> &'a str {
        if let Some(command) =
            command_with_name(action).filter(|_| !rest.is_empty() && !self.is_command(rest))
        {
            self.run_argument_command(command, rest, response);
            return "";
        }
        let before = StateSnapshot::new(self.root_view());
        let has_key = |mode| !self.keymap.first_key_in(action, mode).is_empty();
        if self.app.panel().is_some() && !has_key(self.app.mode()) {
            self.app.update(Action::Cancel);
        }
        // Without a screen, no quote is near but the one at the cursor.
        if matches!(action, Action::Why | Action::Correct | Action::Copy)
            && self.app.panel().is_none()
            && self.app.current_story().findings().is_some()
            && self.app.focused_quote().is_none()
            && self.app.current_story().rejected_quote_at_cursor().is_none()
        {
            response.messages.push("Move to a quote first.".into());
            return "";
        }
        self.app.pending_keys = PendingKeys::default();
        self.app.pending_keys.count = count;
        let effect = self.app.update(action);
        let left = if rest.parse().ok() == count { "" } else { rest };
        if self.app.panel().is_some() && self.app.mode().accepts_text() && !rest.is_empty() {
            // The text after a command answers the panel that it opens.
            if !self.answer(rest, response) {
                response.messages.push(self.unknown_command(rest));
            }
            return "";
        }
        response.messages.push(self.describe_effect(action, &effect, &before));
        response.effect = effect;
        left
    }

    /// Whether a text is a command or its keys.
    fn is_command(&self, text: &str) -> bool {
        let is_key_of = |mode| self.command_by_keys(text, mode).is_some();
        command_by_name(text).is_some_and(|it| it.1.is_empty())
            || argument_command(text).is_some()
            || is_key_of(Mode::Story)
            || is_key_of(Mode::SidePane)
    }
}

fn describe_failure(message: &str) -> String {
    format!("Not opened: {message}.")
}
