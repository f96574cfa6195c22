//! What Brownian motion is: the law of its values, and that its path has no jump.

use super::{coordinate, normal, worst};
use crate::{
    BrownianTree, Impostor, brownian_path, covariance_matrix, increments,
    summation_matrix,
};
use ch01_flows::quadrature::trapezoid;
use dynamics::{Generator, Increment, Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::DMatrix;
use rand::RngExt;

/// A path that can be asked at any time of [0, END].
type Path = Box<dyn Fn(f64) -> Point<2>>;

/// The last time of the paths.
const END: f64 = 1.6;

/// `bm-definition`.
pub const DEFINITION: Claim = Claim::new(
    "bm-definition",
    "Brownian motion starts at nothing, has independent normal increments, and does not \
     jump, not even at an instant that belongs to its path",
    |seed| definition(|path, _| Box::new(move |t| path.at(t)), seed),
    &[
        Slip::printed("a leap right after the start", "E000-02", |seed| {
            definition(
                |path, _| {
                    let leaps = |t: f64| if t > 0.0 { 1.0 } else { 0.0 };
                    Box::new(move |t| path.at(t) + leaps(t) * LEAP)
                },
                seed,
            )
        }),
        Slip::printed("a leap at one random instant", "E000-02", |seed| {
            definition(
                |path, instant| {
                    let impostor = Impostor { path, instant, leap: LEAP };
                    Box::new(move |t| impostor.at(t))
                },
                seed,
            )
        }),
        Slip::new("one draw for all times, stretched by the root of t", |seed| {
            definition(|path, _| Box::new(move |t| path.at(END) * (t / END).sqrt()), seed)
        }),
    ],
);

/// What the impostors add.
const LEAP: Point<2> = Point::<2>::new(0.5, 0.7);

/// `process` makes a path of the noise it is given and of a random instant of (0, END),
/// at which the path is asked as well.
fn definition(
    process: fn(BrownianTree<Point<2>>, f64) -> Path,
    seed: u64,
) -> Vec<Evidence> {
    let mut instants = Stream::new(seed, "instants").generator();
    let mut path = |i: usize| {
        let noise = BrownianTree::new(Stream::new(seed, &format!("definition {i}")), END);
        let instant = instants.random_range(0.0..END);
        (process(noise, instant), instant)
    };
    // Increments over (0, 0.4], (0.4, 1], (1, 1.6], of both coordinates: six numbers.
    let n = 20_000;
    let times = [0.0, 0.25, 0.625, 1.0].map(|part| part * END);
    let mut numbers = vec![Vec::new(); 6];
    let mut start = 0.0_f64;
    for i in 0..n {
        let values = times.map(path(i).0);
        start = start.max(values[0].amax());
        for (k, step) in increments(&values).iter().enumerate() {
            numbers[2 * k].push(step.x);
            numbers[2 * k + 1].push(step.y);
        }
    }
    let length = |k: usize| times[k / 2 + 1] - times[k / 2];
    let laws = (0..6).map(|k| {
        let what = format!("increment over {:.1}", length(k));
        Evidence::law(what, &numbers[k], normal(length(k)), seed)
    });
    let pairs = (0..6).flat_map(|i| (0..i).map(move |j| (i, j)));
    let independent = pairs.clone().map(|(i, j)| {
        Evidence::covariance("of two increments", &numbers[i], &numbers[j], 0.0, seed)
    });
    let squares: Vec<Vec<f64>> =
        numbers.iter().map(|draws| draws.iter().map(|x| x * x).collect()).collect();
    let sizes = pairs.map(|(i, j)| {
        Evidence::covariance("of their squares", &squares[i], &squares[j], 0.0, seed)
    });
    // Over so short a time nothing but a jump is longer than a few deviations.
    let (near, few) = (END * 2.0_f64.powi(-20), 2_000);
    let mut jump = 0.0_f64;
    for i in 0..few {
        let (path, instant) = path(i);
        let (t, r) = (instant, if instant + near < END { instant + near } else { END });
        jump = jump.max((path(r) - path(t)).amax() / near.sqrt());
    }
    let mut evidence = vec![
        Evidence::at_most("largest value at time 0", start, 0.0, "exact"),
        worst(laws),
        worst(independent),
        worst(sizes),
        Evidence::at_most(
            "largest step after an instant of the path's own, in deviations",
            jump,
            7.0,
            "one of 4000 normal numbers is larger in 10⁻⁸ of all checks",
        )
        .sampled(few as u64, seed),
    ];
    evidence.extend([5, 8].map(|k| longest(&mut |i| path(i).0, k, seed)));
    evidence
}

/// The longest of the 2ᵏ steps of a grid, in deviations of one step, against its mean for
/// independent normal numbers. That mean grows like √(2 ln n), so the step itself, √h
/// times as long, tends to 0.
fn longest(path: &mut dyn FnMut(usize) -> Path, k: u32, seed: u64) -> Evidence {
    let (n, grid) = (1 << k, TimeGrid::new(0.0, END, 1 << k));
    let lengths = (0..200).map(|i| {
        let values: Vec<_> = grid.times().map(path(i)).collect();
        let steps = increments(&values);
        steps.iter().map(|step| step.x.abs()).fold(0.0, f64::max) / grid.h().sqrt()
    });
    let lengths: Vec<f64> = lengths.collect();
    let phi = normal(1.0);
    let longer = |x: f64| 1.0 - (2.0 * phi(x) - 1.0).powi(n);
    let expected = trapezoid(longer, 0.0, 10.0, 4000);
    Evidence::mean(
        format!("longest of {n} steps, in deviations"),
        &lengths,
        expected,
        seed,
    )
}

/// `bm-increment-law`.
pub const INCREMENT_LAW: Claim = Claim::new(
    "bm-increment-law",
    "an increment is normal, its variance is the time that passed, and it is independent \
     of all that was before",
    |seed| increment_law(brownian_path, 1, seed),
    &[
        Slip::new("each value drawn by itself", |seed| {
            let values = |grid: TimeGrid, generator: &mut Generator| {
                let at = |t: f64| Point::<2>::draw((t - grid.start).sqrt(), generator);
                grid.times().map(at).collect()
            };
            increment_law(values, 1, seed)
        }),
        Slip::new("independence of the value at the end of the step", |seed| {
            increment_law(brownian_path, 4, seed)
        }),
        Slip::new("steps as long as the one before, with signs tossed anew", |seed| {
            let same = |grid: TimeGrid, generator: &mut Generator| {
                let step = Point::<2>::draw(grid.h().sqrt(), generator);
                let mut path = vec![Point::zeros(), step];
                for i in 1..grid.steps {
                    let sign = if generator.random_bool(0.5) { 1.0 } else { -1.0 };
                    path.push(path[i] + step * sign);
                }
                path
            };
            increment_law(same, 1, seed)
        }),
    ],
);

/// W_{t+Δt} − W_t with t = 0.1 and Δt = 0.3, three steps of a path, against the value of
/// the path after `past` steps.
fn increment_law(
    path: fn(TimeGrid, &mut Generator) -> Vec<Point<2>>,
    past: usize,
    seed: u64,
) -> Vec<Evidence> {
    let mut generator = Stream::new(seed, "increments").generator();
    let grid = TimeGrid::new(0.0, 0.4, 4);
    let paths: Vec<_> = (0..40_000).map(|_| path(grid, &mut generator)).collect();
    let later: Vec<Point<2>> =
        paths.iter().map(|path| increments(path)[1..].iter().sum()).collect();
    let before: Vec<Point<2>> = paths.iter().map(|path| path[past]).collect();
    let squared = |points: &[Point<2>]| -> Vec<Point<2>> {
        points.iter().map(|point| point.component_mul(point)).collect()
    };
    let uncorrelated = |what: &str, a: &[Point<2>], b: &[Point<2>]| {
        let pairs = [(0, 0), (0, 1), (1, 0), (1, 1)];
        worst(pairs.map(|(i, j)| {
            Evidence::covariance(what, &coordinate(a, i), &coordinate(b, j), 0.0, seed)
        }))
    };
    let [x, y] = [0, 1].map(|i| coordinate(&later, i));
    vec![
        worst(
            [&x, &y]
                .map(|w| Evidence::variance("variance of the increment", w, 0.3, seed)),
        ),
        worst([&x, &y].map(|w| Evidence::law("the increment", w, normal(0.3), seed))),
        Evidence::covariance("covariance of its coordinates", &x, &y, 0.0, seed),
        uncorrelated("covariance with the past", &later, &before),
        uncorrelated("covariance of the squares", &squared(&later), &squared(&before)),
    ]
}

/// `bm-covariance`.
pub const COVARIANCE: Claim = Claim::new(
    "bm-covariance",
    "the covariance of two values is the earlier of their times, and the matrix of all of \
     them is factored by adding up the steps",
    |seed| covariance(covariance_matrix, seed),
    &[
        Slip::new("the product of the times", |seed| {
            covariance(|times| table(times, |r, t| r * t), seed)
        }),
        Slip::new("the later of the times", |seed| {
            covariance(|times| table(times, f64::max), seed)
        }),
        Slip::new("the root of the product, as for one draw stretched", |seed| {
            covariance(|times| table(times, |r, t| (r * t).sqrt()), seed)
        }),
    ],
);

fn table(times: &[f64], of: impl Fn(f64, f64) -> f64) -> DMatrix<f64> {
    DMatrix::from_fn(times.len(), times.len(), |i, j| of(times[i], times[j]))
}

/// `matrix` against sampled paths, and against the product L Lᵀ of the summation matrix.
fn covariance(matrix: fn(&[f64]) -> DMatrix<f64>, seed: u64) -> Vec<Evidence> {
    let mut generator = Stream::new(seed, "covariance").generator();
    let grid = TimeGrid::new(0.0, 0.9, 9);
    let values = (0..80_000).map(|_| {
        let path: Vec<Point<2>> = brownian_path(grid, &mut generator);
        [path[2], path[5], path[9]]
    });
    let values: Vec<_> = values.collect();
    let at = |k: usize, i: usize| values.iter().map(|w| w[k][i]).collect::<Vec<f64>>();
    let expected = matrix(&[0.2, 0.5, 0.9]);
    let pairs = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];
    let same = pairs.map(|(k, l)| {
        Evidence::covariance("covariance", &at(k, 0), &at(l, 0), expected[(k, l)], seed)
    });
    let other = pairs.map(|(k, l)| {
        Evidence::covariance("covariance of x and y", &at(k, 0), &at(l, 1), 0.0, seed)
    });
    let times = [0.05, 0.3, 0.45, 1.2, 2.7];
    let (matrix, l) = (matrix(&times), summation_matrix(&times));
    let product = (&matrix - &l * l.transpose()).amax();
    let lower = matrix.cholesky().map_or(f64::NAN, |factor| (factor.l() - &l).amax());
    let because = "rounding of a few operations with numbers of order one";
    vec![
        worst(same),
        worst(other),
        Evidence::at_most("largest entry of matrix − L Lᵀ", product, 1e-14, because),
        Evidence::at_most("Cholesky's factor against L", lower, 1e-14, because),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_of_two_normal_numbers_has_a_known_mean() {
        // E max(|X|, |Y|) = 2/√π.
        let phi = normal(1.0);
        let mean = trapezoid(|x| 1.0 - (2.0 * phi(x) - 1.0).powi(2), 0.0, 10.0, 4000);
        assert!((mean - 2.0 / std::f64::consts::PI.sqrt()).abs() < 1e-5, "{mean}");
    }
}
