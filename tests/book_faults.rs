//! Each fault that ends a build is provoked on a small broken book, and its message read.

mod small;

use serde_json::json;
use small::{PAGE, SOURCE, Small, claim, refused};

#[test]
fn a_sound_book_is_bound() {
    let page = Small::new().page();
    assert!(
        !page.contains("{{#") && !page.contains("```math") && !page.contains('$'),
        "{page}"
    );
    assert!(page.contains("<div class=\"formula\" id=\"one\">"));
    assert!(page.contains("✓ checked: distance from one"));
    assert!(page.contains("refuses&nbsp;1 slip</summary>"));
    assert!(page.contains("```rust\n/// One.\npub fn one() -> f64 {\n    1.0\n}\n```"));
    assert!(page.contains("role=\"img\" aria-label=\"a line\""));
    assert!(page.contains("**Figure 1.1.** About "));
    assert!(page.contains("See [(1.1)](#one), [Figure 1.1](#fig-one), [Chapter 1]("));
    assert!(page.contains("1&nbsp;×&nbsp;10<sup>−16</sup>."));
    assert!(
        page.contains("cargo grade -p ch01_one")
            && page.contains("practises [(1.1)](#one)")
    );
}

/// The page of a second chapter that speaks of the first, and shows its code again.
const SECOND: &str = "# Two\n\n```math id=two\nx = 2\n```\n\n{{#code ch01_one/src/lib.rs:shown}}\n\nAs {{#ref one}}, {{#ref fig-one}}, {{#ref exercise-one}}, {{#ref ch01}} and {{#ref two}}: {{#value one 1}}, {{#value one \"from one\"}}.\n\n```math slip=one/\"zero\"\nx = 0\n```\n\n[There](ch01_one.md#one).\n";

#[test]
fn a_chapter_speaks_of_another() {
    let book = Small::new();
    book.add("\nMore in {{#ref two}} of {{#ref ch02}}.\n");
    book.second(SECOND);
    let [one, two, ledger, museum] = &book.pages()[..] else { panic!("four pages") };
    assert!(
        one.contains("More in [(2.1)](ch02_two.md#two) of [Chapter 2](ch02_two.md).")
    );
    let listing = "```rust\n/// One.\npub fn one() -> f64 {\n    1.0\n}\n```";
    assert!(one.contains(listing) && two.contains(listing), "an anchor is shown again");
    let value = "1&nbsp;×&nbsp;10<sup>−16</sup>";
    let by_number_and_name = format!("{value}, {value}.");
    assert!(two.contains(&by_number_and_name), "{two}");
    for link in [
        "[(1.1)](ch01_one.md#one), [Figure 1.1](ch01_one.md#fig-one)",
        "[Exercise 1.1](ch01_one.md#exercise-one), [Chapter 1](ch01_one.md) and [(2.1)](#two)",
        "<a href=\"ch01_one.html#one\">the check</a>",
    ] {
        assert!(two.contains(link), "{link} is missing in\n{two}");
    }
    let places = |page: &str, parts: &[&str]| -> Vec<Option<usize>> {
        parts.iter().map(|part| page.find(part)).collect()
    };
    let found = places(
        ledger,
        &[
            "## 1. One",
            "[(1.1)](ch01_one.md#one)",
            "## 2. Two",
            "[(2.1)](ch02_two.md#two)",
        ],
    );
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{ledger}");
    let found = places(
        museum,
        &["## 2. Two", "### E000-02", "the check of [(2.1)](ch02_two.md#two)"],
    );
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{museum}");
}

#[test]
fn an_id_belongs_to_one_chapter() {
    let book = Small::new();
    book.second(SECOND);
    let claims = json!([claim("two"), claim("one")]);
    book.write("exports/ch02_two/claims.json", &claims.to_string());
    book.write("exports/ch02_two/errata.json", "[]");
    refused(
        &book.run(),
        "chapters-code/ch02_two/Cargo.toml:1: two claims have the id `one`",
    );
}

#[test]
fn windows_line_ends_make_the_same_page() {
    let (unix, windows) = (Small::new(), Small::new());
    windows.write("book/ch01_one.md", &PAGE.replace('\n', "\r\n"));
    windows.write("chapters-code/ch01_one/src/lib.rs", &SOURCE.replace('\n', "\r\n"));
    assert_eq!(unix.page(), windows.page());
}

#[test]
fn all_faults_are_told_at_once_in_order() {
    let book = Small::new();
    book.add("\n{{#nonsense}}\n\n{{#ref nowhere}}\n");
    let told = String::from_utf8(book.run().stderr).unwrap();
    let (first, second) = (told.find("ch01_one.md:17:"), told.find("ch01_one.md:19:"));
    assert!(first.is_some() && first < second, "{told}");
    assert!(told.contains("The book has 2 faults and was not built."));
}

/// Adds text to the sound page; line 17 is the second line added.
fn added(text: &str, fault: &str) {
    let book = Small::new();
    book.add(text);
    book.fails(fault);
}

#[test]
fn code_that_is_not_there() {
    added(
        "\n{{#code ch01_one/src/nope.rs:shown}}\n",
        "book/ch01_one.md:17: cannot read chapters-code/ch01_one/src/nope.rs (there is no such file): did you mean `ch01_one/src/lib.rs`?",
    );
    added(
        "\n{{#code ch01_one/src/lib.rs:show}}\n",
        "book/ch01_one.md:17: chapters-code/ch01_one/src/lib.rs has no anchor `show`: did you mean `shown`?",
    );
    added(
        "\n{{#code ch01_one/src/lib.rs}}\n",
        "book/ch01_one.md:17: `ch01_one/src/lib.rs` names no anchor",
    );
    added(
        "\n{{#include a.rs:b}}\n",
        "book/ch01_one.md:17: {{#include}} of mdBook shows nothing where an anchor is wrong",
    );
}

#[test]
fn anchors_that_are_wrong() {
    let wrong = |source: &str, fault: &str| {
        let book = Small::new();
        book.write("chapters-code/ch01_one/src/lib.rs", &format!("{SOURCE}{source}"));
        book.fails(&format!("chapters-code/ch01_one/src/lib.rs:{fault}"));
    };
    wrong(
        "// ANCHOR: a\nx\n// ANCHOR_END: a\n",
        "9: no page shows anchor `a`: write {{#code ch01_one/src/lib.rs:a}}",
    );
    wrong("// ANCHOR: a\n\n// ANCHOR_END: a\n", "9: anchor `a` is empty");
    wrong(
        "// ANCHOR: shown\nx\n// ANCHOR_END: shown\n",
        "9: anchor `shown` is here a second time (first in line 2)",
    );
    wrong("// ANCHOR: a\nx\n", "9: anchor `a` has no end: add // ANCHOR_END: a");
    wrong("// ANCHOR_END: a\n", "9: anchor `a` ends here but does not begin");
}

#[test]
fn directives_that_are_wrong() {
    added(
        "\n{{#figur fig-one}}\n",
        "book/ch01_one.md:17: unknown directive `figur`: did you mean `figure`?",
    );
    added(
        "\n{{#ref on}}\n",
        "book/ch01_one.md:17: no formula, figure, exercise or chapter has the id `on`",
    );
    added(
        "\n{{#ref one\n",
        "book/ch01_one.md:17: this directive is not closed on its line",
    );
    added(
        "\na {{#ledger}}\n",
        "book/ch01_one.md:17: {{#ledger}} must stand alone on its line",
    );
    added(
        "\n{{#value one 2}}\n",
        "book/ch01_one.md:17: claim `one` has 1 measurements, counted from 1",
    );
    added(
        "\n{{#value one \"from two\"}}\n",
        "book/ch01_one.md:17: 0 measurements of claim `one` have \"from two\" in their names, and \
         it takes one: they are distance from one",
    );
    added(
        "\n{{#figure fig-two}}\n",
        "book/ch01_one.md:17: no figure has the id `fig-two`",
    );
    added("\n{{#exercise two}}\n", "book/ch01_one.md:17: no exercise has the id `two`");
}

#[test]
fn formulas_that_are_wrong() {
    added(
        "\n```math\nx\n```\n",
        "book/ch01_one.md:17: this formula has no id: write ```math id=ID",
    );
    added("\n$$x$$\n", "book/ch01_one.md:17: a display formula between $$ has no id");
    added(
        "\n```math id=onee\nx\n```\n",
        "book/ch01_one.md:17: no claim has the id `onee` of this formula: did you mean `one`?",
    );
    added(
        "\n```math slip=one/\"two\"\nx\n```\n",
        "book/ch01_one.md:17: claim `one` has no slip \"two\": it has \"zero\"",
    );
    added("\nIt is $\\nope$.\n", "book/ch01_one.md:17: bad formula: ");
    added(
        "\n```math slip=one/\"zero\"\nx\n\\nope\n```\n",
        "book/ch01_one.md:19: bad formula: ",
    );
    added("\n$\\sqrt\\pi$\n", "book/ch01_one.md:17: \\sqrt needs braces");
    added(
        "\nIt costs $5.\n\n$x$\n",
        "book/ch01_one.md:17: this $ is not closed in its paragraph",
    );
}

#[test]
fn a_wrong_formula_is_marked_with_the_number_that_refuses_it() {
    let book = Small::new();
    book.add("\n```math slip=one/\"zero\"\nx = 0\n```\n");
    let page = book.page();
    assert!(page.contains("✗ wrong: zero"));
    assert!(page.contains(
        "distance from one is 1, at most 1&nbsp;×&nbsp;10<sup>−15</sup> is allowed"
    ));
}

#[test]
fn fences_that_are_wrong() {
    added(
        "\n```rust\nfn f() {}\n```\n",
        "book/ch01_one.md:17: this Rust is typed by hand",
    );
    added(
        "\n```rust,ignore\nfn f() {}\n```\n",
        "book/ch01_one.md:17: this Rust is ignored by the compiler",
    );
    added("\n```text\nx\n", "book/ch01_one.md:17: this fence is never closed");
}

#[test]
fn what_is_shown_nowhere_or_twice() {
    let source = "chapters-code/ch01_one/src/lib.rs";
    let without = |gone: &str, fault: &str| {
        let book = Small::new();
        book.write("book/ch01_one.md", &PAGE.replace(gone, ""));
        book.fails(fault);
    };
    without(
        "```math id=one\nx = 1\n```\n",
        &format!("{source}:4: no page shows claim `one`: write ```math id=one"),
    );
    without(
        "{{#figure fig-one}}",
        &format!(
            "{source}:8: no page shows figure `fig-one`: write {{{{#figure fig-one}}}}"
        ),
    );
    without(
        "{{#exercise exercise-one}}",
        &format!("{source}:8: no page shows exercise `exercise-one`"),
    );
    added(
        "\n```math id=one\nx = 1\n```\n",
        "book/ch01_one.md:17: claim `one` is shown twice, first in book/ch01_one.md:5",
    );
    added(
        "\n{{#figure fig-one}}\n",
        "book/ch01_one.md:17: figure `fig-one` is shown twice",
    );
    added(
        "\n{{#exercise exercise-one}}\n",
        "book/ch01_one.md:17: exercise `exercise-one` is shown twice",
    );
}

#[test]
fn claims_that_are_wrong() {
    let source = "chapters-code/ch01_one/src/lib.rs:4:";
    let changed = |pointer: &str, value: serde_json::Value, fault: &str| {
        let book = Small::new();
        let mut claim = claim("one");
        *claim.pointer_mut(pointer).expect("a part of the claim") = value;
        book.export("claims", json!([claim]));
        book.fails(&format!("{source} {fault}"));
    };
    changed("/slips", json!([]), "claim `one` refuses nothing");
    changed(
        "/evidence",
        json!([]),
        "claim `one` does not hold: its check measured nothing",
    );
    changed(
        "/evidence/0/measured",
        json!(2e-15),
        "claim `one` does not hold: distance from one: 2e-15 > 1e-15 (rounding)",
    );
    changed(
        "/evidence/0/measured",
        json!(null),
        "claim `one` does not hold: distance from one: ∞ > 1e-15",
    );
    changed(
        "/slips/0/holds",
        json!(true),
        "claim `one` does not clearly refuse \"zero\"",
    );
    changed(
        "/slips/0/from",
        json!("E000-01"),
        "slip \"zero\" of claim `one` comes from erratum E000-01",
    );
    let book = Small::new();
    book.export("claims", json!([claim("one"), claim("one")]));
    book.fails("chapters-code/ch01_one/Cargo.toml:1: two claims have the id `one`");
}

#[test]
fn an_erratum_that_no_slip_refuses() {
    let book = Small::new();
    let erratum = |claim| json!([{ "id": "E000-01", "place": "p", "printed": "$0$", "right": "$1$", "why": "w", "claim": claim }]);
    book.export("errata", erratum("one"));
    book.fails("chapters-code/ch01_one/Cargo.toml:1: claim `one` has no slip from erratum E000-01");
    book.export("errata", erratum("two"));
    book.fails("chapters-code/ch01_one/Cargo.toml:1: erratum E000-01 names the claim `two`, which no chapter has");
}

#[test]
fn the_museum_and_the_ledger_are_written() {
    let book = Small::new();
    let mut one = claim("one");
    one["slips"][0]["from"] = json!("E000-01");
    book.export("claims", json!([one]));
    book.export("errata", json!([{ "id": "E000-01", "place": "notes, §1", "printed": "$0$", "right": "$1$", "why": "w", "claim": "one" }]));
    book.add("\n{{#ledger}}\n\n{{#errata}}\n");
    let page = book.page();
    assert!(page.contains("1 statements hold and refuse 1 slips"));
    assert!(page.contains("| [(1.1)](#one) | one is one |"));
    assert!(
        page.contains("### E000-01 {#e000-01}")
            && page.contains("check of [(1.1)](#one): distance from one: 1,")
    );
}

#[test]
fn links_and_pictures_that_are_wrong() {
    added("\n[a](ch02.md)\n", "book/ch01_one.md:17: dead link: the book has no ch02.md");
    added("\n[a](#two)\n", "book/ch01_one.md:17: dead link: ch01_one.md has no #two");
    added(
        "\n[a](ch01_one.md#on)\n",
        "book/ch01_one.md:17: dead link: ch01_one.md has no #on",
    );
    added(
        "\n<a href=\"no.png\">a</a>\n",
        "book/ch01_one.md:17: dead link: the book has no no.png",
    );
    added("\n![](SUMMARY.md)\n", "book/ch01_one.md:17: this picture has no alt text");
    added("\n## The $x$\n", "book/ch01_one.md:17: a heading with a formula needs an id");
    let book = Small::new();
    book.add("\n## Two words\n\n[a](#two-words) [b](ch01_one.md#fig-one) [c](https://example.org) `[d](x.md)`\n");
    book.page();
}

#[test]
fn a_figure_without_alt_text() {
    let book = Small::new();
    book.export("figures", json!([{ "id": "fig-one", "caption": "c", "alt": " " }]));
    book.fails("chapters-code/ch01_one/src/lib.rs:8: figure `fig-one` has no alt text");
}

#[test]
fn a_page_that_the_summary_does_not_list() {
    let book = Small::new();
    book.write("book/lost.md", "# Lost\n");
    book.fails(
        "book/lost.md:1: book/SUMMARY.md does not list this page: add [Title](lost.md)",
    );
}

#[test]
fn an_mdbook_of_another_version() {
    let mut book = Small::new();
    book.version = "0.4.52";
    book.fails("book.toml:1: this is mdBook 0.4.52, and the book needs 0.5.x");
    refused(&book.send("nonsense"), "book.toml:1: mdBook sent no [context, book]");
}

#[test]
fn an_export_that_is_rubbish() {
    let book = Small::new();
    book.write("exports/ch01_one/claims.json", "[\n{]");
    book.fails("exports/ch01_one/claims.json:2: the chapter's program wrote no claims.json that can be read");
}

/// A book whose chapter is a real program.
fn program(main: &str) -> Small {
    let mut book = Small::new();
    book.programs = true;
    book.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"chapters-code/ch*\"]\n",
    );
    book.write(
        "chapters-code/ch01_one/Cargo.toml",
        "[package]\nname = \"ch01_one\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    book.write("chapters-code/ch01_one/src/main.rs", main);
    book
}

#[test]
fn a_program_that_does_not_compile() {
    program("fn main() {\n    nonsense()\n}\n").fails(
        "chapters-code/ch01_one/src/main.rs:2: the chapters' programs do not compile: ",
    );
}

#[test]
fn a_program_that_panics() {
    program("fn main() {\n    panic!(\"no ink\");\n}\n")
        .fails("chapters-code/ch01_one/src/main.rs:2: the program of ch01_one failed (");
}

#[test]
fn a_program_that_writes_rubbish() {
    program("fn main() {}\n").fails(
        "chapters-code/ch01_one/Cargo.toml:1: ch01_one wrote rubbish: the chapter's program wrote no chapter.json",
    );
}

/// Copies `exports/ch01_one` to where it is asked to, and counts how often it was run.
const COPIES: &str = r#"
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { std::fs::copy(entry.path(), to).map(drop).unwrap() }
    }
}
fn main() {
    let to = std::env::args().nth(2).unwrap();
    copy("exports/ch01_one".as_ref(), to.as_ref());
    let runs = std::fs::read_to_string("runs").unwrap_or_default();
    std::fs::write("runs", runs + "x").unwrap();
}
"#;

#[test]
fn a_program_is_run_again_only_if_its_bytes_change() {
    let book = program(COPIES);
    let runs = || std::fs::read_to_string(book.root.path().join("runs")).unwrap();
    let first = book.page();
    assert_eq!(first, book.page());
    assert_eq!(runs(), "x");
    book.write("chapters-code/ch01_one/src/main.rs", &COPIES.replace("\"x\"", "\"yes\""));
    book.page();
    assert_eq!(runs(), "xyes");
    let kept =
        std::fs::read_dir(book.root.path().join("target/book-exports/ch01_one")).unwrap();
    assert_eq!(kept.count(), 1, "older exports are removed");
}
