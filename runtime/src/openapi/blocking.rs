//! Pages and items of lists as iterators, with the feature `blocking`.

use super::pages::{Items, Paged, Pages};
use crate::web::blocking::Blocking;

impl<T> Pages<T> {
    /// The pages as an iterator, which waits for each on a thread that may block.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

impl<T: Paged> Items<T> {
    /// The items as an iterator, which waits for each page on a thread that may block.
    ///
    /// ```
    /// use schemacrate_runtime::codegen::{Invocation, Operation, Paging};
    /// use schemacrate_runtime::transport::Replay;
    /// use schemacrate_runtime::{Error, Request, ServiceClient};
    ///
    /// const TAGS: Operation = Operation::new("GET", "/tags").with_paging(&Paging::page("page", 1));
    ///
    /// let service = Replay::new();
    /// service.answer(200, r#"["a","b"]"#);
    /// service.answer(200, r#"["c"]"#);
    /// service.answer(200, "[]");
    /// let client = ServiceClient::builder("https://example.com").transport(service).build()?;
    ///
    /// let tags: Request<Vec<String>> = Invocation::new(&client, &TAGS).request();
    /// assert_eq!(tags.items().blocking().collect::<Result<String, Error>>()?, "abc");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}
