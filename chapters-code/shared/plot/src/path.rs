//! Lines as SVG writes them: cut to a box, thinned, in tenths of a pixel.

use std::fmt::Write;

/// A place in tenths of a pixel, from the upper left corner.
pub(crate) type Place = (i32, i32);

/// A box in tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Bounds {
    /// Whether the place lies in the box or on its edge.
    pub(crate) fn holds(&self, (x, y): Place) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The part of the segment from `a` to `b` inside the box (Liang and Barsky).
    pub(crate) fn cut(&self, a: Place, b: Place) -> Option<(Place, Place)> {
        let (x, y) = (f64::from(a.0), f64::from(a.1));
        let (dx, dy) = (f64::from(b.0) - x, f64::from(b.1) - y);
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        let sides = [
            (-dx, x - f64::from(self.left)),
            (dx, f64::from(self.right) - x),
            (-dy, y - f64::from(self.top)),
            (dy, f64::from(self.bottom) - y),
        ];
        for (speed, room) in sides {
            if speed == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if speed < 0.0 {
                enter = enter.max(room / speed);
            } else {
                leave = leave.min(room / speed);
            }
        }
        let at = |t: f64| ((x + t * dx).round() as i32, (y + t * dy).round() as i32);
        (enter <= leave).then(|| (at(enter), at(leave)))
    }

    /// The parts of a line inside the box.
    pub(crate) fn cut_line(&self, line: &[Place]) -> Vec<Vec<Place>> {
        let mut parts: Vec<Vec<Place>> = Vec::new();
        for pair in line.windows(2) {
            let Some((a, b)) = self.cut(pair[0], pair[1]) else { continue };
            match parts.last_mut() {
                Some(part) if part.last() == Some(&a) => part.push(b),
                _ => parts.push(vec![a, b]),
            }
        }
        parts
    }

    /// The part of a polygon inside the box (Sutherland and Hodgman).
    pub(crate) fn cut_polygon(&self, polygon: &[Place]) -> Vec<Place> {
        let (left, right) = (f64::from(self.left), f64::from(self.right));
        let (top, bottom) = (f64::from(self.top), f64::from(self.bottom));
        let start = polygon.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect();
        let cut = half(start, |p| p.0 - left);
        let cut = half(cut, |p| right - p.0);
        let cut = half(cut, |p| p.1 - top);
        let cut = half(cut, |p| bottom - p.1);
        cut.into_iter().map(|(x, y)| (x.round() as i32, y.round() as i32)).collect()
    }
}

/// The part of a polygon where `room` is not negative.
fn half(polygon: Vec<(f64, f64)>, room: impl Fn((f64, f64)) -> f64) -> Vec<(f64, f64)> {
    let mut out = Vec::with_capacity(polygon.len());
    for (k, &b) in polygon.iter().enumerate() {
        let a = polygon[(k + polygon.len() - 1) % polygon.len()];
        let (at_a, at_b) = (room(a), room(b));
        if (at_a < 0.0) != (at_b < 0.0) {
            let t = at_a / (at_a - at_b);
            out.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
        }
        if at_b >= 0.0 {
            out.push(b);
        }
    }
    out
}

/// The line without the places that lie within `tolerance` of what remains (Douglas and
/// Peucker).
pub(crate) fn thinned(line: &[Place], tolerance: f64) -> Vec<Place> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    (keep[0], keep[line.len() - 1]) = (true, true);
    let mut open = vec![(0, line.len() - 1)];
    while let Some((a, b)) = open.pop() {
        let far = (a + 1..b).map(|k| (distance(line[k], line[a], line[b]), k));
        let far = far.max_by(|p, q| p.0.total_cmp(&q.0));
        if let Some((distance, k)) = far
            && distance > tolerance
        {
            keep[k] = true;
            open.extend([(a, k), (k, b)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(&place, _)| place).collect()
}

/// From `p` to the segment between `a` and `b`.
fn distance(p: Place, a: Place, b: Place) -> f64 {
    let (dx, dy) = (f64::from(b.0 - a.0), f64::from(b.1 - a.1));
    let (px, py) = (f64::from(p.0 - a.0), f64::from(p.1 - a.1));
    let square = dx * dx + dy * dy;
    let t =
        if square > 0.0 { ((px * dx + py * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (px - t * dx).hypot(py - t * dy)
}

/// A line as path data: one absolute move, then relative steps.
pub(crate) fn steps(line: &[Place]) -> String {
    let mut out = String::new();
    let mut last: Option<Place> = None;
    for &(x, y) in line {
        match last {
            None => {
                let _ = write!(out, "M{x}{}", apart(y));
            }
            Some((a, b)) if (a, b) == (x, y) => continue,
            Some((a, b)) => {
                match out.contains('l') {
                    true => out.push_str(&apart(x - a)),
                    false => drop(write!(out, "l{}", x - a)),
                }
                out.push_str(&apart(y - b));
            }
        }
        last = Some((x, y));
    }
    if line.len() > 1 && !out.contains('l') {
        out.push_str("h0");
    }
    out
}

/// A number set apart from the number before it, by a space or its sign.
pub(crate) fn apart(v: i32) -> String {
    if v < 0 { v.to_string() } else { format!(" {v}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Bounds = Bounds { left: 0, top: 0, right: 100, bottom: 100 };

    #[test]
    fn steps_lead_back_to_the_places() {
        assert_eq!(steps(&[(10, 25), (15, 25), (15, 5)]), "M10 25l5 0 0-20");
        assert_eq!(steps(&[(10, 10), (10, 10)]), "M10 10h0");
    }

    #[test]
    fn a_line_is_cut_where_it_leaves_and_returns() {
        let parts = BOX.cut_line(&[(-50, 50), (50, 50), (50, 200), (80, 200), (80, 50)]);
        assert_eq!(
            parts,
            [vec![(0, 50), (50, 50), (50, 100)], vec![(80, 100), (80, 50)]]
        );
        assert!(BOX.cut((-10, -10), (-10, 200)).is_none());
    }

    #[test]
    fn a_polygon_is_cut_to_the_box() {
        let cut = BOX.cut_polygon(&[(-50, 20), (150, 20), (150, 60), (-50, 60)]);
        let mut cut = cut;
        cut.sort();
        assert_eq!(cut, [(0, 20), (0, 60), (100, 20), (100, 60)]);
    }

    #[test]
    fn thinning_keeps_corners_and_drops_what_is_straight() {
        let line: Vec<Place> = (0..=50).map(|k| (k, 0)).chain([(50, 40)]).collect();
        assert_eq!(thinned(&line, 0.5), [(0, 0), (50, 0), (50, 40)]);
    }
}
