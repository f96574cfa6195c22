//! A walk of coin tosses, and the law of where it stands.

use dynamics::Generator;
use rand::RngExt;

// ANCHOR: walk
/// The places x(0), x(1), …, x(N) of a walk from 0: a step +δ for every head
/// (`true`), −δ for every tail. `step` is δ.
///
/// The steps are counted in whole numbers, so that no rounding adds up.
pub fn walk(step: f64, tosses: &[bool]) -> Vec<f64> {
    let mut place = 0_i64;
    let mut places = vec![0.0];
    for &head in tosses {
        place += if head { 1 } else { -1 };
        places.push(step * place as f64);
    }
    places
}

/// All 2ⁿ series of n tosses, each as likely as any other: a mean over them is an
/// expectation without error.
///
/// # Panics
/// If n exceeds 24, which would be 16 million series.
pub fn every_series(n: usize) -> impl Iterator<Item = Vec<bool>> {
    assert!(n <= 24, "2^{n} series of tosses are too many: at most 2^24");
    (0..1_u32 << n).map(move |series| (0..n).map(|i| series >> i & 1 == 1).collect())
}
// ANCHOR_END: walk

/// n tosses of a fair coin.
pub fn toss(n: usize, generator: &mut Generator) -> Vec<bool> {
    (0..n).map(|_| generator.random()).collect()
}

// ANCHOR: law
/// Where a walk stands after n tosses: at (2k − n)δ with the chance of k heads.
#[derive(Clone, Debug)]
pub struct WalkLaw {
    /// The step δ.
    pub step: f64,
    /// The chances of 0, 1, …, n heads.
    pub chances: Vec<f64>,
}

impl WalkLaw {
    /// After `n` tosses. Each toss sends half of every chance up, half down.
    pub fn new(step: f64, n: usize) -> Self {
        let mut chances = vec![0.0; n + 1];
        chances[0] = 1.0;
        for toss in 1..=n {
            let mut lower = 0.0;
            for chance in &mut chances[..=toss] {
                (*chance, lower) = (0.5 * (lower + *chance), *chance);
            }
        }
        Self { step, chances }
    }

    /// The walk of `n` tosses in the time `span`, with the step δ = g √δt that
    /// belongs to δt = span/n.
    ///
    /// # Panics
    /// If `n` is 0, or `g` or `span` not a positive number.
    pub fn scaled(g: f64, span: f64, n: usize) -> Self {
        assert!(n > 0, "a walk of 0 tosses does not fill the time {span}");
        for (name, x) in [("g", g), ("span", span)] {
            assert!(x > 0.0 && x.is_finite(), "{name} = {x}: it must be above 0");
        }
        Self::new(g * (span / n as f64).sqrt(), n)
    }

    /// Every place, from the lowest, with its chance.
    pub fn places(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let n = self.chances.len() as f64 - 1.0;
        let place = move |k: usize| self.step * (2.0 * k as f64 - n);
        self.chances.iter().enumerate().map(move |(k, &p)| (place(k), p))
    }

    /// The expectation of f(x).
    pub fn expectation(&self, f: impl Fn(f64) -> f64) -> f64 {
        self.places().map(|(x, p)| p * f(x)).sum()
    }
}
// ANCHOR_END: law

// ANCHOR: distance
impl WalkLaw {
    /// The places, each with F just below it and at it: F jumps there.
    pub fn jumps(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        self.places().scan(0.0, |sum, (x, p)| {
            let below = *sum;
            *sum += p;
            Some((x, below, *sum))
        })
    }

    /// sup |F − G| for a continuous distribution function G. Between jumps F is
    /// level and G rises, so the worst place is at a jump, on one of its sides.
    pub fn distance(&self, g: impl Fn(f64) -> f64) -> f64 {
        let worse = |(x, below, at)| {
            let g = g(x);
            f64::max(g - below, at - g)
        };
        self.jumps().map(worse).fold(0.0, f64::max)
    }

    /// The largest |F(x) − G(x + δ)| over the places x: G is read off halfway to
    /// the next jump.
    pub fn distance_halfway(&self, g: impl Fn(f64) -> f64) -> f64 {
        let gap = |(x, _, at): (f64, f64, f64)| (at - g(x + self.step)).abs();
        self.jumps().map(gap).fold(0.0, f64::max)
    }
}
// ANCHOR_END: distance

// ANCHOR: coarser
/// The walk that an observer notes who looks only at changes of `coarse` steps:
/// the number of each toss at which the walk has moved by that much since the
/// last note, and the toss itself. The noted walk is a walk of fair tosses too.
///
/// # Panics
/// If `coarse` is 0.
pub fn noted(tosses: &[bool], coarse: u32) -> Vec<(usize, bool)> {
    assert!(coarse > 0, "a change of 0 steps is none: note changes of 1 at least");
    let mut moved = 0_i64;
    let mut notes = Vec::new();
    for (i, &head) in tosses.iter().enumerate() {
        moved += if head { 1 } else { -1 };
        if moved.unsigned_abs() == u64::from(coarse) {
            notes.push((i, head));
            moved = 0;
        }
    }
    notes
}
// ANCHOR_END: coarser

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Stream;

    #[test]
    fn three_tosses_by_hand() {
        let places = walk(0.3, &[true, true, false]);
        assert_eq!(places, [0.0, 0.3, 0.6, 0.3]);
        let law = WalkLaw::new(0.5, 3);
        assert_eq!(law.chances, [0.125, 0.375, 0.375, 0.125]);
        let places: Vec<f64> = law.places().map(|(x, _)| x).collect();
        assert_eq!(places, [-1.5, -0.5, 0.5, 1.5]);
    }

    #[test]
    fn the_law_counts_the_walks() {
        let (step, n, to) = (0.7, 9, 0.7);
        let ends = every_series(n).map(|tosses| walk(step, &tosses)[n]);
        let counted = ends.filter(|x| *x == to).count();
        let law = WalkLaw::new(step, n);
        let chance: f64 = law.places().filter(|(x, _)| *x == to).map(|(_, p)| p).sum();
        assert_eq!(counted, 126);
        assert_eq!(chance, 126.0 / 512.0);
    }

    #[test]
    fn the_distance_sees_both_sides_of_a_jump() {
        // One toss of step 1 against the uniform law on [−2, 2]: F is 0, ½, 1.
        let law = WalkLaw::new(1.0, 1);
        let uniform = |x: f64| (0.5 + x / 4.0).clamp(0.0, 1.0);
        assert_eq!(law.distance(uniform), 0.25);
        assert_eq!(law.distance(|x| uniform(x - 0.5)), 0.375);
        assert_eq!(law.distance(|x| uniform(x + 0.5)), 0.375);
        assert_eq!(law.distance_halfway(uniform), 0.0);
    }

    #[test]
    fn noted_tosses_are_fair_and_wait_for_the_square() {
        let (coarse, n) = (6, 400_000);
        let tosses = toss(n, &mut Stream::new(4, "noted").generator());
        let notes = noted(&tosses, coarse);
        // The steps add up to where the walk has been.
        let fine = walk(1.0, &tosses);
        let heads: Vec<bool> = notes.iter().map(|note| note.1).collect();
        let noted = walk(f64::from(coarse), &heads);
        assert!(notes.iter().zip(&noted[1..]).all(|((i, _), x)| fine[i + 1] == *x));
        // A wait has the mean r² and the variance 2r²(r² − 1)/3; heads are half.
        let count = notes.len() as f64;
        let wait = (notes[notes.len() - 1].0 + 1) as f64 / count;
        assert!((wait - 36.0).abs() < 5.8 * (2.0 * 36.0 * 35.0 / 3.0 / count).sqrt());
        let up = heads.iter().filter(|head| **head).count() as f64 / count;
        assert!((up - 0.5).abs() < 5.8 * 0.5 / count.sqrt());
    }

    #[test]
    #[should_panic(expected = "a walk of 0 tosses")]
    fn no_tosses_fill_no_time() {
        let _ = WalkLaw::scaled(0.4, 1.0, 0);
    }

    #[test]
    #[should_panic(expected = "span = -1")]
    fn a_walk_does_not_go_back_in_time() {
        let _ = WalkLaw::scaled(0.4, -1.0, 3);
    }

    #[test]
    #[should_panic(expected = "2^25 series")]
    fn too_many_series_are_refused() {
        let _ = every_series(25).count();
    }
}
