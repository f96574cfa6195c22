//! The tape: what is done to matrices, written down as it is done.

use crate::product::add_product;
use crate::real::{Matrix, Real};
use crate::vectorised;
use std::cell::{Ref, RefCell};
use std::ops::{Add, Mul, Sub};

// ANCHOR: tape
/// A record of operations on matrices, in the order in which they were done.
///
/// Each entry holds its value, and by number the entries it was made from. So a value
/// is there at once, and its derivatives can be read off backwards: see
/// [`Tape::gradients`].
#[derive(Debug, Default)]
pub struct Tape<R: Real = f32> {
    pub(crate) entries: RefCell<Vec<Entry<R>>>,
}

#[derive(Debug)]
pub(crate) struct Entry<R: Real> {
    pub value: Matrix<R>,
    pub made: Made<R>,
    /// Whether a parameter stands behind it. If none does, nobody asks for its gradient.
    pub wanted: bool,
}

/// How an entry was made; numbers are those of earlier entries.
#[derive(Debug)]
pub(crate) enum Made<R: Real> {
    /// Given from outside.
    Given,
    /// A B.
    Product(usize, usize),
    /// W X + b 1ᵀ: one layer, for every column of X.
    Affine(usize, usize, usize),
    /// A + B.
    Sum(usize, usize),
    /// A − B.
    Difference(usize, usize),
    /// A ∘ B, entry by entry.
    Times(usize, usize),
    /// c A.
    Scaled(usize, R),
    /// φ(A), entry by entry; with φ′(A).
    Mapped(usize, Matrix<R>),
    /// A diag(r): column j times the j-th entry of the row r.
    ColumnsTimes(usize, usize),
    /// The row of the sums of all columns.
    ColumnSums(usize),
    /// A over B.
    Stacked(usize, usize),
    /// The mean of all entries, 1 × 1.
    Mean(usize),
}

/// A matrix on a tape: a number that says where.
#[derive(Clone, Copy, Debug)]
pub struct Var<'t, R: Real = f32> {
    tape: &'t Tape<R>,
    pub(crate) index: usize,
}
// ANCHOR_END: tape

// ANCHOR: given
impl<R: Real> Tape<R> {
    /// An empty tape.
    pub fn new() -> Self {
        Self { entries: RefCell::new(Vec::new()) }
    }

    /// A matrix that stays as it is: data, noise, a direction.
    pub fn constant(&self, value: Matrix<R>) -> Var<'_, R> {
        self.push(value, Made::Given, false)
    }

    /// A matrix by which derivatives are taken.
    pub fn parameter(&self, value: Matrix<R>) -> Var<'_, R> {
        self.push(value, Made::Given, true)
    }

    fn push(&self, value: Matrix<R>, made: Made<R>, wanted: bool) -> Var<'_, R> {
        let mut entries = self.entries.borrow_mut();
        entries.push(Entry { value, made, wanted });
        Var { tape: self, index: entries.len() - 1 }
    }
}
// ANCHOR_END: given

impl<R: Real> Tape<R> {
    /// Forgets everything, for the next pass.
    pub fn clear(&mut self) {
        self.entries.get_mut().clear();
    }

    /// How many matrices it holds.
    pub fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'t, R: Real> Var<'t, R> {
    /// The matrix, copied off the tape.
    pub fn value(&self) -> Matrix<R> {
        self.read().clone()
    }

    /// The matrix where it stands; nothing can be recorded meanwhile.
    fn read(&self) -> Ref<'t, Matrix<R>> {
        Ref::map(self.tape.entries.borrow(), |entries| &entries[self.index].value)
    }

    /// The only entry of a 1 × 1 matrix, a loss for example.
    ///
    /// # Panics
    /// If it has more than one.
    pub fn number(&self) -> f64 {
        let value = self.read();
        assert_eq!(value.shape(), (1, 1), "a number is a matrix with one entry");
        value[(0, 0)].get()
    }

    /// (rows, columns).
    pub fn shape(&self) -> (usize, usize) {
        self.read().shape()
    }

    fn record(self, value: Matrix<R>, made: Made<R>, from: &[usize]) -> Self {
        let wanted = {
            let entries = self.tape.entries.borrow();
            from.iter().any(|&i| entries[i].wanted)
        };
        self.tape.push(value, made, wanted)
    }

    fn pair(self, other: Self, what: &str) {
        let (a, b) = (self.shape(), other.shape());
        assert_eq!(a, b, "{what} is of matrices of one shape");
        assert!(std::ptr::eq(self.tape, other.tape), "{what} is of matrices on one tape");
    }

    // ANCHOR: affine
    /// W X + b 1ᵀ, with `self` for W: a linear layer, applied to every column of X.
    ///
    /// # Panics
    /// If the shapes do not fit: W is m × k, X is k × n, b is m × 1.
    pub fn affine(self, x: Self, b: Self) -> Self {
        let value = {
            let (w, x, b) = (self.read(), x.read(), b.read());
            layer(&w, &x, &b)
        };
        let from = [self.index, x.index, b.index];
        self.record(value, Made::Affine(from[0], from[1], from[2]), &from)
    }
    // ANCHOR_END: affine

    // ANCHOR: map
    /// φ(A), entry by entry. `f` gives φ and its slope φ′, which the way back will need.
    pub fn map(self, f: impl Fn(R) -> (R, R)) -> Self {
        let (value, slope) = {
            let x = self.read();
            let (mut y, mut slope) = (like(&x), like(&x));
            let (to, by) = (y.as_mut_slice(), slope.as_mut_slice());
            vectorised::map_pair(to, by, x.as_slice(), f);
            (y, slope)
        };
        self.record(value, Made::Mapped(self.index, slope), &[self.index])
    }
    // ANCHOR_END: map

    /// A ∘ B, entry by entry.
    ///
    /// # Panics
    /// If the shapes differ.
    pub fn times(self, other: Self) -> Self {
        self.pair(other, "a product entry by entry");
        let value = self.read().component_mul(&other.read());
        let from = [self.index, other.index];
        self.record(value, Made::Times(from[0], from[1]), &from)
    }

    /// c A.
    pub fn scaled(self, c: f64) -> Self {
        let c = R::new(c);
        let value = &*self.read() * c;
        self.record(value, Made::Scaled(self.index, c), &[self.index])
    }

    /// A ∘ A.
    pub fn squared(self) -> Self {
        self.times(self)
    }

    /// Column j times the j-th entry of the row `row`.
    ///
    /// # Panics
    /// If `row` is not a row with one entry for each column.
    pub fn columns_times(self, row: Self) -> Self {
        assert_eq!(row.shape(), (1, self.shape().1), "one factor for each column");
        let value = {
            let mut value = self.read().clone();
            let row = row.read();
            for (mut column, &r) in value.column_iter_mut().zip(row.iter()) {
                column *= r;
            }
            value
        };
        let from = [self.index, row.index];
        self.record(value, Made::ColumnsTimes(from[0], from[1]), &from)
    }

    /// The row of the sums of all columns: |x|² of each sample, say, after
    /// [`Var::squared`].
    pub fn column_sums(self) -> Self {
        let value = {
            let value = self.read();
            let sums = value.column_iter().map(|column| column.sum());
            Matrix::from_iterator(1, value.ncols(), sums)
        };
        self.record(value, Made::ColumnSums(self.index), &[self.index])
    }

    /// A over B: x over the features of t, say.
    ///
    /// # Panics
    /// If they do not have as many columns.
    pub fn over(self, below: Self) -> Self {
        let value = {
            let (a, b) = (self.read(), below.read());
            assert_eq!(a.ncols(), b.ncols(), "one column stands over one column");
            stacked(&a, &b)
        };
        let from = [self.index, below.index];
        self.record(value, Made::Stacked(from[0], from[1]), &from)
    }

    /// The mean of all entries, 1 × 1.
    pub fn mean(self) -> Self {
        let mean = self.read().mean();
        let value = Matrix::from_element(1, 1, mean);
        self.record(value, Made::Mean(self.index), &[self.index])
    }
}

impl<R: Real> Mul for Var<'_, R> {
    type Output = Self;

    /// A B, the matrix product.
    fn mul(self, other: Self) -> Self {
        let value = {
            let (a, b) = (self.read(), other.read());
            let mut value = Matrix::zeros(a.nrows(), b.ncols());
            add_product(&mut value, &a, &b);
            value
        };
        let from = [self.index, other.index];
        self.record(value, Made::Product(from[0], from[1]), &from)
    }
}

impl<R: Real> Add for Var<'_, R> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.pair(other, "a sum");
        let value = &*self.read() + &*other.read();
        let from = [self.index, other.index];
        self.record(value, Made::Sum(from[0], from[1]), &from)
    }
}

impl<R: Real> Sub for Var<'_, R> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.pair(other, "a difference");
        let value = &*self.read() - &*other.read();
        let from = [self.index, other.index];
        self.record(value, Made::Difference(from[0], from[1]), &from)
    }
}

/// W X + b 1ᵀ.
pub(crate) fn layer<R: Real>(w: &Matrix<R>, x: &Matrix<R>, b: &Matrix<R>) -> Matrix<R> {
    assert!(
        w.ncols() == x.nrows() && b.shape() == (w.nrows(), 1),
        "a layer of {}×{} does not fit {} rows of input and a bias of {}×{}",
        w.nrows(),
        w.ncols(),
        x.nrows(),
        b.nrows(),
        b.ncols()
    );
    let mut z = Matrix::zeros(w.nrows(), x.ncols());
    for column in z.as_mut_slice().chunks_exact_mut(b.len()) {
        column.copy_from_slice(b.as_slice());
    }
    add_product(&mut z, w, x);
    z
}

/// A over B.
pub(crate) fn stacked<R: Real>(a: &Matrix<R>, b: &Matrix<R>) -> Matrix<R> {
    let mut value = Matrix::zeros(a.nrows() + b.nrows(), a.ncols());
    value.rows_mut(0, a.nrows()).copy_from(a);
    value.rows_mut(a.nrows(), b.nrows()).copy_from(b);
    value
}

/// Zeros in the shape of `x`.
pub(crate) fn like<R: Real>(x: &Matrix<R>) -> Matrix<R> {
    Matrix::zeros(x.nrows(), x.ncols())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Activation;

    fn matrix(rows: usize, columns: usize) -> Matrix<f64> {
        Matrix::from_fn(rows, columns, |i, j| 1.5 * i as f64 - 0.7 * j as f64 + 0.3)
    }

    #[test]
    fn a_tape_that_was_cleared_is_empty() {
        let mut tape = Tape::new();
        assert_eq!((tape.len(), tape.is_empty()), (0, true));
        let a = tape.constant(matrix(2, 3));
        let _ = a + a;
        assert_eq!((tape.len(), tape.is_empty()), (2, false));
        tape.clear();
        assert_eq!((tape.len(), tape.is_empty()), (0, true));
    }

    #[test]
    #[should_panic(expected = "a number is a matrix with one entry")]
    fn a_row_is_no_number() {
        Tape::new().constant(matrix(1, 2)).number();
    }

    #[test]
    #[should_panic(expected = "a sum is of matrices of one shape")]
    fn a_sum_of_two_shapes_is_refused() {
        let tape = Tape::new();
        let _ = tape.constant(matrix(2, 3)) + tape.constant(matrix(3, 2));
    }

    #[test]
    #[should_panic(expected = "a difference is of matrices on one tape")]
    fn a_difference_across_tapes_is_refused() {
        let (one, other) = (Tape::new(), Tape::new());
        let _ = one.constant(matrix(2, 3)) - other.constant(matrix(2, 3));
    }

    #[test]
    #[should_panic(expected = "one factor for each column")]
    fn a_row_with_too_few_factors_is_refused() {
        let tape = Tape::new();
        tape.constant(matrix(2, 3)).columns_times(tape.constant(matrix(1, 2)));
    }

    #[test]
    #[should_panic(expected = "one column stands over one column")]
    fn matrices_of_other_widths_are_not_stacked() {
        let tape = Tape::new();
        tape.constant(matrix(2, 3)).over(tape.constant(matrix(2, 4)));
    }

    #[test]
    #[should_panic(expected = "a layer of 2×3 does not fit 4 rows of input")]
    fn an_input_that_does_not_fit_a_layer_is_refused() {
        let tape = Tape::new();
        let [w, x, b] =
            [(2, 3), (4, 5), (2, 1)].map(|(m, n)| tape.constant(matrix(m, n)));
        w.affine(x, b);
    }

    #[test]
    #[should_panic(expected = "and a bias of 3×1")]
    fn a_bias_that_does_not_fit_a_layer_is_refused() {
        let tape = Tape::new();
        let [w, x, b] =
            [(2, 3), (3, 5), (3, 1)].map(|(m, n)| tape.constant(matrix(m, n)));
        w.affine(x, b);
    }

    #[test]
    fn rows_stand_over_rows() {
        let tape = Tape::new();
        let whole = tape.constant(matrix(3, 2)).over(tape.constant(matrix(4, 2))).value();
        assert_eq!(whole.shape(), (7, 2));
        assert_eq!(whole.rows(0, 3), matrix(3, 2));
        assert_eq!(whole.rows(3, 4), matrix(4, 2));
    }

    #[test]
    fn a_bias_alone_has_a_gradient() {
        let tape = Tape::new();
        let [w, x] = [(2, 3), (3, 5)].map(|(m, n)| tape.constant(matrix(m, n)));
        let b = tape.parameter(matrix(2, 1));
        let gradient = tape.gradients(w.affine(x, b).mean(), &[b]);
        // Each of its entries stands in 5 of 10.
        assert_eq!(gradient[0].as_slice(), [0.5, 0.5]);
    }

    #[test]
    fn a_gradient_is_owed_to_whichever_factor_asks_for_it() {
        let tape = Tape::<f64>::new();
        // The first entry asks for nothing.
        let c = tape.constant(Matrix::from_row_slice(2, 2, &[0.3, -1.2, 2.1, 0.7]));
        let p = tape.parameter(Matrix::from_row_slice(2, 2, &[1.3, 0.4, -0.6, 0.9]));
        let b = tape.constant(Matrix::from_column_slice(2, 1, &[0.2, -0.5]));
        let ones = Matrix::from_element(2, 2, 1.0);
        // The gradient of the sum, which is 4 times the mean.
        let of = |y: Var<'_, f64>| tape.gradients(y.mean().scaled(4.0), &[p]).remove(0);
        let near = |found: Matrix<f64>, exact: Matrix<f64>| {
            assert!((&found - &exact).amax() < 1e-14, "{found} for {exact}");
        };
        near(of(p.affine(c, b)), &ones * c.value().transpose());
        near(of(c * p), c.value().transpose() * &ones);
        near(of(c + p), ones.clone());
        near(of(c - p), -&ones);
        near(of(p.squared()), 2.0 * p.value());
        near(p.squared().value(), p.value().component_mul(&p.value()));
        near(of(Activation::Tanh.apply(p)), p.value().map(|x| 1.0 - x.tanh().powi(2)));
        let over = tape.gradients(c.over(p).mean().scaled(8.0), &[p]).remove(0);
        near(over, ones.clone());
    }
}
