//! Training and drawing of chapter 5.

use benches::{DsmTraining, ReverseSde};
use criterion::{Criterion, criterion_group, criterion_main};

fn learning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ch05_score_matching");
    group.sample_size(10);
    let training = DsmTraining::default();
    group.bench_function("dsm_train, 2000 steps of 512", |b| b.iter(|| training.run()));
    let drawing = ReverseSde::default();
    group.bench_function("reverse_sde, 10 000 by 500", |b| b.iter(|| drawing.run()));
    group.finish();
}

criterion_group!(benches, learning);
criterion_main!(benches);
