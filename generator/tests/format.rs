//! What is written is what prettyplease prints, which the generator itself asks only for programs.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::config::KeyStyle;
use schemacrate::{Builder, FileTree};
use test_support::{golden_folders, shared};

/// Large ones of each version.
const DESCRIPTIONS: &[&str] = &[
    "Adyen__adyen-openapi/yaml/CheckoutService-v64.yaml",
    "ErikWittern__openapi-snippet/test/github_swagger.json",
    "Redocly__redoc/demo/cafe.yaml",
    "Redocly__redocly-cli/resources/cafe.yaml",
    "RicoSuter__NSwag/src/NSwag.CodeGeneration.CSharp.Tests/TestData/shipbob-2025-07.json",
    "docusign__OpenAPI-Specifications/navigator.rest.swagger.json",
    "microsoft__typespec/packages/openapi3/test/tsp-openapi3/specs/sse-import-scenarios/service.yml",
    "mistralai__platform-docs-public/openapi.yaml",
    "moby__moby/api/swagger.yaml",
    "tmforum-apis__TMF620_ProductCatalog/TMF620-ProductCatalog-v4.1.0.swagger.json",
    "tmforum-apis__TMF620_ProductCatalog/TMF620-Product_Catalog_Management-v5.0.0.oas.yaml",
    "tmforum-apis__TMF622_ProductOrder/TMF622-ProductOrdering-v5.0.0.oas.yaml",
];

/// Compares each file with what the formatter makes of it. Comments and empty lines are not tokens.
fn check(tree: &FileTree) {
    // The crate root is written as rustfmt would print it.
    let files = tree.iter().filter(|(path, _)| path.ends_with(".rs") && *path != "src/lib.rs");
    for (path, text) in files {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let expected = prettyplease::unparse(&file);
        let written = text.lines().filter(|line| !line.is_empty() && !line.starts_with("// "));
        let mut expected = expected.lines().filter(|line| !line.is_empty());
        for line in written {
            assert_eq!(Some(line), expected.next(), "{path}");
        }
        assert_eq!(expected.next(), None, "{path}");
    }
}

#[test]
fn small_crates() {
    for folder in golden_folders() {
        let build = Builder::from_config(folder.join("schemacrate.toml")).run().unwrap();
        check(&build.generated.tree);
    }
}

#[test]
fn all_of_graph() {
    let Some(graph) = shared("graph/v1.0.csdl") else { return };
    let out = tempfile::tempdir().unwrap();
    let build = Builder::new(out.path().join("graph"))
        .schema(graph)
        .keys(KeyStyle::Segment)
        .service_root("https://graph.microsoft.com/v1.0")
        .run()
        .unwrap();
    check(&build.generated.tree);
}

#[test]
fn real_descriptions() {
    let Some(documents) = shared("openapi/documents") else { return };
    let out = tempfile::tempdir().unwrap();
    for name in DESCRIPTIONS {
        let builder = Builder::new(out.path().join("api")).schema(documents.join(name));
        check(&builder.run().unwrap_or_else(|error| panic!("{name}: {error}")).generated.tree);
    }
}

#[test]
fn any_number_of_threads_writes_the_same() {
    let Some(graph) = shared("graph/v1.0.csdl") else { return };
    let out = tempfile::tempdir().unwrap();
    let tree = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let builder = Builder::new(out.path().join("graph")).schema(&graph).include("/users/**");
        pool.install(|| builder.run().unwrap()).generated.tree
    };
    let one = tree(1);
    assert!(one == tree(2) && one == tree(7));
}
