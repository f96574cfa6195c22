//! Work on all cores, results in order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// `work(0)`, `work(1)` … `work(n − 1)`, in this order, computed on as many threads as
/// the machine has, or as `RAYON_NUM_THREADS` says.
///
/// # Panics
/// If `work` does.
pub fn in_order<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let asked =
        std::env::var("RAYON_NUM_THREADS").ok().and_then(|text| text.parse().ok());
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let workers = asked.filter(|&threads| threads > 0).unwrap_or_else(cores).min(n);
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<T>>> = (0..n).map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= n {
                        break;
                    }
                    let result = work(i);
                    *results[i].lock().expect("each slot has one writer") = Some(result);
                }
            });
        }
    });
    let take = |slot: Mutex<Option<T>>| slot.into_inner().ok().flatten();
    results.into_iter().map(|slot| take(slot).expect("every piece was done")).collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_come_in_order() {
        assert_eq!(in_order(100, |i| i * i), (0..100).map(|i| i * i).collect::<Vec<_>>());
        assert!(in_order(0, |i| i).is_empty());
    }
}
