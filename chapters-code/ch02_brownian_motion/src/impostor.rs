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
