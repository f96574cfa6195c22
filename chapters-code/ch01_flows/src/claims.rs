//! Claims.
use evidence::Claim;
/// The claims.
pub static CLAIMS: &[Claim] = &[];
