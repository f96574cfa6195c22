//! A loss that learns a score and asks for none: integration by parts takes the derivative
//! from the law, which is unknown, and gives it to the model.

use ch01_flows::fields::Number;
use ch01_flows::laws::{Place, lift, towards};
use ch01_flows::quadrature::GaussLegendre;
use ch01_flows::transport::divergence;
use dynamics::Point;
use nalgebra::{Cholesky, SMatrix, SVector};
use num_dual::Dual64;
use std::fmt;

// ANCHOR: by-parts
/// At x and along axis i: sᵢ ∂ᵢp and p ∂ᵢsᵢ, which make up the slope of p sᵢ, and
/// p sᵢ itself.
pub fn by_parts<const D: usize>(
    p: impl Fn(&Place<D>) -> Dual64,
    s: impl Fn(&Place<D>) -> Place<D>,
    i: usize,
    x: &Point<D>,
) -> [f64; 3] {
    let along = towards(x, i);
    let (p, s) = (p(&along), s(&along)[i]);
    [s.re * p.eps, p.re * s.eps, p.re * s.re]
}
// ANCHOR_END: by-parts

// ANCHOR: implicit
/// ½|s(x)|² + ∇·s(x), which needs the model s alone.
pub fn implicit_at<const D: usize>(
    s: impl Fn(&Place<D>) -> Place<D>,
    x: &Point<D>,
) -> f64 {
    let value = s(&lift(x)).map(|s| s.re);
    0.5 * value.norm_squared() + divergence(s, x)
}
// ANCHOR_END: implicit

// ANCHOR: border
/// ∫ p (½s² + s′) dx − [p s] for a law on an interval, where p need not vanish at
/// the ends.
pub fn implicit_on(
    p: impl Fn(f64) -> f64,
    s: impl Fn(Dual64) -> Dual64,
    (low, high): (f64, f64),
) -> f64 {
    let inside = |x: f64| {
        let s = s(Dual64::new(x, 1.0));
        p(x) * (0.5 * s.re * s.re + s.eps)
    };
    let end = |x: f64| p(x) * s(Dual64::from(x)).re;
    let rule = GaussLegendre::new(64);
    rule.integral(inside, low, high) - (end(high) - end(low))
}
// ANCHOR_END: border

// ANCHOR: weighted
/// ½ w s² + (w s)′ at x: where w p s = 0 at the ends, nothing else is to be done.
pub fn weighted_at(
    w: impl Fn(Dual64) -> Dual64,
    s: impl Fn(Dual64) -> Dual64,
    x: f64,
) -> f64 {
    let x = Dual64::new(x, 1.0);
    let (w, s) = (w(x), s(x));
    0.5 * w.re * s.re * s.re + (w * s).eps
}
// ANCHOR_END: weighted

// ANCHOR: sample
/// 1/N Σ (½|s(xₖ)|² + ∇·s(xₖ)) over N draws.
pub fn sample_loss<const D: usize>(
    s: impl Fn(&Place<D>) -> Place<D>,
    data: &[Point<D>],
) -> f64 {
    data.iter().map(|x| implicit_at(&s, x)).sum::<f64>() / data.len() as f64
}

/// The score s(x) = −P (x − μ) of a Gaussian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianScore<const D: usize> {
    /// μ.
    pub mean: Point<D>,
    /// P, symmetric.
    pub precision: SMatrix<f64, D, D>,
}

impl<const D: usize> GaussianScore<D> {
    /// s(x).
    pub fn at<T: Number>(&self, x: &SVector<T, D>) -> SVector<T, D> {
        SVector::from_fn(|i, _| {
            let term = |j| (x[j] - self.mean[j]) * -self.precision[(i, j)];
            (0..D).map(term).sum::<T>()
        })
    }

    /// The one of the least loss over these draws: their mean, and the inverse of
    /// their covariance with 1/N.
    ///
    /// # Errors
    /// If the draws have no spread in some direction: the loss has no least value.
    pub fn fit(data: &[Point<D>]) -> Result<Self, Flat> {
        let n = data.len() as f64;
        let mean = data.iter().sum::<Point<D>>() / n;
        let square = |x: &Point<D>| (x - mean) * (x - mean).transpose();
        let spread = data.iter().map(square).sum::<SMatrix<f64, D, D>>() / n;
        let flat = Flat { draws: data.len(), dimension: D };
        let factor = Cholesky::new(spread).ok_or(flat)?;
        // What is left of a variance when the coordinates before it are known.
        let left = |i: usize| factor.l_dirty()[(i, i)].powi(2);
        if (0..D).all(|i| left(i) > 1e-12 * spread[(i, i)]) {
            Ok(Self { mean, precision: factor.inverse() })
        } else {
            Err(flat)
        }
    }
}
// ANCHOR_END: sample

/// The draws lie in a plane, on a line or at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flat {
    /// How many draws.
    pub draws: usize,
    /// Of what dimension.
    pub dimension: usize,
}

impl fmt::Display for Flat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { draws, dimension } = self;
        write!(
            f,
            "{draws} draws do not spread in all {dimension} dimensions, and a Gaussian \
             score fitted to them would be infinitely steep: take more than {dimension} \
             finite draws, or leave out coordinates that follow from the others"
        )
    }
}

impl std::error::Error for Flat {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_needs_spread_in_every_direction() {
        let line = [[0.1, 0.3], [0.2, 0.6], [-0.4, -1.2], [0.7, 2.1]];
        let line = line.map(|x| Point::<2>::from_row_slice(&x));
        let error = GaussianScore::fit(&line).unwrap_err();
        assert_eq!(error, Flat { draws: 4, dimension: 2 });
        assert!(error.to_string().starts_with("4 draws do not spread in all 2"));
        assert!(GaussianScore::fit(&line[..1]).is_err());
        assert!(GaussianScore::<2>::fit(&[]).is_err());
        assert!(GaussianScore::fit(&[line[0], Point::<2>::new(f64::NAN, 1.0)]).is_err());
    }

    #[test]
    fn both_parts_of_a_slope_in_their_order() {
        // p = x² y and s = (xy, x + 3y), along the second axis.
        let p = |x: &Place<2>| x[0] * x[0] * x[1];
        let s = |x: &Place<2>| Place::<2>::new(x[0] * x[1], x[0] + x[1] * 3.0);
        let [first, second, product] = by_parts(p, s, 1, &Point::<2>::new(0.7, 1.3));
        // (x + 3y) x², 3x² y and x² y (x + 3y), which are rounded.
        assert!((first - 4.6 * 0.49).abs() < 1e-14);
        assert!((second - 3.0 * 0.49 * 1.3).abs() < 1e-14);
        assert!((product - 0.49 * 1.3 * 4.6).abs() < 1e-14);
    }

    #[test]
    fn draws_are_flat_whichever_way_they_are_rounded() {
        for k in 1..40 {
            let slope = 0.1 * f64::from(k);
            let line = [0.1, 0.2, -0.4, 0.7].map(|x| Point::<2>::new(x, slope * x));
            assert!(GaussianScore::fit(&line).is_err(), "a line of slope {slope}");
            let plane = [[0.1, 0.5], [0.2, -0.3], [-0.4, 0.6], [0.7, 0.2], [0.3, 0.3]];
            let plane = plane.map(|[x, y]| Point::<3>::new(x, y, slope * x - y));
            assert!(GaussianScore::fit(&plane).is_err(), "a plane of slope {slope}");
        }
    }

    #[test]
    fn a_fit_does_not_ask_for_units() {
        let data = [[0.1, 0.5], [0.2, -0.3], [-0.4, 0.6], [0.7, 0.2], [0.3, 0.3]];
        let fit = |unit: f64| {
            let data = data.map(|x| Point::<2>::from_row_slice(&x) * unit);
            GaussianScore::fit(&data).expect("spread").precision * (unit * unit)
        };
        for unit in [1e-8, 1e6] {
            assert!((fit(unit) - fit(1.0)).norm() < 1e-12 * fit(1.0).norm());
        }
        // Nor for much spread: a part of 1e-5 of it is enough.
        let thin = data.map(|[x, y]| Point::<2>::new(x, x + 1e-5 * y));
        assert!(GaussianScore::fit(&thin).is_ok());
    }
}
