//! A process that is Brownian motion to everyone who looks at times fixed before.

use crate::BrownianTree;

// ANCHOR: impostor
/// A path that is 1 too high at one instant U, drawn at random, and nowhere
/// else.
///
/// At any time fixed beforehand U misses with probability 1, so the values at
/// such times have exactly the laws of Brownian motion. The path has a jump.
#[derive(Clone, Copy, Debug)]
pub struct Impostor {
    /// W.
    pub path: BrownianTree<f64>,
    /// U.
    pub instant: f64,
}

impl Impostor {
    /// W_t + 1_{t = U}.
    pub fn at(&self, t: f64) -> f64 {
        self.path.at(t) + if t == self.instant { 1.0 } else { 0.0 }
    }
}
// ANCHOR_END: impostor
