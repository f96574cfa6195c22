//! What the experiment measures, beside what theory expects.

use crate::samplers::{
    Law, Step, corrected, distance, distance_of_start, interpolated, law_of_steps,
    starts, stretch,
};
use crate::{Flags, picture};
use ch01_flows::{Euler, Heun, Rk4};
use ch04_reverse_sdes::exponential_step::exponential_step;
use ch04_reverse_sdes::kernel;
use ch04_reverse_sdes::prior::{measured_cost, start_bound, start_cost};
use ch04_reverse_sdes::problem::HEAPS;
use ch04_reverse_sdes::ways_back::CORRECTED;
use ch04_reverse_sdes::{
    Backward, Corrector, NoiseSchedule, Noised, ProbabilityFlow, between, way_back,
};
use chapter::{Run, Table};
use dynamics::{Increment, OdeMethod, Point, Stream, TimeGrid, for_each_chunk};
use evidence::{kolmogorov_distance, number};
use nalgebra::Matrix1;

/// Widths of the left heap that the schedules and the grids are made for.
const WIDTHS: [f64; 2] = [0.01, 2.0];

/// √n times the distance of n draws from their own law, on average: √(π/2) ln 2.
const FLOOR: f64 = 0.8687;

/// The heaps of the chapter with the left one as wide as `sigma`.
fn heaps<S: NoiseSchedule>(sigma: f64, schedule: S) -> Result<Law<S>, String> {
    let [least, most] = WIDTHS;
    if !(least..=most).contains(&sigma) {
        return Err(format!(
            "--sigma {sigma}: a heap narrower than {least} is lost in the noise that is left \
             at t_min, and one wider than {most} is no heap. Take a number from {least} to \
             {most}"
        ));
    }
    let stretch = sigma / HEAPS[0].2;
    let heap = |(weight, mean, deviation): (f64, f64, f64)| {
        let variance = (stretch * deviation).powi(2);
        (weight, Point::<1>::new(mean), Matrix1::new(variance))
    };
    Ok(Noised::new(HEAPS.map(heap), schedule))
}

/// Mean and variance of the heaps.
fn moments(sigma: f64) -> (f64, f64) {
    let mean = HEAPS.iter().map(|(w, m, _)| w * m).sum::<f64>();
    let stretch = sigma / HEAPS[0].2;
    let square = |&(w, m, d): &(f64, f64, f64)| w * (m * m + (stretch * d).powi(2));
    (mean, HEAPS.iter().map(square).sum::<f64>() - mean * mean)
}

/// The places of a cloud on the line.
fn places(cloud: &[Point<1>]) -> Vec<f64> {
    cloud.iter().map(|x| x[0]).collect()
}

/// The whole experiment under one schedule.
pub(crate) fn table<S: NoiseSchedule + Copy>(
    run: &Run<Flags>,
    schedule: S,
) -> Result<Table, String> {
    let law = heaps(run.extra.sigma, schedule)?;
    let end = schedule.interval().end;
    if schedule.alpha(end) < f64::MIN_POSITIVE {
        return Err(format!(
            "nothing is left of the data at t = {end}, not even in the last digit, and no \
             step leads back from there: take a smaller --theta"
        ));
    }
    let (particles, steps) = (run.particles_or(20_000, 4_000), run.steps_or(64, 32));
    if steps < 2 {
        return Err(format!(
            "--steps {steps}: a step of Heun or of the predictor–corrector takes 2 evaluations \
             of the score, and all ways are to have as many: take --steps 2 or more"
        ));
    }
    let interval = schedule.interval();
    let odd = if steps % 2 == 1 {
        format!(" ({} where a step takes two)", steps - 1)
    } else {
        String::new()
    };
    let table = Table::new(format!(
        "Particles: {particles}. Evaluations of the score for a draw: {steps}{odd}. Seed: {}. t from {} to {}.\n",
        run.seed, interval.start, interval.end
    ));
    let (table, forth) = way_there(table, run, &law, particles);
    let table = start(table, run.extra.sigma, &law)?;
    let (table, back) = stochastic(table, run, &law, (particles, steps))?;
    let table = deterministic(table, &law, steps)?;
    let table = table.value(
        format!("what {particles} draws from the data miss by, on average"),
        FLOOR / (particles as f64).sqrt(),
    );
    Ok(table.note(pictures(&forth, &back)).note(
        "Distances are the largest between two distribution functions, those of particles included.\n\
         √n times a sampled one is at most 3.1. What each line means: chapter 4 of the book.",
    ))
}

/// A time, and a cloud at that time.
type Film = Vec<(f64, Vec<f64>)>;

/// The data drown: exact steps of the schedule, in four stretches.
fn way_there<S: NoiseSchedule>(
    table: Table,
    run: &Run<Flags>,
    law: &Law<S>,
    particles: usize,
) -> (Table, Film) {
    let end = law.schedule.interval().end;
    let grid = [0.0, 0.1, 0.25, 0.5, 1.0].map(|part| part * end);
    let mut cloud = vec![Point::<1>::zeros(); particles];
    let stream = Stream::new(run.seed, "experiment: data");
    for_each_chunk(&mut cloud, |k, chunk| {
        let mut draws = stream.chunk(k as u64);
        chunk.iter_mut().for_each(|x| *x = law.sample(&mut draws));
    });
    let mut film = vec![(0.0, places(&cloud))];
    for pair in grid.windows(2) {
        let link = between(&law.schedule, pair[0], pair[1]);
        let stream =
            Stream::new(run.seed, &format!("experiment: noise until {}", pair[1]));
        for_each_chunk(&mut cloud, |k, chunk| {
            let mut draws = stream.chunk(k as u64);
            let noised = |x: &Point<1>, xi| link.step(x, &xi);
            chunk.iter_mut().for_each(|x| *x = noised(x, Point::draw(1.0, &mut draws)));
        });
        film.push((pair[1], places(&cloud)));
    }
    let root = (particles as f64).sqrt();
    let far = kolmogorov_distance(&film[4].1, |x| law.cdf(end, x));
    let what = "noised in 4 steps: particles from p_T, distance × √n";
    (table.row(what, root * far, 0.0, 3.1), film)
}

/// What it costs to start from a normal law.
fn start<S: NoiseSchedule>(
    table: Table,
    sigma: f64,
    law: &Law<S>,
) -> Result<Table, String> {
    let (schedule, data) = (&law.schedule, moments(sigma));
    let end = schedule.interval().end;
    let s = schedule.sigma(end);
    let cost = measured_cost(law, end, s);
    let (low, high) =
        (start_cost(schedule, end, data, s), start_bound(schedule, end, data, s));
    if !cost.is_finite() {
        return Err(format!(
            "the cost of the start from N(0, {}) is {cost}: take a larger --theta",
            number(s * s)
        ));
    }
    // A bound that is met may be missed by the rounding of the quadrature.
    let margin = 0.5 * (high - low) + 1e-9 * high;
    Ok(table
        .row(
            "cost of the start in nats, between its bounds",
            cost,
            0.5 * (low + high),
            margin,
        )
        .value("distance of the start from p_T", distance_of_start(law)))
}

/// The two samplers that draw noise on the way.
fn stochastic<S: NoiseSchedule + Copy>(
    table: Table,
    run: &Run<Flags>,
    law: &Law<S>,
    (particles, steps): (usize, usize),
) -> Result<(Table, Film), String> {
    let (schedule, lambda) = (law.schedule, run.extra.lambda);
    let back = Backward { schedule, score: law.clone(), lambda };
    let grid = way_back(&schedule, steps);
    let stops = [0.5, 0.75, 0.9, 1.0].map(|part| (part * steps as f64).round() as usize);
    let mut cloud = starts(&schedule, particles, run.seed);
    let (mut film, mut first) = (vec![(grid.start, places(&cloud))], 0);
    for last in stops.into_iter().filter(|i| *i > 0) {
        if last > first {
            stretch(&back, (first, last, steps), run.seed, &mut cloud)?;
            film.push((grid.time(last), places(&cloud)));
            first = last;
        }
    }
    let (root, cloud) = ((particles as f64).sqrt(), places(&cloud));
    let end = grid.end;
    let far = |cloud: &[f64]| kolmogorov_distance(cloud, |x| law.cdf(end, x));
    let table = match law_of_steps(&back, steps) {
        Some(exact) => {
            let far = kolmogorov_distance(&cloud, |x| interpolated(&exact, x));
            let what = "reverse SDE: particles from the law of its steps, distance × √n";
            table.row(what, root * far, 0.0, 3.1)
        }
        None => table.note(
            "\nThe law of the steps of the reverse SDE was not computed, and no row compares with \
             it:\nits shortest steps need too fine a grid. Fewer --steps or a smaller --theta help; \
             noise of\nthe schedule ve is small at the end and always needs it.",
        ),
    };
    let what = format!("from the data: reverse SDE, λ = {lambda}, {}", cost(steps, 1));
    let mut table = table.value(what, far(&cloud));
    let reach = overshoot(&back, grid, run.extra.sigma);
    if reach > 2.0 {
        table = table.note(format!(
            "\nThe steps of the reverse SDE are too long: h times the pull of a heap comes to {}, and from \
             2 on\na step leads further away than it began. Take more --steps, or a smaller --theta or \
             --lambda.",
            number(reach)
        ));
    }
    let half = steps / 2;
    let corrector = Corrector { steps: 1, width: run.extra.sigma, ..CORRECTED.1 };
    let ends = corrected(law, (half, corrector), particles, run.seed)?;
    let what = format!("from the data: predictor–corrector, {}", cost(half, 2));
    Ok((table.value(what, far(&ends)), film))
}

/// h times the pull of the reverse SDE towards a heap, where it is strongest.
fn overshoot<S: NoiseSchedule>(
    back: &Backward<S, Law<S>>,
    grid: TimeGrid,
    width: f64,
) -> f64 {
    let pull = |i: usize| {
        let t = grid.time(i);
        let (place, score) = back.factors(grid.start - t);
        let (_, narrow) = kernel::moments(&back.schedule, t, (0.0, width * width));
        -grid.h() * (score / narrow - place)
    };
    (0..grid.steps).map(pull).fold(0.0, f64::max)
}

/// Steps, and evaluations of the score.
fn cost(steps: usize, each: usize) -> String {
    format!("{steps} steps, {} evaluations", each * steps)
}

/// The samplers without noise.
fn deterministic<S: NoiseSchedule + Copy>(
    mut table: Table,
    law: &Law<S>,
    steps: usize,
) -> Result<Table, String> {
    let schedule = law.schedule;
    let flow = ProbabilityFlow { schedule, score: law.clone() };
    let euler = |(t, u), x: &Point<1>| Euler.step(&flow, t, u - t, x);
    let mixed = |times, x: &Point<1>| exponential_step(&schedule, law, times, x);
    let heun = |(t, u), x: &Point<1>| Heun.step(&flow, t, u - t, x);
    let runge = |(t, u), x: &Point<1>| Rk4.step(&flow, t, u - t, x);
    let half = steps / 2;
    let ways: [(&str, Step<'_>, Vec<f64>, usize); 5] = [
        ("flow, Euler", &euler, even(&schedule, steps), 1),
        ("flow, exponential steps", &mixed, even(&schedule, steps), 1),
        ("flow, Heun", &heun, even(&schedule, half), 2),
        ("flow, Euler, even in √t", &euler, roots(&schedule, steps), 1),
        ("flow, Heun, even in √t", &heun, roots(&schedule, half), 2),
    ];
    for (who, step, times, each) in ways {
        let gap = distance(who, step, law, &times)?;
        let what = format!("from the data: {who}, {}", cost(times.len() - 1, each));
        table = table.value(what, gap);
    }
    // The flow keeps quantiles, and so the distance of its start.
    let who = "flow in 400 steps of order 4: distance, that of the start";
    let [coarse, fine] =
        [200, 400].map(|n| distance(who, &runge, law, &roots(&schedule, n)));
    let (coarse, fine) = (coarse?, fine?);
    // What halving the steps has changed, and the width of the cells.
    let tolerance = (coarse - fine).abs() + 1e-5;
    Ok(table.row(who, fine, distance_of_start(law), tolerance))
}

/// Times from T to t_min, a fixed length apart.
fn even(schedule: &impl NoiseSchedule, n: usize) -> Vec<f64> {
    way_back(schedule, n).times().collect()
}

/// The same, with roots a fixed length apart.
fn roots(schedule: &impl NoiseSchedule, n: usize) -> Vec<f64> {
    let way = way_back(schedule, n);
    let roots = TimeGrid::new(way.start.sqrt(), way.end.sqrt(), n);
    let time = |i: usize| match i {
        0 => way.start,
        i if i == n => way.end,
        i => roots.time(i).powi(2),
    };
    (0..=n).map(time).collect()
}

/// The way there and the way back, with letters.
fn pictures(forth: &Film, back: &Film) -> String {
    let line = |(t, cloud): &(f64, Vec<f64>)| {
        format!("  t = {:<6} {}\n", number(*t), picture::line(cloud))
    };
    let lines = |film: &Film| film.iter().map(line).collect::<String>();
    format!(
        "\nData into noise, x from -3 to 3, each line at its own height:\n{}\nand noise into \
         data, by the reverse SDE:\n{}",
        lines(forth),
        lines(back)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ch04_reverse_sdes::problem::SCHEDULE;
    use ch04_reverse_sdes::race::Plan;

    #[test]
    fn heaps_and_times_are_those_of_the_chapter() {
        let (mean, variance) = moments(0.3);
        assert!((mean - 0.25).abs() < 1e-15);
        // 0.3 (2.25 + 0.09) + 0.7 (1 + 0.25) − 0.0625.
        assert!((variance - 1.5145).abs() < 1e-12);
        assert_eq!(roots(&SCHEDULE, 9), Plan::Roots.times(9));
        assert_eq!(even(&SCHEDULE, 9), Plan::Even.times(9));
        assert!(heaps(3.0, SCHEDULE).is_err() && heaps(2.0, SCHEDULE).is_ok());
    }
}
