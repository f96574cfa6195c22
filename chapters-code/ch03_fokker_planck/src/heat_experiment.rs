//! What the figures of heat show: particles on a ring, and a picture of pixels.

use crate::fourier::{Lattice, box_transform};
use crate::heat::Heat;
use crate::operators::Diffusion;
use ch01_flows::fields::Number;
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Point, Sde, Stream, TimeGrid};
use nalgebra::{Complex, Matrix2, SMatrix, SVector};
use rand::RngExt;
use std::f64::consts::TAU;

/// Noise on a ring from −½ to ½, loud on the right and quiet on the left:
/// a(x) = 1 + 0.8 sin 2πx.
#[derive(Clone, Copy, Debug)]
pub struct Ring {
    /// Whether the drift ½a′ is there, with which Fick's law holds.
    pub fick: bool,
}

impl Ring {
    /// a(x).
    pub fn rate(x: f64) -> f64 {
        1.0 + 0.8 * (TAU * x).sin()
    }
}

impl Diffusion<1> for Ring {
    fn drift<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SVector<T, 1> {
        let half_slope = (x[0] * TAU).cos() * (0.4 * TAU);
        SVector::from_element(if self.fick { half_slope } else { T::from(0.0) })
    }

    fn covariance_rate<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> SMatrix<T, 1, 1> {
        SMatrix::from_element((x[0] * TAU).sin() * 0.8 + 1.0)
    }
}

impl Sde<f64> for Ring {
    fn drift(&self, t: f64, x: &f64) -> f64 {
        Diffusion::drift(self, t, &Point::<1>::new(*x))[0]
    }

    fn noise(&self, _t: f64, x: &f64, dw: &f64) -> f64 {
        Self::rate(*x).sqrt() * dw
    }
}

/// `n` particles that started evenly all over the ring, at the time ½.
pub fn round_the_ring(ring: Ring, n: usize, seed: u64) -> Vec<f64> {
    let mut draws = Stream::new(seed, "starts on a ring").generator();
    let mut all: Vec<f64> = (0..n).map(|_| draws.random_range(-0.5..0.5)).collect();
    let stream = Stream::new(seed, "noise on a ring");
    simulate(&EulerMaruyama, &ring, TimeGrid::new(0.0, 0.5, 500), stream, &mut all)
        .expect("bounded noise keeps particles finite");
    all.iter().map(|x| (x + 0.5).rem_euclid(1.0) - 0.5).collect()
}

/// The density at (t, x) of heat that started evenly over −1 ≤ x ≤ 1.
pub fn from_box(heat: &Heat<1>, t: f64, x: f64) -> f64 {
    // e^{−λ²Dt} at the last frequency is e⁻³⁶, and the sum has the period 40.
    let reach = 6.0 / (heat.d[(0, 0)] * t).sqrt();
    let count = 2 * (reach / 0.15).ceil() as usize + 1;
    let waves = Lattice { reach, count };
    let start = |lambda: &Point<1>| box_transform(lambda[0], (-1.0, 1.0));
    heat.from_waves(start, t, &Point::<1>::new(x), &waves)
}

/// Pixels in a row of the picture, and in a column.
pub const PIXELS: usize = 96;
/// The picture reaches from −SIDE/2 to SIDE/2, and is repeated beyond.
pub const SIDE: f64 = 3.0;
/// The heat of the picture.
pub const SMEAR: Matrix2<f64> = Matrix2::new(1.0, 0.6, 0.6, 0.6);

/// The middle of pixel k of a row or column.
pub fn pixel(k: usize) -> f64 {
    SIDE * ((k as f64 + 0.5) / PIXELS as f64 - 0.5)
}

/// A key, as a density: `[row * PIXELS + column]`, rows from below.
pub fn key() -> Vec<f64> {
    let inside = |x: f64, y: f64| {
        let r = (x + 0.45).hypot(y - 0.1);
        let within =
            |x0: f64, x1: f64, y0: f64, y1: f64| x0 <= x && x < x1 && y0 <= y && y < y1;
        (0.17..0.34).contains(&r)
            || within(-0.14, 0.8, 0.03, 0.17)
            || within(0.34, 0.44, -0.22, 0.1)
            || within(0.52, 0.62, -0.12, 0.1)
            || within(0.7, 0.8, -0.22, 0.1)
    };
    let all = (0..PIXELS * PIXELS)
        .map(|n| f64::from(inside(pixel(n % PIXELS), pixel(n / PIXELS))));
    let ink: Vec<f64> = all.collect();
    let mass = ink.iter().sum::<f64>() * (SIDE / PIXELS as f64).powi(2);
    ink.iter().map(|p| p / mass).collect()
}

/// The frequency of wave k in a row or column, from −PIXELS/2 to PIXELS/2 − 1 turns.
pub fn frequency(k: usize) -> f64 {
    TAU * (k as f64 - PIXELS as f64 / 2.0) / SIDE
}

/// Rows, then columns: values times e^{sign·iλx}, summed over the pixels or over the waves.
fn waves(values: &[Complex<f64>], sign: f64) -> Vec<Complex<f64>> {
    let turn: Vec<Complex<f64>> = (0..PIXELS * PIXELS)
        .map(|n| {
            let (from, to) = (n % PIXELS, n / PIXELS);
            let (x, lambda) = if sign < 0.0 { (from, to) } else { (to, from) };
            Complex::cis(sign * frequency(lambda) * pixel(x))
        })
        .collect();
    // Transforms each row and turns rows into columns: twice is the whole.
    let once = |values: &[Complex<f64>]| -> Vec<Complex<f64>> {
        let sum = |n: usize| {
            let (row, to) = (n % PIXELS, n / PIXELS);
            let line = &values[row * PIXELS..(row + 1) * PIXELS];
            line.iter().zip(&turn[to * PIXELS..]).map(|(v, w)| v * w).sum()
        };
        (0..PIXELS * PIXELS).map(sum).collect()
    };
    once(&once(values))
}

/// p̃ of a picture: `[row * PIXELS + column]` for the frequencies of row and column.
pub fn picture_waves(picture: &[f64]) -> Vec<Complex<f64>> {
    let area = (SIDE / PIXELS as f64).powi(2);
    let values: Vec<_> = picture.iter().map(|p| Complex::new(p * area, 0.0)).collect();
    waves(&values, -1.0)
}

/// What is left of the waves of a picture at the time t.
pub fn decayed(all: &[Complex<f64>], heat: &Heat<2>, t: f64) -> Vec<Complex<f64>> {
    let left = |(n, wave): (usize, &Complex<f64>)| {
        let lambda = Point::<2>::new(frequency(n % PIXELS), frequency(n / PIXELS));
        wave * heat.decay(t, &lambda)
    };
    all.iter().enumerate().map(left).collect()
}

/// The picture of these waves.
pub fn picture(all: &[Complex<f64>]) -> Vec<f64> {
    waves(all, 1.0).iter().map(|p| p.re / SIDE.powi(2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise_flux::fick_drift;
    use ch01_flows::quadrature::trapezoid;
    use evidence::{Evidence, SEED};
    use statrs::function::erf::erf;

    #[test]
    fn the_ring_has_the_drift_of_ficks_law() {
        for x in [0.1, 0.37, 0.8] {
            let x = Point::<1>::new(x);
            let drift = Diffusion::drift(&Ring { fick: true }, 0.0, &x)[0];
            assert!((drift - fick_drift(&Ring { fick: true }, 0.0, &x)[0]).abs() < 1e-14);
            assert!(
                (Ring { fick: true }.covariance_rate(0.0, &x)[0] - Ring::rate(x[0]))
                    .abs()
                    < 1e-15
            );
        }
    }

    #[test]
    fn particles_gather_in_the_quiet_unless_ficks_law_holds() {
        // ∫₀¹ dx/(1 + 0.8 sin 2πx) = 1/√(1 − 0.8²) = 1/0.6.
        let quiet = |x: f64| trapezoid(|y| 0.6 / Ring::rate(y), -0.5, x, 200);
        let ito = round_the_ring(Ring { fick: false }, 4000, SEED);
        let fick = round_the_ring(Ring { fick: true }, 4000, SEED);
        for (law, fits) in [
            (Evidence::law("Itô, 1/a", &ito, quiet, SEED), true),
            (Evidence::law("Itô, even", &ito, |x| x + 0.5, SEED), false),
            (Evidence::law("Fick, even", &fick, |x| x + 0.5, SEED), true),
            (Evidence::law("Fick, 1/a", &fick, quiet, SEED), false),
        ] {
            assert_eq!(law.holds(), fits, "{}", law.line());
        }
    }

    #[test]
    fn a_box_on_the_line_is_a_difference_of_error_functions() {
        let heat = Heat::new(SMatrix::<f64, 1, 1>::new(0.7)).expect("positive");
        for (t, x) in [(0.004, 0.9), (0.05, -1.2), (1.4, 2.0)] {
            let width = 2.0 * (0.7_f64 * t).sqrt();
            let exact = (erf((x + 1.0) / width) - erf((x - 1.0) / width)) / 4.0;
            assert!((from_box(&heat, t, x) - exact).abs() < 1e-10);
        }
    }

    #[test]
    fn one_bright_pixel_becomes_the_kernel() {
        let heat = Heat::new(SMEAR).expect("positive definite");
        let area = (SIDE / PIXELS as f64).powi(2);
        let mut start = vec![0.0; PIXELS * PIXELS];
        start[50 * PIXELS + 44] = 1.0 / area;
        let p = picture(&decayed(&picture_waves(&start), &heat, 0.02));
        assert!((p.iter().sum::<f64>() * area - 1.0).abs() < 1e-12);
        for (row, column) in [(50, 44), (53, 47), (47, 46), (50, 52)] {
            let x = Point::<2>::new(pixel(column) - pixel(44), pixel(row) - pixel(50));
            let kernel = heat.kernel(0.02, &x);
            let apart = (p[row * PIXELS + column] - kernel).abs();
            // The shortest waves of the picture are left out, and the repeated pictures
            // are eight deviations away.
            assert!(apart < 1e-8 * heat.kernel(0.02, &Point::<2>::zeros()), "{apart}");
        }
    }

    #[test]
    fn a_picture_comes_back_from_its_waves() {
        let (start, all) = (key(), picture_waves(&key()));
        let back = picture(&all);
        assert!(start.iter().zip(&back).all(|(a, b)| (a - b).abs() < 1e-12));
        // The wave of frequency 0 is the mass.
        let middle = (PIXELS / 2) * (PIXELS + 1);
        assert!((all[middle] - Complex::new(1.0, 0.0)).norm() < 1e-13);
    }
}
