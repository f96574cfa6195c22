//! Strong orders: how fast a method nears the solution on one and the same path.

use crate::{GeometricBrownian, OrnsteinUhlenbeck, brownian_path, follow};
use dynamics::{Generator, Increment, SdeMethod, Stream, TimeGrid};

/// A Brownian path on a grid, and the end X_T of the solution that it drives.
pub type Solved = (Vec<f64>, f64);

// ANCHOR: coupled
/// An equation on the line whose solution is known along each Brownian path.
#[derive(Clone, Copy, Debug)]
pub struct Coupled<E, F> {
    /// f and g.
    pub sde: E,
    /// The start.
    pub x0: f64,
    /// The finest grid, from time 0 to T.
    pub grid: TimeGrid,
    /// Draws a path on that grid, and X_T with it.
    pub solved: F,
}

impl<E, F: Fn(TimeGrid, &mut Generator) -> Solved> Coupled<E, F> {
    /// |X_T − x_n| for many paths: `errors[k][j]` on path j, with the steps of
    /// the grid taken `strides[k]` at a time. A coarse path is every so
    /// many-th value of the fine one.
    pub fn errors<M: SdeMethod<E, f64, f64>>(
        &self,
        method: &M,
        strides: &[usize],
        paths: usize,
        stream: Stream,
    ) -> Vec<Vec<f64>> {
        let mut generator = stream.generator();
        let mut errors = vec![Vec::with_capacity(paths); strides.len()];
        for _ in 0..paths {
            let (path, end) = (self.solved)(self.grid, &mut generator);
            for (errors, &stride) in errors.iter_mut().zip(strides) {
                let times: Vec<f64> = self.grid.times().step_by(stride).collect();
                let coarse: Vec<f64> = path.iter().copied().step_by(stride).collect();
                let states = follow(method, &self.sde, &times, &coarse, self.x0);
                errors.push((end - states[states.len() - 1]).abs());
            }
        }
        errors
    }
}
// ANCHOR_END: coupled

// ANCHOR: order
/// A sampled order and its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The least-squares slope of log mean error against log h.
    pub slope: f64,
    /// The standard deviation of that slope from one sample to the next.
    pub error: f64,
}

impl Order {
    /// The order seen in `errors[k][j]`, on path j with the step `h[k]`.
    ///
    /// The slope is Σ cₖ log mₖ with fixed numbers cₖ and the means mₖ of the
    /// errors. A mean that is off by δ moves log mₖ by δ/mₖ, so the slope moves
    /// by the mean over the paths of Σ cₖ (errors[k][j]/mₖ − 1), a number of
    /// path j alone: its spread over √paths is the standard error. That the same
    /// path is used at each step is thereby counted in.
    pub fn of(h: &[f64], errors: &[Vec<f64>]) -> Self {
        let logs: Vec<f64> = h.iter().map(|h| h.ln()).collect();
        let middle = mean(&logs);
        let square: f64 = logs.iter().map(|l| (l - middle).powi(2)).sum();
        let c: Vec<f64> = logs.iter().map(|l| (l - middle) / square).collect();
        let means: Vec<f64> = errors.iter().map(|e| mean(e)).collect();
        let slope = c.iter().zip(&means).map(|(c, m)| c * m.ln()).sum();
        let paths = errors[0].len();
        let of_path = |j: usize| {
            (0..h.len()).map(|k| c[k] * (errors[k][j] / means[k] - 1.0)).sum::<f64>()
        };
        let squares: f64 = (0..paths).map(|j| of_path(j).powi(2)).sum();
        Self { slope, error: (squares / (paths as f64 - 1.0) / paths as f64).sqrt() }
    }

    /// Half of the interval that holds the slope of all paths in 95 of 100 samples.
    pub fn half_interval(&self) -> f64 {
        1.96 * self.error
    }
}
// ANCHOR_END: order

/// The mean of some numbers.
fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Draws a path and the end of geometric Brownian motion on it.
pub fn solved_geometric(
    sde: GeometricBrownian,
    x0: f64,
) -> impl Fn(TimeGrid, &mut Generator) -> Solved {
    move |grid, generator| {
        let path: Vec<f64> = brownian_path(grid, generator);
        let end = sde.solution(x0, grid.end - grid.start, path[grid.steps]);
        (path, end)
    }
}

/// Draws a path and the end of the Ornstein–Uhlenbeck process on it.
///
/// Over a step X is multiplied by e^{−θh}, and g J is added, where
/// J = ∫ e^{−θ(t + h − r)} dW_r is not a function of the values on the grid. It is
/// normal together with ΔW: by Itô's isometry Var J = (1 − e^{−2θh})/2θ and
/// Cov(J, ΔW) = (1 − e^{−θh})/θ. So J is its part along ΔW and a fresh draw.
pub fn solved_ornstein_uhlenbeck(
    sde: OrnsteinUhlenbeck,
    x0: f64,
) -> impl Fn(TimeGrid, &mut Generator) -> Solved {
    move |grid, generator| {
        let (h, rate) = (grid.h(), sde.rate);
        let kept = (-rate * h).exp();
        let covariance = (1.0 - kept) / rate;
        let variance = (1.0 - kept * kept) / (2.0 * rate);
        let along = covariance / h;
        let beside = (variance - along * covariance).sqrt();
        let (mut path, mut x) = (vec![0.0], x0);
        for i in 0..grid.steps {
            let dw = f64::draw(h.sqrt(), generator);
            let j = along * dw + f64::draw(beside, generator);
            path.push(path[i] + dw);
            x = kept * x + sde.diffusion * j;
        }
        (path, x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_that_are_a_power_of_h_have_its_exponent_and_no_error() {
        let h = [0.5, 0.25, 0.1];
        let errors: Vec<Vec<f64>> =
            h.iter().map(|h: &f64| vec![h.powf(1.5), 3.0 * h.powf(1.5)]).collect();
        let order = Order::of(&h, &errors);
        assert!((order.slope - 1.5).abs() < 1e-14 && order.error < 1e-14);
    }

    #[test]
    fn the_standard_error_is_that_of_repeated_samples() {
        // Two steps: the slope is ln(m₀/m₁)/ln 2, of independent lognormal errors.
        let paths = 400;
        let slopes: Vec<Order> = (0..200)
            .map(|k| {
                let mut generator = Stream::new(7, "slopes").chunk(k);
                let mut draw = |h: f64| -> Vec<f64> {
                    (0..paths).map(|_| h * f64::draw(0.4, &mut generator).exp()).collect()
                };
                let errors = [draw(1.0), draw(0.5)];
                Order::of(&[1.0, 0.5], &errors)
            })
            .collect();
        let found: Vec<f64> = slopes.iter().map(|o| o.slope).collect();
        let middle = mean(&found);
        let spread =
            (found.iter().map(|s| (s - middle).powi(2)).sum::<f64>() / 199.0).sqrt();
        let told = mean(&slopes.iter().map(|o| o.error).collect::<Vec<_>>());
        // A standard deviation of 200 numbers is known to 1/√400, five per cent.
        assert!((spread / told - 1.0).abs() < 0.25, "{spread} {told}");
    }
}
