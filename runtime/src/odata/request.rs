//! What OData adds to a request and its answer: parameter aliases, preferences, the id of an entity.
//!
//! Enters: what the caller prefers. Leaves: a header or a query option.

use http::header::{self, HeaderName};

use crate::json::{Fault, Given, IntoNullable, Value};
use crate::odata::annotations;
use crate::web::request::{Request, Response};

impl<T> Request<T> {
    /// Sets the value of a parameter alias of type `V`, in JSON.
    pub fn alias<V>(self, name: &str, value: impl IntoNullable<V>) -> Self {
        match IntoNullable::into_nullable(value).map(Given::into_json) {
            Some(Ok(json)) => self.query(format!("@{name}"), json),
            Some(Err(fault)) => self.failing(Some(&fault.within(name))),
            None => self.query(format!("@{name}"), "null"),
        }
    }

    /// Sets the value of a parameter alias of type `V`, in JSON, if it is not null. Otherwise the alias is
    /// left out, and the argument that refers to it must be left out, too.
    pub fn alias_if<V>(self, name: &str, value: impl IntoNullable<V>) -> Self {
        if value.is_null() { self } else { self.alias(name, value) }
    }

    /// Makes the service act only if the resource has not changed since this object was read: by the ETag of
    /// the object, as [`if_match`](Self::if_match) does by any one.
    ///
    /// If it has changed, the service answers 412: see
    /// [`Error::is_precondition_failed`](crate::Error::is_precondition_failed). If the object has no ETag,
    /// the request is an error, and nothing is sent.
    ///
    /// ```
    /// use schemacrate_runtime::model::Untyped;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Request, ServiceClient};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, r#"{"@odata.etag":"W/\"7\"","title":"Emma"}"#);
    /// service.answer(412, r#"{"error":{"code":"Changed","message":"Somebody was faster."}}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
    ///
    /// let path = client.resource("books").key_segment("7");
    /// let book: Untyped = path.get().await?;
    /// let sell: Request<()> = path.delete().if_unchanged(&book);
    /// assert!(sell.await.is_err_and(|error| error.is_precondition_failed()));
    /// assert_eq!(service.requests()[1].headers()["if-match"], "W/\"7\"");
    /// # Ok(())
    /// # }
    /// ```
    pub fn if_unchanged(self, object: &impl Value) -> Self {
        match annotations::etag(&object.view()) {
            Some(etag) => self.if_match(etag),
            None => self.failing(Some(&Fault::new(
                "the object has no ETag by which the service could recognise that it has not changed",
            ))),
        }
    }

    /// Adds a preference, such as `return=minimal` or `odata.maxpagesize=50`, to the `Prefer`
    /// header.
    pub fn prefer(self, preference: impl AsRef<str>) -> Self {
        const PREFER: HeaderName = HeaderName::from_static("prefer");
        self.extended_header(&PREFER, preference.as_ref())
    }

    /// Asks for an answer without the object, which can then be empty.
    pub fn minimal(self) -> Request<()> {
        self.prefer("return=minimal").expect()
    }

    /// Asks for the object as it is after the change.
    pub fn representation(self) -> Self {
        self.prefer("return=representation")
    }

    /// Asks for the members of enumerations that were added after the first version of the service,
    /// which Microsoft Graph otherwise replaces by `unknownFutureValue`.
    pub fn include_unknown_enum_members(self) -> Self {
        self.prefer("include-unknown-enum-members")
    }

    /// Asks for times of day in a time zone, such as `Europe/Berlin`, as Outlook's resources in
    /// Microsoft Graph understand it.
    pub fn time_zone(self, name: impl AsRef<str>) -> Self {
        // A quote would end the string within the header.
        let name = name.as_ref().replace(['"', '\\'], "");
        self.prefer(format!("outlook.timezone=\"{name}\""))
    }

    /// Asks for 64-bit integers and decimals as strings (JSON Format 4.01, section 3.2), for services
    /// whose own numbers are less exact. They are read either way.
    pub fn ieee754_compatible(self) -> Self {
        self.header(header::ACCEPT, "application/json;IEEE754Compatible=true")
    }

    /// Allows an answer that is not up to date (`ConsistencyLevel: eventual`), which Microsoft Graph
    /// requires for some filters, searches and counts.
    pub fn eventual(self) -> Self {
        self.header("ConsistencyLevel", "eventual")
    }
}

impl<T> Response<T> {
    /// The id of the entity that the answer is about, usually its URL: the header `OData-EntityId`
    /// (OData protocol 4.01, section 8.3.3), otherwise `Location`, made absolute.
    ///
    /// A service that answers a create or a change without a body names the entity there.
    ///
    /// ```
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::model::Untyped;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, Request, http};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// let id = "https://example.com/v1/books(7)";
    /// let created = http::Response::builder().status(204).header("OData-EntityId", id);
    /// service.respond(created.body(Bytes::new()).expect("a response"));
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let create: Request<Option<Untyped>> = client.resource("books").create("Emma");
    /// let created = create.send_full().await?;
    /// assert_eq!((created.value(), created.entity_id()), (&None, Some(id)));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn entity_id(&self) -> Option<&str> {
        self.subject()
    }
}
