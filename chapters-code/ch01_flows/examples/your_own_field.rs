//! Your own field: write a function, and every method of the chapter can follow it.
//!
//! Rabbits x and foxes y: x' = x (1 − y), y' = y (x − 1). Change `field` and `start`; the
//! errors are measured against very short steps, so no solution need be known.
//!
//!     cargo run -p ch01_flows --example your_own_field

use ch01_flows::{DormandPrince, Euler, Heun, Rk4, integrate, trajectory};
use dynamics::{OdeMethod, Point, TimeGrid};

const END: f64 = 20.0;

fn field(_t: f64, p: &Point<2>) -> Point<2> {
    Point::<2>::new(p.x * (1.0 - p.y), p.y * (p.x - 1.0))
}

/// Error at the end with 1000 and with 2000 steps.
fn report(name: &str, method: &impl OdeMethod, start: Point<2>, exact: Point<2>) {
    let error =
        |n| (integrate(method, &field, TimeGrid::new(0.0, END, n), start) - exact).norm();
    let (coarse, fine) = (error(1000), error(2000));
    println!("  {name:<16} {coarse:>12.1e} {fine:>12.1e} {:>12.1}", coarse / fine);
}

fn main() {
    let start = Point::<2>::new(2.0, 0.5);
    println!("Rabbits and foxes, every two units of time (Runge-Kutta, 400 steps):\n");
    println!("       t   rabbits     foxes");
    let grid = TimeGrid::new(0.0, END, 400);
    for (t, p) in grid.times().zip(trajectory(&Rk4, &field, grid, start)).step_by(40) {
        println!("  {t:>6.1} {:>9.3} {:>9.3}", p.x, p.y);
    }
    let exact = integrate(&DormandPrince, &field, TimeGrid::new(0.0, END, 20_000), start);
    println!("\nError at t = {END}:\n");
    println!("  method             1000 steps   2000 steps   shrinks by");
    report("Euler", &Euler, start, exact);
    report("Heun", &Heun, start, exact);
    report("Runge-Kutta", &Rk4, start, exact);
    report("Dormand-Prince", &DormandPrince, start, exact);
    println!(
        "\nHalf the step: an error of order p shrinks by about 2^p, so 2, 4, 16 and 32."
    );
}
