//! Windows on your own data: numbers from a file, one or more on a line. Half of them get windows,
//! the other half judge the estimate, for one width after the other.
//!
//!     cargo run -p ch05_score_matching --example your_own_windows -- heights.txt
//!
//! Without a file, 400 draws of the chapter's two heaps are taken, and the truth stands below.

use ch05_score_matching::problem::heaps;
use ch05_score_matching::windows::{Kernel, Windows};
use dynamics::{Point, Stream};

const WIDTHS: usize = 9;

/// The numbers of a file.
fn read(path: &str) -> Result<Vec<f64>, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let mut data = Vec::new();
    for (i, line) in text.lines().enumerate() {
        for word in line.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()) {
            let number = word.parse().ok().filter(|x: &f64| x.is_finite());
            let told = || {
                format!(
                    "{path}, line {}: {word:?} is no finite number; numbers like 1.7 are \
                     needed, with spaces, commas or new lines between them",
                    i + 1
                )
            };
            data.push(number.ok_or_else(told)?);
        }
    }
    Ok(data)
}

/// The mean of log q over some data, in nats.
fn mean_log(q: &Windows<1>, data: &[f64]) -> f64 {
    let log = |x: &f64| q.density::<f64>(&Point::<1>::new(*x)).ln();
    data.iter().map(log).sum::<f64>() / data.len() as f64
}

fn run(path: Option<&str>) -> Result<(), String> {
    let mut draws = Stream::new(5, "draws for windows").generator();
    let data = match path {
        Some(path) => read(path)?,
        None => (0..400).map(|_| heaps().sample(&mut draws).x).collect(),
    };
    if data.len() < 4 {
        return Err(format!("{} numbers: at least 4 are needed", data.len()));
    }
    // Every other one is kept back.
    let half =
        |k: usize| -> Vec<f64> { data.iter().skip(k).step_by(2).copied().collect() };
    let (seen, kept) = (half(0), half(1));
    let n = seen.len() as f64;
    let mean = seen.iter().sum::<f64>() / n;
    let deviation = (seen.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    if deviation == 0.0 {
        return Err(format!("all numbers with windows are {mean}: they have no spread"));
    }
    println!("Windows on {} numbers; {} are kept back.\n", seen.len(), kept.len());
    println!("                mean of log q, in nats, over");
    println!("      width   those with windows     those kept back");
    let mut best: Option<(f64, f64, Windows<1>)> = None;
    for k in 0..WIDTHS {
        let width = deviation * 0.5_f64.powi(k as i32);
        let centres: Vec<_> = seen.iter().map(|&x| Point::<1>::new(x)).collect();
        let q = Windows::new(centres, width, Kernel::Gaussian)
            .map_err(|error| error.to_string())?;
        let (own, other) = (mean_log(&q, &seen), mean_log(&q, &kept));
        println!("  {width:>9.4} {own:>20.3} {other:>19.3}");
        if best.as_ref().is_none_or(|(found, ..)| other > *found) {
            best = Some((other, width, q));
        }
    }
    let (_, width, q) = best.ok_or("no width gives the data kept back a density")?;
    println!(
        "\nWidth {width:.4}, the best for those kept back:\n\n         x    estimate"
    );
    for k in -4..=4 {
        let x = mean + 0.5 * f64::from(k) * deviation;
        let height: f64 = q.density(&Point::<1>::new(x));
        print!("  {x:>8.3} {height:>11.4}");
        if path.is_none() {
            print!(
                "   the law: {:.4}",
                heaps().log_density(0.0, &Point::<1>::new(x)).exp()
            );
        }
        println!();
    }
    if path.is_none() {
        let law = |x: &f64| heaps().log_density(0.0, &Point::<1>::new(*x));
        let mean_of =
            |data: &[f64]| data.iter().map(law).sum::<f64>() / data.len() as f64;
        println!(
            "\nThe law itself has a mean of log p of {:.3} and {:.3}.",
            mean_of(&seen),
            mean_of(&kept)
        );
    }
    Ok(())
}

fn main() {
    if let Err(error) = run(std::env::args().nth(1).as_deref()) {
        eprintln!("{error}");
        std::process::exit(2);
    }
}
