//! Grades the student's `assignment.rs`: `cargo grade -p ch02_brownian_motion`.

fn main() -> std::process::ExitCode {
    grading::main(
        "ch02_brownian_motion",
        &ch02_brownian_motion::STUDENT,
        ch02_brownian_motion::EXERCISES,
    )
}
