//! Why one trajectory leaves each point, and how fast neighbours may part.

use crate::fields::Number;
use dynamics::VectorField;

/// u(x) = 2√|x|: continuous, but not Lipschitz at 0, where two trajectories start.
#[derive(Clone, Copy, Debug)]
pub struct SquareRoot;

impl SquareRoot {
    /// u(x) = 2√|x|.
    pub fn at<T: Number>(&self, x: T) -> T {
        x.abs().sqrt() * 2.0
    }
}

impl VectorField<f64> for SquareRoot {
    fn velocity(&self, _t: f64, x: &f64) -> f64 {
        self.at(*x)
    }
}

/// e^{Lt} |x − y|: how far two particles of a field with Lipschitz constant L, once
/// `distance` apart, can be from one another after a time t ≥ 0.
pub fn separation_bound(lipschitz: f64, t: f64, distance: f64) -> f64 {
    (lipschitz * t).exp() * distance
}
