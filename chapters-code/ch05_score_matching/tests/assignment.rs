//! Grades the student's `assignment.rs`: `cargo grade -p ch05_score_matching`.

fn main() -> std::process::ExitCode {
    grading::main(
        "ch05_score_matching",
        &ch05_score_matching::STUDENT,
        ch05_score_matching::EXERCISES,
    )
}
