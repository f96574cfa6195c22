//! The audit of every chapter's exercises: for several seeds the solution passes, the
//! stub is unfinished, and every slip is wrong and recognised as itself.

#[path = "solutions/ch01_flows.rs"]
mod ch01_flows_solution;

#[test]
fn the_exercises_of_chapter_1_stand_the_audit() {
    let audit = grading::audit(
        &ch01_flows_solution::SOLUTION,
        &ch01_flows::UNFINISHED,
        ch01_flows::EXERCISES,
    );
    if let Err(faults) = audit {
        panic!("{} faults:\n{}", faults.len(), faults.join("\n"));
    }
}
