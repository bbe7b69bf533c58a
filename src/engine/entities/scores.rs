//! Votes for what a name is, from its own words and from those around it.

use std::ops::{Add, Range};

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Look, Words};
use crate::engine::text::lexicon::{Sense, Senses};
use crate::engine::text::tokens::Class;

/// How much speaks for a person, a body and a place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Votes {
    pub(crate) person: f32,
    pub(crate) body: f32,
    pub(crate) place: f32,
}

impl Votes {
    pub(crate) const fn none() -> Self {
        Self { person: 0.0, body: 0.0, place: 0.0 }
    }

    pub(crate) const fn person(person: f32) -> Self {
        Self { person, ..Self::none() }
    }

    pub(crate) const fn body(body: f32) -> Self {
        Self { body, ..Self::none() }
    }

    pub(crate) const fn place(place: f32) -> Self {
        Self { place, ..Self::none() }
    }

    /// For what the lists say that a name is.
    pub(crate) fn of(senses: Senses, weight: f32) -> Self {
        if senses.has(Sense::Organisation) {
            Self::body(weight)
        } else if senses.place() {
            Self::place(weight)
        } else {
            Self::none()
        }
    }

    /// The kind that most speaks for, and how much.
    pub(crate) fn best(self) -> (EntityKind, f32) {
        let ranked = [
            (EntityKind::Person, self.person),
            (EntityKind::Organisation, self.body),
            (EntityKind::Place, self.place),
        ];
        ranked.into_iter().fold(ranked[0], |best, it| if it.1 > best.1 { it } else { best })
    }

    pub(crate) fn scaled(self, by: f32) -> Self {
        Self { person: self.person * by, body: self.body * by, place: self.place * by }
    }
}

impl Add for Votes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            person: self.person + other.person,
            body: self.body + other.body,
            place: self.place + other.place,
        }
    }
}

/// The votes of the words around a name.
pub(crate) fn around(words: &Words, name: &Range<usize>) -> Votes {
    before(words, name) + after(words, name)
}

fn before(words: &Words, name: &Range<usize>) -> Votes {
    let Some(at) = name.start.checked_sub(1) else { return Votes::none() };
    let (word, senses) = (words.form(at), words.senses(at));
    let place = |weight| Votes { person: -0.2, ..Votes::place(weight) };
    match word {
        "in" | "In" => place(1.8),
        "near" | "across" | "throughout" | "outside" | "Near" | "Outside" => place(1.4),
        "northern" | "southern" | "eastern" | "western" | "central" | "downtown" | "northeastern"
        | "northwestern" | "southeastern" | "southwestern" | "mainland" | "neighboring" | "neighbouring" => {
            place(2.5)
        }
        "from" | "around" | "visiting" => place(0.7),
        "to" | "into" | "towards" | "toward" | "via" => place(0.5),
        "at" => Votes { person: -0.3, body: 0.5, place: 0.5 },
        "the" | "The" => Votes { person: -1.6, body: 1.0, place: 0.2 },
        // "a poll by Delta Survey".
        "by" if at > 0 && words.small(at - 1).has(Sense::Document) => Votes::body(1.5),
        "by" | "with" | "told" | "when" | "that" | "named" | "because" | "while" => Votes::person(0.4),
        "capital" | "city" | "town" | "village" | "province" | "island" => place(1.5),
        "'s" | "’s" => Votes::person(0.2),
        _ if senses.any(&[Sense::Male, Sense::Female]) && senses.has(Sense::Role) => Votes::person(3.0),
        _ if senses.has(Sense::Role) => Votes { body: -0.5, ..Votes::person(2.5) },
        _ if apposed(word) && name.len() == 1 => Votes::body(5.0),
        _ if senses.has(Sense::Body) => Votes::body(1.5),
        _ => Votes::none(),
    }
}

/// Whether a noun in lower case is often followed by the one body that it means: "the newspaper Milenio".
fn apposed(word: &str) -> bool {
    const NOUNS: &[&str] = &[
        "agency",
        "broadcaster",
        "channel",
        "charity",
        "company",
        "daily",
        "firm",
        "magazine",
        "newspaper",
        "outlet",
        "portal",
        "site",
        "startup",
        "tabloid",
        "website",
        "weekly",
    ];
    NOUNS.binary_search(&word).is_ok()
}

fn after(words: &Words, name: &Range<usize>) -> Votes {
    let (at, next) = (name.end, name.end + 1);
    let senses = words.senses(at);
    match words.form(at) {
        "said" | "says" | "told" | "added" | "explained" | "tweeted" | "insisted" | "recalled" | "argued"
        | "noted" => Votes { person: 1.2, body: 0.5, place: -0.5 },
        "who" | "whose" => Votes::person(2.0),
        "was" | "has" | "had" | "is" => Votes { person: 0.3, body: 0.1, place: 0.0 },
        // "Karvia's Fisheries Minister" serves a place, unless whoever owns him has a known name.
        "'s" | "’s"
            if name.len() == 1 && minister(words, next) && !words.senses(name.start).has(Sense::Given) =>
        {
            Votes { person: -2.5, body: 0.0, place: 5.0 }
        }
        "," => after_comma(words, name, next),
        "(" if acronym_of(words, name, next) => Votes::body(2.5),
        _ if senses.has(Sense::PlaceNoun) && !senses.has(Sense::Body) => Votes::place(1.4),
        _ if senses.has(Sense::Body) => Votes { body: 1.2, ..Votes::place(0.3) },
        _ if senses.any(&[Sense::Role, Sense::Group]) && !words.capital(at) => {
            Votes { body: 1.2, person: -0.8, place: 0.4 }
        }
        _ => Votes::none(),
    }
}

/// Whether an office of a state begins at `at`: "Fisheries Minister", "President".
fn minister(words: &Words, at: usize) -> bool {
    const OFFICES: &[&str] =
        &["Ambassador", "Chancellor", "King", "Minister", "Premier", "President", "Queen"];
    let capitals = (at..at + 4).take_while(|it| words.capital(*it));
    capitals.into_iter().any(|it| OFFICES.binary_search(&words.form(it)).is_ok())
}

fn after_comma(words: &Words, name: &Range<usize>, at: usize) -> Votes {
    let number = words.sheet.tokens.get(at).is_some_and(|it| it.class == Class::Number);
    let aged = number && words.form(at).len() <= 2 && matches!(words.form(at + 1), "," | "." | "and");
    if aged || matches!(words.form(at), "who" | "whose" | "aged") {
        return Votes::person(2.5);
    }
    let article = usize::from(matches!(words.form(at), "a" | "an" | "the" | "his" | "her"));
    let title = (at + article..at + article + 4)
        .take_while(|it| words.form(*it) != ",")
        .any(|it| words.senses(it).has(Sense::Role) && !words.senses(it).has(Sense::Given));
    if title {
        return Votes { place: -0.3, ..Votes::person(1.5) };
    }
    let single = name.len() <= 3;
    if single && words.senses(at).place() && words.get(at).is_some_and(|it| !it.forced) {
        return Votes::place(1.2);
    }
    Votes::none()
}

/// Whether an acronym of the name stands at `at`: "Harbour Rail Union (HRU)".
pub(crate) fn acronym_of(words: &Words, name: &Range<usize>, at: usize) -> bool {
    let Some(word) = words.get(at).filter(|it| it.look == Look::Upper) else { return false };
    let short: Vec<char> = word.form.chars().filter(|it| it.is_alphabetic()).collect();
    name.len() > 1 && initials(words, name).first() == short.first() && short.len() <= name.len() + 1
}

/// The initials of a name's capitalised words.
pub(crate) fn initials(words: &Words, name: &Range<usize>) -> Vec<char> {
    let capitals = name.clone().filter(|it| words.capital(*it));
    capitals.filter_map(|it| words.form(it).chars().next()).collect()
}
