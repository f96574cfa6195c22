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
    let (mut run, mut draw) = (f64::INFINITY, f64::INFINITY);
    // By turns, so that both meet the same machine.
    for _ in 0..RUNS {
        draw = draw.min(seconds(|| ensemble.draws()));
        run = run.min(seconds(|| ensemble.run()));
    }
    let steps = (PATHS * OuEnsemble::STEPS) as f64;
    println!("{run:.4} seconds, {:.1} million path-steps a second", steps / run / 1e6);
    println!(
        "{draw:.4} seconds for the draws alone, {:.1} million a second: ratio {:.3}",
        steps / draw / 1e6,
        draw / run
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
