//! The layers of the encoder: embedding tables, linear maps, layer norms.

use rten_gemm::PackedBMatrix;

/// A table of vectors, one a row.
pub(crate) struct EmbeddingTable {
    pub(crate) width: usize,
    pub(crate) rows: EmbeddingRows,
}

pub(crate) enum EmbeddingRows {
    /// Whole numbers, and a bf16 scale a row.
    Int8 {
        values: &'static [u8],
        scales: &'static [u8],
    },
    Bf16(&'static [u8]),
}

impl EmbeddingTable {
    /// Adds a row to `sum`; nothing where there is no such row.
    pub(crate) fn add_row(&self, row: usize, sum: &mut [f32]) {
        match self.rows {
            EmbeddingRows::Int8 { values: numbers, scales } => {
                let numbers = numbers.chunks_exact(self.width).nth(row).unwrap_or_default();
                let scale = scales.chunks_exact(2).nth(row).map(bf16_to_f32).unwrap_or_default();
                for (number, sum) in numbers.iter().zip(sum) {
                    *sum += f32::from(number.cast_signed()) * scale;
                }
            }
            EmbeddingRows::Bf16(bytes) => {
                let row = bytes.chunks_exact(self.width * 2).nth(row).unwrap_or_default();
                for (bytes, sum) in row.chunks_exact(2).zip(sum) {
                    *sum += bf16_to_f32(bytes);
                }
            }
        }
    }
}

/// A number of 16 bits that are the upper half of an f32.
fn bf16_to_f32(bytes: &[u8]) -> f32 {
    f32::from_bits(u32::from(bytes[0]) << 16 | u32::from(bytes[1]) << 24)
}

/// Weights and biases of a linear map, ready to be multiplied.
pub(crate) struct Linear {
    pub(crate) weights: PackedBMatrix<i8>,
    /// What one stands for in each column.
    pub(crate) weight_scales: Vec<f32>,
    /// The sum of each column, scaled: what a row of ones gives.
    pub(crate) column_sums: Vec<f32>,
    pub(crate) biases: Vec<f32>,
}

/// What scales and moves a row after it was brought to mean 0 and variance 1.
pub(crate) struct LayerNorm {
    pub(crate) weights: Vec<f32>,
    pub(crate) biases: Vec<f32>,
}

/// One layer of the encoder.
pub(crate) struct EncoderLayer {
    pub(crate) qkv: Linear,
    pub(crate) attention_output: Linear,
    pub(crate) attention_norm: LayerNorm,
    pub(crate) intermediate: Linear,
    pub(crate) output: Linear,
    pub(crate) output_norm: LayerNorm,
}
