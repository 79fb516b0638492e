//! A property as a resource.

use std::fmt;
use std::marker::PhantomData;

use http::Method;

use crate::json::{IntoBody, IntoValue, JsonBody, Slot, Value};
use crate::odata::query::Property;
use crate::odata::resource::Resource;
use crate::web::request::Request;

/// A structural property of an entity, as a separate resource ([OData protocol, 11.2.4][read] and
/// [11.4.9][write]).
///
/// ```
/// use schemacrate_runtime::paths::PropertyPath;
/// use schemacrate_runtime::query::Property;
/// use schemacrate_runtime::ServiceClient;
/// use schemacrate_runtime::transport::Replay;
///
/// const NAME: Property<(), String> = Property::new("name");
/// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
/// let name = PropertyPath::new(&client.resource("me"), &NAME);
/// assert_eq!(name.get().to_http()?.uri(), "https://example.com/v1/me/name");
/// let request = name.set("Ada").to_http()?;
/// assert_eq!((request.method().as_str(), &request.body()[..]), ("PUT", &br#"{"value":"Ada"}"#[..]));
/// # Ok::<(), schemacrate_runtime::Error>(())
/// ```
///
/// [read]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_RequestingIndividualProperties
/// [write]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_ManagingValuesandPropertiesDirectly
pub struct PropertyPath<T> {
    resource: Resource,
    marker: PhantomData<fn() -> T>,
}

impl<T> PropertyPath<T> {
    /// The property of the entity at a resource.
    #[must_use]
    pub fn new<O>(entity: &Resource, property: &Property<O, T>) -> Self {
        Self { resource: entity.below(property.as_str()), marker: PhantomData }
    }

    /// The resource after the path, for requests that have no typed form.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Reads the value.
    pub fn get(&self) -> Request<T> {
        self.resource.get()
    }

    /// Reads the value as it is, without JSON around it. If it is null, the service answers 204.
    pub fn raw_value(&self) -> Request<bytes::Bytes> {
        self.resource.child("$value").get().header("accept", "*/*")
    }

    /// Sets the value to null, or to its default.
    pub fn clear(&self) -> Request<()> {
        self.resource.delete()
    }

    /// Changes members of a complex value and leaves the others as they are.
    pub fn update(&self, changes: impl IntoBody<T>) -> Request<Option<T>> {
        self.resource.update(IntoBody::into_body(changes))
    }
}

impl<T: Value> PropertyPath<T> {
    /// Sets the value. A complex value replaces the previous one as a whole.
    pub fn set(&self, value: impl IntoValue<T>) -> Request<()> {
        let value = IntoValue::into_value(value);
        let is_object = matches!(T::slot(&mut None), Slot::Object(_));
        let body =
            if is_object { JsonBody::given(value) } else { JsonBody::of_member("value", value) };
        self.resource.request_with(Method::PUT, body)
    }
}

impl<T> Clone for PropertyPath<T> {
    fn clone(&self) -> Self {
        Self { resource: self.resource.clone(), marker: PhantomData }
    }
}

impl<T> fmt::Debug for PropertyPath<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.resource, formatter)
    }
}
