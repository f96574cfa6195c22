//! Chapter 3: `fpk`, a density on a thousand cells over ten thousand steps.

use benches::FokkerPlanck;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The θ-scheme with θ = ½, in cell-steps per second.
fn fpk(criterion: &mut Criterion) {
    let mut density = FokkerPlanck::new();
    let mut group = criterion.benchmark_group("ch03_fokker_planck");
    let steps = FokkerPlanck::CELLS * FokkerPlanck::STEPS;
    group.throughput(Throughput::Elements(steps as u64));
    group.sample_size(20);
    group.bench_function("fpk", |bencher| bencher.iter(|| density.run()));
    group.finish();
}

criterion_group!(benches, fpk);
criterion_main!(benches);
