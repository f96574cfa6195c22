//! Laws on a grid, and models of their scores that are not quite right.

use crate::four_losses::law;
use crate::problem::{Blur, heaps};
use ch01_flows::laws::Place;
use ch04_reverse_sdes::Noised;
use dynamics::Point;
use nalgebra::SVector;
use num_dual::{Dual64, DualNum};
use std::sync::LazyLock;

/// A model of a score.
pub(in crate::claims) type Field<const D: usize> = fn(&Place<D>) -> Place<D>;

/// A place, the density times the size of the cell, and the score.
pub(in crate::claims) type Node<const D: usize> = (Point<D>, f64, Point<D>);

/// The law of the two heaps on the line, made once.
pub(in crate::claims) static TWO: LazyLock<Noised<Blur, 1>> = LazyLock::new(heaps);

/// The law of the three heaps in the plane, made once.
pub(in crate::claims) static THREE: LazyLock<Noised<Blur, 2>> = LazyLock::new(law);

/// The law of the two heaps on a grid: the trapezoid rule on cells of 0.01.
pub(in crate::claims) fn line() -> Vec<Node<1>> {
    let step = 0.01;
    let at = |i: i32| Point::<1>::new(step * f64::from(i));
    let node =
        |x: Point<1>| (x, TWO.log_density(0.0, &x).exp() * step, TWO.score(0.0, &x));
    (-700..=600).map(at).map(node).filter(counts).collect()
}

/// The law of three heaps in the plane, on cells of 0.07 by 0.07.
pub(in crate::claims) fn plane() -> Vec<Node<2>> {
    let step = 0.07;
    let at = |i: i32, j: i32| Point::<2>::new(f64::from(i), f64::from(j)) * step;
    let node = |x: Point<2>| {
        (x, THREE.log_density(0.0, &x).exp() * step * step, THREE.score(0.0, &x))
    };
    let nodes = (-100..=100).flat_map(|i| (-100..=100).map(move |j| at(i, j)));
    nodes.map(node).filter(counts).collect()
}

/// Whether what stands there can be seen in a sum of ten thousand terms.
fn counts<const D: usize>(node: &Node<D>) -> bool {
    node.1 > 1e-22
}

/// ∫ p f dx.
pub(in crate::claims) fn mean<const D: usize>(
    nodes: &[Node<D>],
    f: impl Fn(&Point<D>, &Point<D>) -> f64,
) -> f64 {
    nodes.iter().map(|(x, weight, score)| weight * f(x, score)).sum()
}

pub(in crate::claims) const ON_LINE: [Field<1>; 4] = [
    |x| x.map(|x| x.sin() - x * 0.3),
    |x| x.map(|x| -(x - 0.2) * 0.7),
    |x| x.map(|x| x.powi(3) * -0.1 + 0.4),
    |x| TWO.score(Dual64::from(0.5), x),
];

pub(in crate::claims) const IN_PLANE: [Field<2>; 4] = [
    |x| SVector::<Dual64, 2>::new(x[0] * -0.7 + x[1] * 0.2 + 0.3, x[0] - x[1] * 0.4),
    |x| SVector::<Dual64, 2>::new((x[0] + x[1] * 2.0).sin(), x[1].cos() - x[1] * 0.6),
    |x| SVector::<Dual64, 2>::new(x[0].powi(3) * -0.1, x[0] * x[1] * 0.3 + 0.2),
    |x| THREE.score(Dual64::from(0.4), x),
];
