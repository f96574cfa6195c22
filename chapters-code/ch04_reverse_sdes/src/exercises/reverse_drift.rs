//! Exercise 4.1: the reverse drift where the noise depends on the place.

use super::draws::{
    between, covariance, either_sign, inverse, limit, miss_of_point, point,
};
use super::{UNFINISHED, Work};
use dynamics::{Point, Stream};
use evidence::Evidence;
use grading::{Exercise, Known};
use nalgebra::Matrix2;

pub const EXERCISE: Exercise<Work> = Exercise {
    id: "reverse-drift",
    number: "4.1",
    title: "The drift of the film run back",
    points: 3,
    minutes: 15,
    task: "Write `reverse_drift`: the drift with which a diffusion of the plane moves when time runs back, in its own time \
           $\\tau$. The covariance rate $a$ depends on the place; its derivatives and the score are given.",
    hint: "$\\bar f$ of the text is a velocity for $dt<0$. And entry $i$ of $\\nabla\\cdot a$ is $\\sum_j\\partial_ja_{ij}$: each \
           derivative takes another column.",
    formula: "rev-sde-general",
    check,
    slips: &[
        Known {
            name: "the divergence of a left out",
            says: "the score alone is enough where the noise is the same everywhere: here it depends on the place, and ∇·a \
                   is missing",
            work: Work { reverse_drift: |f, a, _, _, s| -f + a * s, ..UNFINISHED },
        },
        Known {
            name: "for dt < 0",
            says: "this is f̄, the drift for dt < 0: in a time τ that grows its sign is turned",
            work: Work {
                reverse_drift: |f, a, x, y, s| f - divergence(x, y) - a * s,
                ..UNFINISHED
            },
        },
        Known {
            name: "the forward drift kept",
            says: "the forward drift is to be undone: its sign is turned on the way back",
            work: Work {
                reverse_drift: |f, a, x, y, s| f + divergence(x, y) + a * s,
                ..UNFINISHED
            },
        },
        Known {
            name: "a film of a falling stone",
            says: "−f is right where there is no noise: what pulls back to where the particles were is missing",
            work: Work { reverse_drift: |f, _, _, _, _| -f, ..UNFINISHED },
        },
        Known {
            name: "the probability flow",
            says: "with half of ∇·(ap)/p this is the probability flow, which has no noise: beside the noise it takes the whole",
            work: Work {
                reverse_drift: |f, a, x, y, s| -f + (divergence(x, y) + a * s) * 0.5,
                ..UNFINISHED
            },
        },
        Known {
            name: "half the divergence of a",
            says: "∇·a has a ½ that belongs to the flow: ∇·(ap) is taken as a whole",
            work: Work {
                reverse_drift: |f, a, x, y, s| -f + divergence(x, y) * 0.5 + a * s,
                ..UNFINISHED
            },
        },
        Known {
            name: "only the diagonal of a",
            says: "the derivatives of the entries off the diagonal are missing: row i is ∂₁aᵢ₁ + ∂₂aᵢ₂",
            work: Work {
                reverse_drift: |f, a, x, y, s| {
                    -f + Point::<2>::new(x[(0, 0)], y[(1, 1)]) + a * s
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "a derivative for all columns",
            says: "row i of each derivative is added up as a whole: ∂₁ goes with the first column of a, ∂₂ with the second",
            work: Work {
                reverse_drift: |f, a, x, y, s| {
                    -f + (x + y) * Point::<2>::new(1.0, 1.0) + a * s
                },
                ..UNFINISHED
            },
        },
        Known {
            name: "half the score",
            says: "the score has a ½ that belongs to the flow: ∇·(ap) is taken as a whole",
            work: Work {
                reverse_drift: |f, a, x, y, s| -f + divergence(x, y) + a * s * 0.5,
                ..UNFINISHED
            },
        },
        Known {
            name: "the divergence of a subtracted",
            says: "∇·a has the sign it has in f̄: with the own time τ it is turned like that of the score",
            work: Work {
                reverse_drift: |f, a, x, y, s| -f - divergence(x, y) + a * s,
                ..UNFINISHED
            },
        },
        Known {
            name: "downhill",
            says: "the score is subtracted, and drives the particles apart: the way back climbs",
            work: Work {
                reverse_drift: |f, a, x, y, s| -f + divergence(x, y) - a * s,
                ..UNFINISHED
            },
        },
    ],
};

/// Σⱼ ∂ⱼaᵢⱼ.
fn divergence(a_x: &Matrix2<f64>, a_y: &Matrix2<f64>) -> Point<2> {
    a_x.column(0) + a_y.column(1)
}

fn check(work: &Work, seed: u64) -> Vec<Evidence> {
    let draws = &mut Stream::new(seed, "reverse-drift").generator();

    // Two prices whose noises are correlated. Their logarithms are normal at each time, and
    // by Bayes' rule so is the logarithm a time h earlier, given that of now.
    let (c0, c) = (covariance(draws) * 0.3, covariance(draws) * 0.2);
    let (mu, m0) = (point(draws) * 0.5, point(draws) * 0.3);
    let t = between(draws, 0.5, 1.0);
    let push = mu - c.diagonal() * 0.5;
    let at = |t: f64| (m0 + push * t, c0 + c * t);
    let (m, v) = at(t);
    let y = m + point(draws) * 0.4;
    let x = y.map(f64::exp);
    let earlier = |h: f64| {
        let (m_s, v_s) = at(t - h);
        let gain = v_s * inverse(&v);
        let (mean, spread) = (m_s + gain * (y - m), gain * c * h);
        (mean + spread.diagonal() * 0.5).map(f64::exp)
    };
    let rate = limit(|h| (earlier(h) - x) / h, 1e-3);
    let scale = Matrix2::from_diagonal(&x);
    let a_x =
        Matrix2::new(2.0 * x[0] * c[(0, 0)], x[1] * c[(0, 1)], x[1] * c[(0, 1)], 0.0);
    let a_y =
        Matrix2::new(0.0, x[0] * c[(0, 1)], x[0] * c[(0, 1)], 2.0 * x[1] * c[(1, 1)]);
    let score = -(inverse(&v) * (y - m)).add_scalar(1.0).component_div(&x);
    let drift = mu.component_mul(&x);
    // Two baskets of these prices, z = Bx: in x no a₁₁ has a derivative by x₂, and none of
    // a₂₂ by x₁; in z all entries change along both axes.
    let basket = Matrix2::new(1.2, -0.4, 0.7, 0.9);
    let inside = inverse(&basket);
    let moved = |of_x: Matrix2<f64>| basket * of_x * basket.transpose();
    let along = |k: usize| moved(a_x * inside[(0, k)] + a_y * inside[(1, k)]);
    let (rate, a) = (basket * rate, moved(scale * c * scale));
    let of_score = inside.transpose() * score;
    let prices =
        (work.reverse_drift)(&(basket * drift), &a, &along(0), &along(1), &of_score);

    // A cloud at rest that turns: dX = KX dt with K = (S − ½a) V⁻¹ keeps N(0, V) for each
    // S = −Sᵀ. E[X_{t−h} | X_t = x] = V exp(Kᵀh) V⁻¹ x.
    let (v, a) = (covariance(draws), covariance(draws));
    let turn = either_sign(draws, 0.4, 0.9);
    let k = (Matrix2::new(0.0, turn, -turn, 0.0) - a * 0.5) * inverse(&v);
    let z = point(draws);
    let (none, at_rest) = (Matrix2::zeros(), -inverse(&v) * z);
    let turning = (work.reverse_drift)(&(k * z), &a, &none, &none, &at_rest);
    let expected = v * k.transpose() * inverse(&v) * z;
    vec![
        Evidence::at_most(
            "two baskets of two prices: where they were by Bayes' rule, change per unit of time, miss",
            miss_of_point(&prices, &rate) / rate.norm(),
            1e-6,
            "three steps h, h/2, h/4 leave a multiple of h³, and rounding over h",
        ),
        Evidence::at_most(
            "a cloud at rest that turns, seen backwards, miss",
            miss_of_point(&turning, &expected) / expected.norm(),
            1e-11,
            "rounding, and an inverse of condition below 10³",
        ),
    ]
}
