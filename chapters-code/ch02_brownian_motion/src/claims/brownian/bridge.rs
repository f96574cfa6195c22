//! The middle between two known values, and the path that Lévy builds from it.

use super::{coordinate, normal, worst};
use crate::{BrownianTree, covariance_matrix, midpoint};
use dynamics::{Increment, Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};

/// The value halfway: a, b, the time between them, and a normal draw.
type Middle = fn(&Point<2>, &Point<2>, f64, &Point<2>) -> Point<2>;

/// The values of the path of a stream on [0, end] at some times.
type Ask = fn(Stream, f64, &[f64]) -> Vec<f64>;

/// `bm-bridge`.
pub const BRIDGE: Claim = Claim::new(
    "bm-bridge",
    "the value halfway between two known ones is normal about their mean, with a quarter of \
     the time between them as variance; drawn so, a refined path keeps its coarse values",
    |seed| bridge(midpoint, tree, seed),
    &[
        Slip::new("half the time as variance", |seed| {
            bridge(|a, b, span, normal| midpoint(a, b, 2.0 * span, normal), tree, seed)
        }),
        Slip::new("the mean alone", |seed| {
            bridge(|a, b, span, _| midpoint(a, b, span, &Point::zeros()), tree, seed)
        }),
        Slip::new("on from the left value, the right one forgotten", |seed| {
            bridge(|a, _, span, normal| a + (span / 2.0).sqrt() * normal, tree, seed)
        }),
        Slip::new("a new path for the finer grid", |seed| {
            let fresh: Ask = |stream, _, times| {
                let mut generator = stream.generator();
                let mut path = vec![0.0];
                for t in times.windows(2) {
                    let dw = f64::draw((t[1] - t[0]).sqrt(), &mut generator);
                    path.push(path[path.len() - 1] + dw);
                }
                path
            };
            bridge(midpoint, fresh, seed)
        }),
        Slip::new("one draw for all cells of a size", |seed| {
            let shared: Ask = |stream, end, times| {
                levels(
                    end,
                    times,
                    |k, _| f64::draw(1.0, &mut stream.chunk(k)),
                    |span| span / 4.0,
                )
            };
            bridge(midpoint, shared, seed)
        }),
    ],
);

/// The book's path.
fn tree(stream: Stream, end: f64, times: &[f64]) -> Vec<f64> {
    BrownianTree::new(stream, end).path(times.iter().copied())
}

/// A path made of halvings like the tree's, for slips: `normal(level, cell)` is the draw,
/// `variance(span)` the variance of the middle of a cell of length `span`.
fn levels(
    end: f64,
    times: &[f64],
    normal: impl Fn(u64, u64) -> f64,
    variance: impl Fn(f64) -> f64,
) -> Vec<f64> {
    let mut path = vec![0.0, end.sqrt() * normal(0, 0)];
    let mut level = 0;
    while path.len() < times.len() {
        level += 1;
        let span = 2.0 * end / (1_u64 << level) as f64;
        let middles = path.windows(2).zip(0..).map(|(w, cell)| {
            let middle = (w[0] + w[1]) / 2.0;
            [w[0], middle + variance(span).sqrt() * normal(level, cell)]
        });
        let mut fine: Vec<f64> = middles.flatten().collect();
        fine.push(path[path.len() - 1]);
        path = fine;
    }
    path
}

fn bridge(middle: Middle, ask: Ask, seed: u64) -> Vec<Evidence> {
    // Values at 0.3, 0.9 and 1.5. The definition knows the increments between them.
    let mut generator = Stream::new(seed, "bridge").generator();
    let (mut before, mut first, mut second) = (vec![], vec![], vec![]);
    for _ in 0..40_000 {
        let a = Point::<2>::draw(0.3_f64.sqrt(), &mut generator);
        let b = a + Point::<2>::draw(1.2_f64.sqrt(), &mut generator);
        let w = middle(&a, &b, 1.2, &Point::draw(1.0, &mut generator));
        before.push(a);
        first.push(w - a);
        second.push(b - w);
    }
    let all = [0, 1].map(|i| [&before, &first, &second].map(|w| coordinate(w, i)));
    let expected = [0.3, 0.6, 0.6];
    let variances = all.iter().flat_map(|numbers| {
        let pairs = numbers.iter().zip(expected);
        pairs.map(|(w, v)| Evidence::variance("variance of a piece", w, v, seed))
    });
    let all_six = all.as_flattened();
    let pairs = (0..6).flat_map(|i| (0..i).map(move |j| (i, j)));
    let independent = pairs.map(|(i, j)| {
        Evidence::covariance(
            "covariance of two pieces",
            &all_six[i],
            &all_six[j],
            0.0,
            seed,
        )
    });
    let law = Evidence::law("the piece before the middle", &all[0][1], normal(0.6), seed);

    // The book's path, refined twice.
    let end = 2.3;
    let times: Vec<f64> = TimeGrid::new(0.0, end, 4).times().collect();
    let values: Vec<Vec<f64>> = (0..20_000)
        .map(|i| ask(Stream::new(seed, &format!("refined {i}")), end, &times))
        .collect();
    let at = |k: usize| values.iter().map(|w| w[k]).collect::<Vec<f64>>();
    let matrix = covariance_matrix(&times);
    let pairs = (1..5).flat_map(|i| (1..i + 1).map(move |j| (i, j)));
    let refined = pairs.map(|(i, j)| {
        let what = "covariance of a path refined twice";
        Evidence::covariance(what, &at(i), &at(j), matrix[(i, j)], seed)
    });
    let changed = (0..50).map(|i| {
        let stream = Stream::new(seed, &format!("kept {i}"));
        let ask = |n: usize| {
            ask(stream, end, &TimeGrid::new(0.0, end, n).times().collect::<Vec<_>>())
        };
        let (coarse, fine) = (ask(8), ask(64));
        coarse.iter().zip(fine.iter().step_by(8)).filter(|(a, b)| a != b).count()
    });
    vec![
        worst(variances),
        worst(independent),
        law,
        worst(refined),
        Evidence::at_most(
            "values of 50 paths that a grid eight times as fine changes",
            changed.sum::<usize>() as f64,
            0.0,
            "bit for bit",
        )
        .sampled(50, seed),
    ]
}

/// `bm-levy-construction`.
pub const LEVY_CONSTRUCTION: Claim = Claim::new(
    "bm-levy-construction",
    "a further halving moves the polygon by more than a summable bound with a probability \
     that is summable too, so the polygons converge uniformly",
    |seed| levy(tree, moved_bound, seed),
    &[
        Slip::new("half the time as variance of the middle", |seed| {
            let wide: Ask = |stream, end, times| {
                let normal = |level: u64, cell: u64| {
                    let number = if level == 0 { 0 } else { (1 << (level - 1)) + cell };
                    f64::draw(1.0, &mut stream.chunk(number))
                };
                levels(end, times, normal, |span| span / 2.0)
            };
            levy(wide, moved_bound, seed)
        }),
        Slip::new("the same noise at every level", |seed| {
            let rough: Ask = |stream, end, times| {
                let normal = |level: u64, cell: u64| {
                    f64::draw(1.0, &mut stream.chunk((level << 32) + cell))
                };
                levels(end, times, normal, |_| end / 4.0)
            };
            levy(rough, moved_bound, seed)
        }),
        Slip::new("no allowance for the number of cells", |seed| {
            levy(tree, |n, end| (end * 2.0_f64.ln() / 2.0_f64.powi(n)).sqrt(), seed)
        }),
    ],
);

/// √(n T ln 2 / 2ⁿ).
fn moved_bound(n: i32, end: f64) -> f64 {
    (f64::from(n) * end * 2.0_f64.ln() / 2.0_f64.powi(n)).sqrt()
}

/// How often halving the 2ⁿ cells of a path moves its polygon by more than `bound(n, T)`.
fn levy(ask: Ask, bound: fn(i32, f64) -> f64, seed: u64) -> Vec<Evidence> {
    let (end, paths, top) = (2.3, 2_000, 6);
    let times: Vec<f64> = TimeGrid::new(0.0, end, 1 << (top + 1)).times().collect();
    let mut beyond = vec![0; top + 1];
    for i in 0..paths {
        let path = ask(Stream::new(seed, &format!("lévy {i}")), end, &times);
        for (n, count) in beyond.iter_mut().enumerate().skip(3) {
            // Every so many values are the corners at level n + 1.
            let corners: Vec<f64> =
                path.iter().step_by(1 << (top - n)).copied().collect();
            let cells = corners.windows(3).step_by(2);
            let moved = cells.map(|w| (w[1] - (w[0] + w[2]) / 2.0).abs());
            if moved.fold(0.0, f64::max) > bound(n as i32, end) {
                *count += 1;
            }
        }
    }
    let part = |n: usize| {
        let (most, paths) = (0.5_f64.powi(n as i32), f64::from(paths));
        Evidence::at_most(
            format!("part of the paths that halving {} cells moves by more", 1 << n),
            f64::from(beyond[n]) / paths,
            most + 5.8 * (most / paths).sqrt(),
            format!("one in {}, and 5.8 standard errors of {paths} paths", 1 << n),
        )
        .sampled(paths as u64, seed)
    };
    (3..=top).map(part).collect()
}
