//! `cargo book list`: the ids of claims, figures and exercises. Runs no claim.

use super::{failed, root};
use crate::chapters::{names, programs};
use crate::faults;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// Asks each chapter's program for its list and prints them together.
pub fn run(as_json: bool) -> ExitCode {
    let root = root();
    let built = match programs(&root, &names(&root)) {
        Ok(built) => built,
        Err(fault) => {
            faults::show(&[fault]);
            return ExitCode::FAILURE;
        }
    };
    let mut lists = Vec::new();
    for (name, program) in built {
        let list = program
            .map_err(|fault| fault.to_string())
            .and_then(|program| ask(&root, &name, &program));
        match list {
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

fn ask(root: &Path, name: &str, program: &Path) -> Result<Value, String> {
    let output = Command::new(program)
        .args(["list", "--json"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run the program of {name}: {error}"))?;
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
