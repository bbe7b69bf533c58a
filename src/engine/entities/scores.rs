//! Scores for each kind of name, and the weight of each feature.
//!
//! The weights were set by hand. Only their differences matter: the kind with the highest sum wins.

use std::ops::Add;

use crate::analysis::EntityKind;
use crate::engine::text::lexicon::{LexicalClass, LexicalClasses};

/// How much speaks for a person, an organisation and a place.
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

    /// `weight` for one kind of name; `None` where no name has it.
    pub(crate) const fn of_kind(kind: EntityKind, weight: f32) -> Option<Self> {
        match kind {
            EntityKind::Person => Some(Self::person(weight)),
            EntityKind::Organisation => Some(Self::organization(weight)),
            EntityKind::Place => Some(Self::place(weight)),
            EntityKind::Group | EntityKind::Unnamed | EntityKind::Document => None,
        }
    }

    /// `weight` for the kind of name that the lexicon gives; zero where it gives none.
    pub(crate) fn from_classes(classes: LexicalClasses, weight: f32) -> Self {
        if classes.has(LexicalClass::Organization) {
            Self::organization(weight)
        } else if classes.is_place() {
            Self::place(weight)
        } else {
            Self::zero()
        }
    }

    /// The kind with the highest score, and that score.
    pub(crate) fn best(self) -> (EntityKind, f32) {
        let ranked = [
            (EntityKind::Person, self.person),
            (EntityKind::Organisation, self.organization),
            (EntityKind::Place, self.place),
        ];
        ranked.into_iter().fold(ranked[0], |best, it| if it.1 > best.1 { it } else { best })
    }

    pub(crate) fn scaled(self, factor: f32) -> Self {
        Self {
            person: self.person * factor,
            organization: self.organization * factor,
            place: self.place * factor,
        }
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

// A name of the tagger.

/// A name that the tagger found, times its probability.
pub(crate) const TAGGED: f32 = 8.0;

// A name's own words: listed names and heads.

/// A name after a title ("Minister Lee").
pub(crate) const TITLED_PERSON: KindScores = KindScores::person(5.0);
/// A name of several words that the lexicon has as a whole.
pub(crate) const LISTED_PHRASE: f32 = 4.0;
/// A listed name at the start of a run, with another name after it.
pub(crate) const LISTED_START: f32 = 3.0;
/// A name of several words that starts with a listed name ("Paris Vantor").
pub(crate) const LISTED_START_OF_LONGER: KindScores = KindScores::organization(1.5);
/// A listed name that is a whole run.
pub(crate) const LISTED_WORD: f32 = 3.0;
/// A listed name that is also a given name or a common word.
pub(crate) const AMBIGUOUS_LISTED_WORD: f32 = 1.5;
/// A name that ends with the head of an organisation's name ("Harbour Council").
pub(crate) const ORGANIZATION_WITH_HEAD: KindScores = KindScores::organization(4.0);
/// A given name and the head of an organisation's name ("Ann Bank").
pub(crate) const GIVEN_NAME_BEFORE_HEAD: KindScores = KindScores::organization(2.0);
/// The head of an organisation's name with a complement ("Ministry of Health").
pub(crate) const ORGANIZATION_WITH_COMPLEMENT: KindScores = KindScores::organization(4.0);
/// An organisation whose name begins with a title ("King Edward Hospital").
pub(crate) const TITLE_IN_ORGANIZATION: KindScores = KindScores::organization(3.0);
/// A place whose name begins with a title ("King Edward Street").
pub(crate) const TITLE_IN_PLACE: KindScores = KindScores::place(3.0);
/// A name that ends with the last word of a place's name ("Orren River").
pub(crate) const PLACE_WITH_SUFFIX: KindScores = KindScores::place(3.5);
/// A name that starts with the first word of a place's name ("Lake Orren").
pub(crate) const PLACE_WITH_PREFIX: KindScores = KindScores::place(2.0);
/// Capitalised common words before a given name and a surname ("Crooked Ann Lee").
pub(crate) const EPITHET_BEFORE_GIVEN_NAME: KindScores = KindScores::person(3.0);
/// A given name with more words after it ("Ann Lee").
pub(crate) const GIVEN_NAME_FIRST: KindScores = KindScores::person(3.5);

// A name's own words: runs that no list knows as a whole.

/// One common word.
pub(crate) const COMMON_WORD: KindScores = KindScores { person: -1.0, organization: -0.5, place: -0.5 };
/// One given name.
pub(crate) const GIVEN_NAME_ALONE: KindScores = KindScores::person(1.5);
/// The head of an organisation's or a place's name, without more words.
pub(crate) const HEAD_ALONE: KindScores = KindScores::organization(-0.3);
/// A code of letters and digits ("EB-5").
pub(crate) const CODE: KindScores = KindScores::organization(0.3);
/// One word in capitals.
pub(crate) const ACRONYM: KindScores = KindScores::organization(2.0);
/// One word about which nothing is known.
pub(crate) const UNKNOWN_WORD: KindScores = KindScores { person: 0.6, organization: 0.4, place: 0.4 };
/// Several common words.
pub(crate) const COMMON_WORDS: KindScores = KindScores { person: 0.0, organization: 0.6, place: 0.0 };
/// A given name and an initial ("Ann J. Lee").
pub(crate) const GIVEN_NAME_AND_INITIAL: KindScores = KindScores::person(3.0);
/// Two to four words with a given name among them.
pub(crate) const WORDS_WITH_GIVEN_NAME: KindScores =
    KindScores { person: 2.0, organization: 0.4, place: 0.3 };
/// Two or three words, one of them in capitals.
pub(crate) const WORDS_WITH_ACRONYM: KindScores = KindScores { person: 0.4, organization: 1.4, place: 0.2 };
/// Two or three words that end with a country's name.
pub(crate) const WORDS_BEFORE_COUNTRY: KindScores = KindScores { person: 0.2, organization: 1.4, place: 0.4 };
/// Two or three words, some of them common.
pub(crate) const PARTLY_COMMON_WORDS: KindScores = KindScores { person: 0.8, organization: 0.9, place: 0.5 };
/// Two or three words about which nothing is known.
pub(crate) const UNKNOWN_WORDS: KindScores = KindScores { person: 1.4, organization: 0.6, place: 0.5 };
/// Four words or more about which nothing is known.
pub(crate) const MANY_WORDS: KindScores = KindScores { person: 0.6, organization: 1.2, place: 0.4 };

// The words before a name.

/// `weight` for a place, a little against a person.
const fn place_not_person(weight: f32) -> KindScores {
    KindScores { person: -0.2, ..KindScores::place(weight) }
}

/// "in".
pub(crate) const AFTER_IN: KindScores = place_not_person(1.8);
/// "near", "across" and the like.
pub(crate) const AFTER_NEAR: KindScores = place_not_person(1.4);
/// "northern", "downtown" and the like.
pub(crate) const AFTER_PLACE_ADJECTIVE: KindScores = place_not_person(2.5);
/// "from", "around", "visiting".
pub(crate) const AFTER_FROM: KindScores = place_not_person(0.7);
/// "to", "into" and the like.
pub(crate) const AFTER_TO: KindScores = place_not_person(0.5);
/// "at".
pub(crate) const AFTER_AT: KindScores = KindScores { person: -0.3, organization: 0.5, place: 0.5 };
/// "the".
pub(crate) const AFTER_THE: KindScores = KindScores { person: -1.6, organization: 1.0, place: 0.2 };
/// "a poll by".
pub(crate) const AFTER_DOCUMENT_BY: KindScores = KindScores::organization(1.5);
/// "by", "with", "told" and the like.
pub(crate) const AFTER_BY: KindScores = KindScores::person(0.4);
/// "city", "village" and the like.
pub(crate) const AFTER_PLACE_NOUN: KindScores = place_not_person(1.5);
/// "the village of", "the ruler of": the tagger often takes a town with a person's name for one.
pub(crate) const AFTER_TOWN_OF: KindScores = KindScores { person: -3.0, organization: -3.0, place: 5.0 };
/// "chief executive of", "shareholders of".
pub(crate) const AFTER_COMPANY_ROLE: KindScores =
    KindScores { person: -8.0, ..KindScores::organization(6.0) };
/// "analysts at".
pub(crate) const AFTER_STAFF: KindScores = KindScores { person: -8.0, organization: 8.0, place: -5.0 };
/// The start of a dateline.
pub(crate) const DATELINE: KindScores = KindScores::place(12.0);
/// A town's team in a match.
pub(crate) const SIDE_OF_MATCH: KindScores = KindScores::organization(9.0);
/// A possessive ending.
pub(crate) const AFTER_POSSESSIVE: KindScores = KindScores::person(0.2);
/// A role noun that tells a gender ("spokeswoman").
pub(crate) const AFTER_GENDERED_ROLE: KindScores = KindScores::person(3.0);
/// A role noun ("minister").
pub(crate) const AFTER_ROLE: KindScores = KindScores { organization: -0.5, ..KindScores::person(2.5) };
/// "the insurer", "shipping giant" before a name: the tagger often takes it for a person.
pub(crate) const AFTER_KIND_NOUN: KindScores = KindScores { person: -7.0, ..KindScores::organization(8.0) };
/// "the newspaper" before a name of one word.
pub(crate) const AFTER_APPOSED_NOUN: KindScores = KindScores::organization(5.0);
/// A noun for an organisation.
pub(crate) const AFTER_ORGANIZATION_NOUN: KindScores = KindScores::organization(1.5);

// The words after a name.

/// "said", "added" and the like.
pub(crate) const BEFORE_SPEECH_VERB: KindScores = KindScores { person: 1.2, organization: 0.5, place: -0.5 };
/// "who", "whose".
pub(crate) const BEFORE_WHO: KindScores = KindScores::person(2.0);
/// "was", "has" and the like.
pub(crate) const BEFORE_AUXILIARY: KindScores = KindScores { person: 0.3, organization: 0.1, place: 0.0 };
/// "regime", "administration": the tagger often takes the surname of a ruler for an organisation.
pub(crate) const BEFORE_RULE: KindScores = KindScores { organization: -6.0, ..KindScores::person(9.0) };
/// "'s Fisheries Minister".
pub(crate) const BEFORE_STATE_OFFICE: KindScores = KindScores { person: -2.5, organization: 0.0, place: 5.0 };
/// The name's own acronym in brackets.
pub(crate) const BEFORE_OWN_ACRONYM: KindScores = KindScores::organization(2.5);
/// "province", "district" and the like.
pub(crate) const BEFORE_PLACE_NOUN: KindScores = KindScores::place(1.4);
/// A noun for an organisation.
pub(crate) const BEFORE_ORGANIZATION_NOUN: KindScores =
    KindScores { organization: 1.2, ..KindScores::place(0.3) };
/// A role noun or a noun for several people ("Vantor officials").
pub(crate) const BEFORE_ROLE: KindScores = KindScores { person: -0.8, organization: 1.2, place: 0.4 };
/// "said" after a hospital, a school or the like.
pub(crate) const SPEAKING_FACILITY: KindScores = KindScores::organization(8.0);
/// An acronym's "director of research".
pub(crate) const BEFORE_OWNED_ROLE: KindScores = KindScores::organization(8.0);
/// "newspaper", "supermarket" and the like after a name that no list has.
pub(crate) const BEFORE_APPOSED_NOUN: KindScores = KindScores::organization(8.5);
/// "cut its prices": the subject is hardly a person.
pub(crate) const BEFORE_ITS: KindScores = KindScores { person: -5.0, organization: 4.0, place: 1.0 };
/// "said its profit": what is said may be of something else.
pub(crate) const BEFORE_SAID_ITS: KindScores = KindScores { person: -3.0, organization: 3.0, place: 0.0 };
/// "a director at" before a building or organisation.
pub(crate) const EMPLOYER: KindScores = KindScores::organization(9.0);
/// A comma and "which".
pub(crate) const BEFORE_WHICH: KindScores = KindScores { person: -5.0, organization: 2.0, place: 2.0 };
/// A full name between commas behind an office and its place: "the mayor of Oslo, Ann Lee,".
pub(crate) const AFTER_OFFICE_OF_PLACE: KindScores = KindScores::person(8.0);
/// A comma and an age, or a comma and "who".
pub(crate) const BEFORE_AGE: KindScores = KindScores::person(2.5);
/// A comma and a role ("Ann Lee, the mayor").
pub(crate) const BEFORE_APPOSED_ROLE: KindScores = KindScores { place: -0.3, ..KindScores::person(1.5) };
/// A comma and a listed place ("Vellmar, Norway").
pub(crate) const BEFORE_LISTED_PLACE: KindScores = KindScores::place(1.2);

/// A comma and a noun phrase for an organisation ("Norrl, a cement company").
pub(crate) const BEFORE_APPOSED_BODY: KindScores =
    KindScores { person: -6.0, organization: 9.0, place: -4.0 };
/// A comma and a noun phrase for a place ("Halvik, a village near Oslo").
pub(crate) const BEFORE_APPOSED_TOWN: KindScores =
    KindScores { person: -6.0, organization: -4.0, place: 9.0 };
/// An office of an organisation and its holder ("Norrl chairman Ann Lee").
pub(crate) const BEFORE_OFFICE_OF_BODY: KindScores =
    KindScores { person: -6.0, organization: 7.0, place: -2.0 };
/// An office of a town and its holder ("Halvik mayor Ann Lee").
pub(crate) const BEFORE_OFFICE_OF_TOWN: KindScores =
    KindScores { person: -6.0, organization: -3.0, place: 7.0 };
/// The end of a sentence that a newspaper or agency reports (", Norrl reported.").
pub(crate) const SOURCE_OF_REPORT: KindScores = KindScores { person: -4.0, organization: 6.0, place: -4.0 };
/// "is a guide".
pub(crate) const BEFORE_IS_ROLE: KindScores = KindScores { person: 6.0, organization: -2.0, place: -6.0 };
/// "administration" behind the surname of somebody of the story.
pub(crate) const RULER_OF_STORY: KindScores = KindScores { organization: -8.0, ..KindScores::person(10.0) };
/// Two or three words and letters of honour ("Fenella Marrow KC").
pub(crate) const HONOURED_NAME: KindScores = KindScores::person(3.0);

// A name in the whole story.

/// The share of their own words' scores that further mentions of a name add, except for a person.
pub(crate) const REPEATED_MENTION_SHARE: f32 = 0.3;
/// The least score of its words that speaks for a kind of name.
pub(crate) const MIN_TOLD_SCORE: f32 = 1.4;
/// The least score of a name of whose mentions the tagger is less than half sure. On the development set (Worldwide) 19 of 78 names below
/// it were right.
pub(crate) const MIN_DOUBTFUL_SCORE: f32 = TAGGED / 2.0;
/// The least score of a name of one word.
pub(crate) const MIN_WORD_SCORE: f32 = 0.9;
/// The least score of a name of several words.
pub(crate) const MIN_PHRASE_SCORE: f32 = 0.8;
/// The score above which a long name says what its parts mean elsewhere.
pub(crate) const MIN_LONG_NAME_SCORE: f32 = 1.0;
/// A part of a person's name; each mention of the part adds 1 to this.
pub(crate) const PERSON_PART: f32 = 4.0;
/// A part of a person's name that scores for a place and that no list of places has.
pub(crate) const UNLISTED_PLACE_IN_PERSON: KindScores = KindScores::person(4.0);
/// A bare surname of a person whom the story names in full.
pub(crate) const BARE_SURNAME: f32 = 2.0;
/// A person's name in lower case that the words beside it tell.
pub(crate) const LOWERCASE_NAME: KindScores = KindScores::person(8.0);
/// The score of a surname for a person above which it tells that the full name is a person's.
pub(crate) const MIN_SURNAME_SCORE: f32 = 4.0;
/// A full name whose last word is a person's surname elsewhere in the story ("Mr. Varr" and "Odin Varr").
pub(crate) const FULL_NAME_OF_SURNAME: KindScores = KindScores::person(12.0);
/// A place and a word that is an organisation's name elsewhere in the story ("Korea Eximbank" and "Eximbank").
pub(crate) const NAME_OF_ORGANIZATION_BEHIND_PLACE: KindScores = KindScores::organization(12.0);
/// A name that is an organisation's elsewhere in the story with a head behind it ("Tok Lae Dim Restaurant").
pub(crate) const NAME_WITHOUT_HEAD: KindScores = KindScores::organization(9.0);
/// The first word of a company's name or the last one of a club's ("Norrl" of "Norrl Motors").
pub(crate) const SHORT_NAME: KindScores = KindScores { person: -4.0, ..KindScores::organization(9.0) };
/// A listed state that is a given name too, of nobody in the story ("Victoria").
pub(crate) const STATE_WITH_GIVEN_NAME: KindScores = KindScores { person: -4.0, ..KindScores::place(9.0) };
/// How much the words beside each mention of a name tell at least of a person, where it may be that of a state or a month.
pub(crate) const MIN_HUMAN_CONTEXT: f32 = 1.0;
/// The short form of a place's name ("Tarn Referral" of "Tarn Referral Hospital").
pub(crate) const SHORT_PLACE: KindScores = KindScores { organization: -4.0, ..KindScores::place(9.0) };
/// The first or last word of an organisation's name.
pub(crate) const ORGANIZATION_PART: KindScores = KindScores::organization(1.0);
/// The initials of an organisation's name.
pub(crate) const ORGANIZATION_INITIALS: KindScores = KindScores::organization(3.0);
/// The initials of a person's name of three words or more.
pub(crate) const PERSON_INITIALS: KindScores = KindScores::person(12.0);
/// The name of a county or the like without the word for it ("Orren" of "Orren County").
pub(crate) const NAME_OF_DISTRICT: KindScores = KindScores::place(8.0);
/// The initials of a place's name of three words or more.
pub(crate) const PLACE_INITIALS: KindScores = KindScores::place(12.0);
