//! Where everybody was mentioned, and how prominently: what pronouns and descriptions look back on.

use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::span::Span;

/// One mention that something later may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SalientMention {
    pub(crate) cluster: usize,
    span: Span,
    sentence: usize,
    /// How much the place itself counts: the subject of its sentence, a speaker.
    weight: f32,
}

/// How many sentences a pronoun looks back.
const PRONOUN_WINDOW_SENTENCES: usize = 8;

/// The score below which nobody is meant.
const MIN_SALIENCE: f32 = -4.0;

/// All traces up to the source that is being read.
pub(crate) struct Salience<'a> {
    /// Of names outside quotes, in reading order.
    named: Vec<SalientMention>,
    /// Of sources, in reading order.
    spoken: Vec<SalientMention>,
    quoted: &'a [Span],
}

impl<'a> Salience<'a> {
    pub(crate) fn new(
        doc: &Document,
        names: &[EntityMention],
        of_name: &[usize],
        quoted: &'a [Span],
    ) -> Self {
        let mut traces = Self { named: Vec::with_capacity(names.len()), spoken: Vec::new(), quoted };
        let mut last = None;
        for (name, actor) in names.iter().zip(of_name) {
            if traces.is_quoted(name.span.start) {
                continue;
            }
            let sentence = doc.sentence_of(name.tokens.start);
            let first = last != Some(sentence);
            last = Some(sentence);
            let before = name.tokens.start.checked_sub(1).map_or("", |it| doc.word(it));
            let owner = matches!(doc.word(name.tokens.end), "'s" | "’s");
            let object = matches!(
                before,
                "of" | "in"
                    | "at"
                    | "to"
                    | "for"
                    | "with"
                    | "by"
                    | "from"
                    | "on"
                    | "against"
                    | "about"
                    | "told"
                    | "and"
            );
            let weight = match (first, object, owner) {
                (true, false, false) => 0.9,
                (_, true, _) => -0.4,
                (_, _, true) => -0.3,
                _ => 0.0,
            };
            traces.named.push(SalientMention { cluster: *actor, span: name.span, sentence, weight });
        }
        traces
    }

    /// Whether the byte at `place` stands between quotation marks.
    pub(crate) fn is_quoted(&self, place: usize) -> bool {
        let next = self.quoted.partition_point(|it| it.end <= place);
        self.quoted.get(next).is_some_and(|it| it.contains(place))
    }

    /// Notes that `actor` speaks at `source`.
    pub(crate) fn add_speaker(&mut self, doc: &Document, actor: usize, source: Span) {
        let sentence = doc.sentence_of(doc.token_at(source.start));
        self.spoken.push(SalientMention { cluster: actor, span: source, sentence, weight: 1.2 });
    }

    /// Who is mentioned at a place, by a name or as a speaker so far.
    pub(crate) fn cluster_at(&self, place: usize) -> Option<usize> {
        let first = self.named.partition_point(|it| it.span.end <= place);
        let named = self.named.get(first).filter(|it| it.span.contains(place));
        named.or_else(|| self.spoken.iter().rev().find(|it| it.span.contains(place))).map(|it| it.cluster)
    }

    /// The actor who was mentioned last before `source`, as a relative wants it.
    pub(crate) fn latest_before(&self, source: Span) -> Option<usize> {
        let named = self.named[..self.named.partition_point(|it| it.span.start < source.start)].last();
        let spoken = self.spoken.iter().rev().find(|it| it.span.start < source.start);
        named.into_iter().chain(spoken).max_by_key(|it| it.span.start).map(|it| it.cluster)
    }

    /// The actor before `source` who fits best: `fit` tells how well, or
    /// nothing where somebody cannot be meant.
    pub(crate) fn most_salient(
        &self,
        doc: &Document,
        source: Span,
        fit: impl Fn(&SalientMention) -> Option<f32>,
    ) -> Option<usize> {
        let here = doc.sentence_of(doc.token_at(source.start));
        let block = doc.sentences.get(here)?.block;
        let named = &self.named[..self.named.partition_point(|it| it.span.start < source.start)];
        let recent =
            named.iter().rev().take_while(|it| here.saturating_sub(it.sentence) <= PRONOUN_WINDOW_SENTENCES);
        let spoken = self.spoken.iter().rev().filter(|it| it.span.start < source.start);
        let spoken = spoken.take_while(|it| here.saturating_sub(it.sentence) <= PRONOUN_WINDOW_SENTENCES);
        let mut best: Option<(f32, usize)> = None;
        for trace in recent.chain(spoken) {
            let Some(fit) = fit(trace) else { continue };
            let far = here.saturating_sub(trace.sentence);
            let near = if doc.sentences[trace.sentence].block == block { 0.4 } else { 0.0 };
            let score = fit + trace.weight + near - 0.8 * far as f32;
            if best.is_none_or(|it| score > it.0) {
                best = Some((score, trace.cluster));
            }
        }
        best.filter(|it| it.0 > MIN_SALIENCE).map(|it| it.1)
    }
}
