//! Layers of the encoder: embedding tables, linear layers, layer norms.

use rten_gemm::PackedBMatrix;

/// An embedding table: one vector a row.
pub(crate) struct EmbeddingTable {
    pub(crate) width: usize,
    pub(crate) rows: EmbeddingRows,
}

/// The rows of an embedding table.
pub(crate) enum EmbeddingRows {
    /// Integers, with one bf16 scale a row.
    Int8 {
        values: &'static [u8],
        scales: &'static [u8],
    },
    Bf16(&'static [u8]),
}

impl EmbeddingTable {
    /// Adds a row to `sum`; adds nothing where the table has no such row.
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

/// A bf16 number as f32: its 16 bits are the upper half.
fn bf16_to_f32(bytes: &[u8]) -> f32 {
    f32::from_bits(u32::from(bytes[0]) << 16 | u32::from(bytes[1]) << 24)
}

/// A linear layer with int8 weights, packed for multiplication.
pub(crate) struct Linear {
    pub(crate) weights: PackedBMatrix<i8>,
    /// The scale of each output's weights.
    pub(crate) weight_scales: Vec<f32>,
    /// The sum of each output's weights times their scale; it corrects for the zero points of the input.
    pub(crate) column_sums: Vec<f32>,
    pub(crate) biases: Vec<f32>,
}

impl Linear {
    /// The number of its outputs.
    pub(crate) fn outputs(&self) -> usize {
        self.biases.len()
    }
}

/// The weights and biases of a layer norm.
pub(crate) struct LayerNorm {
    pub(crate) weights: Vec<f32>,
    pub(crate) biases: Vec<f32>,
}

/// One transformer layer.
pub(crate) struct EncoderLayer {
    pub(crate) qkv: Linear,
    pub(crate) attention_output: Linear,
    pub(crate) attention_norm: LayerNorm,
    pub(crate) intermediate: Linear,
    pub(crate) output: Linear,
    pub(crate) output_norm: LayerNorm,
}

impl EncoderLayer {
    /// The width of the output of all attention heads.
    pub(crate) fn attention_width(&self) -> usize {
        self.qkv.outputs() / 3
    }
}
