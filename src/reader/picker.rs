//! The list from which it is picked whose quotes, and which, are read: what is typed narrows it, several can be in or out.

use super::filter::{Filter, Term};
use super::findings::Findings;
use super::fuzzy::ranked;

#[derive(Default)]
pub(super) struct Picker {
    pub(super) typed: String,
    /// The row that is chosen, among those that match.
    pub(super) chosen: usize,
    /// The filter as it was, for those who change their mind.
    pub(super) before: Filter,
    /// Whether anything was picked or dropped.
    pub(super) touched: bool,
}

impl Picker {
    /// The terms that match what is typed, the best match first.
    pub(super) fn matching(&self, findings: &Findings) -> Vec<Term> {
        let all = Term::all(findings);
        let names = all.iter().map(|it| it.name(findings));
        ranked(&self.typed, names).into_iter().map(|it| all[it]).collect()
    }

    /// The term that is chosen.
    pub(super) fn term(&self, findings: &Findings) -> Option<Term> {
        self.matching(findings).get(self.chosen).copied()
    }

    pub(super) fn move_by(&mut self, rows: isize, findings: &Findings) {
        let last = self.matching(findings).len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(rows).min(last);
    }

    /// After every change of what is typed.
    pub(super) fn retyped(&mut self) {
        self.chosen = 0;
    }
}
