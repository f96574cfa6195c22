//! `cargo run -p benches --example rk4_once`: best of five runs in seconds, and the mean
//! radius that shows that the work was done.

use benches::Rk4Cloud;
use std::time::Instant;

fn main() {
    let mut cloud = Rk4Cloud::new(100_000);
    cloud.run();
    let seconds = (0..5).map(|_| {
        let begin = Instant::now();
        cloud.run();
        begin.elapsed().as_secs_f64()
    });
    let best = seconds.fold(f64::INFINITY, f64::min);
    println!("{best:.4} seconds, mean radius {:.6}", cloud.mean_radius());
}
