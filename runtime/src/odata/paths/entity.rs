//! What every path to an entity has besides its inherent methods.
//!
//! Enters: a path type of a generated crate. Leaves: the bytes of its entity, and a path to another entity of
//! the type. A schema may name anything like a method of this trait: the generated method takes precedence.

use crate::odata::paths::MediaPath;
use crate::odata::resource::Resource;

/// What the path to any entity can do, whether the schema declares it or not. The service decides what there
/// is.
///
/// The methods are those of a trait, so a file that calls them imports it, from the module
/// `runtime::paths` of a generated crate:
///
/// ```
/// use schemacrate_runtime::paths::EntityPathExt;
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{Resource, ServiceClient};
///
/// # pub struct DriveItemPath(Resource);
/// # schemacrate_runtime::entity_path!(DriveItemPath, DriveItem);
/// # pub struct DriveItem;
/// # fn main() -> Result<(), schemacrate_runtime::Error> {
/// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
/// // A generated crate has a method for each of these steps: `client.drive().root()`.
/// let root = DriveItemPath::at(client.raw("drive/root"));
///
/// let file = root.item_with_path("Documents/a b#.txt");
/// assert_eq!(file.resource().path(), "/drive/root:/Documents/a%20b%23.txt");
/// assert_eq!(file.media().resource().path(), "/drive/root:/Documents/a%20b%23.txt:/$value");
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the path of an entity",
    label = "not the path of an entity",
    note = "paths of entities have a key, such as `client.users().id(\"7\")`, or refer to one object"
)]
pub trait EntityPathExt: AsRef<Resource> + Sized {
    /// The path to a resource.
    #[doc(hidden)]
    const AT: fn(Resource) -> Self;

    /// The bytes of the entity: `$value`. Services have some for entities that the schema does not declare to
    /// be streams, such as the MIME text of a message in Microsoft Graph:
    /// `client.me().messages().id("…").media().download()`.
    ///
    /// ```
    /// use schemacrate_runtime::paths::EntityPathExt;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Resource, ServiceClient};
    ///
    /// # pub struct MessagePath(Resource);
    /// # schemacrate_runtime::entity_path!(MessagePath, Message);
    /// # pub struct Message;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let service = Replay::new();
    /// service.answer(200, "MIME-Version: 1.0");
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
    /// let message = MessagePath::at(client.raw("me/messages/7"));
    ///
    /// assert_eq!(&message.media().download().await?[..], b"MIME-Version: 1.0");
    /// assert_eq!(service.requests()[0].uri().path(), "/v1/me/messages/7/$value");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    fn media(&self) -> MediaPath {
        MediaPath::of_entity(self.as_ref())
    }

    /// The entity of the same type at a path in the hierarchy below this one, for services that address
    /// entities so, such as the files of a drive in Microsoft Graph (`/drive/root:/Documents/a.txt`) and its
    /// sites (`/sites/contoso.sharepoint.com:/teams/hr`). For an entity of another type there is
    /// [`Resource::item_with_path`]: `OtherPath::at(path.resource().item_with_path("…"))`.
    ///
    /// The path is text: each of its segments is percent-encoded. [`Resource::item_with_path`] has the rules.
    ///
    /// ```
    /// use schemacrate_runtime::paths::EntityPathExt;
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Resource, ServiceClient};
    ///
    /// # pub struct SitePath(Resource);
    /// # schemacrate_runtime::entity_path!(SitePath, Site);
    /// # pub struct Site;
    /// # fn main() -> Result<(), schemacrate_runtime::Error> {
    /// let client = ServiceClient::builder("https://example.com/v1").transport(Replay::new()).build()?;
    /// let host = SitePath::at(client.resource("sites").key_segment("contoso.com"));
    ///
    /// let site = host.item_with_path("teams/R&D");
    /// assert_eq!(site.resource().path(), "/sites/contoso.com:/teams/R%26D");
    ///
    /// let error = host.item_with_path("teams//hr").media().download().to_http().unwrap_err();
    /// let expected = "segment 2 of the path is empty, which no address can carry";
    /// assert!(error.to_string().contains(expected));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    fn item_with_path(&self, path: &str) -> Self {
        Self::AT(self.as_ref().item_with_path(path))
    }
}
