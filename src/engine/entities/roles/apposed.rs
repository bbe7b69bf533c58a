//! Roles in the apposition behind a name: "Ann Lee, a doctor at the Harbour Clinic,".

use std::ops::Range;

use crate::engine::entities::roles::RoleFinder;
use crate::engine::entities::{EntityMention, occupations, role_kinds};
use crate::engine::text::lexicon::LexicalClass::{
    Adverb, AppositionEnd, Auxiliary, Demonym, FunctionWord, Honorific, KinNoun, OrgNoun, PastTense,
    Preposition, RoleModifier, RoleNoun, SpeechVerb, Subordinator, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Adverbs with which an apposition opens: ", currently | the head of the mission".
pub(super) const APPOSITION_ADVERBS: &[&str] = &word_list!("apposition-adverbs");
/// How many words of an apposition are searched for its role noun.
const MAX_HEAD_DISTANCE: usize = 9;
/// How many words of an apposition are searched for an occupation that no list has.
const MAX_OCCUPATION_DISTANCE: usize = 5;
/// How many tokens a bracket between a name and its apposition may have: "Lin Wei (林伟), a surgeon".
const MAX_BRACKET_TOKENS: usize = 5;
/// How many tokens the name of a person in a list of appositions may have.
const MAX_NAME_TOKENS: usize = 5;
/// How many words may stand before the preposition with which a sentence opens: "Asked | about the mayor".
const MAX_FRONTED_WORDS: usize = 3;
/// How many words an apposition may have.
const MAX_APPOSITION_WORDS: usize = 30;

impl RoleFinder<'_> {
    /// The apposition after a name, without its article: ", a doctor at the Harbour Clinic,".
    pub(super) fn apposition_after(&self, name: &Range<usize>, stop: usize) -> Option<Range<usize>> {
        let mut at = self.end_of_bracket(name.end, stop);
        if self.features.form(at) != "," {
            return None;
        }
        at += 1;
        if self.is_number(at) && matches!(self.features.form(at + 1), "," | "and") {
            at += 2;
        }
        // ", currently | the head of the mission"
        let adverb = APPOSITION_ADVERBS.binary_search(&self.features.form(at)).is_ok();
        self.role_phrase(at + usize::from(adverb), stop)
    }

    /// The noun phrase at token `at` that tells a role, without its article.
    pub(super) fn role_phrase(&self, at: usize, stop: usize) -> Option<Range<usize>> {
        let form = self.features.form(at);
        // "Ann Lee, The King said": a title in capitals
        let has_article = matches!(form, "a" | "an" | "the" | "The");
        let is_possessed = matches!(form, "his" | "her" | "their");
        let has_determiner = has_article || is_possessed || matches!(form, "its" | "one");
        let start = at + usize::from(has_article || form == "its");
        let role = self.apposition_head(start, stop, has_determiner);
        let head = role.or_else(|| self.occupation_head(start, stop).filter(|_| has_article))?;
        let mut end = head + 1;
        // "the head of a school | with forty pupils"
        let ends = |at: usize| {
            self.ends_apposition(at)
                // "Ann Lee, a teacher | and Bo Ray, a pilot"
                || self.features.form(at) == "and"
                    && self.is_person_start(at + 1)
                    && self.is_apposed_person(at + 1)
                || at > head + 1 && (self.features.form(at) == "with" || self.resumes_clause(at))
                || role_kinds::closes_complement(self.features, head, at)
                || has_determiner && at == head + 1 && self.is_speech_verb(at)
                // "his teacher | for helping him"
                || is_possessed && self.features.form(at) == "for" && self.features.doc.word(at + 1).ends_with("ing")
        };
        while end < stop && end < start + MAX_APPOSITION_WORDS && !ends(end) {
            end += 1;
        }
        // "We back Ann Lee, a party source said.": the source is somebody else.
        let speaks = has_determiner && self.is_speech_verb(end);
        let leads_to_person = |at: usize| self.is_person_start(at) && self.features.form(at - 1) != "to";
        // "a nurse. Emil Voss": the next sentence is about somebody else.
        let has_person =
            (head + 1..stop.min(head + 3)).any(leads_to_person) && !self.is_apposed_person(head + 2);
        let is_open = end < stop && !ends(end);
        // "a long-time friend of Oslo | himself"
        let is_reflexive = matches!(self.features.form(end - 1), "himself" | "herself" | "themselves");
        let end = end - usize::from(is_reflexive && end > head + 1);
        // "an activist affiliated | with a party"
        let is_cut = role_kinds::is_participle(self.features, end - 1)
            && (role_kinds::is_complement(self.features.form(end)) || self.features.form(end) == "by");
        let end = end - usize::from(is_cut && end > head + 1);
        let end = role_kinds::end_before_home(self.features, head, end);
        let end = self.end_with_field(end);
        let next = self.starts_by_end.get(&end).filter(|it| self.is_person_start(**it) && !has_determiner);
        let is_of_next = next.is_some_and(|it| role_kinds::is_title_of_next(self.features, head, *it));
        let is_of_next = is_of_next || self.is_role_of_person_inside(head, start..end);
        (!has_person && !is_open && !speaks && !is_of_next).then_some(start..end)
    }

    /// Whether the words of a role behind a name lead to the name of somebody else whose role they are, as in a list: "Ann Lee, finance
    /// minister and member Bo Ray", "Ann Lee, the Minister of Water Bo Ray". "Ann Lee, a friend of the singer Bo Ray" is about one.
    fn is_role_of_person_inside(&self, head: usize, role: Range<usize>) -> bool {
        let Some(name) = (head + 1..=role.end).find(|it| self.is_person_start(*it)) else { return false };
        let form = |at: usize| self.features.form(at);
        let is_office = |at: usize| self.is_role_noun(at) || self.features.is(at, Title);
        let end = (name + 1..=name + MAX_NAME_TOKENS).find(|it| self.starts_by_end.get(it) == Some(&name));
        let is_owner = end.is_some_and(|it| matches!(form(it), "'s" | "’s" | "'" | "’"));
        if is_owner || matches!(form(name - 1), "," | "and" | "'s" | "’s") {
            return false;
        }
        let is_preposition = |at: usize| self.features.lowercase_classes(at).has(Preposition);
        let is_inside = |at: usize| {
            let classes = self.features.lowercase_classes(at);
            self.features.is_capitalized(at)
                || classes.any(&[RoleNoun, RoleModifier, OrgNoun])
                || matches!(form(at), "and" | "&" | "-")
        };
        let Some(joint) = (head + 1..name).rev().find(|it| is_preposition(*it)) else {
            return is_office(name - 1) && (head + 1..name).all(is_inside);
        };
        // "leader of the Opposition | Bo Ray", "Minister of Water | Bo Ray"
        let is_field = self.features.is_capitalized(name - 1) && !self.features.is(name - 1, Demonym);
        let is_kin = self.features.lowercase_classes(head).has(KinNoun);
        is_field && joint + 1 < name && !is_kin && form(joint) == "of" && !(joint + 1..name).any(is_office)
    }

    /// Whether the role behind a name stands before the next one, as in a list of roles with a name behind each: "the mayor, Ann Lee, | the head
    /// of the Harbour Board |, Mr Bo Ray". `before` is the role before the name, whose title or first word is token `titled`.
    pub(super) fn is_role_of_next(
        &self,
        before: Option<&Range<usize>>,
        titled: usize,
        role: &Range<usize>,
    ) -> bool {
        let has_comma = before.is_some_and(|it| self.features.form(it.end) == "," && it.end < titled);
        let next = role.end + 1;
        let next = next + usize::from(self.features.is(next, Honorific));
        has_comma && self.features.form(role.end) == "," && self.is_person_start(next)
    }

    /// The role before a name without the words of the one that the name before it has: none of "Ann Lee, | chair |, Bo Ray, treasurer",
    /// "President" of "Ann Lee, rival of | President Bo Ray".
    pub(super) fn without_role_of_previous(
        &self,
        role: Range<usize>,
        previous: Option<&EntityMention>,
    ) -> Option<Range<usize>> {
        let span = self.features.doc.span(role.clone());
        let is_taken = previous.is_some_and(|it| {
            it.span.end <= span.start && it.roles.iter().any(|own| own.start == span.start)
        });
        if !is_taken {
            return Some(role);
        }
        if self.features.form(role.end) == "," {
            return None;
        }
        let complement = role.clone().rev().find(|it| role_kinds::is_complement(self.features.form(*it)));
        let Some(start) = complement.map(|it| it + 1) else { return Some(role) };
        let article = usize::from(matches!(self.features.form(start), "the" | "a" | "an"));
        let has_office = (start..role.end).any(|it| self.is_role_noun(it) || self.features.is(it, Title));
        Some(start + article..role.end).filter(|_| has_office)
    }

    /// Whether the role before a name with a definite one behind it belongs to somebody else, whom the words before it mention: "Next to the
    /// | mayor |, Ann Lee, the governor, smiled". "said the mayor, Ann Lee, the former singer" is about one.
    pub(super) fn is_role_of_mentioned(
        &self,
        before: &Range<usize>,
        titled: usize,
        role: &Range<usize>,
        floor: usize,
    ) -> bool {
        let form = |at: usize| self.features.form(at);
        let is_definite = |it: &Range<usize>| it.start > floor && form(it.start - 1) == "the";
        let are_apposed = before.end + 1 == titled && form(before.end) == "," && form(role.end) == ",";
        let is_plain = !before.clone().any(|it| role_kinds::is_complement(form(it)));
        let Some(word) = before.start.checked_sub(2).filter(|it| *it >= floor) else { return false };
        let is_preposition = self.features.lowercase_classes(word).has(Preposition) || form(word) == "Unlike";
        let is_fronted = is_preposition && word - floor <= MAX_FRONTED_WORDS
            // "If he becomes | the mayor, Ann Lee, the singer, will leave"
            || word > floor && self.features.lowercase_classes(floor).has(Subordinator);
        // "According to the mayor, Ann Lee, the former singer, | it leaks"
        let is_subject =
            self.features.lowercase_classes(role.end + 1).any(&[PastTense, SpeechVerb, Auxiliary]);
        are_apposed && is_definite(before) && is_definite(role) && is_plain && is_fronted && is_subject
    }

    /// Whether the role before a name with a role of its own behind it is that of the one before: "Ann Lee, the | mayor |, Bo Ray, a nurse".
    pub(super) fn is_role_of_previous(&self, role: &Range<usize>, titled: usize) -> bool {
        let article =
            usize::from(role.start > 0 && matches!(self.features.form(role.start - 1), "the" | "a" | "an"));
        let comma = (role.start - article).checked_sub(1).filter(|it| self.features.form(*it) == ",");
        // "Ann Lee, 41, a | nurse"
        let age = comma.and_then(|it| it.checked_sub(2)).filter(|it| self.is_number(it + 1));
        let name = age.or(comma).and_then(|it| self.starts_by_end.get(&it));
        role.end < titled && name.is_some_and(|it| self.is_person_start(*it))
    }

    /// Whether a person's name at a token stands behind a comma and has an apposition of its own: "Ann Lee, a nurse, | Bo Ray |, a baker, left".
    fn is_apposed_person(&self, start: usize) -> bool {
        let ends = start + 1..start + 1 + MAX_NAME_TOKENS;
        let end = ends.into_iter().find(|it| self.starts_by_end.get(it) == Some(&start));
        let Some(comma) = end.filter(|it| self.features.form(*it) == ",") else { return false };
        let has_age = self.is_number(comma + 1) && self.features.form(comma + 2) == ",";
        let at = comma + 1 + 2 * usize::from(has_age);
        let opens = matches!(self.features.form(at), "a" | "an" | "the" | "his" | "her");
        let has_role = || self.apposition_head(at, at + MAX_HEAD_DISTANCE, false).is_some();
        matches!(self.features.form(start - 1), "," | ";" | "and") && (opens || has_role())
    }

    fn is_number(&self, at: usize) -> bool {
        self.features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number)
    }

    fn is_speech_verb(&self, at: usize) -> bool {
        self.features.is(at, SpeechVerb) && !self.features.is_capitalized(at)
    }

    /// The token behind a short bracket that opens at token `at`: the name in another script, "(left)"; `at` where none opens.
    fn end_of_bracket(&self, at: usize, stop: usize) -> usize {
        if !matches!(self.features.form(at), "(" | "[") {
            return at;
        }
        let inside = at + 1..stop.min(at + 2 + MAX_BRACKET_TOKENS);
        let close = inside.into_iter().find(|it| matches!(self.features.form(*it), ")" | "]"));
        close.map_or(at, |it| it + 1)
    }

    /// The last role noun in the noun phrase at the start of an apposition.
    fn apposition_head(&self, start: usize, stop: usize, has_determiner: bool) -> Option<usize> {
        let mut head = None;
        let mut has_determiner = has_determiner;
        for at in start..stop.min(start + MAX_HEAD_DISTANCE) {
            let word = self.features.get(at)?;
            if word.lowercase_classes.has(RoleNoun) {
                head = Some(at);
                continue;
            }
            let is_modifier = word.lowercase_classes.any(&[RoleModifier, OrgNoun]) || word.is_capitalized();
            let is_owner = matches!(&*word.form, "'s" | "’s" | "-");
            // "Oslo's | main opposition leader"
            has_determiner |= is_owner && &*word.form != "-" && at > start;
            if head.is_some() || self.ends_apposition(at) || !(is_modifier || is_owner || has_determiner) {
                break;
            }
            if matches!(
                &*word.form,
                "of" | "at" | "for" | "in" | "with" | "to" | "on" | "and" | "by" | "from"
            ) {
                break;
            }
        }
        head
    }

    /// The noun in lower case whose ending tells an occupation, where no list has it: "a butcher", "the harbour master of …".
    fn occupation_head(&self, start: usize, stop: usize) -> Option<usize> {
        let noun_phrase = (start..stop.min(start + MAX_OCCUPATION_DISTANCE)).take_while(|it| {
            let is_preposition =
                matches!(self.features.form(*it), "of" | "at" | "in" | "for" | "from" | "with");
            let is_inner_function_word =
                *it != start && self.features.lowercase_classes(*it).has(FunctionWord);
            !self.ends_apposition(*it) && !is_preposition && !is_inner_function_word
        });
        let last = noun_phrase.last().filter(|it| !self.features.is_capitalized(*it))?;
        occupations::is_occupation(self.features, last).then_some(last)
    }

    /// Whether the clause goes on at token `at`, directly behind a name that ends the apposition without its comma: "the head
    /// of Norbex | also sold its mills".
    fn resumes_clause(&self, at: usize) -> bool {
        let is_lowercase = |at: usize| !self.features.is_capitalized(at);
        let is_verb = |at: usize| self.features.classes(at).any(&[PastTense, SpeechVerb]) && is_lowercase(at);
        let is_adverb = self.features.is(at, Adverb) && is_lowercase(at);
        self.starts_by_end.contains_key(&at) && (is_verb(at) || is_adverb && is_verb(at + 1))
    }

    /// Whether an apposition ends before token `at`.
    fn ends_apposition(&self, at: usize) -> bool {
        let is_punctuation =
            self.features.doc.tokens.get(at).is_none_or(|it| it.kind == TokenKind::Punctuation);
        let is_inside = matches!(self.features.form(at), "&" | "'" | "’" | "-" | "/");
        is_punctuation && !is_inside || self.features.is(at, AppositionEnd)
    }
}
