//! Your answers to the exercises of chapter 5.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch05_score_matching`.

#![allow(unused_variables)]
