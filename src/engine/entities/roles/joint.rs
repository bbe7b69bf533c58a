//! Joint roles: a role with a complement before another one of the same person: "Head of the Harbour Board and | Professor Ann Lee".

use crate::engine::entities::role_kinds;
use crate::engine::entities::roles::{MAX_DISTANT_ROLE_WORDS, RoleFinder};
use crate::engine::text::lexicon::LexicalClass::{FunctionWord, PastTense, Title};

impl RoleFinder<'_> {
    /// The start of the role that "and" joins with the one at token `start`: "| Leader of the Harbour Party and | former minister". It has no
    /// article and opens its clause: "the chairman of the board and Mayor Ann Lee" are two people.
    pub(super) fn start_of_joint_role(&self, start: usize, floor: usize) -> Option<usize> {
        let joint = start.checked_sub(1).filter(|it| *it > floor && self.features.form(*it) == "and")?;
        let is_noun = |at: usize| {
            let classes = self.features.lowercase_classes(at);
            let is_word = self.features.doc.word(at).chars().all(char::is_alphabetic);
            is_word && !classes.any(&[FunctionWord, PastTense])
        };
        let is_inside = |at: &usize| {
            let is_joint = matches!(self.features.form(*at), "of" | "for" | "the" | "and" | "'s" | "’s");
            !self.is_person_start(*at) && (is_joint || self.features.is_capitalized(*at) || is_noun(*at))
        };
        let words =
            (floor.max(joint.saturating_sub(MAX_DISTANT_ROLE_WORDS))..joint).rev().take_while(is_inside);
        let mut complements =
            words.filter(|it| matches!(self.features.form(*it), "of" | "for") && *it > floor);
        let role_start = |at: usize| {
            let noun = at - 1;
            let is_title = self.features.is(noun, Title);
            let start =
                self.listed_role_starts(at, floor).next().or_else(|| Some(noun).filter(|_| is_title))?;
            let is_plural = role_kinds::is_plural_noun(self.features, &self.features.doc.lower(noun));
            (!is_plural).then_some(start)
        };
        let mut first = complements.find_map(role_start)?;
        while let Some(further) = self.extended_start(first, floor) {
            first = further;
        }
        let first = role_kinds::with_qualifier(self.features, first, floor);
        let is_bare = first == floor || matches!(self.features.form(first - 1), "," | "—" | "–" | "-" | ":");
        is_bare.then_some(first)
    }
}
