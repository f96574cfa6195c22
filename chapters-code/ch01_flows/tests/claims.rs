fn main() -> std::process::ExitCode {
    evidence::main(ch01_flows::CLAIMS)
}
