//! What the tagger finds in a story: decodes the scores of windows into spans, entities and links.

use crate::analysis::EntityKind;
use crate::engine::tagger::crf::LabeledSpan;
use crate::engine::tagger::encoder::Encoder;
use crate::engine::tagger::links::{PronounAntecedents, SegmentLinks};
use crate::engine::tagger::tagged_spans::{SpanRole, TaggedEntity, TaggedOther, TaggedSpan};
use crate::engine::tagger::windows::Window;
use crate::engine::tagger::word_pieces::WordPieces;
use crate::span::Span;

/// The label kind of names that are no person, organisation or place.
const OTHER_NAME: usize = 3;

/// What the tagger found in a story. All spans are spans of the story's text.
#[derive(Clone, Default)]
pub(crate) struct TaggerOutput {
    /// People, organisations and places, in reading order.
    pub(crate) entities: Vec<TaggedEntity>,
    /// The names of other things, in reading order.
    pub(crate) other_names: Vec<TaggedOther>,
    /// Sources, cues and contents, in reading order and without overlaps. Contents have no quotation marks and no full stop
    /// at their ends.
    pub(crate) spans: Vec<TaggedSpan>,
    /// For each span the index of the span to which it is most likely linked; `None` for a link to nothing.
    pub(super) targets: Vec<Option<usize>>,
    /// The pronouns with their possible antecedents, in reading order.
    pub(super) antecedents: Vec<PronounAntecedents>,
}

impl TaggerOutput {
    /// Decodes the windows of a segment and adds what is found.
    pub(super) fn add_segment(
        &mut self,
        text: &str,
        encoder: &Encoder,
        read: &WordPieces,
        windows: &[Window],
        is_pronoun: impl Fn(&str) -> bool,
    ) {
        let (Some(first), Some(last)) = (windows.first(), windows.last()) else { return };
        let words = &read.words[first.words.start..last.words.end];
        let (mut attribution_scores, mut entity_scores) = (Vec::new(), Vec::new());
        for Window { words, logits } in windows {
            for row in 0..words.len() {
                attribution_scores.extend_from_slice(logits.attribution(row));
                entity_scores.extend_from_slice(logits.entities(row));
            }
        }
        let span_of = |it: &LabeledSpan| words[it.words.start].span.cover(words[it.words.end - 1].span);
        let tagged_span = |it: &LabeledSpan| {
            let role = [SpanRole::Source, SpanRole::Cue, SpanRole::Content].get(it.kind).copied()?;
            Some(TaggedSpan { span: span_of(it), role, probability: it.probability })
        };
        let entity = |it: &LabeledSpan| {
            let kinds = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];
            let kind = kinds.get(it.kind).copied()?;
            Some(TaggedEntity { span: span_of(it), kind, probability: it.probability })
        };
        let [attribution, entities] = &encoder.crfs;
        let is_first = first.words.start == 0;
        let spans = attribution.decode(&attribution_scores, is_first);
        let spans: Vec<TaggedSpan> = spans.iter().filter_map(tagged_span).collect();
        let entities = entities.decode(&entity_scores, is_first);
        self.entities.extend(entities.iter().filter_map(entity));
        let others = entities.iter().filter(|it| it.kind == OTHER_NAME);
        let other_name = |it: &LabeledSpan| TaggedOther { span: span_of(it), probability: it.probability };
        self.other_names.extend(others.map(other_name));
        let segment = SegmentLinks::new(text, words, windows, &spans);
        let index_shift = self.spans.len();
        let targets = spans.iter().map(|it| segment.best_target(it).map(|target| index_shift + target));
        self.targets.extend(targets);
        self.antecedents.extend(segment.antecedents(is_pronoun));
        self.spans.extend(spans);
    }

    /// The index of the span to which the span at `span` is most likely linked: of a content its cue, or else its source;
    /// of a cue its source. `None` if it is linked to nothing.
    pub(crate) fn target_of(&self, span: Span) -> Option<usize> {
        let index = self.spans.binary_search_by_key(&span.start, |it| it.span.start).ok()?;
        self.targets.get(index).copied().flatten()
    }

    /// The possible antecedents of the pronoun at `span`: the offsets of the words before it in its window, each with its
    /// probability.
    pub(crate) fn antecedents(&self, span: Span) -> impl Iterator<Item = (usize, f32)> {
        let index = self.antecedents.partition_point(|it| it.start < span.start);
        let pronoun = self.antecedents.get(index).filter(|it| it.start < span.end);
        pronoun.into_iter().flat_map(|it| it.words.iter().map(|(start, share)| (*start as usize, *share)))
    }
}
