//! The side pane: its tabs, their lists, the open profiles and the selection.

use pullquote::analysis::EntityKind;
use ratatui::layout::{Rect, Size};

use crate::text::grouped;
use crate::tui::open_story::continuation::Renumbering;
use crate::tui::open_story::filter::{FilterDisplay, FilteredStory};
use crate::tui::open_story::list::{FoldedKind, ListRow, SelectList};
use crate::tui::open_story::profile::Profile;
use crate::tui::open_story::quote_list::{SpeakerOrder, quotes_by_speaker};
use crate::tui::open_story::side_columns::{entity_height, with_continuations};
use crate::tui::text::width::display_width;

/// The number of tabs.
const TAB_COUNT: usize = 4;

/// The tabs of the side pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    #[default]
    Quotes,
    People,
    Organisations,
    Places,
}

impl Tab {
    /// All tabs, from left to right.
    pub(crate) const ALL: [Self; TAB_COUNT] = [Self::Quotes, Self::People, Self::Organisations, Self::Places];

    /// Returns the title of the tab.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Quotes => "Quotes",
            Self::People => "People",
            Self::Organisations => "Organisations",
            Self::Places => "Places",
        }
    }

    /// Returns the title for a narrow pane.
    const fn short_title(self) -> &'static str {
        match self {
            Self::Organisations => "Orgs",
            _ => self.title(),
        }
    }

    /// Returns the message for a story without anything to list.
    pub(crate) const fn empty_message(self) -> &'static str {
        match self {
            Self::Quotes => "No quotes found in this story.",
            Self::People => "No people found in this story.",
            Self::Organisations => "No organisations found in this story.",
            Self::Places => "No places found in this story.",
        }
    }

    /// Returns the tab a number of tabs to the right, round the ends.
    pub(crate) fn cycle(self, tabs: isize) -> Self {
        Self::ALL[(self as usize)
            .cast_signed()
            .saturating_add(tabs)
            .rem_euclid(TAB_COUNT.cast_signed())
            .unsigned_abs()]
    }

    /// Returns the tab that lists entities of a kind.
    pub(crate) const fn for_kind(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person | EntityKind::Group | EntityKind::Unnamed | EntityKind::Document => {
                Self::People
            }
            EntityKind::Organisation => Self::Organisations,
            EntityKind::Place => Self::Places,
        }
    }
}

/// The lists and selections of the side pane.
#[derive(Default)]
pub(crate) struct SidePane {
    pub(crate) tab: Tab,
    pub(crate) order: SpeakerOrder,
    /// One list for each tab.
    lists: [SelectList; TAB_COUNT],
    /// The tab to which closing the last profile leads back, if that was opened from the story.
    pub(crate) return_tab: Option<Tab>,
    /// The profiles that were opened one from another. The last one covers the list of its tab.
    profiles: Vec<Profile>,
    /// For each entity, its quotes that the filter allows.
    pub(crate) quote_counts: Vec<usize>,
    /// For each entity, its mentions in the blocks that the filter allows.
    pub(crate) mention_counts: Vec<usize>,
    /// The number of items under each tab.
    pub(crate) totals: [usize; TAB_COUNT],
    /// The number of items under each tab that the filter allows.
    pub(crate) allowed_counts: [usize; TAB_COUNT],
    /// The mentions of the most mentioned entity under each tab.
    pub(crate) max_mentions: [usize; TAB_COUNT],
}

impl SidePane {
    /// Returns the open list: that of the profile, else that of the tab.
    pub(crate) fn open_list(&self) -> &SelectList {
        self.profiles.last().map_or(&self.lists[self.tab as usize], |it| &it.list)
    }

    /// Returns the open list for changes.
    pub(crate) fn open_list_mut(&mut self) -> &mut SelectList {
        self.profiles.last_mut().map_or(&mut self.lists[self.tab as usize], |it| &mut it.list)
    }

    /// Returns the selected row of the open list.
    pub(crate) fn selected(&self) -> Option<ListRow> {
        self.open_list().selected()
    }

    /// Selects a row under a tab; does nothing if it is not there.
    pub(crate) fn select(&mut self, tab: Tab, row: ListRow) {
        self.lists[tab as usize].select(row);
    }

    /// Returns the open profile.
    pub(crate) fn profile(&self) -> Option<&Profile> {
        self.profiles.last()
    }

    /// Opens a profile over those that are open; `None` stands for the unknown speakers.
    pub(crate) fn open_profile(&mut self, entity: Option<usize>, filtered: &FilteredStory, pane: Size) {
        let mut profile = Profile::new(entity);
        profile.rebuild(filtered, pane);
        self.profiles.push(profile);
    }

    /// Closes the last profile, and returns whether one was open.
    pub(crate) fn close_profile(&mut self) -> bool {
        self.profiles.pop().is_some()
    }

    /// Opens the list of a tab and closes all profiles.
    pub(crate) fn open_tab(&mut self, tab: Tab) {
        self.return_tab = None;
        self.tab = tab;
        self.profiles.clear();
    }

    /// Gives the selections and the profiles the numbers of later findings, of which the lists are built next. A profile of
    /// nobody in them is closed.
    pub(crate) fn renumber(&mut self, renumbering: &Renumbering) {
        self.profiles.retain_mut(|profile| {
            let Some(entity) = profile.entity else { return true };
            profile.entity = renumbering.entity(entity);
            profile.entity.is_some()
        });
        let profiled = self.profiles.iter_mut().map(|it| &mut it.list);
        self.lists
            .iter_mut()
            .chain(profiled)
            .for_each(|list| list.renumber_selected(|it| renumbering.row(it)));
    }

    /// Builds all lists for a pane of a size in cells. The selected items stay selected.
    pub(crate) fn rebuild(&mut self, filtered: &FilteredStory, pane: Size) {
        use EntityKind::{Document, Group, Organisation, Person, Place, Unnamed};
        self.recount(filtered);
        let people = self.entity_rows(&[Person], filtered, pane);
        let others = self.entity_rows(&[Unnamed, Group], filtered, pane);
        let organisations = self.entity_rows(&[Organisation], filtered, pane);
        let places = self.entity_rows(&[Place], filtered, pane);
        let people = with_unnamed_sources(with_header(people), others, filtered, pane);
        let lists = [
            quotes_by_speaker(self.order, filtered, pane),
            with_section(people, "Documents", self.entity_rows(&[Document], filtered, pane)),
            with_header(organisations),
            with_header(places),
        ];
        for (list, rows) in self.lists.iter_mut().zip(lists) {
            list.set_rows(rows);
        }
        for profile in &mut self.profiles {
            profile.rebuild(filtered, pane);
        }
    }

    /// Counts what the filter allows.
    fn recount(&mut self, filtered: &FilteredStory) {
        let findings = filtered.findings;
        self.quote_counts = findings.quote_counts(filtered.allowed_quotes);
        self.mention_counts = findings.mention_counts(filtered.story, filtered.allowed_blocks);
        self.max_mentions = [0; TAB_COUNT];
        self.allowed_counts = [filtered.allowed_quotes.len(), 0, 0, 0];
        self.totals = [findings.analysis.quotes.len(), 0, 0, 0];
        for (number, entity) in findings.analysis.entities.iter().enumerate() {
            let tab = Tab::for_kind(entity.kind) as usize;
            self.totals[tab] += 1;
            self.allowed_counts[tab] += usize::from(self.is_allowed(number));
            self.max_mentions[tab] = self.max_mentions[tab].max(self.mention_counts[number]);
        }
    }

    /// Returns whether the filter allows a quote or a mention of an entity.
    fn is_allowed(&self, entity: usize) -> bool {
        self.quote_counts[entity] + self.mention_counts[entity] > 0
    }

    /// Returns the rows for entities of some kinds, the most mentioned first.
    fn entity_rows(&self, kinds: &[EntityKind], filtered: &FilteredStory, pane: Size) -> Vec<ListRow> {
        let mut entities = filtered.findings.most_mentioned(kinds, filtered.story);
        let total = entities.len();
        if hides_rest(filtered) {
            entities.retain(|it| self.is_allowed(*it));
        }
        let folded = total - entities.len();
        let rows_of = |row| match row {
            ListRow::Entity(entity) => entity_height(Some(entity), filtered, pane),
            _ => 1,
        };
        let mut rows = with_continuations(entities.into_iter().map(ListRow::Entity), rows_of);
        if folded > 0 && filtered.active_display() == Some(FilterDisplay::Fold) {
            rows.push(ListRow::Folded(folded, FoldedKind::TableRows));
        }
        rows
    }

    /// Returns the labels of the tabs with their areas in a row; with counts if these are known.
    ///
    /// Where not all labels fit, only the open tab is shown, between two arrows.
    pub(crate) fn tab_labels(&self, row: Rect, has_counts: bool) -> Vec<(Tab, String, Rect)> {
        let (labels, gap) = self.fitting_labels(usize::from(row.width), has_counts);
        let mut x = row.x;
        let mut placed = Vec::with_capacity(labels.len());
        for (tab, label) in labels {
            let width = (display_width(&label) as u16).min(row.right().saturating_sub(x));
            placed.push((tab, label, Rect { x, width, ..row }));
            x = (x + width + gap).min(row.right());
        }
        placed
    }

    /// Returns the longest labels that fit in a width in columns, and the gap between them.
    fn fitting_labels(&self, width: usize, has_counts: bool) -> (Vec<(Tab, String)>, u16) {
        let forms = |counts: &[usize; TAB_COUNT]| {
            let own = |tab: Tab| Some(counts[tab as usize]).filter(|_| has_counts);
            let count = |tab: Tab| own(tab).map(|it| format!(" {}", grouped(it))).unwrap_or_default();
            let long = Tab::ALL.map(|tab| format!("{}{}", tab.title(), count(tab)));
            let short = Tab::ALL.map(|tab| format!("{}{}", tab.short_title(), count(tab)));
            let open_counted = Tab::ALL.map(|tab| {
                let count = if tab == self.tab { count(tab) } else { String::new() };
                format!("{}{count}", tab.short_title())
            });
            [(long.clone(), 3), (long, 2), (short, 2), (open_counted.clone(), 2), (open_counted, 1)]
        };
        let fits = |(labels, gap): &([String; TAB_COUNT], u16)| {
            let labels: usize = labels.iter().map(|label| display_width(label)).sum();
            labels + usize::from(*gap) * (TAB_COUNT - 1) <= width
        };
        let mut shown = forms(&self.allowed_counts).into_iter();
        // The counts without a filter decide, so that the tabs are called the same with one.
        if let Some((labels, gap)) = forms(&self.totals).iter().position(fits).and_then(|it| shown.nth(it)) {
            (Tab::ALL.into_iter().zip(labels).collect(), gap)
        } else {
            let [_, _, _, _, (labels, _)] = forms(&self.allowed_counts);
            let own = labels[self.tab as usize].clone();
            let arrow = |tabs, arrow: &str| (self.tab.cycle(tabs), arrow.to_string());
            (vec![arrow(-1, "‹"), (self.tab, own), arrow(1, "›")], 1)
        }
    }

    /// Returns the tab whose label covers a column.
    pub(crate) fn tab_at(&self, row: Rect, column: u16) -> Option<Tab> {
        let has_counts = self.totals != [0; TAB_COUNT];
        let labels = self.tab_labels(row, has_counts);
        labels.into_iter().find(|it| (it.2.left()..it.2.right()).contains(&column)).map(|it| it.0)
    }
}

/// Returns whether the filter folds or hides what it does not allow.
fn hides_rest(filtered: &FilteredStory) -> bool {
    !filtered.filter.shows_all()
}

/// Returns whether the unknown speakers have a row.
fn has_unknown_speaker(filtered: &FilteredStory) -> bool {
    let unknown = filtered.findings.speakers.iter().find(|it| it.entity.is_none());
    unknown.is_some_and(|it| !hides_rest(filtered) || it.quotes.iter().any(|quote| filtered.allows(*quote)))
}

/// Puts the titles of the columns above a table that is not empty.
fn with_header(mut table: Vec<ListRow>) -> Vec<ListRow> {
    if !table.is_empty() {
        table.insert(0, ListRow::TableHeader);
    }
    table
}

/// Adds the unnamed sources, the groups and the unknown speakers to the table of people.
fn with_unnamed_sources(
    people: Vec<ListRow>,
    mut unnamed: Vec<ListRow>,
    filtered: &FilteredStory,
    pane: Size,
) -> Vec<ListRow> {
    if has_unknown_speaker(filtered) {
        let rows_of = |_| entity_height(None, filtered, pane);
        unnamed.extend(with_continuations(std::iter::once(ListRow::UnknownSpeaker), rows_of));
    }
    with_section(people, "Unnamed sources", unnamed)
}

/// Returns rows with more of them below a heading, if there are any.
fn with_section(mut rows: Vec<ListRow>, heading: &'static str, more: Vec<ListRow>) -> Vec<ListRow> {
    if more.is_empty() {
        return rows;
    }
    if !rows.is_empty() {
        rows.push(ListRow::Gap);
    }
    rows.push(ListRow::Heading(heading));
    rows.extend(more);
    rows
}
