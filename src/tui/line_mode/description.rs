//! What stands in a story, in words for an ear: the story itself, a paragraph, a quote with its speaker, a name, a hit.

use pullquote::analysis::Rule;
use pullquote::story::BlockKind;

use crate::tui::layout::page::RowKind;
use crate::tui::open_story::citation::source;
use crate::tui::open_story::list::Line;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::open_story::{Found, Reading};
use crate::tui::text::width::shorten;

/// The columns of a title.
const TITLE: usize = 80;

/// How many columns of the words round a name or a hit are told.
const ROUND: usize = 160;

impl Reading {
    /// What the terminal's title says: the headline, or where the story comes from.
    pub(crate) fn title(&self) -> String {
        let title = self.story.title().map(one_line).or_else(|| source(&self.story));
        shorten(title.as_deref().unwrap_or("pullquote"), TITLE).into_owned()
    }

    /// "Ellwick will sell its ferry. Ell Gazette, 3 March. 10 paragraphs, 120 words. 6 quotes, 2 people …"
    pub(crate) fn story_told(&self) -> String {
        let title = self.story.title().map_or("A story without a headline".into(), one_line);
        let origin: Vec<String> =
            source(&self.story).into_iter().chain(self.story.published.clone()).collect();
        let size = format!(
            "{}, {}",
            counted(self.paragraphs, "paragraph", "paragraphs"),
            counted(self.words, "word", "words")
        );
        let mut told = vec![title, origin.join(", "), size, self.findings_told()];
        told.retain(|it| !it.is_empty());
        told.iter().map(|it| stopped(it)).collect::<Vec<_>>().join(" ")
    }

    /// "6 quotes, 2 people, 1 organisation, 2 places."
    pub(crate) fn findings_told(&self) -> String {
        match &self.found {
            Found::Awaited => "The quotes are still being looked for.".into(),
            Found::Failed => "The search for quotes broke down over this story.".into(),
            Found::Here(_) => {
                let counts = Tab::ALL.map(|tab| self.count_told(tab));
                format!("{}.", counts.join(", "))
            }
        }
    }

    /// "2 people"
    fn count_told(&self, tab: Tab) -> String {
        let (one, many) = match tab {
            Tab::Quotes => ("quote", "quotes"),
            Tab::People => ("person", "people"),
            Tab::Organisations => ("organisation", "organisations"),
            Tab::Places => ("place", "places"),
        };
        counted(self.side.counts[tab as usize], one, many)
    }

    /// "Quote 3 of 9, mixed, said by Ann Lee, Mayor: …"
    pub(crate) fn quote_told(&self, number: usize) -> Option<String> {
        let findings = self.findings()?;
        let quote = findings.quote(number)?;
        let place = match self.quotes.binary_search(&number) {
            Ok(at) => format!("Quote {} of {}", at + 1, self.quotes.len()),
            Err(_) => "A quote that the filter leaves out".into(),
        };
        let speaker = match findings.speaker_of(number).and_then(|it| findings.who(it)) {
            Some(who) => {
                let role = who.roles.first().map_or(String::new(), |it| format!(", {it}"));
                format!("{}{role}", who.name)
            }
            None => "somebody unknown".into(),
        };
        let perhaps = match quote.rule {
            Rule::Reader => "by your own word ",
            _ if quote.doubtful() => "perhaps ",
            _ => "",
        };
        let words: Vec<String> = quote.parts.iter().map(|it| one_line(it.of(self.story.text()))).collect();
        Some(format!("{place}, {}, {perhaps}said by {speaker}: {}", quote.kind.name(), words.join(" … ")))
    }

    /// "Paragraph, 4 of 11, 2 quotes: …", or that there are some which are folded away.
    pub(crate) fn paragraph_told(&self) -> String {
        let Some(row) = self.page.rows().get(self.page.row_at(self.stand.seen())) else {
            return "This story has no text.".into();
        };
        if let RowKind::Folded(blocks) = row.kind {
            return format!("{} folded away.", counted(blocks, "paragraph is", "paragraphs are"));
        }
        let blocks = self.story.blocks();
        let block = blocks[row.block];
        let kind = match block.kind {
            BlockKind::Headline => "Headline",
            BlockKind::Standfirst => "Standfirst",
            BlockKind::Byline => "Byline",
            BlockKind::Paragraph => "Paragraph",
            BlockKind::Heading => "Heading",
            BlockKind::Item => "Item of a list",
            BlockKind::Caption => "Caption",
            BlockKind::Turn => "Turn",
            BlockKind::Furniture => "Aside",
        };
        let at = blocks[..=row.block].iter().filter(|it| it.repeats.is_none()).count();
        let mut quotes: Vec<usize> =
            self.findings().map_or(Vec::new(), |it| it.parts.meeting(block.span).map(|it| it.1).collect());
        quotes.sort_unstable();
        quotes.dedup();
        let quotes = if quotes.is_empty() {
            String::new()
        } else {
            format!(", {}", counted(quotes.len(), "quote", "quotes"))
        };
        format!("{kind}, {at} of {}{quotes}: {}", self.paragraphs, one_line(block.span.of(self.story.text())))
    }

    /// The words of the row on which the reader stands.
    pub(crate) fn row_told(&self) -> String {
        match self.page.rows().get(self.page.row_at(self.stand.seen())) {
            Some(row) if !matches!(row.kind, RowKind::Folded(_)) => one_line(row.span.of(self.story.text())),
            _ => self.paragraph_told(),
        }
    }

    /// "Ann Lee, person, Mayor, mention 2 of 3: …", if the reader stands on a name.
    pub(crate) fn name_told(&self) -> Option<String> {
        let entity = self.findings()?.entity(self.entity()?)?;
        let at = entity.mentions.iter().position(|it| it.span.contains(self.stand.place))?;
        let role = entity.roles.first().map_or(String::new(), |it| format!(", {it}"));
        let (name, kind, mentions) = (&entity.name, entity.kind.name(), entity.mentions.len());
        Some(format!(
            "{name}, {kind}{role}, mention {} of {mentions}: {}",
            at + 1,
            self.round(self.stand.place)
        ))
    }

    /// "Hit 2 of 5: …", if the reader stands on one.
    pub(crate) fn hit_told(&self) -> Option<String> {
        Some(format!("Hit {} of {}: {}", self.hit()? + 1, self.hits.len(), self.round(self.stand.place)))
    }

    /// What is chosen in the side pane: "2 of 3: Ann Lee, Mayor, also Lee, 2 quotes, 3 mentions."
    pub(crate) fn chosen_told(&self) -> Option<String> {
        let line = self.side.chosen()?;
        let items = || self.side.open().lines().iter().filter(|it| it.is_item());
        let place = format!("{} of {}", items().position(|it| *it == line)? + 1, items().count());
        let number = match line {
            Line::Quote(quote) => return self.quote_told(quote),
            Line::Mention(entity, mention) => {
                let span = self.findings()?.entity(entity)?.mentions.get(mention)?.span;
                return Some(format!("Mention {}: {}", mention + 1, self.round(span.start)));
            }
            Line::Nobody => return Some(format!("{place}: unknown speaker.")),
            Line::Entity(number) => number,
            _ => return None,
        };
        let entity = self.findings()?.entity(number)?;
        let mut facts = vec![entity.name.clone()];
        facts.extend(entity.roles.iter().cloned());
        facts.extend(entity.aliases.iter().map(|it| format!("also {it}")));
        let said = self.side.quotes.get(number).copied().unwrap_or_default();
        if said > 0 {
            facts.push(counted(said, "quote", "quotes"));
        }
        facts.push(counted(entity.mentions.len(), "mention", "mentions"));
        Some(format!("{place}: {}.", facts.join(", ")))
    }

    /// Whose profile is open: "Ann Lee. Mayor. Also: Lee. 2 quotes …"
    pub(crate) fn profile_told(&self) -> Option<String> {
        let rows = self.side.profile()?.words.iter();
        Some(rows.map(|it| stopped(&it.1)).collect::<Vec<_>>().join(" "))
    }

    /// The words from the row of the place on, as far as the paragraph goes and [`ROUND`] allows.
    fn round(&self, place: usize) -> String {
        let Some(row) = self.page.rows().get(self.page.row_at(place)) else {
            return String::new();
        };
        let rest = pullquote::span::Span::new(row.span.start, self.story.blocks()[row.block].span.end);
        shorten(&one_line(rest.of(self.story.text())), ROUND).into_owned()
    }
}

/// Words with single blanks between them, whatever stood there.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "1 quote", "2 quotes"
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// With a capital and a full stop.
pub(crate) fn sentence(words: &str) -> String {
    let mut signs = words.chars();
    let first: String = signs.next().into_iter().flat_map(char::to_uppercase).collect();
    stopped(&format!("{first}{}", signs.as_str()))
}

/// With a full stop, unless it has another.
fn stopped(words: &str) -> String {
    let closed = words.trim_end_matches(['”', '"']).ends_with(['.', '!', '?', '…']);
    format!("{words}{}", if closed { "" } else { "." })
}
