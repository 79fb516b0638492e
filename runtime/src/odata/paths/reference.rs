//! References between entities: `$ref`.

use std::fmt;
use std::marker::PhantomData;

use http::Method;

use crate::json::{Additional, Given, JsonBody, Shape, Slot, Structured, View};
use crate::odata::annotations::ID;
use crate::odata::page::Page;
use crate::odata::references::{EntityUrl, IntoReference};
use crate::odata::resource::Resource;
use crate::web::request::Request;

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

/// The references of a collection of objects `T`: `…/members/$ref` ([OData protocol,
/// 11.4.6][references]).
///
/// ```
/// use schemacrate_runtime::ServiceClient;
/// use schemacrate_runtime::model::Untyped;
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::paths::ReferencesPath;
///
/// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
/// let members = client.resource("groups").key_segment("g").child("members");
/// let ada = client.resource("users").key_segment("ada");
/// let references: ReferencesPath<Untyped> = ReferencesPath::new(&members);
/// let request = references.add(&ada).to_http()?;
/// assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/v1/groups/g/members/$ref"));
/// assert_eq!(request.body(), br#"{"@odata.id":"https://example.com/v1/users/ada"}"#.as_slice());
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
///
/// [references]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_ModifyingRelationshipsbetweenEntities
pub struct ReferencesPath<T> {
    resource: Resource,
    marker: PhantomData<fn(T)>,
}

impl<T> ReferencesPath<T> {
    /// The references of the collection at a resource.
    #[must_use]
    pub fn new(collection: &Resource) -> Self {
        Self { resource: collection.child("$ref"), marker: PhantomData }
    }

    /// The resource after the path.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Reads a page of the references.
    pub fn list(&self) -> Request<Page<Reference>> {
        self.resource.list()
    }

    /// Adds an entity to the collection: the one at a path.
    pub fn add(&self, entity: impl IntoReference<T>) -> Request<()> {
        self.resource.request_with(Method::POST, body(IntoReference::into_reference(entity)))
    }

    /// Adds an entity by its absolute URL.
    pub fn add_url(&self, url: &str) -> Request<()> {
        self.resource.request_with(Method::POST, body(EntityUrl::absolute(url)))
    }

    /// Removes an entity from the collection (`?$id=…`). Some services want the key in the path
    /// instead: `members().id("…").reference().remove()`.
    pub fn remove(&self, entity: impl IntoReference<T>) -> Request<()> {
        match IntoReference::into_reference(entity).0 {
            Ok(url) => self.resource.delete().query("$id", url),
            Err(fault) => self.resource.delete().failing(Some(&fault)),
        }
    }
}

/// One reference to an object `T`: that of a single-valued navigation property, or an item of a collection.
pub struct ReferencePath<T> {
    resource: Resource,
    marker: PhantomData<fn(T)>,
}

impl<T> ReferencePath<T> {
    /// The reference to the entity at a resource.
    #[must_use]
    pub fn new(entity: &Resource) -> Self {
        Self { resource: entity.child("$ref"), marker: PhantomData }
    }

    /// The resource after the path.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Reads the reference.
    pub fn get(&self) -> Request<Option<Reference>> {
        self.resource.get()
    }

    /// Makes the navigation property refer to another entity: the one at a path.
    pub fn set(&self, entity: impl IntoReference<T>) -> Request<()> {
        self.resource.request_with(Method::PUT, body(IntoReference::into_reference(entity)))
    }

    /// Makes the navigation property refer to another entity, by its absolute URL.
    pub fn set_url(&self, url: &str) -> Request<()> {
        self.resource.request_with(Method::PUT, body(EntityUrl::absolute(url)))
    }

    /// Removes the reference: the entity stays, but nothing refers to it from here.
    pub fn remove(&self) -> Request<()> {
        self.resource.delete()
    }
}

fn body(url: EntityUrl) -> JsonBody {
    let url = url.0.map_or_else(Given::fault, Given::value);
    JsonBody::of_member::<String>(ID, url)
}

impl<T> Clone for ReferencesPath<T> {
    fn clone(&self) -> Self {
        Self { resource: self.resource.clone(), marker: PhantomData }
    }
}

impl<T> Clone for ReferencePath<T> {
    fn clone(&self) -> Self {
        Self { resource: self.resource.clone(), marker: PhantomData }
    }
}

impl<T> fmt::Debug for ReferencesPath<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReferencesPath({})", self.resource.template())
    }
}

impl<T> fmt::Debug for ReferencePath<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReferencePath({})", self.resource.template())
    }
}
