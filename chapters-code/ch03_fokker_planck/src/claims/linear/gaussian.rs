//! The law: normal from a point, a mixture from anywhere else.

use super::reference::kernel;
use crate::{AsSde, Constant, Eddy, Kernel, Moments};
use ch01_flows::quadrature::trapezoid;
use ch01_flows::{Rk4, integrate};
use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Density, Mixture, Point, Stream, TimeGrid};
use evidence::{Claim, Evidence, Slip};
use nalgebra::{Const, DimMin, SMatrix, Vector1, Vector2};
use rand::RngExt;

/// How the law at the later time is found.
trait Law {
    /// From the kernel and the parts of the start, each with its weight.
    fn law<const D: usize>(kernel: &Kernel<D>, start: &[(f64, Moments<D>)]) -> Mixture<D>
    where
        Const<D>: DimMin<Const<D>, Output = Const<D>>;
}

/// As on the page.
struct Parts;

impl Law for Parts {
    fn law<const D: usize>(kernel: &Kernel<D>, start: &[(f64, Moments<D>)]) -> Mixture<D>
    where
        Const<D>: DimMin<Const<D>, Output = Const<D>>,
    {
        kernel.mixture(start.iter().copied()).expect("noise in every direction")
    }
}

/// One normal law, with the right mean and the right covariance.
struct Normal;

impl Law for Normal {
    fn law<const D: usize>(kernel: &Kernel<D>, start: &[(f64, Moments<D>)]) -> Mixture<D>
    where
        Const<D>: DimMin<Const<D>, Output = Const<D>>,
    {
        let right = Parts::law(kernel, start);
        Mixture::new([(1.0, right.mean(), right.covariance())])
    }
}

/// The parts keep no spread of their own from the start.
struct Points;

impl Law for Points {
    fn law<const D: usize>(kernel: &Kernel<D>, start: &[(f64, Moments<D>)]) -> Mixture<D>
    where
        Const<D>: DimMin<Const<D>, Output = Const<D>>,
    {
        let points: Vec<_> = start
            .iter()
            .map(|(weight, part)| (*weight, Moments::of(part.mean)))
            .collect();
        Parts::law(kernel, &points)
    }
}

/// All parts with the same weight.
struct Equal;

impl Law for Equal {
    fn law<const D: usize>(kernel: &Kernel<D>, start: &[(f64, Moments<D>)]) -> Mixture<D>
    where
        Const<D>: DimMin<Const<D>, Output = Const<D>>,
    {
        let equal: Vec<_> = start.iter().map(|(_, part)| (1.0, *part)).collect();
        Parts::law(kernel, &equal)
    }
}

/// dX = (b − θ X) dt + g dW.
type Line = (f64, f64, f64);

/// The first four moments about 0 at `t`, from those at time 0, by Itô's lemma for each
/// power.
fn powers((theta, b, g): Line, t: f64, start: Point<4>) -> Point<4> {
    let rates = |_: f64, now: &Point<4>| {
        let moment = |k: usize| if k == 0 { 1.0 } else { now[k - 1] };
        Point::<4>::from_fn(|i, _| {
            let k = (i + 1) as f64;
            let kicked =
                if i > 0 { 0.5 * g * g * k * (k - 1.0) * moment(i - 1) } else { 0.0 };
            k * (b * moment(i) - theta * moment(i + 1)) + kicked
        })
    };
    integrate(&Rk4, &rates, TimeGrid::new(0.0, t, 400), start)
}

/// Fourth moment about the mean over the squared variance, less 3.
fn excess(about_zero: Point<4>) -> f64 {
    let [m, two, three, four] =
        [about_zero[0], about_zero[1], about_zero[2], about_zero[3]];
    let variance = two - m * m;
    let fourth = four - 4.0 * m * three + 6.0 * m * m * two - 3.0 * m.powi(4);
    fourth / (variance * variance) - 3.0
}

/// How the excess kurtosis of the law differs from that of the moments' equations.
fn kurtosis<L: Law>(what: &str, line: Line, t: f64, points: &[(f64, f64)]) -> Evidence {
    let (theta, b, g) = line;
    let matrix = SMatrix::<f64, 1, 1>::new(-theta);
    let sde = Constant {
        matrix,
        push: Vector1::new(b),
        diffusion: SMatrix::<f64, 1, 1>::new(g),
    };
    let start: Vec<_> =
        points.iter().map(|(w, x)| (*w, Moments::of(Vector1::new(*x)))).collect();
    let law = L::law(&sde.kernel(t), &start);
    let moment = |k: i32| {
        trapezoid(|x| x.powi(k) * law.density(&Vector1::new(x)), -9.0, 10.0, 600)
    };
    let found = excess(Point::<4>::new(moment(1), moment(2), moment(3), moment(4)));
    let at_start = |k: i32| points.iter().map(|(w, x)| w * x.powi(k)).sum::<f64>();
    let start = Point::<4>::new(at_start(1), at_start(2), at_start(3), at_start(4));
    let expected = excess(powers(line, t, start));
    Evidence::at_most(
        format!(
            "{what}: excess kurtosis {} by the moments' equations, distance of the law's",
            evidence::number((1e6 * expected).round() / 1e6)
        ),
        (found - expected).abs(),
        1e-8,
        "Runge–Kutta with 400 steps: (4θh)⁴ is 5e-10",
    )
}

/// Particles that start in one of two places.
const PARTICLES: usize = 6000;

/// A direction of the plane, and the one across.
const ALONG: [Vector2<f64>; 2] = [Vector2::new(0.6, 0.8), Vector2::new(-0.8, 0.6)];

/// The leaf was seen at one of two places, more or less.
fn sightings() -> [(f64, Moments<2>); 2] {
    let spread = SMatrix::<f64, 2, 2>::new(0.5, 0.2, 0.2, 0.4);
    let at = |x, y| Moments { mean: Vector2::new(x, y), covariance: spread };
    [(0.35, at(1.9, -0.8)), (0.65, at(-1.4, 1.1))]
}

/// Where particles are along a line, against the law there.
fn particles<L: Law>(seed: u64) -> Evidence {
    let (t, starts) = (0.6, sightings());
    let law = L::law(&kernel(0.0, t), &starts);
    let mut generator = Stream::new(seed, "two sightings").generator();
    let laws = starts.map(|(_, part)| part.normal().expect("positive definite"));
    let mut cloud: Vec<Point<2>> = (0..PARTICLES)
        .map(|_| {
            let first = generator.random::<f64>() < starts[0].0;
            laws[usize::from(!first)].draw(&mut generator)
        })
        .collect();
    let (grid, stream) = (TimeGrid::new(0.0, t, 250), Stream::new(seed, "from two"));
    simulate(&EulerMaruyama, &AsSde(Eddy), grid, stream, &mut cloud).expect("finite");
    let seen: Vec<f64> = cloud.iter().map(|x| x.dot(&ALONG[0])).collect();
    let below = distribution(&law);
    Evidence::law(
        "6000 particles in the eddy from two places, along a line, by Euler and \
         Maruyama's method in 250 steps",
        &seen,
        below,
        seed,
    )
}

/// The distribution function along the first direction: the density summed across.
fn distribution(law: &Mixture<2>) -> impl Fn(f64) -> f64 {
    let (low, high, n) = (-7.0, 7.0, 350);
    let h = (high - low) / f64::from(n);
    let across = |s: f64| {
        trapezoid(|u| law.density(&(ALONG[0] * s + ALONG[1] * u)), low, high, 100)
    };
    let marginal: Vec<f64> = (0..=n).map(|i| across(low + h * f64::from(i))).collect();
    let mut below = vec![0.0];
    for pair in marginal.windows(2) {
        below.push(below[below.len() - 1] + 0.5 * h * (pair[0] + pair[1]));
    }
    move |s| {
        let place = ((s - low) / h).clamp(0.0, f64::from(n) - 1e-9);
        let (i, part) = (place as usize, place.fract());
        below[i] + part * (below[i + 1] - below[i])
    }
}

fn check<L: Law>(seed: u64) -> Vec<Evidence> {
    vec![
        kurtosis::<L>("from 0.7 with a push", (0.8, 0.5, 0.6), 0.9, &[(1.0, 0.7)]),
        kurtosis::<L>(
            "from ±1, θ = g = 1, t = ½",
            (1.0, 0.0, 1.0),
            0.5,
            &[(0.5, -1.0), (0.5, 1.0)],
        ),
        kurtosis::<L>(
            "from −1.3 or 0.9 with a push",
            (0.8, 0.5, 0.6),
            0.9,
            &[(0.35, -1.3), (0.65, 0.9)],
        ),
        particles::<L>(seed),
    ]
}

/// `fpk-linear-gaussian`.
pub const GAUSSIAN: Claim = Claim::new(
    "fpk-linear-gaussian",
    "a linear equation makes a normal law of a point or of a normal law, and a mixture of \
     normal laws of any other start",
    check::<Parts>,
    &[
        Slip::printed("a normal law from every start", "E004-09", check::<Normal>),
        Slip::new("the spread of the start forgotten", check::<Points>),
        Slip::new("the weights of the start forgotten", check::<Equal>),
    ],
);
