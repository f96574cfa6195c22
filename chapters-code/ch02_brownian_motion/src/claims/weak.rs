//! Weak order 2, without sampling.

use super::euler::weak_orders;
use super::nearly::NearlyPlaten;
use super::problems::Affine;
use super::strong::mean_square_order;
use crate::moments::order_at_zero;
use crate::{GeometricBrownian, OrnsteinUhlenbeck, Platen};
use ch01_flows::quadrature::trapezoid;
use dynamics::{Sde, SdeMethod};
use evidence::{Claim, Evidence, Slip};
use num_dual::{DualNum, HyperDual64};
use std::f64::consts::PI;

/// `bm-weak-two`.
pub const WEAK_TWO: Claim = Claim::new(
    "bm-weak-two",
    "Platen's method matches the moments of a step to the square of it: its averages err like that",
    |_| weak_two(Platen),
    &[
        Slip::new("the drift at the start only", |_| {
            weak_two(NearlyPlaten { drift_ahead: false, ..NearlyPlaten::WHOLE })
        }),
        Slip::new("the noise at the start only", |_| {
            weak_two(NearlyPlaten { noise_ahead: false, ..NearlyPlaten::WHOLE })
        }),
        Slip::new("the spread dropped", |_| {
            weak_two(NearlyPlaten { spread: 0.0, ..NearlyPlaten::WHOLE })
        }),
        Slip::new("the spread with the wrong sign", |_| {
            weak_two(NearlyPlaten { spread: -1.0, ..NearlyPlaten::WHOLE })
        }),
        Slip::new("h to either side, not its root", |_| {
            weak_two(NearlyPlaten { side: |h| h, ..NearlyPlaten::WHOLE })
        }),
        Slip::new("the clock left at t", |_| {
            weak_two(NearlyPlaten { clock: 0.0, ..NearlyPlaten::WHOLE })
        }),
    ],
);

/// The moments of one step of `method`, its weak orders and its strong order.
fn weak_two<M>(method: M) -> Vec<Evidence>
where
    M: SdeMethod<Curved, f64, f64>
        + SdeMethod<GeometricBrownian, f64, f64>
        + SdeMethod<OrnsteinUhlenbeck, f64, f64>
        + SdeMethod<Affine, f64, f64>,
{
    let orders = defect_orders(&method);
    let named = orders.map(|order| format!("{order:.3}")).join(", ");
    let worst = orders.map(|order| (order - 3.0).abs());
    vec![
        Evidence::at_most(
            format!(
                "f and g curved in t and x: orders at which the first five moments of one step \
                 leave those of the solution, extrapolated: {named}; largest distance from 3"
            ),
            super::largest(worst),
            0.05,
            "the term left over is of order h², near 0.01 at h = 1/512",
        ),
        weak_orders(&method, 2.0),
        mean_square_order(&method, 1.0),
    ]
}

/// f = cos t + sin x and g = 1.2 + 0.5 sin(x + t): every derivative shows.
struct Curved;

impl Curved {
    fn f<N: DualNum<Primitive = f64> + Copy>(t: N, x: N) -> N {
        t.cos() + x.sin()
    }

    fn g<N: DualNum<Primitive = f64> + Copy>(t: N, x: N) -> N {
        (x + t).sin() * 0.5 + 1.2
    }
}

impl Sde<f64> for Curved {
    fn drift(&self, t: f64, x: &f64) -> f64 {
        Self::f(t, *x)
    }

    fn noise(&self, t: f64, x: &f64, dw: &f64) -> f64 {
        Self::g(t, *x) * dw
    }
}

/// A function of t and x at one place: its value, ∂/∂t, ∂/∂x and ∂²/∂x².
fn parts(
    f: impl Fn(HyperDual64, HyperDual64) -> HyperDual64,
    t: f64,
    x: f64,
) -> [f64; 4] {
    let (still, moving) = (HyperDual64::from_re, HyperDual64::new);
    let in_x = f(still(t), moving(x, 1.0, 1.0, 0.0));
    let in_t = f(moving(t, 1.0, 0.0, 0.0), still(x));
    [in_x.re, in_t.eps1, in_x.eps1, in_x.eps1eps2]
}

/// For k = 1, …, 5 the order of E (x_new − x)ᵏ less the terms h and h² of
/// E (X_{t+h} − x)ᵏ, which are L φ and L² φ for φ(y) = (y − x)ᵏ and the generator
/// L = ∂_t + f ∂_x + ½ g² ∂_x², worked out by hand.
fn defect_orders(method: &impl SdeMethod<Curved, f64, f64>) -> [f64; 5] {
    let (t, x) = (0.7, 0.4);
    let [f, f_t, f_x, f_xx] = parts(Curved::f, t, x);
    let [g, g_t, g_x, g_xx] = parts(Curved::g, t, x);
    let demanded = |h: f64| {
        [
            h * f + 0.5 * h * h * (f_t + f * f_x + 0.5 * g * g * f_xx),
            h * g * g
                + h * h * (f * f + f * g * g_x + g * g_t + g * g * f_x)
                + 0.5 * h * h * g * g * (g_x * g_x + g * g_xx),
            3.0 * h * h * (f * g * g + g * g * g * g_x),
            3.0 * h * h * g.powi(4),
            0.0,
        ]
    };
    let steps = [64, 128, 256, 512].map(|n| 1.0 / f64::from(n));
    let defects = steps.map(|h| {
        let wanted = demanded(h);
        [1, 2, 3, 4, 5].map(|k| {
            let power = |z: f64| {
                let new = method.step(&Curved, t, h, &x, &(h.sqrt() * z));
                (new - x).powi(k) * (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
            };
            // Beyond nine deviations the normal law has 1e-18 left.
            let found = trapezoid(power, -9.0, 9.0, 120);
            (found - wanted[k as usize - 1]).abs()
        })
    });
    [0, 1, 2, 3, 4].map(|k| order_at_zero(&defects.map(|d| d[k])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::problems::GEOMETRIC;
    use crate::{EulerMaruyama, Milstein, Moments, moments};
    use dynamics::TimeGrid;

    #[test]
    fn every_method_has_the_orders_it_declares() {
        fn holds<M: SdeMethod<GeometricBrownian, f64, f64>>(method: M) {
            let strong = mean_square_order(&method, M::STRONG_ORDER);
            assert!(strong.holds(), "{}", strong.line());
            let errors = [64, 128, 256, 512].map(|n| {
                let grid = TimeGrid::new(0.0, 1.0, n);
                let found = moments(&method, &GEOMETRIC, grid, Moments::of(1.0)).second;
                let rate = 2.0 * GEOMETRIC.growth + GEOMETRIC.volatility.powi(2);
                (found - rate.exp()).abs()
            });
            let weak = order_at_zero(&errors);
            assert!((weak - M::WEAK_ORDER).abs() < 0.01, "{weak}");
        }
        holds(EulerMaruyama);
        holds(Milstein);
        holds(Platen);
    }
}
