//! `cargo book list`: the ids of claims, figures and exercises. Runs no claim.

use super::{cargo, failed, root};
use crate::code::{folder, is_chapter};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{ExitCode, Stdio};

/// Asks each chapter's program for its list and prints them together.
pub fn run(as_json: bool) -> ExitCode {
    let root = root();
    let mut lists = Vec::new();
    for path in folder(&root.join("chapters-code")).iter().filter(|path| is_chapter(path))
    {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        match ask(&root, name) {
            Ok(list) => lists.push(list),
            Err(message) => return failed(&message),
        }
    }
    if as_json {
        // A reader who stops reading, as `head` does, is no fault.
        let _ = writeln!(
            std::io::stdout(),
            "{}",
            serde_json::to_string_pretty(&lists).expect("values can be written")
        );
        return ExitCode::SUCCESS;
    }
    for list in &lists {
        println!("{}", list["chapter"].as_str().unwrap_or_default());
        for kind in ["claims", "figures", "exercises"] {
            let ids: Vec<_> = strings(&list[kind]);
            println!("  {} {kind}: {}", ids.len(), ids.join(", "));
        }
    }
    ExitCode::SUCCESS
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn ask(root: &Path, name: &str) -> Result<Value, String> {
    let output = cargo(root)
        .args([
            "run",
            "--quiet",
            "--package",
            name,
            "--bin",
            name,
            "--",
            "list",
            "--json",
        ])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot start cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "the program of {name} could not be asked ({})",
            output.status
        ));
    }
    read(name, &output.stdout)
        .map_err(|why| format!("the program of {name} wrote no list: {why}"))
}

/// The four fields that the list promises, and nothing else.
fn read(name: &str, bytes: &[u8]) -> Result<Value, String> {
    let list: Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let list = list.as_array().and_then(|all| all.first()).unwrap_or(&list);
    for kind in ["claims", "figures", "exercises"] {
        if !list[kind].is_array() {
            return Err(format!("it lacks `{kind}`"));
        }
    }
    Ok(json!({
        "chapter": name,
        "claims": list["claims"],
        "figures": list["figures"],
        "exercises": list["exercises"],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_rubbish_refused() {
        let good = br#"{"claims":["a"],"figures":[],"exercises":[],"more":1}"#;
        let list = read("ch01", good).unwrap();
        assert_eq!(
            (list["chapter"].as_str(), strings(&list["claims"])),
            (Some("ch01"), vec!["a"])
        );
        assert!(read("ch01", b"{}").unwrap_err().contains("claims"));
        assert!(read("ch01", b"no").is_err());
    }
}
