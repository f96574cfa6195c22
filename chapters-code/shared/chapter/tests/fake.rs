//! The command line of a small chapter.
//!
//! With `FAKE` set this executable is the chapter's program; without, it runs itself so.

use chapter::{Chapter, NoFlags, Table, Training};
use evidence::{Claim, Evidence, Slip};
use libtest_mimic::{Arguments, Failed, Trial};
use plot::{Figure, Picture, Plot, Style};
use std::fs;
#[cfg(unix)]
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
#[cfg(unix)]
use std::process::Stdio;
use std::process::{Command, ExitCode};

fn near(x: f64) -> Vec<Evidence> {
    vec![Evidence::at_most("distance", (x - 3.0).abs(), 0.1, "a test")]
}

static CLAIMS: &[Claim] = &[Claim::new(
    "three",
    "three is three",
    |_| near(3.0),
    &[Slip::new("four", |_| near(4.0))],
)];

static FIGURES: &[Figure] = &[Figure {
    id: "fig-line",
    draw: || {
        let line = Plot::new(300, 200).line(&[(0.0, 0.0), (1.0, 1.0)], Style::color(0));
        Picture::new(line.draw(), "A line.", "A straight line.")
    },
}];

static TRAININGS: &[Training] = &[
    Training {
        name: "short",
        run: |watch| {
            watch.begin("short", 3);
            let goes_on = (1..=3).all(|k| watch.report(k, "on".into()).is_continue());
            Ok(format!("goes on: {goes_on}"))
        },
    },
    Training { name: "broken", run: |_| Err("the folder is full".into()) },
    // As long as nobody presses Ctrl-C; a test that fails ends after a minute.
    Training {
        name: "long",
        run: |watch| {
            println!("begun");
            let step = |k| {
                std::thread::sleep(std::time::Duration::from_millis(10));
                watch.report(k, "on".into())
            };
            let stopped = (0..6000).find(|&k| step(k).is_break());
            Ok(format!("stopped: {}", stopped.is_some()))
        },
    },
];

fn program() -> ExitCode {
    let chapter = Chapter::<NoFlags> {
        name: "fake",
        number: 9,
        title: "Fakes",
        claims: CLAIMS,
        figures: FIGURES,
        cards: Vec::new,
        errata: &[],
        experiment: |run| {
            Ok(Table::new("").row("steps", run.steps_or(5, 2) as f64, 5.0, 0.0))
        },
    };
    chapter::main_with(&chapter, TRAININGS)
}

/// Standard output, standard error and exit code of the program in `folder`.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(std::env::current_exe().expect("a test has a path"));
    let output = command.args(arguments).env("FAKE", "1").current_dir(folder).output();
    let output = output.expect("the test can run itself");
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

fn the_experiment_prints_its_table_and_writes_figures() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let (out, err, code) = run(folder.path(), &["--steps", "7"]);
    assert_eq!(code, Some(0), "{err}");
    holds(&out, "✗")?;
    assert!(folder.path().join("target/figures/fake/fig-line.svg").is_file());
    let (out, _, _) = run(folder.path(), &["--csv", "--quick"]);
    assert_eq!(out, "quantity,measured,expected,tolerance,within\nsteps,2,5,0,false\n");
    Ok(())
}

#[cfg(unix)]
fn who_stops_listening_gets_the_figures_all_the_same() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    // Reads nothing, and is gone before the program begins.
    let mut deaf = Command::new("true").stdin(Stdio::piped()).spawn()?;
    let pipe = deaf.stdin.take().expect("it is piped");
    deaf.wait()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.env("FAKE", "1").current_dir(folder.path()).stdout(pipe);
    let output = command.stderr(Stdio::piped()).output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!((told.as_ref(), output.status.code()), ("", Some(0)));
    assert!(folder.path().join("target/figures/fake/fig-line.svg").is_file());
    Ok(())
}

fn bad_input_is_named_and_leaves_nothing() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("file"), "")?;
    for (arguments, wanted) in [
        (&["--stepps", "3"][..], "--stepps"),
        (&["--steps", "0"], "'0' for '--steps <N>'"),
        (&["--steps", "-3"], "'-3' for '--steps <N>'"),
        (&["--particles", "many"], "'many' for '--particles <N>'"),
        (&["--out", "file/x"], "'file/x' for '--out <DIR>'"),
        (&["figures", "--out", "file"], "'file' for '--out <DIR>'"),
        (&["export", "file"], "'file' for '<DIR>'"),
        (&["export", "."], "no export"),
        (&["train", "sun"], "\"sun\" here, but: short, broken, long"),
    ] {
        let (_, err, code) = run(folder.path(), arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {err}");
        holds(&err, wanted)?;
        assert_eq!(
            fs::read_dir(folder.path())?.count(),
            1,
            "{arguments:?} left something"
        );
    }
    Ok(())
}

fn an_export_is_whole_and_may_be_replaced() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    for _ in 0..2 {
        let (_, err, code) = run(folder.path(), &["export", "new/out"]);
        assert_eq!(code, Some(0), "{err}");
        for name in ["chapter", "claims", "seconds", "figures", "exercises", "errata"] {
            assert!(
                folder.path().join(format!("new/out/{name}.json")).is_file(),
                "{name}"
            );
        }
        assert!(folder.path().join("new/out/figures/fig-line.html").is_file());
        assert_eq!(fs::read_dir(folder.path().join("new"))?.count(), 1);
    }
    Ok(())
}

fn claims_and_list_speak_json() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let (out, _, code) = run(folder.path(), &["claims", "--json"]);
    assert_eq!(code, Some(0));
    holds(&out, "\"chapter\": \"fake\"")?;
    holds(&out, "\"seconds\":")?;
    let (out, _, _) = run(folder.path(), &["list", "--json"]);
    holds(&out, "\"fig-line\"")
}

fn a_training_tells_what_it_did_or_why_not() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let (out, err, code) = run(folder.path(), &["train", "short"]);
    assert_eq!((out.as_str(), code), ("short: goes on: true\n", Some(0)), "{err}");
    // All of them, up to the one that fails.
    let (out, err, code) = run(folder.path(), &["train"]);
    assert_eq!((out.as_str(), code), ("short: goes on: true\n", Some(1)), "{err}");
    holds(&err, "error: the folder is full")
}

/// `kill -INT` is what a terminal does at Ctrl-C.
#[cfg(unix)]
fn ctrl_c_stops_a_training_with_130() -> Result<(), Failed> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["train", "long"]).env("FAKE", "1").stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut line = String::new();
    out.read_line(&mut line)?;
    assert_eq!(line, "begun\n");
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status()?;
    assert!(sent.success());
    let (mut rest, mut err) = (String::new(), String::new());
    out.read_to_string(&mut rest)?;
    child.stderr.take().expect("it is piped").read_to_string(&mut err)?;
    assert_eq!(rest, "long: stopped: true\n");
    assert_eq!(child.wait()?.code(), Some(130), "{err}");
    holds(&err, "stopped by Ctrl-C")
}

fn main() -> ExitCode {
    if std::env::var_os("FAKE").is_some() {
        return program();
    }
    let trials = vec![
        Trial::test("the_experiment", the_experiment_prints_its_table_and_writes_figures),
        Trial::test(
            "bad_input_is_named_and_leaves_nothing",
            bad_input_is_named_and_leaves_nothing,
        ),
        Trial::test(
            "an_export_is_whole_and_may_be_replaced",
            an_export_is_whole_and_may_be_replaced,
        ),
        Trial::test("claims_and_list_speak_json", claims_and_list_speak_json),
        Trial::test(
            "a_training_tells_what_it_did_or_why_not",
            a_training_tells_what_it_did_or_why_not,
        ),
        #[cfg(unix)]
        Trial::test(
            "who_stops_listening_gets_the_figures_all_the_same",
            who_stops_listening_gets_the_figures_all_the_same,
        ),
        #[cfg(unix)]
        Trial::test("ctrl_c_stops_a_training_with_130", ctrl_c_stops_a_training_with_130),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
