//! Tests of the interface: keys go in through the real keymap, the drawn screen comes out, without a terminal.

mod annotations;
mod appearance;
mod colors;
mod copying;
mod corrections;
mod counts;
mod filter;
mod first_minute;
mod help;
mod history;
mod layout;
mod line_mode;
mod narrow;
mod navigation;
mod parts;
mod pickers;
mod profiles;
mod random_actions;
mod tasks;
mod terminal;
mod tour;

use std::sync::Arc;

use pullquote::analysis::{
    Analysis, AttributionRule, Entity, EntityKind, Mention, MentionKind, Quote, QuoteKind,
};
use pullquote::span::Span;
use pullquote::story::{Block, BlockKind, Format, Story};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;

use crate::config::settings::KeymapPreset;
use crate::tui::app::{App, Effect};
use crate::tui::input::keymap::{Keymap, parse_key_event};
use crate::tui::text::width::display_width;
use crate::tui::view;

pub(crate) const STORY: &str = "\
Ellwick will sell its ferry in May
Ellwick will sell its ferry in May
By Mia Torn
The harbour council of Ellwick will sell the last ferry on the Ell in May, Mayor Ann Lee said on Monday.
“The river is ours, but the boat never was,” Lee told reporters on the quay. She added that nobody would lose work.
Bo Ray, who has steered the boat since 1994, called the plan “a great pity”.
“We were not asked,” Ray said. “Not once in thirty years.”
An official of the Transport Board said the sale was “likely, not certain”.
The bridge at Norham opens in June.
Tickets stay valid until then, the council said.
Read more: the bridges of the Ell";

/// Returns the span of the nth occurrence of `words` in the story, from 0.
pub(crate) fn nth(words: &str, n: usize) -> Span {
    let (start, _) = STORY.match_indices(words).nth(n).unwrap();
    Span::new(start, start + words.len())
}

pub(crate) fn story() -> Story {
    use BlockKind::{Byline, Furniture, Headline, Paragraph};
    let mut start = 0;
    let mut blocks = Vec::new();
    for (number, line) in STORY.split('\n').enumerate() {
        let kind = match number {
            0 => Headline,
            2 => Byline,
            10 => Furniture,
            _ => Paragraph,
        };
        let repeats = (number == 1).then_some(0);
        blocks.push(Block { repeats, ..Block::new(kind, Span::new(start, start + line.len())) });
        start += line.len() + 1;
    }
    let mut story = Story::new(Format::Plain, STORY.into(), blocks);
    story.outlet = Some("Ell Gazette".into());
    story.published = Some("3 March".into());
    story
}

/// An analysis of the story as an engine might make it.
pub(crate) fn analysis() -> Analysis {
    use EntityKind::{Organisation, Person, Place, Unnamed};
    use MentionKind::{Description, Name, Pronoun};
    use QuoteKind::{Direct, Indirect, Mixed};
    let entity = |kind, name: &str, role: &str, mentions: &[(&str, usize, MentionKind)]| {
        let mut entity = Entity::new(kind, name);
        entity.roles = if role.is_empty() { vec![] } else { vec![role.into()] };
        entity.aliases = name.rsplit(' ').take(1).filter(|it| *it != name).map(Into::into).collect();
        entity.mentions = mentions.iter().map(|it| Mention::new(nth(it.0, it.1), it.2)).collect();
        entity
    };
    let quote = |kind, parts: &[(&str, usize)], speaker, source: (&str, usize), confidence| {
        let mut quote = Quote::new(kind, parts.iter().map(|it| nth(it.0, it.1)).collect());
        quote.speaker = speaker;
        quote.speaker_mention = Some(nth(source.0, source.1));
        quote.rule = AttributionRule::SpeakerThenCue;
        quote.confidence = confidence;
        quote
    };
    let mut analysis = Analysis::default();
    analysis.entities = vec![
        entity(Person, "Ann Lee", "Mayor", &[("Ann Lee", 0, Name), ("Lee", 1, Name), ("She", 0, Pronoun)]),
        entity(Person, "Bo Ray", "", &[("Bo Ray", 0, Name), ("Ray", 1, Name)]),
        entity(Unnamed, "an official of the Transport Board", "", &[("An official", 0, Description)]),
        entity(Organisation, "Transport Board", "", &[("Transport Board", 0, Name)]),
        entity(Place, "Ellwick", "", &[("Ellwick", 0, Name), ("Ellwick", 2, Name)]),
        entity(Place, "Norham", "", &[("Norham", 0, Name)]),
    ];
    analysis.quotes = vec![
        quote(Direct, &[("“The river is ours, but the boat never was,”", 0)], Some(0), ("Lee", 1), 0.98),
        quote(Indirect, &[("nobody would lose work", 0)], Some(0), ("She", 0), 0.8),
        quote(Mixed, &[("“a great pity”", 0)], Some(1), ("Bo Ray", 0), 0.9),
        quote(
            Direct,
            &[("“We were not asked,”", 0), ("“Not once in thirty years.”", 0)],
            Some(1),
            ("Ray", 1),
            0.95,
        ),
        quote(Mixed, &[("the sale was “likely, not certain”", 0)], Some(2), ("An official", 0), 0.4),
        quote(Indirect, &[("Tickets stay valid until then", 0)], None, ("the council", 0), 0.0),
    ];
    analysis.quotes[0].cue = Some(nth("told reporters", 0));
    analysis
}

/// The interface without a terminal.
pub(crate) struct TestApp {
    pub(crate) app: App,
    keymap: Keymap,
    pub(crate) size: Size,
    pub(crate) effect: Effect,
}

impl TestApp {
    /// Opens the analysed story on a screen of 90 by 24.
    pub(crate) fn new() -> Self {
        let mut test_app = Self::pending(vec![story()]);
        test_app.app.set_analysis(0, Some(analysis()));
        test_app
    }

    /// Opens the story of a web page, in which nothing was found.
    pub(crate) fn from_page(html: &str) -> Self {
        let hint = pullquote::load::Hint { format: Some(Format::Html), ..pullquote::load::Hint::default() };
        let story = pullquote::load::from_bytes(html.as_bytes(), &hint).unwrap();
        let mut test_app = Self::pending(vec![story]);
        test_app.app.set_analysis(0, Some(Analysis::default()));
        test_app
    }

    pub(crate) fn view(&self) -> view::RootView<'_> {
        view::RootView { app: &self.app, theme: self.app.themes.theme(), keymap: &self.keymap }
    }

    /// Opens stories whose analysis is pending.
    pub(crate) fn pending(stories: Vec<Story>) -> Self {
        let keymap = Keymap::new(KeymapPreset::Default, None).unwrap();
        let mut stories = stories.into_iter().map(Arc::new);
        let app = App::new(stories.next().unwrap(), stories, &keymap);
        Self { app, keymap, size: Size::default(), effect: Effect::None }.with_size(90, 24)
    }

    pub(crate) fn with_size(mut self, width: u16, height: u16) -> Self {
        self.size = Size { width, height };
        self.app.resize(self.size);
        self
    }

    /// Presses keys, named as in `keys.toml`; other words are typed character by character.
    pub(crate) fn press(mut self, names: &str) -> Self {
        for name in names.split_whitespace() {
            match parse_key_event(name) {
                Some(key) => self.press_key(key),
                None => name.chars().for_each(|it| self.press_key(parse_key_event(&it.to_string()).unwrap())),
            }
        }
        self
    }

    fn press_key(&mut self, key: crossterm::event::KeyEvent) {
        self.effect = self.app.press(&self.keymap, key);
    }

    pub(crate) fn click(mut self, words: &str) -> Self {
        let rows = self.rows();
        let (y, row) = rows.iter().enumerate().find(|it| it.1.contains(words)).unwrap();
        let x = display_width(&row[..row.find(words).unwrap()]);
        let at = Position { x: x as u16, y: y as u16 };
        let Self { app, keymap, .. } = &self;
        let hint = view::RootView { app, theme: app.themes.theme(), keymap }.hint_at(at);
        self.effect = match hint {
            Some(action) => self.app.update(action),
            None => self.app.click(at),
        };
        self
    }

    /// Clicks with the right button on some words.
    pub(crate) fn right_click(mut self, words: &str) -> Self {
        let rows = self.rows();
        let (y, row) = rows.iter().enumerate().find(|it| it.1.contains(words)).unwrap();
        let x = display_width(&row[..row.find(words).unwrap()]);
        self.effect = self.app.right_click(Position { x: x as u16, y: y as u16 });
        self
    }

    pub(crate) fn buffer(&self) -> Buffer {
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        let mut buffer = Buffer::empty(area);
        let Self { app, keymap, .. } = self;
        view::RootView { app, theme: app.themes.theme(), keymap }.render(area, &mut buffer);
        buffer
    }

    pub(crate) fn rows(&self) -> Vec<String> {
        let buffer = self.buffer();
        let row = |y| {
            let mut row = String::new();
            let mut x = 0;
            while x < self.size.width {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += (display_width(symbol) as u16).max(1);
            }
            row.trim_end().to_string()
        };
        (0..self.size.height).map(row).collect()
    }

    pub(crate) fn screen(&self) -> String {
        self.rows().join("\n")
    }

    pub(crate) fn status(&self) -> String {
        self.rows().pop().unwrap().trim().to_string()
    }

    /// Returns whether the words begin at the cursor.
    pub(crate) fn cursor_is_on(&self, words: &str) -> bool {
        STORY[self.app.current_story().viewport.cursor..].starts_with(words)
    }

    /// Returns the attributes of the first character of some words.
    pub(crate) fn attributes(&self, words: &str) -> Modifier {
        let rows = self.rows();
        let (y, row) = rows.iter().enumerate().find(|it| it.1.contains(words)).unwrap();
        let x = display_width(&row[..row.find(words).unwrap()]);
        self.buffer()[(x as u16, y as u16)].modifier
    }

    /// Returns the colours and attributes of the first character of some words.
    pub(crate) fn style(&self, words: &str) -> Style {
        let rows = self.rows();
        let (y, row) = rows.iter().enumerate().find(|it| it.1.contains(words)).unwrap();
        let x = display_width(&row[..row.find(words).unwrap()]);
        self.buffer()[(x as u16, y as u16)].style()
    }

    /// Uses a built-in theme.
    pub(crate) fn with_theme(mut self, name: &str) -> Self {
        assert!(self.app.themes.select_by_name(name), "{name}");
        self
    }
}
