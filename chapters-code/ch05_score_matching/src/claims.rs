//! Every claim of the chapter, in order of appearance.
//!
//! A check takes the candidate as its argument: for the truth that is the very function
//! the page shows, for a slip its wrong neighbour.

mod all_times;
mod denoiser;
mod denoising;
mod drawn;
mod network;
mod score;
mod windows;
mod without;

use evidence::Claim;

/// Every claim of the chapter.
pub static CLAIMS: &[Claim] = &[
    // The score.
    score::SCORE,
    score::DETERMINES,
    score::MIXTURE,
    score::OBJECTIVE,
    score::EXPANSION,
    // Without the score.
    without::BY_PARTS,
    without::IMPLICIT,
    without::SAMPLE,
    without::BORDER,
    without::WEIGHTED,
    without::SLICED,
    without::TRACE,
    // Windows on the data.
    windows::KDE,
    windows::KERNELS,
    windows::ERROR,
    windows::EXPLICIT,
    windows::SCORE,
    // Denoising.
    denoising::KERNEL,
    denoising::MARGINAL,
    denoising::DENOISING,
    denoising::CROSS,
    denoising::EQUIVALENCE,
    denoising::TOWER,
    denoising::GAP,
    // What a denoiser knows.
    denoiser::TWEEDIE,
    denoiser::AUTOENCODER,
    denoiser::SMOOTHED,
    denoiser::LOW_NOISE,
    // All noise at once.
    all_times::TIME_LOSS,
    all_times::DIVERGENCE,
    all_times::NOISE_PREDICTION,
    all_times::LOOP,
    // A network.
    network::REVERSE_MODE,
    network::NETWORK,
    network::ADAM,
    network::AVERAGE,
    network::FOUR_LOSSES,
    network::EXPLICIT_VS_DENOISING,
    // Learned and drawn.
    drawn::ANNEALED,
    drawn::NETWORK_NOISE,
    drawn::MODEL_DENSITY,
    drawn::TOYS,
];
