//! A process that is Brownian motion to everyone who looks at times fixed before.

use crate::BrownianTree;
use dynamics::Increment;

// ANCHOR: impostor
/// A path that leaps away and back at one instant U, drawn at random.
///
/// At any time fixed beforehand U misses with probability 1, so the values at
/// such times have exactly the laws of Brownian motion. The path has a jump.
#[derive(Clone, Copy, Debug)]
pub struct Impostor<W> {
    /// W.
    pub path: BrownianTree<W>,
    /// U.
    pub instant: f64,
    /// How far it leaps.
    pub leap: W,
}

impl<W: Increment> Impostor<W> {
    /// W_t, and at t = U the leap on top.
    pub fn at(&self, t: f64) -> W {
        let leaps = if t == self.instant { 1.0 } else { 0.0 };
        self.path.at(t).plus(leaps, &self.leap)
    }
}
// ANCHOR_END: impostor

#[cfg(test)]
mod tests {
    use super::*;
    use dynamics::Stream;

    #[test]
    fn the_leap_is_at_its_instant_and_nowhere_else() {
        let path = BrownianTree::<f64>::new(Stream::new(4, "impostor"), 2.0);
        let impostor = Impostor { path, instant: 0.7, leap: 1.5 };
        assert_eq!(impostor.at(0.7), path.at(0.7) + 1.5);
        for t in [0.0, 0.6, 0.8, 2.0] {
            assert_eq!(impostor.at(t), path.at(t));
        }
    }
}
