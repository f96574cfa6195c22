//! What flows.

use super::altered::Altered;
use super::largest;
use super::plane::{Prices, Turning};
use crate::far_start::{FarStart, PROCESS, particles};
use crate::flux::flux;
use crate::operators::{Diffusion, Smooth, adjoint_terms};
use ch01_flows::fields::Number;
use ch01_flows::quadrature::GaussLegendre;
use ch01_flows::transport::divergence;
use dynamics::{Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip, mean_and_error};
use nalgebra::SVector;
use num_dual::{Dual, Dual64};
use rand::RngExt;

/// A formula for the flux.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// What the page shows.
    Shown,
    /// f p − ½ a ∇p.
    GradientOnly,
    /// f p + ½ ∇·(a p).
    Uphill,
    /// ½ Σ ∂ᵢ(aᵢᵢ p) for the last term.
    Diagonal,
}

impl Form {
    fn at<T: Number, const D: usize, P: Diffusion<D>>(
        self,
        process: &P,
        density: &impl Smooth<D>,
        t: T,
        x: &SVector<T, D>,
    ) -> SVector<T, D> {
        let right = Altered::not(process);
        match self {
            Self::Shown => flux(process, density, t, x),
            Self::GradientOnly => {
                let a = process.covariance_rate(t, x);
                let slope = SVector::<T, D>::from_fn(|j, _| {
                    let mut y = x.map(Dual::from_re);
                    y[j].eps = T::from(1.0);
                    density.at(Dual::from_re(t), &y).eps
                });
                process.drift(t, x) * density.at(t, x) - (a * slope).map(|v| v * 0.5)
            }
            Self::Uphill => {
                let louder = Altered { noise: -1.0, pairs: -1.0, ..right };
                flux(&louder, density, t, x)
            }
            Self::Diagonal => flux(&Altered { pairs: 0.0, ..right }, density, t, x),
        }
    }
}

/// −∇·J against 𝒜*p, at 40 places.
fn divergences<P: Diffusion<2> + Smooth<2>>(
    form: Form,
    process: &P,
    (low, high): (f64, f64),
    seed: u64,
) -> f64 {
    let mut draws = Stream::new(seed, "places of a flux").generator();
    let mut apart = || {
        let t = draws.random_range(0.3..2.0);
        let x = Point::<2>::from_fn(|_, _| draws.random_range(low..high));
        let out = divergence(|y| form.at(process, process, Dual64::from(t), y), &x);
        let terms: Vec<f64> = adjoint_terms(process, process, t, &x).collect();
        let scale = terms.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        (out + terms.iter().sum::<f64>()).abs() / scale
    };
    largest((0..40).map(|_| apart()))
}

/// The probability of a box, its rate of change against what passes its four sides.
fn a_box(form: Form) -> f64 {
    let (t, rule) = (0.9, GaussLegendre::new(24));
    let ([west, east], [south, north]) = ([0.5, 1.7], [0.6, 1.4]);
    let over = |f: &dyn Fn(f64, f64) -> f64| {
        let row = |y: f64| rule.integral(|x: f64| f(x, y), west, east);
        rule.integral(row, south, north)
    };
    let change = |x: f64, y: f64| {
        let place = SVector::<Dual64, 2>::new(x.into(), y.into());
        Prices.at(Dual64::new(t, 1.0), &place).eps
    };
    let j = |x: f64, y: f64| form.at(&Prices, &Prices, t, &Point::<2>::new(x, y));
    let sides = rule.integral(|y: f64| j(east, y)[0] - j(west, y)[0], south, north)
        + rule.integral(|x: f64| j(x, north)[1] - j(x, south)[1], west, east);
    (over(&change) + sides).abs()
}

/// How many particles more are right of `MARK` at the end of the stretch.
fn crossings(form: Form, seed: u64) -> Evidence {
    let (mark, from, to, n) = (1.2, 0.4, 1.0, 20_000);
    let paths = particles(n, TimeGrid::new(0.0, to, 200), seed);
    let passed = paths.iter().map(|path| {
        f64::from(i8::from(path[200] > mark)) - f64::from(i8::from(path[80] > mark))
    });
    let (net, error) = mean_and_error(passed);
    let through = |t: f64| form.at(&PROCESS, &FarStart, t, &Point::<1>::new(mark))[0];
    let expected = GaussLegendre::new(16).integral(through, from, to);
    Evidence::errors(
        "net part of 20 000 particles that passes 1.2 to the right from t = 0.4 to 1",
        net,
        expected,
        error,
        n as u64,
        seed,
    )
}

fn check(form: Form, seed: u64) -> Vec<Evidence> {
    let t = 0.5;
    let missed = [-2.0, -0.4, 0.6, 1.9].map(|c| {
        let through = form.at(&PROCESS, &FarStart, t, &Point::<1>::new(c))[0];
        (FarStart.below_rate(t, c) + through).abs()
    });
    vec![
        Evidence::at_most(
            "divergence of the flux against the equation, two prices, over the largest term",
            divergences(form, &Prices, (0.4, 2.5), seed),
            1e-13,
            "rounding: derivatives are exact, and the exponent is known to 1e-15 of it",
        ),
        Evidence::at_most(
            "the same for a linear drift with correlated noise",
            divergences(form, &Turning, (-1.5, 1.5), seed),
            1e-13,
            "rounding: derivatives are exact, and the exponent is known to 1e-15 of it",
        ),
        Evidence::at_most(
            "a box: change of its probability plus what passes its sides",
            a_box(form),
            1e-13,
            "rounding, and Gauss–Legendre with 24 nodes on an analytic function",
        ),
        Evidence::at_most(
            "change of P(X ≤ c) at four places, distance from −J",
            largest(missed),
            1e-14,
            "rounding: ten operations on numbers of order 1",
        ),
        crossings(form, seed),
    ]
}

/// ∂ₜp = −∇·J, J = f p − ½ ∇·(a p).
pub const FLUX_FORM: Claim = Claim::new(
    "fpk-flux-form",
    "probability flows with the drift and away from where noise times density is large, \
     and what flows out of a region is what it loses",
    |seed| check(Form::Shown, seed),
    &[
        Slip::new("the gradient of the density only", |seed| {
            check(Form::GradientOnly, seed)
        }),
        Slip::new("towards the crowd", |seed| check(Form::Uphill, seed)),
        Slip::new("the diagonal only", |seed| check(Form::Diagonal, seed)),
    ],
);
