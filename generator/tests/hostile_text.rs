//! A schema with hostile text wherever a schema can have text: the documentation of its crate shows
//! the text and nothing else.

#![allow(clippy::unwrap_used)] // A test may panic.

mod markdown;

use markdown::{Seen, seen};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use schemacrate::config::Config;
use std::cell::RefCell;
use std::str::FromStr;
use test_support::{document, generated};

/// What has a meaning in Markdown at the start of a line, or anywhere.
const HOSTILE: &str = "``` std::process::abort(); /* */ ``` ~~~ # h > q - l * l + l 1. o 2) o | t | \
    |-| --- === <script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) \
    ![t](https://evil.example/t.png) [x]: y [`evil`] [evil] &lt;b&gt; ` `` \\ <!-- \u{202e}\n\n    \
    indented\n```\nfn main() { std::process::abort(); }\n```\n# heading\n> quote\n<div>\n";

/// Hostile texts, each with its own mark, and so long that lines break before each of its
/// words in one of them.
#[derive(Default)]
struct Texts(RefCell<Vec<String>>);

impl Texts {
    /// A text as an attribute of XML.
    fn attribute(&self) -> String {
        self.text()
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
            .replace('\n', "&#10;")
    }

    fn text(&self) -> String {
        let mut texts = self.0.borrow_mut();
        let at = texts.len();
        let text = format!("place{at} {} {HOSTILE} end{at}", "x".repeat(40 + 7 * at % 50));
        texts.push(text.clone());
        text
    }

    /// An annotation with a text.
    fn annotation(&self, term: &str) -> String {
        format!(r#"<Annotation Term="Org.OData.{term}" String="{}"/>"#, self.attribute())
    }

    /// What any element can have.
    fn descriptions(&self) -> String {
        let revisions = format!(
            r#"<Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
            <PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
            <PropertyValue Property="Description" String="{}"/>
            <PropertyValue Property="RemovalDate" String="{}"/></Record></Collection></Annotation>"#,
            self.attribute(),
            self.attribute(),
        );
        let description = self.annotation("Core.V1.Description");
        let long = self.annotation("Core.V1.LongDescription");
        [description, long, revisions].concat()
    }

    /// A record of properties with texts.
    fn record(&self, kind: &str, properties: &[&str]) -> String {
        let property = |name: &&str| {
            format!(r#"<PropertyValue Property="{name}" String="{}"/>"#, self.attribute())
        };
        let properties: String = properties.iter().map(property).collect();
        format!(r#"<Record Type="Org.OData.Authorization.V1.{kind}">{properties}</Record>"#)
    }

    /// The scopes that a term demands.
    fn scopes(&self, term: &str) -> String {
        format!(
            r#"<Annotation Term="Org.OData.Capabilities.V1.{term}"><Record>
            <PropertyValue Property="Permissions"><Collection><Record><PropertyValue Property="Scopes">
            <Collection><Record><PropertyValue Property="Scope" String="{}"/></Record>
            <Record><PropertyValue Property="Scope" String=""/></Record>
            <Record><PropertyValue Property="Scope" String="{}"/></Record></Collection>
            </PropertyValue></Record></Collection></PropertyValue></Record></Annotation>"#,
            self.attribute(),
            self.attribute(),
        )
    }

    /// A schema that has such a text wherever it can.
    fn schema(&self) -> String {
        let described = || self.descriptions();
        let text = || self.attribute();
        let authorizations: String = [
            ("ApiKey", &["Name", "Description", "KeyName", "Location"][..]),
            ("Http", &["Name", "Scheme", "BearerFormat"]),
            ("OpenIDConnect", &["Name", "IssuerUrl"]),
            ("OAuth2AuthCode", &["Name", "AuthorizationUrl", "TokenUrl", "RefreshUrl"]),
            ("OAuth2Implicit", &["Name", "AuthorizationUrl"]),
        ]
        .iter()
        .map(|(kind, properties)| self.record(kind, properties))
        .collect();
        document(&format!(
            r#"<TypeDefinition Name="name" UnderlyingType="Edm.String">{}</TypeDefinition>
<EnumType Name="colour"><Member Name="red">{}</Member>{}</EnumType>
<ComplexType Name="part" OpenType="true">{}</ComplexType>
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false">{}</Property>
<Property Name="defaulted" Type="Edm.String" DefaultValue="{}"/>
<Property Name="empty" Type="Edm.String" DefaultValue=""><Annotation Term="Org.OData.Validation.V1.Pattern" String=""/></Property>
<Property Name="ticks" Type="Edm.String" DefaultValue="`"><Annotation Term="Org.OData.Validation.V1.Pattern" String="a`` &lt;b>"/></Property>
<Property Name="formed" Type="n.name">{}</Property>
<Property Name="some" Type="n.part"><Annotation Term="Org.OData.Validation.V1.DerivedTypeConstraint"><Collection>
<String>{}</String><String></String></Collection></Annotation></Property>
<NavigationProperty Name="other" Type="n.thing">{}{}</NavigationProperty>{}</EntityType>
<EntityType Name="derived" BaseType="n.thing">{}</EntityType>
<Action Name="act" IsBound="true"><Parameter Name="it" Type="n.thing"/>
<Parameter Name="with" Type="Edm.String">{}</Parameter>{}{}</Action>
<Function Name="ask" IsBound="true"><Parameter Name="it" Type="n.thing"/>
<Parameter Name="what" Type="Edm.String">{}</Parameter><ReturnType Type="Edm.String"/>{}</Function>
<Action Name="start"><Parameter Name="at" Type="Edm.String">{}</Parameter>{}</Action>
<EntityContainer Name="c"><EntitySet Name="things" EntityType="n.thing">{}{}{}{}{}</EntitySet>
<Singleton Name="me" Type="n.thing">{}</Singleton>
<ActionImport Name="begin" Action="n.start">{}</ActionImport>
<Annotation Term="Org.OData.Authorization.V1.Authorizations"><Collection>{authorizations}</Collection></Annotation>
<Annotation Term="Org.OData.Authorization.V1.SecuritySchemes"><Collection><Record>
<PropertyValue Property="Authorization" String="{}"/>
<PropertyValue Property="RequiredScopes"><Collection><String>{}</String></Collection></PropertyValue></Record>
</Collection></Annotation></EntityContainer>{}"#,
            described(),
            described(),
            described(),
            described(),
            described(),
            text(),
            self.annotation("Validation.V1.Pattern"),
            text(),
            described(),
            self.scopes("ReadRestrictions"),
            described(),
            described(),
            described(),
            described(),
            self.scopes("OperationRestrictions"),
            described(),
            described(),
            described(),
            described(),
            described(),
            self.scopes("ReadRestrictions"),
            self.scopes("InsertRestrictions"),
            self.scopes("UpdateRestrictions"),
            self.scopes("DeleteRestrictions"),
            described(),
            described(),
            text(),
            text(),
            described(),
        ))
    }
}

/// The documentation and the deprecation notes of a file, as Markdown.
fn documentation(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(TokenStream::from_str(code).unwrap(), &mut found);
    found
}

fn walk(tokens: TokenStream, found: &mut Vec<String>) {
    let mut run: Vec<String> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), '#' | '!') => continue,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                if let [TokenTree::Ident(name), _, TokenTree::Literal(text)] = inside.as_slice()
                    && name == "doc"
                {
                    let text = syn::parse_str::<syn::LitStr>(&text.to_string()).unwrap().value();
                    run.push(text.strip_prefix(' ').unwrap_or(&text).to_owned());
                    continue;
                }
                walk(group.stream(), found);
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                if let [TokenTree::Ident(name), _, TokenTree::Literal(text)] = inside.as_slice()
                    && name == "note"
                {
                    let note = syn::parse_str::<syn::LitStr>(&text.to_string()).unwrap();
                    found.push(note.value());
                }
                walk(group.stream(), found);
            }
            _ => {}
        }
        if !run.is_empty() {
            found.push(std::mem::take(&mut run).join("\n"));
        }
    }
    if !run.is_empty() {
        found.push(run.join("\n"));
    }
}

/// A text as documentation shows it: visible characters and single blanks.
fn visible(text: &str) -> String {
    text.replace('\u{202e}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn documentation_shows_the_text_of_the_schema_and_nothing_else() {
    let texts = Texts::default();
    let schema = texts.schema();
    let mut config = Config::new("n", "out");
    config.service.root = Some(format!("https://example.com/{}", texts.text()));
    config.package.command = format!("make\n{}", texts.text());
    let tree = generated(schema, &config).tree;

    let mut shown: Vec<Seen> = Vec::new();
    for (path, code) in tree.iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(code.starts_with("// Generated by schemacrate from "), "{path}\n{code}");
        assert!(!code.lines().nth(1).unwrap().contains("place"), "{path}: the mark is one line");
        for markdown in documentation(code) {
            shown.push(seen(&markdown).unwrap_or_else(|found| panic!("{path}: {found}")));
        }
    }
    for link in shown.iter().flat_map(|one| &one.links) {
        let item = link.trim_matches('`');
        let own =
            ["Client", "SERVICE_ROOT", "Thing", "Derived", "Part", "Self::at", "runtime::guide"];
        let owner = item.split("::").next().unwrap();
        let is_own = own.contains(&item) || own.contains(&owner);
        assert!(is_own || item.starts_with("schemacrate_runtime::"), "{link}");
    }
    // Examples are code, of names and of texts that are made of them.
    let examples: Vec<&String> = shown.iter().flat_map(|one| &one.examples).collect();
    assert!(examples.len() > 4, "{examples:?}");
    for example in examples {
        let code = syn::parse_str::<syn::Block>(&format!("{{{example}}}"));
        code.unwrap_or_else(|error| panic!("{error}\n{example}"));
        assert!(!example.contains("place") && !example.contains("evil"), "{example}");
    }
    for address in shown.iter().flat_map(|one| &one.addresses) {
        assert_eq!(address, "https://evil.example/t.png");
    }
    let all: String = shown.iter().map(|one| visible(&one.text) + "\n").collect();
    let texts = texts.0.into_inner();
    // Texts about the schema, type definitions and imports are not shown, nor is what no term
    // of the vocabularies has.
    let shown = texts.iter().filter(|text| all.contains(&visible(text))).count();
    assert!(shown >= 80, "{shown} of {}", texts.len());
}

impl Texts {
    /// A description of OpenAPI that has such a text wherever it can.
    fn description(&self) -> String {
        use serde_json::{Value, json};
        let text = || Value::from(self.text());
        let member = || {
            json!({
                "type": "string", "title": text(), "description": text(), "default": self.text(),
                "pattern": text(), "format": text(), "examples": [text()], "minLength": 1,
                "externalDocs": {"url": text(), "description": text()}, "contentMediaType": text(),
            })
        };
        let branch = |value: &str| {
            json!({
                "title": text(), "description": text(), "type": "object", "required": ["t"],
                "properties": {"t": {"const": value}, "own": member()},
            })
        };
        let mut thing = json!({
            "type": "object", "title": text(), "description": text(), "deprecated": true,
            "externalDocs": {"url": text()}, "required": ["a"],
            "properties": {"a": member(), "b": {"type": "array", "items": member()}},
            "patternProperties": {}, "additionalProperties": member(),
        });
        thing["properties"][self.text()] = member();
        thing["patternProperties"][self.text()] = member();
        let colour = json!({
            "type": "string", "description": text(), "enum": ["red", self.text()],
            "x-enum-descriptions": [text(), text()], "x-enum-varnames": [text(), text()],
        });
        let mut schemas = json!({
            "Thing": thing,
            "Colour": colour,
            "Number": {"enum": [1, self.text()], "description": text()},
            "Either": {"description": text(), "oneOf": [branch("a"), branch("b"), member()]},
            "Point": {"type": "array", "description": text(), "prefixItems": [member(), member()]},
            "Alias": member(),
        });
        schemas[self.text()] = json!({"type": "object", "properties": {"x": member()}});
        let mut paths = json!({});
        let path = ["/", &self.text()].concat();
        paths[path]["get"]["responses"]["200"] = json!({
            "description": "ok", "content": {"application/json": {"schema": {
                "type": "object", "properties": {"y": member()}}}}
        });
        json!({
            "openapi": "3.1.0",
            "info": {"title": text(), "version": text(), "summary": text(), "description": text()},
            "paths": paths, "components": {"schemas": schemas},
        })
        .to_string()
    }
}

#[test]
fn documentation_of_openapi_shows_the_text_and_nothing_else() {
    openapi("api.json");
}

/// A document may have any name as well, and types are called by it.
#[test]
fn names_of_documents_are_text() {
    for name in ["*/ } fn f() {} \"#{}.json", "``` [a](javascript:b) <b>.json", HOSTILE] {
        openapi(name);
    }
}

/// The literals of some code.
fn literals(code: TokenStream) -> Vec<String> {
    let literals = |token| match token {
        TokenTree::Group(group) => literals(group.stream()),
        TokenTree::Literal(literal) => vec![literal.to_string()],
        TokenTree::Ident(_) | TokenTree::Punct(_) => Vec::new(),
    };
    code.into_iter().flat_map(literals).collect()
}

fn openapi(name: &str) {
    let texts = Texts::default();
    let mut session = schemacrate::Session::new();
    session.add(name, texts.description().as_bytes()).unwrap();
    let tree = session.generate(&Config::new("n", "out")).unwrap().tree;
    let mut shown: Vec<Seen> = Vec::new();
    for (path, code) in tree.iter().filter(|(path, _)| path.ends_with(".rs")) {
        syn::parse_file(code).unwrap_or_else(|error| panic!("{path}: {error}\n{code}"));
        for markdown in documentation(code) {
            shown.push(seen(&markdown).unwrap_or_else(|found| panic!("{path}: {found}")));
        }
    }
    // Examples are code. Of the texts they have only names that are made of them.
    for example in shown.iter().flat_map(|one| &one.examples) {
        let code = syn::parse_str::<syn::Block>(&format!("{{{example}}}"));
        code.unwrap_or_else(|error| panic!("{error}\n{example}"));
        let literals = literals(example.parse().unwrap());
        assert!(!literals.iter().any(|one| one.contains("place")), "{example}");
        assert!(!example.contains("evil") && !example.contains(" //"), "{example}");
    }
    let own = [
        "types",
        "Client",
        "Client::builder",
        "schemacrate_runtime::ClientBuilder",
        "schemacrate_runtime::registry",
        "runtime::model::from_json",
        "runtime::model::to_json",
    ];
    for link in shown.iter().flat_map(|one| &one.links) {
        let is_own = own.contains(&link.trim_matches('`')) || link.starts_with("super::Either");
        assert!(is_own, "{link}");
    }
    for address in shown.iter().flat_map(|one| &one.addresses) {
        assert_eq!(address, "https://evil.example/t.png");
    }
    let all: String = shown.iter().map(|one| visible(&one.text) + "\n").collect();
    let texts = texts.0.into_inner();
    let shown = texts.iter().filter(|text| all.contains(&visible(text))).count();
    assert!(shown >= 40, "{shown} of {}", texts.len());
}
