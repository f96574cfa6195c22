//! What a normal start costs, by the time at which the noise ends.

use crate::prior::{measured_cost, start_bound, start_cost};
use crate::problem::{HEAPS, SCHEDULE, two_heaps};
use crate::schedules::{Interval, NoiseSchedule, VarianceExploding};
use evidence::number;
use plot::{Grid, Legend, Picture, Plot, Style};

/// KL divergences of the two heaps from the start, under preserving and exploding noise.
pub(super) fn prior() -> Picture {
    let mean: f64 = HEAPS.iter().map(|(w, m, _)| w * m).sum();
    let square: f64 = HEAPS.iter().map(|(w, m, s)| w * (m * m + s * s)).sum();
    let data = (mean, square - mean * mean);
    let times: Vec<f64> = (1..=40).map(|i| f64::from(i) / 40.0).collect();
    let against = |cost: &dyn Fn(f64) -> f64| -> Vec<_> {
        times.iter().map(|&t| (t, cost(t))).collect()
    };
    let law = two_heaps(SCHEDULE);
    let measured = against(&|t| measured_cost(&law, t, 1.0));
    let bound = against(&|t| start_bound(&SCHEDULE, t, data, 1.0));
    let normal = against(&|t| start_cost(&SCHEDULE, t, data, 1.0));
    let first = Plot::new(310, 280)
        .title("VP, start $\\mathcal{N}(0,1)$")
        .x_label("$T$")
        .y_label("KL, nats")
        .x_range(0.0, 1.0)
        .y_range(1e-6, 10.0)
        .log_y()
        .legend(Legend::Above)
        .line(&bound, Style::text().width(1.3).dashed().label("at most"))
        .line(&measured, Style::color(0).width(2.2).solid().label("two heaps"))
        .line(&normal, Style::text().width(1.3).dotted().label("at least"));
    let ve = VarianceExploding {
        sigma_min: 0.01,
        sigma_max: 50.0,
        interval: Interval { start: 1e-3, end: 1.0 },
    };
    let drowned = two_heaps(ve);
    let by_sigma = |start: &dyn Fn(f64) -> f64| -> Vec<_> {
        let late = (0..=30).map(|i| 0.5 + f64::from(i) / 60.0);
        let at = |t: f64| (ve.sigma(t), measured_cost(&drowned, t, start(ve.sigma(t))));
        late.map(at).collect()
    };
    let (scaled, fixed) = (by_sigma(&|sigma| sigma), by_sigma(&|_| 1.0));
    let second = Plot::new(310, 280)
        .title("VE, by the last $\\sigma$")
        .x_label("$\\sigma$")
        .x_range(0.7, 50.0)
        .y_range(1e-5, 1e4)
        .log_x()
        .log_y()
        .legend(Legend::Above)
        .line(&fixed, Style::color(3).width(1.8).solid().label("$\\mathcal{N}(0,1)$"))
        .line(
            &scaled,
            Style::color(2).width(2.2).solid().label("$\\mathcal{N}(0,\\sigma^2)$"),
        );
    let svg = Grid::new(2).add(first).add(second).draw();
    let [early, late] = [19, 39].map(|i: usize| number(measured[i].1));
    let (own, wrong) = (number(scaled[30].1), number(fixed[30].1));
    let caption = format!(
        "What a normal start costs, for the two heaps. Left: variance-preserving noise that ends at $T$. The cost is {early} at $T=0.5$ and {late} at $T=1$. It lies between \
         the cost of normal data with the same mean and variance, on which it soon comes to lie, and the mean cost of one start. Right: exploding noise up to $\\sigma=50$. A \
         start as wide as the noise costs {own} in the end, a standard normal start {wrong}."
    );
    let alt = format!(
        "Two panels with logarithmic axes. In the first three curves fall, ever more steeply: a dashed one on top, the \
         solid one of the two heaps below it, and a dotted one that starts lower and soon lies under the solid one, at {late} at the \
         right end. In the second one curve falls, a little less steeply in the end, to {own}, while another one rises to {wrong}."
    );
    Picture::new(svg, caption, alt)
}
