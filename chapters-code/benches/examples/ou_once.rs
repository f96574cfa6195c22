//! `cargo run -p benches --example ou_once`: best of several runs of 200 000 paths by 1000
//! steps, the variance that shows that the work was done, and the rate at which the same
//! threads draw normal numbers and do nothing else.

use benches::OuEnsemble;
use std::time::Instant;

const PATHS: usize = 200_000;
const RUNS: usize = 15;

fn main() {
    let mut ensemble = OuEnsemble::new(PATHS);
    ensemble.draws();
    ensemble.run();
    // By turns, so that the two of a pair meet the same machine.
    let pairs: Vec<(f64, f64)> = (0..RUNS)
        .map(|_| (seconds(|| ensemble.draws()), seconds(|| ensemble.run())))
        .collect();
    let draw = pairs.iter().fold(f64::INFINITY, |best, pair| best.min(pair.0));
    let run = pairs.iter().fold(f64::INFINITY, |best, pair| best.min(pair.1));
    let mut ratios: Vec<f64> = pairs.iter().map(|(draw, run)| draw / run).collect();
    ratios.sort_by(f64::total_cmp);
    let steps = (PATHS * OuEnsemble::STEPS) as f64;
    println!("{run:.4} seconds, {:.1} million path-steps a second", steps / run / 1e6);
    println!(
        "{draw:.4} seconds for the draws alone, {:.1} million a second",
        steps / draw / 1e6
    );
    println!(
        "steps at {:.3} of the rate of the draws (best of {RUNS}), {:.3} (median of pairs)",
        draw / run,
        ratios[RUNS / 2]
    );
    println!(
        "variance {:.4}, Euler–Maruyama's own {:.4}",
        ensemble.variance(),
        ensemble.expected_variance()
    );
}

fn seconds(work: impl FnOnce()) -> f64 {
    let begin = Instant::now();
    work();
    begin.elapsed().as_secs_f64()
}
