//! Bytes that are a resource: media entities and stream properties.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::Method;

use crate::json::{Untyped, Value};
use crate::odata::answer::MEDIA;
use crate::odata::query::Property;
use crate::odata::resource::Resource;
use crate::types::Stream;
use crate::web::error::Error;
use crate::web::request::{Request, Response};
use crate::web::transport::Body;

/// The bytes of a media entity or of a stream property ([OData protocol, 11.2.3][media]).
///
/// ```
/// use schemacrate_runtime::paths::MediaPath;
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::ServiceClient;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// service.answer(204, "");
/// service.answer(200, "GIF89a");
/// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
/// let photo = MediaPath::of_entity(&client.resource("me").child("photo"));
///
/// photo.upload("image/gif", &b"GIF89a"[..]).await?;
/// assert_eq!(&photo.download().await?[..], b"GIF89a");
/// assert_eq!(service.requests()[0].uri().path(), "/v1/me/photo/$value");
/// # Ok(())
/// # }
/// ```
///
/// `T` is the object that the bytes are a part of. Some services answer new bytes with that object as it is
/// now: Microsoft Graph returns the `driveItem` whose `content` was written.
///
/// ```
/// use schemacrate_runtime::edm::Stream;
/// use schemacrate_runtime::model::Untyped;
/// use schemacrate_runtime::paths::MediaPath;
/// use schemacrate_runtime::query::Property;
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::ServiceClient;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// // A generated struct has such a constant, and takes the place of `Untyped`.
/// const CONTENT: Property<Untyped, Stream> = Property::new("content");
/// let service = Replay::new();
/// service.answer(201, r#"{"id":"7","name":"notes.txt"}"#);
/// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
/// let item = client.resource("items").key_segment("7");
///
/// let content = MediaPath::of_property(&item, &CONTENT);
/// let written = content.upload("text/plain", "water the plants").await?;
/// assert_eq!(written.expect("the item").text(), r#"{"id":"7","name":"notes.txt"}"#);
/// # Ok(())
/// # }
/// ```
///
/// [media]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_RequestingtheMediaStreamofaMediaEnti
pub struct MediaPath<T = Untyped> {
    resource: Resource,
    object: PhantomData<fn() -> T>,
}

impl MediaPath {
    /// The bytes of the entity at a resource. For a path type there are its own method `media`, if the schema
    /// declares the stream, and [`EntityPathExt::media`](crate::paths::EntityPathExt::media).
    #[must_use]
    pub fn of_entity(entity: &Resource) -> Self {
        Self { resource: entity.child("$value"), object: PhantomData }
    }
}

impl<T> MediaPath<T> {
    /// The bytes of a stream property of the entity at a resource.
    #[must_use]
    pub fn of_property(entity: &Resource, property: &Property<T, Stream>) -> Self {
        Self { resource: entity.below(property.as_str()), object: PhantomData }
    }

    /// The same bytes as a part of an object of another type.
    #[must_use]
    pub fn expect<U>(self) -> MediaPath<U> {
        MediaPath { resource: self.resource, object: PhantomData }
    }

    /// The resource after the path.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Reads all bytes, as many as the client takes at most
    /// ([`max_response_size`](crate::ClientBuilder::max_response_size)).
    pub fn download(&self) -> Request<Bytes> {
        self.resource.get().header("accept", "*/*")
    }

    /// Reads the bytes as a stream, however many there are. To set how it is sent, call
    /// [`open`](Request::open) of the request: `download().token("…").open()`.
    ///
    /// [`Response::into_stream`] and [`Response::into_reader`](crate::Response) turn it into the forms that
    /// other libraries take. Of a stream, the head may take as long as a try of a request, and then each part.
    ///
    /// ```
    /// # use schemacrate_runtime::paths::MediaPath;
    /// # async fn example(video: MediaPath) -> Result<(), schemacrate_runtime::Error> {
    /// let mut body = video.open().await?.into_value();
    /// let mut length = 0;
    /// while let Some(part) = body.chunk().await? {
    ///     length += part.len();
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`Request::send`]; what goes wrong later is an error of the body.
    pub async fn open(&self) -> Result<Response<Body>, Error> {
        self.download().open().await
    }

    /// Writes all bytes. The answer is the object that they are a part of, if the service sends it; what
    /// is not JSON is passed over.
    pub fn upload(
        &self,
        content_type: impl AsRef<str>,
        bytes: impl Into<Bytes>,
    ) -> Request<Option<T>> {
        self.resource.request(Method::PUT).body(content_type, bytes).read_by(&MEDIA)
    }

    /// Deletes the bytes.
    pub fn delete(&self) -> Request<()> {
        self.resource.delete()
    }
}

impl<T: Value> MediaPath<T> {
    /// Writes bytes from a stream, such as [`Body::from_stream`]. They are sent once: the request is never
    /// tried again. The answer is as for [`upload`](Self::upload). To set how it is sent, or how long it may
    /// take, call [`send_stream`](Request::send_stream) of the request:
    /// `upload("video/mp4", "").timeout(…).send_stream(body)`.
    ///
    /// ```
    /// # use schemacrate_runtime::paths::MediaPath;
    /// # #[cfg(feature = "tokio")]
    /// # async fn example(photo: MediaPath) -> Result<(), Box<dyn std::error::Error>> {
    /// use schemacrate_runtime::transport::Body;
    ///
    /// let file = tokio::fs::File::open("photo.jpg").await?;
    /// photo.upload_stream("image/jpeg", Body::from_reader(file)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`Request::send`].
    pub async fn upload_stream(
        &self,
        content_type: impl AsRef<str>,
        body: Body,
    ) -> Result<Option<T>, Error> {
        self.upload(content_type, Bytes::new()).send_stream(body).await
    }
}

impl<T> Clone for MediaPath<T> {
    fn clone(&self) -> Self {
        Self { resource: self.resource.clone(), object: PhantomData }
    }
}

impl<T> fmt::Debug for MediaPath<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("MediaPath").field(&self.resource).finish()
    }
}
