//! Commands that open a list, and what comes of the row that is chosen: the palette, the stories, one speaker in all.

use pullquote::analysis::EntityKind;
use ratatui::layout::Rect;

use crate::tui::app::{App, Effect, Focus, Open};
use crate::tui::commands::filter::erase;
use crate::tui::input::action::Action;
use crate::tui::open_story::citation::source;
use crate::tui::open_story::{Found, Reading};
use crate::tui::overlay::picker::{Choice, Chooser, Deed, Sort};
use crate::tui::text::search_fold::folded;

/// What belongs to a line that is typed, and to no list of commands.
const TYPING: &[Action] = &[
    Action::Toggle,
    Action::Accept,
    Action::SwitchRegex,
    Action::OlderSearch,
    Action::NewerSearch,
    Action::Erase,
    Action::EraseWord,
    Action::EraseAll,
    Action::Palette,
    Action::Cancel,
];

impl App {
    /// All commands, with their keys.
    pub(crate) fn open_palette(&mut self) {
        let commands = Action::ALL.iter().filter(|it| !TYPING.contains(it));
        let rows = commands.map(|action| Choice {
            words: action.words().into(),
            name: action.name().into(),
            right: vec![self.help.key(*action).into()],
            deed: Deed::Act(*action),
        });
        self.open = Open::Chooser(Chooser::new(Sort::Commands, rows.collect()));
    }

    pub(crate) fn list_stories(&mut self) {
        let mut chooser = Chooser::new(Sort::Stories, self.story_rows());
        chooser.choose(Deed::Story(self.current));
        self.open = Open::Chooser(chooser);
    }

    /// Lists anew what findings change.
    pub(crate) fn relist(&mut self) {
        let rows = match &self.open {
            Open::Chooser(Chooser { sort: Sort::Stories, .. }) => self.story_rows(),
            Open::Chooser(Chooser { sort: Sort::Across(name), .. }) => self.quotes_of(name),
            _ => return,
        };
        if let Open::Chooser(chooser) = &mut self.open {
            chooser.renew(rows);
        }
    }

    /// `3 The last ferry        Ell Gazette · 3 March · 4 people · 9 quotes`
    fn story_rows(&self) -> Vec<Choice> {
        let row = |(number, reading): (usize, &Reading)| {
            let counts = match &reading.found {
                Found::Here(findings) => {
                    let people = findings.analysis.entities.iter().filter(|it| it.kind == EntityKind::Person);
                    vec![several(people.count(), "person", "people"), quotes(findings.analysis.quotes.len())]
                }
                Found::Awaited => vec!["reading…".into()],
                Found::Failed => vec!["not understood".into()],
            };
            let told = [source(&reading.story), reading.story.published.clone()];
            let all: Vec<String> = told.into_iter().flatten().chain(counts).collect();
            let right = (0..all.len()).map(|from| all[from..].join(" · ")).collect();
            let words = format!("{} {}", number + 1, self.headline(number));
            Choice { words, name: String::new(), right, deed: Deed::Story(number) }
        };
        self.readings.iter().enumerate().map(row).collect()
    }

    /// What a story is called.
    pub(crate) fn headline(&self, story: usize) -> String {
        let Some(story) = self.readings.get(story).map(|it| &it.story) else { return String::new() };
        let first = || story.blocks().first().map(|it| it.span.of(story.text()));
        let words = story.title().or_else(first).map(|it| it.replace('\n', " "));
        words.or_else(|| source(story)).unwrap_or_else(|| "untitled".into())
    }

    /// What the speaker at hand says in all stories.
    pub(crate) fn speaker_across(&mut self) {
        let reading = self.reading();
        let speaker = self.speaker_here().and_then(|it| reading.findings()?.who(it));
        let Some(name) = speaker.filter(|it| is_named(it.kind)).map(|it| it.name.clone()) else {
            return self.say("stand on a quote of somebody who has a name");
        };
        let mut chooser = Chooser::new(Sort::Across(name.clone()), self.quotes_of(&name));
        if let Some(quote) = reading.quote() {
            chooser.choose(Deed::Quote(self.current, quote));
        }
        self.open = Open::Chooser(chooser);
        let awaited = self.readings.iter().filter(|it| matches!(it.found, Found::Awaited)).count();
        if awaited > 0 {
            self.say(&format!("{} not read yet", several(awaited, "story is", "stories are")));
        }
    }

    /// The quotes of all who have this name, story by story.
    fn quotes_of(&self, name: &str) -> Vec<Choice> {
        let name = folded(name);
        let mut rows = Vec::new();
        for (number, reading) in self.readings.iter().enumerate() {
            let Some(findings) = reading.findings() else { continue };
            for (quote, found) in findings.analysis.quotes.iter().enumerate() {
                let speaker = found.speaker.and_then(|it| findings.entity(it));
                if speaker.is_none_or(|it| !is_named(it.kind) || folded(&it.name) != name) {
                    continue;
                }
                let words: Vec<String> =
                    found.words(reading.story.text()).split_whitespace().map(ToString::to_string).collect();
                let doubt = if found.doubtful() { " ?" } else { "" };
                let right = vec![format!("{}{doubt}", found.kind.name())];
                let deed = Deed::Quote(number, quote);
                rows.push(Choice { words: words.join(" "), name: String::new(), right, deed });
            }
        }
        rows
    }

    pub(crate) fn in_chooser(&mut self, action: Action) -> Effect {
        let page = self.height().max(1).cast_signed();
        let Open::Chooser(chooser) = &mut self.open else { return Effect::None };
        match action {
            Action::Forward => chooser.move_by(1),
            Action::Back => chooser.move_by(-1),
            Action::PageForward => chooser.move_by(page),
            Action::PageBack => chooser.move_by(-page),
            Action::ToStart => chooser.move_by(isize::MIN),
            Action::ToEnd => chooser.move_by(isize::MAX),
            Action::Accept => return self.accept(),
            Action::Erase if chooser.typed.is_empty() => self.open = Open::Nothing,
            Action::Erase | Action::EraseWord | Action::EraseAll => {
                erase(&mut chooser.typed, action);
                chooser.retyped();
            }
            Action::Cancel => self.open = Open::Nothing,
            _ => {}
        }
        Effect::None
    }

    /// Does what is chosen, or what is typed where that says more.
    fn accept(&mut self) -> Effect {
        let Open::Chooser(chooser) = std::mem::replace(&mut self.open, Open::Nothing) else {
            return Effect::None;
        };
        if chooser.sort == Sort::Commands && self.command(chooser.typed.trim()) {
            return Effect::None;
        }
        match chooser.choice().map(|it| it.deed) {
            Some(Deed::Act(action)) => return self.update(action),
            Some(Deed::Story(story)) => self.cross(story, None),
            Some(Deed::Quote(story, quote)) => self.cross(story, Some(quote)),
            None => self.say(chooser.sort.nothing()),
        }
        Effect::None
    }

    /// A command with something to it: `42`, `width 72`, `only Kerry`; whether it is one.
    fn command(&mut self, typed: &str) -> bool {
        if let Ok(number) = typed.parse() {
            self.go_to_paragraph(number);
            return true;
        }
        match typed.split_once(' ') {
            Some(("width", columns)) => match columns.trim().parse() {
                Ok(columns @ 30..=120) => {
                    self.wish.text = columns;
                    self.set();
                }
                _ => self.say("width wants columns, from 30 to 120"),
            },
            Some(("theme", name)) => self.wear(name.trim()),
            Some(("only", name)) => self.only_called(name.trim()),
            _ => return false,
        }
        true
    }

    fn go_to_paragraph(&mut self, number: usize) {
        let height = self.height();
        let reading = self.reading_mut();
        let mut shown = reading.story.blocks().iter().filter(|it| it.repeats.is_none());
        if let Some(place) = number.checked_sub(1).and_then(|it| shown.nth(it)).map(|it| it.span.start) {
            reading.jump(place, height);
            self.focus = Focus::Story;
            self.follow();
        } else {
            let last = reading.paragraphs;
            self.say(&format!("the paragraphs are 1 to {last}"));
        }
    }

    /// Goes to another story, or to a quote there, from which the way back leads here.
    fn cross(&mut self, story: usize, quote: Option<usize>) {
        let from = self.current;
        self.current = story.min(self.readings.len() - 1);
        self.focus = Focus::Story;
        self.set();
        let height = self.height();
        if let Some(quote) = quote {
            self.reading_mut().jump_to_quote(quote, height);
        }
        if from != self.current {
            let depth = self.reading().stand.depth();
            self.crossings.push((from, depth));
            self.greet();
        }
        self.follow();
    }

    /// Back into the story from which this one was reached; whether that was the last jump.
    pub(crate) fn cross_back(&mut self) -> bool {
        let depth = self.reading().stand.depth();
        let Some((from, _)) = self.crossings.pop_if(|it| depth <= it.1) else { return false };
        self.current = from;
        self.set();
        true
    }

    /// Where the list stands: commands beside the story, the others have the page to themselves.
    pub(crate) fn chooser_area(&self, chooser: &Chooser) -> Rect {
        match chooser.sort {
            Sort::Commands if !self.panes.side.is_empty() => self.panes.side,
            _ => self.panes.body,
        }
    }

    /// Whether the border between the panes is seen.
    pub(crate) fn has_border(&self) -> bool {
        match &self.open {
            Open::Help(_) | Open::Statistics(..) => false,
            Open::Chooser(chooser) => self.chooser_area(chooser) != self.panes.body,
            _ => true,
        }
    }
}

/// Whether a name means the same one in another story.
const fn is_named(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation)
}

fn quotes(number: usize) -> String {
    several(number, "quote", "quotes")
}

fn several(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}
