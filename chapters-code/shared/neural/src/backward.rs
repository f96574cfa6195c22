//! The way back along the tape: the chain rule, one entry at a time.

use crate::product::{Any, add_product, transposed};
use crate::real::{Matrix, Real};
use crate::tape::{Entry, Made, Tape, Var, like};
use crate::vectorised;
use nalgebra::{Dyn, Storage};

// ANCHOR: gradients
impl<R: Real> Tape<R> {
    /// ∂L/∂P for each parameter P of `by`, in the shape of P. For anything else on the
    /// tape zeros: what is owed to it is handed on and not kept.
    ///
    /// `loss` is the 1 × 1 matrix L. Walks the tape back from there. At each entry Y it
    /// knows D = ∂L/∂Y, and hands on to the entries from which Y was made what each of
    /// them owes to D. Costs about twice the way there.
    ///
    /// # Panics
    /// If `loss` has more than one entry.
    pub fn gradients(&self, loss: Var<'_, R>, by: &[Var<'_, R>]) -> Vec<Matrix<R>> {
        assert_eq!(loss.shape(), (1, 1), "a gradient is that of one number");
        let entries = &*self.entries.borrow();
        let mut owed = Owed { entries, to: entries.iter().map(|_| None).collect() };
        owed.to[loss.index] = Some(Matrix::from_element(1, 1, R::one()));
        for i in (0..=loss.index).rev() {
            if matches!(entries[i].made, Made::Given) {
                continue;
            }
            if let Some(d) = owed.to[i].take() {
                owed.hand_on(&entries[i].made, d);
            }
        }
        let none = |p: &Var<'_, R>| like(&entries[p.index].value);
        by.iter().map(|p| owed.to[p.index].clone().unwrap_or_else(|| none(p))).collect()
    }
}

/// ∂L/∂Y of each entry, as far as it is known.
struct Owed<'a, R: Real> {
    entries: &'a [Entry<R>],
    to: Vec<Option<Matrix<R>>>,
}

impl<'a, R: Real> Owed<'a, R> {
    /// The chain rule, for an entry that was `made` like this and is owed `d`.
    fn hand_on(&mut self, made: &Made<R>, mut d: Matrix<R>) {
        match made {
            Made::Given => {}
            // d(AB) = dA B + A dB, and D : dA B = D Bᵀ : dA.
            &Made::Product(a, b) => {
                self.add_product(a, &d, &transposed(self.value(b)));
                self.add_product(b, &transposed(self.value(a)), &d);
            }
            &Made::Affine(w, x, b) => {
                self.add_product(w, &d, &transposed(self.value(x)));
                self.add_product(x, &transposed(self.value(w)), &d);
                self.add(
                    b,
                    Matrix::from_column_slice(d.nrows(), 1, d.column_sum().as_slice()),
                );
            }
            &Made::Sum(a, b) => {
                self.add(a, d.clone());
                self.add(b, d);
            }
            &Made::Difference(a, b) => {
                self.add(a, d.clone());
                self.add(b, -d);
            }
            &Made::Times(a, b) => {
                self.add_times(a, &d, self.value(b));
                self.add_times(b, &d, self.value(a));
            }
            &Made::Scaled(a, c) => self.add(a, d * c),
            Made::Mapped(a, slope) => self.add_times(*a, &d, slope),
            &Made::ColumnsTimes(a, row) => {
                let shared = d.component_mul(self.value(a));
                let sums = shared.column_iter().map(|column| column.sum());
                self.add(row, Matrix::from_iterator(1, d.ncols(), sums));
                for (mut column, &r) in d.column_iter_mut().zip(self.value(row).iter()) {
                    column *= r;
                }
                self.add(a, d);
            }
            &Made::ColumnSums(a) => {
                let rows = self.value(a).nrows();
                self.add(a, Matrix::from_fn(rows, d.ncols(), |_, j| d[(0, j)]));
            }
            &Made::Stacked(a, b) => {
                let (above, below) = (self.value(a).nrows(), self.value(b).nrows());
                self.add(a, d.rows(0, above).into_owned());
                self.add(b, d.rows(above, below).into_owned());
            }
            &Made::Mean(a) => {
                let (rows, columns) = self.value(a).shape();
                let share = d[(0, 0)] / R::new((rows * columns) as f64);
                self.add(a, Matrix::from_element(rows, columns, share));
            }
        }
    }
    // ANCHOR_END: gradients

    fn value(&self, i: usize) -> &'a Matrix<R> {
        &self.entries[i].value
    }

    /// The account of entry `i`, opened with zeros; none if no parameter stands behind it.
    fn account(&mut self, i: usize) -> Option<&mut Matrix<R>> {
        let entry = &self.entries[i];
        entry.wanted.then(|| self.to[i].get_or_insert_with(|| like(&entry.value)))
    }

    /// Adds `more`.
    fn add(&mut self, i: usize, more: Matrix<R>) {
        match &mut self.to[i] {
            _ if !self.entries[i].wanted => {}
            Some(known) => *known += more,
            none => *none = Some(more),
        }
    }

    /// Adds A ∘ B.
    fn add_times(&mut self, i: usize, a: &Matrix<R>, b: &Matrix<R>) {
        if let Some(known) = self.account(i) {
            let (to, a, b) = (known.as_mut_slice(), a.as_slice(), b.as_slice());
            vectorised::update(to, a, b, |y, a, b| y + a * b);
        }
    }

    /// Adds A B.
    fn add_product<A, B>(&mut self, i: usize, a: &Any<R, A>, b: &Any<R, B>)
    where
        A: Storage<R, Dyn, Dyn>,
        B: Storage<R, Dyn, Dyn>,
    {
        if let Some(known) = self.account(i) {
            add_product(known, a, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Mlp};
    use dynamics::Stream;
    use rand_distr::{Distribution, StandardNormal};

    type Loss = for<'t> fn(&'t Tape<f64>, &[Var<'t, f64>]) -> Var<'t, f64>;

    /// Normal numbers, in the shapes asked for.
    fn drawn(shapes: &[(usize, usize)]) -> Vec<Matrix<f64>> {
        let mut generator = Stream::new(7, "gradients").generator();
        let draw = |&(rows, columns): &(usize, usize)| {
            Matrix::from_fn(rows, columns, |_, _| StandardNormal.sample(&mut generator))
        };
        shapes.iter().map(draw).collect()
    }

    fn value(loss: Loss, at: &[Matrix<f64>]) -> f64 {
        let tape = Tape::new();
        let given: Vec<_> = at.iter().map(|m| tape.parameter(m.clone())).collect();
        loss(&tape, &given).number()
    }

    /// The largest distance of a gradient from central differences, by every entry of
    /// every matrix: h² of the third derivative and ε/h of rounding, both near 1e-10.
    fn error(loss: Loss, shapes: &[(usize, usize)]) -> f64 {
        let at = drawn(shapes);
        let tape = Tape::new();
        let given: Vec<_> = at.iter().map(|m| tape.parameter(m.clone())).collect();
        let gradients = tape.gradients(loss(&tape, &given), &given);
        let (h, mut worst) = (1e-5, 0.0_f64);
        for (k, gradient) in gradients.iter().enumerate() {
            assert_eq!(gradient.shape(), at[k].shape());
            for e in 0..at[k].len() {
                let moved = |by: f64| {
                    let mut there = at.clone();
                    there[k][e] += by;
                    value(loss, &there)
                };
                let difference = (moved(h) - moved(-h)) / (2.0 * h);
                worst = worst.max((gradient[e] - difference).abs());
            }
        }
        worst
    }

    /// A number made of every entry, each in its own way, so that a gradient that is
    /// turned or moved does not pass.
    fn bent<'t>(tape: &'t Tape<f64>, a: Var<'t, f64>) -> Var<'t, f64> {
        let (rows, columns) = a.shape();
        let weight = |i: usize, j: usize| 0.4 + 0.3 * i as f64 - 0.2 * j as f64;
        a.times(tape.constant(Matrix::from_fn(rows, columns, weight))).squared().mean()
    }

    #[test]
    fn the_gradient_of_every_operation_is_a_limit_of_differences() {
        type Case<'a> = (&'a str, Loss, &'a [(usize, usize)]);
        let cases: [Case<'_>; 14] = [
            ("A B", |t, p| bent(t, p[0] * p[1]), &[(3, 4), (4, 2)]),
            ("long A B", |t, p| bent(t, p[0] * p[1]), &[(7, 8), (8, 6)]),
            (
                "W X + b",
                |t, p| bent(t, p[0].affine(p[1], p[2])),
                &[(3, 2), (2, 5), (3, 1)],
            ),
            (
                "long W X + b",
                |t, p| bent(t, p[0].affine(p[1], p[2])),
                &[(8, 7), (7, 9), (8, 1)],
            ),
            ("A + B", |t, p| bent(t, p[0] + p[1]), &[(2, 3), (2, 3)]),
            ("A + A", |t, p| bent(t, p[0] + p[0]), &[(2, 3)]),
            ("A − B", |t, p| bent(t, p[0] - p[1]), &[(2, 3), (2, 3)]),
            ("A ∘ B", |t, p| bent(t, p[0].times(p[1])), &[(2, 3), (2, 3)]),
            ("c A", |t, p| bent(t, p[0].scaled(-1.7)), &[(2, 3)]),
            ("tanh A", |t, p| bent(t, Activation::Tanh.apply(p[0])), &[(2, 3)]),
            ("A diag r", |t, p| bent(t, p[0].columns_times(p[1])), &[(2, 3), (1, 3)]),
            ("sums of columns", |t, p| bent(t, p[0].column_sums()), &[(4, 3)]),
            ("A over B", |t, p| bent(t, p[0].over(p[1])), &[(2, 3), (4, 3)]),
            ("mean", |_, p| p[0].mean().squared(), &[(4, 3)]),
        ];
        for (name, loss, shapes) in cases {
            let error = error(loss, shapes);
            assert!(error < 1e-8, "{name}: {error:e}");
        }
    }

    #[test]
    fn a_loss_with_derivatives_of_the_network_in_it_has_gradients() {
        // ½|s|² + ∇·s of a network of two entries: implicit score matching.
        let loss = |activation| -> Loss {
            match activation {
                Activation::Tanh => |t, p| implicit(Activation::Tanh, t, p),
                Activation::Silu => |t, p| implicit(Activation::Silu, t, p),
            }
        };
        fn implicit<'t>(
            activation: Activation,
            tape: &'t Tape<f64>,
            w: &[Var<'t, f64>],
        ) -> Var<'t, f64> {
            let mlp = Mlp { sizes: vec![2, 5, 4, 2], activation };
            let x = Matrix::from_fn(2, 3, |i, j| 0.7 * i as f64 - 0.4 * j as f64 + 0.1);
            let unit = |k| tape.constant(Matrix::from_fn(2, 3, |i, _| f64::from(i == k)));
            let directions = [unit(0), unit(1)];
            let (s, moved) = mlp.along(w, tape.constant(x), &directions);
            let pairs = moved.iter().zip(&directions);
            let terms = pairs.map(|(v, e)| v.times(*e).column_sums());
            let divergence = terms.reduce(|a, b| a + b).expect("two coordinates");
            (s.squared().column_sums().scaled(0.5) + divergence).mean()
        }
        let shapes =
            Mlp { sizes: vec![2, 5, 4, 2], activation: Activation::Tanh }.shapes();
        for activation in [Activation::Tanh, Activation::Silu] {
            let error = error(loss(activation), &shapes);
            assert!(error < 1e-8, "{activation:?}: {error:e}");
        }
    }

    #[test]
    fn nothing_is_owed_to_constants_and_to_what_comes_after() {
        let tape = Tape::<f64>::new();
        let [a, b] = [2.0, 3.0].map(|x| Matrix::from_element(1, 1, x));
        let (a, b) = (tape.constant(a), tape.parameter(b));
        let loss = a.times(b) + a - a.scaled(0.5);
        let after = loss.squared();
        let gradients = tape.gradients(loss, &[a, b, after]);
        let numbers: Vec<_> = gradients.iter().map(|g| g[0]).collect();
        assert_eq!(numbers, [0.0, 2.0, 0.0]);
    }

    #[test]
    #[should_panic(expected = "of one number")]
    fn a_gradient_of_many_numbers_is_refused() {
        let tape = Tape::<f64>::new();
        let a = tape.parameter(Matrix::zeros(2, 2));
        tape.gradients(a, &[a]);
    }
}
