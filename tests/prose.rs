//! Every id in the prose has its claim, and every claim its page.

use evidence::{Claim, Erratum};
use grading::Card;
use plot::Figure;
use std::collections::BTreeMap;
use std::path::Path;

/// The pages of the book by name.
fn pages() -> Vec<(String, String)> {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("book");
    let entries = std::fs::read_dir(book).expect("the pages").flatten();
    let paths = entries.map(|entry| entry.path());
    let pages = paths.filter(|path| path.extension().is_some_and(|e| e == "md"));
    pages
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("a page").replace("\r\n", "\n"))
        })
        .collect()
}

/// How often each id is shown, by lines that begin with `mark`.
fn shown(marks: &[&str]) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for (_, text) in pages() {
        for line in text.lines() {
            let line = line.trim_start_matches(['>', ' ']);
            let id = marks.iter().find_map(|mark| line.strip_prefix(mark));
            if let Some(id) = id {
                let id = id.trim_end().trim_end_matches("}}").trim();
                *count.entry(id.to_owned()).or_default() += 1;
            }
        }
    }
    count
}

/// What a chapter says of itself.
struct Chapter {
    claims: &'static [Claim],
    figures: &'static [Figure],
    cards: Vec<Card>,
    errata: &'static [Erratum],
}

/// Every chapter of the book.
fn chapters() -> Vec<Chapter> {
    macro_rules! chapters {
        ($($chapter:ident),*) => {
            vec![$(Chapter {
                claims: $chapter::CLAIMS,
                figures: $chapter::FIGURES,
                cards: $chapter::cards(),
                errata: $chapter::ERRATA,
            }),*]
        };
    }
    chapters!(
        ch01_flows,
        ch02_brownian_motion,
        ch03_fokker_planck,
        ch04_reverse_sdes,
        ch05_score_matching
    )
}

/// Every claim of the book.
fn claims() -> impl Iterator<Item = &'static Claim> {
    chapters().into_iter().flat_map(|chapter| chapter.claims)
}

#[test]
fn every_formula_has_its_claim() {
    for id in shown(&["```math id="]).keys() {
        assert!(claims().any(|claim| claim.id == id), "no claim has the id {id}");
    }
}

#[test]
fn every_claim_stands_on_one_page_once() {
    let shown = shown(&["```math id=", "{{#figure "]);
    for claim in claims() {
        assert_eq!(shown.get(claim.id), Some(&1), "claim {}", claim.id);
    }
}

#[test]
fn every_figure_and_exercise_stands_on_one_page_once() {
    let shown = shown(&["{{#figure ", "{{#exercise "]);
    for chapter in chapters() {
        for figure in chapter.figures {
            assert_eq!(shown.get(figure.id), Some(&1), "figure {}", figure.id);
        }
        for card in chapter.cards {
            assert_eq!(shown.get(card.id), Some(&1), "exercise {}", card.id);
        }
    }
}

#[test]
fn every_claim_refuses_something() {
    for claim in claims() {
        assert!(!claim.refuses.is_empty(), "claim {} refuses nothing", claim.id);
    }
}

#[test]
fn every_erratum_is_a_slip_of_its_claim() {
    for erratum in chapters().into_iter().flat_map(|chapter| chapter.errata) {
        let claim = claims().find(|claim| claim.id == erratum.claim);
        let claim =
            claim.unwrap_or_else(|| panic!("{}: no claim {}", erratum.id, erratum.claim));
        let refused = claim.refuses.iter().any(|slip| slip.from == erratum.id);
        assert!(refused, "{}: no slip of {} is from it", erratum.id, claim.id);
    }
}
