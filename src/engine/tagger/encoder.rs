//! The encoder: scores labels and links for the word pieces of one window.
//!
//! It is a BERT encoder (Devlin et al. 2019) with quantized linear layers: int8 weights with a scale for each output, and
//! inputs that are rounded row by row.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Softmax};

use crate::engine::tagger::crf::LinearChainCrf;
use crate::engine::tagger::layers::{EmbeddingTable, EncoderLayer, LayerNorm, Linear};
use crate::engine::tagger::quantized::{QuantizedRows, normalize};

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
    attention_heads: usize,
    /// The embeddings of word pieces, positions and shapes.
    embeddings: [EmbeddingTable; 3],
    embedding_norm: LayerNorm,
    layers: Vec<EncoderLayer>,
    classifier: Linear,
    /// The CRFs of attribution labels and entity labels.
    pub(crate) crfs: [LinearChainCrf; 2],
}

/// The matrix multipliers. Each window makes its own, because those of rten-gemm cannot be shared between threads.
struct GemmExecutors {
    int8: GemmExecutor<u8, i8, i32>,
    float: GemmExecutor<f32>,
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
        attention_heads: usize,
        embeddings: [EmbeddingTable; 3],
        embedding_norm: LayerNorm,
        layers: Vec<EncoderLayer>,
        classifier: Linear,
        crfs: [LinearChainCrf; 2],
    ) -> Self {
        Self { attention_heads, embeddings, embedding_norm, layers, classifier, crfs }
    }

    /// The scores of the pieces at the positions `wanted`. `shapes` has one shape for each of `pieces`.
    pub(crate) fn forward(&self, pieces: &[u32], shapes: &[u8], wanted: &[usize]) -> Logits {
        let gemm = GemmExecutors { int8: GemmExecutor::new(), float: GemmExecutor::new() };
        let (count, width) = (pieces.len(), self.embedding_norm.weights.len());
        let mut rows = vec![0.0; count * width];
        let mut quantized = QuantizedRows::with_capacity(count, width);
        let given = pieces.iter().zip(shapes).enumerate();
        for ((position, (piece, shape)), row) in given.zip(rows.chunks_exact_mut(width)) {
            for (table, at) in self.embeddings.iter().zip([*piece as usize, position, usize::from(*shape)]) {
                table.add_row(at, row);
            }
            normalize(row, &self.embedding_norm);
            quantized.push_row(row);
        }
        for layer in &self.layers {
            quantized = self.encoder_layer(&gemm, layer, &quantized, &mut rows);
        }
        let mut quantized = QuantizedRows::with_capacity(wanted.len(), width);
        for at in wanted {
            quantized.push_row(&rows[at * width..][..width]);
        }
        let products = quantized.multiply(&self.classifier, &gemm.int8);
        let mut logits = vec![0.0; wanted.len() * Logits::WIDTH];
        for (at, row) in logits.chunks_exact_mut(Logits::WIDTH).enumerate() {
            products.add_row(at, row);
        }
        Logits { rows: logits }
    }

    /// Passes `rows` through a layer in place. `quantized` are the same rows; returns the new rows quantized.
    fn encoder_layer(
        &self,
        gemm: &GemmExecutors,
        layer: &EncoderLayer,
        quantized: &QuantizedRows,
        rows: &mut [f32],
    ) -> QuantizedRows {
        let width = self.embedding_norm.weights.len();
        let count = rows.len() / width;
        let attention = self.self_attention(gemm, layer, quantized, count);
        let projected = attention.multiply(&layer.attention_output, &gemm.int8);
        let mut attended_rows = QuantizedRows::with_capacity(count, width);
        for (at, row) in rows.chunks_exact_mut(width).enumerate() {
            projected.add_row(at, row);
            normalize(row, &layer.attention_norm);
            attended_rows.push_row(row);
        }
        let intermediate = attended_rows.multiply(&layer.intermediate, &gemm.int8);
        let mut activations = QuantizedRows::with_capacity(count, 4 * width);
        let mut activation = vec![0.0; 4 * width];
        for at in 0..count {
            activation.fill(0.0);
            intermediate.add_row(at, &mut activation);
            Gelu {}.map_mut(&mut activation);
            activations.push_row(&activation);
        }
        let output = activations.multiply(&layer.output, &gemm.int8);
        let mut quantized = QuantizedRows::with_capacity(count, width);
        for (at, row) in rows.chunks_exact_mut(width).enumerate() {
            output.add_row(at, row);
            normalize(row, &layer.output_norm);
            quantized.push_row(row);
        }
        quantized
    }

    /// Multi-head self-attention; returns the rows of all heads, quantized.
    fn self_attention(
        &self,
        gemm: &GemmExecutors,
        layer: &EncoderLayer,
        quantized: &QuantizedRows,
        count: usize,
    ) -> QuantizedRows {
        let width = self.embedding_norm.weights.len();
        let head_width = width / self.attention_heads;
        let products = quantized.multiply(&layer.qkv, &gemm.int8);
        let mut projections = vec![0.0; count * 3 * width];
        for (at, row) in projections.chunks_exact_mut(3 * width).enumerate() {
            products.add_row(at, row);
        }
        let view = |start: usize, shape, strides| {
            NdTensorView::from_slice_with_strides(shape, &projections[start..], strides)
                .expect("every part of a head lies inside its row")
        };
        let (mut attention, mut weights) = (vec![0.0; count * width], vec![0.0; count * count]);
        let mut head_output = vec![0.0; count * head_width];
        for head in 0..self.attention_heads {
            let queries = view(head * head_width, [count, head_width], [3 * width, 1]);
            let keys = view(width + head * head_width, [head_width, count], [1, 3 * width]);
            let values = view(2 * width + head * head_width, [count, head_width], [3 * width, 1]);
            let alpha = (head_width as f32).sqrt().recip();
            Self::multiply(gemm, &mut weights, queries, keys, alpha);
            for row in weights.chunks_exact_mut(count) {
                Softmax::new_mut(row).dispatch();
            }
            let weights = NdTensorView::from_data([count, count], weights.as_slice());
            Self::multiply(gemm, &mut head_output, weights, values, 1.0);
            for (from, to) in head_output.chunks_exact(head_width).zip(attention.chunks_exact_mut(width)) {
                to[head * head_width..][..head_width].copy_from_slice(from);
            }
        }
        let mut quantized = QuantizedRows::with_capacity(count, width);
        for row in attention.chunks_exact(width) {
            quantized.push_row(row);
        }
        quantized
    }

    fn multiply(
        gemm: &GemmExecutors,
        output: &mut [f32],
        a: NdTensorView<f32, 2>,
        b: NdTensorView<f32, 2>,
        alpha: f32,
    ) {
        let options = GemmOptions { alpha, ..GemmOptions::default() };
        gemm.float
            .gemm(output, GemmInputA::Unpacked(a), GemmInputB::Unpacked(b), options)
            .expect("the shapes of a head's parts fit each other");
    }
}
