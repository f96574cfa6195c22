//! `cargo run -p benches --example reverse_sde_once`: best of several runs of 10 000 particles by 500 steps with a network.

use benches::{ReverseSde, timed};

const RUNS: usize = 5;

fn main() {
    let work = ReverseSde::default();
    let mut found = Default::default();
    let seconds = timed(RUNS, || found = work.run());
    println!(
        "{:.4} seconds (best of {RUNS}); median {:.4}",
        seconds[0],
        seconds[RUNS / 2]
    );
    println!("all particles finite: {found}");
}
