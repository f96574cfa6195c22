//! Weak orders from samples, and why they wander.

use crate::claims::problems::{GEOMETRIC, X0};
use crate::{EulerMaruyama, GeometricBrownian, Moments, Platen, moments, simulate};
use ch01_flows::orders::slope;
use dynamics::{SdeMethod, Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Grid, Legend, Marker, Picture, Plot, Style};

/// Steps from which a slope is fitted.
const STEPS: [usize; 4] = [4, 8, 16, 32];
/// How many paths a sample has, and how many samples are drawn of that size.
const SAMPLES: [(usize, u64); 3] = [(1000, 20), (10_000, 20), (100_000, 6)];

/// On the left errors of E X_T² against the step, on the right the slopes fitted to them.
pub(super) fn weak_wanders() -> Picture {
    let exact = GEOMETRIC.second_moment(X0, 1.0);
    // The sample mean of X_T² has the variance (E X_T⁴ − (E X_T²)²)/paths.
    let volatility = GEOMETRIC.volatility * GEOMETRIC.volatility;
    let fourth = X0.powi(4) * (4.0 * GEOMETRIC.growth + 6.0 * volatility).exp();
    let error = ((fourth - exact * exact) / 10_000.0).sqrt();

    let euler = Errors::of("Euler–Maruyama", EulerMaruyama, exact);
    let platen = Errors::of("Platen", Platen, exact);
    let mut left = Plot::new(360, 350)
        .title("$10^4$ paths, 8 samples")
        .x_label("step $h$")
        .y_label("error of the mean of $X_T^2$")
        .x_range(0.02, 0.4)
        .y_range(2e-4, 1.0)
        .log_x()
        .log_y()
        .legend(Legend::Above)
        .horizontal(error, Style::text().dashed().width(1.0).alpha(0.7));
    let mut right = Plot::new(360, 350)
        .title("fitted slopes")
        .x_label("paths in a sample")
        .y_label("slope")
        .x_range(400.0, 400_000.0)
        .y_range(-1.6, 3.6)
        .log_x()
        .legend(Legend::Above);
    for (k, errors) in (0_u8..).zip([&euler, &platen]) {
        let marker = [Marker::Circle, Marker::Diamond][usize::from(k)];
        let (line, dot) = (
            Style::color(k).solid().width(1.8).label(errors.name),
            Style::color(k).marker(marker).size(4.5).alpha(0.6).label(errors.name),
        );
        left = left.line(&errors.exact, line.clone());
        right = right
            .line(&[(400.0, slope(&errors.exact)), (4e5, slope(&errors.exact))], line);
        for sample in errors.sampled[1].iter().take(8) {
            left = left.points(sample, dot.clone());
        }
        // Samples of one size stand side by side.
        let aside = |i: usize, n: usize| (0.35 * (i as f64 / (n - 1) as f64 - 0.5)).exp();
        for ((paths, _), samples) in SAMPLES.iter().zip(&errors.sampled) {
            let place = *paths as f64 * [0.8, 1.25][usize::from(k)];
            let slopes: Vec<_> = samples
                .iter()
                .enumerate()
                .map(|(i, s)| (place * aside(i, samples.len()), slope(s)))
                .collect();
            right = right.points(&slopes, dot.clone());
        }
    }
    let ranges = |errors: &Errors| {
        let of = |samples: &Vec<Vec<(f64, f64)>>| {
            let slopes = samples.iter().map(|s| slope(s));
            let (low, high) = slopes
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), s| {
                    (a.min(s), b.max(s))
                });
            // A sign for a slope that is below 0 when rounded, and a minus as wide as a plus.
            let tenths = |x: f64| (10.0 * x).round() / 10.0 + 0.0;
            format!("{:.1} to {:.1}", tenths(low), tenths(high)).replace('-', "−")
        };
        errors.sampled.iter().map(of).collect::<Vec<_>>().join(", ")
    };
    let caption = format!(
        "Left: the error of the mean of $X_T^2$ for $dX=0.3X\\,dt+0.6X\\,dW$. Lines: without \
         sampling, by the recursion. Points: from samples of $10^4$ paths. Dashed: the standard error of \
         such a mean, {}; errors below it drown. Right: the slope of four such points, \
         from 4 to 32 steps, sample by sample; lines: the slopes of the true errors, {:.2} and {:.2}. From \
         $10^3$, $10^4$ and $10^5$ paths the slopes of Euler–Maruyama range over {}, those of \
         Platen's method over {}.",
        number(error),
        slope(&euler.exact),
        slope(&platen.exact),
        ranges(&euler),
        ranges(&platen),
    );
    let alt = format!(
        "Two panels. Left: errors against steps on logarithmic axes. Two straight lines fall to the \
         left, one with slope 1, and one with slope 2 far below it; points scatter about the first \
         only where it is above a dashed line, the standard error, and about the second nowhere. \
         Right: slopes fitted to such points. For Euler–Maruyama they gather about 1 as the number of \
         paths grows from a thousand to a hundred thousand, with ranges {}; for Platen's method they \
         stay about 0, far below the line at 2, with ranges {}.",
        ranges(&euler),
        ranges(&platen),
    );
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}

/// Errors of a method: pairs (h, |error|), exact and by sample size and sample.
struct Errors {
    name: &'static str,
    exact: Vec<(f64, f64)>,
    sampled: Vec<Vec<Vec<(f64, f64)>>>,
}

impl Errors {
    fn of<M>(name: &'static str, method: M, exact: f64) -> Self
    where
        M: SdeMethod<GeometricBrownian, f64, f64>,
    {
        let pairs = |mean: &mut dyn FnMut(TimeGrid) -> f64| -> Vec<_> {
            let grids = STEPS.map(|n| TimeGrid::new(0.0, 1.0, n));
            grids.iter().map(|grid| (grid.h(), (mean(*grid) - exact).abs())).collect()
        };
        let recursion =
            pairs(&mut |grid| moments(&method, &GEOMETRIC, grid, Moments::of(X0)).second);
        let sample = |paths: usize, k: u64| {
            let mut ends = vec![X0; paths];
            pairs(&mut |grid| {
                ends.fill(X0);
                let purpose = format!("{name}, {paths} paths, {} steps", grid.steps);
                simulate(
                    &method,
                    &GEOMETRIC,
                    grid,
                    Stream::new(SEED + k, &purpose),
                    &mut ends,
                )
                .expect("a linear equation over a unit of time");
                ends.iter().map(|x| x * x).sum::<f64>() / paths as f64
            })
        };
        let sampled = SAMPLES
            .iter()
            .map(|(paths, samples)| (0..*samples).map(|k| sample(*paths, k)).collect())
            .collect();
        Self { name, exact: recursion, sampled }
    }
}
