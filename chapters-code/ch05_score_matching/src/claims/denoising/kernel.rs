//! The score of the noise on one datum, the loss made of it, and its mean.

use super::{NOISE, largest, line, noisy_line, plane};
use crate::denoising::Noise;
use crate::score::{Field, Weighted, expectation, mixture_score, score};
use dynamics::{Point, Stream};
use evidence::{Claim, Evidence, Slip};
use rand::RngExt;

/// From noise, a noisy place and a clean one.
type Kernel = fn(Noise, &Point<2>, &Point<2>) -> Point<2>;

fn kernels(seed: u64, found: Kernel) -> Vec<Evidence> {
    let mut numbers = Stream::new(seed, "noisy and clean").generator();
    let mut slopes = Vec::new();
    let mut noises = Vec::new();
    for _ in 0..40 {
        let z = Point::<2>::from_fn(|_, _| numbers.random_range(-2.0..2.0));
        let e = Point::<2>::from_fn(|_, _| numbers.random_range(-2.5..2.5));
        let x = z * NOISE.alpha + e * NOISE.sigma;
        let slope = score(|x| NOISE.kernel(x, &z), &x);
        slopes.push((found(NOISE, &x, &z) - slope).norm() / (1.0 + slope.norm()));
        noises.push((found(NOISE, &x, &z) + e / NOISE.sigma).norm());
    }
    vec![
        Evidence::at_most(
            "distance from the slope of log p(x | z) by x, largest of 40 pairs",
            largest(slopes),
            1e-13,
            "rounding: derivatives are exact, carried by dual numbers",
        )
        .sampled(40, seed),
        Evidence::at_most(
            "distance from −ε/σ, largest of 40 pairs",
            largest(noises),
            1e-13,
            "rounding of three operations on numbers up to 5",
        )
        .sampled(40, seed),
    ]
}

/// ∇ₓ log p(x | z) = −(x − α z)/σ² = −ε/σ.
pub const KERNEL: Claim = Claim::new(
    "sm-kernel-score",
    "given the clean datum the score of the noisy one leads back to what is left of the \
     datum, and is the noise turned round over its deviation",
    |seed| kernels(seed, |noise, x, z| noise.kernel_score(x, z)),
    &[
        Slip::printed("the slope by the clean datum", "E002-01", |seed| {
            // ∇_z log p(x | z).
            kernels(seed, |noise, x, z| noise.kernel_score(x, z) * -noise.alpha)
        }),
        Slip::printed("z − d z² for x − α z", "R001-03", |seed| {
            kernels(seed, |noise, _, z| {
                -(z - z.component_mul(z) * noise.alpha) / (noise.sigma * noise.sigma)
            })
        }),
        Slip::new("σ for σ²", |seed| {
            kernels(seed, |noise, x, z| noise.kernel_score(x, z) * noise.sigma)
        }),
        Slip::new("back to the datum as it was", |seed| {
            kernels(seed, |noise, x, z| (z - x) / (noise.sigma * noise.sigma))
        }),
    ],
);

/// The loss of a model on data.
type Loss = fn(Noise, &[(f64, Point<2>)], Field<'_, 2>) -> f64;

/// The springs s = b − a x: by the moments of the data.
fn springs(found: Loss) -> Vec<Evidence> {
    let (data, Noise { alpha, sigma }) = (plane(), NOISE);
    let mean: Point<2> = data.iter().map(|(w, z)| z * *w).sum();
    let square = expectation(&data, |z| z.norm_squared());
    let exact = |a: f64, b: Point<2>| {
        let spread = alpha * alpha * square + 2.0 * sigma * sigma;
        a * a * spread + b.norm_squared() - 2.0 * a * alpha * b.dot(&mean) - 4.0 * a
            + 2.0 / (sigma * sigma)
    };
    let models = [
        (0.9, Point::<2>::new(0.3, -0.2)),
        (-0.4, Point::<2>::new(0.0, 0.7)),
        (0.0, Point::<2>::new(0.0, 0.0)),
    ];
    let errors = models
        .map(|(a, b)| (found(NOISE, &data, &|x| b - x * a) / exact(a, b) - 1.0).abs());
    vec![Evidence::at_most(
        "four points in the plane and three springs: the loss against its closed form, \
         largest relative error",
        largest(errors),
        1e-12,
        "rounding of 60 000 terms: the trapezoid rule is exact to that",
    )]
}

fn each(
    noise: Noise,
    data: &[(f64, Point<2>)],
    term: impl Fn(&Point<2>, &Point<2>) -> f64,
) -> f64 {
    noise.mean_of_pairs(data, term)
}

/// J(s) = E |s(x) − ∇ₓ log p(x | z)|².
pub const DENOISING: Claim = Claim::new(
    "sm-denoising",
    "the denoising loss is the mean square distance of a model at the noisy datum from \
     the noise turned round over its deviation",
    |_| springs(|noise, data, s| noise.denoising(data, s)),
    &[
        Slip::printed("the variance lost below the line", "R001-06", |_| {
            springs(|noise, data, s| {
                each(noise, data, |x, z| (s(x) + x - z * noise.alpha).norm_squared())
            })
        }),
        Slip::new("the model asked at the clean datum", |_| {
            springs(|noise, data, s| {
                each(noise, data, |x, z| (s(z) - noise.kernel_score(x, z)).norm_squared())
            })
        }),
        Slip::new("the noise as it is, and not turned round", |_| {
            springs(|noise, data, s| {
                each(noise, data, |x, z| (s(x) + noise.kernel_score(x, z)).norm_squared())
            })
        }),
        Slip::new("ε for ε/σ", |_| {
            springs(|noise, data, s| {
                each(noise, data, |x, z| {
                    (s(x) - noise.kernel_score(x, z) * noise.sigma).norm_squared()
                })
            })
        }),
    ],
);

/// The score of noisy data, from the clean ones.
type Marginal<const D: usize> = fn(Noise, &[(f64, Point<D>)], &Point<D>) -> Point<D>;

fn marginals(seed: u64, on_line: Marginal<1>, in_plane: Marginal<2>) -> Vec<Evidence> {
    let mut numbers = Stream::new(seed, "places of noisy data").generator();
    let (points, data, heaps) = (plane(), line(), noisy_line(NOISE));
    let three = &points[..3];
    let slopes = (0..40).map(|_| {
        let x = Point::<2>::from_fn(|_, _| numbers.random_range(-2.5..2.5));
        let law = |x: &_| three.iter().map(|(w, z)| NOISE.kernel(x, z) * *w).sum();
        let slope = score(law, &x);
        (in_plane(NOISE, three, &x) - slope).norm() / (1.0 + slope.norm())
    });
    let slopes = largest(slopes);
    let sums = (0..40).map(|_| {
        let x = Point::<1>::new(numbers.random_range(-3.0..3.0));
        let exact = mixture_score(&heaps, &x);
        (on_line(NOISE, &data, &x) - exact).norm() / (1.0 + exact.norm())
    });
    let sums = largest(sums);
    let two: Weighted<1> =
        vec![(0.75, Point::<1>::new(0.0)), (0.25, Point::<1>::new(1.0))];
    let noise = Noise { alpha: 1.0, sigma: 0.5 };
    let middle = on_line(noise, &two, &Point::<1>::new(0.5)).x;
    vec![
        Evidence::at_most(
            "the example of two points: distance from −1",
            (middle + 1.0).abs(),
            1e-15,
            "rounding",
        ),
        Evidence::at_most(
            "three points in the plane: distance from the slope of the log density, \
             largest of 40 places",
            slopes,
            1e-12,
            "rounding: derivatives are exact, carried by dual numbers",
        )
        .sampled(40, seed),
        Evidence::at_most(
            "the two heaps, as a sum over 55 nodes: distance from the score of heaps, \
             largest of 40 places",
            sums,
            1e-11,
            "the trapezoid rule with cells of half a deviation: e^{−70}; rounding of \
             shares",
        )
        .sampled(40, seed),
    ]
}

fn prior<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    x: &Point<D>,
) -> Point<D> {
    data.iter().map(|(w, z)| noise.kernel_score(x, z) * *w).sum()
}

/// p(x | z) p(x)/p(x) in place of p(z | x).
fn no_prior<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    x: &Point<D>,
) -> Point<D> {
    let term = |(_, z): &(f64, Point<D>)| noise.kernel_score(x, z) * noise.kernel(x, z);
    data.iter().map(term).sum()
}

fn unscaled<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    x: &Point<D>,
) -> Point<D> {
    let term = |(w, z): &(f64, Point<D>)| {
        noise.kernel_score(x, z) * (w * noise.kernel::<f64, D>(x, z))
    };
    data.iter().map(term).sum()
}

/// ∇ log p(x) = E[∇ₓ log p(x | z) | x].
pub const MARGINAL: Claim = Claim::new(
    "sm-marginal-score",
    "the score of noisy data is the mean of the arrows to all clean data, each by its \
     probability given the noisy place",
    |seed| {
        marginals(
            seed,
            |noise, data, x| noise.marginal_score(data, x),
            |noise, data, x| noise.marginal_score(data, x),
        )
    },
    &[
        Slip::new("the mean over all data alike", |seed| marginals(seed, prior, prior)),
        Slip::printed("Bayes' rule with p(x) for p(z)", "R001-02", |seed| {
            marginals(seed, no_prior, no_prior)
        }),
        Slip::new("not divided by the density", |seed| {
            marginals(seed, unscaled, unscaled)
        }),
        Slip::new("the most probable datum alone", |seed| {
            marginals(seed, likeliest, likeliest)
        }),
    ],
);

fn likeliest<const D: usize>(
    noise: Noise,
    data: &[(f64, Point<D>)],
    x: &Point<D>,
) -> Point<D> {
    let shares = noise.posterior(data, x);
    let best = (0..data.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
    noise.kernel_score(x, &data[best.expect("data")].1)
}
