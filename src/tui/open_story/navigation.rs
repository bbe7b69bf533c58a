//! From a quote, a name or a hit to the next: each walk starts where the reader stands, and says why if it cannot go on.

use pullquote::analysis::MentionKind;
use pullquote::span::Span;

use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::{AnalysisState, OpenStory};

/// Why a walk ends, for the status line.
pub(crate) type NavigationNotice = Option<&'static str>;

impl OpenStory {
    /// To another quote that the filter lets through.
    pub(crate) fn navigate_quotes(&mut self, by: isize, height: usize) -> NavigationNotice {
        let list = self.allowed_quotes.clone();
        self.navigate_quote_list(&list, by, height, ["that is the last quote", "that is the first quote"])
    }

    /// To another quote of the speaker of this one, or else of the nearest before.
    pub(crate) fn navigate_speaker_quotes(&mut self, by: isize, height: usize) -> NavigationNotice {
        let Some(speaker) = self.nearest_speaker() else { return Some("no quotes here") };
        let mut list = self.findings().map(|it| it.speakers[speaker].quotes.clone()).unwrap_or_default();
        list.retain(|it| self.allows(*it));
        if list.is_empty() {
            return Some("the filter lets no quote of this speaker through");
        }
        self.navigate_quote_list(
            &list,
            by,
            height,
            ["the last quote of this speaker", "the first quote of this speaker"],
        )
    }

    /// To another mention of the name at the place, or else of whoever said the quote there.
    pub(crate) fn navigate_mentions(&mut self, by: isize, height: usize) -> NavigationNotice {
        let speaker = || self.findings()?.quote(self.quote_at_cursor()?)?.speaker;
        let (Some(findings), Some(entity)) = (self.findings(), self.entity_at_cursor().or_else(speaker))
        else {
            return Some("stand on a name or a quote first");
        };
        let mentions: Vec<Span> =
            findings.analysis.entities[entity].mentions.iter().map(|it| it.span).collect();
        self.navigate_spans(&mentions, by, height, ["that is the last mention", "that is the first mention"])
    }

    /// To another name in the story, pronouns left out.
    pub(crate) fn navigate_names(&mut self, by: isize, height: usize) -> NavigationNotice {
        let Some(findings) = self.findings() else { return Some("the names are not known yet") };
        if findings.mentions.all().is_empty() {
            return Some("no names here");
        }
        let names = findings.mentions.all().iter().filter(|it| it.1.1 != MentionKind::Pronoun).map(|it| it.0);
        let names: Vec<Span> = names.collect();
        self.navigate_spans(&names, by, height, ["that is the last name", "that is the first name"])
    }

    /// To another hit, round and round; one that the filter has put away is opened.
    pub(crate) fn navigate_matches(&mut self, by: isize, height: usize) -> NavigationNotice {
        if self.matches.is_empty() {
            return Some("nothing found");
        }
        let from = if by > 0 {
            self.matches.partition_point(|it| it.start <= self.viewport.cursor).cast_signed() - 1
        } else {
            self.matches.partition_point(|it| it.start < self.viewport.cursor).cast_signed()
        };
        let to = from.saturating_add(by);
        let count = self.matches.len().cast_signed();
        let place = self.matches[to.rem_euclid(count).unsigned_abs()].start;
        let opened = self.reveal(place);
        self.jump(place, height);
        match to {
            _ if to >= count => Some("on from the start"),
            _ if to < 0 => Some("on from the end"),
            _ if opened => Some("opened: the filter had put this paragraph away"),
            _ => None,
        }
    }

    /// The speaker of the quote at the place, or of the nearest one before it, or of the first.
    pub(crate) fn nearest_speaker(&self) -> Option<usize> {
        let findings = self.findings()?;
        let quote = self.quote_at_cursor().or_else(|| {
            let after =
                self.allowed_quotes.partition_point(|it| quote_start(findings, *it) <= self.viewport.cursor);
            self.allowed_quotes.get(after.saturating_sub(1)).copied()
        });
        findings.speaker_of(quote?)
    }

    fn navigate_quote_list(
        &mut self,
        list: &[usize],
        by: isize,
        height: usize,
        [last, first]: [&'static str; 2],
    ) -> NavigationNotice {
        let AnalysisState::Ready(findings) = &self.analysis_state else {
            return Some("the quotes are not known yet");
        };
        if list.is_empty() {
            return Some("no quotes here");
        }
        let after =
            list.partition_point(|it| quote_start(findings, *it) <= self.viewport.cursor).cast_signed();
        let here = self.quote_at_cursor().and_then(|it| list.binary_search(&it).ok()).map(usize::cast_signed);
        let count = list.len().cast_signed();
        let (next, to) = match here {
            Some(here) => (here + by.signum(), here + by),
            None if by > 0 => (after, after + by - 1),
            None => (after - 1, after + by),
        };
        if next >= count {
            return Some(last);
        }
        if next < 0 {
            return Some(first);
        }
        self.jump_to_quote(list[to.clamp(0, count - 1).unsigned_abs()], height);
        None
    }

    fn navigate_spans(
        &mut self,
        spans: &[Span],
        by: isize,
        height: usize,
        [last, first]: [&'static str; 2],
    ) -> NavigationNotice {
        let starts: Vec<usize> = spans.iter().map(|it| it.start).filter(|it| self.is_visible(*it)).collect();
        let after = starts.partition_point(|it| *it <= self.viewport.cursor);
        let before = starts.partition_point(|it| *it < self.viewport.cursor);
        if by > 0 && after == starts.len() {
            return Some(last);
        }
        if by < 0 && before == 0 {
            return Some(first);
        }
        let to = if by > 0 {
            (after + by.unsigned_abs() - 1).min(starts.len() - 1)
        } else {
            before.saturating_sub(by.unsigned_abs())
        };
        self.jump(starts[to], height);
        None
    }
}

fn quote_start(findings: &Findings, quote: usize) -> usize {
    findings.quote(quote).map_or(0, |it| it.extent().start)
}
