//! The call of an operation with its arguments, on the way to a request.
//!
//! Enters: an operation, and values of its parameters and its body. Leaves: a request. What does not depend on
//! the types of values and answers is compiled once. Must not know: how a value is written in a style.

use std::fmt;

use bytes::Bytes;
use http::Method;
use http::header::{self, HeaderName};

use super::file::File;
use super::multipart::{self, GivenHeader, Part, Parts};
use super::operation::Operation;
use super::parameter::{Parameter, Place};
use super::protocol::OPENAPI;
use super::stream::lines;
use super::style::{self, Value};
use super::unsent::Unsent;
use super::{form, path, security, servers};
use crate::json::{Fault, Given, IntoBody, IntoKey, IntoNullable, IntoValue, JsonBody, View};
use crate::web::call::{Address, Call};
use crate::web::client::ServiceClient;
use crate::web::content::Content;
use crate::web::random;
use crate::web::request::Request;

/// The call of an operation whose answer is a `T`.
///
/// ```
/// use schemacrate_runtime::codegen::{Invocation, Operation, Parameter};
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{Request, ServiceClient};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// const TITLE: Operation = Operation::new("GET", "/issues/{number}/title")
///     .with_parameters(&[Parameter::path("number"), Parameter::query("language")])
///     .with_accept("application/json");
///
/// let service = Replay::new();
/// service.answer(200, r#""It is broken""#);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
///
/// let call = Invocation::new(&client, &TITLE).path::<i64>("number", 7);
/// let read: Request<String> = call.query::<String>("language", "en").request();
/// assert_eq!(read.to_http()?.uri(), "https://example.com/v1/issues/7/title?language=en");
/// assert_eq!(read.await?, "It is broken");
/// # Ok(())
/// # }
/// ```
#[must_use = "a call does nothing until its request is sent"]
pub struct Invocation<T>(Unsent<T>);

/// A call, whatever its answer is.
#[derive(Clone)]
pub(super) struct Core {
    client: ServiceClient,
    operation: &'static Operation,
    /// The JSON text of values, in the order of the positions of their parameters.
    values: Vec<(usize, String)>,
    /// The media type of the body, and the body.
    body: Option<(&'static str, Content)>,
    /// A body of several parts, and headers of its parts.
    parts: Option<(&'static str, Parts<'static>)>,
    part_headers: Vec<GivenHeader>,
    /// The media type of the body, if the caller has chosen it.
    content_type: Option<String>,
    /// The first fault of a step, which the request reports.
    fault: Option<Fault>,
}

impl<T> Invocation<T> {
    /// A call without arguments.
    #[inline]
    pub fn new(client: &ServiceClient, operation: &'static Operation) -> Self {
        Self(Unsent::new(Core::new(client, operation)))
    }

    /// What a builder with this call can do.
    #[inline]
    #[must_use]
    pub fn unsent(&self) -> &Unsent<T> {
        &self.0
    }

    #[inline]
    fn with<V>(mut self, place: Place, name: &'static str, value: Given<V>) -> Self {
        self.0.core.set(place, name, value.into_json());
        self
    }

    #[inline]
    fn with_nullable<V>(
        self,
        place: Place,
        name: &'static str,
        value: impl IntoNullable<V>,
    ) -> Self {
        self.with(place, name, nullable(value))
    }

    /// Sets a variable of the path.
    #[inline]
    pub fn path<V>(self, name: &'static str, value: impl IntoKey<V>) -> Self {
        self.with(Place::Path, name, IntoKey::into_key(value))
    }

    /// Sets a parameter of the query.
    #[inline]
    pub fn query<V>(self, name: &'static str, value: impl IntoValue<V>) -> Self {
        self.with(Place::Query, name, IntoValue::into_value(value))
    }

    /// Sets a parameter of the query that may be null.
    #[inline]
    pub fn query_nullable<V>(self, name: &'static str, value: impl IntoNullable<V>) -> Self {
        self.with_nullable(Place::Query, name, value)
    }

    /// Sets the whole query.
    #[inline]
    pub fn query_string<V>(self, name: &'static str, value: impl IntoValue<V>) -> Self {
        self.with(Place::QueryString, name, IntoValue::into_value(value))
    }

    /// Sets a header.
    #[inline]
    pub fn header<V>(self, name: &'static str, value: impl IntoValue<V>) -> Self {
        self.with(Place::Header, name, IntoValue::into_value(value))
    }

    /// Sets a header that may be null.
    #[inline]
    pub fn header_nullable<V>(self, name: &'static str, value: impl IntoNullable<V>) -> Self {
        self.with_nullable(Place::Header, name, value)
    }

    /// Sets a cookie.
    #[inline]
    pub fn cookie<V>(self, name: &'static str, value: impl IntoValue<V>) -> Self {
        self.with(Place::Cookie, name, IntoValue::into_value(value))
    }

    /// Sets a cookie that may be null.
    #[inline]
    pub fn cookie_nullable<V>(self, name: &'static str, value: impl IntoNullable<V>) -> Self {
        self.with_nullable(Place::Cookie, name, value)
    }

    /// Sets an object, or another value that has a builder, as the body in JSON.
    #[inline]
    pub fn json<B>(mut self, body: impl IntoBody<B>) -> Self {
        self.0.core.set_json(IntoBody::into_body(body).into_result());
        self
    }

    /// Sets any value as the body in JSON.
    #[inline]
    pub fn json_value<B>(mut self, body: impl IntoValue<B>) -> Self {
        self.0.core.set_json(JsonBody::given(IntoValue::into_value(body)).into_result());
        self
    }

    /// Sets a value that may be null as the body in JSON.
    #[inline]
    pub fn json_nullable<B>(mut self, body: impl IntoNullable<B>) -> Self {
        self.0.core.set_json(JsonBody::given(nullable(body)).into_result());
        self
    }

    /// Sets an object, or another value that has a builder, as the body in XML.
    #[cfg(feature = "xml")]
    #[inline]
    pub fn xml<B>(mut self, body: impl IntoBody<B>) -> Self {
        self.0.core.set_xml(IntoBody::into_body(body).into_result());
        self
    }

    /// Sets any value as the body in XML.
    #[cfg(feature = "xml")]
    #[inline]
    pub fn xml_value<B>(mut self, body: impl IntoValue<B>) -> Self {
        self.0.core.set_xml(JsonBody::given(IntoValue::into_value(body)).into_result());
        self
    }

    /// Sets a value that may be null as the body in XML.
    #[cfg(feature = "xml")]
    #[inline]
    pub fn xml_nullable<B>(mut self, body: impl IntoNullable<B>) -> Self {
        self.0.core.set_xml(JsonBody::given(nullable(body)).into_result());
        self
    }

    /// Sets an object as the body, as a form. The fields are those whose form the document specifies.
    #[inline]
    pub fn form<B>(mut self, fields: &'static [Parameter], body: impl IntoBody<B>) -> Self {
        self.0.core.set_form(fields, IntoBody::into_body(body).into_result());
        self
    }

    /// Sets a text as the body, or a value that is written as one.
    #[inline]
    pub fn text<B>(mut self, body: impl IntoValue<B>) -> Self {
        self.0.core.set_text(IntoValue::into_value(body).into_json());
        self
    }

    /// Sets a list as the body, with an item in each line, or as a sequence of JSON texts.
    #[inline]
    pub fn lines<B>(mut self, body: impl IntoValue<Vec<B>>) -> Self {
        self.0.core.set_lines(IntoValue::into_value(body).into_json());
        self
    }

    /// Sets bytes as the body, or a file. Where the document declares no media type, it is that of the file.
    #[inline]
    pub fn bytes(mut self, body: impl Into<File>) -> Self {
        self.0.core.set_file(&body.into());
        self
    }

    /// Sets a header of a part of the body, of all parts with its name if there are several.
    #[inline]
    pub fn part_header<V>(
        mut self,
        part: &'static str,
        name: &'static str,
        value: impl IntoValue<V>,
    ) -> Self {
        self.0.core.set_part_header(part, name, IntoValue::into_value(value).into_json());
        self
    }

    /// Sets an object or a list as the body, as several parts. The declared parts are those whose form the
    /// document specifies.
    #[inline]
    pub fn multipart<B: crate::json::Value>(mut self, declared: &'static [Part], body: &B) -> Self {
        self.0.core.set_multipart(declared, &body.view());
        self
    }

    /// Sets the media type of the body, where the caller chooses it.
    #[inline]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.0.core.content_type = Some(media_type.into());
        self
    }

    /// The request.
    #[inline]
    pub fn request(self) -> Request<T> {
        self.0.request()
    }
}

/// A value, or null.
#[inline]
fn nullable<V>(value: impl IntoNullable<V>) -> Given<V> {
    let null = || Given::text("null".to_owned());
    IntoNullable::into_nullable(value).unwrap_or_else(null)
}

impl Core {
    fn new(client: &ServiceClient, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            values: Vec::new(),
            body: None,
            parts: None,
            part_headers: Vec::new(),
            content_type: None,
            fault: None,
        }
    }

    /// Sets the value of a parameter, in place of an earlier one.
    fn set(&mut self, place: Place, name: &'static str, value: Result<String, Fault>) {
        let position = self.operation.position(place, name);
        let position = position.ok_or_else(|| Fault::new("the operation has no such parameter"));
        match position.and_then(|position| Ok((position, value?))) {
            Ok(new) => match self.values.binary_search_by_key(&new.0, |(position, _)| *position) {
                Ok(at) => self.values[at] = new,
                Err(at) => self.values.insert(at, new),
            },
            Err(fault) => self.fail(fault.of(name)),
        }
    }

    /// Sets the body and the media type of its kind, or keeps why there is none.
    fn put(&mut self, media_type: &'static str, body: Result<Bytes, Fault>) {
        match body {
            Ok(body) => self.body = Some((media_type, body.into())),
            Err(fault) => self.fail(fault),
        }
    }

    fn set_json(&mut self, body: Result<Vec<u8>, Fault>) {
        self.put("application/json", body.map(Bytes::from));
    }

    #[cfg(feature = "xml")]
    fn set_xml(&mut self, body: Result<Vec<u8>, Fault>) {
        let root = self.operation.xml;
        let root = root.ok_or_else(|| Fault::new("the operation has no body in XML"));
        let xml = |json: Vec<u8>| super::xml::write(&root?, &String::from_utf8_lossy(&json));
        self.put("application/xml", body.and_then(xml).map(Bytes::from));
    }

    fn set_text(&mut self, body: Result<String, Fault>) {
        let text = |json: String| Ok(Bytes::from(Value::read(&json)?.text().into_owned()));
        self.put("text/plain", body.and_then(text));
    }

    fn set_form(&mut self, fields: &[Parameter], body: Result<Vec<u8>, Fault>) {
        let form = |json: Vec<u8>| form::write(fields, &String::from_utf8_lossy(&json));
        self.put("application/x-www-form-urlencoded", body.and_then(form).map(Bytes::from));
    }

    fn set_lines(&mut self, body: Result<String, Fault>) {
        let is_sequence = self.operation.content_type.contains("json-seq");
        let lines = body.and_then(|json| lines::write(&json, is_sequence));
        self.put("application/jsonl", lines.map(Bytes::from));
    }

    fn set_file(&mut self, file: &File) {
        let declared = self.operation.content_type;
        if let Some(media_type) = file.media_type()
            && (declared.is_empty() || declared.contains('*'))
        {
            self.content_type.get_or_insert_with(|| media_type.to_owned());
        }
        self.body = Some(("application/octet-stream", file.content().clone()));
    }

    fn set_part_header(
        &mut self,
        part: &'static str,
        name: &'static str,
        value: Result<String, Fault>,
    ) {
        match value {
            Ok(json) => self.part_headers.push((part, name, json)),
            Err(fault) => self.fail(fault.within(name)),
        }
    }

    fn set_multipart(&mut self, declared: &'static [Part], body: &View<'_>) {
        let media_type = match self.operation.content_type {
            "" => "multipart/form-data",
            declared => declared,
        };
        let boundary = random::uuid().simple().to_string();
        match multipart::write(media_type, &boundary, declared, body) {
            Ok(parts) => {
                self.content_type = Some(parts.media_type.clone());
                self.parts = Some((media_type, parts));
            }
            Err(fault) => self.fail(fault),
        }
    }

    fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    /// The client, and the call.
    pub(super) fn call(&self) -> (ServiceClient, Call) {
        let mut fault = self.fault.clone();
        let mut fail = |why: Fault| {
            fault.get_or_insert(why);
        };
        let mut call = match self.addressed() {
            Ok(call) => call,
            Err(why) => {
                fail(why);
                self.call_of(Address {
                    path: "/".to_owned(),
                    query: None,
                    template: self.operation.template,
                    context: self.operation,
                })
            }
        };
        let mut body = self.body.clone();
        if let Some((media_type, parts)) = &self.parts {
            match parts.clone().content(&self.part_headers) {
                Ok(content) => body = Some((media_type, content)),
                Err(why) => fail(why),
            }
        }
        if let Some((media_type, body)) = body {
            let declared =
                Some(self.operation.content_type).filter(|declared| !declared.is_empty());
            let chosen = self.content_type.as_deref().or(declared);
            call.set_body(chosen.unwrap_or(media_type), body);
        }
        match servers::root(&self.client, self.operation.server) {
            Ok(None) => {}
            Ok(Some(root)) => call.settings_mut().root = Some(root),
            Err(why) => fail(why),
        }
        if let Some(final_state) = self.operation.final_state {
            call.settings_mut().final_state = Some(final_state);
        }
        if !self.operation.idempotency.is_empty() {
            match HeaderName::from_bytes(self.operation.idempotency.as_bytes()) {
                Ok(name) => call.settings_mut().idempotency = Some(name),
                Err(_) => fail(Fault::new("its idempotency key is not in a header")),
            }
        }
        if let Some(fault) = fault {
            call.fail(&fault);
        }
        security::secure(&self.client, self.operation.security, &mut call);
        (self.client.clone(), call)
    }

    /// The call of the address with the values of all parameters.
    fn addressed(&self) -> Result<Call, Fault> {
        let mut paths = Vec::new();
        let mut query = Vec::new();
        let mut headers = Vec::new();
        let mut cookies = Vec::new();
        for (position, json) in &self.values {
            let parameter = &self.operation.parameters[*position];
            let text = style::write(parameter, json)?;
            match parameter.place {
                // An empty list has no text, and the path has its variable all the same.
                Place::Path => paths.push((parameter.name, text.unwrap_or_default())),
                Place::Query | Place::QueryString => query.extend(text),
                Place::Header => headers.extend(text.map(|text| (parameter.name, text))),
                Place::Cookie => cookies.extend(text),
            }
        }
        let value = |name: &str| {
            paths.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
        };
        let template = self.operation.template;
        let (path, own) = path::fill(template, value)?;
        let query: Vec<String> = own.into_iter().chain(query).collect();
        let query = (!query.is_empty()).then(|| query.join("&"));
        let mut call = self.call_of(Address { path, query, template, context: self.operation });
        for (name, value) in headers {
            call.set_header(name, &value);
        }
        if !cookies.is_empty() {
            call.set_header(header::COOKIE.as_str(), &cookies.join("; "));
        }
        Ok(call)
    }

    fn call_of(&self, address: Address) -> Call {
        let method = Method::from_bytes(self.operation.method.as_bytes());
        let fault = method
            .is_err()
            .then(|| Fault::new("the operation has a method that is not one of HTTP"));
        let mut call = Call::whole(&OPENAPI, method.unwrap_or_default(), address);
        call.set_accept(self.operation.accept);
        if let Some(fault) = fault {
            call.fail(&fault);
        }
        call
    }
}

/// `GET /issues/{number}`
impl fmt::Display for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Operation { method, template, .. } = self.operation;
        write!(formatter, "{method} {template}")
    }
}

impl<T> Clone for Invocation<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Shows the operation, and no value.
impl<T> fmt::Debug for Invocation<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Invocation({})", self.0.core)
    }
}
