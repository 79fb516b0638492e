//! Segments of paths that are calls of OData, such as `/n.near(lat={lat})`, and keys in parentheses, such as
//! `/people('{name}')`.
//!
//! Enters: paths. Leaves: what names are made of. Must not know: operations.

use crate::openapi::model::Model;
use rustc_hash::FxHashSet;

/// The namespaces of a schema of OData: what is before the last dot of the names of components.
#[derive(Debug, Default)]
pub(super) struct Namespaces<'m>(FxHashSet<&'m str>);

impl<'m> Namespaces<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        // Also those that a slice leaves out, so that it has the same names as the whole.
        let names = model.schemas.iter().filter_map(|schema| schema.name.as_deref());
        Self(names.filter_map(|name| Some(name.rsplit_once('.')?.0)).collect())
    }

    /// The name in a segment without its namespace, if it has one.
    pub(super) fn unqualified<'s>(&self, segment: &'s str) -> Option<&'s str> {
        let (namespace, name) = segment.rsplit_once('.')?;
        self.0.contains(namespace).then_some(name)
    }
}

/// The parts of a path of which names are made: each segment, without a namespace and without the arguments of a
/// function, which its name would repeat, and each key in parentheses.
pub(super) fn parts<'p>(
    path: &'p str,
    namespaces: &'p Namespaces<'_>,
) -> impl Iterator<Item = &'p str> {
    path.split('/').flat_map(|segment| {
        let call = segment.strip_suffix(')').and_then(|one| one.split_once('('));
        let (name, inside) = call.unwrap_or((segment, ""));
        let key = (!inside.contains('=')).then_some(inside);
        [Some(namespaces.unqualified(name).unwrap_or(name)), key].into_iter().flatten()
    })
}

/// The parts of a path as one.
pub(super) fn plain(path: &str, namespaces: &Namespaces<'_>) -> String {
    parts(path, namespaces).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_and_keys_are_parts() {
        let namespaces = Namespaces(["n", "a.b"].into_iter().collect());
        for (path, expected) in [
            ("/me/near(lat={lat},lon={lon})", "me near"),
            ("/me/n.near()", "me near"),
            ("/me/a.b.share", "me share"),
            ("/me/c.share", "me c.share"),
            ("/files/{name}.json", "files {name}.json"),
            ("/people('{name}')/trips({id})", "people '{name}' trips {id}"),
            ("/a(b)c", "a(b)c"),
            ("/items(a={a},b={b})/x", "items x"),
        ] {
            let parts = parts(path, &namespaces).filter(|part| !part.is_empty());
            assert_eq!(parts.collect::<Vec<_>>().join(" "), expected, "{path}");
        }
    }
}
