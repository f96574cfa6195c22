//! What was measured beside what theory says.

use evidence::{number, rounded};
use std::fmt::{self, Display, Formatter};

/// Rows of measured and expected numbers, with a title.
#[derive(Clone, Debug, Default)]
pub struct Table {
    title: String,
    rows: Vec<Row>,
    notes: Vec<String>,
}

/// A quantity of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What was measured, in words.
    pub quantity: String,
    /// The number.
    pub measured: f64,
    /// What theory says, and how far from it the measured number may be.
    pub expected: Option<(f64, f64)>,
}

impl Row {
    /// True if the measured number is within the tolerance, or nothing was expected.
    pub fn holds(&self) -> bool {
        self.expected.is_none_or(|(expected, tolerance)| {
            (self.measured - expected).abs() <= tolerance
        })
    }
}

impl Table {
    /// An empty table.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a measurement that theory says is `expected`, give or take `tolerance`.
    pub fn row(
        mut self,
        quantity: impl Into<String>,
        measured: f64,
        expected: f64,
        tolerance: f64,
    ) -> Self {
        let expected = Some((expected, tolerance));
        self.rows.push(Row { quantity: quantity.into(), measured, expected });
        self
    }

    /// Adds a measurement of which theory says nothing.
    pub fn value(mut self, quantity: impl Into<String>, measured: f64) -> Self {
        self.rows.push(Row { quantity: quantity.into(), measured, expected: None });
        self
    }

    /// Adds a sentence below the table.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// The rows so far.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The table as comma-separated values, every number to its last digit.
    pub fn csv(&self) -> String {
        let mut text = "quantity,measured,expected,tolerance,within\n".to_string();
        for row in &self.rows {
            let quantity = field(&row.quantity);
            let rest = match row.expected {
                Some((expected, tolerance)) => {
                    format!("{expected},{tolerance},{}", row.holds())
                }
                None => ",,".into(),
            };
            text += &format!("{quantity},{},{rest}\n", row.measured);
        }
        text
    }
}

/// A field of comma-separated values, quoted where it must be (RFC 4180).
fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into()
    }
}

/// `x` to three digits, or to as many as a tenth of the tolerance asks for, ten at most.
fn digits(x: f64, tolerance: f64) -> String {
    let wanted = x.abs().log10().floor() - tolerance.log10().floor() + 2.0;
    if tolerance > 0.0 && wanted > 3.0 && (1e-3..1e6).contains(&x.abs()) {
        rounded(x, wanted.min(10.0) as usize).to_string()
    } else {
        number(x)
    }
}

/// Aligned columns, the numbers to the digits that their tolerances tell apart. Where nothing
/// was expected at all there are no columns for it.
impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let theory = self.rows.iter().any(|row| row.expected.is_some());
        let head = if theory { ["expected", "tolerance"] } else { ["", ""] };
        let mut lines = vec![["", "measured", head[0], head[1], ""].map(String::from)];
        for row in &self.rows {
            let (measured, expected, tolerance, verdict) = match row.expected {
                None => (number(row.measured), String::new(), String::new(), ""),
                Some((expected, tolerance)) => {
                    let verdict =
                        if row.holds() { "✓" } else { "✗ outside the tolerance" };
                    (
                        digits(row.measured, tolerance),
                        digits(expected, tolerance),
                        format!("± {}", number(tolerance)),
                        verdict,
                    )
                }
            };
            let quantity = row.quantity.clone();
            lines.push([quantity, measured, expected, tolerance, verdict.into()]);
        }
        let width = |column: usize| {
            lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..4).map(width).collect();
        if !self.title.is_empty() {
            writeln!(f, "{}", self.title)?;
        }
        for [quantity, measured, expected, tolerance, verdict] in &lines {
            let line = format!(
                "  {quantity:<0$}  {measured:>1$}  {expected:>2$}  {tolerance:>3$}  {verdict}",
                widths[0], widths[1], widths[2], widths[3]
            );
            writeln!(f, "{}", line.trim_end())?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table::new("Orders")
            .row("Heun, slope", 1.9991, 2.0, 0.05)
            .row("Euler", 1.2, 1.0, 0.05)
            .value("steps", 100.0)
            .note("Slopes of log error over log h.")
    }

    #[test]
    fn columns_are_aligned_and_verdicts_shown() {
        let wanted = "\
Orders
               measured  expected  tolerance
  Heun, slope     1.999         2     ± 0.05  ✓
  Euler             1.2         1     ± 0.05  ✗ outside the tolerance
  steps             100
Slopes of log error over log h.
";
        assert_eq!(table().to_string(), wanted);
    }

    #[test]
    fn a_table_of_measurements_alone_has_no_empty_columns() {
        let wanted = "        measured\n  loss       0.5\n";
        assert_eq!(Table::new("").value("loss", 0.5).to_string(), wanted);
    }

    #[test]
    fn a_small_tolerance_brings_out_more_digits() {
        assert_eq!(digits(0.785_398_148, 1.1e-7), "0.78539815");
        assert_eq!(digits(2.003_21, 0.0205), "2.003");
        assert_eq!(digits(87.64, 11.6), "87.6");
        assert_eq!(digits(7.57e-13, 1e-9), "7.57e-13");
        assert_eq!(digits(533.0, 0.0), "533");
        assert_eq!(digits(f64::NAN, 0.1), "not a number");
    }

    #[test]
    fn csv_keeps_every_digit_and_quotes_commas() {
        let wanted = "\
quantity,measured,expected,tolerance,within
\"Heun, slope\",1.9991,2,0.05,true
Euler,1.2,1,0.05,false
steps,100,,,
";
        assert_eq!(table().csv(), wanted);
    }

    #[test]
    fn not_a_number_is_never_within() {
        assert!(!Table::new("").row("x", f64::NAN, 0.0, 1.0).rows()[0].holds());
    }
}
