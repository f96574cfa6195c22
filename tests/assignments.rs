//! The audit of every chapter's exercises: for several seeds the solution passes, the
//! stub is unfinished, and every slip is wrong and recognised as itself.

use grading::Exercise;

#[path = "solutions/ch01_flows.rs"]
mod ch01_flows_solution;
#[path = "solutions/ch02_brownian_motion.rs"]
mod ch02_brownian_motion_solution;
#[path = "solutions/ch03_fokker_planck.rs"]
mod ch03_fokker_planck_solution;
#[path = "solutions/ch04_reverse_sdes.rs"]
mod ch04_reverse_sdes_solution;
#[path = "solutions/ch05_score_matching.rs"]
mod ch05_score_matching_solution;

/// Panics with every fault of a chapter's exercises.
fn audit<W>(solution: &W, unfinished: &W, exercises: &[Exercise<W>]) {
    if let Err(faults) = grading::audit(solution, unfinished, exercises) {
        panic!("{} faults:\n{}", faults.len(), faults.join("\n"));
    }
}

#[test]
fn the_exercises_of_chapter_1_stand_the_audit() {
    use ch01_flows::{EXERCISES, UNFINISHED};
    audit(&ch01_flows_solution::SOLUTION, &UNFINISHED, EXERCISES);
}

#[test]
fn the_exercises_of_chapter_2_stand_the_audit() {
    use ch02_brownian_motion::{EXERCISES, UNFINISHED};
    audit(&ch02_brownian_motion_solution::SOLUTION, &UNFINISHED, EXERCISES);
}

#[test]
fn the_exercises_of_chapter_3_stand_the_audit() {
    use ch03_fokker_planck::{EXERCISES, UNFINISHED};
    audit(&ch03_fokker_planck_solution::SOLUTION, &UNFINISHED, EXERCISES);
}

#[test]
fn the_exercises_of_chapter_4_stand_the_audit() {
    use ch04_reverse_sdes::{EXERCISES, UNFINISHED};
    audit(&ch04_reverse_sdes_solution::SOLUTION, &UNFINISHED, EXERCISES);
}

#[test]
fn the_exercises_of_chapter_5_stand_the_audit() {
    use ch05_score_matching::{EXERCISES, UNFINISHED};
    audit(&ch05_score_matching_solution::SOLUTION, &UNFINISHED, EXERCISES);
}
