//! A story → what the learned tagger says of it: names, stretches of source, cue and content, and links between them.
//!
//! 1. `pieces` cuts the blocks into words and word-pieces.
//! 2. `windows` shares the words out; each window is read by itself, several at a time.
//! 3. `network` (read from the embedded file by `weights`) scores the labels of each piece; a word is scored by its first.
//! 4. `chain` finds the likeliest labels of the whole story and how sure each stretch is.
//! 5. Links are asked for by whoever needs them: [`Tagged::content_links`], [`Tagged::cue_links`],
//!    [`Tagged::antecedents`].

pub(crate) mod crf;
pub(crate) mod encoder;
pub(crate) mod format;
pub(crate) mod layers;
pub(crate) mod quantized;
pub(crate) mod windows;
pub(crate) mod word_pieces;

use std::ops::Range;
use std::sync::OnceLock;

use rayon::ThreadPool;
use rayon::prelude::*;

use crate::analysis::EntityKind;
use crate::engine::tagger::crf::Run;
use crate::engine::tagger::encoder::{Network, Outputs};
use crate::engine::tagger::word_pieces::{BEGIN, END, LINE, SPECIAL, Vocabulary, Words};
use crate::span::Span;
use crate::story::Story;

/// The learned tagger. It reads its network from the binary when it is first asked, which takes some milliseconds.
#[derive(Default)]
pub(crate) struct Tagger {
    ready: OnceLock<Ready>,
}

struct Ready {
    vocabulary: Vocabulary,
    network: Network,
    /// Nothing where the system gives no threads.
    pool: Option<ThreadPool>,
}

/// What the network says of a story, in the story's own byte spans.
#[derive(Default)]
pub(crate) struct Tagged {
    /// People, organisations and places, in reading order.
    pub(crate) names: Vec<TaggedName>,
    /// In reading order, without overlaps. Contents stand without quotation marks and points at their ends.
    pub(crate) stretches: Vec<Stretch>,
    words: Vec<Seen>,
    windows: Vec<Window>,
}

/// Some words that were read together, and what was said of each.
struct Window {
    words: Range<usize>,
    outputs: Outputs,
}

/// A name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TaggedName {
    pub(crate) span: Span,
    pub(crate) kind: EntityKind,
    /// The chance that exactly these words are such a name.
    pub(crate) probability: f32,
}

/// A stretch of words that says something, says who, or reports it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) span: Span,
    pub(crate) part: Part,
    /// The chance that exactly these words are such a stretch.
    pub(crate) probability: f32,
}

/// The parts of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Who said it.
    Source,
    /// The words that report it.
    Cue,
    /// What was said.
    Content,
}

/// Where a link leads, and how likely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The number of a stretch; nothing where it leads nowhere.
    pub(crate) to: Option<usize>,
    pub(crate) probability: f32,
}

/// One word as it was read.
struct Seen {
    span: Span,
    /// How many gaps that weaken links stand before it.
    gaps: u16,
}

/// The kinds of links, as the network numbers them.
const CUE: usize = 0;
const SOURCE: usize = 1;
const ANTECEDENT: usize = 2;

/// What each gap between blocks takes from the score of a link, unless a colon stands before it. This and the next
/// were measured on the development sets by `training/tune.py`.
const GAP: f32 = -5.0;
/// What is added to the score of a cue that has no source.
const SOURCELESS: f32 = -6.0;

impl Tagger {
    /// What the network says of a story.
    pub(crate) fn tag(&self, story: &Story) -> Tagged {
        self.ready.get_or_init(Ready::embedded).tag(story)
    }
}

impl Ready {
    fn embedded() -> Self {
        let vocabulary =
            Vocabulary::of(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/model/vocabulary.txt")));
        let network = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/model/network.bin"));
        let network = format::read(network).expect("the embedded network is whole");
        Self { vocabulary, network, pool: rayon::ThreadPoolBuilder::new().build().ok() }
    }

    fn tag(&self, story: &Story) -> Tagged {
        let read = self.vocabulary.words(story.text(), story.blocks().iter().map(|it| it.span));
        let sizes: Vec<usize> = read.words.iter().map(|it| it.pieces.len()).collect();
        let windows = windows::windows(&sizes, |at| read.ids[read.words[at].pieces.start] == LINE);
        let run = |words: Range<usize>| {
            let outputs = self.run(&read, words.clone());
            Window { words, outputs }
        };
        let windows = match &self.pool {
            Some(pool) => pool.install(|| windows.into_par_iter().map(run).collect()),
            None => windows.into_iter().map(run).collect(),
        };
        Tagged::of(story.text(), &self.network, &read, windows)
    }

    /// The scores of some words, one row a word.
    fn run(&self, read: &Words, words: Range<usize>) -> Outputs {
        let (mut ids, mut shapes, mut firsts) = (vec![BEGIN], vec![SPECIAL], Vec::with_capacity(words.len()));
        for word in &read.words[words] {
            firsts.push(ids.len());
            ids.extend_from_slice(&read.ids[word.pieces.clone()]);
            shapes.resize(ids.len(), word.shape);
        }
        ids.push(END);
        shapes.push(SPECIAL);
        self.network.run(&ids, &shapes, &firsts)
    }
}

impl Tagged {
    fn of(text: &str, network: &Network, read: &Words, windows: Vec<Window>) -> Self {
        let (mut labels, mut name_labels) = (Vec::new(), Vec::new());
        for Window { words, outputs } in &windows {
            for row in 0..words.len() {
                labels.extend_from_slice(outputs.attribution(row));
                name_labels.extend_from_slice(outputs.names(row));
            }
        }
        let [attribution, names] = &network.chains;
        let sums = attribution.sums(&labels);
        let span = |run: &Run| read.words[run.words.start].span.cover(read.words[run.words.end - 1].span);
        let stretch = |run: &Run| {
            let part = [Part::Source, Part::Cue, Part::Content].get(run.kind).copied()?;
            Some(Stretch { span: span(run), part, probability: run.probability })
        };
        let name = |run: &Run| {
            let kind =
                [EntityKind::Person, EntityKind::Organisation, EntityKind::Place].get(run.kind).copied()?;
            Some(TaggedName { span: span(run), kind, probability: run.probability })
        };
        let names = names.runs(&name_labels, &names.sums(&name_labels)).iter().filter_map(name).collect();
        let stretches = attribution.runs(&labels, &sums).iter().filter_map(stretch).collect();
        let mut gaps = 0_u16;
        let words = read.words.iter().map(|word| {
            let weakens = word.span.is_empty() && !text[..word.span.start].trim_end().ends_with(':');
            gaps = gaps.wrapping_add(u16::from(weakens));
            Seen { span: word.span, gaps }
        });
        Self { names, stretches, words: words.collect(), windows }
    }

    /// Where a content leads that begins at `span`: to its cue, or else to its source, or nowhere; the likeliest first.
    pub(crate) fn content_links(&self, span: Span) -> Vec<Link> {
        self.links(CUE, span, 0.0, |it| it != Part::Content)
    }

    /// Where a cue leads: to its source, or nowhere; the likeliest first.
    pub(crate) fn cue_links(&self, span: Span) -> Vec<Link> {
        self.links(SOURCE, span, SOURCELESS, |it| it == Part::Source)
    }

    /// Where what a pronoun at `span` means was named: the words that were read together with it, and the share of each.
    pub(crate) fn antecedents(&self, span: Span) -> Vec<(Span, f32)> {
        let Some((from, window)) = self.words_in(span).next().and_then(|it| self.window(it)) else {
            return Vec::new();
        };
        let affinity = |row: usize| window.outputs.affinity(ANTECEDENT, from, row);
        let scores: Vec<f32> = (0..window.words.len()).map(affinity).collect();
        self.words[window.words.clone()].iter().map(|it| it.span).zip(softmax(&scores)).collect()
    }

    /// The links of one kind to stretches that were read together with `span`; `nowhere` is added to the score of none.
    fn links(&self, link: usize, span: Span, nowhere: f32, leads: impl Fn(Part) -> bool) -> Vec<Link> {
        let Some((from, window)) = self.words_in(span).next().and_then(|it| self.window(it)) else {
            return Vec::new();
        };
        let mut ends = vec![(None, from)];
        let start = self.words[window.words.start].span.start;
        let near = self.stretches.partition_point(|it| it.span.start < start);
        for (number, stretch) in self.stretches.iter().enumerate().skip(near) {
            let first = self.words_in(stretch.span).start;
            if first >= window.words.end {
                break;
            }
            let row = first - window.words.start;
            if leads(stretch.part) && row != from {
                ends.push((Some(number), row));
            }
        }
        let gaps = |row: usize| self.words[window.words.start + row].gaps;
        let score = |(to, row): &(Option<usize>, usize)| {
            let bias = if to.is_none() { nowhere } else { GAP * f32::from(gaps(*row).abs_diff(gaps(from))) };
            window.outputs.affinity(link, from, *row) + bias
        };
        let scores: Vec<f32> = ends.iter().map(score).collect();
        let chances = softmax(&scores).into_iter().zip(&ends);
        let mut links: Vec<Link> = chances.map(|(probability, it)| Link { to: it.0, probability }).collect();
        links.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        links
    }

    /// The window of a word, and the word's row in it.
    fn window(&self, word: usize) -> Option<(usize, &Window)> {
        let window = self.windows.get(self.windows.partition_point(|it| it.words.end <= word))?;
        Some((word - window.words.start, window))
    }

    /// The words that a stretch of text touches.
    fn words_in(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|it| it.span.end <= span.start);
        let end = start + self.words[start..].partition_point(|it| it.span.start < span.end);
        start..end
    }
}

/// Scores as chances that sum to 1.
fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = scores.iter().map(|it| (it - top).exp()).collect();
    let total: f32 = weights.iter().sum();
    weights.iter().map(|it| it / total).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::story::{Block, BlockKind, Format};

    thread_local! {
        static READY: Tagger = Tagger::default();
    }

    /// A story with one paragraph a line.
    fn story(text: &str) -> Story {
        let mut start = 0;
        let mut blocks = Vec::new();
        for line in text.split('\n') {
            let span = Span::new(start, start + line.len()).trim(text);
            blocks.push(Block::new(BlockKind::Paragraph, span));
            start += line.len() + 1;
        }
        Story::new(Format::Plain, text.into(), blocks)
    }

    /// Windows of invented text as `training/export.py` cut them, with f32 scores for some.
    fn reference() -> Vec<Value> {
        let rows = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tagger/reference.json"));
        serde_json::from_str(rows).unwrap()
    }

    fn numbers(rows: &Value) -> Vec<f32> {
        let rows = rows.as_array().unwrap().iter().flat_map(|it| it.as_array().unwrap());
        rows.map(|it| it.as_f64().unwrap() as f32).collect()
    }

    #[test]
    fn words_and_pieces_are_those_that_the_network_was_trained_on() {
        let ready = Ready::embedded();
        for row in reference() {
            let text = row["text"].as_str().unwrap();
            let read = ready.vocabulary.words(text, story(text).blocks().iter().map(|it| it.span));
            for (word, wanted) in read.words.iter().zip(row["words"].as_array().unwrap()) {
                let ids = &read.ids[word.pieces.clone()];
                assert_eq!(
                    serde_json::json!([word.shape, ids]),
                    serde_json::json!([wanted[2], wanted[3]]),
                    "{text}"
                );
                let gap = ids == [LINE];
                let span = serde_json::json!([word.span.start, word.span.end]);
                assert!(gap || span == serde_json::json!([wanted[0], wanted[1]]), "{text}");
            }
        }
    }

    #[test]
    fn scores_in_whole_numbers_are_near_those_in_fractions() {
        let ready = Ready::embedded();
        for row in reference().iter().filter(|it| it["attribution"].is_array()) {
            let text = row["text"].as_str().unwrap();
            let read = ready.vocabulary.words(text, story(text).blocks().iter().map(|it| it.span));
            let count = row["words"].as_array().unwrap().len();
            let outputs = ready.run(&read, 0..count);
            let scores = |part: fn(&Outputs, usize) -> &[f32]| {
                (0..count).flat_map(|it| part(&outputs, it)).copied().collect::<Vec<f32>>()
            };
            for (name, scores) in
                [("attribution", scores(Outputs::attribution)), ("names", scores(Outputs::names))]
            {
                let wanted = numbers(&row[name]);
                let off: f32 = scores.iter().zip(&wanted).map(|(a, b)| (a - b).powi(2)).sum();
                let size: f32 = wanted.iter().map(|it| it.powi(2)).sum();
                assert_eq!(scores.len(), wanted.len());
                assert!((off / size).sqrt() < 0.06, "{name}: off by {} of 1", (off / size).sqrt());
            }
        }
    }

    #[test]
    fn who_said_what_is_found_and_linked() {
        let text = "The harbour wall will be rebuilt by May, Mayor Ann Lee said on Monday.";
        let tagged = Tagger::default().tag(&story(text));
        let words = |part: Part| {
            let stretches = tagged.stretches.iter().filter(|it| it.part == part);
            stretches.map(|it| it.span.of(text)).collect::<Vec<_>>()
        };
        assert_eq!(words(Part::Content), ["The harbour wall will be rebuilt by May"]);
        assert_eq!(words(Part::Cue), ["said"]);
        let end = |links: Vec<Link>| links.first().and_then(|it| it.to).map(|it| tagged.stretches[it]);
        let content = tagged.stretches.iter().find(|it| it.part == Part::Content).unwrap();
        let cue = end(tagged.content_links(content.span)).unwrap();
        assert_eq!(cue.part, Part::Cue);
        assert!(end(tagged.cue_links(cue.span)).unwrap().span.of(text).ends_with("Ann Lee"));
        assert!(tagged.names.iter().any(|it| it.span.of(text) == "Ann Lee" && it.kind == EntityKind::Person));
    }

    #[test]
    fn a_pronoun_is_linked_to_the_one_it_means() {
        let text = "Ann Lee met reporters in Oslo. She said that the wall would hold.";
        let tagged = Tagger::default().tag(&story(text));
        let at = |words: &str| text.find(words).map(|it| Span::new(it, it + words.len())).unwrap();
        let antecedents = tagged.antecedents(at("She"));
        let share: f32 = antecedents.iter().filter(|it| at("Ann Lee").holds(it.0)).map(|it| it.1).sum();
        assert!(share > 0.5, "{antecedents:?}");
    }

    #[test]
    fn a_story_without_words_has_nothing_to_say() {
        let tagged = Tagger::default().tag(&story(""));
        assert!(tagged.names.is_empty() && tagged.stretches.is_empty());
        assert!(tagged.content_links(Span::new(0, 9)).is_empty());
        assert!(tagged.antecedents(Span::new(0, 9)).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_text_gives_stretches_in_order_on_character_boundaries(text in "[ \n“”'\",.a-zA-Zéß漢\u{ad}\u{300}]{0,80}|\\PC{0,80}") {
            let story = story(&text);
            let tagged = READY.with(|it| it.tag(&story));
            let mut end = 0;
            for stretch in &tagged.stretches {
                prop_assert!(stretch.span.start >= end && !stretch.span.of(story.text()).is_empty());
                prop_assert!((0.0..=1.001).contains(&stretch.probability));
                end = stretch.span.end;
                tagged.content_links(stretch.span);
                tagged.cue_links(stretch.span);
            }
            for name in &tagged.names {
                prop_assert!(!name.span.of(story.text()).is_empty());
            }
        }
    }
}
