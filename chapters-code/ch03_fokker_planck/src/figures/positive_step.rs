//! A spike after steps past the bound.

use crate::finite_volume::{Cells, Rates};
use crate::theta_scheme::{Stepper, positive_step as bound};
use evidence::number;
use plot::{Grid, Legend, Picture, Plot, Style};

/// Cells to either side of the spike.
const SIDE: usize = 40;
/// Cells shown to either side.
const SHOWN: i32 = 12;
/// The step, in units of Crank and Nicolson's bound.
const BOUNDS: f64 = 2.5;

/// A spike on flat ground after one and after four steps, with θ = 1 and θ = ½.
pub(super) fn positive_step() -> Picture {
    // Width 1 and D = 1: places are cells, and λ = h.
    let half = SIDE as f64 + 0.5;
    let cells = Cells::new(-half, half, 2 * SIDE + 1).expect("an interval");
    let rates = Rates::new(cells, |_| 0.0, 2.0_f64.sqrt()).expect("rates");
    let h = BOUNDS * bound(&rates, 0.5);
    let after = |theta: f64, steps: usize| {
        let mut p = vec![0.0; cells.count];
        p[SIDE] = 1.0;
        let mut stepper = Stepper::signed(&rates, theta, h).expect("in range");
        for _ in 0..steps {
            stepper.step(&mut p);
        }
        p
    };
    let drawn = |p: &[f64]| -> Vec<(f64, f64)> {
        let all = cells.centres().zip(p.iter().copied());
        all.filter(|(x, _)| x.abs() <= f64::from(SHOWN)).collect()
    };
    let mut grid = Grid::new(2).shared_axes();
    for (steps, title) in [(1, "after one step"), (4, "after four steps")] {
        let mut plot = Plot::new(330, 280)
            .title(title)
            .x_label("cells from the start")
            .y_label("part of the mass")
            .y_range(-0.22, 0.38)
            .legend(if steps == 1 { Legend::Above } else { Legend::Hidden })
            .horizontal(0.0, Style::text().width(1.0).alpha(0.5));
        for (k, theta, name) in [(0, 1.0, "$\\theta = 1$"), (1, 0.5, "$\\theta = 1/2$")] {
            let points = drawn(&after(theta, steps));
            let style = Style::color(k).label(name);
            plot = plot
                .line(&points, style.clone().width(1.6))
                .points(&points, style.size(4.0));
        }
        grid = grid.add(plot);
    }
    let (one, four) = (after(0.5, 1), after(0.5, 4));
    let caption = format!(
        "All mass starts in one cell of flat ground. One step, and four steps, of {BOUNDS} times the \
         longest step that keeps $\\theta=\\frac12$ positive. With $\\theta=1$ the mass spreads and every \
         cell holds some. With $\\theta=\\frac12$ the cell of the start is left with ${}$ of the mass after one \
         step. After four it holds {}, and its neighbours only {} each. Each of the four curves sums to 1.",
        number(one[SIDE]),
        number(four[SIDE]),
        number(four[SIDE + 1]),
    );
    let alt = format!(
        "Two panels, after one step and after four: the part of the mass in each of 25 cells. The curve for \
         theta 1 is a smooth peak above zero in both panels, lower and wider in the second. The curve for \
         theta one half has a sharp notch in the middle that reaches {} in the first panel, between two \
         shoulders; in the second panel it zigzags round the smooth peak near the middle.",
        number(one[SIDE]),
    );
    Picture::new(grid.draw(), caption, alt)
}
