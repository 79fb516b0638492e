//! A request as a program.
//!
//! Enters: the route to a resource, the method, the headers and the body. Leaves: a [`Program`].
//! Must not know: tokens, how JSON becomes a value, how the text of an option becomes a call.

use super::navigate::{End, Way};
use super::slice::Whole;
use super::values::Values;
use crate::crate_plan::program::{Code, Owner, Program, Statement};
use crate::crate_plan::{Call, Cardinality, Foreign, Method, Named, Path, Request, Type};
use crate::input::json::Json;
use crate::odata::binding::Item;
use crate::odata::edm::{ItemType, Model, Primitive};
use crate::odata::runtime::{
    address, collection_path, located, media_path, property_path, reference_path, references_path,
    request, resource, single_path,
};

/// The variable for changes to an entity.
const UPDATE: &str = "update";

/// The parts of a request besides its URL.
pub(super) struct Message<'r> {
    /// The method, in capitals.
    pub(super) method: &'r str,
    /// The media type of the body, if it is specified.
    pub(super) content_type: Option<&'r str>,
    /// The body.
    pub(super) body: Option<&'r str>,
}

/// A request without query options and headers.
pub(super) struct Asked {
    pub(super) code: Code,
    pub(super) outcome: Type,
    pub(super) comments: Vec<String>,
    pub(super) statements: Vec<Statement>,
    /// A name for the variable of the response.
    pub(super) answer: String,
}

impl Asked {
    /// The program, with the calls that were added to the request.
    pub(super) fn program(self) -> Program {
        let Self { code, outcome, comments, statements, answer } = self;
        Program { keys: Vec::new(), statements, comments, request: code, outcome, answer }
    }
}

/// A request and its resource.
pub(super) struct Asking<'a, 'p> {
    way: Way<'a, 'p>,
    model: &'a Model,
    message: Message<'a>,
    values: Values<'a, 'p>,
    json: Option<Json>,
    comments: Vec<String>,
}

impl<'a, 'p> Asking<'a, 'p> {
    pub(super) fn new(
        way: Way<'a, 'p>,
        model: &'a Model,
        whole: Option<&'a Whole<'p>>,
        message: Message<'a>,
    ) -> Self {
        let json = message.body.filter(|_| is_json(message.content_type)).and_then(Json::read);
        let values = Values::new(way.index, model, whole, &["client"]);
        Self { way, model, message, values, json, comments: Vec::new() }
    }

    /// The request.
    pub(super) fn ask(mut self) -> Asked {
        let end = self.way.end.clone();
        let typed = match &end {
            End::Path(path) => self.path(path),
            End::Operation { method, arguments, .. } => self.operation(method, arguments),
            End::Property { constant, value, .. } => self.property(constant, value),
            End::Media(object) => self.media(object),
            End::RawValue => self.raw_value(),
            End::Count(path) => self.count(path),
            End::Reference(cardinality) => self.reference(*cardinality),
            End::Resource => self.called(),
            End::Root => None,
        };
        let (code, outcome) = typed.unwrap_or_else(|| {
            self.values.statements.clear();
            self.untyped(&end)
        });
        let answer = self.values.fresh(answer_name(&outcome));
        let mut comments = self.way.comments;
        comments.extend(self.comments);
        Asked { code, outcome, comments, statements: self.values.statements, answer }
    }

    fn code(&self) -> Code {
        self.way.code.clone()
    }

    /// Whether there is no body at all.
    fn is_bare(&self) -> bool {
        self.message.body.is_none()
    }

    fn path(&mut self, path: &'p Path) -> Option<(Code, Type)> {
        let verb = self.message.method;
        let wanted = |request: &Request| request.verb() == verb;
        let found = path.methods.iter().find_map(|method| match &method.call {
            Call::Send(request) if wanted(request) => Some((method, request)),
            _ => None,
        });
        let Some((method, request)) = found else {
            self.comments.push(format!("The crate has no typed call for {verb} here."));
            return self.written(path);
        };
        let arguments = match (request, method.signature.arguments.as_slice()) {
            (_, []) if self.is_bare() => Vec::new(),
            (_, []) => {
                self.comments.push(format!("The typed call for {verb} has no body."));
                return None;
            }
            (Request::Update, [body, ..]) => vec![self.body(body.value.taken(), UPDATE)?],
            (_, [body, ..]) => {
                let value = body.value.taken();
                vec![self.body(value, &self.noun(value))?]
            }
        };
        let outcome = method.signature.returned()?.clone();
        Some((self.code().method(&method.name, arguments), outcome))
    }

    /// A request that the path type does not offer, with a typed body.
    fn written(&mut self, path: &'p Path) -> Option<(Code, Type)> {
        let Some(Json::Object(_)) = self.json else { return None };
        let outcome = self.expected(&End::Path(path));
        let value = Type::Generated(path.object.clone());
        let noun = self.noun(&value);
        let (method, name) = match self.message.method {
            "POST" => (resource::CREATE, noun.as_str()),
            "PUT" => (resource::REPLACE, noun.as_str()),
            "PATCH" => (resource::UPDATE, UPDATE),
            _ => return None,
        };
        let argument = self.body(&value, name)?;
        let resource = self.resource(&End::Path(path));
        Some((resource.called(method, Some(outcome.clone()), vec![argument]), outcome))
    }

    /// A call of an operation by its address, with typed parameters.
    fn called(&mut self) -> Option<(Code, Type)> {
        let method = self.way.method?;
        let path = method.parameters()?;
        let Some(Json::Object(members)) = self.json.clone() else { return None };
        if self.message.method != "POST" {
            return None;
        }
        let argument = self.values.parameters(path, &members)?;
        let outcome = method.signature.returned()?.clone();
        let code = self.code().called(resource::INVOKE_WITH, Some(outcome.clone()), vec![argument]);
        Some((code, outcome))
    }

    /// The object in the body, in a variable.
    fn body(&mut self, value: &Type, name: &str) -> Option<Code> {
        let made = match &self.json {
            Some(json @ Json::Object(_)) => self.values.variable(json, value, name),
            _ => None,
        };
        if made.is_none() {
            self.comments.push("The body is not a JSON object.".to_owned());
        }
        made
    }

    fn operation(&mut self, method: &'p Method, arguments: &[Code]) -> Option<(Code, Type)> {
        let verb = self.message.method;
        match &method.call {
            Call::Act { .. } if verb == "POST" => {
                let outcome = method.signature.returned()?.clone();
                let arguments = match (method.parameters(), &self.json) {
                    (None, None) if self.is_bare() => Vec::new(),
                    (Some(path), Some(Json::Object(members))) => {
                        vec![self.values.parameters(path, members)?]
                    }
                    (parameters, _) => {
                        let why = match parameters {
                            None => "The action takes no parameters.",
                            Some(_) if self.is_bare() => "The action has parameters.",
                            Some(_) => "The parameters are not a JSON object.",
                        };
                        self.comments.push(why.to_owned());
                        return None;
                    }
                };
                Some((self.code().method(&method.name, arguments), outcome))
            }
            Call::Compute { .. } if verb == "GET" && self.is_bare() => {
                let outcome = method.signature.returned()?.clone();
                Some((self.code().method(&method.name, arguments.to_vec()), outcome))
            }
            _ => {
                self.comments.push(format!("The operation is not called by {verb}."));
                None
            }
        }
    }

    fn property(&mut self, constant: &Code, value: &Type) -> Option<(Code, Type)> {
        let path = self.code().method(single_path::PROPERTY, vec![constant.clone()]);
        match self.message.method {
            "GET" if self.is_bare() => {
                Some((path.method(property_path::GET, Vec::new()), value.clone()))
            }
            "DELETE" if self.is_bare() => {
                Some((path.method(property_path::CLEAR, Vec::new()), Type::Unit))
            }
            "PATCH" => {
                let object = Type::Generated(self.way.index.object(value)?);
                let update = self.body(&object, UPDATE)?;
                let outcome = value.clone().optional();
                Some((path.method(property_path::UPDATE, vec![update]), outcome))
            }
            "PUT" => {
                let is_object = self.way.index.object(value).is_some();
                let json = match self.json.clone()? {
                    json @ Json::Object(_) if is_object => json,
                    Json::Object(members) => match <[_; 1]>::try_from(members).ok()? {
                        [(name, json)] if name == "value" => json,
                        _ => return None,
                    },
                    _ => return None,
                };
                let value = self.values.variable(&json, value, "value")?;
                Some((path.method(property_path::SET, vec![value]), Type::Unit))
            }
            verb => {
                self.comments
                    .push(format!("The crate has no typed call for {verb} on a property."));
                None
            }
        }
    }

    fn media(&mut self, object: &Type) -> Option<(Code, Type)> {
        match (self.message.method, self.message.body) {
            ("GET", None) => {
                Some((self.code().method(media_path::DOWNLOAD, Vec::new()), Type::Bytes))
            }
            ("DELETE", None) => {
                Some((self.code().method(media_path::DELETE, Vec::new()), Type::Unit))
            }
            ("PUT", body) => {
                let (content_type, body) = (self.message.content_type, body.unwrap_or_default());
                let content_type = content_type.unwrap_or("application/octet-stream").to_owned();
                let arguments = vec![Code::Text(content_type), Code::Raw(body.to_owned())];
                let returned = object.clone().optional();
                Some((self.code().method(media_path::UPLOAD, arguments), returned))
            }
            (verb, _) => {
                self.comments.push(format!("The crate has no typed call for {verb} on bytes."));
                None
            }
        }
    }

    fn raw_value(&mut self) -> Option<(Code, Type)> {
        let is_read = self.message.method == "GET" && self.is_bare();
        is_read.then(|| (self.code().method(property_path::RAW_VALUE, Vec::new()), Type::Bytes))
    }

    fn count(&mut self, path: &Path) -> Option<(Code, Type)> {
        let is_read = self.message.method == "GET" && self.is_bare();
        is_read.then(|| {
            (
                self.code().method(collection_path::COUNT, Vec::new()),
                Type::Generated(path.object.clone()).counted(),
            )
        })
    }

    fn reference(&mut self, cardinality: Cardinality) -> Option<(Code, Type)> {
        let many = cardinality == Cardinality::Collection;
        let reference = if many { collection_path::REFERENCES } else { single_path::REFERENCE };
        let path = self.code().method(reference, Vec::new());
        let id = match &self.json {
            Some(Json::Object(members)) => match members.as_slice() {
                [(name, Json::Text(id))] if name == "@odata.id" => {
                    if !id.contains("://") {
                        self.comments.push(format!("`{id}` is not an absolute URL."));
                        return None;
                    }
                    Some(Code::Text(id.clone()))
                }
                _ => None,
            },
            _ => None,
        };
        match (self.message.method, many, id) {
            ("GET", true, _) if self.is_bare() => {
                Some((path.method(references_path::LIST, Vec::new()), of_reference("GET", true)))
            }
            ("GET", false, _) if self.is_bare() => {
                Some((path.method(reference_path::GET, Vec::new()), of_reference("GET", false)))
            }
            ("POST", true, Some(id)) => {
                Some((path.method(references_path::ADD_URL, vec![id]), Type::Unit))
            }
            ("PUT", false, Some(id)) => {
                Some((path.method(reference_path::SET_URL, vec![id]), Type::Unit))
            }
            ("DELETE", false, _) if self.is_bare() => {
                Some((path.method(reference_path::REMOVE, Vec::new()), Type::Unit))
            }
            ("POST", true, None) | ("PUT", false, None) if self.is_bare() => {
                let call = if many { "references().add_url" } else { "reference().set_url" };
                self.comments.push(format!(
                    "The body with the reference is missing; with it this is `{call}(\"…\")`."
                ));
                None
            }
            (verb, ..) => {
                self.comments
                    .push(format!("The crate has no typed call for {verb} on this reference."));
                None
            }
        }
    }

    /// The request on the resource, with the body as it is. The type of the response is kept if the
    /// model specifies it.
    fn untyped(&mut self, end: &End<'p>) -> (Code, Type) {
        let resource = self.resource(end);
        let outcome = self.expected(end);
        let verb = self.message.method;
        let plain = match verb {
            "GET" => Some((resource::GET, Some(outcome.clone()))),
            "POST" => Some((resource::INVOKE, Some(outcome.clone()))),
            "DELETE" if outcome == Type::Unit => Some((resource::DELETE, None)),
            _ => None,
        };
        if let Some((method, generic)) = plain.filter(|_| self.is_bare()) {
            return (resource.called(method, generic, Vec::new()), outcome);
        }
        let known =
            ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];
        let method = if known.contains(&verb) {
            Code::Associated(Owner::HttpMethod, verb.to_owned())
        } else {
            Code::Parse(Box::new(Code::Text(verb.to_owned())), None)
        };
        let request = resource.called(resource::REQUEST, Some(outcome.clone()), vec![method]);
        let Some(body) = self.message.body else { return (request, outcome) };
        let content_type = self.message.content_type.unwrap_or("application/json");
        let text = self.json.as_ref().map_or_else(|| body.to_owned(), Json::written);
        let arguments = vec![Code::Text(content_type.to_owned()), Code::Raw(text)];
        (request.method(request::BODY, arguments), outcome)
    }

    /// The end as a resource.
    fn resource(&self, end: &End<'p>) -> Code {
        let resource = || self.code().method(located::RESOURCE, Vec::new());
        let raw =
            |code: Code, path: &str| code.method(address::RAW, vec![Code::Text(path.to_owned())]);
        match end {
            End::Root => raw(self.code(), ""),
            End::Resource => self.code(),
            End::Path(_) | End::Media(_) => resource(),
            End::Property { written, .. } => raw(resource(), written),
            // The client has the operations of the service root.
            End::Operation { written, .. } => match &self.way.code {
                Code::Variable(_) => raw(self.code(), written),
                _ => raw(resource(), written),
            },
            End::Count(_) => raw(resource(), "$count"),
            End::Reference(_) => raw(resource(), "$ref"),
            End::RawValue => raw(resource(), "$value"),
        }
    }

    /// What a request without a typed call returns.
    fn expected(&self, end: &End<'p>) -> Type {
        let verb = self.message.method;
        match end {
            End::Operation { method, .. } => {
                method.signature.returned().cloned().unwrap_or(Type::Unit)
            }
            _ if verb == "DELETE" => Type::Unit,
            End::Path(path) => {
                let declared = self.way.index.declared(&path.wire_name);
                let value = declared.unwrap_or(Type::Generated(path.object.clone()));
                match (path.cardinality, verb) {
                    (Cardinality::Collection, "GET") => value.page(),
                    (_, "GET" | "POST") => value,
                    _ => value.optional(),
                }
            }
            End::Property { value, .. } if verb == "GET" => value.clone(),
            End::Property { value, .. } => value.clone().optional(),
            End::Count(path) => Type::Generated(path.object.clone()).counted(),
            End::Media(_) | End::RawValue if verb == "GET" => Type::Bytes,
            End::Media(_) | End::RawValue => Type::Unit,
            End::Reference(cardinality) => {
                of_reference(verb, *cardinality == Cardinality::Collection)
            }
            End::Root | End::Resource => {
                let returned = self.way.method.and_then(|method| method.signature.returned());
                returned.cloned().unwrap_or_else(|| self.of_target())
            }
        }
    }

    /// The type of the response, if the model specifies it.
    fn of_target(&self) -> Type {
        let untyped = Type::Foreign(Foreign::Untyped);
        let Some(target) = self.way.target else { return untyped };
        let value = match target.item {
            Item::Structured(id) => {
                let name = self.model.structured(id).name.to_string();
                self.way.index.declared(&name)
            }
            Item::Value(ItemType::Primitive(Primitive::Stream)) | Item::Bytes => {
                return Type::Bytes;
            }
            Item::Nothing => return Type::Unit,
            Item::Value(item) => match self.way.value_of(item) {
                Some(value) => Some(value),
                None => return untyped,
            },
            Item::Reference => return of_reference(self.message.method, target.many),
            Item::Unknown => return untyped,
        };
        let Some(value) = value else { return untyped };
        match (target.many, self.message.method) {
            (true, "GET") => value.page(),
            (true, _) if self.way.operation.is_some() => value.page(),
            (_, "GET" | "POST") => value,
            _ => value.optional(),
        }
    }

    fn noun(&self, value: &Type) -> String {
        let object = self.way.index.object(value);
        let structure = object.as_ref().and_then(|object| self.way.index.structure(object));
        let name = structure.map_or("value", |one| one.wire_name.as_str());
        name.rsplit('.').next().unwrap_or(name).to_owned()
    }
}

/// Without a media type, a body that is valid JSON is sent as JSON.
fn is_json(content_type: Option<&str>) -> bool {
    content_type.is_none_or(|name| {
        let name = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        name == "application/json" || name.ends_with("+json")
    })
}

/// What a request on references returns.
fn of_reference(method: &str, many: bool) -> Type {
    let reference = Type::from(Named::runtime(&["paths", "Reference"]));
    match (method, many) {
        ("GET", true) => reference.page(),
        ("GET", false) => reference.optional(),
        _ => Type::Unit,
    }
}

/// The name of a variable for a response.
fn answer_name(outcome: &Type) -> &'static str {
    match outcome {
        Type::Page(_) => "page",
        Type::Count(_) => "count",
        Type::Bytes => "bytes",
        Type::Option(inner) => answer_name(inner),
        _ => "answer",
    }
}
