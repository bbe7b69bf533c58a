//! Lexical classes: what the lexicon says of a word, as a set of bits.

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
    /// A word of a cue that reports speech if a clause or an infinitive follows it ("told them to go"), in lower case.
    StatementReportingWord,
    /// A word of a cue that reports speech if a reason or a judgement follows it ("criticised them for"), in lower case.
    JudgementReportingWord,
    /// A word of a cue that reports speech if it gives something a name ("called it a farce"), in lower case.
    NamingReportingWord,
    /// A modal verb that makes a possibility of the verb after it ("could").
    ModalOfPossibility,
    /// A modal verb that makes a demand of the verb after it ("must").
    ModalOfDemand,
    /// A modal verb that makes something to come of the verb after it ("will").
    ModalOfFuture,
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

    pub(crate) const fn with(self, class: LexicalClass) -> Self {
        Self(self.0 | (1 << class as u32))
    }
}
