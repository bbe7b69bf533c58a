//! Votes for what a name is, from its own words and from those around it.

use std::ops::{Add, Range};

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::text::lexicon::{LexicalClass, LexicalClasses};
use crate::engine::text::tokens::TokenKind;

/// How much speaks for a person, a body and a place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct KindScores {
    pub(crate) person: f32,
    pub(crate) organization: f32,
    pub(crate) place: f32,
}

impl KindScores {
    pub(crate) const fn zero() -> Self {
        Self { person: 0.0, organization: 0.0, place: 0.0 }
    }

    pub(crate) const fn person(person: f32) -> Self {
        Self { person, ..Self::zero() }
    }

    pub(crate) const fn organization(organization: f32) -> Self {
        Self { organization, ..Self::zero() }
    }

    pub(crate) const fn place(place: f32) -> Self {
        Self { place, ..Self::zero() }
    }

    /// For what the lists say that a name is.
    pub(crate) fn from_classes(senses: LexicalClasses, weight: f32) -> Self {
        if senses.has(LexicalClass::Organization) {
            Self::organization(weight)
        } else if senses.is_place() {
            Self::place(weight)
        } else {
            Self::zero()
        }
    }

    /// The kind that most speaks for, and how much.
    pub(crate) fn best(self) -> (EntityKind, f32) {
        let ranked = [
            (EntityKind::Person, self.person),
            (EntityKind::Organisation, self.organization),
            (EntityKind::Place, self.place),
        ];
        ranked.into_iter().fold(ranked[0], |best, it| if it.1 > best.1 { it } else { best })
    }

    pub(crate) fn scaled(self, by: f32) -> Self {
        Self { person: self.person * by, organization: self.organization * by, place: self.place * by }
    }
}

impl Add for KindScores {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            person: self.person + other.person,
            organization: self.organization + other.organization,
            place: self.place + other.place,
        }
    }
}

/// The votes of the words around a name.
pub(crate) fn context_scores(words: &Features, name: &Range<usize>) -> KindScores {
    scores_from_left(words, name) + scores_from_right(words, name)
}

fn scores_from_left(words: &Features, name: &Range<usize>) -> KindScores {
    let Some(at) = name.start.checked_sub(1) else { return KindScores::zero() };
    let (word, senses) = (words.form(at), words.classes(at));
    let place = |weight| KindScores { person: -0.2, ..KindScores::place(weight) };
    match word {
        "in" | "In" => place(1.8),
        "near" | "across" | "throughout" | "outside" | "Near" | "Outside" => place(1.4),
        "northern" | "southern" | "eastern" | "western" | "central" | "downtown" | "northeastern"
        | "northwestern" | "southeastern" | "southwestern" | "mainland" | "neighboring" | "neighbouring" => {
            place(2.5)
        }
        "from" | "around" | "visiting" => place(0.7),
        "to" | "into" | "towards" | "toward" | "via" => place(0.5),
        "at" => KindScores { person: -0.3, organization: 0.5, place: 0.5 },
        "the" | "The" => KindScores { person: -1.6, organization: 1.0, place: 0.2 },
        // "a poll by Delta Survey".
        "by" if at > 0 && words.lowercase_classes(at - 1).has(LexicalClass::DocumentNoun) => {
            KindScores::organization(1.5)
        }
        "by" | "with" | "told" | "when" | "that" | "named" | "because" | "while" => KindScores::person(0.4),
        "capital" | "city" | "town" | "village" | "province" | "island" => place(1.5),
        "'s" | "’s" => KindScores::person(0.2),
        _ if senses.any(&[LexicalClass::Male, LexicalClass::Female])
            && senses.has(LexicalClass::RoleNoun) =>
        {
            KindScores::person(3.0)
        }
        _ if senses.has(LexicalClass::RoleNoun) => {
            KindScores { organization: -0.5, ..KindScores::person(2.5) }
        }
        _ if is_apposed_org_noun(word) && name.len() == 1 => KindScores::organization(5.0),
        _ if senses.has(LexicalClass::OrgNoun) => KindScores::organization(1.5),
        _ => KindScores::zero(),
    }
}

/// Whether a noun in lower case is often followed by the one body that it means: "the newspaper Milenio".
fn is_apposed_org_noun(word: &str) -> bool {
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

fn scores_from_right(words: &Features, name: &Range<usize>) -> KindScores {
    let (at, next) = (name.end, name.end + 1);
    let senses = words.classes(at);
    match words.form(at) {
        "said" | "says" | "told" | "added" | "explained" | "tweeted" | "insisted" | "recalled" | "argued"
        | "noted" => KindScores { person: 1.2, organization: 0.5, place: -0.5 },
        "who" | "whose" => KindScores::person(2.0),
        "was" | "has" | "had" | "is" => KindScores { person: 0.3, organization: 0.1, place: 0.0 },
        // "Karvia's Fisheries Minister" serves a place, unless whoever owns him has a known name.
        "'s" | "’s"
            if name.len() == 1
                && is_state_office(words, next)
                && !words.classes(name.start).has(LexicalClass::GivenName) =>
        {
            KindScores { person: -2.5, organization: 0.0, place: 5.0 }
        }
        "," => scores_after_comma(words, name, next),
        "(" if is_acronym_of(words, name, next) => KindScores::organization(2.5),
        _ if senses.has(LexicalClass::PlaceNoun) && !senses.has(LexicalClass::OrgNoun) => {
            KindScores::place(1.4)
        }
        _ if senses.has(LexicalClass::OrgNoun) => KindScores { organization: 1.2, ..KindScores::place(0.3) },
        _ if senses.any(&[LexicalClass::RoleNoun, LexicalClass::GroupNoun]) && !words.is_capitalized(at) => {
            KindScores { organization: 1.2, person: -0.8, place: 0.4 }
        }
        _ => KindScores::zero(),
    }
}

/// Whether an office of a state begins at `at`: "Fisheries Minister", "President".
fn is_state_office(words: &Features, at: usize) -> bool {
    const OFFICES: &[&str] =
        &["Ambassador", "Chancellor", "King", "Minister", "Premier", "President", "Queen"];
    let capitals = (at..at + 4).take_while(|it| words.is_capitalized(*it));
    capitals.into_iter().any(|it| OFFICES.binary_search(&words.form(it)).is_ok())
}

fn scores_after_comma(words: &Features, name: &Range<usize>, at: usize) -> KindScores {
    let number = words.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
    let aged = number && words.form(at).len() <= 2 && matches!(words.form(at + 1), "," | "." | "and");
    if aged || matches!(words.form(at), "who" | "whose" | "aged") {
        return KindScores::person(2.5);
    }
    let article = usize::from(matches!(words.form(at), "a" | "an" | "the" | "his" | "her"));
    let title = (at + article..at + article + 4).take_while(|it| words.form(*it) != ",").any(|it| {
        words.classes(it).has(LexicalClass::RoleNoun) && !words.classes(it).has(LexicalClass::GivenName)
    });
    if title {
        return KindScores { place: -0.3, ..KindScores::person(1.5) };
    }
    let single = name.len() <= 3;
    if single && words.classes(at).is_place() && words.get(at).is_some_and(|it| !it.is_capital_forced) {
        return KindScores::place(1.2);
    }
    KindScores::zero()
}

/// Whether an acronym of the name stands at `at`: "Harbour Rail Union (HRU)".
pub(crate) fn is_acronym_of(words: &Features, name: &Range<usize>, at: usize) -> bool {
    let Some(word) = words.get(at).filter(|it| it.shape == WordShape::Uppercase) else { return false };
    let short: Vec<char> = word.form.chars().filter(|it| it.is_alphabetic()).collect();
    name.len() > 1 && initials(words, name).first() == short.first() && short.len() <= name.len() + 1
}

/// The initials of a name's capitalised words.
pub(crate) fn initials(words: &Features, name: &Range<usize>) -> Vec<char> {
    let capitals = name.clone().filter(|it| words.is_capitalized(*it));
    capitals.filter_map(|it| words.form(it).chars().next()).collect()
}
