//! The vector fields of the chapter, with their flows where these are known.
//!
//! Each is written once, for any [`Number`]: the methods run it with floats, the checks
//! differentiate the same lines with dual numbers.

use dynamics::VectorField;
use nalgebra::{SMatrix, SVector};
use num_dual::DualNumCopy;
use rand::{Rng, RngExt};

/// A real number, or a dual number over one: what a field can be evaluated at.
pub trait Number: DualNumCopy<Primitive = f64> {}
impl<T: DualNumCopy<Primitive = f64>> Number for T {}

/// u(x) = −θ x: everything decays to 0 at the rate θ.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    /// θ, per unit of time. Negative makes it grow.
    pub rate: f64,
}

impl Linear {
    /// u(x) = −θ x.
    #[inline]
    pub fn at<T: Number>(&self, x: T) -> T {
        -x * self.rate
    }

    /// ψ_t(x₀) = e^{−θt} x₀.
    pub fn flow<T: Number>(&self, t: T, x0: T) -> T {
        (-t * self.rate).exp() * x0
    }
}

// ANCHOR: growth
/// u_t(x) = x cos t: growth in spring, decay in autumn.
#[derive(Clone, Copy, Debug)]
pub struct Growth;

impl Growth {
    /// u_t(x) = x cos t.
    #[inline]
    pub fn at<T: Number>(&self, t: T, x: T) -> T {
        x * t.cos()
    }

    /// ψ_t(x₀) = x₀ e^{sin t}.
    pub fn flow<T: Number>(&self, t: T, x0: T) -> T {
        x0 * t.sin().exp()
    }
}
// ANCHOR_END: growth

impl Growth {
    /// ψ_{r,t}(x) = x e^{sin t − sin r}: from time r to time t.
    pub fn flow_between<T: Number>(&self, r: T, t: T, x: T) -> T {
        x * (t.sin() - r.sin()).exp()
    }
}

/// u(x) = x (1 − x): growth up to a capacity of 1.
#[derive(Clone, Copy, Debug)]
pub struct Logistic;

impl Logistic {
    /// u(x) = x (1 − x).
    #[inline]
    pub fn at<T: Number>(&self, x: T) -> T {
        x * (-x + 1.0)
    }

    /// ψ_t(x₀) = x₀ / (x₀ + (1 − x₀) e^{−t}), for x₀ ≥ 0 and t ≥ 0.
    pub fn flow<T: Number>(&self, t: T, x0: T) -> T {
        x0 / (x0 + (-x0 + 1.0) * (-t).exp())
    }
}

/// u_t(x) = x cos t + sin x: no flow in closed form, curved in t and in x. The field on
/// which orders are measured.
#[derive(Clone, Copy, Debug)]
pub struct Curved;

impl Curved {
    /// u_t(x) = x cos t + sin x.
    #[inline]
    pub fn at<T: Number>(&self, t: T, x: T) -> T {
        x * t.cos() + x.sin()
    }
}

/// u_t(x) = sin x + cos t.
#[derive(Clone, Copy, Debug)]
pub struct Swing;

impl Swing {
    /// u_t(x) = sin x + cos t.
    #[inline]
    pub fn at<T: Number>(&self, t: T, x: T) -> T {
        x.sin() + t.cos()
    }
}

/// u_t(x) = 2π cos 2πt, whose flow x + sin 2πt goes out and comes back: the tide.
#[derive(Clone, Copy, Debug)]
pub struct Tide;

impl Tide {
    /// u_t(x) = 2π cos 2πt, the same everywhere.
    #[inline]
    pub fn at<T: Number>(&self, t: T, _x: T) -> T {
        (t * std::f64::consts::TAU).cos() * std::f64::consts::TAU
    }

    /// ψ_{r,t}(x) = x + sin 2πt − sin 2πr.
    pub fn flow_between<T: Number>(&self, r: T, t: T, x: T) -> T {
        x + (t * std::f64::consts::TAU).sin() - (r * std::f64::consts::TAU).sin()
    }
}

/// u_t(x, y) = (y + cos t, −sin x): shears the plane and keeps areas, since ∇·u = 0.
#[derive(Clone, Copy, Debug)]
pub struct Shear;

impl Shear {
    /// u_t(x, y) = (y + cos t, −sin x).
    #[inline]
    pub fn at<T: Number>(&self, t: T, x: &SVector<T, 2>) -> SVector<T, 2> {
        SVector::<T, 2>::new(x[1] + t.cos(), -x[0].sin())
    }
}

// ANCHOR: gaussian-bridge
/// Carries N(0, 1) at t = 0 to N(μ, ς²) at t = 1 along straight lines.
#[derive(Clone, Copy, Debug)]
pub struct GaussianBridge {
    /// μ, the mean of the data.
    pub mu: f64,
    /// ς > 0, the standard deviation of the data.
    pub varsigma: f64,
}

impl GaussianBridge {
    /// u_t(x) = μ + (ς − 1) (x − tμ) / (1 − t + tς), for 0 ≤ t ≤ 1.
    #[inline]
    pub fn at<T: Number>(&self, t: T, x: T) -> T {
        let spread = t * (self.varsigma - 1.0) + 1.0;
        (x - t * self.mu) * (self.varsigma - 1.0) / spread + self.mu
    }

    /// ψ_t(x₀) = tμ + (1 − t + tς) x₀.
    pub fn flow<T: Number>(&self, t: T, x0: T) -> T {
        t * self.mu + (t * (self.varsigma - 1.0) + 1.0) * x0
    }
}
// ANCHOR_END: gaussian-bridge

// ANCHOR: network
/// u(x) = W₂ relu(W₁ x + b₁) + b₂: a network with `INPUTS` inputs, ten hidden
/// units and two outputs. Two inputs make a field without time; with three,
/// the third is t.
#[derive(Clone, Debug)]
pub struct Network<const INPUTS: usize> {
    /// W₁.
    pub w1: SMatrix<f64, 10, INPUTS>,
    /// b₁.
    pub b1: SVector<f64, 10>,
    /// W₂.
    pub w2: SMatrix<f64, 2, 10>,
    /// b₂.
    pub b2: SVector<f64, 2>,
}

impl<const INPUTS: usize> Network<INPUTS> {
    /// Weights and offsets uniform in ±1/√(number of inputs of the layer), as
    /// PyTorch starts a linear layer. Nothing is trained.
    pub fn random(generator: &mut impl Rng) -> Self {
        let mut uniform = |inputs: usize| {
            let bound = 1.0 / (inputs as f64).sqrt();
            generator.random_range(-bound..bound)
        };
        Self {
            w1: SMatrix::from_fn(|_, _| uniform(INPUTS)),
            b1: SVector::from_fn(|_, _| uniform(INPUTS)),
            w2: SMatrix::from_fn(|_, _| uniform(10)),
            b2: SVector::from_fn(|_, _| uniform(10)),
        }
    }

    /// The output at the input x.
    pub fn output<T: Number>(&self, x: &SVector<T, INPUTS>) -> SVector<T, 2> {
        let hidden = SVector::<T, 10>::from_fn(|i, _| {
            let start = T::from(self.b1[i]);
            let sum = (0..INPUTS).fold(start, |sum, j| sum + x[j] * self.w1[(i, j)]);
            if sum > 0.0 { sum } else { T::from(0.0) }
        });
        SVector::<T, 2>::from_fn(|i, _| {
            let start = T::from(self.b2[i]);
            (0..10).fold(start, |sum, j| sum + hidden[j] * self.w2[(i, j)])
        })
    }
}
// ANCHOR_END: network

impl Network<2> {
    /// ‖W₂‖ ‖W₁‖, spectral norms: a Lipschitz constant, since relu has slope at most 1.
    pub fn lipschitz_bound(&self) -> f64 {
        let first = (self.w1.transpose() * self.w1).symmetric_eigenvalues().max();
        let second = (self.w2 * self.w2.transpose()).symmetric_eigenvalues().max();
        (first * second).sqrt()
    }
}

impl<T: Number> VectorField<SVector<T, 2>> for Network<2> {
    fn velocity(&self, _t: f64, x: &SVector<T, 2>) -> SVector<T, 2> {
        self.output(x)
    }
}

impl<T: Number> VectorField<SVector<T, 2>> for Network<3> {
    fn velocity(&self, t: f64, x: &SVector<T, 2>) -> SVector<T, 2> {
        self.output(&SVector::<T, 3>::new(x[0], x[1], T::from(t)))
    }
}

impl<T: Number> VectorField<SVector<T, 2>> for Shear {
    #[inline]
    fn velocity(&self, t: f64, x: &SVector<T, 2>) -> SVector<T, 2> {
        self.at(T::from(t), x)
    }
}

/// The fields on the line, as methods see them.
macro_rules! on_the_line {
    ($($field:ty: |$it:ident, $t:ident, $x:ident| $u:expr;)*) => {$(
        impl VectorField<f64> for $field {
            #[inline]
            fn velocity(&self, $t: f64, $x: &f64) -> f64 {
                let $it = self;
                $u
            }
        }
    )*};
}

on_the_line! {
    Linear: |it, _t, x| it.at(*x);
    Growth: |it, t, x| it.at(t, *x);
    Logistic: |it, _t, x| it.at(*x);
    Curved: |it, t, x| it.at(t, *x);
    Swing: |it, t, x| it.at(t, *x);
    Tide: |it, t, x| it.at(t, *x);
    GaussianBridge: |it, t, x| it.at(t, *x);
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::{Point, Stream};
    use num_dual::Dual64;
    use std::f64::consts::PI;

    /// |∂ψ/∂t − u(t, ψ)|, with the derivative by dual numbers.
    fn residual(
        flow: impl Fn(Dual64, Dual64) -> Dual64,
        field: impl VectorField<f64>,
        t: f64,
    ) -> f64 {
        let x = flow(Dual64::new(t, 1.0), Dual64::from(0.7));
        (x.eps - field.velocity(t, &x.re)).abs()
    }

    #[test]
    fn every_flow_follows_its_field() {
        let bridge = GaussianBridge { mu: 2.0, varsigma: 0.4 };
        let linear = Linear { rate: 1.3 };
        for t in [0.0, 0.3, 0.9] {
            assert!(residual(|t, x| linear.flow(t, x), linear, t) < 1e-14);
            assert!(residual(|t, x| Growth.flow(t, x), Growth, t) < 1e-14);
            assert!(residual(|t, x| Logistic.flow(t, x), Logistic, t) < 1e-14);
            assert!(residual(|t, x| bridge.flow(t, x), bridge, t) < 1e-14);
            let start = Dual64::from(0.2);
            assert!(residual(|t, x| Growth.flow_between(start, t, x), Growth, t) < 1e-14);
            assert!(residual(|t, x| Tide.flow_between(start, t, x), Tide, t) < 1e-14);
        }
    }

    #[test]
    fn fields_without_a_flow_have_the_values_of_their_formulas() {
        // Where sine and cosine differ and are known: sin π/6 = ½ and cos π = −1.
        let (t, x) = (PI, PI / 6.0);
        assert!((Curved.at(t, x) - (0.5 - x)).abs() < 1e-15);
        assert!((Swing.at(t, x) + 0.5).abs() < 1e-15);
        let sheared = Shear.at(t, &Point::<2>::new(x, 2.0));
        assert!((sheared - Point::<2>::new(1.0, -0.5)).norm() < 1e-15);
    }

    #[test]
    fn a_flow_from_a_time_to_the_same_time_moves_nothing() {
        assert_eq!(Growth.flow_between(0.2, 0.2, 0.7), 0.7);
        let still: f64 = Tide.flow_between(0.2, 0.2, 0.7);
        assert!((still - 0.7).abs() < 1e-15);
    }

    #[test]
    fn random_weights_fill_the_interval_of_their_layer() {
        let mut generator = Stream::new(1, "weights").generator();
        let (mut lowest, mut highest) = ([0.0_f64; 4], [0.0_f64; 4]);
        for _ in 0..200 {
            let network = Network::<3>::random(&mut generator);
            let parts = [
                network.w1.as_slice(),
                network.b1.as_slice(),
                network.w2.as_slice(),
                network.b2.as_slice(),
            ];
            for (part, weights) in parts.into_iter().enumerate() {
                for &weight in weights {
                    lowest[part] = lowest[part].min(weight);
                    highest[part] = highest[part].max(weight);
                }
            }
        }
        for (part, inputs) in [3.0_f64, 3.0, 10.0, 10.0].into_iter().enumerate() {
            let bound = 1.0 / inputs.sqrt();
            // The outermost of 400 draws or more: a share of 1/20 stays empty once in
            // 10⁴ seeds at most, and this seed is fixed.
            assert!(highest[part] < bound && highest[part] > 0.95 * bound, "{part}");
            assert!(lowest[part] >= -bound && lowest[part] < -0.95 * bound, "{part}");
        }
    }

    #[test]
    fn the_lipschitz_constant_is_a_product_of_spectral_norms() {
        let mut network = Network::<2> {
            w1: SMatrix::zeros(),
            b1: SVector::zeros(),
            w2: SMatrix::zeros(),
            b2: SVector::zeros(),
        };
        // Singular values 4 and 3, then 2 and 1.
        (network.w1[(0, 0)], network.w1[(1, 1)]) = (3.0, -4.0);
        (network.w2[(0, 5)], network.w2[(1, 2)]) = (1.0, 2.0);
        assert!((network.lipschitz_bound() - 8.0).abs() < 1e-14);
    }

    #[test]
    fn a_network_is_bounded_by_its_lipschitz_constant() {
        let mut generator = Stream::new(1, "network").generator();
        let network = Network::<2>::random(&mut generator);
        let bound = network.lipschitz_bound();
        let steepest = (0..1000).fold(0.0_f64, |steepest, _| {
            let mut point =
                || Point::<2>::from_fn(|_, _| generator.random_range(-3.0..3.0));
            let (x, y) = (point(), point());
            steepest
                .max((network.output(&x) - network.output(&y)).norm() / (x - y).norm())
        });
        assert!(steepest <= bound && steepest > 0.1 * bound, "{steepest} of {bound}");
    }

    #[test]
    fn a_network_switches_off_its_negative_units() {
        let mut network = Network::<2> {
            w1: SMatrix::zeros(),
            b1: SVector::zeros(),
            w2: SMatrix::repeat(3.0),
            b2: SVector::<f64, 2>::new(0.25, -0.5),
        };
        network.w1[(4, 0)] = 2.0;
        network.b1[4] = -1.0;
        // 3 relu(2x − 1) + b₂: asleep at x = 0, awake at x = 1.
        assert_eq!(network.output(&Point::<2>::new(0.0, 7.0)), network.b2);
        assert_eq!(
            network.output(&Point::<2>::new(1.0, 7.0)),
            Point::<2>::new(3.25, 2.5)
        );
    }

    #[test]
    fn the_third_input_of_a_network_is_the_time() {
        let network = Network::<3>::random(&mut Stream::new(1, "network").generator());
        let x = Point::<2>::new(0.4, -0.3);
        let expected = network.output(&SVector::<f64, 3>::new(0.4, -0.3, 0.8));
        assert_eq!(network.velocity(0.8, &x), expected);
        assert_ne!(network.velocity(0.1, &x), expected);
    }
}
