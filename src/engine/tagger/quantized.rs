//! Dynamic int8 quantisation: rows are rounded to bytes, multiplied by int8 weights, and scaled back to f32.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_simd::ops::{BitOps, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;
use rten_vecmath::{ExtendInit, MinMax, Normalize, NormalizeOptions, Quantize, Sum, SumSquareSub};

use crate::engine::tagger::layers::{LayerNorm, Linear};

/// Rows of bytes, each row with its own scale and zero point.
#[derive(Default)]
pub(crate) struct QuantizedRows {
    values: Vec<u8>,
    zero_points: Vec<f32>,
    scales: Vec<f32>,
}

impl QuantizedRows {
    pub(crate) fn with_capacity(rows: usize, width: usize) -> Self {
        let values = Vec::with_capacity(rows * width);
        Self { values, zero_points: Vec::with_capacity(rows), scales: Vec::with_capacity(rows) }
    }

    /// Appends a row. Its scale is the smallest at which 0 and all of its numbers fit.
    pub(crate) fn push_row(&mut self, row: &[f32]) {
        let (least, greatest) = MinMax::new(row).dispatch();
        let (least, greatest) = (least.min(0.0), greatest.max(0.0));
        let scale = ((greatest - least) / 255.0).max(f32::MIN_POSITIVE);
        let zero = (-least / scale).round() as u8;
        self.values
            .extend_init(|to| Quantize::new(row, &mut to[..row.len()], scale.recip(), zero).dispatch());
        self.zero_points.push(f32::from(zero));
        self.scales.push(scale);
    }

    /// Multiplies the rows by the weights of `linear`. The products are integers and still contain the zero points:
    /// rten-gemm 0.27 can remove them, but uses the zero points of its first rows for all.
    pub(crate) fn multiply<'a>(
        &'a self,
        linear: &'a Linear,
        gemm: &GemmExecutor<u8, i8, i32>,
    ) -> IntProducts<'a> {
        let (rows, columns) = (self.zero_points.len(), linear.weight_scales.len());
        let width = self.values.len() / rows.max(1);
        let mut sums = vec![0; rows * columns];
        let matrix = NdTensorView::from_data([rows, width], self.values.as_slice());
        let (a, b) = (GemmInputA::Unpacked(matrix), GemmInputB::Packed(&linear.weights));
        gemm.gemm(&mut sums, a, b, GemmOptions::default()).expect("rows are as wide as the weights are high");
        IntProducts { sums, rows: self, linear }
    }
}

/// The integer products of quantized rows and a linear layer.
pub(crate) struct IntProducts<'a> {
    sums: Vec<i32>,
    rows: &'a QuantizedRows,
    linear: &'a Linear,
}

impl IntProducts<'_> {
    /// Scales a row of products, adds the biases, and adds it to `sum`.
    pub(crate) fn add_row(&self, row: usize, sum: &mut [f32]) {
        let width = self.linear.weight_scales.len();
        let sums = &self.sums[row * width..][..width];
        let (scale, zero) = (self.rows.scales[row], self.rows.zero_points[row]);
        Dequantize { sums, scale, zero_point: zero, linear: self.linear, output: sum }.dispatch();
    }
}

/// `to += (sums * scales - zero * ones) * scale + biases`, column by column; all of one width.
struct Dequantize<'a> {
    sums: &'a [i32],
    scale: f32,
    zero_point: f32,
    linear: &'a Linear,
    output: &'a mut [f32],
}

impl SimdOp for Dequantize<'_> {
    type Output = ();

    #[expect(
        clippy::inline_always,
        reason = "the caller selects the instruction set, so this must be inlined there"
    )]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { sums, scale, zero_point: zero, linear: by, output: to } = self;
        let (floats, whole) = (isa.f32(), isa.i32());
        let (scale_of_row, zero_of_row) = (floats.splat(scale), floats.splat(-zero));
        let lanes = floats.len();
        let full = to.len() / lanes * lanes;
        for at in (0..full).step_by(lanes) {
            let zeros = floats.mul(zero_of_row, floats.load(&by.column_sums[at..]));
            let sums = whole.to_float(whole.load(&sums[at..]));
            let scaled = floats.mul_add(sums, floats.load(&by.weight_scales[at..]), zeros);
            let before = floats.add(floats.load(&by.biases[at..]), floats.load(&to[at..]));
            floats.store(floats.mul_add(scaled, scale_of_row, before), &mut to[at..]);
        }
        for at in full..to.len() {
            to[at] +=
                (sums[at] as f32 * by.weight_scales[at] - zero * by.column_sums[at]) * scale + by.biases[at];
        }
    }
}

/// Added to a variance before its root divides a row; the value of `training/model.py`.
const LAYER_NORM_EPSILON: f32 = 1e-12;

/// Layer norm: scales a row to mean 0 and variance 1, then applies weights and biases.
pub(crate) fn normalize(row: &mut [f32], norm: &LayerNorm) {
    let count = row.len() as f32;
    let mean = Sum::new(row).dispatch() / count;
    let variance = SumSquareSub::new(row, mean).dispatch() / count;
    let options = NormalizeOptions {
        pre_scale_bias: mean,
        scale: (variance + LAYER_NORM_EPSILON).sqrt().recip(),
        element_scale: Some(&norm.weights),
        element_bias: Some(&norm.biases),
        ..NormalizeOptions::default()
    };
    Normalize::new_mut(row, options).dispatch();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tagger::format::MAX_WEIGHT;

    /// The product of a row and a column on x86 without VNNI: two products at a time are added in 16 bits and saturate.
    fn in_pairs(row: &[u8], column: &[i8]) -> i32 {
        let products: Vec<i32> = row.iter().zip(column).map(|(a, b)| i32::from(*a) * i32::from(*b)).collect();
        let cut = |it: &[i32]| it.iter().sum::<i32>().clamp(i16::MIN.into(), i16::MAX.into());
        products.chunks(2).map(cut).sum()
    }

    #[test]
    fn the_greatest_weights_are_multiplied_alike_on_every_machine() {
        const WIDTH: usize = 64;
        let most = MAX_WEIGHT.cast_signed();
        let gemm = GemmExecutor::new();
        for column in
            [[most; WIDTH], [-most; WIDTH], std::array::from_fn(|at| if at % 3 == 0 { most } else { -most })]
        {
            let matrix = NdTensorView::from_data([WIDTH, 1], column.as_slice());
            let weights = gemm.prepack_b(matrix);
            let linear =
                Linear { weights, weight_scales: vec![1.0], column_sums: vec![0.0], biases: vec![0.0] };
            let mut bytes = QuantizedRows::with_capacity(2, WIDTH);
            bytes.push_row(&[1.0; WIDTH]);
            bytes.push_row(&std::array::from_fn::<f32, WIDTH, _>(|at| (at as f32).sin()));
            let sums = bytes.multiply(&linear, &gemm).sums;
            let cut: Vec<i32> = bytes.values.chunks(WIDTH).map(|row| in_pairs(row, &column)).collect();
            assert_eq!(sums, cut);
        }
        assert_ne!(in_pairs(&[255; 2], &[most + 1; 2]), 2 * 255 * i32::from(most + 1));
    }
}
