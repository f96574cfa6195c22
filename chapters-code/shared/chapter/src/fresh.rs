//! `claims --fresh N`: the claims that draw numbers, again on N seeds nobody has chosen.
//!
//! A sampled claim holds on the book's seed; whoever wrote it has seen that it does. Fresh
//! seeds show whether its limit is as wide as it says: of many true checks hardly one may miss.

use crate::Chapter;
use crate::in_order::in_order;
use crate::run::Progress;
use evidence::{Claim, Evidence, KOLMOGOROV, STANDARD_ERRORS, number};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How rare a count of misses must be among true checks before it is no chance any more.
const CREDIBLE: f64 = 1e-3;
/// How often a true check misses 5.8 standard errors: 2 (1 − Φ(5.8)).
const BEYOND_ERRORS: f64 = 6.6e-9;
/// How often a true law shows √n D > 3.1: 2 exp(−2 · 3.1²), the first term of the series.
const BEYOND_KOLMOGOROV: f64 = 9.0e-9;
/// So many misses are told one by one.
const TOLD: usize = 5;

/// What fresh seeds did to one claim.
#[derive(Clone, Debug, Default, PartialEq)]
struct Record {
    id: &'static str,
    /// Measurements of one run.
    pieces: usize,
    /// Misses among all of them.
    missed: usize,
    /// Misses to be expected of true checks.
    expected: f64,
    /// The largest measurement, as a part of its limit.
    largest: f64,
    /// "seed 7: what: 6.1 > 5.8".
    told: Vec<String>,
    /// Slips that were run, and how many of those were not clearly refused.
    slips: (usize, usize),
}

/// What a run on fresh seeds says, and whether it is credible.
#[derive(Debug)]
pub struct Verdict {
    /// A table in words.
    pub words: String,
    /// False if more was missed than chance allows.
    pub credible: bool,
}

/// Runs every claim that draws on the `n` seeds after `seed`; its slips too, if asked.
///
/// # Errors
/// If a check panics: which, and on which seed.
pub fn run<A>(
    chapter: &Chapter<A>,
    seed: u64,
    n: u64,
    slips: bool,
) -> Result<Verdict, String> {
    let drawn: Vec<&Claim> = {
        let draws = in_order(chapter.claims.len(), |i| draws(&chapter.claims[i], seed));
        let draws = draws.into_iter().collect::<Result<Vec<bool>, String>>()?;
        chapter
            .claims
            .iter()
            .zip(draws)
            .filter(|(_, draws)| *draws)
            .map(|(c, _)| c)
            .collect()
    };
    let progress = Progress::new("fresh seeds", n * drawn.len() as u64);
    let count = usize::try_from(n).unwrap_or(usize::MAX);
    let mut records = Vec::new();
    for claim in &drawn {
        let runs = in_order(count, |k| {
            let record = once(claim, seed.wrapping_add(1 + k as u64), slips);
            progress.done(1);
            record
        });
        let mut record = Record { id: claim.id, ..Record::default() };
        for run in runs {
            record.add(run?);
        }
        records.push(record);
    }
    drop(progress);
    let credible = credible(&records);
    let head = format!(
        "Chapter {}, {}: {} of {} claims draw numbers; each on {n} seeds, {} to {}\n",
        chapter.number,
        chapter.title,
        drawn.len(),
        chapter.claims.len(),
        seed.wrapping_add(1),
        seed.wrapping_add(n),
    );
    Ok(Verdict { words: head + &words(&records, n, slips, credible), credible })
}

/// Whether what a claim measures depends on the seed.
fn draws(claim: &Claim, seed: u64) -> Result<bool, String> {
    let first = checked(claim, seed)?;
    if first.iter().any(|evidence| evidence.samples.is_some()) {
        return Ok(true);
    }
    let measured =
        |all: &[Evidence]| all.iter().map(|e| e.measured.to_bits()).collect::<Vec<_>>();
    Ok(measured(&first) != measured(&checked(claim, seed.wrapping_add(1))?))
}

fn checked(claim: &Claim, seed: u64) -> Result<Vec<Evidence>, String> {
    // What the panic said stands on standard error already.
    catch_unwind(AssertUnwindSafe(|| (claim.check)(seed))).map_err(|_| {
        format!("the check of the claim `{}` panicked on seed {seed}", claim.id)
    })
}

/// One claim on one seed.
fn once(claim: &Claim, seed: u64, slips: bool) -> Result<Record, String> {
    let evidence = checked(claim, seed)?;
    let mut record = Record { pieces: evidence.len(), ..Record::default() };
    if evidence.is_empty() {
        record.missed = 1;
        record.told.push(format!("seed {seed}: nothing was measured"));
    }
    for piece in &evidence {
        record.expected += level(piece);
        // What must be exact, and is, is no part of its limit. Not-a-number is as large as
        // can be.
        let exact = piece.limit == 0.0 && piece.holds();
        let excess = if exact { 0.0 } else { piece.excess() };
        record.largest =
            record.largest.max(if excess.is_nan() { f64::INFINITY } else { excess });
        if !piece.holds() {
            record.missed += 1;
            record.told.push(format!("seed {seed}: {}", piece.line()));
        }
    }
    if slips {
        for slip in claim.refuses {
            let report =
                catch_unwind(AssertUnwindSafe(|| slip.run(seed))).map_err(|_| {
                    format!(
                        "the slip \"{}\" of `{}` panicked on seed {seed}",
                        slip.name, claim.id
                    )
                })?;
            record.slips.0 += 1;
            if report.holds {
                record.slips.1 += 1;
                let (measured, limit) = (number(report.measured), number(report.limit));
                record.told.push(format!(
                    "seed {seed}: does not clearly refuse \"{}\": {measured} against {limit} ({})",
                    slip.name, report.part
                ));
            }
        }
    }
    Ok(record)
}

/// How often a true measurement of this kind misses its limit. A limit that has its reason
/// in rounding or in a proof is never to be missed.
fn level(piece: &Evidence) -> f64 {
    if piece.samples.is_none() {
        0.0
    } else if piece.limit == KOLMOGOROV {
        BEYOND_KOLMOGOROV
    } else if piece.limit == STANDARD_ERRORS || piece.because.contains("standard error") {
        BEYOND_ERRORS
    } else {
        0.0
    }
}

impl Record {
    fn add(&mut self, run: Self) {
        self.pieces = self.pieces.max(run.pieces);
        self.missed += run.missed;
        self.expected += run.expected;
        self.largest = self.largest.max(run.largest);
        self.told.extend(run.told);
        self.slips = (self.slips.0 + run.slips.0, self.slips.1 + run.slips.1);
    }
}

/// Whether chance alone would do this: all claims together, each by itself, every slip
/// refused.
fn credible(records: &[Record]) -> bool {
    let missed = records.iter().map(|r| r.missed).sum();
    let expected = records.iter().map(|r| r.expected).sum();
    let each = CREDIBLE / records.len().max(1) as f64;
    records.iter().all(|r| r.slips.1 == 0)
        && at_least(missed, expected) >= CREDIBLE
        && records.iter().all(|r| at_least(r.missed, r.expected) >= each)
}

/// The chance of at least `count` rare events where `expected` are expected (Poisson).
fn at_least(count: usize, expected: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    // Summed from the first term that counts: 1 − (the rest) would lose small chances.
    let first = (1..=count).fold((-expected).exp(), |term, k| term * expected / k as f64);
    let ratio = |k: usize| expected / k as f64;
    let mut term = first;
    let mut sum = 0.0;
    for k in count + 1.. {
        sum += term;
        term *= ratio(k);
        if term <= sum * f64::EPSILON && (k as f64) > expected {
            break;
        }
    }
    sum
}

fn words(records: &[Record], n: u64, slips: bool, credible: bool) -> String {
    let mut out = String::new();
    let width = records.iter().map(|r| r.id.len()).max().unwrap_or(0).max(5);
    let _ = write!(
        out,
        "\n  {:width$}  {:>9}  missed  expected   largest",
        "claim", "measured"
    );
    let _ = writeln!(out, "{}", if slips { "  slips not refused" } else { "" });
    let mut all = Record { id: "all", ..Record::default() };
    for record in records {
        all.add(Record { told: Vec::new(), ..record.clone() });
        line(&mut out, record, width, record.pieces as u64 * n, slips);
    }
    let measured = records.iter().map(|r| r.pieces as u64 * n).sum();
    line(&mut out, &all, width, measured, slips);
    out += "  Largest: of all measurements, as a part of the limit.\n";
    let told: Vec<_> = records
        .iter()
        .flat_map(|r| r.told.iter().map(move |words| (r.id, words)))
        .collect();
    for (id, words) in told.iter().take(TOLD) {
        let _ = writeln!(out, "  {id}, {words}");
    }
    if told.len() > TOLD {
        let _ = writeln!(out, "  … and {} more", told.len() - TOLD);
    }
    let verdict = match (all.missed, credible) {
        (_, false) => "More is missed than chance allows once in a thousand such runs.",
        (0, _) => "Nothing is missed.",
        _ => "So many misses are within chance.",
    };
    out + "  " + verdict + "\n\n"
}

fn line(out: &mut String, record: &Record, width: usize, measured: u64, slips: bool) {
    let expected = match record.expected {
        0.0 => "0".into(),
        expected => format!("{expected:.1e}"),
    };
    let _ = write!(
        out,
        "  {:width$}  {measured:>9}  {:>6}  {expected:>8}  {:>8}",
        record.id,
        record.missed,
        number(record.largest),
    );
    if slips {
        let _ = write!(out, "  {} of {}", record.slips.1, record.slips.0);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use evidence::Slip;

    #[test]
    fn a_rare_count_has_a_small_chance() {
        assert_eq!(at_least(0, 0.0), 1.0);
        assert_eq!(at_least(1, 0.0), 0.0);
        assert!((at_least(1, 1e-5) - 1e-5).abs() < 1e-9, "1 − e^−λ");
        // P(X ≥ 3) for λ = 2 is 1 − 5 e⁻².
        assert!((at_least(3, 2.0) - (1.0 - 5.0 * (-2.0f64).exp())).abs() < 1e-14);
        assert!((at_least(1, 30.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn levels_are_those_of_the_limits() {
        let errors = Evidence::errors("x", 1.0, 0.9, 0.1, 100, 1);
        assert_eq!(level(&errors), BEYOND_ERRORS);
        let draws: Vec<f64> = (1..10).map(|k| 0.1 * f64::from(k)).collect();
        assert_eq!(level(&Evidence::law("x", &draws, |x| x, 1)), BEYOND_KOLMOGOROV);
        let bound = Evidence::at_most("x", 0.0, 1e-9, "rounding").sampled(50, 1);
        assert_eq!(
            (level(&bound), level(&Evidence::at_most("x", 0.0, 5.8, ""))),
            (0.0, 0.0)
        );
        // e⁻² of Mills' ratio: 2 (1 − Φ(z)) < 2 φ(z) / z, and nearly so.
        let z = STANDARD_ERRORS;
        let mills = 2.0 * (-z * z / 2.0).exp() / (std::f64::consts::TAU.sqrt() * z);
        assert!((0.95..1.0).contains(&(BEYOND_ERRORS / mills)), "{mills:e}");
        let series = 2.0 * (-2.0 * KOLMOGOROV * KOLMOGOROV).exp();
        assert!((BEYOND_KOLMOGOROV / series - 1.0).abs() < 0.01, "{series:e}");
    }

    /// Draws the seed itself; misses on every seventh.
    fn sevenths(seed: u64) -> Vec<Evidence> {
        let error = if seed.is_multiple_of(7) { 6.0 } else { 1.0 };
        vec![Evidence::errors("x", error, 0.0, 1.0, 9, seed)]
    }

    fn exact(_: u64) -> Vec<Evidence> {
        vec![Evidence::at_most("x", 0.0, 1.0, "")]
    }

    fn chapter(claims: &'static [Claim]) -> Chapter<crate::NoFlags> {
        Chapter {
            name: "fake",
            number: 9,
            title: "Fakes",
            claims,
            figures: &[],
            cards: Vec::new,
            errata: &[],
            experiment: |_| Err(String::new()),
        }
    }

    #[test]
    fn misses_are_counted_and_told() {
        static CLAIMS: &[Claim] = &[
            Claim::new("sevenths", "", sevenths, &[Slip::new("weak", sevenths)]),
            Claim::new("exact", "", exact, &[]),
        ];
        let verdict = run(&chapter(CLAIMS), 0, 20, false).unwrap();
        assert!(!verdict.credible);
        for wanted in [
            "1 of 2 claims draw numbers; each on 20 seeds, 1 to 20",
            "sevenths         20       2    1.3e-7      1.03",
            "sevenths, seed 7: x: 6 for 0, distance in standard errors: 6 > 5.8",
            "More is missed than chance allows",
        ] {
            assert!(verdict.words.contains(wanted), "{wanted}\n{}", verdict.words);
        }
        let few = run(&chapter(CLAIMS), 0, 6, false).unwrap();
        assert!(
            few.credible && few.words.contains("Nothing is missed."),
            "{}",
            few.words
        );
        // The slip is refused nowhere.
        let slips = run(&chapter(CLAIMS), 0, 6, true).unwrap();
        assert!(!slips.credible && slips.words.contains("6 of 6"), "{}", slips.words);
    }

    #[test]
    fn a_claim_that_draws_and_does_not_say_so_is_run_too() {
        static CLAIMS: &[Claim] = &[Claim::new(
            "silent",
            "",
            |seed| vec![Evidence::at_most("x", (seed % 5) as f64, 3.0, "")],
            &[],
        )];
        let verdict = run(&chapter(CLAIMS), 0, 10, false).unwrap();
        assert!(
            !verdict.credible && verdict.words.contains("silent, seed 4"),
            "{}",
            verdict.words
        );
    }

    #[test]
    fn a_panic_is_told_with_its_seed() {
        static CLAIMS: &[Claim] = &[Claim::new(
            "thin",
            "",
            |seed| {
                assert_ne!(seed, 3, "this is the test's panic");
                sevenths(seed)
            },
            &[],
        )];
        let error = run(&chapter(CLAIMS), 0, 5, false).unwrap_err();
        assert_eq!(error, "the check of the claim `thin` panicked on seed 3");
    }
}
