//! The encoder: scores labels and links for the word pieces of one window.
//!
//! It is a BERT encoder (Devlin et al. 2019) with quantized linear layers: int8 weights with a scale for each output, and
//! inputs that are rounded row by row.

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
    attention_heads: usize,
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

/// The buffers and the matrix multipliers in which one window after the other is scored. Each thread has its own.
#[derive(Default)]
pub(crate) struct Workspace {
    int8: GemmExecutor<u8, i8, i32>,
    float: GemmExecutor<f32>,
    /// The rows of the window between two layers.
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
        last_layer: EncoderLayer,
        classifier: Linear,
        crfs: [LinearChainCrf; 2],
    ) -> Self {
        Self { attention_heads, embeddings, embedding_norm, layers, last_layer, classifier, crfs }
    }

    /// The scores of the pieces at the positions `wanted`. `shapes` has one shape for each of `pieces`.
    pub(crate) fn forward(
        &self,
        workspace: &mut Workspace,
        pieces: &[u32],
        shapes: &[u8],
        wanted: &[usize],
    ) -> Logits {
        if wanted.is_empty() {
            return Logits { rows: Vec::new() };
        }
        let every: Vec<usize> = (0..pieces.len()).collect();
        self.embed(workspace, pieces, shapes);
        for layer in &self.layers {
            self.encoder_layer(workspace, layer, &every, &every);
        }
        // Of the last layer only the wanted rows are needed.
        self.encoder_layer(workspace, &self.last_layer, &every, wanted);
        let Workspace { int8, quantized, products, .. } = workspace;
        let products = quantized.multiply(&self.classifier, int8, products);
        let mut logits = vec![0.0; wanted.len() * Logits::WIDTH];
        let (rows, columns) = (&every[..wanted.len()], 0..Logits::WIDTH);
        ScaleRows { products, rows, columns, to: &mut logits }.dispatch();
        Logits { rows: logits }
    }

    /// Fills the rows with the embeddings of the pieces.
    fn embed(&self, workspace: &mut Workspace, pieces: &[u32], shapes: &[u8]) {
        let (count, width) = (pieces.len(), self.width());
        let rows = resized(&mut workspace.rows, count * width);
        rows.fill(0.0);
        let given = pieces.iter().zip(shapes).enumerate();
        for ((position, (piece, shape)), row) in given.zip(rows.chunks_exact_mut(width)) {
            for (table, at) in self.embeddings.iter().zip([*piece as usize, position, usize::from(*shape)]) {
                table.add_row(at, row);
            }
        }
        let to = &mut workspace.quantized;
        to.resize(count, width);
        NormalizeRows { added: None, norm: &self.embedding_norm, rows, to }.dispatch();
    }

    /// Passes the rows through a layer. Keeps only the rows `kept`; `every` are all.
    fn encoder_layer(
        &self,
        workspace: &mut Workspace,
        layer: &EncoderLayer,
        every: &[usize],
        kept: &[usize],
    ) {
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
        self.self_attention(float, projections, every, kept, attention);
        quantized.resize(kept.len(), width);
        QuantizeRows { rows: &attention.output[..kept.len() * width], to: quantized }.dispatch();
        if kept.len() < every.len() {
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
        NormalizeRows { added, norm: &layer.output_norm, rows, to: quantized }.dispatch();
    }

    /// Multi-head self-attention of the rows `kept` to every row.
    fn self_attention(
        &self,
        gemm: &GemmExecutor<f32>,
        projections: IntProducts,
        every: &[usize],
        kept: &[usize],
        buffers: &mut AttentionBuffers,
    ) {
        let (width, count) = (self.width(), every.len());
        let head_width = width / self.attention_heads;
        let AttentionBuffers { queries, keys_and_values, weights, head_output, output } = buffers;
        let queries = resized(queries, kept.len() * width);
        ScaleRows { products: projections, rows: kept, columns: 0..width, to: queries }.dispatch();
        let keys_and_values = resized(keys_and_values, count * 2 * width);
        let columns = width..3 * width;
        ScaleRows { products: projections, rows: every, columns, to: keys_and_values }.dispatch();
        let (queries, keys_and_values) = (&*queries, &*keys_and_values);
        let output = resized(output, kept.len() * width);
        let weights = resized(weights, kept.len() * count);
        let head_output = resized(head_output, kept.len() * head_width);
        for head in 0..self.attention_heads {
            let start = head * head_width;
            let queries = Self::part(&queries[start..], [kept.len(), head_width], [width, 1]);
            let keys = Self::part(&keys_and_values[start..], [head_width, count], [1, 2 * width]);
            let values = Self::part(&keys_and_values[width + start..], [count, head_width], [2 * width, 1]);
            let alpha = (head_width as f32).sqrt().recip();
            Self::multiply(gemm, weights, queries, keys, alpha);
            SoftmaxRows { rows: weights, width: count }.dispatch();
            let weights = NdTensorView::from_data([kept.len(), count], &*weights);
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
