//! The density of a crowd: in time, as a flux, and with g² in three places.

use crate::far_start::{FarStart, HEAPS, PROCESS, particles};
use crate::flux::flux;
use crate::operators::Smooth;
use crate::weak_form::average;
use crate::where_g_stands::{Placed, Placement, growth_with, solution_with};
use crate::where_g_stands_experiment::{GBM, START, prices};
use dynamics::{Point, TimeGrid};
use evidence::{SEED, number};
use plot::{Grid, Legend, Picture, Plot, Ramp, Style};

/// Places that are shown of the process with a far start.
const WINDOW: (f64, f64) = (-4.5, 4.0);

/// p of the far start.
fn density(t: f64, x: f64) -> f64 {
    FarStart.at(t, &Point::<1>::new(x))
}

/// `count` places, evenly from `low` to `high`.
fn places((low, high): (f64, f64), count: usize) -> Vec<f64> {
    let width = (high - low) / (count - 1) as f64;
    (0..count).map(|i| low + width * i as f64).collect()
}

/// The density as colours over time and place, with paths of particles on it.
pub(super) fn far_start() -> Picture {
    let (end, columns, rows, shown) = (3.0, 120, 90, 14);
    let middle = |i: usize, n: usize, (low, high): (f64, f64)| {
        low + (high - low) * (i as f64 + 0.5) / n as f64
    };
    let values: Vec<f64> = (0..rows * columns)
        .map(|k| {
            let t = middle(k % columns, columns, (0.0, end));
            density(t, middle(k / columns, rows, WINDOW))
        })
        .collect();
    let grid = TimeGrid::new(0.0, end, 100);
    let times: Vec<f64> = grid.times().collect();
    let paths = particles(shown, grid, SEED);
    let right = paths.iter().filter(|path| path[0] > 0.0).count();
    let mut plot = Plot::new(700, 360)
        .x_label("time $t$")
        .y_label("place $x$")
        .x_range(0.0, end)
        .y_range(WINDOW.0, WINDOW.1)
        .legend(Legend::Hidden)
        .heat(columns, rows, &values, (0.0, end), WINDOW, Ramp::Tint(0))
        .heat_range(0.0, 0.55);
    for path in &paths {
        let line: Vec<_> = times.iter().copied().zip(path.iter().copied()).collect();
        plot = plot.line(&line, Style::color(1).solid().width(1.0).alpha(0.85));
    }
    let rest = PROCESS.diffusion / (2.0 * PROCESS.rate).sqrt();
    let at_end = |h: &dyn Fn(f64) -> f64| average(&FarStart, h, end, (-8.0, 8.0));
    let mean = at_end(&|x| x);
    let deviation = at_end(&|x| (x - mean).powi(2)).sqrt();
    let caption = format!(
        "Lines: {shown} particles of $dX=-\\theta X\\,dt+g\\,dW$ with $\\theta={}$ and $g={}$ from two narrow \
         heaps, {:.0} % of the mass about {} and the rest about ${}$. Colour: the density $p(x,t)$, which \
         solves the Fokker–Planck equation and knows of no particle. The heaps are pulled together and \
         widened. At $t=3$ one heap is left, about {mean:.2} and with the standard deviation \
         {deviation:.2}; they tend to 0 and {:.2}. A column of colours is a density, with mass 1; a line is what one particle makes of it.",
        PROCESS.rate,
        PROCESS.diffusion,
        100.0 * HEAPS[0].0,
        HEAPS[0].1,
        HEAPS[1].1,
        rest,
    );
    let alt = format!(
        "Time from 0 to 3 to the right, place upwards. Two bands of colour begin narrow and dark at 2.6 and, \
         paler, at −3, bend towards 0, widen, and have joined at about time 2 into one band from −1.5 to 1.5. \
         {shown} ragged lines run along them, {right} in the upper band and {} in the lower; after time 1 \
         they mix, and some cross from one side of 0 to the other.",
        shown - right,
    );
    Picture::new(plot.draw(), caption, alt)
}

/// Two moments of the density, and the flux between them.
pub(super) fn flux_between() -> Picture {
    let (from, to) = (0.5, 0.7);
    let places = places(WINDOW, 171);
    let curve = |t: f64| places.iter().map(|x| (*x, density(t, *x))).collect::<Vec<_>>();
    let change: Vec<_> =
        places.iter().map(|x| (*x, density(from, *x), density(to, *x))).collect();
    let grows: Vec<_> = change.iter().map(|&(x, p, q)| (x, p, p.max(q))).collect();
    let falls: Vec<_> = change.iter().map(|&(x, p, q)| (x, p.min(q), p)).collect();
    let at = |t: f64, x: f64| flux(&PROCESS, &FarStart, t, &Point::<1>::new(x))[0];
    let through: Vec<_> = places.iter().map(|x| (*x, at(0.6, *x))).collect();
    let window = |plot: Plot| plot.x_range(WINDOW.0, WINDOW.1).x_label("place $x$");
    let above = window(Plot::new(660, 190))
        .y_label("density")
        .y_range(0.0, 0.5)
        .band(&grows, Style::color(2).alpha(0.45).label("grows"))
        .band(&falls, Style::color(1).alpha(0.45).label("falls"))
        .line(&curve(from), Style::text().solid().width(1.6).label(format!("$t={from}$")))
        .line(&curve(to), Style::text().dashed().width(1.6).label(format!("$t={to}$")));
    let below = window(Plot::new(660, 190))
        .y_label("flux $J$")
        .legend(Legend::Hidden)
        .horizontal(0.0, Style::text().width(1.0).alpha(0.5))
        .line(&through, Style::color(0).solid().width(2.0));
    let svg = Grid::new(1).add(above).add(below).draw();
    let caption = format!(
        "Above: the density of the two heaps at $t={from}$ and, dashed, at $t={to}$. Below: the flux $J$ \
         half-way between. From the right heap probability flows to the left, so $J<0$; from the left \
         heap it flows to the right. Where the curve of $J$ falls, more comes in than goes out, and the \
         density grows; where it rises, the density falls. At $x=1.2$ the flux is ${}$ per unit of time.",
        number(at(0.6, 1.2)),
    );
    let alt = "Upper panel: two curves, each with a high heap on the right and a low one on the left. The dashed \
         heaps lie a little nearer to 0 and are wider. Their inner flanks are shaded as growing, their outer \
         flanks as falling. Lower panel: the flux is above zero over the left heap and far below zero over \
         the right heap, with its extremes between the shaded flanks.";
    Picture::new(svg, caption, alt)
}

/// Bars (from, to, height) of a histogram, heights as a density.
fn bars(cloud: &[f64], (low, high): (f64, f64), count: usize) -> Vec<(f64, f64, f64)> {
    let width = (high - low) / count as f64;
    let mut inside = vec![0_u32; count];
    for x in cloud {
        let k = ((x - low) / width).floor();
        if (0.0..count as f64).contains(&k) {
            inside[k as usize] += 1;
        }
    }
    let bar = |(k, n): (usize, &u32)| {
        let from = low + width * k as f64;
        (from, from + width, f64::from(*n) / (cloud.len() as f64 * width))
    };
    inside.iter().enumerate().map(bar).collect()
}

/// Particles of geometric Brownian motion, and the solutions with g² in three places.
pub(super) fn where_g_stands() -> Picture {
    let (t, n, window) = (1.0, 20_000, (0.0, 4.0));
    let cloud = prices(n, t, SEED);
    let curve = |place: Placement| -> Vec<(f64, f64)> {
        let at = |x: f64| (x, solution_with(place, &GBM, t, x, START));
        places((0.02, window.1), 160).into_iter().map(at).collect()
    };
    let plot = Plot::new(680, 340)
        .x_label("$x$")
        .y_label("density")
        .x_range(window.0, window.1)
        .y_range(0.0, 1.0)
        .histogram(
            &bars(&cloud, window, 50),
            Style::color(0).alpha(0.35).label("particles"),
        )
        .line(
            &curve(Placement::Inside),
            Style::color(0).solid().width(2.2).label("inside: ½ $\\partial_x^2(g^2p)$"),
        )
        .line(
            &curve(Placement::Between),
            Style::color(1).dashed().label("between: ½ $\\partial_x(g^2\\partial_xp)$"),
        )
        .line(
            &curve(Placement::Outside),
            Style::color(2).dash_dotted().label("outside: ½ $g^2\\partial_x^2p$"),
        );
    let mean = cloud.iter().sum::<f64>() / n as f64;
    let solution = |place| Placed { place, gbm: GBM, start: START };
    let moment = |place: Placement| {
        let (more, of_mass) = growth_with(place, &GBM);
        (START * ((GBM.growth + more) * t).exp(), (of_mass * t).exp())
    };
    let ((inside, _), (between, _)) =
        (moment(Placement::Inside), moment(Placement::Between));
    let mass = moment(Placement::Outside).1;
    let above = |place: Placement| {
        let all = moment(place).1;
        100.0 * (all - solution(place).below(t, window.1))
    };
    let caption = format!(
        "Bars: {n} particles of $dX=\\mu X\\,dt+\\varsigma X\\,dW$ with $\\mu={}$ and $\\varsigma={}$, at \
         $t={t}$, all from $x_0={START}$; their mean is {mean:.2}. Lines: what solves the equation with \
         $g^2=\\varsigma^2x^2$ inside, between and outside the derivatives. Inside, the mean is {inside:.2}. \
         Between, it is {between:.2}. Outside, the mass is {mass:.2}. Right of the picture lie {:.1} %, \
         {:.0} % and {:.0} % of a mass of 1.",
        GBM.growth,
        GBM.volatility,
        above(Placement::Inside),
        above(Placement::Between),
        above(Placement::Outside),
    );
    let alt = format!(
        "A histogram with a steep left flank, its peak near 0.5, and a long tail to the right. The solid curve \
         follows its bars. The dashed one has a lower peak further to the right and a heavier tail. \
         The dash-dotted one is as high, further right, and above both from about 1.1 on, with an area of \
         {mass:.2} in place of 1."
    );
    Picture::new(plot.draw(), caption, alt)
}
