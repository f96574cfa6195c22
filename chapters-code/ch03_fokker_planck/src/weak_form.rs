//! The equation of the density under an integral: averages at one time, and four ways to
//! write their rate of change.

use crate::flux::flux;
use crate::operators::{Diffusion, Smooth, adjoint_terms, generator};
use ch01_flows::quadrature::trapezoid;
use dynamics::Point;
use nalgebra::SVector;
use num_dual::Dual64;

/// Points of the trapezoid rule: it is spectral for what vanishes at both ends.
const POINTS: usize = 6000;

/// A number with one derivative, and the point beside it.
fn dual(value: f64, slope: f64) -> Dual64 {
    Dual64::new(value, slope)
}

// ANCHOR: average
/// E h(X_t) = ∫ h(x) p(x, t) dx at the one time t > 0. With h = 1 the mass, which
/// is 1 at every time. Outside `range`, h p must be negligible.
pub fn average(
    density: &impl Smooth<1>,
    h: impl Fn(f64) -> f64,
    t: f64,
    range: (f64, f64),
) -> f64 {
    let weighed = |x: f64| h(x) * density.at(t, &Point::<1>::new(x));
    trapezoid(weighed, range.0, range.1, POINTS)
}
// ANCHOR_END: average

// ANCHOR: weak-form
/// d/dt E φ(X_t), four times: the integrals of φ ∂ₜp, of p 𝒜φ, of φ′ J, and of
/// φ 𝒜*p, where J = f p − ½ (a p)′.
///
/// φ does not depend on t. At both ends of `range`, p and its slope must be
/// negligible: the four differ by what stands there.
pub fn weak_form(
    diffusion: &impl Diffusion<1>,
    density: &impl Smooth<1>,
    phi: &impl Smooth<1>,
    t: f64,
    range: (f64, f64),
) -> [f64; 4] {
    type Integrand<'a> = &'a dyn Fn(&Point<1>) -> f64;
    let integral = |integrand: Integrand<'_>| {
        let at = |x: f64| integrand(&Point::<1>::new(x));
        trapezoid(at, range.0, range.1, POINTS)
    };
    let change = |x: &Point<1>| density.at(dual(t, 1.0), &x.map(Dual64::from)).eps;
    let slope = |x: &Point<1>| {
        phi.at(Dual64::from(t), &SVector::<_, 1>::new(dual(x[0], 1.0))).eps
    };
    let adjoint = |x: &Point<1>| adjoint_terms(diffusion, density, t, x).sum::<f64>();
    [
        integral(&|x| phi.at(t, x) * change(x)),
        integral(&|x| density.at(t, x) * generator(diffusion, phi, t, x)),
        integral(&|x| slope(x) * flux(diffusion, density, t, x)[0]),
        integral(&|x| phi.at(t, x) * adjoint(x)),
    ]
}
// ANCHOR_END: weak-form
