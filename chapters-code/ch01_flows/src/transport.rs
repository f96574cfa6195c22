//! Mass on the move: the divergence theorem, moving domains, the continuity equation.
//!
//! Derivatives are exact: every function here is differentiated as it stands, by dual
//! numbers a + bε with ε² = 0, whose part b is the derivative.

use crate::balance::Balance;
use crate::integrate;
use crate::laws::{Law, Place, lift, towards};
use crate::quadrature::{GaussLegendre, trapezoid};
use dynamics::{OdeMethod, Point, TimeGrid, VectorField};
use nalgebra::{Const, DimMin, SMatrix, Vector2, Vector3};
use num_dual::Dual64;
use std::f64::consts::TAU;
use std::iter::once;

/// Nodes of the Gauss–Legendre rules of this file.
const NODES: usize = 32;

// ANCHOR: divergence-theorem
/// ∇·F at x: each coordinate of F is differentiated along its own axis.
pub fn divergence<const D: usize>(
    field: impl Fn(&Place<D>) -> Place<D>,
    x: &Point<D>,
) -> f64 {
    (0..D).map(|i| field(&towards(x, i))[i].eps).sum()
}

/// ∮ F·n dS over the circle: what flows out of the disc.
pub fn flux_out_of_disc(
    field: impl Fn(&Place<2>) -> Place<2>,
    centre: &Point<2>,
    radius: f64,
) -> f64 {
    let through = |angle: f64| {
        let normal = Vector2::new(angle.cos(), angle.sin());
        let outflow = field(&lift(&(centre + radius * normal)));
        radius * outflow.map(|v| v.re).dot(&normal)
    };
    trapezoid(through, 0.0, TAU, 64)
}

/// ∫ ∇·F dx over the disc: what springs up inside it.
pub fn source_in_disc(
    field: impl Fn(&Place<2>) -> Place<2>,
    centre: &Point<2>,
    radius: f64,
) -> f64 {
    let ring = |r: f64| {
        let source = |angle: f64| {
            let x = centre + r * Vector2::new(angle.cos(), angle.sin());
            r * divergence(&field, &x)
        };
        trapezoid(source, 0.0, TAU, 64)
    };
    GaussLegendre::new(NODES).integral(ring, 0.0, radius)
}
// ANCHOR_END: divergence-theorem

/// The unit vector at azimuth `angle` and height `z`, −1 ≤ z ≤ 1.
fn direction(angle: f64, z: f64) -> Vector3<f64> {
    let across = (1.0 - z * z).sqrt();
    Vector3::new(across * angle.cos(), across * angle.sin(), z)
}

/// ∮ F·n dS over a sphere: what flows out of the ball.
///
/// By Archimedes the area element is R² dz dφ, z the height on the unit sphere.
pub fn flux_out_of_ball(
    field: impl Fn(&Place<3>) -> Place<3>,
    centre: &Point<3>,
    radius: f64,
) -> f64 {
    let through = |angle: f64, z: f64| {
        let normal = direction(angle, z);
        field(&lift(&(centre + radius * normal))).map(|v| v.re).dot(&normal)
    };
    let belt = |z: f64| trapezoid(|angle| through(angle, z), 0.0, TAU, 32);
    radius.powi(2) * GaussLegendre::new(NODES).integral(belt, -1.0, 1.0)
}

/// ∫ ∇·F dx over the ball, in cylindrical coordinates about its axis.
pub fn source_in_ball(
    field: impl Fn(&Place<3>) -> Place<3>,
    centre: &Point<3>,
    radius: f64,
) -> f64 {
    let rule = GaussLegendre::new(NODES / 2);
    let slice = |z: f64| {
        // Over discs r² ≤ R² − z²; with s = r² the element r dr is ds/2.
        let ring = |s: f64| {
            let at = |angle: f64| {
                centre + Vector3::new(s.sqrt() * angle.cos(), s.sqrt() * angle.sin(), z)
            };
            trapezoid(|angle| divergence(&field, &at(angle)), 0.0, TAU, 16) / 2.0
        };
        rule.integral(ring, 0.0, radius * radius - z * z)
    };
    rule.integral(slice, -radius, radius)
}

// ANCHOR: mass
/// ∫ ρ(t, x) dx over the interval of these ends.
///
/// If `t` and the ends carry their derivatives in time, so does the integral.
pub fn mass(
    density: impl Fn(Dual64, Dual64) -> Dual64,
    t: Dual64,
    (left, right): (Dual64, Dual64),
) -> Dual64 {
    GaussLegendre::new(NODES).integral(|x| density(t, x), left, right)
}
// ANCHOR_END: mass

// ANCHOR: reynolds
/// ∫ ∂ₜρ dx + ρu at the right end − ρu at the left end: the rate at which the
/// mass in an interval changes whose ends move with the velocity u.
///
/// The outward normal is +1 at the right end and −1 at the left one.
pub fn reynolds(
    density: impl Fn(Dual64, Dual64) -> Dual64,
    velocity: impl Fn(Dual64, Dual64) -> Dual64,
    t: f64,
    (left, right): (f64, f64),
) -> f64 {
    let (now, later) = (Dual64::from(t), Dual64::from(t).derivative());
    let inside = mass(&density, later, (left.into(), right.into()));
    let flow = |x: f64| (density(now, x.into()) * velocity(now, x.into())).re;
    inside.eps + flow(right) - flow(left)
}
// ANCHOR_END: reynolds

// ANCHOR: continuity
/// The terms of ∂ₜp + ∇·(p u) at (t, x). They sum to zero if u carries p.
///
/// ∂ₜ is taken at fixed x, ∇ at fixed t: each call moves one coordinate.
pub fn continuity<const D: usize>(law: &Law<D>, t: f64, x: &Point<D>) -> Balance {
    let (now, later) = (Dual64::from(t), Dual64::from(t).derivative());
    let rate = (law.density)(later, &lift(x)).eps;
    let outflow = |i| {
        let y = towards(x, i);
        ((law.density)(now, &y) * (law.velocity)(now, &y)[i]).eps
    };
    Balance::of(once(rate).chain((0..D).map(outflow)))
}
// ANCHOR_END: continuity

// ANCHOR: flux
/// The probability flux J = p u at (t, x): in one dimension the probability
/// that passes x to the right in a unit of time.
pub fn flux<const D: usize>(law: &Law<D>, t: f64, x: &Point<D>) -> Point<D> {
    let (t, x) = (Dual64::from(t), lift(x));
    let density = (law.density)(t, &x);
    (law.velocity)(t, &x).map(|u| (u * density).re)
}
// ANCHOR_END: flux

// ANCHOR: determinant
/// ∇ψ at x: the derivative of the numerical flow over `grid` by its starting
/// point.
///
/// The method moves points of dual numbers as it moves points of floats;
/// column j is the derivative along coordinate j.
pub fn flow_jacobian<const D: usize>(
    method: &impl OdeMethod,
    field: &impl VectorField<Place<D>>,
    grid: TimeGrid,
    x: &Point<D>,
) -> SMatrix<f64, D, D> {
    let column = |j| {
        let end = integrate(method, field, grid, towards(x, j));
        end.map(|y| y.eps)
    };
    SMatrix::from_columns(&std::array::from_fn::<_, D, _>(column))
}

/// det ∇ψ at x: the factor by which the flow over `grid` stretches volume
/// there.
pub fn flow_determinant<const D: usize>(
    method: &impl OdeMethod,
    field: &impl VectorField<Place<D>>,
    grid: TimeGrid,
    x: &Point<D>,
) -> f64
where
    Const<D>: DimMin<Const<D>, Output = Const<D>>,
{
    flow_jacobian(method, field, grid, x).determinant()
}
// ANCHOR_END: determinant

/// The area inside the image of a circle under the numerical flow over `grid`.
///
/// Half of ∮ x dy − y dx along the image of 256 points; their tangents are carried by
/// the derivative by the angle, so the error falls faster than any power of 1/256.
pub fn carried_area(
    method: &impl OdeMethod,
    field: &impl VectorField<Place<2>>,
    grid: TimeGrid,
    centre: &Point<2>,
    radius: f64,
) -> f64 {
    let sweep = |angle: f64| {
        let (sin, cos) = (angle.sin() * radius, angle.cos() * radius);
        let start = Vector2::new(
            Dual64::new(centre.x + cos, -sin),
            Dual64::new(centre.y + sin, cos),
        );
        let end = integrate(method, field, grid, start);
        end.x.re * end.y.eps - end.y.re * end.x.eps
    };
    trapezoid(sweep, 0.0, TAU, 256) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Shear;
    use crate::methods::{Euler, Rk4};

    #[test]
    fn the_fields_of_this_chapter_have_the_divergence_the_text_says() {
        for (t, x) in [(0.3, Vector2::new(0.8, -0.3)), (1.4, Vector2::new(-2.1, 0.6))] {
            assert_eq!(divergence(|x| Shear.at(t.into(), x), &x), 0.0);
            assert_eq!(divergence(|x| Vector2::new(x.x * x.y, -x.y), &x), x.y - 1.0);
        }
    }

    #[test]
    fn the_jacobian_of_a_linear_flow_is_its_exponential() {
        // u = (x + 3y, −2y) has the flow (eᵗ(x + y) − e⁻²ᵗy, e⁻²ᵗy).
        let field = |_: f64, x: &Place<2>| Vector2::new(x.x + x.y * 3.0, x.y * -2.0);
        let (grid, x) = (TimeGrid::new(0.0, 0.7, 400), Vector2::new(0.3, 1.1));
        let (grown, shrunk) = (0.7_f64.exp(), (-1.4_f64).exp());
        let expected = SMatrix::<f64, 2, 2>::new(grown, grown - shrunk, 0.0, shrunk);
        let jacobian = flow_jacobian(&Rk4, &field, grid, &x);
        assert!((jacobian - expected).norm() < 1e-10); // truncation of order 4
        let determinant = flow_determinant(&Rk4, &field, grid, &x);
        assert!((determinant - (-0.7_f64).exp()).abs() < 1e-10);
    }

    #[test]
    fn a_step_that_is_far_too_long_turns_a_triangle_over() {
        // No flow does so, but Euler's step for u = (x, −2y) has the determinant
        // (1 + h)(1 − 2h).
        let field = |_: f64, x: &Place<2>| Vector2::new(x.x, x.y * -2.0);
        let grid = TimeGrid::new(0.0, 1.5, 1);
        let determinant = flow_determinant(&Euler, &field, grid, &Vector2::new(0.3, 1.1));
        assert_eq!(determinant, 2.5 * -2.0);
    }

    #[test]
    fn a_disc_of_divergence_two_has_twice_its_area_as_source() {
        let centre = Vector2::new(1.2, -0.4);
        let expected = 2.0 * std::f64::consts::PI * 0.49;
        assert!((source_in_disc(|x| *x, &centre, 0.7) - expected).abs() < 1e-13);
        assert!((flux_out_of_disc(|x| *x, &centre, 0.7) - expected).abs() < 1e-13);
    }
}
