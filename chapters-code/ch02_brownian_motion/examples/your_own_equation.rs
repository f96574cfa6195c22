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

    println!(
        "\nOne path of the noise, ever finer steps:\n\n      n     X(10)     moved by"
    );
    let noise = BrownianTree::<f64>::new(Stream::new(2, "one path"), END);
    let mut before = f64::NAN;
    for k in 6..=15 {
        let times: Vec<f64> = TimeGrid::new(0.0, END, 1 << k).times().collect();
        let path = noise.path(times.iter().copied());
        let end = follow(&EulerMaruyama, &DoubleWell, &times, &path, 1.0)[1 << k];
        let moved = if before.is_nan() {
            String::new()
        } else {
            format!("{:>12.2e}", (end - before).abs())
        };
        println!("  {:>5} {end:>9.5} {moved}", 1 << k);
        before = end;
    }
    println!(
        "\nThe noise does not depend on x, so each halving of the step halves the change."
    );
    Ok(())
}
