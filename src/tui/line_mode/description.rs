//! Descriptions for screen readers: the story, a paragraph, a quote with its speaker, a name, a match.

use pullquote::analysis::AttributionRule;
use pullquote::span::Span;
use pullquote::story::BlockKind;

use crate::storage::HistoryEntry;
use crate::text::{grouped, one_line, pluralize, safe_message};
use crate::tui::layout::page::RowKind;
use crate::tui::open_story::citation::origin_beside_title;
use crate::tui::open_story::list::ListRow;
use crate::tui::open_story::side_pane::Tab;
use crate::tui::open_story::{AnalysisState, OpenStory};
use crate::tui::text::width::truncate;

/// Maximum width of a title, in columns.
const MAX_TITLE_WIDTH: usize = 80;

/// Maximum width of the text quoted around a name or a match, in columns.
const MAX_CONTEXT_WIDTH: usize = 160;

impl OpenStory {
    /// The window title: what the story is called.
    pub(crate) fn title(&self) -> String {
        let title = self.story.title();
        truncate(title.as_deref().unwrap_or("pullquote"), MAX_TITLE_WIDTH).into_owned()
    }

    /// "Ellwick will sell its ferry. Ell Gazette, 3 March. 10 paragraphs, 120 words. 6 quotes, 2 people …"
    pub(crate) fn describe_story(&self) -> String {
        let title = self.story.title().unwrap_or_default();
        let title = truncate(&title, MAX_CONTEXT_WIDTH).into_owned();
        let origin = origin_beside_title(&self.story);
        let size = format!(
            "{}, {}",
            pluralize(self.paragraph_count, "paragraph", "paragraphs"),
            pluralize(self.word_count, "word", "words")
        );
        let mut parts = vec![title, origin.join(", "), size, self.describe_findings()];
        parts.retain(|it| !it.is_empty());
        parts.iter().map(|it| with_full_stop(it)).collect::<Vec<_>>().join(" ")
    }

    /// "6 quotes, 2 people, 1 organisation, 2 places.", or "… so far, 34 per cent analysed."
    pub(crate) fn describe_findings(&self) -> String {
        match &self.analysis_state {
            AnalysisState::Pending => "Still analysing.".into(),
            AnalysisState::Failed => {
                "The analysis failed; the text is still readable. Please report this story.".into()
            }
            AnalysisState::Ready(_) => {
                let counts = Tab::ALL.map(|tab| self.describe_count(tab)).join(", ");
                match self.analysed_percent {
                    Some(percent) => format!("{counts} so far, {percent} per cent analysed."),
                    None => format!("{counts}."),
                }
            }
        }
    }

    /// "2 people"
    fn describe_count(&self, tab: Tab) -> String {
        let (one, many) = match tab {
            Tab::Quotes => ("quote", "quotes"),
            Tab::People => ("person", "people"),
            Tab::Organisations => ("organisation", "organisations"),
            Tab::Places => ("place", "places"),
        };
        pluralize(self.side_pane.allowed_counts[tab as usize], one, many)
    }

    /// "Quote 3 of 9, partial, said by Ann Lee, Mayor: …"
    pub(crate) fn describe_quote(&self, number: usize) -> Option<String> {
        let findings = self.findings()?;
        let quote = findings.quote(number)?;
        let position = match self.quote_place(number) {
            Some((number, last)) => format!("Quote {} of {}", grouped(number), grouped(last)),
            None => "A quote hidden by the filter".into(),
        };
        let speaker = match findings.speaker_of(number).and_then(|it| findings.entity_of_speaker(it)) {
            Some(entity) => {
                let role = entity.roles.first().map_or(String::new(), |it| format!(", {it}"));
                format!("{}{role}", entity.name)
            }
            None => "an unknown speaker".into(),
        };
        let (probably, correction) = match quote.rule {
            AttributionRule::User => ("", " (your correction)"),
            _ if quote.is_doubtful() => ("probably ", ""),
            _ => ("", ""),
        };
        let kind = quote.kind_and_cue(self.story.text());
        let words = one_line(&quote.text(self.story.text()));
        Some(format!("{position}, {kind}, {probably}said by {speaker}{correction}: {words}"))
    }

    /// "Paragraph 4 of 11, 2 quotes: …", or the number of folded paragraphs.
    pub(crate) fn describe_paragraph(&self) -> String {
        let Some(row) = self.page.rows().get(self.page.row_at(self.viewport.visible_offset())) else {
            return "This story has no text.".into();
        };
        if let RowKind::Folded(blocks) = row.kind {
            return format!("{} folded away.", pluralize(blocks, "paragraph is", "paragraphs are"));
        }
        let blocks = self.story.blocks();
        let block = blocks[row.block];
        let kind = match self.story.shown_kind(&block) {
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
        let mut quotes: Vec<usize> = self
            .findings()
            .map_or(Vec::new(), |it| it.quote_parts.overlapping(block.span).map(|it| it.1).collect());
        quotes.sort_unstable();
        quotes.dedup();
        let quotes = if quotes.is_empty() {
            String::new()
        } else {
            format!(", {}", pluralize(quotes.len(), "quote", "quotes"))
        };
        format!(
            "{kind} {at} of {}{quotes}: {}",
            self.paragraph_count,
            one_line(block.span.slice(self.story.text()))
        )
    }

    /// The text of the row with the cursor.
    pub(crate) fn describe_row(&self) -> String {
        match self.page.rows().get(self.page.row_at(self.viewport.visible_offset())) {
            Some(row) if !matches!(row.kind, RowKind::Folded(_)) => {
                one_line(row.span.slice(self.story.text()))
            }
            _ => self.describe_paragraph(),
        }
    }

    /// "Ann Lee, person, Mayor, mention 2 of 3: …"; `None` if the cursor is not on a name.
    pub(crate) fn describe_name(&self) -> Option<String> {
        let number = self.entity_at_cursor()?;
        let entity = self.findings()?.entity(number)?;
        let at = entity.mentions.iter().position(|it| it.span.contains(self.viewport.cursor))?;
        let role = entity.roles.first().map_or(String::new(), |it| format!(", {it}"));
        let (name, kind) = (&entity.name, entity.kind.name());
        let (position, mentions) = self.mention_position(number, at);
        Some(format!(
            "{name}, {kind}{role}, mention {position} of {mentions}: {}",
            self.text_around(self.viewport.cursor)
        ))
    }

    /// "Match 2 of 5: …"; `None` if the cursor is not on a match.
    pub(crate) fn describe_match(&self) -> Option<String> {
        Some(format!(
            "Match {} of {}: {}",
            self.match_at_cursor()? + 1,
            self.matches.len(),
            self.text_around(self.viewport.cursor)
        ))
    }

    /// The selection of the side pane: "2 of 3: Ann Lee, Mayor, also Lee, 2 quotes, 3 mentions."
    pub(crate) fn describe_selection(&self) -> Option<String> {
        let row = self.side_pane.selected()?;
        let items = || self.side_pane.open_list().rows().iter().filter(|it| it.is_selectable());
        let position = {
            let place = items().position(|it| *it == row)? + 1;
            format!("{} of {}", grouped(place), grouped(items().count()))
        };
        let number = match row {
            ListRow::Quote(quote) => return self.describe_quote(quote),
            ListRow::Mention(entity, mention) => {
                let span = self.findings()?.entity(entity)?.mentions.get(mention)?.span;
                let (position, _) = self.mention_position(entity, mention);
                return Some(format!("Mention {}: {}", grouped(position), self.text_around(span.start)));
            }
            ListRow::UnknownSpeaker => return Some(format!("{position}: unknown speaker.")),
            ListRow::Entity(number) => number,
            _ => return None,
        };
        let entity = self.findings()?.entity(number)?;
        let mut facts = vec![entity.name.clone()];
        facts.extend(entity.roles.iter().cloned());
        facts.extend(entity.aliases.iter().map(|it| format!("also {it}")));
        let quote_count = self.side_pane.quote_counts.get(number).copied().unwrap_or_default();
        if quote_count > 0 {
            facts.push(pluralize(quote_count, "quote", "quotes"));
        }
        let mention_count = self.mention_position(number, 0).1;
        facts.push(pluralize(mention_count, "mention", "mentions"));
        Some(format!("{position}: {}.", facts.join(", ")))
    }

    /// The open profile: "Ann Lee. Mayor. Also: Lee. 2 quotes …"
    pub(crate) fn describe_profile(&self) -> Option<String> {
        let rows = self.side_pane.profile()?.lines.iter();
        Some(rows.map(|it| with_full_stop(&it.1)).collect::<Vec<_>>().join(" "))
    }

    /// The text from the row of `offset` to the end of the paragraph, shortened to [`MAX_CONTEXT_WIDTH`].
    fn text_around(&self, offset: usize) -> String {
        let Some(row) = self.page.rows().get(self.page.row_at(offset)) else {
            return String::new();
        };
        let rest = Span::new(row.span.start, self.story.blocks()[row.block].span.end);
        truncate(&one_line(rest.slice(self.story.text())), MAX_CONTEXT_WIDTH).into_owned()
    }
}

/// "The last ferry, 3 May, 40 per cent, 2 notes: /home/…/ferry.txt"
pub(super) fn describe_history_entry(entry: &HistoryEntry) -> String {
    let file =
        entry.file.as_ref().map_or(String::new(), |it| format!(": {}", safe_message(&it.to_string_lossy())));
    let notes = pluralize(entry.note_count, "note", "notes");
    format!("{}, {}, {} per cent, {notes}{file}", entry.title, entry.day, entry.percent_read)
}

/// The text with a capital first letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    with_full_stop(&format!("{first}{}", chars.as_str()))
}

/// The text with a full stop, unless it ends in a full stop or the like.
fn with_full_stop(text: &str) -> String {
    let is_closed = text.trim_end_matches(['”', '"']).ends_with(['.', '!', '?', '…']);
    format!("{text}{}", if is_closed { "" } else { "." })
}
