//! `cargo run -p benches --example fpk_once`: best of several runs of 1000 cells by 10 000
//! steps, and the distance from the stationary law that shows that the work was done.

use benches::{FokkerPlanck, timed};

const RUNS: usize = 15;

fn main() {
    let mut density = FokkerPlanck::new();
    let best = timed(RUNS, || density.run())[0];
    let steps = (FokkerPlanck::CELLS * FokkerPlanck::STEPS) as f64;
    println!("{best:.4} seconds, {:.1} million cell-steps a second", steps / best / 1e6);
    println!(
        "distance from the stationary law {:.9}, mass 1 {:+e}",
        density.distance_from_stationary(),
        density.mass() - 1.0
    );
}
