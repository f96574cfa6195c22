//! `cargo run -p benches --example langevin_once`: best of several runs of 20 000 particles
//! by 500 steps, and the mean radius that shows that the work was done.

use benches::{LangevinRing, timed};

const PARTICLES: usize = 20_000;
const RUNS: usize = 15;

fn main() {
    let mut ring = LangevinRing::new(PARTICLES);
    let seconds = timed(RUNS, || ring.run());
    let steps = (PARTICLES * LangevinRing::STEPS) as f64;
    println!(
        "{:.4} seconds, {:.1} million particle-steps a second (best of {RUNS}); median {:.4}",
        seconds[0],
        steps / seconds[0] / 1e6,
        seconds[RUNS / 2]
    );
    println!("mean radius {:.4}, near 4.03 where the work is done", ring.mean_radius());
}
