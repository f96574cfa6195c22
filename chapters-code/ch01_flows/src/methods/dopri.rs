//! The embedded pair of Dormand and Prince.

use dynamics::{Embedded, Normed, OdeMethod, State, VectorField};

/// The method of Dormand and Prince of order 5, with a companion of order 4 made of the
/// same velocities: the difference of the two says how wrong the step is.
///
/// Six evaluations of the field per step, a seventh for the error.
///
/// Dormand & Prince, *A family of embedded Runge–Kutta formulae* (1980).
#[derive(Clone, Copy, Debug)]
pub struct DormandPrince;

// ANCHOR: step
/// Where in the step each of the velocities k₁ … k₆ is taken.
const C: [f64; 6] = [0.0, 1.0 / 5.0, 3.0 / 10.0, 4.0 / 5.0, 8.0 / 9.0, 1.0];

/// How the point where k₂ … k₆ is taken is reached with the velocities before
/// it.
const A: [&[f64]; 6] = [
    &[],
    &[1.0 / 5.0],
    &[3.0 / 40.0, 9.0 / 40.0],
    &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0],
    &[19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0],
    &[9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0],
];

/// The weights of k₁ … k₆ in the step, of order 5.
const B: [f64; 6] =
    [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0];

/// What must be subtracted from these weights to get the companion of order
/// 4. The last belongs to k₇, the velocity at the new point.
const E: [f64; 7] = [
    71.0 / 57600.0,
    0.0,
    -71.0 / 16695.0,
    71.0 / 1920.0,
    -17253.0 / 339200.0,
    22.0 / 525.0,
    -1.0 / 40.0,
];

/// x + h Σ wᵢ kᵢ.
#[inline]
fn combined<S: State>(h: f64, x: &S, weights: &[f64], k: &[S]) -> S {
    weights.iter().zip(k).fold(x.clone(), |mut sum, (w, k)| {
        sum.add_scaled(h * w, k);
        sum
    })
}

/// The velocities k₁ … k₆.
#[inline]
fn stages<S: State>(
    field: &(impl VectorField<S> + ?Sized),
    t: f64,
    h: f64,
    x: &S,
) -> [S; 6] {
    let k1 = field.velocity(t, x);
    let mut k = std::array::from_fn(|_| k1.clone());
    for i in 1..6 {
        k[i] = field.velocity(t + C[i] * h, &combined(h, x, A[i], &k[..i]));
    }
    k
}
// ANCHOR_END: step

impl OdeMethod for DormandPrince {
    const ORDER: u32 = 5;

    #[inline]
    fn step<S: State>(
        &self,
        field: &(impl VectorField<S> + ?Sized),
        t: f64,
        h: f64,
        x: &S,
    ) -> S {
        combined(h, x, &B, &stages(field, t, h, x))
    }
}

impl Embedded for DormandPrince {
    fn step_with_error<S: Normed>(
        &self,
        field: &(impl VectorField<S> + ?Sized),
        t: f64,
        h: f64,
        x: &S,
    ) -> (S, S) {
        let k = stages(field, t, h, x);
        let y = combined(h, x, &B, &k);
        let k7 = field.velocity(t + h, &y);
        // 0 = k₁ − k₁, the only zero that every state knows.
        let zero = k7.plus(-1.0, &k7);
        let error = combined(h, &zero, &E[..6], &k).plus(h * E[6], &k7);
        (y, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tableau_sums_to_its_time() {
        for (row, c) in A.iter().zip(C) {
            // Five terms of size up to 12, each rounded.
            assert!((row.iter().sum::<f64>() - c).abs() < 2e-14);
        }
        assert!((B.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(E.iter().sum::<f64>().abs() < 1e-16);
    }

    #[test]
    fn quadrature_conditions_hold_to_their_orders() {
        let moment = |w: &[f64], p: i32| -> f64 {
            w.iter()
                .zip([C.as_slice(), &[1.0]].concat())
                .map(|(w, c)| w * c.powi(p))
                .sum()
        };
        // Of order 5: ∫ sᵖ ds = 1/(p + 1) for p ≤ 4. The companion: for p ≤ 3 only.
        for p in 1..5 {
            assert!((moment(&B, p) - 1.0 / f64::from(p + 1)).abs() < 1e-15);
        }
        for p in 1..4 {
            assert!(moment(&E, p).abs() < 1e-16);
        }
        assert!(moment(&E, 4).abs() > 1e-4);
    }

    #[test]
    fn the_error_has_a_zero_for_a_field_that_is_solved_exactly() {
        let (y, error) =
            DormandPrince.step_with_error(&|t: f64, _: &f64| t * t, 1.0, 0.5, &2.0);
        assert!((y - (2.0 + (1.5_f64.powi(3) - 1.0) / 3.0)).abs() < 1e-15);
        assert!(error.abs() < 1e-16);
    }
}
