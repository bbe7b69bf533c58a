//! What the side pane lists under each tab, and what is chosen there.

use pullquote::analysis::EntityKind;
use ratatui::layout::{Rect, Size};

use crate::tui::open_story::filter::{Sifted, Way};
use crate::tui::open_story::list::{Folds, Line, List};
use crate::tui::open_story::profile::Profile;
use crate::tui::open_story::side_columns::{is_long, is_long_entry, is_long_head, two_rows};
use crate::tui::text::width::columns;

/// The lists of the side pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    #[default]
    Quotes,
    People,
    Organisations,
    Places,
}

impl Tab {
    pub(crate) const ALL: [Self; 4] = [Self::Quotes, Self::People, Self::Organisations, Self::Places];

    pub(crate) const fn title(self) -> &'static str {
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
    pub(crate) const fn nothing(self) -> &'static str {
        match self {
            Self::Quotes => "No quotes found in this story.",
            Self::People => "No people found in this story.",
            Self::Organisations => "No organisations found in this story.",
            Self::Places => "No places found in this story.",
        }
    }

    /// The tab so many on, round and round.
    pub(crate) fn by(self, tabs: isize) -> Self {
        Self::ALL[(self as usize).cast_signed().saturating_add(tabs).rem_euclid(4).unsigned_abs()]
    }

    /// The tab that lists entities of a kind.
    pub(crate) const fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person | EntityKind::Group | EntityKind::Unnamed => Self::People,
            EntityKind::Organisation => Self::Organisations,
            EntityKind::Place => Self::Places,
        }
    }
}

/// The side pane's lists and choices.
#[derive(Default)]
pub(crate) struct Side {
    pub(crate) tab: Tab,
    /// One under each tab.
    lists: [List; 4],
    /// The profiles that were opened one from another; the last one lies over its tab's list.
    profiles: Vec<Profile>,
    /// How many quotes each entity has of those that are let through.
    pub(crate) quotes: Vec<usize>,
    /// How many mentions each has in what is let through.
    pub(crate) mentions: Vec<usize>,
    /// How many there are under each tab, and how many of them are let through.
    pub(crate) totals: [usize; 4],
    pub(crate) counts: [usize; 4],
    /// The mentions of the most mentioned entity under each tab.
    pub(crate) most: [usize; 4],
}

impl Side {
    /// The list that is open.
    pub(crate) fn open(&self) -> &List {
        self.profiles.last().map_or(&self.lists[self.tab as usize], |it| &it.list)
    }

    pub(crate) fn open_mut(&mut self) -> &mut List {
        self.profiles.last_mut().map_or(&mut self.lists[self.tab as usize], |it| &mut it.list)
    }

    /// What is chosen in the open list.
    pub(crate) fn chosen(&self) -> Option<Line> {
        self.open().chosen()
    }

    /// Chooses a line under a tab, if it is there.
    pub(crate) fn choose(&mut self, tab: Tab, line: Line) {
        self.lists[tab as usize].choose(line);
    }

    /// The profile that is open.
    pub(crate) fn profile(&self) -> Option<&Profile> {
        self.profiles.last()
    }

    /// Opens the profile of an entity, or of nobody, over those that are open.
    pub(crate) fn open_profile(&mut self, who: Option<usize>, sifted: &Sifted, pane: Size) {
        let mut profile = Profile::new(who);
        profile.list(sifted, pane);
        self.profiles.push(profile);
    }

    /// Closes the last profile; whether one was open.
    pub(crate) fn close_profile(&mut self) -> bool {
        self.profiles.pop().is_some()
    }

    /// Opens the list under a tab.
    pub(crate) fn open_tab(&mut self, tab: Tab) {
        self.tab = tab;
        self.profiles.clear();
    }

    /// Lists the findings anew; what was chosen stays chosen where it is still there.
    pub(crate) fn list(&mut self, sifted: &Sifted, pane: Size) {
        use EntityKind::{Group, Organisation, Person, Place, Unnamed};
        let findings = sifted.findings;
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
            let long = |it| matches!(it, Line::Entity(it) if is_long_entry(Some(it), sifted, pane));
            let mut lines = two_rows(shown.into_iter().map(Line::Entity), long);
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
        let [mut people, organisations, places] = [people, organisations, places].map(with_columns);
        let nobody = nobody(sifted);
        if !others.is_empty() || nobody {
            if !people.is_empty() {
                people.push(Line::Gap);
            }
            people.push(Line::Heading("Without a name"));
            people.extend(others);
            if nobody {
                let long = |_| is_long_entry(None, sifted, pane);
                people.extend(two_rows(std::iter::once(Line::Nobody), long));
            }
        }
        let all = [by_speaker(sifted, pane), people, organisations, places];
        for (list, lines) in self.lists.iter_mut().zip(all) {
            list.relist(lines);
        }
        for profile in &mut self.profiles {
            profile.list(sifted, pane);
        }
    }

    /// The words of each tab with the columns that they take of a row.
    pub(crate) fn labels(&self, row: Rect, known: bool) -> Vec<(Tab, String, Rect)> {
        let count = |tab: Tab| if known { format!(" {}", self.counts[tab as usize]) } else { String::new() };
        let long = Tab::ALL.map(|tab| format!("{}{}", tab.title(), count(tab)));
        let short = Tab::ALL.map(|tab| format!("{}{}", tab.short(), count(tab)));
        let open = Tab::ALL.map(|tab| {
            if tab == self.tab { format!("{}{}", tab.short(), count(tab)) } else { tab.short().to_string() }
        });
        let ways = [(long.clone(), 3), (long, 2), (short, 2), (open.clone(), 2), (open.clone(), 1)];
        let wide = |(labels, gap): &([String; 4], usize)| {
            labels.iter().map(|it| columns(it) + gap).sum::<usize>() - gap
        };
        let all = |it: [String; 4]| Tab::ALL.into_iter().zip(it).collect::<Vec<_>>();
        let fitting = ways.into_iter().find(|way| wide(way) <= usize::from(row.width));
        // Else the open one stands alone, and arrows for its neighbours.
        let (labels, gap) = fitting.map_or_else(
            || {
                let own = open[self.tab as usize].clone();
                (
                    vec![
                        (self.tab.by(-1), "‹".to_string()),
                        (self.tab, own),
                        (self.tab.by(1), "›".to_string()),
                    ],
                    1,
                )
            },
            |(labels, gap)| (all(labels), gap),
        );
        let mut x = row.x;
        let mut placed = Vec::with_capacity(4);
        for (tab, label) in labels {
            let width = (columns(&label) as u16).min(row.right().saturating_sub(x));
            placed.push((tab, label, Rect { x, width, ..row }));
            x = (x + width + gap as u16).min(row.right());
        }
        placed
    }

    /// The tab whose words cover a column.
    pub(crate) fn tab_at(&self, row: Rect, column: u16) -> Option<Tab> {
        let known = self.totals != [0; 4];
        let labels = self.labels(row, known);
        labels.into_iter().find(|it| (it.2.left()..it.2.right()).contains(&column)).map(|it| it.0)
    }
}

/// Whether a row stands for those of whom nobody knows who they are.
fn nobody(sifted: &Sifted) -> bool {
    let unknown = sifted.findings.speakers.iter().find(|it| it.entity.is_none());
    let rest = sifted.way().filter(|it| *it != Way::Dim);
    unknown.is_some_and(|it| rest.is_none() || it.quotes.iter().any(|it| sifted.lets(*it)))
}

fn with_columns(mut table: Vec<Line>) -> Vec<Line> {
    if !table.is_empty() {
        table.insert(0, Line::Columns);
    }
    table
}

/// Quotes grouped by speaker in order of first speech.
fn by_speaker(sifted: &Sifted, pane: Size) -> Vec<Line> {
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
        if is_long_head(number, sifted, pane) {
            lines.push(Line::Rest);
        }
        let mut quotes = 0;
        for quote in &speaker.quotes {
            if rest.is_some() && !sifted.lets(*quote) {
                quotes += 1;
                continue;
            }
            put_folded(&mut lines, &mut quotes, Folds::Quotes, rest);
            lines.push(Line::Quote(*quote));
            if is_long(*quote, sifted, pane) {
                lines.push(Line::Rest);
            }
        }
        put_folded(&mut lines, &mut quotes, Folds::Quotes, rest);
    }
    put_folded(&mut lines, &mut folded, Folds::Speakers, rest);
    let struck = sifted.findings.analysis.struck.len();
    if struck > 0 {
        lines.extend((!lines.is_empty()).then_some(Line::Gap));
        lines.push(Line::Heading("No quotes, you say"));
        lines.extend((0..struck).map(Line::Struck));
    }
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
