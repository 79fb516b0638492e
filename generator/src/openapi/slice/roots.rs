//! The schemas that operations have.
//!
//! Enters: the numbers of operations. Leaves: the schemas of what is sent and answered, without those that
//! are parts of others.

use crate::openapi::model::{
    Encoding, Header, Id, MediaType, Model, Operation, PathItem, SchemaId, ValueForm, Words,
};
use rustc_hash::FxHashSet;

/// The schemas of some operations, also of those that the service calls because of them.
pub(super) fn roots(
    model: &Model,
    operations: impl IntoIterator<Item = Id<Operation>>,
) -> Vec<SchemaId> {
    let mut roots = Roots { model, found: Vec::new(), seen: FxHashSet::default() };
    operations.into_iter().for_each(|one| roots.operation(one));
    roots.found
}

/// Some operations, and those that the service calls because of them.
pub(super) fn with_callbacks(
    model: &Model,
    operations: impl IntoIterator<Item = Id<Operation>>,
) -> FxHashSet<Id<Operation>> {
    let mut roots = Roots { model, found: Vec::new(), seen: FxHashSet::default() };
    operations.into_iter().for_each(|one| roots.operation(one));
    roots.seen
}

struct Roots<'m> {
    model: &'m Model,
    found: Vec<SchemaId>,
    seen: FxHashSet<Id<Operation>>,
}

impl Roots<'_> {
    fn operation(&mut self, id: Id<Operation>) {
        if !self.seen.insert(id) {
            return;
        }
        let model = self.model;
        let operation = &model.operations[id];
        for one in &operation.parameters {
            self.value(&model.parameters[*one].form);
        }
        if let Some(body) = operation.body {
            self.content(&model.bodies[body].content);
        }
        for answer in &operation.responses {
            let response = &model.responses[answer.response];
            self.content(&response.content);
            self.headers(&response.headers);
        }
        for (_, callback) in &operation.callbacks {
            model.callbacks[*callback].requests.iter().for_each(|(_, item)| self.item(*item));
        }
    }

    fn item(&mut self, item: Id<PathItem>) {
        self.model.items[item].operations.iter().for_each(|one| self.operation(*one));
    }

    fn value(&mut self, form: &ValueForm) {
        match form {
            ValueForm::Styled(styled) => self.found.extend(styled.schema),
            ValueForm::Content(content) => self.content(content),
        }
    }

    fn content(&mut self, content: &[(Words, Id<MediaType>)]) {
        for (_, id) in content {
            let media = &self.model.media_types[*id];
            self.found.extend(media.schema.into_iter().chain(media.item_schema));
            let named = media.encoding.iter().map(|(_, one)| *one);
            let others = media.prefix_encoding.iter().copied().chain(media.item_encoding);
            named.chain(others).for_each(|one| self.encoding(one));
        }
    }

    fn encoding(&mut self, id: Id<Encoding>) {
        let encoding = &self.model.encodings[id];
        self.headers(&encoding.headers);
        let named = encoding.encoding.iter().map(|(_, one)| *one);
        let others = encoding.prefix_encoding.iter().copied().chain(encoding.item_encoding);
        named.chain(others).for_each(|one| self.encoding(one));
    }

    fn headers(&mut self, headers: &[(Words, Id<Header>)]) {
        headers.iter().for_each(|(_, one)| self.value(&self.model.headers[*one].form));
    }
}
