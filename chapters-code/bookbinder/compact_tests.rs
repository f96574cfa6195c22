use super::*;
use crate::styles::Styles;

/// The visible part of a formula whose line holds `atoms`, and the book's styles.
fn seen(atoms: &str) -> (String, String) {
    let html = format!(
        "<span class=\"katex\"><span class=\"katex-mathml\"><math><mi>other</mi></math></span>\
         <span class=\"katex-html\" aria-hidden=\"true\">\
         <span class=\"katex-base\"><span class=\"katex-strut\" style=\"height:1em;\"></span>\
         {atoms}</span></span></span>"
    );
    let styles = Styles::default();
    let out = styles.numbered(&compact(&html).expect("well formed"));
    let start = "<k-x><math><mi>other</mi></math><b class=\"k0\" aria-hidden=\"true\">";
    let line = out.strip_prefix(start).unwrap_or_else(|| panic!("{out}"));
    let line = line.strip_suffix("</b></k-x>").expect("closed tags");
    (line.into(), styles.sheet())
}

fn mathml(math: &str) -> String {
    let html = format!(
        "<span class=\"katex\"><span class=\"katex-mathml\"><math>{math}</math></span></span>"
    );
    let out = compact(&html).expect("well formed").html;
    let out = out.strip_prefix("<k-x><math>").expect("MathML first");
    out.strip_suffix("</math></k-x>").expect("and closed").into()
}

/// KaTeX's script: the box begins 2.55 em above, its strut is 2.7 em high.
const SCRIPT: &str = "<span class=\"msupsub\"><span class=\"vlist-t vlist-t2\">\
    <span class=\"vlist-r\"><span class=\"vlist\" style=\"height:0.28em;\">\
    <span style=\"top:-2.55em;margin-left:0em;margin-right:0.05em;\">\
    <span class=\"pstrut\" style=\"height:2.7em;\"></span>\
    <span class=\"katex-sizing reset-size6 size3 mtight\"><span class=\"mord mathnormal mtight\">t</span></span>\
    </span></span><span class=\"vlist-s\">\u{200b}</span></span>\
    <span class=\"vlist-r\"><span class=\"vlist\" style=\"height:0.15em;\"><span></span></span></span>\
    </span></span>";

#[test]
fn struts_become_before_and_bare_spans_dissolve() {
    let (line, sheet) =
        seen("<span class=\"mord\">a</span><span class=\"mopen\">(</span>");
    assert_eq!(line, "a(");
    assert_eq!(sheet, "<style>k-x .k0:before{height:1em}</style>\n\n");
    let strut = |height: f64, down: f64| {
        reaches_out(&format!("height:{height}em;vertical-align:-{down}em;"))
    };
    assert!(!strut(1.0, 0.25) && strut(1.0, 0.05) && strut(1.0, 0.35) && reaches_out(""));
}

#[test]
fn letters_are_i_and_neighbours_one() {
    let letter = |x: &str| format!("<span class=\"mord mathnormal\">{x}</span>");
    assert_eq!(seen(&(letter("d") + &letter("t"))).0, "<i>dt</i>");
    let kerned = "<span class=\"mord mathnormal\" style=\"margin-right:.1em;\">X</span>";
    assert_eq!(seen(&(letter("d") + kerned)).0, "<i>d</i><i class=\"k1\">X</i>");
}

#[test]
fn spaces_round_a_relation_are_its_margins() {
    let space =
        |w: &str| format!("<span class=\"mspace\" style=\"margin-right:{w}em;\"></span>");
    let (line, sheet) = seen(&format!(
        "x{}<span class=\"mrel\">=</span>{}y",
        space("0.2778"),
        space("0.25")
    ));
    assert_eq!(line, "x<u class=\"k1\">=</u>y");
    assert!(sheet.contains(".k1{margin:0 .25em 0 .2778em}"), "{sheet}");
    let (line, sheet) = seen(&format!("x,{}y", space("0.1667")));
    assert_eq!(line, "x,<u class=\"k1\"></u>y");
    assert!(sheet.contains(".k1{margin:0 .1667em 0 0}"), "{sheet}");
    let two = seen(&format!("x{}{}<i>y</i>", space("0.1"), space("-0.3")));
    assert!(two.1.contains("margin:0 -.2em 0 0"), "{two:?}");
}

#[test]
fn a_script_by_itself_is_one_span() {
    let (line, sheet) = seen(SCRIPT);
    assert_eq!((line.as_str(), sheet.matches(".k1").count()), ("<s><i>t</i></s>", 0));
    let (line, sheet) = seen(&SCRIPT.replace("-2.55em", "-3.1em"));
    assert_eq!(line, "<s class=\"k1\"><i>t</i></s>");
    let rule = ".k1{font-size:.7em;vertical-align:.5714em;margin:0 .0714em 0 0}";
    assert!(sheet.contains(rule), "{sheet}");
}

#[test]
fn the_space_after_a_slanted_letter_belongs_to_its_script() {
    let letter =
        "<span class=\"mord mathnormal\" style=\"margin-right:0.07em;\">X</span>";
    let (line, sheet) = seen(&format!("{letter}{SCRIPT}"));
    assert_eq!(line, "<i>X</i><s class=\"k1\"><i>t</i></s>");
    assert!(sheet.contains("margin:0 .0714em 0 .1em}"), "{sheet}");
    assert_eq!(seen(&format!("{letter}(")).0, "<i class=\"k1\">X</i>(");
}

#[test]
fn a_letter_alone_is_heard_and_seen_at_once() {
    let formula = |math: &str, seen: &str| {
        let html = format!(
            "<span class=\"katex\"><span class=\"katex-mathml\"><math>{math}</math></span>\
             <span class=\"katex-html\" aria-hidden=\"true\"><span class=\"katex-base\">\
             <span class=\"katex-strut\" style=\"height:1em;\"></span>{seen}</span></span></span>"
        );
        compact(&html).expect("well formed").html
    };
    let letter = "<span class=\"mord mathnormal\">h</span>";
    assert_eq!(formula("<mi>h</mi>", letter), "<k-x><i>h</i></k-x>");
    assert_eq!(formula("<mn>10</mn>", "10"), "<k-x>10</k-x>");
    for (math, seen) in
        [("<mi>g</mi>", letter), ("<mo>∞</mo>", "∞"), ("<mi>h</mi><mn>2</mn>", "h2")]
    {
        assert!(formula(math, seen).contains("<math>"), "{math}");
    }
}

#[test]
fn the_path_of_a_drawing_is_written_once() {
    let root = |d: &str| {
        format!(
            "<span class=\"hide-tail\"><svg width=\"4em\"><path d=\"{d}\"/></svg></span>"
        )
    };
    let (line, sheet) = seen(&(root("M1") + &root("M2") + &root("M1")));
    for (path, count) in [("#kp0", 2), ("#kp1", 1)] {
        assert_eq!(
            line.matches(&format!("<use href=\"{path}\"></use>")).count(),
            count,
            "{line}"
        );
    }
    assert!(
        sheet.contains("<path id=\"kp1\" stroke=\"none\" d=\"M2\"></path>"),
        "{sheet}"
    );
}

#[test]
fn noughts_before_points_go_and_no_others() {
    assert_eq!(
        shortened("top:-0.5em;margin:0 10.05em 0 0.25em"),
        "top:-.5em;margin:0 10.05em 0 .25em"
    );
    assert_eq!([short(-0.00001), short(12.0), short(10.5)], ["0", "12em", "10.5em"]);
}

#[test]
fn a_stack_of_two_keeps_its_boxes_and_loses_its_second_row() {
    let boxed = |top: &str, x: &str| {
        format!(
            "<span style=\"top:{top}em;\"><span class=\"pstrut\" style=\"height:3em;\"></span><span class=\"mord\">{x}</span></span>"
        )
    };
    let stack = format!(
        "<span class=\"mfrac\"><span class=\"vlist-t vlist-t2\"><span class=\"vlist-r\">\
         <span class=\"vlist\" style=\"height:1em;\">{}{}</span><span class=\"vlist-s\">\u{200b}</span></span>\
         <span class=\"vlist-r\"><span class=\"vlist\" style=\"height:0.5em;\"><span></span></span></span></span></span>",
        boxed("-2.3", "a"),
        boxed("-3.7", "b")
    );
    let (line, sheet) = seen(&stack);
    assert_eq!(
        line,
        "<span class=\"mfrac\"><k-t><k-l class=\"k1\">\
         <span class=\"k2\"><span>a</span></span><span class=\"k3\"><span>b</span></span></k-l></k-t></span>"
    );
    assert!(sheet.contains(".k2{top:-2.3em}k-x .k2:before{height:3em}"), "{sheet}");
}

#[test]
fn mathml_keeps_what_is_heard() {
    let math = "<semantics><mrow><mstyle scriptlevel=\"0\" displaystyle=\"true\"><msub>\
        <mi mathvariant=\"normal\">∞</mi><mrow><mi>t</mi></mrow></msub>\
        <mo stretchy=\"false\">(</mo><mi mathvariant=\"normal\">d</mi></mstyle></mrow>\
        <annotation encoding=\"application/x-tex\">x</annotation></semantics>";
    assert_eq!(
        mathml(math),
        "<msub><mi>∞</mi><mi>t</mi></msub><mo>(</mo><mi mathvariant=\"normal\">d</mi>"
    );
    // A base that is empty still counts as a base.
    assert_eq!(
        mathml("<msub><mrow></mrow><mi>t</mi></msub>"),
        "<msub><mrow></mrow><mi>t</mi></msub>"
    );
    assert_eq!(
        mathml(
            "<mi mathvariant=\"double-struck\">E</mi><mtext>\u{a0}</mtext><mspace width=\"1em\"/><mi>x</mi>"
        ),
        "<mi>𝔼</mi><mi>x</mi>"
    );
    let fraction = "<mfrac linethickness=\"0px\"><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow><mi>k</mi></mfrac>";
    assert_eq!(mathml(fraction), fraction);
}

#[test]
fn styles_are_numbered_over_the_whole_book_and_told_on_each_page() {
    let styled = |w: &str| {
        let html = format!(
            "<span class=\"katex\"><span class=\"katex-html\"><span class=\"x\" style=\"top:{w}em;\"></span></span></span>"
        );
        compact(&html).expect("well formed")
    };
    let styles = Styles::default();
    assert!(styles.numbered(&styled("1")).contains("k0"));
    assert!(styles.numbered(&styled("2")).contains("k1"));
    assert_eq!(styles.sheet(), "<style>k-x .k0{top:1em}k-x .k1{top:2em}</style>\n\n");
    assert!(styles.numbered(&styled("2")).contains("k1"));
    assert_eq!(styles.sheet(), "<style>k-x .k1{top:2em}</style>\n\n");
    assert_eq!(styles.sheet(), "");
}

#[test]
fn usual_styles_stand_in_the_stylesheet() {
    let path = crate::commands::root().join("book/assets/book.css");
    let css =
        std::fs::read_to_string(path).unwrap().replace(": ", ":").replace("; ", ";");
    for (tag, own) in USUAL {
        let rule = css.split(&format!("k-x {tag} {{")).nth(1).expect("a rule");
        assert!(rule.split('}').next().unwrap().contains(own), "{tag}: {own}");
    }
}

#[test]
fn the_stylesheet_is_katexs() {
    let file = |name: &str| {
        let path = crate::commands::root().join("book/assets/katex").join(name);
        std::fs::read_to_string(path).unwrap()
    };
    // Whole names only.
    let renamed = |css: &str, from: &str, to: &str| {
        let mut parts = css.split(from);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |css, rest| {
            let longer =
                rest.starts_with(|c: char| c.is_alphanumeric() || "-_".contains(c));
            css + if longer { from } else { to } + rest
        })
    };
    let mut css = file("katex.min.css");
    // With :not they weigh as much as the classes they stand for.
    let names =
        [(".katex", "k-x"), (".vlist-t", "k-t:not(._)"), (".vlist", "k-l:not(._)")];
    for (from, to) in names {
        css = renamed(&css, from, to);
    }
    assert!(
        css == file("k-x.css"),
        "book/assets/katex/k-x.css is not KaTeX's with names of ours"
    );
}

#[test]
fn what_is_not_well_formed_is_refused() {
    assert_eq!(compact("<span>x"), None);
}
