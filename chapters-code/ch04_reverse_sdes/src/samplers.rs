//! The ways back of the program, under any schedule.

use ch02_brownian_motion::{EulerMaruyama, simulate};
use ch04_reverse_sdes::exact_laws::{OnGrid, distance_of_map, standard_normal};
use ch04_reverse_sdes::{
    Backward, Corrector, NoiseSchedule, Noised, sample_corrected, way_back,
};
use dynamics::{
    Failure, Generator, Increment, Normed, Point, Sde, Stream, TimeGrid, VectorField,
    for_each_chunk, try_for_each_chunk,
};
use evidence::rounded;
use std::cell::Cell;
use std::sync::Mutex;

/// The two heaps under a schedule.
pub(crate) type Law<S> = Noised<S, 1>;

/// A step from a place at a time to an earlier time.
pub(crate) type Step<'a> = &'a dyn Fn((f64, f64), &Point<1>) -> Point<1>;

/// Where a particle was lost, and what helps.
fn lost(who: &str, t: f64, x: f64) -> String {
    let failure = Failure::NotFinite { t: rounded(t, 6), x: rounded(x, 6) };
    format!("{who}: {failure} (here more --steps, or a smaller --theta or --lambda)")
}

/// The distance of a deterministic way from the data, found without a draw: the largest
/// gap between the distribution functions at the last of `times`.
pub(crate) fn distance<S: NoiseSchedule>(
    who: &str,
    step: Step<'_>,
    law: &Law<S>,
    times: &[f64],
) -> Result<f64, String> {
    let spread = law.schedule.sigma(times[0]);
    let failure = Cell::new(None);
    let map = |z: f64| {
        let mut x = Point::<1>::new(spread * z);
        for pair in times.windows(2) {
            let next = step((pair[0], pair[1]), &x);
            if !next.is_finite() {
                failure.set(Some((pair[0], x[0])));
                return f64::NAN;
            }
            x = next;
        }
        x[0]
    };
    let end = times[times.len() - 1];
    let gap = distance_of_map(standard_normal, map, |y| law.cdf(end, y));
    failure.get().map_or(Ok(gap), |(t, x)| Err(lost(who, t, x)))
}

/// The same distance between N(0, σ_T²) and p_T.
pub(crate) fn distance_of_start<S: NoiseSchedule>(law: &Law<S>) -> f64 {
    let end = law.schedule.interval().end;
    let spread = law.schedule.sigma(end);
    let gap = |i: i32| {
        let z = 0.005 * f64::from(i);
        (standard_normal(z) - law.cdf(end, spread * z)).abs()
    };
    (-1400..=1400).map(gap).fold(0.0, f64::max)
}

/// Draws from N(0, σ_T²).
pub(crate) fn starts(
    schedule: &impl NoiseSchedule,
    count: usize,
    seed: u64,
) -> Vec<Point<1>> {
    let spread = schedule.sigma(schedule.interval().end);
    let mut starts = vec![Point::<1>::zeros(); count];
    let stream = Stream::new(seed, "experiment: starts");
    for_each_chunk(&mut starts, |k, chunk| {
        let mut draws = stream.chunk(k as u64);
        chunk.iter_mut().for_each(|x| *x = Point::draw(spread, &mut draws));
    });
    starts
}

/// Moves `cloud` along the way back with λ, from step `first` of `n` to step `last`.
pub(crate) fn stretch<S: NoiseSchedule>(
    back: &Backward<S, Law<S>>,
    (first, last, n): (usize, usize, usize),
    seed: u64,
    cloud: &mut [Point<1>],
) -> Result<(), String> {
    let grid = own_time(&back.schedule, n);
    let part = TimeGrid::new(grid.time(first), grid.time(last), last - first);
    let stream = Stream::new(seed, &format!("experiment: back from step {first}"));
    simulate(&EulerMaruyama, back, part, stream, cloud).map_err(|failure| match failure {
        Failure::NotFinite { t, x } => {
            lost("the reverse SDE", back.forward_time(t), x[0])
        }
        other => other.to_string(),
    })
}

/// τ from 0 to T − t_min.
fn own_time(schedule: &impl NoiseSchedule, n: usize) -> TimeGrid {
    let way = way_back(schedule, n);
    TimeGrid::new(0.0, way.start - way.end, n)
}

/// The law of the reverse SDE's particles after `n` steps, computed without a draw: places
/// and shares to the left of them. Nothing if that would take too long.
pub(crate) fn law_of_steps<S: NoiseSchedule>(
    back: &Backward<S, Law<S>>,
    n: usize,
) -> Option<(Vec<f64>, Vec<f64>)> {
    let grid = own_time(&back.schedule, n);
    let h = grid.h();
    let deviation = |i: usize| (h * back.noise_rate(grid.time(i))).sqrt();
    let spread = back.schedule.sigma(back.schedule.interval().end);
    let narrowest = (0..n).map(deviation).fold(f64::MAX, f64::min);
    let (spacing, reach) = ((0.5 * narrowest).min(0.02), 12.0 * spread.max(1.0));
    let window = |i| 13.0 * deviation(i) / spacing;
    let work = 2.0 * reach / spacing * (0..n).map(window).sum::<f64>();
    if work.is_nan() || work > 6e7 {
        return None;
    }
    let start = |x: f64| {
        let z = x / spread;
        (-0.5 * z * z).exp() / (spread * std::f64::consts::TAU.sqrt())
    };
    let begin = OnGrid::new(start, reach, spacing);
    let end = (0..n).fold(begin, |p, i| {
        let tau = grid.time(i);
        let mean = |x: f64| x + h * Sde::drift(back, tau, &Point::<1>::new(x))[0];
        p.after(mean, deviation(i))
    });
    // What left the grid is missing.
    let mass = spacing * end.values.iter().sum::<f64>();
    let mut total = 0.0;
    let below = end.values.iter().map(|p| {
        total += p * spacing;
        total - 0.5 * p * spacing
    });
    let below: Vec<f64> = below.collect();
    ((mass - 1.0).abs() < 1e-5).then_some((end.places, below))
}

/// A function from its values at even places.
pub(crate) fn interpolated((places, values): &(Vec<f64>, Vec<f64>), x: f64) -> f64 {
    let spacing = places[1] - places[0];
    let place = ((x - places[0]) / spacing).clamp(0.0, (places.len() - 1) as f64);
    let i = (place.floor() as usize).min(places.len() - 2);
    values[i] + (place - i as f64) * (values[i + 1] - values[i])
}

/// Draws with a step of the corrector after each of `n` steps.
pub(crate) fn corrected<S: NoiseSchedule>(
    law: &Law<S>,
    how: (usize, Corrector),
    count: usize,
    seed: u64,
) -> Result<Vec<f64>, String> {
    let mut ends = vec![0.0; count];
    let stream = Stream::new(seed, "experiment: corrected");
    try_for_each_chunk(&mut ends, |k, chunk| {
        let mut draws = stream.chunk(k as u64);
        for end in chunk {
            let before = draws.clone();
            *end = sample_corrected(&law.schedule, law, how, &mut draws)[0];
            if !end.is_finite() {
                return Err(last_seen(law, how, before));
            }
        }
        Ok(())
    })?;
    Ok(ends)
}

/// The same draws again, to find out where the particle was before it was lost.
fn last_seen<S: NoiseSchedule>(
    law: &Law<S>,
    how: (usize, Corrector),
    mut draws: Generator,
) -> String {
    let last = Mutex::new((law.schedule.interval().end, 0.0));
    let score = |t: f64, x: &Point<1>| {
        if x.is_finite() {
            *last.lock().expect("one thread") = (t, x[0]);
        }
        law.velocity(t, x)
    };
    let _ = sample_corrected(&law.schedule, &score, how, &mut draws);
    let (t, x) = *last.lock().expect("one thread");
    lost("predictor–corrector", t, x)
}
