//! The search that is being typed, and those that went before it.

use super::pattern::Wanted;
use super::stand::Spot;

/// A search that is being typed.
pub(super) struct Seeking {
    pub(super) wanted: Wanted,
    /// Whether it goes back from where it began.
    pub(super) back: bool,
    /// What is wrong with the regular expression.
    pub(super) fault: Option<String>,
    /// The spot where it began.
    pub(super) from: Spot,
    /// Which of the earlier searches is in the line, from the last one on; 0 is what was typed.
    past: usize,
    typed: Wanted,
}

/// What was sought before, in any story.
#[derive(Default)]
pub(super) struct Searches {
    /// The last one last, each once.
    past: Vec<Wanted>,
    /// Whether the last one went back.
    pub(super) back: bool,
}

impl Searches {
    /// A new search from a spot: a regular expression if the last one was.
    pub(super) fn begin(&self, from: Spot, back: bool) -> Seeking {
        let regex = self.last().is_some_and(|it| it.regex);
        let wanted = Wanted { typed: String::new(), regex };
        Seeking { typed: wanted.clone(), wanted, back, fault: None, from, past: 0 }
    }

    pub(super) fn last(&self) -> Option<&Wanted> {
        self.past.last()
    }

    /// Keeps what was sought.
    pub(super) fn keep(&mut self, wanted: Wanted) {
        self.past.retain(|it| *it != wanted);
        self.past.push(wanted);
    }

    /// Puts an earlier search into the line, or with a negative number a later one.
    pub(super) fn recall(&self, seeking: &mut Seeking, by: isize) {
        if seeking.past == 0 {
            seeking.typed.clone_from(&seeking.wanted);
        }
        seeking.past = seeking.past.saturating_add_signed(by).min(self.past.len());
        let earlier = self.past.len().checked_sub(seeking.past).and_then(|it| self.past.get(it));
        seeking.wanted.clone_from(earlier.unwrap_or(&seeking.typed));
    }
}
