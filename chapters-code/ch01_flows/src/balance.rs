//! Terms that should sum to zero, and how far they are from it.

/// The sum of the terms of an equation, beside the largest of them.
///
/// A residual of 1e-10 says nothing by itself: it is small where the terms are of order
/// one and large where they are of order 1e-10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// The sum of all terms: zero if the equation holds.
    pub residual: f64,
    /// The largest absolute value of a single term.
    pub scale: f64,
}

impl Balance {
    /// The balance of these terms.
    pub fn of(terms: impl IntoIterator<Item = f64>) -> Self {
        let start = Self { residual: 0.0, scale: 0.0 };
        terms.into_iter().fold(start, |sum, term| Self {
            residual: sum.residual + term,
            scale: sum.scale.max(term.abs()),
        })
    }

    /// |residual| / scale; 0 where every term vanishes, not-a-number if a term is.
    pub fn relative(&self) -> f64 {
        if self.residual == 0.0 { 0.0 } else { self.residual.abs() / self.scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_is_relative_to_its_largest_term() {
        let balance = Balance::of([3.0, -4.0, 0.5]);
        assert_eq!(
            (balance.residual, balance.scale, balance.relative()),
            (-0.5, 4.0, 0.125)
        );
        assert_eq!(Balance::of([0.0, 0.0]).relative(), 0.0);
        assert!(Balance::of([1.0, f64::NAN]).relative().is_nan());
        assert!(Balance::of([f64::NAN]).relative().is_nan());
    }
}
