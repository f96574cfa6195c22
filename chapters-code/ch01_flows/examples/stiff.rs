//! A fast part that has died out still dictates the step.
//!
//! x' = −1000 (x − cos t): within a few thousandths the trajectory is pulled onto the slow
//! curve cos t and then follows it. Equal steps of an explicit method longer than about
//! 2/1000 blow up all the same; the adaptive pair finds the limit by itself.
//!
//!     cargo run -p ch01_flows --example stiff

use ch01_flows::{DormandPrince, Euler, Rk4, Tolerance, integrate, integrate_adaptive};
use dynamics::TimeGrid;

const RATE: f64 = 1000.0;

fn field(t: f64, x: &f64) -> f64 {
    -RATE * (x - t.cos())
}

/// The solution once the fast part e^{−1000 t} is gone.
fn slow(t: f64) -> f64 {
    (RATE * RATE * t.cos() + RATE * t.sin()) / (RATE * RATE + 1.0)
}

fn main() {
    println!("x' = -1000 (x - cos t) from x = 0 to t = 2; there x = {:.6}.\n", slow(2.0));
    println!("   equal steps      h      error of Euler   error of Runge-Kutta");
    for n in [200, 700, 900, 1100, 2000, 4000] {
        let grid = TimeGrid::new(0.0, 2.0, n);
        let euler = (integrate(&Euler, &field, grid, 0.0) - slow(2.0)).abs();
        let rk4 = (integrate(&Rk4, &field, grid, 0.0) - slow(2.0)).abs();
        println!("  {n:>12} {:>8.5} {:>16} {:>20}", grid.h(), shown(euler), shown(rk4));
    }
    println!("\n     tolerance    steps   thrown away          error   longest step");
    for tolerance in [1e-3, 1e-6, 1e-9] {
        let run = integrate_adaptive(
            &DormandPrince,
            &field,
            0.0,
            2.0,
            0.0,
            Tolerance::both(tolerance),
        )
        .expect("the field is smooth");
        let longest = run.times.windows(2).map(|t| t[1] - t[0]).fold(0.0, f64::max);
        let error = (run.x - slow(2.0)).abs();
        println!(
            "  {tolerance:>12.0e} {:>8} {:>13} {:>14} {longest:>14.5}",
            run.steps,
            run.rejected,
            shown(error)
        );
    }
    println!(
        "\nA looser tolerance hardly saves steps: stability asks for them, not accuracy. Such\n\
         fields are called stiff, and methods that solve an equation in every step cure them."
    );
}

fn shown(error: f64) -> String {
    if error < 1e6 { format!("{error:.1e}") } else { "blown up".into() }
}
