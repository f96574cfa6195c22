//! The rates of mean and covariance, and when they need no more than these two.

use super::solved::{GOMPERTZ, GROWTH, PAIR, Solved, ensemble, normal_nodes};
use crate::{Diffusion, moment_rates};
use dynamics::Point;
use evidence::{Claim, Evidence, Slip};
use nalgebra::{SMatrix, SVector};
use num_dual::Dual64;

/// dm/dt and dC/dt.
type Both<const D: usize> = (Point<D>, SMatrix<f64, D, D>);

/// What is taken for them.
#[derive(Clone, Copy)]
enum Rates {
    /// The function of the page.
    Shown,
    /// E[f (X − mᵀ)] where E[f (X − m)ᵀ] should be, with shapes filled up: entry (i, j) is
    /// E[fᵢ (Xᵢ − mⱼ)].
    TransposeInside,
    /// Without E a.
    WithoutNoise,
    /// f at the mean in place of the mean of f.
    DriftAtTheMean,
    /// 2 E[f (X − m)ᵀ], as on the line.
    OneProductTwice,
}

impl Rates {
    fn of<const D: usize>(
        self,
        diffusion: &impl Diffusion<D>,
        t: f64,
        ensemble: &[(f64, Point<D>)],
    ) -> Both<D> {
        let (velocity, spreading) = moment_rates(diffusion, t, ensemble);
        let mean: Point<D> = ensemble.iter().map(|(w, x)| x * *w).sum();
        let over = |term: &dyn Fn(&Point<D>) -> SMatrix<f64, D, D>| {
            let terms = ensemble.iter().map(|(w, x)| term(x) * *w);
            terms.sum::<SMatrix<f64, D, D>>()
        };
        let product = |x: &Point<D>| diffusion.drift(t, x) * (x - mean).transpose();
        match self {
            Self::Shown => (velocity, spreading),
            Self::TransposeInside => {
                let printed = over(&|x| {
                    let f = diffusion.drift(t, x);
                    SMatrix::from_fn(|i, j| f[i] * (x[i] - mean[j]))
                });
                (velocity, spreading + printed - over(&product))
            }
            Self::WithoutNoise => {
                (velocity, spreading - over(&|x| diffusion.covariance_rate(t, x)))
            }
            Self::DriftAtTheMean => (diffusion.drift(t, &mean), spreading),
            Self::OneProductTwice => {
                let turned = over(&|x| product(x).transpose());
                (velocity, spreading + over(&product) - turned)
            }
        }
    }
}

/// Mean and covariance of a solved process, differentiated in time as they stand.
fn differentiated<const D: usize>(
    process: &impl Solved<D>,
    h: f64,
    x: &Point<D>,
) -> Both<D> {
    let start = x.map(Dual64::from);
    let states: Vec<(f64, SVector<Dual64, D>)> = normal_nodes()
        .iter()
        .map(|(w, z)| (*w, process.state(Dual64::new(h, 1.0), &start, z)))
        .collect();
    let over = |term: &dyn Fn(&SVector<Dual64, D>) -> Dual64| {
        states.iter().map(|(w, x)| term(x) * *w).sum::<Dual64>()
    };
    let mean = SVector::<Dual64, D>::from_fn(|i, _| over(&|x| x[i]));
    let covariance = SMatrix::<f64, D, D>::from_fn(|i, j| {
        over(&|x| (x[i] - mean[i]) * (x[j] - mean[j])).eps
    });
    (mean.map(|m| m.eps), covariance)
}

/// The two routes beside one another.
fn rates_of<const D: usize>(
    name: &str,
    rates: Rates,
    process: &impl Solved<D>,
    x: Point<D>,
) -> Evidence {
    let h = 0.9;
    let (velocity, spreading) = differentiated(process, h, &x);
    let found = rates.of(process, h, &ensemble(process, h, &x));
    let off = [
        (found.0 - velocity).norm() / velocity.norm(),
        (found.1 - spreading).norm() / spreading.norm(),
    ];
    Evidence::at_most(
        format!("{name}: mean and covariance differentiated in time against their rates"),
        off[0] + off[1],
        1e-13,
        "rounding: sums of 41 or 1681 terms, each by a few times 1.2e-16",
    )
}

/// Two ensembles of one mean and one covariance: 3ᴰ places with the moments of a normal
/// law, and 2ᴰ corners.
fn alike<const D: usize>(
    mean: &Point<D>,
    factor: &SMatrix<f64, D, D>,
) -> [Vec<(f64, Point<D>)>; 2] {
    let places = |line: &[(f64, f64)]| {
        let mut all = vec![(1.0, Point::<D>::zeros())];
        for i in 0..D {
            let along = |&(weight, z): &(f64, Point<D>)| {
                let add = move |&(w, u): &(f64, f64)| {
                    let mut moved = z;
                    moved[i] = u;
                    (weight * w, moved)
                };
                line.iter().map(add).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(along).collect();
        }
        all.into_iter().map(|(w, z)| (w, mean + factor * z)).collect()
    };
    let far = 3.0_f64.sqrt();
    [
        places(&[(1.0 / 6.0, -far), (2.0 / 3.0, 0.0), (1.0 / 6.0, far)]),
        places(&[(0.5, -1.0), (0.5, 1.0)]),
    ]
}

/// Whether the rates of two such ensembles agree, and so depend on the two moments only.
fn closed<const D: usize>(
    diffusion: &impl Diffusion<D>,
    mean: &Point<D>,
    factor: &SMatrix<f64, D, D>,
) -> Evidence {
    let [normal, corners] = alike(mean, factor);
    let (one, other) =
        (moment_rates(diffusion, 0.3, &normal), moment_rates(diffusion, 0.3, &corners));
    let off = [
        (one.0 - other.0).norm() / one.0.norm(),
        (one.1 - other.1).norm() / one.1.norm(),
    ];
    Evidence::at_most(
        "rates of two ensembles that have the mean and the covariance in common",
        off[0] + off[1],
        1e-14,
        "rounding: sums of 9 terms, each by a few times 1.2e-16",
    )
}

/// The check of the rates alone.
fn all(rates: Rates) -> Vec<Evidence> {
    vec![
        rates_of("geometric Brownian motion", rates, &GROWTH, Point::<1>::new(1.3)),
        rates_of("Gompertz's growth", rates, &GOMPERTZ, Point::<1>::new(1.7)),
        rates_of("a pair on dependent noise", rates, &PAIR, Point::<2>::new(0.8, 1.3)),
    ]
}

/// `fpk-mean-covariance`.
pub const MEAN_COVARIANCE: Claim = Claim::new(
    "fpk-mean-covariance",
    "the mean moves with the mean drift, the covariance with the covariance of drift and place \
     and the mean covariance rate, and for affine drifts no other moments are needed",
    |_| {
        let factor = SMatrix::<f64, 2, 2>::new(0.5, 0.0, 0.2, 0.4);
        let mut evidence = all(Rates::Shown);
        evidence.push(closed(&PAIR, &Point::<2>::new(0.8, 1.3), &factor));
        evidence
    },
    &[
        Slip::printed("the transpose inside the bracket", "E004-07", |_| {
            all(Rates::TransposeInside)
        }),
        Slip::new("the drift at the mean", |_| all(Rates::DriftAtTheMean)),
        Slip::new("the noise forgotten", |_| all(Rates::WithoutNoise)),
        Slip::new("one product twice", |_| all(Rates::OneProductTwice)),
        Slip::new("closed for a drift that is not affine", |_| {
            let factor = SMatrix::<f64, 1, 1>::new(0.4);
            vec![closed(&GOMPERTZ, &Point::<1>::new(1.7), &factor)]
        }),
    ],
);
