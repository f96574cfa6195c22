//! Marks that err by a known amount, and what the marks alone tell of the pupils: Tweedie's formula
//! with the score of windows on the marks of another year. The truth, which no teacher has,
//! stands beside it.
//!
//!     cargo run -p ch05_score_matching --example lucky_pupils

use ch05_score_matching::denoiser::denoise;
use ch05_score_matching::problem::heaps;
use ch05_score_matching::score::{expectation, weighted};
use ch05_score_matching::windows::window_score;
use dynamics::{Point, Stream};
use rand_distr::{Distribution, StandardNormal};

const PUPILS: usize = 2000;
/// The deviation of a mark from the ability.
const SIGMA: f64 = 0.5;
/// Of the windows on last year's marks.
const WIDTH: f64 = 0.25;
const SEED: u64 = 5;

/// (ability, mark) of a year's pupils.
fn year(name: &str) -> Vec<(f64, f64)> {
    let mut draws = Stream::new(SEED, name).generator();
    let law = heaps();
    let mut pupil = || {
        let ability = law.sample(&mut draws).x;
        let noise: f64 = StandardNormal.sample(&mut draws);
        (ability, ability + SIGMA * noise)
    };
    (0..PUPILS).map(|_| pupil()).collect()
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (n, sum) = numbers.fold((0.0, 0.0), |(n, sum), x| (n + 1.0, sum + x));
    sum / n
}

fn main() {
    let last: Vec<Point<1>> =
        year("last year").iter().map(|&(_, mark)| Point::<1>::new(mark)).collect();
    let mut pupils = year("this year");
    pupils.sort_by(|a, b| b.1.total_cmp(&a.1));

    // The straight line, with mean and variance of last year's marks.
    let middle = mean(last.iter().map(|x| x.x));
    let variance = mean(last.iter().map(|x| (x.x - middle).powi(2)));
    let share = 1.0 - SIGMA * SIGMA / variance;
    let line = |y: f64| middle + share * (y - middle);
    let of_score = |y: f64, score: &dyn Fn(&Point<1>) -> Point<1>| {
        denoise(score, SIGMA, &Point::<1>::new(y)).x
    };
    let windows = |y: f64| of_score(y, &|y| window_score(&last, WIDTH, y));
    let exact = |y: f64| of_score(y, &|y| heaps().score(SIGMA, y));

    println!("                        guessed from the mark by");
    println!("  pupils        mark     line  windows    exact   ability");
    let groups = [0..20, 20..100, 500..600, 1000..1100, 1400..1500, 1980..2000];
    for group in groups {
        let here = &pupils[group.clone()];
        let of = |f: &dyn Fn(f64) -> f64| mean(here.iter().map(|&(_, mark)| f(mark)));
        println!(
            "  {:<11} {:>6.2} {:>8.2} {:>8.2} {:>8.2} {:>9.2}",
            format!("{}–{}", group.start + 1, group.end),
            of(&|y| y),
            of(&line),
            of(&windows),
            of(&exact),
            mean(here.iter().map(|&(ability, _)| ability))
        );
    }
    let error = |f: &dyn Fn(f64) -> f64| {
        mean(pupils.iter().map(|&(ability, mark)| (f(mark) - ability).powi(2)))
    };
    println!(
        "\n  mean square {:>6.3} {:>8.3} {:>8.3} {:>8.3}",
        error(&|y| y),
        error(&line),
        error(&windows),
        error(&exact)
    );
    let law = heaps();
    let marks =
        weighted(|y: &Point<1>| law.log_density(SIGMA, y).exp(), (-7.0, 7.0), 560);
    let square = expectation(&marks, |y| law.score(SIGMA, y).norm_squared());
    println!(
        "\nNo guess has a mean square error below {:.3} for ever more pupils.",
        SIGMA.powi(2) - SIGMA.powi(4) * square
    );
}
