//! The list from which speakers are picked: what is typed narrows it, several can be ticked.

use std::collections::BTreeSet;

use super::findings::Findings;

#[derive(Default)]
pub(super) struct Picker {
    pub(super) typed: String,
    /// The row that is chosen, among those that match.
    pub(super) chosen: usize,
    /// By speaker's number.
    pub(super) picked: BTreeSet<usize>,
}

impl Picker {
    /// The speakers that match what is typed, in order of first speech.
    pub(super) fn matching(&self, findings: &Findings) -> Vec<usize> {
        let all = 0..findings.speakers.len();
        all.filter(|it| is_within(&self.typed, findings.name(*it))).collect()
    }

    pub(super) fn move_by(&mut self, rows: isize, findings: &Findings) {
        let last = self.matching(findings).len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(rows).min(last);
    }

    /// Ticks the chosen speaker, or takes the tick away.
    pub(super) fn toggle(&mut self, findings: &Findings) {
        if let Some(speaker) = self.matching(findings).get(self.chosen).copied()
            && !self.picked.remove(&speaker)
        {
            self.picked.insert(speaker);
        }
    }

    /// After every change of what is typed.
    pub(super) fn retyped(&mut self) {
        self.chosen = 0;
    }
}

/// Whether the letters of `typed` stand in `name` in this order.
fn is_within(typed: &str, name: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    let mut typed = typed.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase);
    typed.all(|wanted| name.any(|it| it == wanted))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn letters_match_in_their_order() {
        for (typed, matches) in
            [("", true), ("ann", true), ("al", true), ("a lee", true), ("la", false), ("x", false)]
        {
            assert_eq!(is_within(typed, "Ann Lee"), matches, "{typed}");
        }
    }
}
