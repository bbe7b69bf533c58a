//! Which quotes are read, by speaker, kind and certainty, and what becomes of the rest of the story.

use std::collections::BTreeMap;
use std::mem::discriminant;

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::story::Story;

pub(crate) use crate::config::settings::Way;
use crate::tui::layout::page::Shown;
use crate::tui::open_story::findings::Findings;

/// What a quote can be let in or kept out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Term {
    /// An entity that says it; `None` where nobody knows who does.
    Speaker(Option<usize>),
    Kind(QuoteKind),
    /// Whether its speaker is beyond doubt.
    Sure(bool),
}

/// Whether what meets a term is let in, and nothing else of its sort, or kept out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    In,
    Out,
}

/// The terms by which quotes are chosen; none lets all through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) terms: BTreeMap<Term, Sense>,
    /// Switched off for a while.
    pub(crate) off: bool,
    pub(crate) way: Way,
}

/// A story and its findings, as a filter leaves them.
#[derive(Clone, Copy)]
pub(crate) struct Sifted<'a> {
    pub(crate) story: &'a Story,
    pub(crate) findings: &'a Findings,
    pub(crate) filter: &'a Filter,
    /// For each block whether it is let through.
    pub(crate) blocks: &'a [bool],
    /// The quotes that are let through, in reading order.
    pub(crate) quotes: &'a [usize],
}

impl Sifted<'_> {
    pub(crate) fn lets(&self, quote: usize) -> bool {
        self.quotes.binary_search(&quote).is_ok()
    }

    /// What becomes of the rest; nothing while all is let through.
    pub(crate) fn way(&self) -> Option<Way> {
        self.filter.is_active().then_some(self.filter.way)
    }
}

impl Term {
    /// All that there are in a story: speakers in order of first speech, kinds, certainty.
    pub(crate) fn all(findings: &Findings) -> Vec<Self> {
        let speakers = findings.speakers.iter().map(|it| Self::Speaker(it.entity));
        let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(Self::Kind);
        speakers.chain(kinds).chain([true, false].map(Self::Sure)).collect()
    }

    pub(crate) fn name(self, findings: &Findings) -> &str {
        match self {
            Self::Speaker(entity) => findings.name_of(entity),
            Self::Kind(QuoteKind::Direct) => "direct quotes",
            Self::Kind(QuoteKind::Mixed) => "mixed quotes",
            Self::Kind(QuoteKind::Indirect) => "indirect quotes",
            Self::Sure(true) => "sure speakers",
            Self::Sure(false) => "doubtful speakers",
        }
    }

    /// Whether it is of the same sort as another.
    pub(crate) fn is_like(self, other: Self) -> bool {
        discriminant(&self) == discriminant(&other)
    }

    /// Whether a quote meets it; a member of a group speaks with the group.
    pub(crate) fn meets(self, findings: &Findings, quote: &Quote) -> bool {
        match self {
            Self::Speaker(entity) => findings.is_by(entity, quote.speaker),
            Self::Kind(kind) => quote.kind == kind,
            Self::Sure(sure) => sure == (quote.speaker.is_some() && !quote.doubtful()),
        }
    }
}

impl Sense {
    /// The sign before a term that has this sense, or none.
    pub(crate) const fn sign(sense: Option<Self>) -> &'static str {
        match sense {
            Some(Self::In) => "[+]",
            Some(Self::Out) => "[-]",
            None => "[ ]",
        }
    }
}

impl Filter {
    pub(crate) fn is_active(&self) -> bool {
        !self.off && !self.terms.is_empty()
    }

    /// Keeps the same people picked where their numbers have changed; who is no longer there falls out.
    pub(crate) fn renumber(&mut self, number: impl Fn(usize) -> Option<usize>) {
        let renumbered = |(term, sense): (&Term, &Sense)| match term {
            Term::Speaker(Some(entity)) => number(*entity).map(|it| (Term::Speaker(Some(it)), *sense)),
            term => Some((*term, *sense)),
        };
        self.terms = self.terms.iter().filter_map(renumbered).collect();
    }

    /// A term goes from neither to in to out.
    pub(crate) fn turn(&mut self, term: Term) {
        self.off = false;
        match self.terms.get(&term) {
            None => self.terms.insert(term, Sense::In),
            Some(Sense::In) => self.terms.insert(term, Sense::Out),
            Some(Sense::Out) => self.terms.remove(&term),
        };
    }

    /// Lets in one term alone of its sort.
    pub(crate) fn only(&mut self, term: Term) {
        self.drop_like(term);
        self.terms.insert(term, Sense::In);
    }

    /// Whether one term of its sort is in, and no other of that sort in or out.
    pub(crate) fn is_only(&self, term: Term) -> bool {
        let mut like = self.terms.iter().filter(|it| it.0.is_like(term));
        like.next() == Some((&term, &Sense::In)) && like.next().is_none()
    }

    /// The one speaker who is in, where no other is in or out.
    pub(crate) fn only_speaker(&self) -> Option<Term> {
        self.terms.keys().copied().find(|it| matches!(it, Term::Speaker(_)) && self.is_only(*it))
    }

    /// Drops every term of the sort of one.
    pub(crate) fn drop_like(&mut self, term: Term) {
        self.off = false;
        self.terms.retain(|it, _| !it.is_like(term));
    }

    /// The quotes that are let through, in reading order.
    pub(crate) fn quotes(&self, findings: &Findings) -> Vec<usize> {
        let all = findings.analysis.quotes.iter().enumerate();
        if !self.is_active() {
            return all.map(|it| it.0).collect();
        }
        let sorts = [Term::Speaker(None), Term::Kind(QuoteKind::Direct), Term::Sure(true)];
        // Every quote of a speaker meets the same speakers: they are asked once.
        let of_speaker = |it: &crate::tui::open_story::findings::Speaker| {
            self.lets(sorts[0], |term| matches!(term, Term::Speaker(who) if findings.is_by(who, it.entity)))
        };
        let speakers: Vec<bool> = findings.speakers.iter().map(of_speaker).collect();
        let through = all.filter(|(number, quote)| {
            findings.speaker_of(*number).is_some_and(|it| speakers[it])
                && sorts[1..].iter().all(|sort| self.lets(*sort, |term| term.meets(findings, quote)))
        });
        through.map(|it| it.0).collect()
    }

    /// Whether something is let through as far as the terms of a sort go: it meets none that is out, and one of those
    /// that are in, if there are any.
    fn lets(&self, sort: Term, meets: impl Fn(Term) -> bool) -> bool {
        let (mut wanted, mut met) = (false, false);
        for (term, sense) in self.terms.iter().filter(|it| it.0.is_like(sort)) {
            match sense {
                Sense::Out if meets(*term) => return false,
                Sense::Out => {}
                Sense::In => {
                    wanted = true;
                    met |= meets(*term);
                }
            }
        }
        met || !wanted
    }

    /// For each block whether a word of a quote that is let through stands in it.
    pub(crate) fn blocks(&self, story: &Story, findings: &Findings, quotes: &[usize]) -> Vec<bool> {
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
    pub(crate) fn shown(&self, through: bool) -> Shown {
        match self.way {
            Way::Fold if !through => Shown::Folded,
            Way::Hide if !through => Shown::Hidden,
            _ => Shown::Whole,
        }
    }

    /// What is let through: `only Kerry, not AFP · direct · folded`, then shorter and shorter; nothing without a term.
    pub(crate) fn words(&self, findings: &Findings) -> Vec<String> {
        if self.terms.is_empty() {
            return Vec::new();
        }
        if self.off {
            return vec!["filter off".into(), "off".into()];
        }
        let way = self.way.word();
        let all = |names: usize| format!("{} · {way}", self.terms_in_words(findings, names));
        vec![all(3), all(1), format!("filter · {way}"), "filter".into()]
    }

    /// The terms by sort, of each sort at most so many.
    fn terms_in_words(&self, findings: &Findings, most: usize) -> String {
        let mut parts = Vec::new();
        for sort in [Term::Speaker(None), Term::Kind(QuoteKind::Direct), Term::Sure(true)] {
            let listed = |sense: Sense| {
                let own = self.terms.iter().filter(|it| it.0.is_like(sort) && *it.1 == sense);
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
                listed(Sense::In).map(|it| format!("{only}{it}")),
                listed(Sense::Out).map(|it| format!("not {it}")),
            ];
            let both: Vec<String> = both.into_iter().flatten().collect();
            if !both.is_empty() {
                parts.push(both.join(", "));
            }
        }
        parts.join(" · ")
    }
}

impl Term {
    fn short_name(self, findings: &Findings) -> &str {
        match self {
            Self::Speaker(entity) => findings.short_name_of(entity),
            Self::Kind(kind) => kind.name(),
            Self::Sure(true) => "sure",
            Self::Sure(false) => "doubtful",
        }
    }
}
