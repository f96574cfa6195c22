//! Entries of the museum: what is printed wrongly somewhere, and what is right.

use serde::Serialize;

/// A misprint or unsound step of one of the five lecture notes the book starts from.
///
/// The number that refuses it is that of the slip whose `from` is this `id`.
#[derive(Clone, Debug, Serialize)]
pub struct Erratum {
    /// Its number: "E000-01".
    pub id: &'static str,
    /// Where it is printed: "notebook, §2.1.1".
    pub place: &'static str,
    /// What is printed there, in Markdown with `$…$`.
    pub printed: &'static str,
    /// What is right, in Markdown with `$…$`.
    pub right: &'static str,
    /// A sentence on why: what the printed form would mean.
    pub why: &'static str,
    /// Id of the claim one of whose slips is this form.
    pub claim: &'static str,
}
