//! The reader at a line prompt, for screen readers and dumb terminals: a line in, one announcement an action out.

pub(crate) mod announcement;
pub(crate) mod description;

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use pullquote::analysis::Analysis;
use pullquote::story::Story;
use ratatui::layout::Size;

use crate::storage::Keeper;
use crate::storage::{News, Past};
use crate::tui::app::{App, Effect, Open};
use crate::tui::input::action::Action;
use crate::tui::input::keymap::{Begun, Keymap, Pressed, Room, event};
use crate::tui::line_mode::announcement::{Moment, announcement, commands, standing};
use crate::tui::line_mode::description::sentence;
use crate::tui::options::Look;
use crate::tui::terminal::browser;
use crate::tui::terminal::clipboard;
use crate::tui::terminal::editor::Draft;
use crate::tui::terminal::events;
use crate::tui::terminal::events::Event;
use crate::tui::terminal::session;
use crate::tui::view::Screen;

/// What a page forward is where nothing is drawn, and how wide a row. So narrow, a panel has the page to itself.
const PAGE: Size = Size { width: 79, height: 40 };

/// How long the first announcement waits for the findings.
const PATIENCE: Duration = Duration::from_secs(3);

const PROMPT: &str = "> ";

/// Talks about stories until the reader leaves; `dumb` terminals are sent nothing but words.
///
/// # Errors
/// If the terminal cannot be read or written.
pub(crate) fn converse(
    stories: Vec<Story>,
    analyse: impl Fn(&Story) -> Analysis + Send + Sync + 'static,
    keeper: Option<&dyn Keeper>,
    look: Look,
    dumb: bool,
) -> io::Result<()> {
    let stories: Vec<Arc<Story>> = stories.into_iter().map(Arc::new).collect();
    let Some(mut talk) = Talk::about(stories.iter().cloned(), look) else { return Ok(()) };
    talk.app.keeps = keeper.is_some();
    session::release_on_panic();
    let (send, events) = mpsc::channel();
    if let Some(keeper) = keeper {
        let send = send.clone();
        // Nobody listens any more once the reader has left.
        keeper.tell(Arc::new(move |news| drop(send.send(Event::News(news)))));
        for (number, story) in stories.iter().cloned().enumerate() {
            keeper.meet(number, story);
        }
    }
    let (ask, asked) = mpsc::channel();
    for it in stories.into_iter().enumerate() {
        // The other end is in the hand below.
        let _ = ask.send(it);
    }
    events::engine(asked, analyse, Arc::default(), send.clone())?;
    talk.wait(&events);
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let mut told = vec![talk.opening()];
    loop {
        if let Some(keeper) = keeper {
            for (story, change) in talk.app.changes() {
                keeper.keep(story, change);
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
        told = talk.news(&events);
        let answer = talk.hear(&String::from_utf8_lossy(&line));
        told.extend(answer.told);
        match answer.effect {
            Effect::Quit => return Ok(()),
            Effect::Copy(copied) if !dumb => session::Screen::write(&clipboard::sequences(&copied.words))?,
            Effect::Browse(address) => {
                let send = send.clone();
                // Nobody listens any more once the reader has left.
                let failed = move |said, instead| drop(send.send(Event::Said(said, instead)));
                told.push(sentence(&browser::open(&address, failed)));
            }
            Effect::History => {
                if let Some(keeper) = keeper {
                    keeper.history();
                    told.extend(talk.history(&events).iter().map(history_told));
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
pub(crate) struct Answer {
    /// One announcement an action.
    pub(crate) told: Vec<String>,
    pub(crate) effect: Effect,
}

/// The state, the keys, and a page that is drawn for nobody.
pub(crate) struct Talk {
    app: App,
    keymap: Keymap,
}

impl Talk {
    /// About some stories; `None` if there are none.
    pub(crate) fn about(mut stories: impl Iterator<Item = Arc<Story>>, look: Look) -> Option<Self> {
        let Look { settings, keymap, themes } = look;
        let mut app = App::new(stories.next()?, stories, &keymap);
        app.set_up(&settings);
        app.themes = themes;
        app.resize(PAGE);
        Some(Self { app, keymap })
    }

    fn screen(&self) -> Screen<'_> {
        Screen { app: &self.app, theme: self.app.themes.theme(), keymap: &self.keymap }
    }

    /// Waits for the findings of the first story, but not long.
    fn wait(&mut self, events: &Receiver<Event>) {
        let end = Instant::now() + PATIENCE;
        while let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            let is_found = matches!(event, Event::Found(0, _));
            self.take(event);
            if is_found {
                return;
            }
        }
    }

    pub(crate) fn opening(&self) -> String {
        let notice = self.app.notice.as_deref().map_or(String::new(), |it| format!("\n{}", sentence(it)));
        let help = "“help” lists the commands, an empty line goes on, “quit” leaves.";
        let stories = match self.app.number().1 {
            1 => String::new(),
            more => format!("Story 1 of {more}: "),
        };
        format!("{stories}{}{notice}\n{help}", self.app.reading().story_told())
    }

    pub(crate) fn take(&mut self, event: Event) {
        match event {
            Event::Found(story, analysis) => self.app.found(story, analysis),
            // The tour shows a screen; the opening words do here.
            Event::News(News::First) => {}
            Event::News(news) => self.app.told(news),
            Event::Said(_, instead) => self.app.say(&instead),
            _ => {}
        }
    }

    /// What has been found meanwhile in the story that is read, or is wrong with the shelf.
    fn news(&mut self, events: &Receiver<Event>) -> Vec<String> {
        let mut news = Vec::new();
        while let Ok(event) = events.try_recv() {
            let here = matches!(event, Event::Found(story, _) if story == self.app.number().0);
            self.take(event);
            if here {
                news.push(self.app.reading().findings_told());
            }
            news.extend(self.app.notice.take().map(|it| sentence(&it)));
        }
        news
    }

    /// The stories that were read, once they are told.
    fn history(&mut self, events: &Receiver<Event>) -> Vec<Past> {
        while let Ok(event) = events.recv_timeout(PATIENCE) {
            match event {
                Event::News(News::History(past)) => return past,
                event => self.take(event),
            }
        }
        Vec::new()
    }

    /// Does what a line asks for.
    pub(crate) fn hear(&mut self, line: &str) -> Answer {
        let mut answer = Answer { told: Vec::new(), effect: Effect::None };
        let line: String = line.chars().filter(|it| !is_hidden(*it)).collect();
        let mut rest = line.trim();
        let room = self.app.room();
        if rest.is_empty() {
            self.go_on(&mut answer);
        } else if room.types() && !self.leaves(rest) {
            self.fill(rest, &mut answer);
        } else {
            // Where a name is asked for, so may a command begin like one.
            let small = rest.to_lowercase();
            if room == Room::Whom {
                rest = &small;
            }
            while !rest.is_empty() && answer.effect == Effect::None {
                rest = self.command(rest, &mut answer);
            }
        }
        answer
    }

    fn go_on(&mut self, answer: &mut Answer) {
        let room = self.app.room();
        let action = match room {
            Room::Story => Action::NextParagraph,
            _ if room.types() => Action::Accept,
            _ if self.keymap.key_in(Action::Forward, room).is_empty() => Action::Cancel,
            _ => Action::Forward,
        };
        self.act(action, None, "", answer);
    }

    /// Does the command with which a line begins; what is left of the line.
    fn command<'a>(&mut self, line: &'a str, answer: &mut Answer) -> &'a str {
        let bare = line.trim_start_matches(|it: char| it.is_ascii_digit()).trim_start();
        let (count, words) = match line[..line.len() - bare.len()].trim().parse() {
            Ok(count) if !bare.is_empty() => (Some(count), bare),
            _ => (None, line),
        };
        let read = named(words).or_else(|| self.keyed(words)).or_else(|| {
            // What a panel does not know leads out of it.
            if matches!(self.app.open, Open::Nothing) {
                return None;
            }
            self.app.update(Action::Cancel);
            self.keyed(words)
        });
        let Some((action, rest)) = read else {
            answer.told.push(format!("“{line}” is no command here; “help” lists them."));
            return "";
        };
        let count = count.or_else(|| rest.parse().ok());
        self.act(action, count, rest, answer)
    }

    /// The action whose keys stand first in some words, and what follows. Only signs that are no letters may be followed
    /// at once by something else ("/ferry", and "ma" because everybody types it so), so that a slip of the finger in "quote" does not quit.
    fn keyed<'a>(&self, words: &'a str) -> Option<(Action, &'a str)> {
        let (token, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let mut begun = Begun::default();
        let mut press = |key| match self.keymap.press(&mut begun, self.app.room(), key) {
            Pressed::Action(action) => Some(Some(action)),
            Pressed::Begun => Some(None),
            Pressed::Typed(_) | Pressed::Nothing => None,
        };
        if let Some(key) = event(token) {
            return press(key)?.map(|action| (action, rest.trim_start()));
        }
        for (at, sign) in token.char_indices() {
            let end = at + sign.len_utf8();
            match press(event(sign.encode_utf8(&mut [0; 4]))?)? {
                None => {}
                Some(action) if end == token.len() => return Some((action, rest.trim_start())),
                Some(action) if !sign.is_alphanumeric() || action == Action::Mark => {
                    return Some((action, &words[end..]));
                }
                Some(_) => return None,
            }
        }
        None
    }

    /// Does one action, with the words that follow it typed into the line that it opens; what is left of them.
    fn act<'a>(
        &mut self,
        action: Action,
        count: Option<usize>,
        rest: &'a str,
        answer: &mut Answer,
    ) -> &'a str {
        let before = Moment::of(self.screen());
        let known = |room| !self.keymap.key_in(action, room).is_empty();
        if !matches!(self.app.open, Open::Nothing) && !known(self.app.room()) {
            self.app.update(Action::Cancel);
        }
        self.app.begun = Begun::default();
        self.app.begun.count = count;
        let effect = self.app.update(action);
        let mut left = if rest.parse().ok() == count { "" } else { rest };
        if self.app.room().types() && !rest.is_empty() {
            self.enter(rest);
            left = "";
        }
        answer.told.push(match &effect {
            Effect::None if action == Action::Help => {
                self.app.update(Action::Cancel);
                commands(&self.keymap)
            }
            Effect::None => announcement(action, &before, self.screen()),
            Effect::Copy(copied) => format!("Copied: {}", copied.words),
            Effect::Edit => {
                let reading = self.app.reading();
                match Draft::of(&reading.story, reading.stand.seen()) {
                    Ok(draft) => format!("You are in {}.", draft.told()),
                    Err(why) => sentence(&why),
                }
            }
            Effect::Browse(_) => "To the browser.".into(),
            Effect::Quit => "Left.".into(),
            Effect::Suspend => "Stopped; fg comes back.".into(),
            Effect::History if self.app.keeps => "Stories that you have read:".into(),
            Effect::History | Effect::Open(_) => "No history is kept in this reading.".into(),
            Effect::Redraw | Effect::Mouse(_) => standing(action, self.screen()),
        });
        answer.effect = effect;
        left
    }

    /// Whether words are no answer but lead out: the command itself; where a name is asked for, any command or key.
    fn leaves(&self, words: &str) -> bool {
        let small = words.to_lowercase();
        let command = || named(&small).is_some_and(|it| it.1.is_empty()) || event(&small).is_some();
        small == Action::Cancel.name() || (self.app.room() == Room::Whom && command())
    }

    /// Types words into the line that is open.
    fn fill(&mut self, words: &str, answer: &mut Answer) {
        let action = if self.app.room() == Room::Search { Action::Search } else { Action::Accept };
        let before = Moment::of(self.screen());
        self.app.update(Action::EraseAll);
        self.enter(words);
        answer.told.push(announcement(action, &before, self.screen()));
    }

    /// Types words and has done.
    fn enter(&mut self, words: &str) {
        self.app.typed(words.trim());
        let Open::Picker(picker) = &self.app.open else {
            if self.app.room().types() {
                self.app.update(Action::Accept);
            }
            return;
        };
        let nobody = self.app.reading().findings().is_none_or(|it| picker.matching(it).is_empty());
        if nobody {
            self.app.update(Action::Cancel);
            return self.app.say(&format!("nobody is called “{}”", words.trim()));
        }
        self.app.update(Action::Toggle);
        self.app.update(Action::Accept);
    }
}

/// Whether a sign that is typed would steer the terminal when it is told again.
fn is_hidden(sign: char) -> bool {
    let steers = matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    steers || (sign.is_control() && !sign.is_whitespace())
}

/// `The last ferry, 3 May, 40 per cent, 2 notes: /home/…/ferry.txt`
fn history_told(past: &Past) -> String {
    let file = past.file.as_ref().map_or(String::new(), |it| format!(": {it}"));
    format!("{}, {}, {} per cent, {} notes{file}", past.title, past.day, past.share, past.notes)
}

/// The action whose name stands first in some words, with hyphens or blanks, and what follows.
fn named(words: &str) -> Option<(Action, &str)> {
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
