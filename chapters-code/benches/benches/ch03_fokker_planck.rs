//! Chapter 3: `fpk`, a density on a thousand cells over ten thousand steps, and
//! `langevin_gmm`, twenty thousand particles that follow the score of eight Gaussians.

use benches::{FokkerPlanck, LangevinRing};
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

/// Euler–Maruyama with the score of a mixture, in particle-steps per second.
fn langevin_gmm(criterion: &mut Criterion) {
    let particles = 20_000;
    let mut ring = LangevinRing::new(particles);
    let mut group = criterion.benchmark_group("ch03_fokker_planck");
    group.throughput(Throughput::Elements((particles * LangevinRing::STEPS) as u64));
    group.sample_size(10);
    group.bench_function("langevin_gmm", |bencher| bencher.iter(|| ring.run()));
    group.finish();
}

criterion_group!(benches, fpk, langevin_gmm);
criterion_main!(benches);
