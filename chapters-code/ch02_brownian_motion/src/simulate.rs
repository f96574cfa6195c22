//! From a step to an ensemble, or to whole paths.

use dynamics::{
    Failure, Generator, Increment, Normed, SdeMethod, Stream, TimeGrid,
    try_for_each_chunk,
};

// ANCHOR: simulate
/// Carries a whole ensemble along dX = f dt + G dW, in place and on all cores.
///
/// Chunk k draws from the generator k of `stream`, so the result has the same
/// bits on any number of threads. The memory used is that of the ensemble, and
/// of two chunks for each thread.
///
/// # Errors
/// If a state stops being finite: the time and the last finite state.
///
/// # Panics
/// If `grid` runs backwards.
pub fn simulate<S, W, E, M>(
    method: &M,
    sde: &E,
    grid: TimeGrid,
    stream: Stream,
    particles: &mut [S],
) -> Result<(), Failure<S>>
where
    S: Normed + Send + Sync,
    W: Increment,
    E: Sync + ?Sized,
    M: SdeMethod<E, S, W>,
{
    try_for_each_chunk(particles, |k, chunk| {
        let mut generator = stream.chunk(k as u64);
        let begin = (generator.clone(), chunk.to_vec());
        steps(method, sde, grid, &mut generator, chunk, |_, _| ());
        if chunk.iter().all(S::is_finite) {
            return Ok(());
        }
        // Once not finite, always so. The same draws again, to find out when.
        Err(first_failure(method, sde, grid, begin))
    })
}

/// All steps of one chunk: times outside, particles inside. `after(i, states)`
/// sees the states after step i.
fn steps<S, W, E, M>(
    method: &M,
    sde: &E,
    grid: TimeGrid,
    generator: &mut Generator,
    states: &mut [S],
    mut after: impl FnMut(usize, &[S]),
) where
    W: Increment,
    E: ?Sized,
    M: SdeMethod<E, S, W>,
{
    let h = grid.h();
    assert!(h > 0.0, "an SDE runs forwards: not from {} to {}", grid.start, grid.end);
    let deviation = h.sqrt();
    let mut noise = vec![W::zero(); states.len()];
    for i in 0..grid.steps {
        let t = grid.time(i);
        // All draws first: a draw may have to try again, a step does the same
        // for every particle, and a loop without a branch runs on vectors.
        W::draw_all(deviation, generator, &mut noise);
        for (x, dw) in states.iter_mut().zip(&noise) {
            *x = method.step(sde, t, h, x, dw);
        }
        after(i, states);
    }
}
// ANCHOR_END: simulate

/// Where the first state of a chunk stops being finite, with the chunk as it began.
fn first_failure<S, W, E, M>(
    method: &M,
    sde: &E,
    grid: TimeGrid,
    (mut generator, mut states): (Generator, Vec<S>),
) -> Failure<S>
where
    S: Normed,
    W: Increment,
    E: ?Sized,
    M: SdeMethod<E, S, W>,
{
    let mut before = states.clone();
    let mut found = None;
    steps(method, sde, grid, &mut generator, &mut states, |i, after| {
        if found.is_none() {
            found = after.iter().position(|x| !x.is_finite()).map(|bad| (i, bad));
            if found.is_none() {
                before.clone_from_slice(after);
            }
        }
    });
    let (i, bad) = found.expect("the same draws fail again");
    Failure::NotFinite { t: grid.time(i), x: before.swap_remove(bad) }
}

/// As [`simulate`], with the n + 1 states of every particle: `paths[particle][i]`.
///
/// The same draws, so the last states are those of [`simulate`] to the last bit.
///
/// # Errors
/// As [`simulate`].
///
/// # Panics
/// As [`simulate`].
pub fn simulate_paths<S, W, E, M>(
    method: &M,
    sde: &E,
    grid: TimeGrid,
    stream: Stream,
    starts: &[S],
) -> Result<Vec<Vec<S>>, Failure<S>>
where
    S: Normed + Send + Sync,
    W: Increment,
    E: Sync + ?Sized,
    M: SdeMethod<E, S, W>,
{
    let mut paths: Vec<Vec<S>> = starts.iter().map(|x| vec![x.clone()]).collect();
    try_for_each_chunk(&mut paths, |k, chunk| {
        let mut generator = stream.chunk(k as u64);
        let mut states: Vec<S> = chunk.iter().map(|path| path[0].clone()).collect();
        let begin = (generator.clone(), states.clone());
        steps(method, sde, grid, &mut generator, &mut states, |_, after| {
            for (path, x) in chunk.iter_mut().zip(after) {
                path.push(x.clone());
            }
        });
        if states.iter().all(S::is_finite) {
            return Ok(());
        }
        Err(first_failure(method, sde, grid, begin))
    })?;
    Ok(paths)
}

// ANCHOR: follow
/// The states at `times` of one particle that starts at `x0` and is driven by
/// the given values of Brownian motion at these times.
///
/// # Panics
/// If there are not as many values as times, or a time does not exceed the
/// one before it.
pub fn follow<S, W, E, M>(method: &M, sde: &E, times: &[f64], path: &[W], x0: S) -> Vec<S>
where
    S: Clone,
    W: Increment,
    E: ?Sized,
    M: SdeMethod<E, S, W>,
{
    let (m, n) = (path.len(), times.len());
    assert!(m == n, "{m} values of Brownian motion at {n} times: one belongs to each");
    let mut states = vec![x0];
    for (t, w) in times.windows(2).zip(path.windows(2)) {
        let (h, dw) = (t[1] - t[0], w[1].plus(-1.0, &w[0]));
        assert!(h > 0.0, "the time {} comes after {}: times must grow", t[1], t[0]);
        states.push(method.step(sde, t[0], h, &states[states.len() - 1], &dw));
    }
    states
}
// ANCHOR_END: follow

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EulerMaruyama, OrnsteinUhlenbeck, brownian_path};
    use dynamics::{CHUNK, Point, Sde};

    const OU: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.7, diffusion: 0.4 };

    #[test]
    fn paths_end_where_the_ensemble_does_on_any_number_of_threads() {
        let starts: Vec<f64> = (0..2 * CHUNK + 5).map(|i| i as f64 / 1e3).collect();
        let (grid, stream) = (TimeGrid::new(0.0, 2.0, 9), Stream::new(3, "simulate"));
        let ends = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let mut ends = starts.clone();
            pool.expect("threads")
                .install(|| simulate(&EulerMaruyama, &OU, grid, stream, &mut ends))
                .expect("finite");
            ends
        };
        let paths = simulate_paths(&EulerMaruyama, &OU, grid, stream, &starts);
        let last: Vec<f64> = paths.expect("finite").iter().map(|path| path[9]).collect();
        assert_eq!(ends(1), last);
        assert_eq!(ends(2), last);
    }

    #[test]
    fn chunks_draw_different_noise() {
        let mut ends = vec![0.0; 2 * CHUNK];
        let (grid, stream) = (TimeGrid::new(0.0, 1.0, 1), Stream::new(3, "chunks"));
        simulate(&EulerMaruyama, &OU, grid, stream, &mut ends).expect("finite");
        assert!((0..CHUNK).all(|i| ends[i] != ends[i + CHUNK]));
    }

    /// dX = (cos t − X) dt + (1 + t) dW: both coefficients look at the clock.
    struct Clocked;

    impl Sde<f64> for Clocked {
        fn drift(&self, t: f64, x: &f64) -> f64 {
            t.cos() - x
        }

        fn noise(&self, t: f64, _x: &f64, dw: &f64) -> f64 {
            (1.0 + t) * dw
        }
    }

    #[test]
    fn a_given_path_drives_as_drawn_noise_does() {
        let (grid, stream) = (TimeGrid::new(0.5, 2.0, 6), Stream::new(3, "follow"));
        let drawn = simulate_paths(&EulerMaruyama, &Clocked, grid, stream, &[0.3]);
        let drawn = drawn.expect("finite").remove(0);
        let path: Vec<f64> = brownian_path(grid, &mut stream.generator());
        let times: Vec<f64> = grid.times().collect();
        let followed = follow(&EulerMaruyama, &Clocked, &times, &path, 0.3);
        let mut by_hand = vec![0.3];
        for (i, w) in path.windows(2).enumerate() {
            let (t, x) = (0.5 + 0.25 * i as f64, by_hand[i]);
            by_hand.push(x + 0.25 * (t.cos() - x) + (1.0 + t) * (w[1] - w[0]));
        }
        for i in 0..=6 {
            assert!((drawn[i] - by_hand[i]).abs() < 1e-14, "{i}");
            assert!((followed[i] - by_hand[i]).abs() < 1e-14, "{i}");
        }
    }

    /// x² pulls a particle off to infinity at the time 1/x₀.
    struct Explosion;

    impl Sde<f64> for Explosion {
        fn drift(&self, _t: f64, x: &f64) -> f64 {
            x * x
        }

        fn noise(&self, _t: f64, _x: &f64, dw: &f64) -> f64 {
            0.001 * dw
        }
    }

    #[test]
    fn a_state_that_runs_off_is_told_with_its_time() {
        let mut particles = vec![0.5, 1.0, 0.25];
        let (grid, stream) = (TimeGrid::new(0.0, 1.5, 3000), Stream::new(3, "explosion"));
        let failed = simulate(&EulerMaruyama, &Explosion, grid, stream, &mut particles);
        let Err(Failure::NotFinite { t, x }) = failed else {
            panic!("the second particle runs off: {failed:?}")
        };
        assert!(t > 1.0 && t < 1.1 && x > 1e100, "{t} {x}");
        let paths =
            simulate_paths(&EulerMaruyama, &Explosion, grid, stream, &[0.5, 1.0, 0.25]);
        assert_eq!(paths.unwrap_err(), Failure::NotFinite { t, x });
    }

    #[test]
    #[should_panic(expected = "not from 1 to 0")]
    fn an_sde_does_not_run_backwards() {
        let (grid, stream) = (TimeGrid::new(1.0, 0.0, 4), Stream::new(3, "backwards"));
        let _ = simulate(&EulerMaruyama, &OU, grid, stream, &mut [0.0]);
    }

    #[test]
    #[should_panic(expected = "3 values of Brownian motion at 2 times")]
    fn each_time_has_its_value() {
        let path = [Point::<2>::zeros(); 3];
        let _ = follow(&EulerMaruyama, &OU, &[0.0, 1.0], &path, Point::<2>::zeros());
    }

    #[test]
    #[should_panic(expected = "times must grow")]
    fn times_must_grow() {
        let _ = follow(&EulerMaruyama, &OU, &[0.0, 0.0], &[0.0, 1.0], 0.0);
    }
}
