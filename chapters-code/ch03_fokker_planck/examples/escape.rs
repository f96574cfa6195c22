//! How long a particle stays in its valley: the slowest rate of the density on cells, beside
//! the formula of Kramers, for less and less noise. Change the hill: HEIGHT, TILT.
//!
//!     cargo run -p ch03_fokker_planck --example escape

use ch03_fokker_planck::{DoubleWell, Rates, SolverError, slowest_rate};

const HEIGHT: f64 = 1.0;
const TILT: f64 = 0.2;

fn main() -> Result<(), SolverError> {
    println!(
        "      g   hill/D       rate    Kramers   rate/Kramers   hill/D × (1 − ratio)"
    );
    for g in [1.0, 0.8, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2] {
        let well = DoubleWell { height: HEIGHT, tilt: TILT, diffusion: g };
        let d = 0.5 * g * g;
        let cells = well.cells(1000)?;
        let rates = Rates::new(cells, |x| well.potential(x), g)?;
        let lowest = well.places().map(|x| well.potential(x));
        let lowest = lowest.into_iter().fold(f64::INFINITY, f64::min);
        let weight = |x: f64| ((lowest - well.potential(x)) / d).exp();
        let weights: Vec<f64> = cells.centres().map(weight).collect();
        let mass = cells.mass(&weights);
        let at_rest: Vec<f64> = weights.iter().map(|w| w / mass).collect();

        let kramers = well.kramers();
        let rate = slowest_rate(&rates, &at_rest, well.places()[2], kramers)?;
        let (hill, ratio) = (well.barrier() / d, rate / kramers);
        let missing = hill * (1.0 - ratio);
        println!(
            "  {g:>5} {hill:>8.2} {rate:>10.2e} {kramers:>10.2e} {ratio:>14.4} {missing:>22.3}"
        );
    }
    println!(
        "\nHalf the noise, and the hill is four times as high: the particles wait not four times as\n\
         long, but e to the power of three times the hill. The last column settles at a number: what\n\
         Kramers leaves out is of order D over the hill."
    );
    Ok(())
}
