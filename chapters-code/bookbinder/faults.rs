//! Faults: what is wrong with the book, where, and the way out.

use std::fmt;

/// One thing that is wrong, at a line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path from the book's root, with forward slashes.
    pub file: String,
    /// Line there, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Fault {
    /// A fault at a line of a file.
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.into().replace('\\', "/"), line, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Prints all faults on standard error, sorted by file and line, each once.
pub fn show(faults: &[Fault]) {
    let mut sorted = faults.to_vec();
    sorted.sort();
    sorted.dedup();
    for fault in &sorted {
        eprintln!("error: {fault}");
    }
    match sorted.len() {
        0 => {}
        1 => eprintln!("The book has 1 fault and was not built."),
        n => eprintln!("The book has {n} faults and was not built."),
    }
}

/// ": did you mean `flow-ode`?" if one of the `known` names is near to `name`.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let best = known.into_iter().map(|other| (distance(name, other), other)).min();
    match best {
        Some((steps, other)) if steps <= 1 + name.len() / 4 => {
            format!(": did you mean `{other}`?")
        }
        _ => String::new(),
    }
}

/// Levenshtein's distance in bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("flow-od", ["flow-ode", "x"]), ": did you mean `flow-ode`?");
        assert_eq!(nearest("nonsense", ["flow-ode"]), "");
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn a_fault_names_file_and_line() {
        assert_eq!(Fault::new("book\\a.md", 3, "bad").to_string(), "book/a.md:3: bad");
    }
}
