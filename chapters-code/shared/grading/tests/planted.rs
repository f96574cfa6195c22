//! Planted answers: each costs its own points only, and is told for what it is.
//!
//! With `PLANTED` set this executable is an assignment; without, it runs itself so.

use evidence::Evidence;
use grading::{Exercise, Known};
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::{Command, ExitCode};

/// Work: a number, asked for by the name of the exercise.
struct Work {
    number: fn(&str) -> f64,
}

static STUDENT: Work = Work { number: planted };

fn planted(name: &str) -> f64 {
    match name {
        "right" => 3.0,
        "wrong" => 5.0,
        "slip" => 4.0,
        "nan" => f64::NAN,
        "todo" => todo!("exercise"),
        "panic" => panic!("seven apples"),
        "loop" => loop {
            std::hint::spin_loop();
        },
        "chatter" => loop {
            println!("chatter");
        },
        "deep" => deeper(1) as f64,
        "abort" => std::process::abort(),
        "exit" => std::process::exit(0),
        "forged" => {
            print!("no line's end");
            3.0
        }
        _ => 0.0,
    }
}

#[expect(unconditional_recursion, reason = "it shall overflow the stack")]
fn deeper(n: u64) -> u64 {
    std::hint::black_box(deeper(std::hint::black_box(n + 1)) + n)
}

fn evidence(number: f64) -> Vec<Evidence> {
    vec![Evidence::at_most("distance from three", (number - 3.0).abs(), 0.5, "a test")]
}

macro_rules! exercises {
    ($($name:literal)*) => {
        &[$(Exercise {
            id: $name,
            number: "0.1",
            title: $name,
            points: 2,
            minutes: 1,
            task: "",
            hint: "",
            formula: "three",
            check: |work, _| evidence((work.number)($name)),
            slips: &[Known { name: "four", says: "this is four", work: Work { number: |_| 4.0 } }],
        }),*]
    };
}

static EXERCISES: &[Exercise<Work>] = exercises! {
    "right" "wrong" "slip" "nan" "todo" "panic" "loop" "chatter" "deep" "abort" "exit" "forged"
};

/// Standard output, standard error and exit code of the assignment.
fn grade(arguments: &[&str], seed: Option<&str>) -> (String, String, Option<i32>) {
    let mut command = Command::new(std::env::current_exe().expect("a test has a path"));
    command.args(arguments).env("PLANTED", "1").env("GRADE_SECONDS", "1.5");
    command.env_remove("GRADE_SEED").envs(seed.map(|seed| ("GRADE_SEED", seed)));
    let output = command.output().expect("the test can run itself");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

fn holds(text: &str, wanted: &str) -> Result<(), Failed> {
    if text.contains(wanted) {
        Ok(())
    } else {
        Err(format!("no \"{wanted}\" in:\n{text}").into())
    }
}

fn every_answer_gets_its_verdict() -> Result<(), Failed> {
    let (out, _, code) = grade(&["--ignored"], Some("7"));
    assert_eq!(code, Some(101));
    for (name, verdict) in [
        ("right", "2 of 2  passed"),
        ("forged", "2 of 2  passed"),
        ("wrong", "0 of 2  wrong\n"),
        ("slip", "0 of 2  wrong: looks like \"four\""),
        ("nan", "0 of 2  wrong\n"),
        ("todo", "0 of 2  unfinished"),
        ("panic", "0 of 2  panicked"),
        ("loop", "0 of 2  too slow"),
        ("chatter", "0 of 2  too slow"),
        ("deep", "0 of 2  ended the program"),
        ("abort", "0 of 2  ended the program"),
        ("exit", "0 of 2  ended the program"),
    ] {
        holds(&out, &format!("0.1  {name:<7}  {verdict}"))?;
    }
    holds(&out, "4 of 24 points (GRADE_SEED=7)")?;
    holds(&out, "seven apples")?;
    holds(&out, "planted.rs:")?;
    holds(&out, "this is four")?;
    holds(&out, "exit code 0")
}

fn without_ignored_nothing_is_asked() -> Result<(), Failed> {
    let (out, _, code) = grade(&[], None);
    assert_eq!(code, Some(0));
    holds(&out, "12 ignored")
}

fn a_bad_seed_is_named() -> Result<(), Failed> {
    let (_, err, code) = grade(&["--ignored"], Some("seven"));
    assert_eq!(code, Some(2));
    holds(&err, "GRADE_SEED is \"seven\"")
}

fn main() -> ExitCode {
    if std::env::var_os("PLANTED").is_some() {
        return grading::main("planted", &STUDENT, EXERCISES);
    }
    let trials = vec![
        Trial::test("every_answer_gets_its_verdict", every_answer_gets_its_verdict),
        Trial::test("without_ignored_nothing_is_asked", without_ignored_nothing_is_asked),
        Trial::test("a_bad_seed_is_named", a_bad_seed_is_named),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
