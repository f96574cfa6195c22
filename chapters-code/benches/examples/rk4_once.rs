//! `cargo run -p benches --example rk4_once`: best of five runs in seconds, and the mean
//! radius that shows that the work was done.

use benches::{Rk4Cloud, timed};

fn main() {
    let mut cloud = Rk4Cloud::new(100_000);
    let best = timed(5, || cloud.run())[0];
    println!("{best:.4} seconds, mean radius {:.6}", cloud.mean_radius());
}
