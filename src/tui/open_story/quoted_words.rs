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
        let own = self.own_words.get_or_init(|| own_words(&self.analysis.quotes, story));
        quotes.into_iter().filter_map(|it| own.get(it)).sum()
    }
}

/// The words of each quote without those that an outer quote has.
fn own_words(quotes: &[Quote], story: &Story) -> Vec<usize> {
    let numbered = quotes.iter().enumerate();
    let parts = numbered.flat_map(|(number, it)| shown_parts(story, it).map(move |part| (part, number)));
    let mut parts: Vec<(Span, usize)> = parts.collect();
    // Of two parts that begin together, the longer one is the outer.
    parts.sort_unstable_by_key(|(part, quote)| (part.start, Reverse(part.end), *quote));
    let mut own = vec![0; quotes.len()];
    let mut end = 0;
    for (part, quote) in parts {
        let rest = Span::new(part.start.max(end), part.end);
        own[quote] += count_words(rest.slice(story.text()));
        end = end.max(part.end);
    }
    own
}

/// Returns the parts of a quote outside repeated blocks.
pub(crate) fn shown_parts(story: &Story, quote: &Quote) -> impl Iterator<Item = Span> {
    let is_repeated =
        |part: &Span| story.block_at(part.start).is_some_and(|it| story.blocks()[it].repeats.is_some());
    quote.parts.iter().copied().filter(move |part| !is_repeated(part))
}
