//! The profile of one person, organisation or place: names and roles, a timeline, all quotes and mentions.

use pullquote::analysis::{Entity, EntityKind, QuoteKind};
use pullquote::story::Block;
use ratatui::layout::Size;

use crate::text::counted;
use crate::tui::open_story::filter::FilteredStory;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::{ListRow, SelectList, Timeline};
use crate::tui::open_story::side_columns::{INDENT, entity_height, quote_needs_two_rows, with_continuations};

/// The columns before the timeline, for its label.
pub(crate) const LABEL_WIDTH: u16 = 9;

/// The profile of an entity, or of the unknown speakers.
pub(crate) struct Profile {
    /// The entity; `None` stands for the unknown speakers.
    pub(crate) entity: Option<usize>,
    pub(crate) list: SelectList,
    /// The lines of text at the top.
    pub(crate) lines: Vec<(ProfileLine, String)>,
    /// The mentions in each column of the timeline.
    pub(crate) mention_counts: Vec<usize>,
    /// The kind of the first quote in each column of the timeline.
    pub(crate) quote_kinds: Vec<Option<QuoteKind>>,
}

/// Whose profile is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProfileSubject {
    Entity(usize),
    UnknownSpeakers,
}

impl ProfileSubject {
    /// The entity; `None` stands for the unknown speakers.
    pub(crate) const fn entity(self) -> Option<usize> {
        match self {
            Self::Entity(entity) => Some(entity),
            Self::UnknownSpeakers => None,
        }
    }
}

/// What a line of a profile's text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProfileLine {
    /// The full name.
    Name,
    /// Roles, kind and other names.
    About,
    /// The numbers of quotes, words and mentions.
    Counts,
}

impl Profile {
    /// Creates an empty profile of an entity, or of the unknown speakers.
    pub(crate) fn new(entity: Option<usize>) -> Self {
        Self {
            entity,
            list: SelectList::default(),
            lines: Vec::new(),
            mention_counts: Vec::new(),
            quote_kinds: Vec::new(),
        }
    }

    /// Creates a profile without a list: the lines and the timeline for a width in columns.
    pub(crate) fn summary(entity: Option<usize>, filtered: &FilteredStory, width: usize) -> Self {
        let mut profile = Self::new(entity);
        let (quotes, mentions) = (profile.quotes(filtered), profile.mentions(filtered));
        profile.write_lines(filtered, &quotes, mentions.len(), width.max(1));
        let timeline_width = width.saturating_sub(usize::from(LABEL_WIDTH));
        profile.fill_timeline(filtered, &quotes, &mentions, timeline_width);
        profile
    }

    /// Builds the rows for a pane of a size in cells. The selected item stays selected.
    pub(crate) fn rebuild(&mut self, filtered: &FilteredStory, pane: Size) {
        let width = usize::from(pane.width.saturating_sub(INDENT + 1)).max(1);
        let quotes = self.quotes(filtered);
        let mentions = self.mentions(filtered);
        self.write_lines(filtered, &quotes, mentions.len(), width);
        let mut rows: Vec<ListRow> = (0..self.lines.len()).map(ListRow::ProfileLine).collect();
        if !mentions.is_empty() || !quotes.is_empty() {
            let timeline_width = width.saturating_sub(usize::from(LABEL_WIDTH));
            self.fill_timeline(filtered, &quotes, &mentions, timeline_width);
            rows.push(ListRow::Gap);
            rows.push(ListRow::Timeline(Timeline::Mentions));
            if !quotes.is_empty() {
                rows.push(ListRow::Timeline(Timeline::Quotes));
            }
            rows.push(ListRow::Timeline(Timeline::Selection));
        }
        for (heading, items) in self.sections(filtered, &quotes, &mentions, pane) {
            if !items.is_empty() {
                rows.extend([ListRow::Gap, ListRow::Heading(heading)]);
                rows.extend(items);
            }
        }
        self.list.set_rows(rows);
    }

    /// Writes the lines of text at the top, wrapped to a width in columns.
    fn write_lines(&mut self, filtered: &FilteredStory, quotes: &[usize], mentions: usize, width: usize) {
        let findings = filtered.findings;
        let entity = self.entity.and_then(|it| findings.entity(it));
        self.lines.clear();
        self.push_wrapped(ProfileLine::Name, findings.entity_name(self.entity), width);
        for line in about_lines(entity, findings) {
            self.push_wrapped(ProfileLine::About, &line, width);
        }
        // A number is not parted from its noun.
        let counts =
            count_summary(filtered, quotes, mentions).replace(' ', "\u{a0}").replace(",\u{a0}", ", ");
        self.push_wrapped(ProfileLine::Counts, &counts, width);
        for line in self.lines.iter_mut().filter(|it| it.0 == ProfileLine::Counts) {
            line.1 = line.1.replace('\u{a0}', " ");
        }
    }

    /// Returns the sections of items, each with its heading; some may be empty.
    fn sections(
        &self,
        filtered: &FilteredStory,
        quotes: &[usize],
        mentions: &[usize],
        pane: Size,
    ) -> Vec<(&'static str, Vec<ListRow>)> {
        let rows_of = |row| match row {
            ListRow::Quote(quote) => 1 + usize::from(quote_needs_two_rows(quote, filtered, pane)),
            ListRow::Entity(entity) => entity_height(Some(entity), filtered, pane),
            _ => 1,
        };
        let quotes = quotes.iter().map(|quote| ListRow::Quote(*quote));
        let mut sections = vec![("Quotes", with_continuations(quotes, rows_of))];
        if let Some(number) = self.entity {
            let findings = filtered.findings;
            let members = findings.entity(number).map_or(&[][..], |it| &it.members).iter().copied();
            let groups = findings.analysis.entities.iter().enumerate();
            let groups = groups.filter(|(_, group)| group.members.contains(&number)).map(|(group, _)| group);
            let affiliates = findings.analysis.entities.iter().enumerate();
            let affiliates = affiliates.filter(|(_, it)| it.affiliation == Some(number));
            let (documents, people): (Vec<_>, Vec<_>) =
                affiliates.partition(|(_, it)| it.kind == EntityKind::Document);
            let listed = |some: Vec<(usize, &Entity)>| {
                with_continuations(some.into_iter().map(|(entity, _)| ListRow::Entity(entity)), rows_of)
            };
            let is_organization =
                findings.entity(number).is_some_and(|it| it.kind == EntityKind::Organisation);
            let headings = if is_organization {
                ["Its people", "Its documents"]
            } else {
                ["Speaking for them", "Their documents"]
            };
            let mentions = mentions.iter().map(|mention| ListRow::Mention(number, *mention));
            sections.push(("Members", with_continuations(members.map(ListRow::Entity), rows_of)));
            sections.push(("Joint statements", with_continuations(groups.map(ListRow::Entity), rows_of)));
            sections.push((headings[0], listed(people)));
            sections.push((headings[1], listed(documents)));
            sections.push(("Mentions", mentions.collect()));
        }
        sections
    }

    /// Returns the quotes by the entity that the filter does not fold or hide.
    fn quotes(&self, filtered: &FilteredStory) -> Vec<usize> {
        let shows_all = shows_all(filtered);
        // All quotes of a speaker are said by the same entities.
        let speakers = filtered.findings.speakers.iter();
        let own = speakers.filter(|it| filtered.findings.is_said_by(self.entity, it.entity));
        let own = own.flat_map(|it| &it.quotes).copied();
        let mut quotes: Vec<usize> = own.filter(|it| shows_all || filtered.allows(*it)).collect();
        quotes.sort_unstable();
        quotes
    }

    /// Returns the numbers of the entity's mentions that the filter does not fold or hide.
    ///
    /// Mentions in repeated blocks are left out.
    fn mentions(&self, filtered: &FilteredStory) -> Vec<usize> {
        let shows_all = shows_all(filtered);
        let entity = self.entity.and_then(|it| filtered.findings.entity(it));
        let all = entity.map_or(&[][..], |it| &it.mentions).iter().enumerate();
        let blocks = filtered.story.blocks();
        let mut block = 0;
        let shown = all.filter(|(_, mention)| {
            // The mentions are in reading order, so that no block is searched for.
            while blocks.get(block).is_some_and(|it| it.span.end <= mention.span.start) {
                block += 1;
            }
            let is_shown = |it: &Block| it.repeats.is_none() && (shows_all || filtered.allowed_blocks[block]);
            blocks.get(block).is_none_or(is_shown)
        });
        shown.map(|(number, _)| number).collect()
    }

    /// Adds text, wrapped to a width in columns.
    fn push_wrapped(&mut self, kind: ProfileLine, text: &str, width: usize) {
        let lines = textwrap::wrap(text, width);
        self.lines.extend(lines.into_iter().map(|line| (kind, line.into_owned())));
    }

    /// Counts the mentions and finds the quotes in each of `columns` equal parts of the story.
    fn fill_timeline(
        &mut self,
        filtered: &FilteredStory,
        quotes: &[usize],
        mentions: &[usize],
        columns: usize,
    ) {
        let columns = columns.max(1);
        let length = filtered.story.text().len();
        self.mention_counts = vec![0; columns];
        self.quote_kinds = vec![None; columns];
        let entity = self.entity.and_then(|it| filtered.findings.entity(it));
        for mention in mentions.iter().filter_map(|it| entity?.mentions.get(*it)) {
            self.mention_counts[timeline_column(mention.span.start, length, columns)] += 1;
        }
        for quote in quotes.iter().filter_map(|it| filtered.findings.quote(*it)) {
            let column = timeline_column(quote.extent().start, length, columns);
            self.quote_kinds[column].get_or_insert(quote.kind);
        }
    }
}

/// Returns whether the filter shows everything, if dimmed.
fn shows_all(filtered: &FilteredStory) -> bool {
    filtered.filter.shows_all()
}

/// Returns in which of `columns` equal parts of a text of `length` bytes an offset lies.
pub(crate) fn timeline_column(offset: usize, length: usize, columns: usize) -> usize {
    (offset * columns / length.max(1)).min(columns.saturating_sub(1))
}

/// Returns the roles, one a line, what kind of entity it is unless a person, its affiliation and the other names.
fn about_lines(entity: Option<&Entity>, findings: &Findings) -> Vec<String> {
    let Some(entity) = entity else {
        return vec!["The speaker is not named, or could not be identified.".into()];
    };
    let mut lines = entity.roles.clone();
    match entity.kind {
        EntityKind::Unnamed => lines.push("unnamed source".into()),
        EntityKind::Document => lines.push("document".into()),
        EntityKind::Group if !entity.members.is_empty() => {
            let names = entity.members.iter().map(|it| findings.entity_name(Some(*it)));
            lines.push(format!("group: {}", names.collect::<Vec<_>>().join(", ")));
        }
        EntityKind::Group => lines.push("group".into()),
        EntityKind::Organisation => lines.push("organisation".into()),
        EntityKind::Place => lines.push("place".into()),
        EntityKind::Person => {}
    }
    if entity.affiliation.is_some() {
        lines.push(format!("affiliation: {}", findings.entity_name(entity.affiliation)));
    }
    if !entity.aliases.is_empty() {
        lines.push(format!("also: {}", entity.aliases.join(", ")));
    }
    lines
}

/// Returns "4 quotes, 92 words quoted, 5 mentions", without what is zero.
fn count_summary(filtered: &FilteredStory, quotes: &[usize], mentions: usize) -> String {
    let words = filtered.findings.words_of(quotes.iter().copied(), filtered.story);
    let mut counts = Vec::new();
    if !quotes.is_empty() {
        counts.push(counted(quotes.len(), "quote"));
        counts.push(format!("{} quoted", counted(words, "word")));
    }
    if mentions > 0 {
        counts.push(counted(mentions, "mention"));
    }
    counts.join(", ")
}
