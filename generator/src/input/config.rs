//! The content of `schemacrate.toml`.
//!
//! Enters: the text of the configuration. Leaves: [`Config`], with spans for diagnostics of later
//! stages. Must not know: the schema, the file system.

use crate::input::diagnostic::{Diagnostic, Diagnostics, Severity};
pub use crate::input::idempotency::IdempotencyConfig;
pub use crate::input::pages::{CursorConfig, NextPage, PagesConfig, PagesRule};
use crate::input::source::{SourceId, SourceMap, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use syn::parse::Parser;
use toml::Spanned;
use unicode_ident::{is_xid_continue, is_xid_start};

/// How to treat a name that no document declares, and a type that cannot be used where it is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Unresolved {
    /// It is an error.
    #[default]
    Error,
    /// Members, parameters and results of such a type are any JSON. A type has no such base, and the
    /// container no such member. There is a warning for each.
    Untyped,
}

/// The configuration of one generated crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Which documents are read.
    pub source: SourceConfig,
    /// The service that is called.
    #[serde(default)]
    pub service: ServiceConfig,
    /// Which part of the schema is generated.
    #[serde(default)]
    pub slice: SliceConfig,
    /// The crate that is written.
    #[serde(rename = "crate")]
    pub package: CrateConfig,
    /// The runtime that the crate depends on.
    #[serde(default)]
    pub runtime: RuntimeConfig,
    /// Rust module paths by namespace, or by the beginning of a namespace.
    #[serde(default)]
    pub namespaces: BTreeMap<String, String>,
    /// Rust names by schema element: `Namespace.Type`, `Namespace.Type/member`.
    #[serde(default)]
    pub names: BTreeMap<String, Spanned<String>>,
    /// Attributes that items of Rust get, by schema element: `Namespace.Type` or
    /// `Namespace.Type/member`, where `*` matches any type or member.
    #[serde(default)]
    pub attributes: BTreeMap<String, Vec<Spanned<String>>>,
    /// Types of Rust, from `::` or `crate::` on, that take the place of generated ones, by qualified name.
    #[serde(default, rename = "extern")]
    pub external: BTreeMap<String, Spanned<String>>,
    /// What is only about OpenAPI.
    #[serde(default)]
    pub openapi: OpenApiConfig,
    /// How changes of the schema are judged.
    #[serde(default)]
    pub diff: DiffConfig,
    /// What is merged into the generated `Cargo.toml`; it takes precedence over the generator's own
    /// part.
    #[serde(default = "no_manifest")]
    pub manifest: Spanned<toml::Table>,
    /// The source that it was read from, which diagnostics about it point into.
    #[serde(skip)]
    source_id: Option<SourceId>,
}

/// Which documents are read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceConfig {
    /// Paths of CSDL or OpenAPI documents, relative to the configuration.
    pub files: Vec<Spanned<String>>,
    /// Paths of overlays of OpenAPI documents, relative to the configuration, in the order in which they
    /// are applied.
    #[serde(default)]
    pub overlays: Vec<Spanned<String>>,
    /// The address of the first document, which relative servers of OpenAPI are relative to. Without it, it is
    /// the one that `schemacrate fetch` recorded when it saved the file.
    #[serde(default)]
    pub address: Option<Spanned<String>>,
    /// How to treat types and other names that no document declares.
    #[serde(default)]
    pub unresolved: Unresolved,
}

/// The service that is called.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceConfig {
    /// The service root that the generated client uses by default.
    #[serde(default)]
    pub root: Option<String>,
    /// How keys are written in paths.
    #[serde(default)]
    pub keys: KeyStyle,
    /// The namespaces whose operations are called in paths by their simple names.
    #[serde(default)]
    pub default_namespaces: Vec<String>,
    /// The header in which each request has an id that the client assigns to it; empty for none. Without
    /// it, clients of Microsoft Graph use the header of that service, and others none.
    #[serde(default)]
    pub client_request_id_header: Option<Spanned<String>>,
}

/// How keys are written in paths (OData URL Conventions 4.01, sections 4.3.1 and 4.3.6).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum KeyStyle {
    /// `Users('a')`, which every service understands.
    #[default]
    Parentheses,
    /// `users/a`, where the service supports it.
    Segment,
}

/// Which part of the schema is generated. Without `include` it is all of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SliceConfig {
    /// Resource paths (names, `{…}` for a key, `*` for one segment, `**` for any number), and
    /// types and operations by qualified name (`Namespace.*` for all of a namespace). For OpenAPI, paths with
    /// or without a method, and `tag:…`, `operation:…`, `component:…` and `webhook:…`.
    #[serde(default)]
    pub include: Vec<Spanned<String>>,
    /// What is left out of what is included, written in the same way.
    #[serde(default)]
    pub exclude: Vec<Spanned<String>>,
}

/// The crate that is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrateConfig {
    /// The package name.
    pub name: String,
    /// The folder of the crate, relative to the configuration.
    pub directory: String,
    /// The requests for which each entity type gets a free function, at its shortest path.
    #[serde(default = "update_only")]
    pub functions: Vec<Crud>,
    /// Whether only the models are written, and nothing that makes a request: for programs that
    /// decode data that they did not request themselves, such as notifications or exports.
    #[serde(default)]
    pub models_only: bool,
    /// In place of a crate, one file with this path in the folder, which a module of some crate
    /// includes: `include!(concat!(env!("OUT_DIR"), "/client.rs"));` in a separate module.
    #[serde(default)]
    pub module: Option<String>,
    /// The command that generates the crate again; generated files and diagnostics name it.
    #[serde(default = "generate_command")]
    pub command: String,
}

/// The runtime that the crate depends on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuntimeConfig {
    /// Its folder, relative to the configuration; without it the crate contains the runtime, unless
    /// `manifest.dependencies` names a source of it.
    ///
    /// [`Builder`](crate::Builder) makes it relative to the crate, and
    /// [`Session::generate`](crate::Session::generate) writes it as it is.
    #[serde(default)]
    pub path: Option<Spanned<String>>,
}

/// What is only about OpenAPI: what a description says, and the service does not keep to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenApiConfig {
    /// Whether members that are required are always there in what the service sends.
    #[serde(default)]
    pub required: RequiredMembers,
    /// What single members are: `Component/member`, where `*` matches any component or member.
    #[serde(default)]
    pub members: BTreeMap<String, Spanned<MemberChange>>,
    /// Formats of strings: `false` for those that have no type but `String`, or the path of a type.
    #[serde(default)]
    pub formats: BTreeMap<String, Spanned<FormatChange>>,
    /// How the pages of operations follow one another, by patterns as [`SliceConfig::include`] has them. Of several
    /// that match, the first in the file counts that the operation can have; `*` is the last.
    #[serde(default)]
    pub pages: BTreeMap<String, Spanned<PagesConfig>>,
    /// Which requests have a key by which the service recognises their tries.
    #[serde(default, rename = "idempotency-key")]
    pub idempotency_key: Option<Spanned<IdempotencyConfig>>,
}

/// What strings of a format are.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged, expecting = "`true`, `false` or the path of a type")]
pub enum FormatChange {
    /// Whether they have the type that is usual for the format.
    Typed(bool),
    /// They are read as a type of the user.
    External(String),
}

/// Whether members that are required are always there in what the service sends.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum RequiredMembers {
    /// They are.
    #[default]
    Trust,
    /// They may be absent in what is read, so they are optional in every type that is read.
    ReadOptional,
}

/// What a member is, whatever its schema says.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum MemberChange {
    /// It may be absent.
    Optional,
    /// It may be null.
    Nullable,
}

/// How changes of the schema are judged.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiffConfig {
    /// The breaks that are accepted.
    #[serde(default)]
    pub allow: Vec<Spanned<AllowConfig>>,
}

/// A break that is accepted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllowConfig {
    /// The rule.
    pub id: String,
    /// What changed, as the report names it; a `*` at the end matches the rest of a name.
    pub target: String,
    /// The last day on which it is accepted.
    #[serde(default)]
    pub until: Option<toml::value::Datetime>,
    /// Why it is accepted.
    pub reason: String,
}

/// A request that an entity or a collection of entities offers.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Crud {
    /// Reads a collection.
    List,
    /// Reads one entity.
    Get,
    /// Creates an entity in a collection.
    Create,
    /// Changes some properties of an entity.
    Update,
    /// Deletes an entity.
    Delete,
}

fn update_only() -> Vec<Crud> {
    vec![Crud::Update]
}

fn no_manifest() -> Spanned<toml::Table> {
    Spanned::new(0..0, toml::Table::new())
}

fn generate_command() -> String {
    "schemacrate generate".to_owned()
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// A diagnostic with the place, if the text is not TOML or has unknown keys or values.
    pub(crate) fn parse(sources: &SourceMap, source: SourceId) -> Result<Self, Diagnostic> {
        let config = toml::from_str(&sources.get(source).text).map_err(|error| Diagnostic {
            code: "bad-configuration",
            severity: Severity::Error,
            is_violation: false,
            message: error.message().to_owned(),
            place: error.span().map(|range| (span(source, range), String::new())),
            related: None,
            help: Some(
                "docs/configuration.md describes every key, with a complete example".to_owned(),
            ),
        })?;
        Ok(Self { source_id: Some(source), ..config })
    }

    /// Points a diagnostic at a value of the configuration, unless the value comes from elsewhere, such as
    /// an argument of the command line.
    pub(crate) fn point(
        &self,
        diagnostic: Diagnostic,
        range: Range<usize>,
        label: &str,
    ) -> Diagnostic {
        match self.source_id.filter(|_| !range.is_empty()) {
            Some(source) => diagnostic.at(span(source, range), label),
            None => diagnostic,
        }
    }

    /// Reports values of the right type that cannot be used: names that are not Rust identifiers,
    /// and a service root to which no request can be sent.
    pub(crate) fn check(&self, diagnostics: &mut Diagnostics) {
        for (element, name) in &self.names {
            if is_name(name.get_ref()) {
                continue;
            }
            let message = format!(
                "{:?} is not a Rust identifier, so {element} cannot have this name",
                name.get_ref()
            );
            let diagnostic = Diagnostic::error("bad-configuration", message)
                .help("a name has letters, digits and `_`, and does not begin with a digit");
            diagnostics.push(self.point(diagnostic, name.span(), "under [names]"));
        }
        self.check_hooks(diagnostics);
        self.check_headers(diagnostics);
        if let Some(file) = self.package.module.as_deref().filter(|file| !is_module_file(file)) {
            let message = format!("{file:?} is not a file that can be included as a module");
            let help = "write the path of a file in the folder, with `/`, that ends in .rs";
            diagnostics.push(Diagnostic::error("bad-configuration", message).help(help));
        }
        if let Some(address) = self.source.address.as_ref().filter(|one| !is_root(one.get_ref())) {
            let message = format!("{:?} is not an address of a document", address.get_ref());
            let diagnostic = Diagnostic::error("bad-configuration", message)
                .help("write an absolute address that begins with https:// or http://");
            diagnostics.push(self.point(diagnostic, address.span(), "under [source]"));
        }
        if let Some(root) = self.service.root.as_deref().filter(|root| !is_root(root)) {
            let message = format!("{root:?} is not an address of a service");
            let help = "write an absolute address that begins with https:// or http://";
            diagnostics.push(Diagnostic::error("bad-configuration", message).help(help));
        }
    }

    /// Reports headers for the ids and the keys of requests that no request can have.
    fn check_headers(&self, diagnostics: &mut Diagnostics) {
        if let Some(header) = &self.service.client_request_id_header
            && !is_header(header.get_ref())
        {
            let help = "write a name such as client-request-id, or an empty text for none";
            let label = "the header for the ids of requests";
            self.refuse_header(header.get_ref(), (help, header.span(), label), diagnostics);
        }
        if let Some(key) = &self.openapi.idempotency_key
            && (key.get_ref().header.is_empty() || !is_header(&key.get_ref().header))
        {
            let help = "write a name such as Idempotency-Key";
            let label = "the header for the keys of requests";
            self.refuse_header(&key.get_ref().header, (help, key.span(), label), diagnostics);
        }
    }

    fn refuse_header(
        &self,
        header: &str,
        (help, span, label): (&str, Range<usize>, &str),
        diagnostics: &mut Diagnostics,
    ) {
        let message = format!("{header:?} is not the name of a header");
        let diagnostic = Diagnostic::error("bad-configuration", message).help(help);
        diagnostics.push(self.point(diagnostic, span, label));
    }

    /// Reports attributes and paths of types that are not Rust.
    fn check_hooks(&self, diagnostics: &mut Diagnostics) {
        let mut wrong = |message: String, help: &str, span: Range<usize>, under: &str| {
            let diagnostic = Diagnostic::error("bad-configuration", message).help(help);
            diagnostics.push(self.point(diagnostic, span, under));
        };
        for (element, attribute) in
            self.attributes.iter().flat_map(|(of, texts)| texts.iter().map(move |text| (of, text)))
        {
            let parsed = syn::Attribute::parse_outer.parse_str(attribute.get_ref());
            if parsed.is_ok_and(|all| !all.is_empty()) {
                continue;
            }
            let message = format!(
                "{:?} is not a Rust attribute, so {element} cannot have it",
                attribute.get_ref()
            );
            wrong(
                message,
                "write it as in Rust: `#[derive(Hash)]`",
                attribute.span(),
                "under [attributes]",
            );
        }
        let formats = self.openapi.formats.iter().filter_map(|(name, one)| match one.get_ref() {
            FormatChange::External(path) => {
                Some((name, path, one.span(), "under [openapi.formats]"))
            }
            FormatChange::Typed(_) => None,
        });
        let external = self.external.iter();
        let external = external.map(|(of, one)| (of, one.get_ref(), one.span(), "under [extern]"));
        for (element, path, span, under) in external.chain(formats) {
            if !is_external_path(path) {
                let message =
                    format!("{path:?} is not the path of a type, so it cannot replace {element}");
                let help = "write a path such as `::other::User` or `crate::User`";
                wrong(message, help, span, under);
            }
        }
    }

    /// The configuration without a file: one crate, all of the schema.
    pub fn new(name: &str, directory: &str) -> Self {
        Self {
            source: SourceConfig {
                files: Vec::new(),
                overlays: Vec::new(),
                address: None,
                unresolved: Unresolved::Error,
            },
            service: ServiceConfig::default(),
            slice: SliceConfig::default(),
            package: CrateConfig {
                name: name.to_owned(),
                directory: directory.to_owned(),
                functions: update_only(),
                models_only: false,
                module: None,
                command: generate_command(),
            },
            runtime: RuntimeConfig::default(),
            namespaces: BTreeMap::new(),
            names: BTreeMap::new(),
            attributes: BTreeMap::new(),
            external: BTreeMap::new(),
            openapi: OpenApiConfig::default(),
            diff: DiffConfig::default(),
            manifest: no_manifest(),
            source_id: None,
        }
    }
}

/// Whether a text is a name in Rust. A keyword is accepted, because it is escaped where it is used.
fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first == '_' || is_xid_start(first))
        && characters.all(is_xid_continue)
}

/// Whether a text has only the characters that the name of a header has.
fn is_header(text: &str) -> bool {
    let is_mark = |c: char| "!#$%&'*+-.^_`|~".contains(c);
    text.chars().all(|c| c.is_ascii_alphanumeric() || is_mark(c))
}

/// Whether a text is the path of a type, from another crate or from the crate root on.
fn is_external_path(text: &str) -> bool {
    let Ok(path) = syn::Path::parse_mod_style.parse_str(text) else { return false };
    let from_here = path.segments.first().is_some_and(|first| first.ident == "crate");
    let plain = path
        .segments
        .iter()
        .skip(1)
        .all(|one| !["crate", "self", "super"].iter().any(|word| one.ident == word));
    path.segments.len() > 1 && plain && path.leading_colon.is_some() != from_here
}

/// Whether a path is that of a file of Rust below a folder.
fn is_module_file(path: &str) -> bool {
    let is_name = |part: &str| {
        !matches!(part, "" | "." | "..")
            && !part.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
    };
    path.ends_with(".rs") && path.split('/').all(is_name)
}

/// Whether an address names a host, by a scheme that requests can take. The client checks the rest
/// of it.
fn is_root(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '{'))
    })
}

/// The place of a spanned value in the configuration.
fn span(source: SourceId, range: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { source, start: offset(range.start), end: offset(range.end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_for_ids_is_a_name() {
        for (header, is_fine) in
            [("client-request-id", true), ("", true), ("x id", false), ("é", false)]
        {
            let mut config = Config::new("n", "out");
            config.service.client_request_id_header = Some(Spanned::new(0..0, header.to_owned()));
            let mut diagnostics = Diagnostics::default();
            config.check(&mut diagnostics);
            assert_eq!(diagnostics.has_errors(), !is_fine, "{header}");
        }
    }

    /// An example that names no source is an addition to the first one.
    #[test]
    fn the_examples_of_the_documentation_are_configurations() {
        let text = include_str!("../../../docs/configuration.md");
        let examples: Vec<&str> =
            text.split("```toml\n").skip(1).filter_map(|part| part.split("```").next()).collect();
        let whole = *examples.first().expect("the description has examples");
        for example in &examples {
            let example = match example.contains("[source]") {
                true => (*example).to_owned(),
                false => format!("{whole}\n{example}"),
            };
            let mut sources = SourceMap::new();
            let source = sources.add("schemacrate.toml", example.as_bytes()).expect("UTF-8");
            let config = Config::parse(&sources, source);
            assert!(config.is_ok(), "{example}\n{config:?}");
        }
    }
}
