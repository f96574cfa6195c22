//! A method of weak order 2.

use dynamics::{Sde, SdeMethod, State};

// ANCHOR: platen
/// Platen's explicit method of weak order 2, for one Brownian motion and a
/// state of any dimension.
///
/// Itô. As G is linear in the increment, G itself is the noise of an increment
/// of 1. Three places are looked at besides x, all at time t + h: f where
/// Euler–Maruyama would go, G a root of h to either side of where the drift
/// goes. Strong order 1, weak order 2; two drifts and three noises a step.
/// `h > 0`; `dw` is the increment over the same interval, of variance `h`.
///
/// Kloeden & Platen (1992), (15.1.1), with time as one more coordinate.
#[derive(Clone, Copy, Debug)]
pub struct Platen;

impl<S: State, E: Sde<S, f64> + ?Sized> SdeMethod<E, S, f64> for Platen {
    const STRONG_ORDER: f64 = 1.0;
    const WEAK_ORDER: f64 = 2.0;

    fn step(&self, sde: &E, t: f64, h: f64, x: &S, dw: &f64) -> S {
        let (f, g) = (sde.drift(t, x), sde.noise(t, x, &1.0));
        let (end, root) = (t + h, h.sqrt());
        let drifted = x.plus(h, &f);
        let f_ahead = sde.drift(end, &drifted.plus(*dw, &g));
        let g_above = sde.noise(end, &drifted.plus(root, &g), &1.0);
        let g_below = sde.noise(end, &drifted.plus(-root, &g), &1.0);
        let spread = (dw * dw - h) / (4.0 * root);
        x.plus(0.5 * h, &f)
            .plus(0.5 * h, &f_ahead)
            .plus(0.5 * dw, &g)
            .plus(0.25 * dw + spread, &g_above)
            .plus(0.25 * dw - spread, &g_below)
    }
}
// ANCHOR_END: platen

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Point;

    /// f and g depend on the time and on the place.
    struct Curved;

    impl Sde<f64> for Curved {
        fn drift(&self, t: f64, x: &f64) -> f64 {
            (x - t).sin()
        }

        fn noise(&self, t: f64, x: &f64, dw: &f64) -> f64 {
            (2.0 + t * x.cos()) * dw
        }
    }

    /// The same with the time as a coordinate that moves at speed 1 without noise.
    struct WithTimeAsCoordinate;

    impl Sde<Point<2>, f64> for WithTimeAsCoordinate {
        fn drift(&self, _t: f64, x: &Point<2>) -> Point<2> {
            Point::<2>::new(1.0, Curved.drift(x.x, &x.y))
        }

        fn noise(&self, _t: f64, x: &Point<2>, dw: &f64) -> Point<2> {
            Point::<2>::new(0.0, Curved.noise(x.x, &x.y, dw))
        }
    }

    #[test]
    fn time_is_one_more_coordinate() {
        let (t, h, x) = (0.7, 0.13, 1.1);
        for dw in [-0.5, 0.2] {
            let y = Platen.step(&Curved, t, h, &x, &dw);
            let start = Point::<2>::new(t, x);
            let z = Platen.step(&WithTimeAsCoordinate, 9.0, h, &start, &dw);
            // A handful of roundings of numbers of order one.
            assert!((z.x - (t + h)).abs() < 1e-15 && (z.y - y).abs() < 1e-14);
        }
    }
}
