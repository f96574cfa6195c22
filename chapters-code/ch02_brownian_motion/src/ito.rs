//! Itô's lemma as code: the differential of a function of a process.

use dynamics::{Point, ScalarNoise, Sde};
use nalgebra::{SMatrix, SVector};
use num_dual::{Dual2_64, HyperDual64};

// ANCHOR: infinitesimal
/// G(t, x), with D rows and M columns: column k is what a unit of the k-th
/// noise does.
pub fn noise_matrix<const D: usize, const M: usize>(
    sde: &(impl Sde<Point<D>, Point<M>> + ?Sized),
    t: f64,
    x: &Point<D>,
) -> SMatrix<f64, D, M> {
    let unit = |k: usize| Point::<M>::from_fn(|i, _| if i == k { 1.0 } else { 0.0 });
    let columns: [_; M] = std::array::from_fn(|k| sde.noise(t, x, &unit(k)));
    SMatrix::from_columns(&columns)
}

/// a(t, x) = G Q Gᵀ, with D rows and D columns: the covariance that X gains per
/// unit of time, if W gains Q.
pub fn covariance_rate<const D: usize, const M: usize>(
    sde: &(impl Sde<Point<D>, Point<M>> + ?Sized),
    q: &SMatrix<f64, M, M>,
    t: f64,
    x: &Point<D>,
) -> SMatrix<f64, D, D> {
    let g = noise_matrix(sde, t, x);
    g * q * g.transpose()
}
// ANCHOR_END: infinitesimal

// ANCHOR: square
/// f²h², 2fg h ΔW and g²ΔW²: the terms of the square of f h + g ΔW, of the
/// sizes h², h√h and h.
pub fn square_of_increment(f: f64, g: f64, h: f64, dw: f64) -> [f64; 3] {
    [(f * h).powi(2), 2.0 * f * g * h * dw, (g * dw).powi(2)]
}
// ANCHOR_END: square

// ANCHOR: ito
/// dF = drift dt + noise dW, of a function F(t, X_t), where X_t = x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Differential<W> {
    /// Units of F per unit of time.
    pub drift: f64,
    /// Units of F per unit of W: a number, or one number for each noise.
    pub noise: W,
}

/// Itô's lemma for dX = f dt + g dW on the line, with a standard W.
///
/// F is called twice: once to see its change in time, once its slope and its
/// curvature in x.
pub fn ito(
    function: impl Fn(Dual2_64, Dual2_64) -> Dual2_64,
    sde: &(impl ScalarNoise<f64> + ?Sized),
    t: f64,
    x: f64,
) -> Differential<f64> {
    let (now, here) = (Dual2_64::from_re(t), Dual2_64::from_re(x));
    let rate = function(now.derivative(), here).v1;
    let in_place = function(now, here.derivative());
    let (slope, curvature) = (in_place.v1, in_place.v2);
    let (f, g) = (sde.drift(t, &x), sde.diffusion(t, &x));
    Differential { drift: rate + f * slope + 0.5 * g * g * curvature, noise: g * slope }
}
// ANCHOR_END: ito

// ANCHOR: ito-nd
/// Itô's lemma for dX = f dt + G dW in ℝᴰ, driven by M noises with
/// Cov(dW) = Q dt.
///
/// F is called once for its change in time and once for each pair (i, j) of
/// coordinates, of which one carries ε₁ and the other ε₂.
pub fn ito_nd<const D: usize, const M: usize>(
    function: impl Fn(HyperDual64, &SVector<HyperDual64, D>) -> HyperDual64,
    sde: &(impl Sde<Point<D>, Point<M>> + ?Sized),
    q: &SMatrix<f64, M, M>,
    t: f64,
    x: &Point<D>,
) -> Differential<Point<M>> {
    let (now, here) = (HyperDual64::from_re(t), x.map(HyperDual64::from_re));
    let rate = function(now.derivative1(), &here).eps1;
    let in_place = |i: usize, j: usize| {
        let mut place = here;
        place[i] = place[i].derivative1();
        place[j] = place[j].derivative2();
        function(now, &place)
    };
    let gradient = Point::<D>::from_fn(|i, _| in_place(i, i).eps1);
    let curvature = SMatrix::<f64, D, D>::from_fn(|i, j| in_place(i, j).eps1eps2);
    let a = covariance_rate(sde, q, t, x);
    // The dot product of two matrices is the sum over all i and j.
    Differential {
        drift: rate + gradient.dot(&sde.drift(t, x)) + 0.5 * curvature.dot(&a),
        noise: noise_matrix(sde, t, x).transpose() * gradient,
    }
}
// ANCHOR_END: ito-nd
