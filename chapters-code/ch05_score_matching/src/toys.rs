//! Three laws in the plane whose densities are known: eight Gaussians, two moons, a
//! checkerboard.
//!
//! W. Grathwohl and others, *FFJORD: free-form continuous dynamics for scalable reversible
//! generative models*, 2019, drew these sets, and much of the field has tried its models on
//! them since. We follow the definitions of their code, so that numbers can be compared.

use ch01_flows::quadrature::{GaussLegendre, trapezoid};
use dynamics::{Density, Generator, Mixture, Point};
use nalgebra::Matrix2;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::{FRAC_PI_4, PI};

// ANCHOR: toy
/// A law in the plane that can be drawn from, and of which the truth is known.
pub trait Toy: Sync {
    /// What it is called.
    fn name(&self) -> &'static str;

    /// One draw.
    fn sample(&self, generator: &mut Generator) -> Point<2>;

    /// log p(x), in nats; −∞ where there are no data.
    fn log_density(&self, x: &Point<2>) -> f64;

    /// H = −E log p, in nats: the least mean of −log q(x) that any model q can reach, and
    /// what it has more is KL(p ‖ q).
    fn entropy(&self) -> f64;
}
// ANCHOR_END: toy

/// −∫∫ p log p over the square [−6, 6]², by the trapezoidal rule with n cells a side: for
/// smooth densities that vanish at its edge.
fn entropy_by_grid(toy: &dyn Toy, n: usize) -> f64 {
    let term = |x: f64, y: f64| {
        let log = toy.log_density(&Point::<2>::new(x, y));
        if log > -700.0 { -log * log.exp() } else { 0.0 }
    };
    trapezoid(|x| trapezoid(|y| term(x, y), -6.0, 6.0, n), -6.0, 6.0, n)
}

/// Eight round Gaussians on a ring of radius 4/1.414, each of deviation 0.5/1.414.
#[derive(Clone, Debug)]
pub struct EightGaussians {
    /// The law itself.
    pub mixture: Mixture<2>,
}

impl EightGaussians {
    /// Weight, mean and covariance of each.
    pub fn parts() -> [(f64, Point<2>, Matrix2<f64>); 8] {
        std::array::from_fn(|k| {
            let angle = FRAC_PI_4 * k as f64;
            let mean = Point::<2>::new(angle.cos(), angle.sin()) * (4.0 / 1.414);
            (0.125, mean, Matrix2::identity() * (0.5_f64 / 1.414).powi(2))
        })
    }
}

impl Default for EightGaussians {
    fn default() -> Self {
        Self { mixture: Mixture::new(Self::parts()) }
    }
}

impl Toy for EightGaussians {
    fn name(&self) -> &'static str {
        "eight Gaussians"
    }

    fn sample(&self, generator: &mut Generator) -> Point<2> {
        self.mixture.sample(generator)
    }

    fn log_density(&self, x: &Point<2>) -> f64 {
        self.mixture.log_density(x)
    }

    fn entropy(&self) -> f64 {
        entropy_by_grid(self, 240)
    }
}

/// Two half circles of radius 2 that hold each other, in noise of deviation 0.2.
#[derive(Clone, Debug)]
pub struct Moons {
    nodes: GaussLegendre,
}

impl Moons {
    const RADIUS: f64 = 2.0;
    const DEVIATION: f64 = 0.2;

    /// The middle of each moon's circle. The first moon is the upper half of its circle,
    /// the second the lower.
    const MIDDLES: [[f64; 2]; 2] = [[-1.0, -0.2], [1.0, 0.8]];

    /// (the middle, and 1 for the upper half or −1 for the lower).
    fn moon(k: usize) -> (Point<2>, f64) {
        (Point::<2>::from(Self::MIDDLES[k]), 1.0 - 2.0 * k as f64)
    }

    /// The place of moon k at the angle θ, without noise.
    fn place(k: usize, theta: f64) -> Point<2> {
        let (middle, side) = Self::moon(k);
        middle + Point::<2>::new(theta.cos(), theta.sin()) * (side * Self::RADIUS)
    }

    /// The place of moon k that is nearest to `x`: above the middle or at an end.
    fn nearest(k: usize, x: &Point<2>) -> Point<2> {
        let (middle, side) = Self::moon(k);
        let d = (x - middle) * side;
        let end = if d.x > 0.0 { 0.0 } else { PI };
        Self::place(k, if d.y > 0.0 { d.y.atan2(d.x) } else { end })
    }
}

impl Default for Moons {
    fn default() -> Self {
        // A bump of 0.1 radian against a spacing of hardly more than 0.1: exact to 1e-8
        // where there are data. (Far away the peak is narrower.)
        Self { nodes: GaussLegendre::new(48) }
    }
}

impl Toy for Moons {
    fn name(&self) -> &'static str {
        "two moons"
    }

    fn sample(&self, generator: &mut Generator) -> Point<2> {
        let k = usize::from(generator.random::<bool>());
        let theta = PI * generator.random::<f64>();
        let noise = Point::<2>::from_fn(|_, _| StandardNormal.sample(generator));
        Self::place(k, theta) + noise * Self::DEVIATION
    }

    fn log_density(&self, x: &Point<2>) -> f64 {
        // The mean over both moons of the density of the noise. The largest exponent is
        // taken out, so that nothing underflows far away.
        let variance = Self::DEVIATION.powi(2);
        let exponent = |place: Point<2>| -(x - place).norm_squared() / (2.0 * variance);
        let top = exponent(Self::nearest(0, x)).max(exponent(Self::nearest(1, x)));
        let part = |k| {
            let term = |theta| (exponent(Self::place(k, theta)) - top).exp();
            self.nodes.integral(term, 0.0, PI)
        };
        let mean = 0.5 * (part(0) + part(1)) / PI;
        top + mean.ln() - (2.0 * PI * variance).ln()
    }

    fn entropy(&self) -> f64 {
        entropy_by_grid(self, 240)
    }
}

/// Every other square of side 2 of the board [−4, 4]², evenly filled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checkerboard;

impl Toy for Checkerboard {
    fn name(&self) -> &'static str {
        "checkerboard"
    }

    fn sample(&self, generator: &mut Generator) -> Point<2> {
        let x = 8.0 * generator.random::<f64>() - 4.0;
        // A place in the two squares of this column, one above the other.
        let y = 4.0 * generator.random::<f64>();
        let shift = if y < 2.0 { y } else { y + 2.0 };
        let odd = (x / 2.0).floor().rem_euclid(2.0);
        Point::<2>::new(x, shift - 4.0 + 2.0 * odd)
    }

    fn log_density(&self, x: &Point<2>) -> f64 {
        let inside = x.iter().all(|x| (-4.0..4.0).contains(x));
        let square: f64 = x.iter().map(|x| (x / 2.0).floor()).sum();
        if inside && square.rem_euclid(2.0) == 0.0 {
            -32.0_f64.ln()
        } else {
            f64::NEG_INFINITY
        }
    }

    fn entropy(&self) -> f64 {
        32.0_f64.ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Stream;

    fn toys() -> [Box<dyn Toy>; 3] {
        [
            Box::new(EightGaussians::default()),
            Box::<Moons>::default(),
            Box::new(Checkerboard),
        ]
    }

    #[test]
    fn the_entropy_is_the_mean_of_minus_log_p() {
        for toy in toys() {
            let mut generator = Stream::new(5, toy.name()).generator();
            let n = 40_000;
            let terms: Vec<f64> =
                (0..n).map(|_| -toy.log_density(&toy.sample(&mut generator))).collect();
            let mean = terms.iter().sum::<f64>() / f64::from(n);
            let square = terms.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
            let error = (square / f64::from(n * (n - 1))).sqrt();
            let off = (mean - toy.entropy()).abs();
            assert!(off <= 5.8 * error + 1e-9, "{}: off by {off}, {error}", toy.name());
        }
    }

    #[test]
    fn a_density_has_mass_one() {
        for toy in &toys()[..2] {
            let p = |x: f64, y: f64| toy.log_density(&Point::<2>::new(x, y)).exp();
            let mass =
                trapezoid(|x| trapezoid(|y| p(x, y), -6.0, 6.0, 240), -6.0, 6.0, 240);
            // The trapezoidal rule for bumps of deviation 0.2 at spacing 0.05: rounding.
            assert!((mass - 1.0).abs() < 1e-9, "{}: {mass}", toy.name());
        }
    }

    #[test]
    fn half_of_the_board_is_filled() {
        let filled =
            |x: f64, y: f64| Checkerboard.log_density(&Point::<2>::new(x, y)).exp();
        let cells = (0..16).map(|i| -7.5 + f64::from(i));
        let ones = cells.clone().flat_map(|x| cells.clone().map(move |y| (x, y)));
        let mass: f64 = ones.map(|(x, y)| filled(x, y)).sum();
        assert!((mass - 1.0).abs() < 1e-12, "32 cells of area 1: {mass}");
    }

    #[test]
    fn entropies_are_those_known_for_these_sets() {
        // Known for the first and the last; the second by a sum over 96 angles elsewhere.
        let known = [2.8319, 2.393_879, 3.4657];
        for (toy, known) in toys().iter().zip(known) {
            let entropy = toy.entropy();
            assert!((entropy - known).abs() < 6e-5, "{}: {entropy}", toy.name());
        }
        assert!((Moons::default().entropy() - known[1]).abs() < 6e-7);
        // A grid through the corners of the squares counts each of them whole, and the
        // logarithm of nothing for nothing.
        let grid = entropy_by_grid(&Checkerboard, 24);
        assert!((grid - Checkerboard.entropy()).abs() < 1e-12, "{grid}");
    }

    #[test]
    fn draws_are_of_the_density() {
        type Moment = fn(f64, f64) -> f64;
        let moments: [Moment; 6] = [
            |x, _| x,
            |_, y| y,
            |x, y| x * y,
            |x, _| x * x,
            |_, y| y * y,
            |x, y| (2.0 * x + y).sin(),
        ];
        let middles = (0..120).map(|k| -6.0 + 0.1 * (f64::from(k) + 0.5));
        for toy in toys() {
            let mut generator = Stream::new(6, toy.name()).generator();
            let n = 200_000;
            let draws: Vec<_> = (0..n).map(|_| toy.sample(&mut generator)).collect();
            let mut expected = [0.0; 6];
            for x in middles.clone() {
                for y in middles.clone() {
                    let p = toy.log_density(&Point::<2>::new(x, y)).exp() * 0.01;
                    expected.iter_mut().zip(moments).for_each(|(e, f)| *e += p * f(x, y));
                }
            }
            for (k, f) in moments.into_iter().enumerate() {
                let terms = draws.iter().map(|x| f(x.x, x.y));
                let mean = terms.clone().sum::<f64>() / f64::from(n);
                let square = terms.map(|t| (t - mean).powi(2)).sum::<f64>();
                let error = (square / f64::from(n).powi(2)).sqrt();
                let off = (mean - expected[k]).abs();
                assert!(off <= 5.8 * error, "{} {k}: {off}, {error}", toy.name());
            }
        }
    }

    #[test]
    fn eight_gaussians_stand_as_in_the_code_of_ffjord() {
        let (weight, mean, covariance) = EightGaussians::parts()[0];
        assert_eq!((weight, mean.x, mean.y), (0.125, 4.0 / 1.414, 0.0));
        assert!((covariance[(0, 0)] - 0.25 / 1.999_396).abs() < 1e-15);
    }

    #[test]
    fn far_away_the_nearest_place_of_a_moon_decides() {
        let moons = Moons::default();
        let direct = |x: &Point<2>| {
            let places = (0..=2000).map(|i| PI * f64::from(i) / 2000.0);
            let places = places.flat_map(|t| [Moons::place(0, t), Moons::place(1, t)]);
            places.map(|y| (x - y).norm_squared() / -0.08).fold(f64::MIN, f64::max)
        };
        for k in 0..24 {
            let angle = PI * f64::from(k) / 12.0;
            let x = Point::<2>::new(angle.cos(), angle.sin()) * 40.0;
            let log = moons.log_density(&x);
            // From an end of a moon the density falls by e in σ²/80 radian: this is e^{−9} of
            // the moons. Another place taken for the nearest overflows.
            assert!((log - direct(&x)).abs() < 12.0, "{x}: {log} {}", direct(&x));
        }
    }

    #[test]
    fn no_place_of_a_moon_is_nearer_than_the_nearest() {
        for (i, k) in (0..49).flat_map(|i| [(i, 0), (i, 1)]) {
            let x = Point::<2>::new(f64::from(i % 7), f64::from(i / 7))
                - Point::<2>::repeat(3.1);
            let places = (0..=2000).map(|i| Moons::place(k, PI * f64::from(i) / 2000.0));
            let least = places.map(|y| (x - y).norm()).fold(f64::INFINITY, f64::min);
            let found = (x - Moons::nearest(k, &x)).norm();
            // Half a spacing is 0.0016, and no x is nearer than 0.09 to a moon: the least of the
            // places is at most (0.0016)²/2 · (1/2 + 1/0.09) too far.
            assert!(
                found < least + 1e-12 && least - found < 2e-5,
                "{x}: {found} {least}"
            );
        }
    }

    #[test]
    fn each_toy_has_the_name_that_is_printed() {
        let names = toys().map(|toy| toy.name());
        assert_eq!(names, ["eight Gaussians", "two moons", "checkerboard"]);
    }

    #[test]
    fn where_there_are_no_data_the_board_has_no_density() {
        for place in [[5.0, 1.0], [-1.0, 4.5], [1.0, -1.0], [-3.0, -1.0]] {
            let log = Checkerboard.log_density(&Point::<2>::from(place));
            assert_eq!(log, f64::NEG_INFINITY, "{place:?}");
        }
    }
}
