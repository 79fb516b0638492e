//! Bytes that are a resource: media entities and stream properties.

use bytes::Bytes;
use http::Method;

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
/// [media]: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_RequestingtheMediaStreamofaMediaEnti
#[derive(Clone, Debug)]
pub struct MediaPath(Resource);

impl MediaPath {
    /// The bytes of the entity at a resource. For a path type there are its own method `media`, if the schema
    /// declares the stream, and [`EntityPathExt::media`](crate::paths::EntityPathExt::media).
    #[must_use]
    pub fn of_entity(entity: &Resource) -> Self {
        Self(entity.child("$value"))
    }

    /// The bytes of a stream property of the entity at a resource.
    #[must_use]
    pub fn of_property<O>(entity: &Resource, property: &Property<O, Stream>) -> Self {
        Self(entity.below(property.as_str()))
    }

    /// The resource after the path.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.0
    }

    /// Reads all bytes, as many as the client takes at most
    /// ([`max_response_size`](crate::ClientBuilder::max_response_size)).
    pub fn download(&self) -> Request<Bytes> {
        self.0.get().header("accept", "*/*")
    }

    /// Reads the bytes as a stream, however many there are.
    ///
    /// ```
    /// # use schemacrate_runtime::paths::MediaPath;
    /// # async fn example(video: MediaPath) -> Result<(), Box<dyn std::error::Error>> {
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

    /// Writes all bytes.
    pub fn upload(&self, content_type: impl AsRef<str>, bytes: impl Into<Bytes>) -> Request<()> {
        self.0.request(Method::PUT).body(content_type, bytes)
    }

    /// Writes bytes from a stream. They are sent once: the request is never tried again.
    ///
    /// # Errors
    /// As for [`Request::send`].
    pub async fn upload_stream(
        &self,
        content_type: impl AsRef<str>,
        body: Body,
    ) -> Result<(), Error> {
        let request: Request<()> = self.0.request(Method::PUT).body(content_type, Bytes::new());
        request.send_stream(body).await
    }

    /// Deletes the bytes.
    pub fn delete(&self) -> Request<()> {
        self.0.delete()
    }
}
