//! The search that is being typed, and those that went before it.

use crate::tui::open_story::viewport::Spot;
use crate::tui::text::search_pattern::Wanted;

/// A search that is being typed.
pub(crate) struct Seeking {
    pub(crate) wanted: Wanted,
    /// Whether it goes back from where it began.
    pub(crate) back: bool,
    /// What is wrong with the regular expression.
    pub(crate) fault: Option<String>,
    /// The spot where it began.
    pub(crate) from: Spot,
    /// Which of the earlier searches is in the line, from the last one on; 0 is what was typed.
    past: usize,
    typed: Wanted,
}

/// What was sought before, in any story.
#[derive(Default)]
pub(crate) struct Searches {
    /// The last one last, each once.
    past: Vec<Wanted>,
    /// Whether the last one went back.
    pub(crate) back: bool,
}

impl Searches {
    /// A new search from a spot: a regular expression if the last one was.
    pub(crate) fn begin(&self, from: Spot, back: bool) -> Seeking {
        let regex = self.last().is_some_and(|it| it.regex);
        let wanted = Wanted { typed: String::new(), regex };
        Seeking { typed: wanted.clone(), wanted, back, fault: None, from, past: 0 }
    }

    pub(crate) fn last(&self) -> Option<&Wanted> {
        self.past.last()
    }

    /// Keeps what was sought.
    pub(crate) fn keep(&mut self, wanted: Wanted) {
        self.past.retain(|it| *it != wanted);
        self.past.push(wanted);
    }

    /// Puts an earlier search into the line, or with a negative number a later one.
    pub(crate) fn recall(&self, seeking: &mut Seeking, by: isize) {
        if seeking.past == 0 {
            seeking.typed.clone_from(&seeking.wanted);
        }
        seeking.past = seeking.past.saturating_add_signed(by).min(self.past.len());
        let earlier = self.past.len().checked_sub(seeking.past).and_then(|it| self.past.get(it));
        seeking.wanted.clone_from(earlier.unwrap_or(&seeking.typed));
    }
}
