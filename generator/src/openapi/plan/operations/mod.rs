//! The requests of an API: groups of methods, what can be set of a request, and what a service may answer.
//!
//! Enters: the operations of a model, and the names of its types. Leaves: [`Requests`]: modules with their items,
//! and the methods of the client.
//! Must not know: the shapes of schemas, code.
//!
//! Groups are decided in `groups.rs`, the names of methods in `names.rs`, how values are written in
//! `parameters.rs` and `bodies.rs`, what is returned in `answers.rs` and `errors.rs`, what is set later in
//! `options.rs`. `methods.rs` puts them together, and this file puts them into modules.

mod afterwards;
mod answers;
mod bodies;
mod chosen;
mod docs;
mod errors;
mod groups;
mod headers;
mod idempotency;
mod long_running;
mod media;
mod methods;
mod names;
mod options;
mod pages;
mod parameters;
mod security;
mod server_docs;
pub(super) mod servers;
mod webhooks;
mod words;

use super::table::Table;
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{
    Access, Alias, AnswerVariant, Answers, Docs, File, Item, ItemPath, Module, OperationMethod,
    Prose, Reach, Service, Signature, Type, families,
};
use answers::{Held, Whole};
use errors::Errors;
use groups::{Group, Requested};
use headers::Headers;
pub(super) use idempotency::{KeyRule, check as check_keys};
use methods::{Draft, Drafts};
pub use pages::Proposal;
pub(super) use pages::{PageRules, check as check_pages, lines, note};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use servers::Base;
use std::collections::BTreeMap;

pub(super) use webhooks::module as received;

/// The module of the errors that several operations have.
pub(super) const ERRORS: &str = "errors";

/// The module of the headers that several answers have.
pub(super) const HEADERS: &str = "headers";

/// The module of the builders that several requests have.
pub(super) const OPTIONS: &str = "options";

/// The module of the servers.
pub(super) const SERVERS: &str = "servers";

/// The variant for an answer that is not declared.
const UNDOCUMENTED: &str = "Undocumented";

/// All requests.
#[derive(Debug, Default)]
pub(super) struct Requests {
    /// The modules at the crate root, by name.
    pub(super) modules: BTreeMap<String, Module>,
    /// The address of the service.
    pub(super) service_root: Option<String>,
    /// What is known of the service.
    pub(super) service: Option<Service>,
    /// How callers are authorized, for the front page.
    pub(super) authorization: Vec<Prose>,
    /// The types that are pages, by name, with the members on the way to their items.
    pub(super) pages: BTreeMap<String, Vec<String>>,
    /// What the configuration could specify of pages.
    pub(super) proposals: Vec<Proposal>,
}

/// Plans the requests of an API.
pub(super) fn requests(table: &Table<'_>) -> Requests {
    let model = &table.api.model;
    let (groups, mut client) = groups::all(table, model);
    let owners = owners(&groups);
    let has_own_id = |one: &Requested<'_>| {
        names::id(one).is_some_and(|id| owners.get(id) == Some(&one.element()))
    };
    let base = Base::of(table.api, table.config);
    let drafts: Vec<Vec<Drafts<'_>>> =
        groups.par_iter().map(|group| methods::drafts(table, &base, group, has_own_id)).collect();
    let mut shared = Shared::default();
    drafts.iter().flatten().for_each(|one| shared.add(one));
    shared.name();
    for (group, drafts) in groups.iter().zip(&drafts) {
        let name = group_name(group).0;
        let of = |one| afterwards::Method::of((&group.module, &name), one);
        shared.methods.extend(drafts.iter().filter_map(of));
    }
    let pages = page_types(&drafts);
    let plain = drafts.iter().flatten().filter_map(|one| one.methods.first());
    let proposals = plain.filter_map(|one| one.proposal.clone()).collect();
    let made: Vec<(String, Module)> = groups
        .par_iter()
        .zip(drafts)
        .map(|(group, drafts)| (group.module.clone(), module(table, &shared, group, drafts)))
        .collect();
    let mut accesses: Vec<Access> = groups.iter().zip(&made).map(access).collect();
    let (authorizing, authorization) = security::accesses(table, model, &mut client);
    accesses.extend(authorizing);
    let mut modules: BTreeMap<String, Module> = made.into_iter().collect();
    shared.into_modules(table, &mut modules);
    let requested = groups.iter().flat_map(|group| group.operations.iter().copied());
    let mut servers = Module::of("The servers of the API, for `Client::builder().server(…)`.");
    for item in servers::items(table, &base, requested) {
        servers.add(families::of_type(item.name()), item);
    }
    if !servers.files.is_empty() {
        modules.insert(SERVERS.to_owned(), servers);
    }
    let service = Service {
        accesses,
        schemes: security::schemes(model),
        takes_credential: security::takes_credential(model),
    };
    Requests {
        modules,
        service_root: servers::root(table, &base),
        service: Some(service),
        authorization,
        pages,
        proposals,
    }
}

/// The structs that are pages.
fn page_types(drafts: &[Vec<Drafts<'_>>]) -> BTreeMap<String, Vec<String>> {
    let mut pages = BTreeMap::new();
    for draft in drafts.iter().flatten().flat_map(|one| &one.methods) {
        let Some(way) = &draft.items else { continue };
        let value = match draft.result(None) {
            Type::Option(inner) => *inner,
            value => value,
        };
        if let Type::Generated(path) = value {
            pages.entry(path.name).or_insert_with(|| way.clone());
        }
    }
    pages
}

/// The first operation of each id.
fn owners<'m>(groups: &[Group<'m>]) -> FxHashMap<&'m str, String> {
    let mut owners = FxHashMap::default();
    for one in groups.iter().flat_map(|group| &group.operations) {
        if let Some(id) = names::id(one) {
            owners.entry(id).or_insert_with(|| one.element());
        }
    }
    owners
}

/// The method of the client for a group.
fn access((group, (module, made)): (&Group<'_>, &(String, Module))) -> Access {
    let items = made.files.values().flat_map(|file| &file.items);
    let mut groups = items.filter(|item| matches!(item, Item::Group(_)));
    let name = groups.next().map(Item::name).unwrap_or_default();
    let mut docs = docs::of_group(group);
    docs.alias(module, &group.title);
    let reach = Reach::Group(ItemPath::new(vec![module.clone()].into(), name));
    Access { name: identifier(module), docs, reach }
}

/// What several operations have.
#[derive(Default)]
struct Shared {
    options: options::Shared,
    errors: BTreeMap<ErrorKey, Errors>,
    names: BTreeMap<ErrorKey, String>,
    methods: afterwards::Methods,
    headers: BTreeMap<headers::Key, Headers>,
    header_names: BTreeMap<headers::Key, String>,
}

type ErrorKey = Vec<(crate::crate_plan::AnswerStatus, String, String)>;

impl Shared {
    fn add(&mut self, drafts: &Drafts<'_>) {
        drafts.methods.iter().for_each(|one| self.options.add(&one.options));
        if let Some(errors) = drafts.errors.as_ref().filter(|one| one.are_shared) {
            self.errors.entry(errors.key()).or_insert_with(|| errors.clone());
        }
        if let Some(headers) = drafts.headers.as_ref().filter(|one| one.are_shared) {
            self.headers.entry(headers.key()).or_insert_with(|| headers.clone());
        }
    }

    fn name(&mut self) {
        self.options.name();
        let mut scope = Scope::default();
        for (key, errors) in &self.errors {
            let name = errors.name();
            self.names.insert(key.clone(), scope.claim(&name, &name).name);
        }
        let mut scope = Scope::default();
        for (key, headers) in &self.headers {
            let name = headers.name();
            self.header_names.insert(key.clone(), scope.claim(&name, &name).name);
        }
    }

    fn into_modules(self, table: &Table<'_>, modules: &mut BTreeMap<String, Module>) {
        let mut options = Module::of("What can be set of a request.");
        for (file, item) in self.options.into_items() {
            options.add(file, Item::Options(item));
        }
        let mut errors = Module::of("The errors that the API declares.");
        for (key, one) in self.errors {
            let Some(name) = self.names.get(&key) else { continue };
            let item = of_errors(table, name.clone(), String::new(), &one);
            errors.add(families::of_type(name), Item::Answers(item));
        }
        let mut headers = Module::of("The headers that several answers have.");
        for (key, one) in self.headers {
            let Some(name) = self.header_names.get(&key) else { continue };
            let item = one.item(name.clone(), String::new());
            headers.add(families::of_type(name), Item::Struct(item));
        }
        let all = [(OPTIONS, options), (ERRORS, errors), (HEADERS, headers)];
        for (name, mut module) in all {
            if !module.files.is_empty() {
                module.files.values_mut().for_each(|file| file.items.sort_by(by_name));
                modules.insert(name.to_owned(), module);
            }
        }
    }
}

fn by_name(one: &Item, other: &Item) -> std::cmp::Ordering {
    one.name().cmp(other.name())
}

/// The name of a group, and the scope of its module.
fn group_name(group: &Group<'_>) -> (String, Scope) {
    let mut scope = Scope::with_reserved(&["T"]);
    let name = scope.claim(&naming::type_name(&group.module), &group.element).name;
    (name, scope)
}

/// The module of a group.
fn module(
    table: &Table<'_>,
    shared: &Shared,
    group: &Group<'_>,
    drafts: Vec<Drafts<'_>>,
) -> Module {
    let (name, scope) = group_name(group);
    let mut module = Module::of("");
    let docs = docs::of_group(group);
    module.docs.clone_from(&docs.paragraphs);
    let mut planned =
        Grouped { table, shared, module: vec![group.module.clone()], scope, items: Vec::new() };
    let methods = drafts.into_iter().flat_map(|one| planned.operation(one)).collect();
    for item in planned.items {
        module.add(families::of_request(item.name()), item);
    }
    let own = crate::crate_plan::Group {
        name,
        wire_name: group.title.clone(),
        docs,
        example: None,
        methods,
    };
    module.add("requests".to_owned(), Item::Group(own));
    module
}

/// The items of a group as they are planned.
struct Grouped<'t, 'a> {
    table: &'t Table<'a>,
    shared: &'t Shared,
    module: Vec<String>,
    scope: Scope,
    items: Vec<Item>,
}

impl Grouped<'_, '_> {
    fn operation(&mut self, drafts: Drafts<'_>) -> Vec<OperationMethod> {
        let plain = drafts.methods.first();
        let errors = plain.and_then(|plain| self.errors(plain, drafts.errors.as_ref()?));
        let headers = plain.and_then(|plain| self.headers(plain, drafts.headers.as_ref()?));
        let mut plain: Option<(Vec<answers::Shape>, Option<Type>)> = None;
        let method = |draft: Draft<'_>| {
            // Methods that differ in what they take return the same.
            let known = plain.as_ref().filter(|(shapes, _)| *shapes == draft.returned.shapes);
            let answers = match known {
                Some((_, answers)) => answers.clone(),
                None => self.answers(&draft),
            };
            if draft.is_plain {
                plain = Some((draft.returned.shapes.clone(), answers.clone()));
            }
            self.method(draft, (errors.as_deref(), headers.as_deref()), answers)
        };
        drafts.methods.into_iter().map(method).collect()
    }

    /// A name in the module of the group.
    fn claim(&mut self, draft: &Draft<'_>, ending: &str) -> String {
        // An underscore that keeps a name apart from a keyword would be in the middle.
        let name = naming::type_name(&draft.name);
        let wanted = match ending {
            "" => name,
            ending => [naming::stem(&name), ending].concat(),
        };
        self.scope.claim(&wanted, &draft.requested.element()).name
    }

    fn path(&self, name: &str) -> ItemPath {
        ItemPath::new(self.module.clone().into(), name)
    }

    /// The type of the errors of an operation.
    fn errors(&mut self, draft: &Draft<'_>, errors: &Errors) -> Option<String> {
        let name = self.claim(draft, "Error");
        let wire_name = draft.requested.element();
        match self.shared.names.get(&errors.key()).filter(|_| errors.are_shared) {
            Some(of_several) => {
                let path = ItemPath::new(vec![ERRORS.to_owned()].into(), of_several);
                let docs = Prose::new("The errors of ").code(&wire_name).words(".");
                self.items.push(Item::Alias(Alias {
                    name: name.clone(),
                    wire_name,
                    docs: Docs::new(vec![docs]),
                    value: Type::Generated(path),
                }));
            }
            None => {
                let item = of_errors(self.table, name.clone(), wire_name, errors);
                self.items.push(Item::Answers(item));
            }
        }
        Some(name)
    }

    /// The type of the headers of an operation.
    fn headers(&mut self, draft: &Draft<'_>, headers: &Headers) -> Option<String> {
        let name = self.claim(draft, "Headers");
        let wire_name = draft.requested.element();
        match self.shared.header_names.get(&headers.key()).filter(|_| headers.are_shared) {
            Some(of_several) => {
                let path = ItemPath::new(vec![HEADERS.to_owned()].into(), of_several);
                let docs = Prose::new("The headers of the answers to ").code(&wire_name).words(".");
                self.items.push(Item::Alias(Alias {
                    name: name.clone(),
                    wire_name,
                    docs: Docs::new(vec![docs]),
                    value: Type::Generated(path),
                }));
            }
            None => self.items.push(Item::Struct(headers.item(name.clone(), wire_name))),
        }
        Some(name)
    }

    fn method(
        &mut self,
        draft: Draft<'_>,
        (errors, headers): (Option<&str>, Option<&str>),
        answers: Option<Type>,
    ) -> OperationMethod {
        let returned = draft.result(answers);
        let result = match self.options(&draft) {
            Some(options) => Type::Applied(options, Box::new(returned)),
            None => returned.requested(),
        };
        let afterwards =
            afterwards::of_operation(self.table, &self.shared.methods, draft.requested);
        let docs = draft.docs(self.table, (errors, headers), afterwards);
        let name = identifier(&draft.name);
        let (arguments, operation) = draft.into_parts();
        OperationMethod { name, docs, signature: Signature::method(arguments, result), operation }
    }

    /// The builder of a request, if there is anything to set.
    fn options(&mut self, draft: &Draft<'_>) -> Option<ItemPath> {
        if draft.options.setters.is_empty() {
            return None;
        }
        if draft.options.is_shared {
            return self.shared.options.path(&draft.options);
        }
        let name = self.claim(draft, "");
        let wire_name = draft.requested.element();
        let item = options::item(name.clone(), wire_name, vec![draft.options.clone()]);
        self.items.push(Item::Options(item));
        Some(self.path(&name))
    }

    /// The enum of the answers of a request, if there are several.
    fn answers(&mut self, draft: &Draft<'_>) -> Option<Type> {
        if draft.returned.whole() != Whole::Several {
            return None;
        }
        let name = self.claim(draft, "Answer");
        let shapes = &draft.returned.shapes;
        let variants = shapes.iter().map(|one| (one.status, one.body.as_ref(), one.response));
        let wire_name = draft.requested.element();
        let docs = Prose::new("What the service may answer to ").code(&wire_name).words(".");
        let item = Answers {
            name: name.clone(),
            wire_name,
            docs: Docs::new(vec![docs]),
            are_errors: false,
            variants: of_answers(self.table, variants),
            undocumented: UNDOCUMENTED.to_owned(),
        };
        self.items.push(Item::Answers(item));
        Some(Type::Generated(self.path(&name)))
    }
}

/// The enum of some errors.
fn of_errors(table: &Table<'_>, name: String, wire_name: String, errors: &Errors) -> Answers {
    let all = errors.all.iter().zip(&errors.responses);
    let variants = all.map(|((status, held), response)| (*status, Some(held), *response));
    let first = match wire_name.is_empty() {
        true => Prose::new("Errors that several operations have."),
        false => Prose::new("The errors of ").code(&wire_name).words("."),
    };
    let how = Prose::new("An error is read as one of them by `error.typed()`.");
    Answers {
        name,
        wire_name,
        docs: Docs::new(vec![first, how]),
        are_errors: true,
        variants: of_answers(table, variants),
        undocumented: UNDOCUMENTED.to_owned(),
    }
}

type Response = crate::openapi::model::Id<crate::openapi::model::Response>;

fn of_answers<'h>(
    table: &Table<'_>,
    all: impl Iterator<Item = (crate::crate_plan::AnswerStatus, Option<&'h Held>, Response)>,
) -> Vec<AnswerVariant> {
    let mut scope = Scope::with_reserved(&[UNDOCUMENTED]);
    let variant = |(status, held, response): (_, Option<&Held>, Response)| {
        let wanted = words::of_status(status);
        AnswerVariant {
            name: scope.claim(&wanted, &wanted).name,
            docs: docs::of_answer(status, &table.api.model.responses[response]),
            status,
            media_type: held.map(|held| held.media_type.clone()).unwrap_or_default(),
            xml: held.and_then(|held| held.xml.clone()),
            held: held.map(|held| (held.value.clone(), held.form)),
        }
    };
    all.map(variant).collect()
}

impl Module {
    fn of(words: &'static str) -> Self {
        Self { docs: vec![Prose::new(words)], ..Self::default() }
    }

    fn add(&mut self, file: String, item: Item) {
        let new = || File { origin: "the operations".to_owned(), items: Vec::new() };
        self.files.entry(file).or_insert_with(new).items.push(item);
    }
}
