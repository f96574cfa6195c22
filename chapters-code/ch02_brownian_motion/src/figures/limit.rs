//! The normal limit: how far off a walk is, and three kinds of small pushes.

use crate::pushes::{Push, pushed};
use crate::walk::WalkLaw;
use dynamics::{Stream, TimeGrid};
use evidence::{SEED, number};
use plot::{Align, Grid, Legend, Marker, Picture, Plot, Style};
use statrs::distribution::{ContinuousCDF, Normal};
use std::f64::consts::PI;

/// The distribution function of N(0, 1).
fn phi(x: f64) -> f64 {
    Normal::new(0.0, 1.0).expect("the standard normal law").cdf(x)
}

/// The staircase of 16 tosses beside the normal law, and the distance for other counts.
pub(super) fn distance() -> Picture {
    let law = WalkLaw::scaled(1.0, 1.0, 16);
    let (mut stairs, mut middles) = (vec![(-2.4, 0.0)], Vec::new());
    for (x, below, at) in law.jumps().filter(|(x, ..)| x.abs() < 2.2) {
        stairs.extend([(x, below), (x, at)]);
        middles.push((x + law.step, at));
    }
    stairs[0].1 = stairs[1].1;
    stairs.push((2.4, stairs[stairs.len() - 1].1));
    let curve: Vec<_> =
        (-24..=24).map(|i| f64::from(i) / 10.0).map(|x| (x, phi(x))).collect();
    let left = Plot::new(600, 300)
        .x_label("$x$ in standard deviations")
        .y_label("$P(X_{16}\\leq x)$")
        .x_range(-2.4, 2.4)
        .y_range(0.0, 1.0)
        .legend(Legend::Hidden)
        .line(&curve, Style::text().width(1.8).solid())
        .line(&stairs, Style::color(0).width(1.8).solid())
        .points(&middles, Style::color(1).size(6.0))
        .text_at(-0.62, 0.46, "16 tosses", Align::Left, Style::color(0))
        .text_at(0.3, 0.57, "halfway to the next jump", Align::Right, Style::color(1))
        .text_at(1.75, 0.92, "$\\Phi$", Align::Right, Style::text());
    let counts = (2..=11).map(|k| 1_usize << k);
    let laws: Vec<_> = counts.map(|n| (n as f64, WalkLaw::scaled(1.0, 1.0, n))).collect();
    let worst: Vec<_> = laws.iter().map(|(n, law)| (*n, law.distance(phi))).collect();
    let halfway: Vec<_> =
        laws.iter().map(|(n, law)| (*n, law.distance_halfway(phi))).collect();
    let promised: Vec<_> =
        worst.iter().map(|(n, _)| (*n, 1.0 / (2.0 * PI * n).sqrt())).collect();
    let right = Plot::new(600, 300)
        .x_label("tosses $N$")
        .y_label("distance from $\\Phi$")
        .log_x()
        .log_y()
        .x_range(3.0, 3000.0)
        .legend(Legend::Hidden)
        .line(&promised, Style::text().width(1.2).dashed())
        .points(&worst, Style::color(0).size(6.5))
        .points(&halfway, Style::color(1).size(6.5).marker(Marker::Square))
        .text_at(
            150.0,
            0.09,
            "largest, and $(2\\pi N)^{-1/2}$",
            Align::Right,
            Style::color(0),
        )
        .text_at(60.0, 2e-3, "halfway to the next jump", Align::Right, Style::color(1));
    let (last, ends) = (worst.len() - 1, (halfway[0].1, halfway[halfway.len() - 1].1));
    let caption = format!(
        "Above: the distribution function of 16 tosses is a staircase, and the normal one cuts its \
         treads in the middle (dots), so nearly that it cannot be seen. The largest distance, {}, is \
         half the jump at 0. Below: this distance for 4 to {} tosses falls like $1/\\sqrt{{2\\pi N}}$; \
         halfway between jumps it falls from {} to {}, like $1/N$.",
        number(worst[2].1),
        worst[last].0,
        number(ends.0),
        number(ends.1),
    );
    let alt = format!(
        "Above, a staircase rising from 0 to 1 and a smooth curve that passes through the middle of every \
         tread, marked by dots. Below, two rows of points on logarithmic axes over the number of tosses from 4 \
         to {}: the upper row lies on a dashed line of slope minus one half and ends at {}, the lower \
         row falls twice as steeply and ends at {}.",
        worst[last].0,
        number(worst[last].1),
        number(ends.1),
    );
    Picture::new(Grid::new(1).add(left).add(right).draw(), caption, alt)
}

/// Paths of even pushes, rare jumps and heavy tails.
pub(super) fn pushes() -> Picture {
    let n = 800;
    let kinds = [
        ("even pushes", Push::Even { g: 1.0 }),
        ("rare jumps", Push::Rare { g: 1.0, rate: 6.0 }),
        ("heavy tails", Push::Heavy { width: 0.6 }),
    ];
    let mut grid = Grid::new(3).shared_axes();
    let mut shares = Vec::new();
    for (title, push) in kinds {
        let mut plot = Plot::new(235, 250)
            .title(title)
            .x_label("$t$")
            .y_label("$x$")
            .x_range(-0.08, 1.08)
            .y_range(-2.6, 2.6)
            .legend(Legend::Hidden);
        for k in 0..2 {
            let mut generator = Stream::new(SEED, title).chunk(k);
            let path = pushed(|u, dt| push.size(u, dt), 1.0, n, &mut generator);
            let steps = path.windows(2).map(|x| (x[1] - x[0]).abs());
            let (largest, sum) =
                steps.fold((0.0_f64, 0.0), |(a, s), x| (a.max(x), s + x));
            shares.push(format!("{:.1}\u{a0}%", 100.0 * largest / sum));
            let path: Vec<_> = TimeGrid::new(0.0, 1.0, n).times().zip(path).collect();
            // Where nothing happens, two ends of a level line are enough.
            let last = path.len() - 1;
            let moves = |i: usize| {
                i == 0
                    || i == last
                    || path[i].1 != path[i - 1].1
                    || path[i].1 != path[i + 1].1
            };
            let path: Vec<_> =
                (0..=last).filter(|i| moves(*i)).map(|i| path[i]).collect();
            plot = plot.line(&path, Style::color(k as u8).width(1.1).solid());
        }
        grid = grid.add(plot);
    }
    let caption = format!(
        "Two paths of {n} pushes each. Left: even pushes; the largest push of a path makes {} and {} of all that \
         it moves. Middle: jumps with the chance $6\\,\\delta t$, of the same variance as the even pushes; a \
         largest one makes {} and {}. Right: Cauchy's law; a largest one makes {} and {}, and finer \
         pushes would not change that. Only on the left does no single push matter.",
        shares[0], shares[1], shares[2], shares[3], shares[4], shares[5],
    );
    let alt = "Three panels with two paths each over the time from 0 to 1. On the left the paths wander \
        in fine irregular zigzags without jumps. In the middle they are level lines broken by a few \
        jumps of one size, up or down. On the right they are nearly level for long stretches, with \
        jumps of every size, some as high as the panel.";
    Picture::new(grid.draw(), caption, alt)
}
