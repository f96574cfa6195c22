//! One page with every kind of figure: `cargo run -p plot --example gallery -- gallery.html`.
//!
//! It is how the house style is looked at, on light and dark, wide and narrow.

use std::f64::consts::PI;

use plot::{Align, Drawing, Grid, Marker, Plot, Ramp, Slider, Style, Svg};

fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "gallery.html".to_string());
    let theme = std::env::args().nth(2).unwrap_or_else(|| "light".to_string());
    let drawings: Vec<Box<dyn Drawing>> = vec![
        Box::new(orders()),
        Box::new(paths()),
        Box::new(rotation()),
        Box::new(density()),
        Box::new(bars()),
        Box::new(multiples()),
        Box::new(four()),
        Box::new(sixteen()),
        Box::new(diverging()),
        Box::new(slider()),
    ];
    let mut page = PAGE.replace("THEME", &theme);
    for drawing in drawings {
        page.push_str(&format!(
            "<div class=\"drawing\">{}</div>\n",
            drawing.described("A sample of the house style")
        ));
    }
    std::fs::write(file, page)
}

fn orders() -> Svg {
    let steps: Vec<f64> = (1..9).map(|k| 0.5f64.powi(k)).collect();
    let law = |c: f64, p: i32| -> Vec<(f64, f64)> {
        steps.iter().map(|&h| (h, c * h.powi(p) * (1.0 + 0.3 * h))).collect()
    };
    let mut plot = Plot::new(640, 420).x_label("step $h$").y_label("error at $t = 1$");
    for (k, (p, name)) in
        [(1, "Euler"), (2, "Heun"), (4, "Runge–Kutta")].into_iter().enumerate()
    {
        let style = Style::color(k as u8).label(name);
        plot = plot.line(&law(0.4, p), style.clone()).points(&law(0.4, p), style);
    }
    plot.log_x().log_y().draw()
}

fn paths() -> Svg {
    let noise = noise(4000);
    let mut plot = Plot::new(720, 380).x_label("$t$").y_label("$X_t$");
    for path in noise.chunks(200).take(20) {
        let mut x = 1.5;
        let steps = path.iter().enumerate().map(|(k, z)| {
            x += -x * 0.01 + 0.1 * z;
            (0.01 * (k + 1) as f64, x)
        });
        plot =
            plot.line(&steps.collect::<Vec<_>>(), Style::color(0).width(1.0).alpha(0.5));
    }
    let spread = |t: f64| (0.5 * (1.0 - (-2.0 * t).exp())).sqrt();
    let mean = |t: f64| 1.5 * (-t).exp();
    let times: Vec<f64> = (0..=100).map(|k| 0.02 * f64::from(k)).collect();
    let band: Vec<_> = times
        .iter()
        .map(|&t| (t, mean(t) - 2.0 * spread(t), mean(t) + 2.0 * spread(t)))
        .collect();
    let line: Vec<_> = times.iter().map(|&t| (t, mean(t))).collect();
    plot.band(&band, Style::color(1).label(r"$\pm 2$ standard deviations"))
        .line(&line, Style::text().width(2.2).label(r"mean $e^{-\theta t} x_0$"))
        .horizontal(0.0, Style::text().alpha(0.5))
        .draw()
}

fn rotation() -> Svg {
    let mut arrows = Vec::new();
    for i in -5..=5 {
        for j in -5..=5 {
            let (x, y) = (0.4 * f64::from(i), 0.4 * f64::from(j));
            arrows.push((x, y, -0.13 * y, 0.13 * x));
        }
    }
    let circle: Vec<_> = (0..=200)
        .map(|k| 2.0 * PI * f64::from(k) / 200.0)
        .map(|angle| (angle.cos(), angle.sin()))
        .collect();
    Plot::new(480, 460)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .equal_aspect()
        .arrows(&arrows, Style::color(0))
        .line(&circle, Style::color(1).width(2.2))
        .points(&[(1.0, 0.0)], Style::color(1).size(9.0))
        .text_at(1.0, 0.02, "$x_0$", Align::Above, Style::color(1))
        .draw()
}

fn density() -> Svg {
    let noise = noise(200_000);
    let points: Vec<_> = noise
        .chunks(2)
        .enumerate()
        .map(|(k, z)| {
            let a = 2.0 * PI * (k % 5) as f64 / 5.0;
            (2.0 * a.cos() + 0.35 * z[0], 2.0 * a.sin() + 0.35 * z[1])
        })
        .collect();
    let exact = heat(90, |x, y| {
        (0..5)
            .map(|k| {
                let a = 2.0 * PI * f64::from(k) / 5.0;
                let r = (x - 2.0 * a.cos()).powi(2) + (y - 2.0 * a.sin()).powi(2);
                (-r / (2.0 * 0.35 * 0.35)).exp()
            })
            .sum()
    });
    let plot =
        |title: &str| Plot::new(360, 360).title(title).x_label("$x_1$").y_label("$x_2$");
    Grid::new(2)
        .shared_axes()
        .add(
            plot("100,000 particles")
                .x_range(-3.5, 3.5)
                .y_range(-3.5, 3.5)
                .cloud(&points, Style::color(0)),
        )
        .add(plot("$p_1(x)$").heat(
            90,
            90,
            &exact,
            (-3.5, 3.5),
            (-3.5, 3.5),
            Ramp::Density,
        ))
        .draw()
}

fn bars() -> Svg {
    let noise = noise(20_000);
    let width = 0.2;
    let bars: Vec<_> = (-20..20)
        .map(|k| {
            let (a, b) = (width * f64::from(k), width * f64::from(k + 1));
            let count = noise.iter().filter(|&&z| z >= a && z < b).count();
            (a, b, count as f64 / (noise.len() as f64 * width))
        })
        .collect();
    let curve: Vec<_> = (-200..=200)
        .map(|k| 0.02 * f64::from(k))
        .map(|x: f64| (x, (-x * x / 2.0).exp() / (2.0 * PI).sqrt()))
        .collect();
    Plot::new(640, 360)
        .title("Samples beside their law")
        .x_label("$x$")
        .y_label("$p(x)$")
        .histogram(&bars, Style::color(0).label("20,000 samples"))
        .line(&curve, Style::color(1).label(r"$\mathcal{N}(0, 1)$"))
        .draw()
}

fn multiples() -> Svg {
    let mut grid = Grid::new(3).shared_axes().title("The logistic flow");
    for (k, r) in [0.5, 1.0, 2.0, 4.0, 8.0].into_iter().enumerate() {
        let flow = |x0: f64| -> Vec<(f64, f64)> {
            (0..=60)
                .map(|k| 0.05 * f64::from(k))
                .map(|t| (t, 1.0 / (1.0 + (1.0 / x0 - 1.0) * (-r * t).exp())))
                .collect()
        };
        let plot =
            Plot::new(240, 200).title(format!("$r = {r}$")).x_label("$t$").y_label("$x$");
        let plot = plot
            .line(&flow(0.05), Style::color(0).label("$x_0 = 0.05$"))
            .line(&flow(1.6), Style::color(1).label("$x_0 = 1.6$"));
        let plot = if k == 0 {
            plot.points(&[(1.0, 0.5)], Style::color(2).marker(Marker::Diamond))
        } else {
            plot
        };
        grid = grid.add(plot);
    }
    grid.draw()
}

/// Paths with four step lengths, each beside the exact one.
fn four() -> Svg {
    let noise = noise(512);
    let mut grid = Grid::new(2).shared_axes();
    for (k, stride) in [64, 32, 16, 8].into_iter().enumerate() {
        let path = |stride: usize| -> Vec<(f64, f64)> {
            let mut x = 1.0;
            let steps = noise.chunks(stride).enumerate().map(|(k, z)| {
                let h = stride as f64 / 512.0;
                let dw = z.iter().sum::<f64>() / 512f64.sqrt();
                x += 0.5 * x * h + 0.8 * x * dw;
                ((k + 1) as f64 * h, x)
            });
            [(0.0, 1.0)].into_iter().chain(steps).collect()
        };
        grid = grid.add(
            Plot::new(360, 250)
                .title(format!("{} steps", 512 / stride))
                .x_label("$t$")
                .y_label("$X_t$")
                .line(&path(1), Style::text().width(1.0).alpha(0.5).label("exact"))
                .line(&path(stride), Style::color((k % 2) as u8).label("Euler–Maruyama"))
                .points(&path(stride), Style::color((k % 2) as u8).size(4.0)),
        );
    }
    grid.draw()
}

/// A field and trajectories at sixteen strengths of noise.
fn sixteen() -> Svg {
    let noise = noise(16 * 400);
    let mut grid = Grid::new(4).shared_axes();
    let mut arrows = Vec::new();
    for i in -3..=3 {
        for j in -3..=3 {
            let (x, y) = (0.6 * f64::from(i), 0.6 * f64::from(j));
            arrows.push((x, y, 0.25 * (y - 0.3 * x), -0.25 * (x + 0.3 * y)));
        }
    }
    for (k, z) in noise.chunks(400).enumerate() {
        let sigma = 0.05 * k as f64;
        let (mut x, mut y) = (1.5, 0.4);
        let path: Vec<_> = z
            .chunks(2)
            .map(|z| {
                let (u, v) = (y - 0.3 * x, -x - 0.3 * y);
                (x, y) = (
                    x + 0.02 * u + 0.14 * sigma * z[0],
                    y + 0.02 * v + 0.14 * sigma * z[1],
                );
                (x, y)
            })
            .collect();
        grid = grid.add(
            Plot::new(180, 180)
                .title(format!(r"$\sigma = {sigma:.2}$"))
                .x_label("$x_1$")
                .y_label("$x_2$")
                .x_range(-2.2, 2.2)
                .y_range(-2.2, 2.2)
                .arrows(&arrows, Style::text().width(1.0).alpha(0.35))
                .line(&path, Style::color(0).width(1.4))
                .points(&path[..1], Style::color(1).marker(Marker::Ring)),
        );
    }
    grid.draw()
}

fn diverging() -> Svg {
    let values = heat(60, |x, y| x * (-(x * x + y * y) / 2.0).exp());
    Plot::new(460, 430)
        .x_label("$x_1$")
        .y_label("$x_2$")
        .equal_aspect()
        .heat(60, 60, &values, (-3.5, 3.5), (-3.5, 3.5), Ramp::Diverging)
        .text(-3.2, 3.0, r"$\nabla\cdot v$")
        .draw()
}

fn slider() -> plot::SliderHtml {
    let mut slider = Slider::new("$t$").start(5);
    for k in 0..=20 {
        let t = 0.05 * f64::from(k);
        let curve: Vec<_> = (-100..=100)
            .map(|k| 0.04 * f64::from(k))
            .map(|x| {
                let (m, s) = (2.0 * t, 1.0 - 0.7 * t);
                (x, (-(x - m) * (x - m) / (2.0 * s * s)).exp() / (s * (2.0 * PI).sqrt()))
            })
            .collect();
        let plot =
            Plot::new(640, 320).x_label("$x$").y_label("$p_t(x)$").y_range(0.0, 1.4);
        let plot = plot.line(&curve, Style::color(0)).horizontal(0.4, Style::text());
        slider = slider.frame(format!("{t:.2}"), plot.draw());
    }
    slider.html("fig-sample")
}

fn heat(n: usize, f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let at = |k: usize| -3.5 + 7.0 * (k as f64 + 0.5) / n as f64;
    (0..n * n).map(|k| f(at(k % n), at(k / n))).collect()
}

/// Normal numbers from a small generator of its own (SplitMix64, Box–Muller).
fn noise(count: usize) -> Vec<f64> {
    let mut state = 7u64;
    let mut uniform = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    };
    (0..count)
        .map(|_| (-2.0 * (1.0 - uniform()).ln()).sqrt() * (2.0 * PI * uniform()).cos())
        .collect()
}

const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" \
content=\"width=device-width\"><title>Gallery</title><style>\
:root{--c0:#0b6fb8;--c1:#c2500b;--c2:#0c8560;--c3:#a63f80;--c4:#8f6a00;--c5:#2b87b5;--c6:#6a52b3}\
.dark{--c0:#5db0ee;--c1:#f29553;--c2:#4cc79c;--c3:#e08fc2;--c4:#d9b13f;--c5:#8ccdf0;--c6:#ab98ee;\
background:#15181d;color:#d8dbe0}\
body{font-family:sans-serif;max-width:720px;margin:1em auto;padding:0 8px}\
.drawing{overflow-x:auto;margin:2em 0}text:not([fill]){fill:currentColor}.m{font-family:KaTeX_Main,serif}\
.i{font-family:KaTeX_Math,serif;font-style:italic}</style>\
<script defer src=\"slider.js\"></script><body class=\"THEME\">\n";
