//! What a page of quotes lists: the quotes of the story, or those of one speaker in all open stories.

use std::cmp::Reverse;

use pullquote::analysis::{EntityKind, QuoteKind};

use crate::text::{counted, grouped, pluralize};
use crate::tui::app::App;
use crate::tui::open_story::citation::origin_beside_title;
use crate::tui::open_story::findings::Findings;
use crate::tui::open_story::quote_order::{QuoteOrder, day_of};
use crate::tui::text::search_fold::fold_and_lowercase;

/// A quote of an open story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlacedQuote {
    /// The index of the story.
    pub(crate) story: usize,
    /// The number of the quote in it.
    pub(crate) quote: usize,
}

/// What a page lists.
pub(crate) enum PageScope {
    /// The quotes of the current story that the filter allows.
    Story,
    /// The quotes of one speaker in all open stories.
    Speaker(SpeakerNames),
}

/// The names that a speaker has in the open stories.
pub(crate) struct SpeakerNames {
    /// The name on the screen.
    pub(crate) name: String,
    /// Every name, in lower case and without accents.
    folded: Vec<String>,
}

impl SpeakerNames {
    /// One name.
    pub(crate) fn new(name: String) -> Self {
        let folded = vec![fold_and_lowercase(&name)];
        Self { name, folded }
    }

    /// Adds another name of the same speaker.
    pub(crate) fn add(&mut self, name: &str) {
        self.folded.push(fold_and_lowercase(name));
    }

    pub(crate) fn includes(&self, name: &str) -> bool {
        self.folded.contains(&fold_and_lowercase(name))
    }

    /// The quotes of the speaker in a story, in reading order. What a group says is said by each member.
    fn quotes_in(&self, findings: &Findings) -> Vec<usize> {
        let entities = findings.analysis.entities.iter().enumerate();
        let own: Vec<usize> = entities
            .filter(|it| has_proper_name(it.1.kind) && self.includes(&it.1.name))
            .map(|it| it.0)
            .collect();
        let is_own = |speaker: Option<usize>| own.iter().any(|it| findings.is_said_by(Some(*it), speaker));
        let quotes = findings.analysis.quotes.iter().enumerate();
        quotes.filter(|it| is_own(it.1.speaker)).map(|it| it.0).collect()
    }
}

impl PageScope {
    /// The orders that the user can choose.
    pub(super) const fn orders(&self) -> &'static [QuoteOrder] {
        match self {
            Self::Story => QuoteOrder::OF_STORY,
            Self::Speaker(_) => QuoteOrder::OF_SPEAKER,
        }
    }

    /// The quotes to list, in an order.
    pub(super) fn items(&self, app: &App, order: QuoteOrder) -> Vec<PlacedQuote> {
        let Self::Speaker(names) = self else {
            let quotes = app.current_story().ordered_quotes(order);
            return quotes.into_iter().map(|quote| PlacedQuote { story: app.current, quote }).collect();
        };
        let mut items = Vec::new();
        for (story, open_story) in app.stories.iter().enumerate() {
            let quotes = open_story.findings().map_or_else(Vec::new, |it| names.quotes_in(it));
            items.extend(quotes.into_iter().map(|quote| PlacedQuote { story, quote }));
        }
        match order {
            QuoteOrder::Story | QuoteOrder::Speaker => {}
            QuoteOrder::Date => {
                let day = |story: usize| app.stories[story].story.published.as_deref().and_then(day_of);
                items.sort_by_cached_key(|it| Reverse(day(it.story)));
            }
            QuoteOrder::Length => {
                items.sort_by_cached_key(|it| Reverse(app.stories[it.story].quote_words(it.quote)));
            }
            QuoteOrder::Confidence => {
                let confidence = |it: &PlacedQuote| {
                    let quote =
                        app.stories[it.story].findings().and_then(|findings| findings.quote(it.quote));
                    quote.map_or(0.0, |it| it.confidence)
                };
                items.sort_by(|one, other| confidence(one).total_cmp(&confidence(other)));
            }
        }
        items
    }

    /// The rows above the list: what it is, and its statistics.
    pub(super) fn title_rows(&self, app: &App, items: &[PlacedQuote]) -> Vec<String> {
        match self {
            Self::Story => {
                let total = app.current_story().findings().map_or(0, |it| it.analysis.quotes.len());
                let shown = items.len();
                let is_whole = shown == total;
                vec![if is_whole {
                    counted(total, "quote")
                } else {
                    format!("{} of {}", grouped(shown), counted(total, "quote"))
                }]
            }
            Self::Speaker(names) => vec![names.name.clone(), statistics(app, items)],
        }
    }

    /// How many rows [`Self::title_rows`] has.
    pub(super) const fn title_height(&self) -> u16 {
        match self {
            Self::Story => 1,
            Self::Speaker(_) => 2,
        }
    }
}

/// Returns "7 quotes in 2 of 3 stories · 120 words · 4 direct, 3 paraphrase · 3 March 2024 to 9 May 2024".
fn statistics(app: &App, items: &[PlacedQuote]) -> String {
    let mut stories: Vec<usize> = items.iter().map(|it| it.story).collect();
    stories.sort_unstable();
    stories.dedup();
    let words_of = |it: &PlacedQuote| {
        let open_story = &app.stories[it.story];
        open_story.findings().map_or(0, |findings| findings.words_of([it.quote], &open_story.story))
    };
    let words: usize = items.iter().map(words_of).sum();
    let kind = |it: &PlacedQuote| Some(app.stories[it.story].findings()?.quote(it.quote)?.kind);
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].map(|wanted| {
        let count = items.iter().filter(|it| kind(it) == Some(wanted)).count();
        (count > 0).then(|| format!("{} {wanted}", grouped(count)))
    });
    let kinds: Vec<String> = kinds.into_iter().flatten().collect();
    let all = pluralize(app.stories.len(), "story", "stories");
    let mut parts = vec![
        format!("{} in {} of {all}", counted(items.len(), "quote"), grouped(stories.len())),
        counted(words, "word"),
        kinds.join(", "),
    ];
    let dated = stories.iter().filter_map(|it| {
        let story = &app.stories[*it].story;
        Some((day_of(story.published.as_deref()?)?, story.readable_date()?))
    });
    let dated: Vec<_> = dated.collect();
    if let (Some(first), Some(last)) = (dated.iter().min(), dated.iter().max()) {
        parts.push(if first == last { first.1.clone() } else { format!("{} to {}", first.1, last.1) });
    }
    parts.retain(|it| !it.is_empty());
    parts.join(" · ")
}

/// Whether the name of such an entity means the same in another story.
pub(crate) const fn has_proper_name(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation)
}

/// Returns what stands beside the title of a story: "Ell Gazette · 3 March".
pub(super) fn origin(app: &App, story: usize) -> String {
    origin_beside_title(&app.stories[story].story).join(" · ")
}
