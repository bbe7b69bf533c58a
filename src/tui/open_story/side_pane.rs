//! What the side pane lists under each tab, and what is chosen there.

use pullquote::analysis::EntityKind;
use ratatui::layout::{Rect, Size};

use crate::tui::open_story::filter::{FilterDisplay, FilteredStory};
use crate::tui::open_story::list::{FoldedKind, ListRow, SelectList};
use crate::tui::open_story::profile::Profile;
use crate::tui::open_story::side_columns::{
    entity_needs_two_rows, heading_needs_two_rows, quote_needs_two_rows, with_second_rows,
};
use crate::tui::text::width::display_width;

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
    const fn short_title(self) -> &'static str {
        match self {
            Self::Organisations => "Orgs",
            _ => self.title(),
        }
    }

    /// What stands in the pane if nothing was found.
    pub(crate) const fn empty_message(self) -> &'static str {
        match self {
            Self::Quotes => "No quotes found in this story.",
            Self::People => "No people found in this story.",
            Self::Organisations => "No organisations found in this story.",
            Self::Places => "No places found in this story.",
        }
    }

    /// The tab so many on, round and round.
    pub(crate) fn cycle(self, tabs: isize) -> Self {
        Self::ALL[(self as usize).cast_signed().saturating_add(tabs).rem_euclid(4).unsigned_abs()]
    }

    /// The tab that lists entities of a kind.
    pub(crate) const fn for_kind(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person | EntityKind::Group | EntityKind::Unnamed => Self::People,
            EntityKind::Organisation => Self::Organisations,
            EntityKind::Place => Self::Places,
        }
    }
}

/// The side pane's lists and choices.
#[derive(Default)]
pub(crate) struct SidePane {
    pub(crate) tab: Tab,
    /// One under each tab.
    lists: [SelectList; 4],
    /// The profiles that were opened one from another; the last one lies over its tab's list.
    profiles: Vec<Profile>,
    /// How many quotes each entity has of those that are let through.
    pub(crate) quote_counts: Vec<usize>,
    /// How many mentions each has in what is let through.
    pub(crate) mention_counts: Vec<usize>,
    /// How many there are under each tab, and how many of them are let through.
    pub(crate) totals: [usize; 4],
    pub(crate) allowed_counts: [usize; 4],
    /// The mentions of the most mentioned entity under each tab.
    pub(crate) max_mentions: [usize; 4],
}

impl SidePane {
    /// The list that is open.
    pub(crate) fn open_list(&self) -> &SelectList {
        self.profiles.last().map_or(&self.lists[self.tab as usize], |it| &it.list)
    }

    pub(crate) fn open_list_mut(&mut self) -> &mut SelectList {
        self.profiles.last_mut().map_or(&mut self.lists[self.tab as usize], |it| &mut it.list)
    }

    /// What is chosen in the open list.
    pub(crate) fn selected(&self) -> Option<ListRow> {
        self.open_list().selected()
    }

    /// Chooses a line under a tab, if it is there.
    pub(crate) fn select(&mut self, tab: Tab, line: ListRow) {
        self.lists[tab as usize].select(line);
    }

    /// The profile that is open.
    pub(crate) fn profile(&self) -> Option<&Profile> {
        self.profiles.last()
    }

    /// Opens the profile of an entity, or of nobody, over those that are open.
    pub(crate) fn open_profile(&mut self, who: Option<usize>, sifted: &FilteredStory, pane: Size) {
        let mut profile = Profile::new(who);
        profile.rebuild(sifted, pane);
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
    pub(crate) fn rebuild(&mut self, sifted: &FilteredStory, pane: Size) {
        use EntityKind::{Group, Organisation, Person, Place, Unnamed};
        let findings = sifted.findings;
        self.quote_counts = findings.quote_counts(sifted.allowed_quotes);
        self.mention_counts = findings.mention_counts(sifted.story, sifted.allowed_blocks);
        let is_seen = |it: &usize| self.quote_counts[*it] + self.mention_counts[*it] > 0;
        let mut most = [0; 4];
        let mut counts = [sifted.allowed_quotes.len(), 0, 0, 0];
        let mut totals = [findings.analysis.quotes.len(), 0, 0, 0];
        let mut table = |tab: Tab, kinds: &[EntityKind]| {
            let entities = findings.most_mentioned(kinds);
            let seen: Vec<usize> = entities.iter().copied().filter(is_seen).collect();
            let mentions = seen.iter().map(|it| self.mention_counts[*it]).max().unwrap_or(0);
            most[tab as usize] = most[tab as usize].max(mentions);
            counts[tab as usize] += seen.len();
            totals[tab as usize] += entities.len();
            let folded = entities.len() - seen.len();
            let shown = if sifted.active_display().is_none_or(|it| it == FilterDisplay::Dim) {
                entities
            } else {
                seen
            };
            let long =
                |it| matches!(it, ListRow::Entity(it) if entity_needs_two_rows(Some(it), sifted, pane));
            let mut lines = with_second_rows(shown.into_iter().map(ListRow::Entity), long);
            if folded > 0 && sifted.active_display() == Some(FilterDisplay::Fold) {
                lines.push(ListRow::Folded(folded, FoldedKind::TableRows));
            }
            lines
        };
        let [people, others, organisations, places] = [
            table(Tab::People, &[Person]),
            table(Tab::People, &[Unnamed, Group]),
            table(Tab::Organisations, &[Organisation]),
            table(Tab::Places, &[Place]),
        ];
        (self.max_mentions, self.allowed_counts, self.totals) = (most, counts, totals);
        let [mut people, organisations, places] = [people, organisations, places].map(with_header);
        let nobody = has_unknown_speaker(sifted);
        if !others.is_empty() || nobody {
            if !people.is_empty() {
                people.push(ListRow::Gap);
            }
            people.push(ListRow::Heading("Without a name"));
            people.extend(others);
            if nobody {
                let long = |_| entity_needs_two_rows(None, sifted, pane);
                people.extend(with_second_rows(std::iter::once(ListRow::UnknownSpeaker), long));
            }
        }
        let all = [quotes_by_speaker(sifted, pane), people, organisations, places];
        for (list, lines) in self.lists.iter_mut().zip(all) {
            list.set_rows(lines);
        }
        for profile in &mut self.profiles {
            profile.rebuild(sifted, pane);
        }
    }

    /// The words of each tab with the columns that they take of a row.
    pub(crate) fn tab_labels(&self, row: Rect, known: bool) -> Vec<(Tab, String, Rect)> {
        let count =
            |tab: Tab| if known { format!(" {}", self.allowed_counts[tab as usize]) } else { String::new() };
        let long = Tab::ALL.map(|tab| format!("{}{}", tab.title(), count(tab)));
        let short = Tab::ALL.map(|tab| format!("{}{}", tab.short_title(), count(tab)));
        let open = Tab::ALL.map(|tab| {
            if tab == self.tab {
                format!("{}{}", tab.short_title(), count(tab))
            } else {
                tab.short_title().to_string()
            }
        });
        let ways = [(long.clone(), 3), (long, 2), (short, 2), (open.clone(), 2), (open.clone(), 1)];
        let wide = |(labels, gap): &([String; 4], usize)| {
            labels.iter().map(|it| display_width(it) + gap).sum::<usize>() - gap
        };
        let all = |it: [String; 4]| Tab::ALL.into_iter().zip(it).collect::<Vec<_>>();
        let fitting = ways.into_iter().find(|way| wide(way) <= usize::from(row.width));
        // Else the open one stands alone, and arrows for its neighbours.
        let (labels, gap) = fitting.map_or_else(
            || {
                let own = open[self.tab as usize].clone();
                (
                    vec![
                        (self.tab.cycle(-1), "‹".to_string()),
                        (self.tab, own),
                        (self.tab.cycle(1), "›".to_string()),
                    ],
                    1,
                )
            },
            |(labels, gap)| (all(labels), gap),
        );
        let mut x = row.x;
        let mut placed = Vec::with_capacity(4);
        for (tab, label) in labels {
            let width = (display_width(&label) as u16).min(row.right().saturating_sub(x));
            placed.push((tab, label, Rect { x, width, ..row }));
            x = (x + width + gap as u16).min(row.right());
        }
        placed
    }

    /// The tab whose words cover a column.
    pub(crate) fn tab_at(&self, row: Rect, column: u16) -> Option<Tab> {
        let known = self.totals != [0; 4];
        let labels = self.tab_labels(row, known);
        labels.into_iter().find(|it| (it.2.left()..it.2.right()).contains(&column)).map(|it| it.0)
    }
}

/// Whether a row stands for those of whom nobody knows who they are.
fn has_unknown_speaker(sifted: &FilteredStory) -> bool {
    let unknown = sifted.findings.speakers.iter().find(|it| it.entity.is_none());
    let rest = sifted.active_display().filter(|it| *it != FilterDisplay::Dim);
    unknown.is_some_and(|it| rest.is_none() || it.quotes.iter().any(|it| sifted.allows(*it)))
}

fn with_header(mut table: Vec<ListRow>) -> Vec<ListRow> {
    if !table.is_empty() {
        table.insert(0, ListRow::TableHeader);
    }
    table
}

/// Quotes grouped by speaker in order of first speech.
fn quotes_by_speaker(sifted: &FilteredStory, pane: Size) -> Vec<ListRow> {
    let mut lines = Vec::new();
    let mut folded = 0;
    let rest = sifted.active_display().filter(|it| *it != FilterDisplay::Dim);
    for (number, speaker) in sifted.findings.speakers.iter().enumerate() {
        if rest.is_some() && !speaker.quotes.iter().any(|it| sifted.allows(*it)) {
            folded += 1;
            continue;
        }
        push_folded(&mut lines, &mut folded, FoldedKind::Speakers, rest);
        if !lines.is_empty() {
            lines.push(ListRow::Gap);
        }
        lines.push(ListRow::SpeakerHeading(number));
        if heading_needs_two_rows(number, sifted, pane) {
            lines.push(ListRow::Continuation);
        }
        let mut quotes = 0;
        for quote in &speaker.quotes {
            if rest.is_some() && !sifted.allows(*quote) {
                quotes += 1;
                continue;
            }
            push_folded(&mut lines, &mut quotes, FoldedKind::Quotes, rest);
            lines.push(ListRow::Quote(*quote));
            if quote_needs_two_rows(*quote, sifted, pane) {
                lines.push(ListRow::Continuation);
            }
        }
        push_folded(&mut lines, &mut quotes, FoldedKind::Quotes, rest);
    }
    push_folded(&mut lines, &mut folded, FoldedKind::Speakers, rest);
    let struck = sifted.findings.analysis.rejected.len();
    if struck > 0 {
        lines.extend((!lines.is_empty()).then_some(ListRow::Gap));
        lines.push(ListRow::Heading("No quotes, you say"));
        lines.extend((0..struck).map(ListRow::RejectedQuote));
    }
    lines
}

/// Puts the row that stands for what was folded away before, if anything was and is not hidden.
fn push_folded(lines: &mut Vec<ListRow>, count: &mut usize, what: FoldedKind, way: Option<FilterDisplay>) {
    if *count > 0 && way == Some(FilterDisplay::Fold) {
        if matches!(what, FoldedKind::Speakers) && !lines.is_empty() {
            lines.push(ListRow::Gap);
        }
        lines.push(ListRow::Folded(*count, what));
    }
    *count = 0;
}
