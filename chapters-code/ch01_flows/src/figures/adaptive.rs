//! An adaptive pair at work: small steps where the field is fast.

pub(super) fn adaptive() -> plot::Picture {
    todo!()
}
