//! Your answers to the exercises of chapter 2.
//!
//! Replace each `todo!()` by your answer, then type `cargo grade -p ch02_brownian_motion`.

#![allow(unused_variables)]
