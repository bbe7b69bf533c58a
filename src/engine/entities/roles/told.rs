//! Roles that a clause, a bracket or dashes behind a name tell: "Ann Lee is the mayor of Tarn.", "Ann Lee, who is also a doctor, said", "Ann
//! Lee was elected mayor in May.", "Ann Lee (mayor) said", "Ann Lee — the mayor — said".

use std::ops::Range;

use crate::engine::entities::role_kinds;
use crate::engine::entities::roles::RoleFinder;
use crate::engine::entities::roles::apposed::APPOSITION_ADVERBS;
use crate::engine::text::lexicon::LexicalClass::{
    Calendar, KinNoun, OrgNoun, PastTense, RoleModifier, RoleNoun, TimeWord,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Verbs before a role: "became".
const VERBS: &[&str] = &word_list!("verbs-before-role");
/// Verbs that "as" follows: "serves".
const VERBS_WITH_AS: &[&str] = &word_list!("verbs-before-role-with-as");
/// Participles for giving somebody an office: "elected".
const PARTICIPLES: &[&str] = &word_list!("participles-of-appointment");
/// Words with which a clause goes on behind a role: "mayor | since 2010".
const WORDS_BEHIND_ROLES: &[&str] = &word_list!("words-behind-roles");
/// Words before a role that somebody does not have, or that tell no office: "the | alleged | leader".
const WORDS_OF_DOUBT: &[&str] = &word_list!("words-of-doubtful-roles");
/// What somebody may be the best of: "manager of the | year".
const AWARD_PERIODS: &[&str] = &word_list!("award-periods");
/// Words that tell that somebody left an office: "retired".
const ENDS_OF_OFFICE: &[&str] = &word_list!("ends-of-office");
/// How many tokens behind a role are searched for such words.
const MAX_TOKENS_TO_END: usize = 20;
/// How many tokens a role in brackets or between dashes may have.
const MAX_ENCLOSED_TOKENS: usize = 10;

impl RoleFinder<'_> {
    /// The role that a clause, a bracket or dashes behind a name tell.
    /// `start` is the first token of the name with its title and the role before it.
    pub(super) fn told_role(
        &self,
        name: &Range<usize>,
        start: usize,
        sentence: &Range<usize>,
    ) -> Option<Range<usize>> {
        let stop = sentence.end;
        let form = |at: usize| self.features.form(at);
        match form(name.end) {
            "(" => self.enclosed_role(name.end + 1, ")", stop),
            dash @ ("—" | "–") if matches!(form(name.end + 1), "a" | "an" | "the") => {
                self.enclosed_role(name.end + 1, dash, stop)
            }
            "," if form(name.end + 1) == "who" => self.predicated_role(name.end + 2, stop),
            _ if !self.is_subject(start, sentence.start) => None,
            _ => self.predicated_role(name.end, stop),
        }
    }

    /// The role that begins at token `at`, if `close` stands directly behind it.
    fn enclosed_role(&self, at: usize, close: &str, stop: usize) -> Option<Range<usize>> {
        let role = self.role_phrase(at, stop)?;
        let is_past = role.clone().any(|it| {
            matches!(self.features.form(it), "until" | "since" | "from")
                || self.features.is(it, PastTense) && !self.features.is_capitalized(it)
        });
        (self.features.form(role.end) == close && role.len() <= MAX_ENCLOSED_TOKENS && !is_past)
            .then_some(role)
    }

    /// The role behind the verb at token `at`: "| is the mayor of Tarn".
    fn predicated_role(&self, at: usize, stop: usize) -> Option<Range<usize>> {
        let form = |at: usize| self.features.form(at);
        let skip_adverbs = |mut at: usize| {
            while at < stop && (APPOSITION_ADVERBS.binary_search(&form(at)).is_ok() || form(at) == "still") {
                at += 1;
            }
            at
        };
        let verb = skip_adverbs(at);
        let is_given =
            matches!(form(verb), "was" | "is") && PARTICIPLES.binary_search(&form(verb + 1)).is_ok();
        let (behind, needs_as) = if is_given {
            // "sworn | in as"
            (verb + 2 + usize::from(form(verb + 2) == "in"), form(verb + 1) == "sworn")
        } else if VERBS.binary_search(&form(verb)).is_ok() {
            (verb + 1, false)
        } else if VERBS_WITH_AS.binary_search(&form(verb)).is_ok() {
            (verb + 1, true)
        } else {
            return None;
        };
        let start = skip_adverbs(behind);
        let has_as = form(start) == "as";
        if needs_as && !has_as {
            return None;
        }
        let start = start + usize::from(has_as);
        let role = self.role_phrase(start, stop)?;
        let complement = role.clone().find(|it| role_kinds::is_complement(form(*it))).unwrap_or(role.end);
        let head = complement.checked_sub(1).filter(|it| *it >= role.start)?;
        let is_role = self.features.lowercase_classes(head).has(RoleNoun);
        let is_kin = self.features.lowercase_classes(head).has(KinNoun);
        let end = (head + 1..role.end).find(|it| self.ends_predicate(*it)).unwrap_or(role.end);
        // "manager of the year", "the only councillor who"
        let is_award = form(head + 1) == "of"
            && form(head + 2) == "the"
            && AWARD_PERIODS.binary_search(&form(head + 3)).is_ok();
        let is_doubtful = role.clone().any(|it| WORDS_OF_DOUBT.binary_search(&form(it)).is_ok());
        if is_award || is_doubtful || self.tells_end_of_office(head + 1, stop) {
            return None;
        }
        let is_told = |at: usize| {
            self.features.is_capitalized(at)
                || self.features.lowercase_classes(at).any(&[RoleModifier, RoleNoun, OrgNoun])
                || matches!(form(at), "'s" | "’s" | "-")
        };
        // "is a respectable leader", "is the only woman" tell no office.
        let is_plain = matches!(form(start), "a" | "an") && !(role.start..head).all(is_told);
        (is_role && !is_kin && !is_plain).then_some(role.start..end)
    }

    /// Whether a clause goes on, or tells a time, at a token behind a role: "mayor of Tarn | in May", "mayor | and went on to …".
    fn ends_predicate(&self, at: usize) -> bool {
        let is_time = |at: usize| {
            self.features.is(at, Calendar)
                || self.features.lowercase_classes(at).has(TimeWord)
                || self.features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number)
        };
        let opens_time = matches!(self.features.form(at), "in" | "on" | "at" | "for")
            && (is_time(at + 1)
                || matches!(self.features.form(at + 1), "a" | "an" | "his" | "her" | "their"));
        let is_infinitive = self.features.form(at) == "to"
            && !self.features.is_capitalized(at + 1)
            && !matches!(self.features.form(at + 1), "a" | "an" | "the" | "his" | "her" | "its");
        let joins = self.features.form(at) == "and" && self.features.is_capitalized(at + 1);
        let goes_on = WORDS_BEHIND_ROLES.binary_search(&self.features.form(at)).is_ok() && !joins;
        is_time(at) || opens_time || is_infinitive || goes_on
    }

    /// Whether a name with its title at token `start` opens its sentence, or a clause behind "and" or "but". Elsewhere somebody else may be the
    /// subject ("The man who beat Ann Lee is the mayor"), or the clause is a claim ("Police say Ann Lee is the leader").
    fn is_subject(&self, start: usize, floor: usize) -> bool {
        let has_article = start > floor && matches!(self.features.form(start - 1), "the" | "The" | "a" | "A");
        let start = start - usize::from(has_article);
        start <= floor || matches!(self.features.form(start - 1), "and" | "but")
    }

    /// Whether the clause tells that an office is over: "was elected mayor in 2010 and | retired | in 2014".
    fn tells_end_of_office(&self, from: usize, stop: usize) -> bool {
        let behind = from..stop.min(from + MAX_TOKENS_TO_END);
        behind.into_iter().any(|it| ENDS_OF_OFFICE.binary_search(&self.features.form(it)).is_ok())
    }
}
