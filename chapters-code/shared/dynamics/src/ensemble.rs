//! Ensembles in chunks: the same bits on 1, 2 or 64 threads.

use rayon::prelude::*;

/// Particles in a chunk. Fixed, because chunk k draws its own random numbers: 1024
/// points of the plane are 16 kB, which stays in a core's first-level cache.
pub const CHUNK: usize = 1024;

/// Calls `work(k, chunk)` for every chunk of at most [`CHUNK`] particles, on all cores.
///
/// `k` is the number of the chunk, counted from 0: what `work` does may depend on it
/// (a generator, say), never on the thread.
pub fn for_each_chunk<S: Send>(
    particles: &mut [S],
    work: impl Fn(usize, &mut [S]) + Sync,
) {
    particles.par_chunks_mut(CHUNK).enumerate().for_each(|(k, chunk)| work(k, chunk));
}

/// As [`for_each_chunk`], for work that may fail.
///
/// # Errors
/// The error of the first chunk that has one, whichever thread meets it first. The other
/// chunks are done all the same.
pub fn try_for_each_chunk<S: Send, F: Send>(
    particles: &mut [S],
    work: impl Fn(usize, &mut [S]) -> Result<(), F> + Sync,
) -> Result<(), F> {
    let chunks = particles.par_chunks_mut(CHUNK).enumerate();
    let results: Vec<_> = chunks.map(|(k, chunk)| work(k, chunk)).collect();
    results.into_iter().collect()
}

/// Σ `term(x)` over the particles: chunks on all cores, their sums added in order.
///
/// Floating-point addition is not associative, so the order is part of the result.
pub fn sum_over_chunks<S: Sync>(particles: &[S], term: impl Fn(&S) -> f64 + Sync) -> f64 {
    let sums: Vec<f64> =
        particles.par_chunks(CHUNK).map(|chunk| chunk.iter().map(&term).sum()).collect();
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_cover_every_particle_once() {
        let mut particles = vec![0_usize; 2 * CHUNK + 7];
        for_each_chunk(&mut particles, |k, chunk| {
            for (i, x) in chunk.iter_mut().enumerate() {
                *x += k * CHUNK + i + 1;
            }
        });
        assert!(particles.iter().enumerate().all(|(i, &x)| x == i + 1));
    }

    #[test]
    fn the_first_failing_chunk_is_told() {
        let mut particles = vec![0; 5 * CHUNK];
        let failing = |k: usize, chunk: &mut [usize]| {
            chunk.fill(1);
            if k == 2 || k == 3 { Err(k) } else { Ok(()) }
        };
        assert_eq!(try_for_each_chunk(&mut particles, failing), Err(2));
        assert!(particles.iter().all(|&x| x == 1), "every chunk was worked on");
    }

    #[test]
    fn a_sum_has_the_same_bits_on_any_number_of_threads() {
        let particles: Vec<f64> = (1..10_000).map(|i| 1.0 / f64::from(i)).collect();
        let sum = |threads| {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| sum_over_chunks(&particles, |x| x * 3.0))
        };
        assert_eq!(sum(1).to_bits(), sum(2).to_bits());
        assert_eq!(sum(1).to_bits(), sum(5).to_bits());
        // 3 (ln n + γ + 1/2n) with n = 9999; the next term is below 1e-8.
        let harmonic = 9999_f64.ln() + 0.577_215_664_901_532_9 + 0.5 / 9999.0;
        assert!((sum(3) - 3.0 * harmonic).abs() < 1e-8);
    }
}
