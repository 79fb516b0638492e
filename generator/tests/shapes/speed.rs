//! How long shapes take: `cargo test --release -p schemacrate --test shapes speed -- --ignored --nocapture`.

use super::load::read;
use schemacrate::diagnostic::Diagnostics;
use schemacrate::internals::openapi::model::SchemaId;
use schemacrate::internals::openapi::schema::shapes;
use std::fmt::Write;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// How often each is made. The time includes that of throwing the shapes away.
const RUNS: u32 = 5;

/// The time for which the thread ran, where the system reports it, so that other processes do not count.
fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let ran = statistics.split(' ').next().and_then(|one| one.parse().ok());
    ran.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn measure(what: &str, schemas: &str) {
    let text = format!(r#"{{"openapi":"3.1.0","components":{{"schemas":{schemas}}}}}"#);
    let read = read("api.json", &text).unwrap();
    let (description, model) = (&read.description, &read.model);
    let run = || {
        let used = model.ids().filter(|id: &SchemaId| model.schema(*id).name.is_some());
        shapes(description, model, used, &mut Diagnostics::default())
    };
    let start = now();
    let counts: Vec<usize> = (0..RUNS).map(|_| run().iter().count()).collect();
    let each = (now() - start) / RUNS;
    let (bytes, schemas, count) = (text.len(), model.schemas.len(), counts[0]);
    println!("{what}: {bytes} bytes, {schemas} schemas, {count} shapes in {each:?}");
}

fn object(parts: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
}

#[test]
#[ignore = "a measurement, which is only right in a release build"]
fn ten_megabytes() {
    let one = |at: usize| {
        let other = at / 2;
        // Real documents have a schema every two hundred bytes.
        let text = "What this type is for, in a few words. ".repeat(40);
        format!(
            r##""Type{at}":{{"type":"object","description":"{text}","required":["id","name"],
            "properties":{{"id":{{"type":"integer","format":"int64","minimum":0}},"name":{{"type":"string"}},
            "kind":{{"type":"string","enum":["one","two","three"]}},"tags":{{"type":"array","items":{{"type":"string"}}}},
            "next":{{"$ref":"#/components/schemas/Type{other}"}},"all":{{"allOf":[{{"$ref":"#/components/schemas/Type{other}"}}],"nullable":true}},
            "either":{{"oneOf":[{{"$ref":"#/components/schemas/Type{other}"}},{{"type":"string"}}]}}}}}}"##
        )
    };
    measure("10 MB", &object((0..4_500).map(one)));
}

#[test]
#[ignore = "a measurement, which is only right in a release build"]
fn many_branches() {
    for (what, common, tag) in [
        ("800 branches", "", ""),
        (
            "800 branches and common members",
            r#""properties":{"id":{"type":"string"}},"required":["id"],"#,
            "",
        ),
        ("800 branches with tags", "", r#","required":["kind"]"#),
    ] {
        let branches: Vec<String> =
            (0..800).map(|at| format!(r##"{{"$ref":"#/components/schemas/B{at}"}}"##)).collect();
        let mut text = String::new();
        for at in 0..800 {
            write!(text, r#""B{at}":{{"type":"object","properties":{{"kind":{{"const":"b{at}"}},"x{at}":{{"type":"string"}}}}{tag}}},"#).unwrap();
        }
        write!(text, r#""All":{{"type":"object",{common}"oneOf":[{}]}}"#, branches.join(","))
            .unwrap();
        measure(what, &format!("{{{text}}}"));
    }
}

#[test]
#[ignore = "a measurement, which is only right in a release build"]
fn a_base_that_lists_many_children() {
    let references: Vec<String> =
        (0..800).map(|at| format!(r##"{{"$ref":"#/components/schemas/B{at}"}}"##)).collect();
    let mut text = format!(
        r#""Base":{{"type":"object","properties":{{"kind":{{"type":"string"}}}},"discriminator":{{"propertyName":"kind"}},"oneOf":[{}]}}"#,
        references.join(",")
    );
    for at in 0..800 {
        write!(text, r##","B{at}":{{"allOf":[{{"$ref":"#/components/schemas/Base"}},{{"type":"object","properties":{{"x{at}":{{"type":"string"}}}}}}]}}"##).unwrap();
    }
    measure("800 children", &format!("{{{text}}}"));
}

#[test]
#[ignore = "a measurement, which is only right in a release build"]
fn what_is_made_to_exhaust() {
    let link = |at: usize, inner: &str| format!(r##""C{at}":{{{inner}}}"##);
    let reference = |at: usize| format!(r##"{{"$ref":"#/components/schemas/C{at}"}}"##);
    let chain = |at: usize| {
        let own = format!(r#""properties":{{"m{at}":{{"type":"string"}}}}"#);
        if at == 0 {
            link(0, &own)
        } else {
            link(at, &format!(r#"{own},"allOf":[{}]"#, reference(at - 1)))
        }
    };
    measure("a chain of 2,000", &object((0..2_000).map(chain)));
    let aliases = |at: usize| {
        if at == 0 {
            link(0, r#""type":"string""#)
        } else {
            format!(r#""C{at}":{}"#, reference(at - 1))
        }
    };
    measure("20,000 aliases", &object((0..20_000).map(aliases)));
    let unions = |at: usize| match at {
        0 => link(0, r#""type":"string""#),
        _ => link(
            at,
            &format!(
                r#""oneOf":[{},{{"type":"object","properties":{{"m{at}":{}}}}}]"#,
                reference(at - 1),
                reference(at - 1)
            ),
        ),
    };
    measure("nested unions", &object((0..5_000).map(unions)));
    // Members of several parts, each with a period of its own.
    let period = |at: usize| {
        let next = if (at + 1).is_multiple_of(10) { at - 9 } else { at + 1 };
        link(at, &format!(r#""properties":{{"next":{}}}"#, reference(next)))
    };
    let shifted: Vec<String> = (0..10)
        .map(|at| {
            let parts: Vec<String> =
                (0..6).map(|part| reference(part * 10 + (at * part) % 10)).collect();
            format!(r#""S{at}":{{"allOf":[{}]}}"#, parts.join(","))
        })
        .collect();
    measure("products", &object((0..60).map(period).chain(shifted)));
    let primes = [2usize, 3, 5, 7, 11, 13, 17];
    let mut parts = Vec::new();
    for prime in primes {
        for at in 0..prime {
            parts.push(format!(r##""P{prime}_{at}":{{"properties":{{"next":{{"$ref":"#/components/schemas/P{prime}_{}"}}}}}}"##, (at + 1) % prime));
        }
    }
    let all: Vec<String> = primes
        .iter()
        .map(|prime| format!(r##"{{"$ref":"#/components/schemas/P{prime}_0"}}"##))
        .collect();
    parts.push(format!(r#""All":{{"allOf":[{}]}}"#, all.join(",")));
    measure("periods", &object(parts.into_iter()));
}
