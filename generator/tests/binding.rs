//! What URLs mean: small ones, and the requests of the documentation examples.
//!
//! The examples are not part of the repository; they are found through `SCHEMACRATE_SHARED` or in
//! `../shared`.

#![allow(clippy::unwrap_used)] // A test may panic.

use proptest::prelude::*;
use schemacrate::internals::binding::{Lookup, check_options, queried, resource_path};
use schemacrate::internals::edm::Model;
use schemacrate::internals::url::{Url, encode_strings};
use serde_json::Value;
use test_support::{model, shared};

/// A URL of the documentation below the service root, with something for its placeholders.
fn below_root(url: &str) -> String {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.strip_prefix("graph.microsoft.com").unwrap_or(path).trim_start_matches('/');
    let path = path.strip_prefix("v1.0").or_else(|| path.strip_prefix("beta")).unwrap_or(path);
    let mut filled = String::new();
    let mut rest = path.trim_start_matches('/');
    while let Some(start) = rest.find(['{', '<']) {
        let (before, after) = rest.split_at(start);
        filled.push_str(before);
        // What a function takes must be a literal.
        filled.push_str(if before.ends_with('=') { "0" } else { "placeholder" });
        rest = after.split_once(['}', '>']).map_or("", |(_, rest)| rest);
    }
    filled.push_str(rest);
    let (path, query) = filled.split_once('?').unwrap_or((&filled, ""));
    let query = encode_strings(&query.replace('+', " ")).replace(' ', "%20");
    let path = encode_strings(path).replace(' ', "%20");
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// Whether each request of a file of examples means something, by whether its path resolves.
fn examples(corpus: &str, schema: &str) -> Option<(usize, Vec<String>, Vec<String>)> {
    let (corpus, schema) = (shared(corpus)?, shared(schema)?);
    let model = model(std::fs::read(schema).unwrap());
    let namespaces = ["microsoft.graph".to_owned()];
    let lookup = Lookup::new(&model, &namespaces);
    let (mut all, mut paths, mut options) = (0, Vec::new(), Vec::new());
    for line in std::fs::read_to_string(corpus).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        if record["path"]["path_resolves"] != true {
            continue;
        }
        all += 1;
        let written = record["request"]["url"].as_str().unwrap();
        let url = match Url::relative(&below_root(written)) {
            Ok(url) => url,
            Err(error) => {
                paths.push(format!("{written}\n    {error}"));
                continue;
            }
        };
        match resource_path(&lookup, &url.path) {
            Ok(segments) => {
                let target = queried(&segments).unwrap();
                let found = check_options(&lookup, target, &url.options);
                options.extend(found.iter().map(|error| format!("{written}\n    {error}")));
            }
            Err(error) => paths.push(format!("{written}\n    {error}")),
        }
    }
    Some((all, paths, options))
}

/// Requests of the pages that are not what they should be.
const FAULTS: &[(&str, &str)] = &[
    ("signIns?&$filter", "an empty query option"),
    ("cancelledOccurrences$expand=", "no `&` before `$expand`"),
    ("?$filter = principalId", "a blank before `=`"),
    ("?$filter= (status", "a blank after `=`"),
    ("members//", "an empty segment"),
    ("LastUsed/LastAccessedDateTime", "names in another case"),
];

#[test]
fn requests_of_the_documentation_resolve() {
    for (corpus, schema) in [
        ("corpus/open-v1.0.jsonl", "graph/v1.0-2021-07.csdl"),
        ("corpus/open-beta.jsonl", "graph/beta-2021-06.csdl"),
    ] {
        let Some((all, mut wrong, options)) = examples(corpus, schema) else { return };
        assert!(all > 600, "{corpus} has only {all} requests");
        wrong.extend(options);
        wrong.retain(|one| !FAULTS.iter().any(|(fault, _)| one.contains(fault)));
        assert!(wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

const SHOP: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="shop" Alias="s" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="order">
        <Key><PropertyRef Name="number"/></Key>
        <Property Name="number" Type="Edm.Int64" Nullable="false"/>
        <Property Name="address" Type="s.address"/>
        <Property Name="scan" Type="Edm.Stream"/>
        <NavigationProperty Name="lines" Type="Collection(s.line)" ContainsTarget="true"/>
      </EntityType>
      <EntityType Name="export" BaseType="s.order"><Property Name="country" Type="Edm.String"/></EntityType>
      <EntityType Name="line">
        <Key><PropertyRef Name="article"/><PropertyRef Name="size"/></Key>
        <Property Name="article" Type="Edm.String" Nullable="false"/>
        <Property Name="size" Type="Edm.Int32" Nullable="false"/>
        <Property Name="price" Type="Edm.Decimal"/>
      </EntityType>
      <ComplexType Name="address"><Property Name="city" Type="Edm.String"/></ComplexType>
      <Action Name="ship" IsBound="true"><Parameter Name="order" Type="s.order"/></Action>
      <Function Name="recent" IsBound="true">
        <Parameter Name="orders" Type="Collection(s.order)"/><Parameter Name="days" Type="Edm.Int32"/>
        <ReturnType Type="Collection(s.order)"/>
      </Function>
      <EntityContainer Name="service"><EntitySet Name="orders" EntityType="s.order"/></EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>"#;

/// The first thing that is wrong with a URL, if anything is.
fn wrong(model: &Model, url: &str) -> Option<String> {
    let lookup = Lookup::new(model, &[]);
    let url = match Url::relative(url) {
        Ok(url) => url,
        Err(error) => return Some(error.to_string()),
    };
    match resource_path(&lookup, &url.path) {
        Ok(path) => {
            let found = check_options(&lookup, queried(&path)?, &url.options);
            found.first().map(ToString::to_string)
        }
        Err(error) => Some(error.to_string()),
    }
}

#[test]
fn a_url_resolves_or_the_error_explains_why_not() {
    let shop = model(SHOP);
    for url in [
        "orders",
        "orders(7)/lines(article='a',size=1)/price/$value",
        "orders/7/lines/a/1",
        "orders/shop.export/$count",
        "orders(7)/s.export/country",
        "orders(7)/shop.ship",
        "orders/shop.recent(days=3)(7)/address/city",
        "orders(7)/scan",
        "orders?$filter=lines/any(l:l/price gt 3)&$orderby=address/city&$expand=lines($select=size)",
        "orders?$filter=shop.export/country eq 'x'&$select=shop.export/country",
        "orders?$apply=groupby((address/city),aggregate(number with max as most))&$orderby=most",
        "orders/$filter(number gt 7)/$each/shop.ship",
    ] {
        assert_eq!(wrong(&shop, url), None, "{url}");
    }
    for (url, expected) in [
        ("customers", "at 0: the service has no `customers`"),
        ("orders(7)/note", "at 10: `shop.order` has no `note`"),
        ("orders(7)/country", "at 10: `shop.order` has no `country`"),
        ("orders(7)/ship", "at 10: `shop.order` has no `ship`"),
        ("orders(7)/scan/$value", "at 15: `$value` does not follow `Edm.Stream`"),
        ("orders(7)/address/$value", "at 18: `$value` does not follow `shop.address`"),
        ("orders(7)/$count", "at 10: `$count` does not follow `shop.order`"),
        ("orders(code=7)", "at 0: the key of `shop.order` is (number)"),
        ("orders(7)/lines(1)", "at 10: the key of `shop.line` is (article,size)"),
        ("orders(7)/lines/a", "at 16: the key of `shop.line` has more parts: article, size"),
        ("orders(7)(8)", "expected the end at byte 9"),
        ("orders(7)/address(1)", "at 10: `shop.address` is not a collection, and takes no key"),
        (
            "orders/shop.recent(weeks=1,days=2)",
            "at 7: a collection of `shop.order` has no `shop.recent` with exactly `weeks`, `days`",
        ),
        ("orders?$filter=note eq 'x'", "at 15: `shop.order` has no `note`"),
        ("orders?$filter=lines/price gt 3", "at 21: the path goes through a collection to `price`"),
        (
            "orders?$filter=address/any(a:a/city eq 'x')",
            "at 23: `shop.address` is not a collection, so `any` and `all` do not apply",
        ),
        ("orders?$expand=lines($select=color)", "at 29: `shop.line` has no `color`"),
        (
            "orders?$apply=aggregate(number as n)",
            "at 14: `number` is a property: how to aggregate it (`with …`)?",
        ),
        (
            "orders?$apply=groupby((lines/price))",
            "at 14: the path goes through a collection to `price`",
        ),
        (
            "orders?$apply=join(address as a,identity)",
            "at 14: `shop.address` is not a collection that can be joined",
        ),
    ] {
        assert_eq!(wrong(&shop, url).as_deref(), Some(expected), "{url}");
    }
}

proptest! {
    #[test]
    fn no_url_makes_the_check_panic(
        url in "(orders|\\(7\\)|/|lines|address|city|scan|\\$count|\\$value|\\?\\$filter=|number|any\\(l:|l/price| gt 3|\\)|shop\\.export|'a'|=|,|\\$expand=|&){0,12}",
    ) {
        let shop = model(SHOP);
        let _ = wrong(&shop, &url);
    }
}
