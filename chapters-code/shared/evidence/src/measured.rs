//! One measurement beside its limit.

use serde::Serialize;
use std::cmp::Ordering;

/// A slip is refused clearly when it misses a limit by this factor at least.
///
/// For sampled checks: a true claim stays below 5.8 standard errors, and a slip shows
/// more than twice that.
pub const MARGIN: f64 = 2.0;

/// Something measured, a limit it must not pass, and the reason for the limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// What was measured: "largest relative error at 50 points".
    pub what: String,
    /// The measured number, not negative: an error, a distance, a count of standard
    /// errors.
    pub measured: f64,
    /// The limit.
    pub limit: f64,
    /// Why the limit is what it is: rounding, truncation order, k standard errors.
    pub because: String,
    /// How many draws the measurement rests on, if it is a sampled one.
    pub samples: Option<u64>,
    /// The seed of those draws.
    pub seed: Option<u64>,
}

impl Evidence {
    /// `measured` must be at most `limit`, `because` of this.
    pub fn at_most(
        what: impl Into<String>,
        measured: f64,
        limit: f64,
        because: impl Into<String>,
    ) -> Self {
        let (what, because) = (what.into(), because.into());
        Self { what, measured, limit, because, samples: None, seed: None }
    }

    /// Adds what a sampled measurement rests on.
    pub fn sampled(mut self, samples: u64, seed: u64) -> Self {
        self.samples = Some(samples);
        self.seed = Some(seed);
        self
    }

    /// A convergence order: the distance of the measured `slope` from `expected` must be
    /// at most `limit`.
    pub fn order(
        of: &str,
        slope: f64,
        expected: f64,
        limit: f64,
        because: impl Into<String>,
    ) -> Self {
        let what = format!("{of}: measured order {slope:.3}, distance from {expected}");
        Self::at_most(what, (slope - expected).abs(), limit, because)
    }

    /// True if the measured number is within the limit. Not-a-number never is.
    pub fn holds(&self) -> bool {
        self.measured <= self.limit
    }

    /// How many times the limit was measured: at most 1 where it holds. Not-a-number
    /// counts as nothing at all, neither held nor clearly refused.
    pub fn excess(&self) -> f64 {
        if self.limit > 0.0 {
            self.measured / self.limit
        } else if self.measured > self.limit {
            f64::INFINITY
        } else if self.measured <= self.limit {
            1.0
        } else {
            f64::NAN
        }
    }

    /// "what: 1.3e-13 ≤ 1e-12 (because)".
    pub fn line(&self) -> String {
        let sign = match self.measured.partial_cmp(&self.limit) {
            None => "where the limit is",
            Some(Ordering::Greater) => ">",
            Some(_) => "≤",
        };
        let (measured, limit) = (number(self.measured), number(self.limit));
        format!("{}: {measured} {sign} {limit} ({})", self.what, self.because)
    }
}

/// A number as the book prints it: three significant digits, no more than are needed.
///
/// 1.30e-13 is "1.3e-13", 0.05 is "0.05", 2071.3 is "2070", 12 is "12".
pub fn number(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    if !x.is_finite() {
        return if x.is_nan() {
            "not a number".into()
        } else {
            format!("{x}").replace("inf", "∞")
        };
    }
    let x = rounded(x, 3);
    if (1e-3..1e6).contains(&x.abs()) { format!("{x}") } else { format!("{x:e}") }
}

/// `x` rounded to so many significant digits.
pub fn rounded(x: f64, digits: usize) -> f64 {
    if !x.is_finite() {
        return x;
    }
    // Through decimal text, which rounds correctly at every magnitude.
    let text = format!("{x:.*e}", digits.max(1) - 1);
    text.parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_a_number_neither_holds_nor_is_clearly_refused() {
        let nan = Evidence::at_most("x", f64::NAN, 1.0, "");
        assert!(!nan.holds());
        assert!(nan.excess().is_nan());
        let exact = Evidence::at_most("x", f64::NAN, 0.0, "");
        assert!(!exact.holds() && exact.excess().is_nan());
    }

    #[test]
    fn a_limit_of_zero_means_exactly() {
        assert!(Evidence::at_most("x", 0.0, 0.0, "").holds());
        assert_eq!(Evidence::at_most("x", 0.0, 0.0, "").excess(), 1.0);
        assert_eq!(Evidence::at_most("x", 1e-300, 0.0, "").excess(), f64::INFINITY);
    }

    #[test]
    fn excess_is_measured_over_limit() {
        assert_eq!(Evidence::at_most("x", 3.0, 2.0, "").excess(), 1.5);
        assert!(Evidence::at_most("x", 2.0, 2.0, "").holds());
        assert!(!Evidence::at_most("x", 2.1, 2.0, "").holds());
    }

    #[test]
    fn an_order_is_judged_by_its_distance() {
        let order = Evidence::order("Heun", 1.97, 2.0, 0.05, "");
        assert!((order.measured - 0.03).abs() < 1e-15);
        assert!(order.what.contains("1.970"));
        assert!(!Evidence::order("Heun", 1.9, 2.0, 0.05, "").holds());
        assert!(!Evidence::order("Heun", 2.1, 2.0, 0.05, "").holds());
    }

    #[test]
    fn numbers_are_printed_short() {
        let pairs = [
            (0.0, "0"),
            (1.304e-13, "1.3e-13"),
            (0.05, "0.05"),
            (2071.3, "2070"),
            (12.0, "12"),
            (-0.98765, "-0.988"),
            (123_456_789.0, "1.23e8"),
            (f64::INFINITY, "∞"),
            (1e-3, "0.001"),
        ];
        for (x, text) in pairs {
            assert_eq!(number(x), text);
        }
        assert_eq!(number(f64::NAN), "not a number");
    }

    #[test]
    fn the_line_shows_both_numbers_and_the_verdict() {
        let evidence = Evidence::at_most("error", 0.5, 0.25, "rounding");
        assert_eq!(evidence.line(), "error: 0.5 > 0.25 (rounding)");
        let evidence = Evidence::at_most("error", 0.25, 0.25, "rounding").sampled(7, 3);
        assert_eq!(evidence.line(), "error: 0.25 ≤ 0.25 (rounding)");
        assert_eq!((evidence.samples, evidence.seed), (Some(7), Some(3)));
        let evidence = Evidence::at_most("error", f64::NAN, 0.25, "rounding");
        assert_eq!(
            evidence.line(),
            "error: not a number where the limit is 0.25 (rounding)"
        );
    }
}
