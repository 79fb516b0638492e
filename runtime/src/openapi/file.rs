//! Files: bytes with a name and a media type, in memory or opened when they are sent.
//!
//! Enters: bytes, a path, or a function that opens a body. Leaves: a value that structs can have as a member,
//! and its content for a body. Must not know: requests, in what kind of body it is sent.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::json::values::scalar;
use crate::json::{Kind, Primitive, Slot, Text, Value, View, from_text, sent_as, sent_as_itself};
use crate::web::content::Content;
use crate::web::transport::Body;

/// A file, or other bytes that are a part of a body of their own.
///
/// It is made of bytes or text, or of a path or a function that is opened whenever the content is sent, so that
/// a request can be tried again, and only a part of it is in memory at a time. A clone shares the content.
///
/// ```
/// use schemacrate_runtime::model::File;
///
/// let image = File::new(b"GIF89a".as_slice()).with_name("dot.gif").with_media_type("image/gif");
/// assert_eq!((image.name(), image.media_type()), (Some("dot.gif"), Some("image/gif")));
/// assert_eq!(image.length(), Some(6));
/// assert_eq!(File::from("a text"), File::new("a text"));
/// ```
///
/// In JSON it is a string: the text that the bytes are; if they are not text, their base64; and an empty string
/// if the content is not in memory. A string that is read is the text of the content.
///
/// ```
/// use schemacrate_runtime::model::{File, from_json, to_json};
///
/// assert_eq!(to_json(&File::new("a text")), br#""a text""#);
/// assert_eq!(to_json(&File::new([0xFF, 0xFE].as_slice())), br#""//4=""#);
/// let file: File = from_json(br#""a text""#)?;
/// assert_eq!(file.bytes().expect("in memory"), "a text");
/// # Ok::<(), schemacrate_runtime::model::DecodeError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct File {
    content: Content,
    about: Option<Arc<About>>,
}

/// What is known about a file.
#[derive(Clone, Default, PartialEq)]
struct About {
    name: Option<String>,
    media_type: Option<String>,
    /// Further headers of its part.
    headers: Vec<(String, String)>,
}

impl File {
    /// A file in memory.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self::of(content.into().into())
    }

    /// A file whose content a function opens, each time with the same bytes. `length` is how many there are;
    /// a body of unknown length is sent in chunks, which some services refuse.
    ///
    /// ```
    /// use schemacrate_runtime::bytes::Bytes;
    /// use schemacrate_runtime::model::File;
    /// use schemacrate_runtime::transport::{Body, TransportError};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), TransportError> {
    /// let zeros = File::opened(Some(3 * 1024), || {
    ///     let parts = (0..3).map(|_| Ok::<_, TransportError>(Bytes::from_static(&[0; 1024])));
    ///     Body::from_stream(futures_util::stream::iter(parts))
    /// });
    /// assert_eq!(zeros.body().collect(4096).await?.expect("3 KiB").len(), 3 * 1024);
    /// # Ok(())
    /// # }
    /// ```
    pub fn opened(length: Option<u64>, open: impl Fn() -> Body + Send + Sync + 'static) -> Self {
        Self::of(Content::opened(length, open))
    }

    /// The file at a path, by the name that it has there. It is opened when it is sent, and must then still
    /// have the same length.
    ///
    /// ```
    /// use schemacrate_runtime::model::File;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # let path = std::env::temp_dir().join(format!("schemacrate-{}.txt", std::process::id()));
    /// # std::fs::write(&path, "the content")?;
    /// let file = File::at(&path).await?.with_media_type("text/plain");
    /// assert_eq!(file.length(), Some(11));
    /// # assert_eq!(file.name(), path.file_name().and_then(|name| name.to_str()));
    /// # assert_eq!(file.body().collect(20).await.expect("a file").expect("11 bytes"), "the content");
    /// # std::fs::remove_file(&path)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no such file, or its length is not known.
    #[cfg(feature = "tokio")]
    pub async fn at(path: impl Into<std::path::PathBuf>) -> std::io::Result<Self> {
        let path = path.into();
        let metadata = tokio::fs::metadata(&path).await?;
        if !metadata.is_file() {
            return Err(std::io::Error::other("it is not a file"));
        }
        let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        let open = move || Body::from_opened(tokio::fs::File::open(path.clone()));
        let file = Self::opened(Some(metadata.len()), open);
        Ok(match name {
            Some(name) => file.with_name(name),
            None => file,
        })
    }

    fn of(content: Content) -> Self {
        Self { content, about: None }
    }

    /// The same file with a name, such as the `filename` of its part in a form.
    #[must_use]
    pub fn with_name(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.known(|about| about.name = Some(name))
    }

    /// The same file with a media type, such as `image/png`.
    #[must_use]
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        let media_type = media_type.into();
        self.known(|about| about.media_type = Some(media_type))
    }

    /// The same file with a further header of its part in a multipart body.
    ///
    /// A name or a value that a header cannot have is an error when the request is made.
    ///
    /// ```
    /// use schemacrate_runtime::model::File;
    ///
    /// let chapter = File::new("…").with_name("1.txt").with_header("Content-Language", "de");
    /// # assert_eq!(chapter.name(), Some("1.txt"));
    /// ```
    #[must_use]
    pub fn with_header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let header = (name.into(), value.into());
        self.known(|about| about.headers.push(header))
    }

    fn known(mut self, learn: impl FnOnce(&mut About)) -> Self {
        learn(Arc::make_mut(self.about.get_or_insert_default()));
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.about.as_ref()?.name.as_deref()
    }

    /// The media type.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.about.as_ref()?.media_type.as_deref()
    }

    /// Further headers of its part.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.about.iter().flat_map(|about| &about.headers);
        headers.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many bytes it has, if that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.content.length()
    }

    /// The bytes, if they are in memory.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        self.content.bytes()
    }

    /// The content.
    pub(crate) fn content(&self) -> &Content {
        &self.content
    }

    /// The content, opened.
    #[must_use]
    pub fn body(&self) -> Body {
        self.content.body()
    }
}

/// An empty file.
impl Default for File {
    fn default() -> Self {
        Self::new(Bytes::new())
    }
}

/// Shows the name, the media type and the length, and not the content.
impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("File")
            .field("name", &self.name())
            .field("media_type", &self.media_type())
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

/// What JSON has in the place of the content.
impl fmt::Display for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bytes().map(Bytes::as_ref).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => formatter.write_str(text),
            Err(_) => formatter.write_str(&STANDARD.encode(bytes)),
        }
    }
}

impl FromStr for File {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

macro_rules! from {
    ($($type:ty),*) => {$(
        impl From<$type> for File {
            fn from(content: $type) -> Self {
                Self::new(content)
            }
        }
    )*};
}

from!(Bytes, Vec<u8>, String);

/// A copy of the text.
impl From<&str> for File {
    fn from(content: &str) -> Self {
        Self::new(content.to_owned())
    }
}

/// A copy of the bytes.
impl From<&[u8]> for File {
    fn from(content: &[u8]) -> Self {
        Self::new(content.to_owned())
    }
}

impl Text for File {}

scalar!(File, Text, value => View::Text(value));
sent_as_itself!(File);
from_text!(File);
sent_as!(File: Vec<u8>, &[u8], Bytes);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_shares_the_content_and_not_what_is_said_about_it() {
        let file = File::new(vec![1, 2, 3]).with_name("a");
        let other = file.clone().with_name("b").with_header("X-A", "1");
        let pointer = |file: &File| file.bytes().map(|bytes| bytes.as_ptr());
        assert_eq!(pointer(&file), pointer(&other));
        assert_eq!((file.name(), other.name()), (Some("a"), Some("b")));
        assert_eq!((file.headers().count(), other.headers().next()), (0, Some(("X-A", "1"))));
        assert_ne!(file, other);
    }

    #[test]
    fn files_are_equal_by_bytes_or_by_source() {
        assert_eq!(File::new(vec![1]), File::from(&[1_u8][..]));
        assert_ne!(File::new(vec![1]), File::new(vec![1]).with_media_type("image/png"));
        let opened = File::opened(None, Body::default);
        assert_eq!(opened, opened.clone());
        assert_ne!(opened, File::opened(None, Body::default));
    }

    #[test]
    fn the_content_is_never_shown() {
        let file = File::new("secret").with_name("a.txt");
        let shown = format!("{file:?}");
        assert_eq!(
            shown,
            r#"File { name: Some("a.txt"), media_type: None, content: 6 bytes, .. }"#
        );
        let json = crate::json::to_json(&File::opened(Some(1), Body::default));
        assert_eq!(json, br#""""#);
    }
}
