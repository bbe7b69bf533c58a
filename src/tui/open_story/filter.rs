//! Which quotes are read, by speaker, kind and certainty, and what becomes of the rest of the story.

use std::collections::BTreeMap;
use std::mem::discriminant;

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::story::Story;

pub(crate) use crate::config::settings::FilterDisplay;
use crate::tui::layout::page::Visibility;
use crate::tui::open_story::findings::Findings;

/// What a quote can be let in or kept out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Criterion {
    /// An entity that says it; `None` where nobody knows who does.
    Speaker(Option<usize>),
    Kind(QuoteKind),
    /// Whether its speaker is beyond doubt.
    Certain(bool),
}

/// Whether what meets a term is let in, and nothing else of its sort, or kept out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inclusion {
    Include,
    Exclude,
}

/// The terms by which quotes are chosen; none lets all through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) criteria: BTreeMap<Criterion, Inclusion>,
    /// Switched off for a while.
    pub(crate) is_off: bool,
    pub(crate) display: FilterDisplay,
}

/// A story and its findings, as a filter leaves them.
#[derive(Clone, Copy)]
pub(crate) struct FilteredStory<'a> {
    pub(crate) story: &'a Story,
    pub(crate) findings: &'a Findings,
    pub(crate) filter: &'a Filter,
    /// For each block whether it is let through.
    pub(crate) allowed_blocks: &'a [bool],
    /// The quotes that are let through, in reading order.
    pub(crate) allowed_quotes: &'a [usize],
}

impl FilteredStory<'_> {
    pub(crate) fn allows(&self, quote: usize) -> bool {
        self.allowed_quotes.binary_search(&quote).is_ok()
    }

    /// What becomes of the rest; nothing while all is let through.
    pub(crate) fn active_display(&self) -> Option<FilterDisplay> {
        self.filter.is_active().then_some(self.filter.display)
    }
}

impl Criterion {
    /// All that there are in a story: speakers in order of first speech, kinds, certainty.
    pub(crate) fn all(findings: &Findings) -> Vec<Self> {
        let speakers = findings.speakers.iter().map(|it| Self::Speaker(it.entity));
        let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(Self::Kind);
        speakers.chain(kinds).chain([true, false].map(Self::Certain)).collect()
    }

    pub(crate) fn name(self, findings: &Findings) -> &str {
        match self {
            Self::Speaker(entity) => findings.entity_name(entity),
            Self::Kind(QuoteKind::Direct) => "direct quotes",
            Self::Kind(QuoteKind::Mixed) => "mixed quotes",
            Self::Kind(QuoteKind::Indirect) => "indirect quotes",
            Self::Certain(true) => "sure speakers",
            Self::Certain(false) => "doubtful speakers",
        }
    }

    /// Whether it is of the same sort as another.
    pub(crate) fn is_same_kind(self, other: Self) -> bool {
        discriminant(&self) == discriminant(&other)
    }

    /// Whether a quote meets it; a member of a group speaks with the group.
    pub(crate) fn matches(self, findings: &Findings, quote: &Quote) -> bool {
        match self {
            Self::Speaker(entity) => findings.is_said_by(entity, quote.speaker),
            Self::Kind(kind) => quote.kind == kind,
            Self::Certain(sure) => sure == (quote.speaker.is_some() && !quote.is_doubtful()),
        }
    }
}

impl Inclusion {
    /// The sign before a term that has this sense, or none.
    pub(crate) const fn symbol(sense: Option<Self>) -> &'static str {
        match sense {
            Some(Self::Include) => "[+]",
            Some(Self::Exclude) => "[-]",
            None => "[ ]",
        }
    }
}

impl Filter {
    pub(crate) fn is_active(&self) -> bool {
        !self.is_off && !self.criteria.is_empty()
    }

    /// Keeps the same people picked where their numbers have changed; who is no longer there falls out.
    pub(crate) fn renumber(&mut self, number: impl Fn(usize) -> Option<usize>) {
        let renumbered = |(term, sense): (&Criterion, &Inclusion)| match term {
            Criterion::Speaker(Some(entity)) => {
                number(*entity).map(|it| (Criterion::Speaker(Some(it)), *sense))
            }
            term => Some((*term, *sense)),
        };
        self.criteria = self.criteria.iter().filter_map(renumbered).collect();
    }

    /// A term goes from neither to in to out.
    pub(crate) fn cycle(&mut self, term: Criterion) {
        self.is_off = false;
        match self.criteria.get(&term) {
            None => self.criteria.insert(term, Inclusion::Include),
            Some(Inclusion::Include) => self.criteria.insert(term, Inclusion::Exclude),
            Some(Inclusion::Exclude) => self.criteria.remove(&term),
        };
    }

    /// Lets in one term alone of its sort.
    pub(crate) fn include_only(&mut self, term: Criterion) {
        self.remove_kind(term);
        self.criteria.insert(term, Inclusion::Include);
    }

    /// Whether one term of its sort is in, and no other of that sort in or out.
    pub(crate) fn includes_only(&self, term: Criterion) -> bool {
        let mut like = self.criteria.iter().filter(|it| it.0.is_same_kind(term));
        like.next() == Some((&term, &Inclusion::Include)) && like.next().is_none()
    }

    /// The one speaker who is in, where no other is in or out.
    pub(crate) fn only_included_speaker(&self) -> Option<Criterion> {
        self.criteria
            .keys()
            .copied()
            .find(|it| matches!(it, Criterion::Speaker(_)) && self.includes_only(*it))
    }

    /// Drops every term of the sort of one.
    pub(crate) fn remove_kind(&mut self, term: Criterion) {
        self.is_off = false;
        self.criteria.retain(|it, _| !it.is_same_kind(term));
    }

    /// The quotes that are let through, in reading order.
    pub(crate) fn allowed_quotes(&self, findings: &Findings) -> Vec<usize> {
        let all = findings.analysis.quotes.iter().enumerate();
        if !self.is_active() {
            return all.map(|it| it.0).collect();
        }
        let sorts = [Criterion::Speaker(None), Criterion::Kind(QuoteKind::Direct), Criterion::Certain(true)];
        // Every quote of a speaker meets the same speakers: they are asked once.
        let of_speaker = |it: &crate::tui::open_story::findings::Speaker| {
            self.allows(
                sorts[0],
                |term| matches!(term, Criterion::Speaker(who) if findings.is_said_by(who, it.entity)),
            )
        };
        let speakers: Vec<bool> = findings.speakers.iter().map(of_speaker).collect();
        let through = all.filter(|(number, quote)| {
            findings.speaker_of(*number).is_some_and(|it| speakers[it])
                && sorts[1..].iter().all(|sort| self.allows(*sort, |term| term.matches(findings, quote)))
        });
        through.map(|it| it.0).collect()
    }

    /// Whether something is let through as far as the terms of a sort go: it meets none that is out, and one of those
    /// that are in, if there are any.
    fn allows(&self, sort: Criterion, meets: impl Fn(Criterion) -> bool) -> bool {
        let (mut wanted, mut met) = (false, false);
        for (term, sense) in self.criteria.iter().filter(|it| it.0.is_same_kind(sort)) {
            match sense {
                Inclusion::Exclude if meets(*term) => return false,
                Inclusion::Exclude => {}
                Inclusion::Include => {
                    wanted = true;
                    met |= meets(*term);
                }
            }
        }
        met || !wanted
    }

    /// For each block whether a word of a quote that is let through stands in it.
    pub(crate) fn allowed_blocks(&self, story: &Story, findings: &Findings, quotes: &[usize]) -> Vec<bool> {
        if !self.is_active() {
            return vec![true; story.blocks().len()];
        }
        let mut through = vec![false; story.blocks().len()];
        for quote in quotes.iter().filter_map(|it| findings.quote(*it)) {
            let extent = quote.extent();
            let first = story.blocks().partition_point(|it| it.span.end <= extent.start);
            let blocks = story.blocks().iter().enumerate().skip(first);
            for (number, block) in blocks.take_while(|it| it.1.span.start < extent.end) {
                through[number] = true;
                if let Some(twin) = block.repeats.and_then(|it| through.get_mut(it)) {
                    *twin = true;
                }
            }
        }
        through
    }

    /// How a block appears that is, or is not, let through.
    pub(crate) fn visibility(&self, through: bool) -> Visibility {
        match self.display {
            FilterDisplay::Fold if !through => Visibility::Folded,
            FilterDisplay::Hide if !through => Visibility::Hidden,
            _ => Visibility::Visible,
        }
    }

    /// What is let through: `only Kerry, not AFP · direct · folded`, then shorter and shorter; nothing without a term.
    pub(crate) fn summaries(&self, findings: &Findings) -> Vec<String> {
        if self.criteria.is_empty() {
            return Vec::new();
        }
        if self.is_off {
            return vec!["filter off".into(), "off".into()];
        }
        let way = self.display.participle();
        let all = |names: usize| format!("{} · {way}", self.describe_criteria(findings, names));
        vec![all(3), all(1), format!("filter · {way}"), "filter".into()]
    }

    /// The terms by sort, of each sort at most so many.
    fn describe_criteria(&self, findings: &Findings, most: usize) -> String {
        let mut parts = Vec::new();
        for sort in [Criterion::Speaker(None), Criterion::Kind(QuoteKind::Direct), Criterion::Certain(true)] {
            let listed = |sense: Inclusion| {
                let own = self.criteria.iter().filter(|it| it.0.is_same_kind(sort) && *it.1 == sense);
                let names: Vec<&str> = own.map(|it| it.0.short_name(findings)).collect();
                match names.len() {
                    0 => None,
                    many if many <= most => Some(names.join(", ")),
                    many => Some(format!("{} +{}", names[..most].join(", "), many - most)),
                }
            };
            // The first part says "only", so that it is plain what a filter is.
            let only = if parts.is_empty() { "only " } else { "" };
            let both = [
                listed(Inclusion::Include).map(|it| format!("{only}{it}")),
                listed(Inclusion::Exclude).map(|it| format!("not {it}")),
            ];
            let both: Vec<String> = both.into_iter().flatten().collect();
            if !both.is_empty() {
                parts.push(both.join(", "));
            }
        }
        parts.join(" · ")
    }
}

impl Criterion {
    fn short_name(self, findings: &Findings) -> &str {
        match self {
            Self::Speaker(entity) => findings.short_entity_name(entity),
            Self::Kind(kind) => kind.name(),
            Self::Certain(true) => "sure",
            Self::Certain(false) => "doubtful",
        }
    }
}
