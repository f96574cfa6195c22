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

/// How often a cell is halved before a time counts as found: 2⁻⁶⁰ of the whole.
const DEPTH: u32 = 60;

// ANCHOR: tree
/// One path of Brownian motion on [0, end], which can be asked at any time, in
/// any order, as often as we like.
///
/// The value at `end` is drawn first, then the value halfway, and so on into
/// the half where the time lies. The draw in the middle of a cell depends on
/// the stream and on the number of the cell, and on nothing else: nothing is
/// stored, and the same question has the same answer.
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
        // The cell [left, right] that holds t, its length, its number in the
        // tree, and the values at its two ends.
        let (mut left, mut span, mut cell) = (0.0, self.end, 1_u64);
        let (mut a, mut b) = (W::zero(), W::draw(self.end.sqrt(), &mut self.draws(0)));
        for _ in 0..DEPTH {
            if t == left {
                return a;
            }
            if t == left + span {
                return b;
            }
            let normal = W::draw(1.0, &mut self.draws(cell));
            let middle = midpoint(&a, &b, span, &normal);
            span /= 2.0;
            cell *= 2;
            if t < left + span {
                b = middle;
            } else {
                (left, a, cell) = (left + span, middle, cell + 1);
            }
        }
        a
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

impl<W: Increment> BrownianTree<W> {
    fn draws(&self, cell: u64) -> dynamics::Generator {
        self.stream.chunk(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Point;

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
    #[should_panic(expected = "has no value at 1.5")]
    fn times_outside_are_refused() {
        let _ = BrownianTree::<f64>::new(Stream::new(6, "path"), 1.0).at(1.5);
    }
}
