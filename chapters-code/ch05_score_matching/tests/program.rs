//! The chapter's program, as a reader types it.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch05_score_matching"))
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .output()
        .expect("the program starts")
}

fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(!output.status.success(), "{arguments:?} is taken");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn a_flag_that_cannot_be_is_told_with_the_way_out() {
    let cases: [(&[&str], &str); 10] = [
        (&["--rate", "0"], "a number above 0 is needed, such as 0.002"),
        (&["--rate", "NaN"], "a number above 0"),
        (&["--rate", "-1"], "a number above 0"),
        (&["--hidden", "64,0"], "sizes from 1 to 1024"),
        (&["--hidden", "wide"], "such as 64,64,64"),
        (&["--hidden", "9,9,9,9,9,9,9,9,9"], "sizes from 1 to 1024"),
        (&["--batch", "0"], "a whole number from 1 to 1000000"),
        (&["--law", "spirals"], "one of gaussians, moons, checkerboard"),
        (&["--steps", "0"], "a whole number from 1"),
        (&["train", "spirals"], "but: gaussians, moons, checkerboard"),
    ];
    for (arguments, told) in cases {
        let message = refused(arguments);
        assert!(message.contains(told), "{arguments:?}: {message}");
        assert!(message.contains(arguments[1]), "{arguments:?} is not named: {message}");
    }
}

#[test]
fn a_training_that_diverges_says_so_and_writes_no_figure() {
    let folder =
        std::env::temp_dir().join(format!("ch05-diverges-{}", std::process::id()));
    let out = folder.to_str().expect("a path in letters");
    let message =
        refused(&["--rate", "1e30", "--steps", "50", "--hidden", "8", "--out", out]);
    assert!(
        message.contains("has diverged") && message.contains("rate below"),
        "{message}"
    );
    // Finite to the end, and still of no use.
    let message = refused(&["--rate", "100", "--steps", "100", "--out", out]);
    assert!(message.contains("whoever guesses 0 has 2"), "{message}");
    assert!(message.contains("has diverged") && message.contains("--rate"), "{message}");
    let huge = ["--hidden", "1024,1024", "--batch", "1000000", "--steps", "1"];
    let message = refused(&[&huge[..], &["--out", out]].concat());
    assert!(message.contains("a batch of 1000000 through 2048 entries"), "{message}");
    assert!(message.contains("smaller --batch"), "{message}");
    let written = std::fs::read_dir(&folder).map_or(0, |files| files.count());
    assert_eq!(written, 0, "{message}");
    let _ = std::fs::remove_dir_all(folder);
}
