//! What a score says of its law, and what it cannot say.

use super::{density, largest, line, plane};
use crate::score::{
    Field, Heap, Weighted, expectation, from_score, mixture_score, weighted,
};
use ch03_fokker_planck::langevin::ula_step;
use dynamics::{Increment, Point, Stream};
use evidence::{Claim, Evidence, Slip};

/// A law from its score: score, start of the segments, cube, cells.
type Rebuild<const D: usize> =
    fn(Field<'_, D>, &Point<D>, (f64, f64), usize) -> Weighted<D>;

/// Largest distance of the weights from those of the density, over the largest of them.
fn distance<const D: usize>(
    found: &[(f64, Point<D>)],
    density: impl Fn(&Point<D>) -> f64,
    cube: (f64, f64),
    cells: usize,
) -> f64 {
    let exact = weighted(density, cube, cells);
    let top = largest(exact.iter().map(|(w, _)| *w));
    largest(found.iter().zip(&exact).map(|(a, b)| (a.0 - b.0).abs() / top))
}

const BECAUSE: &str = "the logarithm of these laws is smooth within 0.3 of the line, and so \
                       160 nodes of Gauss leave 1e-11 of each integral";

/// The two heaps, a law with a hump in place of heaps, and three heaps in the plane.
fn rebuilt(on_line: Rebuild<1>, in_plane: Rebuild<2>) -> Vec<Evidence> {
    let (line, plane) = (line(), plane());
    let (cube, wide, square) = ((-5.5, 4.0), (-30.0, 30.0), (-6.0, 6.0));
    let (a, b) = (Point::<1>::new(0.3), Point::<2>::new(0.3, -0.2));
    let heaps = on_line(&|x| mixture_score(&line, x), &a, cube, 380);
    let hump = on_line(&|x| x.map(|x| -x.tanh()), &a, wide, 600);
    let three = in_plane(&|x| mixture_score(&plane, x), &b, square, 60);
    let one_over_cosh = |x: &Point<1>| 1.0 / (std::f64::consts::PI * x.x.cosh());
    let limit = 1e-10;
    vec![
        Evidence::at_most(
            "the two heaps from their score: largest error, over the largest density",
            distance(&heaps, |x| density(&line, x), cube, 380),
            limit,
            BECAUSE,
        ),
        Evidence::at_most(
            "1/(π cosh x) from −tanh x: the same",
            distance(&hump, one_over_cosh, wide, 600),
            limit,
            BECAUSE,
        ),
        Evidence::at_most(
            "three heaps in the plane: the same",
            distance(&three, |x| density(&plane, x), square, 60),
            limit,
            BECAUSE,
        ),
    ]
}

/// Two heaps that are cut off after 8 deviations and do not touch.
fn islands(left: f64) -> [Heap<1>; 2] {
    [(left, Point::<1>::new(-3.0), 0.3), (1.0 - left, Point::<1>::new(3.0), 0.3)]
}

fn on_an_island(x: &Point<1>) -> bool {
    (x.x.abs() - 3.0).abs() < 2.4
}

/// Zero in the sea.
fn island_score(left: f64, x: &Point<1>) -> Point<1> {
    if on_an_island(x) { mixture_score(&islands(left), x) } else { Point::<1>::new(0.0) }
}

const SEA: (f64, f64) = (-6.0, 6.0);

/// Two laws on two islands, with the weights 0.2 and 0.8 turned round.
fn two_laws() -> Vec<Evidence> {
    let nodes = weighted(|x| density(&islands(0.2), x), SEA, 480);
    let apart = nodes.iter().map(|(_, x)| {
        let [a, b] = [0.2, 0.8].map(|left| island_score(left, x));
        (a - b).norm() / (1.0 + a.norm())
    });
    let mean = |left: f64| {
        expectation(&weighted(|x| density(&islands(left), x), SEA, 480), |x| x.x)
    };
    vec![
        Evidence::at_most(
            "two islands, 0.2 or 0.8 of the mass on the left one: largest distance of the \
             two scores",
            largest(apart),
            1e-12,
            "rounding: on one island the other's share is e^{−38} at most",
        ),
        Evidence::at_most(
            "and the means of the two laws: distance of their difference from 3.6",
            (mean(0.2) - mean(0.8) - 3.6).abs(),
            1e-12,
            "rounding",
        ),
    ]
}

const CHAINS: usize = 4000;

/// Langevin dynamics on the islands, started by halves: the share on the left one at the
/// end against what is expected from the share at the start and the law's.
fn drawn(seed: u64, expected: fn(f64, f64) -> f64) -> Evidence {
    let (law, half) = (0.2, 0.5);
    let mut noise = Stream::new(seed, "islands").generator();
    let mut left = 0_usize;
    for k in 0..CHAINS {
        let mut x = Point::<1>::new(if k % 2 == 0 { -3.0 } else { 3.0 });
        for _ in 0..150 {
            let z = Point::<1>::draw(1.0, &mut noise);
            x = ula_step(|x| island_score(law, x), 0.01, &x, &z);
        }
        left += usize::from(x.x < 0.0);
    }
    let expected = expected(half, law);
    let error = (law * (1.0 - law) / CHAINS as f64).sqrt();
    let what = "4000 chains of Langevin steps on the islands with 0.2 of the law on the \
                left one, half of them started there: share that is there at the end, in \
                standard errors of a share of 0.2 from that of the start";
    Evidence::at_most(
        what,
        (left as f64 / CHAINS as f64 - expected).abs() / error,
        5.8,
        "5.8 standard errors; no chain crosses at all but for one case in 10⁹",
    )
    .sampled(CHAINS as u64, seed)
}

fn check(seed: u64, on_line: Rebuild<1>, in_plane: Rebuild<2>) -> Vec<Evidence> {
    let mut found = rebuilt(on_line, in_plane);
    found.extend(two_laws());
    found.push(drawn(seed, |start, _| start));
    found
}

fn unscaled<const D: usize>(
    score: Field<'_, D>,
    a: &Point<D>,
    cube: (f64, f64),
    cells: usize,
) -> Weighted<D> {
    let mut law = from_score(score, a, cube, cells);
    let h = (cube.1 - cube.0) / cells as f64;
    let top = largest(law.iter().map(|(w, _)| *w));
    // As if p(a) were one at the highest place.
    law.iter_mut().for_each(|(w, _)| *w *= h.powi(D as i32) / top);
    law
}

fn backwards<const D: usize>(
    score: Field<'_, D>,
    a: &Point<D>,
    cube: (f64, f64),
    cells: usize,
) -> Weighted<D> {
    from_score(&|x| -score(x), a, cube, cells)
}

/// p(x) ∝ exp ∫₀¹ s(a + τ(x − a))·(x − a) dτ, where the law hangs together.
pub const DETERMINES: Claim = Claim::new(
    "sm-score-determines-density",
    "where a law hangs together its score determines it; the weights of separate pieces \
     stand in no score, and nothing that moves by the score finds them",
    |seed| check(seed, from_score, from_score),
    &[
        Slip::printed("equal slopes, equal laws: for any law", "E003-14", |_| {
            let law = islands(0.2);
            let score = |x: &Point<1>| island_score(0.2, x);
            let found = from_score(&score, &Point::<1>::new(-3.0), SEA, 480);
            vec![Evidence::at_most(
                "two islands from their score: largest error, over the largest density",
                distance(&found, |x| density(&law, x), SEA, 480),
                1e-10,
                BECAUSE,
            )]
        }),
        Slip::printed("any law can be drawn from its score", "E002-08", |seed| {
            vec![drawn(seed, |_, law| law)]
        }),
        Slip::new("not scaled to mass one", |_| rebuilt(unscaled, unscaled)),
        Slip::new("from x to a", |_| rebuilt(backwards, backwards)),
    ],
);
