//! Dynamic int8 quantisation: rows are rounded to bytes and multiplied by int8 weights.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;

use crate::engine::tagger::layers::Linear;

/// Rows of bytes, each row with its own scale and zero point.
#[derive(Default)]
pub(crate) struct QuantizedRows {
    width: usize,
    values: Vec<u8>,
    zero_points: Vec<f32>,
    scales: Vec<f32>,
}

impl QuantizedRows {
    /// Has `rows` rows from now on, which are still to be filled.
    pub(crate) fn resize(&mut self, rows: usize, width: usize) {
        self.width = width;
        self.values.resize(rows * width, 0);
        self.zero_points.resize(rows, 0.0);
        self.scales.resize(rows, 0.0);
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// The number of columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Sets the scale and the zero point of a row, and returns its bytes to be filled.
    pub(crate) fn start_row(&mut self, row: usize, scale: f32, zero_point: u8) -> &mut [u8] {
        self.scales[row] = scale;
        self.zero_points[row] = zero_point.into();
        &mut self.values[row * self.width..][..self.width]
    }

    /// The scale and the zero point of a row.
    pub(crate) fn scale_and_zero_point(&self, row: usize) -> (f32, f32) {
        (self.scales[row], self.zero_points[row])
    }

    /// Multiplies the rows by the weights of `linear`. The products are integers and still contain the zero points:
    /// rten-gemm 0.27 can remove them, but uses the zero points of its first rows for all. `buffer` holds the products.
    pub(crate) fn multiply<'a>(
        &'a self,
        linear: &'a Linear,
        gemm: &GemmExecutor<u8, i8, i32>,
        buffer: &'a mut Vec<i32>,
    ) -> IntProducts<'a> {
        let columns = linear.weight_scales.len();
        let sums = resized(buffer, self.len() * columns);
        let matrix = NdTensorView::from_data([self.len(), self.width], self.values.as_slice());
        // Left to itself, rten-gemm would pack the rows again for every block of columns, of which there is one a thread.
        let rows = gemm.prepack_a(matrix);
        let (a, b) = (GemmInputA::Packed(&rows), GemmInputB::Packed(&linear.weights));
        gemm.gemm(sums, a, b, GemmOptions::default()).expect("rows are as wide as the weights are high");
        IntProducts { sums, rows: self, linear }
    }
}

/// The integer products of quantized rows and a linear layer.
#[derive(Clone, Copy)]
pub(crate) struct IntProducts<'a> {
    sums: &'a [i32],
    pub(crate) rows: &'a QuantizedRows,
    pub(crate) linear: &'a Linear,
}

impl IntProducts<'_> {
    /// The products of a row.
    pub(crate) fn row(&self, row: usize) -> &[i32] {
        let width = self.linear.weight_scales.len();
        &self.sums[row * width..][..width]
    }
}

/// The first `length` elements of a buffer, which grows if it must. What they are is not said.
pub(crate) fn resized<T: Clone + Default>(buffer: &mut Vec<T>, length: usize) -> &mut [T] {
    if buffer.len() < length {
        buffer.resize(length, T::default());
    }
    &mut buffer[..length]
}

#[cfg(test)]
mod tests {
    use rten_simd::SimdOp;

    use super::*;
    use crate::engine::tagger::format::MAX_WEIGHT;
    use crate::engine::tagger::row_ops::QuantizeRows;

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
            let mut bytes = QuantizedRows::default();
            bytes.resize(2, WIDTH);
            let rows: Vec<f32> =
                (0..2 * WIDTH).map(|at| if at < WIDTH { 1.0 } else { (at as f32).sin() }).collect();
            QuantizeRows { rows: &rows, to: &mut bytes }.dispatch();
            let mut products = Vec::new();
            let sums = bytes.multiply(&linear, &gemm, &mut products).sums;
            let cut: Vec<i32> = bytes.values.chunks(WIDTH).map(|row| in_pairs(row, &column)).collect();
            assert_eq!(sums, cut);
        }
        assert_ne!(in_pairs(&[255; 2], &[most + 1; 2]), 2 * 255 * i32::from(most + 1));
    }
}
