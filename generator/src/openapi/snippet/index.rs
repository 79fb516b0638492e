//! The items of a plan, found by what they are for.
//!
//! Enters: a [`CratePlan`]. Leaves: its items by their paths, and its operations by their paths on the wire.
//! Must not know: requests.

use super::template;
use crate::crate_plan::api::each_item;
use crate::crate_plan::{
    Access, Authorization, Changed, CratePlan, Item, ItemPath, Operation, OperationMethod, Options,
    Place, Reach, Scheme, Sent, Type, Update,
};
use crate::input::nearest::nearest;
use std::collections::BTreeMap;

/// The items of a plan.
pub(super) struct Index<'p> {
    pub(super) plan: &'p CratePlan,
    items: BTreeMap<ItemPath, &'p Item>,
    /// The builders of changes, by what is changed.
    patches: BTreeMap<&'p ItemPath, (ItemPath, &'p Update)>,
    operations: Vec<Known<'p>>,
    schemes: &'p [Scheme],
    accesses: &'p [Access],
}

/// An operation, and the method of the client for its group.
#[derive(Clone, Copy)]
pub(super) struct Known<'p> {
    pub(super) group: &'p str,
    pub(super) method: &'p OperationMethod,
}

/// An operation whose path a path is.
pub(super) struct Found<'p, 'a> {
    pub(super) known: Known<'p>,
    /// The variables of the path with what is in their places, percent-encoded.
    pub(super) captured: Vec<(&'p str, &'a str)>,
}

impl<'p> Index<'p> {
    pub(super) fn new(plan: &'p CratePlan) -> Self {
        let schemes = plan.service.as_ref().map_or(&[][..], |service| &service.schemes);
        let (items, patches) = (BTreeMap::new(), BTreeMap::new());
        let accesses = plan.service.as_ref().map_or(&[][..], |service| &service.accesses);
        let mut index = Self { plan, items, patches, operations: Vec::new(), schemes, accesses };
        each_item(plan, &mut |module, item| {
            let path = ItemPath::new(module.into(), item.name());
            if let Item::Update(update) = item
                && let Changed::Patch(object) = &update.changed
            {
                index.patches.insert(object, (path.clone(), update));
            }
            index.items.insert(path, item);
        });
        for access in plan.service.iter().flat_map(|service| &service.accesses) {
            if let Reach::Group(path) = &access.reach
                && let Some(Item::Group(group)) = index.items.get(path)
            {
                let known =
                    group.methods.iter().map(|method| Known { group: &access.name, method });
                index.operations.extend(known);
            }
        }
        index
    }

    /// The operations with a method and a path: those that fit best, each in the ways in which it can be called.
    pub(super) fn operations<'a>(&self, method: &str, path: &'a str) -> Vec<Found<'p, 'a>> {
        let mut found: Vec<Found<'p, 'a>> = Vec::new();
        let mut best = (0, 0);
        for known in &self.operations {
            let operation = &known.method.operation;
            if operation.verb != method {
                continue;
            }
            let Some(captured) = template::captured(&operation.path, path) else { continue };
            let fixed = template::fixed(&operation.path);
            if fixed > best {
                found.clear();
                best = fixed;
            }
            if fixed == best {
                found.push(Found { known: *known, captured });
            }
        }
        found
    }

    /// The methods of HTTP that a path has.
    pub(super) fn methods(&self, path: &str) -> Vec<&'p str> {
        let operations = self.operations.iter().map(|known| &known.method.operation);
        let found = operations.filter(|one| template::captured(&one.path, path).is_some());
        let mut verbs: Vec<&str> = found.map(|one| one.verb.as_str()).collect();
        verbs.sort_unstable();
        verbs.dedup();
        verbs
    }

    /// The path that was probably meant: it differs in a few letters of its fixed segments.
    pub(super) fn nearest(&self, path: &str) -> Option<&'p str> {
        let templates = self.operations.iter().map(|known| known.method.operation.path.as_str());
        let filled: Vec<(String, &str)> =
            templates.map(|template| (template::filled(template, path), template)).collect();
        let near = nearest(path, filled.iter().map(|(filled, _)| filled.as_str()))?;
        filled.iter().find(|(filled, _)| filled == near).map(|(_, template)| *template)
    }

    /// Whether what has a name at a place is a key, which the client sends itself.
    pub(super) fn is_key(&self, place: Place, name: &str) -> bool {
        self.schemes.iter().any(|scheme| match (&scheme.sent, place) {
            (Sent::KeyInHeader(own), Place::Header) => own.eq_ignore_ascii_case(name),
            (Sent::KeyInQuery(own), Place::Query) | (Sent::KeyInCookie(own), Place::Cookie) => {
                own == name
            }
            _ => false,
        })
    }

    /// How a client is authorized for the first way that an operation allows: the methods for keys and passwords,
    /// each with the names of environment variables for its arguments.
    pub(super) fn keys(&self, operation: &Operation) -> Vec<(String, Vec<String>)> {
        let first = operation.security.iter().flatten().find(|one| !one.is_empty());
        let methods = first.into_iter().flatten().filter_map(|needed| {
            let (name, with) = self.accesses.iter().find_map(|access| match &access.reach {
                Reach::Authorized { scheme, with } if scheme == needed => {
                    Some((&access.name, with))
                }
                _ => None,
            })?;
            let variable = variable(needed);
            let variables = match with {
                Authorization::Key | Authorization::Custom => vec![variable],
                Authorization::Basic => {
                    ["USER", "PASSWORD"].map(|end| [&variable, "_", end].concat()).into()
                }
                Authorization::Bearer => return None,
            };
            Some((name.clone(), variables))
        });
        methods.collect()
    }

    pub(super) fn item(&self, path: &ItemPath) -> Option<&'p Item> {
        self.items.get(path).copied()
    }

    /// The addresses of the servers, with their variables.
    pub(super) fn servers(&self) -> Vec<&'p str> {
        let address = |item: &&'p Item| match item {
            Item::Server(server) => Some(server.address.as_str()),
            _ => None,
        };
        self.items.values().filter_map(address).collect()
    }

    /// The builder of the changes to a struct.
    pub(super) fn patch(&self, object: &Type) -> Option<(&ItemPath, &'p Update)> {
        let Type::Generated(path) = self.meant(object) else { return None };
        self.patches.get(path).map(|(path, update)| (path, *update))
    }

    /// The builder that a method returns.
    pub(super) fn options(&self, method: &OperationMethod) -> Option<&'p Options> {
        let Type::Applied(path, _) = &method.signature.result else { return None };
        match self.item(path)? {
            Item::Options(options) => Some(options),
            _ => None,
        }
    }

    /// What a type means where a value is present.
    pub(super) fn plain<'t>(&self, value: &'t Type) -> &'t Type
    where
        'p: 't,
    {
        match self.meant(value) {
            Type::Option(inner) | Type::Box(inner) => self.plain(inner),
            Type::Named(named) if named.path == ["model", "Maybe"] => {
                named.arguments.first().map_or(value, |inner| self.plain(inner))
            }
            meant => meant,
        }
    }

    /// What a type means, where it is another name of one.
    pub(super) fn meant<'t>(&self, value: &'t Type) -> &'t Type
    where
        'p: 't,
    {
        let mut value = value;
        while let Type::Generated(path) = value
            && let Some(Item::Alias(alias)) = self.item(path)
        {
            value = &alias.value;
        }
        value
    }
}

/// The name of an environment variable for a scheme: `PET_AUTH` for `petAuth`.
fn variable(scheme: &str) -> String {
    crate::crate_plan::naming::value_name(scheme).trim_start_matches("r#").to_ascii_uppercase()
}
