//! Drafts → names: all mentions of one name vote together, and short names follow the long ones.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::{KindScores, context_scores, initials};
use crate::engine::entities::segmentation::Candidate;

/// A draft with its kind.
pub(crate) struct ResolvedCandidate {
    pub(crate) tokens: Range<usize>,
    pub(crate) title: Option<Range<usize>>,
    pub(crate) kind: EntityKind,
}

/// One name over the whole story.
struct NameStats {
    /// Where it first stands.
    tokens: Range<usize>,
    /// How often it stands in the story.
    mentions: f32,
    /// The votes of its own words: the first mention's whole, of the others
    /// in part what the lists know.
    own_scores: KindScores,
    /// Those of the words around all of its mentions.
    context_scores: KindScores,
    /// Whether some mention of it cannot be a common word under a forced capital.
    is_certain: bool,
}

impl NameStats {
    fn total_scores(&self) -> KindScores {
        self.own_scores + self.context_scores
    }
}

/// The drafts that are names, in their order.
pub(crate) fn resolve_kinds(words: &Features, drafts: Vec<Candidate>) -> Vec<ResolvedCandidate> {
    let keys: Vec<String> = drafts.iter().map(|it| words.phrase(it.tokens.clone())).collect();
    let mut tallies: HashMap<&str, NameStats> = HashMap::new();
    for (draft, key) in drafts.iter().zip(&keys) {
        let tally = tallies.entry(key).or_insert_with(|| NameStats {
            tokens: draft.tokens.clone(),
            mentions: 0.0,
            own_scores: KindScores::zero(),
            context_scores: KindScores::zero(),
            is_certain: false,
        });
        let first = tally.mentions == 0.0;
        let again = KindScores { person: 0.0, ..draft.scores.scaled(0.3) };
        tally.own_scores = tally.own_scores + if first { draft.scores } else { again };
        tally.mentions += 1.0;
        tally.context_scores = tally.context_scores + context_scores(words, &draft.tokens);
        tally.is_certain |= !draft.may_be_common_word || draft.title.is_some();
    }
    let family = NameParts::collect(words, &tallies);
    let kind = |(draft, key): (Candidate, &String)| {
        let tally = tallies.get(key.as_str())?;
        let (kind, weight) = (tally.total_scores() + family.scores_for(words, key, tally)).best();
        let least = if draft.tokens.len() == 1 { 0.9 } else { 0.8 };
        let holds = weight >= least && (tally.is_certain || family.is_part_of_person(key));
        holds.then_some(ResolvedCandidate { tokens: draft.tokens, title: draft.title, kind })
    };
    drafts.into_iter().zip(&keys).filter_map(kind).collect()
}

/// What the long names of a story say about its short ones.
#[derive(Default)]
struct NameParts {
    /// The ends and beginnings of people's names.
    people: HashSet<String>,
    /// The first and last words of bodies' names.
    organizations: HashSet<String>,
    /// The initials of bodies' names.
    initials: HashSet<String>,
}

impl NameParts {
    fn collect(words: &Features, tallies: &HashMap<&str, NameStats>) -> Self {
        let mut family = Self::default();
        for tally in tallies.values().filter(|it| it.tokens.len() > 1) {
            let Range { start, end } = tally.tokens;
            match tally.total_scores().best() {
                (EntityKind::Person, weight) if weight > 1.0 => {
                    for cut in start + 1..end {
                        family.people.insert(words.phrase(cut..end));
                    }
                    family.people.insert(words.phrase(start..start + 1));
                }
                (EntityKind::Organisation, weight) if weight > 1.0 => {
                    family.organizations.insert(words.phrase(start..start + 1));
                    family.organizations.insert(words.phrase(end - 1..end));
                    family.initials.insert(initials(words, &tally.tokens).into_iter().collect());
                }
                _ => {}
            }
        }
        family
    }

    fn is_part_of_person(&self, key: &str) -> bool {
        self.people.contains(key)
    }

    fn scores_for(&self, words: &Features, key: &str, tally: &NameStats) -> KindScores {
        let tokens = &tally.tokens;
        // A surname that is a city's name too gains with each mention what the city gains.
        let person = if self.people.contains(key) {
            KindScores::person(4.0 + tally.mentions)
        } else {
            KindScores::zero()
        };
        let known = words.classes(tokens.start);
        // A first name that no list of places holds is no place: "We sent Pavel."
        let place = tally.own_scores.place > tally.own_scores.organization && !known.is_place();
        let person =
            if place && self.people.contains(key) { person + KindScores::person(4.0) } else { person };
        let body = if tokens.len() == 1 && self.organizations.contains(key) && !known.is_place() {
            KindScores::organization(1.0)
        } else {
            KindScores::zero()
        };
        let short = words.get(tokens.start).is_some_and(|it| it.shape == WordShape::Uppercase);
        let bare: String = key.chars().filter(|it| it.is_alphabetic()).collect();
        let acronym = if short && self.initials.contains(&bare) {
            KindScores::organization(3.0)
        } else {
            KindScores::zero()
        };
        person + body + acronym
    }
}
