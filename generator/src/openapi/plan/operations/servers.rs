//! Where requests are sent.
//!
//! Enters: the servers of a model, and where its document comes from. Leaves: the address of the API, those of
//! operations with a server of their own, and an item for each server. Must not know: requests.

use super::super::table::Table;
use super::super::words;
use super::groups::Requested;
use super::{SERVERS, server_docs};
use crate::crate_plan::naming::{self, Scope, identifier};
use crate::crate_plan::{self, Enum, Item, ItemPath, Type, Variant};
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use crate::input::session::Session;
use crate::openapi::Api;
use crate::openapi::model::{Model, Server, ServerVariable, first_variable};

/// What setters of servers cannot be called: functions that each server has, by itself or by a trait.
const RESERVED: [&str; 7] = ["address", "clone", "fmt", "from", "into", "into_address", "new"];

/// The most words of a description that name a server.
const MOST_WORDS: usize = 3;

/// Where a document comes from.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    /// `https://example.com`
    origin: Option<String>,
    /// The path of the folder of the document, with a slash at its end.
    folder: String,
}

impl Base {
    /// By the address that the document has for itself, else by the one that it was saved from.
    pub(super) fn of(api: &Api, config: &Config) -> Self {
        let first = api.description.documents().next().map(|(_, one)| one);
        let own = first.and_then(|one| one.tree.root().get("$self")?.text());
        let saved = config.source.address.as_ref().map(|one| one.get_ref().as_str());
        let name = first.map(|one| one.name.as_str());
        let saved = saved.or(name).map_or_else(Self::default, Self::at);
        let Some(own) = own else { return saved };
        saved.of_document(own)
    }

    /// By the address of a document.
    fn at(address: &str) -> Self {
        let Some((scheme, rest)) = address.split_once("://").filter(|(scheme, _)| is_http(scheme))
        else {
            return Self::default();
        };
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
        Self { origin: Some([scheme, "://", host].concat()), folder: without_dots(folder) }
    }

    /// The same for a document that has an address for itself, which may be relative to this one.
    fn of_document(&self, own: &str) -> Self {
        match self.resolve(own, own) {
            Some(address) => Self::at(&address),
            None => self.clone(),
        }
    }

    /// The address that a server has, which may be relative to the document; `None` if that is not known.
    /// `filled` is the address with the defaults of its variables.
    fn resolve(&self, address: &str, filled: &str) -> Option<String> {
        let is_whole = filled.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme));
        if is_whole || filled.is_empty() && address.starts_with('{') {
            return Some(address.to_owned());
        }
        if filled.starts_with("//") {
            let scheme = self.origin.as_ref().and_then(|one| one.split_once("//"));
            return Some([scheme.map_or("https:", |(scheme, _)| scheme), address].concat());
        }
        let origin = self.origin.as_ref()?;
        Some([origin.as_str(), &self.path(address, filled)].concat())
    }

    /// The path of an address without an origin.
    fn path(&self, address: &str, filled: &str) -> String {
        match filled.starts_with('/') {
            true => without_dots(address),
            false if self.folder.is_empty() => without_dots(&["/", address].concat()),
            false => without_dots(&[&self.folder, address].concat()),
        }
    }
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// A path without the segments `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').collect();
    for (at, segment) in segments.iter().enumerate() {
        let is_last = at + 1 == segments.len();
        match *segment {
            "." if is_last => kept.push(""),
            "." => {}
            ".." => {
                if kept.len() > 1 {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    kept.join("/")
}

/// An address in which each variable has its default value.
fn filled(address: &str, variables: &[ServerVariable]) -> String {
    let mut made = String::new();
    let mut rest = address;
    while let Some((before, name, after)) = first_variable(rest) {
        made.push_str(before);
        let variable = variables.iter().find(|one| one.name.text == name);
        made.push_str(variable.and_then(default).unwrap_or_default());
        rest = after;
    }
    made.push_str(rest);
    made
}

/// The value of a variable that is not set.
fn default(variable: &ServerVariable) -> Option<&str> {
    let value = variable.default.as_ref().or(variable.values.first());
    value.map(|value| value.text.as_str())
}

/// A server whose address is known.
#[derive(Clone, Debug)]
struct Known<'m> {
    server: &'m Server,
    /// The address with its variables in braces.
    address: String,
    /// The address with the defaults of its variables.
    default: String,
}

impl<'m> Known<'m> {
    fn new(base: &Base, server: &'m Server) -> Option<Self> {
        let text = server.url.text.trim();
        let address = base.resolve(text, &filled(text, &server.variables))?;
        let address = address.trim_end_matches('/').to_owned();
        let default = filled(&address, &server.variables).trim_end_matches('/').to_owned();
        let scheme = default.split_once("://").map_or("", |(scheme, _)| scheme);
        let has_rest = address.contains(['?', '#']) || address.chars().any(char::is_whitespace);
        let is_open = default.is_empty() || address.starts_with('{');
        ((is_http(scheme) || is_open) && !has_rest).then_some(Self { server, address, default })
    }

    /// Whether nothing has to be set.
    fn is_complete(&self) -> bool {
        let has_default = |name: &str| {
            let mut variables = self.server.variables.iter();
            variables.any(|one| one.name.text == name && default(one).is_some())
        };
        crate::openapi::model::variables(&self.address).all(has_default)
            && self.default.split_once("://").is_some_and(|(scheme, _)| is_http(scheme))
    }
}

/// The address of the API: the configured one, else that of its first server, if it is known.
pub(super) fn root(table: &Table<'_>, base: &Base) -> Option<String> {
    if let Some(root) = &table.config.service.root {
        return Some(root.clone());
    }
    let first = Known::new(base, first(&table.api.model)?)?;
    first.is_complete().then_some(first.default)
}

/// The first server that requests can be sent to.
fn first(model: &Model) -> Option<&Server> {
    let is_other = |server: &&Server| {
        let scheme = server.url.text.split_once("://").map_or("", |(scheme, _)| scheme);
        is_scheme(scheme) && !is_http(scheme)
    };
    model.servers.iter().find(|one| !is_other(one))
}

/// The address of the server that an operation or its path has for itself. That of a relative one is a path.
pub(super) fn own(table: &Table<'_>, base: &Base, requested: Requested<'_>) -> Option<String> {
    let model = &table.api.model;
    let server = of_operation(model, requested).first()?;
    let text = server.url.text.trim();
    let filled = filled(text, &server.variables);
    let own = match filled.contains("://") || filled.starts_with("//") {
        true => Known::new(base, server).filter(Known::is_complete)?.default,
        false if filled.is_empty() => return None,
        false => base.path(&filled, &filled).trim_end_matches('/').to_owned(),
    };
    let is_same = |of_api: &Server| of_api.url.text == server.url.text;
    let is_of_api =
        model.servers.first().is_some_and(is_same) || root(table, base).as_ref() == Some(&own);
    (!is_of_api).then_some(own)
}

/// The servers that an operation or its path has for itself.
fn of_operation<'m>(model: &'m Model, requested: Requested<'m>) -> &'m [Server] {
    let own = &requested.operation.servers;
    if own.is_empty() { &model.items[requested.operation.item].servers } else { own }
}

/// Reports that the address of the API is not known although it has one.
pub(crate) fn report(api: &Api, config: &Config, session: &mut Session) {
    let Some(server) = first(&api.model).filter(|_| config.service.root.is_none()) else { return };
    let base = Base::of(api, config);
    let is_relative =
        base.resolve(server.url.text.trim(), &filled(server.url.text.trim(), &server.variables));
    if is_relative.is_some() {
        return;
    }
    let message = format!(
        "the address of the API is not known: the server {:?} is relative to where the document comes from",
        server.url.shown()
    );
    session.report(
        Diagnostic::warning("relative-server", message)
            .at(server.url.span, "the client has no address by default")
            .help(
                "set `address` under [source] to the address of the document, or `root` under [service] to that \
                 of the API",
            ),
    );
}

/// The items of the module of servers; none if the API has one address only.
pub(super) fn items<'m>(
    table: &Table<'_>,
    base: &Base,
    requested: impl Iterator<Item = Requested<'m>>,
) -> Vec<Item> {
    let model = &table.api.model;
    // With the requests that have it for themselves.
    let mut known: Vec<(Known<'_>, Vec<String>)> = Vec::new();
    let mut add = |server, of: Option<Requested<'_>>| {
        let Some(new) = Known::new(base, server) else { return };
        match known.iter_mut().find(|(other, _)| other.address == new.address) {
            // What is a server of the API as well is one of it.
            Some((_, all)) if !all.is_empty() => all.extend(of.map(|one| one.element())),
            Some(_) => {}
            None => known.push((new, of.map(|one| one.element()).into_iter().collect())),
        }
    };
    model.servers.iter().for_each(|server| add(server, None));
    for one in requested {
        of_operation(model, one).iter().for_each(|server| add(server, Some(one)));
    }
    let has_variables = known.iter().any(|(one, _)| one.address.contains('{'));
    if known.len() < 2 && !has_variables {
        return Vec::new();
    }
    let mut planned =
        Planned { table, scope: Scope::default(), items: Vec::new(), values: Vec::new() };
    // Servers have their names before their variables.
    let names: Vec<String> = known.iter().map(|(one, _)| planned.name(one)).collect();
    for ((one, of), name) in known.iter().zip(names) {
        planned.server(one, name, of);
    }
    planned.items
}

/// The items as they are planned.
struct Planned<'t, 'a> {
    table: &'t Table<'a>,
    scope: Scope,
    items: Vec<Item>,
    /// The enumerations: the variable, its values, and the name.
    values: Vec<(String, Vec<String>, String)>,
}

impl Planned<'_, '_> {
    /// The name of a server: its own, that of a short description, or that of its address.
    fn name(&mut self, known: &Known<'_>) -> String {
        let Known { server, address, .. } = known;
        let own = server.name.as_ref().map(|name| name.text.as_str());
        let short = server.description.as_ref().and_then(|one| short(&one.text));
        let own = own.filter(|name| name.chars().any(char::is_alphanumeric));
        let wanted = match own.or(short) {
            Some(name) => naming::type_name(name),
            None => by_address(address),
        };
        let element = ["server:", server.url.text.trim()].concat();
        self.table.claim(&mut self.scope, (&element, server.url.span), &wanted)
    }

    fn server(&mut self, known: &Known<'_>, name: String, of: &[String]) {
        let mut scope = Scope::with_reserved(&RESERVED);
        let used: Vec<&str> = crate::openapi::model::variables(&known.address).collect();
        let mut variables: Vec<crate_plan::ServerVariable> = Vec::new();
        for wire_name in used {
            if variables.iter().any(|one| one.wire_name == wire_name) {
                continue;
            }
            let mut declared = known.server.variables.iter();
            let declared = declared.find(|one| one.name.text == wire_name);
            let setter = scope.claim(&words::of_member(wire_name), wire_name).name;
            let takes = declared.and_then(|one| self.enumeration(&name, one));
            variables.push(crate_plan::ServerVariable {
                docs: server_docs::of_variable(wire_name, declared, declared.and_then(default)),
                name: identifier(&setter),
                wire_name: wire_name.to_owned(),
                default: declared.and_then(default).map(str::to_owned),
                takes: takes.unwrap_or(Type::Foreign(crate_plan::Foreign::String)).into_value(),
            });
        }
        self.items.push(Item::Server(crate_plan::Server {
            docs: server_docs::of_server(known.server, &known.address, of),
            name,
            address: known.address.clone(),
            default: known.default.clone(),
            variables,
        }));
    }

    /// The type of the values of a variable, if they are listed.
    fn enumeration(&mut self, server: &str, variable: &ServerVariable) -> Option<Type> {
        let values: Vec<String> = variable.values.iter().map(|one| one.text.clone()).collect();
        if values.is_empty() {
            return None;
        }
        let wire_name = variable.name.text.clone();
        let same = self.values.iter().find(|(name, all, _)| *name == wire_name && *all == values);
        let name = match same {
            Some((.., name)) => name.clone(),
            None => {
                let own = naming::type_name(&wire_name);
                let wanted = match self.scope.is_free(&own) {
                    true => own,
                    false => [naming::stem(server), &own].concat(),
                };
                let element = ["server:", &wire_name].concat();
                let span = variable.name.span;
                let name = self.table.claim(&mut self.scope, (&element, span), &wanted);
                let item = enumeration(self.table, name.clone(), variable);
                self.items.push(Item::Enum(item));
                self.values.push((wire_name, values, name.clone()));
                name
            }
        };
        Some(Type::Generated(ItemPath::new(vec![SERVERS.to_owned()].into(), &name)))
    }
}

/// The variant for a value that is not listed.
const UNRECOGNIZED: &str = "Unrecognized";

/// The open enumeration of the values of a variable.
fn enumeration(table: &Table<'_>, name: String, variable: &ServerVariable) -> Enum {
    let mut scope = Scope::with_reserved(&[UNRECOGNIZED]);
    let mut variants: Vec<Variant> = Vec::new();
    for value in &variable.values {
        if variants.iter().any(|one| one.wire_name == value.text) {
            continue;
        }
        let element = ["server:", &variable.name.text, "/", &value.text].concat();
        let wanted = words::of_value(&value.text);
        let name = table.claim(&mut scope, (&element, value.span), &wanted);
        let mut docs = server_docs::of_value(&value.text);
        docs.alias(&name, &value.text);
        variants.push(Variant {
            name: identifier(&name),
            wire_name: value.text.clone(),
            docs,
            attributes: Vec::new(),
        });
    }
    let docs = server_docs::of_variable_type(variable);
    Enum {
        name,
        wire_name: variable.name.text.clone(),
        docs,
        attributes: Vec::new(),
        variants,
        unrecognized: UNRECOGNIZED.to_owned(),
    }
}

/// A description that is short enough for a name: without the word that all servers have in common.
fn short(description: &str) -> Option<&str> {
    let text = description.trim().trim_end_matches('.');
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    if !text.chars().all(is_plain) || text.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    let last = text.rsplit_once(' ').filter(|(_, last)| last.eq_ignore_ascii_case("server"));
    let text = last.map_or(text, |(before, _)| before);
    text.chars().any(char::is_alphabetic).then_some(text)
}

/// The name of a server by the host and the path of its address.
fn by_address(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut text = String::new();
    let mut left = rest;
    while let Some((before, _, after)) = first_variable(left) {
        text.extend([before, " "]);
        left = after;
    }
    text.push_str(left);
    match text.chars().any(char::is_alphanumeric) {
        true => naming::type_name(&text),
        // The address is nothing but variables.
        false => naming::type_name(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_server_is_relative_to_the_document() {
        let base = Base::at("https://a.example/docs/v1/openapi.json?x#y");
        for (address, expected) in [
            ("https://b.example/v1", "https://b.example/v1"),
            ("//b.example/v1", "https://b.example/v1"),
            ("/v2", "https://a.example/v2"),
            ("/v2/../v3", "https://a.example/v3"),
            ("./api", "https://a.example/docs/v1/api"),
            ("api", "https://a.example/docs/v1/api"),
            ("../x", "https://a.example/docs/x"),
            ("../../../x", "https://a.example/x"),
            (".", "https://a.example/docs/v1/"),
            ("/", "https://a.example/"),
            ("/{version}", "https://a.example/{version}"),
        ] {
            assert_eq!(base.resolve(address, address).as_deref(), Some(expected), "{address}");
        }
        let nowhere = Base::default();
        assert_eq!(nowhere.resolve("/v2", "/v2"), None);
        assert_eq!(nowhere.resolve("//b/v1", "//b/v1").as_deref(), Some("https://b/v1"));
        assert_eq!(nowhere.resolve("{endpoint}", "").as_deref(), Some("{endpoint}"));
        assert_eq!(Base::at("C:/openapi.json").origin, None);
        assert_eq!(base.of_document("../v2/self.json").folder, "/docs/v2/");
        let own = nowhere.of_document("https://c.example/a/b.json");
        assert_eq!(own.resolve("x", "x").as_deref(), Some("https://c.example/a/x"));
    }

    #[test]
    fn a_server_is_named_by_a_short_description_or_its_address() {
        for (description, expected) in [
            ("Production server", Some("Production")),
            ("The sandbox.", Some("The sandbox")),
            ("Server", Some("Server")),
            ("Where all of the data is kept", None),
            ("EU (Frankfurt)", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(short(description), expected, "{description}");
        }
        for (address, expected) in [
            ("https://eu.orders.example/v1", "EuOrdersExampleV1"),
            ("https://{region}.orders.example/v{version}", "OrdersExampleV"),
            ("{endpoint}", "Endpoint"),
        ] {
            assert_eq!(by_address(address), expected, "{address}");
        }
    }
}
