//! What the experiment measures, beside what theory expects.

use crate::Flags;
use ch02_brownian_motion::{
    EulerMaruyama, GeometricBrownian, Milstein, OrnsteinUhlenbeck, brownian_path,
    increments, simulate,
};
use chapter::{Run, Table};
use dynamics::{SdeMethod, Stream, TimeGrid};
use evidence::{STANDARD_ERRORS, mean_and_error};

/// The time at the end of every experiment.
pub(crate) const END: f64 = 2.0;

/// A row for the mean of sampled numbers, with the tolerance that their spread allows.
fn sampled(
    table: Table,
    what: &str,
    numbers: impl Iterator<Item = f64> + Clone,
    expected: f64,
) -> Table {
    let (mean, error) = mean_and_error(numbers);
    table.row(what, mean, expected, STANDARD_ERRORS * error)
}

/// One long path, and many short ones.
pub(crate) fn brownian(
    table: Table,
    run: &Run<Flags>,
    particles: usize,
    steps: usize,
) -> Table {
    let stream = Stream::new(run.seed, "experiment: Brownian motion");
    let grid = TimeGrid::new(0.0, END, steps);
    let progress = run.progress("Brownian motion", particles as u64);
    let ends: Vec<f64> = (0..particles as u64)
        .map(|k| {
            progress.done(1);
            brownian_path::<f64>(grid, &mut stream.chunk(k))[steps]
        })
        .collect();
    let fine = TimeGrid::new(0.0, END, 100 * steps);
    let path = brownian_path::<f64>(fine, &mut stream.chunk(particles as u64));
    let squares: f64 = increments(&path).iter().map(|dw| dw * dw).sum();
    let spread = END * (2.0 / fine.steps as f64).sqrt();
    let table = sampled(table, "Brownian motion: mean", ends.iter().copied(), 0.0);
    sampled(table, "Brownian motion: variance, t", ends.iter().map(|w| w * w), END).row(
        "one path: sum of squared increments, t",
        squares,
        END,
        STANDARD_ERRORS * spread,
    )
}

/// `method` from `start`, as many times as there are particles.
fn carried<E, M>(
    run: &Run<Flags>,
    purpose: &'static str,
    (method, sde): (&M, &E),
    (particles, steps): (usize, usize),
    start: f64,
) -> Result<Vec<f64>, String>
where
    E: Sync,
    M: SdeMethod<E, f64, f64>,
{
    let mut ends = vec![start; particles];
    let (grid, stream) = (TimeGrid::new(0.0, END, steps), Stream::new(run.seed, purpose));
    simulate(method, sde, grid, stream, &mut ends)
        .map_err(|failure| failure.to_string())?;
    Ok(ends)
}

/// The Ornstein–Uhlenbeck process by Euler–Maruyama, against the law of its own steps and
/// against the process.
pub(crate) fn ornstein_uhlenbeck(
    table: Table,
    run: &Run<Flags>,
    particles: usize,
    steps: usize,
) -> Result<Table, String> {
    let (theta, g) = (run.extra.theta, run.extra.sigma);
    let (start, h) = (2.0, END / steps as f64);
    let sde = OrnsteinUhlenbeck { rate: theta, diffusion: g };
    let purpose = "experiment: Ornstein–Uhlenbeck";
    let ends = carried(run, purpose, (&EulerMaruyama, &sde), (particles, steps), start)?;
    let factor = 1.0 - theta * h;
    let (mean, variance) = (0..steps)
        .fold((start, 0.0), |(m, v), _| (factor * m, factor * factor * v + g * g * h));
    let decay = (-theta * END).exp();
    let exact = g * g * (1.0 - decay * decay) / (2.0 * theta);
    let squares = ends.iter().map(|x| (x - mean).powi(2));
    let table = sampled(
        table,
        "Ornstein–Uhlenbeck: mean, law of the steps",
        ends.iter().copied(),
        mean,
    );
    let table = sampled(
        table,
        "Ornstein–Uhlenbeck: variance, law of the steps",
        squares,
        variance,
    );
    // Both differ from the process by a first order in θh, if the steps are stable at all.
    let bias = theta * h * (1.0 + theta * END);
    Ok(table
        .row(
            "Ornstein–Uhlenbeck: mean, steps against process",
            mean,
            start * decay,
            start * bias,
        )
        .row(
            "Ornstein–Uhlenbeck: variance, steps against process",
            variance,
            exact,
            exact * bias,
        ))
}

/// Geometric Brownian motion by two methods.
pub(crate) fn geometric(
    table: Table,
    run: &Run<Flags>,
    particles: usize,
    steps: usize,
) -> Result<Table, String> {
    let sde = GeometricBrownian { growth: 0.5, volatility: 0.4 };
    let (work, h) = ((particles, steps), END / steps as f64);
    let purpose = "experiment: geometric Brownian motion";
    let maruyama = carried(run, purpose, (&EulerMaruyama, &sde), work, 1.0)?;
    let milstein = carried(run, purpose, (&Milstein, &sde), work, 1.0)?;
    let mean = (1.0 + sde.growth * h).powi(steps as i32);
    let table = sampled(
        table,
        "geometric, Euler–Maruyama: mean, law of the steps",
        maruyama.iter().copied(),
        mean,
    );
    let table = sampled(
        table,
        "geometric, Milstein: mean, law of the steps",
        milstein.iter().copied(),
        mean,
    );
    Ok(table.row(
        "geometric, both: mean, steps against process",
        mean,
        (sde.growth * END).exp(),
        (sde.growth * END).exp() * sde.growth.powi(2) * END * h,
    ))
}
