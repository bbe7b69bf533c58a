//! Labelled stories → how much of what was said, and by whom, was found.
//!
//! A span is a contiguous piece of content (a quote that its cue splits has two; two pieces with no word between them
//! are one), counted in words.
//!
//! 1. exact: the same first and last word. Partial: one to one, half of the words shared.
//! 2. speaker: of the partial matches whose label has a speaker, how many found speakers cover a head word of it.
//! 3. who-said-what: partial and speaker right; labels without a speaker are left out.
//! 4. kinds, by the share of a span's words between marks: from 0.9 direct, over 0 mixed, 0 indirect; quoted is the first
//!    two.
//! 5. segments: contiguous stretches of source, cue and content, exact to the character after blanks and marks are
//!    trimmed from the ends.
//! 6. stretches: every run of 4 words or more between marks in a labelled content with a speaker is found where half of
//!    it lies in one found content, right where that content's speaker is right too.
//! 7. full name: where the label gives it, whether the speaker has that name.

use std::collections::{BTreeSet, HashMap};
use std::iter::Sum;

use pullquote::engine::Engine;
use pullquote::load;
use pullquote::span::Span;

use crate::gold::{self, Stretch};
use crate::map::Map;
use crate::marks::marked;
use crate::reliability::Bins;
use crate::spans::{Kind, Piece, Quote, paired, pieces, unique};
use crate::speakers::{heads, same_name};
use crate::table::{Cell, Cells, Row, Tally, named, ratio, shares};
use crate::words::Text;

const KINDS: [&str; 5] = ["all", "quoted", "direct", "mixed", "indirect"];
const PARTS: [&str; 3] = ["source", "cue", "content"];

/// What is counted for one kind of span: of the labelled ones and of the found ones.
#[derive(Default)]
struct Count {
    gold: Side,
    found: Side,
    asked: usize,
}

#[derive(Default)]
struct Side {
    all: usize,
    exact: usize,
    partial: usize,
    spoken: usize,
    right: usize,
}

#[derive(Default)]
pub(super) struct Counts {
    kinds: [Count; 5],
    /// Right, found and wanted: for each part, and for stretches.
    parts: [[usize; 3]; 3],
    stretches: [usize; 3],
    named: usize,
    named_right: usize,
    stories: usize,
    words: usize,
    /// How sure each found piece is, and whether it is right.
    pub(super) bins: Bins,
}

/// The counts of each story.
pub(super) fn counts(stories: &[gold::Story], engine: &Engine, reporting: bool) -> Vec<Counts> {
    let of = |story: &gold::Story| {
        let mut counts = Counts::default();
        counts.add(&Reading::of(story, engine), reporting);
        counts
    };
    stories.iter().map(of).collect()
}

/// A labelled story and what was found in it.
struct Reading<'a> {
    story: &'a gold::Story,
    text: Text,
    marked: Vec<Stretch>,
    found: Vec<Quote>,
    wanted: Vec<Piece>,
    pieces: Vec<Piece>,
    /// The other mentions of each speaker, by the name of their chain.
    chains: HashMap<String, Vec<Stretch>>,
}

impl<'a> Reading<'a> {
    fn of(story: &'a gold::Story, engine: &Engine) -> Self {
        let text = Text::of(&story.text);
        let marked = marked(&text.letters);
        let between = |word: &Stretch| marked.iter().any(|it| it.0 <= word.0 && word.0 < it.1);
        let inside: Vec<bool> = text.words.iter().map(between).collect();
        let found = found(&story.text, &text, engine);
        let wanted = pieces(story.quotes.iter().map(|it| it.spans.as_slice()), &text, &inside);
        let pieces = unique(&pieces(found.iter().map(|it| it.parts.as_slice()), &text, &inside), &found);
        let mut chains: HashMap<String, Vec<Stretch>> = HashMap::new();
        for mention in &story.entities {
            if let Some(chain) = &mention.chain {
                chains.entry(chain.to_string()).or_default().push(mention.span);
            }
        }
        Self { story, text, marked, found, wanted, pieces, chains }
    }

    fn label(&self, piece: &Piece) -> &'a gold::Quote {
        &self.story.quotes[piece.quote]
    }

    /// Whether the label of a piece has a speaker.
    fn spoken(&self, piece: &Piece) -> bool {
        !speaker(self.label(piece)).is_empty()
    }

    /// Whether the speaker of a found piece is that of a labelled one.
    fn right(&self, gold: &Piece, found: &Piece) -> bool {
        let label = self.label(gold);
        let spans = self.found[found.quote].speaker.iter();
        let cover: BTreeSet<usize> = spans.flat_map(|it| self.text.touched(*it)).collect();
        let chain = label.speaker.as_ref().and_then(|it| it.coref_chain.as_ref());
        let others = chain.and_then(|it| self.chains.get(&it.to_string())).into_iter().flatten();
        let options = std::iter::once(speaker(label)).chain(others.map(std::slice::from_ref));
        options.into_iter().any(|it| !heads(it, &self.text).is_disjoint(&cover))
    }

    /// Of pieces that hold half of `run` (words), the one that holds most.
    fn owner<'b>(pieces: &'b [Piece], run: &[usize]) -> Option<&'b Piece> {
        let mut best: Option<(usize, &Piece)> = None;
        for piece in pieces {
            let share = run.iter().filter(|it| piece.at.0 <= **it && **it < piece.at.1).count();
            if 2 * share >= run.len() && best.is_none_or(|it| share > it.0) {
                best = Some((share, piece));
            }
        }
        best.map(|it| it.1)
    }
}

/// The words that a label names its speaker with.
fn speaker(label: &gold::Quote) -> &[Stretch] {
    label.speaker.as_ref().and_then(|it| it.spans.as_deref()).unwrap_or_default()
}

fn found(labelled: &str, text: &Text, engine: &Engine) -> Vec<Quote> {
    let story = load::from_text(labelled);
    let analysis = engine.analyze(&story);
    let map = Map::of(story.text(), &text.letters);
    let one = |span: Option<Span>| span.map(|it| map.stretch(it)).into_iter().collect();
    let quote = |quote: &pullquote::analysis::Quote| Quote {
        parts: quote.parts.iter().map(|it| map.stretch(*it)).collect(),
        speaker: one(quote.speaker_mention),
        cue: one(quote.cue),
        name: quote.speaker.and_then(|it| analysis.entities.get(it)).map(|it| it.name.clone()),
        confidence: quote.confidence,
    };
    analysis.quotes.iter().map(quote).collect()
}

impl Counts {
    fn add(&mut self, reading: &Reading, reporting: bool) {
        let pairs = paired(&reading.wanted, &reading.pieces);
        let skipped = |it: &Piece| reporting && reading.label(it).cue_is_reporting == Some(false);
        let kept = || reading.wanted.iter().zip(&pairs).filter(|it| !skipped(it.0));
        for (piece, pair) in kept() {
            self.wanted(reading, piece, *pair);
        }
        for (at, piece) in reading.pieces.iter().enumerate() {
            let pair = pairs.iter().position(|it| *it == Some(at)).map(|it| &reading.wanted[it]);
            if pair.is_some_and(skipped) {
                continue;
            }
            let exact = kept().any(|it| it.0.at == piece.at);
            let spoken = pair.is_none_or(|it| reading.spoken(it));
            let right = pair.is_some_and(|it| reading.right(it, piece));
            for kind in kinds(piece.kind) {
                let side = &mut self.kinds[*kind].found;
                side.all += 1;
                side.exact += usize::from(exact);
                side.partial += usize::from(pair.is_some());
                side.spoken += usize::from(spoken);
                side.right += usize::from(spoken && right);
            }
            let quote = &reading.found[piece.quote];
            if spoken && !quote.speaker.is_empty() {
                self.bins.claim(quote.confidence, right);
            }
        }
        self.stretches(reading);
        self.parts(reading);
        self.stories += 1;
        self.words += reading.text.words.len();
    }

    fn wanted(&mut self, reading: &Reading, piece: &Piece, pair: Option<usize>) {
        let exact = reading.pieces.iter().any(|it| it.at == piece.at);
        let pair = pair.map(|it| &reading.pieces[it]);
        let spoken = reading.spoken(piece);
        let right = spoken && pair.is_some_and(|it| reading.right(piece, it));
        for kind in kinds(piece.kind) {
            let count = &mut self.kinds[*kind];
            count.gold.all += 1;
            count.gold.exact += usize::from(exact);
            count.gold.partial += usize::from(pair.is_some());
            count.gold.spoken += usize::from(spoken);
            count.gold.right += usize::from(right);
            count.asked += usize::from(spoken && pair.is_some());
        }
        let full = reading.label(piece).speaker_canonical.as_deref().filter(|it| !it.is_empty());
        if let (Some(full), Some(pair)) = (full, pair) {
            let name = reading.found[pair.quote].name.as_deref();
            self.named += 1;
            self.named_right += usize::from(name.is_some_and(|it| same_name(full, it)));
        }
    }

    fn stretches(&mut self, reading: &Reading) {
        for (start, end) in &reading.marked {
            let words = reading.text.words.iter().enumerate();
            let run: Vec<usize> =
                words.filter(|it| *start <= it.1.0 && it.1.0 < *end).map(|it| it.0).collect();
            if run.len() < 4 {
                continue;
            }
            let gold = Reading::owner(&reading.wanted, &run);
            let found = Reading::owner(&reading.pieces, &run);
            if gold.is_none_or(|it| reading.spoken(it)) {
                let right = gold.zip(found).is_some_and(|(gold, found)| reading.right(gold, found));
                let counted = [right, found.is_some(), gold.is_some()];
                self.stretches.iter_mut().zip(counted).for_each(|(sum, it)| *sum += usize::from(it));
            }
        }
    }

    fn parts(&mut self, reading: &Reading) {
        let labels = &reading.story.quotes;
        let cue = |it: &gold::Quote| it.cue.as_ref().and_then(|it| it.spans.clone()).unwrap_or_default();
        let wanted: [Vec<Stretch>; 3] = [
            labels.iter().flat_map(speaker).copied().collect(),
            labels.iter().flat_map(cue).collect(),
            labels.iter().flat_map(|it| it.spans.clone()).collect(),
        ];
        let found: [Vec<Stretch>; 3] = [
            reading.found.iter().flat_map(|it| it.speaker.clone()).collect(),
            reading.found.iter().flat_map(|it| it.cue.clone()).collect(),
            reading.found.iter().flat_map(|it| it.parts.clone()).collect(),
        ];
        for ((wanted, found), sums) in wanted.iter().zip(&found).zip(&mut self.parts) {
            let trimmed =
                |it: &Vec<Stretch>| it.iter().map(|it| trim(*it, &reading.text)).collect::<BTreeSet<_>>();
            let (wanted, found) = (trimmed(wanted), trimmed(found));
            sums[0] += wanted.intersection(&found).count();
            sums[1] += found.len();
            sums[2] += wanted.len();
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
        rows.push(named("segments", PARTS.iter().zip(&self.parts).map(part).collect()));
        let [right, found, wanted] = self.stretches;
        let [precision, recall, _] = shares(right, found, wanted);
        let cells = [precision, recall, mean(precision, recall)].map(Cell::Share);
        rows.push(Row { name: "stretches".into(), cells: Cells::List(cells.into()) });
        if self.named > 0 {
            let right = Cell::Share(ratio(self.named_right, self.named));
            rows.push(named("full name", vec![("asked", Cell::Count(self.named)), ("right", right)]));
        }
        let read = [("read", self.stories), ("without an answer", 0), ("words", self.words)];
        rows.push(named("stories", read.map(|(name, it)| (name, Cell::Count(it))).into()));
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
            sum.named += it.named;
            sum.named_right += it.named_right;
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
            sum.spoken += it.spoken;
            sum.right += it.right;
        }
        self.asked += other.asked;
    }
}

fn row(name: &str, count: &Count) -> Row {
    let (gold, found) = (&count.gold, &count.found);
    let both = |top: [usize; 2], low: [usize; 2]| {
        let (precision, recall) = (ratio(top[0], low[0]), ratio(top[1], low[1]));
        Cell::Shares([precision, recall, mean(precision, recall)])
    };
    let cells = vec![
        ("gold", Cell::Count(gold.all)),
        ("found", Cell::Count(found.all)),
        ("exact", both([found.exact, gold.exact], [found.all, gold.all])),
        ("partial", both([found.partial, gold.partial], [found.all, gold.all])),
        ("who-said-what", both([found.right, gold.right], [found.spoken, gold.spoken])),
        ("speaker", Cell::Share(ratio(gold.right, count.asked))),
    ];
    named(name, cells)
}

/// The harmonic mean.
fn mean(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// The rows that a piece of some kind counts in, by their places in [`KINDS`].
fn kinds(kind: Kind) -> &'static [usize] {
    match kind {
        Kind::Direct => &[0, 2, 1],
        Kind::Mixed => &[0, 3, 1],
        Kind::Indirect => &[0, 4],
    }
}

/// A stretch without blanks, marks and points at its ends.
fn trim(stretch: Stretch, text: &Text) -> Stretch {
    let part = text.part(stretch);
    let edge = |it: &&char| {
        matches!(it, ' ' | '\n' | '\t' | '.' | ',' | ';' | ':' | '“' | '”' | '"' | '\'' | '‘' | '’')
    };
    let before = part.iter().take_while(edge).count();
    let after = part.iter().rev().take_while(edge).count();
    (stretch.0 + before, stretch.0 + part.len() - after)
}
