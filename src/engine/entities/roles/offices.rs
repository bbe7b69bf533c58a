//! Offices in capitals before a name, and those that open a sentence: "Tarn Legislator Ann Lee", "Norbex Sales Manager, Ann Lee said".

use std::ops::Range;

use crate::engine::entities::features::{WordFeatures, WordShape};
use crate::engine::entities::roles::{MAX_ROLE_NOUN_WORDS, RoleFinder};
use crate::engine::entities::{name_words, role_kinds};
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, FunctionWord, GivenName, KinNoun, PlaceSuffix, Preposition, ReportingWord, RoleModifier,
    RoleNoun, SpeechVerb, StateOffice,
};

/// How many words may stand between an owner and the capitals of an office: "Tarn's new | Foreign Minister".
const MAX_ADJECTIVES: usize = 2;
/// How many tokens may stand between a verb of saying and the comma that ends what is put in: "the driver, Ann Lee told us, fled".
const MAX_INSERTED_TOKENS: usize = 4;
/// How many tokens may stand before the role that begins a clause: "On Friday evening, | the mayor".
const MAX_FRONTED_TOKENS: usize = 8;
/// How many words the organisation or field of an office may have between commas.
const MAX_FIELD_WORDS: usize = 6;

impl RoleFinder<'_> {
    /// The start of a role noun in capitals that ends at `end`, directly before a name: "| Legislator | Ann Lee". "Republican" and the
    /// like tell of a party.
    pub(super) fn capitalized_noun_before(&self, end: usize, floor: usize) -> Option<usize> {
        let noun = end.checked_sub(1).filter(|it| *it >= floor)?;
        let word = self.features.get(noun)?;
        let is_office = word.shape == WordShape::TitleCase
            && !word.classes.has(GivenName)
            && !word.lowercase_classes.has(KinNoun)
            && !name_words::is_noun_for_member(&self.features.doc.lower(noun));
        self.listed_role_starts(end, floor).next().filter(|_| is_office)
    }

    /// The start of a role noun in the plural that ends at `end`, before the first of two names: "the | lawyers | Ann Lee and Bo Ray".
    pub(super) fn plural_noun_before(&self, name: &Range<usize>, floor: usize) -> Option<usize> {
        let noun = name.start.checked_sub(1).filter(|it| *it >= floor)?;
        let is_joint = matches!(self.features.form(name.end), "and" | "," | "&");
        // "role models | Ann Lee and Bo Ray"
        let is_compound = noun > floor && self.features.form(noun - 1) == "role";
        let is_pair = is_joint && !is_compound && self.is_person_start(name.end + 1);
        (is_pair && role_kinds::is_plural_noun(self.features, &self.features.doc.lower(noun))).then_some(noun)
    }

    /// The start of an office in capitals that ends at `end`, before a comma: "Norrland's | Foreign Minister". Behind the name of somebody
    /// and a comma it is theirs.
    pub(super) fn office_in_capitals_before(&self, end: usize, floor: usize) -> Option<usize> {
        let noun = self.listed_role_starts(end, floor).last()?;
        let is_capital = |at: &usize| {
            self.features.is_capitalized(*at) && !self.features.lowercase_classes(*at).has(FunctionWord)
        };
        let capitals = (floor..noun).rev().take(MAX_ROLE_NOUN_WORDS);
        let start = capitals.take_while(is_capital).last().unwrap_or(noun);
        let adjectives = (floor..start).rev().take(MAX_ADJECTIVES);
        let adjectives = adjectives.take_while(|it| {
            let is_function_word = self.features.lowercase_classes(*it).has(FunctionWord);
            self.features.doc.word(*it).starts_with(char::is_lowercase) && !is_function_word
        });
        let first = adjectives.last().unwrap_or(start);
        let is_title = self.features.is_capitalized(noun) && !self.is_name_word(noun);
        if self.is_owned(start, floor) {
            return Some(start);
        }
        let before = start.checked_sub(1).filter(|it| *it >= floor);
        let is_free = before.is_none_or(|it| {
            let follows_article = matches!(self.features.form(it), "'s" | "’s" | "the" | "The");
            !follows_article && self.features.doc.word(it).starts_with(char::is_lowercase)
        });
        let opens = is_title && is_free;
        let has_owner = is_title && self.is_owned(first, floor);
        (opens || has_owner).then_some(if has_owner { first } else { start })
    }

    /// Whether a possessive or "the" stands before an office that is neither that of the person before it nor of somebody's kin: "Ann Lee,
    /// the | Clerk", "the wife of the | Clerk".
    fn is_owned(&self, start: usize, floor: usize) -> bool {
        let owner = start.checked_sub(1).filter(|it| *it >= floor);
        let Some(owner) = owner.filter(|it| matches!(self.features.form(*it), "'s" | "’s" | "the" | "The"))
        else {
            return false;
        };
        let before = owner.checked_sub(1).filter(|it| *it > floor);
        let is_of = |it: usize| {
            self.features.form(it) == "of" && self.features.lowercase_classes(it - 1).has(KinNoun)
        };
        let is_apposed = |it: usize| {
            let name = self.starts_by_end.get(&it).filter(|_| self.features.form(it) == ",");
            name.is_some_and(|it| self.is_person_start(*it))
        };
        !before.is_some_and(|it| is_of(it) || is_apposed(it))
    }

    fn is_name_word(&self, at: usize) -> bool {
        self.features.is(at, GivenName)
    }

    /// Whether a name behind a comma is the subject of the clause that goes on: "the driver, | Ann Lee | left". "the driver, Ann Lee said,
    /// left" is about two.
    pub(super) fn continues_clause(&self, name: &Range<usize>) -> bool {
        let verb = name.end;
        let follows = self.features.doc.word(verb).starts_with(char::is_lowercase);
        let is_saying = self.features.lowercase_classes(verb).any(&[ReportingWord, SpeechVerb]);
        let inserted = verb + 1..verb + 1 + MAX_INSERTED_TOKENS;
        let closes = |at: usize| matches!(self.features.form(at), "," | "." | "");
        follows && !(is_saying && inserted.into_iter().any(closes))
    }

    /// The start of a role without an article whose complement is the office of somebody else: "| Adviser to the | President | Ann Lee". "An
    /// adviser to the president Ann Lee" is nobody but her adviser.
    pub(super) fn head_of_office(&self, office: &Range<usize>, floor: usize) -> Option<usize> {
        let joint = office.start.checked_sub(2).filter(|it| *it > floor)?;
        let complement = office.clone().skip(1).find(|it| role_kinds::is_complement(self.features.form(*it)));
        let last = self.features.doc.lower(complement.unwrap_or(office.end).checked_sub(1)?);
        let is_state_office =
            self.features.lexicon.classes(&letter_case::with_capital(&last)).has(StateOffice)
                || role_kinds::is_office_of_place(&last);
        let is_complement = matches!(self.features.form(joint), "to" | "of" | "for")
            && self.features.form(joint + 1) == "the";
        let noun = self.listed_role_starts(joint, floor).next()?;
        let mut start = noun;
        while let Some(further) = self.extended_start(start, floor) {
            start = further;
        }
        let is_bare = start == floor || self.features.form(start - 1) == ",";
        let is_kin = self.features.lowercase_classes(joint - 1).has(KinNoun);
        (is_state_office && is_complement && is_bare && !is_kin).then_some(start)
    }

    /// The role before a name whose organisation or field stands between commas: "the | Chairman, Harbour Board |, Ann Lee, …".
    pub(super) fn role_with_apposed_field(
        &self,
        name: &Range<usize>,
        floor: usize,
    ) -> Option<(usize, usize)> {
        let comma = name.start.checked_sub(1).filter(|it| self.features.form(*it) == ",")?;
        let is_word = |at: &usize| {
            self.features.is_capitalized(*at) || matches!(self.features.form(*at), "and" | "of" | "&")
        };
        let is_field = |at: usize| {
            !self.features.is_capitalized(at)
                || self.features.lowercase_classes(at).any(&[CommonWord, RoleModifier])
        };
        let close = self.start_before_short_form(comma);
        let words = (floor..close).rev().take(MAX_FIELD_WORDS).take_while(is_word);
        let field =
            self.non_person_before(close).or_else(|| words.last().filter(|it| (*it..close).all(is_field)))?;
        let first = field.checked_sub(1).filter(|it| *it > floor && self.features.form(*it) == ",")?;
        let noun = self.listed_role_starts(first, floor).next()?;
        let capitals = (floor..noun).rev().take_while(|it| self.features.is_capitalized(*it));
        let start = capitals.last().unwrap_or(noun);
        let before = start.checked_sub(1).filter(|it| *it >= floor);
        let is_free = before.is_none_or(|it| {
            let is_preposition = self.features.lowercase_classes(it).has(Preposition);
            is_preposition || matches!(self.features.form(it), "the" | "The")
        });
        let is_closed = matches!(self.features.form(name.end), "," | ".") || self.continues_clause(name);
        let is_office = self.features.is_capitalized(first - 1) && !self.is_name_word(first - 1);
        (is_free && is_closed && is_office && field < close).then_some((noun, comma))
    }

    /// Whether nothing but an article and the words of the role stand before its start in the sentence.
    pub(super) fn opens_sentence(&self, start: usize, floor: usize) -> bool {
        let mut start = start;
        while let Some(further) = self.extended_start(start, floor) {
            start = further;
        }
        let has_article = start > floor && matches!(self.features.form(start - 1), "The" | "the");
        let opening = start - usize::from(has_article);
        // "In May, | the mayor"
        let is_fronted = opening > floor
            && self.features.form(opening - 1) == ","
            && self.features.lowercase_classes(floor).has(Preposition)
            && opening - floor <= MAX_FRONTED_TOKENS
            && !(floor..opening).any(|it| self.is_person_start(it));
        opening == floor || is_fronted
    }

    /// The start of the words that no list has before an office in capitals: "| Old Tarn | County Commissioner", "| Tarn | Senator".
    pub(super) fn unlisted_owner_start(&self, start: usize, floor: usize) -> Option<usize> {
        let is_region =
            |word: &WordFeatures| word.classes.has(PlaceSuffix) && word.lowercase_classes.is_empty();
        // "Hosting | President Varr", "the Two Mosques | King"
        let is_word = |word: &WordFeatures| {
            word.is_capital_forced && word.form.ends_with("ing")
                || self.features.lexicon.is_plural_of_common_word(&word.form)
        };
        let is_unlisted = |word: &WordFeatures| {
            let is_unknown = word.classes.is_empty() && word.lowercase_classes.is_empty();
            word.shape == WordShape::TitleCase && (is_unknown || is_region(word)) && !is_word(word)
        };
        let is_office =
            self.features.is_capitalized(start) && self.features.lowercase_classes(start).has(RoleNoun);
        let before = (floor..start).rev().take(MAX_ROLE_NOUN_WORDS + 1);
        let unlisted = before.take_while(|it| self.features.get(*it).is_some_and(is_unlisted)).last();
        // "Varr Slams | Senator Ann Lee"
        let follows_person = |it: usize| {
            self.starts_by_end.get(&it).is_some_and(|name| self.is_person_start(*name))
                || (it..start).any(|at| self.is_person_start(at))
        };
        let unlisted = unlisted.filter(|it| !follows_person(*it));
        unlisted.filter(|_| is_office || self.features.is(start, PlaceSuffix))
    }
}
