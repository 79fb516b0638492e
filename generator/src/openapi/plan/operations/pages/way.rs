//! Places in a body, as extensions and the configuration write them.
//!
//! Enters: a JSON pointer, a path of JSONPath (`$.data.items`), or members with dots between them. Leaves: the
//! members on the way. Must not know: what is at the place.

use super::Listing;
use crate::node::Pointer;
use crate::openapi::schema::{Form, ShapeId};

/// The steps of a JSON pointer.
pub(super) fn steps(pointer: &str) -> Vec<String> {
    pointer.parse::<Pointer>().map(|pointer| pointer.steps().to_vec()).unwrap_or_default()
}

/// The JSON pointer of some steps.
pub(super) fn pointer(way: &[String]) -> String {
    let mut pointer = Pointer::default();
    way.iter().for_each(|one| pointer.push(one.as_str()));
    pointer.to_string()
}

impl Listing<'_, '_> {
    /// The members of `$.data.items`, `$response.data.items`, `$.data['items'][-1]`, `data.items` or
    /// `/data/items`. A dot is a part of a name where a member has such a name: `@odata.nextLink`.
    pub(super) fn way(&self, of: Option<ShapeId>, path: &str) -> Vec<String> {
        if path.starts_with('/') {
            return steps(path);
        }
        let roots = ["$response", "$request", "$"];
        let rest = roots.iter().find_map(|root| path.strip_prefix(root)).unwrap_or(path);
        // Some write a dot in a name as `\.`.
        let rest = rest.replace("\\.", ".");
        let (mut rest, mut shape, mut way) = (rest.as_str(), of, Vec::new());
        while !rest.is_empty() {
            let (step, after) = self.step(shape, rest);
            rest = after;
            let Some(step) = step else { continue };
            shape = shape.and_then(|shape| match self.form(shape) {
                Form::Object(object) => Some(object.member(&step)?.value.shape),
                Form::List(list) => Some(list.item.shape),
                _ => None,
            });
            way.push(step);
        }
        way
    }

    /// The first step of a path, unless it is all items, and what comes after it.
    fn step<'p>(&self, shape: Option<ShapeId>, path: &'p str) -> (Option<String>, &'p str) {
        if let Some(inner) = path.strip_prefix('[')
            && let Some((inner, after)) = inner.split_once(']')
        {
            let name = inner.trim_matches(['\'', '"']);
            let from_end = inner.strip_prefix("(@.length").and_then(|one| one.strip_suffix(')'));
            let step = match inner {
                "*" | "" => None,
                _ => Some(from_end.unwrap_or(name).to_owned()),
            };
            return (step, after);
        }
        let path = path.strip_prefix('.').unwrap_or(path);
        let ends = |name: &str| {
            path.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let declared = shape.and_then(|shape| match self.form(shape) {
            Form::Object(object) => {
                let names = object.members.iter().map(|one| one.name.as_str());
                names.filter(|name| ends(name)).max_by_key(|name| name.len())
            }
            _ => None,
        });
        let length = declared.map_or_else(|| path.find(['.', '[']).unwrap_or(path.len()), str::len);
        let (name, after) = path.split_at(length);
        (Some(name.to_owned()).filter(|name| !name.is_empty()), after)
    }
}
