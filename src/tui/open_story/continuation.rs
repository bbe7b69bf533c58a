//! A story whose analysis continues: what was found in its first part has other numbers in what is found in more of it.
//!
//! The cursor, the selections, the filter and the numbers of the speakers stay as they are.

use std::collections::HashMap;

use pullquote::analysis::Analysis;
use pullquote::span::Span;
use pullquote::speaker_numbers::{SpeakerNumber, SpeakerNumbers};

use crate::tui::open_story::OpenStory;
use crate::tui::open_story::filter::Criterion;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::list::ListRow;

/// The numbers of an earlier analysis of the same text in a later one.
pub(crate) struct Renumbering {
    /// For each entity its number in the later analysis; `None` for one that is not in it.
    entities: Vec<Option<usize>>,
    /// The same for each quote.
    quotes: Vec<Option<usize>>,
}

impl Renumbering {
    /// An entity is recognised by its first mention, one without mentions by its name, and a quote by its first words.
    fn new(before: &Findings, after: &Findings) -> Self {
        let names: HashMap<&str, usize> =
            after.analysis.entities.iter().zip(0..).map(|(it, number)| (it.name.as_str(), number)).collect();
        let entities = before.analysis.entities.iter().map(|it| match it.mentions.first() {
            Some(mention) => Some(after.mentions.innermost_at(mention.span.start)?.1.0),
            None => names.get(it.name.as_str()).copied(),
        });
        let quotes = before.analysis.quotes.iter().map(|it| {
            let start = it.parts.first()?.start;
            let same = after.quote_parts.overlapping(Span::new(start, start + 1));
            let starts_here = |number: &usize| {
                let quote = after.quote(*number);
                quote.and_then(|it| it.parts.first()).is_some_and(|it| it.start == start)
            };
            same.map(|it| it.1).find(starts_here)
        });
        Self { entities: entities.collect(), quotes: quotes.collect() }
    }

    /// Returns the number of an entity in the later analysis.
    pub(crate) fn entity(&self, number: usize) -> Option<usize> {
        self.entities.get(number).copied().flatten()
    }

    fn quote(&self, number: usize) -> Option<usize> {
        self.quotes.get(number).copied().flatten()
    }

    /// Returns a row with the numbers of the later analysis; a gap for a row of which nothing is left.
    pub(crate) fn row(&self, row: ListRow) -> ListRow {
        let renumbered = match row {
            ListRow::Quote(quote) => self.quote(quote).map(ListRow::Quote),
            ListRow::Entity(entity) => self.entity(entity).map(ListRow::Entity),
            ListRow::Mention(entity, mention) => {
                self.entity(entity).map(|entity| ListRow::Mention(entity, mention))
            }
            row => Some(row),
        };
        renumbered.unwrap_or(ListRow::Gap)
    }
}

/// Gives the speakers of a later analysis the numbers and hues that they have in an earlier one. Further speakers get the
/// next numbers, and of the hues that are left those with most quotes.
pub(crate) fn keep_speaker_numbers(before: &Findings, after: &mut Analysis) {
    let of_mention: HashMap<usize, SpeakerNumber> = before
        .speakers
        .iter()
        .filter_map(|it| {
            let mention = before.entity(it.entity?)?.mentions.first()?;
            Some((mention.span.start, it.number?))
        })
        .collect();
    let known = after.entities.iter().enumerate().filter_map(|(entity, it)| {
        let numbers = it.mentions.iter().filter_map(|mention| of_mention.get(&mention.span.start));
        Some((entity, *numbers.min_by_key(|it| it.number)?))
    });
    let known: Vec<(usize, SpeakerNumber)> = known.collect();
    let speakers = after.quotes.iter().filter_map(|it| it.speaker);
    after.original_numbers = Some(SpeakerNumbers::continued(known, speakers));
}

impl OpenStory {
    /// Returns how far the analysis has come, for the status bar: "analysing 34 %". `None` if it is over or says nothing.
    pub(crate) fn progress_note(&self) -> Option<String> {
        self.analysed_percent.map(|it| format!("analysing {it} %"))
    }

    /// Whether what was found in the first part of the story may be shown. A filter of a story that was read again waits for
    /// the whole, since it knows its speakers by their names.
    pub(crate) fn takes_first_part(&self) -> bool {
        self.filter_names.is_none() || self.filter.criteria.is_empty()
    }

    /// Gives the selections and the filter the numbers of the present findings in place of earlier ones.
    pub(super) fn renumber_from(&mut self, before: &Findings) {
        let Some(after) = self.findings() else { return };
        let renumbering = Renumbering::new(before, after);
        let speaker = |criterion| match criterion {
            Criterion::Speaker(Some(entity)) => {
                renumbering.entity(entity).map(|it| Criterion::Speaker(Some(it)))
            }
            criterion => Some(criterion),
        };
        if let Some(speakers) = &mut self.speakers_before_only {
            let renumbered = |it: &(Criterion, _)| Some((speaker(it.0)?, it.1));
            *speakers = speakers.iter().filter_map(renumbered).collect();
        }
        self.filter.renumber(|it| renumbering.entity(it));
        let selected = self.viewport.selected_quote();
        self.viewport.select_quote(selected.and_then(|it| renumbering.quote(it)));
        self.side_pane.renumber(&renumbering);
    }
}
