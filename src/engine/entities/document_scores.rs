//! Document-level scores: all mentions of one name add up, and short names take the kind of the long ones.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::context::{context_scores, initials};
use crate::engine::entities::features::{Features, WordShape, title_case};
use crate::engine::entities::name_words;
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::entities::segmentation::{Candidate, longest_listed};
use crate::engine::text::hash_map::{HashMap, HashSet};
use crate::engine::text::lexicon::LexicalClass::{
    Calendar, CommonWord, CompanySuffix, Country, Demonym, GivenName, OrgHead, OrgHeadOf, OrgNoun,
    Organization, PlacePrefix, PlaceSuffix, Region,
};
use crate::word_list::word_list;

/// Words that say only that a place is a part of a country: "Orren County".
const DISTRICTS: &[&str] = &word_list!("district-heads");

/// Nouns behind the name of a ruler or of a family: "the Varr government".
const RULES: &[&str] = &word_list!("nouns-of-rule");

/// Words before "of" and a place's name that tell the form of a state or town: "Republic of Tarn".
const FORMS_OF_STATES: &[&str] = &word_list!("forms-of-states");

/// A candidate with its kind.
pub(crate) struct ResolvedCandidate {
    pub(crate) tokens: Range<usize>,
    pub(crate) title: Option<Range<usize>>,
    pub(crate) kind: EntityKind,
}

/// The scores of one name in the whole story.
struct NameStats {
    /// The tokens of its first mention.
    tokens: Range<usize>,
    /// How often the story mentions it.
    mentions: f32,
    /// The scores of its own words: all of the first mention's, a share of those of the others.
    own_scores: KindScores,
    /// The scores of the words around all mentions.
    context_scores: KindScores,
    /// Whether at least one mention cannot be a common word with a forced capital.
    is_certain: bool,
    /// Whether a title stands before one of the mentions.
    is_titled: bool,
    /// Whether "government" or the like follows one of the mentions.
    rules: bool,
    /// Whether the tagger is less than half sure of each mention, and no words beside them speak for a name.
    is_doubtful: bool,
}

impl NameStats {
    fn new(tokens: Range<usize>) -> Self {
        let (own_scores, context_scores) = (KindScores::zero(), KindScores::zero());
        Self {
            tokens,
            mentions: 0.0,
            own_scores,
            context_scores,
            is_certain: false,
            is_titled: false,
            rules: false,
            is_doubtful: true,
        }
    }

    /// Counts one more mention.
    fn add(&mut self, features: &Features, mention: &Candidate) {
        let is_first = self.mentions == 0.0;
        let repeated = KindScores { person: 0.0, ..mention.scores.scaled(scores::REPEATED_MENTION_SHARE) };
        self.own_scores = self.own_scores + if is_first { mention.scores } else { repeated };
        self.mentions += 1.0;
        let context = context_scores(features, &mention.tokens);
        self.context_scores = self.context_scores + context;
        self.is_doubtful &= mention.is_doubtful && context.best().1 <= 0.0;
        self.is_titled |= mention.title.is_some();
        self.rules |= RULES.binary_search(&features.form(mention.tokens.end)).is_ok();
        self.is_certain |= !mention.may_be_common_word || mention.title.is_some();
    }

    /// Whether the words beside most of its mentions tell of a person: "April said".
    fn acts(&self) -> bool {
        self.context_scores.person >= scores::MIN_HUMAN_CONTEXT * self.mentions
    }

    /// Whether the words beside its mentions tell of a person, and none of a place.
    fn acts_as_person(&self) -> bool {
        self.context_scores.place <= 0.0 && self.context_scores.person > 0.0 && self.mentions > 1.0
    }

    fn total_scores(&self) -> KindScores {
        self.own_scores + self.context_scores
    }
}

/// The candidates that are names, each with its kind, in reading order.
pub(crate) fn resolve_kinds(features: &Features, candidates: Vec<Candidate>) -> Vec<ResolvedCandidate> {
    let names: Vec<String> = candidates.iter().map(|it| name_in_letters(features, &it.tokens)).collect();
    let mut stats: HashMap<&str, NameStats> = HashMap::default();
    for (candidate, name) in candidates.iter().zip(&names) {
        let stats = stats.entry(name).or_insert_with(|| NameStats::new(candidate.tokens.clone()));
        stats.add(features, candidate);
    }
    let parts = NameParts::collect(features, &stats);
    let resolve = |(candidate, name): (Candidate, &String)| {
        let stats = stats.get(name.as_str())?;
        let (kind, score) = (stats.total_scores() + parts.scores_for(features, name, stats)).best();
        let is_word = candidate.tokens.len() == 1;
        let least = match (stats.is_doubtful, is_word) {
            (true, _) => scores::MIN_DOUBTFUL_SCORE,
            (false, true) => scores::MIN_WORD_SCORE,
            (false, false) => scores::MIN_PHRASE_SCORE,
        };
        let is_month = is_word && kind == EntityKind::Person && parts.is_month(features, name, stats);
        let is_name = score >= least && (stats.is_certain || parts.is_part_of_person(name)) && !is_month;
        is_name.then_some(ResolvedCandidate { tokens: candidate.tokens, title: candidate.title, kind })
    };
    candidates.into_iter().zip(&names).filter_map(resolve).collect()
}

/// The words of a name as the lexicon writes phrases, those of a long one in capitals in ordinary letters: "TARN FERRIES" as
/// "Tarn Ferries".
fn name_in_letters(features: &Features, tokens: &Range<usize>) -> String {
    let is_in_capitals = |at: usize| !features.doc.word(at).contains(char::is_lowercase);
    let phrase = features.phrase(tokens.clone());
    if tokens.len() > 1 && tokens.clone().all(is_in_capitals) {
        return title_case(&phrase);
    }
    phrase
}

/// The token of the word by which a company or a club of several words is called: the first one before words that tell only what it
/// is, the last one behind those of a club. `None` where there is none, or it is a common word or the place of a company.
pub(crate) fn short_name(features: &Features, name: &Range<usize>) -> Option<usize> {
    // "Amnesty" of "Amnesty International"
    let is_listed = features.lexicon.classes(&features.phrase(name.clone())).has(Organization);
    let (first, last) = (name.start, name.end - 1);
    let is_of_club = first < last && (first..last).all(|it| name_words::is_club_word(features, it));
    // The town of a club has its name too: "Maipelo" of "Deportivo Maipelo".
    let is_own = |at: &usize| {
        let classes = features.classes(*at);
        (is_of_club || !classes.is_place())
            && !classes.any(&[Demonym, Organization, GivenName])
            && (is_listed || !features.lowercase_classes(*at).has(CommonWord))
    };
    let is_company = (first + 1..name.end).all(|it| is_company_tail(features, it));
    let short = if is_company { Some(first) } else { Some(last).filter(|_| is_of_club) };
    short.filter(is_own)
}

/// Whether an organisation is named after somebody: "Ann Lee Foundation".
fn is_memorial(features: &Features, name: &Range<usize>) -> bool {
    const HEADS: &[&str] = &word_list!("heads-of-memorials");
    features.is(name.start, GivenName) && HEADS.binary_search(&features.form(name.end - 1)).is_ok()
}

/// Whether a word tells only what a company is: "Metals", "Holdings".
fn is_company_tail(features: &Features, at: usize) -> bool {
    const TAILS: &[&str] = &word_list!("company-name-tails");
    features.is(at, CompanySuffix)
        || features.is(at, OrgHead)
        || TAILS.binary_search(&features.form(at)).is_ok()
}

/// The given name by which a company is called: "Chandra" of "Chandra Metals".
fn given_name_of_company<'a>(features: &'a Features, name: &Range<usize>) -> Option<&'a str> {
    let is_company = name.len() > 1 && (name.start + 1..name.end).all(|it| is_company_tail(features, it));
    (is_company && features.is(name.start, GivenName)).then(|| features.form(name.start))
}

/// The parts of a story's long names, by which its short names are recognised.
#[derive(Default)]
struct NameParts {
    /// The first words of people's names, and everything after each of their words.
    people: HashSet<String>,
    /// The first and last words of organisations' names.
    organizations: HashSet<String>,
    /// Organisations' names of three words or more without the head or the legal form that ends them.
    headless: HashSet<String>,
    /// Names of one word that a longer name of the story makes an organisation's: "Norrl" of "Norrl Motors", "Varr" of "Deportivo
    /// Varr".
    short_names: HashSet<String>,
    /// First words of the names of organisations with a head at their end, which no list has: "Tyvik" of "Tyvik Space Systems".
    openers: HashSet<String>,
    /// Given names by which companies are called: "Chandra" of "Chandra Metals".
    companies: HashSet<String>,
    /// Short forms of places' names that the tagger may take for organisations: "Tarn Referral" of "Tarn Referral Hospital", "Opera
    /// House" of "Cairo Opera House", "Union" of "Union of Comoros".
    places: HashSet<String>,
    /// The initials of organisations' names.
    initials: HashSet<String>,
    /// The initials of people's names of three words or more: "MBS".
    person_initials: HashSet<String>,
    /// The initials of places' names of three words or more.
    place_initials: HashSet<String>,
    /// First words of the names of counties and the like: "Orren" of "Orren County".
    districts: HashSet<String>,
    /// Names of one word that are surely people's: after a title, or as the tagger has them.
    surnames: HashSet<String>,
    /// Names of one word that are surely organisations'.
    lone_organizations: HashSet<String>,
}

impl NameParts {
    fn collect(features: &Features, stats: &HashMap<&str, NameStats>) -> Self {
        let mut parts = Self::default();
        for (name, stats) in stats.iter().filter(|(_, it)| it.tokens.len() == 1) {
            let (kind, score) = stats.total_scores().best();
            let is_listed =
                features.classes(stats.tokens.start).any(&[Organization, OrgHead, OrgHeadOf, CompanySuffix]);
            if score < scores::MIN_SURNAME_SCORE || is_listed {
                continue;
            }
            match kind {
                EntityKind::Person => parts.surnames.insert((*name).to_owned()),
                EntityKind::Organisation => parts.lone_organizations.insert((*name).to_owned()),
                _ => false,
            };
        }
        for name in stats.values().filter(|it| it.tokens.len() > 1) {
            let Range { start, end } = name.tokens;
            match (name.total_scores() + parts.scores_from_surname(features, &name.tokens)).best() {
                (EntityKind::Person, score) if score > scores::MIN_LONG_NAME_SCORE => {
                    for cut in start + 1..end {
                        let part = features.phrase(cut..end);
                        // "Al-Varr" at the start of a sentence
                        if part.starts_with(char::is_lowercase) && part.contains('-') {
                            let mut letters = part.chars();
                            let first: String =
                                letters.next().into_iter().flat_map(char::to_uppercase).collect();
                            parts.people.insert(first + letters.as_str());
                        }
                        parts.people.insert(part);
                    }
                    parts.people.insert(features.phrase(start..start + 1));
                    if end - start > 2 {
                        let first = (start..end).filter_map(|it| features.form(it).chars().next());
                        parts.person_initials.insert(first.flat_map(char::to_uppercase).collect());
                    }
                }
                (EntityKind::Place, score) if score > scores::MIN_LONG_NAME_SCORE => {
                    parts.add_place(features, &name.tokens);
                }
                (EntityKind::Organisation, score) if score > scores::MIN_LONG_NAME_SCORE => {
                    parts.organizations.insert(features.phrase(start..start + 1));
                    parts.organizations.insert(features.phrase(end - 1..end));
                    let short = short_name(features, &name.tokens);
                    parts.short_names.extend(short.map(|it| features.phrase(it..it + 1)));
                    let is_headed = features.classes(end - 1).any(&[OrgHead, OrgHeadOf, CompanySuffix]);
                    if is_headed && features.classes(start).is_empty() {
                        parts.openers.insert(features.phrase(start..start + 1));
                    }
                    let given = given_name_of_company(features, &name.tokens);
                    parts.companies.extend(given.map(str::to_owned));
                    let has_head = features.classes(end - 1).any(&[OrgHead, OrgHeadOf, CompanySuffix]);
                    if end - start > 2 && has_head && !is_memorial(features, &name.tokens) {
                        parts.headless.insert(features.phrase(start..end - 1));
                    }
                    parts.initials.insert(initials(features, &name.tokens).into_iter().collect());
                }
                _ => {}
            }
        }
        parts
    }

    /// Adds the parts of a place's name of several words.
    fn add_place(&mut self, features: &Features, name: &Range<usize>) {
        let Range { start, end } = *name;
        if end - start > 2 {
            self.place_initials.insert(initials(features, name).into_iter().collect());
        }
        // "Vell Tarn" of "Vell Tarn Hospital" is a town.
        let is_building = features.lowercase_classes(end - 1).has(OrgNoun)
            && features.lowercase_classes(end - 2).has(CommonWord);
        if end - start > 2 && is_building && features.is(end - 1, PlaceSuffix) {
            self.places.insert(features.phrase(start..end - 1));
        }
        // "Opera House" of "Cairo Opera House"
        let owner = longest_listed(features, start, end).filter(|it| it.1.is_place());
        if let Some((words, _)) = owner.filter(|it| start + it.0 + 1 < end) {
            self.places.insert(features.phrase(start + words..end));
        }
        // "the Union" of "Union of Comoros"
        if FORMS_OF_STATES.binary_search(&features.form(start)).is_ok() && features.form(start + 1) == "of" {
            self.places.insert(features.phrase(start..start + 1));
        }
        if DISTRICTS.binary_search(&features.form(end - 1)).is_ok() {
            self.districts.insert(features.phrase(start..end - 1));
        }
    }

    fn is_part_of_person(&self, name: &str) -> bool {
        self.people.contains(name)
    }

    /// What the long names of the story add to the scores of `name`.
    fn scores_for(&self, features: &Features, name: &str, stats: &NameStats) -> KindScores {
        let tokens = &stats.tokens;
        let is_person = self.is_part_of_person(name);
        // "the Moon administration" of Moon Jae-in
        let rule = if is_person && stats.rules { scores::RULER_OF_STORY } else { KindScores::zero() };
        // A surname that is a city's name too gains with each mention what the city gains.
        let person = if is_person {
            KindScores::person(scores::PERSON_PART + stats.mentions)
        } else {
            KindScores::zero()
        };
        let is_listed_place = features.classes(tokens.start).is_place();
        // A first name that no list of places has is no place: "We sent Pavel."
        let scores_as_place = stats.own_scores.place > stats.own_scores.organization && !is_listed_place;
        // "Phoenix" of "Phoenix Berg": nothing beside it tells of a place.
        let is_of_person = is_person && !features.is(tokens.start, Country) && stats.acts_as_person();
        let scores_as_place = scores_as_place || is_of_person;
        let person =
            if scores_as_place && is_person { person + scores::UNLISTED_PLACE_IN_PERSON } else { person };
        let is_org_part = tokens.len() == 1 && self.organizations.contains(name) && !is_listed_place;
        let organization = if is_org_part { scores::ORGANIZATION_PART } else { KindScores::zero() };
        let is_uppercase = features.get(tokens.start).is_some_and(|it| it.shape == WordShape::Uppercase);
        let letters: String = name.chars().filter(|it| it.is_alphabetic()).collect();
        let is_acronym = is_uppercase && self.initials.contains(&letters);
        let is_of_person = is_uppercase && !is_acronym && self.person_initials.contains(name);
        let acronym = match (is_acronym, is_of_person) {
            (true, _) => scores::ORGANIZATION_INITIALS,
            (_, true) => scores::PERSON_INITIALS,
            _ if is_uppercase && self.place_initials.contains(&letters) => scores::PLACE_INITIALS,
            _ => KindScores::zero(),
        };
        // "Orren officials" beside "Orren County"
        let is_district = !is_person && self.districts.contains(name);
        let person = if is_district { scores::NAME_OF_DISTRICT } else { person };
        let known =
            self.scores_from_surname(features, tokens) + self.scores_from_organization(features, tokens);
        let short =
            self.scores_from_long_name(features, name, stats) + self.scores_from_initials(features, tokens);
        let headless = self.scores_from_headless(features, name, tokens);
        person + rule + organization + acronym + known + short + headless
    }

    /// What two capitals before the surname of a person of the story add: "JP Varr", with a title or with initials.
    fn scores_from_initials(&self, features: &Features, tokens: &Range<usize>) -> KindScores {
        let at = tokens.start;
        let is_short = features.form(at).len() == 2
            && features.get(at).is_some_and(|it| it.shape == WordShape::Uppercase)
            && features.classes(at).is_empty()
            && !name_words::is_club_word(features, at);
        let is_person = tokens.len() == 2 && is_short && self.is_part_of_person(features.form(at + 1));
        if is_person { scores::FULL_NAME_OF_SURNAME } else { KindScores::zero() }
    }

    /// Whether the name of a month or a day is nobody's: no longer name has it, and no words beside it tell of a person.
    fn is_month(&self, features: &Features, name: &str, stats: &NameStats) -> bool {
        features.is(stats.tokens.start, Calendar)
            && !self.is_part_of_person(name)
            && !stats.is_titled
            && !stats.acts()
    }

    /// What a longer name adds to one that the tagger has as somebody's or as another kind: "Norrl Motors" makes "Norrl" an
    /// organisation, "Tarn Referral Hospital" makes "Tarn Referral" a place.
    fn scores_from_long_name(&self, features: &Features, name: &str, stats: &NameStats) -> KindScores {
        let own = stats.own_scores;
        let at = stats.tokens.start;
        let is_of_person = self.is_part_of_person(name) || features.is(at, GivenName);
        // "Norrl" that the tagger has as a place may be the town after which the company is named.
        let is_person = own.best().0 == EntityKind::Person;
        if is_person && !is_of_person && !stats.is_titled && self.short_names.contains(name) {
            return scores::SHORT_NAME;
        }
        let is_opener = stats.tokens.len() == 1 && self.openers.contains(name) && !stats.acts();
        if is_person && is_opener && !is_of_person && !stats.is_titled {
            return scores::SHORT_NAME;
        }
        let is_company = self.companies.contains(name) && !self.is_part_of_person(name);
        if is_person && is_company && !stats.is_titled {
            return scores::SHORT_NAME;
        }
        // "Victoria recorded ten cases": a state, where nobody in the story is called so.
        let is_state = stats.tokens.len() == 1 && features.classes(at).any(&[Country, Region]);
        if is_person && is_state && !self.is_part_of_person(name) && !stats.is_titled && !stats.acts() {
            return scores::STATE_WITH_GIVEN_NAME;
        }
        let is_organization = own.best().0 == EntityKind::Organisation;
        if is_organization && self.places.contains(name) { scores::SHORT_PLACE } else { KindScores::zero() }
    }

    /// What the longer name with the head of an organisation adds: "Tok Lae Dim Restaurant" makes "Tok Lae Dim" one. A place keeps its
    /// name: "Tarn County Hospital".
    fn scores_from_headless(&self, features: &Features, name: &str, tokens: &Range<usize>) -> KindScores {
        let is_place = || {
            features.classes(tokens.end - 1).has(PlaceSuffix)
                || features.is(tokens.start, PlacePrefix)
                || longest_listed(features, tokens.start, tokens.end).is_some_and(|it| it.1.is_place())
        };
        let is_organization = tokens.len() > 1 && self.headless.contains(name) && !is_place();
        if is_organization { scores::NAME_WITHOUT_HEAD } else { KindScores::zero() }
    }

    /// What the last word of a name adds behind a place, where the story has it as an organisation's: "Eximbank" makes "Korea
    /// Eximbank" one.
    fn scores_from_organization(&self, features: &Features, tokens: &Range<usize>) -> KindScores {
        let last = tokens.end - 1;
        let is_behind_place = || {
            longest_listed(features, tokens.start, last)
                .is_some_and(|it| it.0 + 1 == tokens.len() && it.1.is_place())
        };
        let is_organization =
            tokens.len() > 1 && self.lone_organizations.contains(features.form(last)) && is_behind_place();
        if is_organization { scores::NAME_OF_ORGANIZATION_BEHIND_PLACE } else { KindScores::zero() }
    }

    /// What the surname of a name of two or three words adds, where the story has it as a person's: "Mr. Varr" makes "Odin
    /// Varr" a person.
    fn scores_from_surname(&self, features: &Features, tokens: &Range<usize>) -> KindScores {
        let is_name_word = |at: usize| {
            let is_shape = features
                .get(at)
                .is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial));
            // "A$AP Varr"
            let is_shape = is_shape || at == tokens.start && features.form(at).contains(['$', '!']);
            let classes = features.classes(at);
            is_shape && !classes.any(&[OrgHead, OrgHeadOf, CompanySuffix, PlacePrefix, PlaceSuffix])
        };
        let is_full_name = (2..=3).contains(&tokens.len())
            && tokens.clone().all(is_name_word)
            && !name_words::is_club_word(features, tokens.start)
            && longest_listed(features, tokens.start, tokens.end)
                .is_none_or(|it| it.0 == 1 && !it.1.is_place());
        let is_person = is_full_name && self.surnames.contains(features.form(tokens.end - 1));
        if is_person { scores::FULL_NAME_OF_SURNAME } else { KindScores::zero() }
    }
}
