//! Joint roles before a name: a role with a complement before another one of the same person, "Head of the Harbour Board and | Professor Ann
//! Lee", and roles of two people, of whom only the second is named: "the bride and | groom Bo Ray".

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::entities::role_kinds;
use crate::engine::entities::roles::RoleFinder;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, Country, Demonym, Preposition, RoleModifier, RoleNoun, StateOffice, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words a role with its complement may have before "and".
const MAX_JOINT_ROLE_WORDS: usize = 18;
/// How many tokens behind the verb of a name are searched for words that tell of several people.
const MAX_TOKENS_OF_CLAUSE: usize = 8;

impl RoleFinder<'_> {
    /// The start of the role that "and" joins with the one at token `start`: "| Leader of the Harbour Party and | former minister". It has no
    /// article and opens its clause: "the chairman of the board and Mayor Ann Lee" are two people.
    pub(super) fn start_of_joint_role(&self, start: usize, floor: usize) -> Option<usize> {
        let joint = start.checked_sub(1).filter(|it| *it > floor && self.features.form(*it) == "and")?;
        // "Former nurse and | current mayor"
        let is_current = matches!(self.features.form(start), "current" | "now" | "present" | "incumbent");
        if is_current && let Some(mut first) = self.listed_role_starts(joint, floor).next() {
            while let Some(further) = self.extended_start(first, floor) {
                first = further;
            }
            let first = role_kinds::with_qualifier(self.features, first, floor);
            return Some(first).filter(|it| self.is_past(*it..it + 1));
        }
        let is_inside = |at: &usize| {
            let is_joint =
                matches!(self.features.form(*at), "of" | "for" | "to" | "in" | "the" | "and" | "'s" | "’s");
            let is_noun = self.may_be_noun_of_role(*at);
            !self.is_person_start(*at) && (is_joint || self.features.is_capitalized(*at) || is_noun)
        };
        let words =
            (floor.max(joint.saturating_sub(MAX_JOINT_ROLE_WORDS))..joint).rev().take_while(is_inside);
        let joins = |at: &usize| matches!(self.features.form(*at), "of" | "for" | "to") && *at > floor;
        words.filter(joins).find_map(|it| self.start_of_bare_role(it, floor))
    }

    /// The start of a role of one person before the preposition at a token, if it has no article and opens its clause.
    fn start_of_bare_role(&self, preposition: usize, floor: usize) -> Option<usize> {
        let noun = preposition - 1;
        let title = Some(noun).filter(|it| self.features.is(*it, Title));
        let mut start = self.listed_role_starts(preposition, floor).next().or(title)?;
        while let Some(further) = self.extended_start(start, floor) {
            start = further;
        }
        let start = role_kinds::with_qualifier(self.features, start, floor);
        let is_bare = start == floor || matches!(self.features.form(start - 1), "," | "—" | "–" | "-" | ":");
        let is_plural = role_kinds::is_plural_noun(self.features, &self.features.doc.lower(noun));
        (is_bare && !is_plural).then_some(start)
    }

    /// The start of the role of a name, where another person's role is joined with it: "the French president and | German chancellor Ann
    /// Lee", "the bride and | groom Bo Ray", "the president and | prime minister Bo Ray met on Monday". `None` where both are those of one.
    pub(super) fn start_of_own_role(&self, role: Range<usize>, name: &Range<usize>) -> Option<usize> {
        let mut joints = role.clone().rev().filter(|it| self.features.form(*it) == "and");
        let joint = joints.next().filter(|_| joints.next().is_none())?;
        // "husband and wife | Ann Lee and Bo Ray"
        if self.features.form(name.end) == "and" && self.is_person_start(name.end + 1) {
            return None;
        }
        let has_article = matches!(self.features.form(joint + 1), "the" | "a" | "an");
        let (first, second) = (role.start..joint, joint + 1 + usize::from(has_article)..role.end);
        let (first_noun, second_noun) = (self.noun_of(&first)?, self.noun_of(&second)?);
        let are_two_roles = are_opposed(self.features, first_noun, second_noun)
            || self.have_two_owners(&first, first_noun, &second, second_noun)
            || self.is_other_rank(&first, &second);
        let are_of_two = are_two_roles && !self.is_past(role.clone()) || self.acts_with_other(&role, name);
        are_of_two.then_some(second.start)
    }

    /// The noun of a role: the last word before its complement.
    fn noun_of(&self, role: &Range<usize>) -> Option<usize> {
        let end = role.clone().find(|it| role_kinds::is_complement(self.features.form(*it)));
        let noun = end.unwrap_or(role.end).checked_sub(1).filter(|it| *it >= role.start)?;
        let is_role = self.features.lowercase_classes(noun).has(RoleNoun) || self.features.is(noun, Title);
        is_role.then_some(noun)
    }

    /// Whether two roles are those of two lands, or one role in two organisations: "US president and British prime minister", "Norbex chief and
    /// Halvex chief". "former US senator and Canadian minister" may be one person.
    fn have_two_owners(
        &self,
        first: &Range<usize>,
        noun: usize,
        second: &Range<usize>,
        other: usize,
    ) -> bool {
        let form = |at: usize| self.features.doc.lower(at);
        let is_land = |it: &usize| self.features.is(*it, Demonym) || self.features.is(*it, Country);
        let land = |role: &Range<usize>, noun: usize| (role.start..noun).find(is_land).map(form);
        let is_owner = |it: &usize| {
            let classes = self.features.lowercase_classes(*it);
            self.features.is_capitalized(*it)
                && !self.features.get(*it).is_some_and(|it| it.is_capital_forced)
                && !classes.any(&[CommonWord, RoleModifier, RoleNoun])
                && !self.features.is(*it, Title)
        };
        let owner = |role: &Range<usize>, noun: usize| (role.start..noun).find(is_owner).map(form);
        let differ = |one: Option<String>, other: Option<String>| one.zip(other).is_some_and(|(a, b)| a != b);
        let is_one_role = form(noun) == form(other);
        // "Canadian actress and American singer"
        let is_state_office = |at: usize| {
            let office = form(at);
            role_kinds::is_office_of_place(&office)
                || self.features.lexicon.classes(&letter_case::with_capital(&office)).has(StateOffice)
        };
        let are_state_offices = is_state_office(noun) && is_state_office(other);
        are_state_offices && differ(land(first, noun), land(second, other))
            || is_one_role && differ(owner(first, noun), owner(second, other))
    }

    /// Whether somebody does not have a role any more: "former", "ex-minister".
    fn is_past(&self, role: Range<usize>) -> bool {
        role.into_iter().any(|it| {
            let word = self.features.doc.lower(it);
            matches!(word.as_str(), "former" | "ex" | "late") || word.starts_with("ex-")
        })
    }

    /// Whether one of two roles is the other one with a lower rank: "president and vice president".
    fn is_other_rank(&self, first: &Range<usize>, second: &Range<usize>) -> bool {
        let words = |role: &Range<usize>| -> Vec<String> {
            role.clone().map(|it| self.features.doc.lower(it)).filter(|it| it != "-").collect()
        };
        let (first, second) = (words(first), words(second));
        let is_below = |low: &[String], high: &[String]| {
            let rest =
                low.strip_prefix(&["deputy".to_owned()]).or_else(|| low.strip_prefix(&["vice".to_owned()]));
            rest.is_some_and(|it| !it.is_empty() && it == high)
        };
        is_below(&first, &second) || is_below(&second, &first)
    }

    /// Whether the words beside a name with two roles tell that several people act: "the mayor and governor Bo Ray | met on Monday", "| between
    /// the mayor and governor Bo Ray", "| were", "hugged | each other".
    fn acts_with_other(&self, role: &Range<usize>, name: &Range<usize>) -> bool {
        const VERBS: &[&str] = &word_list!("verbs-of-several");
        let form = |at: usize| self.features.form(at);
        let has_article = role.start > 0 && form(role.start - 1) == "the";
        let before = role.start.checked_sub(1 + usize::from(has_article)).map(form);
        let verb = name.end;
        let is_ended = |at: usize| {
            let is_mark = self.features.doc.tokens.get(at).is_none_or(|it| it.kind == TokenKind::Punctuation);
            is_mark || self.features.lowercase_classes(at).has(Preposition)
        };
        let is_clause_end = |at: &usize| matches!(form(*at), "," | "." | ";" | "who" | "");
        let behind = verb + 1..verb + 1 + MAX_TOKENS_OF_CLAUSE;
        let has = |word: &str| behind.clone().take_while(|it| !is_clause_end(it)).any(|it| form(it) == word);
        // "met | the press", "met on Monday | with the press"
        let meets = form(verb) == "met" && is_ended(verb + 1) && !has("with");
        // "both founded | and led the firm"
        let both = form(verb) == "both" && !has("and");
        let each_other = has("each") && has("other");
        let is_plural = VERBS.binary_search(&form(verb)).is_ok();
        before == Some("between") || is_plural || meets || both || each_other
    }
}

/// Whether two roles are those of two sides: "bride", "groom".
fn are_opposed(features: &Features, one: usize, other: usize) -> bool {
    const PAIRS: &[&str] = &word_list!("opposed-roles");
    let (one, other) = (features.doc.lower(one), features.doc.lower(other));
    [format!("{one} {other}"), format!("{other} {one}")]
        .iter()
        .any(|it| PAIRS.binary_search(&it.as_str()).is_ok())
}
