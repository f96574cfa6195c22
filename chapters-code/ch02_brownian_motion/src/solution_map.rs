//! The solution map of an equation along one path of noise.

use crate::{BrownianTree, EulerMaruyama, follow};
use dynamics::Sde;

// ANCHOR: solution-map
/// Φ_{r,t}: the map that takes x at time r to the state at time t, along one
/// Brownian path, by Euler–Maruyama.
#[derive(Clone, Debug)]
pub struct SolutionMap<E> {
    /// f and g.
    pub sde: E,
    /// The path that drives every particle.
    pub path: BrownianTree<f64>,
    /// The times at which a step may begin or end, growing.
    pub times: Vec<f64>,
}

impl<E: Sde<f64>> SolutionMap<E> {
    /// Φ_{r,t}(x).
    ///
    /// # Panics
    /// If r or t is not one of the times, or t < r.
    pub fn map(&self, r: f64, t: f64, x: f64) -> f64 {
        let place = |time: f64| {
            let found = self.times.iter().position(|known| *known == time);
            found.unwrap_or_else(|| panic!("{time} is none of the times of the steps"))
        };
        let (first, last) = (place(r), place(t));
        assert!(first <= last, "a solution runs forwards: not from {r} to {t}");
        let times = &self.times[first..=last];
        let path = self.path.path(times.iter().copied());
        let states = follow(&EulerMaruyama, &self.sde, times, &path, x);
        states[states.len() - 1]
    }
}
// ANCHOR_END: solution-map

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OrnsteinUhlenbeck;
    use dynamics::Stream;

    fn map() -> SolutionMap<OrnsteinUhlenbeck> {
        SolutionMap {
            sde: OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.4 },
            path: BrownianTree::new(Stream::new(8, "map"), 1.0),
            times: vec![0.0, 0.3, 1.0],
        }
    }

    #[test]
    #[should_panic(expected = "0.5 is none of the times")]
    fn a_step_does_not_end_halfway() {
        let _ = map().map(0.0, 0.5, 1.0);
    }

    #[test]
    #[should_panic(expected = "not from 1 to 0.3")]
    fn a_solution_runs_forwards() {
        let _ = map().map(1.0, 0.3, 1.0);
    }

    #[test]
    fn no_time_is_no_change() {
        assert_eq!(map().map(0.3, 0.3, 1.7), 1.7);
    }
}
