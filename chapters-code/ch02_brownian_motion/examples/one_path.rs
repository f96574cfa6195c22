//! One path, asked again and again: the values at the quarters stay, whatever the grid, and
//! the sum of squared increments settles at the length of time while the length of the path
//! grows without end.
//!
//!     cargo run -p ch02_brownian_motion --example one_path

use ch02_brownian_motion::{BrownianTree, increments};
use dynamics::{Stream, TimeGrid};

const SEED: u64 = 7;
const END: f64 = 2.0;

fn main() {
    let path = BrownianTree::<f64>::new(Stream::new(SEED, "one path"), END);
    println!("      n     W(0.5)     W(1.0)     W(1.5)     W(2.0)   squares     length");
    for k in [2, 4, 6, 8, 10, 12, 14, 16] {
        let n = 1 << k;
        let values = path.path(TimeGrid::new(0.0, END, n).times());
        let steps = increments(&values);
        let squares: f64 = steps.iter().map(|dw| dw * dw).sum();
        let length: f64 = steps.iter().map(|dw| dw.abs()).sum();
        let quarters: Vec<String> =
            (1..=4).map(|q| format!("{:>10.5}", values[q * n / 4])).collect();
        println!("  {n:>5} {} {squares:>9.4} {length:>10.2}", quarters.join(" "));
    }
    println!(
        "\nFour times as many steps: the same path, twice as long; its squares add up to the\n\
         time, {END}. Another path: change SEED."
    );
}
