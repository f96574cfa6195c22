//! A Brownian path as an object: ask it again, on a finer grid, and it answers with the
//! same path.

use dynamics::{Increment, Stream};
use std::marker::PhantomData;

// ANCHOR: midpoint
/// The value halfway between two known values `a` and `b` of Brownian motion
/// that lie a time `span` apart, from a draw `normal` of N(0, I): the mean of
/// the two, plus noise of variance `span`/4 per coordinate.
pub fn midpoint<W: Increment>(a: &W, b: &W, span: f64, normal: &W) -> W {
    let mean = a.plus(0.5, &b.plus(-1.0, a));
    mean.plus((span / 4.0).sqrt(), normal)
}
// ANCHOR_END: midpoint

/// How often a cell is halved. The positions i/2⁵² of its ends, in parts of the whole, are
/// exact numbers.
const DEPTH: u32 = 52;

// ANCHOR: tree
/// One path of Brownian motion on [0, end], which can be asked at any time, in
/// any order, as often as we like.
///
/// The value at `end` is drawn first, then the value halfway, and so on into
/// the half where the time lies. The draw in the middle of a cell depends on
/// the stream and on the number of the cell, and on nothing else: nothing is
/// stored, and the same question has the same answer. The times of a grid of
/// 2ᵏ equal steps are met exactly. Within a cell of 2⁻⁵² of the whole, where
/// the halving stops, the path is straight.
#[derive(Clone, Copy, Debug)]
pub struct BrownianTree<W> {
    stream: Stream,
    end: f64,
    kind: PhantomData<W>,
}

impl<W: Increment> BrownianTree<W> {
    /// The path of this stream on [0, `end`].
    ///
    /// # Panics
    /// If `end` is not a positive number.
    pub fn new(stream: Stream, end: f64) -> Self {
        assert!(
            end > 0.0 && end.is_finite(),
            "a Brownian path ends at a positive time, not at {end}"
        );
        Self { stream, end, kind: PhantomData }
    }

    /// W_t.
    ///
    /// # Panics
    /// If `t` is not in [0, end].
    pub fn at(&self, t: f64) -> W {
        assert!(
            (0.0..=self.end).contains(&t),
            "this Brownian path runs from 0 to {}: it has no value at {t}",
            self.end
        );
        let draw = |cell| W::draw(1.0, &mut self.stream.chunk(cell));
        // The cell that holds t: its ends in parts of the whole, the values
        // there, and its number in the tree. Number 0 is the draw at `end`.
        let (mut left, mut right, mut cell) = (0.0, 1.0, 1);
        let mut a = W::zero();
        let mut b = a.plus(self.end.sqrt(), &draw(0));
        for _ in 0..DEPTH {
            if t == self.end * left {
                return a;
            }
            if t == self.end * right {
                return b;
            }
            let span = self.end * (right - left);
            let (half, value) =
                ((left + right) / 2.0, midpoint(&a, &b, span, &draw(cell)));
            cell *= 2;
            if t < self.end * half {
                (right, b) = (half, value);
            } else {
                (left, a, cell) = (half, value, cell + 1);
            }
        }
        let part = (t / self.end - left) / (right - left);
        a.plus(part.clamp(0.0, 1.0), &b.plus(-1.0, &a))
    }

    /// W_t − W_r.
    pub fn increment(&self, r: f64, t: f64) -> W {
        self.at(t).plus(-1.0, &self.at(r))
    }

    /// The values at these times.
    pub fn path(&self, times: impl IntoIterator<Item = f64>) -> Vec<W> {
        times.into_iter().map(|t| self.at(t)).collect()
    }
}
// ANCHOR_END: tree

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::{Point, TimeGrid};

    #[test]
    fn a_refined_path_passes_through_the_coarse_one() {
        let path = BrownianTree::<Point<2>>::new(Stream::new(5, "path"), 1.0);
        let coarse = path.increment(0.25, 0.75);
        let fine = path.increment(0.25, 0.5) + path.increment(0.5, 0.75);
        assert!((coarse - fine).norm() < 1e-14); // one addition of numbers of order one
    }

    #[test]
    fn the_same_question_has_the_same_answer() {
        let path = BrownianTree::<f64>::new(Stream::new(6, "path"), 2.3);
        let times = [0.0, 0.1, 0.7, 1.15, 1.3, 2.3];
        let (forwards, backwards) =
            (path.path(times), path.path(times.into_iter().rev()));
        assert!(forwards.iter().eq(backwards.iter().rev()));
        assert_eq!(forwards[0], 0.0);
    }

    #[test]
    fn a_grid_of_halves_is_met_exactly_whatever_the_end() {
        // Were a time missed by a rounding, its value would come from a cell of 2⁻⁵² of
        // the whole, about 10⁻⁸ away from that of the coarser grid.
        for end in [1.0, 2.3, 0.1, 1e-3 / 3.0] {
            let path = BrownianTree::<f64>::new(Stream::new(7, "halves"), end);
            let values = |k: u32| path.path(TimeGrid::new(0.0, end, 1 << k).times());
            let (coarse, fine) = (values(6), values(9));
            assert!(coarse.iter().eq(fine.iter().step_by(8)), "{end}");
            let middles = fine.windows(3).step_by(2);
            let off = middles.map(|w| (w[1] - (w[0] + w[2]) / 2.0).powi(2));
            // Σ of 256 squares of variance h/2 each: mean end/4, deviation √(2/256) of it.
            let sum = off.sum::<f64>() / (end / 4.0);
            assert!((sum - 1.0).abs() < 5.8 * (2.0_f64 / 256.0).sqrt(), "{end} {sum}");
        }
    }

    #[test]
    fn an_increment_is_the_later_value_less_the_earlier() {
        let path = BrownianTree::<f64>::new(Stream::new(9, "increment"), 2.0);
        assert_eq!(path.increment(0.0, 0.7), path.at(0.7));
        assert_eq!(path.increment(0.7, 2.0), path.at(2.0) - path.at(0.7));
    }

    #[test]
    fn the_last_cell_is_straight() {
        let path = BrownianTree::<f64>::new(Stream::new(9, "straight"), 2.0);
        let cell = 2.0_f64.powi(1 - DEPTH as i32);
        assert!(path.at(cell) != 0.0);
        assert_eq!(path.at(cell / 4.0), path.at(cell) / 4.0);
        let (a, b) = (path.at(cell), path.at(2.0 * cell));
        assert!((path.at(1.75 * cell) - (a + 0.75 * (b - a))).abs() < 1e-15 * b.abs());
    }

    #[test]
    fn neighbouring_numbers_have_neighbouring_values() {
        let path = BrownianTree::<f64>::new(Stream::new(8, "near"), 3.0);
        for t in [1.0_f64, 0.7, 1e-30, 2.9999] {
            // Ten deviations of an increment over the 2⁻⁵¹ of the whole that may lie between.
            let step = path.increment(t, t.next_up()).abs();
            assert!(step < 10.0 * (3.0 * 2.0_f64.powi(-51)).sqrt(), "{t} {step}");
        }
    }

    #[test]
    #[should_panic(expected = "ends at a positive time, not at -1")]
    fn an_end_before_the_start_is_refused() {
        let _ = BrownianTree::<f64>::new(Stream::new(6, "path"), -1.0);
    }

    #[test]
    #[should_panic(expected = "has no value at 1.5")]
    fn times_outside_are_refused() {
        let _ = BrownianTree::<f64>::new(Stream::new(6, "path"), 1.0).at(1.5);
    }
}
