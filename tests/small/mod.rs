//! A small book in a temporary folder, and the book tool called on it as mdBook would.

use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A small book. A new one is sound: one chapter with one claim, one figure, one exercise.
pub struct Small {
    /// Its root.
    pub root: TempDir,
    /// What mdBook says its version is.
    pub version: &'static str,
    /// Whether its programs are built and run; if not, `exports/` is read.
    pub programs: bool,
}

/// The page of the sound book.
pub const PAGE: &str = "# One\n\nText with $x$.\n\n```math id=one\nx = 1\n```\n\n{{#code ch01_one/src/lib.rs:shown}}\n\n{{#figure fig-one}}\n\nSee {{#ref one}}, {{#ref fig-one}}, {{#ref ch01}}: {{#value one 1}}.\n\n{{#exercise exercise-one}}\n";

/// The source of the sound book's chapter.
pub const SOURCE: &str = "//! One.\n// ANCHOR: shown\n/// One.\npub fn one() -> f64 {\n    1.0\n}\n// ANCHOR_END: shown\npub const IDS: [&str; 2] = [\"fig-one\", \"exercise-one\"];\n";

impl Small {
    /// The sound book.
    pub fn new() -> Self {
        let root = TempDir::new().expect("a temporary folder");
        let book = Self { root, version: "0.5.4", programs: false };
        book.write("book/SUMMARY.md", "- [One](ch01_one.md)\n");
        book.write("book/ch01_one.md", PAGE);
        book.write("chapters-code/ch01_one/src/lib.rs", SOURCE);
        book.export(
            "chapter",
            json!({ "name": "ch01_one", "number": 1, "title": "One" }),
        );
        book.export("claims", json!([claim("one")]));
        book.export("seconds", json!({ "one": 0.5 }));
        book.export(
            "figures",
            json!([{ "id": "fig-one", "caption": "About $x$.", "alt": "a line" }]),
        );
        book.write(
            "exports/ch01_one/figures/fig-one.html",
            "<svg viewBox=\"0 0 1 1\">\n\n</svg>",
        );
        book.export(
            "exercises",
            json!([{ "id": "exercise-one", "number": "1.1", "title": "Count", "points": 2,
                     "minutes": 5, "task": "Count to $1$.", "hint": "Begin.", "formula": "one",
                     "slips": ["zero"] }]),
        );
        book.export("errata", json!([]));
        book
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// Writes a part of the chapter's export.
    pub fn export(&self, part: &str, value: Value) {
        self.write(&format!("exports/ch01_one/{part}.json"), &value.to_string());
    }

    /// Adds to the page.
    pub fn add(&self, text: &str) {
        self.write("book/ch01_one.md", &format!("{PAGE}{text}"));
    }

    /// Adds a second chapter with this page, and the generated pages.
    pub fn second(&self, page: &str) {
        self.write("book/ch02_two.md", page);
        self.write("book/ledger.md", "# Ledger\n\n{{#ledger}}\n");
        self.write("book/errata.md", "# Museum\n\n{{#errata}}\n");
        self.write("chapters-code/ch02_two/src/lib.rs", "//! Two.\n");
        let export = |part: &str, value: Value| {
            self.write(&format!("exports/ch02_two/{part}.json"), &value.to_string());
        };
        export("chapter", json!({ "name": "ch02_two", "number": 2, "title": "Two" }));
        let mut two = claim("two");
        two["slips"][0]["from"] = json!("E000-02");
        export("claims", json!([two]));
        export("seconds", json!({ "two": 0.5 }));
        export("figures", json!([]));
        export("exercises", json!([]));
        export("errata", json!([erratum("E000-02", "two")]));
    }

    /// Calls the tool; gives its exit, the book it wrote and what it said.
    pub fn run(&self) -> Output {
        let item = |name: &str, file: &str, number: Value| {
            let page = std::fs::read_to_string(self.root.path().join("book").join(file));
            json!({ "Chapter": { "name": name, "content": page.unwrap_or_default(),
                "number": number, "sub_items": [], "path": file, "source_path": file,
                "parent_names": [] }})
        };
        let draft = json!({ "Chapter": { "name": "Two", "content": "", "number": [2],
            "sub_items": [], "path": null, "source_path": null, "parent_names": [] }});
        let one = item("One", "ch01_one.md", json!([1]));
        let items = match self.root.path().join("book/ch02_two.md").exists() {
            false => json!([one, "Separator", draft]),
            true => json!([
                one,
                item("Two", "ch02_two.md", json!([2])),
                item("Ledger", "ledger.md", Value::Null),
                item("Museum", "errata.md", Value::Null),
            ]),
        };
        let context = json!({ "root": self.root.path(), "config": { "book": { "src": "book" } },
            "renderer": "html", "mdbook_version": self.version });
        self.send(&json!([context, { "items": items }]).to_string())
    }

    /// Sends any text to the tool.
    pub fn send(&self, input: &str) -> Output {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_book"));
        tool.arg("preprocess").current_dir(self.root.path());
        tool.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_TARGET_DIR");
        let exports: &Path = &self.root.path().join("exports");
        if self.programs {
            tool.env_remove("BOOK_EXPORTS");
        } else {
            tool.env("BOOK_EXPORTS", exports);
        }
        tool.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = tool.spawn().expect("the book tool starts");
        let mut stdin = child.stdin.take().expect("stdin is piped");
        stdin.write_all(input.as_bytes()).expect("the tool reads");
        drop(stdin);
        child.wait_with_output().expect("the tool ends")
    }

    /// The page that a sound book becomes.
    pub fn page(&self) -> String {
        self.pages().remove(0)
    }

    /// The pages that a sound book becomes, in their order.
    pub fn pages(&self) -> Vec<String> {
        let output = self.run();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let book: Value =
            serde_json::from_slice(&output.stdout).expect("the book as JSON");
        let items = book["items"].as_array().expect("a list").iter();
        items
            .filter_map(|item| Some(item["Chapter"]["content"].as_str()?.into()))
            .collect()
    }

    /// Asserts that the book fails and that one of its faults is `file:line: message…`.
    pub fn fails(&self, fault: &str) {
        refused(&self.run(), fault);
    }
}

/// Asserts that the tool failed, wrote no book and told this fault.
pub fn refused(output: &Output, fault: &str) {
    let told = String::from_utf8_lossy(&output.stderr).replace("\r\n", "\n");
    assert_eq!(output.status.code(), Some(1), "exit status; said:\n{told}");
    assert!(output.stdout.is_empty(), "a faulty book was written");
    assert!(
        told.contains(&format!("error: {fault}")),
        "expected\n{fault}\nbut heard\n{told}"
    );
}

/// An entry of the museum that a claim refuses.
pub fn erratum(id: &str, claim: &str) -> Value {
    json!({ "id": id, "place": "notes, page 1", "printed": "$1=0$", "right": "$1=1$",
        "why": "A half was lost.", "claim": claim })
}

/// A claim that holds, with one slip.
pub fn claim(id: &str) -> Value {
    json!({ "id": id, "says": "one is one", "holds": true,
        "evidence": [{ "what": "distance from one", "measured": 1e-16, "limit": 1e-15,
                       "because": "rounding", "samples": null, "seed": null }],
        "slips": [{ "name": "zero", "from": "", "part": "distance from one", "measured": 1.0,
                    "limit": 1e-15, "holds": false }],
        "file": "chapters-code/ch01_one/src/lib.rs", "line": 4 })
}
