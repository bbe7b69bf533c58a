//! The content of the help page: every command with its keys, by mode, and the meaning of each symbol.

use crate::tui::input::action::{Action, Section};
use crate::tui::input::keymap::{Keymap, Mode};
use crate::tui::style::symbols;
use crate::tui::text::width::display_width;
use pullquote::analysis::QuoteKind::{Direct, Indirect, Mixed};

/// A row of the help page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HelpRow {
    Gap,
    Heading(String),
    /// Keys or a symbol, and a description. A continued row has no keys.
    Keys(String, String),
}

/// The content of the help page, before it is laid out.
pub(crate) struct Help {
    sections: Vec<HelpSection>,
    /// The keys that matter most in each mode.
    short: Vec<(Mode, Vec<HelpSection>)>,
    /// The first key of each command, for messages.
    first_keys: Vec<(Action, String)>,
}

/// A heading with rows of keys and descriptions.
type HelpSection = (&'static str, Vec<(String, String)>);

/// The commands of the short help in the story, by task.
const SHORT_STORY: &[(&str, &[Action])] = {
    use Action::{
        AllQuotes, Back, CommandPalette, Copy, Correct, FilterQuotes, Forward, JumpBack, NextBySpeaker,
        NextName, NextQuote, NextStory, Note, OnlySpeaker, Open, PageBack, PageForward, PreviousQuote, Quit,
        QuotationsOnly, Review, Search, SwitchPane, Themes, ToggleFilter, Tour, Why,
    };
    &[
        ("Reading", &[Forward, Back, PageForward, PageBack, JumpBack]),
        (
            "Quotes",
            &[
                NextQuote,
                PreviousQuote,
                NextBySpeaker,
                OnlySpeaker,
                QuotationsOnly,
                FilterQuotes,
                ToggleFilter,
                AllQuotes,
            ],
        ),
        ("A quote", &[Why, Correct, Review, Copy, Note]),
        ("Names and words", &[Search, NextName, SwitchPane, Open]),
        ("The program", &[CommandPalette, NextStory, Themes, Tour, Quit]),
    ]
};

/// The commands of the short help in the side pane, by task.
const SHORT_SIDE_PANE: &[(&str, &[Action])] = {
    use Action::{
        Back, Cancel, CommandPalette, Copy, Correct, FilterQuotes, Forward, NextParagraph, NextTab,
        OnlySpeaker, Open, Organisations, People, Places, Profile, Quit, QuotationsOnly, Quotes,
        SortSpeakers, SwitchPane, ToggleFilter, Why,
    };
    &[
        ("The list", &[Forward, Back, NextParagraph, Open, Profile, SwitchPane, Cancel]),
        ("Tabs", &[NextTab, Quotes, People, Organisations, Places, SortSpeakers]),
        ("A quote", &[OnlySpeaker, QuotationsOnly, FilterQuotes, ToggleFilter, Why, Correct, Copy]),
        ("The program", &[CommandPalette, Quit]),
    ]
};

/// The help page laid out for a width.
pub(crate) struct HelpLayout {
    /// The width of the keys in each column of the page.
    pub(crate) key_columns: usize,
    /// The width of each column of the page.
    pub(crate) width: usize,
    pub(crate) columns: Vec<Vec<HelpRow>>,
}

/// The heading of the symbols.
const SYMBOLS_HEADING: &str = "Symbols";

/// The least width of a column of the page, the most columns side by side, and the largest width of a column of the page
/// with the keys that matter most.
const MIN_COLUMN_WIDTH: usize = 58;
const MAX_COLUMN_COUNT: usize = 3;
const MAX_SHORT_COLUMN_WIDTH: usize = 80;

/// How many columns stand side by side on a page, at most.
fn max_columns(width: usize) -> usize {
    (width / MIN_COLUMN_WIDTH).clamp(1, MAX_COLUMN_COUNT)
}

const SYMBOLS: &[(&str, &str)] = &[
    (symbols::kind_symbol(Direct), symbols::kind_description(Direct)),
    (symbols::kind_symbol(Mixed), symbols::kind_description(Mixed)),
    (symbols::kind_symbol(Indirect), symbols::kind_description(Indirect)),
    ("1▌", "a quote of the first speaker; ┆ paraphrase"),
    ("²", "a quote of the second speaker on a line with other quotes"),
    (symbols::UNCERTAIN, "uncertain (alone: speaker unknown)"),
    (symbols::CORRECTED, "confirmed or corrected by you"),
    (symbols::REJECTED, "you marked this as not a quote"),
    ("›", "cursor"),
    ("┃", "scroll bar: visible part; ┤ quote, ◂ match, letter = bookmark"),
    ("▂▄▆█", "mentions across the story"),
    ("▴", "position of the selected item"),
];

impl Help {
    pub(crate) fn new(keymap: &Keymap) -> Self {
        let mut sections: Vec<(&str, Vec<(String, String)>)> = Vec::new();
        for section in Section::ALL {
            let rows = section.actions().filter_map(|action| {
                let [in_story, aside] = [Mode::Story, Mode::SidePane].map(|it| keymap.keys_in(action, it));
                let is_in_palette = keymap.keys(action).iter().any(|it| it.len() > 1 && it.starts_with(':'));
                let note = match (in_story.is_empty(), aside.is_empty()) {
                    // Commands of panels are listed with their modes.
                    (true, true) if !is_in_palette => return None,
                    (false, true) => " (in the story)",
                    (true, false) => " (in the side pane)",
                    _ => "",
                };
                Some((keymap.keys(action).join(" "), format!("{}{note}", action.description())))
            });
            sections.push((section.heading(), rows.collect()));
        }
        let modes = Mode::ALL.iter().filter(|it| !matches!(it, Mode::Story | Mode::SidePane));
        sections.extend(modes.map(|mode| {
            let own = Action::ALL
                .iter()
                .map(|it| (keymap.keys_only_in(*it, *mode).join(" "), it.description().into()));
            (mode.help_heading(), own.filter(|it| !it.0.is_empty()).collect())
        }));
        sections.push((SYMBOLS_HEADING, SYMBOLS.iter().map(|it| (it.0.into(), it.1.into())).collect()));
        sections.retain(|it| !it.1.is_empty());
        let short = Mode::ALL.iter().map(|mode| (*mode, short_sections(keymap, *mode))).collect();
        let first = |it: &Action| Some((*it, keymap.keys(*it).into_iter().next()?));
        Self { sections, short, first_keys: Action::ALL.iter().filter_map(first).collect() }
    }

    /// The first key of a command as the screen shows it; empty if it has none.
    pub(crate) fn key(&self, action: Action) -> &str {
        self.first_keys.iter().find(|it| it.0 == action).map_or("", |it| &it.1)
    }

    /// Lays out the page for `width` columns of the terminal. A section is not split between columns if possible.
    pub(crate) fn layout(&self, width: usize) -> HelpLayout {
        let column_count = max_columns(width);
        layout(&self.sections, width / column_count, column_count)
    }

    /// Lays out the keys that matter most in a mode, in as few columns as fit on a screen of `height` rows. The symbols of
    /// the page follow where they fit too.
    pub(crate) fn short_layout(&self, mode: Mode, width: usize, height: usize) -> HelpLayout {
        let own = self.short.iter().find(|it| it.0 == mode).map_or(&[][..], |it| &it.1);
        let symbols = self.sections.iter().filter(|it| it.0 == SYMBOLS_HEADING).cloned();
        let with_symbols: Vec<HelpSection> = own.iter().cloned().chain(symbols).collect();
        let fitting = |sections: &[HelpSection]| {
            let mut layouts = (1..=max_columns(width)).map(|it| short_page(sections, width, it));
            layouts.find(|it| it.height() <= height)
        };
        let largest = || short_page(own, width, max_columns(width));
        fitting(&with_symbols).or_else(|| fitting(own)).unwrap_or_else(largest)
    }
}

/// Returns the keys that matter most in a mode; in a panel all of its keys.
fn short_sections(keymap: &Keymap, mode: Mode) -> Vec<HelpSection> {
    let row = |action: &Action| {
        let keys = keymap.keys_in(*action, mode);
        let keys: Vec<String> = keys.into_iter().take(2).collect();
        (!keys.is_empty()).then(|| (keys.join(" "), action.description().to_string()))
    };
    let by_task = |tasks: &[(&'static str, &[Action])]| {
        tasks.iter().map(|(task, actions)| (*task, actions.iter().filter_map(row).collect())).collect()
    };
    match mode {
        Mode::Story => by_task(SHORT_STORY),
        Mode::SidePane => by_task(SHORT_SIDE_PANE),
        mode => vec![(mode.help_heading(), Action::ALL.iter().filter_map(row).collect())],
    }
}

/// Lays out sections in `column_count` columns on a page of `width`; a column has a largest width.
fn short_page(sections: &[HelpSection], width: usize, column_count: usize) -> HelpLayout {
    layout(sections, (width / column_count).min(MAX_SHORT_COLUMN_WIDTH), column_count)
}

/// Lays out sections in `column_count` columns of `column_width`. A section is not split between columns if possible.
fn layout(sections: &[HelpSection], column_width: usize, column_count: usize) -> HelpLayout {
    let width = column_width.saturating_sub(3);
    let longest = sections.iter().flat_map(|it| &it.1).map(|it| display_width(&it.0)).max();
    // On a narrow page the descriptions keep more than half of the width.
    let keys = (longest.unwrap_or_default() + 2).min(width * 2 / 5).max(2);
    let rows = wrapped_rows(sections, keys, width);
    let fair = rows.len().div_ceil(column_count);
    let mut rest = &rows[..];
    let mut columns = Vec::new();
    while columns.len() + 1 < column_count && rest.len() > fair {
        let gaps = rest.iter().enumerate().filter(|it| *it.1 == HelpRow::Gap).map(|it| it.0);
        let Some(cut) = gaps.min_by_key(|it| it.abs_diff(fair)) else { break };
        columns.push(rest[..cut].to_vec());
        rest = &rest[cut + 1..];
    }
    columns.push(rest.to_vec());
    HelpLayout { key_columns: keys, width: column_width, columns }
}

/// All sections in one column, with long rows wrapped.
fn wrapped_rows(sections: &[HelpSection], keys: usize, width: usize) -> Vec<HelpRow> {
    let mut rows = Vec::new();
    for (heading, entries) in sections {
        if !rows.is_empty() {
            rows.push(HelpRow::Gap);
        }
        let heading = textwrap::wrap(heading, width.max(1));
        rows.extend(heading.into_iter().map(|it| HelpRow::Heading(it.into_owned())));
        for (names, description) in entries {
            let names = textwrap::wrap(names, keys.saturating_sub(1).max(1));
            let description = textwrap::wrap(description, width.saturating_sub(keys).max(1));
            let row = |all: &[std::borrow::Cow<str>], row: usize| {
                all.get(row).map_or(String::new(), ToString::to_string)
            };
            let both = 0..names.len().max(description.len());
            rows.extend(both.map(|it| HelpRow::Keys(row(&names, it), row(&description, it))));
        }
    }
    rows
}

impl HelpLayout {
    /// The height of the page in rows.
    pub(crate) fn height(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::KeymapPreset;

    #[test]
    fn no_row_is_wider_than_its_column() {
        let keymap = Keymap::new(KeymapPreset::Default, None).unwrap();
        let help = Help::new(&keymap);
        for width in [20, 30, 46, 60, 80, 120, 200] {
            let HelpLayout { key_columns: keys, width, columns } = help.layout(width);
            let column_width = width.saturating_sub(3);
            for row in columns.concat() {
                let (names, words) = match &row {
                    HelpRow::Gap => continue,
                    HelpRow::Heading(words) => (0, display_width(words)),
                    HelpRow::Keys(names, words) => (display_width(names), display_width(words) + keys),
                };
                assert!(names < keys && words <= column_width, "{width}: {row:?}");
            }
        }
    }

    #[test]
    fn every_mode_has_a_heading_and_its_keys() {
        let keymap = Keymap::new(KeymapPreset::Default, None).unwrap();
        let help = Help::new(&keymap);
        for mode in Mode::ALL.iter().filter(|it| !matches!(it, Mode::Story | Mode::SidePane)) {
            let part = help.sections.iter().find(|it| it.0 == mode.help_heading());
            assert!(part.is_some_and(|it| it.1.iter().any(|it| it.0.contains("Esc"))), "{mode:?}");
        }
    }
}
