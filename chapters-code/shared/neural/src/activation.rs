//! Functions that bend the lines of a network, with their slopes.

use crate::real::Real;
use crate::tape::Var;

/// What stands between two linear layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// tanh x, between −1 and 1.
    Tanh,
    /// x σ(x), also called swish: 0 far to the left and x far to the right. D. Hendrycks
    /// and K. Gimpel, *Gaussian error linear units*, 2016, have it and its name; S. Elfwing,
    /// E. Uchibe and K. Doya, *Sigmoid-weighted linear units*, 2018, tried it in games.
    Silu,
}

impl Activation {
    // ANCHOR: activation
    /// φ(x) and its slope φ′(x).
    #[inline(always)]
    pub fn with_slope<R: Real>(self, x: R) -> (R, R) {
        match self {
            Self::Tanh => {
                let y = tanh(x);
                (y, R::one() - y * y)
            }
            Self::Silu => {
                let s = x.sigmoid();
                let y = x * s;
                (y, s + y * (R::one() - s))
            }
        }
    }

    /// φ′(x) and its slope φ″(x), for losses in which the derivative of the network
    /// itself stands.
    #[inline(always)]
    pub fn slope_with_slope<R: Real>(self, x: R) -> (R, R) {
        match self {
            Self::Tanh => {
                let y = tanh(x);
                let slope = R::one() - y * y;
                (slope, -(y + y) * slope)
            }
            Self::Silu => {
                let s = x.sigmoid();
                let bend = s * (R::one() - s);
                let slope = s + x * bend;
                (slope, bend * (R::new(2.0) + x * (R::one() - s - s)))
            }
        }
    }
    // ANCHOR_END: activation

    /// φ(x) on the tape.
    pub fn apply<R: Real>(self, x: Var<'_, R>) -> Var<'_, R> {
        // Matched outside of the loop, so that each loop has one function in it.
        match self {
            Self::Tanh => x.map(|x| Self::Tanh.with_slope(x)),
            Self::Silu => x.map(|x| Self::Silu.with_slope(x)),
        }
    }

    /// φ′(x) on the tape.
    pub fn apply_slope<R: Real>(self, x: Var<'_, R>) -> Var<'_, R> {
        match self {
            Self::Tanh => x.map(|x| Self::Tanh.slope_with_slope(x)),
            Self::Silu => x.map(|x| Self::Silu.slope_with_slope(x)),
        }
    }
}

/// tanh x = 2σ(2x) − 1.
#[inline(always)]
fn tanh<R: Real>(x: R) -> R {
    let s = (x + x).sigmoid();
    s + s - R::one()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_is_the_limit_of_differences() {
        for activation in [Activation::Tanh, Activation::Silu] {
            for i in -30..=30 {
                let (x, h) = (f64::from(i) * 0.21, 1e-5);
                let (value, slope) = activation.with_slope(x);
                let (again, bend) = activation.slope_with_slope(x);
                let difference =
                    |f: &dyn Fn(f64) -> f64| (f(x + h) - f(x - h)) / (2.0 * h);
                // h² of the third derivative and ε/h of rounding: a few 1e-11.
                let first = difference(&|x| activation.with_slope(x).0);
                assert!((slope - first).abs() < 1e-9, "{activation:?} at {x}: {slope}");
                assert!((again - slope).abs() < 1e-14);
                let second = difference(&|x| activation.with_slope(x).1);
                assert!((bend - second).abs() < 1e-9, "{activation:?} at {x}: {bend}");
                let exact = match activation {
                    Activation::Tanh => x.tanh(),
                    Activation::Silu => x / (1.0 + (-x).exp()),
                };
                assert!((value - exact).abs() < 1e-14);
            }
        }
    }
}
