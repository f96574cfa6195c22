//! Numbers on the command line.

/// A finite number, for clap's `value_parser`.
///
/// # Errors
/// What is needed, with an example.
pub fn finite(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|x| x.is_finite());
    number.ok_or_else(|| "a finite number is needed, such as 2 or -0.5".into())
}

/// A number above 0.
///
/// # Errors
/// What is needed, with an example.
pub fn positive(text: &str) -> Result<f64, String> {
    let number = finite(text).ok().filter(|x| *x > 0.0);
    number.ok_or_else(|| "a number above 0 is needed, such as 0.5".into())
}

/// A number of at least 0.
///
/// # Errors
/// What is needed, with an example.
pub fn not_negative(text: &str) -> Result<f64, String> {
    let number = finite(text).ok().filter(|x| *x >= 0.0);
    number.ok_or_else(|| "a number of at least 0 is needed, such as 0.5".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_the_kind_are_taken() {
        assert_eq!(finite("-0.5"), Ok(-0.5));
        assert_eq!(positive("0.5"), Ok(0.5));
        assert_eq!(not_negative("0"), Ok(0.0));
        for bad in ["x", "", "NaN", "inf", "1e999"] {
            assert!(finite(bad).is_err() && not_negative(bad).is_err(), "{bad}");
        }
        assert!(positive("0").unwrap_err().contains("above 0"));
        assert!(not_negative("-1").unwrap_err().contains("at least 0"));
    }
}
