//! Links, and the operations to which they refer.

use super::Builder;
use super::info::server;
use super::parts::Asked;
use crate::openapi::description::{Description, Location};
use crate::openapi::model::{Arena, Id, Link, Operation};
use rustc_hash::FxHashMap;

impl Builder<'_> {
    pub(super) fn link(&mut self, asked: Asked) -> Link {
        let of = self.fields(asked.at);
        let parameters = of.members("parameters").map(|(name, value)| (name, value.at));
        Link {
            location: asked.at,
            component: self.component(asked.at),
            target: of.words("operationRef").or_else(|| of.words("operationId")),
            is_reference: of.words("operationRef").is_some(),
            operation: None,
            parameters: parameters.collect(),
            body: of.location("requestBody"),
            description: self.description_of(asked),
            server: of.object("server").and_then(server),
            extensions: of.extensions(),
        }
    }
}

/// Finds the operations to which links refer.
pub(super) fn connect(
    description: &Description,
    links: &mut Arena<Link>,
    operations: &Arena<Operation>,
) {
    let mut by_name: FxHashMap<&str, Id<Operation>> = FxHashMap::default();
    let mut by_location: FxHashMap<Location, Id<Operation>> = FxHashMap::default();
    for (id, operation) in operations.iter() {
        if let Some(name) = &operation.id {
            by_name.entry(&name.text).or_insert(id);
        }
        by_location.entry(operation.location).or_insert(id);
    }
    for link in links.iter_mut() {
        let Some(target) = &link.target else { continue };
        link.operation = match link.is_reference {
            false => by_name.get(target.text.as_str()).copied(),
            true => {
                let found = description.resolve(link.location, &target.text).ok();
                found.and_then(|at| by_location.get(&at).copied())
            }
        };
    }
}
