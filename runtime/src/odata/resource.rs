//! A resource of the service: the path that requests go to.

use std::fmt;

use http::Method;

use crate::json::{Fault, Given, IntoBody, IntoKey, JsonBody, Untyped};
use crate::odata::answer::ODATA;
use crate::odata::literal::Literal;
use crate::odata::page::Page;
use crate::web::call::Call;
use crate::web::client::ServiceClient;
use crate::web::path::ResourcePath;
use crate::web::request::Request;

/// A client and a path below its service root.
///
/// The path types of generated crates are thin wrappers of it. Each step returns a new resource;
/// names come from the schema, and keys are encoded so that no key can change the structure of
/// the path.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{ServiceClient, Literal};
///
/// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
/// let orders = client.resource("customers").key_segment("A/B").child("orders");
/// assert_eq!(orders.path(), "/customers/A%2FB/orders");
/// assert_eq!(orders.key(7).path(), "/customers/A%2FB/orders(7)");
///
/// let line = orders.compound_key(&[("Number", Literal::from("O'7")), ("Line", 1.into())]);
/// assert_eq!(line.path(), "/customers/A%2FB/orders(Number='O''7',Line=1)");
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct Resource {
    client: ServiceClient,
    path: ResourcePath,
}

impl Resource {
    fn root(client: ServiceClient) -> Self {
        Self { client, path: ResourcePath::default() }
    }

    /// The resource with this name below this one: a property, a type to cast to, an operation, or
    /// a system resource such as `$count`.
    #[must_use]
    pub fn child(&self, name: &'static str) -> Self {
        self.with_path(self.path.child(name))
    }

    /// The resource at a path of names below this one.
    pub(crate) fn below(&self, path: &str) -> Self {
        let segments = path.split('/');
        self.with_path(segments.fold(self.path.clone(), |path, name| path.child(name)))
    }

    /// The resource at a path in the form of a URL, for what the schema does not describe. Only characters
    /// that no path can hold are percent-encoded, so the text can have several segments, and it determines
    /// the structure of the path.
    ///
    /// A segment that an address would lose is an error of every request that is made of the resource, and
    /// nothing is sent: `.` and `..`, percent-encoded or not, and an empty one before another one.
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
    /// let cells = client.resource("sheet").raw("range(address='A1 B2')/cells");
    /// assert_eq!(cells.path(), "/sheet/range(address='A1%20B2')/cells");
    ///
    /// let error = client.resource("users").raw("7/%2e%2e/8").get::<String>().to_http().unwrap_err();
    /// let expected = "segment 2 of the path is `%2e%2e`, which no address can carry";
    /// assert!(error.to_string().contains(expected));
    /// # Ok::<(), schemacrate_runtime::Error>(())
    /// ```
    #[must_use]
    pub fn raw(&self, path: &str) -> Self {
        self.with_path(self.path.raw(path))
    }

    /// The item at a path in the hierarchy below this one, as services with such a notation address it:
    /// Microsoft Graph has files below a folder and sites below a host, as in `/drive/root:/notes/a.txt` and
    /// `/drive/root:/notes:/children`.
    ///
    /// The path is text and not a part of a URL: each segment is percent-encoded. One slash at the beginning
    /// is passed over. The colon after the path is written exactly if something follows, and a path from an
    /// item that was found by its path continues that path.
    ///
    /// An empty segment, `.` and `..` are errors of every request that is made of the resource, and nothing
    /// is sent.
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
    /// let folder = client.resource("drive").child("root").item_with_path("my notes");
    /// assert_eq!(folder.path(), "/drive/root:/my%20notes");
    /// assert_eq!(folder.child("children").path(), "/drive/root:/my%20notes:/children");
    /// assert_eq!(folder.item_with_path("/50% #1.txt").path(), "/drive/root:/my%20notes/50%25%20%231.txt");
    ///
    /// let error = folder.item_with_path("../secret").get::<String>().to_http().unwrap_err();
    /// let expected = "segment 1 of the path is `..`, which no address can carry";
    /// assert!(error.to_string().contains(expected));
    /// # Ok::<(), schemacrate_runtime::Error>(())
    /// ```
    #[must_use]
    pub fn item_with_path(&self, path: &str) -> Self {
        self.with_path(self.path.item_with_path(path))
    }

    /// The item of this collection with a key that is written as a segment.
    ///
    /// Four kinds of keys cannot be a segment: the empty one, `.` and `..`, which every URL parser
    /// removes, and those that start with `$`, which name system resources. They are written in
    /// parentheses, as in `items('..')`; services with keys as segments accept that as well
    /// ([OData URL conventions, 4.3.6][convention]).
    ///
    /// [convention]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_KeyasSegmentConvention
    #[must_use]
    pub fn key_segment(&self, key: impl IntoKey<String>) -> Self {
        let key = Given::into_typed(IntoKey::into_key(key));
        self.with_path(match key {
            Ok(key) => self.path.key_segment(&key),
            Err(fault) => self.path.no_segment(fault),
        })
    }

    /// The item of this collection with a key that is written in parentheses
    /// ([OData URL conventions, 4.3.1][convention]).
    ///
    /// [convention]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_CanonicalURL
    #[must_use]
    pub fn key(&self, key: impl Into<Literal>) -> Self {
        self.with_path(self.path.key(&key.into()))
    }

    /// The item of this collection with a key of several parts, each with the name of its
    /// property.
    #[must_use]
    pub fn compound_key(&self, parts: &[(&'static str, Literal)]) -> Self {
        self.with_path(self.path.compound_key(parts))
    }

    /// The absolute URL of the resource. It is as it was written if a segment of it is one that no request
    /// can be made with.
    ///
    /// ```
    /// use schemacrate_runtime::ServiceClient;
    /// use schemacrate_runtime::transport::Replay;
    ///
    /// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
    /// assert_eq!(client.resource("users").key_segment("a b").url(), "https://example.com/v1/users/a%20b");
    /// # Ok::<(), schemacrate_runtime::Error>(())
    /// ```
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.client.service_root(), self.path())
    }

    /// The client that requests on this resource go through.
    #[must_use]
    pub fn client(&self) -> &ServiceClient {
        &self.client
    }

    /// The percent-encoded path below the service root, which starts with a slash.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path.as_str()
    }

    /// The path with `{key}` in place of each key, fit for logs.
    #[must_use]
    pub fn template(&self) -> String {
        self.path.template()
    }

    /// Why no request can be made of the resource.
    pub(crate) fn fault(&self) -> Option<&Fault> {
        self.path.fault()
    }

    /// Reads the resource: `GET`.
    #[inline]
    pub fn get<T>(&self) -> Request<T> {
        self.request(Method::GET)
    }

    /// Reads a page of a collection: `GET`.
    #[inline]
    pub fn list<T>(&self) -> Request<Page<T>> {
        self.request(Method::GET)
    }

    /// Adds an item to a collection: `POST`. `T` is what the service answers with, usually the
    /// item as it is now; an `Option` if it may answer 204 No Content.
    ///
    /// If a service answers without a body, but with the id of the item in a header, as Dataverse does,
    /// the object is a reference to the item: it has no members, and its id is
    /// [`Additional::entity_id`](crate::Additional::entity_id).
    ///
    /// ```
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::model::Untyped;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, http};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// let id = "https://example.com/v1/books(7)";
    /// let created = http::Response::builder().status(204).header("OData-EntityId", id);
    /// service.respond(created.body(Bytes::new()).expect("a response"));
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let book: Untyped = client.resource("books").create("Emma").await?;
    /// assert_eq!(book.text(), format!(r#"{{"@odata.id":"{id}"}}"#));
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn create<T>(&self, value: impl IntoBody<Untyped>) -> Request<T> {
        self.request_with(Method::POST, IntoBody::into_body(value))
    }

    /// The same where the collection has items of type `B`.
    #[inline]
    pub fn create_as<B, T>(&self, value: impl IntoBody<B>) -> Request<T> {
        self.request_with(Method::POST, IntoBody::into_body(value))
    }

    /// Changes the members that an update sets: `PATCH`. `T` is what the service answers with, usually
    /// the object as it is now; an `Option` if it may answer 204 No Content.
    #[inline]
    pub fn update<T>(&self, update: impl IntoBody<Untyped>) -> Request<T> {
        self.request_with(Method::PATCH, IntoBody::into_body(update))
    }

    /// The same where the object is a `B`.
    #[inline]
    pub fn update_as<B, T>(&self, update: impl IntoBody<B>) -> Request<T> {
        self.request_with(Method::PATCH, IntoBody::into_body(update))
    }

    /// Replaces this value by another one: `PUT`. `T` is what the service answers with, usually an
    /// `Option`, because it may answer 204 No Content.
    #[inline]
    pub fn replace<T>(&self, value: impl IntoBody<Untyped>) -> Request<T> {
        self.request_with(Method::PUT, IntoBody::into_body(value))
    }

    /// The same where the value is a `B`.
    #[inline]
    pub fn replace_as<B, T>(&self, value: impl IntoBody<B>) -> Request<T> {
        self.request_with(Method::PUT, IntoBody::into_body(value))
    }

    /// Deletes the resource: `DELETE`.
    pub fn delete(&self) -> Request<()> {
        self.request(Method::DELETE)
    }

    /// The function at this path, with arguments.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, Literal};
    ///
    /// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
    /// let top = client.resource("top").arguments(&[("count", Some(5.into())), ("of", None)]);
    /// assert_eq!(top.path(), "/top(count=5)");
    /// # Ok::<(), schemacrate_runtime::Error>(())
    /// ```
    #[must_use]
    pub fn arguments(&self, arguments: &[(&'static str, Option<Literal>)]) -> Self {
        let given: Vec<(&'static str, Literal)> =
            arguments.iter().filter_map(|(name, value)| Some((*name, value.clone()?))).collect();
        self.with_path(self.path.compound_key(&given))
    }

    /// Calls the action at this path, which takes no parameters.
    #[inline]
    pub fn invoke<T>(&self) -> Request<T> {
        self.request(Method::POST)
    }

    /// Calls the action at this path.
    #[inline]
    pub fn invoke_with<T>(&self, parameters: impl IntoBody<Untyped>) -> Request<T> {
        self.request_with(Method::POST, IntoBody::into_body(parameters))
    }

    /// The same where the parameters are those of a builder `B`.
    #[inline]
    pub fn invoke_as<B, T>(&self, parameters: impl IntoBody<B>) -> Request<T> {
        self.request_with(Method::POST, IntoBody::into_body(parameters))
    }

    /// A request with any method, and no body so far.
    #[inline]
    pub fn request<T>(&self, method: Method) -> Request<T> {
        Request::new(self.client.clone(), self.call(method))
    }

    /// A request with any method and a JSON body.
    #[inline]
    pub fn request_with<T>(&self, method: Method, body: JsonBody) -> Request<T> {
        Request::new(self.client.clone(), self.call(method).sending(body))
    }

    fn call(&self, method: Method) -> Call {
        Call::new(&ODATA, method, self.path.clone())
    }

    fn with_path(&self, path: ResourcePath) -> Self {
        Self { client: self.client.clone(), path }
    }
}

impl ServiceClient {
    /// The resource with this name below the service root: an entity set, a singleton, or an
    /// operation import.
    #[must_use]
    pub fn resource(&self, name: &'static str) -> Resource {
        Resource::root(self.clone()).child(name)
    }

    /// The resource at a path below the service root as URLs write it; see [`Resource::raw`].
    #[must_use]
    pub fn raw(&self, path: &str) -> Resource {
        Resource::root(self.clone()).raw(path)
    }

    /// A `GET` of a link that the service sent, such as `@odata.nextLink`.
    ///
    /// The link may be relative to the service root. A link to another origin is an error as soon as
    /// the request is sent, and nothing is transmitted: neither the token nor the query, which holds a
    /// part of the caller's data, may go to others. The same applies to a link to the service that came
    /// by way of another origin, such as in the answer to a redirected request: the links of headers
    /// and of the control information in a body, such as `@odata.nextLink` and `@odata.id`
    /// at any depth, are then marked with the fragment `#from-another-origin`. Other members of a body
    /// that hold addresses are not, nor is a body that is read as bytes.
    pub fn follow<T>(&self, link: &str) -> Request<T> {
        Request::new(self.clone(), Call::link(&ODATA, self.root(), link))
    }
}

/// Shows the path without its keys, which may be personal data; [`Resource::path`] has them.
impl fmt::Debug for Resource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Resource({})", self.template())
    }
}
