//! Sums for ∫ W dW that take W at the left end, the mean of both ends, W at the right end of
//! each step: three different numbers, on one path, and they stay apart.
//!
//!     cargo run -p ch02_brownian_motion --example which_end

use ch02_brownian_motion::BrownianTree;
use dynamics::{Stream, TimeGrid};

const SEED: u64 = 3;
const END: f64 = 2.0;

fn main() {
    let path = BrownianTree::<f64>::new(Stream::new(SEED, "which end"), END);
    println!("      n       left       mean      right");
    for k in [2, 4, 6, 8, 10, 12, 14] {
        let w = path.path(TimeGrid::new(0.0, END, 1 << k).times());
        let sum = |weight: f64| -> f64 {
            let terms = w
                .windows(2)
                .map(|w| ((1.0 - weight) * w[0] + weight * w[1]) * (w[1] - w[0]));
            terms.sum()
        };
        let (left, mean, right) = (sum(0.0), sum(0.5), sum(1.0));
        println!("  {:>5} {left:>10.4} {mean:>10.4} {right:>10.4}", 1 << k);
    }
    let last = path.at(END);
    println!("\n(W² − t)/2 {:>7.4}", (last * last - END) / 2.0);
    println!("      W²/2 {:>18.4}", last * last / 2.0);
    println!("(W² + t)/2 {:>29.4}", (last * last + END) / 2.0);
}
