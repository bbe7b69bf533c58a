//! The lexicon: the word lists of `assets/lexicon`, and the lexical classes that they give each word.

use std::collections::{HashMap, HashSet};

/// A class of words. A word may belong to several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LexicalClass {
    /// A country, or its usual short form.
    Country,
    /// A continent, sea, state or province.
    Region,
    City,
    /// A well-known organisation.
    Organization,
    /// A people, a language, a faith or a creed: no name.
    Demonym,
    /// A day, a month, a feast: no name.
    Calendar,
    /// Another capitalised word that is no name.
    CapitalizedNonName,
    GivenName,
    /// A title that names no office ("Mrs").
    Honorific,
    /// A small word that joins the parts of a name ("von").
    NameParticle,
    /// A title or an office before a person's name.
    Title,
    /// The head of an organisation's name that may stand before "of" ("Ministry").
    OrgHeadOf,
    /// The last word of an organisation's name.
    OrgHead,
    /// The last word of a company's name ("Ltd").
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
    /// A word that may stand before a role noun ("foreign"), in lower case.
    RoleModifier,
    /// A noun for several people ("researchers"), in lower case.
    GroupNoun,
    /// A noun for something written ("report"), in lower case.
    DocumentNoun,
    /// A noun for an organisation ("company"), in lower case.
    OrgNoun,
    /// A noun that suits nearly every organisation ("agency"), in lower case.
    GenericOrgNoun,
    /// A noun that follows a place's name ("province"), in lower case.
    PlaceNoun,
    /// A given name, title or role of a man.
    Male,
    /// A given name, title or role of a woman.
    Female,
    // From here on: classes that serve one rule each; see `LexicalClasses::is_empty`.
    /// A word that begins a sentence far more often than it follows an abbreviation ("However").
    SentenceOpener,
    /// An abbreviation whose dot does not end a sentence by itself ("inc."), in lower case.
    Abbreviation,
    /// An abbreviation after which a word with a capital begins a sentence ("p.m."), in lower case.
    EndingAbbreviation,
    /// An abbreviation after which such a word begins a sentence unless the name goes on ("inc."), in lower case.
    OftenEndingAbbreviation,
    /// A word that an apostrophe shortens at its start ("tis"), in lower case.
    Elision,
    /// A noun that ends as an occupation does and is none ("mirror"), in lower case.
    OccupationException,
    /// A noun that often stands directly before an organisation's name ("newspaper"), in lower case.
    ApposedOrgNoun,
    /// An office of a state ("President").
    StateOffice,
    /// The second part of a compound adjective ("led" of "US-led").
    CompoundTail,
    /// An adjective that stands before a place's name ("northern"), in lower case.
    PlaceAdjective,
    /// A word before which an apposition ends ("who"), in lower case.
    AppositionEnd,
    /// A past verb of saying ("added"), in lower case.
    SpeechVerb,
    /// A word of a cue that reports speech ("denied"), in lower case.
    ReportingWord,
    /// A word of a cue that reports speech if a clause follows it ("stressed"), in lower case.
    ClauseReportingWord,
    /// A noun for a relative ("sister"), in lower case.
    KinNoun,
    /// A noun by which a story calls somebody whom it has named ("the forward"), in lower case.
    EpithetNoun,
    /// Letters after a person's name ("KC").
    PostNominal,
}

/// The set of a word's lexical classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LexicalClasses(u64);

impl LexicalClasses {
    /// The classes that say what a word means; the others only serve one rule each.
    const MEANINGS: u64 = (1 << LexicalClass::SentenceOpener as u32) - 1;

    /// Whether `class` is in the set.
    pub(crate) const fn has(self, class: LexicalClass) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    /// Whether at least one of `classes` is in the set.
    pub(crate) fn any(self, classes: &[LexicalClass]) -> bool {
        classes.iter().any(|it| self.has(*it))
    }

    /// Whether the word names a place by itself.
    pub(crate) fn is_place(self) -> bool {
        self.any(&[LexicalClass::Country, LexicalClass::Region, LexicalClass::City])
    }

    /// Whether no list says what the word means. Lists for one rule do not count.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 & Self::MEANINGS == 0
    }

    const fn with(self, class: LexicalClass) -> Self {
        Self(self.0 | (1 << class as u32))
    }
}

/// All word lists, read once.
#[derive(Debug)]
pub(crate) struct Lexicon {
    classes: HashMap<&'static str, LexicalClasses>,
    long_forms: HashMap<&'static str, &'static str>,
    /// By a noun: the nouns of the roles that it may mean, with commas between them.
    narrower_roles: HashMap<&'static str, Vec<&'static str>>,
    /// The first words of the entries that have several words.
    first_words: HashSet<&'static str>,
}

/// The text of a list, the classes of each entry, and the class that each note after an entry adds.
type WordList = (&'static str, &'static [LexicalClass], &'static [(&'static str, LexicalClass)]);

/// How many entries all lists have, rounded up.
const MAX_ENTRIES: usize = 24_000;

/// The text of a file in `assets/lexicon`.
macro_rules! list {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lexicon/", $file))
    };
}

const LISTS: &[WordList] = {
    use LexicalClass::{
        Abbreviation, ApposedOrgNoun, AppositionEnd, Calendar, CapitalizedNonName, City, ClauseReportingWord,
        CommonWord, CompanySuffix, CompoundTail, Country, Demonym, DocumentNoun, Elision, EndingAbbreviation,
        EpithetNoun, EventHead, Female, FunctionWord, GenericOrgNoun, GivenName, GroupNoun, Honorific,
        KinNoun, Male, NameParticle, OccupationException, OftenEndingAbbreviation, OrgHead, OrgHeadOf,
        OrgNoun, Organization, PlaceAdjective, PlaceNoun, PlacePrefix, PlaceSuffix, PostNominal, Region,
        ReportingWord, RoleModifier, RoleNoun, SentenceOpener, SpeechVerb, StateOffice, Title,
    };
    const GENDER_NOTES: &[(&str, LexicalClass)] = &[("male", Male), ("female", Female)];
    &[
        (
            list!("abbreviations.txt"),
            &[Abbreviation],
            &[("ends", EndingAbbreviation), ("often", OftenEndingAbbreviation)],
        ),
        (list!("apposed-organisation-nouns.txt"), &[ApposedOrgNoun], &[]),
        (list!("apposition-ends.txt"), &[AppositionEnd], &[]),
        (list!("calendar.txt"), &[Calendar], &[]),
        (list!("capitalised-words.txt"), &[CapitalizedNonName], &[]),
        (list!("cities.txt"), &[City], &[]),
        (list!("common-words.txt"), &[CommonWord], &[]),
        (list!("compound-adjective-tails.txt"), &[CompoundTail], &[]),
        (list!("countries.txt"), &[Country], &[]),
        (list!("demonyms.txt"), &[Demonym], &[]),
        (list!("document-nouns.txt"), &[DocumentNoun], &[]),
        (list!("elisions.txt"), &[Elision], &[]),
        (list!("epithet-nouns.txt"), &[EpithetNoun], &[]),
        (list!("event-heads.txt"), &[EventHead], &[]),
        (list!("function-words.txt"), &[FunctionWord], &[]),
        (list!("given-names.txt"), &[GivenName], GENDER_NOTES),
        (list!("group-nouns.txt"), &[GroupNoun], &[]),
        (list!("honorifics.txt"), &[Honorific], &[]),
        (list!("kin-nouns.txt"), &[KinNoun], &[]),
        (list!("name-particles.txt"), &[NameParticle], &[]),
        (list!("occupation-exceptions.txt"), &[OccupationException], &[]),
        (
            list!("organisation-heads.txt"),
            &[],
            &[("of", OrgHeadOf), ("end", OrgHead), ("firm", CompanySuffix)],
        ),
        (list!("organisation-nouns.txt"), &[OrgNoun], &[("any", GenericOrgNoun)]),
        (list!("organisations.txt"), &[Organization], &[]),
        (list!("place-adjectives.txt"), &[PlaceAdjective], &[]),
        (
            list!("place-heads.txt"),
            &[],
            &[
                ("before", PlacePrefix),
                ("after", PlaceSuffix),
                ("both", PlacePrefix),
                ("both", PlaceSuffix),
                ("lower", PlaceNoun),
            ],
        ),
        (list!("post-nominals.txt"), &[PostNominal], &[]),
        (list!("regions.txt"), &[Region], &[]),
        (list!("reporting-words.txt"), &[], &[("", ReportingWord), ("clause", ClauseReportingWord)]),
        (list!("role-modifiers.txt"), &[RoleModifier], &[]),
        (list!("roles.txt"), &[RoleNoun], GENDER_NOTES),
        (list!("sentence-openers.txt"), &[SentenceOpener], &[]),
        (list!("speech-verbs.txt"), &[SpeechVerb], &[]),
        (list!("state-offices.txt"), &[StateOffice], &[]),
        (list!("titles.txt"), &[Title], GENDER_NOTES),
    ]
};

/// The list whose notes are the roles that a wider noun may mean.
const NARROWER_ROLES: &str = list!("wider-roles.txt");

/// The lists whose notes are long forms.
const LISTS_WITH_LONG_FORMS: [&str; 2] = [list!("countries.txt"), list!("organisations.txt")];

impl Lexicon {
    /// The lexicon of the lists that are built in.
    pub(crate) fn embedded() -> Self {
        let mut classes: HashMap<&'static str, LexicalClasses> = HashMap::with_capacity(MAX_ENTRIES);
        for (list, always, notes) in LISTS {
            for (entry, note) in entries(list) {
                let known = classes.entry(entry).or_default();
                let noted = notes.iter().filter(|it| it.0 == note).map(|it| &it.1);
                *known = always.iter().chain(noted).fold(*known, |all, it| all.with(*it));
            }
        }
        let long_forms =
            LISTS_WITH_LONG_FORMS.into_iter().flat_map(entries).filter(|it| !it.1.is_empty()).collect();
        let phrases = classes.keys().filter_map(|it| it.split_once([' ', '\'']));
        let first_words = phrases.map(|it| it.0).collect();
        let narrower_roles =
            entries(NARROWER_ROLES).map(|(noun, roles)| (noun, roles.split(", ").collect())).collect();
        Self { classes, long_forms, narrower_roles, first_words }
    }

    /// The classes of a word as the lists write it, or of several words with single spaces; none where no list has it.
    pub(crate) fn classes(&self, word: &str) -> LexicalClasses {
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// Whether an entry of several words starts with `word`.
    pub(crate) fn starts_phrase(&self, word: &str) -> bool {
        self.first_words.contains(word)
    }

    /// The nouns of the roles that a wider noun may mean ("senator" for "lawmaker"); none where the list has none.
    pub(crate) fn narrower_roles(&self, noun: &str) -> &[&'static str] {
        self.narrower_roles.get(noun).map_or(&[], |it| it.as_slice())
    }

    /// The long form of a well-known short one ("UN"); `None` where the lists have none.
    pub(crate) fn long_form(&self, short: &str) -> Option<&'static str> {
        self.long_forms.get(short).copied()
    }
}

/// The entries of a list, each with its note; the note may be empty.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
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
