use super::*;

/// The visible part of a formula whose line holds `atoms`.
fn seen(atoms: &str) -> (String, String) {
    let html = format!(
        "<span class=\"katex\"><span class=\"katex-html\" aria-hidden=\"true\">\
         <span class=\"katex-base\"><span class=\"katex-strut\" style=\"height:1em;\"></span>\
         {atoms}</span></span></span>"
    );
    let styles = Styles::default();
    let out = styles.numbered(&compact(&html));
    let start = "<span class=\"katex\"><span aria-hidden=\"true\"><b class=\"k";
    let line =
        out.strip_prefix(start).expect("a line").split_once("\">").expect("a tag").1;
    let line = line.strip_suffix("</b></span></span>").expect("closed tags");
    (line.into(), styles.sheet())
}

fn mathml(math: &str) -> String {
    let html = format!("<span class=\"katex-mathml\"><math>{math}</math></span>");
    let out = compact(&html).html;
    let out = out.strip_prefix("<span><math>").expect("MathML first");
    out.strip_suffix("</math></span>").expect("and closed").into()
}

#[test]
fn struts_become_before_and_bare_spans_dissolve() {
    let (line, sheet) =
        seen("<span class=\"mord\">a</span><span class=\"mopen\">(</span>");
    assert_eq!(line, "a(");
    assert_eq!(sheet, "<style>.katex .k0::before{height:1em}</style>\n\n");
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
    assert_eq!(line, "x<span class=\"k1\">=</span>y");
    assert!(sheet.contains(".k1{margin:0 .25em 0 .2778em}"), "{sheet}");
    let (line, sheet) = seen(&format!("x,{}y", space("0.1667")));
    assert_eq!(line, "x,<span class=\"k1\"></span>y");
    assert!(sheet.contains(".k1{margin-right:.1667em}"), "{sheet}");
    let two = seen(&format!("x{}{}<i>y</i>", space("0.1"), space("-0.3")));
    assert!(two.1.contains("margin-right:-.2em"), "{two:?}");
}

#[test]
fn a_script_by_itself_is_one_span() {
    // KaTeX's x_t: the box begins 2.55 em above, its strut is 2.7 em high.
    let script = "<span class=\"msupsub\"><span class=\"vlist-t vlist-t2\">\
        <span class=\"vlist-r\"><span class=\"vlist\" style=\"height:0.28em;\">\
        <span style=\"top:-2.55em;margin-left:0em;margin-right:0.05em;\">\
        <span class=\"pstrut\" style=\"height:2.7em;\"></span>\
        <span class=\"katex-sizing reset-size6 size3 mtight\"><span class=\"mord mathnormal mtight\">t</span></span>\
        </span></span><span class=\"vlist-s\">\u{200b}</span></span>\
        <span class=\"vlist-r\"><span class=\"vlist\" style=\"height:0.15em;\"><span></span></span></span>\
        </span></span>";
    let (line, sheet) = seen(script);
    assert_eq!(line, "<s class=\"k1\"><i>t</i></s>");
    let rule = ".k1{font-size:.7em;vertical-align:-.2143em;\
                margin-left:0em;margin-right:.0714em}";
    assert!(sheet.contains(rule), "{sheet}");
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
        "<span class=\"mfrac\"><span class=\"vlist-t\"><span class=\"vlist k1\">\
         <span class=\"k2\"><span>a</span></span><span class=\"k3\"><span>b</span></span></span></span></span>"
    );
    assert!(sheet.contains(".k2{top:-2.3em}.katex .k2::before{height:3em}"), "{sheet}");
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
    let fraction = "<mfrac linethickness=\"0px\"><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow><mi>k</mi></mfrac>";
    assert_eq!(mathml(fraction), fraction);
}

#[test]
fn styles_are_numbered_over_the_whole_book_and_told_on_each_page() {
    let styled = |w: &str| {
        compact(&format!(
            "<span class=\"katex-html\"><span class=\"x\" style=\"top:{w}em;\"></span></span>"
        ))
    };
    let styles = Styles::default();
    assert!(styles.numbered(&styled("1")).contains("k0"));
    assert!(styles.numbered(&styled("2")).contains("k1"));
    assert_eq!(styles.sheet().matches(".katex").count(), 2);
    assert!(styles.numbered(&styled("2")).contains("k1"));
    assert_eq!(styles.sheet(), "<style>.katex .k1{top:2em}</style>\n\n");
    assert_eq!(styles.sheet(), "");
}

#[test]
fn what_is_not_well_formed_stays() {
    assert_eq!(compact("<span>x").html, "<span>x");
}
