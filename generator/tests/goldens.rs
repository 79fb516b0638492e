//! Small schemas and the crates made from them, which are members of the workspace and so are
//! compiled, linted and documented with it.
//!
//! `UPDATE_EXPECT=1 cargo test -p schemacrate --test goldens` writes them anew.

#![allow(clippy::unwrap_used)] // A test may panic.

use expect_test::expect_file;
use schemacrate::{Build, Builder};
use std::path::Path;

fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(name);
    let run = || -> Build {
        Builder::from_config(folder.join("schemacrate.toml"))
            .run()
            .unwrap_or_else(|e| panic!("{e}"))
    };
    let mut build = run();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        build.write().unwrap();
        build = run();
    }
    let difference = build.difference.unified();
    assert!(difference.is_empty(), "run with UPDATE_EXPECT=1\n{difference}");
    let place = folder.display().to_string();
    expect_file![folder.join("warnings.txt")]
        .assert_eq(&build.warnings(false).replace(&place, ".").replace('\\', "/"));
}

#[test]
fn every_type_of_value() {
    check("values");
}

#[test]
fn bases_and_what_derives_from_them() {
    check("inheritance");
}

#[test]
fn versions_of_types_are_one_type() {
    check("versions");
}

#[test]
fn models_without_requests() {
    check("models");
}

#[test]
fn names_that_are_keywords_that_collide_and_that_attack() {
    check("names");
}

#[test]
fn a_service_with_sets_singletons_keys_and_restrictions() {
    check("service");
}

#[test]
fn orders_with_every_form_of_a_request_of_openapi() {
    check("requests");
}

#[test]
fn a_shelter_that_sends_webhooks_and_takes_patches() {
    check("events");
}

#[test]
fn a_directory_of_odata_that_openapi_describes() {
    check("directory");
}

#[test]
fn the_service_of_the_schema_as_an_openapi_document() {
    check("twin");
}

#[test]
fn pets_with_every_form_of_a_type_of_openapi() {
    check("pets");
}

#[test]
fn hard_cases_of_openapi() {
    check("cases");
}

#[test]
fn an_office_with_a_directory_mail_calendars_and_files() {
    check("office");
}

#[test]
fn issues_of_a_public_api_of_openapi() {
    check("issues");
}
