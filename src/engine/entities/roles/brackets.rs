//! Brackets beside roles: the short form of an office or an organisation, the field of an office: "Superintendent of Police (Rural)".

use crate::engine::entities::features::WordShape;
use crate::engine::entities::roles::RoleFinder;
use crate::engine::text::lexicon::LexicalClass::{CommonWord, Honorific, RoleModifier, Title};

/// How many tokens a field in brackets behind an office may have.
const MAX_FIELD_TOKENS: usize = 4;

impl RoleFinder<'_> {
    /// The start of the name of an organisation or place before a bracket with its short form that closes at token `close`.
    pub(super) fn name_before_short_form(&self, close: usize) -> Option<usize> {
        self.short_form_start(close).and_then(|it| self.non_person_before(it))
    }

    /// The start of a name at `start`, or of the bracket between its office and it: "chief executive officer | (CEO) Ann Lee".
    pub(super) fn start_before_short_form(&self, start: usize) -> usize {
        let close = start.checked_sub(1);
        close.and_then(|it| self.short_form_start(it).or_else(|| self.field_start(it))).unwrap_or(start)
    }

    /// The token that opens a bracket with the field of an office, which closes at token `close`: "Inspector of Police | (North)".
    pub(super) fn field_start(&self, close: usize) -> Option<usize> {
        let first = close.checked_sub(MAX_FIELD_TOKENS + 1).filter(|_| self.features.form(close) == ")")?;
        let open = (first..close).rev().find(|it| self.features.form(*it) == "(").filter(|it| *it > 0)?;
        let is_office = self.is_role_noun(open - 1)
            || self.features.is(open - 1, Title) && !self.features.is(open - 1, Honorific)
            || open > 2 && self.features.form(open - 2) == "of" && self.is_role_noun(open - 3);
        let is_field = |at: usize| {
            self.features.is_capitalized(at) || matches!(self.features.form(at), "and" | "&" | "of")
        };
        // "President (Ottar)"
        let is_common = |at: usize| {
            let classes = self.features.lowercase_classes(at);
            classes.any(&[CommonWord, RoleModifier])
                || self.features.classes(at).is_place()
                || self.features.lexicon.is_plural_of_common_word(self.features.form(at))
        };
        let has_word = (open + 1..close).any(is_common);
        // "Commissioner of Police (CP)": the letters are those of the office.
        let is_letters = open + 2 == close && self.is_uppercase(open + 1);
        (is_office && has_word && !is_letters && open + 1 < close && (open + 1..close).all(is_field))
            .then_some(open)
    }

    /// The token that opens a bracket with a short form in capitals or a mark of retirement, which closes at token `close`.
    pub(super) fn short_form_start(&self, close: usize) -> Option<usize> {
        let open = close.checked_sub(2).filter(|_| self.features.form(close) == ")")?;
        let is_short = self.is_uppercase(open + 1)
            || matches!(
                self.features.form(open + 1),
                "ret" | "retd" | "rtd" | "retired" | "Retd" | "Ret" | "Rtd"
            );
        (self.features.form(open) == "(" && is_short).then_some(open)
    }

    /// The end of a role that ends at `end` and has its field in brackets behind it: "Superintendent of Police (Rural) |".
    pub(super) fn end_with_field(&self, end: usize) -> usize {
        let inside = end + 1..end + 2 + MAX_FIELD_TOKENS;
        let close = inside.into_iter().find(|it| self.features.form(*it) == ")");
        let close = close.filter(|it| self.features.form(end) == "(" && self.field_start(*it) == Some(end));
        close.map_or(end, |it| it + 1)
    }

    fn is_uppercase(&self, at: usize) -> bool {
        self.features.get(at).is_some_and(|it| it.shape == WordShape::Uppercase)
    }
}
