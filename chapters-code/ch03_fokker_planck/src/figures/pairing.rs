//! One number as two areas: the generator on the function, its adjoint on the density.

use crate::{DoubleWell, Smooth, adjoint_terms, generator};
use ch01_flows::fields::Number;
use ch01_flows::quadrature::trapezoid;
use dynamics::Point;
use evidence::number;
use nalgebra::SVector;
use plot::{Grid, Legend, Picture, Plot, Style};

/// A flat double well, so that both curves are of one size.
const WELL: DoubleWell = DoubleWell { height: 0.25, tilt: 0.2, diffusion: 0.8 };

/// N(0.3, 0.25).
struct Heap;

impl Smooth<1> for Heap {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        crate::transition::normal(x[0], T::from(0.3), T::from(0.25))
    }
}

/// tanh 2x: nearly the side of the hill on which a particle is.
struct Side;

impl Smooth<1> for Side {
    fn at<T: Number>(&self, _t: T, x: &SVector<T, 1>) -> T {
        (x[0] * 2.0).tanh()
    }
}

fn phi(x: f64) -> f64 {
    Side.at(0.0, &Point::<1>::new(x))
}

fn density(x: f64) -> f64 {
    Heap.at(0.0, &Point::<1>::new(x))
}

/// p 𝒜φ.
fn on_function(x: f64) -> f64 {
    density(x) * generator(&WELL, &Side, 0.0, &Point::<1>::new(x))
}

/// φ 𝒜*p.
fn on_density(x: f64) -> f64 {
    phi(x) * adjoint_terms(&WELL, &Heap, 0.0, &Point::<1>::new(x)).sum::<f64>()
}

/// A curve over the part of the line that is shown, and the area under it.
fn panel(title: &str, color: u8, f: fn(f64) -> f64) -> Plot {
    let place = |i: i32| -1.6 + 3.8 * f64::from(i) / 120.0;
    let curve: Vec<_> = (0..=120).map(place).map(|x| (x, f(x))).collect();
    let strip: Vec<_> = curve.iter().map(|&(x, y)| (x, y.min(0.0), y.max(0.0))).collect();
    Plot::new(340, 260)
        .title(title)
        .x_label("$x$")
        .y_label("per unit of $x$")
        .legend(Legend::Hidden)
        .horizontal(0.0, Style::text().width(1.0).alpha(0.5))
        .band(&strip, Style::color(color).alpha(0.3))
        .line(&curve, Style::color(color).solid().width(1.8))
}

fn area(f: fn(f64) -> f64) -> f64 {
    trapezoid(f, -4.2, 4.8, 400)
}

/// The two integrands.
pub(super) fn pairing() -> Picture {
    let grid = Grid::new(2)
        .shared_axes()
        .add(panel("$p\\,\\mathcal{A}\\varphi$", 0, on_function))
        .add(panel("$\\varphi\\,\\mathcal{A}^*p$", 1, on_density));
    let area = area(on_function);
    let caption = format!(
        "The rate of change of one average, found in two ways: for $p=\\mathcal N(0.3,0.25)$ in a flat double well, and \
         $\\varphi(x)=\\tanh2x$, which is nearly $1$ right of the hill and $-1$ left of it. The curves have \
         only their areas in common: below the axis counted negative, both are ${}$.",
        number(area),
    );
    let alt = format!(
        "Two panels with a shaded curve over the line from −1.6 to 2.2 each. The two curves cross the axis at \
         different places and have different peaks. The area between curve and axis, with its sign, is {} in \
         both.",
        number(area),
    );
    Picture::new(grid.draw(), caption, alt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_areas_of_the_caption_are_equal() {
        assert!((area(on_function) - area(on_density)).abs() < 1e-12);
    }
}
