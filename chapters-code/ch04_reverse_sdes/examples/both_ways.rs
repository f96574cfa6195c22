//! Data to noise and back without a draw: the probability flow gives each datum one point of
//! noise, its code, and finds the datum again from it. Then the code is changed a little.
//!
//!     cargo run -p ch04_reverse_sdes --example both_ways

use ch01_flows::{Euler, Heun, Rk4, integrate};
use ch04_reverse_sdes::{ProbabilityFlow, problem::SCHEDULE, two_heaps};
use dynamics::{OdeMethod, Point, TimeGrid};

const STEPS: usize = 100;
const DATA: [f64; 5] = [-1.8, -1.2, 0.1, 0.8, 1.6];

/// To noise, and from there back to the data.
fn there_and_back(method: &impl OdeMethod, x: f64) -> (f64, f64) {
    let flow = ProbabilityFlow { schedule: SCHEDULE, score: two_heaps(SCHEDULE) };
    let (first, last) = (SCHEDULE.interval.start, SCHEDULE.interval.end);
    let there = TimeGrid::new(first, last, STEPS);
    let back = TimeGrid::new(last, first, STEPS);
    let code = integrate(method, &flow, there, Point::<1>::new(x));
    (code[0], integrate(method, &flow, back, code)[0])
}

/// The datum of a code.
fn decoded(code: f64) -> f64 {
    let flow = ProbabilityFlow { schedule: SCHEDULE, score: two_heaps(SCHEDULE) };
    let back = TimeGrid::new(SCHEDULE.interval.end, SCHEDULE.interval.start, STEPS);
    integrate(&Rk4, &flow, back, Point::<1>::new(code))[0]
}

fn main() {
    println!("   datum      code      found again with {STEPS} steps, error of");
    println!("                           Euler       Heun  Runge–Kutta");
    for x in DATA {
        let (code, found) = there_and_back(&Rk4, x);
        let error = |y: f64| (y - x).abs();
        let (euler, heun) = (there_and_back(&Euler, x).1, there_and_back(&Heun, x).1);
        let errors = [euler, heun, found].map(error);
        println!(
            "  {x:>6.2} {code:>9.4} {:>15.1e} {:>10.1e} {:>12.1e}",
            errors[0], errors[1], errors[2]
        );
    }
    println!("\n    code     datum");
    for k in -8..=2 {
        let code = 0.1 * f64::from(k);
        println!("  {code:>6.2} {:>9.4}", decoded(code));
    }
    println!(
        "\nBetween −0.6 and −0.4 the datum changes from one heap to the other: there lies the\n\
         quantile 0.3 of the noise, and the left heap has the weight 0.3."
    );
}
