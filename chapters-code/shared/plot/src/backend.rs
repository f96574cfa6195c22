//! The plotters backend: SVG for a page, in sixths of a pixel and the page's colours.
//! Lengths are whole sixths, which takes fewer bytes than a point in each number.

use std::convert::Infallible;
use std::fmt::Write;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend,
    DrawingErrorKind, FontTransform,
};

use crate::label;
use crate::layout::TICK_FONT;
use crate::path::{Bounds, Place, apart, steps, thinned};
use crate::raster::Raster;
use crate::style::{Dash, Marker, Paint};

/// Units of the backend in one pixel.
pub(crate) const UNITS: i32 = 6;

/// How far a drawn line may stray from the data, in the same units: nobody sees it, and
/// smooth curves weigh less.
const THINNING: f64 = 1.0;

/// How a stroke looks: what plotters' styles say, and the dash they cannot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pen {
    pub(crate) paint: Paint,
    pub(crate) width: f64,
    pub(crate) alpha: f64,
    pub(crate) dash: Dash,
}

/// Where a text stands: its point, the sides it grows to, and whether it runs upwards.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) place: Place,
    pub(crate) across: HPos,
    pub(crate) along: VPos,
    pub(crate) upwards: bool,
}

/// SVG elements as text, one to a line. Neighbours that look alike become one path.
pub(crate) struct PageSvg<'a> {
    out: &'a mut String,
    size: (u32, u32),
    /// Attributes and elements under construction that look alike: paths by their data, or
    /// texts.
    alike: Option<(String, Vec<Piece>)>,
}

/// A path's data, or the place and the markup of a text.
enum Piece {
    Path(String),
    Text(String, String),
}

impl Piece {
    /// The element, with the attributes that it does not share.
    fn element(&self, attributes: &str) -> String {
        match self {
            Self::Path(data) => format!("<path{attributes} d=\"{data}\"/>"),
            Self::Text(place, label) => {
                format!("<text{place}{attributes}>{label}</text>")
            }
        }
    }
}

impl<'a> PageSvg<'a> {
    /// A drawing of `size` pixels that is written to `out`.
    pub(crate) fn new(out: &'a mut String, size: (u32, u32)) -> Self {
        Self { out, size, alike: None }
    }

    fn flush(&mut self) {
        let Some((attributes, pieces)) = self.alike.take() else { return };
        // One line, whole, so that a slider may leave out what its frames share.
        let _ = match &pieces[..] {
            [piece] => writeln!(self.out, "{}", piece.element(&attributes)),
            _ => {
                let pieces: String =
                    pieces.iter().map(|piece| piece.element("")).collect();
                match attributes.is_empty() {
                    true => writeln!(self.out, "{pieces}"),
                    false => writeln!(self.out, "<g{attributes}>{pieces}</g>"),
                }
            }
        };
    }

    /// Adds to a path. What is not opaque stays apart, so that overlaps show.
    fn push(&mut self, attributes: String, data: &str) {
        let opaque = !attributes.contains("opacity");
        if let Some((last, pieces)) = &mut self.alike
            && *last == attributes
            && let Some(Piece::Path(path)) = pieces.last_mut()
        {
            match opaque {
                true => path.push_str(data),
                false => pieces.push(Piece::Path(data.into())),
            }
        } else {
            self.flush();
            self.alike = Some((attributes, vec![Piece::Path(data.into())]));
        }
    }

    /// Adds a text.
    fn write(&mut self, attributes: String, text: Piece) {
        match &mut self.alike {
            Some((last, pieces))
                if *last == attributes && matches!(pieces[0], Piece::Text(..)) =>
            {
                pieces.push(text);
            }
            _ => {
                self.flush();
                self.alike = Some((attributes, vec![text]));
            }
        }
    }

    /// Lines of one look, cut to `bounds`.
    pub(crate) fn stroke(&mut self, lines: &[Vec<Place>], pen: Pen, bounds: &Bounds) {
        let cut = lines.iter().flat_map(|line| bounds.cut_line(line));
        let data: String = cut.map(|part| steps(&thinned(&part, THINNING))).collect();
        if !data.is_empty() {
            self.push(pen.attributes(), &data);
        }
    }

    /// A filled polygon, cut to `bounds`.
    pub(crate) fn fill(
        &mut self,
        polygon: &[Place],
        paint: Paint,
        alpha: f64,
        bounds: &Bounds,
    ) {
        let cut = thinned(&bounds.cut_polygon(polygon), THINNING);
        if cut.len() > 2 {
            self.push(filled(paint, alpha), &(steps(&cut) + "z"));
        }
    }

    /// Markers `size` pixels wide, of one look, in one path.
    pub(crate) fn markers(
        &mut self,
        places: &[Place],
        marker: Marker,
        size: f64,
        pen: Pen,
    ) {
        let r = (size * f64::from(UNITS) / 2.0).round() as i32;
        let mut data = String::new();
        for &(x, y) in places {
            let part = match marker {
                // A line of no length with a cap is a dot.
                Marker::Circle | Marker::Square => steps(&[(x, y), (x, y)]),
                Marker::Triangle => {
                    let (high, low) = (r + r / 8, r * 7 / 8);
                    steps(&[
                        (x, y - high),
                        (x + r + r / 8, y + low),
                        (x - r - r / 8, y + low),
                    ]) + "z"
                }
                Marker::Diamond => {
                    let r = r + r / 4;
                    steps(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]) + "z"
                }
                Marker::Cross => {
                    steps(&[(x - r, y - r), (x + r, y + r)])
                        + &steps(&[(x - r, y + r), (x + r, y - r)])
                }
                Marker::Ring => {
                    // All the way round but for a sixth of a pixel, which `z` closes.
                    let start = steps(&[(x, y - r)]);
                    format!("{start}a{r} {r} 0 1 0 1 0z")
                }
            };
            data.push_str(&part);
        }
        if data.is_empty() {
            return;
        }
        let wide = |cap: &str, width: f64| {
            let pen = Pen { width, dash: Dash::Solid, ..pen };
            pen.attributes() + &format!(" stroke-linecap=\"{cap}\"")
        };
        let attributes = match marker {
            Marker::Circle => wide("round", size),
            Marker::Square => wide("square", 0.9 * size),
            Marker::Triangle | Marker::Diamond => filled(pen.paint, pen.alpha),
            Marker::Cross | Marker::Ring => wide("butt", 1.6),
        };
        self.push(attributes, &data);
    }

    /// Arrows of one look, as one path: each a head from its tip round, then the shaft
    /// from the tip back.
    pub(crate) fn arrows(&mut self, arrows: &[(Place, Place)], pen: Pen) {
        let mut data = String::new();
        let mut last: Option<Place> = None;
        for &(from, to) in arrows {
            let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
            let length = dx.hypot(dy);
            if length < 0.5 * f64::from(UNITS) {
                continue;
            }
            // Its outline makes the head wider by half a pen on every side.
            let head = ((3.1 * pen.width + 1.7) * f64::from(UNITS)).min(0.55 * length);
            let (ux, uy) = (dx / length, dy / length);
            let side = |aside: f64| {
                let x = (-head * (ux + aside * uy)).round() as i32;
                let y = (-head * (uy - aside * ux)).round() as i32;
                (x, y)
            };
            let (a, b) = (side(0.34), side(-0.34));
            match last {
                None => data.push_str(&format!("M{}{}", to.0, apart(to.1))),
                Some((x, y)) => {
                    data.push_str(&format!("m{}{}", to.0 - x, apart(to.1 - y)));
                }
            }
            let _ = write!(data, "l{}{}", a.0, apart(a.1));
            data.push_str(&(apart(b.0 - a.0) + &apart(b.1 - a.1)));
            let _ = write!(data, "zl{}{}", from.0 - to.0, apart(from.1 - to.1));
            last = Some(from);
        }
        if !data.is_empty() {
            let opaque = Pen { alpha: 1.0, dash: Dash::Solid, ..pen };
            let fill = format!(" fill=\"{}\"", color(pen.paint));
            let mut attributes = fill + &opaque.attributes();
            if pen.alpha < 1.0 {
                // Of the whole: head and shaft overlap.
                let _ = write!(attributes, " opacity=\"{}\"", short(pen.alpha));
            }
            self.push(attributes, &data);
        }
    }

    /// A raster stretched over `bounds`.
    pub(crate) fn image(&mut self, raster: &Raster, bounds: &Bounds) {
        self.flush();
        let (x, y) = (bounds.left, bounds.top);
        let (width, height) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
        let _ = writeln!(
            self.out,
            "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             preserveAspectRatio=\"none\" href=\"{}\"/>",
            raster.address()
        );
    }

    /// A label, `size` pixels high.
    pub(crate) fn text(&mut self, text: &str, size: f64, paint: Paint, spot: Spot) {
        let ((mut x, mut y), size_units) = (spot.place, size * f64::from(UNITS));
        // The baseline stands below the point by a part of the letters' height.
        let drop = match spot.along {
            VPos::Top => 0.74,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        let drop = (drop * size_units).round() as i32;
        if spot.upwards {
            x += drop
        } else {
            y += drop
        }
        let anchor = match spot.across {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let mut place = format!(" x=\"{x}\" y=\"{y}\"");
        if spot.upwards {
            let _ = write!(place, " transform=\"rotate(-90 {x} {y})\"");
        }
        let label = label::markup(text, size_units);
        // The drawing says what most texts have; stylesheets paint those that say nothing.
        let size = match size == TICK_FONT {
            true => String::new(),
            false => format!(" font-size=\"{}\"", short(size_units)),
        };
        let fill = match paint {
            Paint::Text => String::new(),
            paint => format!(" fill=\"{}\"", color(paint)),
        };
        // Stylesheets look for the paint at the text itself.
        self.write(size + anchor, Piece::Text(place + &fill, label));
    }
}

impl Pen {
    fn attributes(&self) -> String {
        let units = f64::from(UNITS);
        let mut out = format!(" stroke=\"{}\"", color(self.paint));
        if self.alpha < 1.0 {
            let _ = write!(out, " stroke-opacity=\"{}\"", short(self.alpha));
        }
        let _ = write!(out, " stroke-width=\"{}\"", short(self.width * units));
        let dash = match self.dash {
            Dash::Solid => None,
            Dash::Dashed => Some([4.0, 2.2].to_vec()),
            Dash::Dotted => Some([0.9, 1.9].to_vec()),
            Dash::DashDotted => Some([5.0, 2.0, 1.0, 2.0].to_vec()),
        };
        if let Some(dash) = dash {
            let lengths = dash.iter().map(|d| short(d * self.width.max(1.2) * units));
            let lengths: Vec<_> = lengths.collect();
            let _ = write!(out, " stroke-dasharray=\"{}\"", lengths.join(" "));
        }
        out
    }
}

fn filled(paint: Paint, alpha: f64) -> String {
    match alpha < 1.0 {
        true => {
            format!(" fill=\"{}\" fill-opacity=\"{}\"", color(paint), short(alpha))
        }
        false => format!(" fill=\"{}\"", color(paint)),
    }
}

fn color(paint: Paint) -> String {
    match paint {
        Paint::Text => "currentColor".to_string(),
        Paint::Theme(k) => format!("var(--c{k})"),
    }
}

/// At most two places after the point, and nothing before it that is zero.
fn short(v: f64) -> String {
    let text = format!("{}", (v * 100.0).round() / 100.0);
    text.strip_prefix('0').filter(|rest| !rest.is_empty()).unwrap_or(&text).into()
}

// What plotters' own elements draw. Their colours are black for the text, and what
// `theme_color` makes for the theme.
type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn pen_of<S: BackendStyle>(style: &S) -> Pen {
    let color = style.color();
    let paint = match color.rgb {
        (1, 1, k @ 0..=6) => Paint::Theme(k),
        _ => Paint::Text,
    };
    let width = f64::from(style.stroke_width());
    Pen { paint, width, alpha: color.alpha, dash: Dash::Solid }
}

impl DrawingBackend for PageSvg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.size.0 * UNITS as u32, self.size.1 * UNITS as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.flush();
        Ok(())
    }

    fn draw_pixel(&mut self, place: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_circle(place, 1, &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([a, b], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let line: Vec<Place> = path.into_iter().collect();
        self.push(pen_of(style).attributes(), &steps(&line));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [a, (b.0, a.1), b, (a.0, b.1)];
        match fill {
            true => self.fill_polygon(corners, style),
            false => self.draw_path(corners.into_iter().chain([a]), style),
        }
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let (pen, corners) = (pen_of(style), corners.into_iter().collect::<Vec<_>>());
        self.push(filled(pen.paint, pen.alpha), &(steps(&corners) + "z"));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let marker = if fill { Marker::Circle } else { Marker::Ring };
        let size = 2.0 * f64::from(radius) / f64::from(UNITS);
        self.markers(&[center], marker, size, pen_of(style));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((label::width(text, style.size()).ceil() as u32, style.size().ceil() as u32))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        place: BackendCoord,
    ) -> Drawn {
        let (across, along) = (style.anchor().h_pos, style.anchor().v_pos);
        let upwards = matches!(style.transform(), FontTransform::Rotate270);
        let paint = pen_of(&style.color()).paint;
        let size = style.size() / f64::from(UNITS);
        self.text(text, size, paint, Spot { place, across, along, upwards });
        Ok(())
    }
}
