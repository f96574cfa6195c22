//! Exercises, the slips students make in them, and their cards in the book.

use evidence::Evidence;
use serde::Serialize;

/// A question of an assignment and the check of its answer.
///
/// `W` is the chapter's `Work`: a struct of function pointers, one field per exercise.
#[derive(Debug)]
pub struct Exercise<W: 'static> {
    /// Its id in prose and on the command line: "heun-step".
    pub id: &'static str,
    /// Its number in the book: "1.1".
    pub number: &'static str,
    /// A few words: "One step of Heun's method".
    pub title: &'static str,
    /// Points for a right answer; there are none for a half.
    pub points: u32,
    /// How long it takes a reader who has just read the section.
    pub minutes: u32,
    /// What is to be done, in Markdown with `$…$`.
    pub task: &'static str,
    /// A nudge, folded on the page, in Markdown with `$…$`.
    pub hint: &'static str,
    /// Id of the formula it practises.
    pub formula: &'static str,
    /// Measures a piece of work. The seed draws the parameters, so that answers cannot
    /// be typed in.
    pub check: fn(&W, u64) -> Vec<Evidence>,
    /// The wrong answers that students give.
    pub slips: &'static [Known<W>],
}

/// A wrong answer that students give.
#[derive(Debug)]
pub struct Known<W> {
    /// What is wrong, in a few words: "Euler's step".
    pub name: &'static str,
    /// A sentence to the student: "this is Euler's step: the second slope is missing".
    pub says: &'static str,
    /// The work of someone who makes this mistake.
    pub work: W,
}

/// An exercise as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// See [`Exercise::id`].
    pub id: &'static str,
    /// See [`Exercise::number`].
    pub number: &'static str,
    /// See [`Exercise::title`].
    pub title: &'static str,
    /// See [`Exercise::points`].
    pub points: u32,
    /// See [`Exercise::minutes`].
    pub minutes: u32,
    /// See [`Exercise::task`].
    pub task: &'static str,
    /// See [`Exercise::hint`].
    pub hint: &'static str,
    /// See [`Exercise::formula`].
    pub formula: &'static str,
    /// The names of the slips the grader knows.
    pub slips: Vec<&'static str>,
}

impl<W> Exercise<W> {
    /// What the page shows of it.
    pub fn card(&self) -> Card {
        Card {
            id: self.id,
            number: self.number,
            title: self.title,
            points: self.points,
            minutes: self.minutes,
            task: self.task,
            hint: self.hint,
            formula: self.formula,
            slips: self.slips.iter().map(|slip| slip.name).collect(),
        }
    }
}
