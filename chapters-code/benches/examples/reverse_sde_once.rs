//! `cargo run -p benches --example reverse_sde_once`: best of several runs of 10 000 particles by 500 steps with a network.

use benches::ReverseSde;
use std::time::Instant;

const RUNS: usize = 5;

fn main() {
    let work = ReverseSde::default();
    let mut found = work.run();
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            found = work.run();
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    println!(
        "{:.4} seconds (best of {RUNS}); median {:.4}",
        seconds[0],
        seconds[RUNS / 2]
    );
    println!("all particles finite: {found}");
}
