//! References between entities: `$ref`.

use http::Method;

use crate::json::{Additional, Shape, Slot, Structured, Update, View};
use crate::odata::page::Page;
use crate::odata::resource::Resource;
use crate::web::request::Request;

const ID: &str = "@odata.id";

/// A reference to an entity (JSON Format 4.01, section 14).
#[derive(Default)]
pub struct Reference {
    /// What the service sent, including the id of the entity.
    pub additional: Additional,
}

impl Reference {
    /// The id of the entity, usually its URL.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        self.additional.entity_id()
    }
}

impl Structured for Reference {
    fn shape(&self) -> &'static Shape {
        const { &Shape::odata("Edm.EntityType", &[]) }
    }

    fn slot(&mut self, _index: usize) -> Slot<'_> {
        Slot::Additional(&mut self.additional)
    }

    fn view(&self, _index: usize) -> View<'_> {
        View::Additional(&self.additional)
    }
}

crate::structured!(Reference);

/// The references of a collection: `…/members/$ref` ([OData protocol, 11.4.6][references]).
///
/// ```
/// use schemacrate_runtime::ServiceClient;
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::paths::ReferencesPath;
///
/// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
/// let members = client.resource("groups").key_segment("g").child("members");
/// let ada = client.resource("users").key_segment("ada");
/// let request = ReferencesPath::new(&members).add(&ada).to_http()?;
/// assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/v1/groups/g/members/$ref"));
/// assert_eq!(request.body(), br#"{"@odata.id":"https://example.com/v1/users/ada"}"#.as_slice());
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
///
/// [references]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_ModifyingRelationshipsbetweenEntities
#[derive(Clone, Debug)]
pub struct ReferencesPath(Resource);

impl ReferencesPath {
    /// The references of the collection at a resource.
    #[must_use]
    pub fn new(collection: &Resource) -> Self {
        Self(collection.child("$ref"))
    }

    /// The resource after the path.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.0
    }

    /// Reads a page of the references.
    pub fn list(&self) -> Request<Page<Reference>> {
        self.0.list()
    }

    /// Adds an entity to the collection.
    pub fn add(&self, entity: &Resource) -> Request<()> {
        self.add_url(&entity.url()).failing(entity.fault())
    }

    /// Adds an entity by its URL.
    pub fn add_url(&self, url: &str) -> Request<()> {
        self.0.request_with(Method::POST, body(url))
    }

    /// Removes an entity from the collection (`?$id=…`). Some services want the key in the path
    /// instead: `members().id("…").reference().remove()`.
    pub fn remove(&self, entity: &Resource) -> Request<()> {
        self.0.delete().query("$id", entity.url()).failing(entity.fault())
    }
}

/// One reference: that of a single-valued navigation property, or an item of a collection.
#[derive(Clone, Debug)]
pub struct ReferencePath(Resource);

impl ReferencePath {
    /// The reference to the entity at a resource.
    #[must_use]
    pub fn new(entity: &Resource) -> Self {
        Self(entity.child("$ref"))
    }

    /// The resource after the path.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.0
    }

    /// Reads the reference.
    pub fn get(&self) -> Request<Option<Reference>> {
        self.0.get()
    }

    /// Makes the navigation property refer to another entity.
    pub fn set(&self, entity: &Resource) -> Request<()> {
        self.set_url(&entity.url()).failing(entity.fault())
    }

    /// Makes the navigation property refer to another entity, by its URL.
    pub fn set_url(&self, url: &str) -> Request<()> {
        self.0.request_with(Method::PUT, body(url))
    }

    /// Removes the reference: the entity stays, but nothing refers to it from here.
    pub fn remove(&self) -> Request<()> {
        self.0.delete()
    }
}

fn body(url: &str) -> Vec<u8> {
    let mut body = Update::default();
    body.set(ID, &url.to_owned());
    body.to_json()
}
