//! The pipeline.

use crate::crate_plan::CratePlan;
use crate::crate_plan::api;
use crate::input::config::{self, Config};
use crate::input::diagnostic::{Diagnostic, Diagnostics};
use crate::input::source::{SourceId, SourceMap};
use crate::odata::edm::{self, Model, Unresolved};
use crate::odata::plan;
use crate::odata::slice::{self, Pattern};
use crate::odata::{self, csdl};
use crate::write::manifest::{self, Manifest};
use crate::write::render::render;
use crate::write::runtime;
use crate::write::tree::FileTree;
use std::borrow::Cow;
use std::sync::Arc;

/// What was generated.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The model, sliced.
    pub model: Model,
    /// Every Rust decision.
    pub plan: CratePlan,
    /// The files of the crate.
    pub tree: FileTree,
    /// The files of the runtime, if the crate carries it: a package of its own in a folder below the
    /// crate.
    pub runtime: FileTree,
}

impl Generated {
    /// All files, those of the runtime included.
    pub fn files(&self) -> Cow<'_, FileTree> {
        if self.runtime.is_empty() {
            return Cow::Borrowed(&self.tree);
        }
        Cow::Owned(self.tree.clone().with(&self.runtime))
    }
}

/// Generates a crate from some documents. `configuration` is the source of the configuration,
/// into which diagnostics about it point.
///
/// `None` if there was an error; `diagnostics` says which.
///
/// ```
/// use schemacrate::config::Config;
/// use schemacrate::diagnostic::Diagnostics;
/// use schemacrate::source::SourceMap;
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
/// let generated = schemacrate::generate(&sources, &[source], &config, None, &mut diagnostics).unwrap();
/// assert!(generated.tree.get("src/library/book_types.rs").unwrap().contains("pub struct Book"));
/// ```
pub fn generate(
    sources: &SourceMap,
    documents: &[SourceId],
    config: &Config,
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Option<Generated> {
    let Planned { model, plan, .. } =
        planned(sources, documents, config, configuration, diagnostics)?;
    for rename in &plan.renames {
        let message =
            format!("{} is called `{}` in Rust: {}", rename.element, rename.given, rename.reason);
        diagnostics.push(
            Diagnostic::warning("renamed", message)
                .help("choose a name under [names] in the configuration"),
        );
    }
    let Some(Manifest { text: manifest, carries_runtime }) =
        manifest::manifest(config, odata::RUNTIME_FEATURES)
    else {
        diagnostics.push(
            Diagnostic::error("runtime-missing", "nothing says where the crate `schemacrate-runtime` is")
                .help(
                    "name its folder with `--runtime` or as `path` under [runtime], or give it a source under [manifest.dependencies]",
                ),
        );
        return None;
    };
    if let Err(error) = manifest::check(&manifest) {
        let message = format!("cargo would refuse the manifest of the crate: {error}");
        let diagnostic = Diagnostic::error("bad-manifest", message)
            .help("correct [manifest] or the name of the crate in the configuration");
        diagnostics.push(match configuration {
            Some(source) => diagnostic.at(config::span(source, config.manifest.span()), ""),
            None => diagnostic,
        });
        return None;
    }
    let api = || Arc::<str>::from(api::text(&plan));
    let (mut tree, api) = rayon::join(|| render(&plan), api);
    tree.insert("Cargo.toml", manifest);
    tree.insert("api.txt", api);
    let runtime = match carries_runtime {
        true => runtime::files(&config.package.command),
        false => FileTree::default(),
    };
    Some(Generated { model, plan, tree, runtime })
}

/// What was decided before anything is written.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The model, sliced.
    pub model: Model,
    /// The model before that; none if the slice is all of it.
    pub whole: Option<Model>,
    /// Every Rust decision.
    pub plan: CratePlan,
}

/// Plans a crate from some documents, as [`generate`] does.
///
/// `None` if there was an error; `diagnostics` says which.
pub fn planned(
    sources: &SourceMap,
    documents: &[SourceId],
    config: &Config,
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Option<Planned> {
    config.check(configuration, diagnostics);
    let read = read_with(sources, documents, config.source.unresolved, diagnostics)?;
    let (model, whole) = match sliced(&read, config, configuration, diagnostics)? {
        Some(slice) => (slice, Some(read)),
        None => (read, None),
    };
    let plan = plan::plan(&model, config);
    Some(Planned { model, whole, plan })
}

/// Parses and resolves some documents, where what cannot be resolved is an error.
///
/// `None` if there was an error; `diagnostics` says which.
pub fn read(
    sources: &SourceMap,
    documents: &[SourceId],
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    read_with(sources, documents, Unresolved::Error, diagnostics)
}

/// Parses and resolves some documents.
///
/// `None` if there was an error; `diagnostics` says which.
pub fn read_with(
    sources: &SourceMap,
    documents: &[SourceId],
    unresolved: Unresolved,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    let parsed: Vec<csdl::Document> =
        documents.iter().map(|source| csdl::parse(sources, *source, diagnostics)).collect();
    if diagnostics.has_errors() {
        return None;
    }
    let model = edm::resolve_with(&parsed, unresolved, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    rayon::join(|| edm::validate(&model, diagnostics), || drop(parsed));
    (!diagnostics.has_errors()).then_some(model)
}

/// The part of a model that the configuration asks for.
///
/// `None` if there was an error; `diagnostics` says which.
pub fn cut(
    whole: Model,
    config: &Config,
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    let slice = sliced(&whole, config, configuration, diagnostics)?;
    Some(slice.unwrap_or(whole))
}

/// The part of a model that the configuration asks for, unless that is all of it.
fn sliced(
    whole: &Model,
    config: &Config,
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Option<Option<Model>> {
    let Part { model, unmatched } = part(whole, config, configuration, diagnostics)?;
    for at in unmatched {
        let pattern = &config.slice.include[at];
        let message = format!("nothing in the service matches `{}`", pattern.get_ref());
        let help = "segments are the names of the schema; `{…}` stands for a key";
        let diagnostic = Diagnostic::error("unmatched-path", message).help(help);
        diagnostics.push(placed(diagnostic, configuration, pattern));
    }
    (!diagnostics.has_errors()).then_some(model)
}

/// What the configuration asks for.
pub(crate) struct Part {
    /// The smaller model, unless all is asked for.
    pub(crate) model: Option<Model>,
    /// The positions of the included patterns that reach nothing.
    pub(crate) unmatched: slice::Unmatched,
}

/// The part of a model that the configuration asks for, whether every pattern reaches something or
/// not.
pub(crate) fn part(
    whole: &Model,
    config: &Config,
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Option<Part> {
    let include = patterns(&config.slice.include, configuration, diagnostics);
    let exclude = patterns(&config.slice.exclude, configuration, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    if include.is_empty() && exclude.is_empty() {
        return Some(Part { model: None, unmatched: Vec::new() });
    }
    let (model, unmatched) = slice::slice(whole, &include, &exclude);
    Some(Part { model: Some(model), unmatched })
}

fn patterns(
    texts: &[toml::Spanned<String>],
    configuration: Option<SourceId>,
    diagnostics: &mut Diagnostics,
) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in texts {
        match Pattern::parse(text.get_ref()) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let diagnostic = Diagnostic::error("bad-path", error.to_string()).help(
                    "write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`",
                );
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
