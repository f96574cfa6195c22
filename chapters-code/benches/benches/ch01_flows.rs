//! Chapter 1: `rk4`, a hundred thousand particles by a hundred steps.

use benches::Rk4Cloud;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Runge–Kutta over an ensemble, in particle-steps per second.
fn rk4(criterion: &mut Criterion) {
    let particles = 100_000;
    let mut cloud = Rk4Cloud::new(particles);
    let mut group = criterion.benchmark_group("ch01_flows");
    group.throughput(Throughput::Elements((particles * Rk4Cloud::STEPS) as u64));
    group.bench_function("rk4", |bencher| bencher.iter(|| cloud.run()));
    group.finish();
}

criterion_group!(benches, rk4);
criterion_main!(benches);
