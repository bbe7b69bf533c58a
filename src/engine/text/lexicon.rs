//! The lexicon: the word lists of `assets/lexicon`, and the lexical classes that they give each word.

use std::collections::{HashMap, HashSet};

use crate::word_list::{entries_with_notes, word_list, word_list_text};

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
    // Closed word classes of English, by which the rules read a clause instead of parsing it; all in lower case.
    /// A personal pronoun that can be a subject by itself ("she").
    SubjectPronoun,
    /// A word that begins a noun phrase ("the", "her", "several").
    Determiner,
    /// A word that links a sentence to the one before, outside of its first phrase ("But | the mayor").
    LeadingConnective,
    /// A helping verb ("has", "would").
    Auxiliary,
    /// A word that negates a verb ("never said", "didn't say"), also by its ending.
    Negation,
    /// An adverb that may stand between a subject and its verb ("she later said"), also by its ending.
    Adverb,
    /// A word that joins or begins clauses, and so bounds a subject ("because", "which").
    ClauseBoundary,
    /// A preposition ("within").
    Preposition,
    /// A word that begins the complement of a noun ("a spokesman for the ministry").
    ComplementOpener,
    /// A verb whose form may be the past tense ("walked", "left"), also by its ending.
    PastTense,
    /// A word that says when ("said yesterday").
    TimeWord,
    /// A word that opens a reported clause or question ("stressed that", "asked whether").
    ReportedClauseOpener,
    /// A verb that makes or tells a work if its noun follows ("wrote the novel").
    TellingVerb,
    /// A conjunction that begins a subordinate clause ("although").
    Subordinator,
    /// A verb of speaking that can be declined ("declined to comment").
    DeclinedSpeechVerb,
    /// A word of saying that, denied or in the passive, reports nothing ("has not said who").
    SayingWord,
    /// A word that begins an indirect question ("whether").
    QuestionWord,
    /// A noun whose that-clause tells its content ("the view that").
    ContentNoun,
    /// A pronoun that can be an object ("denied it").
    ObjectPronoun,
    /// A form of "be", which makes a passive or a progressive.
    FormOfBe,
    /// A word or mark before a participle that reports ("while saying").
    ParticipleOpener,
    /// A verb whose first object is the person spoken to ("told reporters").
    AddressingVerb,
    /// A word for people who are spoken to ("reporters").
    Addressee,
    /// A word, beside prepositions and adverbs, that begins a phrase before the subject ("When asked, …").
    FrontedOpener,
    /// An indefinite pronoun that can be a source by itself ("some").
    StandalonePronoun,
    /// A word that begins an aside after a source ("Lee, speaking at").
    AsideOpener,
    /// A word that begins an apposition after a name ("Lee, director of").
    AppositionOpener,
    /// One of the most frequent words of attribution ("said").
    FrequentCue,
    /// A noun for a work, before its title or what is made of it ("the film").
    WorkNoun,
    /// A verb of performing before the title of a work ("sang").
    PerformingVerb,
    /// A noun of a credit line ("photograph").
    CreditNoun,
    /// A verb by which an organisation brings out a document ("published").
    PublishingVerb,
}

/// The set of a word's lexical classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LexicalClasses(u128);

impl LexicalClasses {
    /// The classes that say what a word means; the others only serve one rule each.
    const MEANINGS: u128 = (1 << LexicalClass::SentenceOpener as u32) - 1;

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

const LISTS: &[WordList] = {
    use LexicalClass::{
        Abbreviation, Addressee, AddressingVerb, Adverb, ApposedOrgNoun, AppositionEnd, AppositionOpener,
        AsideOpener, Auxiliary, Calendar, CapitalizedNonName, City, ClauseBoundary, ClauseReportingWord,
        CommonWord, CompanySuffix, ComplementOpener, CompoundTail, ContentNoun, Country, CreditNoun,
        DeclinedSpeechVerb, Demonym, Determiner, DocumentNoun, Elision, EndingAbbreviation, EpithetNoun,
        EventHead, Female, FormOfBe, FrequentCue, FrontedOpener, FunctionWord, GenericOrgNoun, GivenName,
        GroupNoun, Honorific, KinNoun, LeadingConnective, Male, NameParticle, Negation, ObjectPronoun,
        OccupationException, OftenEndingAbbreviation, OrgHead, OrgHeadOf, OrgNoun, Organization,
        ParticipleOpener, PastTense, PerformingVerb, PlaceAdjective, PlaceNoun, PlacePrefix, PlaceSuffix,
        PostNominal, Preposition, PublishingVerb, QuestionWord, Region, ReportedClauseOpener, ReportingWord,
        RoleModifier, RoleNoun, SayingWord, SentenceOpener, SpeechVerb, StandalonePronoun, StateOffice,
        SubjectPronoun, Subordinator, TellingVerb, TimeWord, Title, WorkNoun,
    };
    const GENDER_NOTES: &[(&str, LexicalClass)] = &[("male", Male), ("female", Female)];
    &[
        (
            word_list_text!("abbreviations"),
            &[Abbreviation],
            &[("ends", EndingAbbreviation), ("often", OftenEndingAbbreviation)],
        ),
        (word_list_text!("addressees"), &[Addressee], &[]),
        (word_list_text!("addressing-verbs"), &[AddressingVerb], &[]),
        (word_list_text!("adverbs"), &[Adverb], &[]),
        (word_list_text!("apposed-organisation-nouns"), &[ApposedOrgNoun], &[]),
        (word_list_text!("apposition-ends"), &[AppositionEnd], &[]),
        (word_list_text!("apposition-openers"), &[AppositionOpener], &[]),
        (word_list_text!("aside-openers"), &[AsideOpener], &[]),
        (word_list_text!("auxiliaries"), &[Auxiliary], &[]),
        (word_list_text!("calendar"), &[Calendar], &[]),
        (word_list_text!("capitalised-words"), &[CapitalizedNonName], &[]),
        (word_list_text!("cities"), &[City], &[]),
        (word_list_text!("clause-boundaries"), &[ClauseBoundary], &[]),
        (word_list_text!("common-words"), &[CommonWord], &[]),
        (word_list_text!("compound-adjective-tails"), &[CompoundTail], &[]),
        (word_list_text!("content-nouns"), &[ContentNoun], &[]),
        (word_list_text!("countries"), &[Country], &[]),
        (word_list_text!("credit-nouns"), &[CreditNoun], &[]),
        (word_list_text!("declined-speech-verbs"), &[DeclinedSpeechVerb], &[]),
        (word_list_text!("demonyms"), &[Demonym], &[]),
        (word_list_text!("determiners"), &[Determiner], &[]),
        (word_list_text!("document-nouns"), &[DocumentNoun], &[]),
        (word_list_text!("elisions"), &[Elision], &[]),
        (word_list_text!("epithet-nouns"), &[EpithetNoun], &[]),
        (word_list_text!("other-name-heads"), &[EventHead], &[]),
        (word_list_text!("forms-of-be"), &[FormOfBe], &[]),
        (word_list_text!("frequent-cues"), &[FrequentCue], &[]),
        (word_list_text!("fronted-openers"), &[FrontedOpener], &[]),
        (word_list_text!("function-words"), &[FunctionWord], &[]),
        (word_list_text!("given-names"), &[GivenName], GENDER_NOTES),
        (word_list_text!("group-nouns"), &[GroupNoun], &[]),
        (word_list_text!("honorifics"), &[Honorific], &[]),
        (word_list_text!("kin-nouns"), &[KinNoun], &[]),
        (word_list_text!("leading-connectives"), &[LeadingConnective], &[]),
        (word_list_text!("name-particles"), &[NameParticle], &[]),
        (word_list_text!("negations"), &[Negation], &[]),
        (word_list_text!("noun-complement-openers"), &[ComplementOpener], &[]),
        (word_list_text!("object-pronouns"), &[ObjectPronoun], &[]),
        (word_list_text!("occupation-exceptions"), &[OccupationException], &[]),
        (
            word_list_text!("organisation-heads"),
            &[],
            &[("of", OrgHeadOf), ("end", OrgHead), ("firm", CompanySuffix)],
        ),
        (word_list_text!("organisation-nouns"), &[OrgNoun], &[("any", GenericOrgNoun)]),
        (word_list_text!("organisations"), &[Organization], &[]),
        (word_list_text!("participle-openers"), &[ParticipleOpener], &[]),
        (word_list_text!("past-tense-verbs"), &[PastTense], &[]),
        (word_list_text!("performing-verbs"), &[PerformingVerb], &[]),
        (word_list_text!("place-adjectives"), &[PlaceAdjective], &[]),
        (
            word_list_text!("place-heads"),
            &[],
            &[
                ("before", PlacePrefix),
                ("after", PlaceSuffix),
                ("both", PlacePrefix),
                ("both", PlaceSuffix),
                ("lower", PlaceNoun),
            ],
        ),
        (word_list_text!("post-nominals"), &[PostNominal], &[]),
        (word_list_text!("prepositions"), &[Preposition], &[]),
        (word_list_text!("publishing-verbs"), &[PublishingVerb], &[]),
        (word_list_text!("question-words"), &[QuestionWord], &[]),
        (word_list_text!("regions"), &[Region], &[]),
        (word_list_text!("reported-clause-openers"), &[ReportedClauseOpener], &[]),
        (word_list_text!("reporting-words"), &[], &[("", ReportingWord), ("clause", ClauseReportingWord)]),
        (word_list_text!("role-modifiers"), &[RoleModifier], &[]),
        (word_list_text!("roles"), &[RoleNoun], GENDER_NOTES),
        (word_list_text!("saying-words"), &[SayingWord], &[]),
        (word_list_text!("sentence-openers"), &[SentenceOpener], &[]),
        (word_list_text!("speech-verbs"), &[SpeechVerb], &[]),
        (word_list_text!("standalone-pronouns"), &[StandalonePronoun], &[]),
        (word_list_text!("state-offices"), &[StateOffice], &[]),
        (word_list_text!("subject-pronouns"), &[SubjectPronoun], &[]),
        (word_list_text!("subordinators"), &[Subordinator], &[]),
        (word_list_text!("telling-verbs"), &[TellingVerb], &[]),
        (word_list_text!("time-words"), &[TimeWord], &[]),
        (word_list_text!("titles"), &[Title], GENDER_NOTES),
        (word_list_text!("work-nouns"), &[WorkNoun], &[]),
    ]
};

/// The list whose notes are the roles that a wider noun may mean.
const NARROWER_ROLES: &str = word_list_text!("wider-roles");

/// The lists whose notes are long forms.
const LISTS_WITH_LONG_FORMS: [&str; 2] = [word_list_text!("countries"), word_list_text!("organisations")];

impl Lexicon {
    /// The lexicon of the lists that are built in.
    pub(crate) fn embedded() -> Self {
        let mut classes: HashMap<&'static str, LexicalClasses> = HashMap::with_capacity(MAX_ENTRIES);
        for (list, always, notes) in LISTS {
            for (entry, note) in entries_with_notes(list) {
                let known = classes.entry(entry).or_default();
                let noted = notes.iter().filter(|it| it.0 == note).map(|it| &it.1);
                *known = always.iter().chain(noted).fold(*known, |all, it| all.with(*it));
            }
        }
        let long_forms = LISTS_WITH_LONG_FORMS
            .into_iter()
            .flat_map(entries_with_notes)
            .filter(|it| !it.1.is_empty())
            .collect();
        let phrases = classes.keys().filter_map(|it| it.split_once([' ', '\'']));
        let first_words = phrases.map(|it| it.0).collect();
        let narrower_roles = entries_with_notes(NARROWER_ROLES)
            .map(|(noun, roles)| (noun, roles.split(", ").collect()))
            .collect();
        Self { classes, long_forms, narrower_roles, first_words }
    }

    /// The classes of a word as the lists write it, or of several words with single spaces: those of the lists, and those
    /// that its ending tells.
    pub(crate) fn classes(&self, word: &str) -> LexicalClasses {
        let listed = self.classes.get(word).copied().unwrap_or_default();
        class_of_ending(word).map_or(listed, |it| listed.with(it))
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

/// How many bytes a word has at least whose ending tells its class: "fly" and "red" are no inflected words.
const MIN_INFLECTED_BYTES: usize = 5;

/// Words in "-ly" that are no adverbs.
const NO_ADVERBS: &[&str] = &word_list!("adverb-exceptions");

/// The class that the ending of a word in lower case tells: "repeatedly", "walked", "didn't". `None` where it tells none.
fn class_of_ending(word: &str) -> Option<LexicalClass> {
    let is_inflected = word.len() >= MIN_INFLECTED_BYTES;
    if is_inflected && word.ends_with("ly") && NO_ADVERBS.binary_search(&word).is_err() {
        Some(LexicalClass::Adverb)
    } else if is_inflected && word.ends_with("ed") && !word.ends_with("eed") {
        Some(LexicalClass::PastTense)
    } else if word.ends_with("n't") || word.ends_with("n’t") {
        Some(LexicalClass::Negation)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_means_something() {
        for (list, _, notes) in LISTS.iter().filter(|it| !LISTS_WITH_LONG_FORMS.contains(&it.0)) {
            for (entry, note) in entries_with_notes(list) {
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

    #[test]
    fn the_ending_tells_the_class_of_a_word_that_no_list_has() {
        let lexicon = Lexicon::embedded();
        for (word, class) in [
            ("repeatedly", LexicalClass::Adverb),
            ("walked", LexicalClass::PastTense),
            ("left", LexicalClass::PastTense),
            ("didn't", LexicalClass::Negation),
            ("didn’t", LexicalClass::Negation),
        ] {
            assert!(lexicon.classes(word).has(class), "{word}");
            assert!(!lexicon.classes("river").has(class), "{word}");
        }
        for word in ["family", "fly"] {
            assert!(!lexicon.classes(word).has(LexicalClass::Adverb), "{word}");
        }
        for word in ["indeed", "bed"] {
            assert!(!lexicon.classes(word).has(LexicalClass::PastTense), "{word}");
        }
    }
}
