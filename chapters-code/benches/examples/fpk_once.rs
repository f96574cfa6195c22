//! `cargo run -p benches --example fpk_once`: best of several runs of 1000 cells by 10 000
//! steps, and the distance from the stationary law that shows that the work was done.

use benches::FokkerPlanck;
use std::time::Instant;

const RUNS: usize = 15;

fn main() {
    let mut density = FokkerPlanck::new();
    density.run();
    let seconds = (0..RUNS).map(|_| {
        let begin = Instant::now();
        density.run();
        begin.elapsed().as_secs_f64()
    });
    let best = seconds.fold(f64::INFINITY, f64::min);
    let steps = (FokkerPlanck::CELLS * FokkerPlanck::STEPS) as f64;
    println!("{best:.4} seconds, {:.1} million cell-steps a second", steps / best / 1e6);
    println!(
        "distance from the stationary law {:.9}, mass 1 {:+e}",
        density.distance_from_stationary(),
        density.mass() - 1.0
    );
}
