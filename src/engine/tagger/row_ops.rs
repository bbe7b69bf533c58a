//! Passes over the rows of the encoder between two products, each written once for every instruction set.
//!
//! One call does a pass over all rows. The columns behind the last whole vector are computed as a vector that is filled up
//! with zeros.
//!
//! An operation on vectors becomes one instruction only inside the function that selects the instruction set. So everything
//! between it and the operation must be inlined always: these functions, and closures that carry the attribute. A closure for
//! `map` of an array is called through a function of the standard library, which is not.

use std::ops::Range;

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, Simd, SimdOp, SimdUnaryOp};
use rten_vecmath::{Gelu, MinMax, Softmax, Sum, SumSquareSub};

use crate::engine::tagger::layers::LayerNorm;
use crate::engine::tagger::quantized::{IntProducts, QuantizedRows};

/// Added to a variance before its root divides a row; the value of `training/model.py`.
const LAYER_NORM_EPSILON: f32 = 1e-12;

/// Scales some columns of the products of some rows into `to`, one row after the other.
pub(crate) struct ScaleRows<'a, R> {
    pub(crate) products: IntProducts<'a>,
    pub(crate) rows: R,
    pub(crate) columns: Range<usize>,
    pub(crate) to: &'a mut [f32],
}

impl<R: Iterator<Item = usize>> SimdOp for ScaleRows<'_, R> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { products, rows, columns, to } = self;
        for (row, to) in rows.zip(to.chunks_exact_mut(columns.len().max(1))) {
            update_row(
                isa,
                products,
                row,
                columns.clone(),
                to,
                #[inline(always)]
                |biases, _| biases,
                #[inline(always)]
                |it| it,
            );
        }
    }
}

/// Scales the products, applies the activation function (GELU), and rounds the rows to bytes.
pub(crate) struct ActivateRows<'a> {
    pub(crate) products: IntProducts<'a>,
    /// Holds one row.
    pub(crate) buffer: &'a mut [f32],
    pub(crate) to: &'a mut QuantizedRows,
}

impl SimdOp for ActivateRows<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { products, buffer, to } = self;
        let floats = isa.f32();
        for row in 0..to.len() {
            let (mut least, mut greatest) = (floats.zero(), floats.zero());
            update_row(
                isa,
                products,
                row,
                0..buffer.len(),
                buffer,
                #[inline(always)]
                |biases, _| biases,
                #[inline(always)]
                |it| {
                    let it = Gelu {}.eval(isa, it);
                    (least, greatest) = (floats.min(it, least), floats.max(it, greatest));
                    it
                },
            );
            quantize_row(isa, buffer, ends(least, greatest), row, to);
        }
    }
}

/// Adds products to rows if there are any, scales each row to mean 0 and variance 1, applies the weights and biases of a
/// layer norm, and rounds the rows to bytes.
pub(crate) struct NormalizeRows<'a> {
    pub(crate) added: Option<IntProducts<'a>>,
    pub(crate) norm: &'a LayerNorm,
    pub(crate) rows: &'a mut [f32],
    pub(crate) to: &'a mut QuantizedRows,
}

impl SimdOp for NormalizeRows<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Self { added, norm, rows, to } = self;
        let floats = isa.f32();
        let width = norm.weights.len();
        for (at, row) in rows.chunks_exact_mut(width).enumerate() {
            if let Some(products) = added {
                update_row(
                    isa,
                    products,
                    at,
                    0..width,
                    row,
                    #[inline(always)]
                    |biases, before| floats.add(biases, before),
                    #[inline(always)]
                    |it| it,
                );
            }
            let mean = Sum::new(row).eval(isa) / width as f32;
            let variance = SumSquareSub::new(row, mean).eval(isa) / width as f32;
            let (least, greatest) = normalize_row(isa, row, norm, mean, variance);
            quantize_row(isa, row, (least, greatest), at, to);
        }
    }
}

/// Rounds rows to bytes.
pub(crate) struct QuantizeRows<'a> {
    pub(crate) rows: &'a [f32],
    pub(crate) to: &'a mut QuantizedRows,
}

impl SimdOp for QuantizeRows<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for (at, row) in self.rows.chunks_exact(self.to.width()).enumerate() {
            quantize_row(isa, row, MinMax::new(row).eval(isa), at, self.to);
        }
    }
}

/// Turns the scores of each row into probabilities that sum to 1 (softmax).
pub(crate) struct SoftmaxRows<'a> {
    pub(crate) rows: &'a mut [f32],
    pub(crate) width: usize,
}

impl SimdOp for SoftmaxRows<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.rows.chunks_exact_mut(self.width) {
            Softmax::new_mut(row).eval(isa);
        }
    }
}

/// Replaces each vector of `to` by `finish(products * scales + start(biases, vector))`; the products are those of a row in
/// `columns`.
#[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
#[inline(always)]
fn update_row<I: Isa>(
    isa: I,
    products: IntProducts,
    row: usize,
    columns: Range<usize>,
    to: &mut [f32],
    start: impl Fn(I::F32, I::F32) -> I::F32,
    mut finish: impl FnMut(I::F32) -> I::F32,
) {
    let (floats, whole_numbers) = (isa.f32(), isa.i32());
    let linear = products.linear;
    let sums = &products.row(row)[columns.clone()];
    let scales = &linear.weight_scales[columns.clone()];
    let ones = &linear.column_sums[columns.clone()];
    let biases = &linear.biases[columns];
    let (scale, zero) = products.rows.scale_and_zero_point(row);
    let (scale, zero) = (floats.splat(scale), floats.splat(-zero));
    let lanes = floats.len();
    let vectors = sums.chunks_exact(lanes).zip(scales.chunks_exact(lanes)).zip(ones.chunks_exact(lanes));
    for ((((sums, scales), ones), biases), to) in
        vectors.zip(biases.chunks_exact(lanes)).zip(to.chunks_exact_mut(lanes))
    {
        let sums = whole_numbers.to_float(whole_numbers.load(sums));
        let scaled = floats.mul_add(sums, floats.load(scales), floats.mul(zero, floats.load(ones)));
        let sum = floats.mul_add(scaled, scale, start(floats.load(biases), floats.load(to)));
        floats.store(finish(sum), to);
    }
    let rest = to.len() / lanes * lanes..to.len();
    if !rest.is_empty() {
        let (scales, ones) =
            (floats.load_pad(&scales[rest.start..]).0, floats.load_pad(&ones[rest.start..]).0);
        let (biases, before) =
            (floats.load_pad(&biases[rest.start..]).0, floats.load_pad(&to[rest.start..]).0);
        let sums = whole_numbers.to_float(whole_numbers.load_pad(&sums[rest.start..]).0);
        let scaled = floats.mul_add(sums, scales, floats.mul(zero, ones));
        let last = finish(floats.mul_add(scaled, scale, start(biases, before))).to_array();
        to[rest.clone()].copy_from_slice(&last.as_ref()[..rest.len()]);
    }
}

/// Scales a row to mean 0 and variance 1 and applies the weights and biases of a layer norm. Returns the least and the
/// greatest number, or 0 where all numbers are on one side of it.
#[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
#[inline(always)]
fn normalize_row<I: Isa>(isa: I, row: &mut [f32], norm: &LayerNorm, mean: f32, variance: f32) -> (f32, f32) {
    let floats = isa.f32();
    let (mean, scale) = (floats.splat(mean), floats.splat((variance + LAYER_NORM_EPSILON).sqrt().recip()));
    let (mut least, mut greatest) = (floats.zero(), floats.zero());
    let lanes = floats.len();
    let vectors = row.chunks_exact_mut(lanes).zip(norm.weights.chunks_exact(lanes));
    for ((row, weights), biases) in vectors.zip(norm.biases.chunks_exact(lanes)) {
        let weights = floats.mul(floats.load(weights), scale);
        let number = floats.mul_add(floats.sub(floats.load(row), mean), weights, floats.load(biases));
        (least, greatest) = (floats.min(number, least), floats.max(number, greatest));
        floats.store(number, row);
    }
    let rest = row.len() / lanes * lanes..row.len();
    if !rest.is_empty() {
        let numbers = floats.load_pad(&row[rest.start..]).0;
        let weights = floats.load_pad(&norm.weights[rest.start..]).0;
        let biases = floats.load_pad(&norm.biases[rest.start..]).0;
        let last = floats.mul_add(floats.sub(numbers, mean), floats.mul(weights, scale), biases);
        (least, greatest) = (floats.min(last, least), floats.max(last, greatest));
        row[rest.clone()].copy_from_slice(&last.to_array().as_ref()[..rest.len()]);
    }
    ends(least, greatest)
}

/// The least number of one vector and the greatest of another.
#[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
#[inline(always)]
fn ends<V: Simd<Elem = f32>>(least: V, greatest: V) -> (f32, f32) {
    let least = least.to_array().into_iter().fold(f32::INFINITY, f32::min);
    (least, greatest.to_array().into_iter().fold(f32::NEG_INFINITY, f32::max))
}

/// Numbers times a factor, rounded to whole numbers, plus `zeros`.
#[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
#[inline(always)]
fn rounded<I: Isa>(isa: I, numbers: I::F32, factor: I::F32, zeros: I::I32) -> I::I32 {
    let floats = isa.f32();
    isa.i32().add(floats.to_int_round(floats.mul(numbers, factor)), zeros)
}

/// Rounds a row, whose least and greatest numbers are given, to bytes. Its scale is the smallest at which 0 and all of its
/// numbers fit.
#[expect(clippy::inline_always, reason = "the caller selects the instruction set")]
#[inline(always)]
fn quantize_row<I: Isa>(
    isa: I,
    row: &[f32],
    (least, greatest): (f32, f32),
    at: usize,
    to: &mut QuantizedRows,
) {
    let (least, greatest) = (least.min(0.0), greatest.max(0.0));
    let scale = ((greatest - least) / 255.0).max(f32::MIN_POSITIVE);
    let zero = (-least / scale).round() as u8;
    let bytes = to.start_row(at, scale, zero);
    let (floats, whole_numbers, bytes_of) = (isa.f32(), isa.i32(), isa.u8());
    let (factor, zeros) = (floats.splat(scale.recip()), whole_numbers.splat(zero.into()));
    let step = 4 * floats.len();
    let mut from = row.chunks_exact(step);
    let mut into = bytes.chunks_exact_mut(step);
    for (row, bytes) in from.by_ref().zip(into.by_ref()) {
        let [a, b, c, d] = floats.load_many::<4>(row);
        let (a, b) = (rounded(isa, a, factor, zeros), rounded(isa, b, factor, zeros));
        let (c, d) = (rounded(isa, c, factor, zeros), rounded(isa, d, factor, zeros));
        let (low, high) = (whole_numbers.narrow_saturate(a, b), whole_numbers.narrow_saturate(c, d));
        bytes_of.store(isa.i16().narrow_saturate(low, high), bytes);
    }
    for (number, byte) in from.remainder().iter().zip(into.into_remainder()) {
        let number = (number * scale.recip()).round_ties_even() as i32;
        *byte = number.saturating_add(zero.into()).clamp(0, u8::MAX.into()) as u8;
    }
}

#[cfg(test)]
mod tests {
    use rten_gemm::GemmExecutor;
    use rten_tensor::NdTensorView;

    use super::*;
    use crate::engine::tagger::layers::Linear;

    /// Widths below, between and at the vector widths of the instruction sets.
    const WIDTHS: [usize; 4] = [3, 21, 50, 64];
    const ROWS: usize = 3;

    /// Numbers that look random, between -2 and 2.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|it| ((it * 37 + seed * 11) % 401) as f32 / 100.0 - 2.0).collect()
    }

    /// The weight at a place of the matrix, row by row; between -64 and 64.
    fn weight(at: usize) -> f32 {
        (at * 29 % 129) as f32 - 64.0
    }

    fn linear(width: usize) -> Linear {
        let weights: Vec<i8> = (0..width * width).map(|it| weight(it) as i8).collect();
        let column = |at: usize| weights[at..].iter().step_by(width).map(|it| f32::from(*it)).sum::<f32>();
        let matrix = NdTensorView::from_data([width, width], weights.as_slice());
        Linear {
            weights: GemmExecutor::<u8, i8, i32>::new().prepack_b(matrix),
            weight_scales: vec![0.01; width],
            column_sums: (0..width).map(|it| column(it) * 0.01).collect(),
            biases: numbers(width, 5),
        }
    }

    fn quantized(rows: &[f32], width: usize) -> QuantizedRows {
        let mut quantized = QuantizedRows::default();
        quantized.resize(ROWS, width);
        QuantizeRows { rows, to: &mut quantized }.dispatch();
        quantized
    }

    /// The numbers that the bytes of rows stand for.
    fn restored(rows: &mut QuantizedRows) -> Vec<f32> {
        let mut numbers = Vec::new();
        for row in 0..rows.len() {
            let (scale, zero) = rows.scale_and_zero_point(row);
            let bytes = rows.start_row(row, scale, zero as u8);
            numbers.extend(bytes.iter().map(|it| (f32::from(*it) - zero) * scale));
        }
        numbers
    }

    #[track_caller]
    fn assert_near(found: &[f32], wanted: &[f32], most: f32) {
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() <= most, "{found} is not {wanted}");
        }
    }

    #[test]
    fn bytes_stand_for_the_numbers_of_their_row() {
        for width in WIDTHS {
            let rows = numbers(ROWS * width, 1);
            assert_near(&restored(&mut quantized(&rows, width)), &rows, 4.0 / 255.0);
        }
    }

    #[test]
    fn products_are_scaled_in_every_column_and_in_no_other() {
        for width in WIDTHS {
            let (mut rows, linear, gemm) =
                (quantized(&numbers(ROWS * width, 2), width), linear(width), GemmExecutor::new());
            let given = restored(&mut rows);
            let mut buffer = Vec::new();
            let products = rows.multiply(&linear, &gemm, &mut buffer);
            let columns = 1..width;
            let wanted = |row: usize, column: usize| {
                let sum: f32 =
                    (0..width).map(|at| given[row * width + at] * weight(at * width + column)).sum();
                sum * 0.01 + linear.biases[column]
            };
            let mut to = vec![9.0; 2 * columns.len() + 1];
            ScaleRows { products, rows: [2, 0].into_iter(), columns: columns.clone(), to: &mut to }
                .dispatch();
            assert_eq!(to.pop(), Some(9.0));
            let wanted: Vec<f32> =
                [2, 0].iter().flat_map(|row| columns.clone().map(|it| wanted(*row, it))).collect();
            assert_near(&to, &wanted, 1e-3);
        }
    }

    #[test]
    fn activated_rows_are_those_of_the_activation_function() {
        for width in WIDTHS {
            let (rows, linear, gemm) =
                (quantized(&numbers(ROWS * width, 3), width), linear(width), GemmExecutor::new());
            let mut buffer = Vec::new();
            let products = rows.multiply(&linear, &gemm, &mut buffer);
            let mut scaled = vec![0.0; ROWS * width];
            let columns = 0..width;
            ScaleRows { products, rows: 0..ROWS, columns, to: &mut scaled }.dispatch();
            let mut activated = QuantizedRows::default();
            activated.resize(ROWS, width);
            ActivateRows { products, buffer: &mut vec![0.0; width], to: &mut activated }.dispatch();
            // The tanh form of GELU is off by less than a thousandth.
            let gelu = |it: f32| 0.5 * it * (1.0 + (0.797_884_6 * (it + 0.044_715 * it.powi(3))).tanh());
            let wanted: Vec<f32> = scaled.iter().map(|it| gelu(*it)).collect();
            let step = scaled.iter().fold(0.0_f32, |most, it| most.max(it.abs())) / 255.0;
            assert_near(&restored(&mut activated), &wanted, 0.001 + step);
        }
    }

    #[test]
    fn normalized_rows_have_mean_0_and_variance_1_before_the_weights() {
        for width in WIDTHS {
            let norm = LayerNorm { weights: vec![2.0; width], biases: vec![0.5; width] };
            let mut rows = numbers(ROWS * width, 4);
            let mut bytes = QuantizedRows::default();
            bytes.resize(ROWS, width);
            NormalizeRows { added: None, norm: &norm, rows: &mut rows, to: &mut bytes }.dispatch();
            for row in rows.chunks(width) {
                let mean = row.iter().sum::<f32>() / width as f32;
                let variance = row.iter().map(|it| (it - mean).powi(2)).sum::<f32>() / width as f32;
                assert!((mean - 0.5).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3, "{mean} {variance}");
            }
            assert_near(&restored(&mut bytes), &rows, 0.05);
        }
    }

    #[test]
    fn the_probabilities_of_a_row_sum_to_1() {
        for width in WIDTHS {
            let mut rows = numbers(ROWS * width, 6);
            let likelier = rows[0] > rows[1];
            SoftmaxRows { rows: &mut rows, width }.dispatch();
            assert!(rows.chunks(width).all(|row| (row.iter().sum::<f32>() - 1.0).abs() < 1e-5));
            assert_eq!(rows[0] > rows[1], likelier);
        }
    }
}
