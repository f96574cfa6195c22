//! One network, another sampler: the network of the eight Gaussians was taught for the reverse SDE,
//! and goes down the staircase of annealed Langevin dynamics as well. Beside it the exact score,
//! and chains that begin in one heap and know the lowest level alone.
//!
//!     cargo run -p ch05_score_matching --example down_the_stairs

use ch04_reverse_sdes::problem::SCHEDULE;
use ch04_reverse_sdes::{Interval, NoiseSchedule, Noised};
use ch05_score_matching::annealed::levels;
use ch05_score_matching::losses::normals;
use ch05_score_matching::problem::Blur;
use ch05_score_matching::toy_models::{Set, kept};
use ch05_score_matching::toys::EightGaussians;
use dynamics::{Point, Stream};
use neural::Matrix;

const CHAINS: usize = 2000;
const STEPS: usize = 30;
/// η/σ².
const RATIO: f64 = 0.2;
const SEED: u64 = 5;

/// The time at which the noise is σ times as large as what is left of the data.
fn time(sigma: f64) -> f64 {
    let Interval { mut start, mut end } = SCHEDULE.interval();
    for _ in 0..40 {
        let t = 0.5 * (start + end);
        if SCHEDULE.sigma(t) < sigma * SCHEDULE.alpha(t) { start = t } else { end = t }
    }
    0.5 * (start + end)
}

/// The same loop as on the page, for all chains at once, a column each.
fn langevin(score: &dyn Fn(f64, &Matrix) -> Matrix, levels: &[f64], x: &mut Matrix) {
    let mut draws = Stream::new(SEED, "down the stairs").generator();
    for &sigma in levels {
        let eta = RATIO * sigma * sigma;
        for _ in 0..STEPS {
            let z: Matrix = normals(2, CHAINS, &mut draws);
            *x += score(sigma, x) * (0.5 * eta) as f32 + z * eta.sqrt() as f32;
        }
    }
}

/// How many chains end in each heap, and their deviation from its middle along an axis.
fn ends(x: &Matrix) -> ([usize; 8], f64) {
    let middles = EightGaussians::parts().map(|(_, middle, _)| middle);
    let (mut counts, mut square) = ([0; 8], 0.0);
    for x in x.column_iter() {
        let x = Point::<2>::new(f64::from(x[0]), f64::from(x[1]));
        let far = middles.map(|middle| (x - middle).norm_squared());
        let nearest = (0..8).min_by(|&a, &b| far[a].total_cmp(&far[b])).unwrap_or(0);
        counts[nearest] += 1;
        square += far[nearest];
    }
    (counts, (square / (2 * CHAINS) as f64).sqrt())
}

fn main() {
    let law = Noised::new(EightGaussians::parts(), Blur);
    let exact = |sigma: f64, x: &Matrix| {
        let mut score = x.clone();
        for mut x in score.column_iter_mut() {
            let right = law.score(sigma, &Point::<2>::new(x[0].into(), x[1].into()));
            (x[0], x[1]) = (right.x as f32, right.y as f32);
        }
        score
    };
    // The network knows α z + σ_t ε, which is α times x = z + σ ε where σ_t/α = σ; and by the
    // chain rule the score of x is α times its own.
    let network = kept(Set::Gaussians);
    let learned = |sigma: f64, x: &Matrix| {
        let t = time(sigma);
        let alpha = SCHEDULE.alpha(t) as f32;
        network.score(t, &(x * alpha)) * alpha
    };

    let (high, low) = (10.0, 0.1);
    let noise: Matrix = normals(2, CHAINS, &mut Stream::new(SEED, "start").generator());
    let wide = &noise * high as f32;
    let first = EightGaussians::parts()[0].1;
    let heap = Matrix::from_fn(2, CHAINS, |i, j| first[i] as f32 + 0.3 * noise[(i, j)]);
    let (down, bottom) = (levels(high, low, 20), vec![low; 20]);
    let run = |score: &dyn Fn(f64, &Matrix) -> Matrix, levels: &[f64], start: &Matrix| {
        let mut x = start.clone();
        langevin(score, levels, &mut x);
        ends(&x)
    };
    let found = [
        run(&exact, &down, &wide),
        run(&learned, &down, &wide),
        run(&learned, &bottom, &heap),
    ];

    println!(
        "How many of {CHAINS} chains end in each heap; the law has {}.\n",
        CHAINS / 8
    );
    println!("  heap   exact score   network   network, lowest level alone");
    for k in 0..8 {
        let [exact, learned, bottom] = found.map(|(counts, _)| counts[k]);
        println!("  {:>4} {exact:>13} {learned:>9} {bottom:>29}", k + 1);
    }
    let [exact, learned, bottom] = found.map(|(_, width)| width);
    println!("\n  deviation within a heap, along an axis:");
    println!("  {exact:>18.3} {learned:>9.3} {bottom:>29.3}");
    let variance = 0.5_f64.powi(2) / 1.414_f64.powi(2) + low * low;
    println!("\nThe law with noise of {low} has the deviation {:.3}.", variance.sqrt());
}
