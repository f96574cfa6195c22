//! What the experiment measures, beside what theory expects.

use crate::Flags;
use ch02_brownian_motion::{EulerMaruyama, OrnsteinUhlenbeck, simulate};
use ch03_fokker_planck::{
    Cells, DoubleWell, Rates, SolverError, Stepper, positive_step, slowest_rate, solve,
    well_experiment::normal,
};
use chapter::{Run, Table};
use dynamics::{Generator, Stream, TimeGrid};
use evidence::{STANDARD_ERRORS, kolmogorov_distance, mean_and_error, number};
use rand_distr::{Distribution, StandardNormal};

/// The time at which particles and density are compared.
pub(crate) const END: f64 = 2.0;

/// Everyone starts from N(m, s²), on the right side of the hill.
const START: (f64, f64) = (0.3, 0.2);

/// The double well of the experiment.
pub(crate) fn well(sigma: f64) -> DoubleWell {
    DoubleWell { height: 1.0, tilt: 0.2, diffusion: sigma }
}

/// The curvature of the valleys, which is the fastest rate in them.
pub(crate) const FASTEST: f64 = 8.0;

/// Where the density cannot be computed.
fn told(error: &SolverError) -> String {
    format!("{error} (here --sigma decides it)")
}

/// The double well on cells: fine enough for its valleys, whose deviation is √(D/k), and
/// for the start.
fn on_cells(sigma: f64) -> Result<(DoubleWell, Rates), String> {
    let well = well(sigma);
    if !(1.0 / well.kramers()).is_finite() {
        return Err(format!(
            "with --sigma {} nobody crosses the hill before the numbers end: it is {} times \
             D = g²/2 high, and e to the power of minus that is 0 here. Take a larger --sigma",
            number(sigma),
            number(2.0 * well.barrier() / sigma.powi(2))
        ));
    }
    let finest = 0.15 * sigma / (2.0 * FASTEST).sqrt();
    let wide = well.cells(2).map_err(|e| told(&e))?.width() * 2.0;
    let count = (wide / finest.min(0.02)).ceil().min(20_000.0) as usize;
    let cells = well.cells(count).map_err(|e| told(&e))?;
    let rates = Rates::new(cells, |x| well.potential(x), sigma);
    Ok((well, rates.map_err(|e| told(&e))?))
}

fn standard_normal(generator: &mut Generator) -> f64 {
    StandardNormal.sample(generator)
}

/// Particles and density in a double well, from one start to one time.
pub(crate) fn side_by_side(
    table: Table,
    run: &Run<Flags>,
    particles: usize,
    steps: usize,
) -> Result<Table, String> {
    let (well, rates) = on_cells(run.extra.sigma)?;
    let cells = rates.cells;
    let mut generator =
        Stream::new(run.seed, "experiment: starts in the well").generator();
    let mut cloud: Vec<f64> = (0..particles)
        .map(|_| START.0 + START.1 * standard_normal(&mut generator))
        .collect();
    let grid = TimeGrid::new(0.0, END, steps);
    let stream = Stream::new(run.seed, "experiment: the well");
    simulate(&EulerMaruyama, &well, grid, stream, &mut cloud).map_err(|failure| {
        format!(
            "{failure} (particles of the double well: more --steps, or a smaller --sigma)"
        )
    })?;

    // Crank–Nicolson, as long as its bound asks for no more than so many steps.
    let steps = (END / positive_step(&rates, 0.5)).ceil();
    let (scheme, steps) = if steps < 5e4 { (0.5, steps) } else { (1.0, 5e4) };
    let solved = TimeGrid::new(0.0, END, steps as usize);
    let start = cells.averages(|x| normal(x, START)).map_err(|e| told(&e))?;
    let p = solve(&rates, scheme, solved, start).map_err(|e| told(&e))?;

    // In a valley of curvature k the steps make the variance kh/2 too large, which moves the
    // distribution function by at most 0.06 kh. Twice that is allowed.
    let bias = 0.12 * FASTEST * grid.h();
    let root = (particles as f64).sqrt();
    let distance = kolmogorov_distance(&cloud, |x| cells.below(&p, x));
    let left = cloud.iter().filter(|x| **x < 0.0).count() as f64 / particles as f64;
    let expected = cells.below(&p, 0.0);
    let error = (expected * (1.0 - expected)).sqrt() / root;
    Ok(table
        .row(
            "double well: distance of particles from density, times √n",
            root * distance,
            0.0,
            3.1 + root * bias,
        )
        .row(
            "double well: part of the particles left of 0",
            left,
            expected,
            STANDARD_ERRORS * error + bias,
        )
        .row("double well: mass of the density", cells.mass(&p), 1.0, 1e-12))
}

/// The law at rest in a double well, and how slowly it is found.
pub(crate) fn at_rest(table: Table, run: &Run<Flags>) -> Result<Table, String> {
    let (well, rates) = on_cells(run.extra.sigma)?;
    let (cells, d) = (rates.cells, 0.5 * well.diffusion.powi(2));
    let lowest = well.places().map(|x| well.potential(x)).into_iter().fold(0.0, f64::min);
    let weights: Vec<f64> =
        cells.centres().map(|x| ((lowest - well.potential(x)) / d).exp()).collect();
    let total = cells.mass(&weights);
    let law: Vec<f64> = weights.iter().map(|w| w / total).collect();
    let peak = law.iter().copied().fold(0.0, f64::max);

    let kramers = well.kramers();
    let slowest =
        slowest_rate(&rates, &law, well.places()[2], kramers).map_err(|e| told(&e))?;
    // Each step leaves less than a millionth of what is not yet at rest.
    let mut stepper = Stepper::new(&rates, 1.0, 1e6 / slowest).map_err(|e| told(&e))?;
    let mut p = cells.averages(|x| normal(x, START)).map_err(|e| told(&e))?;
    (0..3).for_each(|_| stepper.step(&mut p));
    let apart = p.iter().zip(&law).map(|(p, q)| (p - q).abs()).fold(0.0, f64::max);
    let table = table.row(
        "double well: density in the end against exp(−2U/g²)",
        apart / peak,
        0.0,
        1e-9,
    );
    let height = well.barrier() / d;
    let what =
        format!("double well: slowest rate; the hill is {} D high", number(height));
    // The formula is for hills that are high.
    Ok(if height > 2.0 {
        let what = format!("{what}, Kramers");
        table.row(what, slowest, kramers, kramers / height)
    } else {
        table.value(what, slowest)
    })
}

/// ∫ p ln(p/q) over the cells.
fn divergence(width: f64, p: &[f64], q: &[f64]) -> f64 {
    let terms = p.iter().zip(q).filter(|(p, _)| **p > 0.0);
    width * terms.map(|(p, q)| p * (p / q).ln()).sum::<f64>()
}

/// How fast a linear equation forgets: the divergence of its density from the law at rest.
pub(crate) fn forgetting(table: Table, run: &Run<Flags>) -> Result<Table, String> {
    let (theta, g) = (run.extra.theta, run.extra.sigma);
    let rest = g / (2.0 * theta).sqrt();
    let (m, s) = (2.5, 0.5);
    let cells = Cells::new(-8.0 * rest, 8.0 * rest, 320).map_err(|e| told(&e))?;
    let rates = Rates::new(cells, |x| 0.5 * theta * x * x, g).map_err(|e| told(&e))?;
    let law = cells.averages(|x| normal(x, (0.0, rest))).map_err(|e| told(&e))?;
    let start =
        cells.averages(|x| normal(x, (m * rest, s * rest))).map_err(|e| told(&e))?;
    // Later than three times 1/θ there is little left to measure.
    let t = (3.0 / theta).min(1.0);
    let steps = (t / positive_step(&rates, 0.5)).ceil() as usize;
    let first = divergence(cells.width(), &start, &law);
    let grid = TimeGrid::new(0.0, t, steps);
    let p = solve(&rates, 0.5, grid, start).map_err(|e| told(&e))?;
    let found = divergence(cells.width(), &p, &law);
    // N(m, v) against N(0, 1), in units of the deviation at rest.
    let normal = |m: f64, v: f64| 0.5 * (m * m + v - 1.0 - v.ln());
    let decay = (-theta * t).exp();
    let expected = normal(m * decay, 1.0 + (s * s - 1.0) * decay * decay);
    // A cell is a twentieth of a deviation, and a tenth of that of the start: the error of
    // second order is of the size of its square.
    let bound = decay * decay * normal(m, s * s);
    Ok(table
        .row(
            format!("linear: KL from the law at rest, at t = {}", number(t)),
            found,
            expected,
            0.01 * expected,
        )
        .row(
            "linear: the same over its bound e^(−2θt) KL(0), at most 1",
            found / (decay * decay * first),
            expected / bound,
            0.01,
        ))
}

/// The steps of the Langevin chains.
const STEPS: [f64; 2] = [0.125, 0.5];

/// How many of them.
const CHAIN: usize = 200;

/// The variance that a Langevin chain makes of the law it aims at.
pub(crate) fn chain(
    mut table: Table,
    run: &Run<Flags>,
    particles: usize,
) -> Result<Table, String> {
    let (theta, g) = (run.extra.theta, run.extra.sigma);
    let sde = OrnsteinUhlenbeck { rate: theta, diffusion: g };
    let aimed = g / (2.0 * theta).sqrt();
    for h in STEPS {
        let purpose = format!("experiment: chain, h = {h}");
        let stream = Stream::new(run.seed, &purpose);
        let starts =
            &mut Stream::new(run.seed, &format!("{purpose}, starts")).generator();
        let mut ends: Vec<f64> =
            (0..particles).map(|_| aimed * standard_normal(starts)).collect();
        let grid = TimeGrid::new(0.0, h * CHAIN as f64, CHAIN);
        simulate(&EulerMaruyama, &sde, grid, stream, &mut ends).map_err(|failure| {
            format!("{failure} (a Langevin chain with h = {h}: θh must be below 2, so here a smaller --theta)")
        })?;
        let reach = theta * h;
        let law = |v: f64| (1.0 - reach).powi(2) * v + 2.0 * reach;
        let expected = (0..CHAIN).fold(1.0, |v, _| law(v));
        let squares = ends.iter().map(|x| (x / aimed).powi(2));
        let (mean, error) = mean_and_error(squares);
        let what = number(reach);
        let what = format!("Langevin chain, θh = {what}: variance over that aimed at");
        table = if reach < 2.0 {
            table.row(what, mean, expected, STANDARD_ERRORS * error)
        } else {
            table.value(what, mean).note(format!(
                "\nθh = {}: from 2 on there is no law in which the chain settles. Take a smaller --theta.",
                number(reach)
            ))
        };
    }
    Ok(table)
}
