//! The network: piece numbers and shapes of one window → scores of labels and link vectors of each piece.
//!
//! A BERT-shaped encoder (Devlin et al. 2019) whose linear maps are multiplied in whole numbers: weights rounded once, by
//! output, and rows rounded on the way in, each by itself.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Softmax};

use crate::engine::tagger::crf::LinearChainCrf;
use crate::engine::tagger::layers::{EmbeddingTable, EncoderLayer, LayerNorm, Linear};
use crate::engine::tagger::quantized::{QuantizedRows, normalize};

/// Labels of attribution: outside, then begin and inside of source, cue, content.
pub(crate) const ATTRIBUTION_LABELS: usize = 7;
/// Labels of names: outside, then begin and inside of person, organisation, place, other.
pub(crate) const ENTITY_LABELS: usize = 9;
/// The kinds of links.
pub(crate) const LINK_KINDS: usize = 3;
/// The width of a link's vectors.
pub(crate) const LINK_WIDTH: usize = 64;

/// The network, ready to run.
pub(crate) struct Encoder {
    attention_heads: usize,
    /// Embeddings of pieces, places and shapes.
    embeddings: [EmbeddingTable; 3],
    embedding_norm: LayerNorm,
    layers: Vec<EncoderLayer>,
    classifier: Linear,
    /// How labels of attribution and of names follow each other.
    pub(crate) crfs: [LinearChainCrf; 2],
}

/// What multiplies; made anew by each thread, since rten-gemm's cannot be shared out.
struct GemmExecutors {
    int8: GemmExecutor<u8, i8, i32>,
    float: GemmExecutor<f32>,
}

/// What the network says of the wanted pieces of a window, one row a piece.
pub(crate) struct Logits {
    rows: Vec<f32>,
}

impl Logits {
    const WIDTH: usize = ATTRIBUTION_LABELS + ENTITY_LABELS + 2 * LINK_KINDS * LINK_WIDTH;

    fn columns(&self, row: usize, start: usize, width: usize) -> &[f32] {
        &self.rows[row * Self::WIDTH + start..][..width]
    }

    /// The scores of the labels of attribution.
    pub(crate) fn attribution(&self, row: usize) -> &[f32] {
        self.columns(row, 0, ATTRIBUTION_LABELS)
    }

    /// The scores of the labels of names.
    pub(crate) fn entities(&self, row: usize) -> &[f32] {
        self.columns(row, ATTRIBUTION_LABELS, ENTITY_LABELS)
    }

    /// How much one piece points to another by a kind of link.
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

    /// The scores of some pieces (by their places) of one window; as many shapes as pieces.
    pub(crate) fn forward(&self, pieces: &[u32], shapes: &[u8], wanted: &[usize]) -> Logits {
        let gemm = GemmExecutors { int8: GemmExecutor::new(), float: GemmExecutor::new() };
        let (count, width) = (pieces.len(), self.embedding_norm.weights.len());
        let mut rows = vec![0.0; count * width];
        let mut bytes = QuantizedRows::with_capacity(count, width);
        let given = pieces.iter().zip(shapes).enumerate();
        for ((place, (piece, shape)), row) in given.zip(rows.chunks_exact_mut(width)) {
            for (table, at) in self.embeddings.iter().zip([*piece as usize, place, usize::from(*shape)]) {
                table.add_row(at, row);
            }
            normalize(row, &self.embedding_norm);
            bytes.push_row(row);
        }
        for layer in &self.layers {
            bytes = self.encoder_layer(&gemm, layer, &bytes, &mut rows);
        }
        let mut bytes = QuantizedRows::with_capacity(wanted.len(), width);
        for at in wanted {
            bytes.push_row(&rows[at * width..][..width]);
        }
        let products = bytes.multiply(&self.classifier, &gemm.int8);
        let mut outputs = vec![0.0; wanted.len() * Logits::WIDTH];
        for (at, row) in outputs.chunks_exact_mut(Logits::WIDTH).enumerate() {
            products.add_row(at, row);
        }
        Logits { rows: outputs }
    }

    /// Passes `rows` (and the same rounded, `bytes`) through a layer; gives the new rows rounded.
    fn encoder_layer(
        &self,
        gemm: &GemmExecutors,
        layer: &EncoderLayer,
        bytes: &QuantizedRows,
        rows: &mut [f32],
    ) -> QuantizedRows {
        let width = self.embedding_norm.weights.len();
        let count = rows.len() / width;
        let gathered = self.self_attention(gemm, layer, bytes, count);
        let attended = gathered.multiply(&layer.attention_output, &gemm.int8);
        let mut middle = QuantizedRows::with_capacity(count, width);
        for (at, row) in rows.chunks_exact_mut(width).enumerate() {
            attended.add_row(at, row);
            normalize(row, &layer.attention_norm);
            middle.push_row(row);
        }
        let up = middle.multiply(&layer.intermediate, &gemm.int8);
        let mut inner = QuantizedRows::with_capacity(count, 4 * width);
        let mut wide = vec![0.0; 4 * width];
        for at in 0..count {
            wide.fill(0.0);
            up.add_row(at, &mut wide);
            Gelu {}.map_mut(&mut wide);
            inner.push_row(&wide);
        }
        let down = inner.multiply(&layer.output, &gemm.int8);
        let mut bytes = QuantizedRows::with_capacity(count, width);
        for (at, row) in rows.chunks_exact_mut(width).enumerate() {
            down.add_row(at, row);
            normalize(row, &layer.output_norm);
            bytes.push_row(row);
        }
        bytes
    }

    /// What each piece gathers from all pieces, head by head, rounded.
    fn self_attention(
        &self,
        gemm: &GemmExecutors,
        layer: &EncoderLayer,
        bytes: &QuantizedRows,
        count: usize,
    ) -> QuantizedRows {
        let width = self.embedding_norm.weights.len();
        let part = width / self.attention_heads;
        let products = bytes.multiply(&layer.qkv, &gemm.int8);
        let mut mixed = vec![0.0; count * 3 * width];
        for (at, row) in mixed.chunks_exact_mut(3 * width).enumerate() {
            products.add_row(at, row);
        }
        let view = |start: usize, shape, strides| {
            NdTensorView::from_slice_with_strides(shape, &mixed[start..], strides)
                .expect("every part of a head lies inside its row")
        };
        let (mut gathered, mut weights) = (vec![0.0; count * width], vec![0.0; count * count]);
        let mut seen = vec![0.0; count * part];
        for head in 0..self.attention_heads {
            let queries = view(head * part, [count, part], [3 * width, 1]);
            let keys = view(width + head * part, [part, count], [1, 3 * width]);
            let values = view(2 * width + head * part, [count, part], [3 * width, 1]);
            let alpha = (part as f32).sqrt().recip();
            Self::multiply(gemm, &mut weights, queries, keys, alpha);
            for row in weights.chunks_exact_mut(count) {
                Softmax::new_mut(row).dispatch();
            }
            let weights = NdTensorView::from_data([count, count], weights.as_slice());
            Self::multiply(gemm, &mut seen, weights, values, 1.0);
            for (from, to) in seen.chunks_exact(part).zip(gathered.chunks_exact_mut(width)) {
                to[head * part..][..part].copy_from_slice(from);
            }
        }
        let mut bytes = QuantizedRows::with_capacity(count, width);
        for row in gathered.chunks_exact(width) {
            bytes.push_row(row);
        }
        bytes
    }

    fn multiply(
        gemm: &GemmExecutors,
        to: &mut [f32],
        a: NdTensorView<f32, 2>,
        b: NdTensorView<f32, 2>,
        alpha: f32,
    ) {
        let options = GemmOptions { alpha, ..GemmOptions::default() };
        gemm.float
            .gemm(to, GemmInputA::Unpacked(a), GemmInputB::Unpacked(b), options)
            .expect("the shapes of a head's parts fit each other");
    }
}
