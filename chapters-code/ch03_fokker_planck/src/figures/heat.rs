//! Heat: noise on a ring, a box in place and in frequency, and a key.

use crate::fourier::box_transform;
use crate::heat::Heat;
use crate::heat_experiment::{
    PIXELS, Ring, SIDE, SMEAR, decayed, frequency, from_box, key, picture, picture_waves,
    round_the_ring,
};
use dynamics::Point;
use evidence::{SEED, number};
use nalgebra::{Complex, Matrix1};
use plot::{Grid, Legend, Picture, Plot, Ramp, Style};
use std::f64::consts::TAU;

/// Particles on each ring.
const PARTICLES: usize = 8000;
/// Bars round the ring.
const BARS: usize = 40;

/// A histogram of the ring whose area is 1.
fn bars(particles: &[f64]) -> Vec<(f64, f64, f64)> {
    let mut count = [0_u32; BARS];
    for x in particles {
        count[(((x + 0.5) * BARS as f64) as usize).min(BARS - 1)] += 1;
    }
    let width = 1.0 / BARS as f64;
    let bar = |(k, n): (usize, &u32)| {
        let height = f64::from(*n) / (particles.len() as f64 * width);
        (k as f64 * width - 0.5, (k + 1) as f64 * width - 0.5, height)
    };
    count.iter().enumerate().map(bar).collect()
}

/// Particles on a ring, with and without the drift of Fick's law.
pub(super) fn ring() -> Picture {
    let places = || (0..=100).map(|k| f64::from(k) / 100.0 - 0.5);
    let noise: Vec<_> = places().map(|x| (x, Ring::rate(x))).collect();
    let quiet: Vec<_> = places().map(|x| (x, 0.6 / Ring::rate(x))).collect();
    let mut grid = Grid::new(2).shared_axes();
    let mut shares = Vec::new();
    for (fick, title, law) in [
        (false, "$dX = \\sqrt{a}\\,dW$", quiet),
        (true, "with the drift $a'/2$", vec![(-0.5, 1.0), (0.5, 1.0)]),
    ] {
        let particles = round_the_ring(Ring { fick }, PARTICLES, SEED);
        let half = particles.iter().filter(|x| **x < 0.0).count();
        shares.push(100.0 * half as f64 / PARTICLES as f64);
        let plot = Plot::new(330, 260)
            .title(title)
            .x_label("place on the ring")
            .y_label("density")
            .x_range(-0.5, 0.5)
            .y_range(0.0, 3.4)
            .legend(if fick { Legend::Hidden } else { Legend::Above })
            .histogram(&bars(&particles), Style::color(0).alpha(0.35))
            .line(&noise, Style::text().width(1.3).dotted().label("noise $a$"))
            .line(&law, Style::color(1).solid().width(2.0).label("law at rest"));
        grid = grid.add(plot);
    }
    // ∫ of 0.6/(1 + 0.8 sin 2πx) over the quiet half: ½ + arcsin(0.8)/π.
    let expected = 100.0 * (0.5 + 0.8_f64.asin() / std::f64::consts::PI);
    let caption = format!(
        "{PARTICLES} particles on a ring of length 1, spread evenly at $t=0$ and seen at $t=\\frac12$, by 500 steps \
         of Euler–Maruyama. The noise, dotted, is $a(x)=1+0.8\\sin2\\pi x$. Left: noise alone, in Itô's sense. \
         The flux vanishes where $ap$ is constant, and the particles gather where it is quiet: {:.1} % of \
         them in the left half, {expected:.1} % by the curve $0.6/a$. Right: the drift $\\frac12a'$ drives \
         them back, Fick's law holds, and the even spread stays: {:.1} % in the left half.",
        shares[0], shares[1],
    );
    let alt = format!(
        "Two histograms over a ring from −½ to ½, under a dotted curve of the noise that is low in the left \
         half and high in the right. In the left panel the bars follow a curve that is low where the noise is \
         high and has a peak of 3 at −¼, where the noise is lowest. In the right panel all bars \
         are about 1 high. In the left half there are {:.1} and {:.1} percent.",
        shares[0], shares[1],
    );
    Picture::new(grid.draw(), caption, alt)
}

/// D of the box.
const COEFFICIENT: f64 = 0.7;
/// Times of the box.
const TIMES: [f64; 4] = [0.0, 0.01, 0.08, 0.6];

/// A box becoming smooth, in place and in frequency.
pub(super) fn smoothing() -> Picture {
    let heat = Heat::new(Matrix1::new(COEFFICIENT)).expect("positive");
    let mut place = Plot::new(330, 290)
        .title("in place")
        .x_label("$x$")
        .y_label("$p_t(x)$")
        .x_range(-3.0, 3.0)
        .y_range(0.0, 0.56)
        .legend(Legend::Above);
    let mut waves = Plot::new(330, 290)
        .title("in frequency")
        .x_label("frequency $\\lambda$")
        .y_label("transform of $p_t$")
        .x_range(0.0, 22.0)
        .y_range(-0.28, 1.05)
        .legend(Legend::Hidden)
        .horizontal(0.0, Style::text().width(1.0).alpha(0.5));
    for (k, t) in (0_u8..).zip(TIMES) {
        let style = Style::color(k).width(1.8).label(format!("$t = {t}$"));
        let curve: Vec<_> = if t == 0.0 {
            vec![
                (-3.0, 0.0),
                (-1.0, 0.0),
                (-1.0, 0.5),
                (1.0, 0.5),
                (1.0, 0.0),
                (3.0, 0.0),
            ]
        } else {
            let all = (0..=160).map(|n| f64::from(n) * 0.0375 - 3.0);
            all.map(|x| (x, from_box(&heat, t, x))).collect()
        };
        let left = |lambda: f64| {
            let wave = box_transform(lambda, (-1.0, 1.0)).re;
            wave * heat.decay(t, &Point::<1>::new(lambda))
        };
        let spectrum: Vec<_> =
            (0..=220).map(|n| f64::from(n) * 0.1).map(|l| (l, left(l))).collect();
        place = place.line(&curve, style.clone());
        waves = waves.line(&spectrum, style);
    }
    let decay = |lambda: f64| heat.decay(TIMES[1], &Point::<1>::new(lambda));
    let caption = format!(
        "Heat with $D={COEFFICIENT}$ from a start that is $\\frac12$ between $-1$ and $1$ and zero elsewhere. Left: \
         the density. Right: its transform, $\\frac{{\\sin\\lambda}}\\lambda e^{{-\\lambda^2Dt}}$. The edges are \
         made of the short waves, far to the right, and these go first: at $t=0.01$ the wave $\\lambda=2$ \
         keeps {} of its height and the wave $\\lambda=20$ only {}. All curves on the right start in 1, \
         the mass.",
        number(decay(2.0)),
        number(decay(20.0)),
    );
    let alt = "Two panels with four curves each, for the times 0, 0.01, 0.08 and 0.6. Left, in place: a box \
               of height one half between −1 and 1; the same with rounded edges; a broad hill that still has a \
               flat top; a low bell. Right, in frequency: all curves fall from 1 at frequency 0; that for \
               time 0 swings about zero in ever smaller waves right across, at 0.01 the swings die out by \
               frequency 15, at 0.08 only the first is left, and at 0.6 the curve falls to zero by frequency 3.";
    Picture::new(Grid::new(2).add(place).add(waves).draw(), caption, alt)
}

/// Pixels shown to either side of the middle.
const SHOWN: usize = 32;
/// Times of the key.
const STAGES: [f64; 3] = [0.0, 0.0025, 0.02];

/// The middle of a square of values.
fn middle(values: &[f64]) -> Vec<f64> {
    let from = PIXELS / 2 - SHOWN;
    let rows = from..from + 2 * SHOWN;
    let row = |j: usize| &values[j * PIXELS + from..j * PIXELS + from + 2 * SHOWN];
    rows.flat_map(|j| row(j).iter().copied()).collect()
}

/// Where one hundredth of a wave is left at t.
fn hundredth(heat: &Heat<2>, t: f64) -> Vec<(f64, f64)> {
    let factor = heat.d.cholesky().expect("positive definite").l();
    let radius = (100.0_f64.ln() / t).sqrt();
    let on = |k: u32| {
        // |Lᵀλ| is the radius.
        let round = Point::<2>::new(
            (TAU * f64::from(k) / 72.0).cos(),
            (TAU * f64::from(k) / 72.0).sin(),
        );
        let lambda =
            factor.transpose().try_inverse().expect("invertible") * round * radius;
        (lambda[0], lambda[1])
    };
    (0..=72).map(on).collect()
}

/// A key that heat smears, above, and its waves, below.
pub(super) fn key_and_waves() -> Picture {
    let heat = Heat::new(SMEAR).expect("positive definite");
    let start = picture_waves(&key());
    let top = key().into_iter().fold(0.0, f64::max);
    let half = SIDE * SHOWN as f64 / PIXELS as f64;
    let reach = frequency(PIXELS / 2 + SHOWN);
    let mut grid = Grid::new(3);
    let stages = STAGES.map(|t| (t, decayed(&start, &heat, t)));
    for (t, all) in &stages {
        let plot = Plot::new(225, 225)
            .title(format!("$t = {t}$"))
            .x_label("$x_1$")
            .y_label("$x_2$")
            .equal_aspect()
            .heat(
                2 * SHOWN,
                2 * SHOWN,
                &middle(&picture(all)),
                (-half, half),
                (-half, half),
                Ramp::Tint(0),
            )
            .heat_range(0.0, 0.9 * top);
        grid = grid.add(plot);
    }
    for (t, all) in &stages {
        let level = |wave: &Complex<f64>| (wave.norm().log10() + 4.0).max(0.0);
        let levels: Vec<f64> = all.iter().map(level).collect();
        let mut plot = Plot::new(225, 225)
            .x_label("$\\lambda_1$")
            .y_label("$\\lambda_2$")
            .x_range(-reach, reach)
            .y_range(-reach, reach)
            .legend(Legend::Hidden)
            .equal_aspect()
            .heat(
                2 * SHOWN,
                2 * SHOWN,
                &middle(&levels),
                (-reach, reach),
                (-reach, reach),
                Ramp::Density,
            )
            .heat_range(0.0, 4.0);
        if *t > 0.0 {
            plot = plot.line(&hundredth(&heat, *t), Style::text().width(1.2).dashed());
        }
        grid = grid.add(plot);
    }
    let eigen = SMEAR.symmetric_eigenvalues();
    let (slow, fast) = (eigen.min(), eigen.max());
    let caption = format!(
        "Above: a key as a density in the plane, under heat that is {:.1} times as strong along one direction as \
         across it. Below: the modulus of its transform on a scale of powers of ten, from orange for 1 to nothing for \
         $10^{{-4}}$. Each wave decays by itself, the shorter the faster. Outside the dashed ellipse \
         $\\lambda^\\top D\\lambda\\,t=\\log100$ less than a hundredth of each is left. The ellipse is narrow in the \
         direction in which the key is smeared most. The teeth are made of shorter waves than the ring, and go first.",
        fast / slow,
    );
    let alt = "Two rows of three panels. Above, a picture of a key with a ring on the left and three teeth on the \
               right, sharp at time 0; then its edges are soft and the teeth run together along a \
               rising diagonal; at last it is two clouds drawn out along that diagonal. Below, the picture of its waves: \
               at time 0 rays and ripples that fill the square; then they fill a tilted ellipse that is \
               long across the diagonal and that shrinks from panel to panel to a small spot in the middle.";
    Picture::new(grid.draw(), caption, alt)
}
