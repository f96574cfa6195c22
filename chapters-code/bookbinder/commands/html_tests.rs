use super::*;

fn faults(pages: &[(&str, &str)]) -> Vec<String> {
    let dest = tempfile::tempdir().unwrap();
    for (name, text) in pages {
        let path = dest.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    check(dest.path()).unwrap().faults
}

#[test]
fn good_links_are_good() {
    let a = "<a href='b/c.html#x%20y'>c</a> <a href=#me id=me>me</a> <img src=\"p.svg\"> \
             <a href=\"https://example.org\">away</a> <script>'<a href=\"no\">'</script>\
             <!-- <a href=\"no\"> --> 1 < 2 <p hidden>";
    let c = "<h1 id='x y'>c</h1><a href=\"../a.html?q=1&amp;r=2#me\">a</a>";
    assert_eq!(
        faults(&[("a.html", a), ("b/c.html", c), ("p.svg", "")]),
        Vec::<String>::new()
    );
}

#[test]
fn what_leads_nowhere_is_told_with_its_line() {
    let a = "<p>\n<a href=\"#none\">x</a>\n<a href=\"none.html\">y</a><p id=q><p id=q>\
             <script src=\"https://example.org/x.js\"></script>";
    let told = faults(&[("a.html", a)]).join("\n");
    for part in [
        "a.html:3: the id `q` is here a second time",
        "a.html:2: `#none` leads nowhere: a.html has no id `none`",
        "a.html:3: `none.html` leads nowhere: there is no none.html",
        "a.html:3: the page fetches https://example.org/x.js",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
}

#[test]
fn rubbish_does_not_panic() {
    for text in [
        "<",
        "<a",
        "<a href",
        "<a href=",
        "<a href='",
        "<é",
        "<a é='ü",
        "</",
        "<!--",
        "<script",
    ] {
        read(text);
    }
}

#[test]
fn the_page_of_a_missing_page_links_from_the_root() {
    let lost = "<base href=\"/\"><a href=\"index.html\">home</a>";
    assert_eq!(faults(&[("404.html", lost), ("index.html", "")]), Vec::<String>::new());
}
