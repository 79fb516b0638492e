//! What schemas that are not components are for: the names of their types, and who sends their values.
//!
//! Enters: the operations of a model. Leaves: a [`Standing`] for each schema that an object other than a schema
//! has. Must not know: what a schema says.
//!
//! A name begins with the operation, or with the component, and ends with the part that the schema is of:
//! `IssuesCreateBody`, `GetPetResponse`, `ListPetsLimit`. So it does not change when other parts come or go.

use super::calls::{self, Namespaces};
use super::place::{Places, Step};
use super::uses::Uses;
use crate::crate_plan::naming;
use crate::openapi::model::{
    Answer, Callback, Header, Id, MediaType, Model, Operation, Parameter, PathItem, RequestBody,
    Response, SchemaId, Status, ValueForm, Words,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a schema is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The schema.
    pub(super) schema: SchemaId,
    /// The name of its type.
    pub(super) name: String,
    /// Who sends its values.
    pub(super) uses: Uses,
    /// Whether it is a part of the API, and not a definition that nothing but schemas refers to.
    pub(super) is_part: bool,
}

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sender {
    Client,
    /// The service, to whom it was asked to.
    Service,
}

impl Sender {
    /// The values of a request.
    fn request(self) -> Uses {
        match self {
            Self::Client => Uses::WRITTEN,
            Self::Service => Uses::READ,
        }
    }

    /// The values of an answer.
    fn answer(self) -> Uses {
        match self {
            Self::Client => Uses::READ,
            Self::Service => Uses::WRITTEN,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Client => Self::Service,
            Self::Service => Self::Client,
        }
    }
}

/// All of them: those of operations first, then those of components that no operation has.
pub(super) fn standings(model: &Model, places: &Places<'_>) -> Vec<Standing> {
    let mut found = Standings {
        model,
        found: Vec::new(),
        known: FxHashMap::default(),
        seen: FxHashSet::default(),
    };
    let namespaces = Namespaces::new(model);
    for path in &model.paths {
        let words = words_of_path(&path.template.text, &namespaces);
        found.item(path.item, "", &words, Sender::Client);
    }
    for webhook in &model.webhooks {
        let name = words_of(&webhook.name.text);
        found.item(webhook.item, &name, "", Sender::Service);
    }
    found.components();
    for schema in &model.types {
        if model.schema(*schema).name.is_none() && !found.known.contains_key(schema) {
            let name = by_place(model, places, *schema);
            let (schema, uses) = (*schema, Uses::BOTH);
            found.found.push(Standing { schema, name, uses, is_part: false });
        }
    }
    found.found
}

struct Standings<'m> {
    model: &'m Model,
    found: Vec<Standing>,
    /// By the schema.
    known: FxHashMap<SchemaId, usize>,
    /// The operations that were seen, with who calls them.
    seen: FxHashSet<(Id<Operation>, Sender)>,
}

impl Standings<'_> {
    /// The first name of a schema counts, and all directions.
    fn add(&mut self, schema: SchemaId, name: String, uses: Uses) {
        match self.known.get(&schema) {
            Some(at) => self.found[*at].uses = self.found[*at].uses.and(uses),
            None => {
                self.known.insert(schema, self.found.len());
                self.found.push(Standing { schema, name, uses, is_part: true });
            }
        }
    }

    fn item(&mut self, id: Id<PathItem>, before: &str, path: &str, sender: Sender) {
        let item = &self.model.items[id];
        let of_path = if path.is_empty() { before } else { path };
        for id in &item.operations {
            let operation = &self.model.operations[*id];
            if !self.seen.insert((*id, sender)) {
                continue;
            }
            let name = name_of(operation, before, path);
            self.operation(operation, &name, of_path, sender);
        }
        // Those that every operation replaces.
        for id in &item.parameters {
            self.parameter(&self.model.parameters[*id], of_path, sender.request());
        }
    }

    fn operation(&mut self, operation: &Operation, name: &str, path: &str, sender: Sender) {
        for (at, id) in operation.parameters.iter().enumerate() {
            let owner = if at < operation.inherited { path } else { name };
            let parameter = &self.model.parameters[*id];
            self.parameter(parameter, owner, sender.request());
        }
        for id in &operation.left_out {
            self.parameter(&self.model.parameters[*id], name, sender.request());
        }
        if let Some(id) = operation.body {
            self.body(&self.model.bodies[id], name, sender.request());
        }
        let first = first_success(&operation.responses);
        for answer in &operation.responses {
            let status = match first {
                Some(first) if first == answer.status => String::new(),
                _ => words_of_status(&answer.name),
            };
            let part = [name, "Response", &status].concat();
            self.response(&self.model.responses[answer.response], &part, sender.answer());
        }
        for (callback, id) in &operation.callbacks {
            let name = [name, &words_of(&callback.text)].concat();
            self.callback(&self.model.callbacks[*id], &name, sender.other());
        }
    }

    fn callback(&mut self, callback: &Callback, name: &str, sender: Sender) {
        for (_, item) in &callback.requests {
            self.item(*item, name, "", sender);
        }
    }

    fn parameter(&mut self, one: &Parameter, owner: &str, uses: Uses) {
        let name = match &one.component {
            Some(component) => of_component(component, "Parameter"),
            None => [owner, &words_of(&one.name.text)].concat(),
        };
        self.value(&one.form, &name, uses);
    }

    fn header(&mut self, one: &Header, name: &str, uses: Uses) {
        let name = match &one.component {
            Some(component) => of_component(component, "Header"),
            None => name.to_owned(),
        };
        self.value(&one.form, &name, uses);
    }

    fn value(&mut self, form: &ValueForm, name: &str, uses: Uses) {
        match form {
            ValueForm::Styled(styled) => {
                styled.schema.into_iter().for_each(|one| self.add(one, name.to_owned(), uses));
            }
            ValueForm::Content(content) => self.content(content, name, uses),
        }
    }

    fn body(&mut self, body: &RequestBody, operation: &str, uses: Uses) {
        let name = match &body.component {
            Some(component) => of_component(component, "Body"),
            None => [operation, "Body"].concat(),
        };
        self.content(&body.content, &name, uses);
    }

    fn response(&mut self, response: &Response, name: &str, uses: Uses) {
        let name = match &response.component {
            Some(component) => of_component(component, "Response"),
            None => name.to_owned(),
        };
        self.content(&response.content, &name, uses);
        self.headers(&response.headers, &name, uses);
    }

    fn headers(&mut self, headers: &[(Words, Id<Header>)], name: &str, uses: Uses) {
        for (header, id) in headers {
            let name = [name, &words_of(&header.text)].concat();
            self.header(&self.model.headers[*id], &name, uses);
        }
    }

    /// JSON has no name where it is among several media types, and neither has the only one.
    fn content(&mut self, content: &[(Words, Id<MediaType>)], name: &str, uses: Uses) {
        let is_json = |(media, _): &&(Words, Id<MediaType>)| media.text.contains("json");
        let first = content.iter().find(is_json).or(content.first()).map(|(media, _)| &media.text);
        for (media, id) in content {
            let part = match first {
                Some(first) if *first == media.text => String::new(),
                _ => words_of_media_type(&media.text),
            };
            self.media_type(&self.model.media_types[*id], &[name, &part].concat(), uses);
        }
    }

    fn media_type(&mut self, media: &MediaType, name: &str, uses: Uses) {
        let name = match &media.component {
            Some(component) => of_component(component, "Body"),
            None => name.to_owned(),
        };
        media.schema.into_iter().for_each(|one| self.add(one, name.clone(), uses));
        let items = media.item_schema.into_iter();
        items.for_each(|one| self.add(one, [&name, "Item"].concat(), uses));
        for (part, id) in &media.encoding {
            let name = [&name, words_of(&part.text).as_str()].concat();
            self.headers(&self.model.encodings[*id].headers, &name, uses);
        }
    }

    /// The components that no operation has.
    fn components(&mut self) {
        let model = self.model;
        for (_, one) in model.parameters.iter().filter(|(_, one)| one.component.is_some()) {
            self.parameter(one, "", Uses::WRITTEN);
        }
        for (_, one) in model.bodies.iter().filter(|(_, one)| one.component.is_some()) {
            self.body(one, "", Uses::WRITTEN);
        }
        for (_, one) in model.responses.iter().filter(|(_, one)| one.component.is_some()) {
            self.response(one, "", Uses::READ);
        }
        for (_, one) in model.headers.iter().filter(|(_, one)| one.component.is_some()) {
            self.header(one, "", Uses::READ);
        }
        for (_, one) in model.media_types.iter().filter(|(_, one)| one.component.is_some()) {
            self.media_type(one, "", Uses::BOTH);
        }
        for (_, one) in model.callbacks.iter() {
            let Some(name) = &one.component else { continue };
            self.callback(one, &words_of(name), Sender::Service);
        }
        for (id, one) in model.items.iter() {
            let Some(name) = &one.component else { continue };
            self.item(id, &words_of(name), "", Sender::Client);
        }
    }
}

/// The name of an operation: its id, else its verb between what is before it and its path.
pub(super) fn name_of(operation: &Operation, before: &str, path: &str) -> String {
    match operation.id.as_ref().filter(|id| is_name(&id.text)) {
        Some(id) => words_of(&id.text),
        None => {
            let method = words_of(&operation.method.name().to_ascii_lowercase());
            [before, &method, path].concat()
        }
    }
}

/// A part of a name. `Self` is `Self_` only as a whole.
pub(super) fn words_of(text: &str) -> String {
    let name = naming::type_name(text);
    naming::stem(&name).to_owned()
}

/// Whether a text can be made a name.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// `NotFound` → `NotFoundResponse`
fn of_component(name: &str, kind: &str) -> String {
    let name = words_of(name);
    if name.ends_with(kind) { name } else { [&name, kind].concat() }
}

/// The status of the answer that has none in its name: the first success, else the only one that can be one.
fn first_success(answers: &[Answer]) -> Option<Status> {
    let is_success = |status: &Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let all = || answers.iter().map(|one| one.status);
    all().filter(is_success).min().or_else(|| all().find(|one| *one == Status::Default))
}

fn words_of_status(status: &Words) -> String {
    let words = words_of(&status.text.to_ascii_lowercase());
    words.strip_prefix("Item").unwrap_or(&words).to_owned()
}

fn words_of_media_type(media: &str) -> String {
    let kind = media.split(';').next().unwrap_or(media);
    words_of(kind.rsplit('/').next().unwrap_or(kind))
}

/// `/users/{id}/posts` → `UsersIdPosts`
pub(super) fn words_of_path(path: &str, namespaces: &Namespaces<'_>) -> String {
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let words: String = calls::plain(path, namespaces).chars().map(letters).collect();
    if words.trim().is_empty() {
        return "Root".to_owned();
    }
    words_of(words.trim())
}

/// The name of a schema that no part of the API has: the names on the way to it, or its document.
fn by_place(model: &Model, places: &Places<'_>, schema: SchemaId) -> String {
    const KEYWORDS: [&str; 9] = [
        "components",
        "schemas",
        "definitions",
        "$defs",
        "properties",
        "paths",
        "content",
        "schema",
        "items",
    ];
    let location = model.schema(schema).location;
    let mut name = String::new();
    for step in places.steps(location) {
        if let Step::Name(text) = step
            && !KEYWORDS.contains(&text)
        {
            name.push_str(&words_of(text));
        }
    }
    if name.is_empty() {
        let document = places.document(location.document);
        let file = document.rsplit(['/', '\\']).next().unwrap_or(document);
        name = words_of(file.split('.').next().unwrap_or(file));
    }
    name
}
