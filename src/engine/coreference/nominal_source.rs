//! An unnamed source, as its words describe it: "a State Department official", "the ministry", "researchers".

use crate::engine::coreference::name_index::initials;
use crate::engine::coreference::role_parts;
use crate::engine::coreference::told_facts::{self, Fact};
use crate::engine::entities::Gender;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::{
    Determiner, DocumentNoun, EpithetNoun, FunctionWord, GroupNoun, KinNoun, OrgNoun, RoleModifier, RoleNoun,
    StateOffice, Title,
};
use crate::engine::text::lexicon::Lexicon;
use crate::span::Span;
use crate::word_list::word_list;

/// Words before a role that do not tell which person has it.
pub(crate) const NON_IDENTIFYING_MODIFIERS: &[&str] = &word_list!("non-identifying-modifiers");

/// A description that is a source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NominalSource {
    /// The phrase without relative clauses and what follows a comma.
    pub(crate) span: Span,
    /// The head noun in lower case.
    pub(crate) noun: String,
    /// Role words and nouns before the head noun, in lower case.
    pub(crate) modifiers: Vec<String>,
    /// The words for peoples and places before the head noun, as the text writes them: "the | Thai | prime minister".
    pub(crate) qualifiers: Vec<String>,
    /// The words after the head noun, in lower case, without function words.
    pub(crate) complement: Vec<String>,
    pub(crate) gender: Option<Gender>,
    pub(crate) is_definite: bool,
    /// Whether it has no article and no other word that could stand for one: "Mayor".
    pub(crate) is_bare: bool,
    pub(crate) is_plural: bool,
    pub(crate) is_organization: bool,
    pub(crate) is_document: bool,
    /// Whether the head noun means one person.
    pub(crate) is_human: bool,
    /// Whether it tells that the office is not held any more: "the former mayor".
    pub(crate) is_former: bool,
    /// Whether it tells a property by which a story calls somebody whom it has named: "the 26-year-old forward".
    pub(crate) is_epithet: bool,
    /// The people or party by which an epithet calls somebody: "the Croatian"; `None` for other descriptions.
    pub(crate) fact: Option<Fact>,
    /// The words before the noun of a document that tell which one it is, in lower case: "the prosecutors’ document".
    pub(crate) document_words: Vec<String>,
}

/// How many bytes the short form of an office has: "AG", "ADGP".
const SHORT_FORM_BYTES: std::ops::RangeInclusive<usize> = 2..=4;
/// How well a role fits that is the one of a description.
const SAME_ROLE_SCORE: f32 = 1.0;
/// What it costs if the description says that the office is not held any more and the role does not: "the former mayor" is
/// hardly "Mayor Ann Lee" …
const FORMER_COST: f32 = 2.5;
/// … and if only the role says so: "the mayor" for "former mayor Ann Lee".
const NOT_FORMER_COST: f32 = 2.0;

/// What it costs if the role has a rank that the description lacks: "the inspector" for a chief inspector.
const OTHER_RANK_COST: f32 = 1.5;
/// What it costs if the role is one below the office: "the minister" for a deputy minister.
const DEPUTY_COST: f32 = 2.0;
/// How well an office fits somebody who is told by their relation to its holder: "his successor".
const RELATION_SCORE: f32 = 0.5;
/// What it is worth that a name before the noun is one of the role: "the Thai minister".
const QUALIFIER_SCORE: f32 = 1.6;
/// Offices by which a story calls those who deputise for their holders, too: "the minister" for a deputy minister.
const OFFICES_OF_DEPUTIES: &[&str] = &word_list!("offices-of-deputies");

/// Words before "guard" that make it an organisation: "the coast guard".
const CORPS_MODIFIERS: &[&str] = &word_list!("corps-modifiers");

/// Short forms of offices that are words too: "the PM".
const OFFICES_IN_LETTERS: &[&str] = &word_list!("offices-in-letters");

/// Words before an office that make it one below it, or beside it: "Deputy Health Minister".
const SUBORDINATE_RANKS: &[&str] = &word_list!("subordinate-ranks");

/// Words before an office that make it another rank.
const RANKS: &[&str] = &word_list!("ranks-before-offices");

/// Words before a document's noun that do not tell which one it is: "the latest report".
const VAGUE_DOCUMENT_WORDS: &[&str] = &word_list!("vague-document-words");

impl NominalSource {
    /// The description that some words in lower case make: `head` are those up to the head noun, `complement` those after it.
    pub(crate) fn from_words(
        lexicon: &Lexicon,
        span: Span,
        mut head: Vec<String>,
        complement: Vec<String>,
    ) -> Self {
        let last = head.pop().unwrap_or_default();
        let is_former = is_former_word(&last) || head.iter().any(|it| is_former_word(it));
        let noun = last.strip_prefix("ex-").unwrap_or(&last).to_owned();
        let first = head.first().cloned().unwrap_or_default();
        // "the father-of-two"
        let classes = lexicon.classes(noun.split_once("-of-").map_or(noun.as_str(), |it| it.0));
        let is_corps =
            noun == "guard" && head.iter().any(|it| CORPS_MODIFIERS.binary_search(&it.as_str()).is_ok());
        let is_document = classes.has(DocumentNoun) && !classes.any(&[RoleNoun, GroupNoun]);
        let has_plural_determiner = matches!(
            first.as_str(),
            "two" | "three" | "four" | "several" | "many" | "some" | "few" | "both" | "these" | "those"
        );
        let has_plural_ending =
            noun.ends_with('s') && !noun.ends_with("ss") && !classes.any(&[RoleNoun, DocumentNoun, OrgNoun]);
        let is_plural = classes.has(GroupNoun) || has_plural_determiner || has_plural_ending;
        let is_bare =
            !lexicon.classes(&first).has(Determiner) && !first.starts_with(|it: char| it.is_ascii_digit());
        // "the 26-year-old", "the mother of two"
        let is_age = noun.ends_with("-year-old");
        let is_parent = classes.has(KinNoun)
            && matches!(&complement[..], [of, number] if of == "of" && is_small_number(number));
        // "the 26-year-old forward", "the Tarn Republican"
        let is_epithet = classes.has(EpithetNoun)
            || is_age
            || is_parent
            || head.iter().any(|it| it.ends_with("-year-old"));
        let is_state_office = lexicon.classes(&letter_case::with_capital(&noun)).has(StateOffice);
        // "the commodities minister"
        let is_field = |it: &String| is_state_office && lexicon.is_plural_of_common_word(it);
        let is_modifier = |it: &String| {
            (lexicon.classes(it).any(&[RoleModifier, RoleNoun, OrgNoun]) || is_field(it))
                && !NON_IDENTIFYING_MODIFIERS.contains(&it.as_str())
        };
        let is_telling = |it: &&String| {
            let word = it.trim_end_matches(['\'', '’']);
            is_document
                && !lexicon.classes(word).any(&[Determiner, FunctionWord])
                && VAGUE_DOCUMENT_WORDS.binary_search(&word).is_err()
        };
        let document_words = head.iter().filter(is_telling).cloned().collect();
        Self {
            span,
            document_words,
            qualifiers: Vec::new(),
            modifiers: head.into_iter().filter(is_modifier).collect(),
            complement: complement.into_iter().filter(|it| !lexicon.classes(it).has(FunctionWord)).collect(),
            gender: Gender::from_classes(classes).filter(|_| classes.has(RoleNoun)),
            is_definite: is_definite(&first),
            is_bare,
            is_former,
            is_epithet,
            fact: None,
            is_document,
            is_plural: is_plural && !is_document,
            is_organization: is_corps || classes.has(OrgNoun),
            is_human: is_age
                || is_parent
                || !is_corps && classes.any(&[RoleNoun, EpithetNoun])
                || matches!(noun.as_str(), "one" | "person" | "child" | "adult" | "teen"),
            noun,
        }
    }

    /// Whether the words for an earlier document have all that tells which one this is: "the affidavit" may be any, "the prosecutors’
    /// affidavit" is not "a second affidavit". "The NHB report" is "a report by the National Harbour Board".
    pub(crate) fn is_told_by(&self, earlier: &str) -> bool {
        let initials = initials(earlier).to_lowercase();
        let earlier = earlier.to_lowercase();
        let has = |it: &String| {
            let word = it.trim_end_matches(['\'', '’', 's']);
            earlier.contains(word) || word.len() > 1 && initials.contains(word)
        };
        self.document_words.iter().all(has)
    }

    /// How well it fits a person with this role; `None` where it cannot mean them.
    pub(crate) fn role_score(&self, role: &str, lexicon: &Lexicon) -> Option<f32> {
        let parts = role_parts::parts(role, lexicon);
        parts.iter().filter_map(|it| self.part_score(it, lexicon)).max_by(f32::total_cmp)
    }

    /// How well it fits a person with this role, one of those that a longer one joins.
    fn part_score(&self, role: &str, lexicon: &Lexicon) -> Option<f32> {
        let is_former = tells_former(&role.to_lowercase());
        let is_office = self.is_office(lexicon);
        let is_deputy = self.is_deputy(role);
        // "The president" is no former president, and "the mayor" no deputy mayor.
        if is_former && !self.is_former && is_office
            || is_deputy && OFFICES_OF_DEPUTIES.binary_search(&self.noun.as_str()).is_err()
        {
            return None;
        }
        let cost = match (self.is_former, is_former) {
            (true, false) => FORMER_COST,
            (false, true) => NOT_FORMER_COST,
            _ if is_deputy => DEPUTY_COST,
            _ if self.is_of_other_rank(role) => OTHER_RANK_COST,
            _ => 0.0,
        };
        let qualified = self.qualification_score(role, lexicon);
        self.matches_part(role, lexicon).then_some(SAME_ROLE_SCORE + qualified - cost)
    }

    /// Whether its noun is the title of an office: "the mayor".
    pub(crate) fn is_office(&self, lexicon: &Lexicon) -> bool {
        lexicon.classes(&letter_case::with_capital(&self.noun)).any(&[StateOffice, Title])
    }

    /// Whether a role is the office with a rank below it: "the mayor" and "Deputy Mayor".
    fn is_deputy(&self, role: &str) -> bool {
        let role = role.to_lowercase();
        let words = || role.split([' ', '-']);
        words().any(|it| it == self.noun) && words().any(|it| self.lacks_rank(it))
    }

    /// Whether a role is the office with a rank before it that the description lacks: "the inspector" and "Chief Inspector".
    fn is_of_other_rank(&self, role: &str) -> bool {
        let role = role.to_lowercase();
        let head = role.split(' ').take_while(|it| *it != self.noun);
        let is_rank =
            |it: &str| RANKS.binary_search(&it).is_ok() && !self.modifiers.iter().any(|own| own == it);
        head.last().is_some_and(is_rank)
    }

    /// How well an office may refer to somebody whom the story calls by their relation to its holder: "his successor, Ann Lee", "his Thai
    /// counterpart", "his deputy", "his predecessor". `None` where it does not.
    pub(crate) fn relation_score(&self, role: &str, lexicon: &Lexicon) -> Option<f32> {
        let classes = lexicon.classes(&self.noun);
        if !classes.has(RoleNoun) || classes.has(EpithetNoun) {
            return None;
        }
        let is_related = match role.rsplit(' ').next()? {
            "successor" | "replacement" => !self.is_former,
            "predecessor" => self.is_former,
            "counterpart" => self.qualification_score(role, lexicon) > 0.0,
            "deputy" => self.modifiers.iter().any(|it| it == "deputy"),
            _ => false,
        };
        is_related.then_some(RELATION_SCORE + self.qualification_score(role, lexicon).max(0.0))
    }

    /// Whether the names before its noun are of another people or place than those of a role: "the Thai leader" and "Polish president".
    pub(crate) fn is_of_other_people(&self, role: &str, lexicon: &Lexicon) -> bool {
        self.qualification_score(role, lexicon) < 0.0
    }

    /// What the names before its noun tell of a role: more if the role has one of them ("the Thai minister", "Thai Minister"), less if it has
    /// another one.
    fn qualification_score(&self, role: &str, lexicon: &Lexicon) -> f32 {
        let is_name = |it: &&str| {
            it.starts_with(char::is_uppercase)
                && !lexicon.classes(&it.to_lowercase()).any(&[RoleNoun, RoleModifier])
        };
        let mut names = role.split([' ', '-']).filter(is_name).peekable();
        if self.qualifiers.is_empty() || names.peek().is_none() {
            return 0.0;
        }
        let is_same = |name: &str| self.qualifiers.iter().any(|it| told_facts::are_of_one_people(it, name));
        if names.any(is_same) { QUALIFIER_SCORE } else { -QUALIFIER_SCORE }
    }

    /// Whether its words, in the text of the document, tell whose it is: "Norbex's director".
    pub(crate) fn has_owner(&self, text: &str) -> bool {
        let words = self.span.slice(text);
        words.contains("'s ") || words.contains("’s ")
    }

    /// Whether it may refer to a person with this role: "the foreign minister" to a "British Foreign Minister", "the
    /// lawmaker" to a "state senator".
    pub(crate) fn matches_role(&self, role: &str, lexicon: &Lexicon) -> bool {
        role_parts::parts(role, lexicon).iter().any(|it| self.matches_part(it, lexicon))
    }

    /// Whether it may refer to a person with this role, one of those that a longer one joins.
    fn matches_part(&self, role: &str, lexicon: &Lexicon) -> bool {
        if self.is_short_form_of(role, lexicon) {
            return true;
        }
        let role = role.to_lowercase();
        let words: Vec<&str> = role.split([' ', '-']).collect();
        let head = words.iter().take_while(|it| !is_preposition(it));
        let words_behind: Vec<&str> = words.iter().skip(head.clone().count()).copied().collect();
        let narrower = lexicon.narrower_roles(&self.noun);
        let noun = |it: &&str| {
            let short = it.strip_suffix('.').unwrap_or(it);
            **it == self.noun
                || (it.len() > short.len() && short.len() > 1 && self.noun.starts_with(short))
                || narrower.contains(&short)
        };
        let known = |it: &String| words.contains(&it.as_str());
        // "City Councillor" is no city: the noun ends the role, or stands before an "and" in it.
        let mut nouns = head.clone().peekable();
        let mut has_noun = false;
        // "Deputy Mayor and party leader" is no deputy leader: the modifiers of a noun stand in its own part of the role.
        let mut part: Vec<&str> = Vec::new();
        while let Some(word) = nouns.next() {
            let ends =
                nouns.peek().is_none_or(|it| matches!(**it, "and" | "&" | "emeritus") || it.ends_with(','));
            let bare = word.trim_end_matches(',');
            let is_in_part = |it: &String| part.contains(&it.as_str()) || words_behind.contains(&it.as_str());
            let is_other_rank = || !self.modifiers.is_empty() && part.iter().any(|it| self.lacks_rank(it));
            has_noun |= ends && noun(&bare) && self.modifiers.iter().all(is_in_part) && !is_other_rank();
            part.push(bare);
            if ends && lexicon.classes(bare).has(RoleNoun) {
                part.clear();
            }
        }
        // "the health minister" is not the "Deputy Health Minister"
        let is_rank = |it: &&str| SUBORDINATE_RANKS.binary_search(it).is_ok();
        let is_below = !self.modifiers.is_empty()
            && head.clone().any(|it| is_rank(it) && !self.modifiers.iter().any(|own| own == it));
        if is_below {
            return false;
        }
        // "the secretary-general" for the "UN Secretary General"
        let in_words = self.noun.replace('-', " ");
        let is_joined = in_words.contains(' ');
        has_noun |= is_joined
            && role.replace('-', " ").split(" of ").next().is_some_and(|it| it.ends_with(&in_words));
        // "the premier" for a prime minister
        has_noun |= narrower.iter().any(|it| it.contains(' ') && role.contains(it));
        has_noun
            && self.modifiers.iter().all(known)
            && (self.complement.is_empty() || self.complement.iter().any(known))
    }
}

impl NominalSource {
    /// Whether the noun is no word and has the initials of a role, or of its last words: "the AG" for the Attorney General.
    fn is_short_form_of(&self, role: &str, lexicon: &Lexicon) -> bool {
        let letters = self.noun.len();
        let is_word = !lexicon.classes(&self.noun).is_empty() && !is_office_in_letters(&self.noun);
        if !SHORT_FORM_BYTES.contains(&letters) || !self.noun.is_ascii() || is_word {
            return false;
        }
        let role = role.to_lowercase();
        // "the PM" for the "Prime Minister of Norway"
        let office = role.split(" of ").next().unwrap_or_default();
        let role = role.split(" (").next().unwrap_or_default();
        self.has_initials_of(role) || self.has_initials_of(office)
    }

    /// Whether the noun has the initials of the last words of a role in lower case.
    fn has_initials_of(&self, role: &str) -> bool {
        let letters = self.noun.len();
        let has_initial = |it: &&str| !matches!(*it, "of" | "for" | "and" | "the");
        let words: Vec<&str> = role.split([' ', '-']).filter(has_initial).collect();
        let initials = words.iter().filter_map(|it| it.chars().next()).flat_map(char::to_lowercase);
        let initials: String = initials.collect();
        // "the PM" is no "Deputy Prime Minister".
        let before = &words[..words.len().saturating_sub(letters)];
        words.len() >= letters
            && initials.ends_with(&self.noun)
            && !before.iter().any(|it| self.lacks_rank(it))
            && self.modifiers.iter().all(|it| words.contains(&it.as_str()))
    }

    /// Whether a word of a role tells a rank below the office, and the description does not: "the health minister" is no "Deputy Health
    /// Minister".
    fn lacks_rank(&self, word: &str) -> bool {
        matches!(word, "deputy" | "vice" | "assistant" | "associate" | "junior" | "under")
            && !self.modifiers.iter().any(|it| it == word)
    }
}

/// Whether a word in lower case is the short form of an office: "the pm".
fn is_office_in_letters(word: &str) -> bool {
    OFFICES_IN_LETTERS.binary_search(&word).is_ok()
}

/// Whether words begin with a definite article or a demonstrative.
pub(crate) fn is_definite(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    ["the", "this", "that", "these", "those"].iter().any(|it| first.eq_ignore_ascii_case(it))
}

/// Whether a word tells that an office is not held any more, or not yet: "former", "ex-mayor", "would-be".
pub(crate) fn is_former_word(word: &str) -> bool {
    matches!(word, "former" | "ex" | "erstwhile" | "onetime" | "one-time" | "would-be")
        || word.starts_with("ex-")
}

/// Whether words in lower case tell that an office is not held any more: "former mayor".
pub(crate) fn tells_former(words: &str) -> bool {
    words.split(' ').any(is_former_word)
}

/// Whether a word is a number of children.
fn is_small_number(word: &str) -> bool {
    matches!(word, "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten")
}

/// Whether a preposition begins a complement of the head noun.
pub(crate) fn is_preposition(word: &str) -> bool {
    const WORDS: &[&str] = &word_list!("nominal-complement-openers");
    WORDS.binary_search(&word).is_ok()
}

/// Whether a word begins a relative clause.
pub(crate) fn is_relative(word: &str) -> bool {
    matches!(word, "who" | "which" | "that" | "whose" | "where")
}
