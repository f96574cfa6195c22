//! Grades the student's `assignment.rs`: `cargo grade -p ch03_fokker_planck`.

fn main() -> std::process::ExitCode {
    grading::main(
        "ch03_fokker_planck",
        &ch03_fokker_planck::STUDENT,
        ch03_fokker_planck::EXERCISES,
    )
}
