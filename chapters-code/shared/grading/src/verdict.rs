//! What the grader says of an answer.

use crate::caught::caught;
use crate::{Exercise, Known};
use evidence::Evidence;
use serde::{Deserialize, Serialize};

/// The outcome of one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// Every measurement is within its limit.
    Passed,
    /// Some measurement is not.
    Wrong {
        /// One line for each measurement that missed its limit.
        missed: Vec<String>,
        /// The known mistake that gives the same measurements, if there is one.
        looks_like: Option<Likeness>,
    },
    /// The stub still stands: its `todo!()` was reached.
    Unfinished,
    /// The answer panicked.
    Panicked {
        /// What the panic said.
        message: String,
        /// File and line, or "".
        place: String,
    },
    /// The answer took more than the limit.
    TooSlow {
        /// The limit in seconds.
        seconds: f64,
    },
    /// The answer ended the whole program: an abort, a stack overflow, an exit.
    Ended {
        /// How.
        how: String,
    },
}

/// The known mistake an answer agrees with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// Its name.
    pub name: String,
    /// The sentence to the student.
    pub says: String,
}

/// Checks a piece of work with one seed, on this thread.
///
/// An answer looks like a known slip if it misses the same limits with the same numbers,
/// under this seed and the next.
pub fn judge<W>(exercise: &Exercise<W>, work: &W, seed: u64) -> Verdict {
    match verdict_alone(exercise, work, seed) {
        Verdict::Wrong { missed, .. } => {
            let looks_like = likeness(exercise, work, seed);
            Verdict::Wrong { missed, looks_like }
        }
        verdict => verdict,
    }
}

/// The verdict, without asking which slip a wrong answer looks like.
pub(crate) fn verdict_alone<W>(exercise: &Exercise<W>, work: &W, seed: u64) -> Verdict {
    let evidence = match caught(|| (exercise.check)(work, seed)) {
        Ok(evidence) => evidence,
        Err(panic) if is_unfinished(&panic.message) => return Verdict::Unfinished,
        Err(panic) => {
            return Verdict::Panicked { message: panic.message, place: panic.place };
        }
    };
    let missed: Vec<_> =
        evidence.iter().filter(|e| !e.holds()).map(Evidence::line).collect();
    if evidence.is_empty() {
        let missed = vec!["the check measured nothing".to_string()];
        Verdict::Wrong { missed, looks_like: None }
    } else if missed.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Wrong { missed, looks_like: None }
    }
}

/// The first known slip whose measurements are those of `work`.
pub(crate) fn likeness<W>(
    exercise: &Exercise<W>,
    work: &W,
    seed: u64,
) -> Option<Likeness> {
    let measure = |work: &W, seed: u64| caught(|| (exercise.check)(work, seed)).ok();
    let seeds = [seed, seed.wrapping_add(1)];
    let answers = [measure(work, seeds[0])?, measure(work, seeds[1])?];
    let same = |slip: &&Known<W>| {
        seeds.iter().zip(&answers).all(|(&seed, answer)| {
            measure(&slip.work, seed).is_some_and(|slip| agree(answer, &slip))
        })
    };
    let slip = exercise.slips.iter().find(same)?;
    Some(Likeness { name: slip.name.into(), says: slip.says.into() })
}

/// True if both miss a limit, and the same limits, by the same numbers.
///
/// What is within its limit counts as equal: there the numbers are rounding. Elsewhere
/// they may differ by 10⁻⁹ of their size, the work of another order of additions. Where
/// a right answer may err by more, by a student's own quadrature for instance, they may
/// differ by the limit, but by 10⁻⁶ of their size at most: the limits of sampled numbers
/// are wide. Not-a-number is like nothing.
fn agree(answer: &[Evidence], slip: &[Evidence]) -> bool {
    let alike = |(a, b): (&Evidence, &Evidence)| {
        let size = a.measured.abs().max(b.measured.abs());
        let allowed = a.limit.min(1e-6 * size).max(1e-9 * size);
        let close = (a.measured - b.measured).abs() <= allowed;
        (a.holds() && b.holds())
            || (!a.holds() && !b.holds() && (a.measured == b.measured || close))
    };
    answer.len() == slip.len()
        && answer.iter().any(|e| !e.holds())
        && answer.iter().zip(slip).all(alike)
}

/// True for the messages of `todo!()` and `unimplemented!()`.
fn is_unfinished(message: &str) -> bool {
    message.starts_with("not yet implemented") || message.starts_with("not implemented")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Work: a function that should triple its argument.
    struct Work {
        triple: fn(f64) -> f64,
    }

    fn check(work: &Work, seed: u64) -> Vec<Evidence> {
        let x = 1.0 + seed as f64;
        vec![
            Evidence::at_most("at zero", (work.triple)(0.0).abs(), 1e-12, "rounding"),
            Evidence::at_most(
                "at x",
                ((work.triple)(x) - 3.0 * x).abs(),
                1e-12,
                "rounding",
            ),
        ]
    }

    static EXERCISE: Exercise<Work> = Exercise {
        id: "triple",
        number: "0.1",
        title: "",
        points: 1,
        minutes: 1,
        task: "",
        hint: "",
        formula: "",
        check,
        slips: &[
            Known {
                name: "doubled",
                says: "doubled",
                work: Work { triple: |x| 2.0 * x },
            },
            Known { name: "cubed", says: "cubed", work: Work { triple: |x| x * x * x } },
            Known { name: "not a number", says: "", work: Work { triple: |_| f64::NAN } },
        ],
    };

    fn judged(triple: fn(f64) -> f64) -> Verdict {
        judge(&EXERCISE, &Work { triple }, 4)
    }

    fn looks_like(triple: fn(f64) -> f64) -> Option<String> {
        match judged(triple) {
            Verdict::Wrong { looks_like, .. } => looks_like.map(|slip| slip.name),
            verdict => panic!("{verdict:?} for a wrong answer"),
        }
    }

    #[test]
    fn a_right_answer_passes() {
        assert_eq!(judged(|x| x + x + x), Verdict::Passed);
    }

    #[test]
    fn a_wrong_answer_is_told_which_slip_it_is() {
        assert_eq!(looks_like(|x| x + x).as_deref(), Some("doubled"));
        assert_eq!(looks_like(|x| x.powi(3)).as_deref(), Some("cubed"));
        assert_eq!(
            looks_like(|x| 5.0 * x),
            None,
            "as far off as 2x is at 4x, but not at x"
        );
        assert_eq!(looks_like(|x| 2.0 * x + 1e-6), None);
    }

    #[test]
    fn a_slip_is_known_through_the_error_that_a_right_answer_may_have() {
        let at = |measured: f64| [Evidence::at_most("", measured, 1e-6, "six digits")];
        let sampled = |measured: f64| [Evidence::at_most("", measured, 5.8, "errors")];
        assert!(agree(&at(0.5 + 1e-7), &at(0.5)));
        assert!(!agree(&sampled(70.0), &sampled(71.0)));
        assert!(!agree(&at(0.5 + 1e-5), &at(0.5)));
        assert!(!agree(&at(9e-7), &at(11e-7)), "the one is right and the other wrong");
        assert!(!agree(&at(f64::NAN), &at(0.5)));
    }

    #[test]
    fn an_answer_that_agrees_under_one_seed_only_is_not_called_a_slip() {
        // 2x at x = 5 and 7x at x = 6.
        assert_eq!(looks_like(|x| if x < 5.5 { 2.0 * x } else { 7.0 * x }), None);
    }

    #[test]
    fn not_a_number_is_wrong_and_looks_like_nothing() {
        assert_eq!(looks_like(|_| f64::NAN), None);
    }

    #[test]
    fn a_stub_is_unfinished_and_a_panic_is_a_panic() {
        assert_eq!(judged(|_| todo!()), Verdict::Unfinished);
        assert_eq!(judged(|_| todo!("exercise 0.1")), Verdict::Unfinished);
        assert_eq!(judged(|_| unimplemented!()), Verdict::Unfinished);
        let Verdict::Panicked { message, place } = judged(|_| panic!("oh")) else {
            panic!("a panic is not noticed")
        };
        assert_eq!(message, "oh");
        assert!(place.contains("verdict.rs:"));
    }
}
