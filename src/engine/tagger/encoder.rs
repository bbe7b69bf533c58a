//! The encoder: scores labels and links for the word pieces of a batch of windows.
//!
//! It is a BERT encoder (Devlin et al. 2019) with quantized linear layers: int8 weights with a scale for each output, and
//! inputs that are rounded row by row. The linear layers read all rows of a batch at once, and only attention goes from
//! window to window. So a window has the same scores in every batch.

use std::ops::Range;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;

use crate::engine::tagger::crf::LinearChainCrf;
use crate::engine::tagger::layers::{EmbeddingTable, EncoderLayer, LayerNorm, Linear};
use crate::engine::tagger::quantized::{IntProducts, QuantizedRows, resized};
use crate::engine::tagger::row_ops::{ActivateRows, NormalizeRows, QuantizeRows, ScaleRows, SoftmaxRows};

/// The number of attribution labels: outside, then begin and inside of source, cue, content.
pub(crate) const ATTRIBUTION_LABELS: usize = 7;
/// The number of entity labels: outside, then begin and inside of person, organisation, position, other.
pub(crate) const ENTITY_LABELS: usize = 9;
/// The number of link kinds.
pub(crate) const LINK_KINDS: usize = 3;
/// The width of a link's query and key vectors.
pub(crate) const LINK_WIDTH: usize = 64;

/// The encoder with its output layer and the CRFs of its labels.
pub(crate) struct Encoder {
    /// The width of an attention head.
    head_width: usize,
    /// The embeddings of word pieces, positions and shapes.
    embeddings: [EmbeddingTable; 3],
    embedding_norm: LayerNorm,
    /// The layers before the last.
    layers: Vec<EncoderLayer>,
    last_layer: EncoderLayer,
    classifier: Linear,
    /// The CRFs of attribution labels and entity labels.
    pub(crate) crfs: [LinearChainCrf; 2],
}

/// The word pieces of a window.
#[derive(Default)]
pub(crate) struct WindowPieces {
    pub(crate) ids: Vec<u32>,
    /// The shapes of the pieces, one for each.
    pub(crate) shapes: Vec<u8>,
    /// The positions of the pieces that are to be scored.
    pub(crate) wanted: Vec<usize>,
}

/// The buffers and the matrix multipliers in which one batch after the other is scored. Each thread has its own.
#[derive(Default)]
pub(crate) struct Workspace {
    int8: GemmExecutor<u8, i8, i32>,
    float: GemmExecutor<f32>,
    /// The rows of the batch between two layers.
    rows: Vec<f32>,
    kept_rows: Vec<f32>,
    /// The same rows as bytes.
    quantized: QuantizedRows,
    /// The rows after the attention of a layer, as bytes.
    attended: QuantizedRows,
    /// The rows after the intermediate linear of a layer, as bytes.
    activations: QuantizedRows,
    /// The products of a linear.
    products: Vec<i32>,
    attention: AttentionBuffers,
    /// One row after the intermediate linear.
    activation: Vec<f32>,
}

/// The buffers of self-attention.
#[derive(Default)]
struct AttentionBuffers {
    queries: Vec<f32>,
    /// The keys and, in the same row, the values.
    keys_and_values: Vec<f32>,
    /// The weights of one head: a row for each query, a column for each key.
    weights: Vec<f32>,
    head_output: Vec<f32>,
    /// The output of all heads.
    output: Vec<f32>,
}

/// The rows of a batch that a layer reads and those that it keeps.
struct BatchRows {
    /// The rows that are kept; each window's in its order.
    kept: Vec<usize>,
    windows: Vec<WindowRows>,
}

/// The rows of a window in its batch.
struct WindowRows {
    all: Range<usize>,
    /// Where the kept ones stand among all that are kept.
    kept: Range<usize>,
}

impl BatchRows {
    /// Keeps of each window the rows that `kept` gives by their places in it.
    fn new<'a, K: IntoIterator<Item = usize>>(
        windows: &'a [WindowPieces],
        kept: impl Fn(&'a WindowPieces) -> K,
    ) -> Self {
        let mut rows = Self { kept: Vec::new(), windows: Vec::with_capacity(windows.len()) };
        let mut start = 0;
        for window in windows {
            let all = start..start + window.ids.len();
            let first = rows.kept.len();
            rows.kept.extend(kept(window).into_iter().map(|it| start + it));
            start = all.end;
            rows.windows.push(WindowRows { all, kept: first..rows.kept.len() });
        }
        rows
    }

    /// The number of all rows.
    fn len(&self) -> usize {
        self.windows.last().map_or(0, |it| it.all.end)
    }
}

/// The scores of some word pieces of a window, one row a piece.
pub(crate) struct Logits {
    rows: Vec<f32>,
}

impl Logits {
    const WIDTH: usize = ATTRIBUTION_LABELS + ENTITY_LABELS + 2 * LINK_KINDS * LINK_WIDTH;

    fn columns(&self, row: usize, start: usize, width: usize) -> &[f32] {
        &self.rows[row * Self::WIDTH + start..][..width]
    }

    /// The scores of the attribution labels.
    pub(crate) fn attribution(&self, row: usize) -> &[f32] {
        self.columns(row, 0, ATTRIBUTION_LABELS)
    }

    /// The scores of the entity labels.
    pub(crate) fn entities(&self, row: usize) -> &[f32] {
        self.columns(row, ATTRIBUTION_LABELS, ENTITY_LABELS)
    }

    /// The score of a link from one piece to another: the scaled product of query and key.
    pub(crate) fn link_score(&self, link: usize, from: usize, to: usize) -> f32 {
        let start = ATTRIBUTION_LABELS + ENTITY_LABELS + link * LINK_WIDTH;
        let (query, key) = (
            self.columns(from, start, LINK_WIDTH),
            self.columns(to, start + LINK_KINDS * LINK_WIDTH, LINK_WIDTH),
        );
        query.iter().zip(key).map(|(a, b)| a * b).sum::<f32>() / (LINK_WIDTH as f32).sqrt()
    }
}

impl Encoder {
    pub(crate) fn new(
        head_width: usize,
        embeddings: [EmbeddingTable; 3],
        embedding_norm: LayerNorm,
        layers: Vec<EncoderLayer>,
        last_layer: EncoderLayer,
        classifier: Linear,
        crfs: [LinearChainCrf; 2],
    ) -> Self {
        Self { head_width, embeddings, embedding_norm, layers, last_layer, classifier, crfs }
    }

    /// The scores of the wanted pieces of each window.
    pub(crate) fn forward(&self, workspace: &mut Workspace, windows: &[WindowPieces]) -> Vec<Logits> {
        let wanted = BatchRows::new(windows, |it| it.wanted.iter().copied());
        if wanted.kept.is_empty() {
            return windows.iter().map(|_| Logits { rows: Vec::new() }).collect();
        }
        let every = BatchRows::new(windows, |it| 0..it.ids.len());
        self.embed(workspace, windows, every.len());
        for layer in &self.layers {
            self.encoder_layer(workspace, layer, &every);
        }
        // Of the last layer only the wanted rows are needed.
        self.encoder_layer(workspace, &self.last_layer, &wanted);
        let Workspace { int8, quantized, products, .. } = workspace;
        let products = quantized.multiply(&self.classifier, int8, products);
        let logits = |window: &WindowRows| {
            let mut logits = vec![0.0; window.kept.len() * Logits::WIDTH];
            let (rows, columns) = (window.kept.clone(), 0..Logits::WIDTH);
            ScaleRows { products, rows, columns, to: &mut logits }.dispatch();
            Logits { rows: logits }
        };
        wanted.windows.iter().map(logits).collect()
    }

    /// Fills the rows with the embeddings of the pieces of the windows, `count` in all.
    fn embed(&self, workspace: &mut Workspace, windows: &[WindowPieces], count: usize) {
        let width = self.width();
        let rows = resized(&mut workspace.rows, count * width);
        rows.fill(0.0);
        let pieces = windows.iter().flat_map(|it| it.ids.iter().zip(&it.shapes).enumerate());
        for ((position, (piece, shape)), row) in pieces.zip(rows.chunks_exact_mut(width)) {
            for (table, at) in self.embeddings.iter().zip([*piece as usize, position, usize::from(*shape)]) {
                table.add_row(at, row);
            }
        }
        let to = &mut workspace.quantized;
        to.resize(count, width);
        NormalizeRows { added: None, norm: &self.embedding_norm, rows, to }.dispatch();
    }

    /// Passes the rows of a batch through a layer.
    fn encoder_layer(&self, workspace: &mut Workspace, layer: &EncoderLayer, batch: &BatchRows) {
        let width = self.width();
        let Workspace {
            int8,
            float,
            rows,
            kept_rows,
            quantized,
            attended,
            activations,
            products,
            attention,
            activation,
        } = workspace;
        let projections = quantized.multiply(&layer.qkv, int8, products);
        let output = self.self_attention(float, projections, batch, attention);
        let kept = &batch.kept;
        quantized.resize(kept.len(), layer.attention_width());
        QuantizeRows { rows: output, to: quantized }.dispatch();
        if kept.len() < batch.len() {
            kept_rows.clear();
            for row in kept {
                kept_rows.extend_from_slice(&rows[row * width..][..width]);
            }
            std::mem::swap(rows, kept_rows);
        }
        let rows = &mut rows[..kept.len() * width];
        let added = Some(quantized.multiply(&layer.attention_output, int8, products));
        attended.resize(kept.len(), width);
        NormalizeRows { added, norm: &layer.attention_norm, rows, to: attended }.dispatch();
        let intermediate = attended.multiply(&layer.intermediate, int8, products);
        let units = layer.intermediate.outputs();
        activations.resize(kept.len(), units);
        let buffer = resized(activation, units);
        ActivateRows { products: intermediate, buffer, to: activations }.dispatch();
        let added = Some(activations.multiply(&layer.output, int8, products));
        quantized.resize(kept.len(), width);
        NormalizeRows { added, norm: &layer.output_norm, rows, to: quantized }.dispatch();
    }

    /// Multi-head self-attention of the kept rows of each window to all of its rows.
    fn self_attention<'a>(
        &self,
        gemm: &GemmExecutor<f32>,
        projections: IntProducts,
        batch: &BatchRows,
        buffers: &'a mut AttentionBuffers,
    ) -> &'a [f32] {
        let width = projections.linear.outputs() / 3;
        let AttentionBuffers { queries, keys_and_values, weights, head_output, output } = buffers;
        let queries = resized(queries, batch.kept.len() * width);
        let rows = batch.kept.iter().copied();
        ScaleRows { products: projections, rows, columns: 0..width, to: queries }.dispatch();
        let keys_and_values = resized(keys_and_values, batch.len() * 2 * width);
        let columns = width..3 * width;
        ScaleRows { products: projections, rows: 0..batch.len(), columns, to: keys_and_values }.dispatch();
        let output = resized(output, batch.kept.len() * width);
        for WindowRows { all, kept } in &batch.windows {
            let queries = &queries[kept.start * width..kept.end * width];
            let keys_and_values = &keys_and_values[all.start * 2 * width..all.end * 2 * width];
            let output = &mut output[kept.start * width..kept.end * width];
            self.window_attention(gemm, width, queries, keys_and_values, [weights, head_output], output);
        }
        output
    }

    /// The attention of one window: of its queries to its keys and values, rows of all heads, which are `width` wide.
    fn window_attention(
        &self,
        gemm: &GemmExecutor<f32>,
        width: usize,
        queries: &[f32],
        keys_and_values: &[f32],
        [weights, head_output]: [&mut Vec<f32>; 2],
        output: &mut [f32],
    ) {
        let head_width = self.head_width;
        let (kept, count) = (queries.len() / width, keys_and_values.len() / (2 * width));
        let weights = resized(weights, kept * count);
        let head_output = resized(head_output, kept * head_width);
        for start in (0..width).step_by(head_width) {
            let queries = Self::part(&queries[start..], [kept, head_width], [width, 1]);
            let keys = Self::part(&keys_and_values[start..], [head_width, count], [1, 2 * width]);
            let values = Self::part(&keys_and_values[width + start..], [count, head_width], [2 * width, 1]);
            let alpha = (head_width as f32).sqrt().recip();
            Self::multiply(gemm, weights, queries, keys, alpha);
            SoftmaxRows { rows: weights, width: count }.dispatch();
            let weights = NdTensorView::from_data([kept, count], &*weights);
            Self::multiply(gemm, head_output, weights, values, 1.0);
            for (from, to) in head_output.chunks_exact(head_width).zip(output.chunks_exact_mut(width)) {
                to[start..][..head_width].copy_from_slice(from);
            }
        }
    }

    /// A part of a matrix: `from` starts with its first element.
    fn part(from: &[f32], shape: [usize; 2], strides: [usize; 2]) -> NdTensorView<'_, f32, 2> {
        NdTensorView::from_slice_with_strides(shape, from, strides)
            .expect("every part of a head lies inside its row")
    }

    fn width(&self) -> usize {
        self.embedding_norm.weights.len()
    }

    fn multiply(
        gemm: &GemmExecutor<f32>,
        output: &mut [f32],
        a: NdTensorView<f32, 2>,
        b: NdTensorView<f32, 2>,
        alpha: f32,
    ) {
        let options = GemmOptions { alpha, ..GemmOptions::default() };
        gemm.gemm(output, GemmInputA::Unpacked(a), GemmInputB::Unpacked(b), options)
            .expect("the shapes of a head's parts fit each other");
    }
}
