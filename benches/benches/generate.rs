//! How long each stage of a generation takes: `cargo bench --bench generate` in `benches/`.
//!
//! The schema is all of Microsoft Graph where it is at hand, else the one of this repository.

use divan::{Bencher, black_box};
use schemacrate::config::Config;
use schemacrate::config::Unresolved;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::disk::{self, Overwrite};
use schemacrate::internals::edm::Model;
use schemacrate::internals::{api, csdl, edm, plan, render};
use schemacrate::review::Side;
use schemacrate::source::{SourceId, SourceMap};
use schemacrate::{FileTree, Session};
use std::path::PathBuf;

fn main() {
    println!("the schema is {}", schema().display());
    divan::main();
}

fn schema() -> PathBuf {
    let repository = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let shared = std::env::var_os("SCHEMACRATE_SHARED")
        .map_or_else(|| repository.join("../shared"), PathBuf::from);
    let graph = shared.join("graph/v1.0.csdl");
    if graph.is_file() { graph } else { repository.join("schema/graph.csdl") }
}

/// A document, not yet parsed.
fn source() -> (SourceMap, SourceId) {
    let bytes = std::fs::read(schema()).expect("the schema is there");
    let mut sources = SourceMap::new();
    let source = sources.add("schema.csdl", &bytes).expect("the schema is UTF-8");
    (sources, source)
}

fn session() -> Session {
    let mut session = Session::new();
    session.add_file(&schema()).expect("the schema is UTF-8");
    session
}

fn model() -> Model {
    session().read(Unresolved::Error).expect("the schema is right")
}

fn config() -> Config {
    Config::new("client", "client")
}

fn tree() -> FileTree {
    session().generate(&config()).expect("a crate").tree
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let (sources, source) = source();
    bencher.bench_local(|| csdl::parse(&sources, black_box(source), &mut Diagnostics::default()));
}

#[divan::bench]
fn resolve(bencher: Bencher<'_, '_>) {
    let (sources, source) = source();
    let documents = [csdl::parse(&sources, source, &mut Diagnostics::default())];
    bencher.bench_local(|| edm::resolve(black_box(&documents), &mut Diagnostics::default()));
}

#[divan::bench]
fn validate(bencher: Bencher<'_, '_>) {
    let model = model();
    bencher.bench_local(|| edm::validate(black_box(&model), &mut Diagnostics::default()));
}

#[divan::bench]
fn plan_crate(bencher: Bencher<'_, '_>) {
    let (model, config) = (model(), config());
    bencher.bench_local(|| plan::plan(black_box(&model), &config));
}

/// Emits the items, lays out their lines and puts them into files.
#[divan::bench]
fn render_files(bencher: Bencher<'_, '_>) {
    let plan = plan::plan(&model(), &config());
    bencher.bench_local(|| render(black_box(&plan)));
}

#[divan::bench]
fn api_text(bencher: Bencher<'_, '_>) {
    let plan = plan::plan(&model(), &config());
    bencher.bench_local(|| api::text(black_box(&plan)));
}

/// Writes a crate where there is none.
#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    let tree = tree();
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/written"));
    bencher
        // It is not there before the first time.
        .with_inputs(|| drop(std::fs::remove_dir_all(&folder)))
        .bench_local_values(|()| {
            let difference = disk::compare(&folder, &tree).expect("the folder can be read");
            disk::apply(&folder, &difference, Overwrite::Own).expect("the folder can be written");
        });
}

/// All stages but reading and writing.
#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    let (session, config) = (session(), config());
    bencher
        .with_inputs(|| session.clone())
        .bench_local_refs(|session| black_box(session).generate(&config));
}

/// Compares a schema with itself, as far as both sides are read.
#[divan::bench]
fn diff(bencher: Bencher<'_, '_>) {
    let side = || Side::read(session(), &config()).expect("a side");
    let (old, new) = (side(), side());
    let today = time::Date::from_ordinal_date(2026, 1).expect("a day");
    bencher.bench_local(|| schemacrate::review::diff(black_box(&old), &new, &[], today));
}
