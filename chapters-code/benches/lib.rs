//! The work that the benchmarks time, through the public functions of the book.

use ch02_brownian_motion::{EulerMaruyama, OrnsteinUhlenbeck, simulate};
use ch03_fokker_planck::langevin_experiments::ring;
use ch03_fokker_planck::{Cells, Langevin, Rates, Stepper};
use ch04_reverse_sdes::problem::{SCHEDULE, two_heaps};
use ch04_reverse_sdes::{Backward, NoiseSchedule, Noised, VariancePreserving};
use ch05_score_matching::drawing::draw;
use ch05_score_matching::training::NoisedBatch;
use dynamics::{
    Density, Increment, Mixture, Point, Stream, TimeGrid, for_each_chunk, sum_over_chunks,
};
use neural::{Activation, Matrix, Mlp, Outcome, Training, Weights, train};
use rand_distr::{Distribution, StandardNormal};
use std::ops::ControlFlow;
use std::time::Instant;

/// The seconds that each of `runs` runs of `work` took, the best first, after one that is
/// not counted.
pub fn timed(runs: usize, mut work: impl FnMut()) -> Vec<f64> {
    work();
    let mut seconds: Vec<f64> = (0..runs)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds
}

/// A cloud of particles drawn onto the unit circle by x' = −y + x(1 − r²),
/// y' = x + y(1 − r²): Runge–Kutta, 100 steps to T = 5.
pub struct Rk4Cloud {
    start: Vec<Point<2>>,
    particles: Vec<Point<2>>,
}

impl Rk4Cloud {
    /// 100 steps to T = 5.
    pub const STEPS: usize = 100;

    /// `particles` starts from N((0.1, 0.1), I).
    pub fn new(particles: usize) -> Self {
        let mut generator = Stream::new(1, "benchmark").generator();
        let mut number = || {
            let normal: f64 = StandardNormal.sample(&mut generator);
            normal + 0.1
        };
        let start: Vec<_> =
            (0..particles).map(|_| Point::<2>::new(number(), number())).collect();
        Self { particles: start.clone(), start }
    }

    /// Carries the cloud from its start to T = 5.
    pub fn run(&mut self) {
        let field = |_t: f64, x: &Point<2>| {
            let g = 1.0 - (x.x * x.x + x.y * x.y);
            Point::<2>::new(-x.y + x.x * g, x.x + x.y * g)
        };
        self.particles.copy_from_slice(&self.start);
        let grid = TimeGrid::new(0.0, 5.0, Self::STEPS);
        ch01_flows::transport(&ch01_flows::Rk4, &field, grid, &mut self.particles);
    }

    /// Mean distance from the origin: 1 after a run.
    pub fn mean_radius(&self) -> f64 {
        self.particles.iter().map(Point::<2>::norm).sum::<f64>()
            / self.particles.len() as f64
    }
}

/// Paths of dX = −θ X dt + g dW with θ = 0.25 and g = 0.5, their starts spread evenly over
/// [−10, 10]: Euler–Maruyama, 1000 steps to T = 20.
pub struct OuEnsemble {
    starts: Vec<f64>,
    ends: Vec<f64>,
}

impl OuEnsemble {
    /// Steps of a path.
    pub const STEPS: usize = 1000;
    /// T.
    pub const END: f64 = 20.0;
    /// θ and g.
    pub const SDE: OrnsteinUhlenbeck = OrnsteinUhlenbeck { rate: 0.25, diffusion: 0.5 };

    /// `paths` starts, at least 2.
    pub fn new(paths: usize) -> Self {
        let start = |i: usize| -10.0 + 20.0 * i as f64 / (paths - 1) as f64;
        let starts: Vec<f64> = (0..paths).map(start).collect();
        Self { ends: starts.clone(), starts }
    }

    /// Carries every path from its start to T.
    pub fn run(&mut self) {
        self.ends.copy_from_slice(&self.starts);
        let grid = TimeGrid::new(0.0, Self::END, Self::STEPS);
        let stream = Stream::new(1, "ou");
        simulate(&EulerMaruyama, &Self::SDE, grid, stream, &mut self.ends)
            .expect("a linear pull keeps paths finite");
    }

    /// Draws as many normal numbers as a run, in the same chunks and from the same
    /// generators, and does nothing with them but keep the last of each path.
    pub fn draws(&mut self) {
        let stream = Stream::new(1, "ou");
        for_each_chunk(&mut self.ends, |k, chunk| {
            let mut generator = stream.chunk(k as u64);
            for _ in 0..Self::STEPS {
                for x in chunk.iter_mut() {
                    *x = StandardNormal.sample(&mut generator);
                }
                std::hint::black_box(&mut *chunk);
            }
        });
    }

    /// Variance of the ends.
    pub fn variance(&self) -> f64 {
        let n = self.ends.len() as f64;
        let mean = sum_over_chunks(&self.ends, |x| *x) / n;
        sum_over_chunks(&self.ends, |x| (x - mean).powi(2)) / n
    }

    /// The variance that Euler–Maruyama itself has at T: with q = 1 − θh,
    /// q²ⁿ Var(X₀) + g²h (1 − q²ⁿ)/(1 − q²).
    pub fn expected_variance(&self) -> f64 {
        let OrnsteinUhlenbeck { rate, diffusion } = Self::SDE;
        let h = Self::END / Self::STEPS as f64;
        let q2 = (1.0 - rate * h).powi(2);
        let left = q2.powi(Self::STEPS as i32);
        // Of n evenly spaced numbers over a length of 20.
        let n = self.starts.len() as f64;
        let start = 400.0 / 12.0 * (n + 1.0) / (n - 1.0);
        left * start + diffusion * diffusion * h * (1.0 - left) / (1.0 - q2)
    }
}

/// The density of dX = −U′(X) dt + √2 dW with U = (x² − 1)², from N(−1, 0.2²): 1000 cells
/// of [−2.5, 2.5], 10 000 steps of h = 10⁻³ with θ = ½.
///
/// The step is forty times the one that keeps every density positive; the start is smooth
/// enough to bear it.
pub struct FokkerPlanck {
    rates: Rates,
    start: Vec<f64>,
    density: Vec<f64>,
}

impl FokkerPlanck {
    /// Cells.
    pub const CELLS: usize = 1000;
    /// Steps of a run.
    pub const STEPS: usize = 10_000;
    /// h.
    pub const STEP: f64 = 1e-3;

    fn potential(x: f64) -> f64 {
        (x * x - 1.0).powi(2)
    }

    /// The values at the centres, scaled to mass 1.
    fn of_mass_1(cells: Cells, shape: impl Fn(f64) -> f64) -> Vec<f64> {
        let values: Vec<f64> = cells.centres().map(shape).collect();
        let mass = cells.mass(&values);
        values.iter().map(|p| p / mass).collect()
    }

    /// Cells, rates and start.
    pub fn new() -> Self {
        let cells = Cells::new(-2.5, 2.5, Self::CELLS).expect("an interval");
        let rates = Rates::new(cells, Self::potential, std::f64::consts::SQRT_2);
        let start = Self::of_mass_1(cells, |x| (-0.5 * ((x + 1.0) / 0.2).powi(2)).exp());
        let rates = rates.expect("a finite potential");
        Self { rates, density: start.clone(), start }
    }

    /// Carries the density from its start to T = 10, the factoring included.
    pub fn run(&mut self) {
        self.density.copy_from_slice(&self.start);
        let mut stepper =
            Stepper::signed(&self.rates, 0.5, Self::STEP).expect("θ and h in range");
        for _ in 0..Self::STEPS {
            stepper.step(&mut self.density);
        }
    }

    /// max |p_T − e^{−U}/Z| over the cells.
    pub fn distance_from_stationary(&self) -> f64 {
        let stationary =
            Self::of_mass_1(self.rates.cells, |x| (-Self::potential(x)).exp());
        let off = self.density.iter().zip(&stationary).map(|(p, s)| (p - s).abs());
        off.fold(0.0, f64::max)
    }

    /// Mass at the end of a run.
    pub fn mass(&self) -> f64 {
        self.rates.cells.mass(&self.density)
    }
}

impl Default for FokkerPlanck {
    fn default() -> Self {
        Self::new()
    }
}

/// Particles that follow the score of eight Gaussians on a ring: Euler–Maruyama for
/// dX = ∇log p(X) dt + √2 dW, 500 steps of 0.01 from N(0, 9 I).
pub struct LangevinRing {
    target: Mixture<2>,
    starts: Vec<Point<2>>,
    particles: Vec<Point<2>>,
}

impl LangevinRing {
    /// Steps of a run.
    pub const STEPS: usize = 500;
    /// h.
    pub const STEP: f64 = 0.01;
    /// Gaussians, the radius of their ring, and their deviation.
    pub const MODES: (usize, f64, f64) = (8, 4.0, 0.5);

    /// `particles` starts.
    pub fn new(particles: usize) -> Self {
        let (modes, radius, deviation) = Self::MODES;
        let target = ring(modes, radius, deviation);
        let mut generator = Stream::new(1, "starts of the ring").generator();
        let mut starts = vec![Point::<2>::zeros(); particles];
        Point::draw_all(3.0, &mut generator, &mut starts);
        Self { target, particles: starts.clone(), starts }
    }

    /// Carries every particle from its start to t = 5.
    pub fn run(&mut self) {
        self.particles.copy_from_slice(&self.starts);
        let end = Self::STEP * Self::STEPS as f64;
        let grid = TimeGrid::new(0.0, end, Self::STEPS);
        let stream = Stream::new(1, "ring");
        let score = |x: &Point<2>| self.target.score(x);
        let sde = Langevin { score, diffusion: std::f64::consts::SQRT_2 };
        simulate(&EulerMaruyama, &sde, grid, stream, &mut self.particles)
            .expect("the score of a mixture pulls inwards");
    }

    /// Mean distance from the origin: near 4.03 after a run.
    pub fn mean_radius(&self) -> f64 {
        sum_over_chunks(&self.particles, Point::<2>::norm) / self.particles.len() as f64
    }
}

/// Noise drawn back to two heaps on the line, with their exact score: Euler–Maruyama for the
/// way back with noise λ g, 400 steps.
pub struct WayBack {
    backward: Backward<VariancePreserving, Noised<VariancePreserving, 1>>,
    starts: Vec<Point<1>>,
    particles: Vec<Point<1>>,
}

impl WayBack {
    /// Steps of a particle.
    pub const STEPS: usize = 400;

    /// `particles` starts from N(0, 1), driven by λ g.
    pub fn new(particles: usize, lambda: f64) -> Self {
        let mut draws = Stream::new(1, "way back").generator();
        let starts: Vec<_> =
            (0..particles).map(|_| Point::draw(1.0, &mut draws)).collect();
        let backward =
            Backward { schedule: SCHEDULE, score: two_heaps(SCHEDULE), lambda };
        Self { backward, particles: starts.clone(), starts }
    }

    /// Carries the particles from noise to data.
    pub fn run(&mut self) {
        self.particles.copy_from_slice(&self.starts);
        let grid = TimeGrid::new(
            0.0,
            SCHEDULE.interval.end - SCHEDULE.interval.start,
            Self::STEPS,
        );
        let stream = Stream::new(1, "way back");
        simulate(&EulerMaruyama, &self.backward, grid, stream, &mut self.particles)
            .expect("the way back of two heaps stays finite");
    }

    /// The mean of the particles: 0.25 where the work is done.
    pub fn mean(&self) -> f64 {
        sum_over_chunks(&self.particles, |x| x.x) / self.particles.len() as f64
    }
}

/// A plain network of three numbers x₁, x₂, t with two hidden layers of 128 entries, as the
/// other libraries have it in the same work.
fn plain() -> Mlp {
    Mlp { sizes: vec![3, 128, 128, 2], activation: Activation::Silu }
}

/// x over t, a column each.
fn with_times(x: &Matrix, times: impl Iterator<Item = f64>) -> Matrix {
    let mut input = Matrix::zeros(3, x.ncols());
    input.rows_mut(0, 2).copy_from(x);
    for (to, t) in input.row_mut(2).iter_mut().zip(times) {
        *to = t as f32;
    }
    input
}

/// Denoising score matching on eight Gaussians (radius 4, deviation ½) under variance
/// preserving noise: 2000 steps of Adam with 512 draws each.
pub struct DsmTraining {
    law: Mixture<2>,
}

impl Default for DsmTraining {
    fn default() -> Self {
        Self { law: ring(8, 4.0, 0.5) }
    }
}

impl DsmTraining {
    /// How it is trained.
    pub const PLAN: Training = Training {
        steps: 2000,
        batch: 512,
        rate: 1e-3,
        fade: false,
        decay: 0.99,
        seed: 1,
        report_every: 100,
    };

    /// The mean loss of the last hundred steps: near 0.77.
    pub fn run(&self) -> f64 {
        let start: Weights = plain().start(Stream::new(1, "benchmark"));
        let outcome: Outcome = train(
            &start,
            &Self::PLAN,
            |tape, w, n, draws| {
                let datum = |draws: &mut _| self.law.sample(draws);
                let NoisedBatch { times, x, noise } =
                    NoisedBatch::draw(&SCHEDULE, datum, n, draws);
                let input = tape.constant(with_times(&x, times.into_iter()));
                let guess = plain().apply(w, input);
                (guess - tape.constant(noise)).squared().column_sums().mean()
            },
            |_| ControlFlow::Continue(()),
        )
        .expect("a training that ends");
        outcome.losses.last().expect("a report").1
    }
}

/// 10 000 particles, 500 steps of the reverse SDE with an untrained network.
pub struct ReverseSde {
    weights: Weights,
    times: Vec<f64>,
}

impl Default for ReverseSde {
    fn default() -> Self {
        let (start, end) = (SCHEDULE.interval.start, SCHEDULE.interval.end);
        let time = |i: usize| end + (start - end) * i as f64 / Self::STEPS as f64;
        Self {
            weights: plain().start(Stream::new(1, "benchmark")),
            times: (0..=Self::STEPS).map(time).collect(),
        }
    }
}

impl ReverseSde {
    /// Steps.
    pub const STEPS: usize = 500;
    /// Particles.
    pub const PARTICLES: usize = 10_000;

    /// Whether all particles are finite at the end.
    pub fn run(&self) -> bool {
        let schedule: VariancePreserving = SCHEDULE;
        let score = |t: f64, x: &Matrix| {
            let input = with_times(x, std::iter::repeat(t));
            plain().evaluate(&self.weights, &input) * (-1.0 / schedule.sigma(t)) as f32
        };
        let size = (2, Self::PARTICLES);
        draw(&schedule, &score, 1.0, &self.times, size, Stream::new(1, "benchmark"))
            .is_ok()
    }
}
