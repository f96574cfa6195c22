//! Every claim of the chapter and every slip it refuses, each a trial of its own.

fn main() -> std::process::ExitCode {
    evidence::main(ch05_score_matching::CLAIMS)
}
