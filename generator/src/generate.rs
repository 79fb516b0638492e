//! The pipeline.

use crate::config::{self, Config};
use crate::csdl;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::edm::{self, Model};
use crate::manifest::manifest;
use crate::plan::{self, CratePlan};
use crate::render::render;
use crate::slice::{self, PathPattern};
use crate::source::{SourceId, SourceMap};
use crate::tree::FileTree;

/// What was generated.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The model, sliced.
    pub model: Model,
    /// Every Rust decision.
    pub plan: CratePlan,
    /// The files of the crate.
    pub tree: FileTree,
}

/// Generates a crate from some documents. `configuration` is the source of the configuration,
/// into which diagnostics about it point.
///
/// `None` if there was an error; `diagnostics` says which.
///
/// ```
/// use odatagen::config::Config;
/// use odatagen::diagnostic::Diagnostics;
/// use odatagen::source::SourceMap;
///
/// let document = br#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
///   <edmx:DataServices>
///     <Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
///       <ComplexType Name="book"><Property Name="title" Type="Edm.String"/></ComplexType>
///     </Schema>
///   </edmx:DataServices>
/// </edmx:Edmx>"#;
/// let mut sources = SourceMap::new();
/// let source = sources.add("library.csdl", document).unwrap();
/// let mut diagnostics = Diagnostics::default();
/// let config = Config::new("library-client", "out");
/// let generated = odatagen::generate(&sources, &[source], &config, None, &mut diagnostics).unwrap();
/// assert!(generated.tree.get("src/library/book_types.rs").unwrap().contains("pub struct Book"));
/// ```
pub fn generate(
    sources: &SourceMap,
    documents: &[SourceId],
    config: &Config,
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let parsed: Vec<csdl::Document> =
        documents.iter().map(|source| csdl::parse(sources, *source, diagnostics)).collect();
    if diagnostics.has_errors() {
        return None;
    }
    let whole = edm::resolve(&parsed, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    edm::validate(&whole, diagnostics);
    let patterns = patterns(config, configuration, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let model = if patterns.is_empty() {
        whole
    } else {
        let (model, unmatched) = slice::slice(&whole, &patterns);
        for at in unmatched {
            let pattern = &config.slice.include[at];
            let message = format!("nothing in the service matches `{}`", pattern.get_ref());
            let help = "segments are the names of the schema; `{…}` stands for a key";
            diagnostics.push(placed(
                Diagnostic::error("unmatched-path", message).help(help),
                configuration,
                pattern,
            ));
        }
        model
    };
    if diagnostics.has_errors() {
        return None;
    }
    let plan = plan::plan(&model, config);
    for rename in &plan.renames {
        let message =
            format!("{} is called `{}` in Rust: {}", rename.element, rename.given, rename.reason);
        diagnostics.push(
            Diagnostic::warning("renamed", message)
                .help("choose a name under [names] in the configuration"),
        );
    }
    let mut tree = render(&plan);
    tree.insert("Cargo.toml", manifest(config));
    Some(Generated { model, plan, tree })
}

fn patterns(
    config: &Config,
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Vec<PathPattern> {
    let mut patterns = Vec::new();
    for text in &config.slice.include {
        match PathPattern::parse(text.get_ref()) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let diagnostic = Diagnostic::error("bad-path", error.to_string())
                    .help("a path is written like `/users/{id}/messages/**`");
                diagnostics.push(placed(diagnostic, configuration, text));
            }
        }
    }
    patterns
}

fn placed(
    diagnostic: Diagnostic,
    configuration: Option<SourceId>,
    text: &toml::Spanned<String>,
) -> Diagnostic {
    match configuration {
        Some(source) => diagnostic.at(config::span(source, text.span()), ""),
        None => diagnostic,
    }
}
