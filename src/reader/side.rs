//! What the side pane lists under each tab, and what is chosen there.

use pullquote::analysis::EntityKind;
use ratatui::layout::Rect;

use super::filter::{Sifted, Way};
use super::measure::columns;

/// The lists of the side pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    Quotes,
    People,
    Organisations,
    Places,
}

impl Tab {
    pub(super) const ALL: [Self; 4] = [Self::Quotes, Self::People, Self::Organisations, Self::Places];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Quotes => "Quotes",
            Self::People => "People",
            Self::Organisations => "Organisations",
            Self::Places => "Places",
        }
    }

    /// Its title where there is little room.
    const fn short(self) -> &'static str {
        match self {
            Self::Organisations => "Orgs",
            _ => self.title(),
        }
    }

    /// What stands in the pane if nothing was found.
    pub(super) const fn nothing(self) -> &'static str {
        match self {
            Self::Quotes => "No quotes found in this story.",
            Self::People => "No people found in this story.",
            Self::Organisations => "No organisations found in this story.",
            Self::Places => "No places found in this story.",
        }
    }

    /// The tab that lists entities of a kind.
    pub(super) const fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person | EntityKind::Group | EntityKind::Unnamed => Self::People,
            EntityKind::Organisation => Self::Organisations,
            EntityKind::Place => Self::Places,
        }
    }
}

/// One row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Gap,
    /// A heading between people with and without a name.
    Heading(&'static str),
    /// What the columns of a table are.
    Columns,
    /// The head of a speaker's quotes, by speaker's number.
    Speaker(usize),
    /// That so many of something are folded away here.
    Folded(usize, Folds),
    Quote(usize),
    Entity(usize),
}

/// What a list can fold away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folds {
    Quotes,
    Speakers,
    /// The rest of a table.
    Others,
}

impl Folds {
    /// "3 quotes"
    pub(super) fn words(self, count: usize) -> String {
        let noun = match self {
            Self::Quotes => "quote",
            Self::Speakers => "speaker",
            Self::Others => "other",
        };
        format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
    }
}

impl Line {
    /// Whether it can be chosen.
    pub(super) const fn is_item(self) -> bool {
        matches!(self, Self::Quote(_) | Self::Entity(_))
    }
}

/// The side pane's lists and choices.
#[derive(Default)]
pub(super) struct Side {
    pub(super) tab: Tab,
    /// The rows under each tab.
    lines: [Vec<Line>; 4],
    /// The row that is chosen under each tab.
    chosen: [usize; 4],
    /// How many quotes each entity has of those that are let through.
    pub(super) quotes: Vec<usize>,
    /// How many mentions each has in what is let through.
    pub(super) mentions: Vec<usize>,
    /// How many there are under each tab, and how many of them are let through.
    pub(super) totals: [usize; 4],
    pub(super) counts: [usize; 4],
    /// The mentions of the most mentioned entity under each tab.
    pub(super) most: [usize; 4],
    /// The top row of the list that is seen.
    first: usize,
}

impl Side {
    /// Lists the findings anew; what was chosen stays chosen where it is still there.
    pub(super) fn list(&mut self, sifted: &Sifted) {
        use EntityKind::{Group, Organisation, Person, Place, Unnamed};
        let findings = sifted.findings;
        let chosen = Tab::ALL.map(|tab| self.line_of(tab));
        self.quotes = findings.said(sifted.quotes);
        self.mentions = findings.named(sifted.story, sifted.blocks);
        let is_seen = |it: &usize| self.quotes[*it] + self.mentions[*it] > 0;
        let mut most = [0; 4];
        let mut counts = [sifted.quotes.len(), 0, 0, 0];
        let mut totals = [findings.analysis.quotes.len(), 0, 0, 0];
        let mut table = |tab: Tab, kinds: &[EntityKind]| {
            let entities = findings.most_mentioned(kinds);
            let seen: Vec<usize> = entities.iter().copied().filter(is_seen).collect();
            let mentions = seen.iter().map(|it| self.mentions[*it]).max().unwrap_or(0);
            most[tab as usize] = most[tab as usize].max(mentions);
            counts[tab as usize] += seen.len();
            totals[tab as usize] += entities.len();
            let folded = entities.len() - seen.len();
            let shown = if sifted.way().is_none_or(|it| it == Way::Dim) { entities } else { seen };
            let mut lines: Vec<Line> = shown.into_iter().map(Line::Entity).collect();
            if folded > 0 && sifted.way() == Some(Way::Fold) {
                lines.push(Line::Folded(folded, Folds::Others));
            }
            lines
        };
        let [people, others, organisations, places] = [
            table(Tab::People, &[Person]),
            table(Tab::People, &[Unnamed, Group]),
            table(Tab::Organisations, &[Organisation]),
            table(Tab::Places, &[Place]),
        ];
        (self.most, self.counts, self.totals) = (most, counts, totals);
        let mut all_people = with_columns(people);
        if !others.is_empty() {
            if !all_people.is_empty() {
                all_people.push(Line::Gap);
            }
            all_people.push(Line::Heading("Without a name"));
            all_people.extend(others);
        }
        self.lines = [by_speaker(sifted), all_people, with_columns(organisations), with_columns(places)];
        for (tab, chosen) in Tab::ALL.into_iter().zip(chosen) {
            let lines = self.lines(tab);
            let same = chosen.and_then(|chosen| lines.iter().position(|it| *it == chosen));
            self.chosen[tab as usize] =
                same.or_else(|| lines.iter().position(|it| it.is_item())).unwrap_or(0);
        }
    }

    pub(super) fn lines(&self, tab: Tab) -> &[Line] {
        &self.lines[tab as usize]
    }

    fn line_of(&self, tab: Tab) -> Option<Line> {
        self.lines(tab).get(self.chosen[tab as usize]).copied()
    }

    /// What is chosen under the open tab.
    pub(super) fn chosen(&self) -> Option<Line> {
        self.line_of(self.tab).filter(|it| it.is_item())
    }

    /// The row of it.
    pub(super) fn chosen_row(&self) -> usize {
        self.chosen[self.tab as usize]
    }

    /// Chooses a row of the open tab, or the nearest item to it; `from` is where the eye comes from.
    pub(super) fn choose_row(&mut self, row: usize) {
        let lines = self.lines(self.tab);
        let row = row.min(lines.len().saturating_sub(1));
        let after = lines[row.min(lines.len())..].iter().position(|it| it.is_item()).map(|it| row + it);
        let before = || lines[..row].iter().rposition(|it| it.is_item());
        if let Some(row) = after.or_else(before) {
            self.chosen[self.tab as usize] = row;
        }
    }

    /// Chooses a line under a tab, if it is there.
    pub(super) fn choose(&mut self, tab: Tab, line: Line) {
        if let Some(row) = self.lines(tab).iter().position(|it| *it == line) {
            self.chosen[tab as usize] = row;
        }
    }

    /// Moves the choice by items.
    pub(super) fn step(&mut self, items: isize) {
        let lines = &self.lines[self.tab as usize];
        let chosen = &mut self.chosen[self.tab as usize];
        for _ in 0..items.unsigned_abs() {
            let next = if items > 0 {
                lines.iter().skip(*chosen + 1).position(|it| it.is_item()).map(|it| *chosen + 1 + it)
            } else {
                lines.iter().take(*chosen).rposition(|it| it.is_item())
            };
            let Some(next) = next else { return };
            *chosen = next;
        }
    }

    /// Moves the choice by groups: to the first item under the next or previous head.
    pub(super) fn step_group(&mut self, groups: isize) {
        for _ in 0..groups.unsigned_abs() {
            let lines = self.lines(self.tab);
            let row = self.chosen_row();
            let head = |it: &Line| !it.is_item() && *it != Line::Gap;
            let next = if groups > 0 {
                lines.iter().skip(row).position(head).map(|it| row + it)
            } else {
                let own = lines.iter().take(row).rposition(head);
                own.and_then(|own| lines.iter().take(own).rposition(head))
            };
            match next {
                Some(next) => self.choose_row(next),
                None => self.choose_row(if groups > 0 { usize::MAX } else { 0 }),
            }
        }
    }

    /// The row on top of a list of `height` rows that keeps the choice, its head and its neighbours in sight.
    pub(super) fn first_row(&self, height: usize) -> usize {
        let lines = self.lines(self.tab);
        let chosen = self.chosen_row();
        let near = 2.min(height.saturating_sub(1) / 2);
        let low = (chosen + near + 1).saturating_sub(height);
        let high = chosen.saturating_sub(near);
        self.first.clamp(low.min(high), high).min(lines.len().saturating_sub(height))
    }

    /// Rolls the list under the pointer and takes the choice along where it must.
    pub(super) fn roll(&mut self, rows: isize, height: usize) {
        let last = self.lines(self.tab).len().saturating_sub(height);
        let first = self.first_row(height).saturating_add_signed(rows).min(last);
        self.first = first;
        let near = 2.min(height.saturating_sub(1) / 2);
        let chosen = self.chosen_row();
        if chosen < first + near && first > 0 {
            self.choose_row(first + near);
        } else if chosen + near + 1 > first + height {
            let row = (first + height).saturating_sub(near + 1);
            let above = self.lines(self.tab)[..=row].iter().rposition(|it| it.is_item());
            if let Some(row) = above {
                self.choose_row(row);
            }
        }
    }

    /// The words of each tab with the columns that they take of a row.
    pub(super) fn labels(&self, row: Rect, known: bool) -> Vec<(Tab, String, Rect)> {
        let count = |tab: Tab| if known { format!(" {}", self.counts[tab as usize]) } else { String::new() };
        let long = Tab::ALL.map(|tab| format!("{}{}", tab.title(), count(tab)));
        let short = Tab::ALL.map(|tab| format!("{}{}", tab.short(), count(tab)));
        let open = Tab::ALL.map(|tab| {
            if tab == self.tab { format!("{}{}", tab.short(), count(tab)) } else { tab.short().to_string() }
        });
        let letters = Tab::ALL.map(|tab| tab.title()[..1].to_string());
        let ways = [(long.clone(), 3), (long, 2), (short, 2), (open.clone(), 2), (open, 1)];
        let wide = |(labels, gap): &([String; 4], usize)| {
            labels.iter().map(|it| columns(it) + gap).sum::<usize>() - gap
        };
        let fitting = ways.into_iter().find(|way| wide(way) <= usize::from(row.width));
        let (labels, gap) = fitting.unwrap_or((letters, 1));
        let mut x = row.x;
        let mut placed = Vec::with_capacity(4);
        for (tab, label) in Tab::ALL.into_iter().zip(labels) {
            let width = (columns(&label) as u16).min(row.right().saturating_sub(x));
            placed.push((tab, label, Rect { x, width, ..row }));
            x = (x + width + gap as u16).min(row.right());
        }
        placed
    }

    /// The tab whose words cover a column.
    pub(super) fn tab_at(&self, row: Rect, column: u16) -> Option<Tab> {
        let known = self.totals != [0; 4];
        let labels = self.labels(row, known);
        labels.into_iter().find(|it| (it.2.left()..it.2.right()).contains(&column)).map(|it| it.0)
    }

    /// Keeps the list where it is seen now.
    pub(super) fn settle(&mut self, height: usize) {
        self.first = self.first_row(height);
    }
}

fn with_columns(mut table: Vec<Line>) -> Vec<Line> {
    if !table.is_empty() {
        table.insert(0, Line::Columns);
    }
    table
}

/// Quotes grouped by speaker in order of first speech.
fn by_speaker(sifted: &Sifted) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut folded = 0;
    let rest = sifted.way().filter(|it| *it != Way::Dim);
    for (number, speaker) in sifted.findings.speakers.iter().enumerate() {
        if rest.is_some() && !speaker.quotes.iter().any(|it| sifted.lets(*it)) {
            folded += 1;
            continue;
        }
        put_folded(&mut lines, &mut folded, Folds::Speakers, rest);
        if !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.push(Line::Speaker(number));
        let mut quotes = 0;
        for quote in &speaker.quotes {
            if rest.is_some() && !sifted.lets(*quote) {
                quotes += 1;
                continue;
            }
            put_folded(&mut lines, &mut quotes, Folds::Quotes, rest);
            lines.push(Line::Quote(*quote));
        }
        put_folded(&mut lines, &mut quotes, Folds::Quotes, rest);
    }
    put_folded(&mut lines, &mut folded, Folds::Speakers, rest);
    lines
}

/// Puts the row that stands for what was folded away before, if anything was and is not hidden.
fn put_folded(lines: &mut Vec<Line>, count: &mut usize, what: Folds, way: Option<Way>) {
    if *count > 0 && way == Some(Way::Fold) {
        if matches!(what, Folds::Speakers) && !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.push(Line::Folded(*count, what));
    }
    *count = 0;
}
