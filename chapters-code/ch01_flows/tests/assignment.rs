//! Grades the student's `assignment.rs`: `cargo grade -p ch01_flows`.

fn main() -> std::process::ExitCode {
    grading::main("ch01_flows", &ch01_flows::STUDENT, ch01_flows::EXERCISES)
}
