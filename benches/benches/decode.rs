//! How long it takes to decode a page: `cargo xtask bench models && cargo bench` in `benches/`.

use benches::cases::{CASES, Case, Side};
use divan::Bencher;

fn main() {
    divan::main();
}

/// The names of the cases, by which the results are shown.
fn names() -> impl Iterator<Item = &'static str> {
    CASES.iter().map(|case| case.name)
}

fn case(name: &str) -> &'static Case {
    CASES.iter().find(|case| case.name == name).expect("the name is one of a case")
}

fn decode(bencher: Bencher<'_, '_>, name: &str, side: Side) {
    let (json, job) = case(name).prepare(side);
    bencher
        .counter(divan::counter::BytesCount::of_slice(&json))
        .bench_local(|| job.decode(divan::black_box(&json)));
}

#[divan::bench(args = names())]
fn models(bencher: Bencher<'_, '_>, name: &str) {
    decode(bencher, name, Side::Models);
}

#[divan::bench(args = names())]
fn twin(bencher: Bencher<'_, '_>, name: &str) {
    decode(bencher, name, Side::Twin);
}

#[divan::bench(args = names())]
fn twin_keeping(bencher: Bencher<'_, '_>, name: &str) {
    decode(bencher, name, Side::TwinKeeping);
}
