//! Pages and items as iterators, with the feature `blocking`.

use crate::odata::paging::{Items, Pages};
use crate::web::blocking::Blocking;

impl<T> Pages<T> {
    /// The pages as an iterator, which waits for each on a thread that may block.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

impl<T> Items<T> {
    /// The items as an iterator, which waits for each page on a thread that may block.
    ///
    /// ```
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{ServiceClient, Error};
    ///
    /// let service = Replay::new();
    /// service.answer(200, r#"{"value":["a","b"],"@odata.nextLink":"tags?page=1"}"#);
    /// service.answer(200, r#"{"value":["c"]}"#);
    /// let client = ServiceClient::builder("https://example.com/v1").transport(service).build()?;
    ///
    /// let tags = client.resource("tags").list::<String>().items().blocking();
    /// assert_eq!(tags.collect::<Result<String, Error>>()?, "abc");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}
