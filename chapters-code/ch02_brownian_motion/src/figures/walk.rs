//! Walks of coin tosses: where they may be, the same walk refined, and three scalings.

use crate::walk::{WalkLaw, noted, toss, walk};
use dynamics::{Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Grid, Legend, Picture, Plot, Ramp, Slider, Style, Svg};
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

/// Three walks over the chances of all places.
pub(super) fn walks() -> Picture {
    let (n, rows) = (100, 36_i64);
    // Row r runs from r to r + 1 and belongs to the place of the right parity.
    let mut chances = vec![0.0; (n + 1) * 2 * rows as usize];
    let mut inside = 0.0;
    for toss in 0..=n {
        let law = WalkLaw::new(1.0, toss);
        for (x, p) in law.places() {
            for row in [x as i64 - 1 + rows, x as i64 + rows] {
                if (0..2 * rows).contains(&row) {
                    chances[row as usize * (n + 1) + toss] = p / 2.0;
                }
            }
        }
        inside = law.expectation(|x| f64::from(u8::from(x * x <= toss as f64)));
    }
    let window = (-0.5, n as f64 + 0.5);
    let mut plot = Plot::new(640, 360)
        .x_label("tosses $N$")
        .y_label("place $X_N$, in steps $\\delta$")
        .x_range(0.0, n as f64)
        .y_range(-30.0, 30.0)
        .legend(Legend::Above)
        .heat(n + 1, 72, &chances, window, (-36.0, 36.0), Ramp::Tint(6))
        .heat_range(0.0, 0.16);
    for k in 0..3 {
        let tosses = toss(n, &mut Stream::new(SEED, "fig-walks").chunk(k));
        let path: Vec<_> = walk(1.0, &tosses).into_iter().enumerate().collect();
        let path: Vec<_> = path.into_iter().map(|(i, x)| (i as f64, x)).collect();
        plot = plot.line(&path, Style::color(k as u8).width(1.4).solid());
    }
    for sign in [1.0, -1.0] {
        let root: Vec<_> =
            (0..=n).map(|i| (i as f64, sign * (i as f64).sqrt())).collect();
        let style = Style::text().width(1.6).dashed().label("$\\pm\\delta\\sqrt{N}$");
        plot = plot.line(&root, style);
    }
    let caption = format!(
        "Three walks of 100 tosses. Grey: the exact chance of each place. Dashed: one \
         standard deviation, $\\pm\\delta\\sqrt{{N}}$. After 100 tosses the walk stands within it with the \
         chance {}; after four times as many it would be spread only twice as wide.",
        number(inside)
    );
    let alt = "Three zigzag lines start at 0 and wander through 100 tosses. A grey shade that is darkest \
        at the start shows where a walk may be; it opens to both sides like a parabola lying on its side. \
        Two dashed curves, plus and minus the root of the number of tosses, reach 10 steps at the right, \
        and most of the shade lies between them.";
    Picture::new(plot.draw(), caption, alt)
}

/// Tosses of each frame's walk in the unit of time.
const COUNTS: [usize; 15] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256];
/// Fine tosses in the unit of time.
const FINE: usize = 1 << 16;
/// The frame shown first.
const START: usize = 7;

/// One walk noted more and more finely, and the law of its end.
pub(super) fn refined() -> Picture {
    // Noting N steps may take longer than 1, so more is tossed than is drawn.
    let tosses = toss(4 * FINE, &mut Stream::new(SEED, "fig-walk").generator());
    let mut slider = Slider::new("tosses $N$").start(START);
    for n in COUNTS {
        slider = slider.frame(n.to_string(), frame(&tosses, n));
    }
    let distance = |n| number(WalkLaw::scaled(1.0, 1.0, n).distance(|x| normal().cdf(x)));
    let caption = format!(
        "Move the number $N$ of tosses in the unit of time; the steps are $\\delta=1/\\sqrt{{N}}$, so that \
         $\\delta^2/\\delta t=1$ throughout. Above: one walk of {FINE} tosses (grey), and what is noted of \
         it when one waits each time until it has moved by $\\delta$. The noted walk is again a walk \
         of fair tosses; it is drawn with equal times between its steps, and so it runs a little before \
         or behind the grey one. Below: the exact law of its place \
         at $t=1$, and the normal density. From $N=1$ to $N=256$ the distance between their \
         distribution functions falls from {} to {}.",
        distance(1),
        distance(256),
    );
    let alt = "Two panels above a slider. The upper one shows a fine grey zigzag line for times \
        from 0 to 1 and, in colour, a coarse walk of a few straight pieces that follows it; the lower \
        one shows bars under a bell curve. As the slider raises the number of tosses from 1 to 256, the \
        coarse walk gets more and smaller steps and lies closer to the grey line, while its size stays \
        the same; the two bars at first turn into many whose tops lie on the bell curve.";
    Picture::new(slider.html("fig-walk"), caption, alt)
}

fn normal() -> Normal {
    Normal::new(0.0, 1.0).expect("the standard normal law")
}

/// The walk of `n` steps noted from a fine one, and the law of its end.
fn frame(tosses: &[bool], n: usize) -> Svg {
    // Five hundred places are enough for the eye.
    let fine = walk(1.0 / (FINE as f64).sqrt(), &tosses[..FINE]);
    let fine: Vec<_> =
        TimeGrid::new(0.0, 1.0, FINE).times().zip(fine).step_by(128).collect();
    // A step of 1/√N is so many fine steps.
    let coarse = (FINE as f64 / n as f64).sqrt().round() as u32;
    let notes = noted(tosses, coarse);
    let heads: Vec<bool> = notes[..n].iter().map(|note| note.1).collect();
    let law = WalkLaw::scaled(1.0, 1.0, n);
    let steps: Vec<_> =
        TimeGrid::new(0.0, 1.0, n).times().zip(walk(law.step, &heads)).collect();
    let path = Plot::new(600, 240)
        .x_label("$t$")
        .y_label("$x$")
        .x_range(0.0, 1.0)
        .y_range(-1.7, 1.7)
        .legend(Legend::Hidden)
        .line(&fine, Style::text().width(1.0).alpha(0.4).solid())
        .line(&steps, Style::color(0).width(1.8).solid());
    let bars: Vec<_> = law
        .places()
        .filter(|(x, _)| x.abs() < 3.0 + law.step)
        .map(|(x, p)| (x - law.step, x + law.step, p / (2.0 * law.step)))
        .collect();
    let bell: Vec<_> =
        (-32..=32).map(|i| f64::from(i) / 10.0).map(|x| (x, normal().pdf(x))).collect();
    let density = Plot::new(600, 240)
        .x_label("$x$ at $t=1$")
        .y_label("density")
        .x_range(-3.2, 3.2)
        .y_range(0.0, 0.55)
        .legend(Legend::Hidden)
        .line(&bell, Style::text().width(1.8).solid())
        .histogram(&bars, Style::color(0).alpha(0.25).width(1.0));
    Grid::new(1).add(path).add(density).draw()
}

/// The same tosses with three ways to shrink the step with its time.
pub(super) fn scalings() -> Picture {
    let counts = [16, 128, 1024];
    let ways: [(&str, f64); 3] = [
        ("$\\delta=g\\,\\delta t$", 1.0),
        ("$\\delta=g\\sqrt{\\delta t}$", 0.5),
        ("$\\delta=g\\,\\delta t^{1/4}$", 0.25),
    ];
    let mut grid = Grid::new(3).shared_axes();
    let mut spreads = Vec::new();
    for (title, power) in ways {
        let mut plot = Plot::new(235, 250)
            .title(title)
            .x_label("$t$")
            .y_label("$x$")
            .x_range(-0.08, 1.08)
            .y_range(-3.6, 3.6);
        for (k, n) in (0_u8..).zip(counts) {
            let step = (1.0 / n as f64).powf(power);
            let tosses = toss(n, &mut Stream::new(SEED, "fig-scalings").chunk(n as u64));
            let path: Vec<_> =
                TimeGrid::new(0.0, 1.0, n).times().zip(walk(step, &tosses)).collect();
            let name = format!("{n} tosses");
            plot = plot.line(&path, Style::color(k).width(1.2).solid().label(name));
            spreads.push(number(step * (n as f64).sqrt()));
        }
        grid = grid.add(plot);
    }
    let caption = format!(
        "Walks of 16, 128 and 1024 tosses in the unit of time, with $g=1$. Left: steps in \
         proportion to their time; the standard deviation at $t=1$ is {}, {}, {}, and nothing will be \
         left. Middle: in proportion to the root of the time; it is 1 for all. Right: in proportion \
         to the fourth root; it is {}, {}, {}, and grows without end.",
        spreads[0], spreads[1], spreads[2], spreads[6], spreads[7], spreads[8],
    );
    let alt = "Three panels with three walks each, of 16, 128 and 1024 tosses between the times 0 and 1. \
        In the left panel the walks are the flatter the more tosses they have, the finest almost a level \
        line. In the middle one all three wander about equally far. In the right one the finer the walk, \
        the farther it swings, the finest beyond the frame.";
    Picture::new(grid.draw(), caption, alt)
}
