//! Chapter 4: noise drawn back to two heaps with their exact score, with noise and without.

use benches::WayBack;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Ten thousand particles by 400 steps, in particle-steps per second.
fn way_back(criterion: &mut Criterion) {
    let particles = 10_000;
    let mut group = criterion.benchmark_group("ch04_reverse_sdes");
    group.throughput(Throughput::Elements((particles * WayBack::STEPS) as u64));
    group.sample_size(10);
    for (name, lambda) in [("reverse_sde", 1.0), ("probability_flow", 0.0)] {
        let mut work = WayBack::new(particles, lambda);
        group.bench_function(name, |bencher| bencher.iter(|| work.run()));
        assert!((work.mean() - 0.25).abs() < 0.1, "{name}: {}", work.mean());
    }
    group.finish();
}

criterion_group!(benches, way_back);
criterion_main!(benches);
