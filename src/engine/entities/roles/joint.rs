//! Joint roles: a role with a complement before another one of the same person: "Head of the Harbour Board and | Professor Ann Lee".

use crate::engine::entities::role_kinds;
use crate::engine::entities::roles::RoleFinder;
use crate::engine::text::lexicon::LexicalClass::Title;

/// How many words a role with its complement may have before "and".
const MAX_JOINT_ROLE_WORDS: usize = 18;

impl RoleFinder<'_> {
    /// The start of the role that "and" joins with the one at token `start`: "| Leader of the Harbour Party and | former minister". It has no
    /// article and opens its clause: "the chairman of the board and Mayor Ann Lee" are two people.
    pub(super) fn start_of_joint_role(&self, start: usize, floor: usize) -> Option<usize> {
        let joint = start.checked_sub(1).filter(|it| *it > floor && self.features.form(*it) == "and")?;
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
}
