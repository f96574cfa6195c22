//! Picard's iteration: the path under the integral is the path of the round before.

use dynamics::{State, TimeGrid, VectorField};

// ANCHOR: picard
/// X⁽ᵏ⁺¹⁾_t = x₀ + ∫₀ᵗ u_r(X⁽ᵏ⁾_r) dr at the times of the grid: one round.
///
/// Three neighbours at a time: the parabola through their velocities is
/// integrated to the second and to the third (Simpson's rule). Errors of
/// order h⁴.
///
/// # Panics
/// If `grid` has an odd number of steps.
pub fn picard_round<S: State>(
    field: &(impl VectorField<S> + ?Sized),
    grid: TimeGrid,
    path: &[S],
) -> Vec<S> {
    assert!(
        grid.steps.is_multiple_of(2),
        "Simpson's rule takes steps in pairs: {}",
        grid.steps
    );
    let h = grid.h();
    let velocity = |(t, x)| field.velocity(t, x);
    let u: Vec<S> = grid.times().zip(path).map(velocity).collect();
    let mut next = vec![path[0].clone()];
    for i in (0..grid.steps).step_by(2) {
        let (x, a, b, c) = (next[i].clone(), &u[i], &u[i + 1], &u[i + 2]);
        let sum = |wa, wb, wc| x.plus(h * wa, a).plus(h * wb, b).plus(h * wc, c);
        next.push(sum(5.0 / 12.0, 8.0 / 12.0, -1.0 / 12.0));
        next.push(sum(1.0 / 3.0, 4.0 / 3.0, 1.0 / 3.0));
    }
    next
}

/// The paths X⁽⁰⁾, …, X⁽ᵏ⁾, from the guess that nothing moves.
pub fn picard<S: State>(
    field: &(impl VectorField<S> + ?Sized),
    grid: TimeGrid,
    x0: S,
    k: usize,
) -> Vec<Vec<S>> {
    let mut paths = vec![vec![x0; grid.steps + 1]];
    for round in 0..k {
        paths.push(picard_round(field, grid, &paths[round]));
    }
    paths
}
// ANCHOR_END: picard

/// (M/L) (LT)ᵏ⁺¹/(k + 1)! e^{LT}: how far iterate k can be from the solution at time T,
/// for a field with Lipschitz constant L and M = max |u_t(x₀)|.
pub fn picard_bound(lipschitz: f64, fastest: f64, end: f64, k: usize) -> f64 {
    let product = lipschitz * end;
    let term = (1..=k + 1).fold(1.0, |term, j| term * product / j as f64);
    fastest / lipschitz * term * product.exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_round_integrates_a_parabola_exactly() {
        let grid = TimeGrid::new(0.5, 2.0, 6);
        let field = |t: f64, _: &f64| 3.0 * t * t - t;
        let exact = |t: f64| t.powi(3) - t * t / 2.0;
        let path = &picard(&field, grid, exact(0.5), 1)[1];
        for (t, x) in grid.times().zip(path) {
            assert!((x - exact(t)).abs() < 1e-14);
        }
    }

    #[test]
    fn the_bound_is_the_remainder_of_the_series_times_its_factor() {
        // M/L = 1.5, LT = 1: 1.5 · 1/2! · e and 1.5 · 1/4! · e.
        assert!((picard_bound(2.0, 3.0, 0.5, 1) - 0.75 * 1.0_f64.exp()).abs() < 1e-15);
        assert!((picard_bound(2.0, 3.0, 0.5, 3) - 0.0625 * 1.0_f64.exp()).abs() < 1e-15);
    }

    #[test]
    #[should_panic(expected = "pairs")]
    fn an_odd_number_of_steps_is_refused() {
        let _ = picard(&|_: f64, x: &f64| *x, TimeGrid::new(0.0, 1.0, 3), 1.0, 1);
    }
}
