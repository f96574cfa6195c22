//! The words the student reads.

use crate::child::Answer;
use crate::{Exercise, Verdict};
use std::fmt::Write;

/// How many lines of what an answer printed are shown.
const LINES: usize = 20;

impl Verdict {
    /// One word or two: "passed", "wrong", "unfinished", "panicked", "too slow".
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Wrong { .. } => "wrong",
            Self::Unfinished => "unfinished",
            Self::Panicked { .. } => "panicked",
            Self::TooSlow { .. } => "too slow",
            Self::Ended { .. } => "ended the program",
        }
    }

    /// The word, and in wrong answers the mistake it looks like.
    fn short(&self) -> String {
        match self {
            Self::Wrong { looks_like: Some(like), .. } => {
                format!("wrong: looks like \"{}\"", like.name)
            }
            _ => self.word().into(),
        }
    }
}

/// All that is said of an answer that did not pass.
pub fn details<W>(exercise: &Exercise<W>, answer: &Answer) -> String {
    let number = exercise.number;
    let mut text = match &answer.verdict {
        Verdict::Passed => format!("Exercise {number} passed."),
        Verdict::Unfinished => format!(
            "Exercise {number} is unfinished: its `todo!()` is still there. Replace it with \
             your answer in src/assignment.rs."
        ),
        Verdict::Wrong { missed, looks_like } => {
            let mut text = match looks_like {
                Some(like) => format!("Exercise {number} is wrong: {}.", like.says),
                None => format!("Exercise {number} is wrong."),
            };
            for line in missed {
                let _ = write!(text, "\n    {line}");
            }
            if looks_like.is_none() {
                let formula = exercise.formula;
                let _ = write!(
                    text,
                    "\nThe formula it practises is on the chapter's page, at #{formula}."
                );
            }
            text
        }
        Verdict::Panicked { message, place } if place.is_empty() => {
            format!("Exercise {number} panicked: {message}")
        }
        Verdict::Panicked { message, place } => {
            format!("Exercise {number} panicked at {place}: {message}")
        }
        Verdict::TooSlow { seconds } => format!(
            "Exercise {number} is too slow: it was stopped after {seconds} s. Does a loop \
             never end?"
        ),
        Verdict::Ended { how } => format!("Exercise {number} {how}"),
    };
    let lines: Vec<_> = answer.printed.lines().collect();
    if !lines.is_empty() {
        let skipped = lines.len().saturating_sub(LINES);
        text += "\nYour answer printed:";
        if skipped > 0 {
            let _ = write!(text, "\n    … {skipped} lines before these");
        }
        for line in &lines[skipped..] {
            let _ = write!(text, "\n    {line}");
        }
    }
    text
}

/// The table of points and the summary line, for the questions that were asked.
pub fn summary<W>(
    name: &str,
    exercises: &[Exercise<W>],
    verdicts: &[(&'static str, Verdict)],
    seed: u64,
) -> String {
    let asked: Vec<_> = exercises
        .iter()
        .filter_map(|exercise| {
            let (_, verdict) = verdicts.iter().find(|(id, _)| *id == exercise.id)?;
            Some((exercise, verdict))
        })
        .collect();
    let width = asked.iter().map(|(e, _)| e.title.chars().count()).max().unwrap_or(0);
    let mut text = format!("{name}\n");
    let (mut earned, mut possible) = (0, 0);
    for (exercise, verdict) in asked {
        let points = if *verdict == Verdict::Passed { exercise.points } else { 0 };
        earned += points;
        possible += exercise.points;
        let mark = if *verdict == Verdict::Passed { '✓' } else { '✗' };
        let _ = writeln!(
            text,
            "  {mark} {:<5}{:<width$}  {points} of {}  {}",
            exercise.number,
            exercise.title,
            exercise.points,
            verdict.short()
        );
    }
    let _ = writeln!(text, "{earned} of {possible} points (GRADE_SEED={seed})");
    text
}
