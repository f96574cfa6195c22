//! Grades the student's `assignment.rs`: `cargo grade -p ch04_reverse_sdes`.

fn main() -> std::process::ExitCode {
    grading::main(
        "ch04_reverse_sdes",
        &ch04_reverse_sdes::STUDENT,
        ch04_reverse_sdes::EXERCISES,
    )
}
