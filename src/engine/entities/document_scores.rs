//! Drafts → names: all mentions of one name vote together, and short names follow the long ones.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Look, Words};
use crate::engine::entities::scores::{Votes, around, initials};
use crate::engine::entities::segmentation::Draft;

/// A draft with its kind.
pub(crate) struct Judged {
    pub(crate) tokens: Range<usize>,
    pub(crate) title: Option<Range<usize>>,
    pub(crate) kind: EntityKind,
}

/// One name over the whole story.
struct Tally {
    /// Where it first stands.
    tokens: Range<usize>,
    /// How often it stands in the story.
    mentions: f32,
    /// The votes of its own words: the first mention's whole, of the others
    /// in part what the lists know.
    own: Votes,
    /// Those of the words around all of its mentions.
    around: Votes,
    /// Whether some mention of it cannot be a common word under a forced capital.
    certain: bool,
}

impl Tally {
    fn votes(&self) -> Votes {
        self.own + self.around
    }
}

/// The drafts that are names, in their order.
pub(crate) fn judged(words: &Words, drafts: Vec<Draft>) -> Vec<Judged> {
    let keys: Vec<String> = drafts.iter().map(|it| words.phrase(it.tokens.clone())).collect();
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    for (draft, key) in drafts.iter().zip(&keys) {
        let tally = tallies.entry(key).or_insert_with(|| Tally {
            tokens: draft.tokens.clone(),
            mentions: 0.0,
            own: Votes::none(),
            around: Votes::none(),
            certain: false,
        });
        let first = tally.mentions == 0.0;
        let again = Votes { person: 0.0, ..draft.votes.scaled(0.3) };
        tally.own = tally.own + if first { draft.votes } else { again };
        tally.mentions += 1.0;
        tally.around = tally.around + around(words, &draft.tokens);
        tally.certain |= !draft.plain || draft.title.is_some();
    }
    let family = Family::of(words, &tallies);
    let kind = |(draft, key): (Draft, &String)| {
        let tally = tallies.get(key.as_str())?;
        let (kind, weight) = (tally.votes() + family.votes(words, key, tally)).best();
        let least = if draft.tokens.len() == 1 { 0.9 } else { 0.8 };
        let holds = weight >= least && (tally.certain || family.knows(key));
        holds.then_some(Judged { tokens: draft.tokens, title: draft.title, kind })
    };
    drafts.into_iter().zip(&keys).filter_map(kind).collect()
}

/// What the long names of a story say about its short ones.
#[derive(Default)]
struct Family {
    /// The ends and beginnings of people's names.
    people: HashSet<String>,
    /// The first and last words of bodies' names.
    bodies: HashSet<String>,
    /// The initials of bodies' names.
    initials: HashSet<String>,
}

impl Family {
    fn of(words: &Words, tallies: &HashMap<&str, Tally>) -> Self {
        let mut family = Self::default();
        for tally in tallies.values().filter(|it| it.tokens.len() > 1) {
            let Range { start, end } = tally.tokens;
            match tally.votes().best() {
                (EntityKind::Person, weight) if weight > 1.0 => {
                    for cut in start + 1..end {
                        family.people.insert(words.phrase(cut..end));
                    }
                    family.people.insert(words.phrase(start..start + 1));
                }
                (EntityKind::Organisation, weight) if weight > 1.0 => {
                    family.bodies.insert(words.phrase(start..start + 1));
                    family.bodies.insert(words.phrase(end - 1..end));
                    family.initials.insert(initials(words, &tally.tokens).into_iter().collect());
                }
                _ => {}
            }
        }
        family
    }

    fn knows(&self, key: &str) -> bool {
        self.people.contains(key)
    }

    fn votes(&self, words: &Words, key: &str, tally: &Tally) -> Votes {
        let tokens = &tally.tokens;
        // A surname that is a city's name too gains with each mention what the city gains.
        let person =
            if self.people.contains(key) { Votes::person(4.0 + tally.mentions) } else { Votes::none() };
        let known = words.senses(tokens.start);
        // A first name that no list of places holds is no place: "We sent Pavel."
        let place = tally.own.place > tally.own.body && !known.place();
        let person = if place && self.people.contains(key) { person + Votes::person(4.0) } else { person };
        let body = if tokens.len() == 1 && self.bodies.contains(key) && !known.place() {
            Votes::body(1.0)
        } else {
            Votes::none()
        };
        let short = words.get(tokens.start).is_some_and(|it| it.look == Look::Upper);
        let bare: String = key.chars().filter(|it| it.is_alphabetic()).collect();
        let acronym = if short && self.initials.contains(&bare) { Votes::body(3.0) } else { Votes::none() };
        person + body + acronym
    }
}
