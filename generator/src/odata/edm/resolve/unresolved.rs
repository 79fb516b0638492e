//! Names that are not declared, and their fallbacks.

use super::Resolver;
use crate::input::config::Unresolved;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::odata::edm::terms::is_standard;
use crate::odata::edm::{QualifiedName, TypeId};

/// The base of all .NET types, as services that are made from classes name it.
const OBJECT: &str = "System.Object";

impl Resolver<'_> {
    /// Reports a name that cannot be resolved; `instead` describes the fallback that the user can
    /// choose.
    pub(super) fn dangling(
        &mut self,
        diagnostic: Diagnostic,
        place: Span,
        label: &str,
        instead: &str,
        help: &str,
    ) {
        let diagnostic = match self.unresolved {
            Unresolved::Error => diagnostic
                .at(place, label)
                .help(format!("{help}; with `--unresolved untyped`: {instead}")),
            Unresolved::Untyped => diagnostic.allowed().at(place, instead).help(help),
        };
        self.diagnostics.push(diagnostic);
    }

    /// Whether to generate the crate even with unresolved names.
    pub(super) fn is_untyped(&self) -> bool {
        self.unresolved == Unresolved::Untyped
    }

    /// Whether a type that no document declares is known nevertheless. Members of such a type are
    /// any value, and a type derived from it has no base.
    ///
    /// These are the types of the standard vocabularies, which few services include in their
    /// metadata, and the type of all objects of .NET.
    pub(super) fn is_known(&mut self, full: &str, place: Span) -> bool {
        let Some(name) = QualifiedName::parse(full) else { return false };
        let is_given = self.model.schemas.iter().any(|one| one.namespace == name.namespace);
        let diagnostic = if full == OBJECT {
            let message = format!("`{full}` is a type of .NET, which no document declares");
            Diagnostic::violation("unresolved-type", message)
                .help("name a type of the service, or `Edm.Untyped`")
        } else if is_standard(&name.namespace) && !is_given {
            let message = format!("the vocabulary `{}` is not among the documents", name.namespace);
            Diagnostic::warning("unresolved-reference", message)
                .help("add the document of the vocabulary")
        } else {
            return false;
        };
        self.diagnostics
            .push(diagnostic.at(place, format!("`{}` is treated as any value", name.name)));
        true
    }

    /// Whether a base is one of the abstract types from which every type of its kind is derived
    /// implicitly, and which no type may name as its base (CSDL 4.01, section 4.5).
    pub(super) fn is_common_base(&mut self, name: &str, place: Span) -> bool {
        if !matches!(name.trim(), "Edm.EntityType" | "Edm.ComplexType" | "Edm.Untyped") {
            return false;
        }
        self.diagnostics.push(
            Diagnostic::violation("wrong-type-kind", format!("no type is derived from `{name}`"))
                .at(place, "the type has no base")
                .help("remove the `BaseType`"),
        );
        true
    }

    /// The type with a name without a namespace, if only one type of the documents has this name.
    pub(super) fn without_namespace(&mut self, name: &str, place: Span) -> Option<TypeId> {
        let mut called_so = self.model.types_by_name.iter().filter(|(one, _)| one.name == name);
        let (Some((full, id)), None) = (called_so.next(), called_so.next()) else { return None };
        let (label, id) = (format!("read as {full}"), *id);
        self.diagnostics.push(
            Diagnostic::violation("bad-type-name", format!("`{name}` lacks its namespace"))
                .at(place, label)
                .help("write the type with its namespace or an alias of it"),
        );
        Some(id)
    }

    /// Reports a type that no document declares.
    pub(super) fn unknown_type(&mut self, full: &str, place: Span, instead: &str) {
        let name = QualifiedName::parse(full);
        let is_similar = |known: &&QualifiedName| {
            name.as_ref().is_some_and(|name| {
                known.name.eq_ignore_ascii_case(&name.name)
                    && known.namespace.eq_ignore_ascii_case(&name.namespace)
            })
        };
        let similar = self.model.types_by_name.keys().find(is_similar);
        let help = match (similar, &name) {
            (Some(similar), _) => format!("names are case-sensitive: `{similar}` exists"),
            (None, Some(name))
                if self.model.schemas.iter().all(|one| one.namespace != name.namespace) =>
            {
                format!("add the document that declares the namespace `{}`", name.namespace)
            }
            _ => "declare the type, or correct the name".to_owned(),
        };
        let diagnostic =
            Diagnostic::error("unresolved-type", format!("cannot find the type `{full}`"));
        self.dangling(diagnostic, place, "not declared in any document", instead, &help);
    }
}
