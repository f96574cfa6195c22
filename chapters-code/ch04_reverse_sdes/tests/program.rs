//! The chapter's program, as it is typed: what goes wrong is told, with the number and a
//! way out, and no figure is left behind.

use ch02_brownian_motion::{EulerMaruyama, simulate};
use ch04_reverse_sdes::problem::{SCHEDULE, two_heaps};
use ch04_reverse_sdes::{Backward, NoiseSchedule, Noised};
use dynamics::{Failure, Point, Schedule, Stream, TimeGrid};
use nalgebra::Matrix2;
use std::process::{Command, Output};

/// Runs the program into a folder of its own, and says whether there is anything in it.
fn run(name: &str, arguments: &[&str]) -> (Output, bool) {
    let out = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    let output = Command::new(env!("CARGO_BIN_EXE_ch04_reverse_sdes"))
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

/// Runs it and counts the rows whose expectation holds.
fn held(name: &str, arguments: &[&str]) -> usize {
    let (output, drawn) = run(name, arguments);
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && drawn, "{table}{}", told(&output));
    assert!(!table.contains('✗'), "{table}");
    assert!(table.contains("noise into data"), "{table}");
    table.matches('✓').count()
}

#[test]
fn what_is_measured_is_what_was_expected() {
    assert_eq!(held("plain", &["--theta", "7", "--lambda", "1.5"]), 4);
}

#[test]
fn every_schedule_noises_and_draws_back() {
    // Under exploding noise the law of the steps would take too long.
    assert_eq!(held("ve", &["--schedule", "ve"]), 3);
    assert_eq!(held("cosine", &["--schedule", "cosine", "--sigma", "0.2"]), 4);
    assert!(held("sub", &["--schedule", "sub-vp", "--lambda", "0.0"]) >= 3);
}

#[test]
fn a_cloud_that_is_lost_says_when_and_where_and_draws_nothing() {
    let (output, drawn) = run("lost", &["--lambda", "400", "--steps", "64"]);
    let told = told(&output);
    assert!(!output.status.success() && !drawn);
    assert!(told.contains("from t = 0.") && told.contains("at x = "), "{told}");
    assert!(told.contains("--theta or --lambda"), "{told}");
}

#[test]
fn numbers_that_make_no_sense_are_told() {
    let wrong: [(&str, &str, &str); 11] = [
        ("--sigma", "x", "a number above 0 is needed"),
        ("--sigma", "0", "a number above 0 is needed"),
        ("--sigma", "-0.3", "a number above 0 is needed"),
        ("--sigma", "50", "from 0.01 to 2"),
        ("--theta", "NaN", "a number above 0 is needed"),
        ("--theta", "ten", "a number above 0 is needed"),
        ("--lambda", "-1", "a number of at least 0 is needed"),
        ("--lambda", "inf", "a number of at least 0 is needed"),
        ("--steps", "0", "a whole number from 1"),
        ("--particles", "-5", "a whole number from 1"),
        ("--schedule", "linear", "vp, ve, sub-vp, cosine"),
    ];
    for (flag, value, way_out) in wrong {
        let (output, drawn) = run("wrong", &[flag, value]);
        let told = told(&output);
        assert!(!output.status.success() && !drawn, "{flag} {value}");
        assert!(told.contains(value) && told.contains(flag), "{told}");
        assert!(told.contains(way_out), "{told}");
    }
}

#[test]
fn steps_that_overshoot_are_told() {
    let (output, _) = run("long", &["--theta", "1200", "--steps", "100"]);
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(table.contains("too long") && table.contains("Take more --steps"), "{table}");
    let (output, _) = run("short", &["--steps", "100"]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("too long"));
}

#[test]
fn a_rate_for_a_plan_without_one_is_told() {
    let (output, drawn) = run("drowned", &["--theta", "1e6"]);
    assert!(!output.status.success() && !drawn);
    assert!(told(&output).contains("nothing is left of the data at t = 1"));
    let (output, drawn) = run("rate", &["--schedule", "ve", "--theta", "3"]);
    let told = told(&output);
    assert!(!output.status.success() && !drawn);
    assert!(told.contains("--theta 3") && told.contains("--schedule vp"), "{told}");
}

#[test]
fn a_score_that_is_no_number_stops_where_it_was_met() {
    let score = |t: f64, x: &Point<1>| if t < 0.5 { x * f64::NAN } else { -x };
    let back = Backward { schedule: SCHEDULE, score, lambda: 1.0 };
    let grid = TimeGrid::new(0.0, 0.999, 100);
    let mut cloud = vec![Point::<1>::new(0.3); 3000];
    let failure =
        simulate(&EulerMaruyama, &back, grid, Stream::new(1, "broken"), &mut cloud);
    let Err(Failure::NotFinite { t, x }) = failure else {
        panic!("{failure:?}");
    };
    // The clock of the way back.
    assert!((0.5..0.52).contains(&t) && x[0].is_finite(), "{t} {x}");
}

#[test]
#[should_panic(expected = "a covariance is positive definite")]
fn a_covariance_that_is_none_is_refused() {
    let bent = Matrix2::new(1.0, 2.0, 2.0, 1.0);
    let _ = Noised::new([(1.0, Point::<2>::zeros(), bent)], SCHEDULE);
}

#[test]
#[should_panic(expected = "from t = 0.001 to t = 1 and has no t = -0.25")]
fn a_negative_time_is_told_with_the_interval() {
    let _ = SCHEDULE.at(-0.25);
}

#[test]
fn a_law_beyond_the_end_is_refused_like_its_schedule() {
    let outside = SCHEDULE.interval().hold(1.5).expect_err("the schedule has ended");
    assert!(outside.to_string().contains("from t = 0.001 to t = 1"), "{outside}");
    assert!(two_heaps(SCHEDULE).cdf(1.0, 0.3) > 0.6);
}
