//! Your own equation: write its drift and its noise, and the chapter's methods follow it.
//!
//! dX = (X − X³) dt + g dW: two valleys, at −1 and 1, and noise that sometimes carries a
//! particle from one to the other. Change the drift, the noise, `G`.
//!
//!     cargo run -p ch02_brownian_motion --example your_own_equation

use ch02_brownian_motion::{BrownianTree, EulerMaruyama, follow, simulate};
use dynamics::{Failure, Sde, Stream, TimeGrid};

const G: f64 = 0.5;
const END: f64 = 10.0;

struct DoubleWell;

impl Sde<f64> for DoubleWell {
    fn drift(&self, _t: f64, x: &f64) -> f64 {
        x - x.powi(3)
    }

    fn noise(&self, _t: f64, _x: &f64, dw: &f64) -> f64 {
        G * dw
    }
}

fn main() -> Result<(), Failure<f64>> {
    println!("20 000 particles from x = 1:\n\n       t  share left of 0");
    for end in [1.0, 3.0, 10.0, 30.0, 100.0] {
        let mut particles = vec![1.0; 20_000];
        let grid = TimeGrid::new(0.0, end, (50.0 * end) as usize);
        let stream = Stream::new(1, "your own equation");
        simulate(&EulerMaruyama, &DoubleWell, grid, stream, &mut particles)?;
        let left = particles.iter().filter(|x| **x < 0.0).count();
        println!("  {end:>6.0} {:>16.3}", left as f64 / particles.len() as f64);
    }

    println!("\n100 paths of the noise, ever finer steps:\n");
    println!("      n  ends moved by (median)");
    let ends = |k: u32| -> Vec<f64> {
        let times: Vec<f64> = TimeGrid::new(0.0, END, 1 << k).times().collect();
        let end = |seed| {
            let noise = BrownianTree::<f64>::new(Stream::new(seed, "paths"), END);
            let path = noise.path(times.iter().copied());
            follow(&EulerMaruyama, &DoubleWell, &times, &path, 1.0)[1 << k]
        };
        (0..100).map(end).collect()
    };
    let mut before = ends(6);
    for k in 7..=13 {
        let after = ends(k);
        let mut moved: Vec<f64> =
            after.iter().zip(&before).map(|(x, y)| (x - y).abs()).collect();
        moved.sort_by(f64::total_cmp);
        println!("  {:>5} {:>12.2e}", 1 << k, moved[50]);
        before = after;
    }
    println!("\nThe noise does not depend on x: half the step, half the change.");
    Ok(())
}
