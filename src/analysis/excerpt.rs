//! An excerpt of an analysis: some of its quotes, which keep their numbers.

use crate::analysis::{Analysis, Quote};

/// What was chosen of an analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excerpt {
    /// By what the quotes were chosen: "only John Kerry · direct quotes".
    pub description: String,
    /// The number of quotes before others were left out.
    pub total: usize,
}

impl Analysis {
    /// Keeps some quotes, chosen by their numbers and themselves; `description` tells by what. Quotes and speakers keep
    /// their numbers in exports. If all quotes are kept, the analysis is no excerpt.
    #[must_use]
    pub fn excerpted(mut self, description: &str, keep: impl Fn(usize, &Quote) -> bool) -> Self {
        self.fix_speaker_numbers();
        let total = self.quotes.len();
        let numbers: Vec<usize> = (0..total).filter(|it| keep(*it, &self.quotes[*it])).collect();
        if numbers.len() == total {
            return self;
        }
        let mut number = 0;
        let mut kept = numbers.iter().peekable();
        self.quotes.retain(|_| {
            number += 1;
            kept.next_if_eq(&&(number - 1)).is_some()
        });
        self.original_quotes = Some(numbers.into_iter().map(|it| self.quote_number(it) - 1).collect());
        let (description, total) = match self.excerpt {
            Some(before) => (format!("{} · {description}", before.description), before.total),
            None => (description.to_string(), total),
        };
        self.excerpt = Some(Excerpt { description, total });
        self
    }
}
