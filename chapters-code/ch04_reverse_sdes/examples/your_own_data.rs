//! Your own data on the line: heaps from the command line, noised and drawn back with
//! nothing but their score.
//!
//!     cargo run -p ch04_reverse_sdes --example your_own_data -- 1,-2,0.2 3,0.5,0.4
//!
//! Each heap is weight,mean,deviation. Change the number of steps, and see what breaks first.

use ch04_reverse_sdes::{Noised, problem::SCHEDULE, sample};
use dynamics::{Point, Stream};
use evidence::kolmogorov_distance;
use nalgebra::Matrix1;

const STEPS: usize = 200;
const DRAWS: usize = 5000;
const SEED: u64 = 4;

/// One heap of the data.
fn heap(text: &str) -> Result<(f64, Point<1>, Matrix1<f64>), String> {
    let numbers: Vec<f64> = text.split(',').flat_map(str::parse).collect();
    match numbers[..] {
        [w, m, d] if w > 0.0 && d > 0.0 && (w * m * d).is_finite() => {
            Ok((w, Point::<1>::new(m), Matrix1::new(d * d)))
        }
        _ => Err(format!(
            "{text:?} is no heap: weight,mean,deviation are needed, the first and the last above \
             0, as in 0.3,-1.5,0.3"
        )),
    }
}

fn run(heaps: &[String]) -> Result<(), String> {
    let parts = heaps.iter().map(|text| heap(text)).collect::<Result<Vec<_>, _>>()?;
    let (law, first) = (Noised::new(parts, SCHEDULE), SCHEDULE.interval.start);
    let mut draws = Stream::new(SEED, "your own data").generator();
    let mut data: Vec<f64> =
        (0..DRAWS).map(|_| law.sample_at(first, &mut draws)[0]).collect();
    let mut draw = |_| -> Point<1> { sample(&SCHEDULE, &law, STEPS, &mut draws) };
    let drawn: Vec<f64> = (0..DRAWS).map(|i| draw(i)[0]).collect();
    data.sort_by(f64::total_cmp);
    println!("       x  of {DRAWS} data left of it  of as many drawn");
    for k in 0..=12 {
        let x = data[(k * (DRAWS - 1)) / 12];
        let left = |cloud: &[f64]| cloud.iter().filter(|y| **y <= x).count();
        println!("  {x:>6.3} {:>23} {:>17}", left(&data), left(&drawn));
    }
    let far = kolmogorov_distance(&drawn, |x| law.cdf(first, x)) * (DRAWS as f64).sqrt();
    println!("\n√n times the distance from the law: {far:.2}; chance explains 3.1");
    Ok(())
}

fn main() {
    let mut heaps: Vec<String> = std::env::args().skip(1).collect();
    if heaps.is_empty() {
        heaps = ["0.3,-1.5,0.3", "0.7,1,0.5"].map(String::from).to_vec();
    }
    if let Err(error) = run(&heaps) {
        eprintln!("{error}");
        std::process::exit(2);
    }
}
