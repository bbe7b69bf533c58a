//! How many words are quoted. A word that is quoted within another quote counts once, for the outer one, and repeated blocks
//! do not count, so that the words of all speakers make up the whole. Every figure of the screen counts in this way.

use std::cmp::Reverse;

use pullquote::analysis::Quote;
use pullquote::span::Span;
use pullquote::story::Story;

use crate::tui::open_story::findings::Findings;
use crate::tui::text::width::count_words;

impl Findings {
    /// Counts the words of some quotes, each word once.
    pub(crate) fn words_of(&self, quotes: impl IntoIterator<Item = usize>, story: &Story) -> usize {
        let counts = self.quote_words(story);
        quotes.into_iter().filter_map(|it| counts.get(it)).map(|it| it.own).sum()
    }

    /// Returns the quote with the most words, also those that an outer quote has, and their number; of two the first.
    pub(crate) fn longest_quote(&self, story: &Story) -> Option<(usize, usize)> {
        let counts = self.quote_words(story).iter().map(|it| it.all).enumerate();
        counts.max_by_key(|(quote, words)| (*words, Reverse(*quote)))
    }

    fn quote_words(&self, story: &Story) -> &[QuoteWords] {
        self.quote_words.get_or_init(|| count_quote_words(&self.analysis.quotes, story))
    }
}

/// How many words a quote has.
#[derive(Clone, Copy, Default)]
pub(crate) struct QuoteWords {
    /// Those that no outer quote has.
    own: usize,
    all: usize,
}

fn count_quote_words(quotes: &[Quote], story: &Story) -> Vec<QuoteWords> {
    let numbered = quotes.iter().enumerate();
    let parts = numbered.flat_map(|(number, it)| shown_parts(story, it).map(move |part| (part, number)));
    let mut parts: Vec<(Span, usize)> = parts.collect();
    // Of two parts that begin together, the longer one is the outer.
    parts.sort_unstable_by_key(|(part, quote)| (part.start, Reverse(part.end), *quote));
    let mut counts = vec![QuoteWords::default(); quotes.len()];
    let mut end = 0;
    for (part, quote) in parts {
        let rest = Span::new(part.start.max(end), part.end);
        let own = count_words(rest.slice(story.text()));
        counts[quote].own += own;
        counts[quote].all += if rest == part { own } else { count_words(part.slice(story.text())) };
        end = end.max(part.end);
    }
    counts
}

/// Returns the parts of a quote outside repeated blocks.
fn shown_parts(story: &Story, quote: &Quote) -> impl Iterator<Item = Span> {
    let is_repeated =
        |part: &Span| story.block_at(part.start).is_some_and(|it| story.blocks()[it].repeats.is_some());
    quote.parts.iter().copied().filter(move |part| !is_repeated(part))
}
