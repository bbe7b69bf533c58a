//! One person, body or place alone: names and offices, where in the story, what is said, every mention.

use pullquote::analysis::{Entity, EntityKind, QuoteKind};
use ratatui::layout::Size;

use crate::tui::open_story::filter::{Sifted, Way};
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::{Line, List, Strip};
use crate::tui::open_story::side_columns::{INDENT, is_long, two_rows};

/// The columns before the strip, where stands what it counts.
pub(crate) const LABEL: u16 = 6;

/// The profile of an entity, or of all of whom nobody knows who they are.
pub(crate) struct Profile {
    pub(crate) who: Option<usize>,
    pub(crate) list: List,
    /// Rows of words, each with what it is.
    pub(crate) words: Vec<(Manner, String)>,
    /// How often it is named in each stretch of the story, one a column of the strip.
    pub(crate) named: Vec<usize>,
    /// What is said there.
    pub(crate) said: Vec<Option<QuoteKind>>,
}

/// What a row of words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Name,
    /// Offices, other names.
    About,
    Counts,
}

impl Profile {
    pub(crate) fn new(who: Option<usize>) -> Self {
        Self { who, list: List::default(), words: Vec::new(), named: Vec::new(), said: Vec::new() }
    }

    /// Puts its rows together for a pane of a size; what was chosen stays chosen.
    pub(crate) fn list(&mut self, sifted: &Sifted, pane: Size) {
        let findings = sifted.findings;
        let entity = self.who.and_then(|it| findings.entity(it));
        let width = usize::from(pane.width.saturating_sub(INDENT + 1)).max(1);
        let quotes = self.quotes(sifted);
        let mentions = self.mentions(sifted);

        self.words.clear();
        self.put(Manner::Name, findings.name_of(self.who), width);
        for line in about(entity, findings) {
            self.put(Manner::About, &line, width);
        }
        self.put(Manner::Counts, &counts(sifted, &quotes, mentions.len()), width);
        let mut lines: Vec<Line> = (0..self.words.len()).map(Line::Words).collect();

        if !mentions.is_empty() || !quotes.is_empty() {
            self.strip(sifted, &quotes, &mentions, width.saturating_sub(usize::from(LABEL)));
            lines.push(Line::Gap);
            lines.push(Line::Strip(Strip::Named));
            if !quotes.is_empty() {
                lines.push(Line::Strip(Strip::Said));
            }
            lines.push(Line::Strip(Strip::Here));
        }
        let mut section = |heading: &'static str, items: Vec<Line>| {
            if !items.is_empty() {
                lines.extend([Line::Gap, Line::Heading(heading)]);
                lines.extend(items);
            }
        };
        let quotes = quotes.into_iter().map(Line::Quote);
        section("Quotes", two_rows(quotes, |it| matches!(it, Line::Quote(it) if is_long(it, sifted, pane))));
        if let Some(number) = self.who {
            let members = entity.map_or(&[][..], |it| &it.members).iter().copied();
            section("Speaking together", members.map(Line::Entity).collect());
            let groups = findings.analysis.entities.iter().enumerate();
            let groups = groups.filter(|it| it.1.members.contains(&number)).map(|it| it.0);
            section("Also speaks with others", groups.map(Line::Entity).collect());
            section("Mentions", mentions.into_iter().map(|it| Line::Mention(number, it)).collect());
        }
        self.list.relist(lines);
    }

    /// What it says, as far as the filter shows that.
    fn quotes(&self, sifted: &Sifted) -> Vec<usize> {
        let rest = sifted.way().filter(|it| *it != Way::Dim);
        let all = sifted.findings.analysis.quotes.iter().enumerate();
        let own = all.filter(|it| sifted.findings.is_by(self.who, it.1.speaker)).map(|it| it.0);
        own.filter(|it| rest.is_none() || sifted.lets(*it)).collect()
    }

    /// The numbers of its mentions, as far as the filter shows those.
    fn mentions(&self, sifted: &Sifted) -> Vec<usize> {
        let rest = sifted.way().filter(|it| *it != Way::Dim);
        let entity = self.who.and_then(|it| sifted.findings.entity(it));
        let all = entity.map_or(&[][..], |it| &it.mentions).iter().enumerate();
        let blocks = sifted.story.blocks();
        let shown = all.filter(|(_, mention)| {
            let block = sifted.story.block_at(mention.span.start);
            // What stands in a block that only repeats another is not seen.
            block.is_none_or(|it| blocks[it].repeats.is_none() && (rest.is_none() || sifted.blocks[it]))
        });
        shown.map(|it| it.0).collect()
    }

    /// Wraps words into rows.
    fn put(&mut self, manner: Manner, words: &str, width: usize) {
        let rows = textwrap::wrap(words, width);
        self.words.extend(rows.into_iter().map(|it| (manner, it.into_owned())));
    }

    /// Counts what stands in each of `room` equal stretches of the story.
    fn strip(&mut self, sifted: &Sifted, quotes: &[usize], mentions: &[usize], room: usize) {
        let room = room.max(1);
        let length = sifted.story.text().len();
        self.named = vec![0; room];
        self.said = vec![None; room];
        let entity = self.who.and_then(|it| sifted.findings.entity(it));
        for mention in mentions.iter().filter_map(|it| entity?.mentions.get(*it)) {
            self.named[stretch(mention.span.start, length, room)] += 1;
        }
        for quote in quotes.iter().filter_map(|it| sifted.findings.quote(*it)) {
            self.said[stretch(quote.extent().start, length, room)].get_or_insert(quote.kind);
        }
    }
}

/// In which of `room` equal stretches of a text a place stands.
pub(crate) fn stretch(place: usize, length: usize, room: usize) -> usize {
    (place * room / length.max(1)).min(room.saturating_sub(1))
}

/// Offices, a line each, then the other names; of who has no name what that means.
fn about(entity: Option<&Entity>, findings: &Findings) -> Vec<String> {
    let Some(entity) = entity else {
        return vec!["The story does not say whose words these are, or it could not be found out.".into()];
    };
    let mut lines = entity.roles.clone();
    match entity.kind {
        EntityKind::Unnamed => lines.push("a source that the story does not name".into()),
        EntityKind::Group if !entity.members.is_empty() => {
            let names = entity.members.iter().map(|it| findings.name_of(Some(*it)));
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
fn counts(sifted: &Sifted, quotes: &[usize], mentions: usize) -> String {
    let parts = quotes.iter().filter_map(|it| sifted.findings.quote(*it)).flat_map(|it| &it.parts);
    let words: usize = parts.map(|it| it.of(sifted.story.text()).split_whitespace().count()).sum();
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
