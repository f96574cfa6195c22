//! Four schedules side by side.

use crate::problem::SCHEDULE;
use crate::schedules::{
    Beta, Cosine, Interval, NoiseSchedule, SubVariancePreserving, VarianceExploding,
};
use evidence::number;
use plot::{Grid, Legend, Picture, Plot, Style};

const UNIT: Interval = Interval { start: 1e-3, end: 1.0 };
const VE: VarianceExploding =
    VarianceExploding { sigma_min: 0.01, sigma_max: 5.0, interval: UNIT };
const SUB: SubVariancePreserving =
    SubVariancePreserving { beta: Beta::SONG, interval: UNIT };
const COSINE: Cosine = Cosine { offset: 0.008, interval: Interval { end: 0.98, ..UNIT } };

/// (t, α, σ) on 61 times.
fn table(schedule: &impl NoiseSchedule) -> Vec<(f64, f64, f64)> {
    let Interval { start, end } = schedule.interval();
    (0..=60)
        .map(|i| start + (end - start) * f64::from(i) / 60.0)
        .map(|t| (t, schedule.alpha(t), schedule.sigma(t)))
        .collect()
}

/// The first time at which no more is left than has come.
fn even(schedule: &impl NoiseSchedule) -> String {
    let time = (0..=1000)
        .map(|i| f64::from(i) / 1000.0)
        .find(|&t| schedule.alpha(t) <= schedule.sigma(t));
    number(time.unwrap_or(f64::NAN))
}

/// α, σ and their quotient.
pub(super) fn schedules() -> Picture {
    let tables = [
        ("VP", table(&SCHEDULE), Style::color(0).width(1.8).solid()),
        ("sub-VP", table(&SUB), Style::color(1).width(1.8).dashed()),
        ("VE", table(&VE), Style::color(3).width(1.8).dash_dotted()),
        ("cosine", table(&COSINE), Style::color(2).width(1.8).dotted()),
    ];
    let draw = |plot: Plot, labels: bool, of: fn(f64, f64) -> f64| {
        tables.iter().fold(plot, |plot, (name, table, style)| {
            let curve: Vec<_> = table.iter().map(|&(t, a, s)| (t, of(a, s))).collect();
            let style = style.clone();
            plot.line(&curve, if labels { style.label(*name) } else { style })
        })
    };
    let panel =
        |title: &str| Plot::new(225, 250).title(title).x_label("$t$").x_range(0.0, 1.0);
    let left = panel("left: $\\alpha$").y_range(0.0, 1.05).legend(Legend::Above);
    let new = panel("new: $\\sigma$").y_range(1e-3, 10.0).log_y();
    let ratio = panel("$\\alpha/\\sigma$").y_range(3e-3, 1e3).log_y();
    let svg = Grid::new(3)
        .add(draw(left, true, |a, _| a))
        .add(draw(new, false, |_, s| s))
        .add(draw(ratio, false, |a, s| a / s))
        .draw();
    let (vp, sub, ve, cosine) = (even(&SCHEDULE), even(&SUB), even(&VE), even(&COSINE));
    let caption = format!(
        "Four ways from data to noise: what is left of the start, the deviation of what is new, and their quotient, by which they can be compared. \
         VP and sub-VP have the same factor. As much is new as is left at $t={vp}$ for VP, {sub} for sub-VP, {ve} for VE with $\\sigma$ up to 5, and {cosine} for the cosine \
         schedule, which ends at 0.98."
    );
    let alt = format!(
        "Three panels. In the first the factor of VP and sub-VP falls fast in the first half, that of the cosine \
         schedule in a slow arc to the end, and that of VE stays at one. In the second all deviations rise on a \
         logarithmic axis, those of VP, sub-VP and cosine level off at one, that of VE rises in a straight line to five. \
         In the third all quotients fall, and pass one at {vp}, {sub}, {ve} and {cosine}."
    );
    Picture::new(svg, caption, alt)
}
