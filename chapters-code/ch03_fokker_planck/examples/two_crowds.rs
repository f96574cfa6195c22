//! One start, told twice: a crowd of particles, and its density on cells. Each line is a
//! place; the bar is the density, the star is where the crowd would end it.
//!
//!     cargo run -p ch03_fokker_planck --example two_crowds

use ch02_brownian_motion::{EulerMaruyama, simulate};
use ch03_fokker_planck::well_experiment::normal;
use ch03_fokker_planck::{DoubleWell, Rates, positive_step, solve};
use dynamics::{Increment, Stream, TimeGrid};
use std::error::Error;

const WELL: DoubleWell = DoubleWell { height: 1.0, tilt: 0.2, diffusion: 0.8 };
const START: (f64, f64) = (0.3, 0.2);
const END: f64 = 1.5;
const PARTICLES: usize = 20_000;
const SEED: u64 = 3;

/// Columns for a density of 1.
const WIDE: f64 = 80.0;

fn main() -> Result<(), Box<dyn Error>> {
    let cells = WELL.cells(240)?;
    let rates = Rates::new(cells, |x| WELL.potential(x), WELL.diffusion)?;
    let start = cells.averages(|x| normal(x, START))?;
    let steps = (END / positive_step(&rates, 0.5)).ceil() as usize;
    let p = solve(&rates, 0.5, TimeGrid::new(0.0, END, steps), start)?;

    let mut draws = Stream::new(SEED, "starts").generator();
    let mut crowd: Vec<f64> =
        (0..PARTICLES).map(|_| START.0 + f64::draw(START.1, &mut draws)).collect();
    let stream = Stream::new(SEED, "crowd");
    simulate(&EulerMaruyama, &WELL, TimeGrid::new(0.0, END, 600), stream, &mut crowd)?;

    println!("t = {END}, {PARTICLES} particles, {} cells:\n", cells.count);
    let width = 0.125;
    for k in -14..14 {
        let (low, high) = (width * f64::from(k), width * f64::from(k + 1));
        let density = (cells.below(&p, high) - cells.below(&p, low)) / width;
        let inside = crowd.iter().filter(|x| (low..high).contains(*x)).count();
        let counted = inside as f64 / (PARTICLES as f64 * width);
        let mut line = vec![' '; 2 + (WIDE * density.max(counted)) as usize];
        line[..(WIDE * density).round() as usize].fill('·');
        line[(WIDE * counted).round() as usize] = '*';
        println!("  {:>7.3}  {}", 0.5 * (low + high), line.iter().collect::<String>());
    }
    println!("\nFour times as many particles: the stars come twice as near.");
    Ok(())
}
