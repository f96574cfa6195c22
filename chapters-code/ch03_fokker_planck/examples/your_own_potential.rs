//! Your own potential: its density on cells, at a few times and at rest. Write another
//! `potential`, change the noise, the walls, the start.
//!
//!     cargo run -p ch03_fokker_planck --example your_own_potential

use ch03_fokker_planck::well_experiment::normal;
use ch03_fokker_planck::{Cells, Rates, SolverError, solve};
use dynamics::TimeGrid;

/// dX = −U′(X) dt + G dW: a valley with a gentle slope on its left, and ripples.
fn potential(x: f64) -> f64 {
    0.1 * x.powi(4) - 0.5 * x + 0.3 * (4.0 * x).sin()
}

const G: f64 = 0.9;
const WALLS: (f64, f64) = (-4.0, 4.0);
const CELLS: usize = 400;
/// The start is N(m, s²).
const START: (f64, f64) = (-1.5, 0.3);

fn run() -> Result<(), SolverError> {
    let cells = Cells::new(WALLS.0, WALLS.1, CELLS)?;
    let rates = Rates::new(cells, potential, G)?;
    let show = |t: &str, p: &[f64]| {
        let mean = |f: &dyn Fn(f64) -> f64| -> f64 {
            cells.width() * cells.centres().zip(p).map(|(x, p)| f(x) * p).sum::<f64>()
        };
        let m = mean(&|x| x);
        let deviation = mean(&|x| (x - m).powi(2)).sqrt();
        let below = [-1.0, 0.0, 1.0].map(|x| cells.below(p, x));
        println!(
            "  {t:>7} {m:>9.4} {deviation:>10.4} {:>9.4} {:>8.4} {:>8.4}",
            below[0], below[1], below[2]
        );
    };
    println!("        t      mean  deviation   P(<−1)    P(<0)    P(<1)");
    let mut p = cells.averages(|x| normal(x, START))?;
    show("0", &p);
    let mut now = 0.0;
    for t in [0.1, 0.3, 1.0, 3.0, 10.0, 30.0] {
        // Implicit steps bear any length; these are short for the sake of accuracy.
        p = solve(&rates, 1.0, TimeGrid::new(now, t, 2000), p)?;
        show(&t.to_string(), &p);
        now = t;
    }
    let weights: Vec<f64> =
        cells.centres().map(|x| (-2.0 * potential(x) / (G * G)).exp()).collect();
    let mass = cells.mass(&weights);
    show("at rest", &weights.iter().map(|w| w / mass).collect::<Vec<_>>());
    Ok(())
}

fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
    }
}
