//! Products of matrices, thin ones too.

use crate::real::{Matrix, Real};
use nalgebra::{Dyn, MatrixView, Storage};

/// A matrix, wherever its entries stand.
pub type Any<R, S> = nalgebra::Matrix<R, Dyn, Dyn, S>;

/// The shortest side that [`nalgebra`] hands on to its fast product. A shorter one goes
/// through a loop which is slow for a network's last layer, and which, in version 0.35,
/// reads past the end of a transposed view.
const SHORTEST: usize = 6;

/// C ← C + A B.
///
/// # Panics
/// If the shapes do not fit.
pub fn add_product<R: Real, A, B>(c: &mut Matrix<R>, a: &Any<R, A>, b: &Any<R, B>)
where
    A: Storage<R, Dyn, Dyn>,
    B: Storage<R, Dyn, Dyn>,
{
    let (rows, inner, columns) = (a.nrows(), a.ncols(), b.ncols());
    assert!(
        b.nrows() == inner && c.shape() == (rows, columns),
        "a product of {rows}×{inner} and {}×{columns} does not make a matrix of {}×{}",
        b.nrows(),
        c.nrows(),
        c.ncols()
    );
    let thin = |side: usize| side < SHORTEST;
    if thin(rows) || thin(columns) {
        // Zeros below and to the right change nothing but the shape.
        let mut wide = padded(c, rows, columns);
        match (thin(rows) || thin(inner), thin(columns) || thin(inner)) {
            (true, false) => multiply(&mut wide, &padded(a, rows, inner), b),
            (false, true) => multiply(&mut wide, a, &padded(b, inner, columns)),
            _ => multiply(&mut wide, &padded(a, rows, inner), &padded(b, inner, columns)),
        }
        c.copy_from(&wide.view((0, 0), (rows, columns)));
    } else if thin(inner) {
        multiply(c, &padded(a, rows, inner), &padded(b, inner, columns));
    } else {
        multiply(c, a, b);
    }
}

/// C ← C + A B for factors with long sides.
///
/// The fast product reads A by columns and B by rows, and is slow where these lie scattered
/// in memory: such a factor is moved first. Half of the time of a training went there.
fn multiply<R: Real, A, B>(c: &mut Matrix<R>, a: &Any<R, A>, b: &Any<R, B>)
where
    A: Storage<R, Dyn, Dyn>,
    B: Storage<R, Dyn, Dyn>,
{
    let one = R::one();
    match (a.strides().0 == 1, b.strides().1 == 1) {
        (true, true) => c.gemm(one, a, b, one),
        (true, false) => c.gemm(one, a, &transposed(&turned(b)), one),
        (false, true) => c.gemm(one, &by_columns(a), b, one),
        (false, false) => c.gemm(one, &by_columns(a), &transposed(&turned(b)), one),
    }
}

/// Aᵀ, with its entries moved.
fn turned<R: Real, A: Storage<R, Dyn, Dyn>>(a: &Any<R, A>) -> Matrix<R> {
    let (rows, columns) = a.shape();
    let mut turned = Matrix::zeros(columns, rows);
    let to = turned.as_mut_slice();
    in_blocks(rows, columns, |i, j| to[i * columns + j] = a[(i, j)]);
    turned
}

/// A, with its entries moved so that each column lies in one piece.
fn by_columns<R: Real, A: Storage<R, Dyn, Dyn>>(a: &Any<R, A>) -> Matrix<R> {
    let (rows, columns) = a.shape();
    let mut moved = Matrix::zeros(rows, columns);
    let to = moved.as_mut_slice();
    in_blocks(columns, rows, |j, i| to[j * rows + i] = a[(i, j)]);
    moved
}

/// Calls `visit` for every pair, block by block, so that the lines of memory read and
/// written in a block stay in the cache.
#[inline(always)]
fn in_blocks(rows: usize, columns: usize, mut visit: impl FnMut(usize, usize)) {
    const BLOCK: usize = 16;
    for top in (0..rows).step_by(BLOCK) {
        for left in (0..columns).step_by(BLOCK) {
            for j in left..(left + BLOCK).min(columns) {
                for i in top..(top + BLOCK).min(rows) {
                    visit(i, j);
                }
            }
        }
    }
}

/// The matrix with zeros added, so that no side is too short.
fn padded<R: Real, A: Storage<R, Dyn, Dyn>>(
    a: &Any<R, A>,
    rows: usize,
    columns: usize,
) -> Matrix<R> {
    let mut wide = Matrix::zeros(rows.max(SHORTEST), columns.max(SHORTEST));
    wide.view_mut((0, 0), (rows, columns)).copy_from(a);
    wide
}

/// Aᵀ, without moving an entry: rows and columns change places in the reading.
pub fn transposed<R: Real>(a: &Matrix<R>) -> MatrixView<'_, R, Dyn, Dyn, Dyn, Dyn> {
    let (rows, columns) = a.shape();
    let (all, steps) = (a.as_slice(), (Dyn(rows), Dyn(1)));
    MatrixView::from_slice_with_strides_generic(
        all,
        Dyn(columns),
        Dyn(rows),
        steps.0,
        steps.1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_multiplied_entry_by_entry() {
        let entry = |i: usize, j: usize| ((7 * i + 3 * j) % 11) as f64 - 4.0;
        for rows in [1, 2, 5, 6, 9] {
            for inner in [1, 3, 5, 6, 8] {
                for columns in [1, 4, 6, 7] {
                    let a = Matrix::from_fn(rows, inner, entry);
                    let b = Matrix::from_fn(inner, columns, |i, j| entry(j + 1, i + 2));
                    let start = Matrix::from_fn(rows, columns, |i, j| entry(i + j, 5));
                    // Whole numbers: every sum is exact.
                    let by_hand = Matrix::from_fn(rows, columns, |i, j| {
                        (0..inner).map(|k| a[(i, k)] * b[(k, j)]).sum::<f64>()
                            + start[(i, j)]
                    });
                    let mut c = start.clone();
                    add_product(&mut c, &a, &b);
                    assert_eq!(c, by_hand, "{rows}×{inner}×{columns}");
                    let (turned_a, turned_b) = (a.transpose(), b.transpose());
                    let mut c = start.clone();
                    add_product(&mut c, &transposed(&turned_a), &b);
                    assert_eq!(c, by_hand, "Aᵀ of {rows}×{inner}×{columns}");
                    let mut c = start.clone();
                    add_product(&mut c, &a, &transposed(&turned_b));
                    assert_eq!(c, by_hand, "Bᵀ of {rows}×{inner}×{columns}");
                    let mut c = start.clone();
                    add_product(&mut c, &transposed(&turned_a), &transposed(&turned_b));
                    assert_eq!(c, by_hand, "Aᵀ and Bᵀ of {rows}×{inner}×{columns}");
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "2×3 and 4×5")]
    fn shapes_that_do_not_fit_are_refused() {
        let (a, b) = (Matrix::<f32>::zeros(2, 3), Matrix::zeros(4, 5));
        add_product(&mut Matrix::zeros(2, 5), &a, &b);
    }
}
