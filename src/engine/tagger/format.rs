//! The bytes of `network.bin` → the parts of the network.
//!
//! The file is written by `training/pack.py`; little-endian, without padding, in this order:
//!
//! 1. 16 bytes that name the format, then six u32: pieces, places, shapes, width, heads, layers
//! 2. embeddings of pieces as i8, then one bf16 scale a piece
//! 3. embeddings of places and of shapes as bf16; a norm
//! 4. for each layer: linear (queries, keys, values), linear (out), norm, linear (up), linear (down), norm
//! 5. one linear of all heads: labels of attribution, labels of names, link queries, link keys
//! 6. the two chains of labels: a table of steps (from, to) and the first step, as f32
//!
//! A linear is its weights as i8 (inputs × outputs), then a scale and a bias for each output as f32. A norm is its
//! weights and its biases as f32.
//!
//! No weight is greater than [`MOST`]: where x86 has no instructions for neural networks, rten-gemm adds two products of
//! a byte and a weight in 16 bits, and 2 × 255 × 64 is what fits there.

use rten_gemm::GemmExecutor;
use rten_tensor::NdTensorView;

use crate::engine::tagger::crf::Chain;
use crate::engine::tagger::encoder::{LABELS, LINK, LINKS, NAME_LABELS, Network};
use crate::engine::tagger::layers::{Layer, Linear, Norm, Rows, Table};

/// The greatest weight, of either sign.
pub(crate) const MOST: u8 = 64;

/// A file as it is read; each step gives nothing where the file is too short.
struct Reader {
    rest: &'static [u8],
    gemm: GemmExecutor<u8, i8, i32>,
}

/// The network of a file; nothing where the bytes are not such a file.
pub(crate) fn read(file: &'static [u8]) -> Option<Network> {
    let rest = file.strip_prefix(b"pullquote net 2\n")?;
    let mut reader = Reader { rest, gemm: GemmExecutor::new() };
    let mut sizes = [0; 6];
    for size in &mut sizes {
        *size = reader.number()?;
    }
    let [pieces, places, shapes, width, heads, layers] = sizes;
    let numbers = reader.take(pieces.checked_mul(width)?)?;
    let scales = reader.take(pieces.checked_mul(2)?)?;
    let pieces = Table { width, rows: Rows::Bytes { numbers, scales } };
    let places = Table { width, rows: Rows::Halves(reader.take(places.checked_mul(width)? * 2)?) };
    let shapes = Table { width, rows: Rows::Halves(reader.take(shapes.checked_mul(width)? * 2)?) };
    let norm = reader.norm(width)?;
    let layers = (0..layers).map(|_| reader.layer(width)).collect::<Option<_>>()?;
    let tags = reader.linear(width, LABELS + NAME_LABELS + 2 * LINK * LINKS)?;
    let attribution = reader.chain(LABELS)?;
    let names = reader.chain(NAME_LABELS)?;
    let whole = reader.rest.is_empty();
    whole.then(|| Network::of(heads, [pieces, places, shapes], norm, layers, tags, [attribution, names]))
}

impl Reader {
    fn take(&mut self, length: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let (floats, _) = self.take(count.checked_mul(4)?)?.as_chunks();
        Some(floats.iter().map(|it| f32::from_le_bytes(*it)).collect())
    }

    fn norm(&mut self, width: usize) -> Option<Norm> {
        Some(Norm { weights: self.floats(width)?, biases: self.floats(width)? })
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Option<Linear> {
        let bytes = self.take(inputs.checked_mul(outputs)?)?;
        let numbers: Vec<i8> = bytes.iter().map(|it| it.cast_signed()).collect();
        let greatest = numbers.iter().map(|it| it.unsigned_abs()).max()?;
        if greatest > MOST {
            return None;
        }
        let matrix = NdTensorView::from_data([inputs, outputs], numbers.as_slice());
        let weights = self.gemm.prepack_b(matrix);
        let scales = self.floats(outputs)?;
        let mut sums = vec![0; outputs];
        for row in numbers.chunks_exact(outputs) {
            sums.iter_mut().zip(row).for_each(|(sum, it)| *sum += i32::from(*it));
        }
        let ones = sums.iter().zip(&scales).map(|(sum, scale)| *sum as f32 * scale).collect();
        Some(Linear { weights, scales, ones, biases: self.floats(outputs)? })
    }

    fn layer(&mut self, width: usize) -> Option<Layer> {
        Some(Layer {
            attend: self.linear(width, 3 * width)?,
            out: self.linear(width, width)?,
            first: self.norm(width)?,
            up: self.linear(width, 4 * width)?,
            down: self.linear(4 * width, width)?,
            second: self.norm(width)?,
        })
    }

    fn chain(&mut self, labels: usize) -> Option<Chain> {
        Some(Chain { labels, steps: self.floats(labels * labels)?, first: self.floats(labels)? })
    }
}
