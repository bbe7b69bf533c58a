//! The lexicon: the word lists of `assets/lexicon`, and the lexical classes that they give each word.

mod lexical_class;

use crate::engine::text::hash_map::{HashMap, HashSet};
use crate::word_list::{entries_with_notes, word_list, word_list_text};

pub(crate) use crate::engine::text::lexicon::lexical_class::{LexicalClass, LexicalClasses};

/// All word lists, read once.
#[derive(Debug)]
pub(crate) struct Lexicon {
    classes: HashMap<&'static str, LexicalClasses>,
    long_forms: HashMap<&'static str, &'static str>,
    /// By a noun: the nouns of the roles that it may mean, with commas between them.
    narrower_roles: HashMap<&'static str, Vec<&'static str>>,
    /// The words of names that a noun for an organisation may mean ("commission" for "regulator").
    narrower_organizations: HashMap<&'static str, Vec<&'static str>>,
    /// By a verb for making a document: the nouns by which a story calls it afterwards ("lawsuit" for "sued").
    documents_of_verbs: HashMap<&'static str, Vec<&'static str>>,
    /// By the name of an organisation that is no business: the nouns for its kind ("regulator" for "Ofwat").
    kinds_of_organizations: HashMap<&'static str, Vec<&'static str>>,
    /// The wider nouns that a noun of a role belongs to ("footballer" for "striker").
    wider_roles: HashMap<&'static str, Vec<&'static str>>,
    /// The first words of the entries that have several words.
    first_words: HashSet<&'static str>,
    /// The entries that have several words, sorted.
    phrases: Vec<&'static str>,
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
        GroupNoun, Honorific, JudgementReportingWord, KinNoun, LeadingConnective, Male, ModalOfDemand,
        ModalOfFuture, ModalOfPossibility, NameParticle, NamingReportingWord, Negation, ObjectPronoun,
        OccupationException, OftenEndingAbbreviation, OrgHead, OrgHeadOf, OrgNoun, Organization,
        ParticipleOpener, PastTense, PerformingVerb, PlaceAdjective, PlaceNoun, PlacePrefix, PlaceSuffix,
        PostNominal, Preposition, PublishingVerb, QuestionWord, Region, ReportedClauseOpener, ReportingWord,
        RoleModifier, RoleNoun, SayingWord, SentenceOpener, SpeechVerb, StandalonePronoun, StateOffice,
        StatementReportingWord, SubjectPronoun, Subordinator, TellingVerb, TimeWord, Title, WorkNoun,
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
        (
            word_list_text!("modals"),
            &[],
            &[("demanded", ModalOfDemand), ("future", ModalOfFuture), ("possible", ModalOfPossibility)],
        ),
        (
            word_list_text!("reporting-words"),
            &[],
            &[
                ("", ReportingWord),
                ("clause", ClauseReportingWord),
                ("judgement", JudgementReportingWord),
                ("name", NamingReportingWord),
                ("statement", StatementReportingWord),
            ],
        ),
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
/// The list whose notes are the words of names that a noun for an organisation may mean.
const NARROWER_ORGANIZATIONS: &str = word_list_text!("wider-organisations");
/// The verbs for making documents, whose notes are the nouns for these.
const DOCUMENTS_OF_VERBS: &str = word_list_text!("verbs-of-documents");
/// The nouns for the kinds of well-known organisations that are no businesses.
const KINDS_OF_ORGANIZATIONS: &str = word_list_text!("kinds-of-organisations");

/// The lists whose notes are long forms.
const LISTS_WITH_LONG_FORMS: [&str; 2] = [word_list_text!("countries"), word_list_text!("organisations")];

impl Lexicon {
    /// The lexicon of the lists that are built in.
    pub(crate) fn embedded() -> Self {
        let mut classes: HashMap<&'static str, LexicalClasses> = HashMap::default();
        classes.reserve(MAX_ENTRIES);
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
        let mut phrases: Vec<&'static str> =
            classes.keys().copied().filter(|it| it.contains([' ', '\''])).collect();
        phrases.sort_unstable();
        let first_words = phrases.iter().filter_map(|it| it.split([' ', '\'']).next()).collect();
        let notes = |list: &'static str| -> HashMap<&'static str, Vec<&'static str>> {
            entries_with_notes(list).map(|(noun, words)| (noun, words.split(", ").collect())).collect()
        };
        let (narrower_roles, narrower_organizations) = (notes(NARROWER_ROLES), notes(NARROWER_ORGANIZATIONS));
        let mut wider_roles: HashMap<&'static str, Vec<&'static str>> = HashMap::default();
        for (noun, roles) in &narrower_roles {
            for role in roles {
                wider_roles.entry(role).or_default().push(noun);
            }
        }
        Self {
            classes,
            long_forms,
            narrower_roles,
            narrower_organizations,
            documents_of_verbs: notes(DOCUMENTS_OF_VERBS),
            kinds_of_organizations: notes(KINDS_OF_ORGANIZATIONS),
            wider_roles,
            first_words,
            phrases,
        }
    }

    /// The classes of a word as the lists write it, or of several words with single spaces: those of the lists, and those
    /// that its ending tells.
    pub(crate) fn classes(&self, word: &str) -> LexicalClasses {
        let listed = self.classes.get(word).copied().unwrap_or_default();
        class_of_ending(word).map_or(listed, |it| listed.with(it))
    }

    /// Whether a word is a role in lower case behind a hyphen: "Then-secretary".
    pub(crate) fn is_compound_role(&self, word: &str) -> bool {
        let role = word.rsplit_once('-').map(|it| it.1);
        role.is_some_and(|it| {
            it.starts_with(char::is_lowercase) && self.classes(it).has(LexicalClass::RoleNoun)
        })
    }

    /// Whether a word is the plural of a common one: "Commodities".
    pub(crate) fn is_plural_of_common_word(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let is_common = |it: &str| self.classes(it).has(LexicalClass::CommonWord);
        let of_y = lower.strip_suffix("ies").map(|it| format!("{it}y"));
        of_y.is_some_and(|it| is_common(&it))
            || lower.strip_suffix('s').is_some_and(|it| !it.ends_with('s') && is_common(it))
    }

    /// Whether an entry of several words starts with `word`.
    pub(crate) fn starts_phrase(&self, word: &str) -> bool {
        self.first_words.contains(word)
    }

    /// Whether an entry of several words starts with these words, the last of which may be a plural.
    pub(crate) fn starts_with_phrase(&self, words: &str) -> bool {
        let singular = words.strip_suffix('s').unwrap_or(words);
        let first = self.phrases.partition_point(|it| *it < singular);
        self.phrases.get(first).is_some_and(|it| it.starts_with(singular))
    }

    /// The nouns of the roles that a wider noun may mean ("senator" for "lawmaker"); none where the list has none.
    pub(crate) fn narrower_roles(&self, noun: &str) -> &[&'static str] {
        self.narrower_roles.get(noun).map_or(&[], |it| it.as_slice())
    }

    /// The words of names that a noun for an organisation may mean ("commission" for "regulator"); none where the list has none.
    pub(crate) fn narrower_organizations(&self, noun: &str) -> &[&'static str] {
        self.narrower_organizations.get(noun).map_or(&[], |it| it.as_slice())
    }

    /// The nouns by which a story calls what a verb in the past tense makes ("lawsuit" for "sued"); none where it makes no document.
    pub(crate) fn documents_of_verb(&self, verb: &str) -> &[&'static str] {
        self.documents_of_verbs.get(verb).map_or(&[], |it| it.as_slice())
    }

    /// The nouns for the kind of a well-known organisation that is no business ("regulator" for "Ofwat"); none where the list has none.
    pub(crate) fn kinds_of_organization(&self, name: &str) -> &[&'static str] {
        self.kinds_of_organizations.get(name).map_or(&[], |it| it.as_slice())
    }

    /// The wider nouns that a noun of a role belongs to ("lawmaker" for "senator"); none where the list has none.
    pub(crate) fn wider_roles(&self, noun: &str) -> &[&'static str] {
        self.wider_roles.get(noun).map_or(&[], |it| it.as_slice())
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
    fn the_dot_of_a_title_ends_no_sentence() {
        let lexicon = Lexicon::embedded();
        let titles = [word_list_text!("titles"), word_list_text!("honorifics")];
        let words = titles.into_iter().flat_map(entries_with_notes).flat_map(|it| it.0.split(' '));
        for word in words.filter(|it| it.ends_with('.') && it.trim_end_matches('.').chars().count() > 1) {
            assert!(lexicon.classes(&word.to_lowercase()).has(LexicalClass::Abbreviation), "{word}");
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
    fn the_ending_gives_the_class_of_a_word_that_no_list_has() {
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
