//! Chapter 2: `ou`, two hundred thousand paths by a thousand steps, and its draws alone.

use benches::OuEnsemble;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Euler–Maruyama over an ensemble, in path-steps per second, and the rate at which the
/// same generators draw normal numbers.
fn ou(criterion: &mut Criterion) {
    let paths = 200_000;
    let mut ensemble = OuEnsemble::new(paths);
    let mut group = criterion.benchmark_group("ch02_brownian_motion");
    group.throughput(Throughput::Elements((paths * OuEnsemble::STEPS) as u64));
    group.sample_size(10);
    group.bench_function("ou", |bencher| bencher.iter(|| ensemble.run()));
    group.bench_function("draws", |bencher| bencher.iter(|| ensemble.draws()));
    group.finish();
}

criterion_group!(benches, ou);
criterion_main!(benches);
