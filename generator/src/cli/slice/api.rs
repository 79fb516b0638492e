//! A part of an API of OpenAPI.
//!
//! Each document stays a document of its own, so that no reference and no address of a schema changes.

use super::{DocumentFormat, Slice};
use crate::cli::{Outcome, Terminal, print};
use schemacrate::internals::node::Syntax;
use schemacrate::internals::openapi::model::Model;
use schemacrate::internals::openapi::slice::{
    Documents, Pattern, SlicedDocument, documents, select,
};
use schemacrate::internals::openapi::{Api, Location};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

impl Slice {
    /// Writes a part of an API.
    pub(super) fn api(&self, api: Api, terminal: Terminal) -> Outcome {
        let patterns = |texts: &[String]| {
            let patterns = texts.iter().map(|text| Pattern::parse(text));
            patterns.collect::<Result<Vec<_>, _>>().map_err(|error| format!("error: {error}"))
        };
        let (include, exclude) = (patterns(&self.include)?, patterns(&self.exclude)?);
        let whole = counts(&api.model);
        let part = select(api, &include, &exclude);
        self.check_matched(&part.unmatched, "API")?;
        let sliced = documents(&part);
        self.write(&part.api, &sliced, terminal)?;
        let kept = counts(&part.api.model);
        let mut note = format!(
            "kept {} of {} operations and {} of {} schemas",
            kept.0, whole.0, kept.1, whole.1
        );
        if !sliced.also.is_empty() {
            let also: Vec<String> =
                sliced.also.iter().filter_map(|at| operation(&part.api.model, *at)).collect();
            note.push_str(&format!(
                "\nnote: also kept {}, because something that is kept refers to a part of it",
                also.join(", ")
            ));
        }
        terminal.note(&note);
        Ok(ExitCode::SUCCESS)
    }

    fn write(&self, api: &Api, sliced: &Documents, terminal: Terminal) -> Result<(), String> {
        let is_folder = self
            .out
            .as_ref()
            .is_some_and(|out| out.is_dir() || out.to_string_lossy().ends_with(['/', '\\']));
        let mut texts = Vec::with_capacity(sliced.documents.len());
        for document in &sliced.documents {
            texts.push(self.text(api, document, sliced.documents.len() == 1)?);
        }
        match (&self.out, texts.as_slice()) {
            (Some(folder), texts) if is_folder => {
                let names = sliced.documents.iter().map(|one| absolute(Path::new(&one.name)));
                for (name, text) in below(&names.collect::<Vec<_>>()).into_iter().zip(texts) {
                    let file = folder.join(name);
                    let made = file.parent().map_or(Ok(()), std::fs::create_dir_all);
                    made.map_err(|error| {
                        format!("error: cannot make {}: {error}", folder.display())
                    })?;
                    self.force.save(&file, text, terminal)?;
                }
                Ok(())
            }
            (Some(file), [text]) => self.force.save(file, text, terminal),
            (None, [text]) => print(text),
            (_, texts) => Err(format!(
                "error: the part has {} documents, which refer to each other; write them with `--out DIR/`",
                texts.len()
            )),
        }
    }

    /// The text of a document. One of which nothing is left out stays as it is.
    fn text(&self, api: &Api, sliced: &SlicedDocument, is_alone: bool) -> Result<String, String> {
        let whole = &api.description.document(sliced.document).tree;
        let source = whole.source_text();
        let own = Syntax::of(source);
        let syntax = match self.format {
            None => own,
            Some(DocumentFormat::Json) => Syntax::Json,
            Some(DocumentFormat::Yaml) => Syntax::Yaml,
            Some(DocumentFormat::Xml) => {
                return Err("error: OpenAPI documents are JSON or YAML, not XML".to_owned());
            }
        };
        if syntax != own && !is_alone {
            let message = "error: documents that refer to each other keep their formats; leave out `--format`";
            return Err(message.to_owned());
        }
        if sliced.tree.is_none() && syntax == own && self.reading.overlays().is_empty() {
            return Ok(source.to_owned());
        }
        let tree = sliced.tree.as_ref().unwrap_or(whole);
        // What an alias repeats is written each time.
        if tree.expanded_size() > most_values(source) {
            return Err(format!("error: aliases repeat too much of {}", sliced.name));
        }
        Ok(tree.write(syntax))
    }
}

fn most_values(source: &str) -> u64 {
    /// What aliases may add.
    const ADDED: u64 = 2_000_000;
    ADDED.saturating_add(source.len() as u64)
}

/// How many operations can be called, and how many schemas have a name.
fn counts(model: &Model) -> (usize, usize) {
    let operations = model.paths.iter().map(|path| model.items[path.item].operations.len());
    let named = model.types.iter().filter(|id| model.schema(**id).name.is_some());
    (operations.sum(), named.count())
}

fn operation(model: &Model, at: Location) -> Option<String> {
    let (_, operation) = model.operations.iter().find(|(_, one)| one.location == at)?;
    let id = operation.id.as_ref().map(|id| id.text.as_str());
    Some(format!("`{}`", id.unwrap_or(operation.method.name())))
}

/// The path from the root, without `..`.
fn absolute(file: &Path) -> PathBuf {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let mut path = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => _ = path.pop(),
            part => path.push(part),
        }
    }
    path
}

/// The paths of files below the folder that all of them are in.
fn below(files: &[PathBuf]) -> Vec<PathBuf> {
    let parts: Vec<Vec<Component<'_>>> =
        files.iter().map(|file| file.components().collect()).collect();
    let shared = |at: usize| {
        let first = parts[0].get(at);
        parts.iter().all(|one| one.len() > at + 1 && one.get(at) == first)
    };
    let common = if parts.is_empty() { 0 } else { (0..).take_while(|at| shared(*at)).count() };
    parts.iter().map(|one| one[common..].iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::{absolute, below};
    use std::path::{Path, PathBuf};

    #[test]
    fn files_stay_where_references_look_for_them() {
        let below = |files: &[&str]| {
            below(&files.iter().map(|one| absolute(Path::new(*one))).collect::<Vec<_>>())
        };
        let paths = |files: &[&str]| files.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert_eq!(below(&["/a/b/api.yaml"]), paths(&["api.yaml"]));
        assert_eq!(
            below(&["/a/v1/api.yaml", "/a/v1/parts/pet.yaml", "/a/common/error.yaml"]),
            paths(&["v1/api.yaml", "v1/parts/pet.yaml", "common/error.yaml"])
        );
        assert_eq!(below(&["api.yaml", "parts/api.yaml"]), paths(&["api.yaml", "parts/api.yaml"]));
        assert_eq!(below(&["/a/api.yaml", "/a/../b/e.yaml"]), paths(&["a/api.yaml", "b/e.yaml"]));
    }
}
