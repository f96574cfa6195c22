//! Your answers to the exercises of chapter 3.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch03_fokker_planck`.

#![allow(unused_variables)]
