//! Langevin chains: a ring of heaps, and the bias against the step.

use crate::gaussian_target::GaussianTarget;
use crate::langevin::ula;
use crate::langevin_experiments::ring;
use ch01_flows::figures::pairs;
use dynamics::{Density, Point, Stream};
use evidence::{SEED, number};
use nalgebra::{Matrix2, Rotation2};
use plot::{Grid, Legend, Marker, Picture, Plot, Style};
use rand_distr::{Distribution, StandardNormal};
use std::f64::consts::TAU;

/// Heaps of the ring.
const HEAPS: usize = 8;
/// Particles in it.
const PARTICLES: usize = 400;
/// The step.
const ETA: f64 = 0.01;

/// Particles that follow a score into a ring of eight heaps, at four times.
pub(super) fn heaps() -> Picture {
    let target = ring(HEAPS, 4.0, 0.5);
    let mut generator = Stream::new(SEED, "starts off the middle").generator();
    let mut number = || -> f64 { StandardNormal.sample(&mut generator) };
    let mut particles: Vec<_> = (0..PARTICLES)
        .map(|_| Point::<2>::new(0.6 + 0.4 * number(), 0.9 + 0.4 * number()))
        .collect();
    let mut grid = Grid::new(2).shared_axes();
    let mut counts = vec![];
    for (k, steps) in [0, 10, 90, 1900].into_iter().enumerate() {
        let stream = Stream::new(SEED, &format!("ring, part {k}"));
        let score = |x: &Point<2>| target.score(x);
        if steps > 0 {
            ula(score, ETA, steps, stream, &mut particles).expect("a short step");
        }
        let t = ETA * [0, 10, 100, 2000][k] as f64;
        counts = counted(&particles);
        let plot = Plot::new(260, 260)
            .title(format!("$t = {t}$"))
            .x_label("$x_1$")
            .y_label("$x_2$")
            .x_range(-5.8, 5.8)
            .y_range(-5.8, 5.8)
            .equal_aspect()
            .legend(Legend::Hidden);
        // Rings of two deviations say where the heaps are.
        let plot = (0..HEAPS).fold(plot, |plot, k| {
            let angle = TAU * k as f64 / HEAPS as f64;
            let middle = Point::<2>::new(angle.cos(), angle.sin()) * 4.0;
            let round = outline(&middle, &(Matrix2::identity() * 0.25));
            plot.line(&round, Style::text().width(1.0).solid().alpha(0.6))
        });
        grid = grid.add(plot.cloud(&pairs(&particles), Style::color(0).size(2.4)));
    }
    let listed: Vec<String> = counts.iter().map(ToString::to_string).collect();
    let listed = listed.join(", ");
    let caption = format!(
        "{PARTICLES} particles that know the score of eight equal heaps (circles: two standard deviations), \
         $\\eta={ETA}$, $t=k\\eta$. They start in one small cloud off the middle. By $t=1$ they have found heaps, and \
         each heap has its shape. Their numbers are another matter: at $t=20$ the heaps hold {listed} particles, \
         counted from the right anticlockwise, where {} are due.",
        PARTICLES / HEAPS
    );
    let alt = format!(
        "Four panels with eight circles in a ring. At time 0 all dots lie in a small cloud up and right of \
         the middle. At 0.1 the cloud has spread. At 1 nearly all dots lie in the circles at the upper right, \
         filling them evenly. At 20 the circles there are as full as before and those on the far side are still \
         thinly filled: {listed}, anticlockwise from the right."
    );
    Picture::new(grid.draw(), caption, alt)
}

/// How many particles are nearest to each heap.
fn counted(particles: &[Point<2>]) -> Vec<usize> {
    let mut counts = vec![0; HEAPS];
    for x in particles {
        let turn = x.y.atan2(x.x) / TAU * HEAPS as f64;
        counts[turn.round().rem_euclid(HEAPS as f64) as usize % HEAPS] += 1;
    }
    counts
}

/// The ellipse of two standard deviations.
pub(super) fn outline(middle: &Point<2>, covariance: &Matrix2<f64>) -> Vec<(f64, f64)> {
    let eigen = covariance.symmetric_eigen();
    let axes =
        eigen.eigenvectors * Matrix2::from_diagonal(&eigen.eigenvalues.map(f64::sqrt));
    let place = |k: i32| {
        let angle = TAU * f64::from(k) / 60.0;
        let x = middle + axes * Point::<2>::new(angle.cos(), angle.sin()) * 2.0;
        (x.x, x.y)
    };
    (0..=60).map(place).collect()
}

/// Variances of the target along its axes.
const AXES: [f64; 2] = [0.2, 1.5];

/// A long flat Gaussian, turned.
fn flat() -> (GaussianTarget<2>, [Point<2>; 2]) {
    let turn = Rotation2::new(0.5).into_inner();
    let spread = Matrix2::from_diagonal(&Point::<2>::from(AXES));
    let covariance = turn * spread * turn.transpose();
    let covariance = 0.5 * (covariance + covariance.transpose());
    let target = GaussianTarget::new(Point::<2>::zeros(), covariance);
    let axes = [turn.column(0).into(), turn.column(1).into()];
    (target.expect("positive variances"), axes)
}

/// Particles of a settled chain.
fn settled(target: &GaussianTarget<2>, eta: f64, count: usize) -> Vec<Point<2>> {
    let mut particles = vec![Point::<2>::zeros(); count];
    let stream = Stream::new(SEED, "chains with a long step");
    let n = (12.0 / eta).ceil().max(150.0) as usize;
    ula(|x: &Point<2>| target.score(x), eta, n, stream, &mut particles)
        .expect("a step below the bound");
    particles
}

/// The settled law of a chain with a long step, and the variances against the step.
pub(super) fn bias() -> Picture {
    let (target, axes) = flat();
    let shown = 0.3;
    let limit = target.ula_limit(shown).expect("below the bound 0.4");
    let middle = Point::<2>::zeros();
    let left = Plot::new(330, 330)
        .title(format!("a chain of $\\eta = {shown}$"))
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(-4.0, 4.0)
        .y_range(-4.0, 4.0)
        .equal_aspect()
        .legend(Legend::Hidden)
        .cloud(
            &pairs(&settled(&target, shown, 800)),
            Style::color(0).size(2.4).alpha(0.7),
        )
        .line(&outline(&middle, &limit), Style::color(1).width(2.0).solid())
        .line(
            &outline(&middle, &target.law.covariance),
            Style::text().width(2.0).dashed(),
        );
    let mut right = Plot::new(330, 330)
        .title("variance over that of the target")
        .x_label("step $\\eta$")
        .y_label("ratio")
        .x_range(0.0, 0.4)
        .y_range(0.5, 5.5)
        .legend(Legend::Above)
        .horizontal(1.0, Style::text().width(1.2).dashed());
    let places = [0.02, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.325];
    let clouds = places.map(|eta| (eta, settled(&target, eta, 4000)));
    let mut measured = vec![];
    for (k, name) in [(0_u8, "narrow direction"), (1, "wide direction")] {
        let (variance, axis) = (AXES[usize::from(k)], axes[usize::from(k)]);
        let curve: Vec<_> = (0..=66)
            .map(|i| f64::from(i) / 200.0)
            .filter_map(|eta| {
                let limit = target.ula_limit(eta)?;
                Some((eta, axis.dot(&(limit * axis)) / variance))
            })
            .collect();
        let points: Vec<_> = clouds
            .iter()
            .map(|(eta, cloud)| {
                let squares: f64 = cloud.iter().map(|x| axis.dot(x).powi(2)).sum();
                (*eta, squares / cloud.len() as f64 / variance)
            })
            .collect();
        measured.push(points[6].1);
        let style = Style::color(if k == 0 { 1 } else { 2 }).solid();
        right = right
            .line(&curve, style.clone().width(1.8).label(name))
            .points(&points, style.size(6.5).marker(Marker::Circle));
    }
    let caption = format!(
        "Left: 800 particles of a settled chain with $\\eta={shown}$ for a long, flat Gaussian of variances {} and {}. \
         Solid ellipse: two standard deviations of the chain by the formula; dashed: of the target. Right: \
         the variance along both axes over that of the target, formula (curves) and 4000 particles (dots). At \
         $\\eta={shown}$ the ratio is {} across and {} along. At $\\eta=0.4$ there is no settled chain.",
        AXES[0],
        AXES[1],
        number(measured[0]),
        number(measured[1]),
    );
    let alt = format!(
        "Left, a cloud of dots inside a solid ellipse which is twice as thick as the dashed ellipse \
         inside it and hardly longer. Right, two curves against the step, both from 1 at step 0, each with dots on it. \
         That of the narrow direction bends up and passes {} at the step 0.3; that of the wide direction stays \
         near 1, with {} there.",
        number(measured[0]),
        number(measured[1]),
    );
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}
