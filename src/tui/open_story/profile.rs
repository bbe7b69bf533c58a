//! One person, body or place alone: names and offices, where in the story, what is said, every mention.

use pullquote::analysis::{Entity, EntityKind, QuoteKind};
use ratatui::layout::Size;

use crate::tui::open_story::filter::{FilterDisplay, FilteredStory};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::{ListRow, SelectList, Timeline};
use crate::tui::open_story::side_columns::{INDENT, quote_needs_two_rows, with_second_rows};

/// The columns before the strip, where stands what it counts.
pub(crate) const LABEL_WIDTH: u16 = 6;

/// The profile of an entity, or of all of whom nobody knows who they are.
pub(crate) struct Profile {
    pub(crate) entity: Option<usize>,
    pub(crate) list: SelectList,
    /// Rows of words, each with what it is.
    pub(crate) lines: Vec<(ProfileLine, String)>,
    /// How often it is named in each stretch of the story, one a column of the strip.
    pub(crate) mention_counts: Vec<usize>,
    /// What is said there.
    pub(crate) quote_kinds: Vec<Option<QuoteKind>>,
}

/// What a row of words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProfileLine {
    Name,
    /// Offices, other names.
    About,
    Counts,
}

impl Profile {
    pub(crate) fn new(entity: Option<usize>) -> Self {
        Self {
            entity,
            list: SelectList::default(),
            lines: Vec::new(),
            mention_counts: Vec::new(),
            quote_kinds: Vec::new(),
        }
    }

    /// Puts its rows together for a pane of a size; what was chosen stays chosen.
    pub(crate) fn rebuild(&mut self, sifted: &FilteredStory, pane: Size) {
        let findings = sifted.findings;
        let entity = self.entity.and_then(|it| findings.entity(it));
        let width = usize::from(pane.width.saturating_sub(INDENT + 1)).max(1);
        let quotes = self.quotes(sifted);
        let mentions = self.mentions(sifted);

        self.lines.clear();
        self.push_wrapped(ProfileLine::Name, findings.entity_name(self.entity), width);
        for line in about_lines(entity, findings) {
            self.push_wrapped(ProfileLine::About, &line, width);
        }
        self.push_wrapped(ProfileLine::Counts, &count_summary(sifted, &quotes, mentions.len()), width);
        let mut lines: Vec<ListRow> = (0..self.lines.len()).map(ListRow::ProfileLine).collect();

        if !mentions.is_empty() || !quotes.is_empty() {
            self.fill_timeline(sifted, &quotes, &mentions, width.saturating_sub(usize::from(LABEL_WIDTH)));
            lines.push(ListRow::Gap);
            lines.push(ListRow::Timeline(Timeline::Mentions));
            if !quotes.is_empty() {
                lines.push(ListRow::Timeline(Timeline::Quotes));
            }
            lines.push(ListRow::Timeline(Timeline::Selection));
        }
        let mut section = |heading: &'static str, items: Vec<ListRow>| {
            if !items.is_empty() {
                lines.extend([ListRow::Gap, ListRow::Heading(heading)]);
                lines.extend(items);
            }
        };
        let quotes = quotes.into_iter().map(ListRow::Quote);
        section(
            "Quotes",
            with_second_rows(
                quotes,
                |it| matches!(it, ListRow::Quote(it) if quote_needs_two_rows(it, sifted, pane)),
            ),
        );
        if let Some(number) = self.entity {
            let members = entity.map_or(&[][..], |it| &it.members).iter().copied();
            section("Speaking together", members.map(ListRow::Entity).collect());
            let groups = findings.analysis.entities.iter().enumerate();
            let groups = groups.filter(|it| it.1.members.contains(&number)).map(|it| it.0);
            section("Also speaks with others", groups.map(ListRow::Entity).collect());
            section("Mentions", mentions.into_iter().map(|it| ListRow::Mention(number, it)).collect());
        }
        self.list.set_rows(lines);
    }

    /// What it says, as far as the filter shows that.
    fn quotes(&self, sifted: &FilteredStory) -> Vec<usize> {
        let rest = sifted.active_display().filter(|it| *it != FilterDisplay::Dim);
        let all = sifted.findings.analysis.quotes.iter().enumerate();
        let own = all.filter(|it| sifted.findings.is_said_by(self.entity, it.1.speaker)).map(|it| it.0);
        own.filter(|it| rest.is_none() || sifted.allows(*it)).collect()
    }

    /// The numbers of its mentions, as far as the filter shows those.
    fn mentions(&self, sifted: &FilteredStory) -> Vec<usize> {
        let rest = sifted.active_display().filter(|it| *it != FilterDisplay::Dim);
        let entity = self.entity.and_then(|it| sifted.findings.entity(it));
        let all = entity.map_or(&[][..], |it| &it.mentions).iter().enumerate();
        let blocks = sifted.story.blocks();
        let shown = all.filter(|(_, mention)| {
            let block = sifted.story.block_at(mention.span.start);
            // What stands in a block that only repeats another is not seen.
            block.is_none_or(|it| {
                blocks[it].repeats.is_none() && (rest.is_none() || sifted.allowed_blocks[it])
            })
        });
        shown.map(|it| it.0).collect()
    }

    /// Wraps words into rows.
    fn push_wrapped(&mut self, manner: ProfileLine, words: &str, width: usize) {
        let rows = textwrap::wrap(words, width);
        self.lines.extend(rows.into_iter().map(|it| (manner, it.into_owned())));
    }

    /// Counts what stands in each of `room` equal stretches of the story.
    fn fill_timeline(&mut self, sifted: &FilteredStory, quotes: &[usize], mentions: &[usize], room: usize) {
        let room = room.max(1);
        let length = sifted.story.text().len();
        self.mention_counts = vec![0; room];
        self.quote_kinds = vec![None; room];
        let entity = self.entity.and_then(|it| sifted.findings.entity(it));
        for mention in mentions.iter().filter_map(|it| entity?.mentions.get(*it)) {
            self.mention_counts[timeline_column(mention.span.start, length, room)] += 1;
        }
        for quote in quotes.iter().filter_map(|it| sifted.findings.quote(*it)) {
            self.quote_kinds[timeline_column(quote.extent().start, length, room)].get_or_insert(quote.kind);
        }
    }
}

/// In which of `room` equal stretches of a text a place stands.
pub(crate) fn timeline_column(place: usize, length: usize, room: usize) -> usize {
    (place * room / length.max(1)).min(room.saturating_sub(1))
}

/// Offices, a line each, then the other names; of who has no name what that means.
fn about_lines(entity: Option<&Entity>, findings: &Findings) -> Vec<String> {
    let Some(entity) = entity else {
        return vec!["The story does not say whose words these are, or it could not be found out.".into()];
    };
    let mut lines = entity.roles.clone();
    match entity.kind {
        EntityKind::Unnamed => lines.push("a source that the story does not name".into()),
        EntityKind::Group if !entity.members.is_empty() => {
            let names = entity.members.iter().map(|it| findings.entity_name(Some(*it)));
            lines.push(format!("speaking together: {}", names.collect::<Vec<_>>().join(", ")));
        }
        EntityKind::Group => lines.push("people spoken of together".into()),
        EntityKind::Organisation => lines.push("organisation".into()),
        EntityKind::Place => lines.push("place".into()),
        EntityKind::Person => {}
    }
    if !entity.aliases.is_empty() {
        lines.push(format!("also: {}", entity.aliases.join(", ")));
    }
    lines
}

/// `4 quotes, 92 words said, 5 mentions`
fn count_summary(sifted: &FilteredStory, quotes: &[usize], mentions: usize) -> String {
    let parts = quotes.iter().filter_map(|it| sifted.findings.quote(*it)).flat_map(|it| &it.parts);
    let words: usize = parts.map(|it| it.slice(sifted.story.text()).split_whitespace().count()).sum();
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut counts = Vec::new();
    if !quotes.is_empty() {
        counts.push(counted(quotes.len(), "quote"));
        counts.push(format!("{} said", counted(words, "word")));
    }
    if mentions > 0 {
        counts.push(counted(mentions, "mention"));
    }
    counts.join(", ")
}
