//! Reader of `network.bin`, the file of the encoder's weights, which `build.rs` unpacks.
//!
//! The file is written by `training/pack.py`; little-endian, without padding, in this order:
//!
//! 1. 16 bytes that name the format, then eight u32: pieces, positions, shapes, width, attention heads, the width of a head,
//!    layers, feed-forward units (the width between the intermediate linear of a layer and its output)
//! 2. embeddings of pieces as i8, then one bf16 scale a piece
//! 3. embeddings of positions and of shapes as bf16; a layer norm
//! 4. for each layer: linear (queries, keys, values), linear (attention output), layer norm, linear (intermediate), linear
//!    (output), layer norm
//! 5. one linear for all scores: attribution labels, entity labels, link queries, link keys
//! 6. the two CRFs, attribution and entities: transitions (from, to) and start scores, as f32
//!
//! A linear is its weights as i8 (inputs × outputs), then a scale and a bias for each output as f32. A layer norm is its
//! weights and its biases as f32.
//!
//! No weight is greater than [`MAX_WEIGHT`]: on x86 without VNNI, rten-gemm adds two products of a byte and a weight in 16
//! bits, and 2 × 255 × 64 fits there.

use rayon::ThreadPool;
use rayon::prelude::*;
use rten_gemm::GemmExecutor;
use rten_tensor::NdTensorView;

use crate::engine::tagger::crf::LinearChainCrf;
use crate::engine::tagger::encoder::{ATTRIBUTION_LABELS, ENTITY_LABELS, Encoder, LINK_KINDS, LINK_WIDTH};
use crate::engine::tagger::layers::{EmbeddingRows, EmbeddingTable, EncoderLayer, LayerNorm, Linear};

/// The greatest absolute value of a weight.
pub(crate) const MAX_WEIGHT: u8 = 64;

/// The rest of a file. Each method returns `None` where the file is too short.
struct WeightsReader {
    rest: &'static [u8],
    gemm: GemmExecutor<u8, i8, i32>,
    /// The weights of a linear until they are packed.
    weights: Vec<i8>,
}

/// The encoder of a file; `None` where the bytes are no such file. Its layers are read by the threads of `pool`.
pub(crate) fn read_encoder(file: &'static [u8], pool: Option<&ThreadPool>) -> Option<Encoder> {
    let rest = file.strip_prefix(b"pullquote net 4\n")?;
    let mut reader = WeightsReader::new(rest);
    let mut sizes = [0; 8];
    for size in &mut sizes {
        *size = reader.size()?;
    }
    let [pieces, places, shapes, width, heads, head_width, layers, units] = sizes;
    let sizes = LayerSizes { width, attended: heads.checked_mul(head_width)?, units };
    if width == 0 || sizes.attended == 0 || units == 0 {
        return None;
    }
    let numbers = reader.take(pieces.checked_mul(width)?)?;
    let scales = reader.take(pieces.checked_mul(2)?)?;
    let pieces = EmbeddingTable { width, rows: EmbeddingRows::Int8 { values: numbers, scales } };
    let places = EmbeddingTable {
        width,
        rows: EmbeddingRows::Bf16(reader.take(places.checked_mul(width)?.checked_mul(2)?)?),
    };
    let shapes = EmbeddingTable {
        width,
        rows: EmbeddingRows::Bf16(reader.take(shapes.checked_mul(width)?.checked_mul(2)?)?),
    };
    let norm = reader.norm(width)?;
    let layer_bytes = sizes.layer_bytes()?;
    let layers: Vec<&[u8]> = (0..layers).map(|_| reader.take(layer_bytes)).collect::<Option<_>>()?;
    let read_layer = |bytes: &&'static [u8]| WeightsReader::new(bytes).layer(&sizes);
    let layers: Option<Vec<EncoderLayer>> = match pool {
        Some(pool) => pool.install(|| layers.par_iter().map(read_layer).collect()),
        None => layers.iter().map(read_layer).collect(),
    };
    let mut layers = layers?;
    let last_layer = layers.pop()?;
    let tags = reader.linear(width, ATTRIBUTION_LABELS + ENTITY_LABELS + 2 * LINK_WIDTH * LINK_KINDS)?;
    let attribution = reader.chain(ATTRIBUTION_LABELS)?;
    let names = reader.chain(ENTITY_LABELS)?;
    let whole = reader.rest.is_empty();
    let (embeddings, crfs) = ([pieces, places, shapes], [attribution, names]);
    whole.then(|| Encoder::new(head_width, embeddings, norm, layers, last_layer, tags, crfs))
}

/// The sizes of a layer.
struct LayerSizes {
    width: usize,
    /// The width of all attention heads together.
    attended: usize,
    /// The feed-forward units.
    units: usize,
}

impl LayerSizes {
    /// The bytes of a layer; `None` where there cannot be so many.
    fn layer_bytes(&self) -> Option<usize> {
        let Self { width, attended, units } = *self;
        let linear = |inputs: usize, outputs: usize| {
            let scales_and_biases = outputs.checked_mul(2 * size_of::<f32>())?;
            inputs.checked_mul(outputs)?.checked_add(scales_and_biases)
        };
        let norms = width.checked_mul(2 * 2 * size_of::<f32>())?;
        let parts = [
            linear(width, attended.checked_mul(3)?)?,
            linear(attended, width)?,
            linear(width, units)?,
            linear(units, width)?,
            norms,
        ];
        parts.into_iter().try_fold(0_usize, usize::checked_add)
    }
}

impl WeightsReader {
    fn new(rest: &'static [u8]) -> Self {
        Self { rest, gemm: GemmExecutor::new(), weights: Vec::new() }
    }

    fn take(&mut self, length: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn size(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let (floats, _) = self.take(count.checked_mul(4)?)?.as_chunks();
        Some(floats.iter().map(|it| f32::from_le_bytes(*it)).collect())
    }

    fn norm(&mut self, width: usize) -> Option<LayerNorm> {
        Some(LayerNorm { weights: self.floats(width)?, biases: self.floats(width)? })
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Option<Linear> {
        let bytes = self.take(inputs.checked_mul(outputs)?)?;
        self.weights.clear();
        self.weights.extend(bytes.iter().map(|it| it.cast_signed()));
        let greatest = self.weights.iter().map(|it| it.unsigned_abs()).max()?;
        if greatest > MAX_WEIGHT {
            return None;
        }
        let matrix = NdTensorView::from_data([inputs, outputs], self.weights.as_slice());
        let weights = self.gemm.prepack_b(matrix);
        let mut sums = vec![0; outputs];
        for row in self.weights.chunks_exact(outputs) {
            sums.iter_mut().zip(row).for_each(|(sum, it)| *sum += i32::from(*it));
        }
        let scales = self.floats(outputs)?;
        let ones = sums.iter().zip(&scales).map(|(sum, scale)| *sum as f32 * scale).collect();
        Some(Linear { weights, weight_scales: scales, column_sums: ones, biases: self.floats(outputs)? })
    }

    fn layer(&mut self, sizes: &LayerSizes) -> Option<EncoderLayer> {
        let LayerSizes { width, attended, units } = *sizes;
        Some(EncoderLayer {
            qkv: self.linear(width, 3 * attended)?,
            attention_output: self.linear(attended, width)?,
            attention_norm: self.norm(width)?,
            intermediate: self.linear(width, units)?,
            output: self.linear(units, width)?,
            output_norm: self.norm(width)?,
        })
    }

    fn chain(&mut self, labels: usize) -> Option<LinearChainCrf> {
        Some(LinearChainCrf {
            labels,
            transitions: self.floats(labels * labels)?,
            start: self.floats(labels)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tagger::encoder::{WindowPieces, Workspace};

    /// The numbers of pieces, positions, shapes, the width, heads, the width of a head, layers and feed-forward units of a
    /// small network.
    const SIZES: [u32; 8] = [6, 4, 3, 3, 2, 2, 1, 12];

    /// Where the sizes begin.
    const SIZES_START: usize = 16;

    fn small_network() -> Vec<u8> {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tagger/small-network.bin")).to_vec()
    }

    /// Reads a file and uses what it holds; `None` where it is refused.
    fn use_network(file: &[u8]) -> Option<usize> {
        let encoder = read_encoder(file.to_vec().leak(), None)?;
        let window =
            WindowPieces { ids: vec![2, 5, u32::MAX, 3], shapes: vec![0, 1, 255, 0], wanted: vec![1, 2] };
        let logits = encoder.forward(&mut Workspace::default(), &[window]);
        Some(logits[0].attribution(1).len())
    }

    #[test]
    fn a_file_that_is_cut_or_goes_on_is_no_network() {
        let whole = small_network();
        assert_eq!(use_network(&whole), Some(ATTRIBUTION_LABELS));
        for length in 0..whole.len() {
            assert_eq!(use_network(&whole[..length]), None, "{length} bytes");
        }
        assert_eq!(use_network(&[&whole[..], &[0]].concat()), None);
    }

    #[test]
    fn sizes_that_do_not_fit_the_file_or_each_other_are_no_network() {
        for (at, size) in SIZES.into_iter().enumerate() {
            for wrong in [0, size + 1, size - 1, u32::MAX].into_iter().filter(|it| *it != size) {
                let mut file = small_network();
                let start = SIZES_START + at * 4;
                assert_eq!(file[start..start + 4], size.to_le_bytes());
                file[start..start + 4].copy_from_slice(&wrong.to_le_bytes());
                assert_eq!(use_network(&file), None, "size {at} is {wrong}");
            }
        }
    }

    #[test]
    fn any_number_in_the_place_of_another_is_a_network_that_can_be_used_or_none() {
        for at in (SIZES_START + SIZES.len() * 4..small_network().len()).step_by(3) {
            let mut file = small_network();
            file[at] = 0xff;
            // A weight of -1 or a number that is not finite is used, a great one is refused.
            assert!(use_network(&file).is_none_or(|it| it == ATTRIBUTION_LABELS), "byte {at}");
        }
    }

    #[test]
    fn a_weight_that_is_too_great_for_some_processors_is_refused() {
        let [pieces, places, shapes, width, ..] = SIZES.map(|it| it as usize);
        let embeddings = pieces * width + pieces * 2 + (places + shapes) * width * 2 + 2 * width * 4;
        let mut file = small_network();
        file[SIZES_START + SIZES.len() * 4 + embeddings] = MAX_WEIGHT + 1;
        assert_eq!(use_network(&file), None);
    }
}
