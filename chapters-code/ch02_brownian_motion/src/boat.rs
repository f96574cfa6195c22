//! A boat: three numbers moved by two noises.

use dynamics::{Point, Sde};

// ANCHOR: boat
/// A boat in wind, with the state (x, y, α): its place and its heading.
///
/// It moves ahead with speed v and gusts push and slow it along its heading;
/// the heading α wanders. Three coordinates, two noises:
///
/// d(x, y) = (cos α, sin α)(v dt + s dW₁), dα = c dW₂.
#[derive(Clone, Copy, Debug)]
pub struct Boat {
    /// v: length per time.
    pub speed: f64,
    /// s ≥ 0: length per square root of time.
    pub surge: f64,
    /// c > 0: radians per square root of time.
    pub turning: f64,
}

impl Sde<Point<3>, Point<2>> for Boat {
    fn drift(&self, _t: f64, x: &Point<3>) -> Point<3> {
        let (sin, cos) = x.z.sin_cos();
        Point::<3>::new(cos, sin, 0.0) * self.speed
    }

    fn noise(&self, _t: f64, x: &Point<3>, dw: &Point<2>) -> Point<3> {
        let (sin, cos) = x.z.sin_cos();
        let ahead = self.surge * dw.x;
        Point::<3>::new(cos * ahead, sin * ahead, self.turning * dw.y)
    }
}
// ANCHOR_END: boat

// ANCHOR: boat-distance
impl Boat {
    /// How far along its first heading a boat is in the mean, after a time t ≥ 0:
    /// (2v/c²)(1 − exp(−c²t/2)).
    pub fn mean_way_ahead(&self, t: f64) -> f64 {
        let forgetting = self.turning.powi(2) / 2.0;
        -self.speed * (-forgetting * t).exp_m1() / forgetting
    }

    /// E(x² + y²) after a time t ≥ 0, for a boat that starts at the origin:
    /// s²t + (4v²/c²)[t − (2/c²)(1 − exp(−c²t/2))].
    pub fn mean_square_distance(&self, t: f64) -> f64 {
        let forgetting = self.turning.powi(2) / 2.0;
        let forgotten = -(-forgetting * t).exp_m1();
        let swum = 2.0 * self.speed.powi(2) / forgetting * (t - forgotten / forgetting);
        self.surge.powi(2) * t + swum
    }
}
// ANCHOR_END: boat-distance
