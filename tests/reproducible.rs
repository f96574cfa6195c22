//! Figures and evidence are the same bytes on one and two threads, and twice in a row.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// The chapters whose exports are compared.
const CHAPTERS: [&str; 5] = [
    "ch01_flows",
    "ch02_brownian_motion",
    "ch03_fokker_planck",
    "ch04_reverse_sdes",
    "ch05_score_matching",
];

/// Builds a chapter's program and returns its path, beside the tests' own folder.
fn program(name: &str) -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "-p", name, "--bin", name])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo can be run");
    assert!(built.success(), "{name} does not compile");
    let test = std::env::current_exe().expect("a test has a path");
    let profile =
        test.ancestors().nth(2).expect("tests are built into target/<profile>/deps");
    profile.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Every file of the folder by its path, but for the seconds.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("an export can be read") {
            let path = entry.expect("an export can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("seconds.json") {
                let name =
                    path.strip_prefix(folder).expect("a file of the folder").into();
                found.insert(name, fs::read(&path).expect("an export can be read"));
            }
        }
    }
    found
}

#[test]
fn exports_are_the_same_bytes_on_one_and_two_threads_and_twice_in_a_row() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for name in CHAPTERS {
        let program = program(name);
        let export = |run: &str, threads: &str| {
            let out = folder.path().join(name).join(run);
            let done = Command::new(&program)
                .arg("export")
                .arg(&out)
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .expect("the program can be run");
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            files(&out)
        };
        // Side by side: one thread leaves a core to the others.
        let (first, others) = thread::scope(|scope| {
            let first = scope.spawn(|| export("one thread", "1"));
            let runs = ["two threads", "two threads again"];
            let others = runs.map(|run| (run, export(run, "2")));
            (first.join().expect("a comparison is made of two"), others)
        });
        assert!(
            first.contains_key(Path::new("claims.json")),
            "{name} exports its claims"
        );
        for (run, other) in others {
            let names =
                |files: &BTreeMap<_, _>| files.keys().cloned().collect::<Vec<PathBuf>>();
            assert_eq!(names(&other), names(&first), "{name}: other files with {run}");
            for (file, bytes) in &first {
                assert!(
                    other[file] == *bytes,
                    "{name}: {} differs with {run}",
                    file.display()
                );
            }
        }
    }
}
