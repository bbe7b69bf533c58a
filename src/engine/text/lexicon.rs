//! The word lists of `assets/lexicon` → what a word may mean: a title, a given name, a country, the head of a body's name.

use std::collections::{HashMap, HashSet};

/// One thing that a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A country, or its usual short form.
    Country,
    /// A continent, sea, state or province.
    Region,
    /// A city.
    City,
    /// A well-known organisation.
    Organisation,
    /// A people, a tongue, a faith or a creed: no name.
    Demonym,
    /// A day, a month, a feast: no name.
    Calendar,
    /// Another capitalised word that is no name.
    Capital,
    /// A given name.
    Given,
    /// A title that tells no office ("Mrs").
    Honorific,
    /// A small word that joins the parts of a name ("von").
    Particle,
    /// A title or an office before a person's name.
    Title,
    /// A body's kind that may stand before "of" ("Ministry").
    BodyOf,
    /// The last word of a body's name.
    BodyEnd,
    /// What a firm's name ends with ("Ltd").
    Firm,
    /// The first word of a place's name ("Lake").
    PlaceBefore,
    /// The last word of a place's name ("River").
    PlaceAfter,
    /// The last word of the name of an event, a law or a work.
    Event,
    /// A common word, in lower case.
    Common,
    /// A word without a meaning of its own ("although"), in lower case.
    Function,
    /// A noun for what somebody is ("minister"), in lower case.
    Role,
    /// A word that may stand before such a noun ("foreign"), in lower case.
    Modifier,
    /// A noun for several people ("researchers"), in lower case.
    Group,
    /// A noun for something written ("report"), in lower case.
    Document,
    /// A noun for an organisation ("company"), in lower case.
    Body,
    /// One of them that suits nearly every organisation.
    AnyBody,
    /// A noun that follows a place's name ("province"), in lower case.
    PlaceNoun,
    /// It tells a man.
    Male,
    /// It tells a woman.
    Female,
}

/// The set of things that a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Senses(u32);

impl Senses {
    /// Whether `sense` is among them.
    pub(crate) const fn has(self, sense: Sense) -> bool {
        self.0 & (1 << sense as u32) != 0
    }

    /// Whether one of `senses` is among them.
    pub(crate) fn any(self, senses: &[Sense]) -> bool {
        senses.iter().any(|it| self.has(*it))
    }

    /// Whether it names a place without more words.
    pub(crate) fn place(self) -> bool {
        self.any(&[Sense::Country, Sense::Region, Sense::City])
    }

    /// Whether nothing is known of the word.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    const fn with(self, sense: Sense) -> Self {
        Self(self.0 | (1 << sense as u32))
    }
}

/// All lists, read once.
#[derive(Debug)]
pub(crate) struct Lexicon {
    senses: HashMap<&'static str, Senses>,
    long_forms: HashMap<&'static str, &'static str>,
    /// The first words of the entries that have several.
    openers: HashSet<&'static str>,
}

/// A list, what each entry of it is, and what a note behind an entry adds.
type List = (&'static str, &'static [Sense], &'static [(&'static str, Sense)]);

const LISTS: &[List] = {
    use Sense::{
        AnyBody, Body, BodyEnd, BodyOf, Calendar, Capital, City, Common, Country, Demonym, Document, Event,
        Female, Firm, Function, Given, Group, Honorific, Male, Modifier, Organisation, Particle, PlaceAfter,
        PlaceBefore, PlaceNoun, Region, Role, Title,
    };
    const SEX: &[(&str, Sense)] = &[("male", Male), ("female", Female)];
    &[
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/bodies.txt")),
            &[Body],
            &[("any", AnyBody)],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/calendar.txt")), &[Calendar], &[]),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/capitals.txt")), &[Capital], &[]),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/cities.txt")), &[City], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/common-words.txt")),
            &[Common],
            &[],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/countries.txt")), &[Country], &[]),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/demonyms.txt")), &[Demonym], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/documents.txt")),
            &[Document],
            &[],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/event-heads.txt")), &[Event], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/function-words.txt")),
            &[Function],
            &[],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/given-names.txt")), &[Given], SEX),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/groups.txt")), &[Group], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/honorifics.txt")),
            &[Honorific],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/organisation-heads.txt")),
            &[],
            &[("of", BodyOf), ("end", BodyEnd), ("firm", Firm)],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/organisations.txt")),
            &[Organisation],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/particles.txt")),
            &[Particle],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/place-heads.txt")),
            &[],
            &[
                ("before", PlaceBefore),
                ("after", PlaceAfter),
                ("both", PlaceBefore),
                ("both", PlaceAfter),
                ("lower", PlaceNoun),
            ],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/regions.txt")), &[Region], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/role-modifiers.txt")),
            &[Modifier],
            &[],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/roles.txt")), &[Role], SEX),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/titles.txt")), &[Title], SEX),
    ]
};

/// The lists whose notes are long forms.
const SHORT: [&str; 2] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/countries.txt")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/organisations.txt")),
];

impl Lexicon {
    /// The lists that are built in.
    pub(crate) fn embedded() -> Self {
        let mut senses: HashMap<&'static str, Senses> = HashMap::with_capacity(24_000);
        for (list, always, notes) in LISTS {
            for (entry, note) in entries(list) {
                let known = senses.entry(entry).or_default();
                let noted = notes.iter().filter(|it| it.0 == note).map(|it| &it.1);
                *known = always.iter().chain(noted).fold(*known, |all, it| all.with(*it));
            }
        }
        let long_forms = SHORT.into_iter().flat_map(entries).filter(|it| !it.1.is_empty()).collect();
        let several = senses.keys().filter_map(|it| it.split_once([' ', '\'']));
        let openers = several.map(|it| it.0).collect();
        Self { senses, long_forms, openers }
    }

    /// What `word` (as the lists write it; several words with single blanks) can be.
    pub(crate) fn senses(&self, word: &str) -> Senses {
        self.senses.get(word).copied().unwrap_or_default()
    }

    /// Whether an entry of several words begins with `word`.
    pub(crate) fn opens(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// The long form of a well-known short one ("UN").
    pub(crate) fn long_form(&self, short: &str) -> Option<&'static str> {
        self.long_forms.get(short).copied()
    }
}

/// The entries of a list, each with its note.
fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = list.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    lines.map(|it| it.split_once(" = ").unwrap_or((it, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sorted_and_says_nothing_twice() {
        for (list, ..) in LISTS {
            let words: Vec<&str> = entries(list).map(|it| it.0).collect();
            for pair in words.windows(2) {
                assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn every_note_means_something() {
        for (list, _, notes) in LISTS.iter().filter(|it| !SHORT.contains(&it.0)) {
            for (entry, note) in entries(list) {
                let known = notes.iter().any(|it| it.0 == note) || matches!(note, "" | "any" | "both");
                assert!(known, "{entry} = {note}");
            }
        }
    }

    #[test]
    fn a_word_can_be_several_things() {
        let lexicon = Lexicon::embedded();
        for (word, senses) in [
            ("Georgia", &[Sense::Country, Sense::Region][..]),
            ("Ministry", &[Sense::BodyOf]),
            ("spokeswoman", &[Sense::Role, Sense::Female]),
            ("Prime Minister", &[Sense::Title]),
            ("John", &[Sense::Given, Sense::Male]),
            ("report", &[Sense::Document, Sense::Common]),
        ] {
            assert!(senses.iter().all(|it| lexicon.senses(word).has(*it)), "{word}");
        }
        assert_eq!(lexicon.long_form("WHO"), Some("World Health Organization"));
        assert!(lexicon.senses("Zzyzx").is_empty());
    }
}
