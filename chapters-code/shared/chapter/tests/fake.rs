//! The command line of a small chapter.
//!
//! With `FAKE` set this executable is the chapter's program; without, it runs itself so.

use chapter::{Chapter, NoFlags, Table};
use evidence::{Claim, Evidence, Slip};
use libtest_mimic::{Arguments, Failed, Trial};
use plot::{Figure, Picture, Plot, Style};
use std::fs;
use std::path::Path;
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

fn program() -> ExitCode {
    chapter::main(&Chapter::<NoFlags> {
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
    })
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
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
