//! Two particles that start (almost) together: how far apart can they come?
//!
//! A Lipschitz field lets distances grow at most like e^{Lt}; without a Lipschitz
//! constant even the same start can have two futures.
//!
//!     cargo run -p ch01_flows --example two_starts

use ch01_flows::{Rk4, integrate};
use dynamics::TimeGrid;

/// Where Runge–Kutta takes `x0` by time `t`.
fn flow(field: impl Fn(f64, &f64) -> f64 + Sync, t: f64, x0: f64) -> f64 {
    integrate(&Rk4, &field, TimeGrid::new(0.0, t, 2000), x0)
}

fn main() {
    println!("u(x) = sin x has L = 1. Two starts 1e-8 apart, near 0:\n");
    println!("       t     distance    1e-8 e^t");
    for t in [1.0, 2.0, 4.0, 8.0, 16.0] {
        let wave = |_t: f64, x: &f64| x.sin();
        let distance = (flow(wave, t, 1e-4 + 1e-8) - flow(wave, t, 1e-4)).abs();
        println!("  {t:>6.1} {distance:>12.2e} {:>11.2e}", 1e-8 * t.exp());
    }
    println!(
        "\nAt first they part as fast as the bound allows; then both settle at the same\n\
         place, pi, where sin x pulls them together.\n"
    );
    println!(
        "u(x) = 2 sqrt|x| has no Lipschitz constant at 0. Starts ever closer to 0, at t = 3:\n"
    );
    println!("          start      x(3)");
    for start in [0.0, 1e-20, 1e-12, 1e-6, 1e-3] {
        let root = |_t: f64, x: &f64| 2.0 * x.abs().sqrt();
        let shown = if start == 0.0 { "0".into() } else { format!("{start:.0e}") };
        println!("  {shown:>13} {:>9.4}", flow(root, 3.0, start));
    }
    println!(
        "\nFrom 0 itself the program stays at 0. From 1e-20, closer than any ruler could\n\
         tell, it arrives near 9 = 3^2. Both x = 0 and x = t^2 solve the equation from 0:\n\
         the start does not decide the future."
    );
}
