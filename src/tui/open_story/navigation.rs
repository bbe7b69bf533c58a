//! Navigation in an open story: to the next or previous quote, mention, name or match.

use std::borrow::Cow;

use pullquote::span::Span;
use pullquote::story::BlockKind;

use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::{AnalysisState, OpenStory};

/// A message for the status bar; `None` if there is nothing to say.
pub(crate) type NavigationNotice = Option<Cow<'static, str>>;

/// The message of commands that need the analysis before it is ready.
pub(crate) const STILL_ANALYSING: &str = "Still analysing…";
pub(crate) const NO_QUOTES: &str = "This story has no quotes.";

impl OpenStory {
    /// Moves by a number of quotes that the filter allows; a negative number moves back.
    pub(crate) fn navigate_quotes(&mut self, by: isize, height: usize) -> NavigationNotice {
        let quotes = self.allowed_quotes.clone();
        self.navigate_quote_list(&quotes, by, height, ["Last quote.".into(), "First quote.".into()])
    }

    /// Moves by a number of quotes of the speaker at the cursor, else of the nearest speaker before it.
    pub(crate) fn navigate_speaker_quotes(&mut self, by: isize, height: usize) -> NavigationNotice {
        let Some(speaker) = self.nearest_speaker() else { return Some(NO_QUOTES.into()) };
        let Some(findings) = self.findings() else { return Some(STILL_ANALYSING.into()) };
        let mut quotes = findings.speakers[speaker].quotes.clone();
        quotes.retain(|quote| self.allows(*quote));
        let name = findings.short_speaker_name(speaker);
        let ends = match quotes.len() {
            0 => return Some(format!("No quotes of {name} match the filter.").into()),
            1 => ["only", "only"],
            _ => ["last", "first"],
        };
        let ends = ends.map(|end| format!("{name}'s {end} quote.").into());
        self.navigate_quote_list(&quotes, by, height, ends)
    }

    /// Moves by a number of mentions of the name at the cursor, else of the speaker of the quote there.
    pub(crate) fn navigate_mentions(&mut self, by: isize, height: usize) -> NavigationNotice {
        let speaker = || self.findings()?.quote(self.quote_at_cursor()?)?.speaker;
        let (Some(findings), Some(entity)) = (self.findings(), self.entity_at_cursor().or_else(speaker))
        else {
            return Some("Move to a name or quote first.".into());
        };
        let mentions: Vec<Span> =
            findings.analysis.entities[entity].mentions.iter().map(|it| it.span).collect();
        self.navigate_spans(&mentions, by, height, ["Last mention.", "First mention."])
    }

    /// Moves by a number of names and pronouns of any entity.
    pub(crate) fn navigate_names(&mut self, by: isize, height: usize) -> NavigationNotice {
        let Some(findings) = self.findings() else { return Some(STILL_ANALYSING.into()) };
        if findings.mentions.all().is_empty() {
            return Some("This story has no names.".into());
        }
        let names: Vec<Span> = findings.mentions.all().iter().map(|(span, _)| *span).collect();
        self.navigate_spans(&names, by, height, ["Last name.", "First name."])
    }

    /// The headline and the headings inside the story, each with the number of its block, from 0.
    pub(crate) fn headings(&self) -> Vec<(usize, Span)> {
        let blocks = self.story.blocks().iter().enumerate();
        let is_heading = |kind| matches!(kind, BlockKind::Headline | BlockKind::Heading);
        let own =
            blocks.filter(|(_, block)| is_heading(self.story.shown_kind(block)) && block.repeats.is_none());
        own.map(|(number, block)| (number, block.span)).collect()
    }

    /// Moves by a number of headings.
    pub(crate) fn navigate_headings(&mut self, by: isize, height: usize) -> NavigationNotice {
        let headings: Vec<Span> = self.headings().into_iter().map(|it| it.1).collect();
        if headings.is_empty() {
            return Some("The story has no headings.".into());
        }
        self.navigate_spans(&headings, by, height, ["Last heading.", "First heading."])
    }

    /// Moves by a number of matches and wraps round the ends; a match that the filter hides is shown.
    pub(crate) fn navigate_matches(&mut self, by: isize, height: usize) -> NavigationNotice {
        if self.matches.is_empty() {
            return Some("No match".into());
        }
        let from = if by > 0 {
            self.matches.partition_point(|it| it.start <= self.viewport.cursor).cast_signed() - 1
        } else {
            self.matches.partition_point(|it| it.start < self.viewport.cursor).cast_signed()
        };
        let to = from.saturating_add(by);
        let count = self.matches.len().cast_signed();
        let offset = self.matches[to.rem_euclid(count).unsigned_abs()].start;
        let was_hidden = self.reveal(offset);
        self.jump(offset, height);
        match to {
            _ if to >= count => {
                Some(format!("Search wrapped to the top · match {}", self.match_summary()).into())
            }
            _ if to < 0 => {
                Some(format!("Search wrapped to the bottom · match {}", self.match_summary()).into())
            }
            _ if was_hidden => Some("Showing a paragraph hidden by the filter.".into()),
            _ => None,
        }
    }

    /// Returns the speaker of the quote at the cursor, else of the nearest one before it, else of the first.
    pub(crate) fn nearest_speaker(&self) -> Option<usize> {
        let findings = self.findings()?;
        let quote = self.quote_at_cursor().or_else(|| {
            let after =
                self.allowed_quotes.partition_point(|it| quote_start(findings, *it) <= self.viewport.cursor);
            self.allowed_quotes.get(after.saturating_sub(1)).copied()
        });
        findings.speaker_of(quote?)
    }

    /// Moves by a number of quotes in a list in reading order; the two messages are for its end and its start.
    fn navigate_quote_list(
        &mut self,
        quotes: &[usize],
        by: isize,
        height: usize,
        [at_end, at_start]: [Cow<'static, str>; 2],
    ) -> NavigationNotice {
        let AnalysisState::Ready(findings) = &self.analysis_state else {
            return Some(STILL_ANALYSING.into());
        };
        if quotes.is_empty() {
            return Some(self.no_quotes_message().into());
        }
        let after =
            quotes.partition_point(|it| quote_start(findings, *it) <= self.viewport.cursor).cast_signed();
        let here =
            self.quote_at_cursor().and_then(|it| quotes.binary_search(&it).ok()).map(usize::cast_signed);
        let count = quotes.len().cast_signed();
        let (next, to) = match here {
            Some(here) => (here + by.signum(), here + by),
            None if by > 0 => (after, after + by - 1),
            None => (after - 1, after + by),
        };
        if next >= count {
            return Some(at_end);
        }
        if next < 0 {
            return Some(at_start);
        }
        self.jump_to_quote(quotes[to.clamp(0, count - 1).unsigned_abs()], height);
        None
    }

    /// Moves by a number of visible spans in reading order; the two messages are for their end and their start.
    fn navigate_spans(
        &mut self,
        spans: &[Span],
        by: isize,
        height: usize,
        [at_end, at_start]: [&'static str; 2],
    ) -> NavigationNotice {
        let starts: Vec<usize> = spans.iter().map(|it| it.start).filter(|it| self.is_visible(*it)).collect();
        let after = starts.partition_point(|it| *it <= self.viewport.cursor);
        let before = starts.partition_point(|it| *it < self.viewport.cursor);
        if by > 0 && after == starts.len() {
            return Some(at_end.into());
        }
        if by < 0 && before == 0 {
            return Some(at_start.into());
        }
        let to = if by > 0 {
            (after + by.unsigned_abs() - 1).min(starts.len() - 1)
        } else {
            before.saturating_sub(by.unsigned_abs())
        };
        self.jump(starts[to], height);
        None
    }

    /// Returns why there is no quote to move to.
    fn no_quotes_message(&self) -> &'static str {
        if self.filter.is_active() { "No quotes match the filter." } else { NO_QUOTES }
    }
}

/// Returns the offset of a quote's first word.
fn quote_start(findings: &Findings, quote: usize) -> usize {
    findings.quote(quote).map_or(0, |it| it.extent().start)
}
