//! What a simulation keeps: the ensemble, not its history. A program of its own, because
//! the peak of memory belongs to a process.

#![cfg(target_os = "linux")] // which tells the peak in /proc

use ch02_brownian_motion::{EulerMaruyama, OrnsteinUhlenbeck, simulate};
use dynamics::{Stream, TimeGrid};

/// The most memory this process has had so far, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has /proc");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let words = line.and_then(|line| line.split_whitespace().nth(1));
    words.and_then(|kib| kib.parse::<usize>().ok()).expect("a number of kB") * 1024
}

#[test]
fn an_ensemble_is_carried_in_its_own_memory() {
    let sde = OrnsteinUhlenbeck { rate: 0.25, diffusion: 0.5 };
    let (paths, steps) = (1_000_000, 50);
    let mut particles: Vec<f64> = (0..paths).map(|i| i as f64 / 1e5).collect();
    let ensemble = size_of_val(particles.as_slice());
    let grid = TimeGrid::new(0.0, 1.0, steps);
    let before = peak();
    simulate(&EulerMaruyama, &sde, grid, Stream::new(4, "memory"), &mut particles)
        .expect("finite");
    // A chunk and its noise for each thread, the threads' stacks, and one verdict for
    // each chunk: well below the ensemble itself, where the whole paths are 50 of it.
    let more = peak() - before;
    assert!(more < ensemble / 2, "{more} bytes more, for {ensemble} of the ensemble");
}
