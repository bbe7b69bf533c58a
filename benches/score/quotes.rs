//! Scores of quotes: contents, speakers, and both together.
//!
//! A span is a contiguous part of a content, in words. A quote that its cue splits has two; two parts with no word
//! between them are one.
//!
//! 1. exact: the same first and last word. Partial: one to one, half of the words shared.
//! 2. speaker: of the partial matches whose label has a speaker, how many found speakers cover a head word of it.
//! 3. who-said-what: partial and speaker right; labels without a speaker are left out.
//! 4. kinds, by the share of a span's words in quotation marks: from 0.9 direct, over 0 mixed, 0 indirect; quoted is the
//!    first two.
//! 5. segments: contiguous ranges of source, cue and content, exact to the character after spaces and marks are trimmed
//!    from the ends.
//! 6. stretches: runs of 4 words or more in quotation marks, in a labelled content with a speaker. One is found if half of
//!    it lies in one found content, and right if that content's speaker is right too.
//! 7. full name: whether the speaker has the name that the label gives.

use std::collections::{BTreeSet, HashMap};
use std::iter::Sum;

use pullquote::engine::Engine;
use pullquote::load;
use pullquote::span::Span;

use crate::gold::{self, CharRange};
use crate::offset_map::OffsetMap;
use crate::quotation_marks::quoted_ranges;
use crate::reliability::Bins;
use crate::spans::{ContentSpan, Kind, Quote, content_spans, match_spans, unique};
use crate::speakers::{heads, same_name};
use crate::table::{Cell, Cells, Row, Tally, named_row, ratio, shares};
use crate::words::Text;

const KINDS: [&str; 5] = ["all", "quoted", "direct", "mixed", "indirect"];
const PARTS: [&str; 3] = ["source", "cue", "content"];

/// The counts of one kind of span, labelled and found.
#[derive(Default)]
struct Count {
    gold: Side,
    found: Side,
    matched_with_speaker: usize,
}

#[derive(Default)]
struct Side {
    all: usize,
    exact: usize,
    partial: usize,
    with_speaker: usize,
    right: usize,
}

#[derive(Default)]
pub(crate) struct Counts {
    kinds: [Count; 5],
    /// Right, found and expected, for source, cue and content.
    parts: [[usize; 3]; 3],
    stretches: [usize; 3],
    full_names: usize,
    full_names_right: usize,
    stories: usize,
    words: usize,
    /// The confidence of each found span, and whether it is right.
    pub(crate) bins: Bins,
}

/// What becomes of labelled attributions of belief and intention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Labels {
    /// They are expected, as any other.
    #[default]
    All,
    /// They are neither expected nor wrong.
    IgnoreStance,
    /// A paraphrase without a reporting cue is no quote: to find it as speech is wrong.
    Speech,
}

/// The counts of each story.
pub(crate) fn counts(stories: &[gold::Story], engine: &Engine, labels: Labels) -> Vec<Counts> {
    let of = |story: &gold::Story| {
        let mut counts = Counts::default();
        counts.add(&ScoredStory::new(story, engine, labels), labels);
        counts
    };
    stories.iter().map(of).collect()
}

/// A labelled story and what was found in it.
struct ScoredStory<'a> {
    story: &'a gold::Story,
    text: Text,
    quoted: Vec<CharRange>,
    found: Vec<Quote>,
    expected: Vec<ContentSpan>,
    content_spans: Vec<ContentSpan>,
    /// The mentions of each coreference chain, by its id.
    chains: HashMap<String, Vec<CharRange>>,
}

impl<'a> ScoredStory<'a> {
    fn new(story: &'a gold::Story, engine: &Engine, labels: Labels) -> Self {
        let text = Text::new(&story.text);
        let quoted = quoted_ranges(&text.chars);
        let in_quotes = |word: &CharRange| quoted.iter().any(|it| it.0 <= word.0 && word.0 < it.1);
        let inside: Vec<bool> = text.words.iter().map(in_quotes).collect();
        let found = find_quotes(&story.text, &text, engine, labels);
        let mut expected = content_spans(story.quotes.iter().map(|it| it.spans.as_slice()), &text, &inside);
        if labels == Labels::Speech {
            let is_speech = |it: &ContentSpan| {
                it.kind != Kind::Indirect || story.quotes[it.quote].cue_is_reporting != Some(false)
            };
            expected.retain(is_speech);
        }
        let content_spans =
            unique(&content_spans(found.iter().map(|it| it.parts.as_slice()), &text, &inside), &found);
        let mut chains: HashMap<String, Vec<CharRange>> = HashMap::new();
        for mention in &story.entities {
            if let Some(chain) = &mention.chain {
                chains.entry(chain.to_string()).or_default().push(mention.span);
            }
        }
        Self { story, text, quoted, found, expected, content_spans, chains }
    }

    fn label(&self, content: &ContentSpan) -> &'a gold::Quote {
        &self.story.quotes[content.quote]
    }

    /// Whether the label of a span has a speaker.
    fn has_speaker(&self, content: &ContentSpan) -> bool {
        !speaker(self.label(content)).is_empty()
    }

    /// Whether the speaker of a found span is that of a labelled span.
    fn right(&self, gold: &ContentSpan, found: &ContentSpan) -> bool {
        let label = self.label(gold);
        let spans = self.found[found.quote].speaker.iter();
        let cover: BTreeSet<usize> = spans.flat_map(|it| self.text.words_in(*it)).collect();
        let chain = label.speaker.as_ref().and_then(|it| it.coref_chain.as_ref());
        let others = chain.and_then(|it| self.chains.get(&it.to_string())).into_iter().flatten();
        let options = std::iter::once(speaker(label)).chain(others.map(std::slice::from_ref));
        options.into_iter().any(|it| !heads(it, &self.text).is_disjoint(&cover))
    }

    /// The span that holds most words of `run`; `None` if no span holds half of them.
    fn owner<'b>(content_spans: &'b [ContentSpan], run: &[usize]) -> Option<&'b ContentSpan> {
        let mut best: Option<(usize, &ContentSpan)> = None;
        for content in content_spans {
            let share = run.iter().filter(|it| content.at.0 <= **it && **it < content.at.1).count();
            if 2 * share >= run.len() && best.is_none_or(|it| share > it.0) {
                best = Some((share, content));
            }
        }
        best.map(|it| it.1)
    }
}

/// The ranges that name the speaker of a label; empty if it has none.
fn speaker(label: &gold::Quote) -> &[CharRange] {
    label.speaker.as_ref().and_then(|it| it.spans.as_deref()).unwrap_or_default()
}

fn find_quotes(labelled: &str, text: &Text, engine: &Engine, labels: Labels) -> Vec<Quote> {
    let story = load::from_text(labelled);
    let analysis = engine.analyze(&story);
    let analysis = if labels == Labels::Speech { analysis.without_stance() } else { analysis };
    let map = OffsetMap::new(story.text(), &text.chars);
    let one = |span: Option<Span>| span.map(|it| map.char_range(it)).into_iter().collect();
    let quote = |quote: &pullquote::analysis::Quote| Quote {
        parts: quote.parts.iter().map(|it| map.char_range(*it)).collect(),
        speaker: one(quote.speaker_mention),
        cue: one(quote.cue),
        name: quote.speaker.and_then(|it| analysis.entities.get(it)).map(|it| it.name.clone()),
        confidence: quote.confidence,
    };
    analysis.quotes.iter().map(quote).collect()
}

impl Counts {
    fn add(&mut self, scored: &ScoredStory, labels: Labels) {
        let pairs = match_spans(&scored.expected, &scored.content_spans);
        let is_ignoring = labels == Labels::IgnoreStance;
        let skipped = |it: &ContentSpan| is_ignoring && scored.label(it).cue_is_reporting == Some(false);
        let kept = || scored.expected.iter().zip(&pairs).filter(|it| !skipped(it.0));
        for (content, pair) in kept() {
            self.count_expected(scored, content, *pair);
        }
        for (at, content) in scored.content_spans.iter().enumerate() {
            let pair = pairs.iter().position(|it| *it == Some(at)).map(|it| &scored.expected[it]);
            if pair.is_some_and(skipped) {
                continue;
            }
            let exact = kept().any(|it| it.0.at == content.at);
            let with_speaker = pair.is_none_or(|it| scored.has_speaker(it));
            let right = pair.is_some_and(|it| scored.right(it, content));
            for kind in rows_of_kind(content.kind) {
                let side = &mut self.kinds[*kind].found;
                side.all += 1;
                side.exact += usize::from(exact);
                side.partial += usize::from(pair.is_some());
                side.with_speaker += usize::from(with_speaker);
                side.right += usize::from(with_speaker && right);
            }
            let quote = &scored.found[content.quote];
            if with_speaker && !quote.speaker.is_empty() {
                self.bins.record(quote.confidence, right);
            }
        }
        self.count_stretches(scored);
        self.count_parts(scored);
        self.stories += 1;
        self.words += scored.text.words.len();
    }

    fn count_expected(&mut self, scored: &ScoredStory, content: &ContentSpan, pair: Option<usize>) {
        let exact = scored.content_spans.iter().any(|it| it.at == content.at);
        let pair = pair.map(|it| &scored.content_spans[it]);
        let with_speaker = scored.has_speaker(content);
        let right = with_speaker && pair.is_some_and(|it| scored.right(content, it));
        for kind in rows_of_kind(content.kind) {
            let count = &mut self.kinds[*kind];
            count.gold.all += 1;
            count.gold.exact += usize::from(exact);
            count.gold.partial += usize::from(pair.is_some());
            count.gold.with_speaker += usize::from(with_speaker);
            count.gold.right += usize::from(right);
            count.matched_with_speaker += usize::from(with_speaker && pair.is_some());
        }
        let full = scored.label(content).speaker_canonical.as_deref().filter(|it| !it.is_empty());
        if let (Some(full), Some(pair)) = (full, pair) {
            let name = scored.found[pair.quote].name.as_deref();
            self.full_names += 1;
            self.full_names_right += usize::from(name.is_some_and(|it| same_name(full, it)));
        }
    }

    fn count_stretches(&mut self, scored: &ScoredStory) {
        for (start, end) in &scored.quoted {
            let words = scored.text.words.iter().enumerate();
            let run: Vec<usize> =
                words.filter(|it| *start <= it.1.0 && it.1.0 < *end).map(|it| it.0).collect();
            if run.len() < 4 {
                continue;
            }
            let gold = ScoredStory::owner(&scored.expected, &run);
            let found = ScoredStory::owner(&scored.content_spans, &run);
            if gold.is_none_or(|it| scored.has_speaker(it)) {
                let right = gold.zip(found).is_some_and(|(gold, found)| scored.right(gold, found));
                let counted = [right, found.is_some(), gold.is_some()];
                self.stretches.iter_mut().zip(counted).for_each(|(sum, it)| *sum += usize::from(it));
            }
        }
    }

    fn count_parts(&mut self, scored: &ScoredStory) {
        let labels = &scored.story.quotes;
        let cue = |it: &gold::Quote| it.cue.as_ref().and_then(|it| it.spans.clone()).unwrap_or_default();
        let expected: [Vec<CharRange>; 3] = [
            labels.iter().flat_map(speaker).copied().collect(),
            labels.iter().flat_map(cue).collect(),
            labels.iter().flat_map(|it| it.spans.clone()).collect(),
        ];
        let found: [Vec<CharRange>; 3] = [
            scored.found.iter().flat_map(|it| it.speaker.clone()).collect(),
            scored.found.iter().flat_map(|it| it.cue.clone()).collect(),
            scored.found.iter().flat_map(|it| it.parts.clone()).collect(),
        ];
        for ((expected, found), sums) in expected.iter().zip(&found).zip(&mut self.parts) {
            let trimmed =
                |it: &Vec<CharRange>| it.iter().map(|it| trim(*it, &scored.text)).collect::<BTreeSet<_>>();
            let (expected, found) = (trimmed(expected), trimmed(found));
            sums[0] += expected.intersection(&found).count();
            sums[1] += found.len();
            sums[2] += expected.len();
        }
    }
}

impl Tally for Counts {
    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> =
            KINDS.iter().zip(&self.kinds).map(|(name, count)| row(name, count)).collect();
        let part = |(name, sums): (&&'static str, &[usize; 3])| {
            (*name, Cell::Shares(shares(sums[0], sums[1], sums[2])))
        };
        rows.push(named_row("segments", PARTS.iter().zip(&self.parts).map(part).collect()));
        let [right, found, expected] = self.stretches;
        let [precision, recall, _] = shares(right, found, expected);
        let cells = [precision, recall, harmonic_mean(precision, recall)].map(Cell::Share);
        rows.push(Row { name: "stretches".into(), cells: Cells::List(cells.into()) });
        if self.full_names > 0 {
            let right = Cell::Share(ratio(self.full_names_right, self.full_names));
            rows.push(named_row(
                "full name",
                vec![("asked", Cell::Count(self.full_names)), ("right", right)],
            ));
        }
        let read = [("read", self.stories), ("without an answer", 0), ("words", self.words)];
        rows.push(named_row("stories", read.map(|(name, it)| (name, Cell::Count(it))).into()));
        rows
    }
}

impl<'a> Sum<&'a Counts> for Counts {
    fn sum<I: Iterator<Item = &'a Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, it| {
            sum.kinds.iter_mut().zip(&it.kinds).for_each(|(sum, it)| sum.add(it));
            for (sums, parts) in
                sum.parts.iter_mut().chain([&mut sum.stretches]).zip(it.parts.iter().chain([&it.stretches]))
            {
                sums.iter_mut().zip(parts).for_each(|(sum, it)| *sum += it);
            }
            sum.full_names += it.full_names;
            sum.full_names_right += it.full_names_right;
            sum.stories += it.stories;
            sum.words += it.words;
            sum.bins.add(&it.bins);
            sum
        })
    }
}

impl Count {
    fn add(&mut self, other: &Self) {
        for (sum, it) in [(&mut self.gold, &other.gold), (&mut self.found, &other.found)] {
            sum.all += it.all;
            sum.exact += it.exact;
            sum.partial += it.partial;
            sum.with_speaker += it.with_speaker;
            sum.right += it.right;
        }
        self.matched_with_speaker += other.matched_with_speaker;
    }
}

fn row(name: &str, count: &Count) -> Row {
    let (gold, found) = (&count.gold, &count.found);
    let both = |top: [usize; 2], low: [usize; 2]| {
        let (precision, recall) = (ratio(top[0], low[0]), ratio(top[1], low[1]));
        Cell::Shares([precision, recall, harmonic_mean(precision, recall)])
    };
    let cells = vec![
        ("gold", Cell::Count(gold.all)),
        ("found", Cell::Count(found.all)),
        ("exact", both([found.exact, gold.exact], [found.all, gold.all])),
        ("partial", both([found.partial, gold.partial], [found.all, gold.all])),
        ("who-said-what", both([found.right, gold.right], [found.with_speaker, gold.with_speaker])),
        ("speaker", Cell::Share(ratio(gold.right, count.matched_with_speaker))),
    ];
    named_row(name, cells)
}

/// The harmonic mean.
fn harmonic_mean(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// The rows in which a span of this kind counts, as indices of [`KINDS`].
fn rows_of_kind(kind: Kind) -> &'static [usize] {
    match kind {
        Kind::Direct => &[0, 2, 1],
        Kind::Mixed => &[0, 3, 1],
        Kind::Indirect => &[0, 4],
    }
}

/// A range without spaces, quotation marks and punctuation at its ends.
fn trim(stretch: CharRange, text: &Text) -> CharRange {
    let part = text.chars_in(stretch);
    let edge = |it: &&char| {
        matches!(it, ' ' | '\n' | '\t' | '.' | ',' | ';' | ':' | '“' | '”' | '"' | '\'' | '‘' | '’')
    };
    let before = part.iter().take_while(edge).count();
    let after = part.iter().rev().take_while(edge).count();
    (stretch.0 + before, stretch.0 + part.len() - after)
}
