//! What the density flows by.

use crate::operators::{Diffusion, Smooth};
use ch01_flows::fields::Number;
use nalgebra::SVector;
use num_dual::Dual;

/// `x`, to be differentiated along axis `j`.
pub(crate) fn along<T: Number, const D: usize>(
    x: &SVector<T, D>,
    j: usize,
) -> SVector<Dual<T>, D> {
    let mut place = x.map(Dual::from_re);
    place[j].eps = T::from(1.0);
    place
}

// ANCHOR: flux
/// J = f p − ½ ∇·(a p) at (t, x), component i of the last term being the sum of
/// ∂ⱼ(aᵢⱼ p): what passes a unit of area in a unit of time.
///
/// For any number, so that J can be differentiated once more: ∂ₜp = −∇·J.
pub fn flux<T: Number, const D: usize>(
    diffusion: &impl Diffusion<D>,
    density: &impl Smooth<D>,
    t: T,
    x: &SVector<T, D>,
) -> SVector<T, D> {
    let mut flux = diffusion.drift(t, x) * density.at(t, x);
    for j in 0..D {
        let (now, y) = (Dual::from_re(t), along(x, j));
        let a = diffusion.covariance_rate(now, &y);
        let p = density.at(now, &y);
        for i in 0..D {
            flux[i] -= (a[(i, j)] * p).eps * 0.5;
        }
    }
    flux
}
// ANCHOR_END: flux
