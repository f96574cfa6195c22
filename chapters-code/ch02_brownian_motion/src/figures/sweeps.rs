//! Sweeps over the strength of the noise and over the rate, panel by panel.

use crate::experiments::{
    RATES, STRENGTHS, displacements, rate_sweep, redrawn_sweep, strength_sweep,
};
use ch01_flows::figures::pairs;
use dynamics::Point;
use evidence::{SEED, number};
use plot::{Grid, Legend, Marker, Picture, Plot, Style};
use std::f64::consts::TAU;

/// One panel of the plane over the square round `middle` of this half-width.
fn panel(title: String, middle: Point<2>, half: f64) -> Plot {
    Plot::new(300, 300)
        .title(title)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .x_range(middle.x - half, middle.x + half)
        .y_range(middle.y - half, middle.y + half)
        .equal_aspect()
        .legend(Legend::Above)
}

/// The middle and the half-width of a square that holds these points, with a margin.
fn window<'a>(points: impl Iterator<Item = &'a Point<2>> + Clone) -> (Point<2>, f64) {
    let far = Point::<2>::repeat(f64::INFINITY);
    let low = points.clone().fold(far, |a, x| a.inf(x));
    let high = points.fold(-far, |a, x| a.sup(x));
    ((low + high) / 2.0, 0.56 * (high - low).amax())
}

/// One particle, four strengths of noise, each panel in its own window.
pub(super) fn strength_single() -> Picture {
    let strengths = [&[0.0][..], &STRENGTHS].concat();
    let panels = strength_sweep(&strengths, 1, 100, SEED).expect("finite");
    let quiet = &panels[0][0];
    let mut grid = Grid::new(2);
    for (g, paths) in STRENGTHS.iter().zip(&panels[1..]) {
        let path = &paths[0];
        let (middle, half) = window(path.iter().chain(quiet));
        let shown = panel(format!("$g = {g}$"), middle, half)
            .line(&pairs(path), Style::color(0).width(1.3).solid().label("with noise"))
            .line(
                &pairs(quiet.iter().step_by(10)),
                Style::color(1).width(1.8).dashed().label("without"),
            )
            .points(&pairs(&path[..1]), Style::color(2).size(7.0).marker(Marker::Ring));
        grid = grid.add(shown);
    }
    let [first, .., last] = &displacements(&panels)[..] else { unreachable!("four") };
    let caption = format!(
        "One particle, one network, one noise, four strengths $g$; the ring is the start, the dashed \
         line the path without noise. Each panel has its own scale. At $g=0.01$ the noise is hardly \
         seen, and the ends are {} apart; at $g=10$, where they are {} apart, the field is.",
        number(*first),
        number(*last),
    );
    let alt = format!(
        "Four panels, each with a solid and a dashed path from the same ring. With the weakest noise \
         the two lie on top of one another, with 0.1 the solid one trembles, with 1 it wanders off, \
         and with 10 it is a large tangle beside which the dashed path is a dot. Distance of the ends: \
         {} in the first, {} in the last panel.",
        number(*first),
        number(*last),
    );
    Picture::new(grid.draw(), caption, alt)
}

/// Distance from the end without noise against g: one network, and one for each panel.
pub(super) fn redrawn() -> Picture {
    let strengths: Vec<f64> =
        (0..17).map(|k| 10.0_f64.powf(f64::from(k) / 4.0 - 3.0)).collect();
    let with_zero = [&[0.0][..], &strengths].concat();
    let measured = |panels: Result<Vec<Vec<Vec<Point<2>>>>, _>| -> Vec<(f64, f64)> {
        let panels = panels.expect("finite");
        strengths.iter().copied().zip(displacements(&panels)).collect()
    };
    let one = measured(strength_sweep(&with_zero, 1, 100, SEED));
    let many = measured(redrawn_sweep(&with_zero, 1, 100, SEED));
    let svg = Plot::new(560, 380)
        .x_label("strength of the noise $g$")
        .y_label("distance of the ends")
        .log_x()
        .log_y()
        .legend(Legend::Above)
        .line(&one, Style::color(0).width(1.5).solid())
        .points(
            &one,
            Style::color(0).size(6.5).marker(Marker::Circle).label("one network for all"),
        )
        .line(&many, Style::color(1).width(1.5).dashed())
        .points(
            &many,
            Style::color(1)
                .size(6.5)
                .marker(Marker::Square)
                .label("drawn anew each time"),
        )
        .draw();
    let [a, b] = [one[0].1, many[0].1].map(number);
    let caption = format!(
        "How far noise of strength $g$ moves the end of a path: with one network for all strengths, and \
         with a network that is built anew in each call. The first falls in proportion to $g$, to {a} at \
         $g=0.001$. The second stops falling where the networks differ more than the noise \
         does, and says {b} there: it measures the weights."
    );
    let alt = format!(
        "Two rows of points against the strength of the noise, both axes logarithmic. With one network \
         the points lie on a straight line of slope one down to {a}. With networks drawn anew they \
         follow it for strong noise only; below that they jump about near {b} without falling."
    );
    Picture::new(svg, caption, alt)
}

/// A hundred particles, four strengths of noise.
pub(super) fn strength_many() -> Picture {
    let panels = strength_sweep(&STRENGTHS, 100, 100, SEED).expect("finite");
    let mut grid = Grid::new(2);
    let mut spreads = Vec::new();
    for (g, paths) in STRENGTHS.iter().zip(&panels) {
        let ends = |i: usize| paths.iter().map(|path| path[i]).collect::<Vec<_>>();
        let (starts, ends) = (ends(0), ends(100));
        let (middle, half) = window(starts.iter().chain(&ends));
        let mut shown = panel(format!("$g = {g}$"), middle, half);
        for path in paths {
            let thinned = pairs(path.iter().step_by(20));
            shown = shown.line(&thinned, Style::color(0).width(0.6).solid().alpha(0.4));
        }
        let start = Style::color(1).size(3.6).marker(Marker::Ring).label("$t = 0$");
        let end = Style::color(2).size(3.6).marker(Marker::Circle).label("$t = 1$");
        grid = grid.add(shown.points(&pairs(&starts), start).points(&pairs(&ends), end));
        let mean: Point<2> = ends.iter().sum::<Point<2>>() / 100.0;
        let square = ends.iter().map(|x| (x - mean).norm_squared()).sum::<f64>() / 99.0;
        spreads.push(square);
    }
    let listed: Vec<_> = STRENGTHS
        .iter()
        .zip(&spreads)
        .map(|(g, s)| format!("{} at $g={g}$", number(*s)))
        .collect();
    let caption = format!(
        "A hundred particles in one network under four strengths of noise, each panel at its own \
         scale; every twentieth point is drawn. The mean square distance of the ends from their centre \
         is {}. Noise alone would add $2g^2$ to the 2 of the starts.",
        listed.join(", "),
    );
    let alt = format!(
        "Four panels with a hundred paths each, from rings to dots. With g of 0.01 and 0.1 the paths \
         are parallel strokes of a field, with 1 they are a tangle about as wide as the starts, and \
         with 10 the starts are a small clump in the middle of a wide scatter of dots, of mean square \
         distance {}.",
        number(spreads[3]),
    );
    Picture::new(grid.draw(), caption, alt)
}

/// One particle under the pull of x and of a network, four rates.
pub(super) fn rate_single() -> Picture {
    let sweep = rate_sweep(1, SEED);
    let all = || sweep.iter().flatten().flatten().flatten();
    let (middle, half) = window(all());
    let mut grid = Grid::new(2).shared_axes();
    for (rate, [pulled, network]) in RATES.iter().zip(&sweep) {
        let shown = panel(format!("$\\theta = {rate}$"), middle, half)
            .line(
                &pairs(&network[0]),
                Style::color(1).width(1.1).dashed().label("$-\\theta\\, net(x)$"),
            )
            .line(
                &pairs(&pulled[0]),
                Style::color(0).width(1.3).solid().label("$-\\theta x$"),
            )
            .points(
                &pairs(&pulled[0][..1]),
                Style::color(2).size(7.0).marker(Marker::Ring),
            );
        grid = grid.add(shown);
    }
    let ends = |k: usize| (sweep[k][0][0][100] - sweep[k][1][0][100]).norm();
    let caption = format!(
        "One particle from one start with one noise, $g=\\frac12$, under two drifts: $-\\theta x$, which \
         pulls to the origin (solid), and $-\\theta$ times the output of a random network (dashed). At \
         $\\theta=0.1$ the two ends are {} apart, at $\\theta=1$ they are {}.",
        number(ends(0)),
        number(ends(3)),
    );
    let alt = format!(
        "Four panels with a solid and a dashed jagged path from the same ring. For small rates the two \
         have the same wiggles and nearly coincide; as the rate grows they drift apart, to a distance \
         of {} between their ends in the last panel.",
        number(ends(3)),
    );
    Picture::new(grid.draw(), caption, alt)
}

/// A cloud under both pulls, and the circle theory promises for the true one.
pub(super) fn rate_many() -> Picture {
    let sweep = rate_sweep(100, SEED);
    let mut grid = Grid::new(2).shared_axes();
    let mut radii = Vec::new();
    for (rate, [pulled, network]) in RATES.iter().zip(&sweep) {
        let ends = |paths: &[Vec<Point<2>>]| {
            paths.iter().map(|path| path[100]).collect::<Vec<_>>()
        };
        // e^{−2θ} + g² (1 − e^{−2θ}) / 2θ per coordinate, from N(0, I), with g = ½.
        let decay = f64::exp(-2.0 * rate);
        let deviation = (decay + 0.25 * (1.0 - decay) / (2.0 * rate)).sqrt();
        radii.push(2.0 * deviation);
        let circle: Vec<_> = (0..=60)
            .map(|k| TAU * f64::from(k) / 60.0)
            .map(|a| (2.0 * deviation * a.cos(), 2.0 * deviation * a.sin()))
            .collect();
        let shown = panel(format!("$\\theta = {rate}$"), Point::<2>::zeros(), 3.6)
            .points(
                &pairs(&ends(network)),
                Style::color(1)
                    .size(4.0)
                    .marker(Marker::Ring)
                    .label("$-\\theta\\, net(x)$"),
            )
            .points(
                &pairs(&ends(pulled)),
                Style::color(0).size(4.0).marker(Marker::Circle).label("$-\\theta x$"),
            )
            .line(&circle, Style::text().width(1.3).dotted());
        grid = grid.add(shown);
    }
    let [first, .., last] = &radii[..] else { unreachable!("four rates") };
    let caption = format!(
        "Where a hundred particles from $\\mathcal N(0,I)$ are at $t=1$, under the pull $-\\theta x$ (dots) and \
         under a network in its place (rings), with $g=\\frac12$. The dotted circle has two standard \
         deviations of the true law as its radius: {} at $\\theta=0.1$, {} at $\\theta=1$; it should hold \
         86 dots of a hundred. The network does not pull its cloud together.",
        number(*first),
        number(*last),
    );
    let alt = format!(
        "Four panels, each with a cloud of dots, a cloud of rings and a dotted circle round the \
         origin. The circle shrinks from a radius of {} to {}, and the dots with it. The rings keep \
         their spread in all four panels.",
        number(*first),
        number(*last),
    );
    Picture::new(grid.draw(), caption, alt)
}
