//! Brownian motion and the double well, as averages see them.

use crate::{Diffusion, DoubleWell};
use ch01_flows::fields::Number;
use nalgebra::{SMatrix, SVector};

// ANCHOR: processes
/// dX = dW, where W gains the covariance Q per unit of time.
#[derive(Clone, Copy, Debug)]
pub struct Brownian<const D: usize> {
    /// Q, symmetric and without an eigenvalue below 0.
    pub covariance: SMatrix<f64, D, D>,
}

impl<const D: usize> Diffusion<D> for Brownian<D> {
    fn drift<T: Number>(&self, _t: T, _x: &SVector<T, D>) -> SVector<T, D> {
        SVector::from_element(T::zero())
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, D>) -> SMatrix<T, D, D> {
        self.covariance.map(T::from)
    }
}

impl Diffusion<1> for DoubleWell {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        x.map(|x| x * (-x * x + 1.0) * (4.0 * self.height) - self.tilt)
    }

    fn covariance_rate<T: Number>(&self, _t: T, _x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::from_element(T::from(self.diffusion.powi(2)))
    }
}
// ANCHOR_END: processes

#[cfg(test)]
mod tests {
    use super::*;
    use ch02_brownian_motion::{GeometricBrownian, OrnsteinUhlenbeck};
    use dynamics::{Point, Sde};
    use nalgebra::Matrix1;

    /// Chapter 2 sees the state of a process as a number, chapter 3 as a point.
    fn agree(seen: &impl Diffusion<1>, simulated: &impl Sde<f64>) {
        for x in [-1.7, 0.3, 2.2] {
            let place = Point::<1>::new(x);
            let (f, g) = (simulated.drift(0.4, &x), simulated.noise(0.4, &x, &1.0));
            assert!((seen.drift(0.4, &place)[0] - f).abs() < 1e-14, "{x}");
            assert!((seen.covariance_rate(0.4, &place)[0] - g * g).abs() < 1e-14, "{x}");
        }
    }

    #[test]
    fn averages_see_what_is_simulated() {
        let (ou, growth) = (
            OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.4 },
            GeometricBrownian { growth: 0.3, volatility: 0.6 },
        );
        agree(&ou, &ou);
        agree(&growth, &growth);
        let well = DoubleWell { height: 1.3, tilt: 0.35, diffusion: 0.9 };
        agree(&well, &well);
    }

    #[test]
    fn brownian_motion_does_not_drift() {
        let one = Brownian { covariance: Matrix1::new(0.7) };
        assert_eq!(one.covariance_rate(0.0, &Point::<1>::new(3.0))[0], 0.7);
        assert_eq!(one.drift(0.0, &Point::<1>::new(3.0))[0], 0.0);
    }
}
