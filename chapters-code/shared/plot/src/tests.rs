//! Whole drawings: places, bytes, weight, messages.

use std::f64::consts::TAU;

use crate::{Drawing, Grid, Picture, Plot, Ramp, Slider, Style, Svg};

/// The numbers of every path that carries `mark`, as absolute places in pixels.
fn places(svg: &Svg, mark: &str) -> Vec<(f64, f64)> {
    let line = svg.elements.lines().find(|line| line.contains(mark));
    let line = line.unwrap_or_else(|| panic!("no element with {mark}"));
    let data = line.split(" d=\"").nth(1).and_then(|d| d.split('"').next()).unwrap();
    let mut out: Vec<(f64, f64)> = Vec::new();
    for part in data.split('M').skip(1) {
        let (start, steps) = part.split_once(['l', 'h', 'a']).unwrap_or((part, ""));
        let start = numbers(start);
        let (mut x, mut y) = (start[0], start[1]);
        out.push((x / 6.0, y / 6.0));
        for step in numbers(steps).chunks_exact(2) {
            (x, y) = (x + step[0], y + step[1]);
            out.push((x / 6.0, y / 6.0));
        }
    }
    out
}

/// Numbers as paths write them: apart by spaces or by the next sign.
fn numbers(text: &str) -> Vec<f64> {
    let text = text.replace('-', " -").replace(['z', 'l'], " ");
    text.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

/// Left, top, right and bottom of the axes: upper end, corner, right end.
fn axes(svg: &Svg) -> [f64; 4] {
    let line = places(svg, "stroke-opacity=\".6\"");
    [line[0].0, line[0].1, line[2].0, line[1].1]
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 0.18 && (a.1 - b.1).abs() < 0.18
}

#[test]
fn a_known_point_lands_on_its_pixel() {
    let svg = Plot::new(400, 300)
        .x_range(0.0, 10.0)
        .y_range(-1.0, 1.0)
        .points(&[(2.5, 0.5), (10.0, -1.0)], Style::color(3))
        .draw();
    let [left, top, right, bottom] = axes(&svg);
    let points = places(&svg, "var(--c3)");
    let quarter = left + 0.25 * (right - left);
    assert!(near(points[0], (quarter, top + 0.25 * (bottom - top))), "{points:?}");
    // Each dot is a step of no length: the second point comes after it.
    assert!(points.iter().any(|&p| near(p, (right, bottom))), "{points:?}");
}

#[test]
fn a_power_law_is_straight_on_two_logarithmic_axes() {
    let law: Vec<_> = (0..40).map(|k| 0.5f64.powi(k)).map(|h| (h, h * h)).collect();
    let svg = Plot::new(500, 400).log_x().log_y().line(&law, Style::color(1)).draw();
    let line = places(&svg, "var(--c1)");
    assert_eq!(line.len(), 2, "what is straight needs two places: {line:?}");
    assert!(svg.elements.contains("10<tspan"), "numbers are powers of ten");
}

#[test]
fn a_circle_is_round_on_equal_axes() {
    let circle: Vec<_> = (0..=360)
        .map(|k| f64::from(k).to_radians())
        .map(|a| (3.0 + a.cos(), a.sin()))
        .collect();
    let wide = Plot::new(700, 300).equal_aspect().line(&circle, Style::color(0));
    let given = wide.clone().x_range(1.0, 9.0).y_range(-2.0, 2.0);
    for svg in [wide.draw(), given.draw()] {
        let line = places(&svg, "var(--c0)");
        let span = |of: fn(&(f64, f64)) -> f64| {
            let (low, high) = line
                .iter()
                .map(of)
                .fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)));
            high - low
        };
        let (across, along) = (span(|p| p.0), span(|p| p.1));
        assert!(across > 50.0 && (across - along).abs() < 0.5, "{across} by {along}");
    }
}

#[test]
fn what_lies_beyond_a_given_range_is_cut_at_the_edge() {
    let svg = Plot::new(400, 300)
        .x_range(0.0, 1.0)
        .y_range(0.0, 1.0)
        .line(&[(-1.0, -1.0), (2.0, 2.0)], Style::color(0))
        .points(&[(5.0, 5.0), (0.5, 0.5)], Style::color(1))
        .draw();
    let [left, top, right, bottom] = axes(&svg);
    let line = places(&svg, "var(--c0)");
    assert!(near(line[0], (left, bottom)) && near(line[1], (right, top)), "{line:?}");
    let points = places(&svg, "var(--c1)");
    let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
    assert!(points.iter().all(|&p| near(p, middle) || near(p, (0.0, 0.0))), "{points:?}");
}

/// Series of every kind.
fn mixed() -> Plot {
    let wave: Vec<_> =
        (0..50).map(|k| 0.1 * f64::from(k)).map(|t| (t, t.sin())).collect();
    let band: Vec<_> = wave.iter().map(|&(t, v)| (t, v - 0.1, v + 0.1)).collect();
    Plot::new(500, 300)
        .title("a < b & \"c\"")
        .x_label("$t$")
        .y_label("$x_t$")
        .line(&wave, Style::color(0).label("one"))
        .line(&wave, Style::color(1).label("two"))
        .points(&wave, Style::color(2).label("three"))
        .points(&wave, Style::color(3).label("four"))
        .band(&band, Style::color(4))
        .cloud(&wave, Style::color(5))
        .arrows(&[(1.0, 0.0, 0.5, 0.2)], Style::color(6))
        .histogram(&[(0.0, 1.0, 0.5), (1.0, 2.0, 0.2)], Style::color(0))
        .heat(2, 2, &[0.0, 1.0, 2.0, 3.0], (0.0, 2.0), (0.0, 1.0), Ramp::Density)
        .text(1.0, 0.5, r"$\theta$")
        .horizontal(0.0, Style::text())
        .vertical(1.0, Style::text())
}

#[test]
fn the_same_plot_gives_the_same_bytes_without_gaps_or_strays() {
    let (one, two) = (mixed().draw().described("alt"), mixed().draw().described("alt"));
    assert_eq!(one, two);
    for stray in ["NaN", "inf", "\n\n", "{", " id=", "#"] {
        assert!(!one.contains(stray), "{stray:?} stands in the drawing");
    }
    let powers = |pair: &[u8]| pair[0].is_ascii_digit() && pair[1] == b'e';
    let image = one.lines().filter(|line| !line.starts_with("<image"));
    assert!(
        !image.collect::<String>().as_bytes().windows(2).any(powers),
        "2e-9 is no length"
    );
    assert!(one.contains("a &lt; b &amp; &quot;c&quot;"));
    assert_eq!(one.matches("<text").count(), one.matches("</text>").count());
}

#[test]
fn labelled_colors_differ_in_dash_and_marker() {
    let svg = mixed().draw();
    let line = |color: &str| {
        let mut lines = svg.elements.lines();
        let start = format!("<path stroke=\"var(--{color})\"");
        lines.find(|line| line.starts_with(&start)).unwrap().to_string()
    };
    assert!(!line("c0").contains("dasharray") && line("c1").contains("dasharray"));
    assert!(
        line("c2").contains("linecap=\"round\"")
            && line("c3").contains("linecap=\"square\"")
    );
}

#[test]
fn a_hundred_thousand_points_weigh_little() {
    // A golden-ratio lattice, bent into a ring.
    let cloud: Vec<_> = (0..100_000)
        .map(f64::from)
        .map(|k| ((k * 0.618_033_988_749_894_9).fract(), k / 1e5))
        .map(|(u, v)| ((1.0 + v) * (TAU * u).cos(), (1.0 + v) * (TAU * u).sin()))
        .collect();
    let svg = Plot::new(640, 640).equal_aspect().cloud(&cloud, Style::color(0)).draw();
    let bytes = svg.described("a ring").len();
    assert!(bytes < 120_000, "{bytes} bytes");
}

#[test]
fn many_long_paths_weigh_little() {
    let mut plot = Plot::new(640, 400);
    for path in 0..100 {
        let phase = f64::from(path);
        let wave = |k: i32| (0.01 * f64::from(k), (0.05 * f64::from(k) + phase).sin());
        plot = plot
            .line(&(0..500).map(wave).collect::<Vec<_>>(), Style::color(0).alpha(0.5));
    }
    let bytes = plot.draw().elements.len();
    assert!(bytes < 200_000, "{bytes} bytes");
}

#[test]
fn a_picture_describes_itself() {
    let svg = mixed().draw();
    let picture = Picture::new(svg, "Caption", "errors < 1 & \"small\"\n\nin all");
    assert!(picture.body.starts_with("<svg ") && picture.body.ends_with("</svg>"));
    assert!(picture.body.contains("role=\"img\""));
    let alt = "aria-label=\"errors &lt; 1 &amp; &quot;small&quot; in all\"";
    assert!(picture.body.contains(alt), "escaped, and on one line");
}

#[test]
fn shared_axes_are_one_range_and_are_numbered_once() {
    let plot = |high: f64| {
        Plot::new(300, 250)
            .x_label("$t$")
            .line(&[(0.0, 0.0), (1.0, high)], Style::color(0))
    };
    let alone = Grid::new(2).add(plot(1.0)).add(plot(4.0)).draw();
    let shared = Grid::new(2).shared_axes().add(plot(1.0)).add(plot(4.0)).draw();
    let texts = |svg: &Svg| svg.elements.matches("<text").count();
    assert!(texts(&shared) < texts(&alone));
    let heights: Vec<f64> = shared
        .elements
        .lines()
        .filter(|line| line.contains("var(--c0)"))
        .map(|line| {
            let data = line.split(" d=\"M").nth(1).unwrap().split('"').next().unwrap();
            numbers(data.split_once('l').unwrap().1)[1]
        })
        .collect();
    assert!((heights[1] / heights[0] - 4.0).abs() < 0.02, "{heights:?}");
}

#[test]
fn a_slider_holds_its_frames_and_the_axes_once() {
    let frame = |t: f64| {
        let line = Style::color(0);
        Plot::new(400, 300)
            .y_range(0.0, 2.0)
            .line(&[(0.0, t), (1.0, 2.0 * t)], line)
            .draw()
    };
    let mut slider = Slider::new("$t$").start(1);
    for k in 0..5 {
        slider = slider.frame(format!("{k}"), frame(0.2 * f64::from(k)));
    }
    let html = slider.html("fig-slider").described("a line that rises");
    assert!(!html.contains("\n\n") && html.contains("data-figure=\"fig-slider\""));
    let json = html.split("application/json\">").nth(1).unwrap();
    let json = json.split("</script>").next().unwrap();
    assert!(!json.contains('<'));
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    let frames = data["frames"].as_array().unwrap();
    assert_eq!((frames.len(), data["values"].as_array().unwrap().len()), (5, 5));
    for frame in frames {
        let [frame] = &frame.as_array().unwrap()[..] else { panic!("one group moves") };
        let frame = frame.as_str().unwrap();
        assert!(frame.contains("var(--c0)") && !frame.contains("<text"), "{frame}");
    }
    let shown = html.split("<g class=\"frame\">\n").nth(1).unwrap();
    assert!(shown.starts_with(frames[1][0].as_str().unwrap()), "frame 1 is shown first");
    assert!(
        html.contains("max=\"4\"")
            && html.contains("<output")
            && html.contains(">1</output>")
    );
}

#[test]
fn what_stands_still_between_moving_parts_is_written_once() {
    let frame = |t: f64| {
        let line = [(0.0, t), (1.0, 1.0)];
        let plot = |color| {
            Plot::new(300, 200).y_range(0.0, 2.0).line(&line, Style::color(color))
        };
        Grid::new(2).add(plot(0)).add(plot(1)).draw()
    };
    let mut slider = Slider::new("$t$");
    for k in 0..4 {
        slider = slider.frame(format!("{k}"), frame(0.3 * f64::from(k)));
    }
    let html = slider.html("fig-two").described("two lines");
    // The axes of the second plot stand between the two lines that move.
    assert_eq!(html.matches("<g class=\"frame\">").count(), 2, "{html}");
    let json = html.split("application/json\">").nth(1).unwrap();
    let data: serde_json::Value =
        serde_json::from_str(json.split("</script>").next().unwrap()).unwrap();
    for frame in data["frames"].as_array().unwrap() {
        let parts: Vec<_> =
            frame.as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        assert!(
            parts.len() == 2 && parts[0].contains("--c0") && parts[1].contains("--c1")
        );
        assert!(!parts[1].contains("<text"), "{parts:?}");
    }
    let texts = frame(0.0).elements.matches("<text").count();
    assert_eq!(html.matches("<text").count(), texts, "numbers stand once for each axis");
}

#[test]
#[should_panic(expected = "plot “error”: line “Heun”, datum 1: y = NaN is not finite")]
fn a_number_that_is_none_is_named() {
    let line = [(0.0, 1.0), (1.0, f64::NAN)];
    Plot::new(300, 200)
        .y_label("error")
        .line(&line, Style::color(0).label("Heun"))
        .draw();
}

#[test]
#[should_panic(expected = "plot “error”: cloud has no data")]
fn a_series_without_data_is_named() {
    Plot::new(300, 200).title("error").cloud(&[], Style::color(0)).draw();
}

#[test]
#[should_panic(expected = "y = 0 cannot stand on a logarithmic axis")]
fn zero_cannot_stand_on_a_logarithmic_axis() {
    let line = [(0.0, 1.0), (1.0, 0.0)];
    Plot::new(300, 200).log_y().y_range(0.1, 1.0).line(&line, Style::color(0)).draw();
}

#[test]
#[should_panic(expected = "nothing was added to the plot")]
fn an_empty_plot_is_refused() {
    Plot::new(300, 200).x_range(0.0, 1.0).y_range(0.0, 1.0).draw();
}
