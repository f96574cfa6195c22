//! One flow carries points and the density they sample.

use super::{pairs, square};
use crate::{Rk4, integrate};
use dynamics::{Density, Mixture, Point, Stream, TimeGrid};
use evidence::{SEED, number};
use nalgebra::Matrix2;
use plot::{Grid, Picture, Plot, Ramp, Style};

/// How many points the cloud has.
const POINTS: usize = 1500;
/// Cells of the density along one axis.
const CELLS: usize = 96;
/// Half-width of the window.
const WINDOW: f64 = 2.8;
/// Steps of RK4 for one unit of time.
const STEPS: usize = 24;

/// A vortex that turns its middle faster than its rim, and a contraction:
/// u(x) = 4 exp(−|x|²/4) (−x₂, x₁) − x/2, of divergence −1.
fn twist(_: f64, x: &Point<2>) -> Point<2> {
    let turn = 4.0 * (-x.norm_squared() / 4.0).exp();
    Point::<2>::new(-turn * x.y - 0.5 * x.x, turn * x.x - 0.5 * x.y)
}

/// ψ_{from,to}(x).
fn carried(x: &Point<2>, from: f64, to: f64) -> Point<2> {
    let steps = ((to - from).abs() * STEPS as f64).ceil() as usize;
    if steps == 0 {
        *x
    } else {
        integrate(&Rk4, &twist, TimeGrid::new(from, to, steps), *x)
    }
}

/// The law at the start: three hills of different size and shape.
fn start() -> Mixture<2> {
    Mixture::new([
        (0.5, Point::<2>::new(1.1, 0.5), Matrix2::new(0.34, 0.12, 0.12, 0.22)),
        (0.3, Point::<2>::new(-1.2, 1.1), Matrix2::new(0.12, 0.0, 0.0, 0.30)),
        (0.2, Point::<2>::new(-0.4, -1.4), Matrix2::new(0.40, -0.08, -0.08, 0.08)),
    ])
}

/// p_t(y) by the change of variables: back along the flow to x = ψ_t⁻¹(y), and
/// p_t(y) = p₀(x) / det ∇ψ_t(x), with det ∇ψ_t = exp ∫ ∇·u = e⁻ᵗ.
fn density(law: &Mixture<2>, t: f64, y: &Point<2>) -> f64 {
    law.density(&carried(y, t, 0.0)) * t.exp()
}

/// p_t at the cells of the window, row by row from below.
fn densities(law: &Mixture<2>, t: f64) -> Vec<f64> {
    let at = |i: usize| WINDOW * (2.0 * (i as f64 + 0.5) / CELLS as f64 - 1.0);
    let cells = (0..CELLS * CELLS).map(|k| Point::<2>::new(at(k % CELLS), at(k / CELLS)));
    cells.map(|y| density(law, t, &y)).collect()
}

/// The points above, the density below, at t = 0, ⅓, ⅔, 1.
pub(super) fn cloud_and_density() -> Picture {
    let law = start();
    let mut generator = Stream::new(SEED, "fig-cloud-and-density").generator();
    let cloud: Vec<_> = (0..POINTS).map(|_| law.sample(&mut generator)).collect();
    // A region carried along shows that no point crosses its border.
    let (centre, half) = ((1.1, 0.5), 0.5);
    let region = square(centre, half, 40);
    let inside =
        |x: &Point<2>| (x.x - centre.0).abs() < half && (x.y - centre.1).abs() < half;
    let (marked, others): (Vec<_>, Vec<_>) = cloud.iter().partition(|x| inside(x));

    let times = [(0.0, "0"), (1.0 / 3.0, "1/3"), (2.0 / 3.0, "2/3"), (1.0, "1")];
    let fields: Vec<_> = times.iter().map(|(t, _)| densities(&law, *t)).collect();
    let peak = |field: &[f64]| field.iter().copied().fold(0.0, f64::max);
    let top = peak(&fields[3]);
    let window = |plot: Plot| {
        plot.x_range(-WINDOW, WINDOW).y_range(-WINDOW, WINDOW).equal_aspect()
    };
    let move_all = |points: &[Point<2>], t| {
        pairs(&points.iter().map(|x| carried(x, 0.0, t)).collect::<Vec<_>>())
    };

    let mut grid = Grid::new(4).shared_axes();
    for (t, name) in times {
        let mut plot =
            window(Plot::new(190, 190)).y_label("points").title(format!("$t = {name}$"));
        plot = plot
            .cloud(&move_all(&others, t), Style::color(0).size(1.5).alpha(0.6))
            .cloud(&move_all(&marked, t), Style::color(1).size(1.5).alpha(0.6))
            .line(&move_all(&region, t), Style::color(1).width(1.5));
        grid = grid.add(plot);
    }
    for ((t, _), field) in times.iter().zip(&fields) {
        let plot = window(Plot::new(190, 190))
            .y_label("density")
            .heat(
                CELLS,
                CELLS,
                field,
                (-WINDOW, WINDOW),
                (-WINDOW, WINDOW),
                Ramp::Tint(0),
            )
            .heat_range(0.0, 0.7 * top)
            .line(&move_all(&region, *t), Style::color(1).width(1.5));
        grid = grid.add(plot);
    }
    let fraction = marked.len() as f64 / POINTS as f64;
    let mass = mass_in_square(&law, centre, half);
    let caption = format!(
        "Above, {POINTS} points drawn from a law with three hills, each moved along its own \
         trajectory of $u(x) = 4e^{{-|x|^2/4}}(-x_2, x_1) - x/2$. Below, the density of that law, \
         computed at every place $y$ as $p_0(\\psi_t^{{-1}}(y))/\\det\\nabla\\psi_t$, without a look \
         at the points. The middle turns fastest, so the hills are wound up; everything is drawn \
         inwards, so the colours deepen: the peak rises from {} to {}. The outlined region is \
         carried along. At all four times it holds the same {} points, {:.1} % of the cloud, and \
         the same {:.1} % of the mass.",
        number(peak(&fields[0])),
        number(top),
        marked.len(),
        100.0 * fraction,
        100.0 * mass,
    );
    let alt = format!(
        "Eight square panels in two rows, for the times 0, one third, two thirds and 1. The upper row \
         shows {POINTS} dots in three separate groups, the largest on the right; from panel to panel \
         they turn counter-clockwise about the centre, the inner ones faster, until the groups are \
         wound into arms of a spiral that has shrunk. The lower row shows the density as shades of \
         colour: the same shapes at the same places, darkest where the dots are densest, and darker \
         in the later panels, with a peak of {} at first and {} at the end. A small square drawn \
         round part of the largest group is turned and bent with it in both rows.",
        number(peak(&fields[0])),
        number(top),
    );
    Picture::new(grid.draw(), caption, alt)
}

/// ∫ p₀ over the square, by the midpoint rule.
fn mass_in_square(law: &Mixture<2>, centre: (f64, f64), half: f64) -> f64 {
    let (n, side) = (60, 2.0 * half);
    let at = |i: usize| side * ((i as f64 + 0.5) / n as f64) - half;
    let cells =
        (0..n * n).map(|k| Point::<2>::new(centre.0 + at(k % n), centre.1 + at(k / n)));
    cells.map(|x| law.density(&x)).sum::<f64>() * (side / n as f64).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carried_density_keeps_its_mass() {
        // The window holds all but the tails at t = 1, when the cloud has contracted.
        let cell = (2.0 * WINDOW / CELLS as f64).powi(2);
        let mass = densities(&start(), 1.0).iter().sum::<f64>() * cell;
        assert!((mass - 1.0).abs() < 2e-3, "{mass}");
    }
}
