//! Mean and covariance: their equations against their integrals, at one time and at two.

use super::reference::{Plane, apart, integral, kernel, lyapunov, psi, start};
use crate::{AsSde, Eddy, Kernel, LinearSde, Moments, moments};
use ch01_flows::orders::{halvings, slope};
use ch01_flows::{Rk4, integrate};
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::Matrix2;

/// The moments at the end of a grid.
type Carry = fn(Plane, TimeGrid, Moments<2>) -> Moments<2>;

fn equations(carry: Carry) -> Vec<Evidence> {
    let (r, t) = (0.2, 1.5);
    let exact = kernel(r, t).moments(&start());
    let error = |n: usize| {
        let grid = TimeGrid::new(r, t, n);
        (grid.h(), apart(&carry(Plane::Eddy, grid, start()), &exact))
    };
    let settled = carry(Plane::Still, TimeGrid::new(0.0, 60.0, 2400), start());
    let (k, a) = (Plane::Still.matrix(0.0), Plane::Still.covariance_rate(0.0));
    let home = Moments {
        mean: -k.try_inverse().expect("it decays") * Plane::Still.push(0.0),
        covariance: lyapunov(&k, &a),
    };
    vec![
        Evidence::at_most(
            "400 steps against the integrals by quadrature, largest entry",
            error(400).1,
            2.5e-8,
            "ten times (‖K‖h)⁴‖K‖t/120 with ‖K‖ < 4.6, for K stands on both sides",
        ),
        Evidence::order(
            "50 to 400 steps against the integrals by quadrature",
            slope(&halvings(0, 3).iter().map(|k| error(50 * k)).collect::<Vec<_>>()),
            4.0,
            0.1,
            "order 4 of Runge–Kutta; with 50 steps the next term is a few percent",
        ),
        Evidence::at_most(
            "where nothing changes: at t = 60 against K m + b = 0 and KC + CKᵀ + a = 0",
            apart(&settled, &home),
            1e-13,
            "rounding; the start has decayed to e^{−45}",
        ),
    ]
}

/// dC/dt from K, C and G.
type Rate = fn(&Matrix2<f64>, &Matrix2<f64>, &Matrix2<f64>) -> Matrix2<f64>;

/// The equations with other rates of the covariance.
fn otherwise(sde: Plane, grid: TimeGrid, start: Moments<2>, rate: Rate) -> Moments<2> {
    let rates = |t: f64, now: &Moments<2>| Moments {
        mean: sde.matrix(t) * now.mean + sde.push(t),
        covariance: rate(&sde.matrix(t), &now.covariance, &sde.diffusion(t)),
    };
    integrate(&Rk4, &rates, grid, start)
}

/// `fpk-linear-moments`.
pub const MOMENTS: Claim = Claim::new(
    "fpk-linear-moments",
    "mean and covariance obey equations of their own, which the transition matrix solves",
    |_| equations(|sde, grid, start| moments(&sde, grid, start)),
    &[
        Slip::printed("twice K C", "E004-32", |_| {
            equations(|sde, grid, start| {
                otherwise(sde, grid, start, |k, c, g| k * c * 2.0 + g * g.transpose())
            })
        }),
        Slip::new("K on the wrong side", |_| {
            equations(|sde, grid, start| {
                otherwise(sde, grid, start, |k, c, g| {
                    k.transpose() * c + c * k + g * g.transpose()
                })
            })
        }),
        Slip::new("G Gᵀ the wrong way round", |_| {
            equations(|sde, grid, start| {
                otherwise(sde, grid, start, |k, c, g| {
                    k * c + c * k.transpose() + g.transpose() * g
                })
            })
        }),
        Slip::new("the covariance decays at the rate of the mean", |_| {
            equations(|sde, grid, start| {
                otherwise(sde, grid, start, |k, c, g| {
                    (k * c + c * k.transpose()) * 0.5 + g * g.transpose()
                })
            })
        }),
        Slip::new("the mean without the push", |_| {
            equations(|sde, grid, start| {
                let mut found = moments(&sde, grid, start);
                found.mean = psi(grid.start, grid.end) * start.mean;
                found
            })
        }),
    ],
);

/// Cov(X_t, X_r) from the kernel between them and the moments at r and at t.
type Cross = fn(&Kernel<2>, &Moments<2>, &Moments<2>) -> Matrix2<f64>;

/// Particles whose places at two times are compared.
const PARTICLES: usize = 5000;

fn two_times(cross: Cross, seed: u64) -> Vec<Evidence> {
    let (r, t) = (0.4, 1.1);
    let early = kernel(0.0, r).moments(&start());
    let between = crate::kernel(&Eddy, TimeGrid::new(r, t, 200));
    let found = cross(&between, &early, &between.moments(&early));
    // The noise up to r is in both.
    let shared = |u| {
        let a = Eddy.covariance_rate(u);
        psi(u, t) * a * psi(u, r).transpose()
    };
    let start = psi(0.0, t) * start().covariance * psi(0.0, r).transpose();
    let exact = start + integral(shared, 0.0, r);
    let mut evidence = vec![Evidence::at_most(
        "against the integral over the noise that both have seen, largest entry",
        (found - exact).amax(),
        2e-9,
        "three times (‖K‖h)⁴‖K‖t/120 with ‖K‖ < 3.8 and h = 0.7/200",
    )];
    let (now, later) = pairs(r, t, seed);
    for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let of =
            |all: &[Point<2>], k: usize| all.iter().map(|x| x[k]).collect::<Vec<_>>();
        evidence.push(Evidence::covariance(
            format!("coordinate {} at t = 1.1 with {} at 0.4", i + 1, j + 1),
            &of(&later, i),
            &of(&now, j),
            found[(i, j)],
            seed,
        ));
    }
    evidence
}

/// Places of particles at two times, by Euler and Maruyama's method in steps of 1/600.
fn pairs(r: f64, t: f64, seed: u64) -> (Vec<Point<2>>, Vec<Point<2>>) {
    let law = start().normal().expect("positive definite");
    let mut generator = Stream::new(seed, "starts in the eddy").generator();
    let mut now: Vec<Point<2>> =
        (0..PARTICLES).map(|_| law.draw(&mut generator)).collect();
    let move_on = |from: f64, to: f64, purpose: &str, all: &mut Vec<Point<2>>| {
        let steps = (600.0 * (to - from)).round() as usize;
        let (grid, stream) = (TimeGrid::new(from, to, steps), Stream::new(seed, purpose));
        simulate(&EulerMaruyama, &AsSde(Eddy), grid, stream, all).expect("finite");
    };
    move_on(0.0, r, "the eddy, early", &mut now);
    let mut later = now.clone();
    move_on(r, t, "the eddy, late", &mut later);
    (now, later)
}

/// `fpk-linear-autocovariance`.
pub const AUTOCOVARIANCE: Claim = Claim::new(
    "fpk-linear-autocovariance",
    "what two times have in common is what the earlier one has, carried to the later",
    |seed| two_times(|kernel, early, _| kernel.cross_covariance(early), seed),
    &[
        Slip::new("the covariance of the later time", |seed| {
            two_times(|kernel, _, late| kernel.cross_covariance(late), seed)
        }),
        Slip::new("rows and columns exchanged", |seed| {
            two_times(|kernel, early, _| kernel.cross_covariance(early).transpose(), seed)
        }),
        Slip::new("as for Brownian motion", |seed| {
            two_times(|_, early, _| early.covariance, seed)
        }),
        Slip::new("carried on twice", |seed| {
            two_times(
                |kernel, early, _| {
                    let psi = kernel.transition;
                    psi * early.covariance * psi.transpose()
                },
                seed,
            )
        }),
    ],
);

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Vector2;

    #[test]
    fn the_reference_solves_its_equation() {
        let (k, a) = (Plane::Still.matrix(0.0), Plane::Still.covariance_rate(0.0));
        let c = lyapunov(&k, &a);
        assert!((k * c + c * k.transpose() + a).norm() < 1e-15);
        assert!((psi(0.4, 0.4) - Matrix2::identity()).norm() == 0.0);
        let area = integral(|u| Vector2::new(u * u, 2.0 * u), 0.0, 3.0);
        assert!((area - Vector2::new(9.0, 9.0)).norm() < 1e-13);
    }
}
