//! The loss without the score, against the loss with it.

use super::fields::{Field, IN_PLANE, Node, ON_LINE, THREE, TWO, line, mean, plane};
use super::spread;
use crate::implicit::implicit_at;
use ch01_flows::laws::{lift, towards};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use num_dual::Dual64;

type At<const D: usize> = fn(Field<D>, &Point<D>) -> f64;

/// The loss at a place, on the line and in the plane.
#[derive(Clone, Copy)]
struct Loss {
    line: At<1>,
    plane: At<2>,
}

const SHOWN: Loss =
    Loss { line: |s, x| implicit_at(s, x), plane: |s, x| implicit_at(s, x) };

/// J − E[½|s|² + ∇·s] for each model, and ½ E|∇ log p|².
fn constants<const D: usize>(
    nodes: &[Node<D>],
    models: &[Field<D>],
    at: At<D>,
) -> (Vec<f64>, f64) {
    let difference = |s: Field<D>| {
        mean(nodes, |x, score| {
            let far = s(&lift(x)).map(|s| s.re) - score;
            0.5 * far.norm_squared() - at(s, x)
        })
    };
    let constant = 0.5 * mean(nodes, |_, score| score.norm_squared());
    (models.iter().map(|s| difference(*s)).collect(), constant)
}

fn check(loss: Loss) -> Vec<Evidence> {
    let evidence = |what: &str, (found, constant): (Vec<f64>, f64)| {
        let apart = Evidence::at_most(
            format!(
                "{what}: how far the difference of the losses is from one constant, \
                     four models"
            ),
            spread(&found),
            1e-12,
            "rounding: the trapezoid rule with cells of a few hundredths is exact to \
             sixteen digits",
        );
        let all = Evidence::at_most(
            format!(
                "{what}: the constant {:.4}, distance from half the mean square of \
                     the score",
                found[0]
            ),
            (found[0] - constant).abs(),
            1e-12,
            "rounding",
        );
        [apart, all]
    };
    let (on_line, in_plane) = (line(), plane());
    let least =
        mean(&on_line, |x, _| (loss.line)(|x| TWO.score(Dual64::from(0.0), x), x))
            + 0.5 * mean(&on_line, |_, score| score.norm_squared());
    let flat =
        mean(&in_plane, |x, _| (loss.plane)(|x| THREE.score(Dual64::from(0.0), x), x))
            + 0.5 * mean(&in_plane, |_, score| score.norm_squared());
    let [a, b] =
        evidence("two heaps on the line", constants(&on_line, &ON_LINE, loss.line));
    let [c, d] =
        evidence("three heaps in the plane", constants(&in_plane, &IN_PLANE, loss.plane));
    let true_score = Evidence::at_most(
        "the loss of the true score, distance from minus that constant, on the line and \
         in the plane",
        super::largest([least.abs(), flat.abs()]),
        1e-12,
        "rounding",
    );
    vec![a, b, c, d, true_score]
}

/// J = E[½|s|² + ∇·s] + ½ E|∇ log p|².
pub const IMPLICIT: Claim = Claim::new(
    "sm-implicit",
    "half the square of a model plus its divergence, averaged over the law, differs from \
     half its squared distance from the score by a constant that no model changes",
    |_| check(SHOWN),
    &[
        Slip::new("the divergence subtracted", |_| {
            check(Loss {
                line: |s, x| {
                    let square = s(&lift(x)).map(|s| s.re).norm_squared();
                    square - implicit_at(s, x)
                },
                plane: |s, x| {
                    let square = s(&lift(x)).map(|s| s.re).norm_squared();
                    square - implicit_at(s, x)
                },
            })
        }),
        Slip::new("the half forgotten", |_| {
            check(Loss {
                line: |s, x| {
                    let square = s(&lift(x)).map(|s| s.re).norm_squared();
                    0.5 * square + implicit_at(s, x)
                },
                plane: |s, x| {
                    let square = s(&lift(x)).map(|s| s.re).norm_squared();
                    0.5 * square + implicit_at(s, x)
                },
            })
        }),
        Slip::new("all derivatives in place of the divergence", |_| {
            check(Loss {
                plane: |s, x| {
                    let across = s(&towards(x, 0))[1].eps + s(&towards(x, 1))[0].eps;
                    implicit_at(s, x) + across
                },
                ..SHOWN
            })
        }),
    ],
);
