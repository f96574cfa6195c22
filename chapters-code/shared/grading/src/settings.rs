//! What the environment asks of a run: the seed and the time for a question.

use std::time::Duration;

/// Seed and limit of a grading run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The seed the checks draw their parameters with.
    pub seed: u64,
    /// Wall-clock limit for a question.
    pub limit: Duration,
}

/// Environment variable of the seed.
pub const SEED: &str = "GRADE_SEED";
/// Environment variable of the limit in seconds.
pub const SECONDS: &str = "GRADE_SECONDS";

impl Settings {
    /// Reads `GRADE_SEED` and `GRADE_SECONDS`.
    pub fn from_env() -> Result<Self, String> {
        let read = |name| {
            std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
        };
        Self::parse(read(SEED).as_deref(), read(SECONDS).as_deref())
    }

    fn parse(seed: Option<&str>, seconds: Option<&str>) -> Result<Self, String> {
        let seed = match seed {
            None => evidence::SEED,
            Some(text) => text.trim().parse().map_err(|_| {
                format!(
                    "{SEED} is \"{text}\", but a seed is a whole number from 0 to {}: \
                     set it to one, as in {SEED}=7, or unset it",
                    u64::MAX
                )
            })?,
        };
        let limit = match seconds {
            None => Duration::from_secs(10),
            Some(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|seconds: &f64| *seconds > 0.0 && *seconds <= 3600.0)
                .map(Duration::from_secs_f64)
                .ok_or_else(|| {
                    format!(
                        "{SECONDS} is \"{text}\", but the time for a question is a number of \
                         seconds above 0 and at most 3600: set it to one, or unset it for 10"
                    )
                })?,
        };
        Ok(Self { seed, limit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_variables_the_seed_is_the_books_and_the_limit_ten_seconds() {
        let settings = Settings::parse(None, None).unwrap();
        assert_eq!(
            settings,
            Settings { seed: evidence::SEED, limit: Duration::from_secs(10) }
        );
    }

    #[test]
    fn variables_are_read() {
        let settings = Settings::parse(Some("7"), Some("0.5")).unwrap();
        assert_eq!(settings, Settings { seed: 7, limit: Duration::from_millis(500) });
    }

    #[test]
    fn a_bad_value_is_named_with_its_variable() {
        for bad in ["", "seven", "-1", "1.5", "18446744073709551616"] {
            let error = Settings::parse(Some(bad), None).unwrap_err();
            assert!(
                error.contains("GRADE_SEED") && error.contains(&format!("\"{bad}\""))
            );
        }
        for bad in ["", "0", "-1", "NaN", "inf", "4000"] {
            let error = Settings::parse(None, Some(bad)).unwrap_err();
            assert!(
                error.contains("GRADE_SECONDS") && error.contains(&format!("\"{bad}\""))
            );
        }
    }
}
