//! `cargo run -p benches --example dsm_train_once`: best of several runs of 2000 steps of training, 512 draws each.

use benches::{DsmTraining, timed};

const RUNS: usize = 5;

fn main() {
    let work = DsmTraining::default();
    let mut found = Default::default();
    let seconds = timed(RUNS, || found = work.run());
    println!(
        "{:.4} seconds (best of {RUNS}); median {:.4}",
        seconds[0],
        seconds[RUNS / 2]
    );
    println!(
        "loss of the last hundred steps {found:.4}, near 0.77 where the work is done"
    );
}
