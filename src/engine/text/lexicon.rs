//! The word lists of `assets/lexicon` → what a word may mean: a title, a given name, a country, the head of a body's name.

use std::collections::{HashMap, HashSet};

/// One thing that a word can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LexicalClass {
    /// A country, or its usual short form.
    Country,
    /// A continent, sea, state or province.
    Region,
    /// A city.
    City,
    /// A well-known organisation.
    Organization,
    /// A people, a tongue, a faith or a creed: no name.
    Demonym,
    /// A day, a month, a feast: no name.
    Calendar,
    /// Another capitalised word that is no name.
    CapitalizedNonName,
    /// A given name.
    GivenName,
    /// A title that tells no office ("Mrs").
    Honorific,
    /// A small word that joins the parts of a name ("von").
    NameParticle,
    /// A title or an office before a person's name.
    Title,
    /// A body's kind that may stand before "of" ("Ministry").
    OrgHeadOf,
    /// The last word of a body's name.
    OrgHead,
    /// What a firm's name ends with ("Ltd").
    CompanySuffix,
    /// The first word of a place's name ("Lake").
    PlacePrefix,
    /// The last word of a place's name ("River").
    PlaceSuffix,
    /// The last word of the name of an event, a law or a work.
    EventHead,
    /// A common word, in lower case.
    CommonWord,
    /// A word without a meaning of its own ("although"), in lower case.
    FunctionWord,
    /// A noun for what somebody is ("minister"), in lower case.
    RoleNoun,
    /// A word that may stand before such a noun ("foreign"), in lower case.
    RoleModifier,
    /// A noun for several people ("researchers"), in lower case.
    GroupNoun,
    /// A noun for something written ("report"), in lower case.
    DocumentNoun,
    /// A noun for an organisation ("company"), in lower case.
    OrgNoun,
    /// One of them that suits nearly every organisation.
    GenericOrgNoun,
    /// A noun that follows a place's name ("province"), in lower case.
    PlaceNoun,
    /// It tells a man.
    Male,
    /// It tells a woman.
    Female,
}

/// The set of things that a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LexicalClasses(u32);

impl LexicalClasses {
    /// Whether `sense` is among them.
    pub(crate) const fn has(self, sense: LexicalClass) -> bool {
        self.0 & (1 << sense as u32) != 0
    }

    /// Whether one of `senses` is among them.
    pub(crate) fn any(self, senses: &[LexicalClass]) -> bool {
        senses.iter().any(|it| self.has(*it))
    }

    /// Whether it names a place without more words.
    pub(crate) fn is_place(self) -> bool {
        self.any(&[LexicalClass::Country, LexicalClass::Region, LexicalClass::City])
    }

    /// Whether nothing is known of the word.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    const fn with(self, sense: LexicalClass) -> Self {
        Self(self.0 | (1 << sense as u32))
    }
}

/// All lists, read once.
#[derive(Debug)]
pub(crate) struct Lexicon {
    classes: HashMap<&'static str, LexicalClasses>,
    long_forms: HashMap<&'static str, &'static str>,
    /// The first words of the entries that have several.
    first_words: HashSet<&'static str>,
}

/// A list, what each entry of it is, and what a note behind an entry adds.
type WordList = (&'static str, &'static [LexicalClass], &'static [(&'static str, LexicalClass)]);

const LISTS: &[WordList] = {
    use LexicalClass::{
        Calendar, CapitalizedNonName, City, CommonWord, CompanySuffix, Country, Demonym, DocumentNoun,
        EventHead, Female, FunctionWord, GenericOrgNoun, GivenName, GroupNoun, Honorific, Male, NameParticle,
        OrgHead, OrgHeadOf, OrgNoun, Organization, PlaceNoun, PlacePrefix, PlaceSuffix, Region, RoleModifier,
        RoleNoun, Title,
    };
    const GENDER_NOTES: &[(&str, LexicalClass)] = &[("male", Male), ("female", Female)];
    &[
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/bodies.txt")),
            &[OrgNoun],
            &[("any", GenericOrgNoun)],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/calendar.txt")), &[Calendar], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/capitals.txt")),
            &[CapitalizedNonName],
            &[],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/cities.txt")), &[City], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/common-words.txt")),
            &[CommonWord],
            &[],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/countries.txt")), &[Country], &[]),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/demonyms.txt")), &[Demonym], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/documents.txt")),
            &[DocumentNoun],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/event-heads.txt")),
            &[EventHead],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/function-words.txt")),
            &[FunctionWord],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/given-names.txt")),
            &[GivenName],
            GENDER_NOTES,
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/groups.txt")), &[GroupNoun], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/honorifics.txt")),
            &[Honorific],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/organisation-heads.txt")),
            &[],
            &[("of", OrgHeadOf), ("end", OrgHead), ("firm", CompanySuffix)],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/organisations.txt")),
            &[Organization],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/particles.txt")),
            &[NameParticle],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/place-heads.txt")),
            &[],
            &[
                ("before", PlacePrefix),
                ("after", PlaceSuffix),
                ("both", PlacePrefix),
                ("both", PlaceSuffix),
                ("lower", PlaceNoun),
            ],
        ),
        (include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/regions.txt")), &[Region], &[]),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/role-modifiers.txt")),
            &[RoleModifier],
            &[],
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/roles.txt")),
            &[RoleNoun],
            GENDER_NOTES,
        ),
        (
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/titles.txt")),
            &[Title],
            GENDER_NOTES,
        ),
    ]
};

/// The lists whose notes are long forms.
const LISTS_WITH_LONG_FORMS: [&str; 2] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/countries.txt")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/organisations.txt")),
];

impl Lexicon {
    /// The lists that are built in.
    pub(crate) fn embedded() -> Self {
        let mut classes: HashMap<&'static str, LexicalClasses> = HashMap::with_capacity(24_000);
        for (list, always, notes) in LISTS {
            for (entry, note) in entries(list) {
                let known = classes.entry(entry).or_default();
                let noted = notes.iter().filter(|it| it.0 == note).map(|it| &it.1);
                *known = always.iter().chain(noted).fold(*known, |all, it| all.with(*it));
            }
        }
        let long_forms =
            LISTS_WITH_LONG_FORMS.into_iter().flat_map(entries).filter(|it| !it.1.is_empty()).collect();
        let several = classes.keys().filter_map(|it| it.split_once([' ', '\'']));
        let first_words = several.map(|it| it.0).collect();
        Self { classes, long_forms, first_words }
    }

    /// What `word` (as the lists write it; several words with single blanks) can be.
    pub(crate) fn classes(&self, word: &str) -> LexicalClasses {
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// Whether an entry of several words begins with `word`.
    pub(crate) fn starts_phrase(&self, word: &str) -> bool {
        self.first_words.contains(word)
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
        for (list, _, notes) in LISTS.iter().filter(|it| !LISTS_WITH_LONG_FORMS.contains(&it.0)) {
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
            ("Georgia", &[LexicalClass::Country, LexicalClass::Region][..]),
            ("Ministry", &[LexicalClass::OrgHeadOf]),
            ("spokeswoman", &[LexicalClass::RoleNoun, LexicalClass::Female]),
            ("Prime Minister", &[LexicalClass::Title]),
            ("John", &[LexicalClass::GivenName, LexicalClass::Male]),
            ("report", &[LexicalClass::DocumentNoun, LexicalClass::CommonWord]),
        ] {
            assert!(senses.iter().all(|it| lexicon.classes(word).has(*it)), "{word}");
        }
        assert_eq!(lexicon.long_form("WHO"), Some("World Health Organization"));
        assert!(lexicon.classes("Zzyzx").is_empty());
    }
}
