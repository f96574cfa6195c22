//! Axes: how numbers become places, and which numbers stand there.

use std::ops::Range;

use plotters::coord::ranged1d::{
    KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter,
};

/// One axis from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) log: bool,
}

/// Places are cut here, in sixths of a pixel, so that wild data cannot overflow.
const FAR: f64 = 1e7;

impl Axis {
    /// The axis round the `values`, with `margin` as a part of its length on both sides.
    pub(crate) fn round(
        values: impl Iterator<Item = f64>,
        margin: f64,
        log: bool,
    ) -> Self {
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let mut axis = Self { low, high, log };
        if low == high {
            let half = if low == 0.0 { 1.0 } else { 0.1 * low.abs() };
            axis = match log {
                true => Self { low: low / 2.0, high: high * 2.0, log },
                false => Self { low: low - half, high: high + half, log },
            };
        }
        axis.grown(1.0 + 2.0 * margin)
    }

    /// The same middle, `factor` times the length.
    pub(crate) fn grown(self, factor: f64) -> Self {
        let (a, b) = (self.scaled(self.low), self.scaled(self.high));
        let (middle, half) = ((a + b) / 2.0, (b - a) / 2.0 * factor);
        let back = |v: f64| if self.log { 10f64.powf(v) } else { v };
        Self { low: back(middle - half), high: back(middle + half), log: self.log }
    }

    /// The smallest axis that holds both.
    pub(crate) fn union(self, other: Self) -> Self {
        let (low, high) = (self.low.min(other.low), self.high.max(other.high));
        Self { low, high, log: self.log }
    }

    /// The value on the scale that is even: itself, or its decimal logarithm.
    fn scaled(self, value: f64) -> f64 {
        if self.log { value.log10() } else { value }
    }

    /// Length in units, or in decades.
    pub(crate) fn length(self) -> f64 {
        self.scaled(self.high) - self.scaled(self.low)
    }

    /// Where `value` stands, as a part of the way from low to high.
    pub(crate) fn part(self, value: f64) -> f64 {
        (self.scaled(value) - self.scaled(self.low)) / self.length()
    }

    /// At most about `most` round numbers, in order.
    pub(crate) fn ticks(self, most: usize) -> Vec<f64> {
        if !self.log {
            let (step, _) = step(self.low, self.high, most);
            return multiples(self.low, self.high, step);
        }
        let (a, b) = (self.low.log10(), self.high.log10());
        let (first, last) = ((a - 1e-9).ceil() as i32, (b + 1e-9).floor() as i32);
        if last > first {
            let stride = ((last - first) as usize).div_ceil(most.max(2)).max(1) as i32;
            let start = first.div_euclid(stride) * stride;
            let exponents = (0..).map(|k| start + k * stride).take_while(|&e| e <= last);
            return exponents.filter(|&e| e >= first).map(|e| 10f64.powi(e)).collect();
        }
        let decades = (a.floor() as i32)..=(b.ceil() as i32);
        let fine = decades.flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * 10f64.powi(e)));
        let within =
            |v: &f64| *v >= self.low * (1.0 - 1e-9) && *v <= self.high * (1.0 + 1e-9);
        let fine: Vec<f64> = fine.filter(within).collect();
        match fine.len() {
            0 | 1 => Self { log: false, ..self }.ticks(most.min(3)),
            _ => fine,
        }
    }

    /// The unnamed ticks of a logarithmic axis: 2 to 9 in each decade, or every decade of many.
    pub(crate) fn minor_ticks(self) -> Vec<f64> {
        if !self.log || self.length() < 1.0 {
            return Vec::new();
        }
        let most = if self.length() > 7.0 { 2 } else { 10 };
        let decades =
            (self.low.log10().floor() as i32)..=(self.high.log10().ceil() as i32);
        let all =
            decades.flat_map(|e| (1..most).map(move |m| f64::from(m) * 10f64.powi(e)));
        all.filter(|v| (self.low..=self.high).contains(v)).collect()
    }

    /// The numbers under the ticks, as labels.
    pub(crate) fn names(self, ticks: &[f64]) -> Vec<String> {
        let most = ticks.iter().fold(0.0f64, |m, t| m.max(t.abs()));
        if self.log {
            let decades =
                ticks.iter().all(|t| (t.log10() - t.log10().round()).abs() < 1e-9);
            let plain = ticks.iter().all(|&t| (1e-3..1e4).contains(&t));
            return ticks
                .iter()
                .map(|&t| match (decades, plain) {
                    (true, _) => format!("$10^{{{}}}$", t.log10().round() as i32),
                    (_, true) => minus(&format!("{}", (t * 1e6).round() / 1e6)),
                    _ => power(t, t.log10().floor() as i32, 1),
                })
                .collect();
        }
        let gap = ticks.windows(2).map(|w| w[1] - w[0]).fold(f64::INFINITY, f64::min);
        let gap = if gap.is_finite() { gap } else { most.max(1.0) };
        if most >= 1e5 || (most > 0.0 && most < 1e-3) {
            let exponent = (most * (1.0 + 1e-12)).log10().floor() as i32;
            let places = places(gap / 10f64.powi(exponent));
            return ticks.iter().map(|&t| power(t, exponent, places)).collect();
        }
        let places = places(gap);
        ticks.iter().map(|t| minus(&format!("{t:.places$}"))).collect()
    }
}

/// `value` as m·10ᵏ.
fn power(value: f64, exponent: i32, places: usize) -> String {
    let mantissa = value / 10f64.powi(exponent);
    if mantissa == 0.0 {
        return "0".to_string();
    }
    let mut mantissa = format!("{mantissa:.places$}");
    if mantissa.contains('.') {
        mantissa = mantissa.trim_end_matches('0').trim_end_matches('.').to_string();
    }
    format!("${mantissa}\\cdot10^{{{exponent}}}$")
}

/// A number with the sign that is as wide as a plus; never −0.
fn minus(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| "0.".contains(c)) => rest.to_string(),
        Some(rest) => format!("−{rest}"),
        None => number.to_string(),
    }
}

/// How many places after the point a multiple of `step` needs.
fn places(step: f64) -> usize {
    (0..9)
        .find(|&d| {
            let shifted = step * 10f64.powi(d);
            (shifted - shifted.round()).abs() < 1e-6 * shifted
        })
        .unwrap_or(9) as usize
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten that needs at most `most` steps.
fn step(low: f64, high: f64, most: usize) -> (f64, i32) {
    let least = (high - low) / most.max(1) as f64;
    let exponent = least.log10().floor() as i32;
    let size = 10f64.powi(exponent);
    let factor =
        [1.0, 2.0, 2.5, 5.0].into_iter().find(|f| f * size >= least * (1.0 - 1e-9));
    match factor {
        Some(factor) => (factor * size, exponent),
        None => (10.0 * size, exponent + 1),
    }
}

fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let (first, last) = ((low / step - 1e-6).ceil(), (high / step + 1e-6).floor());
    (0..)
        .map(|k| first + f64::from(k))
        .take_while(|&k| k <= last)
        .map(|k| k * step)
        .collect()
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let place = f64::from(from) + self.part(*value) * f64::from(to - from);
        place.clamp(-FAR, FAR).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        self.ticks(hint.max_num_points())
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        self.names(&[*value]).remove(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(low: f64, high: f64, log: bool) -> Axis {
        Axis { low, high, log }
    }

    fn names(axis: Axis, most: usize) -> Vec<String> {
        axis.names(&axis.ticks(most))
    }

    #[test]
    fn ticks_are_round_and_signed_alike() {
        assert_eq!(
            names(axis(0.0, 1.0, false), 5),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(names(axis(-2.1, 2.1, false), 4), ["−2", "0", "2"]);
        assert_eq!(names(axis(-0.3, 0.3, false), 3), ["−0.2", "0.0", "0.2"]);
        assert_eq!(
            names(axis(0.0, 1.0, false), 4),
            ["0.00", "0.25", "0.50", "0.75", "1.00"]
        );
    }

    #[test]
    fn long_numbers_become_powers() {
        let large = names(axis(0.0, 1e6, false), 4);
        assert_eq!(large[0], "0");
        assert_eq!(large[4], r"$1\cdot10^{6}$");
        assert_eq!(large[1], r"$0.25\cdot10^{6}$");
    }

    #[test]
    fn a_logarithmic_axis_counts_decades() {
        assert_eq!(
            names(axis(1e-4, 1.0, true), 6),
            ["$10^{-4}$", "$10^{-3}$", "$10^{-2}$", "$10^{-1}$", "$10^{0}$"]
        );
        // Twelve decades, six ticks: every second one, and those are even.
        assert_eq!(names(axis(1e-12, 1.0, true), 6)[1], "$10^{-10}$");
        // Within one decade: plain numbers.
        assert_eq!(names(axis(0.9, 6.0, true), 6), ["1", "2", "5"]);
    }

    #[test]
    fn a_decade_is_as_long_as_the_next() {
        let log = axis(1e-3, 1.0, true);
        let at = |v: f64| log.map(&v, (0, 3000));
        assert_eq!([at(1e-3), at(1e-2), at(1e-1), at(1.0)], [0, 1000, 2000, 3000]);
        assert_eq!(axis(-1.0, 3.0, false).map(&0.0, (100, 500)), 200);
    }

    #[test]
    fn far_values_do_not_overflow() {
        assert_eq!(axis(0.0, 1e-300, false).map(&1e300, (0, 1000)), FAR as i32);
    }

    #[test]
    fn one_value_alone_gets_room() {
        let one = Axis::round([5.0].into_iter(), 0.0, false);
        assert!(one.low < 5.0 && one.high > 5.0);
        let one = Axis::round([1e-3].into_iter(), 0.0, true);
        assert!(one.low < 1e-3 && one.low > 0.0 && one.high > 1e-3);
    }
}
