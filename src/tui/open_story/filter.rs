//! The filter: which quotes are shown, by speaker, kind, certainty and confidence, and how the rest of the story appears.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem::discriminant;

use pullquote::analysis::{Quote, QuoteKind};
use pullquote::story::Story;

pub(crate) use crate::config::settings::FilterDisplay;
use crate::tui::layout::page::Visibility;
use crate::tui::open_story::findings::{Findings, Speaker};
use crate::tui::text::width::truncate;

/// A property by which quotes are included or excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Criterion {
    /// Said by an entity; `None` stands for the unknown speakers.
    Speaker(Option<usize>),
    /// Of a kind: direct, partial or paraphrase.
    Kind(QuoteKind),
    /// Attributed with certainty, or not.
    Certain(bool),
    /// Of a confidence of at least this many per cent.
    MinConfidence(u8),
}

/// The confidence in per cent that the filter panel lists.
pub(crate) const LISTED_CONFIDENCE: u8 = 80;

/// The confidences in per cent that a key goes through.
pub(crate) const CONFIDENCE_STEPS: [u8; 4] = [50, 70, 80, 90];

/// The columns of a name in a short description of a filter, the widest first.
const CUT_NAME_COLUMNS: [usize; 2] = [24, 12];

/// One criterion of each kind, in the order in which a filter is described.
const KINDS: [Criterion; 4] = [
    Criterion::Speaker(None),
    Criterion::Kind(QuoteKind::Direct),
    Criterion::Certain(true),
    Criterion::MinConfidence(0),
];

/// The kinds that stand in quotation marks.
pub(crate) const QUOTATIONS: [Criterion; 2] =
    [Criterion::Kind(QuoteKind::Direct), Criterion::Kind(QuoteKind::Mixed)];

/// What a filter does with the quotes that match a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inclusion {
    /// Only quotes that match it, or another included criterion of its kind, are shown.
    Include,
    /// Quotes that match it are not shown.
    Exclude,
}

/// The criteria by which quotes are shown. Without criteria all quotes are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// What is done with each criterion; those without an effect are not in the map.
    pub(crate) criteria: BTreeMap<Criterion, Inclusion>,
    /// Whether the filter is turned off; it keeps its criteria.
    pub(crate) is_off: bool,
    /// How the paragraphs without an allowed quote appear.
    pub(crate) display: FilterDisplay,
}

/// A story and its findings, with what the filter allows of them.
#[derive(Clone, Copy)]
pub(crate) struct FilteredStory<'a> {
    pub(crate) story: &'a Story,
    pub(crate) findings: &'a Findings,
    pub(crate) filter: &'a Filter,
    /// For each block, whether the filter allows it.
    pub(crate) allowed_blocks: &'a [bool],
    /// The quotes that the filter allows, in reading order.
    pub(crate) allowed_quotes: &'a [usize],
}

impl FilteredStory<'_> {
    /// Returns whether the filter allows a quote.
    pub(crate) fn allows(&self, quote: usize) -> bool {
        self.allowed_quotes.binary_search(&quote).is_ok()
    }

    /// Returns how the rest appears; `None` while the filter is inactive.
    pub(crate) fn active_display(&self) -> Option<FilterDisplay> {
        self.filter.is_active().then_some(self.filter.display)
    }
}

impl Criterion {
    /// Returns all criteria for a story: its speakers by their first quote, those behind them, the kinds,
    /// the certainty, the confidence.
    pub(crate) fn all(findings: &Findings) -> Vec<Self> {
        let speakers = findings.speakers.iter().map(|it| it.entity);
        let behind = findings.entities_behind_speakers().into_iter().map(Some);
        let speakers = speakers.chain(behind).map(Self::Speaker);
        let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(Self::Kind);
        let confidences = [Self::MinConfidence(LISTED_CONFIDENCE)];
        speakers.chain(kinds).chain([true, false].map(Self::Certain)).chain(confidences).collect()
    }

    /// Returns the name of the criterion in the filter panel.
    pub(crate) fn name(self, findings: &Findings) -> Cow<'_, str> {
        match self {
            Self::Speaker(entity) => findings.entity_name(entity).into(),
            Self::Kind(kind) => kind.plural().into(),
            Self::Certain(true) => "certain speaker".into(),
            Self::Certain(false) => "uncertain speaker".into(),
            Self::MinConfidence(percent) => format!("{percent} % confidence or more").into(),
        }
    }

    /// Returns whether two criteria are of the same kind: two speakers, two quote kinds, two certainties or two confidences.
    pub(crate) fn is_same_kind(self, other: Self) -> bool {
        discriminant(&self) == discriminant(&other)
    }

    /// Returns whether a quote matches. What a group says is also said by each of its members, what somebody says
    /// for an organisation by the organisation, and what a document says by its issuer.
    pub(crate) fn matches(self, findings: &Findings, quote: &Quote) -> bool {
        match self {
            Self::Speaker(entity) => findings.is_said_by(entity, quote.speaker),
            Self::Kind(kind) => quote.kind == kind,
            Self::Certain(is_certain) => is_certain == (quote.speaker.is_some() && !quote.is_doubtful()),
            Self::MinConfidence(percent) => confidence_percent(quote) >= percent,
        }
    }
}

/// Returns the confidence of a quote in whole per cent, rounded down: what is shown as 80 % is not below 80 %.
pub(crate) fn confidence_percent(quote: &Quote) -> u8 {
    // 0.57 is a little less than that as a number of 32 bits.
    const TOLERANCE: f32 = 0.001;
    (quote.confidence * 100.0 + TOLERANCE) as u8
}

impl Inclusion {
    /// Returns the symbol in front of a criterion in the filter panel.
    pub(crate) const fn symbol(inclusion: Option<Self>) -> &'static str {
        match inclusion {
            Some(Self::Include) => "[+]",
            Some(Self::Exclude) => "[-]",
            None => "[ ]",
        }
    }
}

impl Filter {
    /// Returns whether the filter is on and has criteria.
    pub(crate) fn is_active(&self) -> bool {
        !self.is_off && !self.criteria.is_empty()
    }

    /// Returns whether the rest of the story stays in its place, if dimmed.
    pub(crate) fn shows_all(&self) -> bool {
        !self.is_active() || self.display == FilterDisplay::Dim
    }

    /// Gives the entities their new numbers; a criterion for an entity without a new number is removed.
    pub(crate) fn renumber(&mut self, number: impl Fn(usize) -> Option<usize>) {
        let renumbered = |(criterion, inclusion): (&Criterion, &Inclusion)| match criterion {
            Criterion::Speaker(Some(entity)) => {
                number(*entity).map(|it| (Criterion::Speaker(Some(it)), *inclusion))
            }
            criterion => Some((*criterion, *inclusion)),
        };
        self.criteria = self.criteria.iter().filter_map(renumbered).collect();
    }

    /// Moves a criterion on from no effect to included to excluded to no effect, and turns the filter on.
    pub(crate) fn cycle(&mut self, criterion: Criterion) {
        self.is_off = false;
        match self.criteria.get(&criterion) {
            None => self.criteria.insert(criterion, Inclusion::Include),
            Some(Inclusion::Include) => self.criteria.insert(criterion, Inclusion::Exclude),
            Some(Inclusion::Exclude) => self.criteria.remove(&criterion),
        };
    }

    /// Empties a filter that is off: a new one does not bring back what was turned off.
    pub(crate) fn forget_if_off(&mut self) {
        if self.is_off {
            self.criteria.clear();
            self.is_off = false;
        }
    }

    /// Includes a criterion and removes all others of its kind.
    pub(crate) fn include_only(&mut self, criterion: Criterion) {
        self.remove_kind(criterion);
        self.criteria.insert(criterion, Inclusion::Include);
    }

    /// Returns whether a criterion is included and no other of its kind is in the filter.
    pub(crate) fn includes_only(&self, criterion: Criterion) -> bool {
        let mut like = self.criteria.iter().filter(|it| it.0.is_same_kind(criterion));
        like.next() == Some((&criterion, &Inclusion::Include)) && like.next().is_none()
    }

    /// Returns whether the criteria of one kind that are in the filter are these, all included.
    pub(crate) fn includes_exactly(&self, criteria: &[Criterion]) -> bool {
        let like = self.criteria.iter().filter(|it| criteria.iter().any(|own| own.is_same_kind(*it.0)));
        like.clone().count() == criteria.len()
            && like.into_iter().all(|it| criteria.contains(it.0) && *it.1 == Inclusion::Include)
    }

    /// Returns the least confidence in per cent of the quotes that are shown, if there is one.
    pub(crate) fn min_confidence(&self) -> Option<u8> {
        self.criteria.iter().find_map(|it| match it {
            (Criterion::MinConfidence(percent), Inclusion::Include) => Some(*percent),
            _ => None,
        })
    }

    /// Returns the filter with another least confidence in per cent; 0 stands for none.
    pub(crate) fn with_min_confidence(&self, percent: u8) -> Self {
        let mut filter = self.clone();
        filter.remove_kind(Criterion::MinConfidence(percent));
        if percent > 0 {
            filter.criteria.insert(Criterion::MinConfidence(percent), Inclusion::Include);
        }
        filter
    }

    /// Returns the only speaker in the filter, if that one is included.
    pub(crate) fn only_included_speaker(&self) -> Option<Criterion> {
        self.criteria
            .keys()
            .copied()
            .find(|it| matches!(it, Criterion::Speaker(_)) && self.includes_only(*it))
    }

    /// Removes all criteria of the kind of this one, and turns the filter on.
    pub(crate) fn remove_kind(&mut self, criterion: Criterion) {
        self.is_off = false;
        self.criteria.retain(|it, _| !it.is_same_kind(criterion));
    }

    /// Returns the quotes that the filter allows, in reading order.
    pub(crate) fn allowed_quotes(&self, findings: &Findings) -> Vec<usize> {
        let all = findings.analysis.quotes.iter().enumerate();
        if !self.is_active() {
            return all.map(|it| it.0).collect();
        }
        // All quotes of a speaker match the same speaker criteria, so that these are tested once a speaker.
        let of_speaker = |speaker: &Speaker| {
            let includes = |entity| findings.is_said_by(entity, speaker.entity);
            self.allows(
                KINDS[0],
                |criterion| matches!(criterion, Criterion::Speaker(entity) if includes(entity)),
            )
        };
        let speakers: Vec<bool> = findings.speakers.iter().map(of_speaker).collect();
        // A kind without criteria allows all quotes.
        let has_criteria = |kind: &Criterion| self.criteria.keys().any(|it| it.is_same_kind(*kind));
        let kinds: Vec<Criterion> = KINDS[1..].iter().copied().filter(has_criteria).collect();
        let allowed = all.filter(|(number, quote)| {
            findings.speaker_of(*number).is_some_and(|it| speakers[it])
                && kinds.iter().all(|kind| self.allows(*kind, |criterion| criterion.matches(findings, quote)))
        });
        allowed.map(|it| it.0).collect()
    }

    /// Returns whether the criteria of one kind allow something.
    ///
    /// It matches no excluded criterion, and one of the included ones if there are any.
    fn allows(&self, kind: Criterion, matches: impl Fn(Criterion) -> bool) -> bool {
        let (mut has_included, mut is_included) = (false, false);
        for (criterion, inclusion) in self.criteria.iter().filter(|it| it.0.is_same_kind(kind)) {
            match inclusion {
                Inclusion::Exclude if matches(*criterion) => return false,
                Inclusion::Exclude => {}
                Inclusion::Include => {
                    has_included = true;
                    is_included |= matches(*criterion);
                }
            }
        }
        is_included || !has_included
    }

    /// Returns for each block whether it contains part of an allowed quote, itself or in a repetition.
    pub(crate) fn allowed_blocks(&self, story: &Story, findings: &Findings, quotes: &[usize]) -> Vec<bool> {
        if !self.is_active() {
            return vec![true; story.blocks().len()];
        }
        let mut allowed = vec![false; story.blocks().len()];
        let ends_before = |block: usize, offset: usize| story.blocks()[block].span.end <= offset;
        let mut first = 0;
        for quote in quotes.iter().filter_map(|it| findings.quote(*it)) {
            let extent = quote.extent();
            // The quotes are in reading order, so that the block is seldom searched for.
            if first > 0 && !ends_before(first - 1, extent.start) {
                first = story.blocks().partition_point(|it| it.span.end <= extent.start);
            }
            while first < story.blocks().len() && ends_before(first, extent.start) {
                first += 1;
            }
            let blocks = story.blocks().iter().enumerate().skip(first);
            for (number, block) in blocks.take_while(|it| it.1.span.start < extent.end) {
                allowed[number] = true;
                if let Some(original) = block.repeats.and_then(|it| allowed.get_mut(it)) {
                    *original = true;
                }
            }
        }
        allowed
    }

    /// Returns how a block appears that the filter allows, or does not allow.
    pub(crate) fn visibility(&self, is_allowed: bool) -> Visibility {
        match self.display {
            FilterDisplay::Fold if !is_allowed => Visibility::Folded,
            FilterDisplay::Hide if !is_allowed => Visibility::Hidden,
            _ => Visibility::Visible,
        }
    }

    /// Returns what the filter allows, from the longest to the shortest form; empty without criteria.
    ///
    /// The longest form is "only Kerry, not AFP · direct · rest folded".
    pub(crate) fn summaries(&self, findings: &Findings) -> Vec<String> {
        if !self.is_active() {
            return Vec::new();
        }
        let display = self.display.participle();
        let criteria = |max_names| self.describe_criteria(max_names, |it| it.short_name(findings));
        let all = |names: usize| format!("{} · rest {display}", criteria(names));
        let short = format!("{} · {display}", criteria(1));
        let cut = |columns: usize| {
            let name = |it: Criterion| truncate(&it.short_name(findings), columns).into_owned().into();
            format!("{} · {display}", self.describe_criteria(1, name))
        };
        let cut = CUT_NAME_COLUMNS.map(cut);
        let general = [format!("filter · {display}"), "filter".into()];
        [all(3), all(1), short].into_iter().chain(cut).chain(general).collect()
    }

    /// Returns the filter in full for screen readers, with what becomes of the rest; `None` without criteria.
    pub(crate) fn spoken(&self, findings: &Findings) -> Option<String> {
        match (self.criteria.is_empty(), self.is_off) {
            (true, _) => None,
            (_, true) => Some("filter off".into()),
            _ => Some(format!("{} · rest {}", self.description(findings), self.display.participle())),
        }
    }

    /// Returns the criteria in full: "only John Kerry, not AFP · direct quotes".
    pub(crate) fn description(&self, findings: &Findings) -> String {
        self.describe_criteria(usize::MAX, |it| it.name(findings))
    }

    /// Returns the criteria by kind, with at most `max_names` of each kind. `name` gives the name of a criterion.
    fn describe_criteria<'a>(&self, max_names: usize, name: impl Fn(Criterion) -> Cow<'a, str>) -> String {
        let mut parts = Vec::new();
        for kind in KINDS {
            let listed = |inclusion: Inclusion| {
                let own = self.criteria.iter().filter(|it| it.0.is_same_kind(kind) && *it.1 == inclusion);
                // Direct and partial quotes together have a name of their own.
                let is_quotations = inclusion == Inclusion::Include && self.includes_exactly(&QUOTATIONS);
                let names: Vec<Cow<str>> = if is_quotations && kind.is_same_kind(QUOTATIONS[0]) {
                    vec!["quotations".into()]
                } else {
                    own.map(|it| name(*it.0)).collect()
                };
                match names.len() {
                    0 => None,
                    many if many <= max_names => Some(names.join(", ")),
                    many => Some(format!("{} +{}", names[..max_names].join(", "), many - max_names)),
                }
            };
            // The first part begins with "only", so that the user sees that it is a filter.
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
    /// Returns the name of the criterion in the status bar.
    fn short_name(self, findings: &Findings) -> Cow<'_, str> {
        match self {
            Self::Speaker(entity) => findings.short_entity_name(entity).into(),
            Self::Kind(kind) => kind.name().into(),
            Self::Certain(true) => "certain".into(),
            Self::Certain(false) => "uncertain".into(),
            Self::MinConfidence(percent) => format!("≥ {percent} %").into(),
        }
    }
}
