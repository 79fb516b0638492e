//! Members that a type has from a base and declares again as another kind of member.

use super::Resolver;
use crate::input::diagnostic::Diagnostic;
use crate::input::source::Span;
use crate::odata::edm::{StructuredType, StructuredTypeId};
use std::collections::BTreeMap;

impl Resolver<'_> {
    /// An object has one member of a name. A member that is a property of a base and a navigation
    /// property of a derived type, or the other way round, stays what it is in the base.
    pub(super) fn redeclared(&mut self) {
        for at in 0..self.model.structured_types.len() {
            let declared = &self.model.structured_types[at];
            if declared.base.is_none() {
                continue;
            }
            let met = self.met(at, declared);
            for (name, first) in met {
                let declared = &mut self.model.structured_types[at];
                let again = removed(declared, &name);
                let message = format!("`{name}` is inherited already, as another kind of member");
                self.diagnostics.push(
                    Diagnostic::violation("duplicate-name", message)
                        .at(again.unwrap_or(declared.span), "not used")
                        .related(first, "inherited from here")
                        .help("rename or remove one of them"),
                );
            }
        }
    }

    /// The own members that have the name of an inherited member of another kind, each with the
    /// place of that.
    fn met(&self, at: usize, declared: &StructuredType) -> BTreeMap<String, Span> {
        let id = StructuredTypeId(u32::try_from(at).unwrap_or(u32::MAX));
        let is_property = |name: &str| declared.properties.iter().any(|one| one.name == name);
        let is_navigation =
            |name: &str| declared.navigation_properties.iter().any(|one| one.name == name);
        let mut met = BTreeMap::new();
        for base in self.model.bases(id).into_iter().skip(1) {
            let base = self.model.structured(base);
            let properties = base.properties.iter().map(|one| (&one.name, one.span));
            let navigations = base.navigation_properties.iter().map(|one| (&one.name, one.span));
            met.extend(
                properties
                    .filter(|(name, _)| is_navigation(name))
                    .chain(navigations.filter(|(name, _)| is_property(name)))
                    .map(|(name, span)| (name.clone(), span)),
            );
        }
        met
    }
}

/// Removes an own member. Returns its place.
fn removed(declared: &mut StructuredType, name: &str) -> Option<Span> {
    let properties = declared.properties.iter().map(|one| (&one.name, one.span));
    let navigations = declared.navigation_properties.iter().map(|one| (&one.name, one.span));
    let found = properties.chain(navigations).find(|(own, _)| *own == name).map(|(_, span)| span);
    declared.properties.retain(|one| one.name != name);
    declared.navigation_properties.retain(|one| one.name != name);
    found
}
