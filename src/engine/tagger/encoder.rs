//! The network: piece numbers and shapes of one window → scores of labels and link vectors of each piece.
//!
//! A BERT-shaped encoder (Devlin et al. 2019) whose linear maps are multiplied in whole numbers: weights rounded once, by
//! output, and rows rounded on the way in, each by itself.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{Gelu, Softmax};

use crate::engine::tagger::crf::Chain;
use crate::engine::tagger::layers::{Layer, Linear, Norm, Table};
use crate::engine::tagger::quantized::{Bytes, normalise};

/// Labels of attribution: outside, then begin and inside of source, cue, content.
pub(crate) const LABELS: usize = 7;
/// Labels of names: outside, then begin and inside of person, organisation, place, other.
pub(crate) const NAME_LABELS: usize = 9;
/// The kinds of links.
pub(crate) const LINKS: usize = 3;
/// The width of a link's vectors.
pub(crate) const LINK: usize = 64;

/// The network, ready to run.
pub(crate) struct Network {
    heads: usize,
    /// Embeddings of pieces, places and shapes.
    tables: [Table; 3],
    norm: Norm,
    layers: Vec<Layer>,
    tags: Linear,
    /// How labels of attribution and of names follow each other.
    pub(crate) chains: [Chain; 2],
}

/// What multiplies; made anew by each thread, since rten-gemm's cannot be shared out.
struct Gemm {
    bytes: GemmExecutor<u8, i8, i32>,
    floats: GemmExecutor<f32>,
}

/// What the network says of the wanted pieces of a window, one row a piece.
pub(crate) struct Outputs {
    rows: Vec<f32>,
}

impl Outputs {
    const WIDTH: usize = LABELS + NAME_LABELS + 2 * LINKS * LINK;

    fn part(&self, row: usize, start: usize, width: usize) -> &[f32] {
        &self.rows[row * Self::WIDTH + start..][..width]
    }

    /// The scores of the labels of attribution.
    pub(crate) fn attribution(&self, row: usize) -> &[f32] {
        self.part(row, 0, LABELS)
    }

    /// The scores of the labels of names.
    pub(crate) fn names(&self, row: usize) -> &[f32] {
        self.part(row, LABELS, NAME_LABELS)
    }

    /// How much one piece points to another by a kind of link.
    pub(crate) fn affinity(&self, link: usize, from: usize, to: usize) -> f32 {
        let start = LABELS + NAME_LABELS + link * LINK;
        let (query, key) = (self.part(from, start, LINK), self.part(to, start + LINKS * LINK, LINK));
        query.iter().zip(key).map(|(a, b)| a * b).sum::<f32>() / (LINK as f32).sqrt()
    }
}

impl Network {
    pub(crate) fn of(
        heads: usize,
        tables: [Table; 3],
        norm: Norm,
        layers: Vec<Layer>,
        tags: Linear,
        chains: [Chain; 2],
    ) -> Self {
        Self { heads, tables, norm, layers, tags, chains }
    }

    /// The scores of some pieces (by their places) of one window; as many shapes as pieces.
    pub(crate) fn run(&self, pieces: &[u32], shapes: &[u8], wanted: &[usize]) -> Outputs {
        let gemm = Gemm { bytes: GemmExecutor::new(), floats: GemmExecutor::new() };
        let (count, width) = (pieces.len(), self.norm.weights.len());
        let mut rows = vec![0.0; count * width];
        let mut bytes = Bytes::with_capacity(count, width);
        let given = pieces.iter().zip(shapes).enumerate();
        for ((place, (piece, shape)), row) in given.zip(rows.chunks_exact_mut(width)) {
            for (table, at) in self.tables.iter().zip([*piece as usize, place, usize::from(*shape)]) {
                table.add(at, row);
            }
            normalise(row, &self.norm);
            bytes.push(row);
        }
        for layer in &self.layers {
            bytes = self.layer(&gemm, layer, &bytes, &mut rows);
        }
        let mut bytes = Bytes::with_capacity(wanted.len(), width);
        for at in wanted {
            bytes.push(&rows[at * width..][..width]);
        }
        let products = bytes.times(&self.tags, &gemm.bytes);
        let mut outputs = vec![0.0; wanted.len() * Outputs::WIDTH];
        for (at, row) in outputs.chunks_exact_mut(Outputs::WIDTH).enumerate() {
            products.add(at, row);
        }
        Outputs { rows: outputs }
    }

    /// Passes `rows` (and the same rounded, `bytes`) through a layer; gives the new rows rounded.
    fn layer(&self, gemm: &Gemm, layer: &Layer, bytes: &Bytes, rows: &mut [f32]) -> Bytes {
        let width = self.norm.weights.len();
        let count = rows.len() / width;
        let gathered = self.attend(gemm, layer, bytes, count);
        let attended = gathered.times(&layer.out, &gemm.bytes);
        let mut middle = Bytes::with_capacity(count, width);
        for (at, row) in rows.chunks_exact_mut(width).enumerate() {
            attended.add(at, row);
            normalise(row, &layer.first);
            middle.push(row);
        }
        let up = middle.times(&layer.up, &gemm.bytes);
        let mut inner = Bytes::with_capacity(count, 4 * width);
        let mut wide = vec![0.0; 4 * width];
        for at in 0..count {
            wide.fill(0.0);
            up.add(at, &mut wide);
            Gelu {}.map_mut(&mut wide);
            inner.push(&wide);
        }
        let down = inner.times(&layer.down, &gemm.bytes);
        let mut bytes = Bytes::with_capacity(count, width);
        for (at, row) in rows.chunks_exact_mut(width).enumerate() {
            down.add(at, row);
            normalise(row, &layer.second);
            bytes.push(row);
        }
        bytes
    }

    /// What each piece gathers from all pieces, head by head, rounded.
    fn attend(&self, gemm: &Gemm, layer: &Layer, bytes: &Bytes, count: usize) -> Bytes {
        let width = self.norm.weights.len();
        let part = width / self.heads;
        let products = bytes.times(&layer.attend, &gemm.bytes);
        let mut mixed = vec![0.0; count * 3 * width];
        for (at, row) in mixed.chunks_exact_mut(3 * width).enumerate() {
            products.add(at, row);
        }
        let view = |start: usize, shape, strides| {
            NdTensorView::from_slice_with_strides(shape, &mixed[start..], strides)
                .expect("every part of a head lies inside its row")
        };
        let (mut gathered, mut weights) = (vec![0.0; count * width], vec![0.0; count * count]);
        let mut seen = vec![0.0; count * part];
        for head in 0..self.heads {
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
        let mut bytes = Bytes::with_capacity(count, width);
        for row in gathered.chunks_exact(width) {
            bytes.push(row);
        }
        bytes
    }

    fn multiply(gemm: &Gemm, to: &mut [f32], a: NdTensorView<f32, 2>, b: NdTensorView<f32, 2>, alpha: f32) {
        let options = GemmOptions { alpha, ..GemmOptions::default() };
        gemm.floats
            .gemm(to, GemmInputA::Unpacked(a), GemmInputB::Unpacked(b), options)
            .expect("the shapes of a head's parts fit each other");
    }
}
