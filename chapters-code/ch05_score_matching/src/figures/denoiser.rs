//! The best guess of a clean datum, arrows to a mean, and targets when the noise is small.

use crate::denoiser::{Target, datum, denoise};
use crate::problem::heaps;
use crate::windows::window_score;
use dynamics::{Increment, Point, Stream};
use evidence::SEED;
use num_dual::Dual64;
use plot::{Grid, Legend, Marker, Picture, Plot, Slider, Style, Svg};

const SIGMAS: [f64; 8] = [0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5];

/// The mean of the clean datum behind a noisy one, and its spread, moved by the reader.
pub(super) fn behind() -> Picture {
    let mut slider = Slider::new("$\\sigma$").start(3);
    for sigma in SIGMAS {
        slider = slider.frame(format!("{sigma}"), behind_at(sigma));
    }
    let caption = "The clean datum behind a noisy $y=x+\\sigma\\varepsilon$, for data of the two heaps: its mean (line) and one standard deviation to each side (band), both from the score of the law of $y$. The dotted line is \
        $y$ itself. Move $\\sigma$: little noise is hardly corrected; with more the answer moves towards the nearer heap, and is unsure between them; with much it goes to the mean of all data.";
    let alt = "A line with a band about it, against the noisy value. For small sigma it follows the dotted diagonal closely. At sigma one half it rises gently on both sides, and steeply \
        between minus one half and one half, where the band is wide. At sigma 2.5 it is a gently sloping line near 0 with a band of almost even width.";
    Picture::new(slider.html("fig-sm-behind"), caption, alt)
}

fn behind_at(sigma: f64) -> Svg {
    let law = heaps();
    let found = (0..=100).map(|i| {
        let y = -3.5 + 0.07 * f64::from(i);
        let score = |x: &_| law.score(Dual64::from(sigma), x);
        let (mean, spread) = datum(score, (1.0, sigma), &Point::<1>::new(y));
        (y, mean.x, spread[(0, 0)].sqrt())
    });
    let found: Vec<_> = found.collect();
    let band: Vec<_> = found.iter().map(|&(y, m, s)| (y, m - s, m + s)).collect();
    let line: Vec<_> = found.iter().map(|&(y, m, _)| (y, m)).collect();
    Plot::new(560, 340)
        .x_label("noisy $y$")
        .y_label("clean $x$")
        .x_range(-3.5, 3.5)
        .y_range(-3.0, 2.6)
        .band(&band, Style::color(0).alpha(0.25))
        .line(&[(-3.0, -3.0), (2.6, 2.6)], Style::text().dotted())
        .line(&line, Style::color(0).width(2.2).solid())
        .draw()
}

const DATA: [[f64; 2]; 3] = [[-1.0, -0.7], [1.2, -0.4], [-0.1, 1.1]];

/// What a denoiser is asked for, and what it learns.
pub(super) fn arrows() -> Picture {
    let sigma = 0.75;
    let data = DATA.map(|x| Point::<2>::from_row_slice(&x));
    let mut draws = Stream::new(SEED, "noise on three data").generator();
    let noisy: Vec<_> = (0..48)
        .map(|k| (k % 3, data[k % 3] + Point::<2>::draw(sigma, &mut draws)))
        .collect();
    let panel = |title: &str, end: &dyn Fn(usize, &Point<2>) -> Point<2>| {
        let mut plot = Plot::new(340, 350)
            .title(title)
            .x_label("$y_1$")
            .y_label("$y_2$")
            .x_range(-2.7, 3.7)
            .y_range(-3.3, 3.1)
            .equal_aspect();
        for (k, y) in &noisy {
            let end = end(*k, y);
            let line = [(y.x, y.y), (end.x, end.y)];
            plot = plot.line(&line, Style::color(*k as u8).width(1.0).alpha(0.6).solid());
        }
        for (k, datum) in data.iter().enumerate() {
            let of: Vec<_> =
                noisy.iter().filter(|n| n.0 == k).map(|n| (n.1.x, n.1.y)).collect();
            plot = plot
                .points(&of, Style::color(k as u8).size(4.0).marker(Marker::Circle))
                .points(
                    &[(datum.x, datum.y)],
                    Style::color(k as u8).size(11.0).marker(Marker::Diamond),
                );
        }
        plot
    };
    let left = panel("asked for", &|k, _| data[k]);
    let right =
        panel("learned", &|_, y| denoise(|y| window_score(&data, sigma, y), sigma, y));
    let caption = format!(
        "Three data (diamonds) and places to which noise with $\\sigma={sigma}$ has taken them. Left: each is asked to go back to its own datum. Right: the best answer that depends on the place alone, $y+\\sigma^2\\nabla\\log q_\\sigma(y)$, ends \
         inside the triangle of the data. Two of the arrows lead away from the datum where the place came from."
    );
    let alt = "Two panels with the same dots in three colours about three diamonds. Left, a line joins each dot with the diamond of its own colour. \
        Right, the lines are shorter: each runs from its dot to a place in the triangle of the diamonds, mostly near the closest diamond, whatever its colour.";
    Picture::new(Grid::new(2).add(left).add(right).draw(), caption, alt)
}

/// Targets of denoising with much and with little noise, and the score between them.
pub(super) fn targets() -> Picture {
    let law = heaps();
    let panel = |sigma: f64| {
        let mut draws = Stream::new(SEED, "targets").generator();
        let cloud: Vec<_> = (0..200)
            .map(|_| {
                let (x, noise) =
                    (law.sample(&mut draws), Point::<1>::draw(1.0, &mut draws));
                let y = x + noise * sigma;
                (y.x, Target::Score.of(sigma, &noise).x)
            })
            .collect();
        let line: Vec<_> = (0..=90)
            .map(|i| {
                let y = -3.0 + f64::from(i) / 15.0;
                (y, law.score(sigma, &Point::<1>::new(y)).x)
            })
            .collect();
        Plot::new(340, 330)
            .title(format!("$\\sigma={sigma}$"))
            .x_label("noisy $y$")
            .x_range(-3.0, 3.0)
            .y_range(-32.0, 32.0)
            .legend(Legend::Above)
            .cloud(
                &cloud,
                Style::color(1)
                    .size(3.5)
                    .alpha(0.7)
                    .label("target $-\\varepsilon/\\sigma$"),
            )
            .line(&line, Style::color(0).width(2.2).solid().label("score"))
    };
    let caption = "Two hundred targets each, on one scale. The score is the mean of the targets at a place. With little noise it has to be found among numbers several times its size.";
    let alt = "Two panels. Left, for sigma 0.5, orange dots lie in a narrow band about a blue wavy curve. Right, for sigma 0.1, the dots are strewn from below minus 25 to above 25 \
        over both heaps, with no pattern to be seen, and the blue curve waves gently in their middle.";
    Picture::new(Grid::new(2).add(panel(0.5)).add(panel(0.1)).draw(), caption, alt)
}
