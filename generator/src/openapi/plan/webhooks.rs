//! The names of the requests that the service sends: webhooks, and the calls back of operations.
//!
//! Enters: the webhooks and the callbacks of a model. Leaves: a name for each of their operations, in the module
//! [`WEBHOOKS`]. Must not know: what such a request has.

use super::calls::Namespaces;
use super::standing;
use super::table::Table;
use crate::crate_plan::ItemPath;
use crate::crate_plan::naming::Scope;
use crate::input::source::Span;
use crate::openapi::model::{Callback, Id, Method, Model, Operation, PathItem};
use rustc_hash::FxHashMap;

/// The module of what the service sends.
pub(super) const WEBHOOKS: &str = "webhooks";

/// The struct of the headers that they have in common.
pub(super) const HEADERS: &str = "Headers";

/// A request that the service sends.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) operation: Id<Operation>,
    /// The name of its type.
    pub(super) name: String,
    /// How the configuration names it: `webhook:pet-added`, `POST /hooks callback:pet-added`.
    pub(super) element: String,
    /// What the document calls it.
    pub(super) title: String,
    pub(super) source: Source,
}

/// Where a request is described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Webhook,
    /// The operation after which it is sent, and the expression for its address.
    Callback {
        after: String,
        address: String,
    },
}

/// All of them, in the order of the document.
#[derive(Default)]
pub(super) struct Webhooks {
    pub(super) all: Vec<Received>,
    /// The names in the module.
    pub(super) scope: Scope,
    by_operation: FxHashMap<Id<Operation>, usize>,
}

impl Webhooks {
    pub(super) fn new(table: &Table<'_>) -> Self {
        let model = &table.api.model;
        let scope = Scope::with_reserved(&[HEADERS]);
        let mut named = Named { table, found: Self { scope, ..Self::default() } };
        for webhook in &model.webhooks {
            let title = &webhook.name;
            let element = ["webhook:", &title.text].concat();
            let wanted = standing::words_of(&title.text);
            named.item(
                webhook.item,
                (&element, title.span),
                &wanted,
                (&title.text, Source::Webhook),
            );
        }
        let namespaces = Namespaces::new(model);
        for path in &model.paths {
            for id in &model.items[path.item].operations {
                let operation = &model.operations[*id];
                let words = standing::words_of_path(&path.template.text, &namespaces);
                let name = standing::name_of(operation, "", &words);
                let after = [operation.method.name(), " ", &path.template.text].concat();
                for (title, callback) in &operation.callbacks {
                    let callback = &model.callbacks[*callback];
                    named.callback(callback, (&title.text, title.span), &name, &after);
                }
            }
        }
        named.found
    }

    /// The type of a request that the service sends.
    pub(super) fn path(&self, operation: Id<Operation>) -> Option<ItemPath> {
        let received = &self.all[*self.by_operation.get(&operation)?];
        Some(ItemPath::new(vec![WEBHOOKS.to_owned()].into(), &received.name))
    }
}

struct Named<'t, 'a> {
    table: &'t Table<'a>,
    found: Webhooks,
}

impl Named<'_, '_> {
    /// The requests of a callback. One that several operations have is named by its component.
    fn callback(
        &mut self,
        callback: &Callback,
        (title, span): (&str, Span),
        operation: &str,
        after: &str,
    ) {
        let (wanted, element) = match &callback.component {
            Some(component) => (standing::words_of(component), ["callback:", component].concat()),
            None => (
                [operation, &standing::words_of(title)].concat(),
                [after, " callback:", title].concat(),
            ),
        };
        for (address, item) in &callback.requests {
            let (after, address) = (after.to_owned(), address.text.clone());
            let source = Source::Callback { after, address };
            self.item(*item, (&element, span), &wanted, (title, source));
        }
    }

    /// The operations of a path item. The verb is a part of the name of all but that which is usual.
    fn item(
        &mut self,
        item: Id<PathItem>,
        (element, span): (&str, Span),
        wanted: &str,
        (title, source): (&str, Source),
    ) {
        let model: &Model = &self.table.api.model;
        let operations = &model.items[item].operations;
        for id in operations {
            if self.found.by_operation.contains_key(id) {
                continue;
            }
            let verb = &model.operations[*id].method;
            let is_plain = operations.len() == 1 || *verb == Method::Post;
            let (wanted, element) = match is_plain {
                true => (wanted.to_owned(), element.to_owned()),
                false => {
                    let words = standing::words_of(&verb.name().to_ascii_lowercase());
                    ([wanted, &words].concat(), [element, " ", verb.name()].concat())
                }
            };
            let name = self.table.claim(&mut self.found.scope, (&element, span), &wanted);
            self.found.by_operation.insert(*id, self.found.all.len());
            let (title, source) = (title.to_owned(), source.clone());
            self.found.all.push(Received { operation: *id, name, element, title, source });
        }
    }
}
