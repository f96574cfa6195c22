//! The chapter's program, as it is typed: what goes wrong is told, with the number and a
//! way out, and no figure is left behind.

use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Failure, Sde, Stream, TimeGrid};
use std::process::{Command, Output};

/// Runs the program into a folder of its own, and says whether there is anything in it.
fn run(name: &str, arguments: &[&str]) -> (Output, bool) {
    let out = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    let output = Command::new(env!("CARGO_BIN_EXE_ch03_fokker_planck"))
        .args(["--quick", "--out"])
        .arg(&out)
        .args(arguments)
        .output()
        .expect("the program starts");
    let drawn = std::fs::read_dir(&out).is_ok_and(|mut files| files.next().is_some());
    let _ = std::fs::remove_dir_all(&out);
    (output, drawn)
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn what_is_measured_is_what_was_expected() {
    let (output, drawn) = run("well", &["--sigma", "0.5", "--theta", "1.3"]);
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && drawn, "{table}{}", told(&output));
    assert!(!table.contains('✗'), "{table}");
    // Nine rows, each with its expectation.
    assert_eq!(table.matches('✓').count(), 9, "{table}");
}

#[test]
fn a_chain_that_runs_off_says_when_and_where_and_draws_nothing() {
    let (output, drawn) = run("chain", &["--theta", "100"]);
    let told = told(&output);
    assert!(!output.status.success() && !drawn);
    assert!(told.contains("from t = ") && told.contains("at x = "), "{told}");
    assert!(told.contains("θh must be below 2"), "{told}");
    let (output, drawn) = run("well-off", &["--sigma", "60"]);
    assert!(!output.status.success() && !drawn);
    assert!(self::told(&output).contains("a smaller --sigma"));
}

#[test]
fn numbers_that_make_no_sense_are_told() {
    let wrong: [(&str, &str, &str); 6] = [
        ("--sigma", "0", "a number above 0 is needed"),
        ("--sigma", "x", "a number above 0 is needed"),
        ("--theta", "NaN", "a number above 0 is needed"),
        ("--theta", "-1", "a number above 0 is needed"),
        ("--sigma", "0.02", "4040 times D"),
        ("--steps", "0", "'0'"),
    ];
    for (flag, value, way_out) in wrong {
        let (output, drawn) = run("wrong", &[flag, value]);
        let told = told(&output);
        assert!(!output.status.success() && !drawn, "{flag} {value}");
        assert!(told.contains(value) && told.contains(flag), "{told}");
        assert!(told.contains(way_out), "{told}");
    }
}

/// A drift that is no number right of 1.
struct Broken;

impl Sde<f64> for Broken {
    fn drift(&self, _t: f64, x: &f64) -> f64 {
        if *x > 1.0 { f64::NAN } else { 2.0 }
    }

    fn noise(&self, _t: f64, _x: &f64, dw: &f64) -> f64 {
        0.1 * dw
    }
}

#[test]
fn a_drift_that_is_no_number_stops_where_it_was_met() {
    let mut particles = vec![0.0; 3000];
    let grid = TimeGrid::new(0.0, 1.0, 100);
    let failure =
        simulate(&EulerMaruyama, &Broken, grid, Stream::new(1, "broken"), &mut particles);
    let failure = failure.expect_err("everyone gets there");
    let Failure::NotFinite { t, x } = failure else {
        panic!("{failure}");
    };
    assert!((0.3..0.5).contains(&t) && (1.0..1.2).contains(&x), "{failure}");
}
