//! Your answers to the exercises of chapter 4.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch04_reverse_sdes`.

#![allow(unused_variables)]
